"""Asks for the passphrase of a protected office, or its recovery code, before the window opens."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QFontMetrics
from PySide6.QtWidgets import QCheckBox, QPlainTextEdit, QVBoxLayout, QWidget

from pan_desktop.app.first_look import database_file
from pan_desktop.app.office import Office
from pan_desktop.app.protection import has_copies, unlock, unlock_by_code, unlock_copies
from pan_desktop.domain.errors import WrongSecretError
from pan_desktop.domain.keys import LINES
from pan_desktop.gui.dialogs.form import FormDialog
from pan_desktop.gui.jobs import Jobs
from pan_desktop.gui.theme import GRID
from pan_desktop.gui.widgets.blocks import button, label, row
from pan_desktop.gui.widgets.secret_line import SecretLine

if TYPE_CHECKING:
    from pan_desktop.domain.errors import PanError
    from pan_desktop.domain.keys import Key

_WIDTH = 60 * GRID


class PassphraseDialog(FormDialog):
    """One field, and what opens the office, or its copies; Escape leaves it closed."""

    def __init__(self, jobs: Jobs, database: str, parent: QWidget | None = None) -> None:
        """Ask for what opens ``database``; the second worker of ``jobs`` tries it."""
        super().__init__(parent)
        self._jobs = jobs
        self.key: Key | None = None
        self.setWindowTitle(self.tr("PAN Desktop – Base protégée"))
        self.passphrase = SecretLine(self.tr("Phrase secrète"))
        self.shown = QCheckBox(self.tr("A&fficher la phrase"))
        self.capitals = label(self.tr("Les majuscules sont verrouillées."), "hint")
        self.code = QPlainTextEdit()
        self.error = label("", "error", wraps=True)
        self.other = button("", self._change_way)
        self.copies = button(self.tr("E&ssayer les copies"), self._try_copies)
        self.give_up = button(self.tr("&Quitter"), self.reject)
        self.open_it = button(self.tr("&Ouvrir"), self._try, main=True)
        self._ways = (self._by_passphrase(), self._by_code())
        self._lay_out(database)
        self.setup_form(self.error, self.open_it, self.give_up, self.other, self.copies)
        self.capitals.setVisible(False)
        self.copies.setVisible(False)
        self.open_it.setDefault(True)
        self.shown.toggled.connect(lambda on: self.passphrase.show_text(shown=on))
        self.passphrase.capitals.connect(self.capitals.setVisible)
        self._show_way(by_code=False)

    def _lay_out(self, database: str) -> None:
        file = database_file(database) or Path(database)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        column.addWidget(label(self.tr("Cette base est protégée"), "section"))
        place = label("", "hint")
        place.setToolTip(str(file))
        room = QFontMetrics(place.font())
        place.setText(room.elidedText(str(file), Qt.TextElideMode.ElideMiddle, _WIDTH - 6 * GRID))
        column.addWidget(place)
        column.addSpacing(GRID)
        for widget in (*self._ways, self.error):
            column.addWidget(widget)
        column.addLayout(row(None, self.copies))
        column.addSpacing(GRID)
        column.addLayout(row(self.other, None, self.give_up, self.open_it))
        self.setFixedWidth(_WIDTH)

    def _by_passphrase(self) -> QWidget:
        way = QWidget()
        column = QVBoxLayout(way)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        name = label(self.tr("&Phrase secrète"))
        name.setBuddy(self.passphrase)
        for widget in (name, self.passphrase):
            column.addWidget(widget)
        column.addLayout(row(self.shown, None, self.capitals))
        column.addStretch(1)
        return way

    def _by_code(self) -> QWidget:
        way = QWidget()
        column = QVBoxLayout(way)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        name = label(self.tr("&Clé de secours, telle qu’elle est imprimée"))
        name.setBuddy(self.code)
        self.code.setAccessibleName(self.tr("Clé de secours"))
        self.code.setTabChangesFocus(True)
        self.code.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        lines = QFontMetrics(self.code.font()).lineSpacing() * LINES
        self.code.setFixedHeight(lines + 3 * GRID)
        column.addWidget(name)
        column.addWidget(self.code)
        return way

    def _change_way(self) -> None:
        self._show_way(by_code=not self._asks_code)

    @property
    def _asks_code(self) -> bool:
        return not self._ways[1].isHidden()

    def _show_way(self, *, by_code: bool) -> None:
        self._ways[not by_code].hide()
        self._ways[by_code].show()
        words = self.tr("&Utiliser la phrase") if by_code else self.tr("J’ai une &clé de secours")
        self.other.setText(words)
        self.complain("", self.code if by_code else self.passphrase)
        self.adjustSize()

    def _try(self) -> None:
        self.await_answer()
        if self._asks_code:
            words = self.code.toPlainText()
            self._jobs.aside(unlock_by_code, code=words, done=self._opened, failed=self._refused)
        else:
            words = self.passphrase.text()
            self._jobs.aside(unlock, passphrase=words, done=self._opened, failed=self._refused)

    def _try_copies(self) -> None:
        """Look whether what was typed opens copies: it is then for the copies to be offered."""
        self.await_answer()
        words = {"code": self.code.toPlainText()}
        if not self._asks_code:
            words = {"passphrase": self.passphrase.text()}
        self._jobs.aside(unlock_copies, **words, done=self._opened, failed=self._refused)

    def _opened(self, key: Key) -> None:
        self.answered()
        self.key = key
        self.accept()

    def _refused(self, error: PanError) -> None:
        field = self.code if self._asks_code else self.passphrase
        self.complain(error.sentence, field)
        if isinstance(error, WrongSecretError):
            self._jobs.aside(has_copies, done=self._offer_copies, failed=self._refused)

    def _offer_copies(self, there: bool) -> None:
        self.copies.setVisible(there)
        self.make_room()


def ask_key(database: str) -> Key | None:
    """Ask for the key of a protected office before its window is there; None when given up."""
    # Not by the address of a shared office: its line waits until the window is there.
    jobs = Jobs(Office(str(database_file(database) or database)))
    jobs.start()
    dialog = PassphraseDialog(jobs, database)
    faults: list[BaseException] = []
    jobs.crashed.connect(faults.append)
    jobs.crashed.connect(lambda _fault: dialog.done(0))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    try:
        dialog.exec()
        for fault in faults:  # told as any other fault of ours; there is no window yet
            raise fault
        return dialog.key
    finally:
        dialog.deleteLater()
        jobs.close()
