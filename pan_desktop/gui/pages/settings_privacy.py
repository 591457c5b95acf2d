"""Settings: who writes, how long details of presence are kept, and the journal."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QFrame, QGridLayout, QLineEdit, QVBoxLayout

from pan_desktop.app import retention
from pan_desktop.app.changes import Kind
from pan_desktop.gui.dialogs.journal_dialog import JournalDialog
from pan_desktop.gui.dialogs.purge_dialog import PurgeDialog
from pan_desktop.gui.pages.page import Page
from pan_desktop.gui.theme import GRID
from pan_desktop.gui.widgets.blocks import button, label, row

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pan_desktop.domain.errors import PanError
    from pan_desktop.gui.pages.page import Services


class PrivacySection(Page):
    """The name that the journal gives, the time that details are kept, and what leads further."""

    kinds = frozenset({Kind.SETTINGS})

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        """Make the section; what the store knows comes when it is first seen."""
        super().__init__(services, parent)
        self.author, self.months = QLineEdit(), QLineEdit()
        self.author.setText(services.preferences.author)
        self.months.setValidator(QIntValidator(0, retention.LONGEST_MONTHS, self))
        self.months.setMaximumWidth(12 * GRID)
        self.error = label("", "error", wraps=True)
        self.error.hide()
        self.journal = button(self.tr("&Journal…"), self._show_journal)
        self.purge = button(self.tr("&Détails de présence…"), self._show_purge)
        self._seen: int | None = None
        self._assemble()
        self.author.textEdited.connect(self._sign)
        self.months.textEdited.connect(self._keep)
        self.rest(self.months)
        self.months.editingFinished.connect(self.refresh)

    def refresh(self) -> None:
        """Ask how long details are kept."""
        self.jobs.run(retention.retention_months, done=self._show)

    def enter(self) -> None:
        """Put the focus on the name."""
        self.author.setFocus()

    def _assemble(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(label(self.tr("Journal"), "section"))
        signed = label(self.tr("&Votre nom"))
        signed.setBuddy(self.author)
        said = self.tr(
            "Le journal dit qui a modifié quoi, et quand, sous ce nom\u202f; sans lui, sous celui "
            "de votre session. Il ne garde aucune valeur."
        )
        who = QGridLayout()
        who.addWidget(signed, 0, 0)
        who.addWidget(self.author, 0, 1)
        who.addWidget(label(said, "hint", wraps=True), 1, 1)
        who.addLayout(row(self.journal, None), 2, 1)
        column.addWidget(_card(who))
        column.addWidget(label(self.tr("Données personnelles"), "section"))
        kept = label(self.tr("&Conserver les détails de présence"))
        kept.setBuddy(self.months)
        why = self.tr(
            "Heures d’arrivée et de départ, passages dans l’appel, rapports lus, liens de "
            "connexion. Au-delà, le programme propose de les effacer, sans jamais le faire seul "
            "(0\u00a0: il ne propose rien). Le relevé et les présences restent."
        )
        held = QGridLayout()
        held.addWidget(kept, 0, 0)
        held.addLayout(row(self.months, label(self.tr("mois")), None), 0, 1)
        held.addWidget(self.error, 1, 1)
        held.addWidget(label(why, "hint", wraps=True), 2, 1)
        held.addLayout(row(self.purge, None), 3, 1)
        column.addWidget(_card(held))
        rights = self.tr(
            "Ce qui est conservé sur une personne se voit, s’écrit et s’efface à la page Personnes "
            "(Alt+4), bouton «\u00a0Données conservées…\u00a0»."
        )
        column.addWidget(label(rights, "hint", wraps=True))
        column.addStretch(1)

    def _show(self, months: int) -> None:
        if not (self.months.hasFocus() and self.months.isModified()):
            self.months.setText(str(months))
            self._seen = months

    def _sign(self, text: str) -> None:
        self.services.preferences.author = " ".join(text.split())
        self.jobs.sign(self.services.preferences.author)

    def _keep(self, text: str) -> None:
        self.error.hide()
        if text:
            seen, self._seen = self._seen, int(text)
            self.jobs.save(
                ("retention",),
                retention.set_retention,
                months=text,
                seen=seen,
                failed=self._refused,
            )

    def _refused(self, error: PanError) -> None:
        self.error.setText(error.sentence)
        self.error.show()

    def _show_journal(self) -> None:
        JournalDialog(self.services, self.tr("Journal"), self).open()

    def _show_purge(self) -> None:
        self.jobs.run(retention.retention_months, done=self._open_purge)

    def _open_purge(self, months: int) -> None:
        today = date.today()  # noqa: DTZ011 - the user's own calendar
        before = retention.months_before(today, months or retention.DEFAULT_MONTHS)
        PurgeDialog(self.services, before, self).open()


def _card(inside: QGridLayout) -> QFrame:
    card = QFrame()
    card.setProperty("role", "card")
    inside.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
    inside.setSpacing(GRID)
    inside.setColumnStretch(1, 1)
    card.setLayout(inside)
    return card
