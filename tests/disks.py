"""Disks of a test's own: small ones, that are really full."""

from __future__ import annotations

import os
import subprocess
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FILLING = "plein"


@contextmanager
def small_disk(place: Path, size: str, *options: str) -> Iterator[Path]:
    """Give a folder on a disk of its own of that ``size``; skips where none can be mounted."""
    place.mkdir()
    wanted = ",".join((f"size={size}", *options))
    command = ["mount", "-t", "tmpfs", "-o", wanted, "tmpfs", str(place)]
    if os.name != "posix" or subprocess.run(command, check=False, capture_output=True).returncode:
        pytest.skip("a small disk cannot be mounted here (needs root)")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


def fill(disk: Path) -> None:
    """Leave no room on ``disk``, until ``make_room``."""
    with (disk / FILLING).open("wb", buffering=0) as stream:
        try:
            while True:
                stream.write(bytes(4096))
        except OSError:
            return


def make_room(disk: Path) -> None:
    """Take away what filled ``disk``."""
    (disk / FILLING).unlink()
