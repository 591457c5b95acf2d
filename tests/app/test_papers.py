"""The other papers: what they say, whom they reach, and that nothing is lost in silence."""

from __future__ import annotations

import email
from dataclasses import replace
from datetime import UTC, date, datetime, time
from email.message import EmailMessage
from email.policy import default
from typing import TYPE_CHECKING, Any

import docx
import pytest
from icalendar import Calendar

from pan_desktop.app import document_templates, meetings, paper_words, papers, people, plans
from pan_desktop.app.meetings import MeetingEdit
from pan_desktop.app.papers import WrittenPapers
from pan_desktop.app.people import MandateEdit, PersonEdit
from pan_desktop.app.rendering import PdfMaking
from pan_desktop.app.written import Existing
from pan_desktop.documents.docx.reader import ReadTable, read_blocks
from pan_desktop.domain.errors import (
    ConflictError,
    FileTakenError,
    FileUnwritableError,
    InputError,
    NotFoundError,
)
from pan_desktop.domain.model import Civility, Presence, Role
from pan_desktop.domain.papers import Paper, PaperWords
from pan_desktop.domain.typography import Typography
from tests.app import memory
from tests.builders import dump
from tests.reading import flat, html_lines, word_lines
from tests.seed_text import plain

if TYPE_CHECKING:
    from pathlib import Path

    from pan_desktop.app.office import Office
    from pan_desktop.store.unit_of_work import UnitOfWork
    from tests.app.memory import Memory

NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
LINK = "https://visio.exemple.org/j/123?pwd=a&b=c\nIdentifiant : 123 456\nCode : x'y"


@pytest.fixture
def held(office: Office) -> Memory:
    """Give an office with two meetings, Salma (1, 2) and Driss (3, who has no address)."""
    return memory.fill(office)


def write(office: Office, meeting: str, paper: Paper, target: Path, **own: Any) -> WrittenPapers:
    arguments: dict[str, Any] = {"style": Typography.SOIGNE, "now": NOW}
    arguments |= own
    return papers.write(office, meeting_id=meeting, paper=paper, target=target, **arguments)


def lines(file: Path) -> list[str]:
    """Return what a Word file says, line by line, its tables' cells too."""
    return [plain(text) for _, text in word_lines(file, ("–", "•"))]


def join(office: Office, meeting: str, connection: str = LINK, **own: Any) -> None:
    """Change how a meeting is joined, and what else is given."""
    known = office.run(meetings.view_meeting, meeting_id=meeting).result.record.meeting
    edit = MeetingEdit(known.body.name, known.day, known.at, known.place, connection)
    office.run(meetings.change_meeting, meeting_id=meeting, edit=replace(edit, **own))


def parsed(file: Path) -> EmailMessage:
    message = email.message_from_bytes(file.read_bytes(), policy=default)
    assert isinstance(message, EmailMessage)
    assert not message.defects
    return message


def event_of(content: bytes) -> dict[str, Any]:
    """Return the one event of a calendar file."""
    (event,) = Calendar.from_ical(content).walk("VEVENT")
    return dict(event)


# Invitation ----------------------------------------------------------------------------------


def test_an_invitation_says_when_where_how_and_what_about(
    office: Office, held: Memory, tmp_path: Path
) -> None:
    join(office, held.second)
    office.run(meetings.add_item, meeting_id=held.second, title="Questions diverses")
    target = tmp_path / "convocation.docx"
    done = write(office, held.second, Paper.CONVOCATION, target, author="Mme Nadia TAHIRI")
    assert done.paths == (target,)
    said = lines(target)
    for line in (
        "Convocation",
        "Mesdames, Messieurs,",
        "Mercredi 14 octobre 2026 (à 10 h)",
        "Siège",
        "https://visio.exemple.org/j/123?pwd=a&b=c",
        "Code : x'y",
        "Avancement",
        "Questions diverses",
        "Mme Nadia TAHIRI",
        "Mme Salma AZROUNI, point focal engagements 1 et 2 (Archives)",
        "M. Driss Amezray, point focal engagement 3 (Archives)",
    ):
        assert line in said
    assert any("loi 09-08" in line and "droit d'accès" in line for line in said)
    core = docx.Document(str(target)).core_properties
    assert core.title == "Convocation, Comité, mercredi 14 octobre 2026"


def test_a_link_or_a_code_is_printed_letter_by_letter(
    office: Office, held: Memory, tmp_path: Path
) -> None:
    join(office, held.second)
    target = tmp_path / "c.docx"
    write(office, held.second, Paper.CONVOCATION, target)
    assert {"Identifiant : 123 456", "Code : x'y"} <= {t for _, t in word_lines(target, ("–",))}


def test_a_folder_gets_an_invitation_for_each_person(
    office: Office, held: Memory, tmp_path: Path
) -> None:
    done = write(office, held.second, Paper.CONVOCATION, tmp_path / "Convocations")
    names = [path.name for path in done.paths]
    assert names == [
        "Convocation – Salma AZROUNI – 2026-10-14.docx",
        "Convocation – Driss Amezray – 2026-10-14.docx",
    ]
    first, second = map(lines, done.paths)
    assert {"Madame,", "Mme Salma AZROUNI Archives"} <= set(first)
    assert {"Monsieur,", "M. Driss Amezray Archives"} <= set(second)
    assert not any("Destinataires" in line for line in (*first, *second))


def test_people_of_one_name_get_a_file_each(office: Office, held: Memory, tmp_path: Path) -> None:
    mandate = MandateEdit(held.plan, Role.ALTERNATE, (2,), date(2024, 1, 1))
    other = PersonEdit(Civility.MADAME, "Salma AZROUNI", "Budget")
    office.run(people.add_person, person=other, mandate=mandate)
    done = write(office, held.second, Paper.CONVOCATION, tmp_path)
    assert len({path.name.casefold() for path in done.paths}) == 3


def test_a_name_that_is_no_file_name_gets_one(office: Office, held: Memory, tmp_path: Path) -> None:
    edit = PersonEdit(Civility.MADAME, 'S/A:L*M"A <AZROUNI> ' + "é" * 200, "Archives")
    office.run(people.change_person, person_id=held.salma, person=edit)
    done = write(office, held.second, Paper.CONVOCATION, tmp_path / "c")
    assert all(path.is_file() and path.parent == tmp_path / "c" for path in done.paths)


def test_where_nobody_is_expected_nothing_is_written(office: Office, tmp_path: Path) -> None:
    plan = office.run(
        plans.create_plan,
        label="Seul",
        starts=date(2024, 1, 1),
        ends=date(2027, 12, 31),
        commitments=1,
    ).result
    meeting = office.run(
        meetings.create_meeting,
        plan_id=plan,
        edit=MeetingEdit("Comité", date(2026, 1, 5), time(9)),
        progress_title="A",
    ).result
    with pytest.raises(ConflictError, match="Personne n’est attendu"):
        write(office, meeting, Paper.CONVOCATION, tmp_path / "a.docx")
    assert list(tmp_path.glob("a.*")) == []
    write(office, meeting, Paper.PRESENCE, tmp_path / "a.docx")


def test_the_draft_goes_to_all_who_have_an_address_and_names_the_others(
    office: Office, held: Memory, tmp_path: Path
) -> None:
    join(office, held.second)
    target = tmp_path / "Convocation.eml"
    done = write(office, held.second, Paper.CONVOCATION, target)
    message = parsed(target)
    assert message["X-Unsent"] == "1"
    assert message["To"] == "Salma AZROUNI <salma@exemple.org>"
    assert plain(message["Subject"]) == "Convocation – Comité du 14 octobre 2026 à 10 h"
    (remark,) = done.remarks
    assert "Amezray" in remark
    assert "inviter autrement" in remark
    assert done.to == ("salma@exemple.org",)
    body = message.get_body()
    assert body is not None
    text = str(body.get_content())
    assert "https://visio.exemple.org/j/123?pwd=a&b=c" in text
    assert "Destinataires" not in text
    word, calendar = message.iter_attachments()
    assert word.get_filename() == "Convocation.docx"
    (tmp_path / "joint.docx").write_bytes(word.get_content())
    assert "Mesdames, Messieurs," in lines(tmp_path / "joint.docx")
    assert calendar.get_content_type() == "text/calendar"
    assert calendar.get_filename() == "Convocation.ics"
    raw = calendar.get_payload(decode=True)
    assert isinstance(raw, bytes)
    assert event_of(raw)["UID"] == f"{held.second}@pan-desktop"


def test_where_nobody_has_an_address_there_is_no_draft(
    office: Office, held: Memory, tmp_path: Path
) -> None:
    edit = PersonEdit(Civility.MADAME, "Salma AZROUNI", "Archives", "")
    office.run(people.change_person, person_id=held.salma, person=edit)
    with pytest.raises(ConflictError, match="Aucune des personnes attendues"):
        write(office, held.second, Paper.CONVOCATION, tmp_path / "a.eml")


@pytest.mark.parametrize(
    ("day", "at", "instant"),
    [
        (date(2020, 12, 21), time(14, 30), "2020-12-21T13:30"),
        (date(2024, 4, 2), time(10), "2024-04-02T10:00"),  # Ramadan: UTC
        (date(2024, 4, 15), time(10), "2024-04-15T09:00"),
        (date(2026, 3, 2), time(10), "2026-03-02T10:00"),  # Ramadan
        (date(2026, 4, 15), time(10), "2026-04-15T09:00"),
        (date(2026, 9, 18), time(10), "2026-09-18T09:00"),
        (date(2026, 10, 14), time(10), "2026-10-14T10:00"),  # UTC since 20 September 2026
    ],
)
def test_the_calendar_has_the_right_instant_by_the_rules_of_that_day(
    day: date, at: time, instant: str, held: Memory, request: pytest.FixtureRequest
) -> None:
    office, tmp_path = request.getfixturevalue("office"), request.getfixturevalue("tmp_path")
    join(office, held.second, day=day, at=at)
    target = tmp_path / "a.ics"
    write(office, held.second, Paper.CONVOCATION, target)
    event = event_of(target.read_bytes())
    begins = event["DTSTART"].dt
    assert begins.utcoffset().total_seconds() == 0
    assert begins.isoformat(timespec="minutes") == f"{instant}+00:00"
    assert (event["DTEND"].dt - begins).total_seconds() == 2 * 3600


def set_zone(work: UnitOfWork, *, meeting_id: str, zone: str) -> None:
    work.update("meeting", meeting_id, zone=zone)


@pytest.mark.parametrize(("day", "hour"), [(date(2027, 3, 27), 9), (date(2027, 3, 28), 8)])
def test_a_meeting_elsewhere_follows_its_own_zone(
    day: date, hour: int, office: Office, held: Memory, tmp_path: Path
) -> None:
    join(office, held.second, day=day)
    office.run(set_zone, meeting_id=held.second, zone="Europe/Paris")
    write(office, held.second, Paper.CONVOCATION, tmp_path / "a.ics")
    assert event_of((tmp_path / "a.ics").read_bytes())["DTSTART"].dt.hour == hour


def test_a_calendar_file_is_as_the_standard_wants_it_and_grows_newer(
    office: Office, held: Memory, tmp_path: Path
) -> None:
    join(office, held.second)
    target = tmp_path / "a.ics"
    write(office, held.second, Paper.CONVOCATION, target)
    content = target.read_bytes()
    assert content.startswith(b"BEGIN:VCALENDAR\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert max(map(len, content.split(b"\r\n"))) <= 75
    calendar = Calendar.from_ical(content)
    assert (calendar["method"], calendar["version"]) == ("PUBLISH", "2.0")
    first = event_of(content)
    assert LINK in first["DESCRIPTION"]
    assert first["LOCATION"] == "Siège"
    office.run(paper_words.change_paper_words, own=PaperWords(minutes=90))
    join(office, held.second, day=date(2026, 10, 15))
    write(office, held.second, Paper.CONVOCATION, target)
    second = event_of(target.read_bytes())
    assert second["UID"] == first["UID"]
    assert second["SEQUENCE"] > first.get("SEQUENCE", 0)
    assert (second["DTEND"].dt - second["DTSTART"].dt).total_seconds() == 90 * 60


# Sheet to sign -------------------------------------------------------------------------------


def test_the_sheet_has_a_tall_row_for_each_expected_and_for_guests(
    office: Office, held: Memory, tmp_path: Path
) -> None:
    target = tmp_path / "presence.docx"
    write(office, held.second, Paper.PRESENCE, target)
    (found,) = [block for block in read_blocks(target) if isinstance(block, ReadTable)]
    rows = [[plain("".join(p.text for p in cell)) for cell in row] for row in found.rows]  # type: ignore[union-attr]
    assert rows[0] == ["Nom", "Organisme", "Engagements", "Qualité", "Émargement"]
    assert rows[1] == ["Mme Salma AZROUNI", "Archives", "1 et 2", "Point focal", ""]
    assert rows[2] == ["M. Driss Amezray", "Archives", "3", "Point focal", ""]
    assert rows[3:] == [[""] * 5] * 5
    (table,) = docx.Document(str(target)).tables
    assert all(row.height is not None and row.height.pt >= 30 for row in table.rows[1:])
    assert found.header_rows == 1


# Letters and list ----------------------------------------------------------------------------


def test_an_institution_that_was_not_there_gets_a_letter(
    office: Office, held: Memory, tmp_path: Path
) -> None:
    office.run(
        meetings.set_presence,
        meeting_id=held.second,
        person_ids=[held.salma],
        presence=Presence.PRESENT,
    )
    folder = tmp_path / "Lettres"
    done = write(office, held.second, Paper.LETTERS, folder)
    (path,) = done.paths
    assert path == folder / "Lettre – Archives – 2026-10-14.docx"
    said = lines(path)
    assert said[:4] == [
        "Comité Secrétariat",
        "Le 2 novembre 2026",
        "Archives À l'attention de M. Driss Amezray",
        "Objet : engagement 3 du plan d'action national 2024-2027 – réunion du 14 octobre 2026",
    ]
    assert "Monsieur," in said
    assert "Engagement 3 (aucun taux connu)" in said
    assert any("avant le 17 novembre 2026, le taux d'avancement" in line for line in said)
    assert "Veuillez agréer, Monsieur, l'expression de nos salutations distinguées." in said


def test_a_represented_or_spoken_for_commitment_is_not_written_about(
    office: Office, held: Memory, tmp_path: Path
) -> None:
    office.run(meetings.represent, meeting_id=held.second, person_id=held.driss, by_id=held.salma)
    with pytest.raises(ConflictError, match="Tous les engagements étaient représentés"):
        write(office, held.second, Paper.LETTERS, tmp_path / "Lettres")
    assert not (tmp_path / "Lettres").exists()
    target = tmp_path / "liste.docx"
    write(office, held.second, Paper.UNREPRESENTED, target)
    assert "Tous les engagements étaient représentés à cette réunion." in lines(target)


def test_what_nobody_is_known_for_is_told(office: Office, held: Memory, tmp_path: Path) -> None:
    edit = PersonEdit(Civility.MONSIEUR, "Driss Amezray", "")
    office.run(people.change_person, person_id=held.driss, person=edit)
    office.run(plans.add_commitment, plan_id=held.plan)
    meeting = office.run(
        meetings.create_meeting,
        plan_id=held.plan,
        edit=MeetingEdit("Comité", date(2027, 1, 12), time(10)),
        progress_title="A",
    ).result
    done = write(office, meeting, Paper.LETTERS, tmp_path / "L")
    assert [path.name.split(" – ")[1] for path in done.paths] == ["Archives", "Driss Amezray"]
    first, second = done.remarks
    assert "l’engagement 4" in first
    assert "Personne n’est noté présent" in second
    driss = lines(done.paths[1])
    assert "M. Driss Amezray" in driss
    assert not any("attention" in line for line in driss)


def test_the_list_says_who_answers_for_what_and_since_when_it_stands(
    filled: Office, tmp_path: Path
) -> None:
    latest = filled.run(meetings.list_meetings).result[0].id
    target = tmp_path / "liste.docx"
    write(filled, latest, Paper.UNREPRESENTED, target)
    (found,) = [block for block in read_blocks(target) if isinstance(block, ReadTable)]
    rows = [[plain(" ".join(p.text for p in cell)) for cell in row] for row in found.rows]  # type: ignore[union-attr]
    record = filled.run(meetings.view_meeting, meeting_id=latest).result.record
    lacking = [
        r.commitment.number for r in record.scope if r.commitment.number not in record.represented
    ]
    assert [int(row[0].split(" ")[0]) for row in rows[1:]] == lacking
    assert rows[1][2:] == ["M. Anas SEBTANI", "–", "10 % depuis le 14 avril 2026"]


def test_an_excused_focal_point_is_said_to_be_so(
    office: Office, held: Memory, tmp_path: Path
) -> None:
    office.run(
        meetings.set_presence,
        meeting_id=held.second,
        person_ids=[held.salma],
        presence=Presence.EXCUSED,
    )
    target = tmp_path / "liste.docx"
    write(office, held.second, Paper.UNREPRESENTED, target)
    assert lines(target).count("Mme Salma AZROUNI (excusée)") == 2


# All of them ---------------------------------------------------------------------------------


@pytest.mark.parametrize("style", Typography)
@pytest.mark.parametrize("paper", [Paper.CONVOCATION, Paper.PRESENCE, Paper.UNREPRESENTED])
def test_each_form_says_the_same(
    paper: Paper, style: Typography, filled: Office, tmp_path: Path
) -> None:
    latest = filled.run(meetings.list_meetings).result[0].id
    bullets = ("-",) if style is Typography.FIDELE else ("–", "•")
    for suffix in (".docx", ".html", ".txt"):
        write(filled, latest, paper, tmp_path / f"a{suffix}", style=style)
    word = word_lines(tmp_path / "a.docx", bullets)
    page = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert html_lines(page, bullets) == word
    text = (tmp_path / "a.txt").read_text(encoding="utf-8")
    assert flat(text).replace("=", "").replace("|", "") == flat(word)
    said = page.partition("<main>")[2]
    careful = style is Typography.SOIGNE
    assert ("(à 10h)" in said, "’" in said, "Mme." in said) == (
        not careful,
        careful,
        not careful and paper is not Paper.UNREPRESENTED,
    )


def test_a_pdf_is_painted_by_who_is_handed_in(filled: Office, tmp_path: Path) -> None:
    latest = filled.run(meetings.list_meetings).result[0].id
    making = PdfMaking(lambda document: document.properties.title.encode())
    write(filled, latest, Paper.PRESENCE, tmp_path / "a.pdf", making=making)
    assert (tmp_path / "a.pdf").read_bytes().startswith("Feuille de présence".encode())


def test_a_folder_gets_the_paper_under_its_own_name(filled: Office, tmp_path: Path) -> None:
    latest = filled.run(meetings.list_meetings).result[0].id
    (path,) = write(filled, latest, Paper.PRESENCE, tmp_path).paths
    assert path == tmp_path / "Feuille de présence 2026-10-14.docx"


def test_papers_are_filled_into_the_meeting_s_house_template(
    office: Office, held: Memory, tmp_path: Path
) -> None:
    letterhead = docx.Document()
    letterhead.sections[0].header.paragraphs[0].text = "Direction inventée"
    letterhead.save(str(tmp_path / "maison.docx"))
    kept = document_templates.add_from_file(office, file=tmp_path / "maison.docx").template_id
    office.run(document_templates.choose_template, meeting_id=held.second, template_id=kept)
    done = write(office, held.second, Paper.LETTERS, tmp_path / "L")
    done = WrittenPapers((*done.paths, *write(office, held.second, Paper.PRESENCE, tmp_path).paths))
    for path in done.paths:
        opened = docx.Document(str(path))
        assert opened.sections[0].header.paragraphs[0].text == "Direction inventée"
    write(office, held.second, Paper.CONVOCATION, tmp_path / "c.eml")
    word, _ = parsed(tmp_path / "c.eml").iter_attachments()
    (tmp_path / "joint.docx").write_bytes(word.get_content())
    header = docx.Document(str(tmp_path / "joint.docx")).sections[0].header
    assert header.paragraphs[0].text == "Direction inventée"


@pytest.mark.parametrize(
    ("paper", "name", "said"),
    [
        (Paper.LETTERS, "a.docx", "une lettre par institution"),
        (Paper.PRESENCE, "a.eml", r"\.docx, \.pdf"),
        (Paper.CONVOCATION, "a.odt", r"\.eml, \.ics"),
        (Paper.UNREPRESENTED, "a.ics", r"\.docx, \.pdf"),
    ],
)
def test_a_kind_that_is_not_written_is_refused(
    paper: Paper, name: str, said: str, held: Memory, request: pytest.FixtureRequest
) -> None:
    office, tmp_path = request.getfixturevalue("office"), request.getfixturevalue("tmp_path")
    before = dump(office.database)
    with pytest.raises(InputError, match=said):
        write(office, held.second, paper, tmp_path / name)
    assert not (tmp_path / name).exists()
    assert dump(office.database) == before


def test_of_several_files_none_is_written_where_one_may_not_be(
    office: Office, held: Memory, tmp_path: Path
) -> None:
    taken = tmp_path / "Convocation – Driss Amezray – 2026-10-14.docx"
    taken.write_bytes(b"d'un autre")
    with pytest.raises(FileTakenError):
        write(office, held.second, Paper.CONVOCATION, tmp_path)
    assert [path.name for path in tmp_path.glob("Convocation*")] == [taken.name]
    write(office, held.second, Paper.CONVOCATION, tmp_path, existing=Existing.REPLACE)
    assert len(list(tmp_path.glob("Convocation*"))) == 2


def test_what_stands_in_the_way_is_told(office: Office, held: Memory, tmp_path: Path) -> None:
    (tmp_path / "fichier").write_bytes(b"")
    with pytest.raises(FileUnwritableError, match="n’a pas pu être créé"):
        write(office, held.second, Paper.CONVOCATION, tmp_path / "fichier")
    with pytest.raises(NotFoundError):
        write(office, "0", Paper.PRESENCE, tmp_path / "a.docx")


# Words ---------------------------------------------------------------------------------------


def test_the_office_s_own_words_are_kept_and_printed(
    office: Office, held: Memory, tmp_path: Path
) -> None:
    own = PaperWords(
        invitation="{appel},\n\nVenez le {date} à {heure}, {lieu} ({plan}, {instance}).",
        absence="Voyez :\n\n{liste}\n\nAvant le {delai}.",
        privacy="",
        days=1,
    )
    office.run(paper_words.change_paper_words, own=own)
    assert office.run(paper_words.paper_words).result == own
    write(office, held.second, Paper.CONVOCATION, tmp_path / "c.docx")
    said = lines(tmp_path / "c.docx")
    assert "Venez le 14 octobre 2026 à 10 h, Siège (2024-2027, Comité)." in said
    assert not any("Information" in line for line in said)
    (letter,) = write(office, held.second, Paper.LETTERS, tmp_path / "L").paths
    assert {"Voyez :", "Avant le 3 novembre 2026."} <= set(lines(letter))
    office.run(paper_words.change_paper_words, own=PaperWords())
    assert not [row for row in dump(office.database)["setting"] if row["id"].startswith("paper.")]


@pytest.mark.parametrize(
    ("own", "said"),
    [
        (PaperWords(invitation=" "), "est vide"),
        (PaperWords(invitation="{nom}"), r"« \{nom\} » n’est pas connu.*\{appel\}"),
        (PaperWords(privacy="{appel}"), "ne remplace rien"),
        (PaperWords(absence="Une {liste} ici"), "où mettre la liste"),
        (PaperWords(minutes=0), "1 à 1440"),
        (PaperWords(days=400), "1 à 365"),
    ],
)
def test_words_that_could_not_be_printed_are_refused(
    own: PaperWords, said: str, office: Office
) -> None:
    with pytest.raises(InputError, match=said):
        office.run(paper_words.change_paper_words, own=own)
    assert office.run(paper_words.paper_words).result == PaperWords()
