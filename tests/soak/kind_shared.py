"""A shared office on a real PostgreSQL: joined, typed into, sent and imported into at one desk."""

from __future__ import annotations

import atexit
from contextlib import ExitStack
from functools import cache
from typing import TYPE_CHECKING, ClassVar

from pan_desktop.app import conclusions, meetings
from pan_desktop.app.conclusions import OutlinePatch, PointEdit
from pan_desktop.app.office import Office
from pan_desktop.app.sharing import Line, LineStatus
from pan_desktop.domain.ids import new_id
from pan_desktop.domain.model import ItemKind
from pan_desktop.store.shared.server import server_engine
from tests.builders import sample_bytes
from tests.faults import Call
from tests.soak.acting import command, say
from tests.soak.kind import Facts, Kind
from tests.soak.remains import must, usable, whole

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tests.soak.memory import Content
    from tests.soak.sharing import Offices

ADDRESS, IMPORTED, REPLICAS = "adresse.txt", "relevé.json", "postes"
TOKENS = 24


class Sharing(Kind):
    """Points typed into the local side, sent every third time; a relevé imported by command."""

    name = "shared"
    longest = 3.5
    lie = "s 0-0"
    moments: ClassVar = {Call.WRITE: 700, Call.SYNC: 70, Call.OPEN: 60, Call.UNLINK: 20}

    def start(self) -> Mapping[str, bytes]:
        """Return a relevé to import."""
        return {IMPORTED: sample_bytes()}

    def prepare(self, place: Path) -> None:
        """Make a shared office for this kill alone."""
        (place / ADDRESS).write_text(new_office(), encoding="ascii")

    def warm(self) -> None:
        """Load what reaches the server."""
        import psycopg  # noqa: F401

        import pan_desktop.store.shared.line  # noqa: F401

    def work(self, place: Path) -> None:
        """Join, type, send."""
        address = address_of(place)
        office, line = _desk(place)
        office.open()
        latest = office.run(meetings.list_meetings).result[0].id
        agenda = office.run(meetings.view_meeting, meeting_id=latest).result.record.agenda
        item_id = next(item.id for item in agenda if item.kind is ItemKind.POINTS)
        for number in range(TOKENS):
            token = f"{place.name}-{number}"
            say(f"t {token}")
            edit = PointEdit(new_id(), 0, f"jeton {token}.")
            patch = OutlinePatch(None, (edit,), (None,), None)
            office.run(conclusions.save_patch, item_id=item_id, patch=patch)
            say(f"a {token}")
            if number % 3 == 2:
                line.retry()
                if line.step().status is LineStatus.CONNECTED and not line.state.pending:
                    say(f"s {token}")
            if number == TOKENS // 2:
                command("--database", address, "import", place / IMPORTED)
                say("i imported")
        line.close()
        office.close()

    def examine(self, place: Path, facts: Facts) -> None:
        """See on the server what was sent, and after one more exchange all, each once."""
        sent = [*facts.all("s")]
        before = _tokens(server_content(place))
        if sent:
            number = int(sent[-1].split("-")[1])
            expected = {t for t in facts.tried if int(t.split("-")[1]) <= number}
            expected |= set(sent)
            must(expected <= set(before), f"sent, and is not there: {sorted(expected - {*before})}")
        office, line = _desk(place)
        office.open()
        for _ in range(20):
            line.retry()
            state = line.step()
            must(state.status is LineStatus.CONNECTED, state.sentence)
            if not state.pending:
                break
        content = server_content(place)
        found = [token for token in _tokens(content) if token.startswith(f"{place.name}-")]
        must(len(found) == len(set(found)), f"there twice: {sorted(found)}")
        must(set(facts.done) <= set(found), f"lost: {sorted(set(facts.done) - set(found))}")
        must(set(found) <= set(facts.tried) | set(sent), "something was never typed")
        if facts.all("i"):
            days = [str(row["day"]) for row in content["meeting"].values()]
            must(days.count("2025-10-16") == 1, f"the imported meeting is there {days}")
        must(not content["disagreement"], "one who works alone disagrees with herself")
        line.close()
        office.close()
        (file,) = (place / REPLICAS).glob("*.sqlite3")
        whole(file)
        usable(file)


def new_office() -> str:
    """Make a shared office on this process's own server and return its address."""
    there = offices()
    return there.server.url(there.server.new_database(there.first))


def address_of(place: Path) -> str:
    """Return the address of the office of one kill."""
    return (place / ADDRESS).read_text(encoding="ascii")


def _desk(place: Path) -> tuple[Office, Line]:
    office = Office(address_of(place), author="Secrétariat", replicas=place / REPLICAS)
    return office, Line(office, author="Secrétariat", password=lambda _address: None)


def server_content(place: Path) -> Content:
    """Return what the server of one kill holds."""
    from tests.soak.sharing import content_of

    engine = server_engine(address_of(place))
    with engine.connect() as connection:
        found = content_of(connection)
    engine.dispose()
    return found


def _tokens(content: Content) -> list[str]:
    texts = (str(row["text"]) for row in content["conclusion"].values())
    return [text[6:-1] for text in texts if text.startswith("jeton ")]


@cache
def offices() -> Offices:
    """Return the offices of this process's own server, ended with the process."""
    from tests.postgres import running
    from tests.soak.sharing import Offices

    ending = ExitStack()
    atexit.register(ending.close)
    # Only the programs are killed, never the server: what it was told need not be on a disk.
    return Offices(ending.enter_context(running()))
