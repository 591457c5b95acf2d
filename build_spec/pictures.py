"""Take the pictures of docs/images from the program as it is, on the sample, without a screen.

    make pictures            # all of them
    make pictures ARGS=tenir # those whose name begins so

Each scene is taken at 1280x800 and 1920x1080, light and dark; the manual shows some of them.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from docx import Document
from PySide6.QtCore import QSettings, QStandardPaths
from PySide6.QtWidgets import QApplication, QDialog

from pan_desktop.app.first_look import first_look
from pan_desktop.app.office import Office
from pan_desktop.app.sample import fill
from pan_desktop.gui import theme
from pan_desktop.gui.application import make_application, make_window
from pan_desktop.gui.pages.meeting import MeetingPage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtWidgets import QWidget


IMAGES = Path(__file__).resolve().parent.parent / "docs" / "images"
SIZES = ((1280, 800), (1920, 1080))
LOOKS = ((theme.Theme.LIGHT, ""), (theme.Theme.DARK, "-sombre"))
ALSO = {"accueil-1280x800.png": "accueil.png"}
"""Pictures that the manual knows by a shorter name."""

_LONGEST_WAIT = 20.0
_QUIET = 0.5
"""In seconds: what is checked and painted a moment after the last change has come by then."""


class Studio:
    """One window on a sample of its own, and what is to be seen in it."""

    def __init__(self, folder: Path) -> None:
        """Fill a database in ``folder`` and open the window on it."""
        database = folder / "exemple.sqlite3"
        office = Office(str(database))
        self.meetings = office.run(fill).result
        office.close()
        self.folder = folder
        self.window, self._jobs = make_window(str(database), first_look(str(database)))
        self.window.services.preferences.folder = "Documents"
        self.window.show()
        self._jobs.start()
        self.settle()

    def settle(self) -> None:
        """Wait until everything was answered and painted."""
        begun = quiet = time.monotonic()
        while time.monotonic() - quiet < _QUIET and time.monotonic() - begun < _LONGEST_WAIT:
            QApplication.processEvents()
            if not self._jobs.idle:
                quiet = time.monotonic()

    def close(self) -> None:
        """Close the window, what was typed being saved."""
        self.window.close()
        self._jobs.close()
        self.window.deleteLater()
        QApplication.processEvents()

    def meeting(self, moment: int) -> MeetingPage:
        """Show the latest meeting in one of its moments."""
        self.window.open_meeting(self.meetings[-1])
        self.settle()
        page = self.window._pages["meeting"]
        assert isinstance(page, MeetingPage)
        page.ui.moments.setCurrentIndex(moment)
        self.settle()
        return page

    def dialog(self) -> QDialog:
        """Return the dialog that is open."""
        self.settle()
        found = QApplication.activeModalWidget()
        assert isinstance(found, QDialog)
        return found


def home(studio: Studio) -> QWidget:
    """Show the first page."""
    studio.window.go("home")
    return studio.window


def prepare(studio: Studio) -> QWidget:
    """Show a meeting being prepared."""
    studio.meeting(0)
    return studio.window


def hold(studio: Studio) -> QWidget:
    """Show points being taken, the preview beside them."""
    page = studio.meeting(1)
    page.hold.enter_points()
    return studio.window


def conclude(studio: Studio) -> QWidget:
    """Show the relevé being checked and exported."""
    studio.meeting(2)
    return studio.window


def importing(studio: Studio) -> QWidget:
    """Show a relevé from Word, line by line."""
    from pan_desktop.gui.dialogs.releve_file import import_file

    file = studio.folder / "Relevé du 17 novembre 2025.docx"
    file.write_bytes(by_hand())
    import_file(studio.window.services, studio.window, file)
    return studio.dialog()


def importing_people(studio: Studio) -> QWidget:
    """Show the people whom a relevé from Word names."""
    from pan_desktop.gui.dialogs.word_dialog import WordDialog

    dialog = importing(studio)
    assert isinstance(dialog, WordDialog)
    dialog.tabs.setCurrentIndex(1)
    dialog.people.setFocus()
    return dialog


def templates(studio: Studio) -> QWidget:
    """Show house templates, their parts and the preview."""
    from pan_desktop.gui.dialogs.document_templates import DocumentTemplatesDialog

    DocumentTemplatesDialog(studio.window.services, studio.window).open()
    return studio.dialog()


SCENES: dict[str, Callable[[Studio], QWidget]] = {
    "accueil": home,
    "preparer": prepare,
    "tenir": hold,
    "conclure": conclude,
    "import": importing,
    "import-personnes": importing_people,
    "modeles": templates,
}


def by_hand() -> bytes:
    """Return a relevé as somebody types it in Word."""
    paper = Document()
    for line in (
        "*RÉUNION DU COMITÉ D’IMPLÉMENTATION",
        "*Relevé des conclusions",
        "*Date de la réunion",
        "Lundi 17 novembre 2025 (à 9h)",
        "*Participants :",
        "- M. Youssef BELGHAMRI, point focal engagements 1, 2 et 5",
        "- Mme. AZROUNI Salma, point focal engagement 3",
        "- M. K. Ouarghi, point focal engagement 7",
        "- Dominique ESSAI, point focal engagement 9",
        "*Ordre du jour :",
        "- État d’avancement des engagements 2024-2027",
        "- Questions diverses",
        "*Points retenus :",
        "*État d’avancement des engagements 2024-2027 :",
        "- Avancement global du Plan d’action national : 55,5 %",
        "- Engagements complétés à 100 % : 2 et 5",
        "*Questions diverses :",
        "- Le marché sera lancé au 1 er trimestre 2026.",
        "- La prochaine réunion aura lieu en février.",
    ):
        paper.add_paragraph().add_run(line.lstrip("*")).bold = line.startswith("*")
    stream = BytesIO()
    paper.save(stream)
    return stream.getvalue()


def pictures(wanted: str) -> Iterator[str]:
    """Take the pictures whose names begin with ``wanted``; yield each one's name."""
    application = make_application()
    for look, ending in LOOKS:
        theme.apply(application, look)
        for width, height in SIZES:
            for name, scene in SCENES.items():
                if not name.startswith(wanted):
                    continue
                with tempfile.TemporaryDirectory(prefix="pan-pictures-") as folder:
                    studio = Studio(Path(folder))
                    studio.window.resize(width, height)
                    shown = scene(studio)
                    studio.settle()
                    file = f"{name}-{width}x{height}{ending}.png"
                    shown.grab().save(str(IMAGES / file))
                    if isinstance(shown, QDialog):
                        shown.reject()
                    studio.close()
                if file in ALSO:
                    shutil.copy(IMAGES / file, IMAGES / ALSO[file])
                yield file


def main() -> int:
    """Take the pictures that the command line names, all without a name."""
    with tempfile.TemporaryDirectory(prefix="pan-pictures-") as preferences:
        QStandardPaths.setTestModeEnabled(True)
        scope = QSettings.Scope.UserScope
        QSettings.setPath(QSettings.Format.IniFormat, scope, preferences)
        for name in pictures(sys.argv[1] if len(sys.argv) > 1 else ""):
            print(name)
    return 0


if __name__ == "__main__":
    sys.exit(main())
