"""Make system calls of another process fail: a full disk, a broken one, a slow one, a kill.

    faults = Faults(tmp_path)
    child = subprocess.Popen(command, env=os.environ | faults.environment())
    faults.add(Fault("*.sqlite3-wal", Call.WRITE | Call.SYNC, error=errno.ENOSPC, times=0))
    ...                       # the child's disk is full
    faults.clear()            # and has room again

A library in C (``shim.c``, built with gcc into ``build/faults``) stands before the C library in the
child and asks a control block, a file that both processes map. Rules may come and go while the
child runs. Python, Qt and SQLite in the child know nothing of it. Linux only.
"""

from __future__ import annotations

import errno as codes
import hashlib
import mmap
import os
import shutil
import struct
import subprocess
import tempfile
from dataclasses import dataclass
from enum import IntEnum, IntFlag
from pathlib import Path

SOURCE = Path(__file__).with_name("shim.c")
BUILT = Path(__file__).resolve().parents[2] / "build" / "faults"
RULES = 8
_HEAD = struct.Struct("=II")
_RULE = struct.Struct("=IIIiQQQQQQQ176s")
_ALWAYS = 1 << 32


class Call(IntFlag):
    """What a process asks of the system."""

    OPEN = 1
    """For writing, or to make a file."""
    READ = 2
    WRITE = 4
    SYNC = 8
    """``fsync`` and ``fdatasync``."""
    TRUNCATE = 16
    ALLOCATE = 32
    RENAME = 64
    """Known by the new name, else by the old."""
    UNLINK = 128
    MAP = 256
    MKDIR = 512


class Effect(IntEnum):
    """What becomes of a call."""

    ERROR = 1
    """It fails with ``error``, having done nothing."""
    SHORT = 2
    """Half of the bytes go; of a single byte, ``error`` comes."""
    DELAY = 3
    """It is done ``delay`` seconds later."""
    KILL = 4
    """The process is killed before it (SIGKILL)."""
    KILL_AFTER = 5
    KILL_MIDWAY = 6
    """The process is killed when half of the bytes are written."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Which calls on which files are hit, when, and how."""

    pattern: str
    """A file's whole path, with ``*`` (also for ``/``), ``?`` and ``[ ]``."""
    calls: Call
    effect: Effect = Effect.ERROR
    error: int = codes.EIO
    skip: int = 0
    """So many calls go through first."""
    times: int = 1
    """So many are hit; 0: all, until told otherwise."""
    chance: float = 1.0
    """How likely each is hit, drawn from ``seed``."""
    seed: int = 0
    delay: float = 0.0


class Faults:
    """The control block of one process or several, and how to start them."""

    def __init__(self, folder: Path) -> None:
        """Make the block in ``folder``. Raises RuntimeError when the library cannot be built."""
        self._library = library()
        self._file = folder / f"faults-{os.getpid()}-{id(self):x}"
        size = _HEAD.size + RULES * _RULE.size
        self._file.write_bytes(bytes(size))
        with self._file.open("r+b") as file:
            self._block = mmap.mmap(file.fileno(), size)
        self._used = 0

    def environment(self) -> dict[str, str]:
        """Return what a process is to have in its environment, beside its own."""
        before = os.environ.get("LD_PRELOAD", "")
        loaded = f"{self._library} {before}".strip()
        return {"LD_PRELOAD": loaded, "PAN_FAULTS": str(self._file)}

    def add(self, fault: Fault) -> int:
        """Have a fault happen from now on; return the number that ``seen`` and ``hit`` take."""
        number = self._used
        if number == RULES:
            raise RuntimeError(f"no more than {RULES} faults at a time")
        if len(os.fsencode(fault.pattern)) > 175:
            raise RuntimeError(f"the pattern is too long: {fault.pattern}")
        self._used += 1
        at = _HEAD.size + number * _RULE.size
        chance = min(_ALWAYS, round(fault.chance * _ALWAYS))
        numbers = (fault.skip, fault.times, chance, fault.seed, round(fault.delay * 1e6), 0, 0)
        pattern = os.fsencode(fault.pattern)
        rule = (0, fault.calls, fault.effect, fault.error, *numbers, pattern)
        _RULE.pack_into(self._block, at, *rule)
        struct.pack_into("=I", self._block, at, 1)  # switched on when it is whole
        struct.pack_into("=I", self._block, 0, 1)
        return number

    def clear(self) -> None:
        """Let every call through again."""
        struct.pack_into("=I", self._block, 0, 0)
        for number in range(RULES):
            struct.pack_into("=I", self._block, _HEAD.size + number * _RULE.size, 0)
        self._used = 0

    def seen(self, number: int) -> int:
        """Return how many calls a fault was asked about."""
        return self._count(number, 2)

    def hit(self, number: int) -> int:
        """Return how many calls a fault has hit."""
        return self._count(number, 1)

    def _count(self, number: int, from_last: int) -> int:
        at = _HEAD.size + number * _RULE.size + _RULE.size - 176 - 8 * from_last
        return int(struct.unpack_from("=Q", self._block, at)[0])


def library() -> Path:
    """Return the library for LD_PRELOAD, built where it is not yet.

    Raises RuntimeError when it cannot be: a test that injects no fault proves nothing.
    """
    digest = hashlib.sha256(SOURCE.read_bytes()).hexdigest()[:16]
    built = BUILT / f"faults-{digest}.so"
    if built.exists():
        return built
    compiler = shutil.which("gcc") or shutil.which("cc")
    if compiler is None:
        raise RuntimeError("faults cannot be injected without gcc and libc6-dev: make test-tools")
    BUILT.mkdir(parents=True, exist_ok=True)
    # Several test processes may build it at once: the last renamed stands, and all are equal.
    with tempfile.TemporaryDirectory(dir=BUILT) as folder:
        new = Path(folder) / built.name
        command = [
            compiler,
            "-shared",
            "-fPIC",
            "-O1",
            "-Wall",
            "-o",
            str(new),
            str(SOURCE),
            "-ldl",
        ]
        done = subprocess.run(command, check=False, capture_output=True, text=True)
        if done.returncode:
            raise RuntimeError(f"faults cannot be injected, shim.c not being built: {done.stderr}")
        new.rename(built)
    return built
