"""Makes lost rows again, as far as they are known, on which saved ones hang: a meeting, a card.

Without it, what was saved of a meeting would have no place, one damaged page having held the
meeting's own row. The indexes know some of its columns; the rest says that it is to be completed.
"""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from pan_desktop.store.health.salvage import Shape, broke_a_rule, insert

if TYPE_CHECKING:
    import sqlite3

    from pan_desktop.store.health.pages import Value
    from pan_desktop.store.health.salvage import Rows

TO_FIND = "à retrouver (récupération{n})"
"""Stands in the place of a name; {n} tells several apart."""

_DEFAULTS: dict[str, dict[str, Value]] = {
    "body": {"name": f"Instance {TO_FIND}", "heading": "RÉUNION"},
    "institution": {"name": f"Organisme {TO_FIND}"},
    "plan": {"label": f"Plan {TO_FIND}", "starts": "2000-01-01", "ends": "2099-12-31"},
    "axis": {"number": 900, "title": f"Axe {TO_FIND}"},
    "commitment": {"number": 900, "title": f"Engagement {TO_FIND}"},
    "activity": {"number": 900, "title": f"Activité {TO_FIND}"},
    "person": {"civility": "M", "name": f"Personne {TO_FIND}"},
    "mandate": {"role": "focal_point", "valid_from": "2000-01-01"},
    "meeting": {
        "day": "2000-01-01",
        "at": "00:00:00.000000",
        "zone": "Africa/Casablanca",
        "place": f"Réunion {TO_FIND}",
    },
    "agenda_item": {"position": 900.0, "title": f"Point {TO_FIND}"},
    "meeting_template": {"name": f"Modèle {TO_FIND}", "body": "Instance"},
}
"""The tables whose rows may be made again. None that says what somebody did: a presence, a rate."""

SHARED = "recuperation"
"""The identifier of the row that stands for a parent of whom not even the identifier is known."""
_TRIES = 200


class Rebuilding:
    """Makes lost rows again in a new database, each once."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        known: dict[str, Shape],
        rows: dict[str, Rows],
        now: str,
    ) -> None:
        """Write through ``connection``; ``now`` is the instant of the writes, as it is stored."""
        self._connection = connection
        self._shapes = known
        self._rows = rows
        self._now = now
        self._trying: set[tuple[str, Value]] = set()
        self.made: dict[str, int] = {}
        """How many rows were made again, by table."""

    def ensure(self, table: str, identity: Value, hints: dict[str, Value]) -> bool:
        """Have a row be there, made again where it is not; tell whether it is.

        ``hints`` are columns that whoever hangs on it knows.
        """
        if self._there(table, identity):
            return True
        if table not in _DEFAULTS or not isinstance(identity, str):
            return False
        if (table, identity) in self._trying:
            return False
        self._trying.add((table, identity))
        shape = self._shapes[table]
        found = self._rows[table].hints.get(identity, {})
        values = {**_DEFAULTS[table], **hints, **found, "id": identity}
        return self._have_parents(shape, values) and self._insert(shape, values)

    def restore(self, table: str, identity: Value) -> bool:
        """Write a lost row of which the steps know enough; tell whether they do."""
        shape, known = self._shapes[table], self._rows[table]
        values = {**known.hints.get(identity, {}), "id": identity}
        row = tuple(
            values[column.name] if column.name in values else self._own(table, column.name)
            for column in shape.columns
        )
        try:
            insert(self._connection, shape, row)
        except Exception as error:  # of either driver
            if not broke_a_rule(error):
                raise
            return False
        return True

    def _there(self, table: str, identity: Value) -> bool:
        read = f'SELECT 1 FROM "{table}" WHERE id = ?'
        return self._connection.execute(read, (identity,)).fetchone() is not None

    def _have_parents(self, shape: Shape, values: dict[str, Value]) -> bool:
        """Have what the row itself hangs on be there; leave out what may be left out."""
        for place, parent in shape.parents:
            column = shape.columns[place]
            hints = {"plan_id": values["plan_id"]} if values.get("plan_id") else {}
            if values.get(column.name) is None:
                if not column.filled:
                    continue
                values[column.name] = SHARED
            if parent == "plan":
                hints = {}
            if not self.ensure(parent, values[column.name], hints):
                if column.filled:
                    return False
                values[column.name] = None
        return True

    def _insert(self, shape: Shape, values: dict[str, Value]) -> bool:
        """Write the row, under another name or number while one like it is there already."""
        for number in count():
            row = tuple(
                self._value(shape.name, column.name, values, number) for column in shape.columns
            )
            try:
                insert(self._connection, shape, row)
            except Exception as error:  # of either driver
                if not broke_a_rule(error):
                    raise
                if "UNIQUE" not in str(error) or number == _TRIES:
                    return False
                continue
            self.made[shape.name] = self.made.get(shape.name, 0) + 1
            return True
        return False

    def _value(self, table: str, column: str, values: dict[str, Value], number: int) -> Value:
        if column not in values:
            return self._own(table, column)
        value = values[column]
        if value == _DEFAULTS[table].get(column):
            if isinstance(value, str) and column == "at":
                return f"{number // 60:02}:{number % 60:02}:00.000000"
            if isinstance(value, str):
                return value.format(n=f" {number + 1}" if number else "")
            if isinstance(value, int | float):
                return value + number
        return value

    def _own(self, table: str, column: str) -> Value:
        """Return what the table itself would put into a column that is not given."""
        if column in {"version", "created_at", "updated_at"}:
            return 1 if column == "version" else self._now
        told = self._connection.execute(f'PRAGMA table_info("{table}")').fetchall()
        default = next(row[4] for row in told if row[1] == column)
        if default is None:
            return None
        value: Value = self._connection.execute(f"SELECT {default}").fetchone()[0]
        return value
