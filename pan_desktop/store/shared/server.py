"""A shared office on PostgreSQL: its schema, its log, and what the connected role may do there.

The tables are those of an office alone. Beside them lies the log: every entry that was merged, with
the rows it changed, in the order in which they were committed. Replicas read on from where they
were. Who may do what is told by the database's own roles, never by the program.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    Column,
    MetaData,
    String,
    Table,
    Text,
    create_engine,
    delete,
    event,
    func,
    insert,
    inspect,
    make_url,
    select,
    text,
)
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import NullPool

from pan_desktop.domain.errors import InputError, SharedUnreachableError, StoreTooNewError
from pan_desktop.domain.ids import new_id
from pan_desktop.store import tables
from pan_desktop.store.columns import UtcInstant
from pan_desktop.store.location import REVISIONS
from pan_desktop.store.shared.addresses import is_shared
from pan_desktop.store.shared.failures import (
    NO_OFFICE,
    NOT_WHOLE,
    OLDER,
    OLDER_AND_YOURS,
    TOO_NEW,
    UNREACHABLE,
    WRONG_ADDRESS,
)

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from sqlalchemy import URL, Connection, Engine

READERS, WRITERS, ADMINISTRATORS = "pan_lecture", "pan_ecriture", "pan_administration"
"""The group roles: a person's own role is made a member of one of them."""

ORDER_LOCK = 0x50414E45
"""Held by whoever merges, to the end of the transaction: the log is in the order of commits."""

CHANNEL, EDITING_CHANNEL = "pan_entry", "pan_editing"
"""What is told on them: that the log has grown, and who is writing where."""

READY, UNFINISHED = "ready", "unfinished"
"""Whether an office can be opened, or is still being moved there."""

server_metadata = MetaData()

log = Table(
    "entry",
    server_metadata,
    # Given by whoever merges, under the lock: a sequence goes back when its server has died.
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("id", String(64), nullable=False, unique=True),
    Column("at", UtcInstant, nullable=False),
    Column("author", Text, nullable=False),
    Column("login", Text, nullable=False, server_default=func.session_user()),
    Column("origin", Text, nullable=False),
    Column("changes", Text, nullable=False),
    Column("stored_at", UtcInstant, nullable=False, server_default=func.clock_timestamp()),
)
office = Table(
    "office",
    server_metadata,
    Column("id", String(64), primary_key=True),
    Column("revision", String(32), nullable=False),
    Column("state", String(16), nullable=False, server_default=READY),
)

_CONNECT_SECONDS = 5
_STATEMENT_MILLISECONDS = 120_000
"""Much comes slowly over a slow line; whether it comes at all ``limited`` knows."""
_LOCK_MILLISECONDS = 10_000
_IDLE_MILLISECONDS = 15_000
"""So long a line that broke in the middle may keep everyone else from sending."""


@dataclass(frozen=True, slots=True)
class Rights:
    """What the connected role may do in a shared office."""

    write: bool = False
    administer: bool = False


@dataclass(frozen=True, slots=True)
class OfficeThere:
    """Which shared office a connection leads to, and what may be done there."""

    office: str
    rights: Rights


def server_engine(address: str, password: str | None = None, *, patient: bool = False) -> Engine:
    """Return an engine on the server at ``address``, a URL of PostgreSQL; nothing is opened yet.

    What the URL says beside (sslmode, sslrootcert …) is libpq's, as are ~/.pgpass and PGPASSWORD;
    ``password`` stands before them. With ``patient`` one statement may take long. Raises InputError
    when it is no such address; the sentence does not repeat it, for it may hold a password.
    """
    url = server_url(address)
    if password is not None:
        url = url.set(password=password)
    milliseconds = 0 if patient else _STATEMENT_MILLISECONDS
    options = {
        "connect_timeout": _CONNECT_SECONDS,
        "keepalives": 1,
        "keepalives_idle": 10,
        "keepalives_interval": 5,
        "keepalives_count": 3,
        "tcp_user_timeout": 20_000,
        "application_name": "PAN Desktop",
        "options": f"-c statement_timeout={milliseconds}"
        f" -c lock_timeout={_LOCK_MILLISECONDS} -c timezone=UTC"
        f" -c idle_in_transaction_session_timeout={_IDLE_MILLISECONDS}"
        " -c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3",
    }
    said = {key: value for key, value in options.items() if key not in url.query}
    # Each connection is made for one line and kept by it; nothing of it is used again.
    engine = create_engine(url, connect_args=said, poolclass=NullPool, hide_parameters=True)
    event.listen(engine, "connect", _quieten)
    return engine


def _quieten(raw: Any, _record: object) -> None:  # noqa: ANN401 - psycopg's connection
    from pan_desktop.store.shared.limited import QuietCursor  # psycopg, which is loaded by now

    raw.server_cursor_factory = QuietCursor


def server_url(address: str) -> URL:
    """Return the address as SQLAlchemy wants it. Raises InputError when it is none of a server."""
    try:
        url = make_url(address)
    except (ArgumentError, ValueError) as error:
        raise InputError(WRONG_ADDRESS) from error
    if not is_shared(address) or not url.database:
        raise InputError(WRONG_ADDRESS)
    return url.set(drivername="postgresql+psycopg")


def create(connection: Connection) -> str:
    """Make the office's schema, its roles and their rights; return the office's identity.

    A transaction is open. What is there already is left alone.
    """
    connection.execute(select(func.pg_advisory_xact_lock(ORDER_LOCK)))
    if inspect(connection).has_table("office"):
        found = connection.execute(select(office.c.id)).scalar()
        if found is not None:
            return str(found)
    identity = new_id()
    make(connection, identity)
    return identity


def make(connection: Connection, identity: str, *, first: int = 1) -> None:
    """Make the tables of an office where there are none, and who may do what with them.

    Its log begins at ``first``. A transaction is open.
    """
    names = [table for table in tables.metadata.sorted_tables if table.name not in NOT_THERE]
    tables.metadata.create_all(connection, tables=names)
    server_metadata.create_all(connection)
    connection.execute(insert(office), {"id": identity, "revision": REVISIONS[-1]})
    # The log begins with an entry that changes nothing, so that every replica has read something.
    begins = {"seq": first, "id": new_id(), "at": func.clock_timestamp()}
    connection.execute(insert(log).values(**begins, author="", origin="", changes="[]"))
    for statement in _roles():
        connection.execute(text(statement))


def tidy(connection: Connection, known_for: timedelta) -> int:
    """Take what the log still holds of changed and removed rows away; return how many entries.

    A replica that had not read them yet is filled anew. Of entries merged longer ago than
    ``known_for``, by the server's clock, it is forgotten that they were, and so are replicas that
    have sent nothing for so long. A transaction is open. For administrators.
    """
    connection.execute(select(func.pg_advisory_xact_lock(ORDER_LOCK)))
    newest = select(func.max(log.c.seq)).scalar_subquery()
    gone = connection.execute(delete(log).where(log.c.seq < newest)).rowcount
    now: datetime = connection.execute(select(func.clock_timestamp())).scalar_one()
    taken, last = tables.taken_entry, tables.last_entry
    connection.execute(delete(taken).where(taken.c.created_at < now - known_for))
    connection.execute(delete(last).where(last.c.updated_at < now - known_for))
    return gone


class Standing(NamedTuple):
    """Which office lies on a server, and what its schema is."""

    id: str
    revision: str

    @property
    def older(self) -> bool:
        """Tell whether it was made by an older program, and is to be brought up to date."""
        return self.revision != REVISIONS[-1]


def standing(connection: Connection) -> Standing:
    """Return which office this is. Raises InputError when there is none, or half of one.

    Raises StoreTooNewError when it was made by a newer program.
    """
    if not connection.execute(text("SELECT to_regclass('office') IS NOT NULL")).scalar():
        raise InputError(NO_OFFICE)
    found = connection.execute(select(office)).first()
    if found is None:
        raise InputError(NO_OFFICE)
    if found.state != READY:
        raise InputError(NOT_WHOLE)
    if found.revision not in REVISIONS:
        raise StoreTooNewError(TOO_NEW)
    return Standing(found.id, found.revision)


def still_ours(revision: str | None) -> None:
    """Refuse an office that was brought up to date by a newer program since this one connected.

    Raises StoreTooNewError; SharedUnreachableError where that is being done at this moment, or an
    office is being moved there.
    """
    if revision is None:
        raise SharedUnreachableError(UNREACHABLE)
    if revision != REVISIONS[-1]:
        raise StoreTooNewError(TOO_NEW)


def owner(connection: Connection) -> str | None:
    """Return the role whose an office's tables are, None unless the connected one may act as it.

    Who may bring the schema up to date is whose it is: no right that was granted is enough.
    """
    found = connection.execute(
        text(
            "SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = to_regclass('office')"
            " AND pg_has_role(relowner, 'USAGE')"
        )
    ).scalar()
    return None if found is None else str(found)


def identify(connection: Connection) -> OfficeThere:
    """Return which office this is and what may be done there.

    Raises what ``standing`` does, and InputError when it is of an older program: it says what
    whoever is connected can do about that.
    """
    found = standing(connection)
    if found.older:
        raise InputError(OLDER if owner(connection) is None else OLDER_AND_YOURS)
    may = "has_table_privilege({}, {})"
    rights = connection.execute(
        text(
            f"SELECT {may.format(repr('conclusion'), repr('UPDATE'))}"
            f" AND {may.format(repr('entry'), repr('INSERT'))},"
            f" {may.format(repr('office'), repr('UPDATE'))}"
        )
    ).one()
    return OfficeThere(found.id, Rights(bool(rights[0]), bool(rights[1])))


def shared_tables() -> list[Table]:
    """Return the tables that every replica holds, a table after those that it refers to."""
    return [table for table in tables.metadata.sorted_tables if table.name not in tables.LOCAL]


NOT_THERE = tables.LOCAL - {"journal", "taken_entry", "last_entry"}
"""Tables of replicas that a server has no use for."""


def _roles() -> list[str]:
    """Return the statements that make the group roles and say what each may do."""
    content = ", ".join(f'"{table.name}"' for table in shared_tables())
    everyone = f"{READERS}, {WRITERS}, {ADMINISTRATORS}"
    made = [
        f"DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}') THEN"
        f" CREATE ROLE {role} NOLOGIN; END IF; END $$"
        for role in (READERS, WRITERS, ADMINISTRATORS)
    ]
    return [
        *made,
        f"GRANT SELECT ON {content}, journal, taken_entry, last_entry, entry, office TO {everyone}",
        f"GRANT INSERT, UPDATE, DELETE ON {content} TO {WRITERS}, {ADMINISTRATORS}",
        f"GRANT INSERT ON taken_entry, entry TO {WRITERS}, {ADMINISTRATORS}",
        f"GRANT INSERT, UPDATE ON last_entry TO {WRITERS}, {ADMINISTRATORS}",
        # The last entry of the journal grows; that nothing else changes, its triggers see to.
        f"GRANT INSERT, UPDATE ON journal TO {WRITERS}, {ADMINISTRATORS}",
        f"GRANT UPDATE ON office TO {ADMINISTRATORS}",
        f"GRANT DELETE ON entry, taken_entry, last_entry TO {ADMINISTRATORS}",
    ]
