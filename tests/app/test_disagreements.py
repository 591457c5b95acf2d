"""Of what two have written one is chosen, for everyone; until then neither is lost."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any

import pytest

from pan_desktop.app import disagreements, document_templates, meetings
from pan_desktop.app.disagreements import Choice, Disagreement
from pan_desktop.app.history import redo, undo
from pan_desktop.app.meetings import MeetingEdit
from pan_desktop.documents.docx.template import TemplateFile
from pan_desktop.domain.disagreements import DisagreementKind
from pan_desktop.domain.errors import ConflictError, InputError, NotFoundError
from tests.postgres import server
from tests.shared import Client, SharedOffice, filled

if TYPE_CHECKING:
    from pan_desktop.store.unit_of_work import UnitOfWork

__all__ = ["filled", "server"]

HERS, HIS = "Dit par Salma.", "Dit par Driss."


class Table:
    """Two at one point of one meeting, who have both just written in it."""

    def __init__(self, shared: SharedOffice) -> None:
        self.shared = shared
        self.salma, self.driss = shared.client("Salma"), shared.client("Driss")
        rows = self.salma.rows()["conclusion"]
        above = {row["parent_id"] for row in rows.values()}
        self.point = next(key for key in rows if key not in above)

    def settle(self) -> None:
        self.shared.settle(self.salma, self.driss, self.salma)

    def both_write(self) -> None:
        self.write(self.salma, HERS)
        self.salma.step()
        self.write(self.driss, HIS)
        self.settle()

    def write(self, client: Client, words: str) -> None:
        client.run(lambda work: work.update("conclusion", self.point, text=words))

    def open(self, client: Client) -> Disagreement:
        (found,) = client.run(disagreements.open_disagreements)
        return found

    def row(self, client: Client) -> dict[str, Any]:
        found: dict[str, Any] | None = client.run(
            lambda work: work.read.row("conclusion", self.point)
        )
        return found or {}

    def shown(self, client: Client) -> str | None:
        """Return what the point says to somebody."""
        return self.row(client).get("text")

    def texts(self) -> set[str | None]:
        """Return what the point says to each, and on the server."""
        self.settle()
        found = self.shared.agree(self.salma, self.driss)
        said: set[str | None] = set()
        for client in (self.salma, self.driss):
            row = client.run(lambda work: work.read.row("conclusion", self.point))
            said.add(None if row is None else row["text"])
        row = found["conclusion"].get(self.point)
        said.add(None if row is None else row["text"])
        return said


@pytest.fixture
def table(filled: SharedOffice) -> Table:
    return Table(filled)


def test_both_texts_are_told_to_both(table: Table) -> None:
    table.both_write()
    hers, his = table.open(table.salma), table.open(table.driss)
    assert (hers.kept.text, hers.offered.text) == (HERS, HIS)
    assert (his.kept.text, his.offered.text) == (HERS, HIS)
    assert (hers.kept.author, hers.offered.author) == ("Salma", "Driss")
    assert hers.kept.at is not None
    assert (hers.mine, his.mine) == (False, True)
    assert (hers.kept.yours, hers.offered.yours) == (True, False)
    assert (his.kept.yours, his.offered.yours) == (False, True)
    assert (hers.kind, hers.what) == (DisagreementKind.TEXT, "texte")
    assert hers.where.startswith("point «")
    assert hers.choices == {Choice.KEPT, Choice.OFFERED, Choice.BOTH}
    assert hers.meeting_id is not None
    assert table.salma.run(disagreements.count_open, meeting_id=hers.meeting_id) == 1
    assert table.salma.run(disagreements.count_open, meeting_id="another") == 0


def test_of_three_posts_of_one_name_each_is_told_what_was_written_there(table: Table) -> None:
    table.driss, third = table.shared.client("Salma"), table.shared.client("Salma")
    table.shared.settle(table.salma, table.driss, third)
    table.both_write()
    third.step()
    for client, yours in (
        (table.salma, (True, False)),
        (table.driss, (False, True)),
        (third, (False, False)),
    ):
        found = table.open(client)
        assert {found.kept.author, found.offered.author} == {"Salma"}
        assert (found.kept.yours, found.offered.yours) == yours


def test_who_wrote_what_is_kept_is_not_who_changed_something_else_of_it(table: Table) -> None:
    table.write(table.salma, HERS)
    table.salma.step()
    third = table.shared.client("Nadia")
    third.step()
    third.run(lambda work: work.update("conclusion", table.point, owner="La cellule"))
    third.step()
    table.write(table.driss, HIS)
    table.settle()
    hers, his = table.open(table.salma), table.open(table.driss)
    assert (hers.kept.text, hers.kept.author, hers.kept.yours) == (HERS, "Salma", True)
    assert not his.kept.yours


@pytest.mark.parametrize("by_author", [False, True])
@pytest.mark.parametrize(
    ("choice", "text"), [(Choice.KEPT, HERS), (Choice.OFFERED, HIS)], ids=["kept", "offered"]
)
def test_what_is_chosen_holds_for_everyone_and_can_be_taken_back(
    table: Table, choice: Choice, text: str, *, by_author: bool
) -> None:
    table.both_write()
    who = table.driss if by_author else table.salma
    chosen = table.open(who).id
    who.run(disagreements.choose, disagreement_id=chosen, choice=choice)
    assert table.texts() == {text}
    assert table.salma.run(disagreements.open_disagreements) == ()
    assert who.run(undo).words == "le choix entre deux textes"
    table.settle()
    assert table.open(table.salma).id == chosen
    assert table.open(table.driss).kept.text == HERS
    who.run(redo)
    assert table.texts() == {text}


@pytest.mark.parametrize("sent", [False, True], ids=["at once", "once sent"])
@pytest.mark.parametrize(
    ("choice", "text"),
    [(Choice.KEPT, HERS), (Choice.OFFERED, HIS), (Choice.BOTH, HERS), (None, "Dit par tous.")],
)
def test_what_is_shown_after_a_choice_was_taken_back_does_not_jump(
    table: Table, choice: Choice | None, text: str, *, sent: bool
) -> None:
    table.both_write()
    held = table.open(table.driss).id

    def go_on() -> set[str | None]:
        """Return what the point says to Driss while others' changes and confirmations come."""
        said = {table.shown(table.driss)}
        for number in range(2):
            meeting = next(iter(table.salma.rows()["meeting"]))
            place = f"Salle {number}"
            table.salma.run(lambda work: work.update("meeting", meeting, place=place))  # noqa: B023
            for client in (table.salma, table.driss):
                client.step()
                said.add(table.shown(table.driss))
        return said

    if choice is None:
        table.driss.run(disagreements.choose_text, disagreement_id=held, text=text)
    else:
        table.driss.run(disagreements.choose, disagreement_id=held, choice=choice)
    if sent:
        table.settle()
    table.driss.run(undo)
    assert go_on() == {HIS}
    assert table.open(table.driss).kept.text == HERS
    assert table.shared.agree(table.salma, table.driss)["conclusion"][table.point]["text"] == HERS
    table.driss.run(redo)
    assert go_on() == {text}
    assert table.texts() == {text}
    table.driss.run(undo)
    assert go_on() == {HIS}


@pytest.mark.parametrize("choice", [Choice.KEPT, Choice.OFFERED])
def test_choosing_between_words_leaves_another_open_choice_on_the_row_as_it_shows(
    table: Table, choice: Choice
) -> None:
    table.both_write()
    table.salma.run(lambda work: work.update("conclusion", table.point, kind="decision"))
    table.salma.step()
    table.driss.run(lambda work: work.update("conclusion", table.point, kind="action"))
    table.settle()
    held = next(d for d in table.driss.run(disagreements.open_disagreements) if d.what == "texte")
    table.driss.run(disagreements.choose, disagreement_id=held.id, choice=choice)
    assert table.row(table.driss)["kind"] == "action"
    table.settle()
    assert table.row(table.driss)["kind"] == "action"
    assert table.shared.agree(table.salma, table.driss)["conclusion"][table.point]["kind"] == (
        "decision"
    )


def test_a_removed_point_comes_back_with_the_words_of_both(table: Table) -> None:
    table.both_write()
    table.driss.run(lambda work: work.delete("conclusion", table.point))
    table.settle()
    table.driss.run(undo)
    assert table.shown(table.driss) == HIS
    table.settle()
    held = table.open(table.salma)
    assert (held.kept.text, held.offered.text) == (HERS, HIS)
    assert table.shared.agree(table.salma, table.driss)["conclusion"][table.point]["text"] == HERS
    assert table.shown(table.driss) == HIS
    table.driss.run(redo)
    assert table.texts() == {None}


@pytest.mark.parametrize("sent", [False, True], ids=["at once", "once sent"])
def test_putting_back_what_was_removed_can_be_taken_back_and_done_again(
    table: Table, *, sent: bool
) -> None:
    table.salma.run(lambda work: work.delete("conclusion", table.point))
    table.salma.step()
    table.write(table.driss, HIS)
    table.settle()
    held = table.open(table.driss).id
    table.driss.run(disagreements.restore, disagreement_id=held)
    if sent:
        table.settle()
    table.driss.run(undo)
    assert table.shown(table.driss) == HIS
    table.settle()
    assert table.shown(table.driss) == HIS
    assert table.open(table.salma).id == held
    assert table.point not in table.shared.agree(table.salma, table.driss)["conclusion"]
    table.driss.run(redo)
    assert table.texts() == {HIS}


def test_both_are_kept_as_two_points(table: Table) -> None:
    table.both_write()
    before = len(table.salma.rows()["conclusion"])
    table.salma.run(
        disagreements.choose, disagreement_id=table.open(table.salma).id, choice=Choice.BOTH
    )
    assert table.texts() == {HERS}
    rows = table.driss.rows()["conclusion"]
    assert len(rows) == before + 1
    (added,) = (row for row in rows.values() if row["text"] == HIS)
    assert added["parent_id"] == rows[table.point]["parent_id"]
    assert added["agenda_item_id"] == rows[table.point]["agenda_item_id"]


@pytest.mark.parametrize("taken_back", [False, True])
@pytest.mark.parametrize(
    ("choice", "text"),
    [(Choice.KEPT, HERS), (Choice.OFFERED, f"{HIS} Et encore."), (None, "Dit par tous.")],
)
def test_what_its_author_has_typed_on_since_is_what_is_offered(
    table: Table, choice: Choice | None, text: str, *, taken_back: bool
) -> None:
    more = f"{HIS} Et encore."
    table.both_write()
    table.write(table.driss, more)  # not sent: the line is down
    held = table.open(table.driss)
    assert held.offered.text == more
    if choice is None:
        table.driss.run(disagreements.choose_text, disagreement_id=held.id, text=text)
    else:
        table.driss.run(disagreements.choose, disagreement_id=held.id, choice=choice)
    assert table.shown(table.driss) == text
    if taken_back:
        table.driss.run(undo)
        assert table.shown(table.driss) == more
        table.settle()
        assert table.shown(table.driss) == more
        assert table.open(table.salma).offered.text == more
        table.driss.run(redo)
    assert table.texts() == {text}
    assert table.salma.run(disagreements.open_disagreements) == ()


def test_two_files_of_one_template_are_told_by_their_names(table: Table) -> None:
    template = table.salma.run(document_templates.add_template, name="Maison")
    table.settle()
    seen = table.driss.run(document_templates.find_template, template_id=template)
    for client, name in ((table.salma, "Le sien.docx"), (table.driss, "Le mien.docx")):
        file = TemplateFile.of(name, name.encode())
        client.run(document_templates.replace_file, template_id=template, file=file, seen=seen)
        client.step()
        table.driss.step()  # he has not looked again
    table.settle()
    held = table.open(table.driss)
    assert (held.kept.text, held.offered.text) == ("Le sien.docx", "Le mien.docx")
    assert held.what == "fichier"
    choice = {"disagreement_id": held.id, "choice": Choice.OFFERED}
    table.driss.run(disagreements.choose, **choice)
    table.settle()
    found = table.shared.agree(table.salma, table.driss)["document_template"][template]
    assert (found["file_name"], found["content"]) == ("Le mien.docx", b"Le mien.docx")


def test_both_details_are_kept_one_after_the_other(table: Table) -> None:
    report = next(iter(table.salma.rows()["progress_report"]))
    table.salma.run(lambda work: work.update("progress_report", report, details=HERS, marks="b0-3"))
    table.salma.step()
    table.driss.run(lambda work: work.update("progress_report", report, details=HIS, marks="i0-3"))
    table.settle()
    table.driss.run(
        disagreements.choose, disagreement_id=table.open(table.driss).id, choice=Choice.BOTH
    )
    table.settle()
    row = table.shared.agree(table.salma, table.driss)["progress_report"][report]
    assert (row["details"], row["marks"]) == (f"{HERS}\n{HIS}", "b0-3 i15-18")


def test_removing_what_two_texts_are_about_is_told_as_that(table: Table) -> None:
    table.both_write()
    table.salma.run(lambda work: work.delete("conclusion", table.point))
    assert table.salma.run(undo).words == f"la suppression du point « {HERS} »"


def test_a_third_text_takes_the_place_of_both(table: Table) -> None:
    table.both_write()
    held = table.open(table.driss).id
    with pytest.raises(InputError):
        table.driss.run(disagreements.choose_text, disagreement_id=held, text="  ")
    table.driss.run(disagreements.choose_text, disagreement_id=held, text="Dit par tous.")
    assert table.texts() == {"Dit par tous."}
    assert table.driss.run(undo).words == "le choix entre deux textes"


def test_who_chooses_twice_has_seen_what_she_chose_first(table: Table) -> None:
    table.both_write()
    nadia = table.shared.client("Nadia")
    held = table.open(table.driss).id
    nadia.run(lambda work: work.update("conclusion", table.point, text="Vu par Nadia."))
    table.salma.run(lambda work: work.update("conclusion", table.point, text="Vu par Salma."))
    table.shared.settle(table.salma, nadia, table.driss)
    assert len(table.driss.run(disagreements.open_disagreements)) == 2
    table.driss.run(disagreements.choose_text, disagreement_id=held, text="Dit par tous.")
    other = table.open(table.driss)
    assert {other.kept.text, other.offered.text} == {"Dit par tous.", "Vu par Nadia."}
    choice = {"disagreement_id": other.id, "choice": Choice.OFFERED}
    table.driss.run(disagreements.choose, **choice)
    table.shared.settle(table.driss, nadia, table.salma)
    assert table.texts() == {"Vu par Nadia."}
    assert nadia.run(disagreements.open_disagreements) == ()


def test_two_who_choose_differently_disagree_anew(table: Table) -> None:
    table.both_write()
    held = table.open(table.salma).id
    table.salma.run(disagreements.choose, disagreement_id=held, choice=Choice.OFFERED)
    table.driss.run(disagreements.choose_text, disagreement_id=held, text="Dit par tous.")
    table.settle()
    again = table.open(table.salma)
    assert {again.kept.text, again.offered.text} == {HIS, "Dit par tous."}


def test_what_was_written_on_meanwhile_is_not_lost_by_choosing(table: Table) -> None:
    table.both_write()
    held = table.open(table.driss).id
    table.write(table.salma, f"{HERS} Et encore.")
    table.salma.step()
    table.driss.run(disagreements.choose, disagreement_id=held, choice=Choice.OFFERED)
    table.settle()
    again = table.open(table.salma)
    assert {again.kept.text, again.offered.text} == {f"{HERS} Et encore.", HIS}


def test_one_who_chooses_what_another_has_chosen_is_told(table: Table) -> None:
    table.both_write()
    held = table.open(table.salma).id
    table.salma.run(disagreements.choose, disagreement_id=held, choice=Choice.KEPT)
    with pytest.raises(NotFoundError):
        table.salma.run(disagreements.choose, disagreement_id=held, choice=Choice.KEPT)


@pytest.mark.parametrize("by_author", [False, True])
def test_a_removed_point_is_put_back_with_what_was_written_in_it(
    table: Table, *, by_author: bool
) -> None:
    table.salma.run(lambda work: work.delete("conclusion", table.point))
    table.salma.step()
    table.write(table.driss, HIS)
    table.settle()
    who = table.driss if by_author else table.salma
    held = table.open(who)
    assert (held.kind, held.offered.text, held.choices) == (DisagreementKind.GONE, HIS, frozenset())
    who.run(disagreements.restore, disagreement_id=held.id)
    assert table.texts() == {HIS}
    assert table.salma.run(disagreements.open_disagreements) == ()


@pytest.mark.parametrize("back", [False, True], ids=["gone", "put back already"])
def test_a_point_that_is_put_back_without_its_parent_comes_to_the_top(
    table: Table, *, back: bool
) -> None:
    rows = table.salma.rows()["conclusion"]
    above = {row["parent_id"] for row in rows.values()}
    leaf = next(row for row in rows.values() if row["parent_id"] and row["id"] not in above)
    table.point = leaf["id"]
    table.salma.run(lambda work: work.delete("conclusion", leaf["parent_id"]))
    table.salma.step()
    table.write(table.driss, HIS)
    table.settle()
    if back:  # as somebody else's undoing does
        whole = {k: v for k, v in leaf.items() if k not in {"version", "created_at", "updated_at"}}
        table.salma.run(lambda work: work.insert("conclusion", **whole | {"parent_id": None}))
    table.salma.run(disagreements.restore, disagreement_id=table.open(table.salma).id)
    assert table.texts() == {HIS}
    assert table.shared.rows()["conclusion"][table.point]["parent_id"] is None


@pytest.mark.parametrize("by_author", [False, True])
def test_what_was_written_in_a_removed_point_can_be_done_without(
    table: Table, *, by_author: bool
) -> None:
    table.salma.run(lambda work: work.delete("conclusion", table.point))
    table.salma.step()
    table.write(table.driss, HIS)
    table.settle()
    who = table.driss if by_author else table.salma
    who.run(disagreements.dismiss, disagreement_id=table.open(who).id)
    assert table.texts() == {None}


@pytest.mark.parametrize(("choice", "text"), [(Choice.KEPT, HERS), (Choice.OFFERED, None)])
def test_a_point_that_one_changed_and_the_other_removed(
    table: Table, choice: Choice, text: str | None
) -> None:
    table.write(table.salma, HERS)
    table.salma.step()
    table.driss.run(lambda work: work.delete("conclusion", table.point))
    table.settle()
    held = table.open(table.driss)
    assert (held.kind, held.kept.text) == (DisagreementKind.REMOVED, HERS)
    table.driss.run(disagreements.choose, disagreement_id=held.id, choice=choice)
    assert table.texts() == {text}


def test_what_belonged_to_something_gone_stays_offered(table: Table) -> None:
    item = table.salma.rows()["conclusion"][table.point]["agenda_item_id"]

    def add(work: UnitOfWork) -> str:
        return work.insert("conclusion", agenda_item_id=item, position=99.0, text=HIS)

    table.salma.run(lambda work: work.delete("agenda_item", item))
    table.salma.step()
    table.driss.run(add)
    table.settle()
    held = table.open(table.driss)
    assert (held.kind, held.offered.text) == (DisagreementKind.REFUSED, HIS)
    with pytest.raises(InputError):
        table.driss.run(disagreements.restore, disagreement_id=held.id)
    assert table.open(table.salma) == table.open(table.salma)
    table.salma.run(undo)
    table.settle()
    table.driss.run(disagreements.restore, disagreement_id=held.id)
    table.settle()
    found = table.shared.agree(table.salma, table.driss)
    assert HIS in {row["text"] for row in found["conclusion"].values()}


def test_choosing_between_two_others_leaves_ones_own_text_in_sight(table: Table) -> None:
    nadia = table.shared.client("Nadia")
    table.both_write()
    table.write(nadia, "Dit par Nadia.")
    table.shared.settle(table.salma, table.driss, nadia)
    table.write(nadia, "Dit par Nadia, et plus.")  # not yet sent
    (his, hers) = nadia.run(disagreements.open_disagreements)
    assert (his.offered.text, hers.offered.text) == (HIS, "Dit par Nadia, et plus.")

    def everyone_sees(words: str, *offered: str) -> None:
        assert table.shown(nadia) == "Dit par Nadia, et plus."
        seen = nadia.run(disagreements.open_disagreements)
        assert [one.offered.text for one in seen] == list(offered)
        assert {one.kept.text for one in seen} == {words}
        table.shared.settle(table.salma, table.driss, nadia)
        assert table.shown(nadia) == "Dit par Nadia, et plus."
        assert table.shown(table.salma) == words
        seen = table.salma.run(disagreements.open_disagreements)
        assert [one.offered.text for one in seen] == list(offered)
        table.shared.agree(table.salma, table.driss, nadia)

    nadia.run(disagreements.choose, disagreement_id=his.id, choice=Choice.OFFERED)
    everyone_sees(HIS, "Dit par Nadia, et plus.")
    assert not nadia.run(undo).refused
    assert table.shown(nadia) == "Dit par Nadia, et plus."
    assert not nadia.run(redo).refused
    everyone_sees(HIS, "Dit par Nadia, et plus.")
    assert not nadia.run(undo).refused
    everyone_sees(HERS, HIS, "Dit par Nadia, et plus.")


@pytest.mark.parametrize("own", [False, True])
def test_keeping_what_stands_leaves_in_sight_what_one_has_typed_on(
    table: Table, *, own: bool
) -> None:
    """Whether the one of the two texts that falls is another's, or an earlier one of her own."""
    nadia = table.shared.client("Nadia")
    other = nadia if own else table.driss
    table.write(table.salma, HERS)
    table.salma.step()
    table.write(other, HIS)
    table.shared.settle(table.salma, table.driss, nadia)
    saw, wrote = {"text": "Vu par Nadia."}, "Dit par Nadia."
    nadia.run(lambda work: work.update("conclusion", table.point, seen=saw, text=wrote))
    table.shared.settle(table.salma, table.driss, nadia)
    more = "Dit par Nadia, et plus."
    table.write(nadia, more)  # not yet sent
    (first, second) = nadia.run(disagreements.open_disagreements)
    assert (first.offered.text, second.offered.text) == (HIS, more)
    nadia.run(disagreements.choose, disagreement_id=first.id, choice=Choice.KEPT)
    assert table.shown(nadia) == more
    (left,) = nadia.run(disagreements.open_disagreements)
    assert (left.kept.text, left.offered.text) == (HERS, more)
    assert not nadia.run(undo).refused
    assert table.shown(nadia) == more
    table.shared.settle(table.salma, table.driss, nadia)
    assert table.shown(nadia) == more
    seen = nadia.run(disagreements.open_disagreements)
    assert {one.offered.text for one in seen} == {HIS, more}
    table.shared.agree(table.salma, table.driss, nadia)


def test_what_was_typed_on_in_a_point_that_is_put_back_twice_is_not_lost(table: Table) -> None:
    table.salma.run(lambda work: work.delete("conclusion", table.point))
    table.write(table.driss, HIS)
    table.settle()
    table.salma.run(undo)
    table.settle()
    table.write(table.driss, f"{HIS} Et plus.")  # not yet sent
    (kept,) = table.driss.run(disagreements.open_disagreements)
    assert kept.offered.text == f"{HIS} Et plus."
    table.driss.run(disagreements.restore, disagreement_id=kept.id)
    assert table.shown(table.driss) == f"{HIS} Et plus."
    assert table.texts() == {f"{HIS} Et plus."}
    assert table.salma.run(disagreements.open_disagreements) == ()


def test_a_choice_between_cards_says_their_names_and_takes_none_that_is_gone(table: Table) -> None:
    person = next(iter(table.salma.rows()["person"]))
    first, second = (
        table.salma.run(lambda work, name=name: work.insert("institution", name=name))
        for name in ("Archives", "Registre")
    )
    table.settle()
    table.salma.run(lambda work: work.update("person", person, institution_id=first))
    table.salma.step()
    table.driss.run(lambda work: work.update("person", person, institution_id=second))
    table.settle()
    held = table.open(table.salma)
    assert (held.kept.text, held.offered.text) == ("Archives", "Registre")
    table.salma.run(lambda work: work.delete("institution", second))
    assert table.open(table.salma).offered.text == disagreements.NO_MORE
    with pytest.raises(InputError):
        table.salma.run(disagreements.choose, disagreement_id=held.id, choice=Choice.OFFERED)
    assert table.open(table.salma).id == held.id


def test_what_others_refer_to_is_not_removed_by_a_choice(table: Table) -> None:
    name = {"name": "Archives"}
    first = table.salma.run(lambda work: work.insert("institution", **name))
    person = next(iter(table.salma.rows()["person"]))
    table.settle()
    table.salma.run(lambda work: work.update("person", person, institution_id=first))
    table.salma.step()
    table.driss.run(lambda work: work.delete("institution", first))
    table.settle()
    held = table.open(table.driss)
    with pytest.raises(ConflictError):
        table.driss.run(disagreements.choose, disagreement_id=held.id, choice=Choice.OFFERED)
    assert table.open(table.driss).id == held.id
    assert table.salma.rows()["person"][person]["institution_id"] == first


def test_what_hangs_on_ones_own_row_keeps_that_in_sight(table: Table) -> None:
    def meet(work: UnitOfWork) -> str:
        (known, *_) = meetings.list_meetings(work)
        plan = work.read.row("meeting", known.id)
        assert plan is not None
        edit = MeetingEdit("Comité de suivi", date(2027, 3, 2), time(10))
        return meetings.create_meeting(
            work, plan_id=plan["plan_id"], edit=edit, progress_title="Avancement"
        )

    meeting = table.salma.run(meet)
    table.settle()
    table.salma.run(meetings.remove_meeting, meeting_id=meeting)
    table.driss.run(lambda work: work.update("meeting", meeting, place="Salle 2"))
    table.settle()
    issued = {"number": 1, "state": "issued", "file_name": "a.docx", "content": b""}
    issued |= {"digest": "0" * 64, "issued_at": datetime(2027, 3, 2, tzinfo=UTC), "author": "D"}
    table.driss.run(lambda work: work.insert("releve_version", meeting_id=meeting, **issued))
    held = next(one for one in table.driss.run(disagreements.open_disagreements) if one.mine)
    table.driss.run(disagreements.dismiss, disagreement_id=held.id)
    table.settle()
    table.shared.agree(table.salma, table.driss)
    (kept,) = table.driss.run(disagreements.open_disagreements)
    assert (kept.kind, kept.table) == (DisagreementKind.GONE, "meeting")
    assert "a.docx" in str(table.salma.rows()["disagreement"])  # it is kept with its meeting


def test_what_a_rule_refuses_still_stays_offered(table: Table) -> None:
    first, second = (
        table.salma.run(lambda work, name=name: work.insert("institution", name=name))
        for name in ("Archives", "Registre")
    )
    table.settle()
    table.salma.run(lambda work: work.update("institution", first, name="Fonds"))
    table.driss.run(lambda work: work.update("institution", second, name="Fonds"))
    table.settle()
    held = table.open(table.salma)
    assert held.kind is DisagreementKind.REFUSED
    with pytest.raises(ConflictError):
        table.salma.run(disagreements.restore, disagreement_id=held.id)
    assert table.open(table.salma).id == held.id
    table.salma.run(lambda work: work.update("institution", first, name="Archives"))
    table.salma.run(disagreements.restore, disagreement_id=held.id)
    table.settle()
    names = table.shared.agree(table.salma, table.driss)["institution"]
    assert (names[first]["name"], names[second]["name"]) == ("Archives", "Fonds")
