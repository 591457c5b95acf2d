"""Writes a list that the window shows to a file: an Excel workbook, or CSV."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from pan_desktop.app import written
from pan_desktop.documents.open_data import as_text
from pan_desktop.domain.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pan_desktop.app.office import Office

UNKNOWN_KIND = (
    "« {name} » n’est ni un .xlsx ni un .csv : rien n’a été écrit. Donnez au fichier l’une de ces "
    "deux extensions."
)


def write_table(_office: Office, *, file: Path, title: str, rows: Sequence[Sequence[str]]) -> None:
    """Write ``rows``, the first being the headings, to ``file``, .xlsx or .csv by its extension.

    It is its owner's only: most lists name people, and none knows which does.
    Raises InputError for another extension, FileUnwritableError.
    """
    kind = file.suffix.lower()
    if kind == ".xlsx":
        from pan_desktop.documents.workbook.plain import plain_workbook  # loads XlsxWriter

        written.replace(file, plain_workbook(title, rows), private=True)
    elif kind == ".csv":
        text = io.StringIO(newline="")
        plain = ([as_text(cell) for cell in row] for row in rows)
        csv.writer(text, delimiter=";").writerows(plain)
        written.replace(file, text.getvalue().encode("utf-8-sig"), private=True)
    else:
        raise InputError(UNKNOWN_KIND.format(name=file.name))
