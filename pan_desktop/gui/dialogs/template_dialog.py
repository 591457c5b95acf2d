"""The office's meeting templates: their list, and the form of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from pan_desktop.app.changes import Kind
from pan_desktop.app.templates import (
    NO_BODY,
    TemplateEdit,
    add_template,
    change_template,
    list_templates,
    remove_template,
)
from pan_desktop.domain.calendar import hour
from pan_desktop.gui.dialogs.confirm import confirm
from pan_desktop.gui.dialogs.form import FormDialog
from pan_desktop.gui.models.rows import Column, RowsModel
from pan_desktop.gui.theme import GRID
from pan_desktop.gui.widgets.moment import HourField
from pan_desktop.gui.widgets.table import Table

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QLayout

    from pan_desktop.app.changes import Changes
    from pan_desktop.domain.errors import PanError
    from pan_desktop.domain.model import MeetingTemplate
    from pan_desktop.gui.pages.page import Services

_WIDTHS = (0, 0, 72, 72)
_HOUR_WIDTH = 144
_LIST = (90 * GRID, 50 * GRID)
_FORM = 70 * GRID


class TemplateDialog(FormDialog):
    """The form of one template. The titles of its agenda are lines of text, one a title."""

    def __init__(
        self, services: Services, template_id: str | None, edit: TemplateEdit, parent: QWidget
    ) -> None:
        """Ask for a new template that begins as ``edit``, or for changes to a known one."""
        super().__init__(parent)
        self._services = services
        self._template_id, self._seen = template_id, edit
        self.name, self.body, self.place = (QLineEdit(), QLineEdit(), QLineEdit())
        self.at = HourField()
        self.titles = QPlainTextEdit()
        self.error = QLabel()
        self._save = _button(self.tr("Enre&gistrer"), self._on_save, main=True)
        self._cancel = _button(self.tr("&Annuler"), self.reject)
        words = self.tr("Modifier le modèle") if template_id else self.tr("Nouveau modèle")
        self.setWindowTitle(words)
        self.setMinimumWidth(_FORM)
        self._assemble(words)
        self.setup_form(self.error, self._save, self._cancel)
        self._show(edit)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(keys, self).activated.connect(self._save.click)

    def _assemble(self, words: str) -> None:
        title = QLabel(words)
        title.setProperty("role", "title")
        self.error.setProperty("role", "error")
        self.error.setWordWrap(True)
        self.at.setFixedWidth(_HOUR_WIDTH)
        self.at.setPlaceholderText(self.tr("comme avant"))
        self.place.setPlaceholderText(self.tr("comme à la dernière réunion"))
        self.titles.setTabChangesFocus(True)
        self.titles.setPlaceholderText(self.tr("Un titre par ligne"))
        self.titles.setMinimumHeight(12 * GRID)
        self.titles.document().setDocumentMargin(GRID)
        # Two lines as they stand: a grid does not ask for the height of lines that wrap.
        hint = QLabel(
            self.tr(
                "L’approbation du dernier relevé, l’état d’avancement\n"
                "et les points non traités s’ajoutent d’eux-mêmes."
            )
        )
        hint.setProperty("role", "hint")
        grid = QGridLayout()
        grid.setHorizontalSpacing(2 * GRID)
        grid.setVerticalSpacing(GRID)
        grid.setColumnStretch(1, 1)
        fields: tuple[tuple[str, QWidget], ...] = (
            (self.tr("&Nom"), self.name),
            (self.tr("&Instance"), self.body),
            (self.tr("&Heure"), self.at),
            (self.tr("&Lieu"), self.place),
            (self.tr("&Ordre du jour"), self.titles),
        )
        for row, (label, field) in enumerate(fields):
            name = QLabel(label)
            name.setBuddy(field)
            field.setAccessibleName(label.replace("&", ""))
            top = Qt.AlignmentFlag.AlignTop if field is self.titles else Qt.AlignmentFlag(0)
            grid.addWidget(name, row, 0, top)
            grid.addWidget(field, row, 1)
        grid.addWidget(hint, len(fields), 1)
        self._save.setDefault(True)
        keys = _keys(self.tr("Ctrl+Entrée enregistre, Échap annule"))
        _column(self, title, grid, self.error, _foot(keys, self._cancel, self._save))

    def _show(self, edit: TemplateEdit) -> None:
        self.name.setText(edit.name)
        self.body.setText(edit.body)
        self.place.setText(edit.place)
        if edit.at is not None:
            self.at.set_hour(edit.at)
        self.titles.setPlainText("\n".join(edit.titles))
        self.name.setFocus()
        self.name.selectAll()

    def _on_save(self) -> None:
        at = self.at.hour()
        if at is None and self.at.text().strip():
            self.complain(
                self.tr("Cette heure n’existe pas. Saisissez-la ainsi\u00a0: 14:30."), self.at
            )
            return
        titles = tuple(self.titles.toPlainText().split("\n"))
        edit = TemplateEdit(self.name.text(), self.body.text(), at, self.place.text(), titles)
        self.await_answer()
        jobs = self._services.jobs
        if self._template_id is None:
            jobs.run(add_template, template=edit, done=self._done, failed=self._refused)
        else:
            jobs.run(
                change_template,
                template_id=self._template_id,
                template=edit,
                seen=self._seen,
                done=self._done,
                failed=self._refused,
            )

    def _done(self, _template_id: str | None) -> None:
        self.answered()
        self._services.notice.tell(
            self.tr("Le modèle «\u00a0{}\u00a0» est enregistré.").format(
                " ".join(self.name.text().split())
            )
        )
        self.accept()

    def _refused(self, error: PanError) -> None:
        self.complain(error.sentence, self.body if error.sentence == NO_BODY else self.name)


class TemplatesDialog(QDialog):
    """All templates: add, change, remove, with the keyboard alone."""

    def __init__(self, services: Services, parent: QWidget) -> None:
        """Make the list and ask for what it shows."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Modèles de réunion"))
        self.resize(*_LIST)
        self._services = services
        self._over = False
        self.model: RowsModel[MeetingTemplate] = RowsModel(
            [
                Column(self.tr("Nom"), lambda row: row.name),
                Column(self.tr("Instance"), lambda row: row.body),
                Column(self.tr("Heure"), lambda row: hour(row.at) if row.at else "–"),
                Column(
                    self.tr("Points"),
                    lambda row: str(len(row.titles)),
                    centred=True,
                    tip=lambda row: "\n".join(row.titles),
                ),
            ],
            self,
        )
        self.table = Table()
        self.table.setAccessibleName(self.tr("Modèles de réunion"))
        self.table.show_rows(self.model, _WIDTHS)
        self.table.arrange(services.preferences.of_list("templates"))
        self.table.opened.connect(self._change)
        self.table.removal_asked.connect(self._ask_removal)
        self._add = _button(self.tr("&Nouveau modèle…"), self._new, main=True)
        self._close = _button(self.tr("&Fermer"), self.accept)
        self._assemble()
        for keys, act in (
            ("Ins", self._new),
            ("Ctrl+N", self._new),
            ("F2", lambda: self._change(self.table.current_id())),
        ):
            QShortcut(keys, self).activated.connect(act)
        services.jobs.changed.connect(self._on_changes)
        self.finished.connect(self._end)
        self._refresh()

    def _assemble(self) -> None:
        title = QLabel(self.tr("Modèles de réunion"))
        title.setProperty("role", "title")
        hint = QLabel(
            self.tr(
                "Un modèle propose l’instance, l’heure, le lieu et les points habituels d’une "
                "nouvelle réunion."
            )
        )
        hint.setProperty("role", "hint")
        hint.setWordWrap(True)
        # Enter belongs to the list: no button may answer it in its place.
        for button in (self._add, self._close):
            button.setAutoDefault(False)
        keys = _keys(self.tr("Entrée modifier · Inser nouveau · Suppr supprimer · Échap fermer"))
        _column(self, title, hint, self.table, _foot(keys, self._close, self._add))

    def _refresh(self) -> None:
        self._services.jobs.run(list_templates, done=self._show)

    def _show(self, templates: tuple[MeetingTemplate, ...]) -> None:
        if self._over:
            return
        first = not self.model.rows()
        self.model.set_rows(templates)
        if templates and first:
            self.table.choose(templates[0].id)
            self.table.setFocus()
        elif not templates:
            self._add.setFocus()

    def _end(self) -> None:
        """Take no more answers: the dialog is gone when they come."""
        self._over = True

    def _on_changes(self, changes: Changes) -> None:
        if changes.touch(Kind.SETTINGS):
            self._refresh()

    def _new(self) -> None:
        TemplateDialog(self._services, None, TemplateEdit("", ""), self).open()

    def _change(self, template_id: str) -> None:
        found = self.model.row(self.model.number_of(template_id))
        if found is not None:
            edit = TemplateEdit(found.name, found.body, found.at, found.place, found.titles)
            TemplateDialog(self._services, found.id, edit, self).open()

    def _ask_removal(self, template_id: str) -> None:
        found = self.model.row(self.model.number_of(template_id))
        if found is not None:
            confirm(
                self,
                self.tr("Supprimer le modèle «\u00a0{}\u00a0»\u00a0?").format(found.name),
                self.tr("Les réunions déjà créées avec ce modèle restent comme elles sont."),
                self.tr("&Supprimer le modèle"),
                lambda: self._services.jobs.run(remove_template, template_id=template_id),
            )


def _button(label: str, act: Callable[[], object], *, main: bool = False) -> QPushButton:
    button = QPushButton(label)
    if main:
        button.setProperty("role", "main")
    button.clicked.connect(lambda _checked=False: act())
    return button


def _keys(words: str) -> QLabel:
    label = QLabel(words)
    label.setProperty("role", "keys")
    return label


def _foot(keys: QLabel, *buttons: QPushButton) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(GRID)
    row.addWidget(keys)
    row.addStretch(1)
    for button in buttons:
        row.addWidget(button)
    return row


def _column(dialog: QDialog, *parts: QWidget | QLayout) -> None:
    """Put the parts of a dialog under each other."""
    column = QVBoxLayout(dialog)
    column.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 3 * GRID)
    column.setSpacing(2 * GRID)
    for part in parts:
        if isinstance(part, QWidget):
            column.addWidget(part)
        else:
            column.addLayout(part)
