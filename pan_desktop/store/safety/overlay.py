"""Goes on when the file cannot be written: in a copy in memory, until the file takes it again.

A use case whose transaction the machine refuses (a full disk, a medium that was pulled, a file
that was renamed, another program that does not let go) is not lost: the database is copied into
memory, the use case runs there, and so do all that follow. What each of them wrote is kept as an
entry in a rescue file (``store.safety.rescue``). Later the entries are merged into the file
(``store.merging.merge``), which others may have changed meanwhile, and the copy is dropped.
"""

from __future__ import annotations

from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy.exc import SQLAlchemyError

from pan_desktop.domain.errors import (
    PanError,
    SecretNeededError,
    StoreBusyError,
    StoreDamagedError,
    StoreFullError,
    StoreReadOnlyError,
    SurroundingsError,
    WrongSecretError,
)
from pan_desktop.domain.ids import new_id
from pan_desktop.domain.trouble import CaughtUp, Cause, Trouble
from pan_desktop.store.engine import Store, read_into_memory
from pan_desktop.store.failures import IO_FAILED, READ_ONLY, translating
from pan_desktop.store.merging.entries import Entry, Packed, joined, packed, unpacked
from pan_desktop.store.opening import connect, driver_errors, in_use
from pan_desktop.store.safety.logs import put_log_aside
from pan_desktop.store.safety.places import PlaceKind, place_of
from pan_desktop.store.safety.rescue import About, Refuge, RescueFile, Waiting
from pan_desktop.store.steps import LONGEST, PAUSE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from pan_desktop.domain.keys import Key
    from pan_desktop.store.changes import RowChange
    from pan_desktop.store.unit_of_work import UnitOfWork

LOOK_EVERY = 1.0
"""Seconds after which what was saved is seen to lie in the file that is in its place."""
PROBING = 0.2
"""Seconds that a new try waits for another program's lock."""
COPYING = 3.0
"""Seconds that a copy into memory waits for another program's lock."""

ELSEWHERE = (
    "Le fichier de la base n’est plus à sa place : ce dernier changement n’est pas enregistré, ce "
    "qui précède l’est. Remettez le fichier à sa place, puis recommencez."
)

_CAUSES: tuple[tuple[type[SurroundingsError], Cause], ...] = (
    (StoreBusyError, Cause.BUSY),
    (StoreReadOnlyError, Cause.READ_ONLY),
    (StoreDamagedError, Cause.DAMAGED),
    (StoreFullError, Cause.FULL),
)


class Seen(NamedTuple):
    """Which file lies at a path, as the system counts them."""

    device: int
    inode: int

    @classmethod
    def at(cls, file: Path) -> Seen | None:
        """Look at ``file``; None when nothing is there, or it cannot be reached."""
        try:
            found = file.stat()
        except OSError:
            return None
        return cls(found.st_dev, found.st_ino)


class SafeStore:
    """A store on a file, behind which stands a copy in memory when the file fails.

    Used like a ``Store``, from one thread at a time.
    """

    def __init__(
        self,
        file: Path,
        key: Key | None,
        refuge: Refuge | None,
        *,
        keep_mirror: bool = False,
        counted: bool = True,
    ) -> None:
        """Open ``file``, which ``key`` opens when it is encrypted.

        Rescue files go into ``refuge``; without one there is only the memory. ``keep_mirror``
        copies the database into memory now: for a medium that may be gone at the next save. Where
        files are not ``counted`` (a network may number them anew) any file there is taken for ours.
        """
        self.file = file
        self.trouble: Trouble | None = None
        self._key = key
        self._counted = counted
        self._refuge = refuge
        self._store: Store | None
        self._memory: Store | None
        self._store, self._memory, cause = _opened(file, key)
        self._seen = Seen.at(file) if self._counted else None
        self._other: Seen | None = None
        self._looked = monotonic()
        self._recent: list[RowChange] = []
        self._author = ""
        self._pending = _Pending()
        self._rescue: RescueFile | None = None
        self._about = About(self.present.office_mark(), str(file.absolute()))
        self._keeps_mirror = keep_mirror
        self._mirror: Store | None = None
        self._since_mirror = _Pending()
        if cause is not None:
            self._tell(cause)
        elif keep_mirror:
            self._mirror = self.present.copied_to_memory(COPYING)
        if refuge is not None:
            refuge.keep_reserve()

    # As a store ---------------------------------------------------------------------------

    @contextmanager
    def transaction(
        self,
        now: Callable[[], datetime],
        *,
        read_only: bool = False,
        step: bool = True,
        typing: str = "",
        author: str = "",
    ) -> Iterator[UnitOfWork]:
        """Give a unit of work as ``Store.transaction`` does, on the file or on its stand-in."""
        with self.present.transaction(
            now, read_only=read_only, step=step, typing=typing, author=author
        ) as work:
            yield work
            if work.changes:
                self._see_in_its_place()
        if work.changes:
            self._keep(work.changes, now(), author, typing, step)

    def shelter(self, error: SurroundingsError) -> bool:
        """Go on in memory after ``error``; False when it is no matter of the file, or cannot be."""
        if self._memory is not None or not isinstance(error, tuple(kind for kind, _ in _CAUSES)):
            return False
        return self._go_aside(self._where() or _cause_of(error))

    def close(self) -> None:
        """Close the file and its stand-in, trying once more to save what waits.

        What cannot be saved stays in the rescue file.
        """
        if self._memory is not None:
            with suppress(SurroundingsError):
                self.save_again()
        for store in (self._store, self._memory):
            self._let_go(store)
        if self._rescue is not None:
            self._rescue.close()

    # In trouble ---------------------------------------------------------------------------

    def look(self) -> bool:
        """Tell whether another program changed the file; goes aside when it is not there."""
        if self._memory is not None:
            return False
        return not self._is_there() or self.present.changed_elsewhere()

    def save_again(self) -> CaughtUp | None:
        """Try to bring what waits into the file; None when that is still impossible."""
        if self._memory is None or self.trouble is None:
            return CaughtUp(0)
        where = self._where()
        if where is not None:
            self._tell(where)
            return None
        try:
            self._probe()
            store = Store(str(self.file), self._key)
        except PanError as error:
            strange = isinstance(error, StoreDamagedError | SecretNeededError | WrongSecretError)
            other = strange and Seen.at(self.file) != self._seen
            self._tell(Cause.REPLACED if other else _cause_of(error))
            return None
        if self._about.office not in {0, store.office_mark()}:
            store.close()
            self._tell(Cause.REPLACED)
            return None
        try:
            done = self._bring_back(store)
        except SurroundingsError as error:
            store.close()
            self._tell(_cause_of(error))
            return None
        self._back_to(store)
        return done

    def go_on_at(self, file: Path) -> CaughtUp | None:
        """Take the file where it lies now, and bring what waits into it."""
        self.file = file
        self._seen = Seen.at(file) if self._counted else None
        return self.save_again()

    def take_other(self) -> CaughtUp | None:
        """Work on with the file that has taken the place of ours, and merge what waits into it."""
        self._other = None
        return self.save_again()

    def put_back(self) -> CaughtUp | None:
        """Write the database anew where its file was deleted, or replaced by another.

        The other keeps its place under another name. Raises the SurroundingsError that says why
        it cannot be written; everything still waits.
        """
        if self._memory is None:
            return CaughtUp(0)
        self._other = None
        if self.file.exists():
            moment = f"{datetime.now().astimezone():%Y-%m-%d %Hh%M %S}"
            try:
                for beside in ("-wal", "-shm", "-journal", ""):
                    there = self.file.with_name(self.file.name + beside)
                    if there.exists():
                        aside = f"{self.file.stem} (autre, {moment}){self.file.suffix}{beside}"
                        there.rename(self.file.with_name(aside))
            except OSError as error:
                raise StoreReadOnlyError(READ_ONLY) from error
        try:
            put_log_aside(self.file)
        except OSError as error:
            raise StoreReadOnlyError(READ_ONLY) from error
        self._memory.copied_to(self.file)
        return self.save_again()

    def merge(self, waiting: Sequence[Waiting]) -> CaughtUp:
        """Merge what another session left into the database, each its own transaction."""
        groups = _Pending(waiting).groups
        return _merge(self.present, map(_one, groups))

    @property
    def present(self) -> Store:
        """Return the store that is worked on: the file's, or its stand-in in memory."""
        present = self._memory or self._store
        assert present is not None
        return present

    @property
    def refuge(self) -> Refuge | None:
        """Return where rescue files lie."""
        return self._refuge

    @property
    def about(self) -> About:
        """Return which office this is, for its rescue files."""
        return self._about

    # ------------------------------------------------------------------------------------

    def _keep(
        self, changes: list[RowChange], at: datetime, author: str, typing: str, step: bool
    ) -> None:
        """Note what was just written: until the file is seen in its place, or until it is back."""
        # Each key comes by here: what is nearly always thrown away is not made into more.
        self._recent += changes
        self._author = author
        if self._memory is not None or self._mirror is not None:
            waiting = Waiting(Entry(new_id(), at, author, tuple(changes)), typing, step)
            if self._memory is not None:
                self._recent.clear()
                self._wait(_one([waiting]))
                return
            self._since_mirror.add(waiting)
        if monotonic() - self._looked >= LOOK_EVERY:
            self._is_there()

    def _see_in_its_place(self) -> None:
        """See, before a commit, that the file still has its name.

        Under its old one another program may by now have begun a log of another file, which is
        ours as well by its name. Costs a few microseconds. Raises StoreReadOnlyError.
        """
        if self._memory is None and self._seen is not None and Seen.at(self.file) != self._seen:
            raise StoreReadOnlyError(ELSEWHERE)

    def _is_there(self) -> bool:
        self._looked = monotonic()
        where = self._where()
        if where is None:
            self._recent.clear()
            return True
        self._go_aside(where)
        return False

    def _where(self) -> Cause | None:
        """Return what became of the file's place, None when the file lies there as before."""
        there = Seen.at(self.file)
        if there is not None:
            if self._memory is None:
                return None if self._seen in {None, there} else Cause.REPLACED
            # Coming back, a medium counts its files anew: the office's mark tells then. Which of
            # two versions stays is never decided without being asked.
            return Cause.REPLACED if there == self._other or _empty(self.file) else None
        return Cause.MOVED if self._found() else Cause.GONE

    def _found(self) -> str:
        """Return where the file lies under another name in its folder, "" when it does not."""
        with suppress(OSError):
            for file in self.file.parent.iterdir() if self._seen is not None else ():
                if Seen.at(file) == self._seen:
                    return str(file)
        return ""

    def _go_aside(self, cause: Cause) -> bool:
        assert self._store is not None
        memory = self._copy(self._store)
        if memory is None:
            return False
        # What stands in the log under the old name goes into the file, wherever that is now: the
        # log would be applied to any other that gets the name. Not where another program works in
        # such a file already: the log is then its own as well.
        moved = cause in {Cause.MOVED, Cause.GONE}
        if moved or (cause is Cause.REPLACED and not in_use(self.file)):
            self._store.settle()
        # Not left open until the file is tried again: looking at the file then would give up the
        # locks that this connection holds.
        self._let_go(self._store)
        self._store, self._memory = None, memory
        self._tell(cause)
        if cause in {Cause.GONE, Cause.REPLACED}:
            if self._refuge is not None:
                self._refuge.keep_whole(memory, self.file)
            if self._recent:
                entry = Entry(new_id(), datetime.now(UTC), self._author, tuple(self._recent))
                self._wait(_one([Waiting(entry)]))
        self._recent.clear()
        return True

    def _copy(self, store: Store) -> Store | None:
        """Return the database in memory, from the best source that can still be read."""
        errors: tuple[type[Exception], ...] = (SurroundingsError, *driver_errors())
        try:
            return store.copied_to_memory(COPYING)
        except errors:
            if self._mirror is None:
                return None
        mirror, self._mirror = self._mirror, None
        _merge(mirror, map(_one, self._since_mirror.groups))
        return mirror

    def _wait(self, waiting: Waiting) -> None:
        assert self.trouble is not None
        added = self._pending.add(waiting)
        kept = self._put_on_disk([added] if self.trouble.kept else self._pending.all())
        self.trouble = self.trouble._replace(waiting=len(self._pending.groups), kept=kept)

    def _put_on_disk(self, waiting: list[Waiting]) -> bool:
        """Write what waits into the rescue file; False when not even that can be done."""
        if self._refuge is None:
            return False
        try:
            if self._rescue is None:
                self._rescue = self._refuge.begin(self._about)
            self._refuge.add(self._rescue, waiting)
        except self._refuge.errors:
            return False
        return True

    def _tell(self, cause: Cause) -> None:
        since = datetime.now(UTC) if self.trouble is None else self.trouble.since
        found = self._found() if cause is Cause.MOVED else ""
        kept = self.trouble is not None and self.trouble.kept
        number = len(self._pending.groups)
        if cause is Cause.REPLACED:
            self._other = Seen.at(self.file)
        self.trouble = Trouble(cause, since, number, kept, found)

    def _probe(self) -> None:
        """See that the file can be written, without waiting long for another program.

        What is typed meanwhile would wait as well. Raises the SurroundingsError that fits.
        """
        with translating():
            probe = connect(self.file, self._key, timeout=PROBING, isolation_level=None)
            with closing(probe):
                probe.execute("BEGIN IMMEDIATE")
                probe.execute("ROLLBACK")

    def _bring_back(self, store: Store) -> CaughtUp:
        number = disagreements = 0
        self._pending.set_apart()
        while self._pending.groups:
            group = self._pending.groups[0]
            disagreements += _merge(store, [_one(group)]).disagreements
            number += 1
            del self._pending.groups[0]
            if self._rescue is not None:
                with suppress(*self._refuge_errors):
                    self._rescue.take_out([each.entry.id for each in group])
        return CaughtUp(number, disagreements)

    def _back_to(self, store: Store) -> None:
        """Work on the file again."""
        memory, rescue = self._memory, self._rescue
        self._store, self._memory, self._rescue = store, None, None
        self.trouble = None
        self._seen = Seen.at(self.file) if self._counted else None
        self._looked = monotonic()
        self._pending = _Pending()
        if self._keeps_mirror:
            self._let_go(self._mirror)
            self._mirror, self._since_mirror = None, _Pending()
            with suppress(SurroundingsError):
                self._mirror = store.copied_to_memory(COPYING)
        self._let_go(memory)
        if rescue is not None:
            rescue.discard()
        if self._refuge is not None:
            self._refuge.keep_reserve()

    def _let_go(self, store: Store | None) -> None:
        """Close a store, whose file may no longer let itself be closed in good order."""
        if store is not None:
            with suppress(PanError, OSError, *driver_errors(), SQLAlchemyError):
                store.close()

    @property
    def _refuge_errors(self) -> tuple[type[Exception], ...]:
        return (OSError,) if self._refuge is None else self._refuge.errors


def _opened(file: Path, key: Key | None) -> tuple[Store | None, Store | None, Cause | None]:
    """Return the store on ``file``; else one on a copy in memory, and why the disk refuses it.

    Raises the PanError that says why neither can be had.
    """
    try:
        return Store(str(file), key), None, None
    except StoreFullError as error:
        cause, refused = _cause_of(error), error
    try:
        return None, read_into_memory(file, key), cause
    except SurroundingsError:
        raise refused from None


def sheltered(file: Path, key: Key | None, data: Path) -> SafeStore:
    """Open ``file`` with a stand-in, and rescue files in the program's folder ``data``."""
    kind = place_of(file).kind
    return SafeStore(
        file,
        key,
        Refuge(data, key),
        keep_mirror=kind in {PlaceKind.REMOVABLE, PlaceKind.NETWORK},
        counted=kind is not PlaceKind.NETWORK,
    )


def _merge(store: Store, waiting: Iterable[Waiting]) -> CaughtUp:
    """Merge transactions into a database, each with its own instant, author and step to undo."""
    number = disagreements = 0
    for each in waiting:
        with store.transaction(
            partial(_instant, each.entry),
            step=each.step,
            typing=each.typing,
            author=each.entry.author,
        ) as work:
            disagreements += len(work.merge(each.entry).disagreements)
        number += 1
    return CaughtUp(number, disagreements)


def _empty(file: Path) -> bool:
    """Tell whether nothing is in a file yet: what a synchroniser is about to fill."""
    try:
        return file.stat().st_size == 0
    except OSError:
        return False


def _cause_of(error: PanError) -> Cause:
    if error.sentence == IO_FAILED:
        return Cause.DISK
    return next((cause for kind, cause in _CAUSES if isinstance(error, kind)), Cause.DISK)


def _instant(entry: Entry) -> datetime:
    return entry.at


class _Pending:
    """What waits, in order: the letters typed in one go in one text are one group.

    A group is merged as one, and known by its last entry: which entries it holds must therefore
    never change once it may have been merged, so each keeps whether it began a group.
    """

    def __init__(self, waiting: Iterable[Waiting] = ()) -> None:
        """Take what waited before, grouped as it was."""
        self.groups: list[list[Waiting]] = []
        self._apart = False
        for each in waiting:
            self._put(each)

    def add(self, waiting: Waiting) -> Waiting:
        """Take one more, and return it as it is to be kept."""
        first = not self.groups
        begins = first or self._apart or not _goes_on(self.groups[-1], waiting)
        # Of the first the file may hold everything: only its flush may have failed.
        self._apart = first
        kept = waiting._replace(begins=begins)
        self._put(kept)
        return kept

    def set_apart(self) -> None:
        """Let nothing more join the last group: the file may hold it as it is."""
        self._apart = True

    def all(self) -> list[Waiting]:
        """Return everything, in order."""
        return [each for group in self.groups for each in group]

    def _put(self, waiting: Waiting) -> None:
        if waiting.begins or not self.groups:
            self.groups.append([waiting])
        else:
            self.groups[-1].append(waiting)


def _goes_on(group: Sequence[Waiting], then: Waiting) -> bool:
    first, last = group[0].entry.at, group[-1].entry.at
    soon = timedelta() <= then.entry.at - last <= PAUSE
    return (
        bool(then.typing)
        and group[-1].typing == then.typing
        and soon
        and timedelta() <= then.entry.at - first <= LONGEST
    )


def _one(waiting: Sequence[Waiting]) -> Waiting:
    """Return several transactions as one, of each changed row only what differs."""
    changes: list[Packed] = []
    fresh: dict[tuple[str, str], Packed] = {}
    for change in (packed(change) for each in waiting for change in each.entry.changes):
        key = change["table"], change["id"]
        if key in fresh:  # again the same row: what it was in between is nobody's concern
            changes, fresh = joined(changes, list(fresh.values())), {}
        fresh[key] = change
    changes = joined(changes, list(fresh.values()))
    last = waiting[-1]
    entry = last.entry._replace(changes=tuple(unpacked(change) for change in changes))
    return last._replace(entry=entry, step=any(each.step for each in waiting))
