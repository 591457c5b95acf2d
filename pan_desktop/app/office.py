"""The office: one database and the way to run use cases on it.

A use case is a function whose first argument is the unit of work and whose others are
keyword-only; it runs in one transaction, committed when it returns, undone when it raises.
SQLAlchemy is loaded at the first use, never before the window is painted.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache, partial
from typing import TYPE_CHECKING, Concatenate, Generic, NamedTuple, ParamSpec, TypeVar

from pan_desktop.app.changes import Changes
from pan_desktop.domain.errors import (
    ReadingOnlyError,
    StoreFullError,
    StoreReadOnlyError,
    SurroundingsError,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pan_desktop.domain.keys import Key
    from pan_desktop.domain.trouble import Trouble
    from pan_desktop.store.engine import Store
    from pan_desktop.store.safety.overlay import SafeStore
    from pan_desktop.store.unit_of_work import UnitOfWork

Args = ParamSpec("Args")
Result = TypeVar("Result")


_READERS: set[Callable[..., object]] = set()
_FOR_GOOD: set[Callable[..., object]] = set()
_UPKEEP: set[Callable[..., object]] = set()
_EFFACING: set[Callable[..., object]] = set()

NOT_EFFACED = (
    "La base ne peut pas être enregistrée en ce moment : rien n’a été effacé, car ce qui doit "
    "disparaître serait resté dans le fichier. Recommencez quand elle sera de nouveau accessible."
)


def reading(
    use_case: Callable[Concatenate[UnitOfWork, Args], Result],
) -> Callable[Concatenate[UnitOfWork, Args], Result]:
    """Mark a use case that only reads: it waits for nobody who writes."""
    _READERS.add(use_case)
    return use_case


def for_good(
    use_case: Callable[Concatenate[UnitOfWork, Args], Result],
) -> Callable[Concatenate[UnitOfWork, Args], Result]:
    """Mark a use case that Ctrl+Z does not take back (a relevé that was issued)."""
    _FOR_GOOD.add(use_case)
    return use_case


def upkeep(
    use_case: Callable[Concatenate[UnitOfWork, Args], Result],
) -> Callable[Concatenate[UnitOfWork, Args], Result]:
    """Mark a use case that writes only what is derived (an index): who may only read may too."""
    _UPKEEP.add(use_case)
    return for_good(use_case)


def effacing(
    use_case: Callable[Concatenate[UnitOfWork, Args], Result],
) -> Callable[Concatenate[UnitOfWork, Args], Result]:
    """Mark a use case after which words are to be gone: done in the file itself, or not at all.

    Done on the stand-in in memory, they would stay in the file, in what can be undone there and
    in what waits to be saved.
    """
    _EFFACING.add(use_case)
    return for_good(use_case)


_COPYING = 3.0
"""Seconds that a copy into memory waits for another program's lock."""


class Outcome(NamedTuple, Generic[Result]):
    """What a use case returned, what it changed, and when that was on disk."""

    result: Result
    changes: Changes
    at: datetime | None
    """None while the database cannot be written (``Office.trouble``)."""


class Office:
    """Runs use cases on one database. Used from one thread at a time (the worker's)."""

    def __init__(
        self,
        database: str,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        key: Key | None = None,
        author: str = "",
        data: Path | None = None,
        replicas: Path | None = None,
    ) -> None:
        """Take the database at ``database`` (a file or a URL), opened at the first use.

        ``key`` opens a file that is encrypted, and has a new one encrypted. ``author`` is who
        writes, for the journal; "" for the name that the system knows her by. With ``data``, the
        program's own folder, nothing is refused because the file cannot be written: work goes on
        in memory, and what waits is kept there (``store.safety.overlay``); without it only what
        reads goes on, in a copy in memory. ``replicas`` is where
        the local sides of shared offices lie, the user's own folder unless given.
        """
        self.database = database
        self.key = key
        self.author = author
        self.refusal = ""
        """Why nothing may be written here, as a sentence; "" where it may."""
        self.data = data
        self.safe: SafeStore | None = None
        """The store when it has a stand-in, once it is open."""
        self._now = now
        self.replicas = replicas
        self.written: Callable[[], object] = _nobody
        """Called after something was written, on the thread that wrote it."""
        self._store: Store | None = None
        self._aside: SurroundingsError | None = None
        """Why that is a copy in memory which is only read, None where it is not."""

    def run(
        self,
        use_case: Callable[Concatenate[UnitOfWork, Args], Result],
        *args: Args.args,
        **kwargs: Args.kwargs,
    ) -> Outcome[Result]:
        """Run a use case in one transaction and return its outcome.

        Raises a PanError with nothing changed; any other exception is a fault of ours, and
        changes nothing either.
        """
        return self._run("", use_case, *args, **kwargs)

    def save(
        self,
        typing: str,
        use_case: Callable[Concatenate[UnitOfWork, Args], Result],
        *args: Args.args,
        **kwargs: Args.kwargs,
    ) -> Outcome[Result]:
        """Run a use case that saves what is being typed in the text that ``typing`` names.

        Ctrl+Z takes back a run of letters, not each.
        """
        return self._run(typing, use_case, *args, **kwargs)

    @property
    def trouble(self) -> Trouble | None:
        """Return what keeps changes from being saved, None when nothing does."""
        return None if self.safe is None else self.safe.trouble

    @property
    def writer(self) -> str:
        """Return who writes here: the name she gave, else the one the system knows her by."""
        return self.author or _login()

    def look(self) -> bool:
        """Tell whether something is to be shown afresh: another program wrote, or the file went."""
        store = self._opened()
        return store.changed_elsewhere() if self.safe is None else self.safe.look()

    def open(self) -> None:
        """Open the database now, creating it or bringing it up to date.

        Raises the SurroundingsError that says why it cannot be.
        """
        self._opened()

    def compact(self) -> bool:
        """Write the database's file anew, without the bytes of what was removed from it.

        Tells whether all of it is done, which another program that reads may prevent, or a disk
        without room for it.
        """
        store = self._opened()
        if self.trouble is not None:
            return False
        try:
            return store.compact()
        except SurroundingsError:
            return False

    def close(self) -> None:
        """Close the database; the next use opens it again."""
        if self._store is not None:
            (self.safe or self._store).close()
            self._store = self.safe = None
        if self._aside:
            self._aside, self.refusal = None, ""

    def _run(
        self,
        typing: str,
        use_case: Callable[Concatenate[UnitOfWork, Args], Result],
        *args: Args.args,
        **kwargs: Args.kwargs,
    ) -> Outcome[Result]:
        once = partial(self._once, typing, use_case, *args, **kwargs)
        writes = use_case not in _READERS and use_case not in _UPKEEP
        if writes and self._aside:  # there may be room again
            self.close()
        if not self.refusal:
            self._opened()  # where it turns out to be only readable
        if self.refusal and writes:
            raise self._aside or ReadingOnlyError(self.refusal)
        self._opened()
        effaces = use_case in _EFFACING
        if effaces and self.trouble is not None:
            raise SurroundingsError(NOT_EFFACED)
        try:
            return once()
        except SurroundingsError as error:
            if self.safe is None and not (use_case in _UPKEEP and self._only_read(error)):
                raise
            if self.safe is not None and not self.safe.shelter(error):
                raise
            if effaces:
                raise SurroundingsError(NOT_EFFACED) from error
            return once()

    def _once(
        self,
        typing: str,
        use_case: Callable[Concatenate[UnitOfWork, Args], Result],
        *args: Args.args,
        **kwargs: Args.kwargs,
    ) -> Outcome[Result]:
        read_only, step = use_case in _READERS, use_case not in _FOR_GOOD
        store = self.safe or self._opened()
        author = self.writer
        with store.transaction(
            self._now, read_only=read_only, step=step, typing=typing, author=author
        ) as work:
            result = use_case(work, *args, **kwargs)
        if work.changes:
            self.written()
        tables = {change.table for change in work.changes} | work.taken_in
        return Outcome(result, Changes.of(tables), self._now() if self.trouble is None else None)

    def _opened(self) -> Store:
        """Return the store that is worked on: the file's, or its stand-in."""
        if self._store is None:
            from pan_desktop.store.engine import Store

            file = self._local()
            if self.data is None:
                try:
                    self._store = Store(str(file), self.key)
                except StoreFullError as error:
                    self._store = self._read_aside(file, error)
            else:
                from pan_desktop.store.safety.overlay import sheltered

                self.safe = sheltered(file, self.key, self.data)
                self._store = self.safe.present
        return self._store if self.safe is None else self.safe.present

    def _read_aside(self, file: Path, error: StoreFullError) -> Store:
        """Return a copy in memory of a database whose disk has no room to open it as usual."""
        from pan_desktop.store.engine import read_into_memory

        try:
            store = read_into_memory(file, self.key)
        except SurroundingsError:
            raise error from None
        self._aside, self.refusal = error, error.sentence
        return store

    def _only_read(self, error: SurroundingsError) -> bool:
        """Go on in a copy in memory, where the file refuses what only reading needs."""
        if not isinstance(error, StoreFullError | StoreReadOnlyError):
            return False
        store = self._opened()
        self._store = store.copied_to_memory(_COPYING)
        store.close()
        self._aside, self.refusal = error, error.sentence
        return True

    def _local(self) -> Path:
        """Return the database file on this machine: of a shared office its local side."""
        from pan_desktop.app.places import local_file

        file = local_file(self.database, self.replicas)
        if file is not None:
            return file
        from pan_desktop.app.membership import join

        return join(self.database, folder=self.replicas, key=self.key)


def _nobody() -> None:
    """Take no notice."""


@cache
def _login() -> str:
    """Return the name that the system knows the user by, "" where it knows none."""
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""
