"""Databases of every released schema, which each program must be able to bring up to date.

    python -m tests.stored

keeps one of the present schema, made of the sample. Do it once for each release, when its schema
is final, and never again for a schema that was released: the file says what was really out there.
"""

from __future__ import annotations

import gzip
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from pan_desktop.app.office import Office
from pan_desktop.app.sample import fill
from pan_desktop.store.location import REVISIONS

FOLDER = Path(__file__).parent / "data" / "schemas"


def stored_revisions() -> list[str]:
    """Return the revisions that a database is kept of, oldest first."""
    return sorted(file.name.partition(".")[0] for file in FOLDER.glob("*.sqlite3.gz"))


def stored(revision: str) -> bytes:
    """Return the bytes of the database that is kept of a revision."""
    return gzip.decompress((FOLDER / f"{revision}.sqlite3.gz").read_bytes())


def main() -> None:
    """Keep a database of the present schema."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "pan.sqlite3"
        office = Office(str(file), author="Nadia BERRADA")
        office.run(fill)
        office.close()
        with closing(sqlite3.connect(file)) as connection:
            connection.execute("PRAGMA journal_mode = DELETE")
            connection.execute("VACUUM")
        FOLDER.mkdir(parents=True, exist_ok=True)
        target = FOLDER / f"{REVISIONS[-1]}.sqlite3.gz"
        target.write_bytes(gzip.compress(file.read_bytes(), mtime=0))
    print(target)


if __name__ == "__main__":
    main()
