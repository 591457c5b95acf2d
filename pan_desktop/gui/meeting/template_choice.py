"""The house template of a meeting's relevé, chosen where the relevé is exported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QSizePolicy

from pan_desktop.app import document_templates as houses
from pan_desktop.app.changes import Kind
from pan_desktop.gui.dialogs.document_templates import DocumentTemplatesDialog
from pan_desktop.gui.theme import GRID

if TYPE_CHECKING:
    from pan_desktop.app.changes import Changes
    from pan_desktop.domain.layout import DocumentTemplate
    from pan_desktop.domain.model import Meeting
    from pan_desktop.gui.forms.ui_conclude_panel import Ui_ConcludePanel
    from pan_desktop.gui.meeting.panel import Panel

_ROW = 1
"""Under the name of the file."""


class TemplateChoice(QObject):
    """A line of the export's form; the choice is kept with the meeting at once."""

    def __init__(self, panel: Panel, ui: Ui_ConcludePanel) -> None:
        """Put the line into the form of ``panel``."""
        super().__init__(panel)
        self._panel = panel
        self._meeting: Meeting | None = None
        self.label = QLabel(self.tr("Modèl&e"))
        self.combo = QComboBox()
        self.combo.setAccessibleName(self.tr("Modèle de document"))
        self.combo.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.label.setBuddy(self.combo)
        self.manage = QPushButton(self.tr("Modèles…"))
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(self.combo, 1)
        row.addWidget(self.manage)
        ui.exportFields.insertRow(_ROW, self.label, row)
        self.combo.activated.connect(self._keep)
        self.manage.clicked.connect(self._manage)
        panel.jobs.changed.connect(self._on_changes)

    def show_meeting(self, meeting: Meeting, *, locked: bool) -> None:
        """Show what a meeting's relevé is written with; an issued one has its file already."""
        self._meeting = meeting
        for widget in (self.label, self.combo, self.manage):
            widget.setVisible(not locked)
        self._panel.jobs.run(houses.list_templates, done=self._show)

    def _on_changes(self, changes: Changes) -> None:
        if changes.touch(Kind.TEMPLATES) and self._meeting is not None:
            self._panel.jobs.run(houses.list_templates, done=self._show)

    def _show(self, templates: tuple[DocumentTemplate, ...]) -> None:
        if self._meeting is None:
            return
        self.combo.clear()
        self.combo.addItem(self.tr("Celui du programme"), None)
        for known in templates:
            self.combo.addItem(known.name, known.id)
        self.combo.setCurrentIndex(max(self.combo.findData(self._meeting.template_id), 0))

    def _keep(self, _row: int) -> None:
        self._panel.ask(houses.choose_template, template_id=self.combo.currentData())

    def _manage(self) -> None:
        DocumentTemplatesDialog(self._panel.services, self._panel).open()
