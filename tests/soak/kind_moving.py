"""An office made again of one machine's copy, its server being lost, and taken out again."""

from __future__ import annotations

import shutil
from contextlib import closing
from hashlib import sha256
from typing import TYPE_CHECKING, ClassVar

from pan_desktop.app.moving import move
from pan_desktop.app.office import Office
from pan_desktop.app.sharing import Line
from pan_desktop.domain.errors import InputError, PanError
from pan_desktop.store.merging.entries import BOOKKEEPING
from pan_desktop.store.shared.rescuing import standing_alone
from pan_desktop.store.shared.server import identify, server_engine
from tests.faults import Call
from tests.soak.acting import command, say
from tests.soak.kind import Facts, Kind
from tests.soak.kind_shared import ADDRESS, offices
from tests.soak.remains import must, usable, whole

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from sqlalchemy import Connection

    from pan_desktop.store.unit_of_work import UnitOfWork
    from tests.soak.memory import Content

COPY, DIGEST = "copie.sqlite3", "empreinte.txt"
TURNS = 4


class Moving(Kind):
    """``move`` of a replica's copy to a server, and of that to a file, in turns."""

    name = "shared-restore"
    longest = 3.5
    lie = "a to-0"
    moments: ClassVar = {Call.WRITE: 1500, Call.SYNC: 40, Call.OPEN: 60, Call.RENAME: 4}

    def start(self) -> Mapping[str, bytes]:
        """Return nothing: what is copied is of one server."""
        return {}

    def prepare(self, place: Path) -> None:
        """Make a copy of a machine's side, on which something waits for a server that is gone."""
        made = offices()
        lost = made.server.new_database(made.first)
        address = made.server.url(lost)
        (place / ADDRESS).write_text(address, encoding="ascii")
        office = Office(address, author="Secrétariat", replicas=place / "poste")
        with closing(office):
            office.run(_write, name="Lu par le serveur")
            with closing(Line(office, password=lambda _address: None)) as line:
                line.step()
            office.run(_write, name="Hors ligne")
        (replica,) = (place / "poste").glob("*.sqlite3")
        shutil.copyfile(replica, place / COPY)
        shutil.rmtree(place / "poste")
        made.server.sql(f'DROP DATABASE "{lost}"')
        (place / DIGEST).write_text(_digest(place / COPY), encoding="ascii")

    def warm(self) -> None:
        """Load what reaches the server."""
        import psycopg  # noqa: F401

        import pan_desktop.store.shared.moving  # noqa: F401

    def work(self, place: Path) -> None:
        """Move there and back."""
        for turn in range(TURNS):
            _make(place, turn)
            say(f"t to-{turn}")
            command("move", "--from", place / COPY, "--to", _target(place, turn))
            say(f"a to-{turn}")
            say(f"t from-{turn}")
            command("move", "--from", _target(place, turn), "--to", _file(place, turn))
            say(f"a from-{turn}")

    def examine(self, place: Path, facts: Facts) -> None:
        """See each target whole or not in service, and what was under way done again."""
        with standing_alone(place / COPY, None) as (connection, left):
            expected = _content(connection)
        must(len(left.waiting) == 1, "the copy is not what it was")
        for moved in facts.tried:
            way, _, turn = moved.partition("-")
            look = self._server if way == "to" else self._out
            look(place, int(turn), expected, answered=moved in facts.done)
        kept = (place / DIGEST).read_text(encoding="ascii")
        must(_digest(place / COPY) == kept, "the copy was written to")
        must(not list(place.glob("*.incomplet*")), "half a file was left")
        _clear(place)

    def _server(self, place: Path, turn: int, expected: Content, *, answered: bool) -> None:
        target = _target(place, turn)
        found = _in_service(target)
        must(found is not None or not answered, f"moved to {target}, and it is not there")
        if found is None:
            move(source=str(place / COPY), target=target)
            found = _in_service(target)
        must(found == expected, f"what is at {target} differs")

    def _out(self, place: Path, turn: int, expected: Content, *, answered: bool) -> None:
        file = _file(place, turn)
        must(file.exists() or not answered, f"moved to {file.name}, and it is not there")
        if not file.exists():
            move(source=_target(place, turn), target=str(file))
        whole(file)
        with closing(Office(str(file))) as office:
            found: Content = office.run(lambda work: _content(work._connection)).result
        must(found == expected, f"what is in {file.name} differs")
        usable(file)


def _write(work: UnitOfWork, *, name: str) -> None:
    work.insert("institution", name=name)


def _content(connection: Connection) -> Content:
    """Return what an office says: when its rows were merged is another instant each time."""
    from tests.soak.sharing import content_of

    return {
        name: {
            key: {column: value for column, value in row.items() if column not in BOOKKEEPING}
            for key, row in rows.items()
        }
        for name, rows in content_of(connection).items()
    }


def _in_service(address: str) -> Content | None:
    """Return what a shared office holds, None where there is none that can be opened."""
    from pan_desktop.store.shared.failures import reaching

    engine = server_engine(address)
    try:
        with reaching(), engine.connect() as connection:
            identify(connection)
            return _content(connection)
    except (InputError, PanError):
        return None
    finally:
        engine.dispose()


def _base(place: Path) -> tuple[str, str]:
    server, _, database = (place / ADDRESS).read_text(encoding="ascii").rpartition("/")
    return server, database


def _target(place: Path, turn: int) -> str:
    server, database = _base(place)
    return f"{server}/{database}_{place.name.replace('-', '_')}_{turn}"


def _make(place: Path, turn: int) -> None:
    """Make an empty database to move to."""
    import psycopg

    server, _ = _base(place)
    name = _target(place, turn).rpartition("/")[2]
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE template0'.encode())


def _clear(place: Path) -> None:
    """Remove what all rounds of this kill have made on the server: it would fill the disk."""
    made = offices().server
    begun = f"SELECT datname FROM pg_database WHERE starts_with(datname, '{_base(place)[1]}_')"
    for (name,) in made.sql(begun):
        made.sql(f'DROP DATABASE "{name}" WITH (FORCE)')


def _file(place: Path, turn: int) -> Path:
    return place / f"retrouve-{turn}.sqlite3"


def _digest(file: Path) -> str:
    return sha256(file.read_bytes()).hexdigest()
