"""Which parts a relevé has, in which order and in which words: ticked, moved and typed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFormLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from pan_desktop.domain.layout import AS_EVER, Part
from pan_desktop.domain.speech import LABELS_OF, TEXTS, labels_of, original_labels
from pan_desktop.gui.theme import GRID

if TYPE_CHECKING:
    from pan_desktop.domain.layout import Layout
    from pan_desktop.domain.typography import Typography

_MOVES: dict[int, int] = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_LINES = 3


class LayoutEditor(QWidget):
    """The parts as a list, and the words of the one that is chosen under it."""

    edited = Signal(object)
    """Another layout is wanted (``domain.layout.Layout``)."""

    def __init__(self, style: Typography, parent: QWidget | None = None) -> None:
        """Show the parts of the program's own relevé in a style."""
        super().__init__(parent)
        self._style = style
        self.layout_shown = AS_EVER
        self._filling = False
        self.parts = QListWidget()
        self.parts.setAccessibleName(self.tr("Parties du relevé"))
        self.parts.setSpacing(2)
        self.parts.installEventFilter(self)
        self.parts.itemChanged.connect(self._tick)
        self.parts.currentItemChanged.connect(lambda *_: self._show_words())
        keys = QLabel(self.tr("Espace imprime ou non · Alt+haut et Alt+bas déplacent"))
        keys.setProperty("role", "keys")
        keys.setWordWrap(True)
        self._hint = QLabel()
        self._hint.setProperty("role", "hint")
        self._hint.setWordWrap(True)
        self._form_holder = QWidget()
        self.fields: dict[str, QLineEdit | QPlainTextEdit] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(self.parts, 1)
        column.addWidget(keys)
        column.addWidget(self._form_holder)
        column.addWidget(self._hint)
        self._column = column
        self.show_layout(AS_EVER)

    def show_layout(self, layout: Layout) -> None:
        """Show a layout; what is being typed keeps its text."""
        self.layout_shown = layout
        chosen = self.chosen
        self._filling = True
        names = self._names()
        for row, part in enumerate(layout.order):
            if row == self.parts.count():
                self.parts.addItem(QListWidgetItem())
            item = self.parts.item(row)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setText(names[part])
            item.setData(Qt.ItemDataRole.UserRole, part)
            shown = part not in layout.hidden
            item.setCheckState(Qt.CheckState.Checked if shown else Qt.CheckState.Unchecked)
        self.parts.setCurrentRow(layout.order.index(chosen) if chosen else 0)
        self._filling = False
        self._show_words()

    @property
    def chosen(self) -> Part | None:
        """Return the part that is chosen in the list."""
        if self.parts.currentRow() < 0:
            return None
        return Part(self.parts.currentItem().data(Qt.ItemDataRole.UserRole))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own
        """Move the part chosen with Alt and an arrow."""
        if (
            watched is self.parts
            and event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.modifiers() & Qt.KeyboardModifier.AltModifier
            and event.key() in _MOVES
        ):
            chosen = self.chosen
            if chosen is not None:
                self._want(self.layout_shown.moved(chosen, _MOVES[event.key()]))
            return True
        return super().eventFilter(watched, event)

    def _want(self, layout: Layout) -> None:
        if layout != self.layout_shown:
            self.show_layout(layout)
            self.edited.emit(layout)

    def _tick(self, item: QListWidgetItem) -> None:
        if not self._filling:
            part = Part(item.data(Qt.ItemDataRole.UserRole))
            shown = item.checkState() == Qt.CheckState.Checked
            self._want(self.layout_shown.showing(part, shown=shown))

    # The words of one part --------------------------------------------------------------------

    def _show_words(self) -> None:
        chosen = self.chosen
        if self._filling or chosen is None:
            return
        names = LABELS_OF[chosen]
        if tuple(self.fields) != names:
            self._make_fields(names)
        own = labels_of(self.layout_shown, self._style)
        originals = original_labels(self.layout_shown.language, self._style)
        for name, field in self.fields.items():
            field.setPlaceholderText(getattr(originals, name))
            text = getattr(own, name)
            if isinstance(field, QPlainTextEdit):
                if field.toPlainText() != text and not field.hasFocus():
                    field.setPlainText(text)
            elif field.text() != text and not field.hasFocus():
                field.setText(text)
                field.setCursorPosition(0)
        self._hint.setText(self._said(chosen))
        self._hint.setVisible(bool(self._hint.text()))

    def _make_fields(self, names: tuple[str, ...]) -> None:
        holder = QWidget()
        form = QFormLayout(holder)
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(GRID)
        form.setVerticalSpacing(GRID)
        words = self._label_names()
        self.fields = {}
        for name in names:
            said = words.get(name, self.tr("Intertitre"))
            field: QLineEdit | QPlainTextEdit
            if name in TEXTS:
                field = QPlainTextEdit()
                field.setTabChangesFocus(True)
                field.setFixedHeight(_LINES * field.fontMetrics().lineSpacing() + 2 * GRID)
                field.textChanged.connect(partial(self._say, name))
            else:
                field = QLineEdit()
                field.textEdited.connect(lambda _text, name=name: self._say(name))
            field.setAccessibleName(said)
            label = QLabel(said)
            label.setBuddy(field)
            form.addRow(label, field)
            self.fields[name] = field
        old = self._form_holder
        self._column.replaceWidget(old, holder)
        old.deleteLater()
        self._form_holder = holder

    def _say(self, name: str) -> None:
        field = self.fields.get(name)
        if field is None:
            return
        text = field.toPlainText() if isinstance(field, QPlainTextEdit) else field.text()
        original = getattr(original_labels(self.layout_shown.language, self._style), name)
        self._want(self.layout_shown.saying(name, None if text == original else text))

    def _said(self, part: Part) -> str:
        if part is Part.TITLE:
            return self.tr("Le titre est celui de l’instance, dans les paramètres.")
        if TEXTS.intersection(LABELS_OF[part]):
            return self.tr(
                "Sans texte, cette partie n’est pas imprimée. {{date}}, {{jour}}, {{heure}}, "
                "{{instance}}, {{lieu}} et {{plan}} y sont remplacés."
            )
        if part in {Part.REPRESENTED, Part.EXCUSED, Part.ABSENT}:
            return self.tr("Imprimée seulement s’il y en a.")
        return ""

    def _names(self) -> dict[Part, str]:
        return {
            Part.TITLE: self.tr("Titre"),
            Part.SUBTITLE: self.tr("Sous-titre"),
            Part.DATE: self.tr("Date"),
            Part.PLACE: self.tr("Lieu"),
            Part.CHAIR: self.tr("Présidence et secrétariat"),
            Part.PARTICIPANTS: self.tr("Participants"),
            Part.REPRESENTED: self.tr("Représentés"),
            Part.EXCUSED: self.tr("Excusés"),
            Part.ABSENT: self.tr("Absents"),
            Part.NOT_REPRESENTED: self.tr("Engagements non représentés"),
            Part.AGENDA: self.tr("Ordre du jour"),
            Part.POINTS: self.tr("Points retenus et avancement"),
            Part.DECISIONS: self.tr("Tableau des décisions et actions"),
            Part.NEXT_MEETING: self.tr("Prochaine réunion"),
            Part.CLOSING: self.tr("Texte de fin"),
            Part.SIGNATURES: self.tr("Signatures"),
        }

    def _label_names(self) -> dict[str, str]:
        """Return what the labels are called that are no headings of their part."""
        return {
            "subtitle": self.tr("Sous-titre"),
            **dict.fromkeys(TEXTS, self.tr("Texte")),
            "nothing": self.tr("Liste vide"),
            "overall": self.tr("Avancement global"),
            "completed": self.tr("Complétés"),
            "no_commitment": self.tr("Aucun"),
            "under_way": self.tr("Non complétés"),
            "column_commitment": self.tr("Colonne 1"),
            "column_progress": self.tr("Colonne 2"),
            "column_details": self.tr("Colonne 3"),
            "column_number": self.tr("Colonne 1"),
            "column_decision": self.tr("Colonne 2"),
            "column_owner": self.tr("Colonne 3"),
            "column_due": self.tr("Colonne 4"),
            "signature_left": self.tr("À gauche"),
            "signature_right": self.tr("À droite"),
        }
