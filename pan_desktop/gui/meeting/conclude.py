"""Conclure: the overall figure, what the relevé still lacks, its file and its versions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pan_desktop.app import progress, releve
from pan_desktop.domain.errors import InputError
from pan_desktop.domain.model import ReleveState
from pan_desktop.domain.progress import OverallMethod, Rounding
from pan_desktop.domain.typography import NBSP
from pan_desktop.gui.forms.ui_conclude_panel import Ui_ConcludePanel
from pan_desktop.gui.meeting.exporting import Exporting
from pan_desktop.gui.meeting.panel import Panel
from pan_desktop.gui.meeting.releve_life import ReleveLife, Step
from pan_desktop.gui.meeting.template_choice import TemplateChoice

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pan_desktop.app.meetings import MeetingView
    from pan_desktop.domain.model import MeetingRecord
    from pan_desktop.gui.pages.page import Services


class ConcludePanel(Panel):
    """The end of the meeting."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        """Make the panel."""
        super().__init__(services, parent)
        self.ui = Ui_ConcludePanel()
        self.ui.setupUi(self)
        self._stated: tuple[int | None, str] = (None, "")
        """The figure and the reason that the fields last had from the store, or gave it."""
        self.exporting = Exporting(self, self.ui, self._state)
        self.template = TemplateChoice(self, self.ui)
        self.life = ReleveLife(self, self.ui, self.exporting)
        self.ui.stated.editingFinished.connect(self._state)
        self.ui.reason.editingFinished.connect(self._state)
        self._say_stated("")

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
            self._stated = stated, record.meeting.stated_reason
            self._say_stated("")
        issued = record.meeting.state is not ReleveState.DRAFT
        self.set_locked(issued or bool(self.jobs.refusal))
        lacking = releve.missing_from(record)
        self.ui.missing.setText(
            "\n".join(f"•{NBSP}{sentence}" for sentence in lacking)
            or self.tr("Rien ne manque au relevé.")
        )
        if fresh:
            self.exporting.propose(record.meeting)
        self.template.show_meeting(record.meeting, locked=self.locked)
        self.life.refresh(fresh=fresh)

    def set_locked(self, locked: bool) -> None:
        """Let the committee's figure be read only; the kept file has its typography already."""
        super().set_locked(locked)
        self.ui.stated.setReadOnly(locked)
        self.ui.reason.setReadOnly(locked)
        ui = self.ui
        ui.missingTitle.setText(self.tr("Contrôles") if locked else self.tr("Avant de diffuser"))
        # What cannot be changed and says nothing leaves its room to the versions.
        stated = not locked or bool(ui.stated.text())
        figure: tuple[QWidget, ...] = (ui.statedLabel, ui.stated, ui.reasonLabel, ui.reason)
        for widget in figure:
            widget.setVisible(stated)
        draft: tuple[QWidget, ...] = (ui.missing, ui.styleLabel, ui.style, ui.styleHint)
        for widget in draft:
            widget.setVisible(not locked)

    def write(self) -> None:
        """Export the relevé to the file named; one that we did not write is asked about first."""
        self.exporting.write()

    def mail(self) -> None:
        """Prepare the e-mail that carries the relevé."""
        self.exporting.mail()

    def reopen(self) -> None:
        """Ask why the relevé is to be reopened."""
        self.life.ask(Step.REOPEN)

    def _stating(self) -> bool:
        return self.ui.stated.hasFocus() or self.ui.reason.hasFocus()

    def _say_stated(self, sentence: str) -> None:
        self.ui.statedHint.setText(sentence)
        self.ui.statedHint.setVisible(bool(sentence))

    def _state(self) -> bool:
        """Keep the committee's own figure once it has its reason, or return to the computed.

        Returns False while what is typed cannot be kept.
        """
        if self.locked:
            return True
        reason = self.ui.reason.text().strip()
        try:
            percent = progress.percent_of(self.ui.stated.text())
        except InputError as error:
            self._say_stated(error.sentence)
            return False
        if percent is not None and not reason:
            self._say_stated(self.tr("Indiquez le motif : le chiffre ne sera retenu qu’avec lui."))
            return False
        self._say_stated("")
        seen, self._stated = self._stated, (percent, reason if percent is not None else "")
        self.ask(progress.state_overall, percent=percent, reason=reason, seen=seen)
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
