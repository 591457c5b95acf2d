"""The file of a relevé in Conclure: written, opened, sent by e-mail."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from pan_desktop.app import mail, rendering, versions
from pan_desktop.app.changes import Kind
from pan_desktop.app.export import export
from pan_desktop.app.rendering import PdfBy, PdfMaking
from pan_desktop.app.written import Existing
from pan_desktop.domain.errors import FileTakenError
from pan_desktop.domain.model import ReleveState
from pan_desktop.domain.typography import Typography, counted
from pan_desktop.gui.dialogs.files import choose_save_path
from pan_desktop.gui.opening import open_path
from pan_desktop.gui.preview.printing import pdf

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from pan_desktop.app.changes import Changes
    from pan_desktop.app.export import Exported
    from pan_desktop.app.mail import Prepared
    from pan_desktop.app.versions import Issued
    from pan_desktop.domain.errors import PanError
    from pan_desktop.domain.model import Meeting
    from pan_desktop.gui.forms.ui_conclude_panel import Ui_ConcludePanel
    from pan_desktop.gui.meeting.panel import Panel

_NUMBERED = re.compile(r"(.+) \((\d+)\)")
_PRINTED = (
    Kind.PLANS,
    Kind.PEOPLE,
    Kind.MEETINGS,
    Kind.AGENDA,
    Kind.CONCLUSIONS,
    Kind.ATTENDANCE,
    Kind.PROGRESS,
    Kind.SETTINGS,
    Kind.TEMPLATES,
)
"""What a relevé says: a file written before one of these changed is an old one."""


class Exporting(QObject):
    """Writes the relevé where the form says, and does with the file what is asked."""

    issued = Signal(object)
    """A version was issued (``app.versions.Issued``)."""

    def __init__(self, panel: Panel, ui: Ui_ConcludePanel, ready: Callable[[], bool]) -> None:
        """Work for ``panel`` on its form; nothing is written unless all is ``ready``."""
        super().__init__(panel)
        self._panel = panel
        self._ui = ui
        self._ready = ready
        self._written: Path | None = None
        self._current = False
        """Whether the file written says what the store says now."""
        self._libreoffice: bool | None = None
        """Whether LibreOffice is installed, None until a PDF is asked for."""
        preferences = panel.services.preferences
        ui.style.addItem(self.tr("Fidèle au modèle du comité"), Typography.FIDELE)
        ui.style.addItem(self.tr("Soignée (Imprimerie nationale)"), Typography.SOIGNE)
        ui.style.setCurrentIndex(ui.style.findData(preferences.style))
        ui.style.currentIndexChanged.connect(self._say_style)
        ui.pdf.addItem(self.tr("PAN Desktop, comme l’aperçu"), PdfBy.PAGES)
        ui.pdf.addItem(self.tr("LibreOffice, d’après le fichier Word"), PdfBy.LIBREOFFICE)
        ui.pdf.setCurrentIndex(max(ui.pdf.findData(preferences.pdf_by), 0))
        ui.file.textChanged.connect(self._say_pdf)
        ui.opens.setChecked(preferences.opens_export)
        ui.opens.toggled.connect(self._keep_opens)
        ui.browse.clicked.connect(self._browse)
        ui.write.clicked.connect(self.write)
        ui.file.returnPressed.connect(self.write)
        ui.openFile.clicked.connect(lambda: self._open(self._written))
        ui.openFolder.clicked.connect(self._open_folder)
        ui.mail.clicked.connect(self.mail)
        panel.jobs.changed.connect(self._on_changes)
        self._say_style()
        self._say_pdf()
        self._say_written(None)

    def propose(self, meeting: Meeting) -> None:
        """Propose the name of the file of another meeting."""
        name = self.tr("Relevé des conclusions {}.docx").format(meeting.day.isoformat())
        self._ui.file.setText(str(Path(self._panel.services.preferences.folder) / name))
        self._say_written(None)

    def write(self) -> None:
        """Export to the file named, then open it; one that we did not write is asked about."""
        self._write(None, Existing.ASK)

    def mail(self) -> None:
        """Prepare the e-mail that carries the file, written first where it is not up to date."""
        if self._written is not None and self._current and self._written == self._target():
            self._prepare(self._written)
        elif self._target().suffix.lower() == ".docx":
            self._write(self._prepare, Existing.ASK)
        else:
            self._panel.services.notice.complain(
                self.tr(
                    "Le courriel porte le relevé en Word : il n’a pas été préparé. Donnez au "
                    "fichier l’extension .docx."
                )
            )

    def issue(self, author: str, existing: Existing = Existing.ASK) -> None:
        """Issue the relevé in the name of ``author``, in the file named."""
        self._ask(
            versions.issue,
            self._on_issued,
            lambda fresh: self.issue(author, fresh),
            existing,
            author=author,
        )

    def _write(self, then: Callable[[Path], None] | None, existing: Existing) -> None:
        self._ask(
            export,
            partial(self._on_written, then),
            lambda fresh: self._write(then, fresh),
            existing,
            making=PdfMaking(pdf, self._pdf_by()),
        )

    def _ask(
        self,
        function: Callable[..., Any],
        done: Callable[[Any], None],
        again: Callable[[Existing], None],
        existing: Existing,
        **arguments: Any,
    ) -> None:
        if not self._ready():
            self._panel.services.notice.complain(
                self.tr(
                    "Le chiffre arrêté par le comité n’est pas complet : le relevé n’a pas été "
                    "écrit. Corrigez le chiffre ou indiquez son motif."
                )
            )
            return
        style = Typography(self._ui.style.currentData())
        self._panel.services.preferences.style = style
        self._say_written(None)
        self._allow(False)
        meeting_id = self._panel.meeting_id
        self._panel.jobs.aside(
            function,
            done=lambda answer: self._answered(meeting_id, done, answer),
            failed=partial(self._on_failed, again),
            meeting_id=meeting_id,
            target=self._target(),
            style=style,
            now=datetime.now(UTC),
            existing=existing,
            **arguments,
        )

    def _answered(self, meeting_id: str, done: Callable[[Any], None], answer: object) -> None:
        self._allow(True)
        if meeting_id == self._panel.meeting_id:
            done(answer)

    def _on_written(self, then: Callable[[Path], None] | None, exported: Exported) -> None:
        self._take(exported.path)
        remarks = [r for r in exported.remarks if r not in self._ui.missing.text()]
        said = self.tr("Le relevé est écrit\u00a0: {}.").format(exported.path.name)
        self._panel.services.notice.tell(" ".join([said, *remarks]))
        if then is not None:
            then(exported.path)
        elif self._panel.services.preferences.opens_export:
            self._open(exported.path)

    def _on_issued(self, issued: Issued) -> None:
        corrected = issued.state is ReleveState.CORRECTED
        words = self.tr("corrigée et diffusée") if corrected else self.tr("diffusée")
        said = self.tr("La version {} est {}\u00a0: le relevé est en lecture seule.").format(
            issued.number, words
        )
        if issued.unwritten:
            said = self.tr("{} Son fichier est gardé, mais pas écrit\u00a0: {}").format(
                said, issued.unwritten
            )
            self._panel.services.notice.complain(said, lasting=True)
        else:
            self._take(issued.path)
            self._panel.services.notice.tell(" ".join([said, *issued.remarks]))
            if self._panel.services.preferences.opens_export:
                self._open(issued.path)
        self.issued.emit(issued)

    def _take(self, path: Path) -> None:
        """Go on with the file that was just written."""
        self._panel.services.preferences.folder = str(path.parent)
        self._say_written(path)
        self._current = True
        self._ui.openFile.setFocus()

    def _on_failed(self, again: Callable[[Existing], None], error: PanError) -> None:
        self._allow(True)
        notice = self._panel.services.notice
        if isinstance(error, FileTakenError):
            notice.tell(
                error.sentence,
                (self.tr("Remplacer"), lambda: again(Existing.REPLACE)),
                (self.tr("Écrire à côté"), lambda: self._beside(again)),
            )
            return
        notice.complain(error.sentence)
        self._ui.file.setFocus()

    def _beside(self, again: Callable[[Existing], None]) -> None:
        """Write under the next name with a number: "Relevé (2).docx"."""
        file = self._target()
        numbered = _NUMBERED.fullmatch(file.stem)
        stem, number = (numbered[1], int(numbered[2])) if numbered else (file.stem, 1)
        self._ui.file.setText(str(file.with_name(f"{stem} ({number + 1}){file.suffix}")))
        again(Existing.ASK)

    def _prepare(self, file: Path) -> None:
        self._panel.jobs.aside(
            mail.prepare,
            done=self._on_prepared,
            meeting_id=self._panel.meeting_id,
            file=file,
            author=self._panel.services.preferences.author,
        )

    def _on_prepared(self, prepared: Prepared) -> None:
        people = counted(len(prepared.to), "destinataire")
        said = self.tr("Le courriel est prêt à être relu et envoyé à {}\u00a0: {}.").format(
            people, prepared.path.name
        )
        if prepared.without:
            lacking = self.tr("Sans adresse électronique, donc à prévenir autrement\u00a0: {}.")
            said = f"{said} {lacking.format(', '.join(prepared.without))}"
        folder = prepared.path.parent
        self._panel.services.notice.tell(
            said, (self.tr("Afficher le dossier"), lambda: self._open(folder))
        )
        self._open(prepared.path)

    def _open(self, path: Path | None) -> None:
        if path is not None:
            open_path(self._panel.services, path)

    def _open_folder(self) -> None:
        if self._written is not None:
            self._open(self._written.parent)

    def _target(self) -> Path:
        """Return the file named, a Word file where its name has no suffix."""
        target = Path(self._ui.file.text().strip()).expanduser()
        if target.name and not target.suffix:
            target = target.with_suffix(".docx")
            self._ui.file.setText(str(target))
        return target

    def _allow(self, allowed: bool) -> None:
        for button in (self._ui.write, self._ui.issue, self._ui.confirm):
            button.setEnabled(allowed)

    def _say_written(self, path: Path | None) -> None:
        self._written = path
        self._current = False
        self._ui.result.setText(self.tr("Écrit\u00a0: {}").format(path) if path else "")
        self._ui.result.setVisible(path is not None)
        for button in (self._ui.openFile, self._ui.openFolder, self._ui.mail):
            button.setVisible(path is not None)

    def _say_style(self) -> None:
        fidele = self._ui.style.currentData() == Typography.FIDELE
        self._ui.styleHint.setText(
            self.tr("84%, 14h30, Mme. – comme le document du comité. Aucun mot saisi ne change.")
            if fidele
            else self.tr("84 %, 14 h 30, Mme, apostrophes courbes. Aucun mot saisi ne change.")
        )

    def _pdf_by(self) -> PdfBy:
        """Return who makes a PDF: who was chosen, where there is a choice."""
        if not self._libreoffice:
            return PdfBy.PAGES
        by = PdfBy(self._ui.pdf.currentData())
        self._panel.services.preferences.pdf_by = by.value
        return by

    def _say_pdf(self) -> None:
        """Offer the choice of who makes a PDF where one is asked for and there is a choice."""
        wanted = self._ui.file.text().strip().lower().endswith(rendering.PDF)
        if wanted and self._libreoffice is None:
            self._libreoffice = False
            self._panel.jobs.aside(rendering.libreoffice_here, done=self._on_libreoffice)
        shown: tuple[QWidget, ...] = (self._ui.pdfLabel, self._ui.pdf)
        for widget in shown:
            widget.setVisible(wanted and bool(self._libreoffice))

    def _on_libreoffice(self, here: bool) -> None:
        self._libreoffice = here
        self._say_pdf()

    def _keep_opens(self, opens: bool) -> None:
        self._panel.services.preferences.opens_export = opens

    def _on_changes(self, changes: Changes) -> None:
        if changes.touch(*_PRINTED):
            self._current = False

    def _browse(self) -> None:
        choose_save_path(
            self._panel,
            self.tr("Exporter le relevé"),
            self._ui.file.text(),
            [
                self.tr("Document Word (*.docx)"),
                self.tr("PDF (*.pdf)"),
                self.tr("Page web (*.html)"),
                self.tr("Texte (*.txt)"),
                self.tr("Données releve/1 (*.json)"),
            ],
            lambda path: self._ui.file.setText(str(path)),
        )
