"""Takes a list out of the window: printed, or written as a file for Excel or as CSV."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF, QObject
from PySide6.QtGui import QPageLayout, QTextDocument
from PySide6.QtWidgets import QDialog

from pan_desktop.app.tables import write_table
from pan_desktop.gui.dialogs.files import choose_save_path

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtPrintSupport import QPrinter
    from PySide6.QtWidgets import QWidget

    from pan_desktop.gui.pages.page import Services
    from pan_desktop.gui.widgets.table import Table

_MARGIN = 12
"""Of the printed page, in millimetres."""


class TableOutput(QObject):
    """Prints and writes one table as it is shown: columns, order, and what it is narrowed to."""

    def __init__(self, services: Services, table: Table, parent: QWidget) -> None:
        """Serve ``table`` of the page ``parent``."""
        super().__init__(parent)
        self._services = services
        self._table = table
        self._page = parent

    def ask_export(self, title: str) -> None:
        """Ask where the table goes, and write it under ``title``."""
        name = re.sub(r'[\\/:*?"<>|]', "-", title)
        path = f"{self._services.preferences.folder}/{name}.xlsx"
        filters = (self.tr("Classeur Excel (*.xlsx)"), self.tr("Texte séparé (*.csv)"))
        choose_save_path(
            self._page,
            self.tr("Exporter le tableau"),
            path,
            filters,
            lambda chosen: self._write(chosen, title),
        )

    def print_table(self, title: str) -> None:
        """Ask for a printer and print the table, its headings on every page."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter  # not at start

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(printer, self._page)
        dialog.setWindowTitle(title)
        dialog.accepted.connect(lambda: self.print_on(printer, title))
        QDialog.open(dialog)

    def print_on(self, printer: QPrinter, title: str) -> None:
        """Print the table on ``printer``, landscape."""
        printer.setPageOrientation(QPageLayout.Orientation.Landscape)
        margins = QMarginsF(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        printer.setPageMargins(margins, QPageLayout.Unit.Millimeter)
        document = QTextDocument()
        document.setHtml(_html(title, self._table.shown_cells()))
        document.print_(printer)

    def _write(self, path: Path, title: str) -> None:
        words = self.tr("«\u00a0{}\u00a0» est enregistré.").format(path.name)
        self._services.jobs.aside(
            write_table,
            file=path,
            title=title,
            rows=self._table.shown_cells(),
            done=lambda _: self._services.notice.tell(words),
        )


def _html(title: str, rows: list[tuple[str, ...]]) -> str:
    headings, *others = rows
    head = "".join(f"<th align='left'>{escape(cell)}</th>" for cell in headings)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>" for cells in others
    )
    return (
        f"<body style='font-size: 8pt; color: #000000'><h3>{escape(title)}</h3>"
        "<table border='1' cellspacing='0' cellpadding='4' style='border-color: #bbbbbb'>"
        f"<thead><tr>{head}</tr></thead>{body}</table></body>"
    )
