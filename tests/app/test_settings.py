"""The office's own sentences."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from pan_desktop.app import meetings, releve, settings
from pan_desktop.app.changes import Kind
from pan_desktop.domain.errors import InputError
from pan_desktop.domain.model import Situation
from pan_desktop.domain.wording import Sentences
from tests.builders import as_bytes, dump, sample

if TYPE_CHECKING:
    from pan_desktop.app.office import Office

OWN = replace(Sentences(), no_progress="Rien de nouveau.", focal_point_absent="Absent(e).")


def test_an_office_begins_with_the_original_sentences(office: Office) -> None:
    assert office.run(settings.sentences).result == Sentences()


def test_only_what_differs_from_the_original_is_kept(office: Office) -> None:
    outcome = office.run(settings.change_sentences, own=OWN)
    assert outcome.changes.kinds == {Kind.SETTINGS}
    assert office.run(settings.sentences).result == OWN
    assert len(dump(office.database)["setting"]) == 2
    assert not office.run(settings.change_sentences, own=OWN).changes.kinds


def test_a_sentence_changes_again_and_goes_back(office: Office) -> None:
    office.run(settings.change_sentences, own=OWN)
    again = replace(OWN, no_progress="  Toujours rien. ")
    office.run(settings.change_sentences, own=again)
    assert office.run(settings.sentences).result.no_progress == "Toujours rien."
    office.run(settings.change_sentences, own=Sentences())
    assert office.run(settings.sentences).result == Sentences()
    assert dump(office.database)["setting"] == []


@pytest.mark.parametrize("name", ["no_progress", "focal_point_absent", "progress_item"])
def test_an_empty_sentence_is_refused_and_nothing_is_kept(office: Office, name: str) -> None:
    before = dump(office.database)
    with pytest.raises(InputError):
        office.run(settings.change_sentences, own=replace(OWN, **{name: "  "}))
    assert dump(office.database) == before


def test_an_import_recognises_the_office_s_own_sentences(office: Office) -> None:
    office.run(settings.change_sentences, own=OWN)
    data = sample()
    rows = data["progress"]["rows"]
    rows[0]["details"], rows[1]["details"], rows[2]["details"] = (
        "Rien de nouveau.",
        "Absent(e).",
        Sentences().no_progress,
    )
    meeting_id = office.run(releve.import_releve, content=as_bytes(data)).result.meeting_id
    record = office.run(meetings.view_meeting, meeting_id=meeting_id).result.record
    by_number = {r.commitment.number: r.situation for r in record.reports}
    assert [by_number[row["commitment"]] for row in rows[:3]] == [
        Situation.NO_PROGRESS,
        Situation.ABSENT,
        Situation.REPORTED,
    ]
