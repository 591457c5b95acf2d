"""Several secretaries on one real PostgreSQL, without a window: each a replica and its line.

    def test_something(shared: SharedOffice) -> None:
        salma, driss = shared.client("Salma"), shared.client("Driss")
        salma.run(use_case, …)       # stored at once, on her replica
        salma.step(); driss.step()   # sent, and taken in
        shared.settle(salma, driss)  # until nobody has anything left to send or to learn

The invariant that ``SharedOffice.agree`` asserts is that of ``pan_desktop.app.sharing``: once
settled, every replica and the server hold the same rows, but for the text that a replica keeps
over an open disagreement of its own (``Client.rows`` shows the rows below it).
"""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from pan_desktop.app import sample
from pan_desktop.app.office import Office
from pan_desktop.app.places import local_file
from pan_desktop.app.sharing import Line, LineState, LineStatus
from pan_desktop.domain.ids import new_id
from pan_desktop.store import tables
from pan_desktop.store.merging.entries import BOOKKEEPING, read
from pan_desktop.store.shared.addresses import remember, replica_file
from pan_desktop.store.shared.server import create, server_engine, shared_tables
from tests.postgres import TestServer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Rows = dict[str, dict[str, dict[str, Any]]]
"""The content of an office: by table and identifier."""


def no_password(_address: str) -> None:
    """Ask nobody's keyring."""


class Client:
    """One secretary: an office on a replica of her own, and the line that she drives herself."""

    def __init__(
        self, url: str, name: str, folder: Path, *, through: str = "", replica: bytes = b""
    ) -> None:
        self.url, self.name, self.folder = url, name, folder
        self._through = through
        if replica:
            _put_replica(url, folder, replica)
        self.office = self._office()
        self.office.open()
        self.line = self._line()

    def run(self, use_case: Callable[..., Any], **arguments: Any) -> Any:
        return self.office.run(use_case, **arguments).result

    def save(self, typing: str, use_case: Callable[..., Any], **arguments: Any) -> Any:
        return self.office.save(typing, use_case, **arguments).result

    def step(self) -> LineState:
        """Exchange once, at once, whatever pause the line was making."""
        self.line._retry_at = 0.0
        return self.line.step()

    def reopen(self) -> None:
        """Close the program and start it again."""
        self.close()
        self.office = self._office()
        self.line = self._line()

    def close(self) -> None:
        self.line.close()
        self.office.close()

    @property
    def file(self) -> Path:
        found = local_file(self.url, self.folder)
        assert found is not None
        return found

    @property
    def pending(self) -> int:
        return self.office.run(lambda work: work.replica.outbox.pending()).result

    def rows(self) -> Rows:
        """Return what the replica holds below the texts that it keeps over open disagreements."""
        found = self.office.run(lambda work: _rows(work._connection)).result
        masks = self.office.run(_masks).result
        for change in masks:
            row_id = (change.after or change.before or {})["id"]
            if change.before is None:
                found[change.table].pop(row_id, None)
            elif row_id in found[change.table]:
                found[change.table][row_id] |= _plain(change.before)
            else:
                found[change.table][row_id] = _plain(change.before)
        return found

    def _office(self) -> Office:
        return Office(self.url, author=self.name, replicas=self.folder)

    def _line(self) -> Line:
        return Line(self.office, author=self.name, password=no_password, address=self._through)


class SharedOffice:
    """One office on a server, and its secretaries."""

    def __init__(self, server: TestServer, folder: Path, *, filled: bool = False) -> None:
        self.server, self.folder = server, folder
        template, self._replica = _prepared(server, filled=filled)
        self.database = server.new_database(template)
        self.url = server.url(self.database)
        self.engine = server_engine(self.url)
        self._clients: list[Client] = []

    def client(self, name: str, *, through: str = "", user: str = "", password: str = "") -> Client:
        """Give a new secretary, her replica filled; her line may go ``through`` another address."""
        url = self.server.url(self.database, user, password) if user else self.url
        folder = self.folder / f"{len(self._clients)}-{name}"
        made = Client(url, name, folder, through=through, replica=self._replica)
        self._clients.append(made)
        return made

    def settle(self, *clients: Client) -> None:
        """Have everyone exchange until nobody has anything left to send or to learn."""
        for _ in range(2):
            for client in clients:
                state = client.step()
                assert state.status is LineStatus.CONNECTED, state.sentence
        assert [client.pending for client in clients] == [0] * len(clients)

    def rows(self) -> Rows:
        """Return what the server holds."""
        with self.engine.connect() as connection:
            return _rows(connection)

    def agree(self, *clients: Client) -> Rows:
        """Assert that all say the same, and return it."""
        there = self.rows()
        for client in clients:
            here = client.rows()
            for name in there:
                differing = {
                    key: (here[name].get(key), there[name].get(key))
                    for key in here[name].keys() | there[name].keys()
                    if here[name].get(key) != there[name].get(key)
                }
                assert not differing, (client.name, name, differing)
        return there

    def close(self) -> None:
        for client in self._clients:
            client.close()
        self.engine.dispose()


_templates: dict[tuple[int, bool], tuple[str, bytes]] = {}


def _prepared(server: TestServer, *, filled: bool) -> tuple[str, bytes]:
    """Return the name of a finished office to copy, and a replica of it, made once."""
    if (server.port, filled) not in _templates:
        name = server.new_database()
        engine = server_engine(server.url(name))
        with engine.begin() as connection:
            create(connection)
        engine.dispose()
        with tempfile.TemporaryDirectory() as folder:
            made = Client(server.url(name), "exemple", Path(folder))
            if filled:
                made.run(sample.fill_meetings)
            assert made.step().pending == 0
            made.close()
            _templates[server.port, filled] = name, made.file.read_bytes()
    return _templates[server.port, filled]


def _put_replica(url: str, folder: Path, content: bytes) -> None:
    """Make ``folder`` that of a machine on which the office was joined: quicker than joining."""
    folder.mkdir(parents=True)
    file = folder / "x"
    file.write_bytes(content)
    with closing(sqlite3.connect(file)) as connection, connection:
        (office,) = connection.execute("SELECT server FROM replica").fetchone()
        connection.execute("UPDATE replica SET id = ?", (new_id(),))
    file.rename(replica_file(folder, office))
    remember(url, office, folder)


@pytest.fixture
def filled(server: TestServer, tmp_path: Path) -> Iterator[SharedOffice]:
    """Give a shared office that holds the sample, on a database of its own."""
    with closing(SharedOffice(server, tmp_path, filled=True)) as made:
        yield made


@pytest.fixture
def shared(server: TestServer, tmp_path: Path) -> Iterator[SharedOffice]:
    """Give an empty shared office on a database of its own."""
    with closing(SharedOffice(server, tmp_path)) as made:
        yield made


def _rows(connection: Any) -> Rows:
    return {
        table.name: {row["id"]: _plain(row) for row in connection.execute(select(table)).mappings()}
        for table in shared_tables()
    }


def _plain(row: Any) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key not in BOOKKEEPING}


def _masks(work: Any) -> list[Any]:
    box = tables.outbox
    found = select(box.c.changes).where(box.c.state == "mask").order_by(box.c.number.desc())
    return [change for text in work._connection.execute(found).scalars() for change in read(text)]
