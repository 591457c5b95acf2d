"""Shows the recovery code of a protected office, once, to be printed and kept elsewhere."""

from __future__ import annotations

from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, Qt
from PySide6.QtGui import QFontDatabase, QPageLayout, QPageSize, QPdfWriter, QTextDocument
from PySide6.QtWidgets import QCheckBox, QDialog, QFrame, QGridLayout, QVBoxLayout

from pan_desktop.app.protection import write_recovery_page
from pan_desktop.domain.calendar import date_in_words
from pan_desktop.gui.dialogs.confirm import confirm
from pan_desktop.gui.dialogs.files import choose_save_path
from pan_desktop.gui.dialogs.form import FormDialog
from pan_desktop.gui.theme import GRID
from pan_desktop.gui.widgets.blocks import button, label, row

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter
    from PySide6.QtWidgets import QWidget

    from pan_desktop.domain.keys import Key
    from pan_desktop.gui.pages.page import Services

_WIDTH = 64 * GRID
_MARGIN_MM = 5.0
"""Beside the two centimetres that Qt leaves of itself."""


class RecoveryDialog(FormDialog):
    """The eight lines, and two ways to paper; it closes when they are said to be there."""

    def __init__(self, services: Services, key: Key, database: str, parent: QWidget) -> None:
        """Show the code of ``key``, which opens ``database``."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Clé de secours"))
        self._services = services
        self._lines = key.code
        self._name = Path(database).name
        self.kept = QCheckBox(self.tr("La clé est &imprimée ou notée, hors de cet ordinateur"))
        self.error = label("", "error", wraps=True)
        self.paper = button(self.tr("Im&primer…"), self._ask_printer, main=True)
        self.pdf = button(self.tr("&Enregistrer en PDF…"), self._ask_file)
        self.end = button(self.tr("&Terminer"), self.accept)
        self.kept.toggled.connect(self.end.setEnabled)
        self.end.setEnabled(False)
        self._lay_out()
        self.setup_form(self.error, self.paper, self.pdf)
        self.paper.setFocus()

    def reject(self) -> None:
        """Close without paper only when that is said once more."""
        if self.kept.isChecked():
            super().reject()
            return
        confirm(
            self,
            self.tr("Fermer sans garder la clé de secours\u00a0?"),
            self.tr(
                "Elle ne sera plus affichée. Sans elle, une phrase secrète oubliée ne se remplace "
                "pas\u00a0; une nouvelle clé est donnée quand la phrase est changée."
            ),
            self.tr("&Fermer sans la clé"),
            self.done_without,
        )

    def done_without(self) -> None:
        """Close; nobody wanted the code."""
        self.done(QDialog.DialogCode.Rejected)

    def print_on(self, printer: QPrinter) -> None:
        """Print the page on ``printer``."""
        margins = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
        printer.setPageMargins(margins, QPageLayout.Unit.Millimeter)
        self._page().print_(printer)

    def as_pdf(self) -> bytes:
        """Return the page as a PDF."""
        content = QByteArray()
        buffer = QBuffer(content)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        writer = QPdfWriter(buffer)
        writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        margins = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
        writer.setPageMargins(margins, QPageLayout.Unit.Millimeter)
        writer.setTitle(self.windowTitle())
        writer.setCreator("PAN Desktop")
        self._page().print_(writer)
        buffer.close()
        return bytes(content.data())

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        column.addWidget(label(self.tr("La base est protégée. Voici sa clé de secours"), "section"))
        hint = self.tr(
            "Elle remplace la phrase secrète si elle est oubliée. Imprimez-la et rangez-la sous "
            "clé, loin de cet ordinateur\u00a0: elle n’est enregistrée nulle part et ne sera plus "
            "affichée."
        )
        column.addWidget(label(hint, "hint", wraps=True))
        column.addWidget(self._code())
        for widget in (self.kept, self.error):
            column.addWidget(widget)
        column.addSpacing(GRID)
        column.addLayout(row(self.paper, self.pdf, None, self.end))
        self.setFixedWidth(_WIDTH)

    def _code(self) -> QWidget:
        card = QFrame()
        card.setProperty("role", "card")
        grid = QGridLayout(card)
        grid.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        grid.setHorizontalSpacing(2 * GRID)
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPointSize(font.pointSize() + 4)
        half = len(self._lines) // 2
        for number, line in enumerate(self._lines):
            words = label(line)
            words.setFont(font)
            words.setAccessibleName(self.tr("Ligne {}").format(number + 1))
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            place, side = number % half, 2 * (number // half)
            grid.addWidget(label(f"{number + 1}", "hint"), place, side)
            grid.addWidget(words, place, side + 1)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        return card

    def _page(self) -> QTextDocument:
        """Return the page to print."""
        family = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family()
        lines = "".join(
            f"<tr><td style='color: #666666'>{number}</td>"
            f"<td style='font-family: \"{family}\"; font-size: 16pt'>{line}</td></tr>"
            for number, line in enumerate(self._lines, start=1)
        )
        today = datetime.now(UTC).astimezone().date()
        made = self.tr("Base «\u00a0{}\u00a0», le {}").format(self._name, date_in_words(today))
        use = self.tr(
            "Cette clé ouvre la base et ses copies de sauvegarde à la place de la phrase secrète. "
            "Au démarrage de PAN Desktop, choisissez «\u00a0J’ai une clé de secours\u00a0» et "
            "recopiez les huit lignes. Elle ne vaut plus dès que la phrase secrète est changée. "
            "Quiconque lit cette page peut ouvrir la base\u00a0: rangez-la sous clé."
        )
        page = QTextDocument()
        page.setHtml(
            "<body style='font-size: 11pt; color: #000000'>"
            f"<h2>{self.tr('PAN Desktop – Clé de secours')}</h2><p>{escape(made)}</p>"
            f"<table cellspacing='0' cellpadding='6'>{lines}</table><p>{escape(use)}</p></body>"
        )
        return page

    def _ask_printer(self) -> None:
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter  # not at start

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(printer, self)
        dialog.setWindowTitle(self.windowTitle())
        dialog.accepted.connect(lambda: self.print_on(printer))
        QDialog.open(dialog)

    def _ask_file(self) -> None:
        name = self.tr("Clé de secours.pdf")
        path = f"{self._services.preferences.folder}/{name}"
        choose_save_path(self, self.windowTitle(), path, [self.tr("PDF (*.pdf)")], self._write)

    def _write(self, path: Path) -> None:
        self.complain("")
        self._services.jobs.aside(
            write_recovery_page,
            file=path,
            content=self.as_pdf(),
            failed=lambda error: self.complain(error.sentence),
        )
