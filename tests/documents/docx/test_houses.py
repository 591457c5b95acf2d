"""Any Word file of an office's serves as a template, keeps what is its own and runs nothing."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING

import docx
import pytest
from lxml import etree

from pan_desktop.documents.docx import write_docx
from pan_desktop.documents.docx.placing import BOOKMARK, says_place
from pan_desktop.documents.docx.stream import UnreadableDocumentError, read_stream
from pan_desktop.documents.docx.template import TemplateFile, load
from pan_desktop.documents.docx.trial import tried
from pan_desktop.domain.errors import InputError
from tests.documents.docx.checks import W, faults
from tests.documents.docx.houses import (
    HOUSES,
    added,
    bare,
    changed,
    control,
    dangerous,
    french,
    letterhead,
    numbered_headings,
    own_lists,
    python_docx,
    two_sections,
)
from tests.documents.docx.papers import (
    ABOUT,
    arabic,
    deep,
    document,
    empty_cells,
    paragraph,
    typical,
)

if TYPE_CHECKING:
    from pathlib import Path

    from pan_desktop.documents.model import Document

FIELDS = (
    ("date", "21 décembre 2020"),
    ("jour", "lundi 21 décembre 2020"),
    ("heure", "14h30"),
    ("instance", "Comité d’essai & <Cie>"),
    ("lieu", "Salle A"),
    ("plan", "2018-2020"),
)


def stated(paper: Document) -> Document:
    about = replace(ABOUT, fields=FIELDS, version="2", status="Corrigé")
    return replace(paper, properties=replace(about, language=paper.properties.language))


def filled(data: bytes, tmp_path: Path, paper: Document | None = None) -> Path:
    target = tmp_path / "releve.docx"
    house = TemplateFile.of("modele.docx", data)
    write_docx(stated(paper or typical()), target, template=house)
    return target


def texts(path: Path, name: str) -> list[str]:
    with zipfile.ZipFile(path) as package:
        root = etree.fromstring(package.read(name))
    paragraphs = ["".join(t.text or "" for t in p.iter(f"{W}t")) for p in root.iter(f"{W}p")]
    return [text for text in paragraphs if text]


def names(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as package:
        return package.namelist()


@pytest.mark.parametrize("name", HOUSES)
@pytest.mark.parametrize("paper", [typical(), arabic(), deep(), empty_cells()])
def test_any_house_says_what_the_document_says(name: str, paper: Document, tmp_path: Path) -> None:
    """``write_docx`` reads each file back and compares; the rest is what no reader notices."""
    target = filled(HOUSES[name](), tmp_path, paper)
    docx.Document(str(target))
    if name != "bare":  # whose parts lie elsewhere
        assert faults(target) == []


@pytest.mark.parametrize("name", HOUSES)
def test_a_template_is_taken_apart_once(name: str) -> None:
    data = HOUSES[name]()
    first = load(TemplateFile.of("a.docx", data))
    assert load(TemplateFile.of("a.docx", bytes(data))) is first


def test_what_stands_before_and_after_the_place_stays(tmp_path: Path) -> None:
    target = filled(letterhead(), tmp_path)
    body = texts(target, "word/document.xml")
    assert body[0] == "Rabat, le 21 décembre 2020 à 14h30"
    assert body[1] == "RÉUNION DU COMITÉ"
    assert body[-3:] == ["Le président, {{inconnu}}", "Vu", "Signé"]
    header = next(n for n in names(target) if "header" in n and "rels" not in n)
    footer = next(n for n in names(target) if "footer" in n and "rels" not in n)
    assert "Secrétariat du comité" in texts(target, header)[0]
    with zipfile.ZipFile(target) as package:
        assert 'string="PROJET"' in package.read(header).decode()
        assert "DOCPROPERTY" in package.read(footer).decode()
        assert "PAGE" in package.read(footer).decode()
        assert '<vt:lpwstr xmlns:vt="' in package.read("docProps/custom.xml").decode()
        assert "2018-2020" in package.read("docProps/custom.xml").decode()
        assert "{{" not in package.read(footer).decode()
    assert texts(target, footer) == ["Page 1 – Plan 2018-2020"]
    assert any(n.startswith("word/media/") for n in names(target))
    assert "{{inconnu}}" in "".join(load(TemplateFile.of("x", letterhead())).remarks)


def test_fields_are_escaped_and_taken_in_any_case(tmp_path: Path) -> None:
    target = filled(python_docx(), tmp_path)
    said = [
        text
        for n in names(target)
        if re.search("(header|footer)\\d*.xml$", n)
        for text in texts(target, n)
    ]
    assert said == [
        "Comité d’essai & <Cie> – réunion du 21 décembre 2020",
        "Version 2 (Corrigé)",
    ]


def test_a_field_in_the_relevé_itself_is_words_like_others(tmp_path: Path) -> None:
    target = filled(letterhead(), tmp_path, document(paragraph("tapez {{date}} ici")))
    assert "tapez {{date}} ici" in texts(target, "word/document.xml")


def test_sections_first_pages_and_even_pages_stay(tmp_path: Path) -> None:
    target = filled(two_sections(), tmp_path)
    document = docx.Document(str(target))
    cover, second = document.sections
    assert cover.first_page_header.paragraphs[0].text == "COUVERTURE 2018-2020"
    assert cover.header.paragraphs[0].text == "Suite de la couverture"
    assert second.header.paragraphs[0].text == "Relevé du lundi 21 décembre 2020"
    assert second.even_page_header.paragraphs[0].text == "Pages paires"
    assert document.settings.odd_and_even_pages_header_footer
    widths = [int(width) for width in document.tables[0]._tbl.xpath("w:tblGrid/w:gridCol/@w:w")]
    assert sum(widths) == 12240 - 2 * 2268  # of the second section, 4 cm on each side


@pytest.mark.parametrize("name", ["letterhead", "control in a cell", "bare"])
def test_an_earlier_relevé_serves_as_a_template(name: str, tmp_path: Path) -> None:
    """What stood around it stays, and it makes way whole."""
    part = "papier/lettre.xml" if name == "bare" else "word/document.xml"
    first = filled(HOUSES[name](), tmp_path)
    data, before = first.read_bytes(), texts(first, part)
    again = filled(data, tmp_path, document(paragraph("Tout autre chose.")))
    after = texts(again, part)
    place = after.index("Tout autre chose.")
    assert after[:place] == before[:place]
    assert after[place + 1 :] == before[len(before) - len(after) + place + 1 :]
    assert place + 1 < len(after)
    assert not [r for r in load(TemplateFile.of("x", data)).remarks if "d’emplacement" in r]
    if name != "bare":
        assert faults(again) == []


def test_without_a_place_the_last_page_is_kept_with_what_it_inherits(tmp_path: Path) -> None:
    data = changed(
        two_sections(),
        {"word/document.xml": lambda text: text.replace("  {{ RELEVE }} ", "annexe")},
    )
    remarks = "".join(load(TemplateFile.of("x", data)).remarks)
    assert "2 sections" in remarks
    assert "pas d’emplacement" in remarks
    document = docx.Document(str(filled(data, tmp_path)))
    assert len(document.sections) == 1
    assert "Page de garde" not in [p.text for p in document.paragraphs]
    section = document.sections[0]
    assert section.header.paragraphs[0].text == "Relevé du lundi 21 décembre 2020"
    assert section.first_page_header.paragraphs[0].text == "COUVERTURE 2018-2020"


def test_a_content_control_holds_the_releve_and_stays(tmp_path: Path) -> None:
    target = filled(control(), tmp_path)
    document = docx.Document(str(target))
    (held,) = document.element.xpath("//w:sdt[w:sdtPr/w:tag/@w:val='pan:releve']")
    assert len(held.findall(f"{W}sdtContent/{W}p")) > 5
    forbidden = "showingPlcHdr", "lock", "text", "dataBinding"
    assert [held.findall(f"{W}sdtPr/{W}{name}") for name in forbidden] == [[]] * 4
    assert texts(target, "word/document.xml")[0] == "Salle A"
    assert texts(target, "word/document.xml")[-1] == "Fin de la page"
    with pytest.raises(UnreadableDocumentError):
        read_stream(filled(python_docx(), tmp_path).read_bytes(), within=BOOKMARK)


@pytest.mark.parametrize("text", ["{{relevé}}", "[[RELEVÉ]]", " {{ Releve }} ", "[[ relevé ]]"])
def test_ways_to_say_the_place(text: str) -> None:
    assert says_place(text)
    assert not says_place(f"{text} ici")
    assert not says_place("{{date}}")


def test_styles_named_in_french_are_headings_to_word(tmp_path: Path) -> None:
    data = french()
    remarks = "".join(load(TemplateFile.of("x", data)).remarks)
    assert "Titre 1" not in remarks
    assert "« Tableau relevé » manque au modèle" in remarks
    document = docx.Document(str(filled(data, tmp_path)))
    styles = {p.text: p.style.name for p in document.paragraphs if p.style is not None}
    assert styles["RÉUNION DU COMITÉ"] == "Title"
    assert styles["Participants :"] == "Heading 1"
    assert styles["Avancement :"] == "Heading 2"
    assert document.styles["Normal"].font.name == "Georgia"


def test_a_file_without_styles_is_lent_all_of_them_and_it_is_said(tmp_path: Path) -> None:
    data = bare()
    (told,) = load(TemplateFile.of("x", data)).remarks
    assert told.startswith("Des styles manquent au modèle")
    assert re.findall("« (.+?) »", told) == [
        *("Titre", "Sous-titre", "Titre 1", "Titre 2"),
        *("Liste à puces", "Liste à numéros", "Tableau relevé"),
    ]
    document = docx.Document(str(filled(data, tmp_path)))
    assert [document.paragraphs[0].text, document.paragraphs[-1].text] == ["Avant", "Après"]
    assert document.paragraphs[1].style is not None
    assert document.paragraphs[1].style.name == "Title"


def test_the_office_s_own_marks_rule_and_deeper_levels_follow(tmp_path: Path) -> None:
    target = filled(own_lists(), tmp_path)
    document = docx.Document(str(target))
    numbering = document.part.numbering_part.element
    (number,) = document.element.xpath(
        "//w:p[starts-with(string(.), 'M. Driss')]/w:pPr/w:numPr/w:numId/@w:val"
    )
    (definition,) = numbering.xpath(f"w:num[@w:numId={number}]/w:abstractNumId/@w:val")
    levels = numbering.xpath(f"w:abstractNum[@w:abstractNumId={definition}]/w:lvl")
    marks = [level.find(f"{W}lvlText").get(f"{W}val") for level in levels]
    lefts = [int(level.find(f"{W}pPr/{W}ind").get(f"{W}left")) for level in levels]
    assert len(levels) == 9
    assert marks[0] == "→"
    assert lefts[0] == 1000
    assert lefts == sorted(lefts)
    assert levels[0].find(f"{W}pStyle") is None


def test_headings_keep_the_numbers_of_the_template(tmp_path: Path) -> None:
    document = docx.Document(str(filled(numbered_headings(), tmp_path)))
    headings = [p for p in document.paragraphs if p.style and p.style.name.startswith("Heading")]
    assert len(headings) > 2
    for heading in headings:
        assert heading.style is not None
        assert heading.style.element.xpath("string(w:pPr/w:numPr/w:numId/@w:val)") == "91"
        assert not heading._p.xpath("w:pPr/w:numPr")


def test_what_libreoffice_writes_wrong_is_put_right(tmp_path: Path) -> None:
    def as_libreoffice(text: str) -> str:
        section = re.search("<w:sectPr.*?</w:sectPr>", text, flags=re.DOTALL)
        assert section is not None
        moved = text.replace("<w:pPr><w:sectPr", "<w:pPr><w:jc w:val='left'/><w:sectPr")
        return moved.replace("</w:sectPr></w:pPr>", "</w:sectPr><w:pStyle w:val='Normal'/></w:pPr>")

    data = changed(two_sections(), {"word/document.xml": as_libreoffice})
    with zipfile.ZipFile(filled(data, tmp_path)) as package:
        root = etree.fromstring(package.read("word/document.xml"))
    (properties,) = [p for p in root.iter(f"{W}pPr") if p.find(f"{W}sectPr") is not None]
    assert [str(e.tag).removeprefix(W) for e in properties] == ["pStyle", "jc", "sectPr"]


def test_a_picture_that_says_nothing_is_told(tmp_path: Path) -> None:
    (said,) = [r for r in load(TemplateFile.of("x", letterhead())).remarks if "image" in r]
    assert "texte de remplacement" in said
    header = next(
        n for n in names(filled(letterhead(), tmp_path)) if re.search("/header1?.xml$", n)
    )
    told = changed(
        letterhead(), {header: lambda text: text.replace("<wp:docPr", "<wp:docPr descr='Logo'")}
    )
    assert not [r for r in load(TemplateFile.of("x", told)).remarks if "image" in r]


def test_language_is_told_on_runs_where_the_template_is_in_another(tmp_path: Path) -> None:
    document = docx.Document(str(filled(letterhead(), tmp_path)))
    start = document.element.xpath("//w:bookmarkStart[@w:name='pan_releve']")[0]
    texts = [t for e in start.itersiblings() for t in e.iter(f"{W}t")]
    untold = [t.text for t in texts if t.getparent().find(f"{W}rPr/{W}lang") is None]
    # But for the office's own words after the relevé.
    assert untold == ["Le président, {{inconnu}}", "Vu", "Signé"]


def test_nothing_runs_and_nothing_is_fetched(tmp_path: Path) -> None:
    data = dangerous()
    (said,) = [r for r in load(TemplateFile.of("x", data)).remarks if r.startswith("Par sécurité")]
    for what in ("macros", "images liées", "autre modèle", "objets incorporés", "textes importés"):
        assert what in said
    target = filled(data, tmp_path)
    with zipfile.ZipFile(target) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    whole = b"".join(parts.values())
    for trace in (
        b"passwd",
        b"cmd.exe",
        b"calc.exe",
        b"serveur",
        b"suivi.png",
        b"DATABASE",
        b"INCLUDE",
        b"MACROBUTTON",
        b"modele.dotm",
        b"y.png",
        b"invalid/z",
        b"<script",
    ):
        assert trace not in whole, trace
    assert not any("vba" in name or "embeddings" in name for name in parts)
    outside = re.findall(rb'Target="([^"]+)" TargetMode="External"', whole)
    assert outside == []
    assert b"https://exemple.invalid/page" in whole  # a link that somebody has to click
    body = texts(target, "word/document.xml")
    for shown in ("texte inclus", "dde", "base", "lien vers un partage", "champ coupé", "clic"):
        assert shown in body
    docx.Document(str(target))


def test_a_field_that_never_ends_is_taken_out(tmp_path: Path) -> None:
    hidden = (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText>'
        "</w:r></w:p><w:sectPr"
    )
    data = changed(
        letterhead(), {"word/document.xml": lambda text: text.replace("<w:sectPr", hidden, 1)}
    )
    with zipfile.ZipFile(filled(data, tmp_path)) as package:
        assert b"instrText" not in package.read("word/document.xml")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda text: text.replace("<w:document", "<!DOCTYPE a><w:document", 1), "dangereux"),
        (lambda text: text.replace("/wordprocessingml/2006/main", "/autre"), "modèle Word"),
        (
            lambda text: text.replace(
                "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                "http://purl.oclc.org/ooxml/wordprocessingml/main",
            ),
            "Strict Open XML",
        ),
        (lambda text: text.replace("</w:body>", ""), "endommagé"),
        (lambda text: re.sub("<w:body>.*</w:body>", "", text, flags=re.DOTALL), "modèle Word"),
        (lambda text: text.replace("<w:body>", '<w:body r:id="rId999">', 1), "modèle Word"),
    ],
    ids=["declaration", "another language", "strict", "cut off", "no body", "a related body"],
)
def test_what_cannot_serve_is_refused_in_one_sentence(change: object, said: str) -> None:
    data = changed(python_docx(), {"word/document.xml": change})  # type: ignore[dict-item]
    with pytest.raises(InputError, match=said) as caught:
        load(TemplateFile.of("modèle.docx", data))
    assert "modèle.docx" in caught.value.sentence
    assert "\n" not in caught.value.sentence


@pytest.mark.parametrize("name", ["letterhead", "bare"])
def test_parts_name_one_another_as_word_does(name: str, tmp_path: Path) -> None:
    target = filled(HOUSES[name](), tmp_path)
    with zipfile.ZipFile(target) as package:
        for part in package.namelist():
            if not part.endswith(".rels"):
                continue
            folder = posixpath.dirname(posixpath.dirname(part))
            for relation in etree.fromstring(package.read(part)):
                said = relation.get("Target", "")
                assert not said.startswith("/")
                assert posixpath.normpath(posixpath.join(folder, said)) in package.namelist()


def test_a_template_whose_plain_text_is_a_list_is_refused() -> None:
    numbered = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
    )
    data = changed(
        numbered_headings(),
        {
            "word/styles.xml": lambda text: re.sub(
                '<w:style w:type="paragraph" w:default="1".*?</w:style>',
                f'{numbered}<w:pPr><w:numPr><w:numId w:val="91"/></w:numPr></w:pPr></w:style>',
                text,
                flags=re.DOTALL,
            )
        },
    )
    with pytest.raises(InputError, match="le style « Normal » n’est ni un titre ni une liste"):
        tried(TemplateFile.of("modele.docx", data))


def test_parts_that_lead_out_of_the_file_are_refused() -> None:
    data = added(python_docx(), {"../../evil.xml": b"<a/>"})
    with pytest.raises(InputError, match="dangereux"):
        load(TemplateFile.of("x.docx", data))
    with pytest.raises(InputError, match=r".+"):
        load(TemplateFile.of("x.docx", io.BytesIO(b"PK\3\4" * 50).getvalue()))
