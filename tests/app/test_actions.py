"""What was promised: seen together, narrowed down, closed at a meeting, reminded of."""

from __future__ import annotations

import email
from datetime import UTC, date, datetime
from email.policy import default
from typing import TYPE_CHECKING, Any

import pytest
from icalendar import Calendar

from pan_desktop.app import actions, calendars, history, meetings, reminders
from pan_desktop.domain.errors import ConflictError, InputError
from pan_desktop.domain.followed import Criteria, Stage, Standing
from tests.app.memory import FIRST_DAY, SECOND_DAY, Memory, action, fill
from tests.app.test_plans import refused

if TYPE_CHECKING:
    from pathlib import Path

    from pan_desktop.app.office import Office
    from pan_desktop.domain.followed import Followed

TODAY = date(2026, 10, 20)
NOW = datetime(2026, 10, 20, 9, 0, tzinfo=UTC)


@pytest.fixture
def memory(office: Office) -> Memory:
    return fill(office)


def listed(office: Office) -> tuple[Followed, ...]:
    return office.run(actions.list_followed).result.followed


def shown(office: Office, **criteria: object) -> list[str]:
    wanted = Criteria(**criteria)  # type: ignore[arg-type]
    return [one.text for one in listed(office) if wanted.take(one, TODAY)]


def test_actions_of_all_meetings_are_one_list_the_first_due_first(
    office: Office, memory: Memory
) -> None:
    action(office, memory.item, "Sans échéance")
    action(office, memory.item, "Plus tard", owner="les administrations", due=date(2026, 11, 1))
    action(office, memory.item, "En retard", owner_id=memory.salma, due=date(2026, 10, 19))
    late, later, never = listed(office)
    assert [one.text for one in (late, later, never)] == ["En retard", "Plus tard", "Sans échéance"]
    assert (late.owner, late.institution, late.due) == (
        "Mme Salma AZROUNI",
        "Archives",
        date(2026, 10, 19),
    )
    assert later.owner == "les administrations"
    assert (late.meeting_id, late.meeting_day, late.plan) == (memory.first, FIRST_DAY, "2024-2027")
    standings = [one.standing(TODAY) for one in (late, later, never)]
    assert standings == [Standing.OVERDUE, Standing.OPEN, Standing.OPEN]


def test_the_list_is_narrowed_by_words_stage_plan_and_deadline(
    office: Office, memory: Memory
) -> None:
    action(office, memory.item, "Publier l’État des lieux", owner_id=memory.salma, due=TODAY)
    done = action(office, memory.item, "Réunir le réseau", owner="le Secrétariat")
    action(office, memory.item, "Envoyer la fiche", owner_id=memory.driss, due=date(2026, 1, 1))
    office.run(actions.close, point_id=done, day=TODAY)
    assert shown(office) == ["Envoyer la fiche", "Publier l’État des lieux"]
    assert shown(office, words="etat azrouni") == ["Publier l’État des lieux"]
    assert shown(office, words="ARCHIVES fiche") == ["Envoyer la fiche"]
    assert shown(office, stage=Stage.OVERDUE) == ["Envoyer la fiche"]
    assert shown(office, stage=Stage.KEPT) == ["Réunir le réseau"]
    assert len(shown(office, stage=Stage.ALL)) == 3
    assert shown(office, due_before=date(2026, 10, 19)) == ["Envoyer la fiche"]
    assert shown(office, plan_id="another") == []


def test_closing_says_in_which_meeting_even_once_the_relevé_is_issued(
    office: Office, memory: Memory
) -> None:
    point = action(office, memory.item, "Publier", owner_id=memory.salma, due=date(2026, 5, 1))
    office.run(actions.close, point_id=point, meeting_id=memory.second)
    (one,) = listed(office)
    assert (one.follow_up.done_on, one.follow_up.done_meeting_id) == (SECOND_DAY, memory.second)
    assert one.standing(TODAY) is Standing.KEPT_LATE
    office.run(actions.reopen, point_id=point)
    assert listed(office)[0].standing(TODAY) is Standing.OVERDUE
    office.run(history.undo)
    assert listed(office)[0].follow_up.done_meeting_id == memory.second
    refused(office, actions.close, InputError, point_id=point, day=date(2026, 4, 13))


def test_a_meeting_that_goes_leaves_what_it_closed_done(office: Office, memory: Memory) -> None:
    point = action(office, memory.item, "Publier")
    office.run(actions.close, point_id=point, meeting_id=memory.second)
    office.run(meetings.remove_meeting, meeting_id=memory.second)
    (one,) = listed(office)
    assert (one.follow_up.done_on, one.follow_up.done_meeting_id) == (SECOND_DAY, None)
    office.run(history.undo)
    assert listed(office)[0].follow_up.done_meeting_id == memory.second


def test_a_filter_is_saved_replaced_by_name_and_removed(office: Office) -> None:
    late = Criteria("archives", Stage.OVERDUE, "", date(2026, 10, 30))
    first = office.run(actions.save_filter, name=" En  retard ", criteria=late).result
    assert office.run(actions.save_filter, name="En retard", criteria=late).result == first
    (kept,) = office.run(actions.list_followed).result.filters
    assert (kept.name, kept.criteria) == ("En retard", late)
    with pytest.raises(InputError):
        office.run(actions.save_filter, name=" ", criteria=late)
    office.run(actions.remove_filter, filter_id=first)
    assert office.run(actions.list_followed).result.filters == ()


# Reminders -------------------------------------------------------------------------------


def test_each_owner_gets_a_draft_with_all_that_is_open(
    office: Office, memory: Memory, tmp_path: Path
) -> None:
    action(office, memory.item, "Publier le guide.", owner_id=memory.salma, due=date(2026, 10, 1))
    action(office, memory.item, "Réunir le réseau", owner_id=memory.salma)
    action(office, memory.item, "Envoyer la fiche", owner_id=memory.driss)
    action(office, memory.item, "Sans personne", owner="les administrations")
    done = reminders.write_drafts(office, folder=tmp_path, today=TODAY, author="Nadia TAHIRI")
    assert done.without == ("M. Driss Amezray",)
    to_driss, to_salma = done.files
    message = email.message_from_bytes(to_salma.read_bytes(), policy=default)
    assert message["To"] == "Salma AZROUNI <salma@exemple.org>"
    assert message["X-Unsent"] == "1"
    part: Any = message.get_body()
    body = part.get_content().replace("\r\n", "\n")
    assert body.startswith("Madame,\n")
    assert (
        "– Publier le guide (Comité, 14/04/2026)\u00a0: pour le 01/10/2026, échéance dépassée"
        in body
    )
    assert "Réunir le réseau (Comité, 14/04/2026)" in body
    assert "fiche" not in body
    assert "Nadia TAHIRI" in body
    assert b"Monsieur," in to_driss.read_bytes()
    # The same again is the same file; one that says something else is not overwritten.
    again = reminders.write_drafts(office, folder=tmp_path, today=TODAY, author="Nadia TAHIRI")
    assert again.files == done.files
    to_salma.write_bytes(b"relu")
    other = reminders.write_drafts(office, folder=tmp_path, today=TODAY, author="Nadia TAHIRI")
    assert to_salma.read_bytes() == b"relu"
    assert other.files[1].name.endswith("(2).eml")


def test_nobody_to_remind_is_said_and_nothing_written(
    office: Office, memory: Memory, tmp_path: Path
) -> None:
    action(office, memory.item, "Sans personne", owner="les administrations")
    with pytest.raises(ConflictError):
        reminders.write_drafts(office, folder=tmp_path, today=TODAY)
    assert list(tmp_path.glob("*.eml")) == []


def test_the_office_words_its_own_reminder(office: Office) -> None:
    own = reminders.ReminderTemplate("Suites", "{appel}, voici : {liste}")
    office.run(reminders.change_template, own=own)
    assert office.run(reminders.template).result == own
    for body in ("", "Bonjour", "{liste} {nom}"):
        with pytest.raises(InputError):
            office.run(reminders.change_template, own=reminders.ReminderTemplate("Suites", body))
    office.run(reminders.change_template, own=reminders.ReminderTemplate())
    assert office.run(reminders.template).result == reminders.ReminderTemplate()


# Calendar --------------------------------------------------------------------------------


def test_deadlines_and_meetings_to_come_are_a_calendar(
    office: Office, memory: Memory, tmp_path: Path
) -> None:
    action(office, memory.item, "Publier ; puis, dire", owner_id=memory.salma, due=TODAY)
    file = tmp_path / "comite.ics"
    written = calendars.write_calendar(office, file=file, today=date(2026, 10, 14), now=NOW)
    assert written == 2
    calendar: Any = Calendar.from_ical(file.read_bytes())
    meeting, deadline = calendar.walk("VEVENT")
    # 10:00 in Casablanca is 10:00 UTC since 20 September 2026.
    assert meeting["DTSTART"].dt == datetime(2026, 10, 14, 10, 0, tzinfo=UTC)
    assert meeting["LOCATION"] == "Siège"
    assert deadline["DTSTART"].dt == TODAY
    assert deadline["SUMMARY"] == "Échéance – Mme Salma AZROUNI : Publier ; puis, dire"
    assert str(meeting["UID"]) == f"{memory.second}@pan-desktop"
    assert b"\r\n" in file.read_bytes()
    assert all(len(line) <= 75 for line in file.read_bytes().split(b"\r\n"))


def test_an_action_of_an_issued_relevé_is_closed(office: Office, memory: Memory) -> None:
    point = action(office, memory.item, "Publier")
    office.run(_issue, meeting_id=memory.first)
    office.run(actions.close, point_id=point, meeting_id=memory.second)
    assert listed(office)[0].follow_up.done_meeting_id == memory.second


def _issue(work: object, *, meeting_id: str) -> None:
    work.update("meeting", meeting_id, state="issued")  # type: ignore[attr-defined]
