"""Copies of the database: made when they are due, listed with what each holds, and their place.

These take the office, not a unit of work: a copy is made beside the transactions, by a connection
of its own, and typing goes on meanwhile. None of it is undone by Ctrl+Z.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from pan_desktop.app.office import reading
from pan_desktop.domain.backups import OVERDUE, Why
from pan_desktop.domain.errors import InputError, NotFoundError, PanError
from pan_desktop.domain.typography import counted

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pan_desktop.app.office import Office
    from pan_desktop.store.safety.copies import Copy
    from pan_desktop.store.unit_of_work import UnitOfWork

NOT_HERE = (
    "Cette base partagée n’a encore jamais été ouverte sur cet ordinateur : il n’y a rien à copier "
    "ici, et rien n’a été créé. Ouvrez-la d’abord."
)
NOTHING_THERE = (
    "Aucune base n’existe encore à « {file} » : il n’y a rien à copier, et rien n’a été créé. "
    "Vérifiez le chemin donné."
)
BROKEN = (
    "La copie est faite, mais {count} de la base ne mènent nulle part, comme dans la copie. "
    "Vérifiez la base dans les paramètres, ou par « pan-desktop doctor »."
)
SAME_DISK = (
    "Ces copies sont sur le même disque que la base : elles protègent d’une erreur, pas d’un "
    "disque perdu ou volé. Choisissez de préférence une clé, un autre disque ou un dossier du "
    "service."
)
LEFT_BEHIND = (
    "Les nouvelles copies iront dans « {folder} », mais {count} n’ont pas pu y être déplacées et "
    "restent dans « {old} ». Déplacez-les vous-même si vous le souhaitez."
)


class CopyRow(NamedTuple):
    """A copy with what it holds, as a list shows it."""

    file: Path
    at: datetime
    """By the clock on the wall when it was made, without zone."""
    why: str
    size: int
    """In bytes."""
    meetings: int = 0
    people: int = 0
    last_change: datetime | None = None
    """The aware instant at which something was last written in it."""
    wrong: str = ""
    """Why it cannot be restored, as a sentence; "" for one that can."""
    stranger: bool = False
    """Whether it is of another office, whose database has the same name."""

    @property
    def id(self) -> str:
        """Return what tells copies apart."""
        return str(self.file)


class Made(NamedTuple):
    """What there is after a copy was asked for."""

    file: Path
    made: bool
    """False when the newest copy held everything already."""
    remark: str = ""
    """What must be told of it, "" for nothing."""


class Place(NamedTuple):
    """Where the copies go."""

    folder: Path
    usual: bool
    """Whether nobody has chosen another folder."""
    same_disk: bool
    """Whether a lost disk would take the database and its copies."""


class Moved(NamedTuple):
    """What came of choosing another folder."""

    moved: int
    sentence: str = ""
    """What could not be moved, "" when all was."""


def back_up(
    office: Office,
    *,
    why: Why,
    now: datetime,
    folder: Path | None = None,
    always: bool = False,
    told: Callable[[float], None] = lambda _part: None,
) -> Made | None:
    """Have a verified copy of everything that was asked to be saved before this.

    None is made when the newest holds everything already, unless ``always``; None is returned
    when there is no database yet. ``folder`` stands in for the office's own. Raises
    BackupFailedError.
    """
    from pan_desktop.store.safety.copies import keep_copy

    file = file_of(office)
    if not file.exists() or not file.stat().st_size:
        return None
    office.run(_settled)
    kept = keep_copy(file, why, now, key=office.key, folder=folder, always=always, told=told)
    remark = BROKEN.format(count=counted(kept.broken, "référence")) if kept.broken else ""
    return Made(kept.copy.file, kept.made, remark)


def before_import(office: Office, *, now: datetime) -> None:
    """Have a copy of the office as it is before much of it changes at once.

    An office without a database yet has none. Raises BackupFailedError, and then
    nothing must be imported.
    """
    with suppress(InputError):
        back_up(office, why=Why.IMPORT, now=now)


def once_before_import(office: Office, *, now: datetime) -> Callable[[], None]:
    """Return what has a copy made when it is first called: before the first file that is right."""
    made: list[bool] = []

    def copy() -> None:
        if not made:
            before_import(office, now=now)
            made.append(True)

    return copy


def daily(office: Office, *, now: datetime) -> Made | None:
    """Have a copy of the day unless there is one; None when nothing is due.

    By the clock on the wall: a day that passed while the machine slept counts. Raises
    BackupFailedError.
    """
    from pan_desktop.store.safety.copies import copies

    today = now.astimezone().date()
    with suppress(InputError):
        if all(copy.at.date() != today for copy in copies(file_of(office))):
            return back_up(office, why=Why.DAILY, now=now)
    return None


def overdue(office: Office, *, now: datetime) -> datetime | None:
    """Return when the last copy was made if that is too long ago for an office that changed.

    None when all is well, or when there never was a copy nor a database.
    """
    from pan_desktop.store.safety.copies import copies

    known = copies(file_of(office))
    local = now.astimezone().replace(tzinfo=None)
    if not known or local - known[0].at < OVERDUE:
        return None
    return known[0].at


def list_copies(office: Office, *, folder: Path | None = None) -> tuple[CopyRow, ...]:
    """Return the copies of the office with what each holds, the newest first."""
    from pan_desktop.store.safety.copies import copies, mark_of

    file = file_of(office)
    mark = mark_of(file, office.key) if file.exists() else None
    return tuple(_row(copy, office, mark) for copy in copies(file, folder))


def described(office: Office, *, copy: Path) -> CopyRow:
    """Return what a copy holds, wherever it lies. Raises NotFoundError."""
    from pan_desktop.domain.backups import copy_named
    from pan_desktop.store.safety.copies import Copy, mark_of

    file = file_of(office)
    if not copy.is_file():
        raise NotFoundError(
            f"La copie « {copy} » n’existe pas : rien n’a été changé. « pan-desktop backup "
            "--list » donne celles qui existent."
        )
    named = copy_named(file.name, copy.name)
    written = datetime.fromtimestamp(copy.stat().st_mtime)  # noqa: DTZ006 - the wall clock's
    found = Copy(copy, named.at if named else written, named.why if named else Why.BY_HAND)
    return _row(found, office, mark_of(file, office.key) if file.exists() else None)


def place(office: Office) -> Place:
    """Return where the copies of the office go."""
    from pan_desktop.store.safety.copies import default_folder, folder_of

    file = file_of(office)
    folder = folder_of(file)
    return Place(folder, folder == default_folder(file), _same_disk(file, folder))


def choose_place(office: Office, *, folder: Path, move: bool) -> Moved:
    """Have the copies go to ``folder`` from now on; with ``move`` those that are there as well.

    Raises BackupFailedError when nothing can be written there, and nothing is changed.
    """
    from pan_desktop.store.safety.copies import choose_folder, copies, folder_of, move_copy

    file = file_of(office)
    old = folder_of(file)
    there = copies(file, old)
    choose_folder(file, folder)
    if not move or old == folder.absolute():
        return Moved(0)
    left = [copy for copy in there if not move_copy(copy, folder.absolute())]
    sentence = ""
    if left:
        sentence = LEFT_BEHIND.format(folder=folder, old=old, count=counted(len(left), "copie"))
    return Moved(len(there) - len(left), sentence)


def as_data(row: CopyRow) -> dict[str, Any]:
    """Return a copy as data for another program."""
    return {
        "fichier": str(row.file),
        "faite": row.at.isoformat(),
        "raison": row.why,
        "octets": row.size,
        "reunions": row.meetings,
        "personnes": row.people,
        "dernier_changement": row.last_change.isoformat() if row.last_change else None,
        "lisible": not row.wrong,
        "autre_bureau": row.stranger,
    }


def file_of(office: Office) -> Path:
    """Return the file that is copied, of a shared office the one on this machine.

    Raises InputError for a shared office that this machine has none of yet.
    """
    from pan_desktop.app.places import local_file

    file = local_file(office.database, office.replicas)
    if file is None:
        raise InputError(NOT_HERE)
    return file


def _row(copy: Copy, office: Office, mark: int | None) -> CopyRow:
    from pan_desktop.store.safety.comparing import held_by

    row = CopyRow(copy.file, copy.at, str(copy.why), _size(copy.file))
    try:
        held = held_by(copy.file, office.key)
    except PanError as error:
        return row._replace(wrong=error.sentence)
    return row._replace(
        meetings=held.meetings,
        people=held.people,
        last_change=held.last_change,
        stranger=mark is not None and held.office != mark,
    )


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0


def _same_disk(file: Path, folder: Path) -> bool:
    try:
        there = folder if folder.exists() else folder.parent
        return file.absolute().parent.stat().st_dev == there.stat().st_dev
    except OSError:
        return False


@reading
def _settled(_work: UnitOfWork) -> None:
    """Do nothing, in its turn: what was asked for before is on the disk then."""
