"""A claim on a database that needs no room on its disk: the system's own lock on the file.

It lies on bytes that SQLite leaves alone, and ends with the process at the latest. A lock of the
process would be given up whenever SQLite closes the file anywhere in it, so this is one of what
was opened (Linux's and macOS's "open file description"). Its owner and its hour are places far
behind the end of the file, locked as well: there is no other place to write them where nothing fits
any more.
"""

from __future__ import annotations

import os
import socket
import struct
import sys
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from pan_desktop.store.safety.places import PlaceKind, place_of

if TYPE_CHECKING:
    from pathlib import Path

_AT = 0x40000000 + 1024
"""In the page that SQLite keeps for its own locks (they end at 512) and for nothing else."""
_OWNER, _HOUR = 1 << 40, 1 << 41
_RANGE = 1 << 36


class Claimant(NamedTuple):
    """Who has claimed a database, as far as the system tells."""

    name: str
    """The name that the system knows the user by, "" where it tells none."""
    host: str
    """The computer, "" where the file may be reached from several."""
    since: datetime | None


class Claim:
    """A database's file, opened to be claimed; by one at a time, on this computer and others."""

    def __init__(self, file: Path) -> None:
        """Open ``file``. Raises OSError when it cannot be written."""
        self._file = file
        self._descriptor = _opened(file)

    def take(self) -> bool | None:
        """Claim the file; False when another has, None where the system has no such locks.

        Claimed already, it is claimed still.
        """
        if self._descriptor < 0:
            self._descriptor = _opened(self._file)
        done = _lock(self._descriptor, _AT)
        if done:
            for place, number in ((_OWNER, _user()), (_HOUR, int(datetime.now(UTC).timestamp()))):
                _lock(self._descriptor, place + number)
        return done

    def claimant(self) -> Claimant | None:
        """Return who else has claimed the file; None when nobody has."""
        if not self._is_taken():
            return None
        owner, hour = (_found(self._descriptor, place) for place in (_OWNER, _HOUR))
        elsewhere = place_of(self._file).kind is PlaceKind.NETWORK
        return Claimant(
            "" if owner is None else _login(owner),
            "" if elsewhere else socket.gethostname(),
            None if hour is None else datetime.fromtimestamp(hour, UTC),
        )

    @property
    def is_in_its_place(self) -> bool:
        """Tell whether the file that was opened is still the one of that name."""
        try:
            return os.path.samestat(os.fstat(self._descriptor), self._file.stat())
        except OSError:
            return False

    def give_up(self) -> None:
        """Let others claim it; the file stays open where closing it would harm the database."""
        if sys.platform == "win32":
            self.close()
        elif self._descriptor >= 0:
            for start, length in ((_AT, 1), (_OWNER, _RANGE), (_HOUR, _RANGE)):
                _unlock(self._descriptor, start, length)

    def close(self) -> None:
        """Let others claim it, and close the file.

        Nothing in this process may have the database open: with any file of a process that is
        closed POSIX gives up all its locks on it, SQLite's among them.
        """
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1

    def _is_taken(self) -> bool:
        if sys.platform != "win32":
            return _found(self._descriptor, _AT, 1) is not None
        taken = self.take() is False
        if not taken:
            self.give_up()
        return taken


def claim_on(file: Path) -> Claim | None:
    """Open ``file`` to be claimed; None when it is not there or cannot be written."""
    try:
        return Claim(file)
    except OSError:
        return None


def _opened(file: Path) -> int:
    return os.open(file, os.O_RDWR | getattr(os, "O_BINARY", 0))


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int, place: int) -> bool | None:
        if place != _AT:  # Windows tells nobody who has a lock
            return True
        os.lseek(descriptor, place, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        except OSError:
            return None
        return True

    def _found(_descriptor: int, _start: int, _length: int = _RANGE) -> int | None:
        return None

    def _user() -> int:
        return 0

    def _login(_user: int) -> str:
        return ""

else:
    import fcntl
    import pwd

    # struct flock, as each system has it.
    _FLOCK = "qqihh" if sys.platform == "darwin" else "hhqqi"
    _SET, _GET = (getattr(fcntl, f"F_OFD_{name}", None) for name in ("SETLK", "GETLK"))

    def _packed(kind: int, start: int, length: int) -> bytes:
        if sys.platform == "darwin":
            return struct.pack(_FLOCK, start, length, 0, kind, os.SEEK_SET)
        return struct.pack(_FLOCK, kind, os.SEEK_SET, start, length, 0)

    def _lock(descriptor: int, place: int) -> bool | None:
        if _SET is None:
            return None
        try:
            fcntl.fcntl(descriptor, _SET, _packed(fcntl.F_WRLCK, place, 1))
        except (BlockingIOError, PermissionError):
            return False
        except OSError:
            return None
        return True

    def _unlock(descriptor: int, start: int, length: int) -> None:
        if _SET is not None:
            with suppress(OSError):
                fcntl.fcntl(descriptor, _SET, _packed(fcntl.F_UNLCK, start, length))

    def _found(descriptor: int, start: int, length: int = _RANGE) -> int | None:
        """Return how far behind ``start`` another has locked something, None where nobody has."""
        if _GET is None:
            return None
        try:
            told = fcntl.fcntl(descriptor, _GET, _packed(fcntl.F_WRLCK, start, length))
        except OSError:
            return None
        numbers = struct.unpack_from(_FLOCK, told)
        at, kind = (0, 3) if sys.platform == "darwin" else (2, 0)
        return None if numbers[kind] == fcntl.F_UNLCK else int(numbers[at]) - start

    def _user() -> int:
        return os.getuid()

    def _login(user: int) -> str:
        try:
            return pwd.getpwuid(user).pw_name
        except KeyError:
            return ""
