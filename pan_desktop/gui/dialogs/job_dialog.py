"""Takes many relevés in as one job: progress, a way to stop, and what became of each file."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QDialog, QProgressBar, QVBoxLayout

from pan_desktop.app import backups, import_job
from pan_desktop.app.import_job import Came, Line, Report
from pan_desktop.domain.typography import counted, glue
from pan_desktop.gui.models.rows import Column, RowsModel
from pan_desktop.gui.theme import GRID
from pan_desktop.gui.widgets.blocks import button, label, row
from pan_desktop.gui.widgets.filter_line import FilterLine
from pan_desktop.gui.widgets.table import Table

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from PySide6.QtGui import QCloseEvent
    from PySide6.QtWidgets import QWidget

    from pan_desktop.app.office import Office
    from pan_desktop.domain.errors import PanError
    from pan_desktop.gui.pages.page import Services

SIZE = (128 * GRID, 80 * GRID)


class _Teller(QObject):
    """Brings what the worker tells to the window's thread, and to the worker whether to stop."""

    told = Signal(int, object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.stopped = False

    def tell(self, number: int, line: Line) -> bool:
        """Tell of a file; answer whether to go on. Called on the worker."""
        self.told.emit(number, line.without_preview())
        return not self.stopped


class JobDialog(QDialog):
    """A job over many files; each that is in stays in, whatever becomes of the others."""

    def __init__(
        self,
        services: Services,
        files: Sequence[Path],
        parent: QWidget,
        show_file: Callable[[QWidget, Path], object],
    ) -> None:
        """Begin to take ``files`` in; ``show_file`` shows how one is read, above a widget."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Importer des relevés"))
        self.resize(*SIZE)
        self._services = services
        self._above = parent
        self._files = tuple(files)
        self._show_file = show_file
        self._lines: list[Line] = []
        self._running = True
        self._teller = _Teller(self)
        self._teller.told.connect(self._on_told)
        self.model: RowsModel[Line] = RowsModel(self._columns(), self)
        self.table = Table()
        self.table.setAccessibleName(self.tr("Fichiers"))
        self.table.show_rows(self.model, (0, 128, 96, 96, 0))
        self.table.opened.connect(self._open)
        self.table.selectionModel().currentChanged.connect(lambda *_: self._show_current())
        self.bar = QProgressBar()
        self.bar.setRange(0, len(files))
        self.bar.setFormat(self.tr("%v sur %m"))
        self.said = label("", wraps=True)
        self.detail = label("", "hint", wraps=True)
        self.reading = button(self.tr("&Voir la lecture"), self._show_reading)
        self.stop = button(self.tr("&Arrêter"), self._stop)
        self.close_button = button(self.tr("&Fermer"), self.accept, main=True)
        self._assemble()
        services.jobs.aside(
            _run,
            done=self._on_done,
            failed=self._on_failed,
            files=tuple(files),
            told=self._teller.tell,
        )

    def _assemble(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        words = counted(len(self._files), self.tr("fichier"), self.tr("fichiers"))
        column.addWidget(label(self.tr("Importer {}").format(words), "title"))
        column.addWidget(self.bar)
        column.addWidget(self.said)
        line = FilterLine(self.table, self.tr("Filtrer\u00a0: nom, résultat…"))
        line.narrowed.connect(self.model.narrow)
        column.addWidget(line)
        column.addWidget(self.table, 1)
        column.addWidget(self.detail)
        keys = label(self.tr("Entrée ouvre la réunion, ou le fichier à revoir"), "keys")
        column.addLayout(row(keys, None, self.reading, self.stop, self.close_button))
        self.reading.setEnabled(False)
        self.close_button.setEnabled(False)
        self.stop.setFocus()
        self._say()

    def _columns(self) -> tuple[Column[Line], ...]:
        return (
            Column(self.tr("Fichier"), lambda r: r.name),
            Column(self.tr("Résultat"), lambda r: r.came.value),
            Column(self.tr("À vérifier"), lambda r: str(r.doubts or ""), centred=True),
            Column(self.tr("Hors relevé"), lambda r: str(r.left_out or ""), centred=True),
            Column(self.tr("À savoir"), lambda r: glue(r.sentence)),
        )

    def reject(self) -> None:
        """Stop before closing: Escape never leaves a job running unseen."""
        if self._running:
            self._stop()
        else:
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's own
        """Stop before closing."""
        if self._running:
            self._stop()
            event.ignore()
        else:
            super().closeEvent(event)

    def _stop(self) -> None:
        self._teller.stopped = True
        self.stop.setEnabled(False)
        self._say()

    def _on_told(self, number: int, line: Line) -> None:
        self._lines.append(line)
        self.model.set_rows(self._lines)
        self.bar.setValue(number)
        self._say()
        self._show_current()

    def _on_done(self, report: Report) -> None:
        self._end()
        self._say(report)

    def _on_failed(self, error: PanError) -> None:
        self._end()
        kept = self.tr(" Ce qui était importé le reste\u00a0; relancez le travail ensuite.")
        self.said.setText(glue(error.sentence) + kept)

    def _end(self) -> None:
        self._running = False
        self.stop.setEnabled(False)
        self.close_button.setEnabled(True)
        self.close_button.setFocus()
        self._show_current()

    def _show_current(self) -> None:
        """Say of the current file what its row has no room for."""
        line = self.model.row(self.table.currentIndex())
        self.detail.setText(glue(line.sentence) if line is not None else "")
        read = line is not None and line.came is not Came.REFUSED and line.file.suffix != ".json"
        self.reading.setEnabled(read and not self._running)

    def _say(self, report: Report | None = None) -> None:
        """Say how far the job is, or how it ended."""
        counts = Report(tuple(self._lines))
        said = ", ".join(
            counted(counts.counted(came), *words)
            for came, words in (
                (Came.IN, (self.tr("importé"), self.tr("importés"))),
                (Came.KNOWN, (self.tr("déjà là"), self.tr("déjà là"))),
                (Came.REFUSED, (self.tr("à revoir"), self.tr("à revoir"))),
            )
            if counts.counted(came)
        )
        if report is not None and report.stopped:
            said = self.tr(
                "Arrêté\u00a0: {}. Relancé sur les mêmes fichiers, le travail reprend ici."
            ).format(said)
        elif report is not None:
            said = self.tr("Terminé\u00a0: {}. Ctrl+Z annule fichier par fichier.").format(said)
        elif self._teller.stopped:
            said = self.tr("Arrêt après le fichier en cours…")
        elif not said:
            said = self.tr("Lecture du premier fichier…")
        self.said.setText(said)

    def _open(self, _id: str) -> None:
        line = self.model.row(self.table.currentIndex())
        if line is None or self._running:
            return
        self.accept()
        if line.meeting_id:
            self._services.open_meeting(line.meeting_id)
        else:
            self._show_file(self._above, line.file)

    def _show_reading(self) -> None:
        """Show how the current file was read: its doubts, and what of it stayed out."""
        line = self.model.row(self.table.currentIndex())
        if line is not None:
            self._show_file(self, line.file)


def _run(office: Office, *, files: tuple[Path, ...], told: Callable[[int, Line], bool]) -> Report:
    before = backups.once_before_import(office, now=datetime.now(UTC))
    return import_job.run(office, files=files, told=told, before=before)
