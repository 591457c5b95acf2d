"""Offers, at the start, what there is of a database that is not in its place any more."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMessageBox

from pan_desktop.app import lost
from pan_desktop.app.first_look import database_file
from pan_desktop.app.lost import Left
from pan_desktop.domain.calendar import moment_in_words
from pan_desktop.domain.typography import glue
from pan_desktop.gui.holder import hold

if TYPE_CHECKING:
    from pathlib import Path

    from pan_desktop.app.lost import Trace


class Chosen(Enum):
    """What is done about a database that is not in its place."""

    BACK = "back"
    """What there was of it is in its place again."""
    EMPTY = "empty"
    """An empty one is begun, also where there never was another."""
    LEAVE = "leave"
    """Nothing: the program ends, and the file is looked for."""


def offer(database: str, data: Path) -> Chosen:
    """Ask whether to put back what there is of a missing database, and do so.

    Raises StoreReadOnlyError when it cannot be written, HeldError when a window still works in
    it under another name; nothing is created then.
    """
    trace, file = lost.trace_of(database, data), database_file(database)
    if trace is None or file is None:
        return Chosen.EMPTY
    if trace.left is Left.RENAMED and (held := hold(str(trace.file))) is not None:
        held.release()
    text, button = _words_for(trace, file)
    box = QMessageBox(QMessageBox.Icon.Question, "PAN Desktop", glue(text))
    back = box.addButton(button, QMessageBox.ButtonRole.AcceptRole)
    empty = box.addButton(_words("&Commencer une base vide"), QMessageBox.ButtonRole.ActionRole)
    leave = box.addButton(_words("&Quitter"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(back)
    box.setEscapeButton(leave)
    box.exec()
    if box.clickedButton() is back:
        lost.bring_back(database, trace)
        return Chosen.BACK
    return Chosen.EMPTY if box.clickedButton() is empty else Chosen.LEAVE


def _words_for(trace: Trace, file: Path) -> tuple[str, str]:
    """Return the question and the button that says yes."""
    at = moment_in_words(trace.at)
    if trace.left is Left.WHOLE:
        words = _words(
            "La base «\u00a0{}\u00a0» n’est plus à sa place. Une copie entière, prise le {} quand "
            "elle a disparu, est gardée sur cet ordinateur\u00a0: la remettre à sa place\u202f?"
        )
        return words.format(file.name, at), _words("&Remettre la copie")
    if trace.left is Left.RENAMED:
        words = _words(
            "La base «\u00a0{}\u00a0» n’est plus à sa place\u00a0: elle se trouve à côté, sous le "
            "nom «\u00a0{}\u00a0». Lui rendre son nom\u202f?"
        )
        return words.format(file.name, trace.file.name), _words("Lui &rendre son nom")
    words = _words(
        "La base «\u00a0{}\u00a0» n’est plus à sa place. Si elle a été déplacée, quittez et "
        "remettez-la dans le dossier «\u00a0{}\u00a0». Sinon, sa dernière copie de sauvegarde est "
        "du {}\u00a0: la mettre à sa place\u202f?"
    )
    return words.format(file.name, file.parent, at), _words("&Reprendre la copie")


def _words(text: str) -> str:
    return QCoreApplication.translate("LostBase", text)
