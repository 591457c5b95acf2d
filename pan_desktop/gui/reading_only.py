"""A window on a database that someone else works in: it reads, and takes over when it may."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from pan_desktop.gui.holder import NOBODY, HeldError, NotHeldError, Waiting

if TYPE_CHECKING:
    from collections.abc import Callable

    from pan_desktop.gui.holder import Held, Holder
    from pan_desktop.gui.main_window import MainWindow

ASK_MS = 3000
"""How often to look whether the other has gone."""


class ReadingOnly(QObject):
    """Says who has the database, and offers to write in it once nobody has."""

    def __init__(
        self,
        window: MainWindow,
        database: str,
        refused: HeldError,
        taken: Callable[[Held], object],
    ) -> None:
        """Let ``window`` read only; ``taken`` is called when it may write."""
        super().__init__(window)
        self._window = window
        self._jobs = window.services.jobs
        self._waiting = Waiting(database, refused.holder, window.services.preferences.author)
        self._taken = taken
        self._free = False
        self._jobs.refuse_writing(refused.sentence)
        window.notice.shown.connect(self._on_shown)
        self._ask = QTimer(self)
        self._ask.setInterval(ASK_MS)
        self._ask.timeout.connect(self._look)
        self._ask.start()
        self._say(refused.holder)
        window.notice.tell(self._told(refused), lasting=True)

    def _look(self) -> None:
        if self._jobs.idle:
            self._jobs.call(lambda _office: self._waiting.look(), done=self._show)

    def _told(self, refused: HeldError) -> str:
        if isinstance(refused, NotHeldError):
            return refused.sentence
        said = self.tr(
            "La base est ouverte par {}{}\u00a0: vous pouvez la lire, et ce qui y est "
            "enregistré apparaît ici. Vous pourrez la modifier quand elle sera libre."
        )
        holder = refused.holder
        return said.format(holder.words, _since(holder, self.tr(" depuis {}")))

    def _say(self, holder: Holder) -> None:
        said = self.tr("lecture seule – base ouverte par {}").format(holder.words)
        if holder == NOBODY:
            said = self.tr("lecture seule – disque plein")
        self._window.saving.say(said)

    def _show(self, holder: Holder | None) -> None:
        if holder is not None:
            self._say(holder)
            return
        self._ask.stop()
        self._free = True
        self._window.saving.say(self.tr("lecture seule – base libre"))
        # Refused from now on with a way to go on: the offer may have been put away unread.
        self._jobs.refuse_writing(
            self.tr(
                "La base est libre, et rien n’a été changé\u00a0: choisissez "
                "«\u00a0Modifier ici\u00a0»."
            )
        )
        self._offer(self.tr("La base est libre\u00a0: vous pouvez la modifier ici."))

    def _offer(self, sentence: str) -> None:
        self._window.notice.tell(sentence, (self.tr("Modifier ici"), self._take))

    def _on_shown(self, sentence: str) -> None:
        if self._free and sentence == self._jobs.refusal:
            self._free = False  # said once more below, which is not to be answered
            self._offer(sentence)
            self._free = True

    def _take(self) -> None:
        self._window.notice.hide()
        self._jobs.call(
            lambda _office: self._waiting.take(), done=self._on_taken, failed=self._on_refused
        )

    def _on_taken(self, held: Held | None) -> None:
        if held is not None:
            self._taken(held)
        self._free = False
        self._jobs.refuse_writing("")
        self._window.saving.say("")
        self._window.saving.ask_about_left_over()

    def _on_refused(self, error: Exception) -> None:
        self._free = False
        if isinstance(error, HeldError):
            self._jobs.refuse_writing(error.sentence)
            self._window.notice.tell(error.sentence)
            self._say(error.holder)
        self._ask.start()


def _since(holder: Holder, words: str) -> str:
    if holder.since is None:
        return ""
    return words.format(f"{holder.since.astimezone():%H:%M}")
