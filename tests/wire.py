"""A wire to a server that can be made slow, cut and mended: what a network does, on purpose.

with Wire(port) as wire:
    ...  # connect to 127.0.0.1 at wire.port
    wire.cut()      # every connection is reset, and none is taken
    wire.mend()
"""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
import time
from collections import deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Self

_RESET = struct.pack("ii", 1, 0)


class Wire:
    """Carries bytes between a port of its own and the server's, each ``delay`` seconds later."""

    def __init__(self, port: int, delay: float = 0.0) -> None:
        """Lead to ``port`` of this machine."""
        self._to = port
        self.delay = delay
        self._whole = True
        self._lock = threading.Lock()
        self._ends: set[socket.socket] = set()
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._door.getsockname()[1]
        self._taker = threading.Thread(target=self._take, daemon=True)
        self._taker.start()

    def cut(self) -> None:
        """Reset every connection, and refuse new ones, until ``mend``."""
        with self._lock:
            self._whole = False
            ends, self._ends = self._ends, set()
        for end in ends:
            _reset(end)

    def mend(self) -> None:
        """Carry again."""
        self._whole = True

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(self, *_error: object) -> None:
        """End every connection and the door."""
        self.cut()
        with contextlib.suppress(OSError):
            self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()
        self._taker.join()

    def _take(self) -> None:
        while True:
            try:
                here, _ = self._door.accept()
            except OSError:
                return
            try:
                there = socket.create_connection(("127.0.0.1", self._to))
            except OSError:
                _reset(here)
                continue
            with self._lock:
                whole = self._whole
                if whole:
                    self._ends |= {here, there}
            if not whole:
                _reset(here)
                _reset(there)
                continue
            for one, other in ((here, there), (there, here)):
                one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                _Carrier(one, other, self).start()


class _Carrier:
    """One direction: a thread reads, another writes what is due."""

    def __init__(self, one: socket.socket, other: socket.socket, wire: Wire) -> None:
        self._from, self._to, self._wire = one, other, wire
        self._ready = threading.Condition()
        self._parts: deque[tuple[float, bytes]] = deque()

    def start(self) -> None:
        for work in (self._read, self._write):
            threading.Thread(target=work, daemon=True).start()

    def _read(self) -> None:
        part = b"."
        while part:
            try:
                part = self._from.recv(65536)
            except OSError:
                part = b""
            with self._ready:
                self._parts.append((time.monotonic() + self._wire.delay, part))
                self._ready.notify()

    def _write(self) -> None:
        while True:
            with self._ready:
                while not self._parts:
                    self._ready.wait()
                due, part = self._parts.popleft()
            if (left := due - time.monotonic()) > 0:
                time.sleep(left)
            try:
                if not part:
                    self._to.shutdown(socket.SHUT_WR)
                    return
                self._to.sendall(part)
            except OSError:
                return


def _reset(end: socket.socket) -> None:
    with contextlib.suppress(OSError):
        end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
    with contextlib.suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()
