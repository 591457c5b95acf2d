"""What is painted can be seen: in both looks, for little and for much, for any title."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from pan_desktop.gui.charts.bars import Bars
from pan_desktop.gui.charts.data import Bar, Group, Line, Mark
from pan_desktop.gui.charts.multiples import Multiples
from pan_desktop.gui.charts.overall import Overall
from tests.gui.charts.invented import FIRST, FRAME, TITLES, bars, groups, marks, overall

if TYPE_CHECKING:
    from collections.abc import Callable

    from pan_desktop.gui.charts.chart import Chart
    from pan_desktop.gui.charts.ink import Ink

    Painted = Callable[[Chart, Ink, float], QImage]


def contrast(one: QColor, other: QColor) -> float:
    """Return the contrast of two colours as accessibility rules count it, from 1 to 21."""

    def light(colour: QColor) -> float:
        parts = [
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
            for part in (colour.redF(), colour.greenF(), colour.blueF())
        ]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)


def colours(image: QImage) -> set[int]:
    """Return every colour of a picture."""
    return {image.pixel(x, y) for y in range(image.height()) for x in range(image.width())}


def test_inks_can_be_read(ink: Ink) -> None:
    assert contrast(ink.text, ink.ground) >= 7
    assert contrast(ink.quiet, ink.ground) >= 4.5
    assert contrast(ink.accent, ink.ground) >= 4.5
    assert contrast(ink.accent, ink.soft) >= 3
    assert contrast(ink.quiet, ink.soft) >= 4.4
    assert contrast(ink.pace, ink.ground) > contrast(ink.midterm, ink.ground) > 1.2


@pytest.mark.parametrize(
    "chart",
    [Multiples(groups(6, 2), FRAME), Overall(overall(), FRAME), Bars(bars(3))],
    ids=["multiples", "overall", "bars"],
)
def test_words_and_lines_are_painted_in_the_inks(chart: Chart, ink: Ink, painted: Painted) -> None:
    seen = colours(painted(chart, ink, 420))
    for colour in (ink.ground, ink.text, ink.accent):
        assert colour.rgb() in seen


def test_every_word_in_the_plot_stands_out(ink: Ink, painted: Painted) -> None:
    chart = Overall(overall(), FRAME)
    image = painted(chart, ink, 900)
    for label in chart.labels(QRectF(0, 0, 900, chart.height(900, ink)), ink):
        seen = [QColor.fromRgb(c) for c in colours(image.copy(label.area.toAlignedRect()))]
        assert max(contrast(one, ink.ground) for one in seen) >= 3.5, label.words


def test_ink_takes_everything_from_the_palette(ink: Ink) -> None:
    assert all(colour.alpha() == 255 for colour in ink[:9])  # see-through ink prints badly


@pytest.mark.parametrize("count", [0, 1, 2, 120])
@pytest.mark.parametrize("width", [24, 150, 900])
def test_few_and_many_marks_are_painted(
    count: int, width: int, paper: Ink, painted: Painted
) -> None:
    line = Line("c1", "1", TITLES[3], marks(count), TITLES[3])
    for chart in (
        Multiples((Group(TITLES[3], (line, line)),), FRAME, TITLES[3]),
        Overall(line, FRAME, TITLES[3]),
    ):
        assert len(colours(painted(chart, paper, width))) > 5


@pytest.mark.parametrize("title", [*TITLES, "", "x" * 900])
@pytest.mark.parametrize("width", [24, 150, 900])
def test_any_title_is_painted(title: str, width: int, paper: Ink, painted: Painted) -> None:
    line = Line("c", title, title, (Mark(FIRST, 100, True), Mark(FIRST, 0, False)), title)
    painted(Multiples((Group(title, (line,)),), FRAME, title), paper, width)
    painted(Overall(line, FRAME, title), paper, width)
    painted(Bars((Bar(title, title, 0, 100), Bar("", title, 100, 0)), title), paper, width)


def test_open_and_full_marks_differ(paper: Ink, painted: Painted) -> None:
    def chart(*, fresh: bool) -> Multiples:
        line = Line("c", "1", "Un", (Mark(FIRST, 50, fresh),))
        return Multiples((Group("", (line,)),), FRAME)

    place = QRectF(0, 0, 300, 300)
    for fresh, colour in ((True, paper.accent), (False, paper.ground)):
        made = chart(fresh=fresh)
        at = made.spots(place, paper)[0].stops[0].at
        assert at is not None
        image = painted(made, paper, 300)
        assert image.pixelColor(round(at.x() - 0.5), round(at.y() - 0.5)) == colour


def test_arabic_titles_stand_at_the_right_of_their_place(paper: Ink, painted: Painted) -> None:

    def ink_in(title: str) -> tuple[int, int]:
        line = Line("c", "1", title, ())
        chart = Multiples((Group("", (line,)),), FRAME)
        area = chart.layout(QRectF(0, 0, 300, 200), paper).panels[0].title
        image = painted(chart, paper, 300)
        ground = paper.ground.rgb()
        columns = [
            x
            for x in range(int(area.left()), int(area.right()))
            if any(image.pixel(x, y) != ground for y in range(int(area.top()), int(area.bottom())))
        ]
        return round(columns[0] - area.left()), round(area.right() - columns[-1])

    left, right = ink_in("Cartes")
    assert left < 3 < right
    left, right = ink_in("بوابة النزاهة")
    assert right < 5 < left


def test_only_what_is_in_the_clip_is_painted(paper: Ink) -> None:
    chart = Multiples(groups(52, 6), FRAME)
    place = QRectF(0, 0, 600, chart.height(600, paper))
    image = QImage(600, 300, QImage.Format.Format_RGB32)
    image.fill(paper.ground)
    painter = QPainter(image)
    painter.setClipRect(QRectF(0, 0, 600, 100))
    chart.paint(painter, place, paper)
    painter.end()
    lower = image.copy(0, 100, 600, 200)
    assert colours(lower) == {paper.ground.rgb()}
