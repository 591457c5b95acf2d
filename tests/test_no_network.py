"""The program has no connection of its own: seen from outside, call by call."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.builders import dump, filled_database
from tests.network import forbid
from tests.window_once import TYPED

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).parent.parent


def calls(log: Path, command: Sequence[str]) -> str:
    """Return the sockets that a process and its children asked the system for."""
    tracer = shutil.which("strace")
    if tracer is None:
        pytest.skip("strace is not installed")
    words = [tracer, "-f", "-qq", "-e", "trace=socket,connect", "-o", str(log)]
    if subprocess.run([*words, "true"], check=False, capture_output=True).returncode:
        pytest.skip("strace is not allowed here")
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "HOME": str(log.parent)}
    done = subprocess.run(
        [*words, *command], check=False, capture_output=True, cwd=ROOT, env=environment, timeout=120
    )
    assert done.returncode == 0, done.stderr.decode()
    return log.read_text(encoding="utf-8", errors="replace")


def test_the_tracer_sees_a_socket(tmp_path: Path) -> None:
    asks = "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM)"
    assert "AF_INET" in calls(tmp_path / "log", [sys.executable, "-c", asks])


def test_what_is_forbidden_fails_and_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    tried = forbid(monkeypatch)
    for reach in (
        lambda: socket.create_connection(("example.org", 80)),
        lambda: socket.getaddrinfo("example.org", 80),
        socket.socket,
    ):
        with pytest.raises(OSError, match="forbidden"):
            reach()
    assert len(tried) == 3
    one, other = socket.socketpair()
    one.close()
    other.close()


def test_import_and_export_ask_for_no_socket_of_the_internet(tmp_path: Path) -> None:
    base = tmp_path / "base.sqlite3"
    base.write_bytes(filled_database())
    program = [sys.executable, "-m", "pan_desktop", "--database", str(base)]
    listed = subprocess.run([*program, "meetings"], check=True, capture_output=True, cwd=ROOT)
    meeting = listed.stdout.decode().split("\t")[0]
    releve = tmp_path / "relevé.docx"
    exported = calls(tmp_path / "log", [*program, "export", meeting, "-o", str(releve)])
    assert "AF_INET" not in exported
    fresh = [*program[:-1], str(tmp_path / "autre.sqlite3")]
    assert "AF_INET" not in calls(tmp_path / "log", [*fresh, "import", str(releve)])


def test_the_window_asks_for_no_socket_of_the_internet(tmp_path: Path) -> None:
    base = tmp_path / "base.sqlite3"
    base.write_bytes(filled_database())
    window = [sys.executable, "-m", "tests.window_once", str(base)]
    assert "AF_INET" not in calls(tmp_path / "log", window)
    assert TYPED in str(dump(base)["conclusion"])
