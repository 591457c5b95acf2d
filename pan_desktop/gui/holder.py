"""Who works on a database: one window at a time; another one reads, and is told who.

A lock beside the database keeps the second window from writing: it would put back what the first
one has changed. A small file beside the lock says whose it is and is written again every minute, so
that a lock which another computer left when it crashed is known from one that is held: no program
can be asked whether a process on another machine still lives.

Where the disk is full neither fits: the database's own file is locked then
(``store.safety.claim``). Whoever lays a lock has that claim meanwhile, so that nobody comes
between, and gives it up afterwards.
"""

from __future__ import annotations

import getpass
import json
import os
import socket
import sys
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from typing import NamedTuple

from PySide6.QtCore import QLockFile

from pan_desktop.app.claiming import Claim, claim_on
from pan_desktop.app.first_look import database_file
from pan_desktop.domain.errors import StoreBusyError

SILENT_SECONDS = 200.0
"""A lock of another computer that nobody has renewed for so long is a dead one's."""


class Holder(NamedTuple):
    """Who has a database open to write in it."""

    name: str
    host: str
    since: datetime | None = None
    beat: int = 0
    """Rises while the holder lives."""

    @property
    def words(self) -> str:
        """Return who it is, and where."""
        if not self.name:
            return f"l’ordinateur «\u00a0{self.host}\u00a0»" if self.host else "un autre programme"
        return f"{self.name} («\u00a0{self.host}\u00a0»)" if self.host else self.name


NOBODY = Holder("", "")
"""Stands for whoever might write where nobody can be kept out."""


class HeldError(StoreBusyError):
    """Someone else has the database open."""

    def __init__(self, holder: Holder, sentence: str = "") -> None:
        """Say who, or the ``sentence`` that fits better."""
        super().__init__(
            sentence
            or f"La base est ouverte par {holder.words}\u00a0: vous ne pouvez que la lire ici, et "
            "rien n’a été changé. Employez l’autre fenêtre, ou attendez qu’elle soit fermée."
        )
        self.holder = holder


class NotHeldError(HeldError):
    """Nothing can be laid on the database that would keep another window from writing too."""

    def __init__(self) -> None:
        """Say why, and what to do."""
        super().__init__(
            NOBODY,
            "Le disque qui porte la base est plein, et rien n’y empêcherait une autre fenêtre "
            "d’écrire en même temps\u00a0: vous ne pouvez que lire la base, et rien n’a été "
            "changé. Libérez de la place.",
        )


class Held:
    """The right to write in a database, until it is released."""

    def __init__(self, file: Path, holder: Holder, lock: QLockFile, claim: Claim | None) -> None:
        """Keep a lock that was laid, or the ``claim`` that stands for one until there is room."""
        self._file = file
        self._holder = holder
        self._lock = lock
        self._claim = claim
        self.renew()

    def renew(self) -> None:
        """Say that the holder still lives. A folder that cannot be written is no reason to stop."""
        if not self._lock.isLocked() and not self._lock.tryLock(0):
            return
        with suppress(OSError):
            _lock_of(self._file).chmod(0o600)
        if self._claim is not None:
            self._claim.give_up()
        about = _about(self._file)
        self._holder = self._holder._replace(beat=self._holder.beat + 1)
        since = self._holder.since
        told = self._holder._asdict() | {"since": since.isoformat() if since else ""}
        draft = about.with_name(f"{about.name}.{os.getpid()}")
        with suppress(OSError):
            descriptor = os.open(draft, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
            os.write(descriptor, json.dumps(told).encode())
            os.close(descriptor)
            draft.replace(about)

    @property
    def is_laid(self) -> bool:
        """Tell whether there was room for a lock beside the database."""
        return self._lock.isLocked()

    def release(self, *, in_use: bool = False) -> None:
        """Let others write; ``in_use`` says that this process still has the database open."""
        if self._lock.isLocked():
            with suppress(OSError):
                _about(self._file).unlink()
            self._lock.unlock()
        if self._claim is not None:
            self._claim.give_up() if in_use else self._claim.close()


class Waiting:
    """Watches a database that another holds, from one thread at a time."""

    def __init__(self, database: str, holder: Holder, name: str) -> None:
        """Watch for ``holder`` to go; ``name`` is who waits."""
        self._database, self._name = database, name
        self._holder = holder
        self._heard = monotonic()
        self._claim: Claim | None = None

    def look(self) -> Holder | None:
        """Return who holds the database now, None when it is free or its holder has died."""
        file = database_file(self._database)
        if file is None:
            return None
        if not _lock_of(file).exists():
            claimed = _claimant(self._claimed(file))
            if claimed is None and self._can_be_held(file):
                return None
            self._holder, self._heard = claimed or self._holder, monotonic()
            return self._holder
        holder = _holder(file)
        if holder != self._holder:
            self._holder, self._heard = holder, monotonic()
        return None if self._is_silent() or _dead_here(file) else holder

    def take(self) -> Held | None:
        """Take the database over.

        Raises HeldError when someone was quicker, or has come back.
        """
        file = database_file(self._database)
        if file is not None and self._is_silent():
            lock = QLockFile(str(_lock_of(file)))
            lock.removeStaleLockFile()
        return None if file is None else _held(file, self._name, self._claimed(file))

    def _claimed(self, file: Path) -> Claim | None:
        """Return the claim on ``file``, opened once: closing it would harm the open database."""
        if self._claim is None or not self._claim.is_in_its_place:
            self._claim = claim_on(file)
        return self._claim

    def _can_be_held(self, file: Path) -> bool:
        try:
            held = _held(file, self._name, self._claimed(file))
        except HeldError:
            return False
        if held is not None:
            held.release(in_use=True)
        return True

    def _is_silent(self) -> bool:
        elsewhere = self._holder.host not in {"", socket.gethostname()}
        return elsewhere and monotonic() - self._heard > SILENT_SECONDS


def hold(database: str, name: str = "", *, in_use: bool = False) -> Held | None:
    """Return the right to write in a database file; keep it while it is open.

    ``name`` is who holds it, the system's name for the user if it is not given; ``in_use`` says
    that this process has the database open already. None for a database on a server, and where
    nobody can write in any case (a file that may only be read). A lock left by a program that died
    here is taken over. Raises HeldError when another window holds the database, NotHeldError where
    none can be kept out.
    """
    file = database_file(database)
    if file is None:
        return None
    claim = claim_on(file)
    held = None
    try:
        held = _held(file, name, claim)
    finally:
        # Not kept open where a lock was laid: a medium would not let itself be taken out.
        if claim is not None and not in_use and (held is None or held.is_laid):
            claim.close()
    return held


def _held(file: Path, name: str, claim: Claim | None) -> Held | None:
    claimed = None if claim is None else claim.take()
    if claimed is False:
        raise HeldError(_claimant(claim) or _holder(file))
    lock = QLockFile(str(_lock_of(file)))
    lock.setStaleLockTime(0)
    laid = lock.tryLock(0) or (_removed_dead(file) and lock.tryLock(0))
    if laid or (claimed and lock.error() is not QLockFile.LockError.LockFailedError):
        holder = Holder(name or _login(), socket.gethostname(), datetime.now(UTC))
        return Held(file, holder, lock, claim)
    if claim is not None:
        claim.give_up()
    if lock.error() is QLockFile.LockError.LockFailedError:
        raise HeldError(_holder(file))
    if lock.error() is QLockFile.LockError.UnknownError and claim is not None:
        raise NotHeldError
    return None


def _claimant(claim: Claim | None) -> Holder | None:
    """Return who has claimed a database where there is no room for a lock, None for nobody."""
    found = None if claim is None else claim.claimant()
    return None if found is None else Holder(found.name, found.host, found.since)


def _lock_of(file: Path) -> Path:
    return file.with_name(f"{file.name}.lock")


def _about(file: Path) -> Path:
    return file.with_name(f"{file.name}.lock.json")


def _holder(file: Path) -> Holder:
    """Return who holds a database: what it says of itself, else what the lock says of it."""
    with suppress(OSError, ValueError, TypeError, KeyError):
        told = json.loads(_about(file).read_text(encoding="utf-8"))
        since = datetime.fromisoformat(told["since"]) if told["since"] else None
        return Holder(str(told["name"]), str(told["host"]), since, int(told["beat"]))
    _pid, host, _program = QLockFile(str(_lock_of(file))).getLockInfo()
    return Holder("", str(host))


def _dead_here(file: Path) -> bool:
    """Tell whether a lock of this computer was left by a program that died."""
    lock = QLockFile(str(_lock_of(file)))
    lock.setStaleLockTime(0)
    if not lock.tryLock(0):
        return False
    lock.unlock()
    return True


def _removed_dead(file: Path) -> bool:
    """Remove the lock of a program of this computer that died; tell whether it was removed.

    Qt, which takes such locks over, first writes another file, for which a full disk has no room.
    """
    if sys.platform == "win32":  # where none but the system tells the living from the dead
        return False
    import fcntl  # not on Windows

    path = _lock_of(file)
    with suppress(OSError, ValueError), path.open("rb") as stream:
        told = stream.read().decode().splitlines()
        if len(told) < 3 or told[2] != socket.gethostname():
            return False
        # The holder has it to its end. The path may be another's new lock meanwhile.
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if os.path.samestat(os.fstat(stream.fileno()), path.stat()):
            path.unlink()
            return True
    return False


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""
