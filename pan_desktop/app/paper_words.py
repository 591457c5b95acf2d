"""Use cases on the words of the papers: invitations, letters, what participants are told."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from pan_desktop.app.office import reading
from pan_desktop.app.seeing import keep_setting
from pan_desktop.domain.errors import InputError
from pan_desktop.domain.papers import PLACE, PLACES, PaperWords

if TYPE_CHECKING:
    from pan_desktop.store.unit_of_work import UnitOfWork

_PREFIX = "paper."
LONGEST_MEETING, LONGEST_WAIT = 24 * 60, 365

EMPTY = (
    "Un texte des documents est vide : rien n’a été enregistré. Saisissez-le, ou rétablissez le "
    "texte d’origine."
)
NO_LIST = (
    "La lettre ne dit pas où mettre la liste des engagements : rien n’a été enregistré. Écrivez "
    "{liste} sur une ligne à part, entre deux lignes vides."
)
UNKNOWN_PLACE = (
    "« {name} » n’est pas connu de ce texte : rien n’a été enregistré. Employez {known}."
)
NO_PLACES = "Ce texte ne remplace rien : « {name} » n’y est pas connu et rien n’a été enregistré."
WRONG_NUMBER = (
    "La durée prévue va de 1 à 1440 minutes et le délai de réponse de 1 à 365 jours : rien n’a été "
    "enregistré. Corrigez le nombre."
)


@reading
def paper_words(work: UnitOfWork) -> PaperWords:
    """Return what the papers say in the office's own words."""
    kept = work.read.settings()
    original = PaperWords()
    own = {
        field.name: type(getattr(original, field.name))(kept[f"{_PREFIX}{field.name}"])
        for field in fields(PaperWords)
        if f"{_PREFIX}{field.name}" in kept
    }
    return PaperWords(**own)


def change_paper_words(
    work: UnitOfWork, *, own: PaperWords, seen: PaperWords | None = None
) -> None:
    """Keep the office's own words; those equal to the original are no longer its own.

    Of what ``seen`` says they were before, only what differs is written. Raises
    InputError for what could not be filled in or counted.
    """
    _check(own)
    original = PaperWords()
    for field in fields(PaperWords):
        key, value = f"{_PREFIX}{field.name}", getattr(own, field.name)
        words = str(value).strip()
        shown = str(getattr(seen, field.name)).strip() if seen is not None else None
        keep_setting(work, key, words, original=str(getattr(original, field.name)), seen=shown)


def _check(own: PaperWords) -> None:
    for name, places in PLACES.items():
        text = getattr(own, name)
        if not text.strip() and name != "privacy":
            raise InputError(EMPTY)
        for found in PLACE.findall(text):
            if found in places:
                continue
            if not places:
                raise InputError(NO_PLACES.format(name=f"{{{found}}}"))
            known = ", ".join(f"{{{place}}}" for place in places)
            raise InputError(UNKNOWN_PLACE.format(name=f"{{{found}}}", known=known))
    if "{liste}" not in (part.strip() for part in own.absence.split("\n\n")):
        raise InputError(NO_LIST)
    if not (1 <= own.minutes <= LONGEST_MEETING and 1 <= own.days <= LONGEST_WAIT):
        raise InputError(WRONG_NUMBER)
