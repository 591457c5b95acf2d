"""The program's own look: Fusion, a light and a dark palette, one accent colour, an 8-px grid."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPalette, QPixmap

from pan_desktop import resources

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QApplication

GRID = 8
"""Pixels between things; every margin is a multiple."""


class Theme(StrEnum):
    """Which palette to use."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


_DRESSED = "pan_desktop_dressed"
_LIGHT = {
    "Window": "#f4f5f7",
    "WindowText": "#1d2430",
    "Base": "#ffffff",
    "AlternateBase": "#f0f2f5",
    "Text": "#1d2430",
    "Button": "#ffffff",
    "ButtonText": "#1d2430",
    "BrightText": "#b3261e",
    "Highlight": "#1f5f99",
    "HighlightedText": "#ffffff",
    "Accent": "#1f5f99",
    "Link": "#1f5f99",
    "ToolTipBase": "#1d2430",
    "ToolTipText": "#ffffff",
    "PlaceholderText": "#5f6b7a",
    "Light": "#ffffff",
    "Midlight": "#e6e9ee",
    "Mid": "#cfd5de",
    "Dark": "#a9b2bf",
    "Shadow": "#7a8494",
}
_DARK = {
    "Window": "#1b1f26",
    "WindowText": "#e6e9ee",
    "Base": "#232831",
    "AlternateBase": "#2a303a",
    "Text": "#e6e9ee",
    "Button": "#2d343f",
    "ButtonText": "#e6e9ee",
    "BrightText": "#ff8a80",
    "Highlight": "#2f72b0",
    "HighlightedText": "#ffffff",
    "Accent": "#6aaeea",
    "Link": "#6aaeea",
    "ToolTipBase": "#e6e9ee",
    "ToolTipText": "#1b1f26",
    "PlaceholderText": "#98a3b3",
    "Light": "#3a424f",
    "Midlight": "#333b47",
    "Mid": "#424b59",
    "Dark": "#11141a",
    "Shadow": "#0b0d11",
}
_DISABLED = {"light": "#8a94a3", "dark": "#6d7786"}

_SHEET = """
* {{ outline: none; }}
QLabel[role="title"] {{ font-size: 17pt; font-weight: 600; }}
QLabel[role="section"] {{ font-size: 11pt; font-weight: 600; }}
QLabel[role="link"] {{ color: {accent}; }}
QLabel[role="strong"] {{ font-weight: 600; }}
QLabel[role="hint"], QLabel[role="keys"] {{ color: {hint}; }}
QLabel[role="figure"] {{ font-size: 22pt; font-weight: 600; color: {accent}; }}
QLabel[role="error"] {{ color: {wrong}; }}
QFrame[role="card"] {{ background: {base}; border: 1px solid {line}; border-radius: 6px; }}
QWidget#rail {{ background: {rail}; border-right: 1px solid {line}; }}
QWidget#rail QToolButton {{
  border: none; border-radius: 6px; padding: 8px 4px; color: {text}; min-width: 84px;
}}
QWidget#rail QToolButton:hover {{ background: {hover}; }}
QWidget#rail QToolButton:checked {{ background: {chosen}; color: {accent}; font-weight: 600; }}
QWidget#rail QToolButton:focus {{ border: 2px solid {accent}; }}
QFrame#notice {{ background: {notice}; border: none; border-top: 1px solid {line}; }}
QFrame#notice[level="error"] {{ background: {error}; }}
QTableView, QListView, QTreeView, QTextEdit, QPlainTextEdit {{
  border: 1px solid {line}; border-radius: 6px; background: {base}; padding: 1px;
}}
QTableView, QListView, QTreeView {{
  selection-background-color: {chosen}; selection-color: {text};
}}
QTableView::item {{ padding: 0 5px; border: none; border-bottom: 1px solid {hover}; }}
QTableView:focus, QListView:focus, QTreeView:focus, QTextEdit:focus, QPlainTextEdit:focus {{
  border: 2px solid {accent}; padding: 0;
}}
QListView[role="proposals"], QListView[role="proposals"]:focus {{
  border: 1px solid {edge}; border-radius: 0; padding: 1px;
}}
QListView[role="proposals"]::item {{ padding: 6px 8px; }}
QListView[role="proposals"]::item:selected {{ background: {chosen}; color: {text}; }}
QListView[role="sections"], QListView[role="sections"]:focus {{
  border: none; background: transparent; padding: 2px;
}}
QListView[role="sections"]::item {{
  border: 2px solid transparent; border-radius: 6px; padding: 7px 10px; color: {text};
}}
QListView[role="sections"]::item:hover {{ background: {hover}; }}
QListView[role="sections"]::item:selected {{ background: {chosen}; color: {accent}; }}
QListView[role="sections"]::item:selected:focus {{ border-color: {accent}; }}
QHeaderView::section {{
  background: {base}; color: {hint}; border: none; border-bottom: 1px solid {line};
  padding: 6px 8px;
}}
QLineEdit, QComboBox, QSpinBox, QDateEdit, QTimeEdit {{
  border: 1px solid {line}; border-radius: 4px; padding: 4px 8px; min-height: 22px;
  background: {base};
}}
QLineEdit:focus, QComboBox:focus, QSpinBox:focus, QDateEdit:focus, QTimeEdit:focus {{
  border: 2px solid {accent}; padding: 3px 7px;
}}
QLineEdit:read-only, QLineEdit:disabled, QTextEdit:read-only, QPlainTextEdit:read-only {{
  background: {fixed};
}}
QComboBox::drop-down {{ border: none; width: 28px; }}
QComboBox::down-arrow {{ image: url({icons}/chevron.svg); width: 16px; height: 16px; }}
QRadioButton, QCheckBox {{
  border: 2px solid transparent; border-radius: 4px; padding: 2px 4px 2px 0;
}}
QRadioButton:focus, QCheckBox:focus {{ border-color: {accent}; }}
QRadioButton::indicator, QCheckBox::indicator, QAbstractItemView::indicator {{
  width: 14px; height: 14px; border: 1px solid {edge}; border-radius: 8px; background: {base};
}}
QCheckBox::indicator, QAbstractItemView::indicator {{ border-radius: 3px; }}
QRadioButton::indicator:checked {{
  width: 6px; height: 6px; border: 5px solid {accent}; background: {base};
}}
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked {{
  border-color: {fill}; background: {fill}; image: url({icons}/tick.svg);
}}
QSpinBox {{ min-height: 19px; }}
QSpinBox::up-button, QSpinBox::down-button {{ width: 0; border: none; }}
QSpinBox QLineEdit, QSpinBox QLineEdit:focus {{
  border: none; padding: 0; min-height: 0; background: transparent;
}}
QTableView QLineEdit, QTableView QLineEdit:focus {{
  border-radius: 0; padding: 0; min-height: 0;
}}
QPushButton {{
  border: 1px solid {line}; border-radius: 4px; padding: 6px 16px; background: {button};
}}
QPushButton:hover {{ background: {hover}; }}
QPushButton:focus {{ border: 2px solid {accent}; padding: 5px 15px; }}
QPushButton[role="main"] {{ background: {fill}; border-color: {fill}; color: #ffffff; }}
QPushButton[role="main"]:focus {{ border: 2px solid {text}; }}
QPushButton[role="row"] {{ border: 2px solid transparent; background: transparent; padding: 0; }}
QPushButton[role="row"]:hover {{ background: {hover}; }}
QPushButton[role="row"]:focus {{ border-color: {accent}; }}
QPushButton:disabled {{ color: {disabled}; background: {line}; border-color: {line}; }}
QTabWidget::pane {{ border: none; }}
QTabBar::tab {{
  padding: 8px 16px; border: none; border-bottom: 3px solid transparent; color: {hint};
}}
QTabBar::tab:selected {{ color: {text}; border-bottom-color: {accent}; }}
QTabBar::tab:focus {{
  color: {text}; border: 2px solid {accent}; border-bottom-width: 3px; border-radius: 4px;
  padding: 6px 14px 8px 14px;
}}
QSplitter::handle {{ background: transparent; }}
"""


def apply(application: QApplication, theme: Theme) -> None:
    """Give the whole application the look of ``theme``."""
    dark = is_dark(theme)
    colours = _DARK if dark else _LIGHT
    faded = QColor(_DISABLED["dark" if dark else "light"])
    application.setProperty(_DRESSED, True)
    application.setPalette(palette(dark=dark))
    application.setStyleSheet(
        _SHEET.format(
            text=colours["Text"],
            wrong=colours["BrightText"],
            edge="#76818f",
            icons=resources.path("icons/tick.svg").parent.as_posix(),
            hint=colours["PlaceholderText"],
            base=colours["Base"],
            fixed=colours["Window"],
            button=colours["Button"],
            line=colours["Mid"],
            accent=colours["Accent"],
            fill=colours["Highlight"],
            hover=colours["Midlight"],
            chosen="#27445f" if dark else "#dde9f5",
            rail="#171a20" if dark else "#eaedf1",
            notice="#27445f" if dark else "#dde9f5",
            error="#5c2b29" if dark else "#fbe4e2",
            disabled=faded.name(),
        )
    )


def palette(*, dark: bool) -> QPalette:
    """Return the program's colours, also for what is painted for paper whatever the window is."""
    made = QPalette()
    for name, colour in (_DARK if dark else _LIGHT).items():
        made.setColor(QPalette.ColorRole[name], QColor(colour))
    faded = QColor(_DISABLED["dark" if dark else "light"])
    for role in ("WindowText", "Text", "ButtonText"):
        made.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole[role], faded)
    return made


def follow_system(application: QApplication, chosen: Callable[[], Theme]) -> None:
    """Look as the system prefers, now and when it turns dark in the evening, if ``chosen`` so."""

    def follow() -> None:
        if chosen() is Theme.SYSTEM:
            apply(application, Theme.SYSTEM)

    application.styleHints().colorSchemeChanged.connect(follow)
    shown_dark = application.palette().color(QPalette.ColorRole.Window).lightness() < 128
    if shown_dark is not is_dark(chosen()):
        follow()


def is_dark(theme: Theme) -> bool:
    """Tell whether ``theme`` means the dark palette on this machine, now."""
    if theme is not Theme.SYSTEM:
        return theme is Theme.DARK
    application = QGuiApplication.instance()
    if application is None or not application.property(_DRESSED):
        # The palette is still the system's own. Asking Qt what the system prefers loads all of
        # Qt's enumerations, which the first paint does not wait for.
        return QGuiApplication.palette().color(QPalette.ColorRole.Window).lightness() < 128
    from PySide6.QtCore import Qt

    return QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark


def icon(name: str, colour: QColor) -> QIcon:
    """Return an icon of the program's family in one colour."""
    return inked(QIcon(str(resources.path(f"icons/{name}.svg"))), colour)


def inked(drawn: QIcon, colour: QColor) -> QIcon:
    """Return the shape of an icon in one colour."""
    tinted = QIcon()
    for size in (20, 40):
        shape: QPixmap = drawn.pixmap(size, size)
        ink = QPixmap(shape.size())
        ink.setDevicePixelRatio(shape.devicePixelRatio())
        ink.fill(colour)
        painter = QPainter(shape)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
        painter.drawPixmap(0, 0, ink)
        painter.end()
        tinted.addPixmap(shape)
    return tinted
