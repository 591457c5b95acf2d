"""The search, on Ctrl+K: everything the office holds, found while one types.

The words stay in the field and the arrows walk the results; Enter goes there. What was written
since the last search is indexed aside, in slices, so that a meeting being typed never waits.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSignalBlocker,
    QSize,
    Qt,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPalette, QTextDocument
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
)

from pan_desktop.app.people import list_people
from pan_desktop.app.plans import list_plans
from pan_desktop.app.search import Hit, HitKind, bring_up_to_date, find
from pan_desktop.domain.searching import SearchFilters
from pan_desktop.domain.typography import counted
from pan_desktop.gui.pages.page import Place
from pan_desktop.gui.theme import GRID
from pan_desktop.gui.widgets.blocks import label, row
from pan_desktop.gui.widgets.moment import DayField

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from pan_desktop.app.people import PersonCard
    from pan_desktop.domain.model import ActionPlan
    from pan_desktop.gui.pages.page import Services

SIZE = QSize(96 * GRID, 72 * GRID)
SHOWN = 40
"""The most results that are shown; more words narrow them."""
_ROW_HEIGHT = 6 * GRID
_WALK = {Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp}
_OF_COMMITMENT = {
    HitKind.COMMITMENT,
    HitKind.ACTIVITY,
    HitKind.AMENDMENT,
    HitKind.STATEMENT,
}
Index = QModelIndex | QPersistentModelIndex


class SearchBox(QDialog):
    """A field, what narrows the results, and the results."""

    def __init__(self, services: Services, parent: QWidget) -> None:
        """Make the box; ``begin`` opens it."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Rechercher"))
        self.resize(SIZE)
        self._services = services
        self._plans: tuple[ActionPlan, ...] = ()
        self._people: list[str] = []
        self._asked = 0
        self._told = 0
        self._hasty = False
        self.field = QLineEdit()
        self.field.setPlaceholderText(
            self.tr("Réunion, personne, engagement, action, mots d’un relevé…")
        )
        self.field.setAccessibleName(self.tr("Rechercher"))
        self.plan, self.commitment, self.person = QComboBox(), QComboBox(), QComboBox()
        self.person.setAccessibleName(self.tr("Personne"))
        self.plan.setAccessibleName(self.tr("Plan"))
        self.commitment.setAccessibleName(self.tr("Engagement"))
        self.decisions = QCheckBox(self.tr("&Décisions"))
        self.open_actions = QCheckBox(self.tr("&Actions ouvertes"))
        self.since = DayField()
        self.since.setPlaceholderText(self.tr("depuis le"))
        self.since.setAccessibleName(self.tr("Depuis le"))
        self.since.setMaximumWidth(13 * GRID)
        self.model = HitsModel(self)
        self.list = QListView()
        self.list.setAccessibleName(self.tr("Résultats"))
        self.list.setModel(self.model)
        self.list.setItemDelegate(HitDelegate(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.state = label("", "hint")
        self._assemble()
        self._listen()

    def begin(self) -> None:
        """Open the box with what was last sought selected, and index what is new."""
        self.show()
        self.raise_()
        self.activateWindow()
        self.field.setFocus()
        self.field.selectAll()
        self._services.jobs.run(list_plans, done=self._offer)
        self._services.jobs.run(list_people, done=self._offer_people)
        self._services.jobs.aside(bring_up_to_date, done=lambda _: self._search())
        self._search()

    # What is shown ---------------------------------------------------------------------

    def _offer(self, plans: tuple[ActionPlan, ...]) -> None:
        if plans == self._plans:
            return
        self._plans = plans
        self.plan.clear()
        self.plan.addItem(self.tr("Tous les plans"), None)
        for plan in plans:
            self.plan.addItem(plan.label, plan.id)
        self.plan.setVisible(len(plans) > 1)
        self._offer_commitments()

    def _offer_people(self, cards: tuple[PersonCard, ...]) -> None:
        if [card.person.id for card in cards] == self._people:
            return
        self._people = [card.person.id for card in cards]
        chosen = self.person.currentData()
        with QSignalBlocker(self.person):
            self.person.clear()
            self.person.addItem(self.tr("Toutes les personnes"), None)
            for card in cards:
                self.person.addItem(card.person.name, card.person.id)
            self.person.setCurrentIndex(max(self.person.findData(chosen), 0))
        self.person.setVisible(bool(cards))

    def _offer_commitments(self) -> None:
        """Offer the commitments of the plan chosen, or of the only one."""
        wanted = self.plan.currentData() or (self._plans[0].id if len(self._plans) == 1 else None)
        self.commitment.clear()
        self.commitment.addItem(self.tr("Tous les engagements"), None)
        for plan in self._plans:
            for held in plan.commitments if plan.id == wanted else ():
                self.commitment.addItem(f"{held.number} – {held.title}"[:48], held.id)
        self.commitment.setVisible(self.commitment.count() > 1)

    @property
    def filters(self) -> SearchFilters:
        """Return what the results are narrowed to."""
        return SearchFilters(
            plan_id=self.plan.currentData(),
            commitment_id=self.commitment.currentData(),
            person_id=self.person.currentData(),
            decisions=self.decisions.isChecked(),
            open_actions=self.open_actions.isChecked(),
            first=self.since.day(),
        )

    def _search(self) -> None:
        """Ask for what is sought; of several answers the last one counts."""
        self._asked += 1
        self._hasty = False
        mine = self._asked
        text, filters = self.field.text(), self.filters
        if not text.strip() and not filters.narrow:
            self._show((), empty=True)
            return

        def show(hits: tuple[Hit, ...]) -> None:
            if mine == self._asked:
                self._show(hits)

        self._services.jobs.run(find, text=text, filters=filters, limit=SHOWN, done=show)

    def _show(self, hits: tuple[Hit, ...], *, empty: bool = False) -> None:
        self._told = self._asked
        self.model.set_hits(hits)
        if hits:
            self.list.setCurrentIndex(self.model.index(0))
        if empty:
            words = self.tr("Tapez quelques lettres. Des guillemets cherchent une suite de mots.")
        elif not hits:
            words = self.tr("Rien ne correspond. Essayez moins de mots, ou ôtez un filtre.")
        elif len(hits) == SHOWN:
            words = self.tr("Les {} premiers résultats. Un mot de plus les resserre.").format(SHOWN)
        else:
            words = counted(len(hits), self.tr("résultat"), self.tr("résultats"))
        self.state.setText(words)
        if self._hasty:
            self._hasty = False
            self._open(self.list.currentIndex())

    # Making the box --------------------------------------------------------------------

    def _assemble(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, GRID)
        column.setSpacing(GRID)
        column.addWidget(self.field)
        for combo in (self.plan, self.commitment, self.person):
            combo.setMaximumWidth(26 * GRID)
            combo.hide()
        column.addLayout(
            row(
                self.decisions,
                self.open_actions,
                self.since,
                None,
                self.plan,
                self.commitment,
                self.person,
            )
        )
        column.addWidget(self.list, 1)
        keys = label(self.tr("↑ ↓ choisir · Entrée ouvrir · Échap fermer"), "keys")
        column.addLayout(row(self.state, None, keys))

    def _listen(self) -> None:
        self.field.textChanged.connect(lambda _text: self._search())
        self.plan.currentIndexChanged.connect(lambda _place: self._offer_commitments())
        for combo in (self.plan, self.commitment, self.person):
            combo.currentIndexChanged.connect(lambda _place: self._search())
        for box in (self.decisions, self.open_actions):
            box.toggled.connect(lambda _on: self._search())
        self.since.changed.connect(self._search)
        self.list.clicked.connect(self._open)
        self.field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own
        """Walk the results with the arrows, and open one, while the words keep the keyboard."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        if event.key() in _WALK:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8}
            self._move(step.get(Qt.Key(event.key()), -8))
            return True
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            # Typed in one go, Enter comes before the answer: it is meant for what is coming.
            self._hasty = self._told != self._asked
            if not self._hasty:
                self._open(self.list.currentIndex())
            return True
        return super().eventFilter(watched, event)

    def _move(self, by: int) -> None:
        last = self.model.rowCount() - 1
        if last >= 0:
            place = min(max(self.list.currentIndex().row() + by, 0), last)
            self.list.setCurrentIndex(self.model.index(place))

    def _open(self, index: Index) -> None:
        hit = self.model.hit(index)
        if hit is None:
            return
        self.hide()
        self._services.go_to(self._place(hit))

    def _place(self, hit: Hit) -> Place:
        """Return where something found is."""
        if hit.kind is HitKind.PERSON:
            return Place("people", hit.id)
        if hit.kind in _OF_COMMITMENT:
            plan = next((p for p in self._plans if p.label == hit.plan), None)
            held = plan.commitments if plan else ()
            found = next((c.id for c in held if c.number == hit.number), "")
            return Place("progress", found, plan.id if plan else "")
        return Place("meeting", hit.meeting_id or "", row=(hit.table, hit.id))


class HitsModel(QAbstractListModel):
    """The results, the first one on top."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Hold nothing yet."""
        super().__init__(parent)
        self._hits: tuple[Hit, ...] = ()

    def set_hits(self, hits: Sequence[Hit]) -> None:
        """Replace the results."""
        self.beginResetModel()
        self._hits = tuple(hits)
        self.endResetModel()

    def hit(self, index: Index) -> Hit | None:
        """Return the result at an index."""
        return self._hits[index.row()] if 0 <= index.row() < len(self._hits) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's own
        """Return the number of results."""
        return 0 if parent.isValid() else len(self._hits)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        """Return the result's words, for screen readers, and the result itself for painting."""
        hit = self.hit(index)
        if hit is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{hit.title}. {hit.excerpt}"
        return hit if role == Qt.ItemDataRole.UserRole else None


class HitDelegate(QStyledItemDelegate):
    """Paints a result on two lines: what it is, and its words with those sought lit."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:  # noqa: N802
        """Return the room of two lines."""
        return QSize(0, _ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one result."""
        hit = index.data(Qt.ItemDataRole.UserRole)
        if not isinstance(hit, Hit):
            return
        place: Any = option
        palette: QPalette = place.palette
        chosen = bool(place.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if chosen:
            painter.fillRect(place.rect, palette.color(QPalette.ColorRole.Midlight))
        document = QTextDocument()
        document.setDefaultFont(place.font)
        document.setDocumentMargin(GRID)
        document.setTextWidth(100_000)
        ink = palette.color(QPalette.ColorRole.Text).name()
        hint = palette.color(QPalette.ColorRole.PlaceholderText).name()
        lit = palette.color(QPalette.ColorRole.Accent).name()
        document.setHtml(
            f"<div style='color:{ink}'><b>{_lit(hit.title, hit.title_lit, lit)}</b></div>"
            f"<div style='color:{hint}'>{_lit(hit.excerpt, hit.lit, lit)}</div>"
        )
        painter.translate(place.rect.topLeft())
        painter.setClipRect(QRectF(0, 0, place.rect.width(), place.rect.height()))
        document.drawContents(painter)
        painter.restore()


def _lit(text: str, spans: Sequence[tuple[int, int]], colour: str) -> str:
    """Return a text as HTML, the words found in the accent colour and bold."""
    parts, place = [], 0
    for start, end in spans:
        parts.append(escape(text[place:start]))
        parts.append(f"<b style='color:{colour}'>{escape(text[start:end])}</b>")
        place = end
    return "".join([*parts, escape(text[place:])])
