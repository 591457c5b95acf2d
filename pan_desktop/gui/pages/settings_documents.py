"""Settings: what is exported, in which paper and typography, and where to."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from pan_desktop.domain.typography import Typography
from pan_desktop.gui.dialogs.document_templates import DocumentTemplatesDialog
from pan_desktop.gui.dialogs.files import choose_folder
from pan_desktop.gui.forms.ui_settings_documents import Ui_SettingsDocuments
from pan_desktop.gui.pages.page import Page
from pan_desktop.gui.theme import GRID

if TYPE_CHECKING:
    from pathlib import Path

    from pan_desktop.gui.pages.page import Services


class DocumentsSection(Page):
    """The house templates, the typography and the folder of exports."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        """Make the section with what this machine prefers."""
        super().__init__(services, parent)
        self.ui = Ui_SettingsDocuments()
        self.ui.setupUi(self)
        title = QLabel(self.tr("Modèles de document"))
        title.setProperty("role", "section")
        self.ui.column.insertWidget(0, title)
        self.ui.column.insertWidget(1, self._templates())
        self.ui.column.insertSpacing(2, GRID)
        kept = services.preferences
        styles = {Typography.FIDELE: self.ui.faithful, Typography.SOIGNE: self.ui.careful}
        styles[kept.style].setChecked(True)
        for style, button in styles.items():
            button.clicked.connect(partial(self._use_style, style))
        self.ui.folder.setText(kept.folder)
        self.ui.chooseFolder.clicked.connect(self._choose_folder)

    def refresh(self) -> None:
        """Show the folder, which an export may have changed."""
        self.ui.folder.setText(self.services.preferences.folder)

    def _templates(self) -> QWidget:
        """Return the way to the house templates."""
        card = QFrame()
        card.setProperty("role", "card")
        hint = QLabel(
            self.tr(
                "Le papier à en-tête de l’office\u00a0: un fichier Word que le programme remplit, "
                "et les parties, l’ordre et les mots du relevé."
            )
        )
        hint.setProperty("role", "hint")
        hint.setWordWrap(True)
        self.templates = QPushButton(self.tr("Modèles de document…"))
        self.templates.clicked.connect(lambda: DocumentTemplatesDialog(self.services, self).open())
        self.rest(self.templates)
        row = QHBoxLayout(card)
        row.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        row.setSpacing(2 * GRID)
        row.addWidget(hint, 1)
        row.addWidget(self.templates)
        return card

    def _use_style(self, style: Typography, _checked: bool = True) -> None:
        self.services.preferences.style = style

    def _choose_folder(self) -> None:
        title = self.tr("Dossier des exports")
        choose_folder(self, title, self.ui.folder.text(), self._use_folder)

    def _use_folder(self, folder: Path) -> None:
        self.services.preferences.folder = str(folder)
        self.ui.folder.setText(str(folder))
