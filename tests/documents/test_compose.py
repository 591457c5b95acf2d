"""The relevé that is composed says what the committee's own says, block by block."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given

from pan_desktop.app import conclusions, meetings, releve
from pan_desktop.app.conclusions import PointEdit
from pan_desktop.app.progress import ReportEdit, save_report
from pan_desktop.documents.compose import list_item, typed_runs
from pan_desktop.documents.docx.reader import ReadParagraph, read_blocks
from pan_desktop.documents.docx.writer import write_docx
from pan_desktop.documents.model import (
    Cell,
    Document,
    Heading,
    ItemList,
    ListItem,
    Paragraph,
    Run,
    Table,
    Title,
)
from pan_desktop.domain.ids import new_id
from pan_desktop.domain.model import ItemKind, Presence, Situation
from pan_desktop.domain.typography import NARROW_NBSP, NBSP, Typography
from tests.builders import SAMPLES, Json, as_bytes, modest, office_in, releves, sample, sample_bytes
from tests.seed_text import (
    blocks_of,
    cells_of,
    expected_blocks,
    expected_cells,
    needs_seed,
    seed_bytes,
    told,
    told_seed,
)

if TYPE_CHECKING:
    from pathlib import Path

    from pan_desktop.app.office import Office

WRITTEN = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)


def imported(office: Office, content: bytes) -> str:
    return office.run(releve.import_releve, content=content).result.meeting_id


def composed(office: Office, meeting_id: str, style: Typography = Typography.FIDELE) -> Document:
    return office.run(releve.compose, meeting_id=meeting_id, style=style, written=WRITTEN).result


def texts(block: ItemList) -> list[tuple[int, str]]:
    return [(item.level, "".join(run.text for run in item.runs)) for item in block.items]


# The committee's own ---------------------------------------------------------------------


@needs_seed
def test_the_seed_has_43_blocks_and_36_cells() -> None:
    assert len(expected_blocks()) == 43
    assert [len(row) for row in expected_cells()] == [3] * 12


@needs_seed
def test_the_seed_gives_its_own_text_block_by_block(office: Office) -> None:
    document = composed(office, imported(office, seed_bytes()))
    assert blocks_of(document) == expected_blocks()
    assert cells_of(document) == expected_cells()


@needs_seed
def test_the_second_telling_agrees_with_the_seed() -> None:
    assert told_seed() == (expected_blocks(), expected_cells())


@needs_seed
def test_the_careful_style_keeps_every_block_and_row_of_the_seed(office: Office) -> None:
    document = composed(office, imported(office, seed_bytes()), Typography.SOIGNE)
    assert len(blocks_of(document)) == 43
    assert [len(row) for row in cells_of(document)] == [3] * 12


# The sample ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SAMPLES)
def test_the_sample_gives_the_text_it_must(office: Office, name: str) -> None:
    document = composed(office, imported(office, sample_bytes(name)))
    assert (blocks_of(document), cells_of(document)) == told(sample(name))


def test_the_sample_in_full(office: Office) -> None:
    assert blocks_of(composed(office, imported(office, sample_bytes()))) == [
        "RÉUNION DU COMITÉ D'IMPLÉMENTATION",
        "Relevé des conclusions",
        "Date de la réunion",
        "Jeudi 16 octobre 2025 (à 9h)",
        "Lieu :",
        "Salle des conférences du secrétariat et visioconférence",
        "Participants :",
        "- M. Youssef BELGHAMRI, point focal engagements 1, 2 et 5",
        "- Mme. Salma AZROUNI, point focal engagement 3",
        "- M. Driss Amezray, point focal engagement 4",
        "- Mme. Nadia EL FERTALI, point focal engagements 6 et 8",
        "- M. Karim OUARGHI, point focal engagement 7",
        "- Mme. Zineb LOUKHMASSI, point focal engagement 9",
        "- Mme. Salma BENZIRAR, point focal engagements 10 et 11",
        "- M. Mehdi TAHIROU, suppléant point focal engagement 12",
        "- Mme. Fatima-Zahra OUBRAYM, point focal engagements 14 et 16",
        "- Mme. Ghita MERZOUGUI, suppléante point focal engagement 15",
        "Ordre du jour :",
        "- État d'avancement des engagements 2024-2027",
        "- Portail de suivi du plan",
        "- Préparation des rencontres régionales",
        "Points retenus :",
        "État d'avancement des engagements 2024-2027 :",
        "- Avancement global du Plan d'action national : 55%",
        "- Engagements complétés à 100% : 2, 5 et 14",
        "- Engagements non complétés :",
        "Portail de suivi du plan :",
        "- La maquette du portail a été présentée aux membres du comité.",
        "- Les remarques sont à envoyer au secrétariat avant le 31/10/2025.",
        "Calendrier et préparation des rencontres régionales :",
        "- Quatre rencontres sont prévues au premier semestre 2026 :",
        " - les villes seront choisies avec les conseils régionaux ;",
        " - chaque rencontre réunira 60 participants au plus.",
        "- Appel à la société civile :",
        " - publication de l'appel : 1er décembre 2025 ;",
        " - sélection des associations :",
        "  - grille de critères à valider par le comité ;",
        "  - réponse motivée à chaque candidature.",
    ]


def test_the_skeleton_has_titles_headings_and_lists_of_their_own_kind(office: Office) -> None:
    blocks = composed(office, imported(office, sample_bytes())).blocks
    kinds = [
        (type(block).__name__, getattr(block, "level", None), getattr(block, "subtitle", None))
        for block in blocks
    ]
    heading_1, heading_2 = ("Heading", 1, None), ("Heading", 2, None)
    paragraph, points = ("Paragraph", None, None), ("ItemList", None, None)
    assert kinds == [
        ("Title", None, False),
        ("Title", None, True),
        heading_1,  # date
        paragraph,
        heading_1,  # place
        paragraph,
        heading_1,  # participants
        points,
        heading_1,  # agenda
        points,
        heading_1,  # points retenus
        heading_2,
        points,
        ("Table", None, None),
        heading_2,
        points,
        heading_2,
        points,
    ]
    assert not any(block.ordered for block in blocks if isinstance(block, ItemList))


def test_the_table_has_a_centred_header_and_lists_inside_its_cells(office: Office) -> None:
    blocks = composed(office, imported(office, sample_bytes())).blocks
    (table,) = [block for block in blocks if isinstance(block, Table)]
    assert sum(table.widths) == pytest.approx(1)
    assert all(cell.centred for cell in table.header)
    assert all([cell.centred for cell in row] == [True, True, False] for row in table.rows)
    rows = {cell_text(row[0]): row[2].blocks for row in table.rows}
    shapes = {number: [type(b).__name__ for b in cell] for number, cell in rows.items()}
    assert shapes["3"] == ["Paragraph"] * 3
    assert shapes["7"] == ["Paragraph", "ItemList", "Paragraph"]
    assert shapes["15"] == ["Paragraph", "ItemList"]
    numbered, dashed = rows["7"][1], rows["15"][1]
    assert isinstance(numbered, ItemList)
    assert isinstance(dashed, ItemList)
    assert (numbered.ordered, len(numbered.items)) == (True, 3)
    assert (dashed.ordered, len(dashed.items)) == (False, 2)


def cell_text(cell: Cell) -> str:
    (block,) = cell.blocks
    assert isinstance(block, Paragraph)
    return "".join(run.text for run in block.runs)


def test_er_is_raised_and_nothing_else_is(office: Office) -> None:
    blocks = composed(office, imported(office, sample_bytes())).blocks
    (table,) = [block for block in blocks if isinstance(block, Table)]
    cell = next(row[2] for row in table.rows if cell_text(row[0]) == "3")
    runs = [run for block in cell.blocks if isinstance(block, Paragraph) for run in block.runs]
    assert [run.text for run in runs if run.superscript] == ["er"]
    before = runs[[run.superscript for run in runs].index(True) - 1]
    assert before.text.endswith(" au 1")


def test_the_careful_style_writes_as_the_imprimerie_nationale(office: Office) -> None:
    document = composed(office, imported(office, sample_bytes()), Typography.SOIGNE)
    found = [
        "".join(run.text for run in block.runs)
        for block in document.blocks
        if isinstance(block, Title | Heading | Paragraph)
    ]
    assert f"Date de la réunion{NBSP}:" in found
    assert f"Jeudi 16 octobre 2025 (à 9{NBSP}h)" in found
    assert f"État d’avancement des engagements 2024-2027{NBSP}:" in found
    lists = [
        text for block in document.blocks if isinstance(block, ItemList) for _, text in texts(block)
    ]
    assert f"Avancement global du Plan d’action national{NBSP}: 55{NBSP}%" in lists
    assert any(text.startswith(f"Mme{NBSP}Salma AZROUNI, ") for text in lists)
    assert f"publication de l’appel{NBSP}: 1er décembre 2025{NARROW_NBSP};" in lists


def test_the_file_says_what_it_is(office: Office) -> None:
    found = composed(office, imported(office, sample_bytes())).properties
    assert found.title == "Relevé des conclusions, Comité d'implémentation, jeudi 16 octobre 2025"
    assert found.subject == "Plan d’action national 2024-2027"
    assert "Comité d'implémentation" in found.author
    assert found.created == WRITTEN
    assert found.language == "fr-FR"


# Other committees ------------------------------------------------------------------------


@modest
@given(data=releves())
def test_any_other_committee_gets_its_relevé_and_its_data_back(tmp_path: Path, data: Json) -> None:
    with office_in(tmp_path) as office:
        meeting_id = imported(office, as_bytes(data))
        document = composed(office, meeting_id)
        assert (blocks_of(document), cells_of(document)) == told(data)
        back = office.run(releve.releve_json, meeting_id=meeting_id).result
        assert json.loads(back) == data


# What the seed does not have -------------------------------------------------------------


def test_a_heading_that_ends_in_a_colon_gets_no_second_one(office: Office) -> None:
    data = sample()
    data["notes"][0]["heading"] = "Portail de suivi du plan :"
    found = blocks_of(composed(office, imported(office, as_bytes(data))))
    assert "Portail de suivi du plan :" in found
    assert "Portail de suivi du plan : :" not in found


def test_nobody_present_and_nothing_complete_are_said_in_words(office: Office) -> None:
    data = sample()
    data["participants"], data["progress"]["completed"] = [], []
    found = blocks_of(composed(office, imported(office, as_bytes(data))))
    assert found[found.index("Participants :") + 1] == "- Néant"
    assert "- Engagements complétés à 100% : aucun" in found


def test_with_everything_complete_there_is_no_table(office: Office) -> None:
    data = sample()
    data["progress"] |= {"completed": data["plan"]["commitments"], "rows": []}
    document = composed(office, imported(office, as_bytes(data)))
    assert "- Engagements non complétés : aucun" in blocks_of(document)
    assert cells_of(document) == []


def test_an_unknown_place_has_no_heading(office: Office) -> None:
    data = sample() | {"place": ""}
    found = blocks_of(composed(office, imported(office, as_bytes(data))))
    assert "Lieu :" not in found
    assert found[4] == "Participants :"


def test_someone_in_two_capacities_stands_on_one_line_in_the_order_of_her_lowest(
    office: Office,
) -> None:
    data = sample()
    data["participants"] = [
        {"civility": "Mme", "name": "A B", "role": "focal_point", "commitments": [9]},
        {"civility": "M", "name": "C D", "role": "focal_point", "commitments": [4]},
        {"civility": "Mme", "name": "A B", "role": "alternate", "commitments": [3, 1]},
    ]
    found = blocks_of(composed(office, imported(office, as_bytes(data))))
    place = found.index("Participants :")
    assert found[place + 1 : place + 3] == [
        "- Mme. A B, point focal engagement 9, suppléante point focal engagements 1 et 3",
        "- M. C D, point focal engagement 4",
    ]


def test_the_titular_stands_before_her_alternate(office: Office) -> None:
    data = sample()
    data["participants"] = [
        {"civility": "M", "name": "C D", "role": "alternate", "commitments": [3]},
        {"civility": "Mme", "name": "A B", "role": "focal_point", "commitments": [3]},
    ]
    found = blocks_of(composed(office, imported(office, as_bytes(data))))
    place = found.index("Participants :")
    assert found[place + 1].startswith("- Mme. A B, point focal")


def test_a_commitment_without_a_rate_is_in_neither_list(office: Office) -> None:
    meeting_id = imported(office, sample_bytes())
    view = office.run(meetings.view_meeting, meeting_id=meeting_id).result
    by_number = {r.commitment.number: r for r in view.record.reports}
    for number in (2, 3):
        office.run(
            save_report,
            report_id=by_number[number].id,
            edit=ReportEdit(None, "En attente", Situation.TO_FILL),
        )
    document = composed(office, meeting_id)
    assert "- Engagements complétés à 100% : 5 et 14" in blocks_of(document)
    assert "3" not in [row[0] for row in cells_of(document)]


def test_an_empty_point_is_not_printed_and_what_hung_under_it_is(office: Office) -> None:
    meeting_id = imported(office, sample_bytes())
    view = office.run(meetings.view_meeting, meeting_id=meeting_id).result
    item = view.record.agenda[1]
    points = [(0, "un"), (1, "  "), (2, "deux"), (0, ""), (1, "trois")]
    edits = [PointEdit(new_id(), level, text) for level, text in points]
    office.run(conclusions.save_outline, item_id=item.id, points=edits)
    found = blocks_of(composed(office, meeting_id))
    place = found.index("Portail de suivi du plan :")
    assert found[place + 1 : place + 5] == [
        "- un",
        " - deux",
        " - trois",
        "Calendrier et préparation des rencontres régionales :",
    ]


def test_marks_are_printed_with_the_typography_and_the_ordinals(office: Office) -> None:
    runs = typed_runs("Le bilan du 1er trimestre !", "b3-8 i3-8", Typography.SOIGNE)
    assert runs == (
        Run("Le "),
        Run("bilan", bold=True, italic=True),
        Run(" du 1"),
        Run("er", superscript=True),
        Run(" trimestre\u202f!"),
    )


def test_marks_of_details_stay_on_their_letters_in_lists(office: Office) -> None:
    meeting_id = imported(office, sample_bytes())
    record = office.run(meetings.view_meeting, meeting_id=meeting_id).result.record
    report = record.under_way[0]
    details = "  Un mot\r\n1. premier\n2. second"
    marks = f"b{details.index('mot')}-{details.index('mot') + 3} i{details.index('second')}-99"
    office.run(lambda work: work.update("progress_report", report.id, details=details, marks=marks))
    table = next(b for b in composed(office, meeting_id).blocks if isinstance(b, Table))
    words, numbers = table.rows[0][2].blocks
    assert words == Paragraph((Run("Un "), Run("mot", bold=True)))
    assert isinstance(numbers, ItemList)
    assert [item.runs for item in numbers.items] == [
        (Run("premier"),),
        (Run("second", italic=True),),
    ]


def test_who_did_not_come_is_listed_by_how(office: Office) -> None:
    meeting_id = imported(office, sample_bytes())
    record = office.run(meetings.view_meeting, meeting_id=meeting_id).result.record
    first, second, third = (a.person for a in record.present[:3])
    office.run(meetings.represent, meeting_id=meeting_id, person_id=first.id, by_id=third.id)
    office.run(
        meetings.set_presence,
        meeting_id=meeting_id,
        person_ids=[second.id],
        presence=Presence.EXCUSED,
    )
    blocks = blocks_of(composed(office, meeting_id))
    at = blocks.index("Représentés :")
    assert first.name in blocks[at + 1]
    assert f"par {'Mme.' if third.civility == 'Mme' else 'M.'} {third.name}" in blocks[at + 1]
    assert blocks[at + 2] == "Excusés :"
    assert second.name in blocks[at + 3]
    assert "Absents :" not in blocks


def test_numbered_points_are_numbered_among_bullets(office: Office, tmp_path: Path) -> None:
    meeting_id = imported(office, sample_bytes())
    record = office.run(meetings.view_meeting, meeting_id=meeting_id).result.record
    item = next(i for i in record.agenda if i.kind is ItemKind.POINTS)
    told = [(0, "puce", False), (0, "un", True), (1, "dessous", False), (0, "deux", True)]
    told += [(0, "autre puce", False), (0, "un encore", True), (1, "un dedans", True)]
    edits = [PointEdit(f"n{i}", lv, text, numbered=num) for i, (lv, text, num) in enumerate(told)]
    office.run(conclusions.save_outline, item_id=item.id, points=edits)
    document = composed(office, meeting_id)
    write_docx(document, tmp_path / "r.docx")  # raises when the file read back says otherwise
    read = [b for b in read_blocks(tmp_path / "r.docx") if isinstance(b, ReadParagraph)]
    start = next(i for i, b in enumerate(read) if b.text == "puce")
    found = [(b.level, b.text, b.number) for b in read[start : start + 7]]
    assert found == [
        (0, "puce", None),
        (0, "un", 1),
        (1, "dessous", None),
        (0, "deux", 2),
        (0, "autre puce", None),
        (0, "un encore", 1),
        (1, "un dedans", 1),
    ]


def test_what_did_not_change_is_the_very_same_thing() -> None:
    first = list_item(1, "Un point retenu", "b0-2", False, Typography.FIDELE)
    assert list_item(1, "Un point retenu", "b0-2", False, Typography.FIDELE) is first


def test_an_item_not_discussed_is_on_the_agenda_and_has_no_section(office: Office) -> None:
    meeting_id = imported(office, sample_bytes())
    view = office.run(meetings.view_meeting, meeting_id=meeting_id).result
    item = view.record.agenda[1]
    office.run(meetings.change_item, item_id=item.id, title=item.title, discussed=False)
    found = blocks_of(composed(office, meeting_id))
    assert "- Portail de suivi du plan" in found
    assert "Portail de suivi du plan :" not in found


def test_typed_text_keeps_its_characters(office: Office) -> None:
    odd = "<b>1 & 2</b> ]]> \u200f مرحبا 🙂 \\ {x} %s"
    data = sample()
    data["notes"][0]["points"] = [{"level": 0, "text": odd}]
    blocks = composed(office, imported(office, as_bytes(data))).blocks
    assert ItemList((ListItem(0, (Run(odd),)),)) in blocks
