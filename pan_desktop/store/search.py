"""The search: what it asks of a store, and how SQLite's full text index answers.

The index holds words only (``contentless``): each text is read from its own row, where it was
typed. An entry's number says where it stands, so that the newest come first by going backwards
and a filter on days is a range of numbers::

    rank of a name (2 bits) | day (23 bits) | counter (32 bits)

SQLite before 3.43 deletes nothing from a contentless index. A row that changed gets a new entry,
and its old number leads nowhere; when most do, the index is made anew.
"""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol, cast

from pan_desktop.domain.folding import words_of
from pan_desktop.domain.searching import NAMES, Found, SearchFilters, Sought, Source
from pan_desktop.store import search_sources
from pan_desktop.store.french import RULES, stem
from pan_desktop.store.search_schema import mark_all

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Connection

SLICE = 100
"""So many rows are indexed in one transaction: a letter typed meanwhile waits some 10 ms."""
FEWEST_DEAD = 10_000
"""So many numbers may lead nowhere before the index is made anew."""

# Private characters, which folding leaves in no word: what was typed is never a facet, and the
# beginning of a word is sought among words only.
_FACET, _STEM = "\ue000", "\ue001"
_COUNTER_BITS, _DAY_BITS = 32, 23
_RANKS = {source: rank for rank, source in enumerate(reversed(NAMES))}


class Search(Protocol):
    """What the program asks of a store's search, whatever the store."""

    def behind(self) -> bool:
        """Tell whether something changed that is not indexed yet."""
        ...

    def refresh(self, limit: int = SLICE) -> bool:
        """Index what changed, at most ``limit`` rows of it; tell whether more is left."""
        ...

    def forget(self) -> None:
        """Empty the index, words that are to be gone among them; it fills again by itself."""
        ...

    def find(self, sought: Sought, filters: SearchFilters, limit: int) -> tuple[Found, ...]:
        """Return what was found of what is indexed: what has a name, then the newest sentences.

        Names take a third of the places, more where sentences leave them some.
        """
        ...


class SqliteSearch:
    """The search of a SQLite store, by FTS5."""

    def __init__(self, connection: Connection) -> None:
        """Search and index through ``connection``, a transaction being open."""
        # The driver's own: SQLAlchemy would double the time of a search.
        self._raw = cast("sqlite3.Connection", connection.connection.driver_connection)

    def behind(self) -> bool:
        """Tell whether something changed that is not indexed yet."""
        return bool(self._scalar(_BEHIND, RULES))

    def refresh(self, limit: int = SLICE) -> bool:
        """Index what changed, at most ``limit`` rows of it; tell whether more is left."""
        self._start_anew_if_due()
        room = limit
        for source in Source:
            found = self._raw.execute(_PENDING, (source, room)).fetchall()
            if found:
                self._index(source, [row_id for (row_id,) in found])
                room -= len(found)
        return self.behind()

    def find(self, sought: Sought, filters: SearchFilters, limit: int) -> tuple[Found, ...]:
        """Return what was found of what is indexed: what has a name, then the newest sentences.

        Names take a third of the places, more where sentences leave them some.
        """
        match = _match(sought, filters)
        if not match:
            return ()
        span = _span(filters)
        sentences = self._raw.execute(_FIND["search_index"], (match, *span, limit)).fetchall()
        names = self._raw.execute(_FIND["search_names"], (match, *span, limit)).fetchall()
        names = names[: max(limit // 3, limit - len(sentences))]
        return self._read([*names, *sentences[: limit - len(names)]])

    # Finding -----------------------------------------------------------------------------

    def _read(self, entries: list[tuple[int, str, str]]) -> tuple[Found, ...]:
        """Return what entries stand for, those of one day in the order they were written in."""
        by_source: dict[str, list[str]] = {}
        for _, source, row_id in entries:
            by_source.setdefault(source, []).append(row_id)
        rows = {
            found.id: found
            for source, ids in by_source.items()
            for found in search_sources.found(self._raw, Source(source), ids)
        }
        placed = sorted(
            (source not in NAMES, -(number >> _COUNTER_BITS), row_id)
            for number, source, row_id in entries
        )
        # A row that is gone and not yet taken out of the index is not there.
        return tuple(rows[row_id] for *_, row_id in placed if row_id in rows)

    # Indexing ----------------------------------------------------------------------------

    def _index(self, source: Source, ids: Sequence[str]) -> None:
        which = (source, json.dumps(ids))
        gone = self._raw.execute(_FORGET, which).rowcount
        counter = self._state("counter")
        entries: list[tuple[int, str, str]] = []
        documents: list[tuple[int, str, str, str]] = []
        rows = [r for r in search_sources.indexed(self._raw, source, ids) if r.text.strip()]
        # In the order of their numbers: FTS5 writes what it gathered at each step backwards.
        for row in sorted(rows, key=lambda row: row.day or date.min):
            counter += 1
            number = _number(source, row.day, counter)
            entries.append((number, source, row.id))
            documents.append((number, *_document(row)))
        table = "search_names" if source in NAMES else "search_index"
        self._raw.executemany(_ENTER, entries)
        self._raw.executemany(_INDEX[table], documents)
        self._raw.execute(_DONE, which)
        self._raw.execute(_SET, ("counter", counter))
        self._raw.execute(_SET, ("dead", self._state("dead") + gone))

    def _start_anew_if_due(self) -> None:
        """Empty the index when its words are of older rules, or most numbers lead nowhere."""
        dead = self._state("dead")
        mostly_dead = dead > FEWEST_DEAD and dead > self._state("counter") - dead
        if self._state("rules") != RULES or mostly_dead:
            self.forget()

    def forget(self) -> None:
        """Empty the index, words that are to be gone among them; it fills again by itself."""
        for statement in _EMPTY:
            self._raw.execute(statement)
        self._raw.execute("DELETE FROM search_entry")
        self._raw.execute("DELETE FROM search_state")
        self._raw.execute(_SET, ("rules", RULES))
        for statement in mark_all():
            self._raw.execute(statement)

    def _state(self, name: str) -> int:
        return int(self._scalar("SELECT value FROM search_state WHERE name = ?", name) or 0)

    def _scalar(self, statement: str, *values: object) -> Any:  # noqa: ANN401 - whatever is asked
        row = self._raw.execute(statement, values).fetchone()
        return row[0] if row else None


_BEHIND = (
    "SELECT EXISTS (SELECT 1 FROM search_pending)"
    " OR NOT EXISTS (SELECT 1 FROM search_state WHERE name = 'rules' AND value = ?)"
)
# The newest first: identifiers rise with time.
_PENDING = "SELECT row_id FROM search_pending WHERE source = ? ORDER BY row_id DESC LIMIT ?"
_FORGET = "DELETE FROM search_entry WHERE source = ? AND row_id IN (SELECT value FROM json_each(?))"
_DONE = "DELETE FROM search_pending WHERE source = ? AND row_id IN (SELECT value FROM json_each(?))"
_ENTER = "INSERT INTO search_entry (rowid, source, row_id) VALUES (?, ?, ?)"
_SET = "INSERT OR REPLACE INTO search_state (name, value) VALUES (?, ?)"
_TABLES = ("search_index", "search_names")
_INDEX = {
    table: f"INSERT INTO {table} (rowid, words, stems, facets) VALUES (?, ?, ?, ?)"
    for table in _TABLES
}
_EMPTY = [f"INSERT INTO {table} ({table}) VALUES ('delete-all')" for table in _TABLES]
# CROSS JOIN: entries are looked up one by one, as the index gives their numbers.
_FIND = {
    table: f"SELECT e.rowid, e.source, e.row_id FROM {table} f"
    f" CROSS JOIN search_entry e ON e.rowid = f.rowid WHERE f.{table} MATCH ?"
    " AND f.rowid BETWEEN ? AND ? ORDER BY f.rowid DESC LIMIT ?"
    for table in _TABLES
}


def _number(source: Source, day: date | None, counter: int) -> int:
    """Return an entry's number."""
    place = _RANKS.get(source, 0) << _DAY_BITS | (day.toordinal() if day else 0)
    return place << _COUNTER_BITS | counter


def _span(filters: SearchFilters) -> tuple[int, int]:
    """Return the lowest and the highest number of what lies within the days asked for."""
    if filters.first is None and filters.last is None:
        return 0, (1 << 62)
    first, last = filters.first or date.min, filters.last or date.max
    return first.toordinal() << _COUNTER_BITS, ((last.toordinal() + 1) << _COUNTER_BITS) - 1


def _document(row: search_sources.Indexed) -> tuple[str, str, str]:
    """Return a row's words, the stems that are not among its words, and its facets."""
    words = words_of(row.text)
    own = set(words)
    stems = {stem(word) for word in own} - own
    facets = " ".join(_FACET + facet for facet in row.facets)
    return " ".join(words), " ".join(_STEM + s for s in sorted(stems)), facets


def _match(sought: Sought, filters: SearchFilters) -> str:
    """Return the question in FTS5's own language, every word of it between quotation marks.

    A word is sought by its stem alone, which stands among the words or else among the stems of
    each text that has any of its forms.
    """
    terms = [f"({_forms(word)})" for word in sought.words]
    if sought.begun:
        terms.append(f"({_quoted(sought.begun)} * OR {_forms(sought.begun)})")
    terms += [f"words : {_quoted(*phrase)}" for phrase in sought.phrases]
    if sought.phrase_begun:
        terms.append(f"words : {_quoted(*sought.phrase_begun)} *")
    facets = _facets(filters)
    if not terms and not facets and filters.narrow:
        facets = [_any_of(f"k{source}" for source in Source)]
    return " AND ".join([*terms, *facets])


def _forms(word: str) -> str:
    own = stem(word)
    return f"{_quoted(own)} OR {_quoted(_STEM + own)}"


def _facets(filters: SearchFilters) -> list[str]:
    wanted = (("p", filters.plan_id), ("c", filters.commitment_id), ("h", filters.person_id))
    found = [_quoted(f"{_FACET}{letter}{key}") for letter, key in wanted if key]
    kinds = ["kdecision"] * filters.decisions + ["kopen"] * filters.open_actions
    return [*found, _any_of(kinds)] if kinds else found


def _any_of(facets: Iterable[str]) -> str:
    return f"({' OR '.join(_quoted(_FACET + facet) for facet in facets)})"


def _quoted(*words: str) -> str:
    inside = " ".join(words).replace('"', '""')
    return f'"{inside}"'
