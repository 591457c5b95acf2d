"""What is done when the database could not be written: trying again, and what sessions left.

These are more than one use case, and take the office.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pan_desktop.app.changes import Changes
from pan_desktop.app.history import described
from pan_desktop.app.office import Outcome, reading
from pan_desktop.app.places import is_shared
from pan_desktop.domain.trouble import CaughtUp

if TYPE_CHECKING:
    from pan_desktop.app.office import Office
    from pan_desktop.store.changes import RowChange
    from pan_desktop.store.safety.rescue import RescueFile, Waiting
    from pan_desktop.store.unit_of_work import UnitOfWork

SHOWN = 200
"""How many of the changes that a session left are told in words."""


class LeftOver(NamedTuple):
    """What one session could not save, and nobody has decided about yet."""

    file: str
    number: int
    """How many changes; letters typed in one go are one."""
    first: datetime
    last: datetime
    lines: tuple[tuple[datetime, str], ...]
    """When and what, in words; the newest ``SHOWN`` of them."""


def look(office: Office) -> Outcome[None] | None:
    """Look whether another program changed the database, or its file went away.

    Returns what must be shown afresh, None when there is nothing.
    """
    return Outcome(None, Changes.everything(), None) if office.look() else None


def save_again(office: Office) -> CaughtUp | None:
    """Try to save what waits; None when that is still impossible."""
    return _told(office, None if office.safe is None else office.safe.save_again())


def go_on_where_it_is(office: Office) -> CaughtUp | None:
    """Go on with the file under the name that it has now, saving what waits."""
    if office.safe is None or office.trouble is None or not office.trouble.found:
        return None
    done = _told(office, office.safe.go_on_at(Path(office.trouble.found)))
    if not is_shared(office.database):  # which is known by its address, wherever its side lies
        office.database = str(office.safe.file)
    return done


def take_other(office: Office) -> CaughtUp | None:
    """Go on with the file that has taken the place of the database, saving what waits into it."""
    return _told(office, None if office.safe is None else office.safe.take_other())


def put_back(office: Office) -> CaughtUp | None:
    """Write the database anew where its file was deleted, or replaced by another.

    Raises the SurroundingsError that says why that cannot be; everything still waits.
    """
    return _told(office, None if office.safe is None else office.safe.put_back())


def where_left(data: Path) -> Path:
    """Return the folder within the program's own, ``data``, that keeps what cannot be saved."""
    from pan_desktop.store.safety.rescue import FOLDER

    return data / FOLDER


def left_over(office: Office) -> tuple[LeftOver, ...]:
    """Return what earlier sessions on this database could not save, the oldest first."""
    found = []
    for rescue in _left(office):
        groups = _groups(rescue)
        lines = office.run(_in_words, groups=groups[-SHOWN:]).result
        first, last = groups[0][0].entry.at, groups[-1][-1].entry.at
        found.append(LeftOver(str(rescue.file), len(groups), first, last, lines))
        rescue.close()
    return tuple(found)


def resume(office: Office, *, file: str) -> CaughtUp:
    """Take into the database what a session left, once, and remove its file.

    Raises the PanError that says why it cannot be; what is left then is still left.
    """
    done = CaughtUp(0)
    for rescue in _left(office):
        if str(rescue.file) != file or office.safe is None:
            rescue.close()
            continue
        done = office.safe.merge(rescue.waiting())
        # What could not be read of it stays where someone may look at it again.
        rescue.discard() if rescue.sound else rescue.put_aside()
    return done


def put_aside(office: Office, *, file: str) -> str:
    """Keep what a session left without asking about it again, and return where."""
    where = ""
    for rescue in _left(office):
        if str(rescue.file) == file:
            where = str(rescue.put_aside())
        else:
            rescue.close()
    return where


def _told(office: Office, done: CaughtUp | None) -> CaughtUp | None:
    """Wake the line of a shared office, which rests while the local file cannot be written."""
    if done is not None:
        office.written()
    return done


def _left(office: Office) -> list[RescueFile]:
    office.open()
    if office.refusal or office.safe is None or office.safe.refuge is None:
        return []
    return office.safe.refuge.left(office.safe.about)


def _groups(rescue: RescueFile) -> list[list[Waiting]]:
    groups: list[list[Waiting]] = []
    for each in rescue.waiting():
        if each.begins or not groups:
            groups.append([])
        groups[-1].append(each)
    return groups


@reading
def _in_words(work: UnitOfWork, *, groups: list[list[Waiting]]) -> tuple[tuple[datetime, str], ...]:
    return tuple((group[-1].entry.at, _words(work, group)) for group in groups)


def _words(work: UnitOfWork, group: list[Waiting]) -> str:
    changes: list[RowChange] = list(group[-1].entry.changes)
    try:
        return described(work, changes)
    except KeyError:  # a row that is not in this database, of which only what differs is known
        return "la dernière modification"
