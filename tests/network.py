"""Forbids the network to a test, and tells what asked for it all the same."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    import pytest

_INTERNET = {socket.AF_INET, socket.AF_INET6}


def forbid(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Have every way of Python to another machine fail; return what will have been tried."""
    tried: list[str] = []

    class Local(socket.socket):
        """A socket that reaches this machine only, and by no port."""

        def __init__(self, family: int = socket.AF_INET, *args: Any, **kwargs: Any) -> None:
            if kwargs.get("fileno") is None and family in _INTERNET:
                tried.append("socket")
                raise OSError("the network is forbidden")
            super().__init__(family, *args, **kwargs)

    def refuse(name: str) -> Any:
        def refused(*arguments: object, **_named: object) -> NoReturn:
            tried.append(f"{name} {arguments}")
            raise OSError("the network is forbidden")

        return refused

    monkeypatch.setattr(socket, "socket", Local)
    for name in ("create_connection", "getaddrinfo", "gethostbyname", "gethostbyname_ex"):
        monkeypatch.setattr(socket, name, refuse(name))
    return tried
