"""The dialogs that ask for a file or a folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QToolButton, QTreeView

from pan_desktop.gui import theme
from pan_desktop.gui.dialogs.files import choose_folder, choose_open_path, choose_save_path
from pan_desktop.gui.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from tests.gui.conftest import Driver

Key = Qt.Key
# Qt's offscreen platform says so of every list that opens.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
WORD, DATA = "Document Word (*.docx)", "Données releve/1 (*.json)"
ASKS: tuple[Callable[[QWidget, Path], None], ...] = (
    lambda parent, folder: choose_open_path(parent, "Importer", [DATA], print),
    lambda parent, folder: choose_folder(parent, "Dossier", str(folder), print),
    lambda parent, folder: choose_save_path(
        parent, "Exporter", str(folder / "a.docx"), [WORD], print
    ),
)


def shown(driver: Driver) -> QFileDialog:
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, QFileDialog)
    dialog.activateWindow()
    driver.qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


@pytest.mark.parametrize("ask", ASKS, ids=("open", "folder", "save"))
def test_every_label_is_french(
    driver: Driver, tmp_path: Path, ask: Callable[[QWidget, Path], None]
) -> None:
    ask(driver.window, tmp_path)
    ask(driver.window, tmp_path)  # once is enough
    labels = {label.text() for label in shown(driver).findChildren(QLabel)}
    assert {"&Dans le dossier\u00a0:", "&Type de fichier\u00a0:"} <= labels
    assert labels <= {
        *("&Dans le dossier\u00a0:", "&Type de fichier\u00a0:"),
        *("&Nom de fichier\u00a0:", "Dossier\u00a0:"),
    }
    driver.press(Key.Key_Escape)
    driver.qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)


@pytest.mark.parametrize("look", [Theme.LIGHT, Theme.DARK])
def test_what_the_list_of_files_says_is_french_and_whole(
    driver: Driver, tmp_path: Path, look: Theme
) -> None:
    (tmp_path / "Relevés").mkdir()
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    theme.apply(application, look)
    choose_save_path(driver.window, "Exporter", str(tmp_path / "a.docx"), [WORD], print)
    dialog = shown(driver)
    files = dialog.findChild(QTreeView, "treeView")
    assert isinstance(files, QTreeView)
    model, top = files.model(), files.rootIndex()
    driver.qtbot.waitUntil(lambda: model.rowCount(top) > 0)
    kinds = {model.index(row, 2, top).data() for row in range(model.rowCount(top))}
    assert "Dossier" in kinds
    header = files.header()
    for column in range(1, header.count()):
        words = model.headerData(column, Qt.Orientation.Horizontal)
        assert header.fontMetrics().horizontalAdvance(words) < header.sectionSize(column)
    arrow = dialog.findChild(QToolButton, "toParentButton")
    assert isinstance(arrow, QToolButton)
    picture = arrow.icon().pixmap(20, 20).toImage()
    found = {
        picture.pixelColor(x, y).name()
        for x in range(picture.width())
        for y in range(picture.height())
        if picture.pixelColor(x, y).alpha() == 255
    }
    ink = dialog.palette().windowText().color().name()
    theme.apply(application, Theme.LIGHT)
    assert found == {ink}


def test_a_path_to_write_is_proposed_and_taken(driver: Driver, tmp_path: Path) -> None:
    chosen: list[Path] = []
    proposed = str(tmp_path / "Relevé.json")
    choose_save_path(driver.window, "Exporter", proposed, [WORD, DATA], chosen.append)
    assert shown(driver).selectedNameFilter() == DATA
    assert shown(driver).selectedFiles() == [proposed]
    driver.press(Key.Key_Return)
    driver.qtbot.waitUntil(lambda: bool(chosen))
    assert chosen == [Path(proposed)]


def test_a_name_without_suffix_gets_the_filter_s(driver: Driver, tmp_path: Path) -> None:
    chosen: list[Path] = []
    proposed = str(tmp_path / "a.docx")
    choose_save_path(driver.window, "Exporter", proposed, [WORD, DATA], chosen.append)
    shown(driver)
    driver.control(Key.Key_A)
    driver.type("autre\n")
    driver.qtbot.waitUntil(lambda: bool(chosen))
    assert chosen == [tmp_path / "autre.docx"]
