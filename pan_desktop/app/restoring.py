"""Restoring a copy: what it holds, what would be lost, and the way back from it as well."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pan_desktop.app.backups import described, file_of
from pan_desktop.domain.errors import InputError, PanError, StoreBusyError
from pan_desktop.domain.typography import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime
    from pathlib import Path

    from pan_desktop.app.backups import CopyRow
    from pan_desktop.app.office import Office

WORDS: dict[str, tuple[str, str]] = {
    "plan": ("plan", "plans"),
    "commitment": ("engagement", "engagements"),
    "activity": ("activité", "activités"),
    "person": ("personne", "personnes"),
    "institution": ("organisme", "organismes"),
    "mandate": ("mandat", "mandats"),
    "meeting": ("réunion", "réunions"),
    "agenda_item": ("point de l’ordre du jour", "points de l’ordre du jour"),
    "conclusion": ("point retenu", "points retenus"),
    "attendance": ("présence", "présences"),
    "progress_report": ("état d’avancement", "états d’avancement"),
    "activity_report": ("état d’activité", "états d’activité"),
    "statement": ("taux constaté hors réunion", "taux constatés hors réunion"),
    "amendment": ("modification d’engagement", "modifications d’engagement"),
    "releve_version": ("version diffusée", "versions diffusées"),
}
"""What a secretary would miss, by table."""
OTHERS = ("autre élément", "autres éléments")
"""What is left: settings, sentences, templates."""

SHARED = (
    "Cette base est partagée : la restaurer ici ne changerait rien chez les autres, et rien n’a "
    "été changé. Ramenez-la d’abord dans un fichier (« pan-desktop move »), ou demandez à qui "
    "tient le serveur."
)
NOTHING_LOST = "Rien ne serait perdu : la base contient la même chose que la copie."
UNREADABLE = (
    "La base actuelle ne peut pas être lue : ce qui serait perdu ne peut pas être compté. Elle "
    "sera gardée telle quelle parmi les copies."
)


class Preview(NamedTuple):
    """What restoring a copy would do."""

    copy: CopyRow
    lost: tuple[str, ...] = ()
    """What would not be there any more, counted in words."""
    older: tuple[str, ...] = ()
    """What would be as it was when the copy was made."""
    back: tuple[str, ...] = ()
    """What was deleted since, and would be there again."""
    readable: bool = True
    """Whether the present state could be read at all."""

    @property
    def sentences(self) -> tuple[str, ...]:
        """Return what would happen, in sentences."""
        if not self.readable:
            return (UNREADABLE,)
        found = (
            (self.lost, "Ne serait plus", "Ne seraient plus", "dans la base\u00a0: {}."),
            (self.older, "Reviendrait à son", "Reviendraient à leur", "état d’alors\u00a0: {}."),
            (self.back, "Serait", "Seraient", "de nouveau là\u00a0: {}."),
        )
        told = tuple(
            f"{one if _is_one(each) else many} {rest.format(_listed(each))}"
            for each, one, many, rest in found
            if each
        )
        return told or (NOTHING_LOST,)


class Restored(NamedTuple):
    """What there is after a restoration."""

    kept: Path | None
    """Where the state that was present lies now; None when there was no database."""


def preview(office: Office, *, copy: Path) -> Preview:
    """Return what restoring ``copy`` would do; nothing is changed.

    Raises NotFoundError, and the PanError that says why the copy cannot be read.
    """
    from pan_desktop.store.safety.comparing import apart, held_by

    row = described(office, copy=copy)
    held_by(copy, office.key)  # raises what is wrong with the copy itself
    try:
        found = apart(file_of(office), copy, office.key)
    except PanError:
        return Preview(row, readable=False)
    return Preview(
        row,
        _counted((name, each.lost) for name, each in found.items()),
        _counted((name, each.older) for name, each in found.items()),
        _counted((name, each.back) for name, each in found.items()),
    )


IN_MEMORY = (
    "La copie n’a pas été reprise, le dernier travail n’étant encore que dans la mémoire de "
    "l’ordinateur : il serait perdu. Réessayez d’abord de l’enregistrer."
)


def restore(
    office: Office,
    *,
    copy: Path,
    now: datetime,
    told: Callable[[float], None] = lambda _part: None,
) -> Restored:
    """Put ``copy`` in the place of the database, the present state becoming a further copy.

    The office is closed first, and opened again at its next use. Raises the PanError that says
    why it did not happen; nothing is changed then.
    """
    from pan_desktop.app.places import is_shared
    from pan_desktop.store.safety.restoring import put_back

    if is_shared(office.database):
        raise InputError(SHARED)
    described(office, copy=copy)
    if office.trouble is not None and not office.trouble.kept:
        raise StoreBusyError(IN_MEMORY)
    office.close()
    return Restored(put_back(file_of(office), copy, now, key=office.key, told=told).kept)


def _counted(found: Iterable[tuple[str, int]]) -> tuple[str, ...]:
    numbers = dict(found)
    told = [counted(numbers[name], *WORDS[name]) for name in WORDS if numbers.get(name)]
    others = sum(number for name, number in numbers.items() if name not in WORDS)
    return (*told, *([counted(others, *OTHERS)] if others else []))


def _is_one(words: tuple[str, ...]) -> bool:
    return len(words) == 1 and words[0].startswith("1\u00a0")


def _listed(words: tuple[str, ...]) -> str:
    if len(words) == 1:
        return words[0]
    return f"{', '.join(words[:-1])} et {words[-1]}"
