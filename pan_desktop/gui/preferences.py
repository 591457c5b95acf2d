"""What this machine remembers of its user: the look, the folder of exports, the style.

It stays on the machine, apart from the office's own settings, which are in the store.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QFileInfo, QSettings, QStandardPaths

from pan_desktop.domain.typography import Typography
from pan_desktop.gui.theme import Theme

if TYPE_CHECKING:
    from PySide6.QtCore import QByteArray


class ListPreferences:
    """How one list is shown: the columns hidden and the order, kept at once."""

    def __init__(self, kept: QSettings, name: str) -> None:
        """Keep it under ``name``."""
        self._kept = kept
        self._name = f"lists/{name}"

    @property
    def hidden(self) -> list[str]:
        """Return the headings of the columns that are not shown."""
        value: Any = self._kept.value(f"{self._name}/hidden", [])
        return [value] if isinstance(value, str) else [str(each) for each in value or []]

    @hidden.setter
    def hidden(self, headings: list[str]) -> None:
        self._kept.setValue(f"{self._name}/hidden", headings)

    @property
    def order(self) -> tuple[str, bool]:
        """Return the heading it is sorted by, "" for none, and whether from last to first."""
        heading = str(self._kept.value(f"{self._name}/order", ""))
        return heading, bool(self._kept.value(f"{self._name}/descending", False, type=bool))

    @order.setter
    def order(self, order: tuple[str, bool]) -> None:
        self._kept.setValue(f"{self._name}/order", order[0])
        self._kept.setValue(f"{self._name}/descending", order[1])


class Preferences:
    """The user's preferences, kept in an .ini file of the user's own."""

    def __init__(self) -> None:
        """Read them from where the system keeps such files."""
        self._kept = QSettings(
            QSettings.Format.IniFormat, QSettings.Scope.UserScope, "PAN Desktop", "pan-desktop"
        )

    @property
    def file(self) -> str:
        """Return the path of the file they are kept in."""
        return self._kept.fileName()

    @property
    def theme(self) -> Theme:
        """Return the look chosen."""
        value = str(self._kept.value("theme", Theme.SYSTEM.value))
        return Theme(value) if value in set(Theme) else Theme.SYSTEM

    @theme.setter
    def theme(self, theme: Theme) -> None:
        self._kept.setValue("theme", theme.value)

    @property
    def style(self) -> Typography:
        """Return the typography of exported documents."""
        value = str(self._kept.value("style", Typography.FIDELE.value))
        return Typography(value) if value in set(Typography) else Typography.FIDELE

    @style.setter
    def style(self, style: Typography) -> None:
        self._kept.setValue("style", style.value)

    @property
    def folder(self) -> str:
        """Return the folder that exports go to: the last one used, else the documents folder.

        Where there is none of these, the user's own folder, which always exists.
        """
        documents = QStandardPaths.StandardLocation.DocumentsLocation
        kept = str(self._kept.value("folder", QStandardPaths.writableLocation(documents)))
        home = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.HomeLocation)
        return kept if QFileInfo(kept).isDir() else home

    @folder.setter
    def folder(self, folder: str) -> None:
        self._kept.setValue("folder", folder)

    @property
    def author(self) -> str:
        """Return who issues relevés on this machine, "" until she has said so."""
        return str(self._kept.value("author", ""))

    @author.setter
    def author(self, author: str) -> None:
        self._kept.setValue("author", author)

    @property
    def accepted_place(self) -> str:
        """Return the database whose place, though not safe, is the user's choice."""
        return str(self._kept.value("accepted_place", ""))

    @accepted_place.setter
    def accepted_place(self, database: str) -> None:
        self._kept.setValue("accepted_place", database)

    @property
    def opens_export(self) -> bool:
        """Tell whether a file is opened once it is exported."""
        return str(self._kept.value("opens_export", "true")) != "false"

    @opens_export.setter
    def opens_export(self, opens: bool) -> None:
        self._kept.setValue("opens_export", "true" if opens else "false")

    @property
    def pdf_by(self) -> str:
        """Return who makes PDF files (``app.rendering.PdfBy``), "" until someone has chosen."""
        return str(self._kept.value("pdf_by", ""))

    @pdf_by.setter
    def pdf_by(self, by: str) -> None:
        self._kept.setValue("pdf_by", by)

    @property
    def geometry(self) -> QByteArray | None:
        """Return where the window stood, None the first time."""
        value = self._kept.value("geometry")
        return value if value is not None else None

    @geometry.setter
    def geometry(self, geometry: QByteArray) -> None:
        self._kept.setValue("geometry", geometry)

    @property
    def companion(self) -> QByteArray | None:
        """Return where the companion window stood, None the first time."""
        value = self._kept.value("companion")
        return value if value is not None else None

    @companion.setter
    def companion(self, geometry: QByteArray) -> None:
        self._kept.setValue("companion", geometry)

    @property
    def spelling(self) -> bool:
        """Tell whether unknown words are shown while typing."""
        return bool(self._kept.value("spelling", True, type=bool))

    @spelling.setter
    def spelling(self, on: bool) -> None:
        self._kept.setValue("spelling", on)

    def of_list(self, name: str) -> ListPreferences:
        """Return how the list of that name is shown."""
        return ListPreferences(self._kept, name)
