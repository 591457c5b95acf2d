"""A disk that fails below SQLite, in a real process: every change is in the database at the end."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pan_desktop.app import safety
from pan_desktop.app.office import Office
from tests.builders import dump, empty_database
from tests.faults import Call, Effect, Fault, Faults

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[3]
BASE = "*/base/*"

DISKS: dict[str, tuple[Fault, ...]] = {
    "full": (Fault(BASE, Call.WRITE, error=errno.ENOSPC, times=0),),
    "broken": (Fault(BASE, Call.WRITE | Call.SYNC, error=errno.EIO, times=0),),
    "not flushed": (Fault(BASE, Call.SYNC, error=errno.EIO, times=0),),
    "not flushed once": (Fault(BASE, Call.SYNC, error=errno.EIO, times=1),),
    "cut": (Fault(BASE, Call.WRITE, Effect.SHORT, error=errno.ENOSPC, times=0),),
    "read-only": (
        Fault(
            BASE, Call.OPEN | Call.WRITE | Call.TRUNCATE | Call.MKDIR, error=errno.EROFS, times=0
        ),
    ),
    "unreliable": (
        Fault(BASE, Call.WRITE | Call.SYNC, error=errno.EIO, times=0, chance=0.2, seed=7),
    ),
}


class Child:
    """The office in its process."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "base" / "pan.sqlite3"
        self.file.parent.mkdir(exist_ok=True)
        self.file.write_bytes(empty_database())
        self.data = folder / "données"
        self.faults = Faults(folder)
        self.told: list[str] = []
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.store.typing_child", str(self.file), str(self.data)],
            cwd=ROOT,
            env=os.environ | self.faults.environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.answer() == "ready"

    def answer(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def order(self, words: str) -> str:
        assert self.process.stdin is not None
        self.process.stdin.write(f"{words}\n")
        self.process.stdin.flush()
        return self.answer()

    def add(self, *names: str) -> list[str]:
        """Write institutions, each acknowledged before the next."""
        self.told += names
        return [self.order(f"add {name}") for name in names]

    def names(self) -> list[str]:
        return sorted(str(row["name"]) for row in dump(self.file)["institution"])

    def check(self) -> None:
        """See that every change is in the database, once, and the database whole."""
        assert self.names() == sorted(self.told)
        with closing(sqlite3.connect(self.file)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert dump(self.file)["disagreement"] == []


@contextmanager
def at_work(folder: Path) -> Iterator[Child]:
    child = Child(folder)
    try:
        yield child
    finally:
        child.process.kill()
        child.process.wait()
        for pipe in (child.process.stdin, child.process.stdout):
            assert pipe is not None
            pipe.close()


def test_whatever_the_disk_does_every_change_arrives_once(tmp_path: Path) -> None:
    with at_work(tmp_path) as child:
        for disk, faults in DISKS.items():
            assert child.add(f"{disk} avant") == ["-"]
            for fault in faults:
                child.faults.add(fault)
            told = child.add(*(f"{disk} {number}" for number in range(6)))
            if disk not in {"not flushed once", "unreliable"}:
                assert all(answer.endswith("True") for answer in told), (disk, told)
                assert not child.order("again").startswith("-"), disk
                child.add(f"{disk} encore")
            child.faults.clear()
            assert child.order("again") == "-", disk
            child.add(f"{disk} après")
            assert set(child.told) == set(child.names()), disk
        assert child.order("end") == "closed"
        child.check()


def test_killed_while_the_disk_fails_all_is_offered_and_taken_up(tmp_path: Path) -> None:
    with at_work(tmp_path) as child:
        child.add("avant")
        child.faults.add(DISKS["broken"][0])
        told = child.add(*(f"pendant {number}" for number in range(5)))
        assert all(answer.endswith("True") for answer in told)
        child.process.kill()
        child.process.wait()
        assert child.names() == ["avant"]
        office = Office(str(child.file), data=child.data)
        (left,) = safety.left_over(office)
        assert left.number == 5
        done = safety.resume(office, file=left.file)
        assert (done.number, done.disagreements) == (5, 0)
        assert safety.left_over(office) == ()
        office.close()
        child.check()


def test_where_nothing_can_be_written_at_all_it_is_kept_in_memory(tmp_path: Path) -> None:
    with at_work(tmp_path) as child:
        everywhere = Call.WRITE | Call.SYNC | Call.OPEN
        child.faults.add(Fault("*/base/*", everywhere, error=errno.ENOSPC, times=0))
        child.faults.add(Fault("*/non-enregistr*", everywhere, error=errno.ENOSPC, times=0))
        told = child.add("un", "deux")
        assert all(answer.endswith("False") for answer in told)
        child.faults.clear()
        assert child.add("trois")[0].endswith("True")  # there is room again for what waits
        assert child.order("again") == "-"
        assert child.order("end") == "closed"
        child.check()


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0 or shutil.which("mount") is None,
    reason="only root mounts",
)
def test_a_medium_that_is_taken_away_loses_nothing(tmp_path: Path) -> None:
    base = tmp_path / "base"
    base.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "pan", str(base)], check=False)
    if mounted.returncode:
        pytest.skip("nothing can be mounted here")
    try:
        with at_work(tmp_path) as child:
            child.add("avant")
            saved = child.file.read_bytes()
            subprocess.run(["umount", "-l", str(base)], check=True)
            told = child.add("pendant")
            assert told[0].startswith(("gone", "disk"))
            child.file.write_bytes(saved)  # the medium comes back
            for beside in ("-wal", "-shm"):
                child.file.with_name(child.file.name + beside).unlink(missing_ok=True)
            assert child.order("again") == "-"
            assert child.order("end") == "closed"
            assert "pendant" in child.names()
    finally:
        subprocess.run(["umount", "-l", str(base)], check=False, stderr=subprocess.DEVNULL)
