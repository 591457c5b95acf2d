"""Shows one chart in the window: by keyboard, by mouse, for screen readers, for the clipboard."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QGuiApplication,
    QKeySequence,
    QPainter,
    QPalette,
    QPen,
)
from PySide6.QtWidgets import QAbstractScrollArea, QLabel, QMenu, QSizePolicy
from typing_extensions import override

from pan_desktop.gui.charts import output
from pan_desktop.gui.charts.ink import Ink
from pan_desktop.gui.charts.lettering import plain
from pan_desktop.gui.charts.moving import BEYOND, neighbour, pointed
from pan_desktop.gui.theme import GRID

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import (
        QContextMenuEvent,
        QFocusEvent,
        QKeyEvent,
        QMouseEvent,
        QPaintEvent,
        QResizeEvent,
    )
    from PySide6.QtWidgets import QWidget

    from pan_desktop.gui.charts.chart import Chart, Spot, Stop
    from pan_desktop.gui.charts.data import Table

MARGIN = 2 * GRID
_RING = 6.5
_LINES_OF_CAPTION = 2
_OPEN = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_HELD = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier)
_ENDS = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: -1}


class ChartView(QAbstractScrollArea):
    """A chart, as wide as there is room. Arrows go from figure to figure, Enter opens one."""

    opened = Signal(str)
    """Enter or a double click on a figure, with the key that the chart gave it."""
    save_asked = Signal()
    print_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make a view of nothing."""
        super().__init__(parent)
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self._chart: Chart | None = None
        self._spots: tuple[Spot, ...] = ()
        self._height = 0.0
        self._current: tuple[int, int] | None = None
        self._hovered: tuple[int, int] | None = None
        self._caption = QLabel(self)
        self._caption.setProperty("role", "hint")
        self._caption.setTextFormat(Qt.TextFormat.PlainText)
        self._caption.setWordWrap(True)
        self._caption.setAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        self._caption.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self._menu = QMenu(self)
        self._add(self.tr("Copier l’&image"), QKeySequence("Ctrl+C"), self.copy_picture)
        self._add(self.tr("Copier les &chiffres"), QKeySequence("Ctrl+Shift+C"), self.copy_figures)
        self._menu.addSeparator()
        self._add(self.tr("&Enregistrer l’image…"), QKeySequence("Ctrl+S"), self.save_asked.emit)
        self._add(self.tr("Im&primer…"), QKeySequence("Ctrl+P"), self.print_asked.emit)
        self._make_room_for_caption()
        self.setAccessibleName(self.tr("Graphique"))

    @property
    def chart(self) -> Chart | None:
        """Return the chart shown."""
        return self._chart

    @property
    def caption(self) -> str:
        """Return what is told of the figure under the mouse, else of the current one."""
        return self._caption.text()

    @property
    def menu(self) -> QMenu:
        """Return the context menu."""
        return self._menu

    @property
    def current(self) -> Stop | None:
        """Return the figure that the keyboard is on."""
        return self._stop(self._current)

    def show_chart(self, chart: Chart | None) -> None:
        """Show a chart. The keyboard stays on the same figure, as far as there is one."""
        before = self.current
        place = self._current
        self._chart = chart
        self._hovered = None
        self._measure()
        self._current = self._found(before.key, place) if before and place else None
        if self._current is None and self.hasFocus():
            self._current = self._start()
        title = chart.title if chart is not None else ""
        self.setAccessibleName(title or self.tr("Graphique"))
        for action in self.actions():
            action.setEnabled(chart is not None)
        self._tell()

    def copy_picture(self) -> None:
        """Put a picture of the chart on the clipboard, as wide as it is seen."""
        if self._chart is not None:
            QGuiApplication.clipboard().setImage(output.picture(self._chart, self._paper_width()))

    def copy_figures(self) -> None:
        """Put the figures on the clipboard, for a spreadsheet and for a word processor."""
        if self._chart is not None:
            QGuiApplication.clipboard().setMimeData(_as_mime(self._chart.table()))

    @override
    def sizeHint(self) -> QSize:
        return QSize(80 * GRID, 48 * GRID)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(20 * GRID, 20 * GRID)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(event.rect())
        ink = self._ink()
        painter.fillRect(event.rect(), ink.ground)
        if self._chart is not None:
            self._paint_pointed(painter, ink)
            self._chart.paint(painter, self._place(), ink)
            self._paint_ring(painter, ink)
        if self.hasFocus() and not self._spots:
            _outline(painter, QRectF(self.viewport().rect()).adjusted(2, 2, -2, -2), ink)
        painter.end()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_caption()
        self._measure()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._make_room_for_caption()
            self._measure()

    @override
    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self._measure_spots()
        self.viewport().update()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._current is None:
            self._current = self._start()
        self._tell()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._tell()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, modifiers = Qt.Key(event.key()), event.modifiers()
        shift = modifiers == Qt.KeyboardModifier.ShiftModifier
        if key == Qt.Key.Key_Menu or (key == Qt.Key.Key_F10 and shift):
            self._pop_up(self._menu_place())
        elif key in _OPEN and self.current is not None:
            self.opened.emit(self.current.key)
        elif not self._go(key, modifiers):
            super().keyPressEvent(event)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_mouse = event.reason() == event.Reason.Mouse
        self._pop_up(event.globalPos() if by_mouse else self._menu_place())

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        hovered = pointed(self._spots, event.position())
        if hovered != self._hovered:
            self._hovered = hovered
            self._tell()

    @override
    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._forget_mouse()

    @override
    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._forget_mouse()
        return super().viewportEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        found = pointed(self._spots, event.position())
        if found is not None:
            self._current = found
            self._tell()

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        found = pointed(self._spots, event.position())
        stop = self._stop(found)
        if stop is not None and event.button() == Qt.MouseButton.LeftButton:
            self._current = found
            self.opened.emit(stop.key)

    def _add(self, words: str, keys: QKeySequence, act: Callable[[], None]) -> None:
        """Make an action of this widget, in its menu, with keys while it has the keyboard."""
        action = QAction(words, self)
        action.setShortcut(keys)
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.setShortcutVisibleInContextMenu(True)
        action.setEnabled(False)
        action.triggered.connect(act)
        self.addAction(action)
        self._menu.addAction(action)

    def _pop_up(self, at: QPoint) -> None:
        # Some platforms send a menu's event after its key: it is open by then.
        if not self._menu.isVisible():
            self._menu.popup(at)

    def _menu_place(self) -> QPoint:
        """Return where the keyboard opens the menu: at the current figure, in sight."""
        spot = self._spots[self._current[0]].area if self._current is not None else QRectF()
        inside = spot.intersected(QRectF(self.viewport().rect()))
        return self.viewport().mapToGlobal(inside.center().toPoint())

    def _go(self, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> bool:
        """Go where an arrow points; tell whether the key is one of those that go."""
        alone = len(self._spots) == 1
        held = modifiers & ~Qt.KeyboardModifier.KeypadModifier
        among_marks = alone or held == Qt.KeyboardModifier.ControlModifier
        if not self._spots or held not in _HELD:
            return False
        spot, stop = self._current or self._start() or (0, 0)
        count = len(self._spots[spot].stops)
        if key in _ENDS:
            target = (spot, _ENDS[key] % count) if among_marks else self._end(_ENDS[key])
        elif among_marks and key in BEYOND:
            target = (spot, min(max(stop + BEYOND[key], 0), count - 1))
        elif key in BEYOND:
            target = self._end(neighbour(self._spots, spot, key))
        else:
            return False
        self._current = target
        self._hovered = None
        self._bring_into_sight(self._spots[target[0]].area)
        self._tell()
        return True

    def _end(self, spot: int) -> tuple[int, int]:
        """Return the latest figure of a panel; -1 is the last panel."""
        spot %= len(self._spots)
        return spot, len(self._spots[spot].stops) - 1

    def _start(self) -> tuple[int, int] | None:
        return self._end(0) if self._spots else None

    def _found(self, key: str, place: tuple[int, int]) -> tuple[int, int] | None:
        """Return the figure of a key in a new chart: in its panel the same, else the last."""
        for number, spot in enumerate(self._spots):
            stops = [n for n, stop in enumerate(spot.stops) if stop.key == key]
            if stops:
                return number, place[1] if place[1] in stops else stops[-1]
        return None

    def _stop(self, place: tuple[int, int] | None) -> Stop | None:
        return self._spots[place[0]].stops[place[1]] if place is not None else None

    def _forget_mouse(self) -> None:
        if self._hovered is not None:
            self._hovered = None
            self._tell()

    def _tell(self) -> None:
        """Say and show what is pointed at."""
        stop = self._stop(self._hovered) or self.current
        self._caption.setText(stop.words if stop is not None else "")
        self.setAccessibleDescription(stop.words if stop is not None else "")
        self.viewport().update()

    def _ink(self) -> Ink:
        return Ink.of(self.palette(), self.font())

    def _paper_width(self) -> float:
        """Return the width of a picture in which the chart flows as it is seen."""
        return self._place().width() + 2 * output.MARGIN

    def _place(self) -> QRectF:
        """Return where the chart is in the viewport."""
        width = max(self.viewport().width() - 2 * MARGIN, 1)
        return QRectF(MARGIN, MARGIN - self.verticalScrollBar().value(), width, self._height)

    def _measure(self) -> None:
        """Give the scroll bar the height of the chart, and find again what can be pointed at."""
        self.setVerticalScrollBarPolicy(self._needed_bar())
        width = self._place().width()
        self._height = self._chart.height(width, self._ink()) if self._chart else 0.0
        room = self.viewport().height()
        bar = self.verticalScrollBar()
        bar.setPageStep(room)
        bar.setSingleStep(5 * GRID)
        bar.setRange(0, max(round(self._height + 2 * MARGIN - room), 0))
        self._measure_spots()
        self.viewport().update()

    def _needed_bar(self) -> Qt.ScrollBarPolicy:
        """Tell whether a scroll bar is needed, from the width that there is without one.

        Left to Qt it might come and go for ever: a chart that is less wide may be less high.
        """
        width, room = self.width() - 2 * MARGIN, self.viewport().height()
        if self._chart is None or width < 1:
            return Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        if self._chart.height(width, self._ink()) + 2 * MARGIN <= room:
            return Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        return Qt.ScrollBarPolicy.ScrollBarAlwaysOn

    def _measure_spots(self) -> None:
        self._spots = self._chart.spots(self._place(), self._ink()) if self._chart else ()

    def _bring_into_sight(self, area: QRectF) -> None:
        """Scroll no more than is needed to see a panel; from the first one on, the head too."""
        bar, room = self.verticalScrollBar(), self.viewport().height()
        if area.top() < MARGIN:
            whole = area.bottom() + bar.value() + MARGIN <= room
            bar.setValue(0 if whole else bar.value() + round(area.top() - MARGIN))
        elif area.bottom() > room - MARGIN:
            bar.setValue(bar.value() + round(min(area.bottom() - room, area.top()) + MARGIN))

    def _make_room_for_caption(self) -> None:
        self._caption.ensurePolished()
        height = self._caption.fontMetrics().height() * _LINES_OF_CAPTION + GRID
        self.setViewportMargins(0, 0, 0, height)
        self._place_caption()

    def _place_caption(self) -> None:
        height = self.viewportMargins().bottom()
        width = max(self.width() - 2 * MARGIN, 0)
        self._caption.setGeometry(MARGIN, self.height() - height, width, height)

    def _paint_pointed(self, painter: QPainter, ink: Ink) -> None:
        """Paint the ground of the panel under the mouse, and a frame about the current one."""
        if self._hovered is not None and len(self._spots) > 1:
            area = _about(self._spots[self._hovered[0]].area)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.palette().color(QPalette.ColorRole.AlternateBase))
            painter.drawRoundedRect(area, 6, 6)
        if self._current is not None and self.hasFocus():
            _outline(painter, _about(self._spots[self._current[0]].area), ink)

    def _paint_ring(self, painter: QPainter, ink: Ink) -> None:
        """Paint a ring about the figure that is told."""
        place = self._hovered or (self._current if self.hasFocus() else None)
        stop = self._stop(place)
        if stop is not None and stop.at is not None:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(ink.text, 1.5))
            painter.drawEllipse(stop.at, _RING, _RING)


def _about(area: QRectF) -> QRectF:
    return area.adjusted(-GRID, -GRID, GRID, GRID)


def _outline(painter: QPainter, area: QRectF, ink: Ink) -> None:
    painter.setPen(QPen(ink.accent, 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(area, 6, 6)


def _as_mime(table: Table) -> QMimeData:
    """Return a table as text with tabs and as HTML; a cell never breaks a row."""
    rows = [[plain(cell) for cell in row] for row in table]
    mime = QMimeData()
    mime.setText("\n".join("\t".join(row) for row in rows) + "\n")
    lines = []
    for number, row in enumerate(rows):
        tag = "td" if number else "th"
        lines.append("".join(f"<{tag}>{escape(cell)}</{tag}>" for cell in row))
    body = "".join(f"<tr>{line}</tr>" for line in lines)
    mime.setHtml(f'<meta charset="utf-8"><table>{body}</table>')
    return mime
