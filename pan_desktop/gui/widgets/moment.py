"""Fields for a day and an hour, made for typing.

QDateEdit goes by sections: with the separators typed (21/12/2020) it gave another date in 99 cases
of 100, and loses the 31 while the month shown has 30 days. Here what is typed is what is seen.
"""

from __future__ import annotations

import re
from datetime import date, time, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QPoint, Qt, Signal
from PySide6.QtWidgets import QCalendarWidget, QLineEdit, QMenu, QWidgetAction

from pan_desktop.domain.calendar import date_in_words, short_date

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QFocusEvent, QKeyEvent
    from PySide6.QtWidgets import QWidget

_DIGITS = re.compile(r"(\d{2})(\d{2})(\d{4}|\d{2})?")
_DATE = re.compile(r"(\d{1,2})[\s/.-]+(\d{1,2})(?:[\s/.-]+(\d{4}|\d{2}))?[/.-]?")
_BEGUN = re.compile(r"\d{0,8}|\d{1,2}[\s/.-]+(?:\d{1,2}(?:[\s/.-]+\d{0,4})?)?")
_HOUR = re.compile(r"(\d{1,2})(?:\s*[hH:.]\s*(\d{1,2})?)?")
_HOUR_DIGITS = re.compile(r"(\d{1,2})(\d{2})")


def read_day(text: str, year: int) -> date | None:
    """Return the day that ``text`` means, None for none.

    "21122020", "211220", "21/12/2020", "21-12-20" and "21/12" (in ``year``) are all understood.
    """
    words = text.strip()
    match = _DIGITS.fullmatch(words) or _DATE.fullmatch(words)
    if match is None:
        return None
    typed = match[3] or str(year)
    full = int(typed) + (2000 if len(typed) == 2 else 0)
    try:
        return date(full, int(match[2]), int(match[1]))
    except ValueError:
        return None


def day_begun(text: str) -> bool:
    """Tell whether ``text``, which is no day yet, may become one by being typed on."""
    words = text.strip()
    whole = _DIGITS.fullmatch(words) or _DATE.fullmatch(words)
    if whole is None or not whole[3]:
        return _BEGUN.fullmatch(words) is not None
    # Two figures of a year may be the first of four: a year with a 29th of February is as good.
    return len(whole[3]) == 2 and read_day(f"{whole[1]}/{whole[2]}/2000", 2000) is not None


def read_hour(text: str) -> time | None:
    """Return the hour that ``text`` means, None for none: "1430", "14:30", "14h30", "9h", "9"."""
    words = text.strip()
    match = _HOUR.fullmatch(words) or _HOUR_DIGITS.fullmatch(words)
    if match is None:
        return None
    try:
        return time(int(match[1]), int(match[2] or 0))
    except ValueError:
        return None


class _Field(QLineEdit):
    """A line that is taken whole at entering and tidied at leaving."""

    changed = Signal()
    """What the field means changed, perhaps to nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make an empty field."""
        super().__init__(parent)
        self.textChanged.connect(lambda _text: self.changed.emit())
        self.editingFinished.connect(self._tidy)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's own
        """Select everything, so that typing replaces it."""
        super().focusInEvent(event)
        self.selectAll()

    def _tidy(self) -> None:
        raise NotImplementedError


class DayField(_Field):
    """A day. The arrows go to the day before and after, the page keys by a month."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Show no day yet."""
        super().__init__(parent)
        self._reference = date.today()  # noqa: DTZ011 - the user's own calendar
        self.setPlaceholderText(self.tr("jj/mm/aaaa"))
        self.setMaxLength(12)

    def day(self) -> date | None:
        """Return the day typed, None when it is none."""
        return read_day(self.text(), self._reference.year)

    def words(self) -> str:
        """Return the day in words, or what is wrong with what was typed."""
        day = self.day()
        if day is not None:
            return date_in_words(day)
        begun = day_begun(self.text())
        return self.tr("à compléter") if begun else self.tr("cette date n’existe pas")

    def set_day(self, day: date) -> None:
        """Show ``day``."""
        self._reference = day
        self.setText(short_date(day))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's own
        """Step through the days; Alt+Down opens the calendar; all else as Qt does it."""
        shown = self.day() or self._reference
        steps: dict[int, Callable[[], date]] = {
            Qt.Key.Key_Up: lambda: shown + timedelta(days=1),
            Qt.Key.Key_Down: lambda: shown - timedelta(days=1),
            Qt.Key.Key_PageUp: lambda: _months_on(shown, 1),
            Qt.Key.Key_PageDown: lambda: _months_on(shown, -1),
        }
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if self.isReadOnly():
            super().keyPressEvent(event)
        elif alt and event.key() == Qt.Key.Key_Down:
            self.open_calendar()
        elif event.key() in steps and not alt and 1900 < shown.year < 2200:
            self.set_day(steps[event.key()]())
            self.selectAll()
        else:
            super().keyPressEvent(event)

    def open_calendar(self) -> None:
        """Show a calendar under the field; a day chosen there is taken."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        calendar = QCalendarWidget()
        calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        shown = self.day() or self._reference
        calendar.setSelectedDate(QDate(shown.year, shown.month, shown.day))

        def take(chosen: QDate) -> None:
            self.set_day(date(chosen.year(), chosen.month(), chosen.day()))
            menu.close()

        calendar.clicked.connect(take)
        calendar.activated.connect(take)
        action = QWidgetAction(menu)
        action.setDefaultWidget(calendar)
        menu.addAction(action)
        menu.popup(self.mapToGlobal(QPoint(0, self.height())))
        calendar.setFocus()

    def _tidy(self) -> None:
        day = self.day()
        if day is not None:
            self.set_day(day)


class HourField(_Field):
    """An hour of the day. The arrows go by a quarter of an hour."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Show no hour yet."""
        super().__init__(parent)
        self.setPlaceholderText(self.tr("hh:mm"))
        self.setMaxLength(7)

    def hour(self) -> time | None:
        """Return the hour typed, None when it is none."""
        return read_hour(self.text())

    def set_hour(self, hour: time) -> None:
        """Show ``hour``."""
        self.setText(f"{hour:%H:%M}")

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's own
        """Step to the next or last quarter; all else as Qt does it."""
        shown = self.hour()
        arrows = event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down} and not self.isReadOnly()
        if not arrows or shown is None:
            super().keyPressEvent(event)
            return
        quarters = (shown.hour * 60 + shown.minute) // 15
        late = bool(shown.minute % 15)
        quarters += 1 if event.key() == Qt.Key.Key_Up else (0 if late else -1)
        self.set_hour(time(quarters // 4 % 24, quarters % 4 * 15))
        self.selectAll()

    def _tidy(self) -> None:
        hour = self.hour()
        if hour is not None:
            self.set_hour(hour)


def _months_on(day: date, months: int) -> date:
    """Return the same day ``months`` later, or the last one of a shorter month."""
    later = QDate(day.year, day.month, day.day).addMonths(months)
    return date(later.year(), later.month(), later.day())
