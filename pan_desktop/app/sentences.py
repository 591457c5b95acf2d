"""Use cases on what the office writes often: its usual sentences, and what is learnt from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pan_desktop.app.office import reading
from pan_desktop.app.settings import sentences
from pan_desktop.domain.completion import Completer
from pan_desktop.domain.errors import ConflictError, InputError
from pan_desktop.domain.folding import folded
from pan_desktop.domain.outline import positions

if TYPE_CHECKING:
    from pan_desktop.app.office import Office
    from pan_desktop.domain.model import UsualSentence
    from pan_desktop.store.unit_of_work import UnitOfWork

LEARNT = 5000
"""So many texts, the newest, are learnt from."""

EMPTY = (
    "Une phrase usuelle a besoin d’un nom court et d’un texte : rien n’a été enregistré. "
    "Saisissez les deux."
)
TAKEN = (
    "Le nom court « {name} » est celui d’une autre phrase : rien n’a été enregistré. "
    "Choisissez-en un autre."
)


@dataclass(frozen=True, slots=True)
class Stock:
    """What completion learns from."""

    texts: tuple[str, ...]
    """Points and details of other meetings, the oldest first."""
    usual: tuple[UsualSentence, ...]


@reading
def list_sentences(work: UnitOfWork) -> tuple[UsualSentence, ...]:
    """Return the office's usual sentences, in its own order."""
    return work.read.usual_sentences()


def add_sentence(work: UnitOfWork, *, short_name: str, text: str) -> str:
    """Add a usual sentence at the end and return its identifier.

    Raises InputError when a part is empty, ConflictError when the short name is taken.
    """
    name, words = _checked(work, short_name, text, own="")
    known = work.read.usual_sentences()
    place = positions([*(float(n + 1) for n in range(len(known))), None])[-1]
    return work.insert("usual_sentence", short_name=name, text=words, position=place)


def change_sentence(
    work: UnitOfWork,
    *,
    sentence_id: str,
    short_name: str,
    text: str,
    seen: UsualSentence | None = None,
) -> None:
    """Change a usual sentence. Raises as ``add_sentence`` does.

    Of what ``seen`` says it was before, only what differs is written.
    """
    name, words = _checked(work, short_name, text, own=sentence_id)
    known = {"short_name": seen.short_name, "text": seen.text} if seen is not None else None
    work.update("usual_sentence", sentence_id, seen=known, short_name=name, text=words)


def remove_sentence(work: UnitOfWork, *, sentence_id: str) -> None:
    """Remove a usual sentence."""
    work.delete("usual_sentence", sentence_id)


@reading
def stock(work: UnitOfWork, *, meeting_id: str) -> Stock:
    """Return what completion learns from while a meeting is held."""
    fixed = sentences(work)
    texts = work.read.past_texts(meeting_id, LEARNT)
    own = (fixed.focal_point_absent, fixed.no_progress)
    return Stock((*own, *texts), work.read.usual_sentences())


def completer(office: Office, *, meeting_id: str) -> Completer:
    """Return what completes sentences at a meeting; learning is off the store's thread."""
    learnt = office.run(stock, meeting_id=meeting_id).result
    found = Completer()
    for text in learnt.texts:
        found.learn(text)
    for sentence in learnt.usual:
        found.name(sentence.short_name, sentence.text)
    return found


def _checked(work: UnitOfWork, short_name: str, text: str, *, own: str) -> tuple[str, str]:
    name, words = " ".join(short_name.split()), " ".join(text.split())
    if not name or not words:
        raise InputError(EMPTY)
    for known in work.read.usual_sentences():
        if known.id != own and folded(known.short_name) == folded(name):
            raise ConflictError(TAKEN.format(name=name))
    return name, words
