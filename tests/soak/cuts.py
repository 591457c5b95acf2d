"""Cut the line to the server of a shared office while secretaries work, and look at what is left.

    python -m tests.soak.cuts [--cuts 200] [--seed 0] [--only NUMBER]

A cut comes after so many bytes, at a word on its way to the server (its answer lost, or itself),
by the server's own administrator, or by the server that falls and starts again: while something
is sent, taken in, waited for, or a local side is filled. In the end everyone is connected, and all
that was written must be there once (``memory``).
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING

from pan_desktop.app.sharing import LineStatus
from pan_desktop.domain.errors import SharedUnreachableError
from tests.postgres import running
from tests.proxy import Proxy
from tests.soak.deeds import LIKELY
from tests.soak.remains import must
from tests.soak.sharing import Offices, Secretary, World

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.postgres import TestServer

OF_ONE_OFFICE = 10
"""So many cuts are survived before all is looked at and another office begins."""
WORDS = (b"COMMIT", b"BEGIN", b"INSERT INTO entry", b"taken_entry", b"pg_notify", b"pg_advisory")
LOST = (True, True, False)
"""Whether what is on its way arrives and its answer is lost; else it is lost itself."""
WAYS = ("bytes", "bytes", "word", "word", "administrator", "server", "first fill")


class Cutting(World):
    """A shared office that everyone reaches through one network, which is cut."""

    def __init__(
        self, server: TestServer, name: str, folder: Path, chance: random.Random, network: Proxy
    ) -> None:
        """Let two secretaries join the office in the database ``name``."""
        super().__init__(server.url(name), folder, chance, 2, through=network.url(server.url(name)))
        self.server_itself, self.name = server, name
        self.network, self.folder = network, folder
        self.cut: Counter[str] = Counter()

    def survive(self) -> None:
        """Work, be cut, and go on. Raises LostError."""
        for secretary in self.secretaries:
            for _ in range(self.chance.randint(1, 4)):
                deed = self.chance.choices([*LIKELY], [*LIKELY.values()])[0]
                self.does(self.secretaries.index(secretary), deed)
        way = self.chance.choice(WAYS)
        victim = self.chance.choice(self.secretaries)
        before = self.network.cuts
        if way == "first fill":
            self._cut_a_first_fill()
        else:
            self._cut(way)
            for _ in range(2):
                victim.line.retry()
                victim.line.step()
                if self.chance.random() < 0.3:
                    victim.line.rest(0)
        felt = self.network.cuts > before or way in {"administrator", "server"}
        self.cut[way if felt else "none"] += 1
        self.network.cut_after(1 << 40)
        self.network.cut_at(b"no such word", answer_lost=False)
        if self.chance.random() < 0.3:
            victim.reopen()

    def _cut(self, way: str) -> None:
        """Have the line cut now or soon."""
        if way == "bytes":
            self.network.cut_after(
                self.chance.choice((1, 200, 1000, 3000, self.chance.randint(1, 9000)))
            )
        elif way == "word":
            lost = self.chance.choice(LOST)
            self.network.cut_at(self.chance.choice(WORDS), answer_lost=lost)
        elif way == "administrator":
            self.server_itself.sql(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                f" WHERE datname = '{self.name}'"
            )
        else:
            self.server_itself.stop(at_once=True)
            self.server_itself.start()

    def _cut_a_first_fill(self) -> None:
        """Let somebody join who is cut off while her local side is filled, and join again."""
        own = self.folder / f"new-{self.cut.total()}"
        own.mkdir()
        self.network.cut_after(self.chance.choice((400, 900, 1500, 2500)))
        address = self.network.url(self.address)
        try:
            joined = Secretary("Nouvelle", address, own, self.chance)
        except SharedUnreachableError:
            self.network.cut_after(1 << 40)
            joined = Secretary("Nouvelle", address, own, self.chance)
        joined.close()

    def settle(self) -> None:
        """Let everyone exchange, as often as the network still needs to be found."""
        for secretary in self.secretaries:
            for _ in range(3):
                secretary.line.retry()
                if secretary.line.step().status is LineStatus.CONNECTED:
                    break
            must(secretary.line.state.status is LineStatus.CONNECTED, secretary.line.state.sentence)
        super().settle()


@contextmanager
def cut_office(offices: Offices, seed: int) -> Iterator[Cutting]:
    """Give an office behind a network that can be cut."""
    with Proxy(offices.server.port) as network, offices.place() as (name, folder):
        world = Cutting(offices.server, name, folder, random.Random(seed), network)
        try:
            yield world
        finally:
            world.close()


def run(cuts: int, seed: int) -> int:
    """Cut so often, print what was seen, and return how many offices were not whole after it."""
    wrong, cut = 0, Counter[str]()
    with running(durable=True) as server:
        offices = Offices(server)
        number = seed
        while cut.total() - cut["none"] < cuts:
            try:
                with cut_office(offices, number) as world:
                    try:
                        while world.cut.total() - world.cut["none"] < OF_ONE_OFFICE:
                            world.survive()
                        world.examine()
                    finally:
                        cut += world.cut
            except Exception as error:  # noqa: BLE001 - whatever it is, it is what is looked for
                wrong += 1
                print(f"--only {number}: {type(error).__name__}: {error}"[:1000], flush=True)
            number += 1
    none = cut.pop("none", 0)
    told = ", ".join(f"{count} by {way}" for way, count in cut.most_common())
    print(
        f"{cut.total()} cuts ({told}; {none} came to nothing) in {number - seed} offices,", end=" "
    )
    print(f"{wrong} went wrong", flush=True)
    return wrong


def main() -> int:
    """Cut as often as asked."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak.cuts")
    parser.add_argument("--cuts", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", type=int)
    options = parser.parse_args()
    if options.only is None:
        return int(run(options.cuts, options.seed) > 0)
    with running(durable=True) as server, cut_office(Offices(server), options.only) as world:
        while world.cut.total() - world.cut["none"] < OF_ONE_OFFICE:
            world.survive()
        world.examine()
    return 0


if __name__ == "__main__":
    sys.exit(main())
