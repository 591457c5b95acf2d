"""Several secretaries on one shared office, and a memory of what each wrote.

    python -m tests.soak.sharing [--operations 10000] [--seed 0] [--secretaries N]

Each has a local side of her own and a line that takes its steps when told to; nothing runs beside.
In the end everyone is connected, and all that was written must be accounted for (``memory``).
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
import traceback
from collections import Counter
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import select

from pan_desktop.app import disagreements
from pan_desktop.app.office import Office, reading
from pan_desktop.app.sharing import Line, LineStatus
from pan_desktop.domain.errors import PanError
from pan_desktop.store.merging.entries import BOOKKEEPING
from pan_desktop.store.shared.server import create, server_engine, shared_tables
from tests.postgres import running
from tests.soak.deeds import LIKELY, Done, Hand, small_office, word
from tests.soak.memory import Memory
from tests.soak.remains import must, whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import Connection

    from pan_desktop.store.changes import Row
    from pan_desktop.store.unit_of_work import UnitOfWork
    from tests.postgres import TestServer
    from tests.soak.memory import Content

EPISODE = 200
"""So many operations are done on one office before all is looked at and another begins."""
_NETWORK = {"exchange": 8.0, "leave": 1.5, "come_back": 2.5, "reopen": 0.7}
ONLINE = {**_NETWORK, "choose": 2.0, "change_mind": 1.0}
"""What is done beside the deeds, and how likely each is."""


class Secretary:
    """One secretary: her local side, her line, her hands."""

    def __init__(self, name: str, address: str, folder: Path, chance: random.Random) -> None:
        """Give her a local side in ``folder``, filled from the server at ``address``."""
        self.name = name
        self.address = address
        self.folder = folder
        self.online = True
        self.hand = Hand(Office(address, author=name, replicas=folder), chance)
        self.hand.office.open()
        self.line = self._line()

    @property
    def office(self) -> Office:
        """Return her office."""
        return self.hand.office

    @property
    def file(self) -> Path:
        """Return the file of her local side."""
        (file,) = self.folder.glob("*.sqlite3")
        return file

    def _line(self) -> Line:
        return Line(self.office, author=self.name, password=lambda _address: None)

    def exchange(self) -> None:
        """Send and take in, if the network lets her. Raises LostError when she is refused."""
        if self.online:
            self.line.retry()
            state = self.line.step()
            must(state.status is LineStatus.CONNECTED, f"{self.name}: {state.sentence}")

    def reopen(self) -> None:
        """Close the program and start it again."""
        self.line.close()
        self.office.close()
        self.hand.office = Office(self.address, author=self.name, replicas=self.folder)
        self.line = self._line()

    def content(self) -> Content:
        """Return what her local side holds."""
        return self.office.run(_content).result

    def close(self) -> None:
        """End."""
        self.line.close()
        self.office.close()


@reading
def _pending(work: UnitOfWork) -> int:
    return work.replica.outbox.pending()


def _words(rows: dict[str, Row]) -> dict[str, Row]:
    """Return rows without what every write changes."""
    return {
        key: {k: v for k, v in row.items() if k not in BOOKKEEPING} for key, row in rows.items()
    }


@reading
def _content(work: UnitOfWork) -> Content:
    return content_of(work._connection)


def content_of(connection: Connection) -> Content:
    """Return the rows that every replica holds, by table and identifier."""
    return {
        table.name: {row["id"]: dict(row) for row in connection.execute(select(table)).mappings()}
        for table in shared_tables()
    }


class World:
    """A shared office, its secretaries, and what they wrote."""

    def __init__(
        self,
        address: str,
        folder: Path,
        chance: random.Random,
        secretaries: int,
        *,
        through: str = "",
    ) -> None:
        """Let so many secretaries join the office at ``address``, or ``through`` another one."""
        self.address = address
        self.chance = chance
        self.memory = Memory()
        self.seen: Counter[str] = Counter()
        self.secretaries: list[Secretary] = []
        for number in range(secretaries):
            own = folder / str(number)
            own.mkdir()
            name = f"Secrétaire {number + 1}"
            self.secretaries.append(Secretary(name, through or address, own, chance))

    def does(self, who: int, deed: str) -> str:
        """Let somebody do something; return what became of it in a word."""
        secretary = self.secretaries[who % len(self.secretaries)]
        if deed in ONLINE:
            done = getattr(self, f"_{deed}")(secretary)
            self.seen[deed.replace("_", " ")] += 1
        else:
            done = secretary.hand.does(deed)
            self.seen["refused" if done.refused else "done" if done.changes else "nothing"] += 1
        self.memory.note(secretary.name, deed, done.changes)
        return done.refused

    def _exchange(self, secretary: Secretary) -> Done:
        secretary.exchange()
        return Done()

    def _leave(self, secretary: Secretary) -> Done:
        secretary.online = False
        secretary.line.cut()
        return Done()

    def _come_back(self, secretary: Secretary) -> Done:
        secretary.online = True
        secretary.exchange()
        return Done()

    def _reopen(self, secretary: Secretary) -> Done:
        secretary.reopen()
        return Done()

    def _choose(self, secretary: Secretary) -> Done:
        """Choose in a disagreement."""
        return choose(secretary.hand)

    def _change_mind(self, secretary: Secretary) -> Done:
        """Choose in a disagreement, take that back, and now and then do it again after all."""
        sent = secretary.office.run(_pending).result == 0
        shown = secretary.content()
        chosen = choose(secretary.hand)
        if not chosen.changes:
            return chosen
        self.memory.note(secretary.name, "choose", chosen.changes)
        if self.chance.random() < 0.3:
            self.secretaries[self.chance.randrange(len(self.secretaries))].exchange()
            sent = False
        back = secretary.hand.does("undo")
        if sent:  # what was typed since it was last sent is not yet in what is offered
            now = secretary.content()
            for name in shown:
                must(
                    name == "disagreement" or _words(shown[name]) == _words(now[name]),
                    f"{secretary.name} sees other {name} after a choice was taken back",
                )
        if self.chance.random() < 0.3:
            self.memory.note(secretary.name, "undo", back.changes)
            return secretary.hand.does("redo")
        return back

    # In the end --------------------------------------------------------------------------------

    def settle(self) -> None:
        """Let everyone exchange until nothing is new to anybody. Raises LostError."""
        for secretary in self.secretaries:
            secretary.online = True
        for _ in range(2):
            for secretary in self.secretaries:
                secretary.exchange()
        for secretary in self.secretaries:
            must(secretary.line.state.pending == 0, f"{secretary.name} has something left to send")

    def examine(self) -> None:
        """Look whether all is there, and the same everywhere. Raises LostError."""
        self.settle()
        lost = self.memory.lost(self.server())
        must(not lost, f"lost: {'; '.join(lost[:3])}")
        for _ in range(50):
            if not self._choose_all():
                break
            self.settle()
        said = self.server()
        must(not said["disagreement"], "what is chosen opens again and again")
        lost = self.memory.lost(said)
        must(not lost, f"lost after choosing: {'; '.join(lost[:3])}")
        for secretary in self.secretaries:
            self._compare(secretary, said)

    def _choose_all(self) -> bool:
        some = False
        for secretary in self.secretaries:
            for _ in secretary.content()["disagreement"]:
                some = True
                self.does(self.secretaries.index(secretary), "choose")
        return some

    def _compare(self, secretary: Secretary, said: Content) -> None:
        mine = secretary.content()
        for name, rows in said.items():
            for key in {*rows, *mine[name]}:
                here, there = mine[name].get(key), rows.get(key)
                if here is None or there is None:
                    differing: object = here, there
                else:
                    kept = {*here} - {*BOOKKEEPING}
                    differing = {k: (here[k], there[k]) for k in kept if here[k] != there[k]}
                words = f"{secretary.name} has {name} {key} otherwise than the server: {differing}"
                must(not differing, words)
        secretary.close()
        whole(secretary.file)
        secretary.reopen()

    def server(self) -> Content:
        """Return what the server holds."""
        engine = server_engine(self.address)
        with engine.connect() as connection:
            found = content_of(connection)
        engine.dispose()
        return found

    def close(self) -> None:
        """End everyone's work."""
        for secretary in self.secretaries:
            secretary.close()


def choose(hand: Hand) -> Done:
    """Choose in one of the open disagreements, one way or the other."""
    opened = hand.pick(hand.office.run(disagreements.open_disagreements).result)
    if opened is None:
        return Done()
    one = {"disagreement_id": opened.id}
    ways: list[Callable[[], Done]] = [
        lambda choice=choice: hand.run(disagreements.choose, choice=choice, **one)  # type: ignore[misc]
        for choice in sorted(opened.choices, key=lambda choice: choice.value)
    ]
    if opened.table == "conclusion" and opened.what and opened.choices:
        ways.append(lambda: hand.run(disagreements.choose_text, text=word(), **one))
    if not ways:
        ways = [
            lambda: hand.run(disagreements.restore, **one),
            lambda: hand.run(disagreements.dismiss, **one),
        ]
    way = hand.pick(ways)
    assert way is not None
    try:
        return way()
    except PanError as error:
        return Done(refused=error.sentence)


class Offices:
    """Makes shared offices to begin with, each a database of its own on one server."""

    def __init__(self, server: TestServer) -> None:
        """Make the one that all are copies of."""
        self.server = server
        self.first = server.new_database()
        address = server.url(self.first)
        engine = server_engine(address)
        with engine.begin() as connection:
            create(connection)
        engine.dispose()
        with tempfile.TemporaryDirectory(prefix="pan-shared-") as folder:
            begun = Secretary("Secrétariat", address, Path(folder), random.Random(0))
            begun.office.run(small_office)
            begun.exchange()
            begun.close()

    @contextmanager
    def place(self) -> Iterator[tuple[str, Path]]:
        """Give the name of an office's database, and a folder; both are removed afterwards."""
        name = self.server.new_database(self.first)
        folder = Path(tempfile.mkdtemp(prefix="pan-shared-"))
        try:
            yield name, folder
        finally:
            self.server.sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            shutil.rmtree(folder)

    @contextmanager
    def one(self, seed: int, secretaries: int) -> Iterator[World]:
        """Give an office with its secretaries, ended and removed afterwards."""
        with self.place() as (name, folder):
            world = World(self.server.url(name), folder, random.Random(seed), secretaries)
            try:
                yield world
            finally:
                world.close()


def episode(world: World, operations: int) -> None:
    """Do so many things, drawn from the world's chance, and look at what is left."""
    likely = {**LIKELY, **ONLINE}
    deeds, weights = list(likely), list(likely.values())
    for _ in range(operations):
        (deed,) = world.chance.choices(deeds, weights)
        world.does(world.chance.randrange(len(world.secretaries)), deed)
    world.examine()


def run(operations: int, seed: int) -> int:
    """Do so many operations, two and three secretaries in turn; print what was seen.

    Return how many episodes went wrong.
    """
    wrong, seen, episodes = 0, Counter[str](), 0
    with running() as server:
        offices = Offices(server)
        for begun in range(0, operations, EPISODE):
            number = seed + begun // EPISODE
            error = _one(offices, number, min(EPISODE, operations - begun), seen)
            episodes += 1
            if error:
                wrong += 1
                print(f"--only {number}: {error}"[:1500], flush=True)
    told = ", ".join(f"{number} {word}" for word, number in seen.most_common())
    print(f"{operations} operations ({told}) in {episodes} offices, {wrong} went wrong", flush=True)
    return wrong


def _one(offices: Offices, number: int, operations: int, seen: Counter[str]) -> str:
    with offices.one(number, 2 + number % 2) as world:
        try:
            episode(world, operations)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is what is looked for
            # What needs a certain moment is not always seen again with ``--only``.
            way = [f"{f.name}:{f.lineno}" for f in traceback.extract_tb(error.__traceback__)]
            return f"{type(error).__name__}: {error} ({' > '.join(way)})"
        finally:
            seen += world.seen
    return ""


def main() -> int:
    """Do as many operations as asked."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak.sharing")
    parser.add_argument("--operations", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", type=int)
    options = parser.parse_args()
    if options.only is None:
        return int(run(options.operations, options.seed) > 0)
    with running() as server, Offices(server).one(options.only, 2 + options.only % 2) as world:
        episode(world, EPISODE)
    return 0


if __name__ == "__main__":
    sys.exit(main())
