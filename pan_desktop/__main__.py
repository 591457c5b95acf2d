"""Composition root: the window, or the command line.

Opening the window is what a secretary waits for, so nothing that only the command line needs is
loaded on the way to it.
"""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pan_desktop.documents.model import Document
    from pan_desktop.domain.keys import Key

NO_SCREEN = (
    "La fenêtre ne peut pas s’ouvrir, cette machine n’ayant pas d’écran : rien n’a été fait. "
    "Les commandes restent possibles ; « pan-desktop --help » en donne la liste.\n"
)
_started: list[object] = []
"""Qt's application, where only the command line needed it."""
_SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program with command-line ``arguments`` and return its exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if not words:
        return _window(default_database())
    if len(words) == 2 and words[0] == "--database" and not words[1].startswith("-"):
        return _window(words[1])
    from pan_desktop.command_line import run

    ended = run(words, default_database, _pages)
    return ended if isinstance(ended, int) else _window(*ended)


def default_database() -> str:
    """Return the shared office that was chosen, else the path of the user's own database.

    Its folder is made; that of a database named by hand never is: a disk may be missing.
    """
    from pan_desktop.app.places import chosen

    data = data_folder()
    with suppress(OSError):  # told when the database is opened
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
    return chosen(data) or str(data / "pan-desktop.sqlite3")


def data_folder() -> Path:
    """Return the program's own folder, in the system's place for such data."""
    from platformdirs import user_data_path

    return user_data_path("PAN Desktop", appauthor=False)


def _pages(document: Document) -> bytes:
    """Return a document's pages as a PDF; Qt is started for it, without a screen."""
    from PySide6.QtGui import QGuiApplication

    from pan_desktop.gui.preview.printing import pdf

    if QGuiApplication.instance() is None:
        if sys.platform == "linux":  # elsewhere there is always a screen, and it knows the fonts
            os.environ["QT_QPA_PLATFORM"] = "offscreen"
        # Kept by Qt until the process ends; pages cannot be laid out without it.
        _started.append(QGuiApplication([]))
    return pdf(document)


def _window(database: str, key: Key | None = None) -> int:
    if sys.platform == "linux" and not any(map(os.environ.get, _SCREENS)):
        sys.stderr.write(NO_SCREEN)
        return 2
    # Loading makes no garbage; looking for it all the same would delay the first frame. The
    # window collects by itself once it works (gui/garbage.py).
    gc.disable()
    from pan_desktop.gui.application import run

    return run(database, key, data_folder)


if __name__ == "__main__":
    sys.exit(main())
