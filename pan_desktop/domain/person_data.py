"""What the office holds about one person, in words: for herself, who may ask for it (law 09-08)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class DataSection:
    """One kind of thing that is held: a table of texts."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""
    """What must be known to read it."""


@dataclass(frozen=True, slots=True)
class PersonData:
    """All that is held about one person."""

    name: str
    """With her title: "Mme Salma AZROUNI"."""
    at: datetime
    """When it was gathered, by the office's clock."""
    sections: tuple[DataSection, ...]
