"""Settings: the passphrase that protects the database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QVBoxLayout

from pan_desktop.app.protection import protection
from pan_desktop.domain.typography import counted
from pan_desktop.gui.dialogs.protection_dialogs import ProtectDialog, UnprotectDialog
from pan_desktop.gui.dialogs.recovery_dialog import RecoveryDialog
from pan_desktop.gui.pages.page import Page
from pan_desktop.gui.theme import GRID
from pan_desktop.gui.widgets.blocks import button, label, row

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pan_desktop.app.office import Office
    from pan_desktop.app.protection import Protection, Rewritten
    from pan_desktop.gui.dialogs.protection_dialogs import RewritingDialog
    from pan_desktop.gui.pages.page import Services


class ProtectionSection(Page):
    """Whether the database is protected, and what can be done about it."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        """Make the section; how things are comes when it is first seen."""
        super().__init__(services, parent)
        self.state = label("", "strong", wraps=True)
        self.hint = label("", "hint", wraps=True)
        self.protect = button(self.tr("&Protéger la base…"), self._protect, main=True)
        self.change = button(self.tr("&Changer la phrase secrète…"), self._change)
        self.remove = button(self.tr("&Retirer la protection…"), self._remove)
        self._buttons = (self.protect, self.change, self.remove)
        card = QFrame()
        card.setProperty("role", "card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        inside.setSpacing(GRID)
        for widget in (self.state, self.hint):
            inside.addWidget(widget)
        inside.addLayout(row(*self._buttons, None))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(label(self.tr("Protection de la base"), "section"))
        column.addWidget(card)
        column.addStretch(1)
        for each in self._buttons:
            each.hide()
        self.rest(*self._buttons)

    def refresh(self) -> None:
        """Ask how the office is protected."""
        self.jobs.call(protection, done=self._show)

    def _show(self, found: Protection) -> None:
        self.protect.setVisible(not found.on)
        self.change.setVisible(found.on)
        self.remove.setVisible(found.on)
        if found.on:
            state = self.tr("La base est protégée par une phrase secrète.")
            hint = self.tr(
                "Elle est demandée à chaque ouverture. La base et ses copies de sauvegarde sont "
                "chiffrées\u202f; les fichiers que vous exportez ne le sont pas."
            )
        else:
            state = self.tr(
                "La base n’est pas protégée\u00a0: qui peut lire son fichier peut la lire."
            )
            hint = self.tr(
                "Une phrase secrète, demandée à chaque ouverture, chiffre la base et {copies}. "
                "L’ancien fichier est effacé\u202f; un disque SSD peut en garder des traces "
                "quelque temps."
            ).format(copies=self._copies(found.copies))
        if found.shared:
            hint = self.tr(
                "{} Il s’agit de la copie de la base partagée qui est sur cet ordinateur\u00a0: le "
                "serveur protège la base elle-même."
            ).format(hint)
        self.state.setText(state)
        self.hint.setText(hint)

    def _copies(self, count: int) -> str:
        if not count:
            return self.tr("ses copies de sauvegarde")
        one, several = self.tr("sa copie de sauvegarde"), self.tr("ses {} copies de sauvegarde")
        return one if count == 1 else several.format(count)

    def _protect(self) -> None:
        self._open(ProtectDialog(self.services, self, changes=False))

    def _change(self) -> None:
        self._open(ProtectDialog(self.services, self, changes=True))

    def _remove(self) -> None:
        self._open(UnprotectDialog(self.services, self))

    def _open(self, dialog: RewritingDialog) -> None:
        dialog.rewritten.connect(self._on_rewritten)
        dialog.open()

    def _on_rewritten(self, done: Rewritten, left: int) -> None:
        self.refresh()
        if left:
            self.services.notice.complain(self._unwritten(left), lasting=True)
        elif done.new is None:
            self.services.notice.tell(self.tr("La base n’est plus protégée."))
        if done.new is not None:
            self.jobs.call(_where, done=lambda database: self._show_code(done, database))

    def _unwritten(self, left: int) -> str:
        copies = counted(left, self.tr("copie de sauvegarde"), self.tr("copies de sauvegarde"))
        words = self.tr(
            "La base est réécrite, mais pas toutes ses copies\u00a0: {} gardent la protection "
            "d’avant. Supprimez-les quand elles ne servent plus."
        )
        one = self.tr(
            "La base est réécrite, mais pas toutes ses copies\u00a0: {} garde la protection "
            "d’avant. Supprimez-la quand elle ne sert plus."
        )
        return (one if left == 1 else words).format(copies)

    def _show_code(self, done: Rewritten, database: str) -> None:
        assert done.new is not None
        RecoveryDialog(self.services, done.new, database, self).open()


def _where(office: Office) -> str:
    return office.database
