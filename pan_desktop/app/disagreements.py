"""Use cases on what two have written at the same time: seen side by side, until someone chooses.

What is chosen holds for everyone, and Ctrl+Z brings the choice back. Nothing here is ever dropped
without being chosen: two who choose differently at the same moment disagree anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

from pan_desktop.app.journal_words import Namer, called, column_called, person_named
from pan_desktop.app.office import reading
from pan_desktop.domain.calendar import plain_date
from pan_desktop.domain.disagreements import DisagreementKind
from pan_desktop.domain.errors import InputError, NotFoundError
from pan_desktop.domain.marks import decoded, encoded, shifted
from pan_desktop.domain.model import Presence
from pan_desktop.store.changes import RowChange
from pan_desktop.store.failures import refusing
from pan_desktop.store.merging.entries import offered_rows, written
from pan_desktop.store.merging.groups import group
from pan_desktop.store.merging.unseen import ANOTHER

if TYPE_CHECKING:
    from datetime import datetime

    from pan_desktop.store.unit_of_work import UnitOfWork

    Row = dict[str, Any]

SETTLED = (
    "Quelqu’un a déjà choisi entre ces deux textes : rien n’a été changé. Relisez la page pour "
    "voir ce qui a été retenu."
)
NO_PLACE = (
    "Ce à quoi cela se rattachait n’existe plus : le texte reste gardé ici. Copiez-le là où il "
    "doit aller, puis écartez-le."
)
NO_TEXT = (
    "Le texte retenu est vide : rien n’a été changé. Saisissez-le, ou choisissez l’un des deux."
)
NO_CARD = (
    "Ce que vous retenez renvoie à quelque chose qui n’existe plus : rien n’a été changé. "
    "Retenez l’autre."
)
NO_CHOICE = (
    "Une règle de la base ne permet pas d’enregistrer ce choix : rien n’a été changé. Retenez "
    "l’autre, ou corrigez d’abord ce qui s’y oppose."
)
STILL_REFUSED = (
    "Une règle de la base ne permet toujours pas d’enregistrer cela : le texte reste gardé ici. "
    "Corrigez ce qui s’y oppose, puis recommencez, ou écartez-le."
)
NO_MORE = "(supprimé)"
_LONG = {"text", "details"}
"""Columns whose two texts can stand one after the other."""


class Choice(Enum):
    """What is kept of two texts."""

    KEPT = "kept"
    """What everybody else sees now."""
    OFFERED = "offered"
    """What could not stand beside it."""
    BOTH = "both"
    """Both, one after the other."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two texts."""

    text: str
    author: str
    at: datetime | None
    """When it was written, by its author's clock; None when that is not known."""
    yours: bool = False
    """Whether who looks wrote it."""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """What is to be chosen."""

    id: str
    kind: DisagreementKind
    table: str
    row_id: str
    where: str
    """What it is about: "point « Budget »", "présence de Mme Salma AZROUNI"."""
    what: str
    """Which part of it: "texte", "taux"; "" for the whole."""
    meeting_id: str | None
    kept: Side
    """What everybody else sees; without text where the thing is gone, or is all that is offered."""
    offered: Side
    mine: bool
    """Whether ``offered`` was written here: then it is what the pages of this window show."""
    reason: str
    """Why it could not stand, a French sentence; "" where the other text is all the reason."""
    choices: frozenset[Choice]
    """What can be chosen; GONE and REFUSED are restored or dismissed instead."""


@reading
def open_disagreements(
    work: UnitOfWork, *, meeting_id: str | None = None
) -> tuple[Disagreement, ...]:
    """Return what waits for a choice, in one meeting or everywhere, the oldest first."""
    namer, origin = Namer(work), _origin(work)
    rows = [
        row
        for row in work.read.disagreements()
        if meeting_id is None or row["meeting_id"] == meeting_id
    ]
    return tuple(_seen(work, namer, row, origin) for row in rows)


@reading
def count_open(work: UnitOfWork, *, meeting_id: str | None = None) -> int:
    """Return how many texts wait for a choice, in one meeting or everywhere."""
    return sum(
        meeting_id is None or row["meeting_id"] == meeting_id for row in work.read.disagreements()
    )


def choose(work: UnitOfWork, *, disagreement_id: str, choice: Choice) -> None:
    """Keep one of two texts, or both, for everyone.

    Raises NotFoundError when someone has chosen already, InputError when what is chosen refers to
    something that is gone, ConflictError when a rule of the database refuses it.
    """
    held = _held(work, disagreement_id)
    (change, *_) = _close(work, held)
    if held["kind"] == DisagreementKind.REMOVED:
        if choice is Choice.OFFERED:
            work.delete(held["of_table"], held["row_id"])
        return
    assert change.after is not None
    kept, offered = _kept(work, held, change), _values(change.after)
    owners = work.read.owners(held["of_table"], offered) if choice is not Choice.KEPT else ()
    if any(work.read.row(*owner) is None for owner in owners):
        raise InputError(NO_CARD)
    with refusing(NO_CHOICE):
        if choice is Choice.OFFERED:
            work.update(held["of_table"], held["row_id"], seen=kept, **offered)
        elif choice is Choice.BOTH and held["of_table"] == "conclusion":
            _add_point(work, held["row_id"], offered)
        elif choice is Choice.BOTH:
            both = _one_after_the_other(held["field"], kept, offered)
            work.update(held["of_table"], held["row_id"], seen=kept, **both)


def choose_text(work: UnitOfWork, *, disagreement_id: str, text: str) -> None:
    """Write a third text in the place of both, for everyone.

    Raises InputError when it is empty, NotFoundError when someone has chosen already.
    """
    held = _held(work, disagreement_id)
    if not text.strip():
        raise InputError(NO_TEXT)
    (change, *_) = _close(work, held)
    kept = _kept(work, held, change)
    values: Row = {held["field"]: text}
    if "marks" in kept:
        values["marks"] = ""
    with refusing(NO_CHOICE):
        work.update(held["of_table"], held["row_id"], seen=kept, **values)


def restore(work: UnitOfWork, *, disagreement_id: str) -> None:
    """Put back what had been removed, or try once more what had been refused.

    Raises InputError when what it belonged to is gone, and the sentence of whatever refuses it
    still; it stays offered then.
    """
    held = _held(work, disagreement_id)
    changes = _close(work, held)
    made = {(c.table, (c.after or {})["id"]) for c in changes}
    for change in changes:
        assert change.after is not None
        row_id = change.after["id"]
        if work.replica.masks.uncover(change.table, row_id):
            work.taken_in |= {change.table}
        row = work.read.row(change.table, row_id)
        if not _has_place(work, change, made, row) or (row is None and change.before is not None):
            raise InputError(NO_PLACE)
        with refusing(STILL_REFUSED):
            if row is None:
                work.insert(change.table, **change.after)
            else:
                work.update(change.table, row_id, **_values(change.after))


def dismiss(work: UnitOfWork, *, disagreement_id: str) -> None:
    """Do without what is offered. Raises NotFoundError when someone has chosen already."""
    held = _held(work, disagreement_id)
    work.delete("disagreement", held["id"])


def _close(work: UnitOfWork, held: Row) -> list[RowChange]:
    """Let a disagreement offer nothing any more, before anything is written; return what it did.

    What is written afterwards then does not go on in the text that is offered.
    """
    changes = _offered(work, held, _origin(work))
    gone_on = changes != offered_rows(held["offered"])
    seen = {"offered": written(changes, whole=True)} if gone_on else None
    work.delete("disagreement", held["id"], seen=seen)
    return changes


def _offered(work: UnitOfWork, held: Row, origin: str) -> list[RowChange]:
    """Return what is offered, with what its author has typed on here since it was last sent."""
    changes = offered_rows(held["offered"])
    if not origin or held["origin"] != origin:
        return changes
    if held["kind"] == DisagreementKind.GONE:
        return [_typed_on(work, change) for change in changes]
    if held["kind"] != DisagreementKind.TEXT:
        return changes
    (change,) = changes
    assert change.after is not None
    own = work.replica.masks.own_texts(held["of_table"], held["row_id"], held["field"])
    if own[-1]["id"] != held["id"]:  # another of hers is shown, and typed in
        return changes
    row = work.read.row(held["of_table"], held["row_id"])
    below = work.replica.masks.below(held["of_table"], held["row_id"])
    if row is None or below is None or held["field"] not in below:
        return changes
    shown = {column: row[column] for column in change.after}
    return changes if shown == change.before else [RowChange(change.table, change.before, shown)]


def _typed_on(work: UnitOfWork, change: RowChange) -> RowChange:
    """Return a row that is not there for others with what is shown of it here."""
    assert change.after is not None
    row = work.read.row(change.table, change.after["id"])
    if row is None or work.replica.masks.below(change.table, row["id"]) is None:
        return change
    shown = {column: row[column] for column in _values(change.after)}
    return RowChange(change.table, change.before, {**change.after, **shown})


def _seen(work: UnitOfWork, namer: Namer, held: Row, origin: str) -> Disagreement:
    change = _offered(work, held, origin)[0]
    kind, table = DisagreementKind(held["kind"]), held["of_table"]
    row = work.read.row(table, held["row_id"])
    named = row or change.after or change.before or {}
    kept = offered = ""
    choices: set[Choice] = set()
    if kind is DisagreementKind.TEXT and row is not None:
        values = _kept(work, held, change)
        kept = _said_in(work, table, held["field"], values)
        choices = {Choice.KEPT, Choice.OFFERED}
        if held["field"] in _LONG:
            choices.add(Choice.BOTH)
    elif kind is DisagreementKind.REMOVED:
        choices = {Choice.KEPT, Choice.OFFERED}
        kept = _main_text(row or {})
    if change.after is not None:
        field = held["field"]
        words = change.after
        offered = _said_in(work, table, field, words) if field else _main_text(words)
    kept_yours, offered_yours = _yours(work.author, held, origin)
    return Disagreement(
        id=held["id"],
        kind=kind,
        table=table,
        row_id=held["row_id"],
        where=called(namer, table, named),
        what=column_called(held["field"]),
        meeting_id=held["meeting_id"],
        kept=Side(kept, held["kept_author"], held["kept_at"], kept_yours),
        offered=Side(offered, held["author"], held["at"], offered_yours),
        mine=bool(origin) and held["origin"] == origin,
        reason=held["reason"],
        choices=frozenset(choices),
    )


def _yours(author: str, held: Row, origin: str) -> tuple[bool, bool]:
    """Tell whether who looks wrote what is kept, and what is offered.

    Where the log did not tell any more on which machine what is kept was written, or the office is
    on no server, her own name stands for it, unless the other text is hers. Over what another
    program wrote she has herself written.
    """
    offered = held["origin"] == origin and (bool(origin) or held["author"] == author)
    if held["author"] == ANOTHER:
        return held["kept_author"] in {"", author}, False
    if origin and held["kept_origin"]:
        return held["kept_origin"] == origin, offered
    return not offered and held["kept_author"] == author != "", offered


def _origin(work: UnitOfWork) -> str:
    """Return the identifier of this replica, "" for an office alone."""
    return work.replica.origin()


def _held(work: UnitOfWork, disagreement_id: str) -> Row:
    held = work.read.row("disagreement", disagreement_id)
    if held is None:
        raise NotFoundError(SETTLED)
    return held


def _kept(work: UnitOfWork, held: Row, change: RowChange) -> Row:
    """Return what everybody else sees of the columns that a disagreement is about."""
    row = work.read.row(held["of_table"], held["row_id"])
    if row is None:
        raise InputError(NO_PLACE)
    below = work.replica.masks.below(held["of_table"], held["row_id"]) or {}
    columns = [c for c in change.after or {} if c != "id"]
    return {column: below.get(column, row[column]) for column in columns}


def _values(row: Row) -> Row:
    ours = {"id", "version", "created_at", "updated_at"}
    return {key: value for key, value in row.items() if key not in ours}


def _add_point(work: UnitOfWork, point_id: str, offered: Row) -> None:
    """Add a second text as a point after the first, on its level."""
    row = work.read.row("conclusion", point_id)
    assert row is not None
    after = [
        place for place in work.read.positions_in(row["agenda_item_id"]) if place > row["position"]
    ]
    place = (row["position"] + min(after)) / 2 if after else row["position"] + 1.0
    work.insert(
        "conclusion",
        agenda_item_id=row["agenda_item_id"],
        parent_id=row["parent_id"],
        position=place,
        kind=row["kind"],
        numbered=row["numbered"],
        **offered,
    )


def _one_after_the_other(field: str, kept: Row, offered: Row) -> Row:
    first, second = str(kept[field]), str(offered[field])
    both: Row = {field: f"{first}\n{second}"}
    if "marks" in group("progress_report", field) and "marks" in kept:
        moved = shifted(decoded(offered.get("marks", "")), len(first) + 1)
        both["marks"] = encoded((*decoded(kept["marks"]), *moved))
    return both


def _has_place(
    work: UnitOfWork, change: RowChange, made: set[tuple[str, str]], there: Row | None
) -> bool:
    """Tell whether what a row refers to is there, or is put back with it.

    A point whose parent is not stays where it is ``there``, else it comes to the top.
    """
    assert change.after is not None
    if change.table == "conclusion":
        parent = change.after.get("parent_id")
        if parent is not None and ("conclusion", parent) not in made:
            known = work.read.row("conclusion", parent) is not None
            own = None if there is None else there["parent_id"]
            change.after["parent_id"] = parent if known else own
    return all(
        owner in made or work.read.row(*owner) is not None
        for owner in work.read.owners(change.table, change.after)
    )


def _main_text(row: Row) -> str:
    """Return the words of a row."""
    for column in ("text", "details", "title", "name", "label", "reason", "value"):
        if row.get(column):
            return str(row[column])
    return ""


def _said_in(work: UnitOfWork, table: str, field: str, row: Row) -> str:
    """Return a column of a row as it is read; a file, a card are called by their names."""
    value = row.get("file_name" if field == "content" else field)
    for owner, row_id in work.read.owners(table, {field: value}):
        there = work.read.row(owner, row_id)
        if there is None:
            return NO_MORE
        return person_named(there) if owner == "person" else _main_text(there)
    return _said(value)


def _said(value: object) -> str:
    """Return a value as it is read."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if hasattr(value, "strftime"):
        return plain_date(value) if hasattr(value, "day") else f"{value:%H:%M}"  # type: ignore[arg-type]
    presences = {
        Presence.PRESENT: "présent",
        Presence.REPRESENTED: "représenté",
        Presence.EXCUSED: "excusé",
        Presence.ABSENT: "absent",
    }
    return next((words for key, words in presences.items() if key == value), str(value))
