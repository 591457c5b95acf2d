"""The folder of copies: where it is, what lies there, and what need not be kept any longer.

By default it is beside the database. Another one is remembered in a small file beside the
database as well, so that the window, the command line and a start that fails all find it.
"""

from __future__ import annotations

import filecmp
import os
import shutil
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pan_desktop.domain.backups import Why, age, copy_name, copy_named, outlived
from pan_desktop.store.opening import connect, driver_errors, fitting
from pan_desktop.store.safety.backup import NO_FOLDER, State, copy_to, failed, state_of
from pan_desktop.store.safety.conversion import flush
from pan_desktop.store.safety.half_made import abandoned_in, half_made_in

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from pan_desktop.domain.keys import Key

FOLDER = "Sauvegardes"
_PLACE = ".sauvegardes"


class Copy(NamedTuple):
    """A copy as its name tells it, without opening it."""

    file: Path
    at: datetime
    """By the clock on the wall when it was made, without zone."""
    why: Why


class Kept(NamedTuple):
    """What there is after a copy was asked for."""

    copy: Copy
    made: bool
    """False when the newest copy held everything already."""
    state: State
    broken: int = 0
    """How many references of the database lead nowhere."""
    removed: tuple[Path, ...] = ()
    """The copies that were let go."""


def default_folder(file: Path) -> Path:
    """Return the folder for the copies of a database where nobody has chosen another."""
    return file.absolute().parent / FOLDER


def folder_of(file: Path) -> Path:
    """Return the folder that the copies of a database go to."""
    with suppress(OSError, UnicodeDecodeError):
        words = _place_file(file).read_text(encoding="utf-8").strip()
        if words:
            return Path(words)
    return default_folder(file)


def choose_folder(file: Path, folder: Path) -> None:
    """Have the copies of a database go to ``folder``, which is made if need be.

    Raises BackupFailedError when none can be written there, and nothing is changed.
    """
    folder = folder.absolute()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _try(folder)
        if folder == default_folder(file):
            _place_file(file).unlink(missing_ok=True)
        else:
            _put(_place_file(file), f"{folder}\n")
    except OSError as error:
        raise failed(error, folder) from error


def copies(file: Path, folder: Path | None = None) -> tuple[Copy, ...]:
    """Return the copies of a database, the newest first, by their names alone."""
    folder = folder or folder_of(file)
    try:
        names = [entry.name for entry in os.scandir(folder) if entry.is_file()]
    except OSError:
        return ()
    found = [named for name in names if (named := copy_named(file.name, name)) is not None]
    found.sort(key=age, reverse=True)
    return tuple(Copy(folder / each.name, each.at, each.why) for each in found)


def keep_copy(
    file: Path,
    why: Why,
    now: datetime,
    *,
    key: Key | None = None,
    folder: Path | None = None,
    always: bool = False,
    told: Callable[[float], None] = lambda _part: None,
) -> Kept:
    """Have a verified copy of the database as it is, and let go those that were outlived.

    None is made when the newest holds everything already, unless ``always``; it is then kept for
    this reason as well. ``now`` is an aware instant, ``told`` gets the part done. Raises
    BackupFailedError; no older copy is touched then.
    """
    moment = now.astimezone().replace(tzinfo=None, microsecond=0)
    folder = _ready(file, folder)
    _sweep(folder)  # first: what was left half copied takes the room that this one needs
    held = None if always else _holding_everything(file, folder, moment, key)
    if held is not None:
        copy, state = held
        return Kept(_promoted(copy, file, why), made=False, state=state)
    target = _free_name(file, folder, moment, why)
    state, broken = copy_to(file, target, key=key, told=told)
    removed = let_go(file, folder, moment, key)
    return Kept(Copy(target, moment, why), True, state, broken, removed)


def let_go(file: Path, folder: Path, now: datetime, key: Key | None) -> tuple[Path, ...]:
    """Remove the copies of this office that need not be kept, and return them.

    One that cannot be opened, or is of another office with a database of the same name, is none
    of ours to remove.
    """
    mark = mark_of(file, key)
    ours = {
        named
        for copy in copies(file, folder)
        if mark is not None and mark_of(copy.file, fitting(copy.file, key)) == mark
        if (named := copy_named(file.name, copy.file.name)) is not None
    }
    removed = []
    for named in sorted(outlived(ours, now)):
        with suppress(OSError):  # on a disk that can only be read; next time
            (folder / named.name).unlink()
            removed.append(folder / named.name)
    return tuple(removed)


def move_copy(copy: Copy, folder: Path) -> bool:
    """Move a copy to another folder, byte by byte and read back; tell whether it is there.

    It stays where it was until it is whole in its new place.
    """
    target = folder / copy.file.name
    temporary = half_made_in(folder)
    try:
        if target.exists():
            return False
        os.close(os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        shutil.copyfile(copy.file, temporary)
        flush(temporary)
        if not filecmp.cmp(copy.file, temporary, shallow=False):
            return False
        temporary.replace(target)
        copy.file.unlink()
    except OSError:
        return False
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
    return True


def mark_of(file: Path, key: Key | None) -> int | None:
    """Return the number that tells one office from another, None when it cannot be read."""
    try:
        with closing(connect(file, key)) as connection:
            return int(connection.execute("PRAGMA user_version").fetchone()[0])
    except driver_errors():
        return None


def _ready(file: Path, folder: Path | None) -> Path:
    """Return the folder to write to. Only the one that is ours by default is made."""
    chosen = folder or folder_of(file)
    try:
        if chosen == default_folder(file):
            chosen.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise failed(error, chosen) from error
    if not chosen.is_dir():
        # Not made anew: where a disk was unplugged, it would be made on another.
        raise failed(FileNotFoundError(NO_FOLDER), chosen)
    return chosen


def _holding_everything(
    file: Path, folder: Path, now: datetime, key: Key | None
) -> tuple[Copy, State] | None:
    """Return the newest copy if the database holds nothing else, with what both hold."""
    known = copies(file, folder)
    # Where the clock was wrong for a while, the newest by name is not the last one made.
    newest = [*known[:1], *[copy for copy in known if copy.at <= now][:1]]
    if not newest:
        return None
    state = _state(file, key)
    for copy in newest:
        if state is not None and state == _state(copy.file, fitting(copy.file, key)):
            return copy, state
    return None


def _state(file: Path, key: Key | None) -> State | None:
    try:
        with closing(connect(file, key, isolation_level=None)) as connection:
            connection.execute("BEGIN")
            return state_of(connection)
    except driver_errors():
        return None


def _promoted(copy: Copy, file: Path, why: Why) -> Copy:
    """Return the copy under a name by which it is kept as long as one made for ``why``."""
    if copy.why.lasting or not why.lasting:
        return copy
    named = copy_named(file.name, copy.file.name)
    number = named.number if named is not None else 1
    target = copy.file.with_name(copy_name(file.name, copy.at, why, number))
    try:
        copy.file.rename(target)
    except OSError as error:
        raise failed(error, copy.file.parent) from error
    return Copy(target, copy.at, why)


def _free_name(file: Path, folder: Path, at: datetime, why: Why) -> Path:
    """Return the name after those of the same second."""
    named = [copy_named(file.name, copy.file.name) for copy in copies(file, folder)]
    numbers = [each.number for each in named if each is not None and each.at == at]
    return folder / copy_name(file.name, at, why, max(numbers, default=0) + 1)


def _sweep(folder: Path) -> None:
    """Remove what a program that was killed has left half copied."""
    with suppress(OSError):
        for left in abandoned_in(folder):
            left.unlink()


def _place_file(file: Path) -> Path:
    return file.with_name(file.name + _PLACE)


def _try(folder: Path) -> None:
    """Raise OSError unless a file can be written there."""
    attempt = half_made_in(folder)
    _put(attempt, "essai\n")
    attempt.unlink()


def _put(place: Path, words: str) -> None:
    """Write a small file, its owner's alone, whole or not at all."""
    temporary = place.with_name(f"{place.name}.{os.getpid()}.tmp")
    try:
        descriptor = os.open(temporary, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
            stream.write(words)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(place)
    finally:
        temporary.unlink(missing_ok=True)
