"""The journal tells of every write, cannot be changed, and shows what was changed beside it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from pan_desktop.app import history
from pan_desktop.app.office import Office, for_good, reading
from pan_desktop.domain.journal import Flaw, How
from pan_desktop.store.journal.chain import entry_hash, unpacked
from pan_desktop.store.journal.check import verify
from pan_desktop.store.journal.journal import receive
from tests.builders import empty_database, lived_database, office_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pan_desktop.store.unit_of_work import UnitOfWork

Row = dict[str, object]


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.at = datetime(2026, 3, 12, 14, 52, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at

    def after(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def office(tmp_path: Path, clock: Clock) -> Iterator[Office]:
    file = tmp_path / "pan.db"
    file.write_bytes(empty_database())
    opened = Office(str(file), now=clock, author="Mme Secrétaire")
    yield opened
    opened.close()


def journal(office: Office) -> list[Row]:
    with closing(sqlite3.connect(office.database)) as connection:
        connection.row_factory = sqlite3.Row
        return [dict(r) for r in connection.execute("SELECT * FROM journal ORDER BY sequence")]


def word(work: UnitOfWork, *, said: str) -> str:
    return work.insert("usual_sentence", short_name=said, text=said, position=1.0)


def say(work: UnitOfWork, *, row: str, text: str) -> None:
    work.update("usual_sentence", row, text=text)


# What is written -------------------------------------------------------------------------


def test_an_entry_says_who_when_and_which_rows_and_no_value(office: Office, clock: Clock) -> None:
    row = office.run(word, said="Registre foncier").result
    clock.after(60)
    office.run(say, row=row, text="Registre des navires")
    clock.after(60)
    office.run(lambda work: work.delete("usual_sentence", row))
    told = journal(office)
    assert [entry["author"] for entry in told] == ["Mme Secrétaire"] * 3
    assert [entry["at"] for entry in told] == [
        f"2026-03-12 14:{minute}:00.000000" for minute in (52, 53, 54)
    ]
    made, changed, removed = (unpacked(str(entry["changes"]))[0] for entry in told)
    assert made[:4] == ("usual_sentence", row, How.MADE, ())
    assert changed[:4] == ("usual_sentence", row, How.CHANGED, ("text",))
    assert removed == ("usual_sentence", row, How.REMOVED, (), None)
    assert made.digest != changed.digest
    assert "Registre" not in str(told)


def test_what_ctrl_z_does_or_cannot_take_back_is_told_too(office: Office) -> None:
    office.run(word, said="Registre")
    office.run(history.undo)
    office.run(history.redo)

    @for_good
    def issue(work: UnitOfWork) -> None:
        word(work, said="Diffusé")

    office.run(issue)
    told = [unpacked(str(entry["changes"]))[0].how for entry in journal(office)]
    assert told == [How.MADE, How.REMOVED, How.MADE, How.MADE]


def test_what_fails_or_only_reads_leaves_no_entry(office: Office) -> None:
    def fail(work: UnitOfWork) -> None:
        word(work, said="Registre")
        raise RuntimeError

    @reading
    def read(work: UnitOfWork) -> None:
        work.read.settings()

    with pytest.raises(RuntimeError):
        office.run(fail)
    office.run(read)
    office.run(lambda work: word(work, said="Autre"))
    assert [entry["sequence"] for entry in journal(office)] == [1]


def test_letters_typed_in_one_go_are_one_entry(office: Office, clock: Clock) -> None:
    row = office.run(word, said="R").result
    for end in range(1, 9):
        clock.after(0.3)
        office.save("sentence", say, row=row, text="Registre"[:end])
    assert len(journal(office)) == 2
    clock.after(3)
    office.save("sentence", say, row=row, text="Registre foncier")
    assert len(journal(office)) == 3
    office.author = "M. Autre"
    office.save("sentence", say, row=row, text="Registre foncier tenu")
    assert [entry["author"] for entry in journal(office)][2:] == ["Mme Secrétaire", "M. Autre"]


# What cannot be done ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM journal",
        "DELETE FROM journal WHERE sequence = 3",
        "UPDATE journal SET author = 'M. Autre' WHERE sequence = 3",
        "UPDATE journal SET changes = '[]' WHERE sequence = 1",
        "UPDATE journal SET changes = '[]' WHERE sequence = 2",
        "UPDATE journal SET sequence = 9 WHERE sequence = 3",
        "INSERT INTO journal SELECT 9, at, until, author, '', '', '[]', hash, 'x' FROM head",
        "INSERT INTO journal SELECT 4, at, until, author, '', '', '[]', 'forged', 'x' FROM head",
        "INSERT OR REPLACE INTO journal SELECT * FROM head",
    ],
)
def test_the_database_refuses_to_change_or_remove_an_entry(office: Office, statement: str) -> None:
    row = office.run(word, said="Registre").result
    office.save("sentence", say, row=row, text="Autre")
    office.save("elsewhere", say, row=row, text="Un autre")
    before = journal(office)
    with closing(sqlite3.connect(office.database)) as connection:
        connection.execute("CREATE TEMP VIEW head AS SELECT * FROM journal WHERE sequence = 3")
        with pytest.raises(sqlite3.IntegrityError, match="append only"):
            connection.execute(statement)
    assert journal(office) == before


# What is seen ----------------------------------------------------------------------------


def problems(office: Office) -> list[tuple[Flaw, str]]:
    """Return what verifying finds, with the table or the entry that it is about."""

    @reading
    def found(work: UnitOfWork) -> list[tuple[Flaw, str]]:
        told = verify(work._connection)
        return [(problem.flaw, problem.table or str(problem.sequence)) for problem in told]

    return office.run(found).result


@pytest.fixture
def lived(tmp_path: Path) -> Iterator[Office]:
    """Give an office that holds the whole sample, with values of every kind."""
    with office_in(tmp_path, lived_database()) as opened:
        yield opened


def beside(office: Office, *statements: str) -> None:
    """Change the database as someone would who has no program but SQLite."""
    with closing(sqlite3.connect(office.database)) as connection:
        for name in ("journal_follows", "journal_grows", "journal_stays"):
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            assert connection.execute(statement).rowcount > 0
        connection.commit()


def test_all_that_the_program_writes_agrees_with_the_journal(lived: Office) -> None:
    with closing(sqlite3.connect(lived.database)) as connection:
        rows = connection.execute("SELECT count(*) FROM conclusion").fetchone()[0]
    assert rows > 20
    assert problems(lived) == []
    lived.run(history.undo)
    lived.run(history.redo)
    assert problems(lived) == []


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("UPDATE plan SET label = '2019' WHERE rowid = 1", (Flaw.ROW_CHANGED, "plan")),
        ("UPDATE commitment SET weight = 2 WHERE rowid = 1", (Flaw.ROW_CHANGED, "commitment")),
        ("UPDATE agenda_item SET discussed = 0 WHERE rowid = 2", (Flaw.ROW_CHANGED, "agenda_item")),
        ("UPDATE attendance SET presence = 'excused' WHERE rowid = 1 AND by_id IS NULL",
         (Flaw.ROW_CHANGED, "attendance")),
        ("DELETE FROM representation WHERE rowid = 1", (Flaw.ROW_REMOVED, "representation")),
        ("INSERT INTO office_word SELECT 'x', 'SEGMA', 1, created_at, updated_at FROM body LIMIT 1",
         (Flaw.ROW_ADDED, "office_word")),
    ],
)  # fmt: skip
def test_what_was_changed_beside_the_program_is_found(
    lived: Office, statement: str, found: tuple[Flaw, str]
) -> None:
    beside(lived, statement)
    assert problems(lived) == [found]


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("UPDATE journal SET author = 'M. Autre' WHERE sequence = 2", (Flaw.ALTERED, "2")),
        ("UPDATE journal SET at = '2020-01-01 00:00:00.000000' WHERE sequence = 3",
         (Flaw.ALTERED, "3")),
        ("DELETE FROM journal WHERE sequence = 2", (Flaw.MISSING, "3")),
        ("DELETE FROM journal WHERE sequence = 1", (Flaw.MISSING, "2")),
        ("UPDATE journal SET changes = 'x' WHERE sequence = 4", (Flaw.ALTERED, "4")),
    ],
)  # fmt: skip
def test_what_was_done_to_the_journal_is_found(
    office: Office, statement: str, found: tuple[Flaw, str]
) -> None:
    row = office.run(word, said="Registre").result
    for text in ("un", "deux", "trois"):
        office.run(say, row=row, text=text)
    beside(office, statement)
    told = problems(office)
    assert told[0] == found
    assert all(flaw in {Flaw.ROW_CHANGED, Flaw.ROW_ADDED} for flaw, _ in told[1:])


def test_an_entry_put_in_with_a_hash_of_its_own_does_not_follow(office: Office) -> None:
    row = office.run(word, said="Registre").result
    office.run(say, row=row, text="un")
    office.run(say, row=row, text="deux")
    forged = journal(office)[1] | {"author": "M. Autre"}
    forged |= {key: f"{forged[key]}+00:00".replace(" ", "T") for key in ("at", "until")}
    beside(
        office,
        f"UPDATE journal SET author = 'M. Autre', hash = '{entry_hash(forged)}' WHERE sequence = 2",
    )
    assert problems(office) == [(Flaw.ALTERED, "3")]


def test_a_problem_is_said_in_french(office: Office) -> None:
    row = office.run(word, said="Registre").result
    beside(office, "UPDATE usual_sentence SET text = 'Autre'")
    (found,) = office.run(lambda work: verify(work._connection)).result
    assert found.sentence == (
        f"Une ligne des phrases usuelles ({row}) a été modifiée sans le programme."
    )


# What comes from elsewhere ---------------------------------------------------------------


def test_a_copy_takes_entries_over_once_and_lets_the_last_grow(
    office: Office, clock: Clock, tmp_path: Path
) -> None:
    with office_in(tmp_path, empty_database()) as copy:

        def take() -> None:
            rows = office.run(lambda work: list(work.journal.rows())).result
            copy.run(lambda work: receive(work._connection, rows))
            assert journal(copy) == journal(office)

        row = office.run(word, said="R").result
        office.save("sentence", say, row=row, text="Re")
        take()
        take()
        clock.after(1)
        office.save("sentence", say, row=row, text="Reg")
        take()
        office.save("sentence", say, row=row, text="Regi")
        office.run(say, row=row, text="Registre")
        take()
