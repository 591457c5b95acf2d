"""Settings: where the database lies."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from pan_desktop import __version__
from pan_desktop.app import joining_office
from pan_desktop.gui.forms.ui_settings_database import Ui_SettingsDatabase
from pan_desktop.gui.pages.page import Page
from pan_desktop.gui.pages.settings_place import PlaceCard

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pan_desktop.app.office import Office
    from pan_desktop.gui.pages.page import Services


class DatabaseSection(Page):
    """The place of the database, and the program's version."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        """Make the section; the place comes when it is first seen."""
        super().__init__(services, parent)
        self.ui = Ui_SettingsDatabase()
        self.ui.setupUi(self)
        self.ui.version.setText(f"PAN Desktop {__version__}")
        self.ui.openFolder.clicked.connect(self._open_folder)
        self.place = PlaceCard(services)
        self.ui.column.insertWidget(self.ui.column.indexOf(self.ui.databaseCard) + 1, self.place)
        self.jobs.relocated.connect(self.show_database)

    def refresh(self) -> None:
        """Ask which database it is."""
        self.jobs.call(_where, done=self.show_database)

    def show_database(self, database: str) -> None:
        """Show where ``database`` (a file or a URL) is, without its password."""
        served = "://" in database
        where = joining_office.shown(database) if served else str(Path(database).absolute())
        self.ui.database.setText(where)
        self.ui.database.setCursorPosition(0)
        for widget in (self.ui.openFolder, self.ui.databaseHint):
            widget.setVisible(not served)
        self.place.setVisible(not served)

    def _open_folder(self) -> None:
        folder = Path(self.ui.database.text()).parent
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


def _where(office: Office) -> str:
    return office.database
