"""The copies of the database as a list: when, why, what each holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pan_desktop.gui.models.rows import Column, RowsModel
from pan_desktop.gui.widgets.blocks import label
from pan_desktop.gui.widgets.table import ROW_HEIGHT, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pan_desktop.app.backups import CopyRow

_ROWS = 8


class CopiesList(QWidget):
    """The list of copies, the newest first. Enter opens one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make an empty list."""
        super().__init__(parent)
        self.model: RowsModel[CopyRow] = RowsModel(self._columns(), self)
        self.table = Table()
        self.table.setAccessibleName(self.tr("Copies de sauvegarde"))
        self.table.show_rows(self.model, (136, 0, 80, 88, 136, 80, 96))
        self.table.setMinimumHeight(_ROWS * ROW_HEIGHT)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.empty = label(
            self.tr(
                "Aucune copie pour l’instant\u00a0: la première sera faite à la fermeture du "
                "programme."
            ),
            "hint",
            wraps=True,
        )
        self.empty.hide()
        column.addWidget(self.empty)
        column.addWidget(self.table, 1)
        column.addStretch()

    def show_rows(self, rows: Sequence[CopyRow]) -> None:
        """Show copies."""
        self.model.set_rows(rows)
        self.empty.setVisible(not rows)
        self.table.setVisible(bool(rows))

    def current(self) -> CopyRow | None:
        """Return the copy that the keyboard is on."""
        return self.model.row(self.table.currentIndex())

    def _columns(self) -> tuple[Column[CopyRow], ...]:
        kilo = QLocale.DataSizeFormat.DataSizeSIFormat
        return (
            Column(
                self.tr("Faite le"), lambda r: f"{r.at:%d/%m/%Y %H:%M}", sort_key=lambda r: r.at
            ),
            Column(self.tr("Pourquoi"), lambda r: r.why),
            Column(self.tr("Réunions"), lambda r: _figure(r, r.meetings), centred=True),
            Column(self.tr("Personnes"), lambda r: _figure(r, r.people), centred=True),
            Column(
                self.tr("Modifiée le"),
                lambda r: f"{r.last_change.astimezone():%d/%m/%Y %H:%M}" if r.last_change else "–",
                sort_key=lambda r: r.last_change,
            ),
            Column(
                self.tr("Taille"),
                lambda r: QLocale().formattedDataSize(r.size, 0, kilo),
                sort_key=lambda r: r.size,
            ),
            Column(self.tr("État"), self._state, tip=lambda r: r.wrong),
        )

    def _state(self, row: CopyRow) -> str:
        if row.wrong:
            return self.tr("illisible")
        return self.tr("autre bureau") if row.stranger else self.tr("vérifiée")


def _figure(row: CopyRow, number: int) -> str:
    return "–" if row.wrong else str(number)
