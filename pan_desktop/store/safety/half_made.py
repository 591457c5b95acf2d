"""Copies that are only half made, and which of them nobody makes any more.

The name of one tells the computer and the program that make it: what was killed in the middle
leaves a file of the whole office's size, and the next one that copies there removes it at once.
"""

from __future__ import annotations

import os
import re
import secrets
import socket
import sys
import time
from contextlib import suppress
from hashlib import blake2b
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PREFIX = ".pan-copie-"
FORGOTTEN_S = 24 * 3600.0
"""What was not touched for so long belongs to nobody who still works, whoever that was."""
_NAME = re.compile(rf"{re.escape(PREFIX)}([0-9a-f]{{8}})-(\d+)-[0-9a-f]+\.tmp.*")


def half_made_in(folder: Path) -> Path:
    """Return a name in ``folder`` that nothing has yet, for what this program makes there."""
    return folder / f"{PREFIX}{_computer()}-{os.getpid()}-{secrets.token_hex(6)}.tmp"


def abandoned_in(folder: Path) -> Iterator[Path]:
    """Give what is half made in ``folder`` and will never be whole, with what lies beside it."""
    for path in folder.glob(f"{PREFIX}*.tmp*"):
        if is_forgotten(path) or _is_orphaned(path.name):
            yield path


def is_forgotten(path: Path) -> bool:
    """Tell whether nobody has written in a file for a day."""
    with suppress(OSError):
        return time.time() - path.stat().st_mtime > FORGOTTEN_S
    return False


def _is_orphaned(name: str) -> bool:
    """Tell whether the program that made a file ran on this computer and is gone."""
    told = _NAME.fullmatch(name)
    # On Windows nothing tells of a program without touching it.
    if told is None or told[1] != _computer() or sys.platform == "win32":
        return False
    try:
        os.kill(int(told[2]), 0)
    except ProcessLookupError:
        return True
    except OSError:  # somebody else's
        return False
    return False


def _computer() -> str:
    """Return what tells this computer from others that write in the same folder."""
    return blake2b(socket.gethostname().encode(), digest_size=4).hexdigest()
