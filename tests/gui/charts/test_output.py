"""Charts as files and on paper: whole, sharp, light, page by page."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from PySide6.QtCore import QMarginsF, QSize
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtSvg import QSvgRenderer

from pan_desktop.domain.errors import FileUnwritableError
from pan_desktop.gui import theme
from pan_desktop.gui.charts.bars import Bars
from pan_desktop.gui.charts.data import Bar
from pan_desktop.gui.charts.multiples import Multiples
from pan_desktop.gui.charts.output import MARGIN, WIDTH, picture, print_on, write_png, write_svg
from pan_desktop.gui.charts.overall import Overall
from tests.gui.charts.invented import FRAME, bars, groups, overall

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

    from pan_desktop.gui.charts.chart import Chart
    from pan_desktop.gui.charts.ink import Ink

CHARTS: list[Chart] = [
    Multiples(groups(18, 5), FRAME, "Plan d’essai"),
    Overall(overall(), FRAME, "Avancement global"),
    Bars(bars(6), "Par axe"),
]
IDS = ["multiples", "overall", "bars"]
SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("chart", CHARTS, ids=IDS)
def test_svg_is_xml_with_words_and_renders(chart: Chart, tmp_path: Path, paper: Ink) -> None:
    path = tmp_path / "dessin.svg"
    write_svg(chart, path)
    root = ET.parse(path).getroot()
    assert root.tag == f"{SVG}svg"
    assert root.findtext(f"{SVG}title") == chart.title
    words = "".join(root.itertext())
    assert chart.title.split()[-1] in words
    families = {node.get("font-family") for node in root.iter() if node.get("font-family")}
    assert families
    assert all("sans-serif" in str(family) for family in families)
    renderer = QSvgRenderer(str(path))
    assert renderer.isValid()
    assert str(root.get("viewBox")).split()[2] == str(WIDTH)
    image = QImage(renderer.defaultSize(), QImage.Format.Format_RGB32)
    image.fill(0)
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    assert image.pixelColor(2, 2).name() == "#ffffff"
    accent = paper.accent.rgb()
    assert any(
        image.pixel(x, y) == accent for x in range(image.width()) for y in range(image.height())
    )


def test_svg_holds_any_title(tmp_path: Path, paper: Ink) -> None:
    title = "a < b & « c »\x00\x0b\ud800\ufffe \U0001d4d0 نص"
    write_svg(Bars((Bar("<1>", title, 5, None),), title), tmp_path / "a.svg")
    root = ET.parse(tmp_path / "a.svg").getroot()
    assert root.findtext(f"{SVG}title") == "a < b & « c » \U0001d4d0 نص"


@pytest.mark.parametrize("chart", CHARTS, ids=IDS)
def test_png_has_twice_the_pixels_and_its_own_size(
    chart: Chart, tmp_path: Path, paper: Ink
) -> None:
    path = tmp_path / "image.png"
    write_png(chart, path, 900)
    image = QImage(str(path))
    height = round(chart.height(900 - 2 * MARGIN, paper)) + 2 * MARGIN
    assert image.size() == QSize(1800, 2 * height)
    assert image.dotsPerMeterX() == pytest.approx(192 / 0.0254, abs=1)


def test_picture_is_light_in_a_dark_window(qapp: QApplication, paper: Ink) -> None:
    before = qapp.palette()
    qapp.setPalette(theme.palette(dark=True))
    try:
        dark = picture(CHARTS[0])
    finally:
        qapp.setPalette(before)
    assert dark.pixelColor(1, 1).name() == "#ffffff"
    assert dark == picture(CHARTS[0])


def test_narrow_picture_has_a_least_width(paper: Ink) -> None:
    assert picture(CHARTS[1], 1).width() >= 2 * 2 * MARGIN


def test_files_are_replaced_whole_and_leave_nothing_beside(tmp_path: Path, paper: Ink) -> None:
    path = tmp_path / "image.svg"
    path.write_text("ancien", encoding="utf-8")
    write_svg(CHARTS[1], path)
    assert path.read_bytes().startswith(b"<?xml")
    assert [each.name for each in tmp_path.iterdir()] == ["image.svg"]


@pytest.mark.parametrize("write", [write_svg, write_png])
def test_what_cannot_be_written_is_said_and_leaves_nothing(
    write: Callable[[Chart, Path], None], tmp_path: Path, paper: Ink
) -> None:
    with pytest.raises(FileUnwritableError):
        write(CHARTS[1], tmp_path / "absent" / "image")
    with pytest.raises(FileUnwritableError):
        write(CHARTS[1], tmp_path)
    assert list(tmp_path.iterdir()) == []


def pdf(path: Path, *, landscape: bool = False, size: QSize | None = None) -> QPrinter:
    """Return a printer that writes a PDF file."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    page = QPageSize(size, "") if size is not None else QPageSize(QPageSize.PageSizeId.A4)
    turned = QPageLayout.Orientation.Landscape if landscape else QPageLayout.Orientation.Portrait
    printer.setPageLayout(QPageLayout(page, turned, QMarginsF(36, 36, 36, 36)))
    return printer


def pages_in(path: Path) -> int:
    """Count the pages of a PDF file as Qt writes it."""
    return path.read_bytes().count(b"/Type /Page\n")


@pytest.mark.parametrize("landscape", [False, True])
def test_a_tall_chart_is_printed_on_several_pages(
    landscape: bool, tmp_path: Path, paper: Ink
) -> None:
    path = tmp_path / "page.pdf"
    printed = print_on(pdf(path, landscape=landscape), Multiples(groups(52, 6), FRAME, "Plan"))
    assert printed == pages_in(path) >= 2


@pytest.mark.parametrize("chart", CHARTS[1:], ids=IDS[1:])
def test_a_small_chart_takes_one_page(chart: Chart, tmp_path: Path, paper: Ink) -> None:
    path = tmp_path / "page.pdf"
    assert print_on(pdf(path), chart) == pages_in(path) == 1


def test_what_is_taller_than_a_page_is_made_smaller(tmp_path: Path, paper: Ink) -> None:
    path = tmp_path / "page.pdf"
    assert print_on(pdf(path, size=QSize(700, 200)), CHARTS[1]) == 1
    assert pages_in(path) == 1


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_cannot_begin_prints_nothing(tmp_path: Path, paper: Ink) -> None:
    assert print_on(pdf(tmp_path / "absent" / "page.pdf"), CHARTS[1]) == 0
