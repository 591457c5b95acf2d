"""An earlier schema, planted below the present one: what this program was before it was made.

    with earlier.known(folder):                 # this program follows another
        earlier.server(engine)                  # a shared office is that other's
        earlier.file(replica)                   # and so is the replica of a member

A column and a table of the present schema are not there yet, and one is there that went since.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

from sqlalchemy import text

import pan_desktop.store.migrations
from pan_desktop.store import engine, location
from pan_desktop.store.location import REVISIONS
from pan_desktop.store.shared import server as shared_server

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Engine

EARLIER, PRESENT = "0000", REVISIONS[-1]
WAS = (
    "ALTER TABLE meeting DROP COLUMN place",
    "DROP TABLE saved_filter",
    "CREATE TABLE annexe (id VARCHAR(64) PRIMARY KEY, words TEXT NOT NULL, share NUMERIC(9, 3))",
    "INSERT INTO annexe VALUES ('annexe-1', 'parapheur’s', 1.125), ('a2', 'visa', NULL)",
)
BECAME = '''
"""The present schema, after the one that was planted."""

import os
import signal

import sqlalchemy as sa
from alembic import op

from pan_desktop.store.tables import metadata

revision = "{present}"
down_revision = "{earlier}"


def upgrade() -> None:
    place = sa.Column("place", sa.Text(), nullable=False, server_default="")
    op.add_column("meeting", place)
    op.execute("UPDATE meeting SET place = 'repris'")
    metadata.tables["saved_filter"].create(op.get_bind())
    op.execute(
        "INSERT OR IGNORE INTO office_word SELECT id, words, 1, '2026-01-01 00:00:00.000000',"
        " '2026-01-01 00:00:00.000000' FROM annexe"
    )
    op.drop_table("annexe")
    {then}
'''
KILL = "os.kill(os.getpid(), signal.SIGKILL)"
FAIL = "op.execute('INSERT INTO nowhere VALUES (1)')"


def planted(folder: Path, then: str = "pass") -> Path:
    """Return a folder of migrations, of which the last ends with ``then``."""
    target = folder / "migrations"
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(Path(pan_desktop.store.migrations.__file__).parent, target)
    versions = target / "versions"
    (present,) = versions.glob(f"{PRESENT}_*.py")
    words = present.read_text(encoding="utf-8")
    words = words.replace(f'revision = "{PRESENT}"', f'revision = "{EARLIER}"', 1)
    # Called last, and before there is anything to search.
    head, body = words.split("    _make_journal()\n", 1)
    gone = "".join(f"    op.execute({statement!r})\n" for statement in WAS[:-1])
    present.write_text(f"{head}    _make_journal()\n{gone}{body}", encoding="utf-8")
    became = BECAME.format(present=PRESENT, earlier=EARLIER, then=then)
    (versions / f"{PRESENT}_became.py").write_text(became, encoding="utf-8")
    return target


@contextmanager
def known(folder: Path, then: str | None = "pass") -> Iterator[None]:
    """Be a program that knows the earlier schema too, and comes from it by what is planted.

    What lies planted in ``folder`` already serves where ``then`` is None.
    """
    migrations = folder / "migrations" if then is None else planted(folder, then)
    with ExitStack() as stack:
        for module in (location, engine, shared_server):
            stack.enter_context(patch.object(module, "REVISIONS", (EARLIER, *REVISIONS)))
        stack.enter_context(patch.object(engine, "MIGRATIONS", str(migrations)))
        yield


def server(there: Engine) -> None:
    """Make a shared office what the earlier program would have made of it."""
    with there.begin() as connection:
        for statement in WAS:
            connection.execute(text(statement))
        connection.execute(text(f"UPDATE office SET revision = '{EARLIER}'"))


def file(replica: Path) -> None:
    """Make a replica what the earlier program would have made of it, what waits to be sent too."""
    with closing(sqlite3.connect(replica, isolation_level=None)) as connection:
        names = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name GLOB 'search_*'"
        ).fetchall()
        for (name,) in names:
            connection.execute(f'DROP TRIGGER "{name}"')
        for statement in WAS:
            connection.execute(statement)
        connection.execute("UPDATE alembic_version SET version_num = ?", (EARLIER,))
        waiting = connection.execute("SELECT id, changes, applied FROM outbox").fetchall()
        for row_id, *texts in waiting:
            told = [None if said is None else json.dumps(_as_said(said)) for said in texts]
            connection.execute(
                "UPDATE outbox SET changes = ?, applied = ? WHERE id = ?", (*told, row_id)
            )


def _as_said(said: str) -> list[dict[str, object]]:
    """Return changes as the earlier program wrote them: with a table that went since, too."""
    changes = json.loads(said)
    for change in changes:
        for row in (change["before"], change["after"]):
            if row is not None and change["table"] == "meeting":
                row.pop("place", None)
            if row is not None:
                row["a_column_that_went"] = "x"
    gone = {"table": "annexe", "id": "a2", "before": None, "after": {"id": "a2", "words": "visa"}}
    return [*changes, gone]
