"""The office's usual sentences as a list: a short name, and the sentence that Tab makes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout

from pan_desktop.app import sentences
from pan_desktop.gui.models.rows import Column, RowsModel
from pan_desktop.gui.theme import GRID
from pan_desktop.gui.widgets.table import ROW_HEIGHT, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from pan_desktop.domain.errors import PanError
    from pan_desktop.domain.model import UsualSentence
    from pan_desktop.gui.pages.page import Services
    from pan_desktop.gui.resting import Part

_NAME_WIDTH = 144
_ROWS = 6


class UsualSentences(QFrame):
    """Adds, changes and removes usual sentences; each change is saved at once."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        """Make an empty list."""
        super().__init__(parent)
        self.setProperty("role", "card")
        self._services = services
        self._model: RowsModel[UsualSentence] = RowsModel(
            [
                Column(self.tr("Nom court"), lambda s: s.short_name, self._rename),
                Column(self.tr("Phrase"), lambda s: s.text, self._reword),
            ],
            self,
        )
        self.table = Table()
        self.table.setAccessibleName(self.tr("Phrases usuelles"))
        self.table.show_rows(self._model, (_NAME_WIDTH, 0))
        self.table.setMinimumHeight(_ROWS * ROW_HEIGHT)
        self.table.removal_asked.connect(self._remove)
        self.name, self.text = QLineEdit(), QLineEdit()
        self.name.setPlaceholderText(self.tr("Nom court"))
        self.name.setMaximumWidth(_NAME_WIDTH)
        self.text.setPlaceholderText(self.tr("Phrase – Entrée l’ajoute"))
        self.text.returnPressed.connect(self._add)
        self.add = QPushButton(self.tr("Ajouter"))
        self.add.clicked.connect(self._add)
        hint = QLabel(
            self.tr(
                "En réunion, tapez le nom court puis Tab. F2 modifie une ligne, Suppr la retire."
            )
        )
        hint.setProperty("role", "hint")
        row = QHBoxLayout()
        for field in (self.name, self.text, self.add):
            row.addWidget(field)
        column = QVBoxLayout(self)
        column.setSpacing(GRID)
        column.addWidget(hint)
        column.addWidget(self.table)
        column.addLayout(row)

    @property
    def writers(self) -> tuple[Part, ...]:
        """Return what is of no use where nothing may be written."""
        return self._model, self.name, self.text, self.add

    def refresh(self) -> None:
        """Ask for the list."""
        self._services.jobs.run(sentences.list_sentences, done=self._show)

    def _show(self, listed: Sequence[UsualSentence]) -> None:
        self._model.set_rows(listed)

    def _add(self) -> None:
        if self._services.refused():
            return
        self._services.jobs.run(
            sentences.add_sentence,
            done=lambda _id: self._added(),
            failed=self._complain,
            short_name=self.name.text(),
            text=self.text.text(),
        )

    def _added(self) -> None:
        self.name.clear()
        self.text.clear()
        self.name.setFocus()
        self.refresh()

    def _rename(self, _now: UsualSentence, short_name: str, seen: UsualSentence) -> None:
        self._change(seen, short_name, seen.text)

    def _reword(self, _now: UsualSentence, text: str, seen: UsualSentence) -> None:
        self._change(seen, seen.short_name, text)

    def _change(self, sentence: UsualSentence, short_name: str, text: str) -> None:
        self._services.jobs.run(
            sentences.change_sentence,
            done=lambda _nothing: self.refresh(),
            failed=self._complain,
            sentence_id=sentence.id,
            short_name=short_name,
            text=text,
            seen=sentence,
        )

    def _remove(self, sentence_id: str) -> None:
        if self._services.refused():
            return
        self._services.jobs.run(
            sentences.remove_sentence,
            done=lambda _nothing: self._removed(),
            sentence_id=sentence_id,
        )

    def _removed(self) -> None:
        self.refresh()
        back = (self.tr("Rétablir"), self._services.history.undo)
        self._services.notice.tell(self.tr("La phrase est retirée."), back)

    def _complain(self, error: PanError) -> None:
        self._services.notice.complain(error.sentence)
