"""What a commitment's details say of absence and of progress that did not move."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pan_desktop.domain.folding import folded
from pan_desktop.domain.model import Situation

if TYPE_CHECKING:
    from pan_desktop.domain.model import ProgressReport
    from pan_desktop.domain.wording import Sentences

# Over folded text: no accents, one case, straight apostrophes.
_DID_NOT_COME = re.compile(
    r"\bn'(?:a|ont|avait|avaient) pas (?:pu )?(?:assiste|assister|participe|participer) a "
    r"(?:cette|la|ladite) (?:presente )?(?:reunion|seance)\b"
    r"|\bpoints? foc(?:al|aux)\b[^.;!?]{0,60}\bn'(?:a|ont|avait|avaient) pas "
    r"(?:pu )?(?:assiste|participe|ete present|etre present)"
    r"|\bpoint focal\b[^.;!?]{0,40}\b(?:est|etait) (?:absent|excuse)e?\b"
)
_NOTHING_MOVED = re.compile(
    r"(?:pas d'avancement|pas de progres|aucun avancement|aucun progres|sans avancement|"
    r"aucune avancee|aucune evolution|pas d'evolution)\b"
)
_SINCE_WHEN = re.compile(r"\d{1,2}[/.]\d{1,2}[/.]\d{4}|\b(?:19|20)\d\d\b|\breunion precedente\b")
_SINCE_LAST = re.compile(
    r"\b(?:taux|avancement|pourcentage|valeur)\b[^.;]{0,60}\bderniere reunion\b"
)


def text_says_absent(text: str, sentences: Sentences) -> bool:
    """Tell whether details say that nobody came for the commitment.

    Accents do not count: "assisté a cette réunion" is the office's sentence too.
    """
    words = folded(text)
    own = folded(sentences.focal_point_absent).rstrip(".")
    return bool(own and own in words) or bool(_DID_NOT_COME.search(words))


def says_absent(report: ProgressReport, sentences: Sentences) -> bool:
    """Tell whether a report was given as absent, by its situation or by its text."""
    return report.situation is Situation.ABSENT or text_says_absent(report.details, sentences)


def says_nothing_moved(report: ProgressReport, sentences: Sentences) -> bool:
    """Tell whether a report states that its commitment did not move since the last meeting."""
    words = folded(report.details)
    own = folded(sentences.no_progress).rstrip(".")
    return (
        report.situation is Situation.NO_PROGRESS
        or bool(own and words.startswith(own))
        or bool(_NOTHING_MOVED.match(words))
    )


def is_nothing_moved_only(text: str, sentences: Sentences) -> bool:
    """Tell whether the details are the office's sentence on no progress and nothing else."""
    return folded(text).rstrip(".") == folded(sentences.no_progress).rstrip(".")


def says_since_when(text: str) -> bool:
    """Tell whether details of an absence name the meeting that their rate comes from."""
    words = folded(text)
    return bool(_SINCE_WHEN.search(words) or _SINCE_LAST.search(words))
