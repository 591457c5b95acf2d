"""What the window says of saving: the title bar always, and once a notice when it is behind.

Typing is never stopped. While the database cannot be written the worker tries again at a calm
rate; what waits meanwhile is kept beside the program's data (``app.safety``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from PySide6.QtWidgets import QWidget

    from pan_desktop.app.safety import LeftOver
    from pan_desktop.domain.trouble import CaughtUp, Cause, Trouble
    from pan_desktop.gui.dialogs.leaving_dialog import UnsavedDialog
    from pan_desktop.gui.jobs import Jobs
    from pan_desktop.gui.notify import Notice, StandingBar

SLOW_MS = 1000
"""A save that takes longer is told."""
RETRY_MS = 5000
LOOK_MS = 2000
"""How often the worker looks for what other programs wrote, and whether the file is there."""


class Saving(QObject):
    """Looks after saving, and tells how it stands."""

    nothing_left = Signal()
    """No earlier session left anything to decide about."""

    def __init__(
        self, jobs: Jobs, notice: Notice, make_bar: Callable[[], StandingBar], window: QWidget
    ) -> None:
        """Tell in the title of ``window``, by ``notice``, and by bars made for what stays."""
        super().__init__(window)
        self._jobs = jobs
        self._notice = notice
        self._window = window
        self._trouble: Trouble | None = None
        self._make_bar = make_bar
        self.trouble_bar: StandingBar | None = None
        """What says what is wrong, made when something first is."""
        self.left_bar: StandingBar | None = None
        """What asks about what earlier sessions left, made when there is something."""
        self.dialog: UnsavedDialog | None = None
        """What asks before leaving, while it does."""
        self._leaves = False
        self._then: Callable[[], object] | None = None
        """What is done once everything asked for is answered."""
        self._instead = ""
        self._line = ""
        self._saved = self.tr("PAN Desktop")
        window.setWindowTitle(self._saved)
        self._slow = self._timer(SLOW_MS, self._say_slow, once=True)
        self._retry = self._timer(RETRY_MS, jobs.save_again)
        self._look = self._timer(LOOK_MS, self._look_around)
        jobs.saved.connect(self._on_saved)
        jobs.behind.connect(self._on_behind)
        jobs.trouble.connect(self._on_trouble)
        jobs.caught_up.connect(self._on_caught_up)
        jobs.settled.connect(self._on_settled)

    def say(self, words: str) -> None:
        """Have the title say something else than how saving stands; "" for that again."""
        self._instead = words
        self._show()
        if self._trouble is not None and not words:
            self._tell(self._trouble)

    def say_line(self, words: str) -> None:
        """Have the title say how it stands with the server of a shared office."""
        self._line = words
        self._show()

    def may_leave(self) -> bool:
        """Tell whether the window may close; what is not in the database is asked about first.

        The window is closed as soon as that is in the database, or left to the next start. The
        system going down waits for nobody.
        """
        application = QGuiApplication.instance()
        ending = isinstance(application, QGuiApplication) and application.isSavingSession()
        if self._trouble is None or self._leaves or ending:
            return True
        if not self._jobs.idle:  # the last letters are on their way
            self._then = self._window.close
            return False
        if not self._trouble.waiting:
            return True
        if self.dialog is None:
            self._ask_before_leaving(self._trouble)
        return False

    def _ask_before_leaving(self, trouble: Trouble) -> None:
        from pan_desktop.gui.dialogs.leaving_dialog import UnsavedDialog  # not at start

        dialog = UnsavedDialog(self._unsaved(trouble), self._window, kept=trouble.kept)
        self.dialog = dialog
        dialog.again.connect(self._try_and_leave)
        dialog.anyway.connect(self._leave)
        dialog.finished.connect(self._forget_dialog)
        dialog.open()

    def _unsaved(self, trouble: Trouble) -> str:
        """Say what is not in the database, why, and what becomes of it."""
        from pan_desktop.app import safety  # not at start
        from pan_desktop.domain.typography import counted

        number = counted(trouble.waiting, self.tr("changement"))
        cause, data = self._cause(trouble.cause), self._jobs.folders[0]
        if not trouble.kept or data is None:
            said = self.tr(
                "{} n’est encore que dans la mémoire de l’ordinateur ({}), et serait perdu en "
                "quittant\u00a0: réessayez d’abord de l’enregistrer."
                if trouble.waiting == 1
                else "{} ne sont encore que dans la mémoire de l’ordinateur ({}), et seraient "
                "perdus en quittant\u00a0: réessayez d’abord de les enregistrer."
            )
            return said.format(number, cause)
        said = self.tr(
            "{} n’est pas encore dans la base ({})\u00a0: il est gardé dans «\u00a0{}\u00a0», et "
            "vous sera proposé au prochain démarrage."
            if trouble.waiting == 1
            else "{} ne sont pas encore dans la base ({})\u00a0: ils sont gardés dans "
            "«\u00a0{}\u00a0», et vous seront proposés au prochain démarrage."
        )
        return said.format(number, cause, safety.where_left(data))

    def _try_and_leave(self) -> None:
        self._then = self._window.close
        self._jobs.save_again()

    def _leave(self) -> None:
        self._leaves = True
        self._window.close()

    def _forget_dialog(self) -> None:
        self.dialog = None

    def _on_settled(self) -> None:
        then, self._then = self._then, None
        if then is not None:
            then()

    def ask_about_left_over(self) -> None:
        """Ask whether to take up what earlier sessions could not save."""
        from pan_desktop.app import safety  # not at start

        self._look.start()
        self._jobs.call(safety.left_over, done=self._offer, failed=lambda _error: None)

    def _timer(self, every: int, act: Callable[[], object], *, once: bool = False) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(every)
        timer.setSingleShot(once)
        timer.timeout.connect(act)
        return timer

    # The title ----------------------------------------------------------------------------

    def _on_saved(self, at: datetime) -> None:
        moment = f"{at.astimezone():%H:%M:%S}"
        self._saved = self.tr("PAN Desktop – Enregistré à {}").format(moment)
        self._show()

    def _on_behind(self, behind: bool) -> None:
        if not behind:
            self._slow.stop()
            self._show()
        elif not self._slow.isActive():
            self._slow.start()
            if self._trouble is None and self._saved == self.tr("PAN Desktop"):
                self._window.setWindowTitle(self.tr("PAN Desktop – Enregistrement…"))

    def _say_slow(self) -> None:
        if self._trouble is None:
            self._window.setWindowTitle(self.tr("PAN Desktop – Enregistrement en cours…"))

    def _show(self) -> None:
        trouble = self._trouble
        if trouble is None or self._instead:  # who only reads has nothing that waits
            instead = self.tr("PAN Desktop – {}").format(self._instead)
            said = instead if self._instead else self._saved
            self._window.setWindowTitle(f"{said} – {self._line}" if self._line else said)
            return
        said = self.tr("PAN Desktop – Enregistrement en attente depuis {} – {}")
        since = f"{trouble.since.astimezone():%H:%M:%S}"
        self._window.setWindowTitle(said.format(since, self._cause(trouble.cause)))

    # Trouble ------------------------------------------------------------------------------

    def _on_trouble(self, trouble: Trouble | None) -> None:
        self._trouble = trouble
        self._show()
        if trouble is None:
            self._retry.stop()
            self._leaves = False
            if self.dialog is not None:  # what was asked about is done
                self.dialog.done(0)
                self._then = self._window.close
            if self.trouble_bar is not None:
                self.trouble_bar.hide()
            return
        if not self._retry.isActive():
            self._retry.start()
        if not self._instead:
            self._tell(trouble)

    def _on_caught_up(self, done: CaughtUp) -> None:
        from pan_desktop.domain.typography import counted  # not at start

        if not done.number:
            self._notice.pass_on()
            return
        said = self.tr(
            "L’enregistrement a repris\u00a0: {} qui attendait est dans la base."
            if done.number == 1
            else "L’enregistrement a repris\u00a0: {} qui attendaient sont dans la base."
        ).format(counted(done.number, self.tr("changement")))
        self._notice.tell(f"{said}{self._differing(done)}", lasting=True)

    def _differing(self, done: CaughtUp) -> str:
        """Say that others wrote something else meanwhile, "" when nobody did."""
        if not done.disagreements:
            return ""
        if done.disagreements == 1:
            return self.tr(
                " Un texte diffère de ce que quelqu’un d’autre a écrit entre-temps\u00a0: les "
                "deux sont gardés, choisissez lequel reste."
            )
        return self.tr(
            " {} textes diffèrent de ce que quelqu’un d’autre a écrit entre-temps\u00a0: tous "
            "sont gardés, choisissez lesquels restent."
        ).format(done.disagreements)

    def _tell(self, trouble: Trouble) -> None:
        from pan_desktop.app import safety  # not at start
        from pan_desktop.domain.trouble import Cause

        again = (self.tr("Réessayer maintenant"), self._jobs.save_again)
        actions: tuple[tuple[str, Callable[[], object]], ...] = (again,)
        if trouble.cause is Cause.MOVED:
            here = self.tr("Continuer là")
            actions = ((here, lambda: self._jobs.save_again(safety.go_on_where_it_is)),)
        elif trouble.cause is Cause.GONE:
            back = self.tr("La remettre à sa place")
            actions = (again, (back, lambda: self._jobs.save_again(safety.put_back)))
        elif trouble.cause is Cause.REPLACED:
            mine, other = self.tr("Garder ma version"), self.tr("Prendre l’autre")
            actions = (
                (mine, lambda: self._jobs.save_again(safety.put_back)),
                (other, lambda: self._jobs.save_again(safety.take_other)),
            )
        if self.trouble_bar is None:
            self.trouble_bar = self._make_bar()
        said = f"{self._sentence(trouble)} {self._where_kept(trouble)}"
        self.trouble_bar.say(said, *actions)

    def _where_kept(self, trouble: Trouble) -> str:
        if trouble.kept or not trouble.waiting:
            return self.tr(
                "Rien n’est perdu\u00a0: vous pouvez continuer, ce que vous faites est gardé à "
                "part et sera enregistré dès que possible."
            )
        return self.tr(
            "Vous pouvez continuer, mais ce que vous faites n’est gardé qu’en mémoire\u00a0: ne "
            "quittez pas le programme avant que ce soit réglé."
        )

    def _sentence(self, trouble: Trouble) -> str:
        from pan_desktop.domain.trouble import Cause  # not at start

        if trouble.cause is Cause.MOVED:
            from pathlib import PurePath  # not at start

            name = PurePath(trouble.found).name
            said = self.tr(
                "La base a été renommée en «\u00a0{}\u00a0» pendant qu’elle était ouverte."
            )
            return said.format(name)
        return {
            Cause.FULL: self.tr(
                "Le disque qui porte la base est plein\u00a0: libérez de la place."
            ),
            Cause.DISK: self.tr(
                "Le disque qui porte la base refuse d’écrire\u00a0: vérifiez qu’il est bien "
                "branché."
            ),
            Cause.READ_ONLY: self.tr(
                "La base ne peut plus être modifiée, son fichier ou son dossier étant en lecture "
                "seule\u00a0: rendez-lui le droit d’écriture."
            ),
            Cause.BUSY: self.tr(
                "La base est retenue par un autre programme\u00a0: fermez-le s’il est ouvert."
            ),
            Cause.GONE: self.tr(
                "La base n’est plus à sa place\u00a0: elle a été supprimée ou déplacée, ou son "
                "support débranché. Rebranchez-le, ou remettez-la."
            ),
            Cause.REPLACED: self.tr(
                "Un autre fichier a pris la place de la base\u00a0: votre version est gardée "
                "entière à part, l’autre n’a pas été touchée. Choisissez laquelle reste."
            ),
            Cause.DAMAGED: self.tr(
                "Le fichier de la base est endommagé\u00a0: vérifiez-le dans les paramètres."
            ),
        }[trouble.cause]

    def _cause(self, cause: Cause) -> str:
        from pan_desktop.domain.trouble import Cause  # not at start

        return {
            Cause.FULL: self.tr("disque plein"),
            Cause.DISK: self.tr("le disque refuse d’écrire"),
            Cause.READ_ONLY: self.tr("base en lecture seule"),
            Cause.BUSY: self.tr("base retenue par un autre programme"),
            Cause.GONE: self.tr("base introuvable"),
            Cause.MOVED: self.tr("base renommée"),
            Cause.REPLACED: self.tr("base remplacée"),
            Cause.DAMAGED: self.tr("base endommagée"),
        }[cause]

    # What other programs do, what earlier sessions left -------------------------------------

    def _look_around(self) -> None:
        from pan_desktop.app import safety  # not at start

        if self._trouble is None and self._jobs.idle:
            self._jobs.quietly(safety.look)

    def _offer(self, left: Sequence[LeftOver]) -> None:
        """Ask about what the oldest session left; the next is asked about afterwards."""
        if not left:
            self._put_question_away()
            self.nothing_left.emit()
            return
        from pan_desktop.domain.calendar import short_date  # not at start
        from pan_desktop.domain.typography import counted

        one = left[0]
        number = counted(one.number, self.tr("changement"))
        said = self.tr(
            "{} du {} n’avait pas pu être enregistré\u00a0: le reprendre\u202f?"
            if one.number == 1
            else "{} du {} n’avaient pas pu être enregistrés\u00a0: les reprendre\u202f?"
        ).format(number, short_date(one.first.astimezone().date()))
        if self.left_bar is None:
            self.left_bar = self._make_bar()
        self.left_bar.say(
            said,
            (self.tr("Reprendre"), lambda: self.resume(one)),
            (self.tr("Voir…"), lambda: self._show_left(one)),
            level="info",
        )

    def _put_question_away(self) -> None:
        if self.left_bar is not None:
            self.left_bar.hide()

    def resume(self, left: LeftOver) -> None:
        """Take what a session left into the database."""
        from functools import partial  # not at start

        from pan_desktop.app import safety

        self._put_question_away()
        self._jobs.save_again(partial(safety.resume, file=left.file))
        self.ask_about_left_over()

    def put_aside(self, left: LeftOver) -> None:
        """Keep what a session left without asking again."""
        from pan_desktop.app import safety  # not at start

        self._put_question_away()
        self._jobs.call(safety.put_aside, file=left.file, done=self._say_aside)
        self.ask_about_left_over()

    def _say_aside(self, file: str) -> None:
        if file:
            said = self.tr("Mis de côté, et gardé dans «\u00a0{}\u00a0».")
            self._notice.tell(said.format(file))

    def _show_left(self, left: LeftOver) -> None:
        from pan_desktop.gui.dialogs.left_over import LeftOverDialog  # not at start

        LeftOverDialog(left, self, self._window).open()
