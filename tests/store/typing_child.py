"""An office in a process of its own, which does what it is told by lines and says what came of it.

    python -m tests.store.typing_child DATABASE DATA

"add NAME" writes an institution, "again" tries to save what waits, "end" closes. The answer is
"-" when all is in the database, else the cause of the trouble and whether what waits is kept.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from pan_desktop.app import safety
from pan_desktop.app.office import Office
from pan_desktop.store import engine
from pan_desktop.store.safety import overlay

if TYPE_CHECKING:
    from pan_desktop.store.unit_of_work import UnitOfWork

engine.BUSY_TIMEOUT_MS = 50
overlay.LOOK_EVERY = 0.0


def add(work: UnitOfWork, *, name: str) -> None:
    """Write an institution."""
    work.insert("institution", name=name)


def main(database: str, data: str) -> None:
    """Serve until told to end."""
    office = Office(database, data=Path(data))
    office.open()
    say("ready")
    for line in sys.stdin:
        order, _, name = line.strip().partition(" ")
        if order == "add":
            office.run(add, name=name)
        elif order == "again":
            safety.save_again(office)
        else:
            office.close()
            say("closed")
            return
        trouble = office.trouble
        say("-" if trouble is None else f"{trouble.cause.value} {trouble.kept}")


def say(words: str) -> None:
    """Answer at once."""
    os.write(1, f"{words}\n".encode())


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
