"""Joining and leaving a shared office from this machine: tried first, then chosen for every start.

Which office the program opens is one line in its own folder; no password is ever in it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, unquote, urlsplit

from pan_desktop.app.membership import join
from pan_desktop.app.secrets_kept import keep_password
from pan_desktop.domain.errors import InputError
from pan_desktop.store.shared.addresses import SECRET, choose, is_shared, plain

if TYPE_CHECKING:
    from pathlib import Path

    from pan_desktop.app.office import Office

INCOMPLETE = (
    "Il manque le serveur, le nom de la base ou votre nom : rien n’a été essayé. Complétez, ou "
    "collez l’adresse entière « postgresql://nom@serveur/base »."
)
_PORT = 5432
_PORT_BEHIND = re.compile(r":\d*$")
_HAS_A_FIELD = {"sslmode", "user", *SECRET}
CERTIFIED, ENCRYPTED, AS_CAN = "verify-full", "require", "prefer"
"""How the line is encrypted, in libpq's words."""


class Address(NamedTuple):
    """The parts of a shared office's address, as a form has them."""

    server: str
    """Its name or number, that of IPv6 in brackets, and the port behind it if it is unusual."""
    base: str
    user: str
    encryption: str = CERTIFIED
    others: str = ""
    """What else is asked of libpq, as it stands in an address: "sslrootcert=/…&…"."""

    @classmethod
    def read(cls, text: str) -> Address | None:
        """Take an address apart, None when ``text`` is none. A password in it is left out."""
        if not is_shared(text.strip()):
            return None
        try:
            parts = urlsplit(text.strip())
            port = f":{parts.port}" if parts.port else ""
        except ValueError:  # a port that is no number, half an address of IPv6
            return None
        host = parts.hostname or ""
        asked = dict(part.partition("=")[::2] for part in parts.query.split("&") if part)
        return cls(
            f"[{host}]{port}" if ":" in host else f"{host}{port}",
            unquote(parts.path.strip("/")),
            unquote(parts.username or asked.get("user", "")),
            asked.get("sslmode", AS_CAN),
            _others(parts.query),
        )

    def written(self) -> str:
        """Return the address. Raises InputError when a part is missing."""
        server, base, user = self.server.strip(), self.base.strip(), self.user.strip()
        if not server or not base or not user:
            raise InputError(INCOMPLETE)
        if server.count(":") > 1 and not server.startswith("["):  # IPv6, without a port
            server = f"[{server}]"
        host, _, port = server.rpartition(":") if _PORT_BEHIND.search(server) else (server, "", "")
        where = f"{host}:{port}" if port and port != str(_PORT) else host
        known = f"postgresql://{quote(user)}@{where}/{quote(base)}?sslmode={self.encryption}"
        others = _others(self.others.strip())
        return f"{known}&{others}" if others else known


def _others(query: str) -> str:
    """Return what an address asks beside what the form has fields for, without secrets."""
    parts = (part for part in query.split("&") if part)
    return "&".join(part for part in parts if part.partition("=")[0] not in _HAS_A_FIELD)


class There(NamedTuple):
    """What a server says to who has just connected."""

    may_write: bool
    may_administer: bool


def shown(address: str) -> str:
    """Return an address as it may be shown: without its password."""
    return plain(address)


def try_connection(_office: Office, *, address: str, password: str) -> There:
    """Connect to a shared office and leave again; may take as long as the network does.

    Raises SharedUnreachableError or SharedRefusedError with what is wrong.
    """
    from pan_desktop.store.shared.line import ServerLine

    line = ServerLine(address, password or None)
    try:
        rights = line.connect().rights
    finally:
        line.close()
    return There(rights.write, rights.administer)


def join_office(
    _office: Office,
    *,
    address: str,
    password: str,
    kept: bool,
    data: Path,
    replicas: Path | None = None,
) -> bool:
    """Fill this machine's side of a shared office and have the next start open it.

    ``kept`` has the system's keyring keep the password; returns False when it has none. Raises
    what ``membership.join`` does; nothing is chosen then.
    """
    join(address, folder=replicas, password=password or None)
    stored = keep_password(address, password) if kept and password else True
    choose(data, plain(address))
    return stored


def leave_office(_office: Office, *, data: Path) -> None:
    """Have the next start open this machine's own office again; the copy here stays."""
    choose(data, "")
