"""Marks stay on the characters they were put on."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pan_desktop.domain.marks import (
    Look,
    Mark,
    Marks,
    after_replacing,
    clipped,
    decoded,
    encoded,
    joined,
    shifted,
    stretches,
)

TEXT = "Le 1er trimestre 2021 est retenu"
MARKS = (Mark(0, 2, Look.BOLD), Mark(4, 6, Look.SUPERSCRIPT), Mark(7, 21, Look.ITALIC))

marked = st.lists(
    st.builds(
        lambda start, length, look: Mark(start, start + length, look),
        st.integers(0, len(TEXT) - 1),
        st.integers(1, 9),
        st.sampled_from(Look),
    ),
    max_size=6,
).map(lambda found: clipped(found, 0, len(TEXT)))


def looks(marks: Marks, length: int = len(TEXT)) -> list[frozenset[Look]]:
    """Return the looks of each character."""
    return [frozenset(m.look for m in marks if m.start <= i < m.end) for i in range(length)]


def test_marks_are_written_and_read_back() -> None:
    assert encoded(MARKS) == "b0-2 s4-6 i7-21"
    assert decoded("b0-2 s4-6 i7-21") == MARKS
    assert decoded("b5-5 x1-2 ?") == ()


@given(marked)
def test_writing_changes_no_character(marks: Marks) -> None:
    assert decoded(encoded(marks)) == marks
    assert looks(joined(marks)) == looks(marks)


@given(marked, st.integers(0, len(TEXT)), st.integers(0, len(TEXT)))
def test_a_part_keeps_the_looks_of_its_characters(marks: Marks, a: int, b: int) -> None:
    start, end = sorted((a, b))
    part = clipped(marks, start, end)
    assert looks(part, end - start) == looks(marks)[start:end]
    assert looks(shifted(part, start))[start:end] == looks(marks)[start:end]


@given(marked, st.integers(0, len(TEXT)), st.integers(0, 9), st.integers(0, 9))
def test_what_stands_beside_a_change_keeps_its_looks(
    marks: Marks, start: int, removed: int, added: int
) -> None:
    removed = min(removed, len(TEXT) - start)
    after = after_replacing(marks, start, removed, added)
    found = looks(after, len(TEXT) - removed + added)
    assert found[:start] == looks(marks)[:start]
    assert found[start + added :] == looks(marks)[start + removed :]


def test_a_replaced_stretch_looks_as_it_did() -> None:
    whole = (Mark(7, 16, Look.BOLD),)
    assert after_replacing(whole, 7, 9, 4) == (Mark(7, 11, Look.BOLD),)
    assert after_replacing(whole, 7, 9, 0) == ()


@given(marked)
def test_stretches_are_the_text_cut_at_the_marks(marks: Marks) -> None:
    cut = stretches(TEXT, marks)
    assert "".join(part for part, _ in cut) == TEXT
    assert [look for part, found in cut for look in [found] * len(part)] == looks(marks)
