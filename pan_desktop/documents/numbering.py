"""How the entries of a list are counted, the same in every writer: as Word counts them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pan_desktop.documents.model import ItemList, ListItem

_SHAPES = ("{}.", "{})", "{}.")
_ROMAN = (
    (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"),
    (1, "i"),
)  # fmt: skip


def counted(block: ItemList) -> Iterator[tuple[ListItem, int | None]]:
    """Return each entry of a list with its number, None for one that has a bullet.

    Counting begins again under another parent, and after a bullet of the same level.
    """
    counters: dict[int, int] = {}
    for item in block.items:
        ordered = item.numbered or block.ordered
        counters = {k: v for k, v in counters.items() if k < item.level + ordered}
        if ordered:
            counters[item.level] = counters.get(item.level, 0) + 1
        yield item, counters[item.level] if ordered else None


def number_mark(level: int, number: int) -> str:
    """Return a number as its level writes it: "1.", then "a)", then "i.", and so on again."""
    return _SHAPES[level % 3].format(in_figures(number, level % 3))


def in_figures(number: int, kind: int) -> str:
    """Return a number as digits (0), as letters (1) or as small Roman numerals (2)."""
    if kind == 0:
        return str(number)
    if kind == 1:
        return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
    found = ""
    for value, letters in _ROMAN:
        while number >= value:
            found, number = found + letters, number - value
    return found
