"""Why an overall figure is what it is: the rates it is made of, and how."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QDialog, QVBoxLayout

from pan_desktop.domain.calendar import plain_date, short_date
from pan_desktop.gui.models.rows import Column, RowsModel
from pan_desktop.gui.progress_words import (
    computed_words,
    percent_words,
    rates_at,
    speakers,
    stated_words,
    weight_words,
)
from pan_desktop.gui.theme import GRID
from pan_desktop.gui.widgets.blocks import button, label, row
from pan_desktop.gui.widgets.table import Table

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pan_desktop.app.trajectories import PlanProgress
    from pan_desktop.domain.trajectory import OverallAt, Trajectory
    from pan_desktop.gui.pages.page import Services

SIZE = (104 * GRID, 76 * GRID)


class OverallDialog(QDialog):
    """The figure of a relevé, its rates one by one, and what leads from them to it."""

    opened = Signal(str)
    """A commitment is to be shown."""

    def __init__(self, services: Services, progress: PlanProgress, parent: QWidget) -> None:
        """Explain the latest figure of a plan; earlier ones can be chosen."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Avancement global"))
        self.resize(*SIZE)
        self._progress = progress
        self.meeting = QComboBox()
        self.meeting.setAccessibleName(self.tr("Réunion"))
        for at in reversed(progress.history):
            words = self.tr("Relevé du {}").format(plain_date(at.day))
            self.meeting.addItem(words, at.meeting_id)
        self.title, self.how = label("", "title"), label("", wraps=True)
        self.why = label("", "strong", wraps=True)
        self.model: RowsModel[Trajectory] = RowsModel(self._columns(), self)
        self.table = Table()
        self.table.setAccessibleName(self.tr("Taux pris en compte"))
        self.table.show_rows(self.model, (56, 0, 72, 72, 200))
        self.table.arrange(services.preferences.of_list("overall"))
        self.table.opened.connect(self._open)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        column.addLayout(row(self.title, None, self.meeting))
        for widget in (self.how, self.why, self.table):
            column.addWidget(widget)
        copy = button(self.tr("Copier l’&explication"), self._copy)
        close = button(self.tr("&Fermer"), self.accept, main=True)
        for made in (copy, close):
            made.setAutoDefault(False)
        keys = label(self.tr("Entrée ouvre l’engagement · Échap ferme"), "keys")
        column.addLayout(row(keys, None, copy, close))
        self.meeting.currentIndexChanged.connect(lambda _place: self._show())
        QShortcut(QKeySequence("Ctrl+Shift+E"), self).activated.connect(self._copy)
        self._show()
        self.table.setFocus()

    def _columns(self) -> tuple[Column[Trajectory], ...]:
        return (
            Column(self.tr("N°"), lambda t: str(t.commitment.number), centred=True),
            Column(self.tr("Engagement"), lambda t: t.commitment.title),
            Column(self.tr("Taux"), lambda t: percent_words(t.percent), centred=True),
            Column(self.tr("Poids"), lambda t: weight_words(t.commitment.weight), centred=True),
            Column(self.tr("Selon"), lambda t: speakers(t.said[-1])),
        )

    @property
    def _at(self) -> OverallAt | None:
        wanted = self.meeting.currentData()
        return next((at for at in self._progress.history if at.meeting_id == wanted), None)

    def _show(self) -> None:
        at = self._at
        if at is None or at.computed is None:
            self.title.setText(self.tr("Aucun taux n’est encore connu."))
            return
        rates = rates_at(self._progress.trajectories, at.meeting_id)
        self.title.setText(
            self.tr("{percent} au {day}").format(
                percent=percent_words(at.percent), day=short_date(at.day)
            )
        )
        self.how.setText(computed_words(self._progress.plan, rates, at.computed))
        self.why.setText(stated_words(at))
        self.why.setVisible(at.stated is not None)
        self.model.set_rows(rates)

    def _copy(self) -> None:
        said = [self.title.text(), self.how.text(), self.why.text()]
        QGuiApplication.clipboard().setText("\n".join(line for line in said if line))

    def _open(self, commitment_id: str) -> None:
        self.accept()
        self.opened.emit(commitment_id)
