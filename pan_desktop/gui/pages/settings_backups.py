"""Settings: the copies of the database, where they go, and the way back to one of them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from pan_desktop.app import backups
from pan_desktop.domain.backups import DAYS, MONTHS, WEEKS, Why
from pan_desktop.domain.typography import counted, glue
from pan_desktop.gui.dialogs.confirm import ConfirmDialog
from pan_desktop.gui.dialogs.files import choose_folder
from pan_desktop.gui.dialogs.restore_dialog import RestoreDialog
from pan_desktop.gui.pages.page import Page
from pan_desktop.gui.theme import GRID
from pan_desktop.gui.widgets.blocks import button, label, row
from pan_desktop.gui.widgets.copies_list import CopiesList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pan_desktop.app.backups import CopyRow, Made, Moved, Place
    from pan_desktop.domain.errors import PanError
    from pan_desktop.gui.pages.page import Services


class BackupsSection(Page):
    """The folder of copies and the list of them."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        """Make the section; the copies come when it is first seen."""
        super().__init__(services, parent)
        self.folder = QLineEdit()
        self.folder.setReadOnly(True)
        self.folder.setAccessibleName(self.tr("Dossier des sauvegardes"))
        self.choose = button(self.tr("C&hoisir…"), self._choose)
        self.open_folder = button(self.tr("Ouvrir le &dossier"), self._open_folder)
        self.advice = label("", "hint", wraps=True)
        self.copies = CopiesList()
        self.copies.table.arrange(services.preferences.of_list("copies"))
        self.copies.table.opened.connect(lambda _id: self._restore())
        self.copies.table.row_chosen.connect(lambda _id: self._show_chosen())
        self.make = button(self.tr("Faire une &copie maintenant"), self._make, main=True)
        self._made_words = self.make.text()
        self._making = False
        self.restore = button(self.tr("&Restaurer…"), self._restore)
        self.restore.setEnabled(False)
        self.error = label("", "error", wraps=True)
        self.error.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(label(self.tr("Sauvegardes"), "section"))
        column.addWidget(self._place_card())
        column.addSpacing(GRID)
        column.addWidget(label(self.tr("Copies"), "section"))
        column.addWidget(self.copies, 1)
        column.addWidget(self.error)
        self._keys = label(self.tr("Entrée montre ce que la copie contient"), "keys")
        column.addLayout(row(self._keys, None, self.restore, self.make))

    def refresh(self) -> None:
        """Ask where the copies are, and for what each holds."""
        self.jobs.aside(backups.place, done=self._show_place, failed=self._refuse)
        self.jobs.aside(backups.list_copies, done=self._show, failed=self._refuse)

    def _place_card(self) -> QWidget:
        card = QFrame()
        card.setProperty("role", "card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        inside.setSpacing(GRID)
        said = self.tr(
            "Une copie relue et comparée est faite à chaque fermeture, une fois par jour et avant "
            "chaque import ou restauration. Sont gardées celles de {}, {} et {}."
        ).format(
            counted(DAYS, self.tr("jour"), self.tr("jours")),
            counted(WEEKS, self.tr("semaine"), self.tr("semaines")),
            counted(MONTHS, self.tr("mois"), self.tr("mois")),
        )
        inside.addWidget(label(said, "hint", wraps=True))
        caption = label(self.tr("Dossier des sauve&gardes"))
        caption.setBuddy(self.folder)
        inside.addWidget(caption)
        inside.addLayout(row(self.folder, self.choose, self.open_folder))
        inside.addWidget(self.advice)
        return card

    # What is there ------------------------------------------------------------------------

    def _show_place(self, place: Place) -> None:
        self.folder.setText(str(place.folder))
        self.folder.setCursorPosition(0)
        self.advice.setText(glue(backups.SAME_DISK) if place.same_disk else "")
        self.advice.setVisible(place.same_disk)

    def _show(self, rows: Sequence[CopyRow]) -> None:
        self.copies.show_rows(rows)
        self._keys.setVisible(bool(rows))
        self._show_chosen()

    def _show_chosen(self) -> None:
        chosen = self.copies.current()
        self.restore.setEnabled(chosen is not None and not chosen.wrong)

    def _refuse(self, error: PanError) -> None:
        self._rest()
        self.error.setText(glue(error.sentence))
        self.error.show()

    # Another copy -------------------------------------------------------------------------

    def _make(self) -> None:
        if self._making:
            return
        self.error.hide()
        # Not disabled: the keyboard would go elsewhere.
        self._making = True
        self.make.setFocus()
        self.make.setText(self.tr("Copie en cours…"))
        self.jobs.aside(
            backups.back_up,
            why=Why.BY_HAND,
            now=datetime.now(UTC),
            always=True,
            done=self._made,
            failed=self._refuse,
        )

    def _made(self, made: Made | None) -> None:
        self._rest()
        if made is not None:
            said = self.tr("La copie «\u00a0{}\u00a0» est faite, relue et comparée.")
            self.services.notice.tell(made.remark or said.format(made.file.name))
        self.refresh()

    def _rest(self) -> None:
        self._making = False
        self.make.setText(self._made_words)

    def _restore(self) -> None:
        chosen = self.copies.current()
        if chosen is not None and not chosen.wrong:
            RestoreDialog(self.jobs, chosen, self.services.reopen, self).open()

    # Another folder -----------------------------------------------------------------------

    def _choose(self) -> None:
        title = self.tr("Dossier des sauvegardes")
        choose_folder(self, title, self.folder.text(), self._ask_to_move)

    def _ask_to_move(self, folder: Path) -> None:
        """Offer to take along the copies that are there."""
        if not self.copies.model.rows():
            self._use_folder(folder, move=False)
            return
        question = ConfirmDialog(
            self.tr("Déplacer aussi les copies qui existent\u202f?"),
            self.tr(
                "Les prochaines copies iront dans «\u00a0{}\u00a0». Celles qui existent peuvent y "
                "être déplacées, ou rester où elles sont."
            ).format(folder),
            self.tr("&Déplacer"),
            self,
        )
        question.ui.keep.setText(self.tr("&Laisser"))
        question.accepted.connect(lambda: self._use_folder(folder, move=True))
        question.rejected.connect(lambda: self._use_folder(folder, move=False))
        question.open()

    def _use_folder(self, folder: Path, *, move: bool) -> None:
        self.error.hide()
        self.jobs.aside(
            backups.choose_place,
            folder=folder,
            move=move,
            done=self._on_moved,
            failed=self._refuse,
        )

    def _on_moved(self, moved: Moved) -> None:
        if moved.sentence:
            self.services.notice.complain(moved.sentence, lasting=True)
        self.refresh()

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(Path(self.folder.text()))))
