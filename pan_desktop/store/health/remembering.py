"""What the steps of undo still know of rows that are lost: each holds the rows that it wrote."""

from __future__ import annotations

import json
from base64 import b64decode
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pan_desktop.store.health.pages import Value
    from pan_desktop.store.health.salvage import Rows, Shape


def remember(known: dict[str, Shape], found: dict[str, Rows]) -> None:
    """Add to the hints of every table what the steps say of rows that were not found."""
    for table, row_id, after in _written(known, found):
        identity: Value = row_id
        shape = known.get(table)
        if shape is None or identity in found[table].found:
            continue
        rows = found[table]
        if after is None:
            rows.remembered.pop(identity, None)
            continue
        values = rows.remembered.setdefault(identity, {})
        for column in shape.columns:
            if column.name in after:
                with suppress(ValueError, TypeError):
                    values[column.name] = _stored(column.kind, after[column.name])
    for rows in found.values():
        for lost, values in rows.remembered.items():
            rows.hints[lost] = {**rows.hints.get(lost, {}), **values}


def _written(
    known: dict[str, Shape], found: dict[str, Rows]
) -> Iterator[tuple[str, str, dict[str, Any] | None]]:
    """Yield what each step wrote, the oldest first: table, identifier, the row afterwards."""
    if "step" not in known:
        return
    names = [column.name for column in known["step"].columns]
    if not {"changes", "undone"} <= set(names):
        return
    steps = [dict(zip(names, row, strict=True)) for row in found["step"].found.values()]
    for step in sorted(steps, key=lambda step: str(step["id"])):
        # What was undone lies in the past again.
        side = "before" if step["undone"] else "after"
        with suppress(ValueError, TypeError, KeyError, AttributeError):
            for change in json.loads(str(step["changes"])):
                yield str(change["table"]), str(change["id"]), change[side]


def _stored(kind: str, value: object) -> Value:
    """Return a value of a step as SQLite holds it."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, int | float) or value is None:
        return value
    text = str(value)
    if kind == "BLOB":
        return b64decode(text)
    if kind == "TIME":
        return text if "." in text else f"{text}.000000"
    if kind == "DATETIME":
        instant = datetime.fromisoformat(text).astimezone(UTC)
        return instant.strftime("%Y-%m-%d %H:%M:%S.%f")
    return text
