"""What two have written on two copies of an office: both is there in the end, each once."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Any

import pytest

from pan_desktop.app import meetings
from pan_desktop.domain.disagreements import DisagreementKind
from pan_desktop.domain.ids import new_id
from pan_desktop.domain.model import Presence
from pan_desktop.store.changes import RowChange
from pan_desktop.store.merging.entries import Entry, read
from pan_desktop.store.merging.merge import Known, Merged, merge
from tests.builders import content, dump, filled_database, office_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pan_desktop.app.office import Office
    from pan_desktop.store.unit_of_work import UnitOfWork

NOW = datetime(2026, 10, 14, 14, 52, tzinfo=UTC)


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Office]:
    """Give the office into which is merged."""
    with office_in(tmp_path, filled_database()) as opened:
        yield opened


@pytest.fixture
def there(tmp_path: Path) -> Iterator[Office]:
    """Give a copy of it, on which somebody else works."""
    with office_in(tmp_path, filled_database()) as opened:
        yield opened


def written(office: Office, do: Callable[[UnitOfWork], object], origin: str = "b") -> Entry:
    """Do something in an office and return it as an entry, as it goes to others."""

    def use_case(work: UnitOfWork) -> tuple[Any, ...]:
        do(work)
        return tuple(work.changes)

    changes = office.run(use_case).result
    return Entry.read(Entry(new_id(), NOW, "Mme Salma AZROUNI", changes, origin).written())


def merged(
    office: Office, entry: Entry, history: Callable[[str, str, str], Known] | None = None
) -> Merged:
    def use_case(work: UnitOfWork) -> Merged:
        more: dict[str, Any] = {} if history is None else {"history": history}
        return merge(work._connection, entry, now=NOW, **more)

    return office.run(use_case).result


def disagreements(office: Office) -> list[dict[str, Any]]:
    return dump(office.database)["disagreement"]


def point(office: Office) -> dict[str, Any]:
    """Return a point with others under it."""
    points = dump(office.database)["conclusion"]
    return next(p for p in points if any(c["parent_id"] == p["id"] for c in points))


def row(office: Office, table: str, row_id: str) -> dict[str, Any] | None:
    found = (row for row in dump(office.database)[table] if row["id"] == row_id)
    return next(found, None)


def text(office: Office, row_id: str) -> str:
    found = row(office, "conclusion", row_id)
    assert found is not None
    return str(found["text"])


def typed(row_id: str, words: str) -> Callable[[UnitOfWork], object]:
    return lambda work: work.update("conclusion", row_id, text=words)


# What does not meet -----------------------------------------------------------------------


def test_what_nobody_else_touched_comes_out_the_same(here: Office, there: Office) -> None:
    kept, meeting, person = point(there), _meeting(there), _stranger(there)

    def work_on(work: UnitOfWork) -> None:
        work.update("conclusion", kept["id"], text="Dit là-bas.", kind="decision")
        meetings.set_presence(
            work, meeting_id=meeting, person_ids=[person], presence=Presence.EXCUSED
        )
        new = work.insert("institution", name="Archives")
        work.update("institution", new, name="Archives du registre")

    entry = written(there, work_on)
    result = merged(here, entry)
    assert content(dump(here.database)) | {"taken_entry": []} == content(dump(there.database))
    assert result.disagreements == ()
    assert {change.table for change in result.changes} >= {"conclusion", "institution"}


def test_an_entry_is_merged_once(here: Office, there: Office) -> None:
    entry = written(
        there, lambda work: work.insert("usual_sentence", short_name="a", text="A", position=9.0)
    )
    assert not merged(here, entry).taken
    before = dump(here.database)
    again = merged(here, entry)
    assert again == Merged(taken=True)
    assert dump(here.database) == before


def test_two_columns_of_one_row_are_both_changed(here: Office, there: Office) -> None:
    kept = point(here)["id"]
    here.run(lambda work: work.update("conclusion", kept, kind="decision"))
    result = merged(here, written(there, typed(kept, "Dit là-bas.")))
    found = row(here, "conclusion", kept)
    assert found is not None
    assert (found["text"], found["kind"]) == ("Dit là-bas.", "decision")
    assert result.disagreements == ()


def test_the_same_change_by_both_is_one(here: Office, there: Office) -> None:
    kept = point(here)["id"]
    here.run(typed(kept, "Dit."))
    assert merged(here, written(there, typed(kept, "Dit."))).disagreements == ()
    assert text(here, kept) == "Dit."


def test_two_who_tick_one_person_make_one_row(here: Office, there: Office) -> None:
    meeting, person = _meeting(here), _stranger(here)

    def ticked(presence: Presence) -> Callable[[UnitOfWork], object]:
        return lambda work: meetings.set_presence(
            work, meeting_id=meeting, person_ids=[person], presence=presence
        )

    here.run(ticked(Presence.PRESENT))
    first = written(there, ticked(Presence.PRESENT))
    other = written(there, ticked(Presence.EXCUSED))
    assert merged(here, first).disagreements == ()
    assert [r["presence"] for r in _present(here, person)] == ["present"]
    # One goes on to say excused, having seen the same: nobody disagrees.
    assert merged(here, other).disagreements == ()
    assert [r["presence"] for r in _present(here, person)] == ["excused"]


def test_two_who_tick_one_person_differently_disagree(here: Office, there: Office) -> None:
    meeting, person = _meeting(here), _stranger(here)

    def ticked(presence: Presence) -> Callable[[UnitOfWork], object]:
        return lambda work: meetings.set_presence(
            work, meeting_id=meeting, person_ids=[person], presence=presence
        )

    here.run(ticked(Presence.PRESENT))
    merged(here, written(there, ticked(Presence.EXCUSED)))
    assert [r["presence"] for r in _present(here, person)] == ["present"]
    (held,) = disagreements(here)
    (offered,) = read(held["offered"])
    assert offered.after is not None
    assert offered.after["presence"] == "excused"


def _present(office: Office, person: str) -> list[dict[str, Any]]:
    return [
        r
        for r in dump(office.database)["attendance"]
        if (r["person_id"], r["meeting_id"]) == (person, _meeting(office))
    ]


def _meeting(office: Office) -> str:
    return next(r["id"] for r in dump(office.database)["meeting"] if r["state"] == "draft")


def _stranger(office: Office) -> str:
    found = dump(office.database)
    there = {r["person_id"] for r in found["attendance"] if r["meeting_id"] == _meeting(office)}
    return next(str(r["id"]) for r in found["person"] if r["id"] not in there)


# The same words by both -------------------------------------------------------------------


def test_of_one_text_changed_by_both_both_are_kept(here: Office, there: Office) -> None:
    kept = point(here)
    here.run(typed(kept["id"], "Dit ici."))
    result = merged(here, written(there, typed(kept["id"], "Dit là-bas.")))
    assert text(here, kept["id"]) == "Dit ici."
    (held,) = disagreements(here)
    assert result.disagreements == (held["id"],)
    (offered,) = read(held["offered"])
    assert offered.before is not None
    assert offered.after is not None
    assert offered.before["text"] == kept["text"]
    assert offered.after["text"] == "Dit là-bas."
    assert (held["kind"], held["author"], held["origin"]) == ("text", "Mme Salma AZROUNI", "b")
    assert held["meeting_id"] in {r["id"] for r in dump(here.database)["meeting"]}


def test_words_and_their_marks_stand_or_fall_together(here: Office, there: Office) -> None:
    kept = point(here)["id"]
    here.run(lambda work: work.update("conclusion", kept, marks="b0-3"))
    merged(here, written(there, typed(kept, "Dit là-bas.")))
    found = row(here, "conclusion", kept)
    assert found is not None
    assert (found["text"] != "Dit là-bas.", found["marks"]) == (True, "b0-3")
    assert len(disagreements(here)) == 1


def test_who_goes_on_typing_goes_on_in_the_text_that_is_offered(
    here: Office, there: Office
) -> None:
    kept = point(here)["id"]
    here.run(typed(kept, "Dit ici."))
    merged(here, written(there, typed(kept, "Dit là")))
    result = merged(here, written(there, typed(kept, "Dit là-bas.")))
    (held,) = disagreements(here)
    assert read(held["offered"])[0].after == {"id": kept, "text": "Dit là-bas.", "marks": ""}
    assert result.disagreements == ()
    # Other copies learn of it only by what is told here.
    (told,) = (change for change in result.changes if change.table == "disagreement")
    assert told.before is not None
    assert told.after is not None
    assert [read(side["offered"])[0].after["text"] for side in (told.before, told.after)] == [  # type: ignore[index]
        "Dit là",
        "Dit là-bas.",
    ]
    assert text(here, kept) == "Dit ici."
    # Who comes to say the same has nothing to choose any more.
    merged(here, written(there, typed(kept, "Dit ici.")))
    assert disagreements(here) == []


def test_who_comes_back_to_what_she_had_seen_offers_nothing(here: Office, there: Office) -> None:
    kept = point(there)
    here.run(typed(kept["id"], "Dit ici."))
    merged(here, written(there, typed(kept["id"], "Dit là-bas.")))
    assert len(disagreements(here)) == 1
    merged(here, written(there, typed(kept["id"], kept["text"])))
    assert disagreements(here) == []
    assert text(here, kept["id"]) == "Dit ici."


def test_a_choice_taken_back_leaves_what_is_offered_now(here: Office, there: Office) -> None:
    kept = point(here)["id"]
    here.run(typed(kept, "Dit ici."))
    merged(here, written(there, typed(kept, "Dit là")))
    (held,) = disagreements(here)
    merged(here, written(there, typed(kept, "Dit là-bas.")))
    back = Entry(new_id(), NOW, "M. Driss", (RowChange("disagreement", None, held),), "c")
    merged(here, Entry.read(back.written()))
    (now,) = disagreements(here)
    assert read(now["offered"])[0].after["text"] == "Dit là-bas."  # type: ignore[index]


def test_two_texts_that_one_entry_writes_over_another_are_both_offered(
    here: Office, there: Office
) -> None:
    kept = point(here)["id"]
    here.run(typed(kept, "Dit ici."))
    entry = written(there, typed(kept, "Dit là-bas."))
    (change,) = entry.changes
    assert change.before is not None
    assert change.after is not None
    again = RowChange("conclusion", change.before, {**change.after, "text": "Dit encore."})
    merged(here, entry._replace(changes=(change, again)))
    texts = {str(read(row["offered"])[0].after) for row in disagreements(here)}
    assert len(texts) == 2
    assert any("Dit là-bas." in text for text in texts)
    assert any("Dit encore." in text for text in texts)


def test_a_third_text_is_offered_beside(here: Office, there: Office) -> None:
    kept = point(here)["id"]
    first = written(there, typed(kept, "Dit là-bas."))
    second = written(there, lambda work: work.update("conclusion", kept, text="Et ici."), "c")
    here.run(typed(kept, "Dit ici."))
    merged(here, first)
    merged(here, second)
    assert {held["origin"] for held in disagreements(here)} == {"b", "c"}


def test_where_a_point_stands_is_what_the_last_one_said(here: Office, there: Office) -> None:
    kept = point(here)["id"]
    here.run(lambda work: work.update("conclusion", kept, position=70.0))
    merged(here, written(there, lambda work: work.update("conclusion", kept, position=80.0)))
    found = row(here, "conclusion", kept)
    assert found is not None
    assert found["position"] == 80.0
    assert disagreements(here) == []


# Removing ---------------------------------------------------------------------------------


def test_what_was_written_into_a_removed_point_is_kept(here: Office, there: Office) -> None:
    kept = point(here)["id"]
    removed = row(here, "conclusion", kept)
    here.run(lambda work: work.delete("conclusion", kept))
    merged(here, written(there, typed(kept, "Dit là")), lambda *_: Known("M. X", NOW, removed))
    merged(here, written(there, typed(kept, "Dit là-bas.")))
    (held,) = disagreements(here)
    assert held["kind"] == DisagreementKind.GONE
    assert held["kept_author"] == "M. X"
    (offered,) = read(held["offered"])
    assert offered.after is not None
    assert offered.after["text"] == "Dit là-bas."
    assert removed is not None
    assert offered.after["agenda_item_id"] == removed["agenda_item_id"]
    # Its own author removes it: nobody needs it.
    merged(here, written(there, lambda work: work.delete("conclusion", kept)))
    assert disagreements(here) == []


def test_what_is_written_later_into_other_columns_of_a_removed_point_is_kept_with_it(
    here: Office, there: Office
) -> None:
    gone = point(there)["id"]
    said = text(there, gone)
    here.run(lambda work: work.delete("conclusion", gone))
    merged(here, written(there, lambda work: work.update("conclusion", gone, kind="decision")))
    merged(here, written(there, typed(gone, "Dit là-bas.")))
    (kept,) = disagreements(here)
    (offered,) = read(kept["offered"])
    assert offered.before is not None
    assert offered.after is not None
    assert (offered.after["kind"], offered.after["text"]) == ("decision", "Dit là-bas.")
    assert offered.before["text"] == said


def test_what_a_column_said_before_may_be_known_nowhere(here: Office, there: Office) -> None:
    gone = point(there)["id"]
    here.run(lambda work: work.delete("conclusion", gone))
    entry = written(there, typed(gone, "Dit là-bas."))
    (change,) = entry.changes
    unknown = RowChange("conclusion", {"id": gone}, change.after)
    merged(here, entry._replace(changes=(unknown,)))
    (kept,) = disagreements(here)
    (offered,) = read(kept["offered"])
    assert offered.after is not None
    assert offered.after["text"] == "Dit là-bas."


def test_a_point_that_another_changed_is_not_removed(here: Office, there: Office) -> None:
    kept = point(here)["id"]
    here.run(typed(kept, "Dit ici."))
    merged(here, written(there, lambda work: work.delete("conclusion", kept)))
    assert text(here, kept) == "Dit ici."
    (held,) = disagreements(here)
    assert (held["kind"], held["row_id"]) == (DisagreementKind.REMOVED, kept)


def test_who_removes_again_what_another_changed_again_is_offered_that(
    here: Office, there: Office
) -> None:
    kept = point(there)
    here.run(typed(kept["id"], "Dit ici."))
    first = written(there, lambda work: work.delete("conclusion", kept["id"]))
    merged(here, first)
    (held,) = disagreements(here)
    # Who removes it has chosen, so that what was open about it goes with it.
    closed = RowChange("disagreement", held, None)
    again = first._replace(id=new_id(), changes=(closed, *first.changes))
    here.run(typed(kept["id"], "Dit encore ici."))
    result = merged(here, Entry.read(again.written()))
    assert text(here, kept["id"]) == "Dit encore ici."
    assert [row["id"] for row in disagreements(here)] == list(result.disagreements)


def test_a_point_put_under_a_removed_one_hangs_where_that_hung(here: Office, there: Office) -> None:
    kept = point(here)
    new = new_id()
    here.run(
        lambda work: work.insert(
            "conclusion",
            id=new,
            agenda_item_id=kept["agenda_item_id"],
            parent_id=kept["id"],
            position=99.0,
            text="Ajouté ici.",
        )
    )
    merged(here, written(there, lambda work: work.delete("conclusion", kept["id"])))
    found = row(here, "conclusion", new)
    assert found is not None
    assert found["parent_id"] == kept["parent_id"]
    assert row(here, "conclusion", kept["id"]) is None
    assert disagreements(here) == []


def test_a_point_whose_parent_was_removed_comes_to_the_top(here: Office, there: Office) -> None:
    kept = point(here)
    new = new_id()
    here.run(lambda work: work.delete("conclusion", kept["id"]))
    entry = written(
        there,
        lambda work: work.insert(
            "conclusion",
            id=new,
            agenda_item_id=kept["agenda_item_id"],
            parent_id=kept["id"],
            position=99.0,
            text="Ajouté là-bas.",
        ),
    )
    result = merged(here, entry)
    found = row(here, "conclusion", new)
    assert found is not None
    assert found["parent_id"] is None
    assert result.disagreements == ()


def test_two_points_put_under_each_other_do_not_vanish(here: Office, there: Office) -> None:
    points = [r for r in dump(here.database)["conclusion"] if r["parent_id"] is None]
    first = points[0]
    second = next(
        p
        for p in points
        if p["agenda_item_id"] == first["agenda_item_id"] and p["id"] != first["id"]
    )
    a, b = first["id"], second["id"]
    here.run(lambda work: work.update("conclusion", a, parent_id=b))
    merged(here, written(there, lambda work: work.update("conclusion", b, parent_id=a)))
    above = {p["id"]: p["parent_id"] for p in dump(here.database)["conclusion"]}
    assert (above[a], above[b]) == (b, None)


def test_a_meeting_in_which_another_wrote_is_not_removed_in_part(
    here: Office, there: Office
) -> None:
    meeting, kept = _meeting(here), point(here)
    item = row(here, "agenda_item", kept["agenda_item_id"])
    assert item is not None
    meeting = item["meeting_id"]
    here.run(typed(kept["id"], "Dit ici."))
    before = content(dump(here.database))
    merged(here, written(there, lambda work: work.delete("meeting", meeting)))
    after = content(dump(here.database))
    (held,) = after.pop("disagreement")
    assert (held["kind"], held["of_table"], held["row_id"]) == ("removed", "meeting", meeting)
    for ours in ("disagreement", "taken_entry"):
        before.pop(ours)
        after.pop(ours, None)
    assert after == before


def test_a_meeting_that_nobody_else_touched_is_removed(here: Office, there: Office) -> None:
    meeting = _meeting(here)
    merged(here, written(there, lambda work: work.delete("meeting", meeting)))
    found, other = content(dump(here.database)), content(dump(there.database))
    assert found | {"taken_entry": []} == other


# What cannot stand ------------------------------------------------------------------------


def test_what_falls_under_a_removed_item_is_kept_whole(here: Office, there: Office) -> None:
    kept = point(here)
    item = kept["agenda_item_id"]
    here.run(lambda work: work.delete("agenda_item", item))
    new = new_id()

    def add(work: UnitOfWork) -> None:
        work.insert("conclusion", id=new, agenda_item_id=item, position=99.0, text="Dit là")
        work.insert("institution", name="Archives")

    merged(here, written(there, add))
    (held,) = disagreements(here)
    assert (held["kind"], held["reason"] != "") == (DisagreementKind.REFUSED, True)
    merged(here, written(there, typed(new, "Dit là-bas.")))
    (held,) = disagreements(here)
    (offered,) = read(held["offered"])
    assert offered.after is not None
    assert offered.after["text"] == "Dit là-bas."
    # The rest of the entry stands.
    assert "Archives" in {r["name"] for r in dump(here.database)["institution"]}


def test_two_numbers_taken_by_two_are_told_apart(here: Office, there: Office) -> None:
    first, second = dump(here.database)["commitment"][:2]
    here.run(lambda work: work.update("commitment", first["id"], number=77))
    merged(here, written(there, lambda work: work.update("commitment", second["id"], number=77)))
    found = row(here, "commitment", second["id"])
    assert found is not None
    assert found["number"] == second["number"]
    (held,) = disagreements(here)
    assert held["kind"] == DisagreementKind.REFUSED


def test_what_comes_late_for_an_issued_releve_is_kept_beside_it(
    here: Office, there: Office
) -> None:
    kept = point(here)
    item = row(here, "agenda_item", kept["agenda_item_id"])
    assert item is not None
    entry = written(there, typed(kept["id"], "Dit là-bas."))
    here.run(lambda work: work.update("meeting", item["meeting_id"], state="issued"))
    merged(here, entry)
    assert text(here, kept["id"]) == kept["text"]
    (held,) = disagreements(here)
    assert (held["kind"], "diffusé" in held["reason"]) == (DisagreementKind.REFUSED, True)
    removal = written(there, lambda work: work.delete("meeting", item["meeting_id"]))
    merged(here, removal)
    assert row(here, "meeting", item["meeting_id"]) is not None
    assert len(disagreements(here)) == 2


def test_rows_that_belong_to_a_refused_one_are_kept_with_it(here: Office, there: Office) -> None:
    body, plan = dump(here.database)["body"][0]["id"], dump(here.database)["plan"][0]["id"]

    def add(work: UnitOfWork) -> None:
        held = work.insert(
            "meeting", body_id=body, plan_id="gone", day=NOW.date(), at=time(9), zone="UTC"
        )
        item = work.insert("agenda_item", meeting_id=held, position=1.0, title="Divers")
        work.insert("conclusion", agenda_item_id=item, position=1.0, text="Dit là-bas.")

    # As when the plan was removed here: its meeting cannot come in.
    there.run(
        lambda work: work.insert("plan", id="gone", label="9", starts=NOW.date(), ends=NOW.date())
    )
    merged(here, written(there, add))
    (held,) = disagreements(here)
    assert [change.table for change in read(held["offered"])] == [
        "meeting",
        "agenda_item",
        "conclusion",
    ]
    assert plan


# The words of a change that started from something else -------------------------------------


def test_a_change_tells_what_its_author_saw(there: Office) -> None:
    kept = point(there)["id"]
    there.run(typed(kept, "Autre chose."))

    def use_case(work: UnitOfWork) -> None:
        values: dict[str, Any] = {"text": "Dit là-bas.", "kind": "decision", "marks": ""}
        work.update("conclusion", kept, seen={"text": "Vu.", "kind": "decision"}, **values)
        (change,), (done,) = work.changes, work.applied
        assert change.before is not None
        assert done.before is not None
        assert change.after is not None
        assert (change.before["text"], done.before["text"]) == ("Vu.", "Autre chose.")
        assert change.after["text"] == "Dit là-bas."

    before = row(there, "conclusion", kept)
    there.run(use_case)
    after = row(there, "conclusion", kept)
    assert before is not None
    assert after is not None
    # It did not change the kind: what another made of it stays.
    assert (after["text"], after["kind"]) == ("Dit là-bas.", before["kind"])
