"""A real PostgreSQL for the tests, started by the first that asks and ended with them.

Use the fixtures by importing them into a ``conftest.py``: ``server`` is the session's server,
``shared_address`` the URL of a shared office of its own, empty, for one test. Where PostgreSQL
cannot be started the tests fail: they never pass without it.
"""

from __future__ import annotations

import itertools
import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest

from build_spec.local_server import LocalServer, ServerError

if TYPE_CHECKING:
    from collections.abc import Iterator

_numbers = itertools.count(1)


class TestServer(LocalServer):
    """A server for tests, with a finished empty office to copy."""

    __test__ = False

    def sql(self, statement: str, database: str = "postgres") -> list[tuple[object, ...]]:
        """Run one statement as the administrator, committed at once."""
        with psycopg.connect(f"{self.address}/{database}", autocommit=True) as connection:
            found = connection.execute(statement.encode())
            return found.fetchall() if found.description else []

    def new_database(self, template: str = "template0") -> str:
        """Make a database and return its name."""
        name = f"pan_{os.getpid()}_{next(_numbers)}"
        self.sql(f'CREATE DATABASE "{name}" TEMPLATE {template}')
        return name

    def url(self, database: str, user: str = "", password: str = "", port: int = 0) -> str:
        """Return the URL of a database, as a user (the administrator), by another port."""
        who = f"{user}:{password}" if password else user or "pan"
        return f"postgresql://{who}@127.0.0.1:{port or self.port}/{database}"


@contextmanager
def running(*, durable: bool = False) -> Iterator[TestServer]:
    """Start a server in a folder of its own and end it, folder and all."""
    folder = Path(tempfile.mkdtemp(prefix="pan-postgres-"))
    folder.chmod(0o755)
    try:
        server = _started(folder, durable=durable)
        try:
            yield server
        finally:
            server.stop(at_once=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _started(folder: Path, *, durable: bool) -> TestServer:
    try:
        server = TestServer(folder / "server", durable=durable)
        server.start()
    except ServerError as error:
        needed = "Les tests de la base partagée demandent PostgreSQL."
        pytest.fail(f"{needed} {error}", pytrace=False)
    return server


@pytest.fixture(scope="session")
def server() -> Iterator[TestServer]:
    """Give the session's server."""
    with running() as started:
        yield started
