"""The state of a relevé in Conclure: issued, reopened, approved, and the versions kept."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import Enum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut

from pan_desktop.app import verify, versions
from pan_desktop.app.written import Existing
from pan_desktop.domain.calendar import hour, moment_in_words, short_date
from pan_desktop.domain.errors import FileTakenError
from pan_desktop.domain.model import ReleveState
from pan_desktop.domain.typography import Typography
from pan_desktop.gui.dialogs.files import choose_open_path, choose_save_path
from pan_desktop.gui.models.rows import Column, RowsModel
from pan_desktop.gui.widgets.table import ROW_HEIGHT

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pan_desktop.app.verify import Verdict
    from pan_desktop.app.versions import Life, Line
    from pan_desktop.domain.errors import PanError
    from pan_desktop.gui.forms.ui_conclude_panel import Ui_ConcludePanel
    from pan_desktop.gui.meeting.exporting import Exporting
    from pan_desktop.gui.meeting.panel import Panel

_WIDTHS = (40, 80, 136, 0, 0)
_SHOWN = 4
"""So many versions are seen at once."""


class Step(Enum):
    """What the person is asked about: her name, and a reason for one of them."""

    ISSUE = "issue"
    REOPEN = "reopen"
    APPROVE = "approve"


class ReleveLife(QObject):
    """Shows how far the relevé has come and takes it further, asking in its place on the page."""

    shown = Signal(object)
    """The ``app.versions.Life`` that is shown now."""

    def __init__(self, panel: Panel, ui: Ui_ConcludePanel, exporting: Exporting) -> None:
        """Work for ``panel`` on its form; ``exporting`` writes the file of what is issued."""
        super().__init__(panel)
        self._panel = panel
        self._ui = ui
        self._exporting = exporting
        self._step: Step | None = None
        self.life: Life | None = None
        self._lines: RowsModel[Line] = RowsModel(
            [
                Column(self.tr("N°"), lambda line: str(line.number), centred=True),
                Column(self.tr("État"), self._state_of, tip=self._story_of),
                Column(self.tr("Date"), self._date_of, tip=self._story_of),
                Column(self.tr("Par"), lambda line: line.version.author),
                Column(self.tr("Fichier"), lambda line: line.version.file_name),
            ],
            self,
        )
        ui.versions.show_rows(self._lines, _WIDTHS)
        ui.versions.arrange(panel.services.preferences.of_list("versions"))
        ui.versions.opened.connect(self._save_copy)
        ui.saveCopy.clicked.connect(lambda: self._save_copy(ui.versions.current_id()))
        ui.verify.clicked.connect(self._choose_file)
        ui.issue.clicked.connect(partial(self.ask, Step.ISSUE))
        ui.reopen.clicked.connect(partial(self.ask, Step.REOPEN))
        ui.approve.clicked.connect(partial(self.ask, Step.APPROVE))
        ui.confirm.clicked.connect(self._confirm)
        ui.cancel.clicked.connect(self._cancel)
        for field in (ui.author, ui.why):
            field.returnPressed.connect(self._confirm)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), ui.question)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self._cancel)
        exporting.issued.connect(self._on_issued)
        self._say(None)

    def refresh(self, *, fresh: bool) -> None:
        """Ask the store how far the relevé has come; of another meeting nothing is asked yet."""
        if fresh:
            self._close()
            self._say(None)
        self._panel.jobs.run(versions.life, done=self._show, meeting_id=self._panel.meeting_id)

    def ask(self, step: Step) -> None:
        """Ask, in its place on the page, what the step needs to know."""
        if self.life is None:
            return
        self._step = step
        number = self.life.next_number
        said = {
            Step.ISSUE: self.tr(
                "La version {} est écrite dans le fichier nommé ci-dessus et gardée telle quelle "
                "avec sa date et votre nom ; le relevé passe en lecture seule."
            ).format(number),
            Step.REOPEN: self.tr(
                "Le relevé redevient modifiable. La version diffusée reste gardée ; la prochaine "
                "portera le numéro {}."
            ).format(number),
            Step.APPROVE: self.tr(
                "Le relevé est marqué comme approuvé ; son fichier ne change pas."
            ),
        }
        verbs = {
            Step.ISSUE: self.tr("Diffuser la version {}").format(number),
            Step.REOPEN: self.tr("Rouvrir le relevé"),
            Step.APPROVE: self.tr("Marquer comme approuvé"),
        }
        self._ui.asked.setText(said[step])
        self._ui.confirm.setText(verbs[step])
        self._ui.author.setText(self._panel.services.preferences.author)
        self._ui.why.clear()
        for widget in (self._ui.whyLabel, self._ui.why):
            widget.setVisible(step is Step.REOPEN)
        self._ui.question.show()
        self._first_to_fill().setFocus()
        self._ui.side.ensureWidgetVisible(self._ui.question)

    def _first_to_fill(self) -> QWidget:
        if not self._ui.author.text().strip():
            return self._ui.author
        if self._step is Step.REOPEN and not self._ui.why.text().strip():
            return self._ui.why
        return self._ui.confirm

    def _confirm(self) -> None:
        """Do what was asked about once all is filled in; else go to what is not."""
        lacking = self._first_to_fill()
        if self._step is None or lacking is not self._ui.confirm:
            lacking.setFocus()
            return
        author = " ".join(self._ui.author.text().split())
        if self._step is not Step.APPROVE:  # the committee approves, whoever notes it
            self._panel.services.preferences.author = author
            self._panel.services.jobs.sign(author)
        if self._step is Step.ISSUE:
            self._exporting.issue(author)
            return
        reopening = self._step is Step.REOPEN
        more: dict[str, Any] = {"reason": self._ui.why.text()} if reopening else {}
        self._panel.jobs.run(
            versions.reopen if reopening else versions.approve,
            done=partial(self._on_done, self._step),
            meeting_id=self._panel.meeting_id,
            author=author,
            at=datetime.now(UTC),
            **more,
        )

    def _on_done(self, step: Step, _nothing: object) -> None:
        self._close()
        self._panel.services.notice.tell(
            self.tr("Le relevé est rouvert : il peut être corrigé, puis diffusé de nouveau.")
            if step is Step.REOPEN
            else self.tr("Le relevé est approuvé.")
        )

    def _on_issued(self) -> None:
        self._close()

    def _cancel(self) -> None:
        step = self._step
        self._close()
        buttons = {
            Step.ISSUE: self._ui.issue,
            Step.REOPEN: self._ui.reopen,
            Step.APPROVE: self._ui.approve,
        }
        (buttons[step] if step else self._ui.write).setFocus()

    def _close(self) -> None:
        self._step = None
        self._ui.question.hide()

    def _show(self, life: Life) -> None:
        if life.meeting_id == self._panel.meeting_id:
            self._say(life)
            self.shown.emit(life)

    def _say(self, life: Life | None) -> None:
        self.life = life
        ui, last = self._ui, life.last if life else None
        state = life.state if life else ReleveState.DRAFT
        draft = state is ReleveState.DRAFT
        if (self._step is Step.ISSUE) is not draft and self._step is not None:
            self._close()  # someone else took the relevé further
        ui.issue.setVisible(draft)
        ui.reopen.setVisible(not draft)
        ui.approve.setVisible(state in {ReleveState.ISSUED, ReleveState.CORRECTED})
        ui.state.setText(versions.STATES[state] if last is None or not draft else self._reopened())
        ui.stateHint.setText(self._story_of(last) if last else "")
        ui.stateHint.setVisible(last is not None)
        lines = life.lines if life else ()
        if last is not None and self._lines.number_of(last.id) < 0:
            ui.versions.choose(last.id)  # the newest one is what Enter saves
        self._lines.set_rows(tuple(reversed(lines)))
        for widget in (ui.versionsTitle, ui.versions, ui.saveCopy):
            widget.setVisible(bool(lines))
        header = ui.versions.horizontalHeader().sizeHint().height()
        rows = min(len(lines), _SHOWN) * ROW_HEIGHT
        ui.versions.setFixedHeight(header + rows + 2 * ui.versions.frameWidth() + 4)

    def _reopened(self) -> str:
        return self.tr("Brouillon, rouvert pour correction")

    def _state_of(self, line: Line) -> str:
        return versions.STATES[line.version.state]

    def _date_of(self, line: Line) -> str:
        return f"{short_date(line.at.date())} {hour(line.at.time(), Typography.SOIGNE)}"

    def _story_of(self, line: Line) -> str:
        """Return in a sentence or two what became of a version."""
        version = line.version
        how = {
            ReleveState.ISSUED: self.tr("Version {} diffusée le {} par {}."),
            ReleveState.CORRECTED: self.tr("Version {}, corrigée, diffusée le {} par {}."),
            ReleveState.APPROVED: self.tr("Version {} approuvée le {} par {}."),
        }
        said = how[version.state].format(line.number, line.moment, version.author)
        if line.reopened_at is not None:
            again = self.tr("Rouverte le {} par {}\u00a0: {}").format(
                moment_in_words(line.reopened_at), version.reopened_by, version.reopened_reason
            )
            said = f"{said} {again}"
        return said

    # Files -------------------------------------------------------------------------------

    def _save_copy(self, version_id: str) -> None:
        """Ask where to save the file of a version as it was issued."""
        line = next((row for row in self._lines.rows() if row.id == version_id), None)
        if line is None:
            return
        folder = Path(self._panel.services.preferences.folder)
        choose_save_path(
            self._panel,
            self.tr("Enregistrer une copie de la version {}").format(line.number),
            str(folder / line.version.file_name),
            [self.tr("Document Word (*.docx)")],
            lambda path: self._copy_to(version_id, path, Existing.ASK),
        )

    def _copy_to(self, version_id: str, target: Path, existing: Existing) -> None:
        self._panel.jobs.aside(
            versions.save_copy,
            done=self._on_copied,
            failed=lambda error: self._on_not_copied(version_id, target, error),
            meeting_id=self._panel.meeting_id,
            version_id=version_id,
            target=target,
            existing=existing,
        )

    def _on_copied(self, path: Path) -> None:
        said = self.tr("La copie est enregistrée, telle que la version a été diffusée\u00a0: {}.")
        self._panel.services.notice.tell(said.format(path.name))

    def _on_not_copied(self, version_id: str, target: Path, error: PanError) -> None:
        notice = self._panel.services.notice
        if isinstance(error, FileTakenError):
            again = partial(self._copy_to, version_id, target, Existing.REPLACE)
            notice.tell(error.sentence, (self.tr("Remplacer"), again))
        else:
            notice.complain(error.sentence)

    def _choose_file(self) -> None:
        choose_open_path(
            self._panel,
            self.tr("Vérifier un fichier"),
            [self.tr("Document Word (*.docx)"), self.tr("Tous les fichiers (*)")],
            self.check,
        )

    def check(self, file: Path) -> None:
        """Tell whether a file is an issued version, unchanged."""
        self._panel.jobs.aside(verify.verify, done=self._on_verified, file=file)

    def _on_verified(self, verdict: Verdict) -> None:
        notice = self._panel.services.notice
        if verdict.unchanged:
            notice.tell(verdict.sentence)
        else:
            notice.complain(verdict.sentence, lasting=True)
