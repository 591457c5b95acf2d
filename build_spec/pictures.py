"""Take the pictures of docs/images from the program as it is, on the sample, without a screen.

    make pictures            # all of them
    make pictures ARGS=tenir # those whose name begins so

Each scene is taken at 1280x800 and 1920x1080, light and dark; the manual shows some of them. Those
of safety and of working together are for the manual only, and are taken once.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
import tempfile
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from docx import Document
from PySide6.QtCore import QSettings, QStandardPaths
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPushButton

from pan_desktop.app.first_look import first_look
from pan_desktop.app.office import Office
from pan_desktop.app.people import PersonEdit, add_person
from pan_desktop.app.sample import fill
from pan_desktop.domain.model import Civility
from pan_desktop.gui import theme
from pan_desktop.gui.application import make_application, make_window
from pan_desktop.gui.pages.meeting import MeetingPage
from pan_desktop.gui.pages.page import Place
from pan_desktop.gui.pages.settings import SettingsPage
from pan_desktop.gui.pages.settings_backups import BackupsSection

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtWidgets import QWidget


IMAGES = Path(__file__).resolve().parent.parent / "docs" / "images"
SIZES = ((1280, 800), (1920, 1080))
LOOKS = ((theme.Theme.LIGHT, ""), (theme.Theme.DARK, "-sombre"))
ALSO = {"accueil-1280x800.png": "accueil.png"}
"""Pictures that the manual knows by a shorter name."""

_LONGEST_WAIT = 20.0
_AMPLE = 4.0
_LETTERS = "ABCDE"
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
        self.database = database
        self.window, self.jobs = make_window(str(database), first_look(str(database)))
        self.window.services.preferences.folder = "Documents"
        self.window.show()
        self.jobs.start()
        self.settle()

    def settle(self) -> None:
        """Wait until everything was answered and painted."""
        begun = quiet = time.monotonic()
        while time.monotonic() - quiet < _QUIET and time.monotonic() - begun < _LONGEST_WAIT:
            QApplication.processEvents()
            if not self.jobs.idle:
                quiet = time.monotonic()

    def close(self) -> None:
        """Close the window, what was typed being saved."""
        self.window.close()
        self.jobs.close()
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

    def section(self, name: str) -> QWidget:
        """Show a section of the settings, and return it."""
        self.window.go_to(Place("settings", name))
        self.settle()
        page = self.window._pages["settings"]
        assert isinstance(page, SettingsPage)
        return page.section(name)

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


def backups(studio: Studio) -> QWidget:
    """Show copies made over some days, and one by hand."""
    from pan_desktop.domain.backups import Why
    from pan_desktop.store.safety.copies import keep_copy

    now = datetime.now(UTC)
    for day, why in enumerate((Why.CLOSE, Why.CLOSE, Why.IMPORT, Why.BY_HAND), start=1):
        name = f"Rim INVENTÉE-{_LETTERS[day]}"
        studio.jobs.run(add_person, person=PersonEdit(Civility.MADAME, name))
        studio.settle()
        keep_copy(studio.database, why, now + timedelta(days=day))
    section = studio.section("backups")
    assert isinstance(section, BackupsSection)
    studio.settle()
    section.folder.setText("D:\\Secrétariat\\Sauvegardes")
    section.copies.table.setFocus()
    return studio.window


def protection(studio: Studio) -> QWidget:
    """Show how hard a passphrase is to guess."""
    from pan_desktop.gui.dialogs.protection_dialogs import ProtectDialog

    ProtectDialog(studio.window.services, studio.window, changes=False).open()
    dialog = studio.dialog()
    for field in dialog.findChildren(QLineEdit):
        field.setText("quatre mots pour un exemple")
    return dialog


def doctor(studio: Studio) -> QWidget:
    """Show what was found in a base whose search does not follow any more."""
    with closing(sqlite3.connect(studio.database)) as base, base:
        base.execute("DROP TRIGGER search_on_own_meeting_insert")
    section = studio.section("health")
    button = section.findChildren(QPushButton)[0]
    button.click()
    return studio.window


def reading(studio: Studio) -> QWidget:
    """Show a second window on a base that somebody works in."""
    from pan_desktop.gui.application import Keeping
    from pan_desktop.gui.holder import Held, Holder, hold

    held = hold(str(studio.database), "Mme Salma AZROUNI")
    assert isinstance(held, Held)
    held._holder = Holder("Mme Salma AZROUNI", "POSTE-2", datetime(2026, 11, 26, 8, 5, tzinfo=UTC))
    held.renew()
    studio.meeting(0)
    Keeping(str(studio.database)).begin(studio.window, studio.jobs)
    return studio.window


ONCE: dict[str, Callable[[Studio], QWidget]] = {
    "sauvegardes": backups,
    "protection": protection,
    "verification": doctor,
    "lecture-seule": reading,
}
"""Scenes for the manual alone."""


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


def pictures_once(wanted: str) -> Iterator[str]:
    """Take the pictures of the manual alone; yield each one's name."""
    theme.apply(make_application(), theme.Theme.LIGHT)
    for name, scene in ONCE.items():
        if name.startswith(wanted):
            with tempfile.TemporaryDirectory(prefix="pan-pictures-") as folder:
                studio = Studio(Path(folder))
                studio.window.resize(*SIZES[0])
                shown = scene(studio)
                studio.settle()
                yield _kept(shown, name)
                if isinstance(shown, QDialog):
                    shown.reject()
                studio.close()
    if "a-plusieurs".startswith(wanted):
        from build_spec.shared_picture import shared_meeting  # needs PostgreSQL

        with (
            tempfile.TemporaryDirectory(prefix="pan-pictures-") as folder,
            shared_meeting(Path(folder), _until) as window,
        ):
            _until(lambda: False, _AMPLE)
            yield _kept(window, "a-plusieurs")


def _kept(shown: QWidget, name: str) -> str:
    """Write a picture as small as it gets; return its name."""
    picture = shown.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    picture.save(str(IMAGES / f"{name}.png"), quality=0)
    return f"{name}.png"


def _until(seen: Callable[[], bool], within: float = _LONGEST_WAIT) -> None:
    """Let the windows work until something is so."""
    begun = time.monotonic()
    while not seen() and time.monotonic() - begun < within:
        QApplication.processEvents()


def main() -> int:
    """Take the pictures that the command line names, all without a name."""
    with tempfile.TemporaryDirectory(prefix="pan-pictures-") as preferences:
        QStandardPaths.setTestModeEnabled(True)
        scope = QSettings.Scope.UserScope
        QSettings.setPath(QSettings.Format.IniFormat, scope, preferences)
        wanted = sys.argv[1] if len(sys.argv) > 1 else ""
        for name in (*pictures(wanted), *pictures_once(wanted)):
            print(name)
    return 0


if __name__ == "__main__":
    sys.exit(main())
