"""Which program wrote a report, as far as its shape tells; only shown, never relied on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pan_desktop.documents.attendance.labels import Field, field_of, is_original
from pan_desktop.domain.folding import folded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pan_desktop.documents.attendance.tables import Fact, Table

TEAMS, ZOOM, WEBEX, MEET = "Microsoft Teams", "Zoom", "Webex", "Google Meet"
LIST, OTHER = "liste", "rapport de présence"


def recognised(tables: Sequence[Table], facts: Sequence[Fact]) -> str:
    """Return what wrote the tables: "Microsoft Teams", "Zoom" and the like."""
    labels = [folded(cell) for t in tables if t.header is not None for cell in t.header.cells]
    joined = " | ".join(labels)
    fields = {field_of(cell) for t in tables if t.header is not None for cell in t.header.cells}
    acting = any(table.columns.action is not None for table in tables)
    signs = (
        (TEAMS, acting or "utceventtimestamp" in joined or "upn" in joined),
        (ZOOM, any(is_original(label) for label in labels) or Field.WAITING in fields),
        (WEBEX, any(w in joined for w in ("connection type", "meeting start", "attendance dur"))),
        (MEET, any(word in joined for word in ("time exited", "time joined"))),
        (TEAMS, len(facts) >= 3),
        (LIST, all(table.columns.listing for table in tables)),
    )
    return next((tool for tool, seen in signs if seen), OTHER)
