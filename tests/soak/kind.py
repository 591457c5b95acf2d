"""One kind of work that is killed: how it begins, what is done, what must be found afterwards."""

from __future__ import annotations

import sys
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, ClassVar

from tests.faults import Call

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path


class Kind(ABC):
    """A kind of work, done in rounds by ``acting`` and looked at by ``killing``."""

    name: ClassVar[str]
    longest: ClassVar[float] = 2.5
    """The latest moment of a kill, in seconds after the work began."""
    moments: ClassVar[Mapping[Call, int]]
    """How many calls a round makes, roughly: what a kill is drawn from."""
    lie: ClassVar[str]
    """A line of what was never done: what is left must be seen to lack it."""

    @abstractmethod
    def start(self) -> Mapping[str, bytes]:
        """Return the files that a round begins with, made once for many rounds."""

    def prepare(self, place: Path) -> None:  # noqa: B027 - most need nothing but the files
        """Make what a kill needs beside the files in ``place``, for it alone."""

    def command(self, folder: Path) -> Sequence[str]:
        """Return the program that works, given the folder that is its own."""
        return sys.executable, "-m", "tests.soak.acting", self.name, str(folder)

    def warm(self) -> None:  # noqa: B027 - most have nothing to load
        """Load what the work needs, before a kill can come."""

    @abstractmethod
    def work(self, place: Path) -> None:
        """Do one round in ``place``, saying what is begun and what was answered for."""

    @abstractmethod
    def examine(self, place: Path, facts: Facts) -> None:
        """Look at what is left of the round that was killed. Raises LostError."""


class Facts:
    """What a program said of its last round before it was killed."""

    def __init__(self, lines: Sequence[str], died_ns: int = 0) -> None:
        """Take all it said, and when it was killed, 0 where it died at a call of its own.

        Monotonic, in nanoseconds.
        """
        rounds = [number for number, line in enumerate(lines) if line.startswith("n ")]
        self.round = lines[rounds[-1]][2:] if rounds else "start"
        self.lines = tuple(lines[rounds[-1] if rounds else 0 :])
        self.died_ns = died_ns
        self.tried = self.all("t")
        self.done = self.all("a")

    def all(self, letter: str) -> tuple[str, ...]:
        """Return what was said under a letter, in order."""
        return tuple(line[2:] for line in self.lines if line.startswith(f"{letter} "))

    @property
    def open(self) -> str:
        """Return what was begun and not answered for, "" when nothing was."""
        return self.tried[-1] if self.tried and self.tried[-1:] != self.done[-1:] else ""
