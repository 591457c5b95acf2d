"""The e-mail draft: parsed again with the standard library, as a mail program would."""

from __future__ import annotations

import email
import re
from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import default
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pan_desktop.app import mail, meetings, people, versions
from pan_desktop.app.mail import Letter, address_of, message_of
from pan_desktop.app.people import PersonEdit
from pan_desktop.domain.errors import FileUnwritableError, NotFoundError
from pan_desktop.domain.model import Civility, Person, Presence
from pan_desktop.domain.typography import Typography
from tests.builders import thorough

if TYPE_CHECKING:
    from pathlib import Path

    from pan_desktop.app.mail import Prepared
    from pan_desktop.app.office import Office

NOW = datetime(2026, 10, 15, 11, 0, tzinfo=UTC)
KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def latest(office: Office) -> str:
    return office.run(meetings.list_meetings).result[0].id


def parsed(data: bytes) -> EmailMessage:
    message = email.message_from_bytes(data, policy=default)
    assert isinstance(message, EmailMessage)
    assert not message.defects
    return message


def prepare(office: Office, file: Path) -> tuple[Prepared, EmailMessage]:
    done = mail.prepare(office, meeting_id=latest(office), file=file, author="Nadia TAHIRI")
    return done, parsed(done.path.read_bytes())


def said(message: EmailMessage) -> str:
    body = message.get_body()
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    found = tmp_path / "Relevé des conclusions 2026-10-14.docx"
    found.write_bytes(b"PK\x03\x04 un fichier Word")
    return found


@pytest.fixture
def addressed(filled: Office) -> Office:
    """Give an office that knows the addresses of some."""
    known = filled.run(meetings.view_meeting, meeting_id=latest(filled)).result
    for number, seat in enumerate(known.seats):
        address(filled, seat.person, f"p{number}@exemple.ma" if number % 3 else "")
    return filled


def address(office: Office, person: Person, words: str) -> None:
    edit = PersonEdit(person.civility, person.name, person.institution, words)
    office.run(people.change_person, person_id=person.id, person=edit)


def test_the_draft_carries_the_file(addressed: Office, file: Path) -> None:
    done, message = prepare(addressed, file)
    assert done.path == file.with_suffix(".eml")
    assert message["X-Unsent"] == "1"
    assert message["Subject"] == (
        "Relevé des conclusions – Comité d'implémentation du 14 octobre 2026"
    )
    (attached,) = message.iter_attachments()
    assert attached.get_content_type() == KIND
    assert attached.get_filename() == file.name
    assert attached.get_content() == file.read_bytes()
    assert message["From"] is None
    text = said(message)
    assert text.startswith("Bonjour,\n\nVeuillez trouver ci-joint le relevé")
    assert "14 octobre 2026 à 10\u00a0h (Comité d'implémentation), à l’état de projet." in text
    assert text.endswith("Cordialement,\n\nNadia TAHIRI\n")


def test_it_goes_to_those_present_and_to_the_focal_points_expected(
    addressed: Office, file: Path
) -> None:
    view = addressed.run(meetings.view_meeting, meeting_id=latest(addressed)).result
    record = view.record
    present = {a.person.id for a in record.attendances if a.presence is Presence.PRESENT}
    focal = {
        m.person.id
        for m in addressed.run(lambda w: w.read.mandates(plan_id=record.plan.id)).result
        if m.covers(record.meeting.day) and m.role == "focal_point"
    }
    asked = {s.person for s in view.seats if s.person.id in present | focal}
    assert present - focal
    assert focal - present
    done, message = prepare(addressed, file)
    to = [address.addr_spec for address in message["To"].addresses]
    assert set(to) == {person.email for person in asked if person.email}
    names = [address.display_name for address in message["To"].addresses]
    assert names == sorted(names)
    assert list(done.to) == to
    assert {n.split(" ", 1)[1] for n in done.without} == {p.name for p in asked if not p.email}
    assert all(re.match(r"(M\.|Mme) ", name) for name in done.without)


def test_without_any_address_there_is_a_draft_all_the_same(filled: Office, file: Path) -> None:
    for seat in filled.run(meetings.view_meeting, meeting_id=latest(filled)).result.seats:
        address(filled, seat.person, "")
    done, message = prepare(filled, file)
    assert message["To"] is None
    assert done.to == ()
    assert len(done.without) >= 9


def test_what_it_says_follows_the_state(filled: Office, file: Path) -> None:
    meeting_id = latest(filled)

    def issue() -> None:
        versions.issue(
            filled,
            meeting_id=meeting_id,
            target=file.with_name("a.docx"),
            style=Typography.FIDELE,
            author="N",
            now=NOW,
        )

    issue()
    assert "(Comité d'implémentation).\n" in said(prepare(filled, file)[1])
    filled.run(versions.reopen, meeting_id=meeting_id, author="N", reason="Faute.", at=NOW)
    issue()
    assert "cette version 2, corrigée, remplace les précédentes." in said(prepare(filled, file)[1])
    filled.run(versions.approve, meeting_id=meeting_id, author="N", at=NOW)
    text = said(prepare(filled, file)[1])
    assert "tel qu’il a été approuvé." in text
    assert "observations" not in text


def test_one_s_own_draft_is_replaced_and_one_that_was_changed_stays(
    filled: Office, file: Path
) -> None:
    first, _ = prepare(filled, file)
    assert prepare(filled, file)[0].path == first.path
    first.path.write_bytes(b"retouche")
    second, _ = prepare(filled, file)
    assert second.path == file.with_name(f"{file.stem} (2).eml")
    assert first.path.read_bytes() == b"retouche"


def test_a_file_that_is_gone_is_told(filled: Office, file: Path) -> None:
    file.unlink()
    with pytest.raises(NotFoundError, match="ne peut pas être lu"):
        prepare(filled, file)


def test_a_place_that_takes_no_draft_is_told(
    filled: Office, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: object, **_named: object) -> None:
        raise FileUnwritableError("Plus de place.")

    monkeypatch.setattr("pan_desktop.app.written.save", refuse)
    with pytest.raises(FileUnwritableError):
        prepare(filled, file)


WHO = Person("1", Civility.MADAME, "Élise D'AZEMMOUR", "", "e@exemple.ma")


@pytest.mark.parametrize(
    "address", ["", "élise@exemple.ma", "@exemple.ma", "e@", "a b@exemple.ma", "a@b\r\nBcc: x@y.z"]
)
def test_an_address_that_mail_programs_refuse_is_none(address: str) -> None:
    assert address_of(replace(WHO, email=address)) is None


@thorough
@given(name=st.text(min_size=1, max_size=60), subject=st.text("é–’« »\t\r\nabc", max_size=120))
def test_no_name_adds_a_header_or_breaks_the_draft(name: str, subject: str) -> None:
    address = address_of(replace(WHO, name=name))
    letter = Letter((), " ".join(subject.split()), "Bonjour")
    if address is None:
        return
    message = parsed(message_of(letter, [address], "é.docx", b"x").as_bytes())
    assert set(message.keys()) == {"X-Unsent", "Subject", "To", "MIME-Version", "Content-Type"}
    assert [a.addr_spec for a in message["To"].addresses] == ["e@exemple.ma"]


def test_one_address_of_two_people_is_written_once() -> None:
    other = replace(WHO, id="2", name="Autre", email="E@exemple.ma")
    both = [a for a in (address_of(WHO), address_of(other)) if a is not None]
    message = parsed(message_of(Letter((), "S", "T"), both, "a.docx", b"x").as_bytes())
    assert len(message["To"].addresses) == 1
