"""Entries are counted as Word counts them."""

from __future__ import annotations

import pytest
from hypothesis import given

from pan_desktop.documents.docx.meant import meant_stream
from pan_desktop.documents.docx.stream import ParagraphMark
from pan_desktop.documents.model import ItemList, ListItem, Run
from pan_desktop.documents.numbering import counted, in_figures, number_mark
from tests.builders import thorough
from tests.documents.docx.papers import LISTS, document


@given(LISTS)
@thorough
def test_numbers_are_those_of_the_word_file(block: ItemList) -> None:
    stream = meant_stream(document(block).blocks)
    marks = [token.number for token in stream if isinstance(token, ParagraphMark)]
    assert [number for _, number in counted(block)] == marks


def test_counting_begins_again_under_another_parent_and_after_a_bullet() -> None:
    levels = [(0, True), (1, True), (1, True), (0, True), (1, True), (1, False), (1, True)]
    block = ItemList(tuple(ListItem(level, (Run("x"),), numbered) for level, numbered in levels))
    assert [number for _, number in counted(block)] == [1, 1, 2, 2, 1, None, 1]


@pytest.mark.parametrize(
    ("level", "number", "mark"),
    [(0, 12, "12."), (1, 2, "b)"), (1, 28, "bb)"), (2, 4, "iv."), (2, 149, "cxlix."), (3, 1, "1.")],
)
def test_each_level_writes_numbers_its_own_way(level: int, number: int, mark: str) -> None:
    assert number_mark(level, number) == mark
    assert in_figures(number, level % 3) in mark
