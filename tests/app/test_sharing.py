"""Two secretaries on one office: what each writes reaches the other, once, whatever happens."""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from pan_desktop.app import meetings, retention, sample
from pan_desktop.app.history import undo
from pan_desktop.app.sharing import BATCH, LineStatus
from pan_desktop.domain.errors import RightsError
from pan_desktop.domain.ids import new_id
from pan_desktop.store.journal.check import verify
from tests.postgres import server
from tests.shared import Client, SharedOffice, filled, shared

if TYPE_CHECKING:
    from collections.abc import Callable

    from pan_desktop.store.unit_of_work import UnitOfWork

__all__ = ["filled", "server", "shared"]


@pytest.fixture
def pair(filled: SharedOffice) -> tuple[Client, Client]:
    """Give two secretaries who hold the sample."""
    return filled.client("Salma"), filled.client("Driss")


def points(client: Client) -> dict[str, str]:
    return {key: row["text"] for key, row in client.rows()["conclusion"].items()}


def seen(client: Client, point: str) -> str | None:
    """Return a point's text as its window shows it."""
    row = client.run(lambda work: work.read.row("conclusion", point))
    return None if row is None else str(row["text"])


def typed(client: Client, point: str, words: str, saw: str | None = None) -> None:
    def use_case(work: UnitOfWork) -> None:
        work.update("conclusion", point, text=words, seen=None if saw is None else {"text": saw})

    client.save(f"points/{point}", use_case)


def test_a_whole_office_is_sent_and_taken_in(shared: SharedOffice) -> None:
    salma, driss = shared.client("Salma"), shared.client("Driss")
    salma.run(sample.fill_meetings)
    shared.settle(salma, driss)
    assert driss.run(meetings.list_meetings) == salma.run(meetings.list_meetings) != ()
    shared.agree(salma, driss)


def test_what_one_writes_the_other_sees(pair: tuple[Client, Client], filled: SharedOffice) -> None:
    salma, driss = pair
    assert (
        len(driss.run(meetings.list_meetings)) == len(sample.MEETINGS)
        if hasattr(sample, "MEETINGS")
        else True
    )
    filled.agree(salma, driss)
    first, second = list(points(salma))[:2]
    typed(salma, first, "Dit par Salma.")
    typed(driss, second, "Dit par Driss.")
    filled.settle(salma, driss)
    found = filled.agree(salma, driss)["conclusion"]
    assert (found[first]["text"], found[second]["text"]) == ("Dit par Salma.", "Dit par Driss.")
    assert filled.rows()["disagreement"] == {}


def test_what_changed_is_told_so_that_pages_refresh(
    pair: tuple[Client, Client], filled: SharedOffice
) -> None:
    salma, driss = pair
    told: list[Any] = []
    run = driss.office.run

    def noting(use_case: Callable[..., Any], **arguments: Any) -> Any:
        outcome = run(use_case, **arguments)
        told.append(outcome.changes)
        return outcome

    driss.office.run = noting  # type: ignore[method-assign, assignment]
    typed(salma, next(iter(points(salma))), "Dit par Salma.")
    salma.step()
    driss.step()
    assert {kind.value for changes in told for kind in changes.kinds} == {"conclusions"}


def test_letters_of_one_text_are_sent_as_one(
    filled: SharedOffice, pair: tuple[Client, Client]
) -> None:
    salma, driss = pair
    point = next(iter(points(salma)))
    for end in range(1, 20):
        typed(salma, point, "Une longue phrase."[:end])
    assert salma.pending == 1
    filled.settle(salma, driss)
    assert points(driss)[point] == "Une longue phrase."


def test_one_text_typed_by_both_is_kept_twice(
    pair: tuple[Client, Client], filled: SharedOffice
) -> None:
    salma, driss = pair
    point, before = next(iter(points(salma).items()))
    typed(salma, point, "Dit par Salma.")
    salma.step()
    typed(driss, point, "Dit par")
    driss.step()
    # What Driss types does not change under his hand; he goes on, not knowing.
    assert seen(driss, point) == "Dit par"
    typed(driss, point, "Dit par Driss.", saw="Dit par")
    filled.settle(driss, salma)
    found = filled.agree(salma, driss)
    assert found["conclusion"][point]["text"] == "Dit par Salma."
    assert (seen(salma, point), seen(driss, point)) == ("Dit par Salma.", "Dit par Driss.")
    (held,) = found["disagreement"].values()
    assert "Dit par Driss." in held["offered"]
    assert (held["author"], held["kept_author"]) == ("Driss", "Salma")
    # Salma goes on as well: hers is the row.
    typed(salma, point, "Dit par Salma elle-même.")
    filled.settle(salma, driss)
    assert filled.agree(salma, driss)["conclusion"][point]["text"] == "Dit par Salma elle-même."
    assert seen(driss, point) == "Dit par Driss."
    assert before


def test_what_was_typed_over_an_unseen_change_is_kept_beside_it(
    pair: tuple[Client, Client], filled: SharedOffice
) -> None:
    salma, driss = pair
    point, before = next(iter(points(salma).items()))
    typed(salma, point, "Dit par Salma.")
    salma.step()
    driss.step()
    # The editor of Driss had sent what it last saw before Salma's text came.
    typed(driss, point, f"{before} Et par Driss.", saw=before)
    filled.settle(driss, salma)
    found = filled.agree(salma, driss)
    assert found["conclusion"][point]["text"] == "Dit par Salma."
    assert len(found["disagreement"]) == 1


def test_offline_is_an_outbox_that_grows(pair: tuple[Client, Client], filled: SharedOffice) -> None:
    salma, driss = pair
    first, second, third = list(points(salma))[:3]
    for number, point in enumerate((first, second, third)):
        typed(driss, point, f"Hors ligne {number}")
    driss.run(lambda work: work.insert("institution", name="Archives"))
    typed(salma, second, "En ligne.")
    salma.step()
    driss.reopen()
    assert driss.pending == 4
    # What is typed on after it was tried to be sent goes by itself, and is no other change.
    for words in ("Hors ligne", "Hors ligne 0"):
        driss.run(lambda work: work.replica.outbox.waiting(100, "", work.replica.origin()))
        typed(driss, first, words)
    assert len(driss.run(lambda work: work.replica.outbox.ids())) == 6
    assert driss.pending == 4
    filled.settle(driss, salma)
    found = filled.agree(salma, driss)
    assert found["conclusion"][first]["text"] == "Hors ligne 0"
    assert found["conclusion"][second]["text"] == "En ligne."
    assert found["conclusion"][third]["text"] == "Hors ligne 2"
    assert seen(driss, second) == "Hors ligne 1"
    assert "Archives" in {row["name"] for row in found["institution"].values()}


def test_undo_takes_back_what_was_done_here(
    pair: tuple[Client, Client], filled: SharedOffice
) -> None:
    salma, driss = pair
    point, before = next(iter(points(salma).items()))
    typed(salma, point, "Dit par Salma.")
    filled.settle(salma, driss)
    salma.run(undo)
    filled.settle(salma, driss)
    assert filled.agree(salma, driss)["conclusion"][point]["text"] == before


def test_a_removed_point_that_another_types_in_stays_in_his_sight(
    pair: tuple[Client, Client], filled: SharedOffice
) -> None:
    salma, driss = pair
    children = {row["parent_id"] for row in salma.rows()["conclusion"].values()}
    point = next(key for key in points(salma) if key not in children)
    salma.run(lambda work: work.delete("conclusion", point))
    salma.step()
    typed(driss, point, "Dit par Driss")
    driss.step()
    typed(driss, point, "Dit par Driss.")
    filled.settle(driss, salma)
    found = filled.agree(salma, driss)
    assert point not in found["conclusion"]
    (held,) = found["disagreement"].values()
    assert (held["kind"], "Dit par Driss." in held["offered"]) == ("gone", True)
    assert (seen(salma, point), seen(driss, point)) == (None, "Dit par Driss.")


def test_what_comes_may_hang_on_a_row_that_is_removed_here(
    pair: tuple[Client, Client], filled: SharedOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The removal still waits when the other's row is read: its sending was cut."""
    salma, driss = pair
    item = driss.run(lambda work: work.insert("agenda_item", **another_item(work)))
    filled.settle(salma, driss)
    salma.run(lambda work: work.delete("agenda_item", item))
    hung = {"agenda_item_id": item, "text": "Sous ce point.", "position": 1.0}
    driss.run(lambda work: work.insert("conclusion", **hung))
    driss.step()
    with monkeypatch.context() as patched:
        patched.setattr(salma.line, "_next", lambda _after: [])
        state = salma.step()
    assert (state.status, state.sentence) == (LineStatus.CONNECTED, "")
    filled.settle(salma, driss)
    filled.agree(salma, driss)
    assert "Sous ce point." in str(driss.rows()["conclusion"]) + str(driss.rows()["disagreement"])


def test_what_hung_on_a_row_that_another_removed_is_not_brought_back(
    pair: tuple[Client, Client], filled: SharedOffice
) -> None:
    salma, driss = pair
    item = salma.run(lambda work: work.insert("agenda_item", **another_item(work)))
    hung = {"agenda_item_id": item, "text": "Sous ce point.", "position": 1.0}
    point = salma.run(lambda work: work.insert("conclusion", **hung))
    salma.run(lambda work: work.delete("conclusion", point))
    filled.settle(salma, driss)
    driss.run(lambda work: work.delete("agenda_item", item))
    filled.settle(salma, driss)
    assert salma.run(undo).refused
    filled.agree(salma, driss)


def test_what_referred_to_a_row_that_another_removed_does_not_do_so_again(
    pair: tuple[Client, Client], filled: SharedOffice
) -> None:
    salma, driss = pair
    first = salma.run(lambda work: work.insert("institution", name="Archives"))
    person = next(iter(salma.rows()["person"]))
    salma.run(lambda work: work.update("person", person, institution_id=first))
    salma.run(lambda work: work.update("person", person, institution_id=None))
    filled.settle(salma, driss)
    driss.run(lambda work: work.delete("institution", first))
    filled.settle(salma, driss)
    assert salma.run(undo).refused
    filled.agree(salma, driss)


def test_what_another_has_hung_on_it_since_keeps_a_row_from_being_taken_back(
    pair: tuple[Client, Client], filled: SharedOffice
) -> None:
    salma, driss = pair
    hung = {"text": "Sous ce point.", "position": 1.0}
    item = salma.run(lambda work: work.insert("agenda_item", **another_item(work)))
    first = salma.run(lambda work: work.insert("institution", name="Archives"))
    filled.settle(salma, driss)
    person = next(iter(driss.rows()["person"]))
    driss.run(lambda work: work.insert("conclusion", agenda_item_id=item, **hung))
    driss.run(lambda work: work.update("person", person, institution_id=first))
    filled.settle(driss, salma)
    before = salma.rows()
    assert salma.run(undo).refused  # what a rule of the database keeps
    assert salma.run(undo).refused  # what would have gone along
    assert salma.rows() == before
    filled.settle(salma, driss)
    assert "Sous ce point." in str(filled.agree(salma, driss)["conclusion"])


def test_what_is_undone_is_said_though_another_has_removed_it(
    pair: tuple[Client, Client], filled: SharedOffice
) -> None:
    salma, driss = pair
    item = salma.run(lambda work: work.insert("agenda_item", **another_item(work)))
    salma.run(lambda work: work.update("agenda_item", item, heading="Rubrique"))
    filled.settle(salma, driss)
    driss.run(lambda work: work.delete("agenda_item", item))
    filled.settle(driss, salma)
    went = salma.run(undo)
    assert (went.refused, went.words) == (True, "l’ordre du jour")


def another_item(work: UnitOfWork) -> dict[str, Any]:
    """Return what an item of the latest meeting says."""
    meeting = meetings.list_meetings(work)[0]
    return {"meeting_id": meeting.id, "kind": "points", "title": "À part", "position": 50.0}


def test_who_may_only_read_is_told_so(filled: SharedOffice, pair: tuple[Client, Client]) -> None:
    salma, _ = pair
    role = f"lectrice_{new_id()[-8:]}"
    filled.server.sql(f"CREATE ROLE {role} LOGIN PASSWORD 'secret' IN ROLE pan_lecture")
    reader = filled.client("Lectrice", user=role, password="secret")
    state = reader.step()
    assert (state.status, state.may_write) == (LineStatus.CONNECTED, False)
    before = filled.rows()
    with pytest.raises(RightsError, match="que de lire"):
        typed(reader, next(iter(points(reader))), "Non.")
    typed(salma, next(iter(points(salma))), "Oui.")
    salma.step()
    reader.step()
    assert points(reader) == points(salma)
    assert before != filled.rows()


def test_a_wrong_password_is_refused_and_said_nowhere(shared: SharedOffice) -> None:
    role = f"secretaire_{new_id()[-8:]}"
    shared.server.sql(f"CREATE ROLE {role} LOGIN PASSWORD 'secret' IN ROLE pan_ecriture")
    writer = shared.client("Secrétaire", user=role, password="secret")
    writer.line.use_password("tout autre chose")
    state = writer.step()
    assert state.status is LineStatus.REFUSED
    assert "mot de passe" in state.sentence
    assert "tout autre chose" not in state.sentence
    writer.line.use_password("secret")
    assert writer.step().status is LineStatus.CONNECTED


def test_the_journal_is_the_servers_and_comes_to_all(
    pair: tuple[Client, Client], filled: SharedOffice
) -> None:
    salma, driss = pair
    typed(driss, next(iter(points(driss))), "Dit par Driss.")
    filled.settle(driss, salma)

    def entries(work: UnitOfWork) -> list[tuple[int, str]]:
        return [(row["sequence"], row["author"]) for row in work.journal.rows()]

    assert salma.run(entries) == driss.run(entries)
    assert {author for _, author in salma.run(entries)} == {"exemple", "Driss"}


def test_the_journal_agrees_with_the_rows_on_the_server_and_with_all(
    pair: tuple[Client, Client], filled: SharedOffice
) -> None:
    salma, driss = pair
    first, second = list(points(salma))[:2]
    typed(salma, first, "Dit par Salma.")
    typed(driss, second, "Dit par Driss.")
    filled.settle(salma, driss, salma)
    with filled.engine.connect() as connection:
        assert verify(connection) == []
    for client in (salma, driss):
        assert client.run(lambda work: work.journal.problems()) == []
    filled.server.sql("UPDATE plan SET label = 'Autre' || id", filled.database)
    with filled.engine.connect() as connection:
        assert {found.table for found in verify(connection)} == {"plan"}


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM journal",
        "TRUNCATE journal",
        "UPDATE journal SET author = 'M. Autre' WHERE sequence = 1",
        "INSERT INTO journal SELECT 99, at, until, author, '', '', '[]', hash, 'x' FROM journal",
    ],
)
def test_the_server_refuses_to_change_its_journal(filled: SharedOffice, statement: str) -> None:
    with pytest.raises(psycopg.errors.RaiseException, match="append only"):
        filled.server.sql(statement, filled.database)


def test_details_of_presence_go_from_an_issued_meeting_for_all(
    pair: tuple[Client, Client], filled: SharedOffice
) -> None:
    salma, driss = pair

    def note_and_lock(work: UnitOfWork) -> None:
        meeting = work.read.record(work.read.meetings()[0].id)
        for there in meeting.attendances:
            work.update("attendance", there.id, arrived=time(14, 26, 3))
        work.update("meeting", meeting.meeting.id, state="issued")

    salma.run(note_and_lock)
    filled.settle(salma, driss)
    assert any(row["arrived"] for row in driss.rows()["attendance"].values())
    day = date(2030, 1, 1)
    assert salma.run(retention.purge_rows, before=day, today=day)
    filled.settle(salma, driss)
    found = filled.agree(salma, driss)
    assert not any(row["arrived"] for row in found["attendance"].values())
    assert found["disagreement"] == {}


def test_who_writes_where_is_told_to_the_others(pair: tuple[Client, Client]) -> None:
    salma, driss = pair
    driss.step()
    salma.line.tell_editing("conclusion", "k1")
    salma.step()
    driss.step()
    (editing,) = driss.line.others
    assert editing[:3] == ("Salma", "conclusion", "k1")
    assert salma.line.others == ()
    salma.line.tell_editing("", "")
    salma.step()
    driss.step()
    assert driss.line.others == ()


def test_a_log_that_no_longer_reaches_back_fills_the_replica_anew(
    pair: tuple[Client, Client], filled: SharedOffice
) -> None:
    salma, driss = pair
    first, second = list(points(salma))[:2]
    typed(driss, second, "Hors ligne")
    typed(salma, first, "Dit par Salma.")
    salma.step()
    filled.server.sql("DELETE FROM entry", filled.database)
    typed(salma, first, "Dit encore par Salma.")
    filled.settle(driss, salma)
    found = filled.agree(salma, driss)
    assert found["conclusion"][first]["text"] == "Dit encore par Salma."
    assert found["conclusion"][second]["text"] == "Hors ligne"


def test_what_waits_is_not_taken_for_changed_beside_the_program(
    pair: tuple[Client, Client],
) -> None:
    salma, _ = pair
    typed(salma, next(iter(points(salma))), "Pas encore envoyé.")
    assert salma.run(lambda work: work.journal.problems()) == []


def test_nothing_is_sent_while_the_copy_cannot_be_written(
    filled: SharedOffice, pair: tuple[Client, Client]
) -> None:
    salma, driss = pair
    point = next(iter(points(salma)))
    file, away = salma.file, salma.file.with_name("ailleurs")
    salma.close()
    salma.office.data = salma.folder / "data"
    salma.line = salma._line()
    salma.office.open()
    file.rename(away)
    assert salma.office.safe is not None
    salma.office.safe.look()
    typed(salma, point, "Écrit en mémoire.")
    assert salma.office.trouble is not None
    salma.step()
    assert filled.rows()["conclusion"][point]["text"] != "Écrit en mémoire."
    away.rename(file)
    assert salma.office.safe.save_again() is not None
    assert salma.office.trouble is None
    filled.settle(salma, driss)
    assert filled.agree(salma, driss)["conclusion"][point]["text"] == "Écrit en mémoire."
    assert filled.rows()["disagreement"] == {}


def test_more_than_goes_at_once_waits_and_goes(
    filled: SharedOffice, pair: tuple[Client, Client]
) -> None:
    salma, driss = pair
    some = list(points(salma))[:7]

    def use_case(work: UnitOfWork, *, number: int) -> None:
        work.update("conclusion", some[number % 7], text=f"Hors ligne {number}")

    for number in range(2 * BATCH):
        salma.run(use_case, number=number)
    assert len(salma.run(lambda work: work.replica.outbox.ids())) == 2 * BATCH
    assert salma.pending == 7
    filled.settle(salma, driss)
    found = filled.agree(salma, driss)["conclusion"]
    last = {some[number % 7]: f"Hors ligne {number}" for number in range(2 * BATCH)}
    assert {point: found[point]["text"] for point in some} == last
