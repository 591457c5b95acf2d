"""Conclure: the overall figure, what the relevé still lacks, and the export."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from pan_desktop.app import progress, releve
from pan_desktop.app.export import export
from pan_desktop.domain.errors import FileTakenError, InputError
from pan_desktop.domain.progress import OverallMethod, Rounding
from pan_desktop.domain.typography import NBSP, Typography
from pan_desktop.gui.dialogs.files import choose_save_path
from pan_desktop.gui.forms.ui_conclude_panel import Ui_ConcludePanel
from pan_desktop.gui.meeting.panel import Panel

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pan_desktop.app.export import Exported, Stamp
    from pan_desktop.app.meetings import MeetingView
    from pan_desktop.domain.errors import PanError
    from pan_desktop.domain.model import MeetingRecord
    from pan_desktop.gui.pages.page import Services

_NUMBERED = re.compile(r"(.+) \((\d+)\)")


class ConcludePanel(Panel):
    """The end of the meeting."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        """Make the panel."""
        super().__init__(services, parent)
        self.ui = Ui_ConcludePanel()
        self.ui.setupUi(self)
        self._written: Path | None = None
        self._stamps: dict[Path, Stamp] = {}
        self.ui.style.addItem(self.tr("Fidèle au modèle du comité"), Typography.FIDELE)
        self.ui.style.addItem(self.tr("Soignée (Imprimerie nationale)"), Typography.SOIGNE)
        self.ui.style.setCurrentIndex(self.ui.style.findData(services.preferences.style))
        self.ui.style.currentIndexChanged.connect(self._say_style)
        self.ui.stated.editingFinished.connect(self._state)
        self.ui.reason.editingFinished.connect(self._state)
        self.ui.browse.clicked.connect(self._browse)
        self.ui.write.clicked.connect(self.write)
        self.ui.file.returnPressed.connect(self.write)
        self.ui.openFile.clicked.connect(lambda: self._open(self._written))
        self.ui.openFolder.clicked.connect(
            lambda: self._open(self._written and self._written.parent)
        )
        self._say_style()
        self._say_written(None)

    def enter(self) -> None:
        """Put the focus on the export."""
        self.ui.write.setFocus()

    def show_view(self, view: MeetingView) -> None:
        """Show the overall figure, what lacks, and the name proposed for the file."""
        record = view.record
        fresh = record.meeting.id != self.meeting_id
        self.meeting_id = record.meeting.id
        overall = record.overall
        self.ui.overall.setText(f"{overall}{NBSP}%" if overall is not None else "–")
        self.ui.computed.setText(self._explained(record))
        stated = record.meeting.stated_overall
        if fresh or not (self._stating() or self.ui.statedHint.text()):
            self.ui.stated.setText("" if stated is None else str(stated))
            self.ui.reason.setText(record.meeting.stated_reason)
            self.ui.reason.setCursorPosition(0)
            self.ui.statedHint.setText("")
        lacking = releve.missing_from(record)
        self.ui.missing.setText(
            "\n".join(f"•{NBSP}{sentence}" for sentence in lacking)
            or self.tr("Rien ne manque au relevé.")
        )
        if fresh:
            name = self.tr("Relevé des conclusions {}.docx").format(record.meeting.day.isoformat())
            self.ui.file.setText(str(Path(self.services.preferences.folder) / name))
            self._say_written(None)

    def write(self) -> None:
        """Export the relevé to the file named; one that we did not write is asked about first."""
        self._write(overwrite=False)

    def _write(self, *, overwrite: bool) -> None:
        if not self._state():
            self.services.notice.complain(
                self.tr(
                    "Le chiffre arrêté par le comité n’est pas complet : le relevé n’a pas été "
                    "écrit. Corrigez le chiffre ou indiquez son motif."
                )
            )
            return
        target = Path(self.ui.file.text().strip()).expanduser()
        if not target.suffix:
            target = target.with_suffix(".docx")
            self.ui.file.setText(str(target))
        style = Typography(self.ui.style.currentData())
        self.services.preferences.style = style
        self._say_written(None)
        self.ui.write.setEnabled(False)
        self.jobs.call(
            export,
            done=self._on_written,
            failed=self._on_failed,
            meeting_id=self.meeting_id,
            target=target,
            style=style,
            now=datetime.now(UTC),
            overwrite=overwrite,
            written=self._stamps.get(target),
        )

    def _on_written(self, exported: Exported) -> None:
        self.ui.write.setEnabled(True)
        self._stamps[exported.path] = exported.stamp
        self.services.preferences.folder = str(exported.path.parent)
        self._say_written(exported.path)
        self.ui.openFile.setFocus()
        remarks = [r for r in exported.remarks if r not in self.ui.missing.text()]
        said = self.tr("Le relevé est écrit\u00a0: {}").format(exported.path.name)
        self.services.notice.tell(" ".join([said, *remarks]))

    def _on_failed(self, error: PanError) -> None:
        self.ui.write.setEnabled(True)
        if isinstance(error, FileTakenError):
            self.services.notice.tell(
                error.sentence,
                (self.tr("Remplacer"), lambda: self._write(overwrite=True)),
                (self.tr("Écrire à côté"), self._write_beside),
            )
            return
        self.services.notice.complain(error.sentence)
        self.ui.file.setFocus()

    def _write_beside(self) -> None:
        """Export under the next name with a number: "Relevé (2).docx"."""
        file = Path(self.ui.file.text().strip())
        numbered = _NUMBERED.fullmatch(file.stem)
        stem, number = (numbered[1], int(numbered[2])) if numbered else (file.stem, 1)
        self.ui.file.setText(str(file.with_name(f"{stem} ({number + 1}){file.suffix}")))
        self.write()

    def _say_written(self, path: Path | None) -> None:
        self._written = path
        self.ui.result.setText(self.tr("Écrit\u00a0: {}").format(path) if path else "")
        self.ui.openFile.setVisible(path is not None)
        self.ui.openFolder.setVisible(path is not None)

    def _say_style(self) -> None:
        fidele = self.ui.style.currentData() == Typography.FIDELE
        self.ui.styleHint.setText(
            self.tr("84%, 14h30, Mme. – comme le document du comité. Aucun mot saisi ne change.")
            if fidele
            else self.tr("84 %, 14 h 30, Mme, apostrophes courbes. Aucun mot saisi ne change.")
        )

    def _stating(self) -> bool:
        return self.ui.stated.hasFocus() or self.ui.reason.hasFocus()

    def _state(self) -> bool:
        """Keep the committee's own figure once it has its reason, or return to the computed.

        Returns False while what is typed cannot be kept.
        """
        reason = self.ui.reason.text().strip()
        try:
            percent = progress.percent_of(self.ui.stated.text())
        except InputError as error:
            self.ui.statedHint.setText(error.sentence)
            return False
        if percent is not None and not reason:
            self.ui.statedHint.setText(
                self.tr("Indiquez le motif : le chiffre ne sera retenu qu’avec lui.")
            )
            return False
        self.ui.statedHint.setText("")
        self.ask(progress.state_overall, percent=percent, reason=reason)
        return True

    def _explained(self, record: MeetingRecord) -> str:
        computed = record.computed_overall
        if computed is None:
            return self.tr("Aucun taux n’est encore renseigné.")
        methods = {
            OverallMethod.MEAN: self.tr("Moyenne simple"),
            OverallMethod.WEIGHTED: self.tr("Moyenne pondérée"),
            OverallMethod.BY_AXIS: self.tr("Moyenne des axes"),
        }
        roundings = {
            Rounding.HALF_UP: self.tr("arrondi au plus proche"),
            Rounding.UP: self.tr("arrondi à l’unité supérieure"),
            Rounding.DOWN: self.tr("arrondi à l’unité inférieure"),
        }
        return self.tr(
            "{method} de {count} engagements : {exact} %, {rounding} : {rounded} %."
        ).format(
            method=methods[record.plan.method],
            count=computed.counted,
            exact=computed.two_decimals,
            rounding=roundings[record.plan.rounding],
            rounded=computed.rounded,
        )

    def _browse(self) -> None:
        choose_save_path(
            self,
            self.tr("Exporter le relevé"),
            self.ui.file.text(),
            [self.tr("Document Word (*.docx)"), self.tr("Données releve/1 (*.json)")],
            lambda path: self.ui.file.setText(str(path)),
        )

    def _open(self, path: Path | None) -> None:
        if path is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
