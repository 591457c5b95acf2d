"""What is held about one person is told whole; what may go goes, and the rest says why it stays."""

from __future__ import annotations

import json
import stat
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from docx import Document

from pan_desktop.app import conclusions, erasure, history, meetings, people, person_data
from pan_desktop.app.people import PersonEdit
from pan_desktop.app.rendering import PdfMaking
from pan_desktop.app.search import search
from pan_desktop.domain.errors import InputError, NotFoundError
from pan_desktop.domain.model import Civility, Presence
from tests.app.test_attendance import REPORT, Room
from tests.app.test_retention import bytes_of
from tests.builders import dump

if TYPE_CHECKING:
    from pan_desktop.app.office import Office
    from pan_desktop.domain.person_data import PersonData
    from pan_desktop.store.unit_of_work import UnitOfWork

NOW = datetime(2026, 11, 26, 10, 30, tzinfo=UTC)
NAME = "Amina BENEXEMPLE"
OTHER_NAME = "A. Ben Exemple"
EMAIL = "amina.benexemple@example.org"


@pytest.fixture
def room(office: Office) -> Room:
    """Give a meeting that Amina came to, was in the call of, and at which she was spoken of."""
    made = Room(office)
    made.apply(made.seen(REPORT))
    who = made.people[NAME]
    office.run(
        people.change_person,
        person_id=who,
        person=PersonEdit(Civility.MADAME, NAME, "Archives du pays", EMAIL),
    )
    office.run(people.set_aliases, person_id=who, names=[OTHER_NAME])
    item = office.run(meetings.add_item, meeting_id=made.meeting, title="Divers").result
    points = [(0, "Mme amina benexemple présente le registre."), (0, "Le registre est ouvert.")]
    office.run(conclusions.add_points, item_id=item, points=points)
    (point, *_) = office.run(lambda work: work.read.conclusions(item)).result
    office.run(lambda work: work.update("conclusion", point.id, owner_id=who, kind="action"))
    return made


def told(room: Room, name: str = NAME) -> PersonData:
    return room.office.run(person_data.person_data, person_id=room.people[name], now=NOW).result


def section(data: PersonData, title: str) -> tuple[tuple[str, ...], ...]:
    return next(one.rows for one in data.sections if one.title == title)


def freeze(room: Room) -> None:
    """Lock the meeting as issuing its relevé does."""
    room.office.run(lambda work: work.update("meeting", room.meeting, state="issued"))


def test_all_that_is_held_is_told(room: Room) -> None:
    data = told(room)
    assert data.name == f"Mme {NAME}"
    identity = {row[0]: row[1] for row in section(data, "Identité")}
    assert identity["Civilité"] == "Mme"
    assert identity["Organisme"] == "Archives du pays"
    assert identity["Adresse électronique"] == EMAIL
    assert identity["Autre nom"] == OTHER_NAME
    assert section(data, "Mandats") == (("2024-2027", "point focal", "1", "01/01/2024", ""),)
    assert section(data, "Présences") == (
        (
            *("19/10/2026", "présente", "", "14:26:03", "16:05:10"),
            "14:26:03-15:00:00, 15:10:00-16:05:10",
        ),
    )
    (owed,) = section(data, "Actions et échéances")
    assert owed[:3] == ("Mme amina benexemple présente le registre.", "", "19/10/2026")
    (named,) = section(data, "Textes où ce nom figure")
    assert named == ("point", "réunion du 19 octobre 2026, Mme Amina BENEXEMPLE", owed[0])
    assert section(data, "Journal")[0][0].startswith(("3", "4", "5", "6"))


def test_the_words_agree_with_a_man(room: Room) -> None:
    who = room.people[NAME]

    def dress(work: UnitOfWork) -> None:
        (mandate,) = work.read.mandates(person_id=who)
        work.update("person", who, civility="M")
        work.update("mandate", mandate.id, role="alternate")

    room.office.run(dress)
    data = told(room)
    assert section(data, "Mandats")[0][1] == "suppléant"
    assert section(data, "Présences")[0][1] == "présent"


def test_who_came_for_another_is_told_for_both(room: Room) -> None:
    room.office.run(
        meetings.set_presence,
        meeting_id=room.meeting,
        person_ids=[room.people["Zineb FICTIVE"]],
        presence=Presence.REPRESENTED,
    )
    row = next(
        row
        for row in dump(room.office.database)["attendance"]
        if row["person_id"] == room.people["Zineb FICTIVE"]
    )
    room.office.run(lambda work: work.update("attendance", row["id"], by_id=room.people[NAME]))
    came = [row[2] for row in section(told(room), "Présences")]
    assert sorted(came) == ["", "a représenté Mme Zineb FICTIVE"]
    assert [row[1:3] for row in section(told(room, "Zineb FICTIVE"), "Présences")] == [
        ("représentée", f"par Mme {NAME}")
    ]


@pytest.mark.parametrize("suffix", [".docx", ".html", ".txt"])
def test_it_is_written_to_be_read_and_as_data(room: Room, tmp_path: Path, suffix: str) -> None:
    file = tmp_path / f"Données{suffix}"
    made = person_data.export_person(
        room.office, person_id=room.people[NAME], file=file, now=NOW, making=PdfMaking()
    )
    assert made == (file, file.with_suffix(".json"))
    assert {stat.S_IMODE(one.stat().st_mode) for one in made} == {0o600}
    if suffix == ".docx":
        document = Document(str(file))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        text = "\n".join([*(p.text for p in document.paragraphs), *cells])
    else:
        text = file.read_text()
    for said in (NAME, EMAIL, OTHER_NAME, "14:26:03", "Mme amina benexemple présente le registre."):
        assert said in text
    data = json.loads(file.with_suffix(".json").read_bytes())
    assert (data["format"], data["person"]) == ("pan-desktop personne/1", f"Mme {NAME}")
    assert {"Donnée": "Adresse électronique", "Valeur": EMAIL} in data["sections"][0]["rows"]


def test_what_cannot_be_written_or_is_gone_says_so(room: Room, tmp_path: Path) -> None:
    arguments: dict[str, Any] = {"now": NOW, "making": PdfMaking()}
    with pytest.raises(InputError, match="extension"):
        person_data.export_person(
            room.office, person_id=room.people[NAME], file=tmp_path / "a.xyz", **arguments
        )
    with pytest.raises(NotFoundError):
        room.office.run(person_data.person_data, person_id="personne", now=NOW)
    assert list(tmp_path.glob("a.*")) == []


# Effacement ------------------------------------------------------------------------------


def test_who_is_in_no_issued_releve_goes_whole_to_the_last_byte(room: Room) -> None:
    who = room.people[NAME]
    assert [hit.title for hit in search(room.office, text="benexemple archives")] != []
    seen = room.office.run(erasure.preview_erasure, person_id=who).result
    assert seen.whole
    assert any("1\u00a0texte où son nom figure" in words for words in seen.kept)
    assert erasure.erase(room.office, person_id=who) == seen
    rows = dump(room.office.database)
    assert who not in {row["id"] for row in rows["person"]}
    assert rows["person_alias"] == []
    assert who not in {row["person_id"] for row in rows["attendance"]}
    assert [row["owner_id"] for row in rows["conclusion"]] == [None, None]
    whole = bytes_of(room.office)
    for text in (NAME, EMAIL, OTHER_NAME, "14:26:03"):
        assert text.encode() not in whole
    assert room.office.run(history.undo).result is None
    # The point that names her stays, and another of that name; her card and her address do not.
    assert search(room.office, text="example.org") == ()
    found = {hit.title for hit in search(room.office, text="benexemple")}
    assert "Hajar BENEXEMPLE" in " ".join(found)
    assert NAME not in " ".join(found)


def test_whom_a_releve_names_stays_without_what_it_does_not_say(room: Room) -> None:
    freeze(room)
    who = room.people[NAME]
    seen = room.office.run(erasure.preview_erasure, person_id=who).result
    assert not seen.whole
    assert "le relevé du 19 octobre 2026 les dit" in seen.kept[0]
    erasure.erase(room.office, person_id=who)
    rows = dump(room.office.database)
    card = next(row for row in rows["person"] if row["id"] == who)
    assert (card["name"], card["email"]) == (NAME, "")
    (there,) = [row for row in rows["attendance"] if row["person_id"] == who]
    assert (there["presence"], there["arrived"], there["left"]) == ("present", None, None)
    assert rows["stay"] == rows["person_alias"] == []
    whole = bytes_of(room.office)
    assert NAME.encode() in whole
    for text in (EMAIL, OTHER_NAME, "14:26:03", "16:05:10"):
        assert text.encode() not in whole
