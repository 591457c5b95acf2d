"""Which local file stands for which shared office, found without SQLAlchemy or the network.

The file is named after the office's own identity, so that two ways of writing the address of one
server lead to one file. No password is ever kept here.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_KNOWN = "adresses.json"
_CHOSEN = "base-partagee.txt"
SECRET = ("password", "sslpassword")
"""What libpq also takes behind the question mark of an address."""
_SCHEMES = ("postgresql", "postgres", "postgresql+psycopg")


def is_shared(database: str) -> bool:
    """Tell whether a database name is the address of a shared office."""
    scheme, found, _ = database.partition("://")
    return bool(found) and scheme in _SCHEMES


def plain(address: str) -> str:
    """Return an address without its password, to be shown, kept and compared."""
    from urllib.parse import urlsplit, urlunsplit  # not for an office alone

    try:
        parts = urlsplit(address)
    except ValueError:  # no address at all: who opens it says so
        return "postgresql://"
    user, at, host = parts.netloc.rpartition("@")
    where = f"{user.split(':', 1)[0]}{at}{host}"
    asked = [part for part in parts.query.split("&") if part.partition("=")[0] not in SECRET]
    return urlunsplit(("postgresql", where, parts.path, "&".join(asked), ""))


def replica_file(folder: Path, office: str) -> Path:
    """Return the file of the office with this identity."""
    return folder / f"{office}.sqlite3"


def known_file(address: str, folder: Path) -> Path | None:
    """Return the file that stands for ``address``, None when this machine never filled one."""
    office = _read(folder).get(plain(address))
    file = None if office is None else replica_file(folder, office)
    return file if file is not None and file.exists() else None


def known_addresses(office: str, folder: Path) -> list[str]:
    """Return the addresses that have led to the office with this identity."""
    return [address for address, known in _read(folder).items() if known == office]


def remember(address: str, office: str, folder: Path) -> None:
    """Keep which office an address leads to, whole or not at all."""
    import json

    known = _read(folder) | {plain(address): office}
    new = folder / f"{_KNOWN}.{os.getpid()}"
    new.touch(mode=0o600)
    new.write_text(json.dumps(known, indent=1, ensure_ascii=False), encoding="utf-8")
    new.replace(folder / _KNOWN)


def chosen(data: Path) -> str:
    """Return the address of the shared office that the program opens, "" for its own file."""
    try:
        address = (data / _CHOSEN).read_text(encoding="utf-8").strip()
    except (OSError, ValueError):
        return ""
    return address if is_shared(address) else ""


def choose(data: Path, address: str) -> None:
    """Have the program open a shared office from its next start on, "" for its own file again."""
    if not address:
        (data / _CHOSEN).unlink(missing_ok=True)
        return
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    new = data / f"{_CHOSEN}.{os.getpid()}"
    new.touch(mode=0o600)
    new.write_text(f"{address}\n", encoding="utf-8")
    new.replace(data / _CHOSEN)


def _read(folder: Path) -> dict[str, str]:
    import json  # not for an office alone

    try:
        found = json.loads((folder / _KNOWN).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(k): str(v) for k, v in found.items()} if isinstance(found, dict) else {}
