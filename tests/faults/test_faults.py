"""The tool itself: a call that is to fail fails, and no other."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests import faults
from tests.faults import Call, Effect, Fault, Faults

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="LD_PRELOAD is Linux's")


def child(
    tmp_path: Path, script: str, *wanted: Fault
) -> tuple[subprocess.CompletedProcess[str], Faults]:
    """Run a script in a Python of its own, in ``tmp_path``, with faults."""
    control = tmp_path / "control"
    control.mkdir()
    injected = Faults(control)
    for fault in wanted:
        injected.add(fault)
    command = [sys.executable, "-S", "-E", "-c", f"import os, errno\n{script}"]
    environment = os.environ | injected.environment()
    done = subprocess.run(
        command, cwd=tmp_path, env=environment, check=False, capture_output=True, text=True
    )
    return done, injected


WRITE_TWO = """
for name in ("a", "b"):
    fd = os.open(name, os.O_CREAT | os.O_RDWR, 0o600)
    for part in (b"first ", b"second", b"third!"):
        try:
            print(name, os.write(fd, part))
            os.fsync(fd)
        except OSError as error:
            print(name, errno.errorcode[error.errno])
"""


def test_nothing_fails_unasked(tmp_path: Path) -> None:
    done, _ = child(tmp_path, WRITE_TWO)
    assert done.stdout.split() == ["a", "6"] * 3 + ["b", "6"] * 3
    assert (tmp_path / "a").read_bytes() == b"first secondthird!"


def test_the_nth_call_on_a_file_fails_and_the_next_goes_through(tmp_path: Path) -> None:
    fault = Fault("*/a", Call.WRITE, error=errno.ENOSPC, skip=1)
    done, injected = child(tmp_path, WRITE_TWO, fault)
    assert done.stdout.split() == ["a", "6", "a", "ENOSPC", "a", "6"] + ["b", "6"] * 3
    assert (tmp_path / "a").read_bytes() == b"first third!"
    assert (injected.seen(0), injected.hit(0)) == (3, 1)


def test_a_fault_lasts_until_told_otherwise(tmp_path: Path) -> None:
    done, injected = child(tmp_path, WRITE_TWO, Fault("*/b", Call.SYNC, skip=1, times=0))
    assert done.stdout.split()[6:] == ["b", "6", "b", "6", "b", "EIO", "b", "6", "b", "EIO"]
    assert injected.hit(0) == 2


def test_faults_come_and_go_while_the_process_runs(tmp_path: Path) -> None:
    injected = Faults(tmp_path)
    script = (
        "import os\n"
        "while input() != 'end':\n"
        "    try:\n        os.mkdir('x'); os.rmdir('x'); print('done', flush=True)\n"
        "    except OSError as error:\n        print(error.strerror, flush=True)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-S", "-E", "-c", script],
        cwd=tmp_path,
        env=os.environ | injected.environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        said = []
        for act in ("nothing", "add", "nothing", "clear"):
            if act == "add":
                injected.add(Fault("*/x", Call.MKDIR, error=errno.EROFS, times=0))
            elif act == "clear":
                injected.clear()
            process.stdin.write("go\n")
            process.stdin.flush()
            said.append(process.stdout.readline().strip())
        process.stdin.write("end\n")
        process.stdin.flush()
    assert said == ["done", os.strerror(errno.EROFS), os.strerror(errno.EROFS), "done"]


def test_chance_is_the_same_for_one_seed(tmp_path: Path) -> None:
    script = WRITE_TWO.replace('("a", "b")', '("a",)').replace(
        '(b"first ", b"second", b"third!")', '[b"x"] * 200'
    )
    found = []
    for number, seed in enumerate((1, 1, 2)):
        folder = tmp_path / str(number)
        folder.mkdir()
        fault = Fault("*/a", Call.WRITE, times=0, chance=0.3, seed=seed)
        done, injected = child(folder, script, fault)
        found.append(done.stdout)
        assert 30 < injected.hit(0) < 90
    assert found[0] == found[1] != found[2]


def test_half_of_the_bytes_are_written(tmp_path: Path) -> None:
    short = Fault("*/a", Call.WRITE, Effect.SHORT, error=errno.ENOSPC, times=0)
    script = """
fd, rest = os.open("a", os.O_CREAT | os.O_RDWR, 0o600), b"0123456789"
try:
    while rest:
        rest = rest[os.write(fd, rest):]
except OSError as error:
    print(errno.errorcode[error.errno], rest)
"""
    done, _ = child(tmp_path, script, short)
    assert done.stdout.split() == ["ENOSPC", "b'9'"]
    assert (tmp_path / "a").read_bytes() == b"012345678"


@pytest.mark.parametrize(
    ("effect", "left"),
    [(Effect.KILL, b""), (Effect.KILL_MIDWAY, b"fir"), (Effect.KILL_AFTER, b"first ")],
)
def test_the_process_is_killed_at_a_call(tmp_path: Path, effect: Effect, left: bytes) -> None:
    done, _ = child(tmp_path, WRITE_TWO, Fault("*/a", Call.WRITE, effect))
    assert done.returncode == -signal.SIGKILL
    assert (tmp_path / "a").read_bytes() == left


def test_a_slow_disk_is_slow(tmp_path: Path) -> None:
    script = """
import time
fd = os.open("a", os.O_CREAT | os.O_RDWR)
begun = time.monotonic(); os.fsync(fd); print(time.monotonic() - begun >= 0.05)
"""
    slow = Fault("*/a", Call.SYNC, Effect.DELAY, delay=0.05)
    assert child(tmp_path, script, slow)[0].stdout.strip() == "True"


@pytest.mark.parametrize(
    ("call", "act"),
    [
        (Call.OPEN, "open('a', 'r+b')"),
        (Call.READ, "open('a', 'rb').read()"),
        (Call.TRUNCATE, "os.truncate(os.open('a', os.O_RDWR), 1)"),
        (Call.ALLOCATE, "os.posix_fallocate(os.open('a', os.O_RDWR), 0, 9)"),
        (Call.RENAME, "os.replace('a', 'b')"),
        (Call.RENAME, "os.replace('b', 'a')"),
        (Call.UNLINK, "os.unlink('a')"),
        (Call.WRITE, "import shutil; shutil.copyfile('b', 'a')"),
        (Call.MAP, "import mmap; mmap.mmap(os.open('a', os.O_RDWR), 4)"),
    ],
)
def test_every_kind_of_call_can_fail(tmp_path: Path, call: Call, act: str) -> None:
    for name in ("a", "b"):
        (tmp_path / name).write_bytes(b"here")
    script = f"try:\n    {act}\nexcept OSError as error:\n    print(errno.errorcode[error.errno])"
    done, _ = child(tmp_path, script, Fault("*/a", call, error=errno.EDQUOT, times=0))
    assert done.stdout.strip() == "EDQUOT", done.stderr


def test_sqlite_meets_the_faults(tmp_path: Path) -> None:
    script = """
import sqlite3
base = sqlite3.connect("a.db", isolation_level=None)
base.execute("PRAGMA journal_mode = WAL"); base.execute("PRAGMA synchronous = FULL")
base.execute("CREATE TABLE t (x)")
for x in range(3):
    try:
        base.execute("INSERT INTO t VALUES (?)", (x,))
        print(x)
    except sqlite3.Error as error:
        print(error.sqlite_errorname)
"""
    done, _ = child(tmp_path, script, Fault("*/a.db-wal", Call.SYNC, skip=2))
    assert "SQLITE_IOERR_FSYNC" in done.stdout


def test_without_a_compiler_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(faults, "BUILT", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(RuntimeError, match="gcc and libc6-dev"):
        Faults(tmp_path)
