"""Two texts of one thing, side by side, and the keys to choose: quiet, beside what is typed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from pan_desktop.app.disagreements import Choice, Disagreement
from pan_desktop.domain.disagreements import DisagreementKind
from pan_desktop.domain.typography import of
from pan_desktop.gui.shared.badges import badge
from pan_desktop.gui.theme import GRID

if TYPE_CHECKING:
    from collections.abc import Callable

    from pan_desktop.app.disagreements import Side

_DIGITS = (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4)
_LINES = 3


class DisagreementBar(QFrame):
    """What is to be chosen, with a key for each way; it takes the keyboard only when asked to."""

    chosen = Signal(str, object)
    """A disagreement's identifier and the ``Choice``."""
    rewritten = Signal(str, str)
    """A disagreement's identifier and the text that stands in the place of both."""
    restored = Signal(str)
    """What is offered is to be put back."""
    dismissed = Signal(str)
    """What is offered is to be done without."""
    left = Signal()
    """Escape: the keyboard goes back to the text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make the bar, hidden."""
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._shown: Disagreement | None = None
        self._acts: list[Callable[[], None]] = []
        self.title = QLabel()
        self.title.setProperty("role", "strong")
        self.title.setWordWrap(True)
        self.keys = QLabel()
        self.keys.setProperty("role", "keys")
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.keys)
        self._texts = QGridLayout()
        self._texts.setColumnStretch(2, 1)
        self._texts.setHorizontalSpacing(GRID)
        self._texts.setVerticalSpacing(GRID // 2)
        self.writing = QPlainTextEdit()
        self.writing.setTabChangesFocus(True)
        self.writing.setAccessibleName(self.tr("Le texte qui remplace les deux"))
        self.writing.setFixedHeight(_LINES * self.writing.fontMetrics().lineSpacing() + 2 * GRID)
        self.writing.hide()
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(GRID)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        column.setSpacing(GRID)
        column.addLayout(head)
        column.addLayout(self._texts)
        column.addWidget(self.writing)
        column.addLayout(self._buttons)
        self.hide()

    @property
    def shown(self) -> Disagreement | None:
        """Return what is shown."""
        return self._shown

    def show_disagreement(self, found: Disagreement | None, place: int = 1, count: int = 1) -> None:
        """Show what is to be chosen, the ``place``-th of ``count``; None hides the bar."""
        if found == self._shown and found is not None:
            self._say_title(found, place, count)
            return
        self._shown = found
        self._stop_writing()
        if found is None:
            self.hide()
            return
        self._say_title(found, place, count)
        self._show_texts(found)
        self._offer(found)
        self.show()

    def begin(self) -> None:
        """Take the keyboard."""
        first = self._buttons.itemAt(0)
        widget = first.widget() if first is not None else None
        (widget or self).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's own
        """Take the number of a choice, Escape, and Ctrl+Enter for the text written anew."""
        key, held = Qt.Key(event.key()), event.modifiers()
        enter = key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if self.writing.isVisible() and enter and held & Qt.KeyboardModifier.ControlModifier:
            self._keep_writing()
        elif key == Qt.Key.Key_Escape and self.writing.isVisible():
            self._stop_writing()
            self.begin()
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        elif key in _DIGITS and _DIGITS.index(key) < len(self._acts):
            self._acts[_DIGITS.index(key)]()
        else:
            super().keyPressEvent(event)

    def _say_title(self, found: Disagreement, place: int, count: int) -> None:
        part = f", {found.what}" if found.what else ""
        what = {
            DisagreementKind.TEXT: self.tr("Deux textes attendent un choix"),
            DisagreementKind.GONE: self.tr("Écrit dans ce qui a été retiré entre-temps"),
            DisagreementKind.REMOVED: self.tr("Retiré par l’un, modifié par l’autre"),
            DisagreementKind.REFUSED: self.tr("Un changement n’a pas pu être enregistré"),
        }[found.kind]
        among = self.tr(" ({} sur {})").format(place, count) if count > 1 else ""
        self.title.setText(f"{what}\u00a0: {found.where}{part}{among}")

    def _show_texts(self, found: Disagreement) -> None:
        _empty(self._texts)
        row = 0
        sides = [found.kept, found.offered] if found.kind is DisagreementKind.TEXT else []
        if found.kind is DisagreementKind.REMOVED:
            sides = [found.kept]
        elif not sides:
            sides = [found.offered]
        for side in sides:
            other = found.kept if side is found.offered else found.offered
            self._show_side(row, side, other)
            row += 1
        if found.reason:
            reason = QLabel(found.reason)
            reason.setProperty("role", "hint")
            reason.setWordWrap(True)
            self._texts.addWidget(reason, row, 0, 1, 3)

    def _show_side(self, row: int, side: Side, other: Side) -> None:
        name = side.author or self.tr("quelqu’un d’autre")
        sign = QLabel()
        sign.setPixmap(badge(name, self.devicePixelRatioF()))
        when = f", {side.at.astimezone():%H:%M}" if side.at is not None else ""
        called = name
        if side.yours:
            called = self.tr("vous")
        elif other.yours and side.author == other.author:
            called = self.tr("vous, sur l’autre poste")
        who = QLabel(f"{called}{when}")
        who.setProperty("role", "hint")
        text = QLabel(side.text or self.tr("(rien)"))
        text.setTextFormat(Qt.TextFormat.PlainText)
        text.setWordWrap(True)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        top = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft
        for column, widget in enumerate((sign, who, text)):
            widget.setAlignment(top)
            self._texts.addWidget(widget, row, column)

    def _offer(self, found: Disagreement) -> None:
        """Make a button with a number for each way out."""
        _empty(self._buttons)
        self._acts = []
        for words, act in self._ways(found):
            self._acts.append(act)
            button = QPushButton(f"{len(self._acts)}  {words}")
            button.setAutoDefault(True)
            button.clicked.connect(lambda _checked=False, act=act: act())
            self._buttons.addWidget(button)
        self._buttons.addStretch(1)

    def _ways(self, found: Disagreement) -> list[tuple[str, Callable[[], None]]]:
        if found.kind in {DisagreementKind.GONE, DisagreementKind.REFUSED}:
            again = self.tr("Remettre") if found.kind is DisagreementKind.GONE else ""
            return [
                (again or self.tr("Réessayer"), partial(self.restored.emit, found.id)),
                (self.tr("Écarter"), partial(self.dismissed.emit, found.id)),
            ]
        keep = partial(self.chosen.emit, found.id)
        if found.kind is DisagreementKind.REMOVED:
            return [
                (self.tr("Garder"), partial(keep, Choice.KEPT)),
                (self.tr("Retirer"), partial(keep, Choice.OFFERED)),
            ]
        kept, offered = found.kept, found.offered
        ways: list[tuple[str, Callable[[], None]]] = [
            (self._whose(kept, offered), partial(keep, Choice.KEPT)),
            (self._whose(offered, kept), partial(keep, Choice.OFFERED)),
        ]
        if Choice.BOTH in found.choices:
            ways += [
                (self.tr("Les deux"), partial(keep, Choice.BOTH)),
                (self.tr("Un autre texte…"), self._write),
            ]
        return ways

    def _whose(self, side: Side, other: Side) -> str:
        """Return whose text it is; two of one name are told apart by the place, or the hour."""
        if side.yours:
            return self.tr("Le vôtre")
        name = side.author or self.tr("l’autre")
        if side.author and side.author == other.author:
            if other.yours:
                return self.tr("Celui de l’autre poste")
            if side.at is not None:
                name = f"{name}, {side.at.astimezone():%H:%M}"
        return self.tr("Celui {}").format(of(name))

    def _write(self) -> None:
        """Open a field with the first text in it; Ctrl+Enter keeps what it holds then."""
        assert self._shown is not None
        self.writing.setPlainText(self._shown.kept.text)
        self.keys.setText(self.tr("Ctrl+Entrée retenir ce texte · Échap y renoncer"))
        self.writing.show()
        self.writing.setFocus()
        self.writing.selectAll()

    def _stop_writing(self) -> None:
        self.writing.hide()
        self.keys.setText(self.tr("F8 choisir, puis suivant · Échap revenir"))

    def _keep_writing(self) -> None:
        assert self._shown is not None
        text = self.writing.toPlainText()
        if text.strip():
            self.rewritten.emit(self._shown.id, text)


def _empty(layout: QGridLayout | QHBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
