"""The page of settings: a list of sections beside the one that is shown.

Each section is a page of its own in a module ``settings_*``, made when it is first shown: it
refreshes by itself, and only when seen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListWidgetItem, QScrollArea, QWidget

from pan_desktop.gui.forms.ui_settings_page import Ui_SettingsPage
from pan_desktop.gui.pages.page import Page
from pan_desktop.gui.theme import GRID

if TYPE_CHECKING:
    from collections.abc import Callable

    from pan_desktop.gui.pages.page import Place, Services

RELEVE, SENTENCES, DOCUMENTS, LOOK, PRIVACY, PROTECTION, DATABASE, BACKUPS, HEALTH, SHARED = (
    "releve",
    "sentences",
    "documents",
    "look",
    "privacy",
    "protection",
    "database",
    "backups",
    "health",
    "shared",
)
_WIDEST = 960


class Section(NamedTuple):
    """A section of the settings: its name in ``Place.what``, its words, and who makes it."""

    name: str
    title: str
    make: Callable[[Services], Page]


class SettingsPage(Page):
    """What can be chosen; every choice holds at once, and nothing is to be confirmed."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        """Make the page on its first section; the others come when they are chosen."""
        super().__init__(services, parent)
        self.ui = Ui_SettingsPage()
        self.ui.setupUi(self)
        self._known = self._sections()
        self._made: dict[str, Page] = {}
        self._shown: dict[str, QScrollArea] = {}
        for section in self._known:
            self.ui.sections.addItem(QListWidgetItem(section.title))
        self.ui.sections.currentRowChanged.connect(self._show)
        self.ui.sections.setCurrentRow(0)

    def refresh(self) -> None:
        """Ask for nothing: each section refreshes itself."""

    def enter(self) -> None:
        """Put the focus on the list of sections."""
        self.ui.sections.setFocus()

    def reveal(self, place: Place) -> None:
        """Show the section that ``place.what`` names."""
        names = [section.name for section in self._known]
        if place.what in names:
            self.ui.sections.setCurrentRow(names.index(place.what))

    def section(self, name: str) -> Page:
        """Return the section of that name, made when it was not yet."""
        if name not in self._made:
            known = next(section for section in self._known if section.name == name)
            page = known.make(self.services)
            self._made[name] = page
            self._shown[name] = _scrolled(page)
            self.ui.stack.addWidget(self._shown[name])
        return self._made[name]

    def _show(self, row: int) -> None:
        name = self._known[row].name
        self.section(name)
        self.ui.stack.setCurrentWidget(self._shown[name])

    def _sections(self) -> tuple[Section, ...]:
        return (
            Section(RELEVE, self.tr("Relevé"), _releve),
            Section(SENTENCES, self.tr("Phrases usuelles"), _sentences),
            Section(DOCUMENTS, self.tr("Documents"), _documents),
            Section(LOOK, self.tr("Apparence"), _look),
            Section(PRIVACY, self.tr("Journal et données"), _privacy),
            Section(PROTECTION, self.tr("Protection"), _protection),
            Section(DATABASE, self.tr("Base de données"), _database),
            Section(BACKUPS, self.tr("Sauvegardes"), _backups),
            Section(HEALTH, self.tr("Vérification"), _health),
            Section(SHARED, self.tr("Base partagée"), _shared),
        )


def _scrolled(page: Page) -> QScrollArea:
    """Return the section in an area that scrolls, no wider than one can read."""
    page.setMaximumWidth(_WIDEST)
    inside = QWidget()
    row = QHBoxLayout(inside)
    row.setContentsMargins(GRID, 0, 3 * GRID, 2 * GRID)
    row.addWidget(page, _WIDEST)
    row.addStretch(1)
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Tab goes from the list into the section
    area.setWidgetResizable(True)
    area.setWidget(inside)
    return area


def _releve(services: Services) -> Page:
    from pan_desktop.gui.pages.settings_releve import ReleveSection

    return ReleveSection(services)


def _sentences(services: Services) -> Page:
    from pan_desktop.gui.pages.settings_sentences import SentencesSection

    return SentencesSection(services)


def _documents(services: Services) -> Page:
    from pan_desktop.gui.pages.settings_documents import DocumentsSection

    return DocumentsSection(services)


def _look(services: Services) -> Page:
    from pan_desktop.gui.pages.settings_look import LookSection

    return LookSection(services)


def _privacy(services: Services) -> Page:
    from pan_desktop.gui.pages.settings_privacy import PrivacySection

    return PrivacySection(services)


def _protection(services: Services) -> Page:
    from pan_desktop.gui.pages.settings_protection import ProtectionSection

    return ProtectionSection(services)


def _database(services: Services) -> Page:
    from pan_desktop.gui.pages.settings_database import DatabaseSection

    return DatabaseSection(services)


def _health(services: Services) -> Page:
    from pan_desktop.gui.pages.settings_health import HealthSection

    return HealthSection(services)


def _backups(services: Services) -> Page:
    from pan_desktop.gui.pages.settings_backups import BackupsSection

    return BackupsSection(services)


def _shared(services: Services) -> Page:
    from pan_desktop.gui.pages.settings_shared import SharedSection

    return SharedSection(services)
