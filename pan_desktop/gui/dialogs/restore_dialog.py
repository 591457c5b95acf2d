"""Asks before a copy takes the place of the database: what it holds, and what would be lost."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QProgressBar, QVBoxLayout

from pan_desktop.app import restoring
from pan_desktop.domain.calendar import moment_in_words
from pan_desktop.domain.typography import counted, glue
from pan_desktop.gui.dialogs.form import GrowingDialog
from pan_desktop.gui.theme import GRID
from pan_desktop.gui.widgets.blocks import button, label, row

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QCloseEvent
    from PySide6.QtWidgets import QWidget

    from pan_desktop.app.backups import CopyRow
    from pan_desktop.app.restoring import Preview, Restored
    from pan_desktop.domain.errors import PanError
    from pan_desktop.gui.jobs import Jobs

WIDTH = 84 * GRID


class RestoreDialog(GrowingDialog):
    """What a copy holds and what would change; Enter and Escape change nothing."""

    def __init__(
        self, jobs: Jobs, copy: CopyRow, done: Callable[[str], object], parent: QWidget | None
    ) -> None:
        """Ask what restoring ``copy`` would do; ``done`` gets what to tell once it is done."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Restaurer une copie"))
        self.resize(WIDTH, 0)
        self._jobs, self._row, self._done = jobs, copy, done
        self._running = False
        self.said = label(self.tr("Comparaison avec la base en cours…"), wraps=True)
        self.error = label("", "error", wraps=True)
        self.error.hide()
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.bar.hide()
        self.cancel = button(self.tr("&Annuler"), self.reject)
        self.act = button(self.tr("&Restaurer cette copie"), self._restore, main=True)
        self.act.setAutoDefault(False)
        self.act.setEnabled(False)
        self.cancel.setDefault(True)
        self._lay_out()
        self.cancel.setFocus()
        jobs.aside(restoring.preview, copy=copy.file, done=self._show, failed=self._refuse)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        head = self.tr("Revenir à la copie du {}").format(moment_in_words(self._row.at))
        column.addWidget(label(head, "section", wraps=True))
        column.addWidget(label(self._held(), "hint", wraps=True))
        self._card = card = QFrame()
        card.setProperty("role", "card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        inside.addWidget(self.said)
        column.addWidget(card)
        kept = self.tr(
            "L’état présent devient une copie de plus\u00a0: vous pourrez y revenir de la même "
            "façon."
        )
        self.way_back = label(kept, wraps=True)
        column.addWidget(self.way_back)
        column.addWidget(self.bar)
        column.addWidget(self.error)
        keys = label(self.tr("Entrée et Échap annulent"), "keys")
        column.addLayout(row(keys, None, self.cancel, self.act))

    def _held(self) -> str:
        held = self._row
        words = [
            str(held.why),
            counted(held.meetings, self.tr("réunion"), self.tr("réunions")),
            counted(held.people, self.tr("personne"), self.tr("personnes")),
        ]
        if held.last_change is not None:
            changed = moment_in_words(held.last_change.astimezone())
            words.append(self.tr("modifiée pour la dernière fois le {}").format(changed))
        said = ", ".join(words)
        return said[0].upper() + said[1:]

    def _show(self, seen: Preview) -> None:
        self.said.setText("\n\n".join(glue(sentence) for sentence in seen.sentences))
        self.way_back.setVisible(seen.readable)  # nobody comes back to what does not open
        self._card.updateGeometry()  # or the dialog would ask for the room of what it said before
        if refused := seen.refused or self._jobs.refusal:
            self.way_back.hide()
            self._refuse_for(refused)
            return
        self.act.setEnabled(True)
        self.make_room()

    def _refuse(self, error: PanError) -> None:
        self._rest(running=False)
        self._refuse_for(error.sentence)

    def _refuse_for(self, sentence: str) -> None:
        self.error.setText(glue(sentence))
        self.error.show()
        self.make_room()

    def _restore(self) -> None:
        self.error.hide()
        self._rest(running=True)
        self._jobs.finish(
            restoring.restore,
            copy=self._row.file,
            now=datetime.now(UTC),
            done=self._on_done,
            failed=self._refuse,
        )

    def _on_done(self, restored: Restored) -> None:
        self._rest(running=False)
        self.accept()
        said = self.tr("La copie du {} a pris la place de la base.")
        told = said.format(moment_in_words(self._row.at))
        if restored.kept is not None:
            kept = self.tr(" L’état d’avant est gardé parmi les copies\u00a0: «\u00a0{}\u00a0».")
            apart = self.tr(
                " La base abîmée est gardée telle quelle dans le dossier des copies, sans figurer "
                "dans leur liste\u00a0: «\u00a0{}\u00a0»."
            )
            lies = restored.kept.name if restored.listed else restored.kept
            told += (kept if restored.listed else apart).format(lies)
        self._done(told)

    def _rest(self, *, running: bool) -> None:
        self._running = running
        self.bar.setVisible(running)
        for each in (self.cancel, self.act):
            each.setEnabled(not running)

    def reject(self) -> None:
        """Close, but not while the database is being replaced."""
        if not self._running:
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's own
        """Close, but not while the database is being replaced."""
        if self._running:
            event.ignore()
        else:
            super().closeEvent(event)
