"""An office that gets a passphrase, another and none again, with its copies, over and over."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar
from unittest.mock import patch

from pan_desktop.app.office import Office
from pan_desktop.app.people import list_institutions
from pan_desktop.app.protection import protect, rewrite_copy, unprotect
from pan_desktop.domain import keys
from pan_desktop.domain.backups import Why
from pan_desktop.domain.errors import PanError
from pan_desktop.domain.keys import Key
from pan_desktop.store.location import Found, find
from pan_desktop.store.opening import connect, is_plain, salt_of
from pan_desktop.store.safety.copies import copies, keep_copy
from tests.builders import filled_database
from tests.faults import Call
from tests.soak.acting import say
from tests.soak.kind import Facts, Kind
from tests.soak.remains import LostError, must
from tests.soak.seeds import DAY

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pan_desktop.store.unit_of_work import UnitOfWork

BASE = "essai.sqlite3"
TOLD = "Ce que personne d’autre ne doit lire"
STEPS = 12


class Protecting(Kind):
    """Each step writes the office anew under another key, then its copies; the third in the clear.

    Before each step a sentence is written, and answered for.
    """

    name = "protect"
    longest = 3.0
    lie = "a 99"
    moments: ClassVar = {
        Call.WRITE: 6000,
        Call.SYNC: 300,
        Call.RENAME: 36,
        Call.OPEN: 300,
        Call.UNLINK: 100,
        Call.TRUNCATE: 60,
    }

    def start(self) -> Mapping[str, bytes]:
        """Return a database."""
        return {BASE: filled_database()}

    def warm(self) -> None:
        """Derive keys at once, and load what rewrites."""
        import sqlcipher3  # noqa: F401

        keys._ROUNDS = 10
        protect_words(0)

    def work(self, place: Path) -> None:
        """Protect, protect anew, unprotect."""
        office = Office(str(place / BASE))
        for hour in range(2):
            keep_copy(place / BASE, Why.BY_HAND, DAY + timedelta(hours=hour), always=True)
        for step in range(STEPS):
            office.run(_write, name=f"{TOLD} {step}")
            say(f"s {step}")
            say(f"t {step}")
            current = protect_words(step - 1)
            if step % 3 == 2:
                done = unprotect(office, current=current)
            else:
                done = protect(office, passphrase=protect_words(step), current=current)
            for copy in done.copies:
                rewrite_copy(office, copy=copy, old=done.old, new=done.new)
            say(f"a {step}")

    def examine(self, place: Path, facts: Facts) -> None:
        """See the office open by the last passphrase answered for, or the one being put on."""
        # For as long as this looks: other tests of the process derive keys as the program does.
        with patch.object(keys, "_ROUNDS", 10):
            self._examine(place, facts)

    def _examine(self, place: Path, facts: Facts) -> None:
        file = place / BASE
        last = int(facts.done[-1]) if facts.done else -1
        begun = int(facts.open) if facts.open else last
        key, step = _opening(file, (begun, last))
        office = Office(str(file), key=key)
        names = office.run(list_institutions).result
        office.close()
        for said in facts.all("s"):
            must(f"{TOLD} {said}" in names, f"sentence {said} is not there")
        must(len(facts.all("s")) <= sum(name.startswith(TOLD) for name in names), "twice")
        for copy in copies(file):
            own, _ = _opening(copy.file, (begun, last))
            with closing(connect(copy.file, own)) as connection:
                found = connection.execute("PRAGMA integrity_check").fetchall()
                must(found == [("ok",)], f"{copy.file.name}: {found[:3]}")
        left = [name.name for name in place.rglob("*.conversion*") if name.parent == place]
        must(not left, f"files were left: {left}")
        if step == last and step % 3 == 1:  # and the one before was encrypted as well
            for path in filter(Path.is_file, place.iterdir()):
                must(TOLD.encode() not in path.read_bytes(), f"{path.name} is in the clear")


def protect_words(step: int) -> str:
    """Return the passphrase of a step, "" where there is none."""
    return "" if step % 3 == 2 else f"girafe onze chemises nuit repasse {step}"


def _opening(file: Path, steps: tuple[int, ...]) -> tuple[Key | None, int]:
    """Return the key that opens a file, of those it may have, and the step that put it on."""
    if is_plain(file):
        clear = [step for step in steps if step % 3 == 2]
        must(clear, f"the office of steps {steps} is not there: {file.name} is in the clear")
        return None, clear[0]
    for step in steps:
        key = Key.derived(protect_words(step), salt_of(file))
        try:
            if find(file, key) is Found.PRESENT:
                return key, step
        except PanError:
            continue
    raise LostError(f"the office of steps {steps} is not there")


def _write(work: UnitOfWork, *, name: str) -> None:
    work.insert("institution", name=name)
