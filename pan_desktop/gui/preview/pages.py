"""From blocks to pages: boxes made once for what does not change, and arithmetic for the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pan_desktop.app.paper import (
    Heading,
    ItemList,
    Paragraph,
    Table,
    Title,
    counted,
    runs_right_to_left,
)
from pan_desktop.gui.preview import looks
from pan_desktop.gui.preview.boxes import RowBox, TextBox

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pan_desktop.app.paper import Block, Cell, ListItem, Typography
    from pan_desktop.gui.preview.boxes import Box, Painted


class Piece(NamedTuple):
    """A box, or a part of it, on a page."""

    box: Box
    y: float
    part: Painted


Page = list[Piece]
_Key = tuple[int, str, "Typography"]
_RowKey = tuple[tuple["Cell", ...], "Typography", int, bool]
_Words = Title | Heading | Paragraph


class Paper:
    """The boxes of one paper. What has been laid out once is not laid out again."""

    def __init__(self) -> None:
        """Make an empty paper."""
        self._made: dict[_Key, tuple[object, TextBox]] = {}
        self._kept: dict[_Key, tuple[object, TextBox]] = {}
        self._rows_made: dict[_RowKey, RowBox] = {}
        self._rows_kept: dict[_RowKey, RowBox] = {}
        self._words_made: dict[tuple[_Words, Typography], TextBox] = {}
        self._words_kept: dict[tuple[_Words, Typography], TextBox] = {}
        self.laid_out = 0
        """How many boxes have been laid out so far."""

    def boxes(self, blocks: Sequence[Block], style: Typography) -> Iterable[Box]:
        """Return the boxes of the blocks in order, making those that are not known.

        Lazily: whoever has little time lays out a part and comes back for the rest.
        """
        self._kept, self._rows_kept, self._words_kept = {}, {}, {}
        for block in blocks:
            if isinstance(block, ItemList):
                yield from self._items(block, style)
            elif isinstance(block, Table):
                yield from self._rows(block, style)
            else:
                yield self._by_words(block, style)
        self._made, self._rows_made = self._kept, self._rows_kept
        self._words_made = self._words_kept

    def box_of(self, source: ListItem) -> TextBox | None:
        """Return the box of an entry that the paper holds."""
        found = (box for known, box in self._made.values() if known is source)
        return next(found, None)

    def _items(self, block: ItemList, style: Typography) -> Iterable[Box]:
        for item, number in counted(block):
            listed = looks.list_look(style, in_cell=False, numbered=number is not None)
            yield self._known(item, listed.mark(item.level, number), style)

    def _rows(self, table: Table, style: Typography) -> Iterable[Box]:
        widths = _widths(table.widths)
        heads = "".join(_text_of(cell) for cell in table.header)
        from_right = runs_right_to_left(heads)
        for number, row in enumerate((table.header, *table.rows)):
            # A row is a fresh tuple each time it is composed: it is known by what it says.
            least = round(table.row_height * looks.UNIT) if number else 0
            key = (row, style, least, from_right)
            box = self._rows_made.get(key)
            if box is None:
                box = RowBox(
                    row, widths, style, header=number == 0, least=least, from_right=from_right
                )
                self.laid_out += 1
            self._rows_kept[key] = box
            yield box

    def _known(self, source: ListItem, mark: str, style: Typography) -> TextBox:
        """Return the box of an entry, which comes back as the very same while it says the same."""
        key = (id(source), mark, style)
        known = self._made.get(key)
        if known is None or known[0] is not source:
            known = (source, _made(source, mark, style))
            self.laid_out += 1
        self._kept[key] = known
        return known[1]

    def _by_words(self, source: _Words, style: Typography) -> TextBox:
        """Return the box of something that is composed afresh each time; there are few."""
        key = (source, style)
        box = self._words_made.get(key)
        if box is None:
            box = _made(source, "", style)
            self.laid_out += 1
        self._words_kept[key] = box
        return box


def paginated(boxes: Iterable[Box]) -> list[Page]:
    """Return the pages: headings with what follows them, rows cut at a line, headers repeated."""
    flow = _Flow()
    for box in boxes:
        flow.add(box)
    flow.end()
    return flow.pages


class _Flow:
    """Pages being filled."""

    def __init__(self) -> None:
        self.pages: list[Page] = [[]]
        self._y = 0.0
        self._after = 0
        self._waiting: list[Box] = []  # what stays with the next box
        self._header: RowBox | None = None

    def add(self, box: Box) -> None:
        """Put a box after the others; one that stays with the next waits for it."""
        if box.keep:
            self._waiting.append(box)
            return
        if isinstance(box, RowBox) and box.header:
            self._header = box
            self._waiting.append(box)
            return
        if not isinstance(box, RowBox):
            self._header = None
        if self._waiting:
            needed = sum(each.before + each.height + each.after for each in self._waiting)
            if self._y + self._after + needed + box.before + box.breaks[0] > looks.TEXT_HEIGHT:
                self._new_page()
            for each in self._waiting:
                self._put(each)
            self._waiting = []
        self._put(box)

    def end(self) -> None:
        """Put what still waits."""
        for each in self._waiting:
            self._put(each)

    def _put(self, box: Box) -> None:
        """Put a box, cut where pages end."""
        before = self.pages[-1][-1].box if self.pages[-1] else None
        left_table = isinstance(before, RowBox) and not isinstance(box, RowBox)
        gap = looks.AFTER_TABLE if left_table else 0
        self._y += max(box.before, self._after, gap) if before is not None else 0
        self._after = 0
        done = 0.0
        while True:
            room = looks.TEXT_HEIGHT - self._y
            end = self._reach(box, done, room)
            if end > done:
                self.pages[-1].append(Piece(box, self._y, (done, end)))
                self._y += end - done
                done = end
            if done >= box.height - 0.5:
                break
            self._new_page(repeat=box is not self._header)
        self._after = box.after

    def _reach(self, box: Box, done: float, room: float) -> float:
        """Return how far a box goes on in the room there is: all of it, else the last line end."""
        if box.height - done <= room:
            return box.height
        ends = [end for end in box.breaks if done < end <= done + room]
        if ends:
            return ends[-1]
        # What is taller than a page is cut at its end rather than never shown.
        return done + room if self._y <= self._top() else done

    def _top(self) -> float:
        return self._header.height if self._header is not None and self.pages[-1] else 0.0

    def _new_page(self, *, repeat: bool = False) -> None:
        self.pages.append([])
        self._y, self._after = 0.0, 0
        if repeat and self._header is not None and self._header not in self._waiting:
            header = self._header
            self.pages[-1].append(Piece(header, 0.0, (0.0, header.height)))
            self._y = header.height


def _made(source: _Words | ListItem, mark: str, style: Typography) -> TextBox:
    width = looks.TEXT_WIDTH
    if isinstance(source, Title):
        return TextBox(source.runs, looks.SUBTITLE if source.subtitle else looks.TITLE, width)
    if isinstance(source, Heading):
        level = min(source.level, len(looks.HEADINGS))
        return TextBox(source.runs, looks.HEADINGS[level - 1], width)
    if isinstance(source, Paragraph):
        look = looks.NORMAL._replace(
            left=looks.HALF_LEFT if source.half else 0, before=looks.APART if source.apart else 0
        )
        return TextBox(source.runs, look, width)
    counted = mark not in looks.list_look(style, in_cell=False, numbered=False).marks
    listed = looks.list_look(style, in_cell=False, numbered=counted)
    return TextBox(source.runs, listed.item(source.level), width, mark)


def _text_of(cell: Cell) -> str:
    return "".join(
        run.text
        for block in cell.blocks
        for part in ((block,) if isinstance(block, Paragraph) else block.items)
        for run in part.runs
    )


def _widths(shares: Sequence[float]) -> tuple[int, ...]:
    return tuple(round(share * looks.TEXT_WIDTH) for share in shares)
