"""Asks for a file or a folder, in French throughout; nothing waits for the answer."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QFileDialog,
    QFileIconProvider,
    QHeaderView,
    QSplitter,
    QToolButton,
    QTreeView,
)
from typing_extensions import override

from pan_desktop.gui import theme
from pan_desktop.gui.theme import GRID

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QFileInfo
    from PySide6.QtWidgets import QWidget

_SIZE = (96 * GRID, 56 * GRID)
_PLACES = 20 * GRID
"""How wide the list of places beside the files is."""


def choose_open_path(
    parent: QWidget, title: str, filters: Sequence[str], done: Callable[[Path], object]
) -> None:
    """Ask for a file that exists; ``done`` gets it."""
    dialog = _FileDialog(parent, title)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilters(list(filters))
    dialog.ask(done)


def choose_open_paths(
    parent: QWidget, title: str, filters: Sequence[str], done: Callable[[list[Path]], object]
) -> None:
    """Ask for files that exist; ``done`` gets all of them."""
    dialog = _FileDialog(parent, title)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.setNameFilters(list(filters))
    dialog.filesSelected.connect(lambda names: done([Path(name) for name in names]))
    dialog.ask(lambda _path: None)


def choose_folder(parent: QWidget, title: str, folder: str, done: Callable[[Path], object]) -> None:
    """Ask for a folder, beginning in ``folder``; ``done`` gets it."""
    dialog = _FileDialog(parent, title)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setDirectory(folder)
    dialog.ask(done)


def choose_save_path(
    parent: QWidget,
    title: str,
    path: str,
    filters: Sequence[str],
    done: Callable[[Path], object],
) -> None:
    """Ask where to write a file, proposing ``path``; ``done`` gets the path chosen.

    One that exists is not asked about here: writing it is what asks. A name typed without a suffix
    gets the filter's.
    """
    dialog = _FileDialog(parent, title)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilters(list(filters))
    dialog.propose(Path(path))
    dialog.ask(done)


class _FileDialog(QFileDialog):
    """Qt's or the system's dialog, once above its parent."""

    def ask(self, done: Callable[[Path], object]) -> None:
        """Open, unless another is open already."""
        # What Qt's own translation lacks.
        self._icons = _Icons()
        self.setIconProvider(self._icons)
        self.setLabelText(QFileDialog.DialogLabel.LookIn, self.tr("&Dans le dossier\u00a0:"))
        self.setLabelText(QFileDialog.DialogLabel.FileType, self.tr("&Type de fichier\u00a0:"))
        self.fileSelected.connect(lambda name: done(Path(name)))
        self.finished.connect(self.deleteLater)
        parent = self.parentWidget()
        assert parent is not None
        if any(dialog.isVisible() for dialog in parent.findChildren(QFileDialog)):
            self.deleteLater()
        else:
            self.open()
            self._make_room()

    def _make_room(self) -> None:
        """Give Qt's own dialog room for its words; the system's has none of these parts."""
        files = self.findChild(QTreeView, "treeView")
        parts = self.findChild(QSplitter, "splitter")
        if files is None or parts is None:
            return
        colour = self.palette().color(QPalette.ColorRole.WindowText)
        for name in ("backButton", "forwardButton", "toParentButton"):
            arrow = self.findChild(QToolButton, name)
            if arrow is not None:  # black is Qt's own, on dark too
                arrow.setIcon(theme.inked(arrow.icon(), colour))
        self.resize(*_SIZE)
        parts.setSizes([_PLACES, self.width() - _PLACES])
        header = files.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)

    def propose(self, path: Path) -> None:
        """Propose ``path`` and its filter; the suffix follows the filter chosen."""
        filters = self.nameFilters()
        suffix = path.suffix.lower()
        self.filterSelected.connect(self._follow_filter)
        chosen = next((f for f in filters if suffix and f"*{suffix})" in f), filters[0])
        self.selectNameFilter(chosen)
        self._follow_filter(chosen)
        self.setDirectory(str(path.parent))
        self.selectFile(str(path))

    def _follow_filter(self, chosen: str) -> None:
        self.setDefaultSuffix(chosen.rpartition("*.")[2].rstrip(")"))


class _Icons(QFileIconProvider):
    """Qt's icons and kinds of files, a folder called by its French name."""

    @override
    def type(self, info: QFileInfo) -> str:
        if info.isDir():
            return QCoreApplication.translate("Files", "Dossier")
        return super().type(info)
