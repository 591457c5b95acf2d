"""Identifiers that two machines can both make without asking each other."""

import os
import threading
import time
from uuid import UUID, uuid5

_TAIL_BITS = 62
_NAMES = UUID("8a4a3f4c-0f5d-4c53-9d8f-7a0f6b1c2d3e")
_lock = threading.Lock()
_last = 0


def rise_above(known: str) -> None:
    """Let the identifiers made from now on rise above ``known``, whatever the clock says.

    One that was not made by ``new_id`` is passed over.
    """
    global _last  # noqa: PLW0603 - as below
    if len(known) != 32 or known[12] != "7":
        return
    try:
        uuid = int(known, 16)
    except ValueError:
        return
    tail = uuid & ((1 << _TAIL_BITS) - 1)
    head = (uuid >> 80) << 12 | uuid >> 64 & 0xFFF
    with _lock:
        _last = max(_last, head << _TAIL_BITS | tail)


def new_id() -> str:
    """Return a fresh identifier: UUID version 7 (RFC 9562, 5.7) in 32 hexadecimal digits.

    It begins with the time and rises from one call to the next, so that rows stand in the
    order in which they were recorded.
    """
    global _last  # noqa: PLW0603 - a counter of the process, as the RFC asks for (6.2)
    milliseconds = time.time_ns() // 1_000_000
    random = int.from_bytes(os.urandom(8), "big") >> 2
    high = int.from_bytes(os.urandom(2), "big") & 0xFFF
    fresh = (milliseconds << 12 | high) << _TAIL_BITS | random
    with _lock:
        # Within one millisecond, or when the clock goes back, count on from the last one.
        _last = fresh if fresh > _last else _last + 1 + random % 0xFFFF
        value = _last
    tail = value & ((1 << _TAIL_BITS) - 1)
    head = value >> _TAIL_BITS
    uuid = (head >> 12) << 80 | 0x7 << 76 | (head & 0xFFF) << 64 | 0b10 << 62 | tail
    return f"{uuid:032x}"


def natural(*words: str) -> str:
    """Return the identifier that everyone makes of the same words: UUID version 5 of them."""
    return uuid5(_NAMES, "\x1f".join(words)).hex
