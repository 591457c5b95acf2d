from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pan_desktop.domain.outline import MAX_LEVEL, parents, positions, tamed
from tests.builders import thorough

any_levels = st.lists(st.integers(-2, 12), max_size=25)
good_levels = any_levels.map(tamed)


def test_the_parent_is_the_nearest_entry_before_on_a_lower_level() -> None:
    assert parents([0, 1, 2, 2, 1, 0, 1]) == (None, 0, 1, 1, 0, None, 5)
    assert parents([]) == ()


@thorough
@given(levels=good_levels)
def test_a_parent_is_one_level_up_and_nothing_as_high_lies_between(levels: tuple[int, ...]) -> None:
    for index, parent in enumerate(parents(levels)):
        if parent is None:
            assert levels[index] == 0
        else:
            assert parent < index
            assert levels[parent] == levels[index] - 1
            assert all(level >= levels[index] for level in levels[parent + 1 : index])


@thorough
@given(levels=good_levels)
def test_the_levels_can_be_told_from_the_parents(levels: tuple[int, ...]) -> None:
    depth: list[int] = []
    for parent in parents(levels):
        depth.append(0 if parent is None else depth[parent] + 1)
    assert tuple(depth) == levels


@pytest.mark.parametrize(
    ("levels", "wrong"),
    [([1], 0), ([0, 2], 1), ([0, 1, 0, 2], 3), ([-1], 0), ([*range(9), 9], 9)],
)
def test_a_skipped_level_is_refused_where_it_stands(levels: list[int], wrong: int) -> None:
    with pytest.raises(ValueError, match=rf"^{wrong}$") as caught:
        parents(levels)
    assert caught.value.args == (wrong,)


@thorough
@given(levels=any_levels)
def test_tamed_levels_skip_none_and_change_no_more_than_they_must(levels: list[int]) -> None:
    result = tamed(levels)
    assert len(result) == len(levels)
    parents(result)
    above = -1
    for wanted, got in zip(levels, result, strict=True):
        assert got == max(0, min(wanted, above + 1, MAX_LEVEL))
        above = got


def test_what_is_typed_too_deep_stays_on_the_deepest_level() -> None:
    assert tamed(range(12)) == (0, 1, 2, 3, 4, 5, 6, 7, 8, 8, 8, 8)


@thorough
@given(levels=good_levels)
def test_good_levels_are_left_alone(levels: tuple[int, ...]) -> None:
    assert tamed(levels) == levels


# Positions -------------------------------------------------------------------------------

rising = st.lists(st.integers(-50, 50), unique=True, max_size=20).map(
    lambda values: [value / 4 for value in sorted(values)]
)


def rises(values: tuple[float, ...]) -> bool:
    return all(a < b for a, b in pairwise(values))


@thorough
@given(known=st.lists(st.one_of(st.none(), st.integers(-9, 9).map(float)), max_size=20))
def test_positions_always_rise(known: list[float | None]) -> None:
    result = positions(known)
    assert len(result) == len(known)
    assert rises(result)


@thorough
@given(known=rising)
def test_what_is_in_order_keeps_its_positions(known: list[float]) -> None:
    assert positions(known) == tuple(known)


@thorough
@given(known=rising, data=st.data())
def test_inserting_one_row_keeps_all_other_positions(
    known: list[float], data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(known)))
    result = positions([*known[:place], None, *known[place:]])
    assert [*result[:place], *result[place + 1 :]] == known
    assert rises(result)


@thorough
@given(known=rising.filter(lambda values: len(values) > 1), data=st.data())
def test_moving_one_row_changes_that_row_only(known: list[float], data: st.DataObject) -> None:
    here = data.draw(st.integers(0, len(known) - 1))
    there = data.draw(st.integers(0, len(known) - 1))
    moved = [*known[:here], *known[here + 1 :]]
    moved.insert(there, known[here])
    result = positions(moved)
    assert rises(result)
    changed = sum(a != b for a, b in zip(result, moved, strict=True))
    assert changed == (here != there)


@thorough
@given(known=st.lists(st.integers(-9, 9).map(float), max_size=9))
def test_as_many_positions_are_kept_as_can_be(known: list[float]) -> None:
    longest = [0] * len(known)
    for i, value in enumerate(known):
        longest[i] = 1 + max((longest[j] for j in range(i) if known[j] < value), default=0)
    kept = sum(a == b for a, b in zip(positions(known), known, strict=True))
    assert kept >= max(longest, default=0)


def test_a_new_row_stands_halfway() -> None:
    assert positions([1.0, None, 2.0]) == (1.0, 1.5, 2.0)
    assert positions([1.0, None]) == (1.0, 2.0)
    assert positions([None, 1.0]) == (0.0, 1.0)
    assert positions([None, None]) == (1.0, 2.0)


def test_when_the_numbers_have_no_room_left_all_are_counted_afresh() -> None:
    low, high = 1.0, 1.0 + 2**-52
    assert positions([low, None, high]) == (1.0, 2.0, 3.0)


def test_a_thousand_rows_inserted_at_one_place_still_rise() -> None:
    known: tuple[float, ...] = (1.0, 2.0)
    for _ in range(1000):
        known = positions([known[0], None, *known[1:]])
    assert len(known) == 1002
    assert rises(known)
