"""Joining a shared office: its local side is filled from the server, whole or not at all."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from pan_desktop.app.places import local_file, replicas_folder
from pan_desktop.app.secrets_kept import password_for
from pan_desktop.domain.errors import SharedUnreachableError
from pan_desktop.domain.typography import counted
from pan_desktop.store.shared.addresses import remember, replica_file

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from pan_desktop.app.office import Office
    from pan_desktop.domain.keys import Key
    from pan_desktop.store.shared.line import ServerLine, Snapshot
    from pan_desktop.store.shared.server import OfficeThere
    from pan_desktop.store.shared.upgrading import Upgraded
    from pan_desktop.store.unit_of_work import UnitOfWork

KNOWN_FOR = timedelta(days=400)
"""For so long the server knows that it has an entry: a machine that was away may send it again."""

LIES = (
    "Copie de ce poste : {file} (c’est d’elle que « pan-desktop move » refait la base si le "
    "serveur est perdu)"
)


def join(
    address: str, *, folder: Path | None = None, key: Key | None = None, password: str | None = None
) -> Path:
    """Fill the local side of the shared office at ``address`` and return its file.

    A side that is there already is left as it is. ``password`` stands before the one that the
    system keeps. Raises SharedUnreachableError or SharedRefusedError when the server cannot be
    asked; nothing is kept then.
    """
    from pan_desktop.store.shared.failures import NEVER_FILLED
    from pan_desktop.store.shared.line import ServerLine

    folder = folder or replicas_folder()
    line = ServerLine(address, password if password is not None else password_for(address))
    try:
        there = line.connect()
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        file = replica_file(folder, there.office)
        _fill_new(line, file, there, key)
    except SharedUnreachableError as error:
        raise SharedUnreachableError(NEVER_FILLED) from error
    finally:
        line.close()
    remember(address, there.office, folder)
    return file


def create_office(address: str, password: str | None = None) -> str:
    """Make an empty office on the server and return its identity; one there is left as it is.

    Raises SharedUnreachableError or SharedRefusedError, and what ``identify`` does where one is
    there that this program cannot open.
    """
    from pan_desktop.store.shared.failures import reaching
    from pan_desktop.store.shared.server import create, identify, server_engine

    engine = server_engine(address, password if password is not None else password_for(address))
    try:
        with reaching(), engine.begin() as connection:
            create(connection)
            return identify(connection).office
    finally:
        engine.dispose()


def upgrade_office(
    office: Office, *, now: datetime, password: str | None = None
) -> Upgraded | None:
    """Bring the office on the server to this program's schema; None where it has it already.

    Everybody else needs a program as new from then on. Raises a PanError when it cannot be done:
    the server holds what it held, and a copy of it is kept on this machine.
    """
    from pan_desktop.store.shared.upgrading import upgrade

    return upgrade(
        office.database,
        password if password is not None else password_for(office.database),
        office.replicas or replicas_folder(),
        key=office.key,
        now=now,
    )


def wants_upgrade(sentence: str) -> bool:
    """Tell whether a refusal is one that whoever is connected ends by ``upgrade_office``."""
    from pan_desktop.store.shared.failures import OLDER_AND_YOURS

    return sentence == OLDER_AND_YOURS


def tidy_office(address: str) -> int:
    """Take away what the server's log still holds of changed and removed rows; return how much.

    Raises SharedRefusedError to whoever does not administer the office.
    """
    from pan_desktop.store.shared.failures import reaching
    from pan_desktop.store.shared.server import server_engine, tidy

    engine = server_engine(address, password_for(address), patient=True)
    try:
        with reaching():
            with engine.begin() as connection:
                gone = tidy(connection, KNOWN_FOR)
            # The pages that held it are written over.
            free = engine.connect().execution_options(isolation_level="AUTOCOMMIT")
            with free as connection:
                connection.exec_driver_sql("VACUUM entry")
        return gone
    finally:
        engine.dispose()


def described(office: Office) -> list[str]:
    """Return in French how a shared office stands with its server, each line a sentence."""
    from pan_desktop.app.sharing import Line, LineStatus

    line = Line(office, author=office.writer)
    try:
        state = line.step()
    finally:
        line.close()
    if state.status is not LineStatus.CONNECTED:
        found = [state.sentence]
    elif state.may_administer:
        found = ["Le serveur répond ; votre nom permet de lire, d’écrire et d’administrer."]
    elif state.may_write:
        found = ["Le serveur répond ; votre nom permet de lire et d’écrire."]
    else:
        found = ["Le serveur répond ; votre nom ne permet que de lire."]
    if state.remark:
        found.append(state.remark)
    found.append(f"{counted(state.pending, 'changement')} en attente d’envoi.")
    file = local_file(office.database, office.replicas)
    return found if file is None else [*found, LIES.format(file=file)]


def _fill_new(line: ServerLine, file: Path, there: OfficeThere, key: Key | None) -> None:
    from pan_desktop.app.office import Office

    office = Office(str(file), key=key)
    try:
        if not office.run(is_filled).result:
            # Before anything of it is there: what is filled is this process's own reading.
            office.run(fill, there=there, snapshot=line.snapshot(0, ()))
    finally:
        office.close()


def is_filled(work: UnitOfWork) -> bool:
    """Tell whether this database is the local side of a shared office already."""
    from pan_desktop.store.shared.laying import OutOfStepError

    try:
        work.replica.standing()
    except OutOfStepError:
        return False
    return True


def fill(
    work: UnitOfWork, *, there: OfficeThere, snapshot: Snapshot, fork: int | None = None
) -> int:
    """Make the database what the server says; what waits to be sent stays on top.

    ``fork`` is where the server's journal parted from this one, if it did: what was written here
    after it is sent again. Returns how many rows that is.
    """
    again = work.replica.fill(
        snapshot.rows,
        server=there.office,
        position=snapshot.position,
        rights=rights_of(there),
        journal_rows=snapshot.journal,
        taken=snapshot.taken,
        last=snapshot.last,
        fork=fork,
        later=snapshot.later,
    )
    work.filled = True
    work.taken_in = frozenset(name for name, _ in snapshot.rows)
    return again


def rights_of(there: OfficeThere) -> str:
    """Return what may be done, as a replica keeps it."""
    from pan_desktop.store.shared.replica import ADMINISTERS, READS, WRITES

    if there.rights.administer:
        return ADMINISTERS
    return WRITES if there.rights.write else READS
