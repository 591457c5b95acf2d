"""Who is there: a few letters and Enter tick a person; counters tell what is represented."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel

from pan_desktop.app import meetings
from pan_desktop.app.meetings import Noted
from pan_desktop.domain.folding import folded
from pan_desktop.domain.model import Civility, Presence, Role
from pan_desktop.domain.typography import counted, enumeration
from pan_desktop.domain.wording import quality
from pan_desktop.gui.forms.ui_people_panel import Ui_PeoplePanel
from pan_desktop.gui.meeting.panel import Panel
from pan_desktop.gui.meeting.times import Times
from pan_desktop.gui.mnemonics import OWN
from pan_desktop.gui.models.rows import Column, Index, RowsModel
from pan_desktop.gui.widgets.blocks import button

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import time
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from pan_desktop.app.meetings import MeetingView, Seat
    from pan_desktop.domain.errors import PanError
    from pan_desktop.gui.pages.page import Services

    Hours = tuple[time | None, time | None]

_CONTROL = Qt.KeyboardModifier.ControlModifier
_ALT = Qt.KeyboardModifier.AltModifier
_STATES = {
    Qt.Key.Key_P: Presence.PRESENT,
    Qt.Key.Key_E: Presence.EXCUSED,
    Qt.Key.Key_A: Presence.ABSENT,
    Qt.Key.Key_Delete: None,
}
_LEAST = 260


@dataclass(frozen=True, slots=True)
class _Line:
    """A seat as the list shows it."""

    id: str
    seat: Seat
    speaks_for: str
    sought: str

    @property
    def present(self) -> bool:
        return self.seat.presence is Presence.PRESENT


class _Seats(RowsModel[_Line]):
    """The list of seats with a tick on each."""

    def __init__(self, columns: list[Column[_Line]], panel: PeoplePanel) -> None:
        super().__init__(columns, panel)
        self._panel = panel

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a tick beside the name, and the person in full when pointed at."""
        line = self.row(index)
        if line is not None and role == Qt.ItemDataRole.CheckStateRole and index.column() == 0:
            return Qt.CheckState.Checked if line.present else Qt.CheckState.Unchecked
        if line is not None and role == Qt.ItemDataRole.ToolTipRole:
            person = line.seat.person
            return " – ".join(part for part in (person.name, person.institution) if part)
        return super().data(index, role)

    def setData(  # noqa: N802 - Qt's own
        self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole
    ) -> bool:
        """Take a click on a tick."""
        line = self.row(index)
        if line is None or role != Qt.ItemDataRole.CheckStateRole:
            return False
        self._panel.toggle(line.id)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return that names can be ticked."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsUserCheckable if index.column() == 0 else flags


class _Asked:
    """What was asked for and the list does not show yet: a second key may come before it does."""

    def __init__(self) -> None:
        self._noted: dict[str, tuple[Noted, int]] = {}
        """By person, how she will be noted, and how many such requests are not done yet."""

    def put(self, wanted: dict[str, Noted]) -> None:
        """Keep how people will be noted."""
        for person_id, noted in wanted.items():
            _, waiting = self._noted.get(person_id, (noted, 0))
            self._noted[person_id] = noted, waiting + 1

    def done(self, people: Iterable[str], _nothing: object) -> None:
        """Note that a request was done; the list may still be read from before it."""
        for person_id in people:
            if person_id in self._noted:
                noted, waiting = self._noted[person_id]
                self._noted[person_id] = noted, waiting - 1

    def forget(self, people: Iterable[str]) -> None:
        """Forget what was not done."""
        for person_id in people:
            self._noted.pop(person_id, None)

    def shown(self) -> None:
        """Forget what the list shows by now: it was read after all that is done."""
        self._noted = {key: found for key, found in self._noted.items() if found[1] > 0}

    def of(self, seat: Seat) -> Noted:
        """Return how someone is noted, for who sees her ``seat`` and knows what was asked for."""
        found = self._noted.get(seat.person.id)
        return seat.noted if found is None else found[0]


class PeoplePanel(Panel):
    """The people of the meeting."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        """Make the panel."""
        super().__init__(services, parent)
        self.ui = Ui_PeoplePanel()
        self.ui.setupUi(self)
        self.setMinimumWidth(_LEAST)
        self._lines: list[_Line] = []
        self._unspoken = ""
        self._asked = _Asked()
        self._seek = self.ui.filter.placeholderText()
        self._seats = _Seats(
            [
                Column(self.tr("Nom"), lambda line: line.seat.person.name),
                Column(self.tr("Engagements"), self._told, tip=self._told),
            ],
            self,
        )
        self.ui.seats.show_rows(self._seats, (0, 132))
        self.ui.seats.horizontalHeader().hide()
        self.ui.seats.opened.connect(self.toggle)
        self.ui.seats.installEventFilter(self)
        self.ui.filter.installEventFilter(self)
        self.ui.filter.setProperty(OWN, "er")  # _state_key
        self.ui.filter.textChanged.connect(self._sought)
        self.ui.filter.returnPressed.connect(self._toggle_current)
        self.ui.everyone.clicked.connect(self._everyone)
        keys = self.tr(
            "P présent · R représenté · E excusé · A absent · Suppr efface · H heures · "
            "Ctrl+Maj+V visioconférence"
        )
        self._keys = QLabel(keys.replace(" ", "\u00a0").replace("\u00a0·\u00a0", " · "))
        self._keys.setProperty("role", "keys")
        self._keys.setWordWrap(True)
        self.ui.column.insertWidget(self.ui.column.indexOf(self.ui.everyone), self._keys)
        self.call = button(self.tr("Présences de la &visioconférence…"), self.open_call)
        self.call.setToolTip("Ctrl+Maj+V")
        self.ui.column.addWidget(self.call)
        QShortcut(QKeySequence("Ctrl+Shift+V"), self).activated.connect(self.call.click)
        self.times = Times()
        self.times.kept.connect(self._keep_times)
        self.times.left.connect(self.ui.seats.setFocus)
        self.ui.column.insertWidget(self.ui.column.indexOf(self._keys), self.times)

    def enter(self) -> None:
        """Put the focus where names are typed."""
        self.ui.filter.setFocus()
        self.ui.filter.selectAll()

    def show_view(self, view: MeetingView) -> None:
        """Show the seats, the counters and who is missing."""
        record = view.record
        if self.meeting_id != record.meeting.id:
            self._asked = _Asked()
        self.meeting_id = record.meeting.id
        self._lines = [self._line(seat) for seat in view.seats]
        self._asked.shown()
        scope = [report.commitment.number for report in record.scope]
        unspoken = [str(n) for n in scope if n not in record.represented]
        self.ui.count.setText(self._counted(view, len(scope) - len(unspoken), len(scope)))
        listed = self.tr("Sans représentant : {}").format(enumeration(unspoken))
        self._unspoken = listed if unspoken else ""
        self._sift()

    def go_to(self, person_id: str) -> None:
        """Show a person in the list."""
        self.ui.filter.clear()
        self.ui.seats.setFocus()
        self.ui.seats.choose(person_id, 0)

    def set_locked(self, locked: bool) -> None:
        """Let presence be read only, or taken again."""
        super().set_locked(locked)
        seek = self.tr("Nom, institution ou n°")
        self.ui.filter.setPlaceholderText(seek if locked else self._seek)
        self._keys.setVisible(not locked)
        self.ui.everyone.setEnabled(not locked)
        self.call.setEnabled(not locked)

    def open_call(self, _checked: object = None, files: Sequence[Path] = ()) -> None:
        """Show who was in the video call by its reports, ``files`` or those to be chosen."""
        from pan_desktop.gui.dialogs.attendance_dialog import open_attendance  # not at start

        if not self.locked and self.meeting_id:
            open_attendance(self.services, self.meeting_id, self.window(), files)

    def toggle(self, person_id: str) -> None:
        """Tick a person, or take the tick away."""
        if self.locked:
            return
        line = next((line for line in self._lines if line.id == person_id), None)
        if line is not None:
            self._tick([person_id], None if line.present else Presence.PRESENT)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own
        """Let the arrows walk the list while a name is typed, and the space bar tick in it."""
        if event.type() == QEvent.Type.ShortcutOverride and watched is self.ui.filter:
            assert isinstance(event, QKeyEvent)
            if event.key() == Qt.Key.Key_E and event.modifiers() & _CONTROL:
                # On X11 a line takes Ctrl+E for "end of line"; here it leads to the progress.
                event.ignore()
                return True
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key = event.key()
            if watched is self.ui.filter and key in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
                step = -1 if key == Qt.Key.Key_Up else 1
                here = self.ui.seats.currentIndex().row() + step
                if 0 <= here < self._seats.rowCount():
                    self.ui.seats.setCurrentIndex(self._seats.index(here, 0))
                return True
            if watched is self.ui.filter and key == Qt.Key.Key_Escape and self.ui.filter.text():
                self.ui.filter.clear()
                return True
            if watched is self.ui.seats and key == Qt.Key.Key_Space:
                self.toggle(self.ui.seats.current_id())
                return True
            if self._state_key(watched, event):
                return True
        return super().eventFilter(watched, event)

    def _state_key(self, watched: QObject, event: QKeyEvent) -> bool:
        """Record how the current person stands: a letter in the list, with Alt in the line."""
        key, held = Qt.Key(event.key()), event.modifiers()
        in_list = watched is self.ui.seats and not held
        in_line = watched is self.ui.filter and held == _ALT
        if self.locked or not (in_list or (in_line and key in {Qt.Key.Key_E, Qt.Key.Key_R})):
            return False
        person_id = self.ui.seats.current_id()
        if not person_id or (key not in _STATES and key not in {Qt.Key.Key_R, Qt.Key.Key_H}):
            return False
        if key == Qt.Key.Key_H:
            seat = next(line.seat for line in self._lines if line.id == person_id)
            self.times.ask(person_id, seat.person.name, seat.arrived, seat.left)
            return True
        if key == Qt.Key.Key_R:
            self._represent(person_id)
        else:
            self._tick([person_id], _STATES[key])
        if in_line:
            self.ui.filter.clear()
        return True

    def _tick(self, person_ids: Sequence[str], presence: Presence | None) -> None:
        wanted = dict.fromkeys(person_ids, Noted(presence))
        self._note(meetings.set_presence, wanted, person_ids=person_ids, presence=presence)

    def _note(
        self, use_case: Callable[..., Any], /, wanted: dict[str, Noted], **arguments: Any
    ) -> None:
        """Have people noted, with how they were noted for who decided it."""
        asked = self._asked
        seats = (line.seat for line in self._lines if line.id in wanted)
        seen = {seat.person.id: asked.of(seat) for seat in seats}
        asked.put(wanted)

        def failed(error: PanError) -> None:
            asked.forget(wanted)
            self.jobs.failed.emit(error)

        done = partial(asked.done, wanted)
        self.ask(use_case, done=done, failed=failed, seen=seen, **arguments)

    def _keep_times(self, person_id: str, hours: Hours, seen: Hours) -> None:
        self.jobs.run(
            meetings.set_times,
            failed=lambda error: self.services.notice.complain(error.sentence),
            meeting_id=self.meeting_id,
            person_id=person_id,
            arrived=hours[0],
            left=hours[1],
            seen=seen,
        )

    def _represent(self, person_id: str) -> None:
        """Note that an alternate came in a person's place; again, that the next one did."""
        seat = next(line.seat for line in self._lines if line.id == person_id)
        numbers = {number for _, number in seat.speaks_for}
        others = [
            line.seat.person
            for line in self._lines
            if line.id != person_id
            and any(role is Role.ALTERNATE and n in numbers for role, n in line.seat.speaks_for)
        ]
        if not others:
            name = seat.person.name
            said = self.tr("Aucun suppléant n’est connu pour {}\u00a0: sa présence est inchangée.")
            self.services.notice.tell(said.format(name))
            return
        ids = [person.id for person in others]
        known = seat.by.id if seat.by is not None else ""
        following = (ids.index(known) + 1) % len(ids) if known in ids else 0
        by_id = ids[following]
        wanted = {by_id: Noted(Presence.PRESENT), person_id: Noted(Presence.REPRESENTED, by_id)}
        self._note(meetings.represent, wanted, person_id=person_id, by_id=by_id)

    def _told(self, line: _Line) -> str:
        """Return what a person answers for, or how she stands when she is not simply there."""
        seat, feminine = line.seat, line.seat.person.civility is Civility.MADAME
        ending = "e" if feminine else ""
        match seat.presence:
            case Presence.REPRESENTED:
                by = seat.by.name if seat.by is not None else "?"
                return self.tr("représenté{} par {}").format(ending, by)
            case Presence.EXCUSED:
                return self.tr("excusé{}").format(ending)
            case Presence.ABSENT:
                return self.tr("absent{}").format(ending)
        hours = [f"{at:%H:%M}" if at else "…" for at in (seat.arrived, seat.left)]
        noted = f" · {hours[0]}–{hours[1]}" if seat.arrived or seat.left else ""
        return f"{line.speaks_for}{noted}"

    def _counted(self, view: MeetingView, spoken: int, scope: int) -> str:
        """Return how many came of those expected, who came besides, and what is represented."""
        came = [seat for seat in view.seats if seat.presence is Presence.PRESENT]
        guests = sum(not seat.expected for seat in came)
        words = self.tr("{} sur {}").format(
            counted(len(came) - guests, "présent"),
            counted(sum(seat.expected for seat in view.seats), "attendu"),
        )
        for presence, said in (
            (Presence.REPRESENTED, self.tr("représenté")),
            (Presence.EXCUSED, self.tr("excusé")),
        ):
            if number := sum(seat.presence is presence for seat in view.seats):
                words += f", {counted(number, said)}"
        if guests:
            words += self.tr(", plus {}").format(counted(guests, "invité"))
        represented = counted(spoken, "engagement représenté")
        return self.tr("{} · {} sur {}").format(words, represented, scope)

    def _line(self, seat: Seat) -> _Line:
        numbers = [str(number) for number in sorted(n for _, n in seat.speaks_for)]
        alternate = any(role is Role.ALTERNATE for role, _ in seat.speaks_for)
        person = seat.person
        listed = enumeration(numbers) or quality(Role.GUEST, person.civility, ())
        shown = self.tr("{} (suppl.)").format(listed) if alternate else listed
        sought = folded(f"{person.name} {person.institution}")
        return _Line(person.id, seat, shown, f"{sought}|{'|'.join(numbers)}|")

    def _sought(self) -> None:
        """Show whom the letters fit, the first of them ready for Enter."""
        self._sift()
        if self.ui.filter.text().strip() and self._seats.rowCount():
            self.ui.seats.setCurrentIndex(self._seats.index(0, 0))

    def _sift(self) -> None:
        """Show the seats that what is typed fits; people not expected only when sought."""
        words = folded(self.ui.filter.text()).split()
        self._seats.set_rows(
            [
                line
                for line in self._lines
                if all(_fits(word, line) for word in words)
                and (words or line.seat.expected or line.seat.presence is not None)
            ]
        )
        typed = " ".join(self.ui.filter.text().split())
        nobody = self.tr("Personne ne correspond. Entrée ajoute «\u00a0{}\u00a0» comme invité.")
        if self.locked:
            nobody = self.tr("Personne ne correspond.")
        self.ui.missing.setText(self._unspoken if self._seats.rowCount() else nobody.format(typed))

    def _toggle_current(self) -> None:
        """Tick the current person and make room for the next name."""
        typed = self.ui.filter.text().strip()
        if self.locked:
            return
        if typed and not self._seats.rowCount():
            self.jobs.run(
                meetings.add_guest,
                done=lambda _nothing: self.ui.filter.clear(),
                meeting_id=self.meeting_id,
                name=typed,
            )
            return
        person_id = self.ui.seats.current_id()
        # A second Enter, on the emptied line, must not take the tick away again.
        if person_id and self.ui.filter.text().strip():
            self.toggle(person_id)
            self.ui.filter.clear()

    def _everyone(self) -> None:
        ids = [line.id for line in self._lines if line.seat.expected and not line.present]
        if ids:
            self._tick(ids, Presence.PRESENT)


def _fits(word: str, line: _Line) -> bool:
    """Tell whether a typed word fits: a number is a commitment's, a word a part of a name."""
    return f"|{word}|" in line.sought if word.isdecimal() else word in line.sought
