"""Points: whatever the editor does, the store holds what the editor shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pan_desktop.app import meetings
from pan_desktop.app.changes import Kind
from pan_desktop.app.conclusions import (
    OutlinePatch,
    PointEdit,
    add_points,
    save_outline,
    save_patch,
    save_point,
)
from pan_desktop.domain.errors import InputError, NotFoundError
from pan_desktop.domain.ids import new_id
from pan_desktop.domain.model import ConclusionKind
from pan_desktop.domain.outline import tamed
from tests.builders import dump, filled_database, modest, office_in

if TYPE_CHECKING:
    from pathlib import Path

    from pan_desktop.app.office import Office

Held = list[tuple[str, int, str]]


@pytest.fixture
def item_id(filled: Office) -> str:
    return items(filled)[0]


def items(office: Office) -> list[str]:
    """Return the items of points of the oldest meeting, the one with the deepest outline first."""
    meeting_id = office.run(meetings.list_meetings).result[-1].id
    agenda = office.run(meetings.view_meeting, meeting_id=meeting_id).result.record.agenda
    return [agenda[2].id, agenda[1].id]


def held(office: Office, item_id: str) -> Held:
    found = office.run(lambda work: work.read.conclusions(item_id)).result
    return [(c.id, c.level, c.text) for c in found]


def save(office: Office, item_id: str, points: Held) -> None:
    edits = [PointEdit(*point) for point in points]
    office.run(save_outline, item_id=item_id, points=edits)


def written(office: Office, item_id: str, points: Held) -> set[str]:
    """Save an outline and return the rows that were written, made or removed for it."""
    before = {row["id"]: row for row in dump(office.database)["conclusion"]}
    save(office, item_id, points)
    after = {row["id"]: row for row in dump(office.database)["conclusion"]}
    return {i for i in before.keys() | after.keys() if before.get(i) != after.get(i)}


@st.composite
def _edits(draw: st.DrawFn, points: Held) -> Held:
    """Draw what an editor may do to an outline: insert, remove, retype, indent, move."""
    points = list(points)
    for _ in range(draw(st.integers(1, 5))):
        place = draw(st.integers(0, max(0, len(points) - 1)))
        deed = draw(st.sampled_from(["insert", "remove", "retype", "indent", "move", "shuffle"]))
        if deed == "insert" or not points:
            text = draw(st.sampled_from(["", "neuf", "a\nb", "مرحبا 🙂", "<b>&"]))
            points.insert(place, (new_id(), draw(st.integers(0, 4)), text))
        elif deed == "remove":
            del points[place]
        elif deed == "retype":
            identity, level, text = points[place]
            points[place] = (identity, level, text + "!")
        elif deed == "indent":
            identity, level, text = points[place]
            points[place] = (identity, draw(st.integers(-1, 10)), text)
        elif deed == "move":
            points.insert(draw(st.integers(0, len(points) - 1)), points.pop(place))
        else:
            points = draw(st.permutations(points))
    return points


@modest
@given(data=st.data())
def test_any_sequence_of_edits_is_stored_as_shown(tmp_path: Path, data: st.DataObject) -> None:
    with office_in(tmp_path, filled_database()) as office:
        item_id, other = items(office)
        elsewhere = held(office, other)
        for _ in range(4):
            points = data.draw(_edits(held(office, item_id)))
            save(office, item_id, points)
            levels = tamed([level for _, level, _ in points])
            assert held(office, item_id) == [
                (identity, level, text)
                for (identity, _, text), level in zip(points, levels, strict=True)
            ]
        assert held(office, other) == elsewhere


def test_saving_what_is_stored_writes_nothing(filled: Office, item_id: str) -> None:
    assert written(filled, item_id, held(filled, item_id)) == set()


@pytest.mark.parametrize("place", range(9))
def test_inserting_one_point_writes_one_row(filled: Office, item_id: str, place: int) -> None:
    points = held(filled, item_id)
    assert len(points) == 8
    level = points[place][1] if place < 8 else 0
    new = (new_id(), level, "inséré")
    # Before a sibling the new point takes no children; the rows beside it stay as they are.
    assert written(filled, item_id, [*points[:place], new, *points[place:]]) == {new[0]}


def test_typing_in_one_point_writes_one_row(filled: Office, item_id: str) -> None:
    points = held(filled, item_id)
    identity, level, text = points[1]
    points[1] = (identity, level, text + " (suite)")
    assert written(filled, item_id, points) == {identity}


def test_removing_a_parent_keeps_its_children_under_the_one_before(
    filled: Office, item_id: str
) -> None:
    points = held(filled, item_id)
    assert [level for _, level, _ in points] == [0, 1, 1, 0, 1, 1, 2, 2]
    gone = points[3]
    changed = written(filled, item_id, [p for p in points if p != gone])
    assert changed == {gone[0], points[4][0], points[5][0]}
    assert [level for _, level, _ in held(filled, item_id)] == [0, 1, 1, 1, 1, 2, 2]


def test_everything_can_go_and_come_back(filled: Office, item_id: str) -> None:
    points = held(filled, item_id)
    save(filled, item_id, [])
    assert held(filled, item_id) == []
    save(filled, item_id, points)
    assert held(filled, item_id) == points


def test_one_point_is_saved_alone(filled: Office, item_id: str) -> None:
    identity, level, _ = held(filled, item_id)[2]
    point = PointEdit(identity, level, "  tapé ", "b2-6", kind=ConclusionKind.ACTION)
    outcome = filled.run(save_point, point=point)
    assert outcome.changes.kinds == {Kind.CONCLUSIONS}
    assert held(filled, item_id)[2] == (identity, level, "  tapé ")
    stored = filled.run(lambda work: work.read.conclusions(item_id)).result[2]
    assert PointEdit.of(stored) == point
    with pytest.raises(NotFoundError):
        filled.run(save_point, point=PointEdit("nobody", 0, "x"))


def test_typing_leaves_the_owner_and_the_deadline_alone(filled: Office, item_id: str) -> None:
    identity, level, _ = held(filled, item_id)[2]
    filled.run(lambda work: work.update("conclusion", identity, owner="Mme Salma AZROUNI"))
    filled.run(save_point, point=PointEdit(identity, level, "tapé"))
    patch = OutlinePatch(None, (PointEdit(identity, 0, "déplacé"),), (None,), None)
    filled.run(save_patch, item_id=item_id, patch=patch)
    stored = filled.run(lambda work: work.read.conclusions(item_id)).result
    assert next(p for p in stored if p.id == identity).follow_up.owner == "Mme Salma AZROUNI"


def test_points_put_again_and_again_at_one_place_find_room(filled: Office, item_id: str) -> None:
    first, second = (point[0] for point in held(filled, item_id)[:2])
    below = second
    for number in range(80):  # halving the room between two numbers ends after some fifty times
        new = f"n{number}"
        patch = OutlinePatch(first, (PointEdit(new, 1, new),), (first,), below)
        filled.run(save_patch, item_id=item_id, patch=patch)
        below = new
    order = [identity for identity, _, _ in held(filled, item_id)]
    assert order[:82] == [first, *(f"n{n}" for n in reversed(range(80))), second]


def test_points_are_added_as_levels_and_texts(filled: Office, item_id: str) -> None:
    save(filled, item_id, [])
    filled.run(add_points, item_id=item_id, points=[(0, "a"), (1, "b"), (0, "c")])
    assert [(level, text) for _, level, text in held(filled, item_id)] == [
        (0, "a"),
        (1, "b"),
        (0, "c"),
    ]


@pytest.mark.parametrize("levels", [[1], [0, 2], [0, -1], list(range(10))])
def test_added_points_that_skip_a_level_are_refused(
    filled: Office, item_id: str, levels: list[int]
) -> None:
    save(filled, item_id, [])
    points = [(level, f"point {place}") for place, level in enumerate(levels)]
    with pytest.raises(InputError, match=f"« point {len(levels) - 1} »"):
        filled.run(add_points, item_id=item_id, points=points)
    assert held(filled, item_id) == []
