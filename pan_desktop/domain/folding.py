"""Words as a search sees them: accents, case and ligatures put aside."""

import unicodedata

_LIGATURES = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "’": "'", "ʼ": "'"})


def folded(text: str) -> str:
    """Return ``text`` without accents, in one case, with single spaces.

    "Élise  CŒUR" gives "elise coeur".
    """
    apart = unicodedata.normalize("NFKD", text.translate(_LIGATURES))
    bare = "".join(character for character in apart if not unicodedata.combining(character))
    return " ".join(bare.casefold().split())
