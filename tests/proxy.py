"""A network between a client and a server, on this machine: slow, cut, or silent, when told to.

with Proxy(server.port) as network:
    client = shared.client("Salma", through=network.url(shared.url))
    network.latency = 0.05             # seconds, each way
    network.cut_after(bytes=300)       # cut once so many bytes have gone up from now on
    network.cut_at(b"COMMIT", answer_lost=True)   # after the server has got it, before it answers
    network.cut(); network.refuse = True; network.silent = True
"""

from __future__ import annotations

import select
import socket
import threading
import time
from collections import deque
from contextlib import suppress
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit, urlunsplit

_LOOK = 0.02
"""Seconds between two looks of a thread at what it was told."""


class Proxy:
    """Passes bytes on between those who connect to it and one port of this machine."""

    def __init__(self, port: int) -> None:
        self.latency = 0.0
        self.refuse = False
        self.silent = False
        self.cuts = 0
        """How often connections were cut so far."""
        self.round_trips = 0
        """How often a client has said something since it had last heard something."""
        self._target = port
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listening.getsockname()[1])
        self._pairs: list[tuple[socket.socket, socket.socket]] = []
        self._lock = threading.Lock()
        self._up_left: int | None = None
        self._word: tuple[bytes, bool] | None = None
        self._answer_lost = False
        self._closing = False
        self._threads = [threading.Thread(target=self._accept, daemon=True)]

    def __enter__(self) -> Self:
        self._threads[0].start()
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._closing = True
        with suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)  # closing alone wakes nobody who accepts
        self._listening.close()
        self.cut()
        for thread in self._threads:
            thread.join(5)

    def url(self, url: str) -> str:
        """Return the URL with this network in the place of the server's port."""
        parts = urlsplit(url)
        user = parts.netloc.rpartition("@")[0]
        where = f"{user}@127.0.0.1:{self.port}" if user else f"127.0.0.1:{self.port}"
        return urlunsplit(parts._replace(netloc=where))

    def cut(self) -> None:
        """Cut everything that is connected now."""
        with self._lock:
            pairs, self._pairs = self._pairs, []
            self._up_left, self._word, self._answer_lost = None, None, False
            self.cuts += bool(pairs)
        for pair in pairs:
            for end in pair:
                with suppress(OSError):
                    # Not closed in good order: as a cable that is pulled.
                    end.shutdown(socket.SHUT_RDWR)

    def cut_after(self, bytes: int) -> None:  # noqa: A002 - it reads well where it is called
        """Cut once so many bytes have gone to the server, the last of them included."""
        with self._lock:
            self._up_left = bytes

    def cut_at(self, word: bytes, *, answer_lost: bool) -> None:
        """Cut when ``word`` is on its way to the server: before it arrives, or once it answers."""
        with self._lock:
            self._word = (word, answer_lost)

    def _accept(self) -> None:
        while not self._closing:
            try:
                client, _ = self._listening.accept()
            except OSError:
                return
            if self.refuse:
                client.close()
                continue
            try:
                there = socket.create_connection(("127.0.0.1", self._target), timeout=5)
            except OSError:
                client.close()
                continue
            with self._lock:
                self._pairs.append((client, there))
            thread = threading.Thread(target=self._pass_on, args=(client, there), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _pass_on(self, client: socket.socket, there: socket.socket) -> None:
        """Pass bytes on both ways, each so much later, until one side ends."""
        late: deque[tuple[float, socket.socket, bytes]] = deque()
        heard = True
        with client, there:
            while True:
                wait = _LOOK if not late else max(0.0, late[0][0] - time.monotonic())
                try:
                    ready, _, _ = select.select([client, there], [], [], min(wait, _LOOK))
                    for end in ready:
                        came = end.recv(65536)
                        if not came:
                            return
                        if end is client and heard:
                            self.round_trips += 1
                            heard = False
                        data = self._looked_at(came, up=end is client)
                        if data is None:
                            self.cut()
                            return
                        late.append(
                            (
                                time.monotonic() + self.latency,
                                there if end is client else client,
                                data,
                            )
                        )
                    while late and late[0][0] <= time.monotonic() and not self.silent:
                        _, to, data = late.popleft()
                        to.sendall(data)
                        heard = heard or to is client
                except (OSError, ValueError):
                    return

    def _looked_at(self, data: bytes, *, up: bool) -> bytes | None:
        """Return what is to be passed on, None where the line is cut now."""
        with self._lock:
            if not up:
                return None if self._answer_lost else data
            if self._up_left is not None:
                self._up_left -= len(data)
                if self._up_left <= 0:
                    return None
            if self._word is not None and self._word[0] in data:
                (_, lost), self._word = self._word, None
                if not lost:
                    return None
                self._answer_lost = True
            return data
