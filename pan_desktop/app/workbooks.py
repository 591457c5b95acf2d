"""Use cases on the Excel forms: written to be filled in, compared with the store, taken in.

What a workbook would change is found by doing it in a transaction that is then undone: whatever
the program's own rules refuse is told with its cell before anyone accepts. Accepting does it once
more, as one step, and only if it still comes to what was shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pan_desktop.app import written
from pan_desktop.app.office import reading
from pan_desktop.app.workbook_rows import SHEETS, progress_rows
from pan_desktop.domain.errors import ConflictError, InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from pan_desktop.app.office import Office, Outcome
    from pan_desktop.app.workbook_rows import Known, SheetRows
    from pan_desktop.documents.workbook.forms import Form, SheetForm, Value
    from pan_desktop.documents.workbook.reader import Problem, ReadForm, ReadRow
    from pan_desktop.store.unit_of_work import UnitOfWork

NOT_CLEAN = (
    "Le classeur a des erreurs : rien n’a été changé. Corrigez-les dans Excel, puis reprenez-le."
)
CHANGED_SINCE = (
    "Ce que le classeur changerait n’est plus ce qui a été montré : rien n’a été changé. Regardez "
    "de nouveau l’aperçu."
)
TWO_ROWS = "La ligne {other} dit déjà « {name} » : gardez l’une des deux."
UNKNOWN_REFERENCE = "Ce repère n’est pas connu ici : effacez-le pour créer la ligne."


@dataclass(frozen=True, slots=True)
class CellChange:
    """What one cell would change; ``before`` is empty for what is new."""

    sheet: str
    cell: str
    what: str
    """The thing that the row is about ("engagement 7")."""
    column: str
    before: str
    after: str

    @property
    def id(self) -> str:
        """Return what tells the cell from others."""
        return f"{self.sheet} {self.cell}"


@dataclass(frozen=True, slots=True)
class Preview:
    """What a workbook would change, and what is wrong with it."""

    name: str
    content: bytes
    title: str
    changes: tuple[CellChange, ...]
    problems: tuple[Problem, ...]
    new_rows: int
    changed_rows: int
    same_rows: int

    @property
    def clean(self) -> bool:
        """Tell whether it can be accepted."""
        return not self.problems


def write_plans(office: Office, *, file: Path) -> None:
    """Write all plans, axes, commitments and activities to ``file``. Raises FileUnwritableError."""
    from pan_desktop.documents.workbook.forms import PLAN_FORM

    written.replace(file, _written(office, PLAN_FORM))


def write_roster(office: Office, *, file: Path) -> None:
    """Write all people and mandates to ``file``, its owner's only. Raises FileUnwritableError."""
    from pan_desktop.documents.workbook.forms import ROSTER_FORM

    written.replace(file, _written(office, ROSTER_FORM), private=True)


def write_progress(office: Office, *, meeting_id: str, file: Path) -> None:
    """Write a meeting's progress grid to ``file``. Raises NotFoundError, FileUnwritableError."""
    from pan_desktop.documents.workbook.forms import PROGRESS_FORM
    from pan_desktop.documents.workbook.writer import workbook

    rows = office.run(progress_rows, meeting_id=meeting_id).result
    written.replace(file, workbook(PROGRESS_FORM, {"Avancement": rows}))


def preview(office: Office, *, file: Path) -> Preview:
    """Return what a workbook would change. Raises InputError for what is no form at all."""
    from pan_desktop.documents.package import WORKBOOK_LIMITS

    content = written.read(file, kept="rien n’a été changé", limit=WORKBOOK_LIMITS.file)
    return preview_content(office, content=content, name=file.name)


def preview_content(office: Office, *, content: bytes, name: str) -> Preview:
    """Return what the bytes of a workbook would change, having changed nothing."""
    try:
        office.run(_try, content=content, name=name)
    except _UndoneError as undone:
        return undone.preview
    raise AssertionError("what was tried was not undone")


def accept(office: Office, *, seen: Preview) -> Outcome[Preview]:
    """Change all that the preview showed, as one step, and return it with what it changed.

    Raises InputError while something is wrong with it, ConflictError when it would change
    something else by now.
    """
    if not seen.clean:
        raise InputError(NOT_CLEAN)
    return office.run(_accept, seen=seen)


class _UndoneError(Exception):
    """Carries what was found out of a transaction, which it undoes."""

    def __init__(self, preview: Preview) -> None:
        super().__init__()
        self.preview = preview


def _try(work: UnitOfWork, *, content: bytes, name: str) -> None:
    raise _UndoneError(_apply(work, content, name))


def _accept(work: UnitOfWork, *, seen: Preview) -> Preview:
    done = _apply(work, seen.content, seen.name)
    if not done.clean or done.changes != seen.changes:
        raise ConflictError(CHANGED_SINCE)
    return done


@reading
def _rows(work: UnitOfWork, *, form: Form) -> dict[str, list[tuple[Value, ...]]]:
    return {
        sheet.name: [(*known.values, known.id) for known in SHEETS[sheet.name].known(work)]
        for sheet in form.sheets
    }


def _written(office: Office, form: Form) -> bytes:
    from pan_desktop.documents.workbook.writer import workbook

    return workbook(form, office.run(_rows, form=form).result)


def _apply(work: UnitOfWork, content: bytes, name: str) -> Preview:
    """Do all that a workbook says, sheet by sheet, and return what it was."""
    from pan_desktop.documents.workbook.reader import read_form

    read = read_form(content, name)
    applied = [_Applied(work, read, sheet) for sheet in read.form.sheets]
    if all(_row_of(problem) for problem in read.problems):
        for each in applied:
            each.apply()
    problems = (*read.problems, *(p for each in applied for p in each.problems))
    changes = tuple(change for each in applied for change in each.changes)
    counts = [sum(each.counts[place] for each in applied) for place in range(3)]
    return Preview(name, content, read.form.title, changes, problems, *counts)


def _row_of(problem: Problem) -> int | None:
    """Return the row that a problem is of, None for one of the whole sheet."""
    number = problem.cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return int(number) if number.isdecimal() and number != "1" else None


class _Applied:
    """Does what the rows of one sheet say."""

    def __init__(self, work: UnitOfWork, read: ReadForm, form: SheetForm) -> None:
        self._work = work
        self._form = form
        self._columns = read.columns.get(form.name, {})
        wrong = {_row_of(p) for p in read.problems if p.sheet == form.name}
        self._read = [row for row in read.rows.get(form.name, ()) if row.number not in wrong]
        self._rows: SheetRows = SHEETS[form.name]
        self.changes: list[CellChange] = []
        self.problems: list[Problem] = []
        self.counts = [0, 0, 0]

    def apply(self) -> None:
        """Change what differs, row by row."""
        known = self._rows.known(self._work, [row.values[-1] for row in self._read])
        by_id = {each.id: each for each in known}
        by_key = {self._rows.key(each.values): each for each in known}
        taken: dict[object, int] = {}
        for row in self._read:
            values, reference = row.values[:-1], str(row.values[-1] or "")
            key = self._rows.key(values)
            if key in taken:
                words = TWO_ROWS.format(other=taken[key], name=self._rows.name(values))
                self._tell(row, self._rows.key_column, words)
                continue
            taken[key] = row.number
            if reference and reference not in by_id:
                self._tell(row, "Repère", UNKNOWN_REFERENCE)
                continue
            self._take(row, values, by_id.get(reference) or by_key.get(key))

    def _take(self, row: ReadRow, values: Sequence[Value], before: Known | None) -> None:
        values = self._rows.settled(values, before.values if before else None)
        changed = list(self._differing(values, before))
        if before is not None and not changed:
            self.counts[2] += 1
            return
        try:
            if before is None:
                self._rows.add(self._work, values)
            else:
                self._rows.change(self._work, before, values)
        except InputError as error:
            self._tell(row, self._rows.key_column, error.sentence)
            return
        self.counts[0 if before is None else 1] += 1
        name = self._rows.name(values)
        for place in changed:
            heading = self._form.fields[place].heading
            old = before.values[place] if before else None
            self.changes.append(
                CellChange(
                    self._form.name,
                    f"{self._columns.get(heading, '')}{row.number}",
                    name,
                    heading,
                    _words(old),
                    _words(values[place]),
                )
            )

    def _differing(self, values: Sequence[Value], before: Known | None) -> Iterator[int]:
        from pan_desktop.documents.workbook.writer import held

        for place, value in enumerate(values):
            if self._form.fields[place].shown:
                continue
            old = before.values[place] if before else None
            plain = held(old) if isinstance(old, str) else old
            if (plain or None) != (value or None) and not (plain == 0 and value == 0):
                yield place

    def _tell(self, row: ReadRow, heading: str, sentence: str) -> None:
        from pan_desktop.documents.workbook.reader import Problem

        cell = f"{self._columns.get(heading, 'A')}{row.number}"
        self.problems.append(Problem(self._form.name, cell, sentence))


def _words(value: Value) -> str:
    if value is None:
        return ""
    if hasattr(value, "strftime"):
        return f"{value:%d/%m/%Y}"
    return str(value).replace(".", ",") if not isinstance(value, str) else value
