"""Copies made, copies put back, and an older database brought up to date."""

from __future__ import annotations

import json
import sqlite3
import tempfile
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar
from unittest.mock import patch

from pan_desktop.app import conclusions, meetings
from pan_desktop.app.conclusions import OutlinePatch, PointEdit
from pan_desktop.app.office import Office
from pan_desktop.domain.ids import new_id
from pan_desktop.store.location import REVISIONS
from tests.builders import content, dump, filled_database
from tests.faults import Call
from tests.soak.acting import command, say
from tests.soak.kind import Facts, Kind
from tests.soak.remains import must, usable, whole

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

BASE = "essai.sqlite3"


class BackingUp(Kind):
    """Something typed and a copy made, over and over."""

    name = "backup"
    lie = "a 0 nulle part"
    moments: ClassVar = {Call.WRITE: 3600, Call.SYNC: 80, Call.RENAME: 24, Call.UNLINK: 280}

    def start(self) -> Mapping[str, bytes]:
        """Return a database and a folder of copies."""
        return {BASE: filled_database(), "copies/lisez-moi.txt": b"Des copies.\n"}

    def warm(self) -> None:
        """Load what copies."""
        import pan_desktop.app.backups  # noqa: F401

    def work(self, place: Path) -> None:
        """Type and copy."""
        for number in range(12):
            _type(place / BASE, number)
            say(f"t {number}")
            told = command("--database", place / BASE, "backup", "--folder", place / "copies")
            say(f"a {number} {told.splitlines()[-1]}")

    def examine(self, place: Path, facts: Facts) -> None:
        """See every copy whole, and the last one that was answered for with what it was made of."""
        whole(place / BASE)
        if facts.done:
            number, _, file = facts.done[-1].partition(" ")
            must(Path(file).exists(), f"the copy {file} is not there")
            must(_typed(Path(file)) == f"état n° {number}", f"{file} holds {_typed(Path(file))}")
        found = list((place / "copies").glob("*.sqlite3"))
        for copy in found:
            whole(copy)
        must((place / "copies/lisez-moi.txt").exists(), "a file that is no copy was removed")
        folder = place / "copies"
        rows = json.loads(
            command("--database", place / BASE, "backup", "--folder", folder, "--list", "--json")
        )
        must(all(row["lisible"] for row in rows), "a copy cannot be read")
        must(len(rows) == len(found), f"{len(found)} copies, of which {len(rows)} are known")
        command("--database", place / BASE, "backup", "--folder", folder)
        left = [file.name for file in folder.iterdir() if file.suffix not in {".sqlite3", ".txt"}]
        must(not left, f"files were left: {left}")
        usable(place / BASE)


class Restoring(Kind):
    """One copy and the other put in the place of the database, in turns."""

    name = "restore"
    lie = "a 1"
    moments: ClassVar = {Call.WRITE: 4300, Call.SYNC: 46, Call.RENAME: 48, Call.UNLINK: 290}

    def start(self) -> Mapping[str, bytes]:
        """Return a database and two copies that say other things."""
        first, second = _two()
        return {BASE: first, "0.sqlite3": first, "1.sqlite3": second}

    def warm(self) -> None:
        """Load what restores."""
        import pan_desktop.app.restoring
        import pan_desktop.store.safety.restoring  # noqa: F401

    def work(self, place: Path) -> None:
        """Restore the second, the first, and so on."""
        for number in range(1, 9):
            say(f"t {number}")
            copy = place / f"{number % 2}.sqlite3"
            command("--database", place / BASE, "restore", copy, "--yes")
            say(f"a {number}")

    def examine(self, place: Path, facts: Facts) -> None:
        """See the database as the one copy or the other, and what was there kept as a copy."""
        database = place / BASE
        whole(database)
        last = int(facts.done[-1]) if facts.done else 0
        allowed = {last, int(facts.tried[-1]) if facts.tried else 0}
        says = {number % 2: _said(place / f"{number % 2}.sqlite3") for number in (0, 1)}
        now = _said(database)
        must(
            now in [says[number % 2] for number in allowed], f"after {last} the other is not there"
        )
        rows = json.loads(command("--database", database, "backup", "--list", "--json"))
        for row in rows:
            whole(Path(row["fichier"]))
        if last:
            kept = [_said(Path(row["fichier"])) for row in rows]
            must(says[(last - 1) % 2] in kept, "what was there is not among the copies")
        command("--database", database, "restore", place / "1.sqlite3", "--yes")
        must(_said(database) == says[1], "restored again, it is not there")
        usable(database)


class Migrating(Kind):
    """A database of an older schema opened by a newer program (a migration that is planted)."""

    name = "migration"
    lie = "a opened"
    moments: ClassVar = {Call.WRITE: 640, Call.SYNC: 14, Call.RENAME: 4, Call.UNLINK: 40}

    def start(self) -> Mapping[str, bytes]:
        """Return a database."""
        return {BASE: filled_database()}

    def work(self, place: Path) -> None:
        """Open it."""
        with newer_program():
            say("t opened")
            office = Office(str(place / BASE))
            office.open()
            say("a opened")
            office.close()

    def examine(self, place: Path, facts: Facts) -> None:
        """See the one schema or the other, whole; then open it once more."""
        database = place / BASE
        whole(database)
        migrated = _migrated(database)
        must(migrated or not facts.done, "the database was migrated and is not there as such")
        with newer_program():
            office = Office(str(database))
            office.open()
            rows = json.loads(command("--database", database, "backup", "--list", "--json"))
            office.close()
            must(_migrated(database), "opened again, the database is not migrated")
            must(
                any(not _migrated(Path(row["fichier"])) for row in rows), "no copy was kept before"
            )
            for row in rows:
                whole(Path(row["fichier"]))
            usable(database)


PLANTED = (
    "ALTER TABLE plan ADD COLUMN note TEXT NOT NULL DEFAULT ''",
    "CREATE TABLE annexe (id INTEGER PRIMARY KEY, text TEXT NOT NULL)",
    "INSERT INTO annexe (text) SELECT text FROM conclusion",
    "UPDATE conclusion SET text = text || ' (repris)'",
    "UPDATE plan SET note = 'repris'",
)


@contextmanager
def newer_program() -> Iterator[None]:
    """Be a program with one migration more."""
    from alembic import command as alembic_command

    from pan_desktop.store import engine, location

    def upgrade(config: Any, revision: str) -> None:
        connection = config.attributes["connection"]
        for statement in PLANTED:
            connection.exec_driver_sql(statement)
        connection.exec_driver_sql(f"UPDATE alembic_version SET version_num = '{revision}'")

    later = (*REVISIONS, "next")
    with (
        patch.object(location, "REVISIONS", later),
        patch.object(engine, "REVISIONS", later),
        patch.object(alembic_command, "upgrade", upgrade),
    ):
        yield


def _migrated(database: Path) -> bool:
    """Tell which schema a database has. Raises LostError when it is half of one."""
    with closing(sqlite3.connect(database)) as connection:
        (version,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        columns = {row[1] for row in connection.execute("PRAGMA table_info(plan)")}
        tables = connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'annexe'")
        extra = tables.fetchone()[0]
        texts = [text for (text,) in connection.execute("SELECT text FROM conclusion ORDER BY id")]
        triggers = connection.execute("SELECT count(*) FROM sqlite_master WHERE type = 'trigger'")
        count = triggers.fetchone()[0]
    migrated = str(version) == "next"
    before, there = _as_it_was()
    told = [f"{text} (repris)" if migrated else text for text in before]
    must(("note" in columns, extra) == (migrated, migrated), f"half of {version}: {columns}")
    must(texts[: len(told)] == told, "the texts are not those of the schema")
    must(count == there, f"{count} triggers instead of {there}")
    return migrated


@cache
def _as_it_was() -> tuple[list[str], int]:
    with tempfile.TemporaryDirectory(prefix="pan-kill-") as name:
        file = Path(name) / BASE
        file.write_bytes(filled_database())
        with closing(sqlite3.connect(file)) as connection:
            texts = connection.execute("SELECT text FROM conclusion ORDER BY id").fetchall()
            found = connection.execute("SELECT count(*) FROM sqlite_master WHERE type = 'trigger'")
            return [text for (text,) in texts], int(found.fetchone()[0])


@cache
def _two() -> tuple[bytes, bytes]:
    """Return two databases of one office, the second later."""
    with tempfile.TemporaryDirectory(prefix="pan-kill-") as name:
        file = Path(name) / BASE
        file.write_bytes(filled_database())
        found = []
        for number in range(2):
            _type(file, number)
            found.append(file.read_bytes())
    return found[0], found[1]


def _said(database: Path) -> object:
    """Return what an office says, whatever of it the program writes about itself."""
    found = content(dump(database))
    return {name: found[name] for name in ("meeting", "conclusion", "person", "attendance")}


def _type(database: Path, number: int) -> None:
    """Put a point before all others of the latest meeting's last item, or change it."""
    office = Office(str(database))
    meeting_id = office.run(meetings.list_meetings).result[0].id
    item = office.run(meetings.view_meeting, meeting_id=meeting_id).result.record.agenda[-1]
    known = next((point.id for point in item.conclusions if point.text.startswith("état")), None)
    edit = PointEdit(known or new_id(), 0, f"état n° {number}")
    patched = OutlinePatch(None, (edit,), (None,), None)
    office.run(conclusions.save_patch, item_id=item.id, patch=patched)
    office.close()


def _typed(database: Path) -> str:
    with closing(sqlite3.connect(database)) as connection:
        return str(
            connection.execute("SELECT text FROM conclusion WHERE text LIKE 'état%'").fetchone()[0]
        )
