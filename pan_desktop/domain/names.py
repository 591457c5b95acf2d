"""Names of people as they are written in calls and lists, made comparable.

Case, accents, order, particles written apart or not, French and Arabic spellings of one name,
titles, "(Externe)", devices, addresses: what differs between two writings of one name. How alike
two names are is judged in ``app.likeness``.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from pan_desktop.domain.folding import folded

LONGEST = 120
"""Of a longer name only so many characters count."""


def _words(text: str) -> frozenset[str]:
    """Return the words of a list that is easier to read as a text."""
    return frozenset(folded(word) for word in text.split())


_STATUS = _words(
    "externe external extern externo externa esterno esterna invite invitee invites guest gast"
    " invitado invitada convidado convidada ospite unverified unverifie nonverifie nonverifiee"
    " nichtverifiziert sinverificar noverificado noverificada naoverificado naoverificada"
    " nonverificato nonverificata nietgeverifieerd host cohost hote cohote animateur coanimateur"
    " organisateur organisatrice organizer presenter presentateur presentatrice moi me anonymous"
    " anonyme extérieur exterieur 外部 ゲスト 未確認 来宾 来賓 访客 訪客 未验证 未驗證 게스트 외부"
    " 확인되지않음 ضيف ضيفه خارجي خارجيه غيرمحقق غيرمتحققمنه لميتمالتحقق غيرموثق гость внешний"
    " misafir konuk gosc"
)
_TITLES = _words(
    "m mr mme mmes mm mlle mrs ms miss monsieur madame mademoiselle dr docteur pr prof professeur"
    " me maitre ing eng sr sra herr frau haj hajj hajja السيد السيده سيد سيده الدكتور الدكتوره د"
    " ذ الاستاذ الاستاذه استاذ المهندس"
)
_DEVICES = _words(
    "iphone ipad imac macbook mac galaxy samsung android huawei xiaomi redmi oppo vivo honor nokia"
    " pixel phone telephone tel gsm smartphone portable tablette tablet pc laptop ordinateur"
    " desktop poste mobile device appareil ايفون هاتف"
)
_DEVICE_FILLING = _words("de d du des of von di da le la l s pro max mini plus ultra air")
PARTICLES = _words(
    "el al ed ad er ar es as et at en an ez az ech ach ben bent bint ibn bin bni beni ait ayt"
    " oulad ouled ould oul abd abou abu bou aboul abdel abdal abdul ال بن ابن بنت ايت اولاد ولد ابو"
    " بو عبد"
)
"""Words that belong to the one that follows: EL MOUSTAMIDE, BEN ALI, AÏT LAHCEN."""

_UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad\u0640]")
_BRACKETS = re.compile(r"[(\[{（]([^()\[\]{}（）]{0,120})[)\]}）]")
_PARTED = re.compile(r"\s[-–—|/@:•·]+\s|[|;,،]|\s/|/\s")
_APOSTROPHES = re.compile("['’ʼ`´‘]")
_WORD = re.compile(r"[^\W\d_]+")
_CAMEL = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ])")
_INITIAL = re.compile(r"\s*[^\W\d_]\.?\s")
_EMAIL = re.compile(r"[^\s@<>]{1,64}@[^\s@<>]{1,190}")
_ARABIC = re.compile("[\u0600-\u06ff]")


@dataclass(frozen=True, slots=True)
class Written:
    """A name as it is shown, taken apart.

    ``parts`` are what may be the name, the likeliest first; ``device`` when it names a telephone
    or a computer, ``handle`` when it was an address or an account ("z.benali").
    """

    parts: tuple[str, ...]
    device: bool = False
    handle: bool = False


def is_status(text: str) -> bool:
    """Tell whether what stands in brackets says how someone is there: "Externe", "Guest"."""
    words = [folded(w) for w in _WORD.findall(unicodedata.normalize("NFC", text))]
    return bool(words) and ("".join(words) in _STATUS or all(word in _STATUS for word in words))


def is_institution(text: str) -> bool:
    """Tell whether what stands in brackets is where someone works: "MTNRA", "Agence fictive"."""
    words = _WORD.findall(text)
    return (len(words) == 1 and words[0].isupper() and len(words[0]) <= 7) or any(
        folded(word).startswith(_OFFICES) for word in words
    )


_OFFICES = (
    "minist", "agence", "direction", "departement", "division", "service", "secretar", "instan",
    "conseil", "commission", "office", "chambre", "cour", "tribunal", "associat", "fondation",
    "universit", "region", "province", "prefect", "commune", "wilaya", "archives", "societe",
    "وزاره", "مديريه", "وكاله", "مجلس", "جهه", "جمعيه",
)  # fmt: skip


@lru_cache(maxsize=1 << 14)
def written(shown: str) -> Written:
    """Return a shown name taken apart: "Mme Amina B. (Externe) | MTNRA" gives "Amina B."."""
    text = " ".join(_UNSEEN.sub("", shown[:LONGEST]).replace("\u00a0", " ").split())
    address = _EMAIL.fullmatch(text)
    if address is not None:
        return Written((handle_words(text),), handle=True)
    inside = [part for part in _BRACKETS.findall(text) if not is_status(part)]
    outside = _BRACKETS.sub(" ", text)
    whole = _comma_swapped(outside)
    pieces = [whole] if whole else [p for p in _PARTED.split(outside) if p.strip()]
    parts = [_without_titles(piece) for piece in (*pieces, *inside)]
    parts += [piece for piece in pieces if _INITIAL.match(piece) and len(tokens(piece)) == 2]
    parts = [part for part in parts if part and not is_status(part)]
    device = any(folded(word) in _DEVICES for part in parts for word in _WORD.findall(part))
    if device:
        parts = [kept for part in parts if (kept := _without_device(part))]
    single = len(parts) == 1 and " " not in parts[0]
    if single and (re.search(r"[._\d]", parts[0]) or _CAMEL.search(parts[0])):
        return Written((handle_words(_CAMEL.sub(" ", parts[0])),), device, handle=True)
    return Written(tuple(dict.fromkeys(parts)), device)


def handle_words(address: str) -> str:
    """Return the words of an address or an account: "z.benali@…" gives "z benali"."""
    local = address.partition("@")[0]
    return " ".join(_WORD.findall(local.replace("_", " ")))


def _comma_swapped(text: str) -> str:
    """Return "Amina BENALI" for "BENALI, Amina"; "" where a comma does not part the name."""
    before, comma, after = text.partition(",")
    family, first = before.split(), after.split()
    if not comma or not family or not 0 < len(first) <= 2 or "," in after:
        return ""
    joined = len(tokens(before))
    likely = before.isupper() or joined == 1
    return f"{after} {before}" if likely and not is_institution(after) else ""


def _without_titles(text: str) -> str:
    words = text.split()
    while len(words) > 1 and folded(words[0]).strip(".") in _TITLES:
        words.pop(0)
    return " ".join(words).strip(" .-–—_")


def _without_device(text: str) -> str:
    words = _WORD.findall(_APOSTROPHES.sub(" ", text))
    return " ".join(
        w for w in words if folded(w) not in _DEVICES and folded(w) not in _DEVICE_FILLING
    )


@lru_cache(maxsize=1 << 14)
def tokens(name: str) -> tuple[str, ...]:
    """Return the words of a name, folded, particles joined to what follows them.

    "Yassine EL MODÈLE" and "ELMODELE yassine" have the same words; "D'ESSAI" is one.
    """
    words = [folded(w) for w in _WORD.findall(_APOSTROPHES.sub("", name[:LONGEST]))]
    found: list[str] = []
    waiting = ""
    for word in filter(None, words):
        if word in PARTICLES and len(waiting) < 16:
            waiting += word
            continue
        found.append(waiting + word)
        waiting = ""
    if waiting:
        found.append(waiting)
    return tuple(found)


def same_words(name: str) -> tuple[str, ...]:
    """Return what two writings of one name share: its words in alphabetical order."""
    return tuple(sorted(tokens(name)))


@dataclass(frozen=True, slots=True)
class Parted:
    """The words of a person's name: those of the first name and those of the family's."""

    first: tuple[str, ...]
    family: tuple[str, ...]

    @property
    def words(self) -> tuple[str, ...]:
        """Return all words."""
        return (*self.first, *self.family)


@lru_cache(maxsize=1 << 14)
def parted(name: str) -> Parted:
    """Return the first and the family name of a card: capitals tell, else the first word is first.

    "Salma AÏT FICTIF" and "AÏT FICTIF Salma" give the same.
    """
    raw = name.split()
    capitals = [w for w in raw if w.isupper() and len(w.strip(".")) > 1]
    if capitals and len(capitals) < len(raw):
        first = tokens(" ".join(w for w in raw if w not in capitals))
        return Parted(first, tokens(" ".join(capitals)))
    words = tokens(name)
    return Parted(words[:1], words[1:])


# How a word sounds -----------------------------------------------------------------------

_SOUNDS = (
    ("tch", "$"), ("sch", "$"), ("ch", "$"), ("sh", "$"), ("x", "ks"), ("kh", "x"), ("gh", "g"),
    ("rh", "g"), ("dj", "j"),
    ("dh", "d"), ("th", "t"), ("ph", "f"), ("ck", "k"), ("qu", "k"), ("q", "k"),
    ("ce", "se"), ("ci", "si"), ("cy", "si"), ("c", "k"), ("gue", "ge"), ("gui", "gi"),
    ("ou", "u"), ("oo", "u"), ("w", "u"), ("ee", "i"), ("ai", "e"), ("ay", "e"), ("ei", "e"),
    ("ey", "e"), ("ae", "e"), ("y", "i"), ("o", "u"), ("ie", "i"),
)  # fmt: skip
_LETTERS = {
    "ا": "a", "أ": "a", "إ": "i", "آ": "a", "ع": "a", "ى": "a", "ه": "h", "ة": "a", "ب": "b",
    "ت": "t", "ط": "t", "ث": "t", "ج": "j", "ح": "h", "خ": "x", "د": "d", "ذ": "d", "ض": "d",
    "ر": "r", "ز": "z", "ظ": "z", "س": "s", "ص": "s", "ش": "$", "غ": "g", "ف": "f", "ق": "k",
    "ك": "k", "گ": "g", "ڭ": "g", "ݣ": "g", "ل": "l", "م": "m", "ن": "n", "و": "u", "ؤ": "u",
    "ي": "i", "ئ": "i", "ء": "", "پ": "b", "ڤ": "v",
}  # fmt: skip
_FIRST_NAMES = (
    "محمد mohamed|امحمد mhamed|احمد ahmed|عمر omar|عمار amar|علي ali|حسن hassan"
    "|الحسن lahcen|لحسن lahcen|حسين houssine|الحسين houssine|يوسف youssef|ابراهيم brahim"
    "|اسماعيل ismail|ادريس driss|رشيد rachid|رشيده rachida|كريم karim|كريمه karima"
    "|خالد khalid|طارق tarik|سعيد said|سعاد souad|نوره noura|نورالدين nouredine"
    "|عزالدين azzedine|محيالدين mohieddine|جمالالدين jamaleddine|صلاحالدين salaheddine"
    "|عبدالله abdellah|عبدالاله abdelilah|عبدالقادر abdelkader|عبدالرحيم abderrahim"
    "|عبدالرحمن abderrahmane|عبدالكريم abdelkrim|عبداللطيف abdellatif|عبدالحق abdelhak"
    "|عبدالعزيز abdelaziz|عبدالحميد abdelhamid|عبدالسلام abdeslam|عبدالمجيد abdelmajid"
    "|مصطفي mustapha|فاطمه fatima|الزهراء zahra|زهراء zahra|امينه amina|امين amine"
    "|مني mouna|امال amal|امل amal|هاجر hajar|زينب zineb|خديجه khadija|مريم meryem"
    "|سلمي salma|سلوي saloua|ليلي laila|نعيمه naima|نزهه nezha|الهام ilham|ايمان imane"
    "|اسماء asmae|شيماء chaimae|بشري bouchra|لبني loubna|كوثر kaoutar|هشام hicham"
    "|حمزه hamza|انس anass|سفيان soufiane|ياسين yassine|المهدي mehdi|مهدي mehdi|سمير samir"
    "|سميره samira|عزيز aziz|عزيزه aziza|جواد jawad|جمال jamal|وفاء wafae|اسامه oussama"
    "|رضا reda|منير mounir|منيره mounira|حنان hanane|غزلان ghizlane|سناء sanae"
)
"""Frequent first names, whose vowels Arabic does not write."""
_ARABIC_NAMES = dict(pair.split(" ") for pair in _FIRST_NAMES.split("|"))
_SHORT = dict.fromkeys(("med", "mohd", "mhd", "moh"), "mohamed") | {"fz": "fatimazahra"}
"""How frequent first names are cut short."""
_DOUBLED = re.compile(r"(.)\1+")
_VOWELS = str.maketrans("", "", "aeiou")


def is_arabic(word: str) -> bool:
    """Tell whether a word is in Arabic script."""
    return _ARABIC.search(word) is not None


@lru_cache(maxsize=1 << 15)
def sound(word: str) -> str:
    """Return how a folded word sounds, French and Arabic spellings alike.

    "noureddine" and "nouredine" give the same, "rachid" and "rashid" too.
    """
    whole = _ARABIC_NAMES.get(word) or _SHORT.get(word)
    if whole is not None:
        return sound(whole)
    if is_arabic(word):
        bare = re.sub("^ال(?=..)", "", word)
        bare = re.sub("(?<=عبد)ال(?=..)", "", bare)
        said = "".join(_LETTERS.get(letter, "") for letter in bare)
        said = said[:-1] + "a" if bare.endswith("ه") and len(said) > 1 else said
    else:
        said = word
        for letters, heard in _SOUNDS:
            said = said.replace(letters, heard)
    said = _DOUBLED.sub(r"\1", said)
    if len(said) > 3:
        said = said.removesuffix("h")
        if said[-1] == "e":
            said = said[:-1]
    return said


@lru_cache(maxsize=1 << 15)
def skeleton(word: str) -> str:
    """Return the consonants of a folded word as they sound: "zineb", "zaynab", زينب give one."""
    said = sound(word).translate(_VOWELS)
    return said.removesuffix("h") if len(said) > 2 else said


@lru_cache(maxsize=1 << 15)
def without_article(word: str) -> str:
    """Return a folded word without the article it begins with: "elmoustamide", "moustamide"."""
    if len(word) > 7 and word[:3] in {"dal", "del"}:
        return word[3:]
    return word[2:] if len(word) > 5 and word[:2] in {"el", "al", "ال"} else word
