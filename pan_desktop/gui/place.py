"""Says when the database lies where it is not safe, and moves it to safety by one action."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pan_desktop.app.whereabouts import Moved, Whereabouts
    from pan_desktop.gui.jobs import Jobs
    from pan_desktop.gui.notify import Notice
    from pan_desktop.gui.preferences import Preferences


class PlaceKeeper(QObject):
    """Looks at the place of the database, once a start."""

    def __init__(
        self, jobs: Jobs, notice: Notice, preferences: Preferences, parent: QWidget
    ) -> None:
        """Tell by ``notice``."""
        super().__init__(parent)
        self._jobs = jobs
        self._notice = notice
        self._preferences = preferences
        self._asked = False

    def ask(self) -> None:
        """Look, and say what is to be said of the place unless the user has chosen it."""
        if self._asked or self._jobs.refusal:
            return
        self._asked = True
        from pan_desktop.app.whereabouts import whereabouts  # not at start

        self._jobs.call(whereabouts, done=self._tell, failed=lambda _error: None)

    def move(self) -> None:
        """Move the database into the program's own folder."""
        from pan_desktop.app.whereabouts import move_to_safety  # not at start

        self._jobs.call(move_to_safety, now=datetime.now(UTC), done=self._say_moved)

    def _tell(self, where: Whereabouts) -> None:
        if self._notice.sentence or not where.sentences:
            return  # what is said already matters more; the settings say this at any time
        if not where.sentence:
            self._notice.tell(where.sentences[0], lasting=True)
        elif self._preferences.accepted_place != where.file:
            second = self.tr(" Une deuxième version s’y trouve déjà (voir les paramètres).")
            self._notice.tell(
                f"{where.sentence}{second if where.conflicts else ''}",
                (self.tr("Mettre en lieu sûr"), self.move),
                (self.tr("Laisser là"), lambda: self._accept(where)),
            )

    def _accept(self, where: Whereabouts) -> None:
        self._preferences.accepted_place = where.file
        self._notice.hide()

    def _say_moved(self, moved: Moved) -> None:
        said = self.tr(
            "La base est maintenant dans «\u00a0{}\u00a0»\u202f; ses sauvegardes vont dans "
            "«\u00a0{}\u00a0»."
        )
        self._notice.tell(said.format(moved.database, moved.copies), lasting=True)
