"""Tells where a file is short: at its end, or somewhere before, what follows having moved up.

SQLite refuses both alike. The trees say where each page is to be and what it is: where what should
be there lies as much nearer the beginning as the file is short, the end is there and the gap before
it.
"""

from __future__ import annotations

from contextlib import closing
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from pan_desktop.store.health import pages as p
from pan_desktop.store.health.pages import Pages
from pan_desktop.store.tables import metadata

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

_TOLD, _ROOT, _SQL = 5, 3, 4
"""How many columns SQLite's own table has, and which say where a tree begins and what it is."""
_TREES = {
    "table": (p.TABLE_LEAF, p.TABLE_INTERIOR),
    "index": (p.INDEX_LEAF, p.INDEX_INTERIOR),
}
MOST_BEHIND, MOST_TIMES = 1000, 16
"""A file is looked at as if it had at most so many pages, and so many times those that it has."""
_MORE = "more"
"""What a page is that only goes on with a long text: of no tree."""


class Gap(Enum):
    """Where the bytes are missing."""

    END = "end"
    BEFORE = "before"
    UNKNOWN = "unknown"


class _Due(NamedTuple):
    """A page of a tree, and what it is to be."""

    number: int
    what: str
    """``table`` or ``index`` as a page of such a tree, else ``_MORE``."""
    columns: int | None = None
    """How many columns its rows have, None where that is not known."""


class _Moved(Pages):
    """The pages of a file as they would be, had each moved up."""

    def __init__(self, file: Path, by: int) -> None:
        """Open ``file``, whose pages lie so many bytes before their places."""
        super().__init__(file)
        self._by = by

    def __getitem__(self, number: int) -> bytes:
        """Return a page from where it has moved to."""
        at = (number - 1) * self.size - self._by
        return (self._read(at, self.size) if at >= 0 else b"").ljust(self.size, b"\0")


def gap_in(file: Path, missing: int) -> Gap:
    """Return where ``file``, a database in the clear, is ``missing`` bytes short. Raises OSError.

    Nobody in this process may have it open.
    """
    with closing(Pages(file)) as pages, closing(_Moved(file, missing)) as moved:
        inside = file.stat().st_size // pages.size
        # So that pages behind the end are told of as well; not as many as a header may say.
        most = MOST_BEHIND + MOST_TIMES * inside
        pages.count = moved.count = min(pages.count + -(-missing // pages.size), most)
        due = list(_due(pages))
        wrong = [each for each in due if each.number <= inside and not _fits(pages, each)]
        beyond = [each for each in due if each.number > inside]
        if not wrong:
            # Had they moved up, the last of what should lie behind the end would lie before it.
            placed = {each.number for each in due if each.number <= inside}
            gone = beyond and not _fits(moved, max(beyond, key=_number), placed)
            return Gap.END if gone else Gap.UNKNOWN
        there = sum(_fits(moved, each) for each in wrong)
        return Gap.BEFORE if 2 * there > len(wrong) else Gap.UNKNOWN


def _number(due: _Due) -> int:
    return due.number


def _due(pages: Pages) -> Iterator[_Due]:
    """Yield the pages that the trees lead to, as far as these are in their places."""
    seen = {1}
    waiting = [*_below(pages, _Due(1, "table", _TOLD)), *_roots(pages)]
    while waiting:
        due = waiting.pop()
        if due.number in seen or due.number < 1:
            continue
        seen.add(due.number)
        yield due
        if due.number <= pages.count and _fits(pages, due):
            waiting += _below(pages, due)


def _roots(pages: Pages) -> Iterator[_Due]:
    """Yield where the tables and indexes begin."""
    numbers, told = [1], set()
    while numbers:
        number = numbers.pop()
        told.add(number)
        kind = p.kind_of(pages[number], number)
        if kind == p.TABLE_INTERIOR:
            numbers += set(p.children(pages[number], number)) - told
        elif kind == p.TABLE_LEAF:
            for cell in p.cells(pages, number)[0]:
                if len(cell.values) == _TOLD and isinstance(root := cell.values[_ROOT], int):
                    table = metadata.tables.get(str(cell.values[1]))
                    of_rows = cell.values[0] == "table"
                    # A table without numbers of rows is kept as an index is.
                    of_rows = of_rows and "WITHOUT ROWID" not in str(cell.values[_SQL]).upper()
                    columns = None if table is None else len(table.columns)
                    yield _Due(root, "table" if of_rows else "index", columns)


def _below(pages: Pages, due: _Due) -> Iterator[_Due]:
    page = pages[due.number]
    kind = p.kind_of(page, due.number)
    if due.what != _MORE and kind == _TREES[due.what][1]:
        for number in p.children(page, due.number):
            yield due._replace(number=number)
    elif due.what == "table" and kind == p.TABLE_LEAF:
        for cell in p.cells(pages, due.number)[0]:
            for number in cell.overflow:
                yield _Due(number, _MORE)


def _fits(pages: Pages, due: _Due, placed: Collection[int] = ()) -> bool:
    """Tell whether a page is what it is to be, as far as seen, and leads to none ``placed``."""
    page = pages[due.number]
    kind = p.kind_of(page, due.number)
    if due.what == _MORE:  # it begins with the number of the next page, which is never so large
        return kind is None and not page[0] and int.from_bytes(page[:4], "big") not in placed
    if kind == p.TABLE_LEAF and due.columns is not None:
        whole = (cell for cell in p.cells(pages, due.number)[0] if cell.whole)
        first = next(whole, None)
        return due.what == "table" and (first is None or len(first.values) == due.columns)
    return kind in _TREES[due.what]
