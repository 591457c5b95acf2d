"""The page of settings: the office's own words, and what this machine prefers."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from pan_desktop import __version__
from pan_desktop.app.changes import Kind
from pan_desktop.app.meetings import change_heading, list_bodies
from pan_desktop.app.settings import change_sentences, sentences
from pan_desktop.domain.typography import Typography
from pan_desktop.domain.wording import Sentences
from pan_desktop.gui import theme
from pan_desktop.gui.dialogs.document_templates import DocumentTemplatesDialog
from pan_desktop.gui.dialogs.files import choose_folder
from pan_desktop.gui.forms.ui_settings_page import Ui_SettingsPage
from pan_desktop.gui.pages.page import Page
from pan_desktop.gui.theme import GRID, Theme
from pan_desktop.gui.widgets.usual_sentences import UsualSentences

if TYPE_CHECKING:
    from pan_desktop.app.office import Office
    from pan_desktop.domain.model import Body
    from pan_desktop.gui.pages.page import Services


class SettingsPage(Page):
    """What can be chosen; every choice holds at once, and nothing is to be confirmed."""

    kinds = frozenset({Kind.SETTINGS, Kind.MEETINGS, Kind.WORDS})

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        """Make the page; what the store knows comes when it is first seen."""
        super().__init__(services, parent)
        self.ui = Ui_SettingsPage()
        self.ui.setupUi(self)
        self.ui.version.setText(f"PAN Desktop {__version__}")
        self._known = Sentences()
        self._lines: dict[str, tuple[QLineEdit, QPushButton]] = {
            "focal_point_absent": (self.ui.absent, self.ui.absentRestore),
            "no_progress": (self.ui.noProgress, self.ui.noProgressRestore),
            "progress_item": (self.ui.progressItem, self.ui.progressItemRestore),
        }
        self._headings: dict[str, tuple[QLabel, QLineEdit]] = {}
        for error in (self.ui.sentenceError, self.ui.headingError):
            error.hide()
        self._connect_sentences()
        title = QLabel(self.tr("Phrases usuelles"))
        title.setProperty("role", "section")
        self.usual = UsualSentences(services)
        column = self.ui.contentColumn
        place = column.indexOf(self.ui.sentencesCard) + 1
        column.insertWidget(place, title)
        column.insertWidget(place + 1, self.usual)
        column.insertWidget(place + 2, self._documents())
        self._show_preferences()
        self._connect_preferences()
        self.jobs.call(_where, done=self._show_database)

    def refresh(self) -> None:
        """Ask the store for the office's own words."""
        self.jobs.run(sentences, done=self._show_sentences)
        self.usual.refresh()
        self.jobs.run(list_bodies, done=self._show_bodies)

    def enter(self) -> None:
        """Put the focus on the first sentence."""
        self.ui.absent.setFocus()

    def _documents(self) -> QWidget:
        """Return the way to the house templates."""
        title = QLabel(self.tr("Modèles de document"))
        title.setProperty("role", "section")
        card = QFrame()
        card.setProperty("role", "card")
        hint = QLabel(
            self.tr(
                "Le papier à en-tête de l’office : un fichier Word que le programme remplit, "
                "et les parties, l’ordre et les mots du relevé."
            )
        )
        hint.setProperty("role", "hint")
        hint.setWordWrap(True)
        self.templates = QPushButton(self.tr("Modèles de document…"))
        self.templates.clicked.connect(lambda: DocumentTemplatesDialog(self.services, self).open())
        row = QHBoxLayout(card)
        row.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        row.setSpacing(2 * GRID)
        row.addWidget(hint, 1)
        row.addWidget(self.templates)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(title)
        column.addWidget(card)
        return whole

    # Sentences ------------------------------------------------------------------------------

    def _connect_sentences(self) -> None:
        for name, (line, restore) in self._lines.items():
            line.textEdited.connect(lambda _text, name=name: self._keep_sentence(name))
            line.editingFinished.connect(lambda name=name: self._leave_sentence(name))
            restore.clicked.connect(lambda _checked=False, name=name: self._restore(name))

    def _show_sentences(self, own: Sentences) -> None:
        self._known = own
        for name, (line, _) in self._lines.items():
            if not _being_typed(line):
                line.setText(getattr(own, name))
            self._mark_own(name)

    def _keep_sentence(self, name: str) -> None:
        """Save the sentence as it is typed; an empty one waits for its words."""
        words = self._lines[name][0].text().strip()
        self.ui.sentenceError.setVisible(not words)
        if words:
            self._known = replace(self._known, **{name: words})
            self.jobs.save(("sentences",), change_sentences, own=self._known)
        else:
            self.ui.sentenceError.setText(
                self.tr(
                    "Une phrase vide n’est pas enregistrée\u00a0: sans nouveau texte, l’ancienne "
                    "revient quand vous quittez le champ."
                )
            )
        self._mark_own(name)

    def _leave_sentence(self, name: str) -> None:
        line, _ = self._lines[name]
        if not line.text().strip():
            line.setText(getattr(self._known, name))
            self.ui.sentenceError.hide()
        self._mark_own(name)

    def _restore(self, name: str) -> None:
        line, _ = self._lines[name]
        line.setText(getattr(Sentences(), name))
        line.setFocus()
        self._keep_sentence(name)

    def _mark_own(self, name: str) -> None:
        """Offer to go back where the office has its own sentence."""
        line, restore = self._lines[name]
        restore.setVisible(line.text().strip() != getattr(Sentences(), name))

    # Titles of the relevés ------------------------------------------------------------------

    def _show_bodies(self, bodies: tuple[Body, ...]) -> None:
        self.ui.noBody.setVisible(not bodies)
        self.ui.bodiesHint.setVisible(bool(bodies))
        if [body.id for body in bodies] != list(self._headings):
            for widget in (widget for row in self._headings.values() for widget in row):
                self.ui.bodies.removeWidget(widget)
                widget.deleteLater()
            self._headings = {b.id: self._heading_row(i, b) for i, b in enumerate(bodies)}
        for body in bodies:
            label, line = self._headings[body.id]
            label.setText(body.name)
            if not _being_typed(line):
                line.setText(body.heading)

    def _heading_row(self, number: int, body: Body) -> tuple[QLabel, QLineEdit]:
        label, line = QLabel(body.name), QLineEdit()
        label.setBuddy(line)
        line.setAccessibleName(self.tr("Titre du relevé, {}").format(body.name))
        line.textEdited.connect(lambda text: self._keep_heading(body.id, text))
        line.editingFinished.connect(self._leave_heading)
        self.ui.bodies.addWidget(label, number, 0)
        self.ui.bodies.addWidget(line, number, 1)
        return label, line

    def _keep_heading(self, body_id: str, heading: str) -> None:
        self.ui.headingError.setVisible(not heading.strip())
        if heading.strip():
            self.jobs.save(("heading", body_id), change_heading, body_id=body_id, heading=heading)
        else:
            self.ui.headingError.setText(
                self.tr(
                    "Un titre vide n’est pas enregistré\u00a0: sans nouveau texte, l’ancien "
                    "revient quand vous quittez le champ."
                )
            )

    def _leave_heading(self) -> None:
        self.ui.headingError.hide()
        self.jobs.run(list_bodies, done=self._show_bodies)

    # This machine ---------------------------------------------------------------------------

    def _show_preferences(self) -> None:
        ui, kept = self.ui, self.services.preferences
        looks = {Theme.SYSTEM: ui.system, Theme.LIGHT: ui.light, Theme.DARK: ui.dark}
        looks[kept.theme].setChecked(True)
        styles = {Typography.FIDELE: ui.faithful, Typography.SOIGNE: ui.careful}
        styles[kept.style].setChecked(True)
        ui.folder.setText(kept.folder)

    def _connect_preferences(self) -> None:
        ui = self.ui
        looks = ((Theme.SYSTEM, ui.system), (Theme.LIGHT, ui.light), (Theme.DARK, ui.dark))
        for look, button in looks:
            button.clicked.connect(partial(self._use_look, look))
        styles = ((Typography.FIDELE, ui.faithful), (Typography.SOIGNE, ui.careful))
        for style, button in styles:
            button.clicked.connect(partial(self._use_style, style))
        ui.chooseFolder.clicked.connect(self._choose_folder)
        ui.openFolder.clicked.connect(self._open_folder)

    def _use_look(self, look: Theme, _checked: bool = True) -> None:
        self.services.preferences.theme = look
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        theme.apply(application, look)

    def _use_style(self, style: Typography, _checked: bool = True) -> None:
        self.services.preferences.style = style

    def _choose_folder(self) -> None:
        title = self.tr("Dossier des exports")
        choose_folder(self, title, self.ui.folder.text(), self._use_folder)

    def _use_folder(self, folder: Path) -> None:
        self.services.preferences.folder = str(folder)
        self.ui.folder.setText(str(folder))

    def _show_database(self, database: str) -> None:
        served = "://" in database
        address = QUrl(database)
        address.setPassword("")
        self.ui.database.setText(address.toString() if served else str(Path(database).absolute()))
        self.ui.database.setCursorPosition(0)
        for widget in (self.ui.openFolder, self.ui.databaseHint):
            widget.setVisible(not served)

    def _open_folder(self) -> None:
        folder = Path(self.ui.database.text()).parent
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


def _being_typed(line: QLineEdit) -> bool:
    """Tell whether what the line holds is newer than what the store answers."""
    return line.hasFocus() and line.isModified()


def _where(office: Office) -> str:
    return office.database
