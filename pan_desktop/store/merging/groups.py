"""Which columns of a row stand or fall together when two have changed it.

Words and their marks, a deadline's four columns, what a rule of the schema ties: changed by two,
they disagree as one. A column that is not named here stands alone.
"""

from __future__ import annotations

from functools import cache

_GROUPS: dict[str, tuple[tuple[str, ...], ...]] = {
    "activity": (("percent", "noted_on"), ("starts", "ends")),
    "activity_report": (("details", "marks"),),
    "agenda_item": (("on_agenda", "discussed"),),
    "attendance": (("presence", "by_id"), ("arrived", "left")),
    "conclusion": (
        ("text", "marks"),
        ("due_first", "due_last", "due_precision", "due_said"),
        ("done_on", "done_meeting_id"),
        ("owner", "owner_id"),
    ),
    "document_template": (("content", "digest", "file_name"),),
    "mandate": (("valid_from", "valid_to"),),
    "meeting": (("stated_overall", "stated_reason"), ("day", "at", "zone")),
    "plan": (("starts", "ends", "midterm"),),
    "progress_report": (("details", "marks"),),
    "releve_version": (("reopened_at", "reopened_by", "reopened_reason"),),
}

_PLACE = frozenset({"position", "parent_id", "numbered", "on_agenda", "discussed"})
"""Columns that hold no words, only where or how something stands: the last writer's stands."""
_LAST_WINS = frozenset({"disagreement", "written_file", "saved_filter"})
"""Tables of which that is true as a whole."""


@cache
def group(table: str, column: str) -> tuple[str, ...]:
    """Return the columns that stand or fall with ``column``, itself among them."""
    for columns in _GROUPS.get(table, ()):
        if column in columns:
            return columns
    return (column,)


def last_wins(table: str, column: str) -> bool:
    """Tell whether the later of two changes simply stands."""
    return table in _LAST_WINS or column in _PLACE
