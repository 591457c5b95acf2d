"""The Excel forms: out then in changes nothing, and what is damaged changes nothing either."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from contextlib import suppress
from datetime import date, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
import xlsxwriter
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from pan_desktop.app import (
    activities,
    history,
    meetings,
    people,
    plans,
    progress,
    workbooks,
)
from pan_desktop.app.activities import ActivityEdit
from pan_desktop.app.people import MandateEdit, PersonEdit
from pan_desktop.app.plans import CommitmentEdit
from pan_desktop.documents.workbook import reader
from pan_desktop.documents.workbook.forms import PLAN_FORM, PROGRESS_FORM, ROSTER_FORM
from pan_desktop.documents.workbook.writer import workbook
from pan_desktop.domain.errors import ConflictError, FileUnwritableError, InputError
from pan_desktop.domain.model import ActivityState, Civility, Role
from pan_desktop.domain.progress import OverallMethod, Rounding
from tests.builders import BOOKKEEPING, dump, lived_database, modest, office_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pan_desktop.app.office import Office
    from pan_desktop.app.workbooks import Preview

few = settings(modest, phases=(Phase.explicit, Phase.generate))
"""Not made smaller when one fails: an office takes a while to make, to write and to read."""
FORMS = ("plans", "roster", "progress")
LETTERS = st.characters(exclude_categories=("Cc", "Cs"))
WORDS = st.text(LETTERS, min_size=1, max_size=40).filter(lambda text: bool(text.split()))
TRICKY = st.sampled_from(
    ["=1+1", "+33", "-5", "@home", "1", "007", "1,5", "_x000D_", "L’État", "مرحبا", "a\nb"]
)
TEXT = st.one_of(WORDS, TRICKY)
DAYS = st.dates(date(2000, 1, 1), date(2040, 12, 31))


@pytest.fixture
def lived(tmp_path: Path) -> Iterator[Office]:
    with office_in(tmp_path, lived_database()) as office:
        yield office


def said(office: Office) -> dict[str, list[dict[str, Any]]]:
    """Return all that the store says, bookkeeping and the way back apart."""
    return {
        name: [{k: v for k, v in row.items() if k not in BOOKKEEPING} for row in rows]
        for name, rows in dump(office.database).items()
        if name not in {"step", "journal"}
    }


def latest(office: Office) -> str:
    return office.run(meetings.list_meetings).result[0].id


def write(office: Office, form: str, file: Path) -> Path:
    if form == "plans":
        workbooks.write_plans(office, file=file)
    elif form == "roster":
        workbooks.write_roster(office, file=file)
    else:
        workbooks.write_progress(office, meeting_id=latest(office), file=file)
    return file


def unchanged(office: Office, file: Path) -> Preview:
    """Preview a workbook and see that the store is as it was."""
    before = dump(office.database)
    found = workbooks.preview(office, file=file)
    assert dump(office.database) == before
    return found


def edited(file: Path, sheet: str, cells: dict[str, object]) -> Path:
    """Write a workbook anew with some cells changed, as another program would."""
    book = CalamineWorkbook.from_path(str(file))
    target = io.BytesIO()
    made = xlsxwriter.Workbook(target, {"strings_to_formulas": False})
    day = made.add_format({"num_format": "dd/mm/yyyy"})
    for name in book.sheet_names:
        page = made.add_worksheet(name)
        rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        values: dict[tuple[int, int], object] = {
            (n, c): value for n, row in enumerate(rows) for c, value in enumerate(row)
        }
        if name == sheet:
            for place, value in cells.items():
                column = ord(place[0]) - ord("A")
                values[int(place[1:]) - 1, column] = value
        for (n, c), value in values.items():
            if isinstance(value, date):
                page.write_datetime(n, c, value, day)
            elif isinstance(value, str):
                page.write_string(n, c, value)
            elif value is not None:
                page.write(n, c, value)
    made.close()
    other = file.with_name(f"rempli-{file.name}")
    other.write_bytes(target.getvalue())
    return other


# Out, then in ----------------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMS)
def test_out_then_in_changes_nothing(lived: Office, tmp_path: Path, form: str) -> None:
    found = unchanged(lived, write(lived, form, tmp_path / "a.xlsx"))
    assert (found.changes, found.problems, found.new_rows, found.changed_rows) == ((), (), 0, 0)
    assert found.same_rows > 10
    before = said(lived)
    workbooks.accept(lived, seen=found)
    assert said(lived) == before


@pytest.mark.parametrize("form", FORMS)
def test_the_same_office_gives_the_same_bytes(lived: Office, tmp_path: Path, form: str) -> None:
    one, other = (write(lived, form, tmp_path / name) for name in ("a.xlsx", "b.xlsx"))
    assert one.read_bytes() == other.read_bytes()


offices = st.fixed_dictionaries(
    {
        "label": TEXT,
        "method": st.sampled_from(OverallMethod),
        "rounding": st.sampled_from(Rounding),
        "axes": st.lists(TEXT, max_size=3),
        "commitments": st.lists(
            st.tuples(TEXT, TEXT, st.decimals(Decimal("0.001"), 1000, places=3)), max_size=5
        ),
        "activities": st.lists(
            st.tuples(
                TEXT,
                st.sampled_from(ActivityState),
                st.one_of(st.none(), st.integers(0, 100)),
                st.one_of(st.none(), DAYS),
                st.lists(st.tuples(TEXT, TEXT), max_size=2),
            ),
            max_size=4,
        ),
        "people": st.lists(
            st.tuples(st.sampled_from(Civility), TEXT, TEXT, st.lists(TEXT, max_size=2)), max_size=5
        ),
        "mandates": st.lists(
            st.tuples(st.integers(0, 4), st.sampled_from(list(Role)[:2]), DAYS), max_size=5
        ),
        "details": st.lists(st.tuples(st.integers(0, 100), st.text(max_size=200)), max_size=5),
    }
)


def fill(office: Office, data: dict[str, Any]) -> None:
    """Make an office of what was drawn, leaving out what the program refuses."""
    plan_id = office.run(
        plans.create_plan, label=data["label"], starts=date(2024, 1, 1), ends=date(2027, 12, 31)
    ).result
    for title in data["axes"]:
        _try(office, plans.add_axis, plan_id=plan_id, title=title)
    ids = []
    for number, (title, house, weight) in enumerate(data["commitments"], start=1):
        made = office.run(plans.add_commitment, plan_id=plan_id, number=number).result
        edit = CommitmentEdit(str(number), title, house, f"{weight:f}")
        office.run(plans.change_commitment, commitment_id=made, edit=edit)
        ids.append(made)
    for title, state, percent, day, places in data["activities"] if ids else ():
        made = office.run(activities.add_activity, commitment_id=ids[0], title=title).result
        words = "" if percent is None else str(percent)
        act = ActivityEdit(title, "1", state, day, day, words, tuple(places))
        _try(office, activities.edit_activity, activity_id=made, edit=act, today=date(2024, 5, 5))
    known = []
    for civility, name, house, others in data["people"]:
        made = office.run(people.add_person, person=PersonEdit(civility, name, house)).result
        known.append(made)
        _try(office, people.set_aliases, person_id=made, names=others)
    for place, role, day in data["mandates"] if ids else ():
        if place < len(known):
            mandate = MandateEdit(plan_id, role, tuple(range(1, len(ids) + 1)), day)
            office.run(people.add_mandate, person_id=known[place], mandate=mandate)
    edit_ = meetings.MeetingEdit("Comité", date(2025, 1, 6), time(9))
    meeting = office.run(
        meetings.create_meeting, plan_id=plan_id, edit=edit_, progress_title="Avancement"
    ).result
    reports = office.run(meetings.view_meeting, meeting_id=meeting).result.record.scope
    for report, (percent, details) in zip(reports, data["details"], strict=False):
        told = progress.ReportEdit(percent, details, report.situation)
        office.run(progress.save_report, report_id=report.id, edit=told)


def _try(office: Office, use_case: Any, **arguments: object) -> None:
    with suppress(InputError):
        office.run(use_case, **arguments)


@few
@given(offices)
def test_out_then_in_is_the_identity(
    tmp_path_factory: pytest.TempPathFactory, data: dict[str, Any]
) -> None:
    folder = tmp_path_factory.mktemp("identity")
    with office_in(folder) as office:
        fill(office, data)
        for form in FORMS:
            found = unchanged(office, write(office, form, folder / f"{form}.xlsx"))
            assert found.changes == ()
            twins = [p for p in found.problems if "dit déjà" not in p.sentence]
            assert twins == []


@few
@given(offices)
def test_a_workbook_makes_the_same_office_elsewhere(
    tmp_path_factory: pytest.TempPathFactory, data: dict[str, Any]
) -> None:
    """Read one office's workbooks into an empty one, their references being unknown there."""
    folder = tmp_path_factory.mktemp("elsewhere")
    with office_in(folder) as one, office_in(folder) as other:
        fill(one, data)
        for form in ("plans", "roster"):
            file = write(one, form, folder / f"{form}.xlsx")
            found = workbooks.preview_content(
                other, content=_without_references(file), name="a.xlsx"
            )
            if found.problems:  # two people of one name, which a sheet cannot tell apart
                said_so = "dit déjà|s’appelle|autre nom"
                assert all(re.search(said_so, problem.sentence) for problem in found.problems)
                return
            workbooks.accept(other, seen=found)
            back = write(other, form, folder / f"{form}-2.xlsx")
            assert _without_references(back) == _without_references(file)


def _without_references(file: Path) -> bytes:
    book = CalamineWorkbook.from_path(str(file))
    form = PLAN_FORM if "Plans" in book.sheet_names else ROSTER_FORM
    rows = {}
    for sheet in form.sheets:
        read = reader.read_form(file.read_bytes(), "a.xlsx").rows[sheet.name]
        rows[sheet.name] = sorted(((*row.values[:-1], None) for row in read), key=str)
    return workbook(form, rows)


# Filling in ------------------------------------------------------------------------------


def test_a_cell_that_was_changed_is_told_and_taken(lived: Office, tmp_path: Path) -> None:
    file = write(lived, "plans", tmp_path / "a.xlsx")
    filled = edited(file, "Engagements", {"C8": "Registre unique"})
    found = unchanged(lived, filled)
    (change,) = found.changes
    assert (change.sheet, change.cell, change.column) == ("Engagements", "C8", "Intitulé")
    assert change.what == "engagement 7 (2024-2027)"
    assert change.before == "Registre en ligne des déclarations d'intérêts"
    assert change.after == "Registre unique"
    before = said(lived)
    workbooks.accept(lived, seen=found)
    plan = lived.run(plans.list_plans).result[0]
    assert plan.commitments[6].title == "Registre unique"
    lived.run(history.undo)
    assert said(lived) == before


def test_details_keep_their_marks_where_the_text_is_the_same(lived: Office, tmp_path: Path) -> None:
    view = lived.run(meetings.view_meeting, meeting_id=latest(lived)).result
    report = view.record.scope[2]
    edit = progress.ReportEdit(70, "Fait en partie.", report.situation, "b0-4")
    lived.run(progress.save_report, report_id=report.id, edit=edit)
    file = write(lived, "progress", tmp_path / "a.xlsx")
    found = unchanged(lived, edited(file, "Avancement", {"E4": 71}))
    assert [(c.column, c.before, c.after) for c in found.changes] == [("Taux", "70", "71")]
    workbooks.accept(lived, seen=found)
    view = lived.run(meetings.view_meeting, meeting_id=latest(lived)).result
    assert (view.record.scope[2].percent, view.record.scope[2].marks) == (71, "b0-4")


def test_what_was_shown_is_what_is_taken(lived: Office, tmp_path: Path) -> None:
    file = write(lived, "plans", tmp_path / "a.xlsx")
    found = unchanged(lived, edited(file, "Engagements", {"C8": "Registre unique"}))
    plan = lived.run(plans.list_plans).result[0]
    other = CommitmentEdit("7", "Autre", "", "2")
    lived.run(plans.change_commitment, commitment_id=plan.commitments[6].id, edit=other)
    with pytest.raises(ConflictError):
        workbooks.accept(lived, seen=found)


def test_an_issued_relevé_takes_no_progress(lived: Office, tmp_path: Path) -> None:
    file = write(lived, "progress", tmp_path / "a.xlsx")
    lived.run(_issue, meeting_id=latest(lived))
    found = unchanged(lived, edited(file, "Avancement", {"E4": 71}))
    assert "est diffusé" in found.problems[0].sentence


def _issue(work: object, *, meeting_id: str) -> None:
    work.update("meeting", meeting_id, state="issued")  # type: ignore[attr-defined]


def test_an_office_is_set_up_from_two_workbooks(office: Office, tmp_path: Path) -> None:
    """Three plans, 52 commitments, 60 people."""
    first = date(2018, 1, 1)
    labels = [("2018-2020", 18), ("2021-2023", 22), ("2024-2027", 12)]
    sheets: dict[str, list[tuple[Any, ...]]] = {
        "Plans": [
            (label, first.replace(year=int(label[:4])), date(int(label[5:]), 12, 31), *[None] * 4)
            for label, _ in labels
        ],
        "Axes": [(label, 1, f"Axe de {label}", None) for label, _ in labels],
        "Engagements": [
            (label, number, f"Engagement {number}", "Archives", 1, None, None, None)
            for label, count in labels
            for number in range(1, count + 1)
        ],
    }
    plan_file, roster = tmp_path / "plans.xlsx", tmp_path / "personnes.xlsx"
    plan_file.write_bytes(workbook(PLAN_FORM, sheets))
    names = [f"Prénom{n:02d} NOM{n:02d}" for n in range(60)]
    roster.write_bytes(
        workbook(
            ROSTER_FORM,
            {
                "Personnes": [("Mme", name, "Archives", "", "", None) for name in names],
                "Mandats": [
                    (name, "2024-2027", "point focal", str(n % 12 + 1), first, None, None)
                    for n, name in enumerate(names)
                ],
            },
        )
    )
    for file in (plan_file, roster):
        found = unchanged(office, file)
        assert found.problems == ()
        workbooks.accept(office, seen=found)
    made = office.run(plans.list_plans).result
    assert sorted(len(plan.commitments) for plan in made) == [12, 18, 22]
    assert len(office.run(people.list_people).result) == 60


# Damaged ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "wrong",
    [
        ("progress", "Avancement", {"E4": "beaucoup"}, "E4", "n’est pas un taux"),
        ("progress", "Avancement", {"E4": 101}, "E4", "n’est pas un taux"),
        ("progress", "Avancement", {"E4": 0.75}, "E4", "n’est pas un taux"),
        ("progress", "Avancement", {"F4": "peut-être"}, "F4", "n’est pas dans la liste"),
        ("plans", "Engagements", {"B3": 1}, "B3", "dit déjà « engagement 1 (2024-2027) »"),
        ("plans", "Engagements", {"B3": "un"}, "B3", "n’est pas un nombre entier"),
        ("plans", "Engagements", {"B3": ""}, "B3", "« N° » est vide"),
        ("plans", "Engagements", {"F3": -1}, "B3", "Le poids d’un engagement"),
        ("plans", "Engagements", {"E3": 9}, "B3", "L’axe 9 n’existe pas"),
        ("plans", "Engagements", {"H3": "inconnu"}, "H3", "repère n’est pas connu"),
        ("plans", "Plans", {"B2": "01/01/2024"}, "B2", "n’est pas une date"),
        ("plans", "Plans", {"B2": date(2030, 1, 1)}, "A2", "La fin du plan précède"),
        ("plans", "Plans", {"E2": "au hasard"}, "E2", "n’est pas dans la liste"),
        ("roster", "Personnes", {"D2": "sans arobase"}, "B2", "n’est pas une adresse"),
        ("roster", "Mandats", {"D2": "tous"}, "A2", "n’est pas une liste de numéros"),
        ("roster", "Mandats", {"D2": "99"}, "A2", "L’engagement 99 n’existe pas"),
    ],
)
def test_what_is_wrong_is_told_with_its_cell(
    lived: Office, tmp_path: Path, wrong: tuple[str, str, dict[str, object], str, str]
) -> None:
    form, sheet, cells, cell, sentence = wrong
    file = edited(write(lived, form, tmp_path / "a.xlsx"), sheet, cells)
    found = unchanged(lived, file)
    assert [(p.sheet, p.cell) for p in found.problems] == [(sheet, cell)]
    assert sentence in found.problems[0].sentence
    with pytest.raises(InputError, match="rien n’a été changé"):
        workbooks.accept(lived, seen=found)


def test_all_that_is_wrong_is_told_at_once(lived: Office, tmp_path: Path) -> None:
    cells = {"B8": "sept", "F3": -1, "E5": 9}
    file = edited(write(lived, "plans", tmp_path / "a.xlsx"), "Engagements", cells)
    assert [p.cell for p in unchanged(lived, file).problems] == ["B8", "B3", "B5"]


def rebuilt(file: Path, change: Any) -> bytes:
    """Return a workbook with its parts changed, as nobody's program would."""
    target = io.BytesIO()
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = change(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
    return target.getvalue()


def refused(office: Office, content: bytes, tmp_path: Path, name: str = "a.xlsx") -> str:
    file = tmp_path / name
    file.write_bytes(content)
    before = dump(office.database)
    with pytest.raises(InputError) as caught:
        workbooks.preview(office, file=file)
    assert dump(office.database) == before
    assert "rien n’a été changé" in caught.value.sentence
    return caught.value.sentence


def test_what_is_no_workbook_is_told(lived: Office, tmp_path: Path) -> None:
    file = write(lived, "plans", tmp_path / "plans.xlsx")
    assert "est un simple texte" in refused(lived, b"a;b\n1;2\n", tmp_path, "a.csv")
    assert "est vide" in refused(lived, b"", tmp_path)
    assert "est endommagé" in refused(lived, file.read_bytes()[:400], tmp_path)
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
    assert "(.xls)" in refused(lived, old + "Workbook\0".encode("utf-16-le"), tmp_path, "a.xls")
    locked = old + "EncryptedPackage\0".encode("utf-16-le")
    assert "mot de passe" in refused(lived, locked, tmp_path)
    other = io.BytesIO()
    book = xlsxwriter.Workbook(other)
    book.add_worksheet("Budget")
    book.close()
    assert "aucune des feuilles attendues" in refused(lived, other.getvalue(), tmp_path)


def test_a_workbook_with_macros_is_refused(lived: Office, tmp_path: Path) -> None:
    file = write(lived, "plans", tmp_path / "plans.xlsx")
    target = io.BytesIO(file.read_bytes())
    with zipfile.ZipFile(target, "a") as package:
        package.writestr("xl/vbaProject.bin", b"macro")
    assert "macros" in refused(lived, target.getvalue(), tmp_path, "a.xlsm")


def test_a_zip_bomb_is_refused_before_it_unfolds(lived: Office, tmp_path: Path) -> None:
    file = write(lived, "plans", tmp_path / "plans.xlsx")
    target = io.BytesIO(file.read_bytes())
    with (
        zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED) as package,
        package.open("xl/media/image1.bin", "w", force_zip64=True) as part,
    ):
        for _ in range(220):
            part.write(bytes(1024 * 1024))
    assert len(target.getvalue()) < 1024 * 1024
    assert "beaucoup trop" in refused(lived, target.getvalue(), tmp_path)


def test_merged_cells_are_told(lived: Office, tmp_path: Path) -> None:
    file = write(lived, "plans", tmp_path / "plans.xlsx")

    def merge(name: str, content: bytes) -> bytes:
        if name != "xl/worksheets/sheet3.xml":
            return content
        merged = b'</sheetData><mergeCells count="1"><mergeCell ref="C2:C3"/></mergeCells>'
        text = re.sub(rb"<autoFilter[^>]*/>", b"", content)
        return text.replace(b"</sheetData>", merged)

    other = tmp_path / "b.xlsx"
    other.write_bytes(rebuilt(file, merge))
    (problem,) = unchanged(lived, other).problems
    assert (problem.sheet, problem.cell) == ("Engagements", "C2:C3")
    assert "fusionnées" in problem.sentence


def test_a_missing_sheet_or_column_is_told(lived: Office, tmp_path: Path) -> None:
    file = write(lived, "plans", tmp_path / "a.xlsx")
    found = unchanged(lived, edited(file, "Engagements", {"C1": "Titre", "D1": "Intitule"}))
    assert [p.sentence for p in found.problems] == [
        "Il manque la colonne « Institution porteuse » : remettez son titre sur la première ligne."
    ]
    found = unchanged(lived, edited(file, "Engagements", {"D1": "N°"}))
    assert "deux fois" in found.problems[0].sentence

    def rename(name: str, content: bytes) -> bytes:
        book = "workbook.xml" in name
        return content.replace("Activités".encode(), b"Divers") if book else content

    other = tmp_path / "b.xlsx"
    other.write_bytes(rebuilt(file, rename))
    assert "Il manque la feuille « Activités »" in unchanged(lived, other).problems[0].sentence


def test_columns_may_stand_in_another_order(lived: Office, tmp_path: Path) -> None:
    read = reader.read_form(write(lived, "progress", tmp_path / "a.xlsx").read_bytes(), "a")
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    page = book.add_worksheet("avancement")
    fields = PROGRESS_FORM.sheets[0].fields
    for column, field in enumerate(reversed(fields)):
        page.write_string(0, column, field.heading.upper())
    for number, row in enumerate(read.rows["Avancement"], start=1):
        for column, value in enumerate(reversed(row.values)):
            page.write(number, column, value)
    book.close()
    found = workbooks.preview_content(lived, content=target.getvalue(), name="a.xlsx")
    assert (found.changes, found.problems, found.same_rows) == ((), (), 16)


def test_empty_formatted_rows_are_passed_over(lived: Office, tmp_path: Path) -> None:
    file = write(lived, "roster", tmp_path / "a.xlsx")
    rows = "".join(f'<row r="{n}"><c r="A{n}" s="3"/></row>' for n in range(100, 100_100))

    def pad(name: str, content: bytes) -> bytes:
        if name != "xl/worksheets/sheet1.xml":
            return content
        return content.replace(b"</sheetData>", f"{rows}</sheetData>".encode())

    other = tmp_path / "b.xlsx"
    other.write_bytes(rebuilt(file, pad))
    found = unchanged(lived, other)
    assert (found.changes, found.problems) == ((), ())


def test_a_text_is_never_a_formula(lived: Office, tmp_path: Path) -> None:
    plan = lived.run(plans.list_plans).result[0]
    edit = CommitmentEdit("1", "=HYPERLINK(1)", "@cmd", "1")
    lived.run(plans.change_commitment, commitment_id=plan.commitments[0].id, edit=edit)
    file = write(lived, "plans", tmp_path / "a.xlsx")
    with zipfile.ZipFile(file) as package:
        parts = [package.read(n) for n in package.namelist() if "worksheets/sheet" in n]
    assert not any(b"<f>" in part for part in parts)
    assert unchanged(lived, file).changes == ()


def test_what_cannot_be_written_is_told(lived: Office, tmp_path: Path) -> None:
    with pytest.raises(FileUnwritableError):
        workbooks.write_plans(lived, file=tmp_path / "absent" / "a.xlsx")
    with pytest.raises(InputError):
        workbooks.preview(lived, file=tmp_path / "absent.xlsx")


@pytest.mark.libreoffice
@pytest.mark.skipif(not shutil.which("soffice"), reason="no LibreOffice: run `make test-tools`")
def test_what_libreoffice_opens_and_saves_says_the_same(lived: Office, tmp_path: Path) -> None:
    files = [write(lived, form, tmp_path / f"{form}.xlsx") for form in FORMS]
    saved = tmp_path / "saved"
    subprocess.run(
        [
            *("soffice", "--headless", "--convert-to", "xlsx", "--outdir", str(saved)),
            f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            *map(str, files),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    for file in files:
        assert (saved / file.name).read_bytes() != file.read_bytes()
        found = unchanged(lived, saved / file.name)
        assert (found.changes, found.problems) == ((), ())
        assert found.same_rows > 10
