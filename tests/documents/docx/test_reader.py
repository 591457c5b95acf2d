"""The reader understands what other programs write."""

from __future__ import annotations

import zipfile
from pathlib import Path

import docx
import pytest

from pan_desktop.documents.docx.reader import (
    Kind,
    ReadParagraph,
    ReadTable,
    Stretch,
    UnreadableDocumentError,
    read_blocks,
)
from pan_desktop.documents.docx.writer import write_docx
from tests.documents.docx.checks import DOCUMENT, altered
from tests.documents.docx.papers import document, paragraph, typical


def _read(tmp_path: Path, inside: str) -> tuple[ReadParagraph | ReadTable, ...]:
    """Read a document whose body is the XML given."""
    plain, target = tmp_path / "plain.docx", tmp_path / "given.docx"
    write_docx(document(paragraph("ICI")), plain)
    begun = '<w:p><w:r><w:t xml:space="preserve">ICI</w:t></w:r></w:p>'
    return read_blocks(altered(plain, target, lambda text: text.replace(begun, inside)))


def _texts(blocks: tuple[ReadParagraph | ReadTable, ...]) -> list[str]:
    return [block.text for block in blocks if isinstance(block, ReadParagraph)]


def test_a_file_of_python_docx(tmp_path: Path) -> None:
    target = tmp_path / "other.docx"
    paper = docx.Document()
    paper.add_heading("Ordre du jour", 2)
    paper.add_paragraph("premier", style="List Number")
    paper.add_paragraph("second", style="List Number")
    paper.add_paragraph("tiret", style="List Bullet")
    grid = paper.add_table(1, 2)
    grid.cell(0, 1).text = "x"
    paper.save(str(target))
    heading, *entries, read_table = read_blocks(target)
    assert heading == ReadParagraph(Kind.HEADING, 2, (Stretch("Ordre du jour"),))
    assert entries == [
        ReadParagraph(Kind.ITEM, 0, (Stretch("premier"),), 1, True, 1),
        ReadParagraph(Kind.ITEM, 0, (Stretch("second"),), 1, True, 2),
        ReadParagraph(Kind.ITEM, 0, (Stretch("tiret"),), 2, False, None),
    ]
    assert isinstance(read_table, ReadTable)
    assert read_table.header_rows == 0
    assert [cell[0].text for cell in read_table.rows[0]] == ["", "x"]  # type: ignore[union-attr]


def test_changes_under_review_are_read_as_accepted(tmp_path: Path) -> None:
    blocks = _read(
        tmp_path,
        "<w:p><w:pPr><w:pPrChange w:id='1' w:author='A'><w:pPr><w:pStyle w:val='Title'/></w:pPr>"
        "</w:pPrChange></w:pPr><w:r><w:t>a</w:t></w:r><w:del w:id='2' w:author='A'><w:r>"
        "<w:delText>b</w:delText></w:r></w:del><w:moveFrom w:id='3' w:author='A'><w:r><w:t>c</w:t>"
        "</w:r></w:moveFrom><w:ins w:id='4' w:author='A'><w:r><w:t>d</w:t></w:r></w:ins></w:p>",
    )
    assert blocks == (ReadParagraph(Kind.PARAGRAPH, 0, (Stretch("ad"),)),)


def test_text_within_wrappers(tmp_path: Path) -> None:
    blocks = _read(
        tmp_path,
        "<w:sdt><w:sdtPr/><w:sdtContent><w:p><w:hyperlink w:anchor='x'><w:r><w:t>lien</w:t></w:r>"
        "</w:hyperlink></w:p></w:sdtContent></w:sdt><w:p><w:fldSimple w:instr='PAGE'><w:r>"
        "<w:t>7</w:t></w:r></w:fldSimple><w:r><w:instrText>PAGE</w:instrText></w:r></w:p>",
    )
    assert _texts(blocks) == ["lien", "7"]


def test_tab_stops_and_marks_of_paragraphs_are_no_text(tmp_path: Path) -> None:
    blocks = _read(
        tmp_path,
        "<w:p><w:pPr><w:tabs><w:tab w:val='left' w:pos='9'/></w:tabs><w:rPr><w:b/></w:rPr></w:pPr>"
        "<w:r><w:t>a</w:t><w:tab/><w:noBreakHyphen/><w:cr/></w:r>"
        "<w:r><w:rPr><w:b w:val='0'/><w:vertAlign w:val='subscript'/></w:rPr><w:t>b</w:t></w:r>"
        "<w:r><w:rPr><w:b/></w:rPr><w:t>c</w:t></w:r><w:r><w:t>d</w:t></w:r></w:p>",
    )
    stretches = (Stretch("a\t\u2011\nb"), Stretch("c", bold=True), Stretch("d"))
    assert blocks == (ReadParagraph(Kind.PARAGRAPH, 0, stretches),)


def test_tables_within_tables(tmp_path: Path) -> None:
    p = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>".format
    inner = f"<w:tbl><w:tr><w:tc>{p('b')}</w:tc></w:tr></w:tbl>"
    cells = f"<w:tc>{p('a')}{inner}{p('c')}</w:tc><w:tc>{inner}{p('d')}</w:tc>"
    rows = f"<w:tr>{cells}</w:tr><w:tr><w:tc>{inner}{p('')}</w:tc></w:tr>"
    (outer, after) = _read(tmp_path, f"<w:tbl>{rows}</w:tbl>{p('e')}")
    small = ReadTable(0, (((_paragraph("b"),),),))
    assert outer == ReadTable(
        0,
        (
            ((_paragraph("a"), small, _paragraph("c")), (small, _paragraph("d"))),
            ((small, ReadParagraph(Kind.PARAGRAPH, 0, ())),),
        ),
    )
    assert after == _paragraph("e")


def _paragraph(text: str) -> ReadParagraph:
    return ReadParagraph(Kind.PARAGRAPH, 0, (Stretch(text),))


def test_header_rows_count_only_at_the_head(tmp_path: Path) -> None:
    head = "<w:tr><w:trPr><w:tblHeader/></w:trPr><w:tc><w:p/></w:tc></w:tr>"
    off = head.replace("<w:tblHeader/>", "<w:tblHeader w:val='false'/>")
    (grid,) = _read(tmp_path, f"<w:tbl>{head}{head}{off}{head}</w:tbl>")
    assert isinstance(grid, ReadTable)
    assert grid.header_rows == 2
    assert len(grid.rows) == 4


def test_lists_of_one_definition_go_on_counting(tmp_path: Path) -> None:
    item = (
        "<w:p><w:pPr><w:pStyle w:val='ListNumber'/>{}</w:pPr><w:r><w:t>x</w:t></w:r></w:p>".format
    )
    none = "<w:numPr><w:ilvl w:val='0'/><w:numId w:val='0'/></w:numPr>"
    blocks = _read(tmp_path, item("") + item("") + item(none) + item(""))
    assert [(block[0], block[5]) for block in blocks if isinstance(block, ReadParagraph)] == [
        (Kind.ITEM, 1),
        (Kind.ITEM, 2),
        (Kind.PARAGRAPH, None),
        (Kind.ITEM, 3),
    ]


def test_text_beside_the_text_is_left_out(tmp_path: Path) -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>cadre</w:t></w:r></w:p></w:txbxContent>"
    blocks = _read(tmp_path, f"<w:p><w:r><w:pict>{box}</w:pict><w:t>a</w:t></w:r></w:p>")
    assert _texts(blocks) == ["a"]


def _not_a_zip(path: Path) -> None:
    path.write_bytes(b"{\\rtf1}")


def _zip_of_something_else(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("a.txt", "a")


def _cut(path: Path) -> None:
    write_docx(typical(), path)
    path.write_bytes(path.read_bytes()[:-100])


def _with_entities(path: Path) -> None:
    plain = path.with_name("plain.docx")
    write_docx(document(paragraph("x")), plain)
    doctype = '<!DOCTYPE w:document [<!ENTITY a "b">]><w:document '
    altered(plain, path, lambda text: text.replace("<w:document ", doctype))


def _without_body(path: Path) -> None:
    plain = path.with_name("plain.docx")
    write_docx(document(), plain)
    altered(plain, path, lambda text: text.replace("w:body>", "w:corps>"), DOCUMENT)


@pytest.mark.parametrize(
    "make", [_not_a_zip, _zip_of_something_else, _cut, _with_entities, _without_body]
)
def test_what_is_no_word_file_is_refused(make: object, tmp_path: Path) -> None:
    assert callable(make)
    path = tmp_path / "file.docx"
    make(path)
    with pytest.raises(UnreadableDocumentError):
        read_blocks(path)


@pytest.mark.parametrize(
    "inside",
    [
        "<w:tbl><w:tc><w:p/></w:tc></w:tbl>",
        "<w:tbl><w:tr/><w:p/></w:tbl>",
        "<w:tbl><w:tbl><w:tr><w:tc/></w:tr></w:tbl></w:tbl>",
    ],
    ids=["cell without row", "paragraph beside rows", "table in no cell"],
)
def test_a_table_that_is_none_is_refused(tmp_path: Path, inside: str) -> None:
    with pytest.raises(UnreadableDocumentError):
        _read(tmp_path, inside)
