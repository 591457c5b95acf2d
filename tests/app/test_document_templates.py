"""House templates are kept, chosen, changed and removed, and every step can be taken back."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any

import docx
import pytest

from pan_desktop.app import document_templates as houses
from pan_desktop.app import export, history, meetings, releve, versions
from pan_desktop.app.meetings import MeetingEdit
from pan_desktop.documents.docx.template import TemplateFile
from pan_desktop.domain.errors import (
    ConflictError,
    InputError,
    LockedError,
    NotFoundError,
)
from pan_desktop.domain.layout import AS_EVER, Language, Part
from pan_desktop.domain.typography import Typography
from tests.builders import dump
from tests.documents.docx.houses import bare, dangerous, letterhead, python_docx

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pan_desktop.app.office import Office
    from pan_desktop.documents.model import Document
    from pan_desktop.store.unit_of_work import UnitOfWork

NOW = datetime(2026, 10, 15, 11, 0, tzinfo=UTC)


def latest(office: Office) -> str:
    return office.run(meetings.list_meetings).result[0].id


def kept(office: Office, tmp_path: Path, data: bytes, name: str = "Papier à en-tête") -> str:
    file = tmp_path / "papier.docx"
    file.write_bytes(data)
    return houses.add_from_file(office, file=file, name=name).template_id


def chosen(office: Office, template_id: str | None, meeting_id: str | None = None) -> None:
    meeting_id = meeting_id or latest(office)
    office.run(houses.choose_template, meeting_id=meeting_id, template_id=template_id)


def exported(office: Office, target: Path) -> list[str]:
    export.export(
        office, meeting_id=latest(office), target=target, style=Typography.FIDELE, now=NOW
    )
    return [paragraph.text for paragraph in docx.Document(str(target)).paragraphs]


def composed(office: Office) -> Document:
    return office.run(
        releve.compose, meeting_id=latest(office), style=Typography.FIDELE, written=NOW
    ).result


def confirm_all(office: Office, meeting_id: str) -> None:
    """Have every blocking finding of a meeting confirmed."""
    found = versions.unconfirmed(*office.run(versions.checked, meeting_id=meeting_id).result)

    def confirm(work: UnitOfWork) -> None:
        for finding in found:
            said = {"finding": finding.key, "check_id": finding.id}
            work.insert("confirmation", meeting_id=meeting_id, reason="vu", author="Salma", **said)

    office.run(confirm)


def test_a_template_is_named_after_its_file_and_says_what_it_lacks(
    filled: Office, tmp_path: Path
) -> None:
    file = tmp_path / "Lettre du secrétariat.dotx"
    file.write_bytes(bare())
    made = houses.add_from_file(filled, file=file)
    assert any("« Titre 1 » (un intertitre" in remark for remark in made.remarks)
    (known,) = filled.run(houses.list_templates).result
    assert (known.name, known.file_name) == ("Lettre du secrétariat", file.name)
    assert houses.inspect(filled, template_id=known.id) == made.remarks
    content = filled.run(houses.template_file, template_id=known.id).result
    assert content == TemplateFile.of(file.name, bare())


def test_the_relevé_is_written_with_the_meeting_s_template(filled: Office, tmp_path: Path) -> None:
    before = exported(filled, tmp_path / "avant.docx")
    chosen(filled, kept(filled, tmp_path, letterhead()))
    after = exported(filled, tmp_path / "apres.docx")
    assert after[0].startswith("Rabat, le ")
    assert "{" not in after[0]
    assert after[1 : len(before)] == before[: len(before) - 1]
    assert after[-1] == "Le président, {{inconnu}}"


def test_parts_and_words_of_the_template_are_the_meeting_s(filled: Office) -> None:
    layout = AS_EVER.showing(Part.PLACE, shown=False).saying("agenda", "Points inscrits")
    template_id = filled.run(houses.add_template, name="Court", layout=layout).result
    whole = composed(filled)
    chosen(filled, template_id)
    texts = [
        "".join(run.text for run in b.runs) for b in composed(filled).blocks if hasattr(b, "runs")
    ]
    assert "Points inscrits" in texts
    assert "Lieu\u00a0:" not in texts
    filled.run(houses.change_layout, template_id=template_id, layout=AS_EVER)
    assert composed(filled) == whole


def test_a_new_meeting_takes_the_template_of_the_last_or_of_its_body(filled: Office) -> None:
    last = filled.run(meetings.list_meetings).result[0]
    body = next(b for b in filled.run(meetings.list_bodies).result if b.name == last.body)
    own = filled.run(houses.add_template, name="De l’instance", body_id=body.id).result
    other = filled.run(houses.add_template, name="Autre").result

    def opened(day: date) -> str | None:
        edit = MeetingEdit(last.body, day, time(10))
        meeting_id = filled.run(meetings.open_meeting, plan_id=last.plan_id, edit=edit).result
        return filled.run(
            meetings.view_meeting, meeting_id=meeting_id
        ).result.record.meeting.template_id

    assert opened(date(2027, 1, 4)) == own
    chosen(filled, other)
    assert opened(date(2027, 1, 5)) == other


def test_every_change_can_be_taken_back_and_done_again(filled: Office, tmp_path: Path) -> None:
    meeting_id, template_id = latest(filled), kept(filled, tmp_path, letterhead())
    another = TemplateFile.of("autre.docx", python_docx())
    no_body: dict[str, Any] = {"name": "Autre nom", "body_id": None, "language": "ar"}
    layout = AS_EVER.moved(Part.AGENDA, -2)
    steps: list[Callable[[], object]] = [
        lambda: chosen(filled, template_id, meeting_id),
        lambda: filled.run(houses.replace_file, template_id=template_id, file=another),
        lambda: filled.run(houses.replace_file, template_id=template_id, file=None),
        lambda: filled.run(houses.change_template, template_id=template_id, **no_body),
        lambda: filled.run(houses.change_layout, template_id=template_id, layout=layout),
        lambda: filled.run(houses.remove_template, template_id=template_id),
    ]
    states = [filled.run(houses.list_templates).result]
    for step in steps:
        step()
        states.append(filled.run(houses.list_templates).result)
    assert states[-1] == ()
    for state in reversed(states[:-1]):
        went = filled.run(history.undo).result
        assert went is not None
        assert not went.refused
        assert filled.run(houses.list_templates).result == state
    content = filled.run(houses.template_file, template_id=template_id).result
    assert content is not None
    assert content.content == letterhead()
    for state in states[1:]:
        filled.run(history.redo)
        assert filled.run(houses.list_templates).result == state


def test_undo_says_which_template_it_was(filled: Office) -> None:
    template_id = filled.run(houses.add_template, name="Papier").result
    chosen(filled, template_id)
    filled.run(houses.remove_template, template_id=template_id)
    went = filled.run(history.undo).result
    assert went is not None
    assert went.words == "le modèle de document « Papier »"


def test_meetings_of_a_removed_template_fall_back_and_it_is_said(filled: Office) -> None:
    template_id = filled.run(houses.add_template, name="Papier").result
    chosen(filled, template_id)
    count = filled.run(houses.remove_template, template_id=template_id).result
    assert houses.fallen_back(count).startswith("Une réunion l’utilisait")
    assert houses.fallen_back(3).startswith("3 réunions l’utilisaient")
    assert houses.fallen_back(0) == ""
    assert filled.run(houses.template_of, meeting_id=latest(filled)).result is None


def test_an_issued_relevé_keeps_its_file_whatever_becomes_of_the_template(
    filled: Office, tmp_path: Path
) -> None:
    meeting_id = latest(filled)
    template_id = kept(filled, tmp_path, letterhead())
    chosen(filled, template_id)
    confirm_all(filled, meeting_id)
    target = tmp_path / "diffuse.docx"
    versions.issue(
        filled,
        meeting_id=meeting_id,
        target=target,
        style=Typography.FIDELE,
        author="Salma",
        now=NOW,
    )
    assert docx.Document(str(target)).paragraphs[0].text.startswith("Rabat, le ")
    with pytest.raises(LockedError, match="est diffusé"):
        chosen(filled, None)
    filled.run(houses.remove_template, template_id=template_id)
    line = filled.run(versions.life, meeting_id=meeting_id).result.last
    assert line is not None
    assert filled.run(versions.kept_file, version_id=line.id).result == target.read_bytes()


def test_words_of_one_language_do_not_stay_in_another(filled: Office) -> None:
    layout = AS_EVER.saying("place", "Salle").showing(Part.CHAIR, shown=True)
    template_id = filled.run(houses.add_template, name="Deux langues", layout=layout).result
    change: dict[str, Any] = {"template_id": template_id, "name": "Deux langues", "body_id": None}
    filled.run(houses.change_template, **change, language="ar")
    (known,) = filled.run(houses.list_templates).result
    assert known.layout.language is Language.ARABIC
    assert known.layout.labels == ()
    assert Part.CHAIR in known.layout.shown


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("modele.odt", b"x", "n’est pas un modèle Word"),
        ("modele.docx", b"", "est vide"),
        ("modele.docx", b"PK\3\4" * 9, "endommagé"),
        ("absent.docx", None, "absent.docx"),
    ],
)
def test_what_cannot_serve_is_not_kept(
    filled: Office, tmp_path: Path, name: str, content: bytes | None, said: str
) -> None:
    before = dump(filled.database)
    file = tmp_path / name
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(InputError, match=said) as caught:
        houses.add_from_file(filled, file=file)
    assert "rien n’a été" in caught.value.sentence
    assert dump(filled.database) == before


def test_names_are_needed_and_one_s_own(filled: Office) -> None:
    filled.run(houses.add_template, name="Papier")
    with pytest.raises(ConflictError, match="« Papier »"):
        filled.run(houses.add_template, name="  papier ")
    with pytest.raises(InputError, match="pas de nom"):
        filled.run(houses.add_template, name=" ")
    for use_case, more in (
        (houses.replace_file, {"file": None}),
        (houses.change_layout, {"layout": AS_EVER}),
        (houses.change_template, {"name": "x", "body_id": None, "language": "fr"}),
    ):
        with pytest.raises(NotFoundError):
            filled.run(use_case, template_id="gone", **more)  # type: ignore[arg-type]


def test_the_file_comes_out_as_it_went_in_and_the_program_s_too(
    filled: Office, tmp_path: Path
) -> None:
    template_id = kept(filled, tmp_path, letterhead())
    target = tmp_path / "pour Word.docx"
    houses.write_file(filled, template_id=template_id, target=target)
    assert target.read_bytes() == letterhead()
    houses.write_file(filled, template_id=None, target=target)
    assert "Tableau relevé" in [style.name for style in docx.Document(str(target)).styles]


def test_macros_do_not_come_into_the_relevé(filled: Office, tmp_path: Path) -> None:
    file = tmp_path / "modele.docm"
    file.write_bytes(dangerous())
    made = houses.add_from_file(filled, file=file)
    assert any("des macros" in remark for remark in made.remarks)
    chosen(filled, made.template_id)
    exported(filled, tmp_path / "releve.docx")
    assert b"vbaProject" not in (tmp_path / "releve.docx").read_bytes()


def test_a_template_named_on_the_way_stands_in_for_the_meeting_s(
    filled: Office, tmp_path: Path
) -> None:
    layout = AS_EVER.showing(Part.DATE, shown=False)
    filled.run(houses.add_template, name="Sans date", layout=layout)
    house = houses.named_house(filled, "sans date")
    assert (house.file, house.layout) == (None, layout)
    file = tmp_path / "papier.docx"
    file.write_bytes(letterhead())
    assert houses.named_house(filled, str(file)).file == TemplateFile.of(
        "papier.docx", letterhead()
    )
    with pytest.raises(NotFoundError, match="« rien »"):
        houses.named_house(filled, "rien")
