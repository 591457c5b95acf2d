"""The office's house templates: their Word files, and the parts of relevés written with them."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from pan_desktop.app import document_templates as houses
from pan_desktop.app.changes import Kind
from pan_desktop.app.meetings import list_bodies
from pan_desktop.domain.layout import AS_EVER, Language
from pan_desktop.domain.typography import glue
from pan_desktop.gui.dialogs.confirm import confirm
from pan_desktop.gui.dialogs.files import choose_open_path
from pan_desktop.gui.models.rows import Column, RowsModel
from pan_desktop.gui.opening import opened
from pan_desktop.gui.preview.live import LivePreview
from pan_desktop.gui.theme import GRID
from pan_desktop.gui.widgets.layout_editor import LayoutEditor
from pan_desktop.gui.widgets.table import Table

if TYPE_CHECKING:
    from collections.abc import Callable

    from pan_desktop.app.changes import Changes
    from pan_desktop.app.document_templates import Kept
    from pan_desktop.domain.errors import PanError
    from pan_desktop.domain.layout import DocumentTemplate, Layout
    from pan_desktop.domain.model import Body, MeetingRecord
    from pan_desktop.gui.pages.page import Services

_SIZE = (152 * GRID, 88 * GRID)
_LEFT, _MIDDLE, _RIGHT = 46 * GRID, 44 * GRID, 62 * GRID
_ROWS = 5


class DocumentTemplatesDialog(QDialog):
    """All house templates; every change is kept at once, and Ctrl+Z takes it back."""

    def __init__(self, services: Services, parent: QWidget) -> None:
        """Make the list and ask for what it shows."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Modèles de document"))
        self.resize(*_SIZE)
        self._services = services
        self._over = False
        self._record: MeetingRecord | None = None
        self._wanted = ""
        """The template to choose as soon as the list has it."""
        self._shown: DocumentTemplate | None = None
        self.model: RowsModel[DocumentTemplate] = RowsModel(
            [
                Column(self.tr("Nom"), lambda row: row.name),
                Column(self.tr("Instance"), lambda row: row.body or "–"),
                Column(self.tr("Langue"), lambda row: self._languages()[row.layout.language]),
            ],
            self,
        )
        self.table = Table()
        self.name, self.body, self.language = QLineEdit(), QComboBox(), QComboBox()
        self.file, self.remarks, self.error = QLabel(), QLabel(), QLabel()
        self.editor = LayoutEditor(services.preferences.style)
        self.preview = LivePreview(services.preferences.style)
        self._add = _button(self.tr("&Ajouter un fichier Word…"), self._ask_file, main=True)
        self._plain = _button(self.tr("Ajouter sans fic&hier"), self._add_plain)
        self.edit_file = _button(self.tr("&Modifier dans Word"), self._open_file)
        self.replace = _button(self.tr("&Remplacer le fichier…"), self._ask_replacement)
        self._remove = _button(self.tr("Su&pprimer…"), self._ask_removal)
        self._close = _button(self.tr("&Fermer"), self.accept)
        self._assemble()
        self._connect()
        services.jobs.run(houses.preview_record, done=self._show_record)
        self._refresh()

    # The frame ------------------------------------------------------------------------------

    def _assemble(self) -> None:
        title = QLabel(self.tr("Modèles de document"))
        title.setProperty("role", "title")
        self.table.setAccessibleName(self.tr("Modèles de document"))
        self.table.show_rows(self.model, (0, 0, 72))
        self.table.arrange(self._services.preferences.of_list("document_templates"))
        for label, role in ((self.file, "hint"), (self.remarks, "hint"), (self.error, "error")):
            label.setProperty("role", role)
            label.setWordWrap(True)
        self.remarks.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        for button in (self._add, self._plain, self.edit_file, self.replace, self._remove):
            button.setAutoDefault(False)
        self._close.setAutoDefault(False)
        self.error.hide()
        panes = QSplitter()
        panes.setChildrenCollapsible(False)
        for pane in (
            self._left(),
            self._titled(self.tr("Parties"), self.editor),
            self._titled(self.tr("Aperçu des parties"), self.preview),
        ):
            panes.addWidget(pane)
        panes.setSizes([_LEFT, _MIDDLE, _RIGHT])
        panes.setStretchFactor(2, 1)
        keys = QLabel(
            self.tr("Inser ajoute un fichier · Suppr supprime · Ctrl+Z annule · Échap ferme")
        )
        keys.setProperty("role", "keys")
        foot = QHBoxLayout()
        foot.addWidget(keys)
        foot.addStretch(1)
        foot.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        column.addWidget(title)
        column.addWidget(panes, 1)
        column.addWidget(self.error)
        column.addLayout(foot)

    def _left(self) -> QWidget:
        """Return the list with the fields of the template chosen."""
        form = QFormLayout()
        form.setHorizontalSpacing(2 * GRID)
        form.setVerticalSpacing(GRID)
        fields: tuple[tuple[str, QWidget], ...] = (
            (self.tr("&Nom"), self.name),
            (self.tr("&Instance"), self.body),
            (self.tr("&Langue"), self.language),
        )
        for label, field in fields:
            field.setAccessibleName(label.replace("&", ""))
            form.addRow(label, field)
        for language, words in self._languages().items():
            self.language.addItem(words, language)
        files = QHBoxLayout()
        files.setSpacing(GRID)
        for button in (self.edit_file, self.replace):
            files.addWidget(button)
        files.addStretch(1)
        adding = QHBoxLayout()
        adding.setSpacing(GRID)
        for button in (self._add, self._plain):
            adding.addWidget(button)
        adding.addStretch(1)
        self.nothing = QLabel(
            self.tr(
                "Aucun modèle\u00a0: les relevés ont la présentation du programme. Ajoutez le "
                "papier à en-tête de l’office, un fichier Word, ou bien un modèle sans fichier, "
                "pour choisir les parties du relevé et leurs mots."
            )
        )
        self.nothing.setProperty("role", "hint")
        self.nothing.setWordWrap(True)
        self._details = QWidget()
        details = QVBoxLayout(self._details)
        details.setContentsMargins(0, GRID, 0, 0)
        details.setSpacing(GRID)
        details.addLayout(form)
        details.addWidget(self.file)
        details.addLayout(files)
        details.addWidget(self.remarks)
        removal = QHBoxLayout()
        removal.addWidget(self._remove)
        removal.addStretch(1)
        details.addLayout(removal)
        pane = QWidget()
        column = QVBoxLayout(pane)
        column.setContentsMargins(0, 0, GRID, 0)
        column.setSpacing(GRID)
        column.addWidget(self.table, 1)
        column.addLayout(adding)
        column.addWidget(self.nothing)
        column.addWidget(self._details)
        return pane

    def _titled(self, words: str, inside: QWidget) -> QWidget:
        title = QLabel(words)
        title.setProperty("role", "section")
        pane = QWidget()
        column = QVBoxLayout(pane)
        column.setContentsMargins(GRID, 0, GRID, 0)
        column.setSpacing(GRID)
        column.addWidget(title)
        column.addWidget(inside, 1)
        return pane

    def _connect(self) -> None:
        self.table.opened.connect(lambda _row: self.name.setFocus())
        self.table.removal_asked.connect(lambda _row: self._ask_removal())
        self.table.selectionModel().currentChanged.connect(lambda *_: self._choose())
        self.name.editingFinished.connect(self._keep)
        self.body.activated.connect(lambda _row: self._keep())
        self.language.activated.connect(lambda _row: self._keep())
        self.editor.edited.connect(self._keep_layout)
        QShortcut("Ins", self).activated.connect(self._ask_file)
        self._services.history.listen(self)
        self._services.jobs.changed.connect(self._on_changes)
        self.finished.connect(self._end)

    def _languages(self) -> dict[Language, str]:
        return {Language.FRENCH: self.tr("Français"), Language.ARABIC: self.tr("Arabe")}

    # What the store says ----------------------------------------------------------------------

    def _refresh(self) -> None:
        self._services.jobs.run(list_bodies, done=self._show_bodies)
        self._services.jobs.run(houses.list_templates, done=self._show)

    def _on_changes(self, changes: Changes) -> None:
        if changes.touch(Kind.TEMPLATES):
            self._refresh()

    def _end(self) -> None:
        """Take no more answers: the dialog is gone when they come."""
        self._over = True

    def _show_record(self, record: MeetingRecord) -> None:
        if not self._over:
            self._record = record
            self._show_preview()

    def _show_bodies(self, bodies: tuple[Body, ...]) -> None:
        if self._over:
            return
        chosen = self._shown.body_id if self._shown else None
        self.body.clear()
        self.body.addItem(self.tr("Toutes"), None)
        for body in bodies:
            self.body.addItem(body.name, body.id)
        self.body.setCurrentIndex(max(self.body.findData(chosen), 0))

    def _show(self, templates: tuple[DocumentTemplate, ...]) -> None:
        if self._over:
            return
        first = not self.model.rows()
        self.model.set_rows(templates)
        ids = [known.id for known in templates]
        if self._wanted in ids:
            self.table.choose(self._wanted)
            self._wanted = ""
            self.table.setFocus()
        elif templates and first:
            self.table.choose(templates[0].id)
            self.table.setFocus()
        elif not templates:
            self._add.setFocus()
        self._choose()

    def _choose(self) -> None:
        """Show the template that is chosen in the list."""
        before = self._shown
        self._shown = self.model.row(self.model.number_of(self.table.current_id()))
        known = self._shown
        self._details.setVisible(known is not None)
        self.nothing.setVisible(known is None)
        self.editor.setEnabled(known is not None)
        self.editor.show_layout(known.layout if known else AS_EVER)
        self._show_preview()
        if known is None:
            return
        fresh = before is None or before.id != known.id
        if fresh or not (self.name.hasFocus() and self.name.isModified()):
            self.name.setText(known.name)
        self.body.setCurrentIndex(max(self.body.findData(known.body_id), 0))
        self.language.setCurrentIndex(self.language.findData(known.layout.language))
        self.file.setText(
            self.tr("Fichier Word\u00a0: {}").format(known.file_name)
            if known.digest
            else self.tr("Sans fichier\u00a0: la présentation est celle du programme.")
        )
        if fresh or before is None or before.digest != known.digest:
            self._say_remarks(())
            if known.digest:
                self._services.jobs.aside(
                    houses.inspect,
                    template_id=known.id,
                    done=partial(self._say_remarks, template_id=known.id),
                )

    def _say_remarks(self, remarks: tuple[str, ...], template_id: str = "") -> None:
        if self._over or (template_id and (self._shown is None or self._shown.id != template_id)):
            return
        self.remarks.setText("\n".join(f"•\u00a0{glue(remark)}" for remark in remarks))
        self.remarks.setVisible(bool(remarks))

    def _show_preview(self) -> None:
        if self._record is not None:
            layout = self._shown.layout if self._shown else AS_EVER
            self.preview.show_record(replace(self._record, layout=layout))

    # What is changed --------------------------------------------------------------------------

    def _keep(self) -> None:
        """Keep name, body and language as the fields say."""
        known = self._shown
        if known is None:
            return
        wanted = (self.name.text(), self.body.currentData(), self.language.currentData())
        if wanted == (known.name, known.body_id, known.layout.language):
            return
        name, body_id, language = wanted
        self._services.jobs.run(
            houses.change_template,
            template_id=known.id,
            name=name,
            body_id=body_id,
            language=language,
            seen=known,
            done=lambda _nothing: self._complain(""),
            failed=self._refused,
        )

    def _keep_layout(self, layout: Layout) -> None:
        known = self._shown
        if known is None:
            return
        self._shown = replace(known, layout=layout)
        self._show_preview()
        self._services.jobs.save(
            ("layout", known.id),
            houses.change_layout,
            template_id=known.id,
            layout=layout,
            seen=known.layout,
        )

    def _refused(self, error: PanError) -> None:
        if not self._over:
            self._complain(error.sentence)
            if self._shown is not None:
                self.name.setText(self._shown.name)

    def _complain(self, sentence: str) -> None:
        if not self._over:
            self.error.setText(sentence)
            self.error.setVisible(bool(sentence))

    def _ask_file(self) -> None:
        choose_open_path(self, self.tr("Modèle Word"), self._filters(), self.add_file)

    def _filters(self) -> list[str]:
        return [self.tr("Word (*.docx *.dotx)"), self.tr("Tous les fichiers (*)")]

    def add_file(self, file: Path) -> None:
        """Keep a Word file as a new template."""
        self._services.jobs.aside(
            houses.add_from_file, file=file, done=self._added, failed=self._refused
        )

    def _add_plain(self) -> None:
        taken = {known.name for known in self.model.rows()}
        name = base = self.tr("Nouveau modèle")
        number = 2
        while name in taken:
            name, number = f"{base} {number}", number + 1
        self._services.jobs.run(
            houses.add_template, name=name, done=self._begun, failed=self._refused
        )

    def _begun(self, template_id: str) -> None:
        if not self._over:
            self._wanted = template_id
            self._refresh()

    def _added(self, kept: Kept) -> None:
        if self._over:
            return
        self._complain("")
        self._begun(kept.template_id)
        self._services.notice.tell(
            self.tr("Le modèle est enregistré. Ce qui lui manque est dit sous la liste.")
            if kept.remarks
            else self.tr("Le modèle est enregistré\u202f; il ne lui manque rien.")
        )

    def _ask_replacement(self) -> None:
        choose_open_path(self, self.tr("Modèle Word"), self._filters(), self.replace_file)

    def replace_file(self, file: Path) -> None:
        """Put a Word file in the place of the one of the template chosen."""
        if self._shown is not None:
            self._services.jobs.aside(
                houses.replace_from_file,
                template_id=self._shown.id,
                file=file,
                seen=self._shown,
                done=self._added,
                failed=self._refused,
            )

    def _open_file(self) -> None:
        """Write the template's file among the exports, and open it in Word."""
        known = self._shown
        if known is None:
            return
        name = Path(known.file_name).stem or known.name
        target = Path(self._services.preferences.folder) / f"{name} (modèle).docx"
        self._services.jobs.aside(
            houses.write_file,
            template_id=known.id,
            target=target,
            done=self._opened,
            failed=self._refused,
        )

    def _opened(self, file: Path) -> None:
        if self._over:
            return
        sentence = opened(file)
        self._complain(glue(sentence))
        if sentence:
            return
        self._services.notice.tell(
            self.tr(
                "«\u00a0{}\u00a0» s’ouvre dans Word. Enregistrez-le, puis reprenez-le par "
                "«\u00a0Remplacer le fichier\u00a0»."
            ).format(file.name)
        )

    def _ask_removal(self) -> None:
        known = self._shown
        if known is not None:
            confirm(
                self,
                self.tr("Supprimer le modèle «\u00a0{}\u00a0»\u00a0?").format(known.name),
                self.tr(
                    "Les relevés déjà diffusés restent comme ils sont\u202f; les autres "
                    "reprennent le modèle du programme."
                ),
                self.tr("&Supprimer le modèle"),
                lambda: self._services.jobs.run(
                    houses.remove_template, template_id=known.id, done=self._say_removed
                ),
            )

    def _say_removed(self, meetings: int) -> None:
        said = houses.fallen_back(meetings)
        if said and not self._over:
            self._services.notice.tell(said)


def _button(label: str, act: Callable[[], object], *, main: bool = False) -> QPushButton:
    button = QPushButton(label)
    if main:
        button.setProperty("role", "main")
    button.clicked.connect(lambda _checked=False: act())
    return button
