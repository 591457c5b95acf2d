"""Settings: whether the database is whole, its repair, and the recovery of what is readable."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from pan_desktop.app import doctor
from pan_desktop.app.doctor import Finding, Weight
from pan_desktop.domain.typography import glue
from pan_desktop.gui.dialogs.rescue_dialog import ask_to_recover
from pan_desktop.gui.pages.page import Page
from pan_desktop.gui.theme import GRID
from pan_desktop.gui.widgets.blocks import button, label, row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pan_desktop.app.doctor import Repaired
    from pan_desktop.domain.errors import PanError
    from pan_desktop.gui.pages.page import Services


class HealthSection(Page):
    """Looks at the database when asked; says what is wrong, one thing a card, and what to do."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        """Make the section; nothing is looked at before it is asked for."""
        super().__init__(services, parent)
        self.check = button(self.tr("&Vérifier la base"), self._check, main=True)
        self.mend = button(self.tr("Ré&parer"), self._repair)
        self.recover = button(self.tr("Récupérer dans une &nouvelle base…"), self._recover)
        self.state = label("", "hint", wraps=True)
        self.state.hide()
        self.found = QVBoxLayout()
        self.found.setSpacing(GRID)
        self.mend.setEnabled(False)
        self.rest(self.mend)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(label(self.tr("Vérification de la base"), "section"))
        column.addWidget(self._first_card())
        column.addLayout(self.found)
        column.addStretch(1)

    def _first_card(self) -> QWidget:
        """Return what can be done, and how it stands."""
        card = QFrame()
        card.setProperty("role", "card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        inside.setSpacing(GRID)
        said = self.tr(
            "La vérification relit toute la base sans rien y changer. La réparation ne touche à "
            "rien de ce que vous avez saisi, et garde d’abord une copie. La récupération écrit ce "
            "qui est lisible dans une nouvelle base\u202f; la vôtre n’est que lue."
        )
        inside.addWidget(label(said, "hint", wraps=True))
        inside.addLayout(row(self.check, self.mend, self.recover, None))
        inside.addWidget(self.state)
        return card

    def refresh(self) -> None:
        """Look at nothing: reading all of a database is asked for."""

    def enter(self) -> None:
        """Put the focus on what is done first."""
        self.check.setFocus()

    # What is asked for ------------------------------------------------------------------------

    def _check(self) -> None:
        self._begin(self.tr("Vérification en cours…"))
        self.jobs.aside(doctor.look, done=self._show, failed=self._refuse, now=datetime.now(UTC))

    def _repair(self) -> None:
        self._begin(self.tr("Réparation en cours…"))
        self.jobs.call(
            doctor.repair, done=self._show_repaired, failed=self._refuse, now=datetime.now(UTC)
        )

    def _recover(self) -> None:
        ask_to_recover(self.jobs, self.services.reopen, self)

    # What came of it --------------------------------------------------------------------------

    def _begin(self, doing: str) -> None:
        self._clear()
        self.state.setText(doing)
        self.state.show()
        for each in (self.check, self.mend, self.recover):
            each.setEnabled(False)

    def _end(self, said: str, found: Sequence[Finding]) -> None:
        self.check.setEnabled(True)
        self.recover.setEnabled(True)
        self.mend.setEnabled(any(each.mended for each in found))
        self.state.setText(glue(said))
        self.state.setVisible(bool(said))
        for each in found:
            self.found.addWidget(self._card(each))
        (self.mend if self.mend.isEnabled() else self.check).setFocus()

    def _show(self, found: tuple[Finding, ...]) -> None:
        self._end("" if found else doctor.SOUND, found)

    def _show_repaired(self, repaired: Repaired) -> None:
        kept = self.tr("L’état d’avant est gardé dans «\u00a0{}\u00a0».")
        said = kept.format(repaired.kept) if repaired.kept is not None else ""
        if not repaired.left:
            said = f"{doctor.SOUND} {said}".rstrip()
        self._end(said, repaired.left)

    def _refuse(self, error: PanError) -> None:
        self._end(error.sentence, ())

    def _card(self, found: Finding) -> QWidget:
        """Return one thing that was found; its words can be reached and copied by the keyboard."""
        weights = {
            Weight.GRAVE: self.tr("Grave"),
            Weight.WARNING: self.tr("À corriger"),
            Weight.NOTE: self.tr("À savoir"),
        }
        card = QFrame()
        card.setProperty("role", "card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        role = "error" if found.weight is Weight.GRAVE else "strong"
        inside.addWidget(label(weights[found.weight], role))
        words = label(glue(found.sentence), wraps=True)
        words.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByKeyboard
            | Qt.TextInteractionFlag.TextSelectableByMouse
        )
        words.setAccessibleName(f"{weights[found.weight]}. {found.sentence}")
        inside.addWidget(words)
        return card

    def _clear(self) -> None:
        while self.found.count():
            item = self.found.takeAt(0)
            card = item.widget() if item is not None else None
            if card is not None:
                card.hide()
                card.deleteLater()

    def findings(self) -> list[str]:
        """Return what is shown, a sentence each."""
        items = (self.found.itemAt(at) for at in range(self.found.count()))
        cards = [item.widget() for item in items if item is not None]
        return [card.findChildren(QLabel)[-1].text() for card in cards if card is not None]
