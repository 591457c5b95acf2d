"""Where things are: nothing over another, nothing out of its place, for any data and width."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF

from pan_desktop.gui.charts.bars import Bars
from pan_desktop.gui.charts.data import Bar, Frame, Group, Line, Mark
from pan_desktop.gui.charts.ink import Ink
from pan_desktop.gui.charts.key import Head, Item, Sign
from pan_desktop.gui.charts.lettering import plain, shortened, width_of, wrapped
from pan_desktop.gui.charts.multiples import LEAST_PANEL, Multiples
from pan_desktop.gui.charts.overall import Overall
from pan_desktop.gui.charts.placing import cut
from pan_desktop.gui.charts.scale import Scale, Span
from pan_desktop.gui.charts.signs import DOT
from tests.gui.charts.invented import FIRST, FRAME, TITLES, bars, groups, marks, overall

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from PySide6.QtGui import QImage

    from pan_desktop.gui.charts.chart import Chart

    Painted = Callable[[Chart, Ink, float], QImage]

WIDTHS = (40, 120, 208, 360, 640, 1024, 1280, 1800, 3000)
MARKS = st.lists(
    st.builds(
        Mark,
        st.integers(-200, 1400).map(lambda days: FIRST + timedelta(days=days)),
        st.sampled_from([0, 1, 37, 50, 99, 100]),
        st.booleans(),
    ),
    max_size=120,
).map(tuple)
# The application and its ink are made once; nothing of them changes.
SAME_INK = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60
)


def apart(areas: Iterable[QRectF]) -> bool:
    """Tell whether no two places share more than an edge."""
    shrunk = [area.adjusted(0.1, 0.1, -0.1, -0.1) for area in areas if not area.isEmpty()]
    return not any(one.intersects(other) for one, other in combinations(shrunk, 2))


# --- Small multiples --------------------------------------------------------------------------


@pytest.mark.parametrize("width", WIDTHS)
def test_panels_lie_apart_in_the_place(width: int, paper: Ink) -> None:
    chart = Multiples(groups(52, 6), FRAME, "Plan")
    place = QRectF(16, 16, width, chart.height(width, paper))
    layout = chart.layout(place, paper)
    assert len(layout.panels) == 52
    assert len(layout.headings) == 6
    areas = [*(h.area for h in layout.headings), *(p.area for p in layout.panels)]
    assert apart(areas)
    assert all(place.adjusted(-0.1, -0.1, 0.1, 0.1).contains(area) for area in areas)
    for panel in layout.panels:
        parts = (panel.label, panel.title, panel.value, panel.plot, panel.note)
        assert apart((panel.label, panel.value, panel.plot, panel.note))
        assert width < LEAST_PANEL or apart(parts)
        assert width < LEAST_PANEL or panel.area.width() >= LEAST_PANEL


@SAME_INK
@given(found=MARKS, width=st.integers(60, 2000))
def test_marks_stay_inside_of_their_panel(found: tuple[Mark, ...], width: int, paper: Ink) -> None:
    line = Line("c1", "1", "Portail", found)
    chart = Multiples((Group("Axe", (line,)),), FRAME)
    place = QRectF(0, 0, width, 1000)
    (panel,), (spot,) = chart.layout(place, paper).panels, chart.spots(place, paper)
    for stop in spot.stops:
        if stop.at is not None:
            square = QRectF(stop.at.x() - DOT, stop.at.y() - DOT, 2 * DOT, 2 * DOT)
            assert panel.plot.adjusted(-0.1, -0.1, 0.1, 0.1).contains(square)
    assert len(spot.stops) == max(len(found), 1)


@pytest.mark.parametrize(
    "make",
    [
        lambda count: Multiples(groups(max(count, 1), 2)[: count and 2], FRAME),
        lambda count: Bars(bars(count)),
    ],
    ids=["multiples", "bars"],
)
def test_height_grows_with_what_is_shown_and_not_with_the_width(
    make: Callable[[int], Chart], paper: Ink
) -> None:
    by_count = [make(count).height(800, paper) for count in range(30)]
    assert all(one <= other for one, other in pairwise(by_count[1:]))
    by_width = [make(24).height(width, paper) for width in WIDTHS]
    assert all(one >= other for one, other in pairwise(by_width))


@pytest.mark.parametrize(
    "chart",
    [Multiples(groups(52, 6), FRAME, "Plan"), Bars(bars(40), "Axes"), Overall(overall(), FRAME)],
    ids=["multiples", "bars", "overall"],
)
def test_pages_may_end_only_between_things(chart: Chart, paper: Ink) -> None:
    for width in WIDTHS:
        breaks = chart.breaks(width, paper)
        height = chart.height(width, paper)
        assert breaks[-1] == pytest.approx(height)
        assert all(one < other for one, other in pairwise(breaks))
        if not isinstance(chart, Overall):
            areas = [spot.area for spot in chart.spots(QRectF(0, 0, width, height), paper)]
            for y in breaks[:-1]:
                assert not any(a.top() + 0.1 < y < a.bottom() - 0.1 for a in areas)


def test_no_group_and_a_group_of_nothing_take_little_room(paper: Ink) -> None:
    assert 0 < Multiples((), FRAME).height(800, paper) < 100
    assert Multiples((Group("Axe", ()),), FRAME).height(800, paper) < 100
    assert Multiples((), FRAME).spots(QRectF(0, 0, 800, 100), paper) == ()


# --- The large line ---------------------------------------------------------------------------


@SAME_INK
@given(found=MARKS, width=st.integers(160, 2000))
def test_labels_never_overlap(found: tuple[Mark, ...], width: int, paper: Ink) -> None:
    chart = Overall(Line("plan", "", "Global", found), FRAME)
    place = QRectF(0, 0, width, chart.height(width, paper))
    labels = chart.labels(place, paper)
    assert apart(label.area for label in labels)
    inside = place.adjusted(-0.1, -0.1, 0.1, 0.1)
    assert all(inside.contains(label.area) for label in labels)
    if found:
        last = max(found, key=lambda mark: mark.day)
        last = [mark for mark in found if mark.day == last.day][-1]
        assert f"{last.percent}\u00a0%" in [label.words for label in labels if label.strong]


@SAME_INK
@given(
    start=st.dates(date(1990, 1, 1), date(2090, 1, 1)),
    days=st.integers(0, 9000),
    width=st.integers(60, 2000),
)
def test_ticks_never_touch_and_there_is_always_one(
    start: date, days: int, width: int, paper: Ink
) -> None:
    font = paper.font()
    span = Span(start, start + timedelta(days=days))
    ticks = Scale(span, QRectF(0, 0, width, 100)).ticks(font)
    assert 1 <= len(ticks) <= 13
    for one, other in pairwise(ticks):
        assert one.left + width_of(one.words, font) < other.left


def test_ticks_are_years_and_months_in_french(paper: Ink) -> None:
    span = Span(date(2030, 6, 1), date(2031, 6, 30))
    words = [tick.words for tick in Scale(span, QRectF(0, 0, 800, 100)).ticks(paper.font())]
    assert words == ["juillet 2030", "octobre", "2031", "avril"]
    wide = Span(date(2030, 1, 1), date(2039, 12, 31))
    words = [tick.words for tick in Scale(wide, QRectF(0, 0, 300, 100)).ticks(paper.font())]
    assert words == ["2030", "2032", "2034", "2036", "2038"]


def test_last_value_has_its_room_at_the_right(paper: Ink) -> None:
    for days in (400, 840, 1050):
        chart = Overall(overall(9, days=days), FRAME)
        place = QRectF(0, 0, 1280, chart.height(1280, paper))
        (last,) = (label for label in chart.labels(place, paper) if label.strong)
        at = chart.spots(place, paper)[0].stops[-1].at
        assert at is not None
        assert last.area.left() > at.x()


def test_lines_leave_out_the_places_of_words() -> None:
    words = [QRectF(10, -5, 10, 10), QRectF(40, 50, 10, 10)]
    parts = cut(QPointF(0, 0), QPointF(100, 0), words)
    assert [(round(a.x()), round(b.x())) for a, b in parts] == [(0, 7), (23, 100)]
    assert cut(QPointF(12, 0), QPointF(18, 0), words) == []
    assert len(cut(QPointF(0, 0), QPointF(100, 100), words[1:])) == 2


@pytest.mark.parametrize("count", [0, 1, 2, 120])
def test_plan_without_length_or_with_the_days_of_others(count: int, paper: Ink) -> None:
    day = date(2030, 5, 5)
    for frame in (Frame(day, day, day), Frame(date(2029, 1, 1), day, date(2035, 1, 1))):
        line = Line("p", "", "", marks(count, days=0))
        for chart in (Overall(line, frame), Multiples((Group("A", (line,)),), frame)):
            place = QRectF(0, 0, 500, chart.height(500, paper))
            for spot in chart.spots(place, paper):
                assert all(stop.at is None or place.contains(stop.at) for stop in spot.stops)


# --- Bars -------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", WIDTHS)
def test_columns_of_bars_align_and_lie_apart(width: int, paper: Ink) -> None:
    chart = Bars(bars(9), "Axes")
    rows = chart.rows(QRectF(0, 0, width, 1000), paper)
    assert apart(row.area for row in rows)
    for name in ("title", "track", "value", "change"):
        assert len({getattr(row, name).left() for row in rows}) == 1
        assert len({getattr(row, name).width() for row in rows}) == 1
    for row in rows:
        assert width < 160 or apart((row.label, row.title, row.track, row.value, row.change))


def test_values_out_of_the_scale_end_with_it(painted: Painted, paper: Ink) -> None:
    beyond = Bars((Bar("1", "Un", 180, -20),))
    for row in beyond.rows(QRectF(0, 0, 700, 100), paper):
        image = painted(beyond, paper, 700)
        y = round(row.track.center().y())
        assert image.pixelColor(round(row.track.right()) - 2, y) == paper.accent
        assert image.pixelColor(round(row.track.right()) + 2, y) == paper.ground


# --- Words ------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", [*TITLES, "𝒜lpha 𝒷eta " * 30, "m" * 300, "", "  ", "a\nb\tc"])
@pytest.mark.parametrize("width", [0, 5, 60, 200, 5000])
def test_words_keep_to_their_width(text: str, width: int, paper: Ink) -> None:
    font = paper.font()
    lines = wrapped(text, font, width, 2)
    assert len(lines) <= 2
    assert all("\n" not in line for line in lines)
    if width >= 60:
        assert all(width_of(line, font) <= width + 0.5 for line in lines)
        assert width_of(shortened(text, font, width), font) <= width + 0.5
    if width == 5000 and len(text) < 200:
        assert " ".join(lines) == plain(text)


def test_no_break_spaces_are_kept_and_controls_left_out() -> None:
    assert plain(" Portail\u00a0:\n\x0bdons\u202f! ") == "Portail\u00a0: dons\u202f!"


def test_head_without_words_takes_no_room(paper: Ink) -> None:
    assert Head("", ()).height(500, paper) == 0
    items = [Item(sign, "mot à dire") for sign in Sign]
    heights = [Head("Titre", items).height(width, paper) for width in WIDTHS]
    assert all(one >= other for one, other in pairwise(heights))
