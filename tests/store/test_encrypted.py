"""An encrypted database: what opens it, what does not, and what no file ever shows."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sqlcipher3 import dbapi2

from pan_desktop.app import sample
from pan_desktop.app.first_look import first_look
from pan_desktop.app.meetings import list_meetings
from pan_desktop.app.office import Office
from pan_desktop.domain.errors import (
    ConflictError,
    SecretNeededError,
    StoreBusyError,
    StoreDamagedError,
    StoreFullError,
    WrongSecretError,
)
from pan_desktop.domain.keys import Key
from pan_desktop.store.failures import translated
from pan_desktop.store.location import Found, find
from pan_desktop.store.opening import connect, fitting, in_memory, is_encrypted, salt_of
from tests.builders import KEY, dump, empty_database, encrypted, filled_database, office_in

if TYPE_CHECKING:
    from pan_desktop.store.unit_of_work import UnitOfWork

ROOT = Path(__file__).resolve().parent.parent.parent
OTHER = Key(b"o" * 32, KEY.salt)
TOLD = "Une phrase que personne d’autre ne doit lire"


def write(work: UnitOfWork, *, name: str = TOLD) -> None:
    work.insert("institution", name=name)


def test_a_new_database_with_a_key_is_encrypted(tmp_path: Path) -> None:
    file = tmp_path / "pan.db"
    office = Office(str(file), key=KEY)
    office.run(sample.fill)
    office.close()
    assert is_encrypted(file)
    assert salt_of(file) == KEY.salt
    assert file.stat().st_mode & 0o077 == 0
    assert find(file, KEY) is Found.PRESENT
    again = Office(str(file), key=KEY)
    assert len(again.run(list_meetings).result) == 3
    again.close()


def test_any_sqlcipher_tool_opens_it_by_the_passphrase(tmp_path: Path) -> None:
    """The file is SQLCipher's own: nobody depends on this program to read it."""
    file = tmp_path / "pan.db"
    office = Office(str(file), key=Key.fresh("cinq mots de l’été"))
    office.run(write)
    office.close()
    with closing(dbapi2.connect(str(file))) as tool:
        tool.execute("PRAGMA key = 'cinq mots de l’été'")
        assert tool.execute("SELECT name FROM institution").fetchall() == [(TOLD,)]


def test_nothing_typed_is_in_the_clear_in_any_file(tmp_path: Path) -> None:
    with office_in(tmp_path, key=KEY) as office:
        office.run(write)
        told = [p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()]
        assert len(told) == 3  # the -wal and -shm are there as well
        office.close()
        told += [p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()]
    for content in told:
        assert TOLD.encode() not in content
        assert b"institution" not in content


def test_without_its_key_it_is_not_opened(tmp_path: Path) -> None:
    file = tmp_path / "pan.db"
    file.write_bytes(encrypted(filled_database()))
    before = file.read_bytes()
    with pytest.raises(SecretNeededError):
        first_look(str(file))
    for key, family in ((None, SecretNeededError), (OTHER, WrongSecretError)):
        office = Office(str(file), key=key)
        with pytest.raises(family):
            office.open()
        office.close()
    assert [path.name for path in tmp_path.iterdir()] == ["pan.db"]
    assert file.read_bytes() == before


def test_a_wrong_key_prints_nothing_and_tells_nothing(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "pan.db"
    file.write_bytes(encrypted(empty_database()))
    with pytest.raises(WrongSecretError) as caught:
        find(file, OTHER)
    assert capfd.readouterr() == ("", "")
    shown = ""
    error: BaseException | None = caught.value
    while error is not None:
        shown += repr(error) + repr(vars(error))
        error = error.__cause__ or error.__context__
    assert b"oooo".hex() not in shown
    assert "oooo" not in shown


def test_the_first_look_is_the_same(tmp_path: Path) -> None:
    plain, file = tmp_path / "claire.db", tmp_path / "pan.db"
    plain.write_bytes(filled_database())
    file.write_bytes(encrypted(filled_database()))
    assert first_look(str(file), KEY) == first_look(str(plain)) is not None
    assert dump(file) == dump(plain)


@pytest.mark.parametrize("length", [3000, 4096 + 100])
def test_a_stump_of_an_encrypted_file_is_damaged(tmp_path: Path, length: int) -> None:
    file = tmp_path / "pan.db"
    file.write_bytes(encrypted(empty_database())[:length])
    with pytest.raises(StoreDamagedError):
        find(file)


def test_a_checkpoint_cut_in_a_page_is_still_known(tmp_path: Path) -> None:
    """A kill may leave the last page in part; the -wal beside it has it whole."""
    file = tmp_path / "pan.db"
    file.write_bytes(encrypted(empty_database())[:-100])
    Path(f"{file}-wal").touch()
    with pytest.raises(SecretNeededError):
        find(file)


def test_damage_behind_the_first_page_is_damage(tmp_path: Path) -> None:
    file = tmp_path / "pan.db"
    content = bytearray(encrypted(filled_database()))
    content[8192:] = os.urandom(len(content) - 8192)
    file.write_bytes(content)
    office = Office(str(file), key=KEY)
    with pytest.raises(StoreDamagedError):
        office.run(list_meetings)
    office.close()


def test_a_copy_made_before_the_office_was_encrypted_is_read_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "pan.db"
    file.write_bytes(filled_database())
    with closing(connect(file, fitting(file, KEY), mode="ro")) as connection:
        assert connection.execute("SELECT count(*) FROM meeting").fetchone() == (3,)
    file.write_bytes(encrypted(filled_database()))
    assert fitting(file, KEY) is KEY


CLOSES = """
import sys
from pathlib import Path
from contextlib import closing
from pan_desktop.store.opening import connect
from tests.builders import KEY
with closing(connect(Path(sys.argv[1]), KEY if sys.argv[2] == "encrypted" else None)) as other:
    other.execute("SELECT count(*) FROM meeting").fetchone()
"""


@pytest.mark.parametrize("kind", ["plain", "encrypted"])
def test_a_look_beside_the_open_office_leaves_its_locks(tmp_path: Path, kind: str) -> None:
    """Whoever closes the database last deletes its -wal; the office's lock says it is not last.

    Closing the file in the office's own process, however it was opened, would give up that lock.
    """
    key = KEY if kind == "encrypted" else None
    with office_in(tmp_path, filled_database(), key) as office:
        office.run(write)
        assert first_look(office.database, key) is not None
        subprocess.run([sys.executable, "-c", CLOSES, office.database, kind], check=True, cwd=ROOT)
        assert Path(f"{office.database}-wal").exists()
        office.run(write, name="Archives")
        office.close()
        assert {row["name"] for row in dump(office.database)["institution"]} >= {TOLD, "Archives"}


def test_it_is_copied_into_memory_and_back(tmp_path: Path) -> None:
    file, back = tmp_path / "pan.db", tmp_path / "retour.db"
    file.write_bytes(encrypted(filled_database()))
    with closing(connect(file, KEY)) as source, closing(in_memory(KEY)) as memory:
        source.backup(memory)
        assert memory.execute("SELECT count(*) FROM meeting").fetchone() == (3,)
        with closing(connect(back, KEY, mode="rwc")) as target:
            memory.backup(target)
    assert is_encrypted(back)
    assert dump(back) == dump(file)


def test_a_broken_rule_is_told_as_with_sqlite(tmp_path: Path) -> None:
    with office_in(tmp_path, key=KEY) as office:

        def twice(work: UnitOfWork) -> None:
            work.insert("body", name="Comité", heading="H")
            work.insert("body", name="Comité", heading="H")

        with pytest.raises(ConflictError, match="instance"):
            office.run(twice)


def test_the_machine_s_errors_are_told_as_with_sqlite(tmp_path: Path) -> None:
    with office_in(tmp_path, key=KEY) as office:
        office.open()
        store = office._opened()
        driver = store._connection.connection.driver_connection
        assert driver is not None
        driver.execute("PRAGMA max_page_count = 1")
        with pytest.raises(StoreFullError):
            office.run(write, name="x" * 1_000_000)
    error: Any = dbapi2.OperationalError("driver's words")
    error.sqlite_errorcode = 5
    assert isinstance(translated(error), StoreBusyError)
    assert translated(dbapi2.IntegrityError("NOT NULL constraint failed: plan.label")) is None


def test_the_pragmas_are_the_same(tmp_path: Path) -> None:
    asked = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "application_id")
    said = []
    for key in (None, KEY):
        with office_in(tmp_path, key=key) as office:
            office.open()
            driver = office._opened()._connection.connection.driver_connection
            assert driver is not None
            answers = [driver.execute(f"PRAGMA {name}").fetchone()[0] for name in asked]
            said.append([str(answer) for answer in answers])
    assert said[0] == said[1]
