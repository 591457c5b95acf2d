"""Ink of both looks, and a canvas to look at."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from pan_desktop.gui import theme
from pan_desktop.gui.charts.ink import Ink

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QApplication

    from pan_desktop.gui.charts.chart import Chart


@pytest.fixture(params=["light", "dark"])
def ink(request: pytest.FixtureRequest, qapp: QApplication) -> Ink:
    """Return the ink of the light, then of the dark look."""
    return Ink.of(theme.palette(dark=request.param == "dark"), qapp.font())


@pytest.fixture
def paper(qapp: QApplication) -> Ink:
    """Return the ink of paper."""
    return Ink.paper()


@pytest.fixture
def painted(qapp: QApplication) -> Callable[[Chart, Ink, float], QImage]:
    """Return what paints a chart and gives the picture of it."""

    def paint(chart: Chart, ink: Ink, width: float) -> QImage:
        height = max(chart.height(width, ink), 1)
        image = QImage(int(width) + 1, int(height) + 1, QImage.Format.Format_RGB32)
        image.fill(ink.ground)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chart.paint(painter, QRectF(0, 0, width, height), ink)
        painter.end()
        return image

    return paint
