"""Puts a passphrase on the office, changes it, or takes it off; the backup copies follow."""

from __future__ import annotations

from collections import deque
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QCheckBox, QFormLayout, QLabel, QVBoxLayout

from pan_desktop.app import passphrases, protection
from pan_desktop.app.passphrases import Level, Strength
from pan_desktop.domain.typography import glue
from pan_desktop.gui.dialogs.form import FormDialog
from pan_desktop.gui.theme import GRID
from pan_desktop.gui.widgets.blocks import button, label, row
from pan_desktop.gui.widgets.secret_line import SecretLine

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QHBoxLayout, QWidget

    from pan_desktop.app.office import Office
    from pan_desktop.app.protection import Rewritten
    from pan_desktop.domain.errors import PanError
    from pan_desktop.gui.pages.page import Services

_WIDTH = 80 * GRID
_ROLES = {Level.REFUSED: "error", Level.WEAK: "error", Level.GOOD: "strong", Level.BEST: "strong"}
"""How a strength is told."""


class RewritingDialog(FormDialog):
    """A form that has the office and then each of its copies written anew."""

    rewritten = Signal(object, int)
    """The Rewritten, and how many copies stayed as they were; the dialog is closed."""

    def __init__(self, services: Services, title: str, verb: str, parent: QWidget) -> None:
        """Make the form; ``lay_out`` follows once it has its fields."""
        super().__init__(parent)
        self.setWindowTitle(title)
        self._services = services
        self._copies: deque[Path] = deque()
        self._done: Rewritten | None = None
        self._left = 0
        self.current = SecretLine(self.tr("Phrase secrète actuelle, ou clé de secours"))
        self.shown = QCheckBox(self.tr("A&fficher ce qui est saisi"))
        self.capitals = label(self.tr("Les majuscules sont verrouillées."), "hint")
        self.progress = label("", "hint")
        self.error = label("", "error", wraps=True)
        self.act = button(verb, self.submit, main=True)
        self.act.setDefault(True)
        self.cancel = button(self.tr("&Annuler"), self.reject)

    def lay_out(
        self, hint: str, fields: list[tuple[str, QWidget]], under: QHBoxLayout | None = None
    ) -> None:
        """Put the captioned fields under each other, ``under`` them what is told of the last.

        The first one gets the keyboard.
        """
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        column.addWidget(label(self.windowTitle(), "section"))
        column.addWidget(label(hint, "hint", wraps=True))
        column.addSpacing(GRID)
        form = QFormLayout()
        form.setVerticalSpacing(GRID)
        for words, field in fields:
            caption = QLabel(words)
            caption.setBuddy(field)
            form.addRow(caption, field)
            if isinstance(field, SecretLine):
                self.shown.toggled.connect(lambda on, field=field: field.show_text(shown=on))
                field.capitals.connect(self.capitals.setVisible)
        column.addLayout(form)
        if under is not None:
            column.addLayout(under)
        column.addLayout(row(self.shown, None, self.capitals))
        column.addWidget(self.error)
        column.addStretch()  # the words stand together, however high the dialog was made
        column.addSpacing(GRID)
        column.addLayout(row(self.progress, None, self.cancel, self.act))
        self.capitals.hide()
        self.setup_form(self.error, self.act, self.cancel)
        self.setFixedWidth(_WIDTH)
        self.adjustSize()
        fields[0][1].setFocus()

    def submit(self) -> None:
        """Ask for what the form says."""
        raise NotImplementedError

    def ask(self, function: Callable[..., Rewritten], field: QWidget, **arguments: object) -> None:
        """Have the office written anew by ``function``; what it refuses is said at ``field``."""

        def refused(error: PanError) -> None:
            self.progress.clear()
            self.complain(error.sentence, self._field_of(error, field))

        self.await_answer()
        self.progress.setText(self.tr("La base est réécrite et vérifiée…"))
        jobs = self._services.jobs
        jobs.call(function, done=self._rewrite_copies, failed=refused, **arguments)

    def _field_of(self, error: PanError, field: QWidget) -> QWidget:
        """Return where the mistake can be put right."""
        return self.current if error.sentence == protection.NOT_CONFIRMED else field

    def _rewrite_copies(self, done: Rewritten) -> None:
        self._done = done
        self._copies.extend(done.copies)
        self._rewrite_next()

    def _rewrite_next(self, rewritten: bool = True) -> None:
        done = self._done
        assert done is not None
        self._left += not rewritten
        if not self._copies:
            self.answered()
            self.accept()
            self.rewritten.emit(done, self._left)
            return
        number = len(done.copies) - len(self._copies) + 1
        words = self.tr("Copie de sauvegarde {} sur {}…")
        self.progress.setText(words.format(number, len(done.copies)))
        self._services.jobs.aside(
            protection.rewrite_copy,
            copy=self._copies.popleft(),
            old=done.old,
            new=done.new,
            done=self._rewrite_next,
        )


class ProtectDialog(RewritingDialog):
    """Asks for a new passphrase, twice, and tells how hard it is to guess."""

    def __init__(self, services: Services, parent: QWidget, *, changes: bool) -> None:
        """Ask for a first passphrase, or for another one when the office ``changes`` it."""
        # Not by self.tr: there is no dialog yet.
        tr = partial(QCoreApplication.translate, "ProtectDialog")
        title = tr("Changer la phrase secrète") if changes else tr("Protéger la base")
        super().__init__(services, title, tr("&Changer") if changes else tr("P&rotéger"), parent)
        self._changes = changes
        self._insists = ""
        self._strength: Strength | None = None
        self.passphrase = SecretLine(self.tr("Nouvelle phrase secrète"))
        self.again = SecretLine(self.tr("La même, encore une fois"))
        self.strength = label("", "hint", wraps=True)
        self.propose = button(self.tr("Pr&oposer une phrase"), self._propose)
        self.passphrase.textChanged.connect(self._estimate)
        fields: list[tuple[str, QWidget]] = [
            (self.tr("&Nouvelle phrase secrète"), self.passphrase),
            (self.tr("La &même, encore une fois"), self.again),
        ]
        if changes:
            fields.insert(0, (self.tr("Phrase actuelle, ou clé de &secours"), self.current))
        under = row(self.strength, self.propose)
        under.setStretch(0, 1)
        self.lay_out(self._hint(), fields, under)

    def submit(self) -> None:
        """Take the passphrase if both are the same; a weak one only when asked again."""
        words = self.passphrase.text()
        told = self._strength
        if self.again.text() != words:
            self.complain(self.tr("Les deux saisies diffèrent\u00a0: recommencez."), self.again)
        elif told is not None and told.level is Level.WEAK and self._insists != words:
            self._insists = words
            sentence = self.tr(
                "Cette phrase est faible\u00a0: prenez-en une plus longue, ou validez une seconde "
                "fois pour l’employer quand même."
            )
            self.complain(sentence, self.passphrase)
        else:
            arguments = {"passphrase": words, "current": self.current.text()}
            self.ask(protection.protect, self.passphrase, **arguments)

    def _hint(self) -> str:
        if self._changes:
            return self.tr(
                "La base et ses copies de sauvegarde sont réécrites avec la nouvelle phrase, et "
                "une nouvelle clé de secours est donnée\u00a0: celles d’avant n’ouvrent plus rien."
            )
        return self.tr(
            "La base et ses copies de sauvegarde sont chiffrées\u00a0: sans la phrase secrète, "
            "personne ne lit leurs fichiers. Une clé de secours à imprimer vous est donnée "
            "ensuite. Si la phrase et la clé sont perdues toutes les deux, plus personne ne peut "
            "ouvrir la base."
        )

    def _estimate(self) -> None:
        self._strength = None
        self.complain("")
        self._services.jobs.aside(_strength, words=self.passphrase.text(), done=self._tell)

    def _tell(self, found: tuple[str, Strength]) -> None:
        words, told = found
        if words == self.passphrase.text():  # else something was typed since
            self._strength = told
            self.strength.setText(glue(told.sentence))
            self.strength.setProperty("role", _ROLES[told.level])
            self.strength.style().polish(self.strength)
            self.adjustSize()

    def _propose(self) -> None:
        words = passphrases.proposed()
        self.shown.setChecked(True)
        self.passphrase.setText(words)
        self.again.setText(words)
        self.act.setFocus()


class UnprotectDialog(RewritingDialog):
    """Asks for the passphrase once more before everything is written in the clear."""

    def __init__(self, services: Services, parent: QWidget) -> None:
        """Ask for it."""
        tr = partial(QCoreApplication.translate, "UnprotectDialog")
        title, verb = tr("Retirer la protection"), tr("&Retirer la protection")
        super().__init__(services, title, verb, parent)
        hint = self.tr(
            "La base et ses copies de sauvegarde sont réécrites en clair\u00a0: quiconque peut "
            "lire leurs fichiers lira ce qu’elles contiennent."
        )
        self.lay_out(hint, [(self.tr("Phrase secrète, ou clé de &secours"), self.current)])

    def submit(self) -> None:
        """Take the protection off."""
        self.ask(protection.unprotect, self.current, current=self.current.text())


def _strength(_office: Office, *, words: str) -> tuple[str, Any]:
    return words, passphrases.strength(words)
