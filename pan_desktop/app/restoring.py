"""Restoring a copy: what it holds, what would be lost, and the way back from it as well."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from pan_desktop.app.backups import described, file_of
from pan_desktop.app.places import is_shared
from pan_desktop.domain.calendar import plain_date
from pan_desktop.domain.errors import InputError, PanError, StoreBusyError
from pan_desktop.domain.typography import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from pathlib import Path

    from pan_desktop.app.backups import CopyRow
    from pan_desktop.app.office import Office

WORDS: dict[str, tuple[str, str]] = {
    "meeting": ("réunion", "réunions"),
    "plan": ("plan", "plans"),
    "commitment": ("engagement", "engagements"),
    "activity": ("activité", "activités"),
    "person": ("personne", "personnes"),
    "institution": ("organisme", "organismes"),
    "mandate": ("mandat", "mandats"),
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
NAMES_TOLD = 3
"""How many of one kind are told by name; the others are counted."""
_LONGEST_NAME = 48
OTHERS = ("autre élément", "autres éléments")
"""What is left: settings, sentences, templates."""

SHARED = (
    "Une base partagée ne se restaure pas depuis un poste, et rien n’a été changé. Pour retrouver "
    'cette copie, mettez-la dans un fichier\u00a0: «\u00a0pan-desktop move --from "{copy}" --to '
    "retrouve.sqlite3\u00a0»\u202f; si le serveur est perdu, donnez après «\u00a0--to\u00a0» "
    "l’adresse d’une base vide."
)
NOTHING_LOST = "Rien ne serait perdu : la base contient la même chose que la copie."
UNREADABLE = (
    "La base actuelle ne peut pas être lue : ce qui serait perdu ne peut pas être compté. Elle "
    "sera gardée telle quelle dans le dossier des copies, sans figurer dans leur liste."
)


class Preview(NamedTuple):
    """What restoring a copy would do."""

    copy: CopyRow
    lost: tuple[str, ...] = ()
    """What would not be there any more, counted in words, the first of each by name."""
    older: tuple[str, ...] = ()
    """What would be as it was when the copy was made."""
    back: tuple[str, ...] = ()
    """What was deleted since, and would be there again."""
    readable: bool = True
    """Whether the present state could be read at all."""
    refused: str = ""
    """Why it cannot be restored here, as a sentence; "" where it can."""

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
    listed: bool = True
    """Whether it is a copy like the others; what could not be read is in no list of them."""


def preview(office: Office, *, copy: Path) -> Preview:
    """Return what restoring ``copy`` would do; nothing is changed.

    Raises NotFoundError, and the PanError that says why the copy cannot be read.
    """
    from pan_desktop.store.safety.comparing import apart, held_by

    row = described(office, copy=copy)
    refused = SHARED.format(copy=copy) if is_shared(office.database) else ""
    held_by(copy, office.key)  # raises what is wrong with the copy itself
    try:
        found = apart(file_of(office), copy, office.key)
    except PanError:
        return Preview(row, readable=False, refused=refused)
    return Preview(
        row,
        _counted({name: (each.lost, each.named_lost) for name, each in found.items()}),
        _counted({name: (each.older, each.named_older) for name, each in found.items()}),
        _counted({name: (each.back, each.named_back) for name, each in found.items()}),
        refused=refused,
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
    from pan_desktop.store.safety.restoring import put_back

    if is_shared(office.database):
        raise InputError(SHARED.format(copy=copy))
    described(office, copy=copy)
    if office.trouble is not None and not office.trouble.kept:
        raise StoreBusyError(IN_MEMORY)
    office.close()
    done = put_back(file_of(office), copy, now, key=office.key, told=told)
    return Restored(done.kept, done.sound)


def _counted(found: Mapping[str, tuple[int, tuple[str, ...]]]) -> tuple[str, ...]:
    """Return how many of each kind there are, and which: by table, a number and names."""
    told = [
        f"{counted(found[table][0], *WORDS[table])}{_which(table, found[table][1])}"
        for table in WORDS
        if table in found and found[table][0]
    ]
    others = sum(number for table, (number, _) in found.items() if table not in WORDS)
    return (*told, *([counted(others, *OTHERS)] if others else []))


def _which(table: str, names: tuple[str, ...]) -> str:
    """Return the first of some rows by name, the meetings from the last one; "" for no names."""
    told = [_name(table, name) for name in (names[::-1] if table == "meeting" else names)]
    if not told:
        return ""
    shown = list(dict.fromkeys(told))[:NAMES_TOLD]
    left = len(told) - len(shown)
    words = ", ".join(shown)
    return f" ({words} et {counted(left, 'autre')})" if left > 0 else f" ({words})"


def _name(table: str, name: str) -> str:
    """Return a row's name as a secretary says it."""
    if table == "meeting":
        return plain_date(date.fromisoformat(name))
    if table == "commitment":
        return f"n°\u00a0{name}"
    words = " ".join(name.split())
    if len(words) > _LONGEST_NAME:
        words = f"{words[:_LONGEST_NAME].rsplit(' ', 1)[0]}…"
    return f"«\u00a0{words}\u00a0»" if table in {"agenda_item", "conclusion"} else words


def _is_one(words: tuple[str, ...]) -> bool:
    return len(words) == 1 and words[0].startswith("1\u00a0")


def _listed(words: tuple[str, ...]) -> str:
    if len(words) == 1:
        return words[0]
    return f"{', '.join(words[:-1])} et {words[-1]}"
