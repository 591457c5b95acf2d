"""The checks of a relevé as a list: what was found, where to look, what can be done about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from pan_desktop.app import checks
from pan_desktop.domain.checks.finding import Level
from pan_desktop.domain.typography import counted, glue
from pan_desktop.gui.theme import GRID

if TYPE_CHECKING:
    from pan_desktop.app.checks import Review, Reviewed
    from pan_desktop.domain.checks.finding import Finding
    from pan_desktop.domain.errors import PanError
    from pan_desktop.gui.models.rows import Index
    from pan_desktop.gui.pages.page import Services

_REVIEWED = Qt.ItemDataRole.UserRole
_BAR = 4
_COLOURS = {
    Level.BLOCKING: QColor("#C8372D"),
    Level.WARNING: QColor("#C77700"),
    Level.INFO: QColor("#5B7A99"),
}


class ChecksPanel(QWidget):
    """What the checks find. Enter goes there, R puts right, C confirms that it is right."""

    jump_asked = Signal(object)
    """A Finding whose place is to be shown."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        """Make an empty panel."""
        super().__init__(parent)
        self._services = services
        self._meeting_id = ""
        self._locked = False
        self.summary = QLabel()
        self.summary.setProperty("role", "hint")
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Contrôles de cohérence"))
        self.list.setItemDelegate(_Findings(self.list))
        self.list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setWordWrap(True)
        self.list.installEventFilter(self)
        self.list.currentItemChanged.connect(lambda *_: self._show_actions())
        self.list.itemDoubleClicked.connect(lambda _item: self._jump())
        self.repair = QPushButton()
        self.repair_all = QPushButton()
        self.confirm = QPushButton()
        self.reason, self.author = QLineEdit(), QLineEdit()
        self._form = self._confirmation_form()
        self._assemble()
        self._say(None)

    def show_review(self, review: Review) -> None:
        """Show a review; the finding that was chosen stays chosen while it is found."""
        known = self._current()
        chosen = known.finding.key if known is not None else ""
        self._meeting_id = review.meeting_id
        self.list.blockSignals(True)
        self.list.clear()
        for reviewed in review.reviewed:
            item = QListWidgetItem(self._words(reviewed))
            item.setData(_REVIEWED, reviewed)
            self.list.addItem(item)
            if reviewed.finding.key == chosen:
                self.list.setCurrentItem(item)
        self.list.blockSignals(False)
        if self.list.currentRow() < 0 and self.list.count():
            self.list.setCurrentRow(0)
        self._say(review)
        self._show_actions()

    def set_locked(self, locked: bool) -> None:
        """Let findings be read only, while the relevé is issued."""
        self._locked = locked
        self._show_actions()

    def enter(self) -> None:
        """Put the focus on the findings."""
        self.list.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own
        """Take the keys of the list and of the form."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if watched is self.list and self._key(event):
                return True
            if watched in {self.reason, self.author} and event.key() == Qt.Key.Key_Escape:
                self._form.hide()
                self.list.setFocus()
                return True
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's own
        """Wrap the words anew."""
        super().resizeEvent(event)
        self.list.doItemsLayout()

    def _key(self, event: QKeyEvent) -> bool:
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._jump()
        elif event.key() == Qt.Key.Key_R:
            self._repair()
        elif event.key() == Qt.Key.Key_C:
            self._ask_reason()
        else:
            return False
        return True

    # What is shown -----------------------------------------------------------------------

    def _words(self, reviewed: Reviewed) -> str:
        """Return a finding in words, for the list and for screen readers."""
        finding = reviewed.finding
        said = glue(finding.sentences)
        confirmation = reviewed.confirmation
        if confirmation is None:
            return f"{finding.id} – {checks.LEVELS[finding.level]}\n{said}"
        why = self.tr("Confirmé par {}\u00a0: {}").format(confirmation.author, confirmation.reason)
        return f"{finding.id} – {self.tr('confirmé')}\n{said}\n{why}"

    def _say(self, review: Review | None) -> None:
        """Sum the findings up in one line."""
        if review is None:
            self.summary.setText(self.tr("Contrôle en cours…"))
            return
        words = {
            Level.BLOCKING: self.tr("bloquant"),
            Level.WARNING: self.tr("avertissement"),
            Level.INFO: self.tr("information"),
        }
        told = [counted(n, words[level]) for level in Level if (n := review.count(level))]
        confirmed = sum(not each.open for each in review.reviewed)
        if confirmed:
            told.append(counted(confirmed, self.tr("confirmé")))
        self.summary.setText(" · ".join(told) or self.tr("Aucune incohérence relevée."))

    def _show_actions(self) -> None:
        """Offer what can be done about the chosen finding."""
        current = self._current()
        finding = current.finding if current is not None else None
        able = finding is not None and not self._locked
        remedy = self._remedy(finding) if finding is not None else ""
        self.repair.setText(remedy)
        self.repair.setVisible(bool(able and remedy and current is not None and current.open))
        typographic = self._slips()
        self.repair_all.setText(
            self.tr("Appliquer les {} corrections typographiques").format(len(typographic))
        )
        self.repair_all.setVisible(len(typographic) > 1 and not self._locked)
        confirmed = current is not None and not current.open
        self.confirm.setText(
            self.tr("Lever la confirmation") if confirmed else self.tr("Confirmer… (C)")
        )
        self.confirm.setVisible(able)
        self._form.hide()

    def _remedy(self, finding: Finding) -> str:
        """Return what putting a finding right would do, "" when nobody but a person can."""
        if finding.reassignment is not None:
            change = finding.reassignment
            return self.tr("Noter {} pour l’engagement {} au lieu de {} (R)").format(
                change.name, change.after, change.before
            )
        if not finding.repairs:
            return ""
        first = finding.repairs[0]
        if len(finding.repairs) > 1 or not first.found or not first.replacement:
            return self.tr("Corriger (R)")
        if max(len(first.found), len(first.replacement)) > 28:
            return self.tr("Corriger (R)")
        return self.tr("Écrire «\u00a0{}\u00a0» (R)").format(first.replacement)

    def _slips(self) -> list[Finding]:
        return [r.finding for r in self._all() if r.open and r.finding.id == "T3"]

    # What is done ------------------------------------------------------------------------

    def _jump(self) -> None:
        current = self._current()
        if current is not None:
            self.jump_asked.emit(current.finding)

    def _repair(self) -> None:
        current = self._current()
        if current is None or self._locked or not current.open:
            return
        finding = current.finding
        if finding.reassignment is not None:
            self._run(checks.reassign, change=finding.reassignment, meeting_id=self._meeting_id)
        elif finding.repairs:
            self._run(checks.repair, repairs=finding.repairs)

    def _repair_slips(self) -> None:
        """Put all slips of typography right at once."""
        slips = self._slips()
        changes = [change for finding in slips for change in finding.repairs]
        said = self.tr("{} appliquées. Ctrl+Z les annule toutes.").format(
            counted(len(slips), self.tr("correction"))
        )
        self._services.jobs.run(
            checks.repair,
            done=lambda _made: self._services.notice.tell(said),
            repairs=changes,
        )

    def _ask_reason(self) -> None:
        """Ask, under the list, why a finding is right as it is; or take that back."""
        current = self._current()
        if current is None or self._locked:
            return
        if current.confirmation is not None:
            self._run(checks.withdraw, confirmation_id=current.confirmation.id)
            return
        self.reason.clear()
        self.author.setText(self._services.preferences.author)
        self._form.show()
        self.reason.setFocus()

    def _confirm(self) -> None:
        current = self._current()
        if current is None:
            return
        if self.reason.text().strip() and not self.author.text().strip():
            self.author.setFocus()
            return
        self._services.preferences.author = self.author.text().strip()
        self._services.jobs.sign(self._services.preferences.author)
        self._services.jobs.run(
            checks.confirm,
            done=lambda _nothing: self._confirmed(),
            failed=self._complain,
            meeting_id=self._meeting_id,
            finding=current.finding,
            reason=self.reason.text(),
            author=self.author.text(),
        )

    def _confirmed(self) -> None:
        self._form.hide()
        self.list.setFocus()

    def _run(self, use_case: object, **arguments: object) -> None:
        self._services.jobs.run(use_case, failed=self._complain, **arguments)  # type: ignore[arg-type]

    def _complain(self, error: PanError) -> None:
        self._services.notice.complain(error.sentence)

    # What it is made of ------------------------------------------------------------------

    def _all(self) -> list[Reviewed]:
        return [self.list.item(row).data(_REVIEWED) for row in range(self.list.count())]

    def _current(self) -> Reviewed | None:
        row = self.list.currentRow()
        found: Reviewed | None = self.list.item(row).data(_REVIEWED) if row >= 0 else None
        return found

    def _assemble(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        head = QHBoxLayout()
        title = QLabel(self.tr("Contrôles"))
        title.setProperty("role", "section")
        head.addWidget(title)
        head.addWidget(self.summary, 1, Qt.AlignmentFlag.AlignRight)
        column.addLayout(head)
        column.addWidget(self.list, 1)
        column.addWidget(self._form)
        self.repair.clicked.connect(self._repair)
        self.confirm.clicked.connect(self._ask_reason)
        self.repair_all.clicked.connect(self._repair_slips)
        actions = QHBoxLayout()
        for button in (self.repair, self.confirm):
            button.setAutoDefault(True)
            actions.addWidget(button)
        actions.addStretch(1)
        column.addLayout(actions)
        column.addWidget(self.repair_all)

    def _confirmation_form(self) -> QFrame:
        form = QFrame()
        form.setProperty("role", "card")
        row = QVBoxLayout(form)
        self.reason.setPlaceholderText(self.tr("Pourquoi c’est juste ainsi – Entrée confirme"))
        self.author.setPlaceholderText(self.tr("Votre nom"))
        for field in (self.reason, self.author):
            field.installEventFilter(self)
            field.returnPressed.connect(self._confirm)
            row.addWidget(field)
        form.hide()
        return form


class _Findings(QStyledItemDelegate):
    """Paints a finding: a bar in the colour of its level, its id, and its words wrapped."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802 - Qt's own
        """Return the room that the wrapped words take."""
        view = self.parent()
        assert isinstance(view, QListWidget)
        width = view.viewport().width() - 2 * GRID - _BAR
        flags = Qt.TextFlag.TextWordWrap
        area = option.fontMetrics.boundingRect(
            0, 0, max(width, 80), 10_000, flags, self._text(index)
        )
        return QSize(view.viewport().width(), area.height() + 2 * GRID)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one finding."""
        reviewed: Reviewed = index.data(_REVIEWED)
        rect, palette = option.rect, option.palette
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if chosen:
            painter.fillRect(rect, palette.color(QPalette.ColorRole.AlternateBase))
        bar = rect.adjusted(0, 3, 0, -3)
        bar.setWidth(_BAR)
        colour = _COLOURS[reviewed.finding.level] if reviewed.open else QColor("#8A94A0")
        painter.fillRect(bar, colour)
        text = palette.color(QPalette.ColorRole.Text)
        if not reviewed.open:
            text = palette.color(QPalette.ColorRole.PlaceholderText)
        painter.setPen(text)
        inside = rect.adjusted(_BAR + GRID, GRID, -GRID, -GRID)
        head, _, rest = self._text(index).partition("\n")
        font = painter.font()
        font.setBold(True)
        painter.setFont(font)
        painter.drawText(inside, 0, head)
        font.setBold(False)
        painter.setFont(font)
        line = painter.fontMetrics().lineSpacing()
        painter.drawText(inside.adjusted(0, line, 0, 0), Qt.TextFlag.TextWordWrap, rest)
        painter.restore()

    @staticmethod
    def _text(index: Index) -> str:
        return str(index.data(Qt.ItemDataRole.DisplayRole))
