"""Settings: the words that every relevé has, its fixed sentences and its first line."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget

from pan_desktop.app.changes import Kind
from pan_desktop.app.meetings import change_heading, list_bodies
from pan_desktop.app.settings import change_sentences, sentences
from pan_desktop.domain.wording import Sentences
from pan_desktop.gui.forms.ui_settings_releve import Ui_SettingsReleve
from pan_desktop.gui.pages.page import Page

if TYPE_CHECKING:
    from pan_desktop.domain.model import Body
    from pan_desktop.gui.pages.page import Services


class ReleveSection(Page):
    """The office's own sentences and titles, saved as they are typed."""

    kinds = frozenset({Kind.SETTINGS, Kind.MEETINGS})

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        """Make the section; what the store knows comes when it is first seen."""
        super().__init__(services, parent)
        self.ui = Ui_SettingsReleve()
        self.ui.setupUi(self)
        self._known = Sentences()
        self._lines: dict[str, tuple[QLineEdit, QPushButton]] = {
            "focal_point_absent": (self.ui.absent, self.ui.absentRestore),
            "no_progress": (self.ui.noProgress, self.ui.noProgressRestore),
            "progress_item": (self.ui.progressItem, self.ui.progressItemRestore),
        }
        self._headings: dict[str, tuple[QLabel, QLineEdit]] = {}
        self._said: dict[str, str] = {}
        """What each line says that the store has, or will have."""
        for error in (self.ui.sentenceError, self.ui.headingError):
            error.hide()
        self._connect_sentences()
        for line, restore in self._lines.values():
            self.rest(line, restore)

    def refresh(self) -> None:
        """Ask the store for the office's own words."""
        self.jobs.run(sentences, done=self._show_sentences)
        self.jobs.run(list_bodies, done=self._show_bodies)

    def _connect_sentences(self) -> None:
        for name, (line, restore) in self._lines.items():
            line.textEdited.connect(lambda _text, name=name: self._keep_sentence(name))
            line.editingFinished.connect(lambda name=name: self._leave_sentence(name))
            restore.clicked.connect(lambda _checked=False, name=name: self._restore(name))

    def _show_sentences(self, own: Sentences) -> None:
        typed = [name for name, (line, _) in self._lines.items() if _being_typed(line)]
        self._known = replace(own, **{name: getattr(self._known, name) for name in typed})
        for name, (line, _) in self._lines.items():
            if not _being_typed(line):
                line.setText(getattr(own, name))
            self._mark_own(name)

    def _keep_sentence(self, name: str) -> None:
        """Save the sentence as it is typed; an empty one waits for its words."""
        words = self._lines[name][0].text().strip()
        self.ui.sentenceError.setVisible(not words)
        if words:
            seen, self._known = self._known, replace(self._known, **{name: words})
            self.jobs.save(("sentences",), change_sentences, own=self._known, seen=seen)
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
            if body.id not in self._said or not _being_typed(line):
                line.setText(body.heading)
                self._said[body.id] = body.heading

    def _heading_row(self, number: int, body: Body) -> tuple[QLabel, QLineEdit]:
        label, line = QLabel(body.name), QLineEdit()
        label.setBuddy(line)
        line.setAccessibleName(self.tr("Titre du relevé, {}").format(body.name))
        line.textEdited.connect(lambda text: self._keep_heading(body.id, text))
        line.editingFinished.connect(self._leave_heading)
        self.ui.bodies.addWidget(label, number, 0)
        self.ui.bodies.addWidget(line, number, 1)
        self.rest(line)
        return label, line

    def _keep_heading(self, body_id: str, heading: str) -> None:
        self.ui.headingError.setVisible(not heading.strip())
        if heading.strip():
            key, seen = ("heading", body_id), self._said[body_id]
            self._said[body_id] = " ".join(heading.split())
            self.jobs.save(key, change_heading, body_id=body_id, heading=heading, seen=seen)
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


def _being_typed(line: QLineEdit) -> bool:
    """Tell whether what the line holds is newer than what the store answers."""
    return line.hasFocus() and line.isModified()
