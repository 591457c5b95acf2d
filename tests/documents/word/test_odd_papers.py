"""People as offices write them, and what else gets into a relevé, are read for what they are."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from pan_desktop.documents.interpret.outcome import Became
from pan_desktop.documents.interpret.reading import NEXT_MEETING
from tests.documents.word.other_committees import Manner, paper_of
from tests.documents.word.other_papers import Cell, Paper, Par
from tests.documents.word.other_truths import COMMITTEE, REGION, STEERING, Truth
from tests.documents.word.test_other_committees import as_read, as_typed, assert_read, read

if TYPE_CHECKING:
    from collections.abc import Callable

    from pan_desktop.documents.interpret.outcome import Reading

_M, _MME = "M", "Mme"


def people_in(*lines: str, label: str = "Participants :") -> Reading:
    """Return the reading of a relevé that lists those lines under a label."""
    paper = Paper()
    paper.p("Réunion du comité d’essai", strong=True)
    paper.p("Date : 21/12/2020 à 14h30")
    paper.p("Lieu : en ligne")
    paper.p(label, strong=True)
    for line in lines:
        paper.p(line)
    return agreed(paper)


def people_in_table(*rows: list[str | Cell]) -> Reading:
    paper = Paper()
    paper.p("Réunion du comité d’essai", strong=True)
    paper.p("Date : 21/12/2020 à 14h30")
    paper.p("Participants :", strong=True)
    paper.table(rows, header=True)
    return agreed(paper)


def agreed(paper: Paper) -> Reading:
    paper.p("Ordre du jour :", strong=True)
    paper.p("- Divers")
    paper.p("Points retenus :", strong=True)
    paper.p("Divers :", strong=True)
    paper.p("- Rien de neuf.")
    found = read(paper.saved())
    assert [(s.title, len(s.points)) for s in found.minutes.sections] == [("Divers", 1)]
    return found


def who(found: Reading) -> list[tuple[str, str, str, str]]:
    """Return civility, name, what each speaks for and presence."""
    return [
        (
            a.who.civility.value if a.who.civility else "",
            a.who.name,
            " ".join(f"{role.value[0]}{number}" for role, number in a.spoken),
            a.presence.value,
        )
        for a in found.minutes.attendees
    ]


ALI, RIM = (_M, "Ali Amine"), (_MME, "Rim Tazi")
LINES: dict[str, tuple[str, list[tuple[str, str, str]]]] = {
    "glued": ("- Mme.Rim Tazi, point focal engagement 3", [(*RIM, "f3")]),
    "Melle": ("- Melle Rim Tazi (point focal – engagement 3)", [(*RIM, "f3")]),
    "slash": ("- Mlle Rim Tazi / point focal engagement 3", [(*RIM, "f3")]),
    "range": ("- M. Ali Amine, point focal engagements 1 à 3", [(*ALI, "f1 f2 f3")]),
    "range by a dash": ("- M. Ali Amine, point focal engagements 4-5", [(*ALI, "f4 f5")]),
    "two roles": (
        "- M. Ali Amine, point focal engagement 1 et suppléant engagement 2",
        [(*ALI, "f1 a2")],
    ),
    "for somebody": (
        "- Mme Rim Tazi, représentant M. Ali Amine, point focal engagement 3",
        [(*RIM, "a3")],
    ),
    "instead of somebody": (
        "- Mme Rim Tazi, en remplacement de M. Ali Amine, point focal engagement 3",
        [(*RIM, "a3")],
    ),
    "function before": (
        "- Madame la Directrice Rim Tazi, point focal engagement 3",
        [(*RIM, "f3")],
    ),
    "professor": ("- M. le Professeur Ali Amine, point focal engagement 3", [(*ALI, "f3")]),
    "commitment before": ("- Engagements 1 et 2 : Mme Rim Tazi (suppléante)", [(*RIM, "a1 a2")]),
    "capacity before": ("- Suppléante engagement 4 : Mme Rim Tazi", [(*RIM, "a4")]),
    "commitments by letter before": ("- E2, E3 : M. Ali Amine (INEX)", [(*ALI, "f2 f3")]),
    "numbered": ("1- M. Ali Amine (Engagement 3)", [(*ALI, "f3")]),
    "capitals": ("- MME RIM TAZI, POINT FOCAL ENGAGEMENT 3", [(_MME, "RIM TAZI", "f3")]),
    "lower case": ("- mme rim tazi, point focal engagement 3", [(_MME, "rim tazi", "f3")]),
    "initials": ("- M. A. Amine, point focal engagement 3", [(_M, "A. Amine", "f3")]),
    "family name, first name": (
        "- M. AMINE, Ali, point focal engagement 3",
        [(_M, "AMINE Ali", "f3")],
    ),
    "plan's years": ("- M. Ali Amine, point focal engagements PAN 2018-2020 : 3", [(*ALI, "f3")]),
    "both": (
        "- M. Ali Amine et Mme Rim Tazi, points focaux engagement 3",
        [(*ALI, "f3"), (*RIM, "f3")],
    ),
    "Arabic": (
        "- السيدة سلمى الفاسي، نقطة الاتصال الالتزامان 1 و 2",
        [(_MME, "سلمى الفاسي", "f1 f2")],
    ),
    "Arabic figures": ("- السيد علي أمين، نقطة الاتصال الالتزام ٣", [(_M, "علي أمين", "f3")]),
    "no civility": ("- Ali Amine, point focal engagement 3", [("", "Ali Amine", "f3")]),
}


@pytest.mark.parametrize("name", LINES)
def test_a_person_is_read_however_the_line_is_turned(name: str) -> None:
    line, wanted = LINES[name]
    assert who(people_in(line)) == [(*one, "present") for one in wanted]


def test_a_civility_that_is_not_written_is_asked_for() -> None:
    (doubt,) = people_in("- Ali Amine, point focal engagement 3").doubts
    assert doubt.note == "sa civilité n’est pas écrite, « M. » à défaut"


def test_what_is_said_of_somebody_besides_is_told() -> None:
    found = people_in("- Mme Rim Tazi, en remplacement de M. Ali Amine, point focal engagement 3")
    assert any("Ali Amine" in aside.text for aside in found.left_out)
    found = people_in("- M. le Professeur Ali Amine, point focal engagement 3")
    assert [aside.text for aside in found.left_out] == ["Professeur"]


@pytest.mark.parametrize(
    "label",
    [
        *("Liste de présence :", "Les participants à la réunion sont :", "Participants (1) :"),
        *("Membres présents à la réunion :", "Ont pris part à cette réunion :", "المشاركون :"),
    ],
)
def test_people_are_found_under_any_label(label: str) -> None:
    found = people_in("- M. Ali Amine, point focal engagement 3", label=label)
    assert who(found) == [(*ALI, "f3", "present")]


BOTH = [(*ALI, "f3"), (*RIM, "a1 a2")]
TABLES: dict[str, list[list[str | Cell]]] = {
    "capacity last": [
        ["Nom et prénom", "Engagements", "Qualité"],
        ["M. Ali Amine", "3", "Point focal"],
        ["Mme Rim Tazi", "1 et 2", "Suppléante"],
    ],
    "to sign": [
        ["N°", "Civilité", "Nom et prénom", "Institution", "Engagement(s)", "Qualité", "Signature"],
        ["1", "M.", "Ali Amine", "INEX", "3", "Point focal", ""],
        ["2", "Mme", "Rim Tazi", "Office Témoin", "1, 2", "Suppléante", ""],
    ],
    "institution first": [
        ["Institution", "Représentant", "Qualité"],
        ["Ministère de l’Exemple", "M. Ali Amine", "Point focal engagement 3"],
        ["Cour des Essais", "Mme Rim Tazi", "Suppléante engagements 1 et 2"],
    ],
    "commitment first": [
        ["Engagement", "Point focal", "Qualité"],
        ["3", "M. Ali Amine", "Point focal"],
        ["1, 2", "Mme Rim Tazi", "Suppléante"],
    ],
    "a column each": [
        ["Engagement", "Point focal", "Suppléant"],
        ["3", "M. Ali Amine", ""],
        ["1, 2", "", "Mme Rim Tazi"],
    ],
    "first name apart": [
        ["Civilité", "Nom", "Prénom", "Qualité"],
        ["M.", "Ali", "Amine", "point focal engagement 3"],
        ["Mme", "Rim", "Tazi", "suppléante engagements 1 et 2"],
    ],
    "many lines in a cell": [
        ["Participant", "Qualité"],
        ["M. Ali Amine", Cell(["Point focal", "Engagement 3"])],
        ["Mme Rim Tazi", Cell(["Suppléante", "Engagements 1 et 2"])],
    ],
    "side by side, no header": [
        [
            "- M. Ali Amine, point focal engagement 3",
            "- Mme Rim Tazi, suppléante point focal engagements 1 et 2",
        ],
    ],
}


@pytest.mark.parametrize("name", TABLES)
def test_people_in_a_table_are_read_by_its_headings(name: str) -> None:
    found = people_in_table(*TABLES[name])
    assert who(found) == [(*one, "present") for one in BOTH]


def test_a_table_says_who_was_away_and_for_whom() -> None:
    found = people_in_table(
        ["Nom complet", "Organisme", "Engagement", "Présence"],
        ["M. Ali Amine", "Exemple", "3", "P"],
        ["Mme Rim Tazi", "Témoin", "4", "Excusée"],
        ["M. Omar Sidi", "Modèle", "5", "Absent"],
    )
    assert [one[3] for one in who(found)] == ["present", "excused", "absent"]
    assert [a.institution for a in found.minutes.attendees] == ["Exemple", "Témoin", "Modèle"]


# What else gets into a paper ------------------------------------------------------------------


def edited(
    truth: Truth, edit: Callable[[Paper], None], manner: Manner | None = None
) -> tuple[Truth, bytes]:
    paper = paper_of(truth, manner or Manner())
    edit(paper)
    return truth, paper.saved()


def place_of(paper: Paper, words: str) -> int:
    return next(i for i, part in enumerate(paper.parts) if words in part)


def _before_table(paper: Paper, *pars: Par) -> None:
    place = place_of(paper, "<w:tbl>")
    paper.parts[place:place] = [paper.paragraph(par) for par in pars]


def _deleted(paper: Paper) -> None:
    place = place_of(paper, "point focal engagement")
    gone = '<w:del w:id="1"><w:r><w:delText> et 99</w:delText></w:r></w:del></w:p>'
    paper.parts[place] = paper.parts[place].replace("</w:p>", gone)


def _inserted(paper: Paper) -> None:
    for place, part in enumerate(paper.parts):
        if "point focal" in part and "<w:tbl" not in part:
            paper.parts[place] = re.sub(r"(<w:r>.*</w:r>)", r'<w:ins w:id="1">\1</w:ins>', part)


def _dated_control(paper: Paper) -> None:
    place = place_of(paper, "Mercredi")
    run = '<w:r><w:t xml:space="preserve">{}</w:t></w:r>'
    paper.parts[place] = (
        f"<w:p>{run.format('Le ')}<w:sdt><w:sdtPr><w:date/></w:sdtPr><w:sdtContent>"
        f"{run.format('01/06/2022')}</w:sdtContent></w:sdt>{run.format(' à 9h00')}</w:p>"
    )


def _paged(paper: Paper) -> None:
    for place in range(4, len(paper.parts), 5):
        paper.parts.insert(place, '<w:p><w:r><w:br w:type="page"/></w:r></w:p>')


def _columns(paper: Paper) -> None:
    for place, number in ((6, 2), (12, 1)):
        cut = f'<w:p><w:pPr><w:sectPr><w:cols w:num="{number}"/></w:sectPr></w:pPr></w:p>'
        paper.parts.insert(place, cut)


def _by_axis(paper: Paper, strong: bool = True, heading: int = -1) -> None:
    place = place_of(paper, "<w:tbl>")
    table = paper.parts[place]
    begin, *rows = re.split(r"(?=<w:tr>)", table.removesuffix("</w:tbl>"))
    paper.parts[place : place + 1] = [
        paper.paragraph(Par("Axe 1 : transparence", strong, heading=heading)),
        f"{begin}{rows[0]}{''.join(rows[1:4])}</w:tbl>",
        paper.paragraph(Par("Axe 2 : participation", strong, heading=heading)),
        f"{begin}{rows[0]}{''.join(rows[4:])}</w:tbl>",
    ]


def _merged_down(paper: Paper) -> None:
    rows: list[list[str | Cell]] = [["Engagement", "Etat d'avancement", "Détails"]]
    for number, percent, details in STEERING.rows:
        first, *others = details.split("\n")
        cells = (Cell(str(number), merge="restart"), Cell(f"{percent}%", merge="restart"))
        rows.append([*cells, first])
        rows += [[Cell(merge="on"), Cell(merge="on"), line] for line in others]
    paper.parts[place_of(paper, "<w:tbl>")] = paper.grid(rows)


def _in_one_cell(paper: Paper) -> None:
    inside = "".join(paper.parts)
    paper.parts = [f"<w:tbl><w:tr><w:tc>{inside}<w:p/></w:tc></w:tr></w:tbl>"]


def _head_in_a_box(paper: Paper) -> None:
    inside = "".join(paper.parts[:6])
    box = paper.box(Par("@")).replace(paper.paragraph(Par("@")), inside)
    paper.parts = [f"<w:p>{box}</w:p>", *paper.parts[6:]]


def _symbols(paper: Paper) -> None:
    sign = '<w:sym w:font="Symbol" w:char="F0B7"/><w:tab/><w:t xml:space="preserve">'
    paper.parts = [
        part if "<w:tbl" in part else part.replace('<w:t xml:space="preserve">- ', sign)
        for part in paper.parts
    ]


def _raised(paper: Paper) -> None:
    place = place_of(paper, "1er juin")
    up = '1</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>er</w:t></w:r>'
    paper.parts[place] = paper.parts[place].replace(
        "1er juin", f'{up}<w:r><w:t xml:space="preserve"> juin'
    )


def _page_parts(paper: Paper) -> None:
    paper.extra["header"] = paper.paragraph(Par("Ministère de l’Exemple – confidentiel"))
    paper.extra["footer"] = paper.paragraph(Par("Page 1 sur 3"))


EDITS: dict[str, Callable[[Paper], None]] = {
    "words deleted in tracking": _deleted,
    "people inserted in tracking": _inserted,
    "a date in a content control": _dated_control,
    "page breaks": _paged,
    "sections in columns": _columns,
    "a caption before the table": lambda p: _before_table(
        p, Par("Tableau des suivis", strong=True)
    ),
    "a table for each axis": _by_axis,
    "a table for each axis, plain": lambda p: _by_axis(p, strong=False),
    "cells merged downwards": _merged_down,
    "all in one cell": _in_one_cell,
    "the head in a text box": _head_in_a_box,
    "bullets as symbols": _symbols,
    "a raised ordinal": _raised,
    "head and foot of the pages": _page_parts,
    "an object": lambda p: p.parts.insert(2, p.paragraph(Par("Objet : suivi du plan"))),
    "a chair": lambda p: p.parts.insert(6, p.paragraph(Par("Présidence : M. Omar Sidi"))),
    "the next meeting": lambda p: p.p("Prochaine réunion : 15 mars 2031", strong=True),
    "Arabic over the title": lambda p: p.parts.insert(0, p.paragraph(Par("المملكة", rtl=True))),
}


@pytest.mark.parametrize("name", EDITS)
def test_what_programs_and_people_add_changes_no_data(name: str) -> None:
    assert_read(*edited(STEERING, EDITS[name]))


def test_headings_of_axes_by_style_cut_no_section() -> None:
    manner = Manner(headings="style")
    assert_read(*edited(COMMITTEE, lambda p: _by_axis(p, heading=3), manner))


def test_the_next_meeting_is_told_as_what_it_is() -> None:
    _, content = edited(STEERING, EDITS["the next meeting"])
    left = {aside.text: aside.why for aside in read(content).left_out}
    assert left["Prochaine réunion : 15 mars 2031"] == NEXT_MEETING


def test_what_heads_rows_of_a_table_is_told_and_left_out() -> None:
    _, content = edited(STEERING, _by_axis)
    axes = [aside.text for aside in read(content).left_out if aside.why == "intertitre du tableau"]
    assert axes == ["Axe 1 : transparence", "Axe 2 : participation"]


def test_a_table_of_every_commitment_gives_titles_institutions_and_rates() -> None:
    def all_rows(paper: Paper) -> None:
        rows: list[list[str | Cell]] = [
            ["N° engagement", "Engagement", "Organisme porteur", "Taux", "Observations"]
        ]
        rows += [[str(n), f"Titre {n}", "INEX", f"{20 * n} %", f"Étape {n}."] for n in range(1, 6)]
        paper.parts[place_of(paper, "<w:tbl>")] = paper.grid(rows)

    _, content = edited(REGION, all_rows)
    rates = read(content).minutes.rates
    assert sorted((r.commitment, r.title, r.institution, r.percent) for r in rates) == [
        (n, f"Titre {n}", "INEX", 20 * n) for n in range(1, 6)
    ]


@pytest.mark.parametrize("said", ["N/A", "n.d.", "en cours"])
def test_a_rate_that_is_none_is_no_figure_and_is_told(said: str) -> None:
    _, content = edited(
        REGION,
        lambda p: p.parts.__setitem__(
            place_of(p, "<w:tbl>"), p.parts[place_of(p, "<w:tbl>")].replace(">65%<", f">{said}<")
        ),
    )
    found = read(content)
    (rate,) = [r for r in found.minutes.rates if r.commitment == 3]
    assert (rate.percent, rate.details.split("\n")[0]) == (None, said)
    assert any("n’est pas lisible" in doubt.note for doubt in found.doubts)


def test_a_table_without_headings_and_signs_is_read_by_its_shape_and_told() -> None:
    manner = Manner(table="no header", rate="{}")
    found = assert_read(REGION, paper_of(REGION, manner).saved())
    assert any("sans en-têtes" in doubt.note for doubt in found.doubts)


def test_points_without_a_heading_are_kept_under_a_name_of_ours() -> None:
    def opened(paper: Paper) -> None:
        place = place_of(paper, "Points retenus") + 1
        paper.parts.insert(place, paper.paragraph(Par("Le président a ouvert la séance.")))

    truth, content = edited(STEERING, opened)
    found = read(content)
    got, wanted = as_read(found), as_typed(truth)
    assert [got[part] for part in ("people", "agenda", "rates", "overall")] == [
        wanted[part] for part in ("people", "agenda", "rates", "overall")
    ]
    assert any(
        point.text == "Le président a ouvert la séance."
        for section in found.minutes.sections
        for point in section.points
    )


def test_what_closes_a_paper_is_told_and_no_point() -> None:
    found = read(paper_of(replace(REGION), Manner(last="signature")).saved())
    left = [outcome.text for outcome in found.outcomes if outcome.became is Became.LEFT_OUT]
    assert left == ["Fait à Rabat, le 12 mars 2030", "Le président | Le secrétaire"]


def test_names_at_the_end_of_a_list_close_no_paper() -> None:
    paper = Paper()
    paper.p("Réunion du comité d’essai", strong=True)
    paper.p("Date : 21/12/2020 à 14h30")
    paper.p("Participants :", strong=True)
    paper.p("M. Ali Amine")
    paper.p("Mme Rim Tazi")
    assert [one[1] for one in who(read(paper.saved()))] == ["Ali Amine", "Rim Tazi"]
