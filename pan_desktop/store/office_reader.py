"""Reads what is the office's own: its words and templates, and the life of its relevés."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, select

from pan_desktop.domain.layout import DocumentTemplate, read_layout
from pan_desktop.domain.model import Confirmation, MeetingTemplate, ReleveVersion, UsualSentence
from pan_desktop.store import rows as as_
from pan_desktop.store import tables as t

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Connection, RowMapping


class OfficeReader:
    """Questions about the office; ``Reader`` adds those about plans, people and meetings."""

    def __init__(self, connection: Connection) -> None:
        """Read through ``connection``."""
        self._connection = connection

    # The office's own words --------------------------------------------------------------

    def usual_sentences(self) -> tuple[UsualSentence, ...]:
        """Return the office's usual sentences, in its own order."""
        s = t.usual_sentence
        rows = self._rows(select(s).order_by(s.c.position, s.c.id))
        return tuple(UsualSentence(r["id"], r["short_name"], r["text"]) for r in rows)

    def office_words(self) -> dict[str, str]:
        """Return the words that the spelling accepts in this office, each with its row's id."""
        w = t.office_word
        return {row["word"]: row["id"] for row in self._rows(select(w).order_by(w.c.word))}

    def meeting_templates(self) -> tuple[MeetingTemplate, ...]:
        """Return the meeting templates, by name."""
        i, m = t.meeting_template_item, t.meeting_template
        titles: defaultdict[str, list[str]] = defaultdict(list)
        for row in self._rows(select(i).order_by(i.c.position, i.c.id)):
            titles[row["meeting_template_id"]].append(row["title"])
        return tuple(
            MeetingTemplate(
                r["id"], r["name"], r["body"], r["at"], r["place"], tuple(titles[r["id"]])
            )
            for r in self._rows(select(m).order_by(m.c.name))
        )

    def template_items(self, template_id: str) -> dict[str, str]:
        """Return the titles of a meeting template's items, each with its row's identifier."""
        i = t.meeting_template_item
        rows = self._rows(select(i).where(i.c.meeting_template_id == template_id))
        return {row["title"]: row["id"] for row in rows}

    def document_templates(self) -> tuple[DocumentTemplate, ...]:
        """Return the house templates, by name, without their files."""
        d = t.document_template
        columns = (d.c.id, d.c.name, d.c.body_id, d.c.language, d.c.file_name, d.c.digest)
        rows = self._rows(
            select(*columns, d.c.layout, t.body.c.name.label("body"))
            .outerjoin(t.body, t.body.c.id == d.c.body_id)
            .order_by(d.c.name)
        )
        return tuple(
            DocumentTemplate(
                r["id"],
                r["name"],
                read_layout(r["layout"], r["language"]),
                r["body_id"],
                r["body"] or "",
                r["file_name"],
                r["digest"],
            )
            for r in rows
        )

    def document_template_content(self, template_id: str) -> bytes | None:
        """Return the Word file of a house template, None where it has none."""
        d = t.document_template
        found = self._first(select(d.c.content).where(d.c.id == template_id))
        return None if found is None or found["content"] is None else bytes(found["content"])

    def meetings_with_template(self, template_id: str) -> tuple[str, ...]:
        """Return the identifiers of the meetings whose relevé is written with a template."""
        m = t.meeting
        statement = select(m.c.id).where(m.c.document_template_id == template_id)
        return tuple(row["id"] for row in self._rows(statement))

    def template_for_body(self, body_id: str) -> str | None:
        """Return the template of a body's latest meeting, else the newest made for the body."""
        m, d = t.meeting, t.document_template
        latest = self._first(
            select(m.c.document_template_id)
            .where(m.c.body_id == body_id)
            .order_by(m.c.day.desc(), m.c.at.desc())
            .limit(1)
        )
        if latest is not None and latest["document_template_id"]:
            return str(latest["document_template_id"])
        made = select(d.c.id).where(d.c.body_id == body_id)
        return self._scalar(made.order_by(d.c.created_at.desc(), d.c.id.desc()).limit(1))

    def saved_filters(self, page: str) -> tuple[tuple[str, str, str], ...]:
        """Return the filters kept for a page: identifier, name, criteria as written."""
        f = t.saved_filter
        rows = self._rows(select(f).where(f.c.page == page).order_by(f.c.name))
        return tuple((r["id"], r["name"], r["criteria"]) for r in rows)

    # The relevé and its life -------------------------------------------------------------

    def confirmations(self, meeting_id: str) -> tuple[Confirmation, ...]:
        """Return the findings confirmed at a meeting, the oldest first."""
        c = t.confirmation
        rows = self._rows(select(c).where(c.c.meeting_id == meeting_id).order_by(c.c.id))
        return tuple(
            Confirmation(
                r["id"], r["finding"], r["check_id"], r["reason"], r["author"], r["updated_at"]
            )
            for r in rows
        )

    def versions(self, meeting_id: str) -> tuple[ReleveVersion, ...]:
        """Return the issued versions of a meeting's relevé, the first first."""
        v = t.releve_version
        rows = self._rows(as_.versions().where(v.c.meeting_id == meeting_id).order_by(v.c.number))
        return tuple(as_.version(row) for row in rows)

    def versions_of_digest(self, digest: str) -> tuple[tuple[str, ReleveVersion], ...]:
        """Return the issued versions whose file digests to that, each after its meeting's id."""
        rows = self._rows(as_.versions().where(t.releve_version.c.digest == digest))
        return tuple((row["meeting_id"], as_.version(row)) for row in rows)

    def version_content(self, version_id: str) -> bytes | None:
        """Return the file of an issued version as it was issued."""
        v = t.releve_version
        found = self._first(select(v.c.content).where(v.c.id == version_id))
        return None if found is None else bytes(found["content"])

    def written_digest(self, path: str) -> tuple[str, str] | None:
        """Return what the program last wrote at a path: the row's id and the file's digest."""
        w = t.written_file
        row = self._first(select(w.c.id, w.c.digest).where(w.c.path == path))
        return None if row is None else (row["id"], row["digest"])

    def disagreements(self) -> tuple[dict[str, Any], ...]:
        """Return the rows of what two have written and nobody has chosen between, oldest first."""
        d = t.disagreement
        return tuple(dict(row) for row in self._rows(select(d).order_by(d.c.at, d.c.id)))

    def positions_in(self, item_id: str) -> tuple[float, ...]:
        """Return where the points of an agenda item stand."""
        c = t.conclusion
        found = select(c.c.position).where(c.c.agenda_item_id == item_id)
        return tuple(row["position"] for row in self._rows(found))

    def owners(self, name: str, row: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
        """Return the tables and identifiers of the rows that a row refers to."""
        found = (
            (key.referred_table.name, row.get(key.elements[0].parent.name))
            for key in t.metadata.tables[name].foreign_key_constraints
        )
        return tuple((owner, str(there)) for owner, there in found if there is not None)

    def row(self, name: str, row_id: str) -> dict[str, Any] | None:
        """Return one row of a table as it lies there, None when it is gone."""
        table = t.metadata.tables[name]
        found = self._first(select(table).where(table.c.id == row_id))
        return None if found is None else dict(found)

    def past_texts(self, meeting_id: str, limit: int) -> tuple[str, ...]:
        """Return points and details of other meetings, the newest of each, oldest first."""
        c, item, p = t.conclusion, t.agenda_item, t.progress_report
        points = (
            select(c.c.text)
            .join(item, item.c.id == c.c.agenda_item_id)
            .where(item.c.meeting_id != meeting_id, c.c.text != "")
            .order_by(c.c.id.desc())
            .limit(limit)
        )
        details = (
            select(p.c.details.label("text"))
            .where(p.c.meeting_id != meeting_id, p.c.details != "")
            .order_by(p.c.id.desc())
            .limit(limit)
        )
        found = [row["text"] for said in (details, points) for row in self._rows(said)]
        return tuple(reversed(found))

    def _rows(self, statement: Select[Any]) -> list[RowMapping]:
        return list(self._connection.execute(statement).mappings())

    def _first(self, statement: Select[Any]) -> RowMapping | None:
        return self._connection.execute(statement).mappings().first()

    def _scalar(self, statement: Select[Any]) -> str | None:
        found = self._connection.execute(statement).scalars().first()
        return None if found is None else str(found)
