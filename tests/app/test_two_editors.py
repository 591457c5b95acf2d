"""Two people on one outline, each saving what they see: nothing of the other's is undone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from pan_desktop.app.conclusions import OutlinePatch, PointEdit, save_outline, save_patch
from pan_desktop.app.joining import joined
from pan_desktop.domain.ids import new_id
from tests.app.test_conclusions import items
from tests.builders import filled_database, modest, office_in, thorough

if TYPE_CHECKING:
    from pathlib import Path

    from pan_desktop.app.office import Office

Outline = list[PointEdit]


def stored(office: Office, item_id: str) -> Outline:
    """Return an item's outline as an editor would load it."""
    found = office.run(lambda work: work.read.conclusions(item_id)).result
    return [PointEdit.of(point) for point in found]


def begun(*texts: str) -> Outline:
    """Return an outline of points on the first level."""
    return [PointEdit(text, 0, text) for text in texts]


def words(outline: Outline) -> list[str]:
    return [point.text for point in outline]


def test_what_the_other_added_stays() -> None:
    seen = begun("a", "b", "c")
    theirs = [seen[0], PointEdit("x", 0, "x"), *seen[1:]]
    mine = [*seen, PointEdit("y", 0, "y")]
    assert words(joined(mine, seen, theirs)) == ["a", "x", "b", "c", "y"]


def test_what_the_other_removed_does_not_come_back() -> None:
    seen = begun("a", "b", "c")
    mine = [replace(seen[0], text="A"), *seen[1:]]
    assert words(joined(mine, seen, [seen[0], seen[2]])) == ["A", "c"]


def test_what_the_other_changed_is_not_put_back() -> None:
    seen = begun("a", "b", "c")
    theirs = [seen[0], replace(seen[1], text="B"), seen[2]]
    mine = [*seen[:2], replace(seen[2], text="C")]
    assert words(joined(mine, seen, theirs)) == ["a", "B", "C"]


def test_where_the_other_moved_a_point_it_stays() -> None:
    seen = begun("a", "b", "c")
    theirs = [seen[2], seen[0], seen[1]]
    mine = [seen[0], replace(seen[1], text="B"), seen[2], PointEdit("y", 0, "y")]
    assert words(joined(mine, seen, theirs)) == ["c", "y", "a", "B"]


def test_words_typed_in_a_point_that_the_other_removed_are_kept_and_the_other_way_round() -> None:
    seen = begun("a", "b", "c")
    typed = [seen[0], replace(seen[1], text="B"), seen[2]]
    without = [seen[0], seen[2]]
    assert words(joined(typed, seen, without)) == ["a", "B", "c"]
    assert words(joined(without, seen, typed)) == ["a", "B", "c"]


@st.composite
def changed(draw: st.DrawFn, outline: Outline, sign: str) -> Outline:
    """Draw what one of two people does to an outline; what they type bears their ``sign``."""
    points = list(outline)
    for _ in range(draw(st.integers(0, 4))):
        place = draw(st.integers(0, max(0, len(points) - 1)))
        deed = draw(st.sampled_from(["insert", "remove", "retype", "indent", "move"]))
        if deed == "insert" or not points:
            points.insert(place, PointEdit(new_id(), draw(st.integers(0, 2)), f"neuf {sign}"))
        elif deed == "remove":
            del points[place]
        elif deed == "retype":
            points[place] = replace(points[place], text=f"{points[place].text} {sign}")
        elif deed == "indent":
            points[place] = replace(points[place], level=draw(st.integers(0, 2)))
        else:
            points.insert(draw(st.integers(0, len(points) - 1)), points.pop(place))
    return points


def check(seen: Outline, first: Outline, second: Outline, result: Outline) -> None:
    """See that the result holds what either did and nothing else."""
    was, end = ({p.id: p.text for p in side} for side in (seen, result))
    sides = [{p.id: p.text for p in side} for side in (first, second)]
    assert len({p.id for p in result}) == len(result)
    for point_id in {*was, *sides[0], *sides[1]}:
        texts = [side.get(point_id) for side in sides]
        fresh = [text for text in texts if text is not None and text != was.get(point_id)]
        if fresh:  # somebody's words: there, whatever the other did
            assert end[point_id] in fresh
        elif None in texts:
            assert point_id not in end
        else:
            assert end[point_id] == was[point_id]


@thorough
@given(data=st.data())
def test_two_outlines_joined_hold_what_either_did(data: st.DataObject) -> None:
    seen = data.draw(changed(begun("a", "b", "c", "d", "e"), "départ"))
    first = data.draw(changed(seen, "1"))
    second = data.draw(changed(seen, "2"))
    check(seen, first, second, joined(second, seen, first))
    assert words(joined(first, seen, seen)) == words(first)
    assert words(joined(seen, seen, first)) == words(first)


@modest
@given(data=st.data())
def test_whole_outlines_saved_by_two_lose_nothing(tmp_path: Path, data: st.DataObject) -> None:
    with office_in(tmp_path, filled_database()) as office:
        item_id, _ = items(office)
        for _ in range(2):
            seen = stored(office, item_id)
            sides = [data.draw(changed(seen, sign)) for sign in "12"]
            for side in sides:
                office.run(save_outline, item_id=item_id, points=side, seen=seen)
            check(seen, sides[0], sides[1], stored(office, item_id))


def test_a_patch_leaves_alone_what_others_did_to_its_points(filled: Office) -> None:
    item_id, _ = items(filled)
    first, second, third, *_ = seen = stored(filled, item_id)
    elsewhere = [replace(first, text="changé ailleurs"), *seen[1:]]
    filled.run(save_outline, item_id=item_id, points=[p for p in elsewhere if p != third])
    new = PointEdit(new_id(), 1, "neuf")
    patch = OutlinePatch(
        None,
        (first, replace(second, text="changé ici"), new, third),
        (None, first.id, first.id, first.id),
        seen[3].id,
        seen=(first, second, third),
    )
    filled.run(save_patch, item_id=item_id, patch=patch)
    assert words(stored(filled, item_id)) == [
        "changé ailleurs",
        "changé ici",
        "neuf",
        *words(seen[3:]),
    ]


def test_a_point_under_one_that_is_gone_finds_a_place(filled: Office) -> None:
    item_id, _ = items(filled)
    seen = stored(filled, item_id)
    under = PointEdit(new_id(), 1, "sous un point retiré")
    filled.run(save_outline, item_id=item_id, points=seen[3:])
    patch = OutlinePatch(seen[2].id, (under,), (seen[0].id,), seen[3].id)
    filled.run(save_patch, item_id=item_id, patch=patch)
    assert words(stored(filled, item_id)) == ["sous un point retiré", *words(seen[3:])]


def test_a_point_whose_words_were_changed_elsewhere_is_not_removed(filled: Office) -> None:
    item_id, _ = items(filled)
    seen = stored(filled, item_id)
    filled.run(lambda work: work.update("conclusion", seen[1].id, text="changé ailleurs"))
    patch = OutlinePatch(
        seen[0].id, (), (), seen[3].id, (seen[1].id, seen[2].id), seen=tuple(seen[1:3])
    )
    filled.run(save_patch, item_id=item_id, patch=patch)
    assert words(stored(filled, item_id)) == [seen[0].text, "changé ailleurs", *words(seen[3:])]
