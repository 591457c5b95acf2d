"""Offers, at the start, the copy of a database that disappeared while it was open."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMessageBox

from pan_desktop.app import safety
from pan_desktop.app.first_look import database_file
from pan_desktop.domain.calendar import moment_in_words

if TYPE_CHECKING:
    from pathlib import Path


def offer(database: str, data: Path) -> bool:
    """Ask whether to put the copy back, where there is one; tell whether it was.

    Raises StoreReadOnlyError when it cannot be written; nothing is created then.
    """
    copy, file = safety.lost(database, data), database_file(database)
    if copy is None or file is None:
        return False
    at = datetime.fromtimestamp(copy.stat().st_mtime, UTC).astimezone()
    box = QMessageBox(
        QMessageBox.Icon.Question,
        "PAN Desktop",
        _words(
            "La base «\u00a0{}\u00a0» n’est plus à sa place. Une copie entière, prise le {} quand "
            "elle a disparu, est gardée sur cet ordinateur\u00a0: la remettre à sa place\u202f?"
        ).format(file.name, moment_in_words(at)),
    )
    back = box.addButton(_words("&Remettre la copie"), QMessageBox.ButtonRole.AcceptRole)
    box.addButton(_words("&Commencer une base vide"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(back)
    box.exec()
    if box.clickedButton() is not back:
        return False
    safety.bring_back(database, copy)
    return True


def _words(text: str) -> str:
    return QCoreApplication.translate("LostBase", text)
