"""Tells in the window how it stands with the server of a shared office.

The title bar says it all the time, the message bar once when it changes; nothing is ever put in
front of what is being typed.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from pan_desktop.app.membership import upgrade_office, wants_upgrade
from pan_desktop.app.secrets_kept import keep_password, wants_password
from pan_desktop.app.sharing import LineStatus
from pan_desktop.gui.dialogs.confirm import confirm
from pan_desktop.gui.dialogs.shared_password_dialog import SharedPasswordDialog
from pan_desktop.gui.shared.line_words import line_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from pan_desktop.app.office import Office
    from pan_desktop.app.sharing import LineState
    from pan_desktop.gui.jobs import Jobs
    from pan_desktop.gui.line_jobs import LineJobs
    from pan_desktop.gui.notify import Notice


class LineWatch(QObject):
    """Follows the line of one window."""

    told = Signal(str)
    """How it stands, in the few words that the title bar has room for."""

    def __init__(self, jobs: Jobs, line: LineJobs, notice: Notice, window: QWidget) -> None:
        """Follow ``line`` and tell by ``notice``."""
        super().__init__(window)
        self._jobs, self._line, self._notice, self._window = jobs, line, notice, window
        self._status: LineStatus | None = None
        self._sentence = self._remark = ""
        self._reads_only = ""
        self._keeping = self._password = ""
        self._news = ""
        """What is more than that the server answers again, and stays when it does."""
        line.line_changed.connect(self._follow)

    def _follow(self, state: LineState) -> None:
        self.told.emit(line_words(state))
        if (state.status, state.sentence) != (self._status, self._sentence):
            before, self._status, self._sentence = self._status, state.status, state.sentence
            self._say(before, state)
        self._follow_rights(state)
        if state.remark and state.remark != self._remark:
            self._notice.tell(state.remark, lasting=True)
        self._remark = state.remark

    def _say(self, before: LineStatus | None, state: LineState) -> None:
        """Say once what has changed."""
        retry = (self.tr("Réessayer"), self._line.retry)
        if state.status is LineStatus.CONNECTED:
            if before is not None:
                back = self.tr(
                    "La base partagée répond de nouveau\u00a0: ce qui a été écrit entre-temps est "
                    "envoyé."
                )
                self._notice.tell(self._news or back, lasting=bool(self._news))
                self._news = ""
            self._keep_password()
        elif wants_password(state.sentence):
            ask = (self.tr("Mot de passe…"), self.ask_password)
            self._notice.tell(state.sentence, ask, retry)
        elif wants_upgrade(state.sentence):
            self._notice.tell(state.sentence, self._again(), retry)
        else:
            self._notice.tell(state.sentence, retry)

    def _follow_rights(self, state: LineState) -> None:
        """Let nothing be typed where it could not be sent, and say so once."""
        sentence = self.tr(
            "Votre nom n’a que le droit de lire cette base partagée\u00a0: rien n’y est changé. "
            "Demandez le droit d’écrire à la personne qui l’administre."
        )
        reads = sentence if not state.may_write else ""
        if reads != self._reads_only:
            self._reads_only = reads
            self._jobs.refuse_writing(reads, by="rights")
            if reads:
                self._notice.tell(reads)

    # An office of an older program -----------------------------------------------------------

    def ask_to_upgrade(self) -> None:
        """Ask whether the office on the server is to be brought up to date, and do it."""
        confirm(
            self._window,
            self.tr("Mettre à jour la base partagée\u00a0?"),
            self.tr(
                "Une copie de l’état d’avant est d’abord gardée sur ce poste. Ensuite, chaque "
                "poste a besoin de cette version de PAN Desktop pour envoyer et recevoir."
            ),
            self.tr("&Mettre à jour"),
            self._upgrade,
        )

    def _upgrade(self) -> None:
        self._notice.tell(self.tr("Mise à jour de la base partagée…"), lasting=True)
        self._jobs.aside(
            partial(_upgrade, password=self._password),
            done=self._upgraded,
            failed=lambda error: self._notice.tell(error.sentence, self._again()),
        )

    def _again(self) -> tuple[str, Callable[[], None]]:
        return self.tr("Mettre à jour la base…"), self.ask_to_upgrade

    def _upgraded(self, copy: str) -> None:
        words = self.tr(
            "La base partagée est à jour, chaque ligne comparée. L’état d’avant est gardé dans "
            "la copie «\u00a0{}\u00a0»."
        )
        by_another = self.tr("La base partagée a déjà été mise à jour depuis un autre poste.")
        self._news = words.format(copy) if copy else by_another
        self._notice.tell(self._news, lasting=True)
        self._line.retry()

    # The password ----------------------------------------------------------------------------

    def ask_password(self) -> None:
        """Ask for the password of the server again."""
        dialog = SharedPasswordDialog(self._window)
        dialog.given.connect(self._use_password)
        dialog.open()

    def _use_password(self, password: str, kept: bool) -> None:
        self._keeping = password if kept else ""
        self._password = password
        self._line.use_password(password)

    def _keep_password(self) -> None:
        """Have the system keep the password that was just taken, if it was asked to."""
        password, self._keeping = self._keeping, ""
        if password:
            self._jobs.aside(partial(_keep, password=password), done=self._kept)

    def _kept(self, kept: bool) -> None:
        if not kept:
            self._notice.tell(
                self.tr(
                    "Ce système n’a pas de trousseau\u00a0: le mot de passe n’est pas gardé et "
                    "sera demandé au prochain démarrage."
                )
            )


def _upgrade(office: Office, *, password: str) -> str:
    """Bring the office up to date; return the name of the copy, "" where it was done already."""
    done = upgrade_office(office, now=datetime.now(UTC), password=password or None)
    return done.before.name if done is not None else ""


def _keep(office: Office, *, password: str) -> bool:
    return keep_password(office.database, password)
