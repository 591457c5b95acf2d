"""The office: one database and the way to run use cases on it.

A use case is a function whose first argument is the unit of work and whose others are
keyword-only; it runs in one transaction, committed when it returns, undone when it raises.
SQLAlchemy is loaded at the first use, never before the window is painted.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Concatenate, Generic, NamedTuple, ParamSpec, TypeVar

from pan_desktop.app.changes import Changes

if TYPE_CHECKING:
    from collections.abc import Callable

    from pan_desktop.domain.keys import Key
    from pan_desktop.store.engine import Store
    from pan_desktop.store.unit_of_work import UnitOfWork

Args = ParamSpec("Args")
Result = TypeVar("Result")


_READERS: set[Callable[..., object]] = set()
_FOR_GOOD: set[Callable[..., object]] = set()


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


class Outcome(NamedTuple, Generic[Result]):
    """What a use case returned, what it changed, and when that was on disk."""

    result: Result
    changes: Changes
    at: datetime


class Office:
    """Runs use cases on one database. Used from one thread at a time (the worker's)."""

    def __init__(
        self,
        database: str,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        key: Key | None = None,
        author: str = "",
    ) -> None:
        """Take the database at ``database`` (a file or a URL), opened at the first use.

        ``key`` opens a file that is encrypted, and has a new one encrypted. ``author`` is who
        writes, for the journal; "" for the name that the system knows her by.
        """
        self.database = database
        self.key = key
        self.author = author
        self._now = now
        self._store: Store | None = None

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

    def open(self) -> None:
        """Open the database now, creating it or bringing it up to date.

        Raises the SurroundingsError that says why it cannot be.
        """
        self._opened()

    def close(self) -> None:
        """Close the database; the next use opens it again."""
        if self._store is not None:
            self._store.close()
            self._store = None

    def _run(
        self,
        typing: str,
        use_case: Callable[Concatenate[UnitOfWork, Args], Result],
        *args: Args.args,
        **kwargs: Args.kwargs,
    ) -> Outcome[Result]:
        read_only, step = use_case in _READERS, use_case not in _FOR_GOOD
        with self._opened().transaction(
            self._now, read_only=read_only, step=step, typing=typing, author=self.author or _login()
        ) as work:
            result = use_case(work, *args, **kwargs)
        changes = Changes.of(change.table for change in work.changes)
        return Outcome(result, changes, self._now())

    def _opened(self) -> Store:
        if self._store is None:
            from pan_desktop.store.engine import Store

            self._store = Store(self.database, self.key)
        return self._store


@cache
def _login() -> str:
    """Return the name that the system knows the user by, "" where it knows none."""
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""
