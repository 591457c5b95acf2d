"""Reads a database file page by page, without SQLite, which gives up at the first damaged page.

Follows SQLite's documented file format (https://www.sqlite.org/fileformat2.html): pages, cells of
tables, records, overflow chains, the committed frames of a ``-wal``, and what a ``-journal`` puts
back. Every number that a file
says is held to what can be, so that nothing a damaged file holds makes this raise, loop or write.
Files that are encrypted cannot be read so.
"""

from __future__ import annotations

import struct
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from pan_desktop.store.opening import PAGE_BYTES, PLAIN

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

Value = str | bytes | int | float | None

TABLE_LEAF, TABLE_INTERIOR, INDEX_LEAF, INDEX_INTERIOR = 0x0D, 0x05, 0x0A, 0x02
_HEADER = 100
_SIZES = tuple(1 << power for power in range(9, 17))
_WAL_HEADER, _FRAME_HEADER = 32, 24
_WAL_MAGIC = (0x377F0682, 0x377F0683)
_JOURNAL_MAGIC = bytes.fromhex("d9d505f920a163d7")
_SHORTEST_RECORD = 2


class Cell(NamedTuple):
    """A row of a table, or an entry of an index, as it lies on a page."""

    rowid: int
    values: tuple[Value, ...]
    whole: bool
    """Whether every byte could be read and every text is one."""
    overflow: tuple[int, ...] = ()
    """The pages that its end lies on."""


class Pages:
    """The pages of a file as the last commit left them, numbered from 1; nothing is written."""

    def __init__(self, file: Path) -> None:
        """Open ``file`` with the ``-wal`` and ``-journal`` beside it. Raises OSError."""
        self._stream = file.open("rb", buffering=0)
        self.unreadable: set[int] = set()
        """The pages that the disk refused to read."""
        self.bytes, self.size = file.stat().st_size, PAGE_BYTES
        wal = _read_whole(file.with_name(f"{file.name}-wal"))
        self.size = self._page_size(wal)
        # No bytes are kept free at the end of a page of ours, whatever a damaged header may say.
        self.usable = self.size
        journal = _read_whole(file.with_name(f"{file.name}-journal"))
        self._newer = rolled_back(journal, self.size) | committed(wal, self.size)
        self.count = max(-(-self.bytes // self.size), *self._newer, 0)
        self.unreadable.clear()  # places were counted in pages of a size not known before

    def close(self) -> None:
        """Close the file."""
        self._stream.close()

    def __getitem__(self, number: int) -> bytes:
        """Return a page; zeros stand for what the file does not hold or the disk refuses."""
        newer = self._newer.get(number)
        if newer is not None:
            return newer
        if not 1 <= number <= self.count:
            return bytes(self.size)
        return self._read((number - 1) * self.size, self.size).ljust(self.size, b"\0")

    def __iter__(self) -> Iterator[int]:
        """Yield the number of every page."""
        return iter(range(1, self.count + 1))

    def free(self) -> set[int]:
        """Return the pages that the list of free ones names, as far as it can be followed."""
        header = self[1][:_HEADER]
        found: set[int] = set()
        if not header.startswith(PLAIN):
            return found
        trunk = int.from_bytes(header[32:36], "big")
        while 1 <= trunk <= self.count and trunk not in found:
            found.add(trunk)
            page = self[trunk]
            trunk, length = struct.unpack_from(">II", page)
            if length > (self.usable // 4) - 2:
                break
            listed = struct.unpack_from(f">{length}I", page, 8)
            found.update(number for number in listed if 1 <= number <= self.count)
        return found

    def _page_size(self, wal: bytes) -> int:
        """Return the size of a page: said by the header, else by the log, else ours."""
        said = [int.from_bytes(self._read(16, 2), "big")]
        if len(wal) >= _WAL_HEADER and int.from_bytes(wal[:4], "big") in _WAL_MAGIC:
            said.append(int.from_bytes(wal[8:12], "big"))
        sizes = [65536 if size == 1 else size for size in said]
        if self._read(0, len(PLAIN)) != PLAIN:
            sizes.reverse()  # the log's word first: the header is not itself
        likely = [size for size in sizes if size in _SIZES]
        return max([*likely[:1], PAGE_BYTES], key=self._pages_seen)

    def _pages_seen(self, size: int) -> int:
        """Return on how many of the first pages a tree seems to lie, for a size of page."""
        starts = (self._read(at, 8) for at in range(size, min(self.bytes, 400 * size), size))
        return sum(_tree_kind(start, 0, size) is not None for start in starts)

    def _read(self, at: int, length: int) -> bytes:
        """Return bytes of the file, fewer at its end; none where the disk refuses."""
        with suppress(OSError):
            self._stream.seek(at)
            return self._stream.read(length)
        self.unreadable.add(at // self.size + 1)
        return b""


def _read_whole(file: Path) -> bytes:
    with suppress(OSError):
        return file.read_bytes()
    return b""


# The log -----------------------------------------------------------------------------------


def committed(wal: bytes, size: int) -> dict[int, bytes]:
    """Return the pages that a ``-wal`` holds newer than the file: those of whole commits."""
    found: dict[int, bytes] = {}
    if len(wal) < _WAL_HEADER:
        return found
    magic, _, page_size = struct.unpack_from(">III", wal)
    if magic not in _WAL_MAGIC or page_size != size:
        return found
    order = ">" if magic & 1 else "<"
    salts = wal[16:24]
    sums = _checksum(wal[:24], (0, 0), order)
    if sums != struct.unpack_from(">II", wal, 24):
        return found
    pending: dict[int, bytes] = {}
    for at in range(_WAL_HEADER, len(wal) - _FRAME_HEADER - size + 1, _FRAME_HEADER + size):
        number, pages_then = struct.unpack_from(">II", wal, at)
        page = wal[at + _FRAME_HEADER : at + _FRAME_HEADER + size]
        sums = _checksum(page, _checksum(wal[at : at + 8], sums, order), order)
        if wal[at + 8 : at + 16] != salts or sums != struct.unpack_from(">II", wal, at + 16):
            break
        pending[number] = page
        if pages_then:
            found |= pending
            pending = {}
            found = {n: page for n, page in found.items() if n <= pages_then}
    return found


def rolled_back(journal: bytes, size: int) -> dict[int, bytes]:
    """Return the pages that a ``-journal`` keeps of before a write that did not end."""
    found: dict[int, bytes] = {}
    at = 0
    while journal[at : at + 8] == _JOURNAL_MAGIC and len(journal) >= at + 28:
        records, nonce, _, sector, page_size = struct.unpack_from(">IIIII", journal, at + 8)
        if page_size != size or not 28 <= sector <= 65536:
            break
        at += sector
        most = (len(journal) - at) // (size + 8)
        for _ in range(min(records, most)):
            number = int.from_bytes(journal[at : at + 4], "big")
            page = journal[at + 4 : at + 4 + size]
            told = int.from_bytes(journal[at + 4 + size : at + 8 + size], "big")
            if (nonce + sum(page[size - 200 : 0 : -200])) & 0xFFFFFFFF != told:
                return found
            found.setdefault(number, page)
            at += size + 8
        at = -(-at // sector) * sector
    return found


def _checksum(data: bytes, sums: tuple[int, int], order: str) -> tuple[int, int]:
    first, second = sums
    words = struct.unpack(f"{order}{len(data) // 4}I", data)
    for at in range(0, len(words), 2):
        first = (first + words[at] + second) & 0xFFFFFFFF
        second = (second + words[at + 1] + first) & 0xFFFFFFFF
    return first, second


# Trees -------------------------------------------------------------------------------------


def kind_of(page: bytes, number: int) -> int | None:
    """Return which part of a tree a page is, None for any other page."""
    return _tree_kind(page, _begin(number), len(page))


def _begin(number: int) -> int:
    return _HEADER if number == 1 else 0


def _tree_kind(page: bytes, begin: int, size: int) -> int | None:
    if len(page) < begin + 8:
        return None
    kind = page[begin]
    if kind not in {TABLE_LEAF, TABLE_INTERIOR, INDEX_LEAF, INDEX_INTERIOR}:
        return None
    cells = int.from_bytes(page[begin + 3 : begin + 5], "big")
    content = int.from_bytes(page[begin + 5 : begin + 7], "big") or 65536
    freed = int.from_bytes(page[begin + 1 : begin + 3], "big")
    fits = cells * 4 <= size and begin + 8 + 2 * cells <= content <= size and freed < size
    return kind if fits else None


def _pointers(page: bytes, begin: int) -> Iterator[int]:
    interior = page[begin] in {TABLE_INTERIOR, INDEX_INTERIOR}
    first = begin + (12 if interior else 8)
    count = min(int.from_bytes(page[begin + 3 : begin + 5], "big"), (len(page) - first) // 2)
    yield from struct.unpack_from(f">{count}H", page, first)


def said(page: bytes, number: int) -> int:
    """Return how many rows or entries a page of a tree says that it holds."""
    return sum(1 for _ in _pointers(page, _begin(number)))


def children(page: bytes, number: int) -> list[int]:
    """Return the pages that an interior page leads to."""
    begin = _begin(number)
    places = (at for at in _pointers(page, begin) if begin + 12 <= at <= len(page) - 4)
    found = [int.from_bytes(page[at : at + 4], "big") for at in places]
    return [*found, int.from_bytes(page[begin + 8 : begin + 12], "big")]


def cells(pages: Pages, number: int) -> tuple[list[Cell], int]:
    """Return what stands on a leaf of a table, and how many of its cells cannot be read."""
    page = pages[number]
    begin, found, unread = _begin(number), [], 0
    for at in _pointers(page, begin):
        cell = _cell(pages, page, at) if at >= begin + 8 else None
        if cell is None:
            unread += 1
        else:
            found.append(cell)
    return found, unread


def entries(pages: Pages, number: int) -> Iterator[Cell]:
    """Yield what stands on a page of an index; the last value of each is a row's number."""
    page = pages[number]
    begin = _begin(number)
    skipped = 4 if page[begin] == INDEX_INTERIOR else 0
    for at in _pointers(page, begin):
        with suppress(IndexError):
            length, at_payload = _varint(page, at + skipped)
            local = _local(pages.usable, length, index=True)
            if local == length and at_payload + length <= len(page):
                cell = _record(page[at_payload : at_payload + length], 0, length)
                if cell is not None and cell.whole and isinstance(cell.values[-1], int):
                    yield cell._replace(rowid=cell.values[-1])


def carved(pages: Pages, number: int, columns: Collection[int]) -> list[Cell]:
    """Look for rows on a page whose own order is lost, at every byte of it.

    Only what is a whole record with one of these numbers of columns, and a text first or a number
    of its own, is taken for one.
    """
    page = pages[number]
    found, at = [], 0
    while at < len(page) - 4:
        cell, end = _carved_at(pages, page, at, columns)
        if cell is not None:
            found.append(cell)
        at = end
    return found


def _carved_at(
    pages: Pages, page: bytes, at: int, columns: Collection[int]
) -> tuple[Cell | None, int]:
    """Return the row that begins at a byte, and where to look on."""
    if page[at] == 0:
        return None, at + 1
    try:
        length, after = _varint(page, at)
        _, begin = _varint(page, after)
        header = page[begin]
    except IndexError:
        return None, at + 1
    # A header of more than 127 bytes is that of no table of ours.
    if not min(columns, default=0) < header < 128 or header > length:
        return None, at + 1
    # Most bytes begin nothing: found out without reading any value.
    kinds = _kinds(page[begin : begin + header])
    if kinds is None or len(kinds) not in columns or header + sum(map(_width, kinds)) != length:
        return None, at + 1
    cell = _cell(pages, page, at)
    if cell is None or not cell.whole or not (isinstance(cell.values[0], str) or kinds[0] == 0):
        return None, at + 1
    return cell, begin + _local(pages.usable, length)


# Cells -------------------------------------------------------------------------------------


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """Return a number of one to nine bytes and where it ends. Raises IndexError past the end."""
    value = data[at]
    if value < 0x80:
        return value, at + 1
    value &= 0x7F
    for place in range(at + 1, at + 8):
        byte = data[place]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, place + 1
    return value << 8 | data[at + 8], at + 9


def _local(usable: int, length: int, *, index: bool = False) -> int:
    """Return how much of a payload lies on its own page."""
    most = (usable - 12) * 64 // 255 - 23 if index else usable - 35
    if length <= most:
        return length
    least = (usable - 12) * 32 // 255 - 23
    some = least + (length - least) % (usable - 4)
    return some if some <= most else least


def _cell(pages: Pages, page: bytes, at: int) -> Cell | None:
    """Return the row at a place of a leaf, in part where its end is lost; None for no row."""
    try:
        length, after = _varint(page, at)
        rowid, begin = _varint(page, after)
    except IndexError:
        return None
    if not _SHORTEST_RECORD <= length <= pages.size * pages.count:
        return None
    local = _local(pages.usable, length)
    if begin + local + (4 if local < length else 0) > len(page):
        return None
    rowid = rowid - (1 << 64) if rowid >= 1 << 63 else rowid
    payload, overflow = page[begin : begin + local], tuple[int, ...]()
    if local < length:
        first = int.from_bytes(page[begin + local : begin + local + 4], "big")
        rest, overflow = _overflowing(pages, first, length - local)
        payload += rest
    cell = _record(payload, rowid, length)
    return cell and cell._replace(overflow=overflow)


def _overflowing(pages: Pages, first: int, length: int) -> tuple[bytes, tuple[int, ...]]:
    """Return what lies on a chain of pages, as far as it holds, and the pages."""
    room = pages.usable - 4
    parts, numbers, number = [], [], first
    left = length
    while left > 0 and 1 < number <= pages.count:
        page = pages[number]
        numbers.append(number)
        following = int.from_bytes(page[:4], "big")
        # The last page leads nowhere, and any other somewhere.
        if (following == 0) != (left <= room):
            break
        parts.append(page[4 : 4 + min(left, room)])
        left -= room
        number = following
    return b"".join(parts), tuple(numbers)


def _kinds(header: bytes) -> list[int] | None:
    """Return the kinds of a record's values, None when it is no record's header."""
    try:
        size, at = _varint(header, 0)
        kinds = []
        while at < size:
            kind, at = _varint(header, at)
            kinds.append(kind)
    except IndexError:
        return None
    return None if at != size or 10 in kinds or 11 in kinds else kinds


def _record(payload: bytes, rowid: int, length: int) -> Cell | None:
    """Return the values of a record that is ``length`` bytes long; those that are there."""
    try:
        size, _ = _varint(payload, 0)
    except IndexError:
        return None
    kinds = _kinds(payload[:size]) if size <= len(payload) else None
    if not kinds or size + sum(map(_width, kinds)) != length:
        return None
    values: list[Value] = []
    whole, at = len(payload) == length, size
    for kind in kinds:
        width = _width(kind)
        # Of a text whose end is lost its beginning; of anything else nothing.
        if at + width > len(payload) and not (kind > 12 and kind % 2 and at < len(payload)):
            break
        value, good = _value(kind, payload[at : at + width])
        values.append(value)
        whole &= good
        at += width
    return Cell(rowid, tuple(values), whole)


_WIDTHS = (0, 1, 2, 3, 4, 6, 8, 8, 0, 0)


def _width(kind: int) -> int:
    return _WIDTHS[kind] if kind < 10 else (kind - 12) // 2


def _value(kind: int, data: bytes) -> tuple[Value, bool]:
    """Return a value, and whether it is one: a text with bytes that are none is not."""
    if kind < 12:
        number: Value = {0: None, 8: 0, 9: 1}.get(kind, int.from_bytes(data, "big", signed=True))
        return (struct.unpack(">d", data)[0] if kind == 7 else number), True
    if kind % 2 == 0:
        return data, True
    try:
        return data.decode(), True
    except UnicodeDecodeError:
        return data.decode(errors="replace"), False
