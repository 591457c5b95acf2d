"""Cells of workbooks from anywhere: what they mean, and what they may cost."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time, timedelta

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from pan_desktop.documents.package import PackageError
from pan_desktop.documents.workbook.cells import LONGEST_TEXT, Book, CellValue, Range

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def relations(*targets: tuple[str, str]) -> str:
    found = "".join(
        f'<Relationship Id="r{number}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets)
    )
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{package}">{found}</Relationships>'


PARTS = {
    "[Content_Types].xml": "<Types/>",
    "_rels/.rels": relations(("officeDocument", "xl/workbook.xml")),
    "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
    '<sheet name="Données" sheetId="1" r:id="r0"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": relations(
        ("worksheet", "worksheets/sheet1.xml"),
        ("sharedStrings", "sharedStrings.xml"),
        ("styles", "styles.xml"),
    ),
    "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}"><si/><si><t>a</t><rPh sb="0" eb="1"><t>zz</t>'
    "</rPh><r><rPr/><t>b</t></r></si></sst>",
    "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><numFmts>'
    '<numFmt numFmtId="170" formatCode="[h]:mm"/>'
    '<numFmt numFmtId="171" formatCode="&quot;dd&quot;0\\d[Red]"/>'
    '<numFmt numFmtId="172" formatCode="[$-40C]d mmmm yyyy;@"/></numFmts><cellXfs>'
    + "".join(f'<xf numFmtId="{number}"/>' for number in (0, 14, 22, 20, 170, 171, 172))
    + "</cellXfs></styleSheet>",
}


def packed(**changed: str) -> bytes:
    parts = PARTS | {f"xl/{name.replace('__', '/')}.xml": text for name, text in changed.items()}
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts.items():
            package.writestr(name, text)
    return target.getvalue()


def sheet(rows: str, *, after: str = "", **others: str) -> bytes:
    whole = f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{after}</worksheet>'
    return packed(worksheets__sheet1=whole, **others)


def value_of(cell: str, **others: str) -> CellValue | None:
    content = sheet(f'<row r="1"><c r="A1" {cell}</c></row>', **others)
    rows = Book(content).sheet("Données").rows
    return rows[0][1][0] if rows else None


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("><v>1E3</v>", 1000.0),
        ("><v>-0.5</v>", -0.5),
        ("><v>abc</v>", "abc"),
        ("><v>1_0</v>", "1_0"),
        ("><v>1E999</v>", "1E999"),
        ("><v/>", None),
        ('t="b"><v>1</v>', True),
        ('t="b"><v>0</v>', False),
        ('t="e"><v>#N/A</v>', "#N/A"),
        ('t="s"><v>1</v>', "ab"),
        ('t="s"><v>0</v>', None),
        ('t="str"><f>1+1</f><v>_x000D_a_x005F_x0041_ _x0000_</v>', "\ra_x0041_ _x0000_"),
        ('t="inlineStr"><is><r><t>a</t></r><r><t> b</t></r></is>', "a b"),
        ('t="d"><v>2020-12-21</v>', date(2020, 12, 21)),
        ('t="d"><v>2020-12-21T10:00:00</v>', datetime(2020, 12, 21, 10)),  # noqa: DTZ001
        ('t="d"><v>10:00:00</v>', time(10)),
        ('s="1"><v>44000</v>', date(2020, 6, 18)),
        ('s="2"><v>44000.5</v>', datetime(2020, 6, 18, 12)),  # noqa: DTZ001
        ('s="6"><v>44000</v>', date(2020, 6, 18)),
        ('s="1"><v>59</v>', date(1900, 2, 28)),
        ('s="1"><v>61</v>', date(1900, 3, 1)),
        ('s="1"><v>2958465</v>', 2958465.0),
        ('s="1"><v>-1</v>', -1.0),
        ('s="3"><v>0.5</v>', time(12)),
        ('s="4"><v>1.5</v>', timedelta(days=1, hours=12)),
        ('s="5"><v>5</v>', 5.0),
        ('s="99"><v>9</v>', 9.0),
    ],
)
def test_a_cell_means_what_excel_shows(cell: str, value: CellValue | None) -> None:
    assert value_of(cell) == value


def test_days_counted_from_1904() -> None:
    begins = PARTS["xl/workbook.xml"].replace("<sheets>", '<workbookPr date1904="1"/><sheets>')
    assert value_of('s="1"><v>42538</v>', workbook=begins) == date(2020, 6, 18)


def test_cells_without_places_follow_one_another() -> None:
    content = sheet("<row><c><v>1</v></c><c><v>2</v></c></row><row/><row><c><v>3</v></c></row>")
    assert Book(content).sheet("Données").rows == ((1, {0: 1.0, 1: 2.0}), (3, {0: 3.0}))


def test_merged_cells_are_told() -> None:
    merged = '<mergeCells><mergeCell ref="B2:C4"/><mergeCell ref="non"/></mergeCells>'
    assert Book(sheet("", after=merged)).sheet("Données").merged == (Range(1, 1, 3, 2),)


def test_a_large_workbook_says_what_another_reader_says() -> None:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    grid = book.add_worksheet("Données")
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for row in range(5000):
        grid.write_datetime(row, 0, datetime(2020, 1, 1) + timedelta(days=row), day)  # noqa: DTZ001
        grid.write_boolean(row, 1, row % 2 == 0)
        for column in range(2, 10):
            grid.write(row, column, f"é {row % 97}" if column % 2 else row * 1.25)
    book.close()
    other = CalamineWorkbook.from_filelike(io.BytesIO(target.getvalue()))
    expected = [dict(enumerate(row)) for row in other.get_sheet_by_name("Données").iter_rows()]
    found = Book(target.getvalue()).sheet("Données")
    assert [values for _, values in found.rows] == expected
    assert [number for number, _ in found.rows] == list(range(1, 5001))


# What costs too much ---------------------------------------------------------------------


def test_far_corners_cost_no_more_than_two_cells() -> None:
    # Each of these aborts calamine, and the program with it.
    corners = '<row r="1"><c r="A1"><v>1</v></c></row>'
    corners += '<row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    rows = Book(sheet(corners)).sheet("Données").rows
    assert rows == ((1, {0: 1.0}), (1_048_576, {16_383: 2.0}))
    many = PARTS["xl/sharedStrings.xml"].replace("<sst", '<sst count="4000000000"')
    assert value_of('t="s"><v>1</v>', sharedStrings=many) == "ab"


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1048577"><c><v>1</v></c></row>',
        '<row r="0"><c><v>1</v></c></row>',
        '<row r="1"><c r="XFE1"><v>1</v></c></row>',
        '<row r="1"><c t="s"><v>9</v></c></row>',
        '<row r="1"><c t="s"><v>-1</v></c></row>',
    ],
)
def test_cells_that_excel_does_not_have_are_refused(rows: str) -> None:
    with pytest.raises(PackageError, match="endommagé"):
        Book(sheet(rows)).sheet("Données")


def test_a_text_longer_than_excel_holds_is_refused() -> None:
    assert value_of(f't="str"><v>{"x" * LONGEST_TEXT}</v>') == "x" * LONGEST_TEXT
    with pytest.raises(PackageError, match="beaucoup trop"):
        value_of(f't="str"><v>{"x" * (LONGEST_TEXT + 1)}</v>')


def test_one_long_text_in_every_cell_is_refused() -> None:
    shared = f'<sst xmlns="{MAIN}"><si><t>{"x" * LONGEST_TEXT}</t></si></sst>'
    rows = '<row><c t="s"><v>0</v></c></row>' * 2000
    with pytest.raises(PackageError, match="beaucoup trop"):
        Book(sheet(rows, sharedStrings=shared)).sheet("Données")


def test_what_is_no_workbook_inside_is_refused() -> None:
    with pytest.raises(PackageError, match="classeur"):
        Book(packed(workbook="<document/>"))
