"""What is written is what was meant, whatever was meant."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tempfile
import zipfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings

from pan_desktop.documents.docx import read_blocks, write_docx
from pan_desktop.documents.model import Document, Heading, Paragraph, Run, Table
from pan_desktop.domain.typography import Typography
from tests.documents.docx.checks import NUMBERING, altered, faults, find
from tests.documents.docx.papers import (
    ABOUT,
    DOCUMENTS,
    FORBIDDEN,
    arabic,
    cell,
    deep,
    document,
    empty_cells,
    expected,
    items,
    paragraph,
    runs,
    table,
    typical,
)


@pytest.mark.parametrize("paper", [typical(), arabic(), deep(), empty_cells(), document()])
def test_reads_back_as_meant(paper: Document, tmp_path: Path) -> None:
    target = tmp_path / "releve.docx"
    report = write_docx(paper, target)
    assert read_blocks(target) == expected(paper)
    assert faults(target) == []
    assert report.path == target
    assert report.size == target.stat().st_size
    assert report.sha256 == hashlib.sha256(target.read_bytes()).hexdigest()
    assert report.removed_characters == ()
    assert [path.name for path in tmp_path.iterdir()] == ["releve.docx"]


@settings(deadline=None)
@given(paper=DOCUMENTS)
def test_any_document_reads_back_as_meant(paper: Document) -> None:
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "releve.docx"
        report = write_docx(paper, target)
        assert read_blocks(target) == expected(paper)
        assert faults(target) == []
        docx.Document(str(target))
    codes = sorted(code for _, code in report.removed_characters)
    assert codes == sorted(ord(character) for character in FORBIDDEN.findall(_all_text(paper)))


def _all_text(paper: Document) -> str:
    about = paper.properties
    texts = [about.title, about.subject, about.author]
    for block in paper.blocks:
        if isinstance(block, Table):
            texts += (block.caption, block.description)
            cells = (entry for row in (block.header, *block.rows) for entry in row)
            blocks = [inner for entry in cells for inner in entry.blocks]
        else:
            blocks = [block]  # type: ignore[list-item]
        for inner in blocks:
            lines = [inner] if hasattr(inner, "runs") else inner.items
            texts += [run.text for line in lines for run in line.runs]
    return "\n".join(texts)


@pytest.mark.parametrize(
    "text",
    [
        "a < b & c > d",
        "]]>",
        "\"guillemets\" et 'apostrophes'",
        "&amp;lt;",
        "😀 👩‍👩‍👧",
        "  bords  ",
    ],
)
def test_text_is_kept_exactly(text: str, tmp_path: Path) -> None:
    target = tmp_path / "releve.docx"
    paper = document(paragraph(text), table((cell(text), cell(""), cell(text)), caption=text))
    assert write_docx(paper, target).removed_characters == ()
    assert read_blocks(target) == expected(paper)
    assert docx.Document(str(target)).paragraphs[0].text == text


def test_control_characters_are_left_out_and_reported(tmp_path: Path) -> None:
    target = tmp_path / "releve.docx"
    paper = document(
        Heading(1, runs("un\x0bdeux")),
        paragraph("rien"),
        items("a", "b\x00c\x07"),
        table((cell("1"), cell("2"), cell("x", "y\ud83dz")), description="d\x1b"),
    )
    report = write_docx(replace(paper, properties=replace(ABOUT, author="A\x01")), target)
    assert report.removed_characters == (
        ("intertitre 1", 0x0B),
        ("liste 1, point 2", 0x00),
        ("liste 1, point 2", 0x07),
        ("tableau 1, ligne 2, colonne 3", 0xD83D),
        ("tableau 1, description", 0x1B),
        ("propriété « auteur »", 0x01),
    )
    assert [block.text for block in read_blocks(target)[:4]] == ["undeux", "rien", "a", "bc"]  # type: ignore[union-attr]


def test_line_ends_and_tabs_become_breaks_and_tabs(tmp_path: Path) -> None:
    target = tmp_path / "releve.docx"
    paper = document(paragraph("un\r\ndeux\rtrois\nquatre\tcinq"), paragraph("six\r", "\nsept"))
    assert write_docx(paper, target).removed_characters == ()
    assert [p.text for p in docx.Document(str(target)).paragraphs] == [
        "un\ndeux\ntrois\nquatre\tcinq",
        "six\nsept",
    ]
    assert find(target, "//w:t/text()") == ["un", "deux", "trois", "quatre", "cinq", "six", "sept"]


def test_each_ordered_list_starts_again(tmp_path: Path) -> None:
    target = tmp_path / "releve.docx"
    twice = items("a", (1, "b"), (1, "c"), "d", (1, "e"), ordered=True)
    paper = document(twice, twice, table((cell(twice), cell(twice), cell("x"))))
    write_docx(paper, target)
    first, second = (
        [block.number for block in read_blocks(target) if block[3] == which] for which in (1, 2)
    )
    assert first == second == [1, 1, 2, 2, 1]
    # The reader would notice: without its restart a list goes on counting.
    broken = altered(
        target,
        tmp_path / "broken.docx",
        lambda text: text.replace('<w:startOverride w:val="1"/>', ""),
        NUMBERING,
    )
    assert read_blocks(broken) != expected(paper)


def test_bullets_follow_the_typography(tmp_path: Path) -> None:
    marks = {}
    for typography in Typography:
        target = tmp_path / f"{typography}.docx"
        write_docx(typical(typography=typography), target)
        number = find(target, "//w:p[w:pPr/w:pStyle/@w:val='ListBullet']//w:numId/@w:val")[0]
        definition = find(
            target, f"//w:num[@w:numId='{number}']/w:abstractNumId/@w:val", NUMBERING
        )[0]
        levels = f"//w:abstractNum[@w:abstractNumId='{definition}']//w:lvlText/@w:val"
        marks[typography] = find(target, levels, NUMBERING)
        # Whoever goes on typing with the style gets the same bullets.
        style = find(target, "//w:num[@w:numId='1']/w:abstractNumId/@w:val", NUMBERING)
        assert style == [definition]
    assert marks[Typography.FIDELE] == ["-"] * 9
    assert marks[Typography.SOIGNE] == ["–", "•"] * 4 + ["–"]


def test_table_is_marked_for_readers_and_pages(tmp_path: Path) -> None:
    target = tmp_path / "releve.docx"
    write_docx(typical(), target)
    assert len(find(target, "//w:tblHeader/@*")) == 0
    opened = docx.Document(str(target))
    rows = opened.tables[0]._tbl.tr_lst
    assert [row.xpath("boolean(./w:trPr/w:tblHeader)") for row in rows] == [True] + [False] * 11
    # A row of a few lines stays whole; a long one may break, or a page would be left half empty.
    whole = [row.xpath("boolean(./w:trPr/w:cantSplit)") for row in rows]
    lengths = [sum(map(len, row.xpath(".//w:t/text()"))) for row in rows]
    assert whole == [length <= 500 for length in lengths]
    assert set(whole) == {True, False}
    assert find(target, "//w:tblCaption/@w:val") == ["Légende"]
    assert find(target, "//w:tblDescription/@w:val") == ["Texte"]
    widths = [int(width) for width in find(target, "//w:gridCol/@w:w")]
    assert widths == [1361, 1542, 6169]
    assert sum(widths) == 11906 - 2 * 1417  # A4 less 2.5 cm on each side


def test_what_introduces_stays_with_what_follows(tmp_path: Path) -> None:
    target = tmp_path / "releve.docx"
    row = (cell("1"), cell("2"), cell("3"))
    write_docx(
        document(
            items("a", "b", (1, "c"), "d"),
            table(row),
            paragraph("e"),
            table(row),
            paragraph("f"),
            items("g"),
        ),
        target,
    )
    kept = "/w:document/w:body/w:p[w:pPr/w:keepNext]//w:t/text()"
    assert find(target, kept) == ["b", "d", "e", "f"]


def test_no_paragraph_is_added_but_what_word_demands(tmp_path: Path) -> None:
    target = tmp_path / "releve.docx"
    rows = table((cell("1"), cell("2"), cell("3")))
    styles = "/w:document/w:body/w:p/w:pPr/w:pStyle/@w:val"
    for blocks, spacers in [((rows, paragraph("x")), 0), ((rows,), 1), ((rows, rows), 2)]:
        write_docx(document(*blocks), target)
        assert find(target, styles) == ["ApresTableau"] * spacers


def test_properties_of_the_file(tmp_path: Path) -> None:
    target = tmp_path / "releve.docx"
    elsewhere = datetime(2020, 12, 21, 18, 5, 9, tzinfo=timezone(timedelta(hours=1)))
    write_docx(replace(typical(), properties=replace(ABOUT, created=elsewhere)), target)
    core = docx.Document(str(target)).core_properties
    assert core.title == "Relevé des conclusions"
    assert core.subject == "Plan d’action national 2018-2020"
    assert core.author == core.last_modified_by == "Secrétariat du comité"
    assert core.created == core.modified == datetime(2020, 12, 21, 17, 5, 9, tzinfo=UTC)
    assert core.language == "fr-FR"
    assert core.comments == core.keywords == ""
    assert core.revision == 1


def test_long_properties_are_cut_and_reported(tmp_path: Path) -> None:
    target = tmp_path / "releve.docx"
    paper = replace(typical(), properties=replace(ABOUT, title="t" * 300))
    assert write_docx(paper, target).shortened_properties == ("titre",)
    assert docx.Document(str(target)).core_properties.title == "t" * 254 + "…"


def test_nothing_is_left_of_other_programs(tmp_path: Path) -> None:
    target = tmp_path / "releve.docx"
    write_docx(typical(), target)
    with zipfile.ZipFile(target) as package:
        assert package.testzip() is None
        names = package.namelist()
        everything = b"".join(package.read(name) for name in names)
        settings_part = package.read("word/settings.xml")
    assert names[:3] == ["[Content_Types].xml", "_rels/.rels", "word/document.xml"]
    assert [name for name in names if "customXml" in name] == ["customXml/pan-releve.xml"]
    assert not [name for name in names if "thumbnail" in name]
    assert b"python-docx" not in everything
    assert b'w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word"' in (
        settings_part
    )
    assert b'w:val="15"' in settings_part
    assert b'<w:themeFontLang w:val="fr-FR" w:bidi="ar-MA"/>' in settings_part


def test_language_is_said_where_it_is_another(tmp_path: Path) -> None:
    target = tmp_path / "releve.docx"
    languages = "//w:r/w:rPr/w:lang/@w:*"
    write_docx(document(paragraph("Bonjour")), target)
    assert find(target, languages) == []  # the template's own, in the styles' defaults
    paper = document(paragraph("Hello السلام"))
    write_docx(replace(paper, properties=replace(ABOUT, language="en-GB")), target)
    assert find(target, languages) == ["en-GB", "ar-MA"]


def test_arabic_runs_from_the_right(tmp_path: Path) -> None:
    target = tmp_path / "releve.docx"
    write_docx(arabic(), target)
    from_right = find(target, "/w:document/w:body/w:p[w:pPr/w:bidi]//w:t/text()")
    assert from_right[0] == "اجتماع لجنة التتبع"
    assert "Le portail « " not in from_right
    assert find(target, "//w:p[not(w:pPr/w:bidi)]//w:r[w:rPr/w:rtl]/w:t/text()") == [
        "البوابة الوطنية"
    ]
    opened = docx.Document(str(target))
    assert opened.tables[0]._tbl.xpath("boolean(./w:tblPr/w:bidiVisual)") is True


def test_same_document_gives_same_bytes(tmp_path: Path) -> None:
    first, second = tmp_path / "1.docx", tmp_path / "2.docx"
    write_docx(typical(), first)
    write_docx(typical(), second)
    assert first.read_bytes() == second.read_bytes()
    write_docx(typical(rows=12), second)
    assert first.read_bytes() != second.read_bytes()


@pytest.mark.parametrize(
    "paper",
    [
        document(Heading(0, ())),
        document(Heading(10, ())),
        document(items((9, "x"))),
        document(items((-1, "x"))),
        document(table((cell("one"), cell("two")))),
        document(Table((), (), (), "", "")),
    ],
)
def test_a_document_against_the_rules_is_refused(paper: Document, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r".+"):
        write_docx(paper, tmp_path / "releve.docx")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("</w:p></w:tc>", "</w:p><w:tbl/></w:tc>", "a cell that does not end with a paragraph"),
        ('<w:numId w:val="5"/>', '<w:numId w:val="777"/>', "list 777"),
        ('"Heading1"', '"Titre9"', "style Titre9"),
        ('"TableauReleve"', '"Absent"', "style Absent"),
    ],
)
def test_own_checks_find_what_they_are_for(old: str, new: str, fault: str, tmp_path: Path) -> None:
    target = tmp_path / "releve.docx"
    write_docx(typical(), target)
    broken = altered(target, tmp_path / "broken.docx", lambda text: text.replace(old, new))
    assert fault in faults(broken)


def test_superscript_and_weights_are_word_s_own(tmp_path: Path) -> None:
    target = tmp_path / "releve.docx"
    text = (Run("1"), Run("er", superscript=True), Run("!", bold=True, italic=True))
    write_docx(document(Paragraph(text)), target)
    first, raised, strong = docx.Document(str(target)).paragraphs[0].runs
    assert (first.font.superscript, raised.font.superscript) == (None, True)
    assert (strong.bold, strong.italic) == (True, True)


def test_importing_the_writer_loads_no_word_library() -> None:
    """The window must be painted before a tenth of a second goes to python-docx and lxml."""
    ask = "import sys, pan_desktop.documents.docx as _; print({'docx', 'lxml'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
