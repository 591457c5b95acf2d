"""Use cases of the way back: undo and redo of anything, across restarts.

The steps lie in the store (``store.steps``); this says in French what each one was.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pan_desktop.app.office import for_good
from pan_desktop.domain.calendar import date_in_words
from pan_desktop.domain.disagreements import DisagreementKind
from pan_desktop.domain.errors import ConflictError
from pan_desktop.domain.model import Civility
from pan_desktop.domain.typography import Typography
from pan_desktop.domain.wording import civility
from pan_desktop.store.steps import opposite

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pan_desktop.store.changes import RowChange
    from pan_desktop.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Went:
    """What undo or redo did."""

    words: str
    """What it was ("la présence de Mme Salma AZROUNI"), to be put into a sentence."""
    rows: tuple[tuple[str, str], ...]
    """The rows that changed, each a table's name and an identifier: where to look."""
    refused: bool = False
    """Whether it could not be done, what it would change having been changed otherwise since."""


@for_good
def undo(work: UnitOfWork) -> Went | None:
    """Take back the last thing done, and return what it was; None when there is nothing."""
    step = work.steps.last_done()
    if step is None:
        return None
    # The words first: afterwards the person whose presence it was may be gone.
    words, rows = described(work, step.changes), _rows(step.changes)
    try:
        work.revert(step.changes)
    except ConflictError:
        work.steps.forget(step.id)
        return Went(words, rows, refused=True)
    work.steps.mark(step.id, undone=True)
    return Went(words, rows)


@for_good
def redo(work: UnitOfWork) -> Went | None:
    """Do again what was last taken back, and return what it was; None when there is nothing."""
    step = work.steps.last_undone()
    if step is None:
        return None
    rows = _rows(step.changes)
    try:
        work.revert(opposite(step.changes))
    except ConflictError:
        words = described(work, step.changes)
        work.steps.forget(step.id)
        return Went(words, rows, refused=True)
    work.steps.mark(step.id, undone=False)
    return Went(described(work, step.changes), rows)


def described(work: UnitOfWork, changes: Sequence[RowChange]) -> str:
    """Return in words what the changes are about: the weightiest table among them says it."""
    if _chosen(changes):
        return _CHOICE
    by_table: dict[str, list[RowChange]] = {}
    for change in changes:
        by_table.setdefault(change.table, []).append(change)
    for table, words in _WORDS.items():
        if table in by_table:
            return str(words(work, by_table[table]))
    return "la dernière modification"


def _chosen(changes: Sequence[RowChange]) -> bool:
    """Tell whether someone chose between two texts.

    What is removed takes its disagreements along: that is no choice between them.
    """
    gone = {(c.table, c.before["id"]) for c in changes if c.before is not None and c.after is None}
    closed = [c.before or {} for c in changes if c.table == "disagreement" and c.after is None]
    return any(
        row.get("kind") in _BETWEEN_TWO and (row["of_table"], row["row_id"]) not in gone
        for row in closed
    )


def _rows(changes: Sequence[RowChange]) -> tuple[tuple[str, str], ...]:
    return tuple((c.table, (c.after or c.before or {})["id"]) for c in changes)


def _whole(work: UnitOfWork, change: RowChange) -> dict[str, Any]:
    """Return all that is known of a row: what lies in the store, else what the step kept.

    Of one that another has removed that may be no more than what the step changed of it.
    """
    row = change.after or change.before or {}
    return {**(work.read.row(change.table, row["id"]) or {}), **(change.before or {}), **row}


def _meeting(work: UnitOfWork, changes: list[RowChange]) -> str:
    row = _whole(work, changes[0])
    day = date_in_words(row["day"]) if "day" in row else ""
    if changes[0].before is None:
        return f"la création de la réunion du {day}"
    if changes[0].after is None:
        return f"la suppression de la réunion du {day}"
    return f"la modification de la réunion du {day}"


def _different(changes: list[RowChange]) -> int:
    """Return how many rows were changed, one that was made and filled in then counting once."""
    return len(set(_rows(changes)))


def _person(work: UnitOfWork, changes: list[RowChange]) -> str:
    if (number := _different(changes)) > 1:
        return f"les fiches de {number} personnes"
    return _card(_whole(work, changes[0]))


def _presence(work: UnitOfWork, changes: list[RowChange]) -> str:
    if (number := _different(changes)) > 1:
        return f"la présence de {number} personnes"
    row = _whole(work, changes[0])
    person = work.read.row("person", row.get("person_id", ""))
    return f"la présence de {_named(person)}" if person else "une présence"


def _card(person: dict[str, Any]) -> str:
    return f"la fiche de {_named(person)}" if "name" in person else "la fiche d’une personne"


def _named(person: dict[str, Any]) -> str:
    if "civility" not in person:
        return str(person["name"])
    title = civility(Civility(person["civility"]), Typography.SOIGNE)
    return f"{title} {person['name']}"


def _item(work: UnitOfWork, changes: list[RowChange]) -> str:
    title = _whole(work, changes[0]).get("title")
    if len(changes) > 1 or title is None:
        return "l’ordre du jour"
    return f"le point « {title} » de l’ordre du jour"


def _points(_work: UnitOfWork, changes: list[RowChange]) -> str:
    texts = [str((c.after or c.before or {}).get("text", "")) for c in changes]
    said = next((text for text in texts if text.strip()), "")
    if len(changes) == 1 and changes[0].after is None:
        return (
            f"la suppression du point « {_short(said)} »" if said else "la suppression d’un point"
        )
    return f"la saisie « {_short(said, end=True)} »" if said else "la mise en forme d’un point"


def _progress(work: UnitOfWork, changes: list[RowChange]) -> str:
    if (number := _different(changes)) > 1:
        return f"l’avancement de {number} engagements"
    row = _whole(work, changes[0])
    commitment = work.read.row("commitment", row.get("commitment_id", ""))
    if commitment is None:
        return "l’avancement d’un engagement"
    return f"l’avancement de l’engagement {commitment['number']}"


def _document_template(work: UnitOfWork, changes: list[RowChange]) -> str:
    name = _whole(work, changes[0]).get("name")
    return "un modèle de document" if name is None else f"le modèle de document « {name} »"


def _fixed(words: str) -> Any:  # noqa: ANN401 - one of the functions of the table below
    return lambda _work, _changes: words


def _short(text: str, length: int = 40, *, end: bool = False) -> str:
    """Return a text in one line, its beginning or, for what is being typed, its end."""
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    return f"…{line[-length:]}" if end else f"{line[:length]}…"


_CHOICE = "le choix entre deux textes"
_BETWEEN_TWO = {DisagreementKind.TEXT, DisagreementKind.REMOVED}

# What weighs most comes first: a meeting that is removed takes its agenda and points along.
_WORDS: dict[str, Any] = {
    "plan": _fixed("le plan d’action"),
    "document_template": _document_template,
    "meeting": _meeting,
    "person": _person,
    "mandate": _fixed("un mandat"),
    "mandate_commitment": _fixed("les engagements d’un mandat"),
    "attendance": _presence,
    "representation": _fixed("les engagements représentés"),
    "agenda_item": _item,
    "progress_report": _progress,
    "activity_report": _fixed("l’avancement d’une activité"),
    "conclusion": _points,
    "statement": _fixed("le taux d’un engagement"),
    "amendment": _fixed("la modification d’un engagement"),
    "commitment": _fixed("les engagements du plan"),
    "activity": _fixed("une activité"),
    "evidence": _fixed("un justificatif"),
    "axis": _fixed("les axes du plan"),
    "confirmation": _fixed("la confirmation d’un contrôle"),
    "person_alias": _fixed("un autre nom d’une personne"),
    "saved_filter": _fixed("un filtre"),
    "usual_sentence": _fixed("les phrases usuelles"),
    "office_word": _fixed("le dictionnaire de l’office"),
    "meeting_template": _fixed("un modèle de réunion"),
    "meeting_template_item": _fixed("l’ordre du jour d’un modèle"),
    "body": _fixed("une instance"),
    "institution": _fixed("un organisme"),
    "setting": _fixed("un paramètre"),
    "disagreement": _fixed(_CHOICE),
}
