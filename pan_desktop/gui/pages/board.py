"""What the first page tells beside the meetings: how the plan goes, what comes, what is late.

It is made once the store is open, after the first frame.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPalette, QPen
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from pan_desktop.app.dashboard import SOON, Dashboard
from pan_desktop.domain.calendar import date_in_words, hour, short_date
from pan_desktop.domain.typography import counted
from pan_desktop.gui.pages.page import Place
from pan_desktop.gui.progress_words import change_words, percent_words, stated_words
from pan_desktop.gui.theme import GRID
from pan_desktop.gui.widgets.blocks import label, row

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QPaintEvent

    from pan_desktop.domain.followed import Followed
    from pan_desktop.gui.pages.page import Services

WIDTH = 36 * GRID
SHOWN = 3
"""How many of a kind are named before only their number is told."""


class Board(QWidget):
    """Cards that say how things stand; each line is a button that goes where more is said."""

    def __init__(self, services: Services) -> None:
        """Make the board, with nothing to tell yet."""
        super().__init__()
        self._services = services
        self._shown: Dashboard | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2 * GRID)
        self.setFixedWidth(WIDTH)
        self.lines: list[QPushButton] = []

    def show_dashboard(self, told: Dashboard) -> None:
        """Show what ``told`` says, in the place of what was shown."""
        if told == self._shown:
            return
        place = next((n for n, line in enumerate(self.lines) if line.hasFocus()), -1)
        self._shown = told
        self._clear()
        for card in (self._progress(told), self._next(told), self._owed(told), self._quiet(told)):
            if card is not None:
                self._column.addWidget(card)
        self._column.addStretch(1)
        if place >= 0 and self.lines:
            self.lines[min(place, len(self.lines) - 1)].setFocus()

    def _clear(self) -> None:
        self.lines = []
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    # The cards -------------------------------------------------------------------------

    def _progress(self, told: Dashboard) -> QWidget | None:
        progress = told.progress
        if progress is None or progress.latest is None:
            return None
        card, column = _card(self.tr("Avancement global"))
        at = progress.latest
        known = [one.percent for one in progress.history if one.percent is not None]
        change = change_words(known[-1] - known[-2]) if len(known) > 1 else ""
        words = self.tr("Plan {plan}, relevé du {day}.").format(
            plan=progress.plan.label, day=short_date(at.day)
        )
        if change:
            words += self.tr(" {} depuis la réunion d’avant.").format(change)
        column.addLayout(row(label(percent_words(at.percent), "figure"), None, Spark(known)))
        column.addWidget(label(words, "hint", wraps=True))
        if at.stated is not None:
            column.addWidget(label(stated_words(at), wraps=True))
        place = Place("progress", "explain", progress.plan.id)
        self._line(column, self.tr("Comment ce chiffre est obtenu"), place)
        self._line(column, self.tr("Tous les engagements"), Place("progress", "", progress.plan.id))
        return card

    def _next(self, told: Dashboard) -> QWidget:
        card, column = _card(self.tr("Prochaine réunion"))
        coming = told.next_meeting
        if coming is None:
            column.addWidget(
                label(
                    self.tr("Aucune réunion n’est prévue. Ctrl+N en prépare une."),
                    "hint",
                    wraps=True,
                )
            )
            return card
        line = coming.line
        words = date_in_words(line.day)
        moment = f"{words[0].upper()}{words[1:]}, {hour(line.at)}"
        self._line(column, f"{moment}\n{line.body}", Place("meeting", line.id))
        missing = []
        if coming.without_place:
            missing.append(self.tr("lieu ou lien à indiquer"))
        if coming.without_focal_point:
            numbers = ", ".join(map(str, coming.without_focal_point))
            missing.append(self.tr("engagements sans point focal\u00a0: {}").format(numbers))
        if coming.without_address:
            names = _some(coming.without_address)
            missing.append(self.tr("sans adresse électronique\u00a0: {}").format(names))
        if coming.unfilled:
            missing.append(self.tr("avancements à renseigner\u00a0: {}").format(coming.unfilled))
        said = "\n".join(f"–\u00a0{one}" for one in missing)
        column.addWidget(label(said or self.tr("Rien ne manque."), "hint", wraps=True))
        return card

    def _owed(self, told: Dashboard) -> QWidget:
        card, column = _card(self.tr("Actions et échéances"))
        if told.overdue:
            words = counted(
                len(told.overdue), self.tr("action en retard"), self.tr("actions en retard")
            )
            self._line(column, words, Place("actions", "overdue"))
            column.addWidget(label(_told(told.overdue), "hint", wraps=True))
        day = told.today + SOON
        if told.soon:
            words = counted(len(told.soon), self.tr("échéance"), self.tr("échéances"))
            until = self.tr("{what} d’ici le {day}").format(what=words, day=short_date(day))
            self._line(column, until, Place("actions", f"before {day.isoformat()}"))
            column.addWidget(label(_told(told.soon), "hint", wraps=True))
        if not told.overdue and not told.soon:
            words = self.tr("Rien n’est en retard, ni attendu d’ici le {}.").format(short_date(day))
            column.addWidget(label(words, "hint", wraps=True))
        return card

    def _quiet(self, told: Dashboard) -> QWidget | None:
        if not told.quiet or told.progress is None:
            return None
        card, column = _card(self.tr("Sans nouvelles"))
        for one in told.quiet[:SHOWN]:
            held = one.commitment
            words = self.tr("Engagement {number}, depuis {count} réunions").format(
                number=held.number, count=one.silent
            )
            self._line(column, words, Place("progress", one.id, told.progress.plan.id))
        rest = len(told.quiet) - SHOWN
        if rest > 0:
            words = counted(rest, self.tr("autre engagement"), self.tr("autres engagements"))
            column.addWidget(label(words, "hint"))
        return card

    def _line(self, column: QVBoxLayout, words: str, place: Place) -> None:
        go: Callable[[Place], None] = self._services.go_to
        line = QPushButton()
        line.setProperty("role", "row")
        line.setAccessibleName(words.replace("\n", ", "))
        inside = QVBoxLayout(line)
        inside.setContentsMargins(GRID, GRID // 2, GRID, GRID // 2)
        text = label(f"{words}\u00a0›", "link")
        text.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        inside.addWidget(text)
        line.setMinimumHeight(text.sizeHint().height() + GRID)
        line.clicked.connect(partial(go, place))
        line.setAutoDefault(True)
        column.addWidget(line)
        self.lines.append(line)


class Spark(QWidget):
    """The overall progress from one meeting to the next, as a line without words."""

    def __init__(self, percents: Sequence[int]) -> None:
        """Draw ``percents``, each from 0 to 100, the oldest first."""
        super().__init__()
        self._percents = list(percents)
        self.setFixedSize(9 * GRID, 4 * GRID)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's own
        """Draw the line, its last point filled."""
        super().paintEvent(event)
        if not self._percents:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = QRectF(self.rect()).adjusted(4, 4, -4, -4)
        last = max(len(self._percents) - 1, 1)
        points = [
            QPointF(
                room.left() + room.width() * number / last,
                room.bottom() - room.height() * percent / 100,
            )
            for number, percent in enumerate(self._percents)
        ]
        ink = self.palette().color(QPalette.ColorRole.Accent)
        painter.setPen(QPen(ink, 2))
        painter.drawPolyline(points)
        painter.setBrush(ink)
        painter.drawEllipse(points[-1], 3, 3)
        painter.end()


def _card(title: str) -> tuple[QFrame, QVBoxLayout]:
    card = QFrame()
    card.setProperty("role", "card")
    column = QVBoxLayout(card)
    column.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
    column.setSpacing(GRID // 2)
    heading: QLabel = label(title, "section")
    column.addWidget(heading)
    return card, column


def _told(followed: Sequence[Followed]) -> str:
    """Return who owes what, of the first few."""
    lines = [
        f"{one.owner or '–'}\u00a0: {_short(one.text)} ({short_date(one.due)})"
        for one in followed[:SHOWN]
        if one.due is not None
    ]
    return "\n".join(lines)


def _short(text: str, length: int = 48) -> str:
    line = " ".join(text.split())
    return line if len(line) <= length else f"{line[: length - 1].rstrip()}…"


def _some(names: Sequence[str]) -> str:
    rest = len(names) - SHOWN
    said = ", ".join(names[:SHOWN])
    return f"{said} (+{rest})" if rest > 0 else said
