"""Settings: how the window looks."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QWidget

from pan_desktop.gui import theme
from pan_desktop.gui.forms.ui_settings_look import Ui_SettingsLook
from pan_desktop.gui.pages.page import Page
from pan_desktop.gui.theme import Theme

if TYPE_CHECKING:
    from pan_desktop.gui.pages.page import Services


class LookSection(Page):
    """Light, dark, or as the system is."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        """Make the section with what this machine prefers."""
        super().__init__(services, parent)
        self.ui = Ui_SettingsLook()
        self.ui.setupUi(self)
        looks = {
            Theme.SYSTEM: self.ui.system,
            Theme.LIGHT: self.ui.light,
            Theme.DARK: self.ui.dark,
        }
        looks[services.preferences.theme].setChecked(True)
        for look, button in looks.items():
            button.clicked.connect(partial(self._use_look, look))

    def refresh(self) -> None:
        """Ask for nothing: the look belongs to this machine."""

    def _use_look(self, look: Theme, _checked: bool = True) -> None:
        self.services.preferences.theme = look
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        theme.apply(application, look)
