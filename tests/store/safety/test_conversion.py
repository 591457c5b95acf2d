"""A database written anew under another key: the same to the last row, or the old one untouched."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pan_desktop.app import search
from pan_desktop.app.office import Office
from pan_desktop.domain.errors import (
    FileVerificationError,
    PanError,
    StoreBusyError,
    StoreDamagedError,
    WrongSecretError,
)
from pan_desktop.domain.keys import Key
from pan_desktop.store.location import Found, find
from pan_desktop.store.opening import connect, is_encrypted, is_plain
from pan_desktop.store.safety import conversion
from pan_desktop.store.safety.conversion import convert
from tests.builders import KEY, dump, encrypted, lived_database, rows
from tests.faults import Call, Effect, Fault, Faults

if TYPE_CHECKING:
    import sqlite3

    from tests.builders import Dump

NEW = Key(b"n" * 32, bytes(range(16, 32)))
TOLD = "Une phrase que personne d’autre ne doit lire"
ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Give the path of the office's database, in a folder of its own."""
    return tmp_path / "pan.db"


def fill(file: Path, key: Key | None) -> None:
    """Put the whole sample there."""
    file.write_bytes(lived_database() if key is None else encrypted(lived_database()))


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def found(file: Path, key: Key | None) -> list[str]:
    """Return what a search in the office finds."""
    office = Office(str(file), key=key)
    try:
        return [f"{hit.title} {hit.excerpt}" for hit in search.search(office, text="engagements")]
    finally:
        office.close()


WAYS = {
    "encrypted": (None, NEW),
    "changed": (KEY, NEW),
    "decrypted": (KEY, None),
    "the same key": (KEY, KEY),
}
ways = pytest.mark.parametrize(("old", "new"), WAYS.values(), ids=WAYS)


@ways
def test_everything_is_there_under_the_new_key(
    file: Path, old: Key | None, new: Key | None
) -> None:
    fill(file, old)
    searched = found(file, old)
    before = dump(file)
    convert(file, old, new)
    assert names(file.parent) == ["pan.db"]
    assert file.stat().st_mode & 0o077 == 0
    assert is_encrypted(file) is (new is not None)
    assert is_plain(file) is (new is None)
    assert find(file, new) is Found.PRESENT
    assert everything(file, new) == before
    assert found(file, new) == searched != []
    if old is not None and new not in (None, old):
        with pytest.raises(WrongSecretError):
            find(file, old)


def everything(file: Path, key: Key | None) -> Dump:
    """Return every row, whatever the key."""
    with closing(connect(file, key)) as connection:
        return rows(connection)


def test_what_was_typed_last_is_there(file: Path) -> None:
    """It is still in the -wal when the program was killed."""
    fill(file, None)
    killed(file, "connection.execute(\"INSERT INTO setting VALUES (?, 'v', 1, 't', 't')\", [told])")
    assert TOLD.encode() in Path(f"{file}-wal").read_bytes()
    convert(file, None, NEW)
    assert TOLD in [row["id"] for row in everything(file, NEW)["setting"]]
    assert names(file.parent) == ["pan.db"]


def killed(file: Path, work: str) -> None:
    """Work on the database in a process that is killed before it closes it."""
    script = f"""
import os, signal, sqlite3
told = {TOLD!r}
connection = sqlite3.connect({str(file)!r}, isolation_level=None)
connection.execute("PRAGMA journal_mode = WAL")
{work}
os.kill(os.getpid(), signal.SIGKILL)
"""
    subprocess.run([sys.executable, "-c", script], check=False)


def test_what_was_in_the_clear_is_written_over(file: Path) -> None:
    fill(file, None)
    killed(file, "connection.execute(\"INSERT INTO setting VALUES (?, 'v', 1, 't', 't')\", [told])")
    old, wal = (os.open(f"{file}{end}", os.O_RDONLY) for end in ("", "-wal"))
    try:
        for descriptor in (old, wal):
            assert os.pread(descriptor, 100, 0) != bytes(100)
        convert(file, None, NEW)
        for descriptor in (old, wal):
            content = os.pread(descriptor, 10_000_000, 0)
            assert content == bytes(len(content))
    finally:
        os.close(old)
        os.close(wal)


def untouched(file: Path, old: Key | None, family: type[PanError]) -> None:
    """See the conversion refused, with the database as it was and nothing beside it."""
    before = dump(file)
    with pytest.raises(family) as caught:
        convert(file, old, NEW)
    assert type(caught.value) is family
    assert [name for name in names(file.parent) if "conversion" in name] == []
    assert dump(file) == before
    assert find(file, old) is Found.PRESENT


@pytest.mark.parametrize("old", [None, KEY], ids=["plain", "encrypted"])
def test_who_else_has_it_open_keeps_it_from_beginning(
    file: Path, old: Key | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conversion, "_PATIENCE_MS", 10)
    fill(file, old)
    kind = "plain" if old is None else "encrypted"
    script = """
import sys
from pathlib import Path
from pan_desktop.store.opening import connect
from tests.builders import KEY
other = connect(Path(sys.argv[1]), KEY if sys.argv[2] == "encrypted" else None)
other.execute("PRAGMA journal_mode = WAL")
other.execute("SELECT count(*) FROM meeting").fetchone()
print("open", flush=True)
sys.stdin.read()
"""
    command = [sys.executable, "-c", script, str(file), kind]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        untouched(file, old, StoreBusyError)
        other.communicate()
    convert(file, old, NEW)


def test_a_copy_that_differs_is_thrown_away(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(file, None)
    export = conversion._compare

    def spoilt(connection: sqlite3.Connection) -> None:
        connection.execute("UPDATE made.person SET name = 'x' WHERE rowid = 1")
        export(connection)

    monkeypatch.setattr(conversion, "_compare", spoilt)
    untouched(file, None, FileVerificationError)


def test_a_damaged_database_stays_as_it_is(file: Path) -> None:
    fill(file, None)
    content = bytearray(file.read_bytes())
    content[40_960:81_920] = os.urandom(40_960)
    file.write_bytes(content)
    with pytest.raises(StoreDamagedError):
        convert(file, None, NEW)
    assert names(file.parent) == ["pan.db"]
    assert file.read_bytes()[4096:] == content[4096:]


# Cut short ---------------------------------------------------------------------------------

CONVERTS = """
import sys
from pathlib import Path
from pan_desktop.domain.keys import Key
from pan_desktop.store.safety.conversion import convert
old, new = (Key(bytes.fromhex(w[:64]), bytes.fromhex(w[64:])) if w else None for w in sys.argv[2:4])
convert(Path(sys.argv[1]), old, new)
print("done")
"""


def converting(file: Path, old: Key | None, new: Key | None, faults: Faults) -> str:
    """Convert in a process of its own and return what it said."""
    words = ["" if key is None else key.for_the_driver()[2:-1] for key in (old, new)]
    command = [sys.executable, "-c", CONVERTS, str(file), *words]
    environment = os.environ | faults.environment()
    done = subprocess.run(
        command, cwd=ROOT, env=environment, check=False, capture_output=True, text=True
    )
    return done.stdout + done.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="LD_PRELOAD is Linux's")
@pytest.mark.parametrize(("old", "new"), [(None, NEW), (KEY, NEW)], ids=["encrypted", "changed"])
def test_killed_at_any_moment_it_is_the_old_or_the_new(
    file: Path, tmp_path_factory: pytest.TempPathFactory, old: Key | None, new: Key | None
) -> None:
    fill(file, old)
    content, before = file.read_bytes(), dump(file)
    faults = Faults(tmp_path_factory.mktemp("control"))
    moments = Call.OPEN | Call.WRITE | Call.SYNC | Call.RENAME | Call.UNLINK | Call.TRUNCATE
    pattern = f"{file.parent}/*"
    faults.add(Fault(pattern, moments, Effect.DELAY, times=0))
    assert converting(file, old, new, faults) == "done\n"
    calls = faults.seen(0)
    outcomes = set()
    for at in [*range(0, calls, calls // 6 + 1), *range(calls - 8, calls)]:
        file.write_bytes(content)
        faults.clear()
        faults.add(Fault(pattern, moments, Effect.KILL, skip=at))
        assert converting(file, old, new, faults) == ""
        key = new if not is_plain(file) and new_opens(file, new) else old
        assert everything(file, key) == before
        outcomes.add(key is new)
        conversion.sweep(file)
    assert outcomes == {False, True}


def new_opens(file: Path, key: Key | None) -> bool:
    try:
        return find(file, key) is Found.PRESENT
    except WrongSecretError:
        return False


@pytest.mark.skipif(sys.platform != "linux", reason="LD_PRELOAD is Linux's")
@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EIO])
def test_a_disk_that_fails_keeps_the_old(
    file: Path, tmp_path_factory: pytest.TempPathFactory, error: int
) -> None:
    fill(file, None)
    before = dump(file)
    faults = Faults(tmp_path_factory.mktemp("control"))
    for calls, skip in ((Call.WRITE, 0), (Call.WRITE, 40), (Call.SYNC, 0), (Call.RENAME, 0)):
        faults.clear()
        faults.add(Fault("*.conversion*", calls, error=error, skip=skip))
        said = converting(file, None, NEW, faults)
        assert faults.hit(0) == 1
        assert "rien n’est perdu" in said
        assert names(file.parent) == ["pan.db"]
        assert dump(file) == before


def test_what_a_cut_conversion_left_is_gone_when_the_office_is_opened(file: Path) -> None:
    """Cut while it took the protection away, it leaves the office in the clear beside it."""
    fill(file, KEY)
    left = file.with_name("pan.db.conversion")
    left.write_bytes(lived_database())
    office = Office(str(file), key=KEY)
    office.open()
    office.close()
    assert names(file.parent) == ["pan.db"]
