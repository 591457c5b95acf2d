"""Each thing that can be wrong is found, and nothing else; what is safe is mended."""

from __future__ import annotations

import hashlib
import os
import random
import sqlite3
import subprocess
import sys
from collections import Counter
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from pan_desktop.app import search
from pan_desktop.app.lost import Left, Trace, bring_back
from pan_desktop.app.office import Office
from pan_desktop.domain.backups import Why
from pan_desktop.domain.ids import new_id
from pan_desktop.domain.searching import SearchFilters
from pan_desktop.gui.holder import hold
from pan_desktop.store.health.doctor import MENDED, Ill, Symptom, examine, mend
from pan_desktop.store.safety.copies import keep_copy
from pan_desktop.store.safety.restoring import put_back
from tests.builders import dump, lived_database
from tests.soak.damaging import PAGE
from tests.store.health.test_recovery import asked, overwrite, pages_of

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime.now(UTC)


@pytest.fixture
def base(tmp_path: Path) -> Path:
    file = tmp_path / "base.sqlite3"
    file.touch(0o600)
    file.write_bytes(lived_database())
    return file


def spoil(file: Path, *statements: str) -> None:
    """Change a database beside the program, without its rules."""
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute("PRAGMA writable_schema = ON")
        for statement in statements:
            connection.execute(statement)


def ills(file: Path) -> list[Ill]:
    return [symptom.ill for symptom in examine(file, None, NOW)]


def test_a_sound_database_has_nothing(base: Path) -> None:
    before = base.read_bytes()
    assert examine(base, None, NOW) == []
    assert base.read_bytes() == before


def test_a_database_that_was_worked_on_has_nothing(base: Path) -> None:
    office = Office(str(base))
    search.search(office, text="comité", filters=SearchFilters())
    office.close()
    assert examine(base, None, NOW) == []


@pytest.mark.parametrize(
    ("content", "ill"),
    [(None, Ill.MISSING), (b"", Ill.EMPTY), (b"Bonjour. " * 2000, Ill.NOT_OURS)],
)
def test_no_database_is_told(base: Path, content: bytes | None, ill: Ill) -> None:
    base.unlink()
    if content is not None:
        base.touch(0o600)
        base.write_bytes(content)
    assert ills(base) == [ill]


def test_another_programs_database_is_none_of_ours(tmp_path: Path) -> None:
    other = tmp_path / "autre.sqlite3"
    spoil(other, "CREATE TABLE t (x)")
    other.chmod(0o600)
    assert ills(other) == [Ill.NOT_OURS]


def test_a_file_that_was_cut_off_is_told(base: Path) -> None:
    base.write_bytes(base.read_bytes()[: -3 * PAGE])
    assert examine(base, None, NOW)[0] == Symptom(Ill.TRUNCATED, number=3 * PAGE)


@pytest.mark.parametrize(("at", "lost"), [(40 * PAGE, 3 * PAGE), (100 * PAGE + 7, 5001)])
def test_what_is_missing_in_the_middle_is_told_as_that(base: Path, at: int, lost: int) -> None:
    content = base.read_bytes()
    base.write_bytes(content[:at] + content[at + lost :])
    assert examine(base, None, NOW)[0] == Symptom(Ill.SHIFTED, number=lost)


def test_where_something_is_missing_is_only_said_where_it_is_known(base: Path) -> None:
    content, chance = base.read_bytes(), random.Random(7)
    pages = len(content) // PAGE
    told: dict[str, Counter[Ill]] = {"end": Counter(), "middle": Counter()}
    for _ in range(25):
        lost = chance.randrange(1, 10)
        base.write_bytes(content[: -lost * PAGE])
        told["end"][ills(base)[0]] += 1
        at = chance.randrange(2, pages - lost - 1)
        base.write_bytes(content[: at * PAGE] + content[(at + lost) * PAGE :])
        told["middle"][ills(base)[0]] += 1
    assert set(told["end"]) <= {Ill.TRUNCATED, Ill.SHORTENED}
    assert set(told["middle"]) <= {Ill.SHIFTED, Ill.SHORTENED}
    assert told["end"][Ill.TRUNCATED] > 20
    assert told["middle"][Ill.SHIFTED] > 15


def test_a_lost_beginning_is_told(base: Path) -> None:
    overwrite(base, 1, base.read_bytes()[:100] + bytes(PAGE - 100))
    assert Ill.UNREADABLE in ills(base)


def test_a_damaged_page_is_told_with_its_table(base: Path) -> None:
    overwrite(base, pages_of(base, "conclusion")[-1], bytes(PAGE))
    told = [symptom for symptom in examine(base, None, NOW) if symptom.ill is Ill.PAGES]
    assert [symptom.table for symptom in told] == ["conclusion"]
    assert mend(base, None, told) == set()


@pytest.mark.parametrize(
    ("statements", "expected"),
    [
        (
            ("DELETE FROM person WHERE rowid = 1",),
            {Ill.REFERENCES},
        ),
        (("UPDATE meeting SET state = 'perdu' WHERE rowid = 1",), {Ill.RULES}),
        (("DROP INDEX ix_conclusion_parent_id",), {Ill.HALF_MADE}),
        (("DROP TRIGGER journal_stays",), {Ill.HALF_MADE}),
        (("DELETE FROM alembic_version",), {Ill.HALF_MADE}),
        (("UPDATE alembic_version SET version_num = '0001x'",), {Ill.HALF_MADE}),
        (("PRAGMA application_id = 7",), {Ill.HALF_MADE}),
        (("CREATE TABLE _alembic_tmp_meeting (x)",), {Ill.HALF_MADE}),
        (("DROP TABLE usual_sentence",), {Ill.LACKING}),
        (("ALTER TABLE saved_filter ADD COLUMN other TEXT",), {Ill.SCHEMA}),
        (("DROP TRIGGER search_on_own_meeting_insert",), {Ill.SEARCH}),
        (("DELETE FROM search_pending",), {Ill.SEARCH}),
        (("INSERT INTO search_entry (source, row_id) VALUES ('meeting', 'x')",), {Ill.SEARCH}),
        (("DROP TABLE search_names",), {Ill.SEARCH}),
    ],
)
def test_what_was_spoilt_is_found_and_what_is_safe_is_mended(
    base: Path, statements: tuple[str, ...], expected: set[Ill]
) -> None:
    spoil(base, *statements)
    before = dump(base)
    symptoms = examine(base, None, NOW)
    assert {symptom.ill for symptom in symptoms} == expected
    assert mend(base, None, symptoms) == expected & MENDED
    if expected <= MENDED:
        assert examine(base, None, NOW) == []
        office = Office(str(base))
        assert search.search(office, text="comité", filters=SearchFilters())
        office.close()
    after = dump(base)
    kept = before.keys() - {"_alembic_tmp_meeting", "alembic_version"}
    assert {name: after[name] for name in kept} == {name: before[name] for name in kept}


def test_references_are_counted_by_what_they_lead_to(base: Path) -> None:
    points = asked(base, "SELECT count(*) FROM conclusion c JOIN agenda_item a ON a.id ="
                   " c.agenda_item_id WHERE a.rowid = 2")[0][0]  # fmt: skip
    spoil(base, "DELETE FROM agenda_item WHERE rowid = 2")
    broken = [s for s in examine(base, None, NOW) if s.ill is Ill.REFERENCES]
    assert broken == [Symptom(Ill.REFERENCES, "conclusion", points, ("agenda_item",))]


@pytest.mark.parametrize(
    ("index", "ill"),
    [
        ("ix_conclusion_agenda_item_id", Ill.INDEXES),
        ("sqlite_autoindex_conclusion_1", Ill.INDEXES),
        ("search_entry", Ill.SEARCH),
        ("search_index_data", Ill.SEARCH),
    ],
)
def test_what_can_be_made_anew_is_told_as_such(base: Path, index: str, ill: Ill) -> None:
    overwrite(base, pages_of(base, index)[0], bytes(PAGE))
    assert ills(base) == [ill]


def test_pages_that_belong_to_nothing_are_given_back(base: Path) -> None:
    spoil(base, "DELETE FROM sqlite_master WHERE name = 'ix_conclusion_agenda_item_id'")
    symptoms = examine(base, None, NOW)
    assert {symptom.ill for symptom in symptoms} == {Ill.LOOSE, Ill.HALF_MADE}
    mend(base, None, symptoms)
    assert examine(base, None, NOW) == []


def test_a_version_that_is_not_what_was_issued_is_found(base: Path) -> None:
    digest = hashlib.sha256(b"issued").hexdigest()
    spoil(
        base,
        "INSERT INTO releve_version (id, meeting_id, number, state, file_name, content, digest,"
        " issued_at, author, version, created_at, updated_at) SELECT 'v' || rowid, id, 1,"
        f" 'issued', 'a.docx', CASE rowid WHEN 1 THEN x'00' ELSE x'697373756564' END, '{digest}',"
        " created_at, 'Zineb', 1, created_at, updated_at FROM meeting",
    )
    (day,) = asked(base, "SELECT day FROM meeting WHERE rowid = 1")[0]
    assert examine(base, None, NOW) == [Symptom(Ill.ISSUED, "releve_version", 1, (day, "1"))]


def test_files_that_were_written_are_looked_at(base: Path, tmp_path: Path) -> None:
    same, changed = tmp_path / "a.docx", tmp_path / "b.docx"
    same.write_bytes(b"as written")
    changed.write_bytes(b"changed")
    digest = hashlib.sha256(b"as written").hexdigest()
    for number, path in enumerate((same, changed, tmp_path / "c.docx", tmp_path)):
        spoil(
            base,
            "INSERT INTO written_file (id, meeting_id, path, digest, version, created_at,"
            f" updated_at) SELECT 'w{number}', id, '{path}', '{digest}', 1, created_at, updated_at"
            " FROM meeting WHERE rowid = 1",
        )
    found = {(symptom.ill, symptom.names[0]) for symptom in examine(base, None, NOW)}
    assert found == {
        (Ill.FILE_CHANGED, str(changed)),
        (Ill.FILE_GONE, str(tmp_path / "c.docx")),
        (Ill.FILE_GONE, str(tmp_path)),
    }


def test_rows_from_the_future_are_told(base: Path) -> None:
    past = NOW - timedelta(days=900)
    assert [symptom.ill for symptom in examine(base, None, past)] == [Ill.FUTURE]


def test_files_that_others_may_read_are_closed_to_them(base: Path) -> None:
    base.chmod(0o644)
    symptoms = examine(base, None, NOW)
    assert symptoms == [Symptom(Ill.OPEN)]
    assert mend(base, None, symptoms) == {Ill.OPEN}
    assert base.stat().st_mode & 0o777 == 0o600


def test_what_cannot_be_mended_is_left_as_it_was(base: Path) -> None:
    spoil(base, "DROP INDEX ix_conclusion_parent_id", "DELETE FROM person WHERE rowid = 1")
    symptoms = examine(base, None, NOW)
    with closing(sqlite3.connect(base, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")  # somebody writes
        with pytest.raises(sqlite3.OperationalError):
            mend(base, None, symptoms)
    assert examine(base, None, NOW) == symptoms


# What lies beside it --------------------------------------------------------------------------


@pytest.fixture
def left(base: Path) -> list[Path]:
    """Leave what programs that were killed leave, two days ago; and what is nobody's business."""
    copies = base.parent / "Sauvegardes"
    copies.mkdir()
    names = [
        "base.sqlite3.incomplet",
        "base.sqlite3.conversion",
        ".pan-copie-0123456789ab.tmp",
        f".base.sqlite3.{new_id()}",
        "Sauvegardes/.pan-copie-ba9876543210.tmp-wal",
    ]
    found = [base.parent / name for name in names]
    for each in found:
        each.write_bytes(b"x" * 1500)
    folder = base.parent / ".récupération-abcdef"
    folder.mkdir()
    (folder / "essai.sqlite3").write_bytes(b"x" * 1500)
    for other in ("autre.sqlite3.incomplet", "base.sqlite3.txt", ".base.sqlite3.swp"):
        (base.parent / other).write_bytes(b"x")
    long_ago = NOW.timestamp() - 2 * 24 * 3600
    for each in base.parent.rglob("*"):
        if each != base:
            os.utime(each, (long_ago, long_ago))
    return [*found, folder]


def test_what_killed_programs_left_is_told_and_taken_away(base: Path, left: list[Path]) -> None:
    others = {path for path in base.parent.rglob("*") if path.parent not in left} - set(left)
    (symptom,) = examine(base, None, NOW)
    assert symptom.ill is Ill.LEFT_OVER
    assert set(symptom.names) == {each.name for each in left}
    assert symptom.number == 6 * 1500
    assert mend(base, None, [symptom]) == {Ill.LEFT_OVER}
    assert set(base.parent.rglob("*")) == others
    assert examine(base, None, NOW) == []


def test_what_somebody_may_be_writing_is_left_alone(base: Path, left: list[Path]) -> None:
    for each in left:
        os.utime(each)
    assert examine(base, None, NOW) == []


def test_a_lock_that_nobody_holds_is_told_and_taken_away(base: Path) -> None:
    script = (
        "import os, sys; from pan_desktop.gui.holder import hold\n"
        "held = hold(sys.argv[1], 'Salma'); assert held; os._exit(0)"
    )
    subprocess.run([sys.executable, "-c", script, str(base)], check=True)
    lock = base.with_name("base.sqlite3.lock")
    assert lock.exists()
    assert ills(base) == [Ill.DEAD_LOCK]
    assert mend(base, None, examine(base, None, NOW)) == {Ill.DEAD_LOCK}
    assert sorted(base.parent.iterdir()) == [base]
    # One that is held, here or on another computer, is none of the doctor's business.
    held = hold(str(base), "Salma")
    assert held is not None
    assert ills(base) == []
    lines = lock.read_text(encoding="utf-8").splitlines()
    held.release()
    lock.write_text("\n".join(["1234567", lines[1], "un-autre", *lines[3:]]), encoding="utf-8")
    lock.chmod(0o600)
    assert ills(base) == []


def wal_left(base: Path) -> bytes:
    """Have a program die with what it wrote last in its log; return that."""
    script = (
        "import os, sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "c.execute('PRAGMA journal_mode = WAL')\n"
        "c.execute('UPDATE person SET version = version + 1'); os._exit(0)"
    )
    subprocess.run([sys.executable, "-c", script, str(base)], check=True)
    return base.with_name("base.sqlite3-wal").read_bytes()


@pytest.mark.parametrize("emptied", [True, False])
def test_a_log_without_its_database_is_told_and_never_deleted(base: Path, emptied: bool) -> None:
    content = wal_left(base)
    assert len(content) > 4096
    whole = base.read_bytes()
    if emptied:
        base.write_bytes(b"")
    else:
        base.unlink()
    found = examine(base, None, NOW)
    assert [symptom.ill for symptom in found] == [
        Ill.EMPTY if emptied else Ill.MISSING,
        Ill.LONELY_LOG,
    ]
    office = Office(str(base))  # an empty one is begun in its place
    office.open()
    office.close()
    kept = base.with_name("base.sqlite3-wal.gardé")
    assert kept.read_bytes() == content
    # Beside its database, under their own names, it tells what it did.
    base.write_bytes(whole)
    kept.rename(base.with_name("base.sqlite3-wal"))
    assert examine(base, None, NOW) == []


@pytest.mark.parametrize("by_window", [True, False])
def test_a_copy_that_comes_back_does_not_delete_the_log(base: Path, by_window: bool) -> None:
    copy = keep_copy(base, Why.CLOSE, NOW).copy.file
    content = b""
    for _ in range(2):  # nor a log that was kept before
        content = wal_left(base)
        base.unlink()
        if by_window:
            bring_back(str(base), Trace(Left.COPY, copy, NOW))
        else:
            put_back(base, copy, NOW)
    logs = sorted(base.parent.glob("*.gardé*"))
    assert [log.name[-6:] for log in logs] == [".gardé", "gardé1"]
    assert logs[1].read_bytes() == content
