"""A shared office of an earlier program brought up to date, its members away meanwhile."""

from __future__ import annotations

import random
import tempfile
from contextlib import ExitStack, closing
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from sqlalchemy import inspect, text

from pan_desktop.app.membership import upgrade_office
from pan_desktop.app.office import Office
from pan_desktop.store.merging.entries import BOOKKEEPING
from pan_desktop.store.shared.addresses import remember
from pan_desktop.store.shared.server import server_engine
from tests import earlier
from tests.faults import Call
from tests.soak.acting import say
from tests.soak.kind import Facts, Kind
from tests.soak.kind_shared import ADDRESS, offices
from tests.soak.remains import must, usable, whole
from tests.soak.sharing import Secretary, content_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.soak.memory import Content

HERE = "poste"
"""The folder of the machine that upgrades."""
MEMBERS = ("Salma", "Driss")
WAITING, SENT = "Attend d’être envoyé", "Envoyé auparavant"


class Upgrading(Kind):
    """An office brought up to date, made what it was, brought up to date again."""

    name = "shared-migration"
    longest = 4.0
    lie = "a 0"
    moments: ClassVar = {Call.WRITE: 900, Call.SYNC: 60, Call.RENAME: 1, Call.UNLINK: 20}

    def start(self) -> Mapping[str, bytes]:
        """Return nothing: an office is made for each kill."""
        return {}

    def prepare(self, place: Path) -> None:
        """Make an office of the earlier program, and what its members have of it."""
        made = _made()
        server = offices().server
        address = server.url(server.new_database(made.database))
        (place / ADDRESS).write_text(address, encoding="ascii")
        (place / HERE).mkdir()
        earlier.planted(place)
        for name, replica in zip(MEMBERS, made.replicas, strict=True):
            folder = place / name
            folder.mkdir()
            (folder / f"{made.office}.sqlite3").write_bytes(replica)
            remember(address, made.office, folder)

    def warm(self) -> None:
        """Load what upgrades."""
        import psycopg  # noqa: F401

        import pan_desktop.store.engine
        import pan_desktop.store.shared.upgrading  # noqa: F401

    def work(self, place: Path) -> None:
        """Bring it up to date; make it what it was for the next time."""
        for number in range(8):
            say(f"t {number}")
            _upgrade(place)
            say(f"a {number}")
            say(f"o {number}")
            with closing(_Server(place)) as there:
                earlier.server(there.engine)

    def examine(self, place: Path, facts: Facts) -> None:
        """See the one schema or the other; then everyone connects, and all is there, once."""
        with closing(_Server(place)) as there:
            present = there.present()
            must(present or not facts.done or facts.all("o"), "the office is not migrated")
            if not present:
                must(there.counts() == _made().counts, "rows of the earlier schema are not there")
        for copy in (place / HERE).glob("Sauvegardes/*.sqlite3"):
            whole(copy)
        _upgrade(place)
        left = [file.name for file in (place / HERE).iterdir()]
        must(left == ["Sauvegardes"], f"files were left: {left}")
        with earlier.known(place, None), ExitStack() as stack:
            there = stack.enter_context(closing(_Server(place)))
            must(there.present(), "upgraded once more, the office is not migrated")
            people = [stack.enter_context(closing(_member(place, name))) for name in MEMBERS]
            for _ in range(2):
                for one in people:
                    one.exchange()
            now = _said(there.content())
            for one in people:
                must(_said(one.content()) == now, f"{one.name} does not hold what is on the server")
            names = [str(row["name"]) for row in now["institution"]]
            must(sorted(names) == sorted((WAITING, SENT)), f"of {WAITING}, {SENT}: {names}")
            must(not now["disagreement"], "members disagree who did not meet")
        files = [file for name in MEMBERS for file in (place / name).glob("*.sqlite3")]
        for file in files:
            whole(file)
        with earlier.known(place, None):
            usable(files[0])


def _said(content: Content) -> dict[str, list[dict[str, object]]]:
    """Return what rows say, whatever each side notes of when it wrote them."""
    return {
        name: [
            {key: value for key, value in row.items() if key not in BOOKKEEPING}
            for _, row in sorted(rows.items())
        ]
        for name, rows in content.items()
    }


class _Server:
    """What lies on the server of one kill, in whatever schema."""

    def __init__(self, place: Path) -> None:
        self.engine = server_engine((place / ADDRESS).read_text(encoding="ascii"))

    def close(self) -> None:
        self.engine.dispose()

    def present(self) -> bool:
        """Tell which schema the office has. Raises LostError when it is half of one."""
        with self.engine.connect() as connection:
            revision = connection.execute(text("SELECT revision FROM office")).scalar_one()
            looked = inspect(connection)
            names = set(looked.get_table_names())
            columns = {column["name"] for column in looked.get_columns("meeting")}
        present = revision == earlier.PRESENT
        found = "place" in columns, "saved_filter" in names, "annexe" not in names
        must(found == (present,) * 3, f"half of {revision}: {found}")
        return present

    def counts(self) -> dict[str, int]:
        """Return how many rows each table has whose rows no upgrade changes."""
        with self.engine.connect() as connection:
            return {
                name: connection.execute(text(f'SELECT count(*) FROM "{name}"')).scalar_one()
                for name in ("conclusion", "meeting", "person", "journal", "taken_entry", "annexe")
            }

    def content(self) -> Content:
        """Return the rows that every replica holds."""
        with self.engine.connect() as connection:
            return content_of(connection)


class _Made(NamedTuple):
    """An office of the earlier program, made once for many kills."""

    database: str
    office: str
    replicas: tuple[bytes, ...]
    counts: dict[str, int]


@cache
def _made() -> _Made:
    there = offices()
    name = there.server.new_database(there.first)
    address = there.server.url(name)
    with tempfile.TemporaryDirectory(prefix="pan-kill-") as folder:
        people = [Secretary(n, address, Path(folder) / n, random.Random(0)) for n in MEMBERS]
        salma, driss = people
        driss.office.run(lambda work: work.insert("institution", name=SENT))
        driss.exchange()
        salma.exchange()
        salma.office.run(lambda work: work.insert("institution", name=WAITING))
        replicas = []
        for one in people:
            one.close()
            earlier.file(one.file)
            replicas.append(one.file.read_bytes())
        place = Path(folder) / "x"
        place.mkdir()
        (place / ADDRESS).write_text(address, encoding="ascii")
        with closing(_Server(place)) as server:
            earlier.server(server.engine)
            counts = server.counts()
        return _Made(name, salma.file.stem, tuple(replicas), counts)


def _member(place: Path, name: str) -> Secretary:
    address = (place / ADDRESS).read_text(encoding="ascii")
    return Secretary(name, address, place / name, random.Random(0))


def _upgrade(place: Path) -> None:
    address = (place / ADDRESS).read_text(encoding="ascii")
    with earlier.known(place, None):
        upgrade_office(Office(address, replicas=place / HERE), now=datetime.now(UTC))
