"""Passwords of shared offices, kept by the system's own keyring and nowhere else.

Where the system has no keyring, none is kept: libpq's own ways (PGPASSWORD, ~/.pgpass) remain.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from pan_desktop.store.shared.addresses import plain

SERVICE = "PAN Desktop"


def password_for(address: str) -> str | None:
    """Return the password kept for an address, None when there is none, or one in the address."""
    if _has_password(address):
        return None
    import keyring
    from keyring.errors import KeyringError

    try:
        return keyring.get_password(SERVICE, _account(address))
    except (KeyringError, OSError):
        return None


def keep_password(address: str, password: str) -> bool:
    """Have the system keep a password; False when it has no keyring for it."""
    import keyring
    from keyring.errors import KeyringError

    try:
        keyring.set_password(SERVICE, _account(address), password)
    except (KeyringError, OSError):
        return False
    return True


def forget_password(address: str) -> None:
    """Have the system forget the password of an address, if it keeps one."""
    import keyring
    from keyring.errors import KeyringError

    try:
        keyring.delete_password(SERVICE, _account(address))
    except (KeyringError, OSError):
        return


def wants_password(sentence: str) -> bool:
    """Tell whether a refusal of the server's is about the name or the password."""
    from pan_desktop.store.shared.failures import REFUSED_NAME

    return sentence == REFUSED_NAME


def _has_password(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:  # no address: nothing is kept for it
        return True
    asked = (part.partition("=")[0] for part in parts.query.split("&"))
    return bool(parts.password) or "password" in asked


def _account(address: str) -> str:
    """Return the name under which a password is kept: who, where, which base."""
    parts = urlsplit(plain(address))
    return f"{parts.netloc}{parts.path}"
