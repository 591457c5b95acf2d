"""Packs parts into the zip file that a .docx is, always the same bytes for the same parts.

``zipfile`` cannot take data that is already compressed; most parts of a document come from the
template and never change, so they are compressed once per process and only copied here.
"""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

_LEVEL = 6
"""What ``zipfile`` and Word use: smaller levels are faster, but the file is sent by mail."""

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_VERSION = 20
_UTF8_NAMES = 0x800
_DEFLATED = 8
_TIME, _DATE = 0, 0x21
"""1980-01-01 00:00, the zip format's beginning: no clock in the bytes."""


class Packed(NamedTuple):
    """A part as it lies in the zip file."""

    name: str
    deflated: bytes
    size: int
    checksum: int


def compress(name: str, content: bytes) -> Packed:
    """Return a part, its content compressed, ready for any number of files."""
    compressor = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    deflated = compressor.compress(content) + compressor.flush()
    return Packed(name, deflated, len(content), zlib.crc32(content))


def pack(parts: Iterable[Packed]) -> bytes:
    """Return the zip file of the parts, in the order given (Word wants the content types first)."""
    pieces: list[bytes] = []
    directory: list[bytes] = []
    offset = 0
    for part in parts:
        name = part.name.encode()
        about = (part.checksum, len(part.deflated), part.size, len(name))
        how = (_UTF8_NAMES, _DEFLATED, _TIME, _DATE)
        head = _LOCAL.pack(b"PK\3\4", _VERSION, *how, *about, 0)
        entry = _CENTRAL.pack(b"PK\1\2", _VERSION, _VERSION, *how, *about, 0, 0, 0, 0, 0, offset)
        pieces += (head, name, part.deflated)
        directory += (entry, name)
        offset += len(head) + len(name) + len(part.deflated)
    central = b"".join(directory)
    count = len(directory) // 2
    end = _END.pack(b"PK\5\6", 0, 0, count, count, len(central), offset, 0)
    return b"".join((*pieces, central, end))
