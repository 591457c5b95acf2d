"""Start a PostgreSQL server of one's own in a folder: for the tests, and for `make run-shared`.

Runs on Python's standard library. PostgreSQL refuses to be root's: started by root, it is given to
the user that its package made. It ends when the process that started it ends, however that does.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

ADMINISTRATOR = "pan"
"""The role that owns the server; it needs no password from this machine, every other does."""
MISSING = (
    "PostgreSQL est absent de cette machine : aucun serveur n’a été démarré. Installez-le en "
    "administrateur (apt-get install postgresql), puis recommencez."
)
FAILED = (
    "Le serveur PostgreSQL d’essai n’a pas pu démarrer : rien n’a été ouvert. Voici ce qu’il en "
    "dit :\n{said}"
)
_ACCESS = f"""local all all trust
host all {ADMINISTRATOR} 127.0.0.1/32 trust
host all all 127.0.0.1/32 scram-sha-256
"""
_START_SECONDS = 60
_UNSAFE = ("fsync=off", "full_page_writes=off")  # what was committed survives its own death


class ServerError(Exception):
    """The server cannot be started; says why in one French sentence."""


class LocalServer:
    """One server, its files in a folder, reached on this machine only."""

    def __init__(self, folder: Path, *, durable: bool = True, port: int = 0) -> None:
        """Put the server into ``folder``, made when new; nothing is started yet.

        Unless ``durable``, a crash of the machine may cost its data: quicker, for tests only.
        """
        self._programs = programs()
        self._folder = folder
        self._durable = durable
        self._process: subprocess.Popen[bytes] | None = None
        self.port = port or free_port()
        folder.mkdir(parents=True, exist_ok=True)
        self._owner = _owner()
        if self._owner:
            shutil.chown(folder, self._owner)
        if not (self._data / "PG_VERSION").exists():
            self._create()

    @property
    def address(self) -> str:
        """Return the server's URL without a database, for its administrator."""
        return f"postgresql://{ADMINISTRATOR}@127.0.0.1:{self.port}"

    def program(self, name: str) -> Path:
        """Return one of PostgreSQL's own programs."""
        return self._programs / name

    @property
    def _data(self) -> Path:
        return self._folder / "data"

    def start(self) -> None:
        """Start the server and wait until it answers. Raises ServerError when it does not."""
        options = [f"port={self.port}", "listen_addresses=127.0.0.1"]
        options += ["unix_socket_directories=", "max_connections=60", "shared_buffers=32MB"]
        options += () if self._durable else _UNSAFE
        command = [str(self._programs / "postgres"), "-D", str(self._data)]
        for option in options:
            command += ["-c", option]
        log = (self._folder / "log").open("ab")
        with log:
            # SIGQUIT lets it end at once: nobody is left who could ask it anything.
            self._process = subprocess.Popen(
                [*self._as_owner("--pdeathsig", "QUIT"), *command],
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                cwd=self._folder,
            )
        self._wait()

    def stop(self, *, at_once: bool = False) -> None:
        """Stop the server; ``at_once`` as if the machine had lost its power."""
        if self._process is not None:
            self._process.send_signal(signal.SIGQUIT if at_once else signal.SIGINT)
            self._process.wait()
            self._process = None

    def _create(self) -> None:
        command = [str(self._programs / "initdb"), "-D", str(self._data), "-U", ADMINISTRATOR]
        command += ["-E", "UTF8", "--locale=C", "-A", "trust", "--no-sync"]
        made = subprocess.run(
            [*self._as_owner(), *command], capture_output=True, check=False, cwd=self._folder
        )
        if made.returncode:
            raise ServerError(FAILED.format(said=made.stderr.decode(errors="replace")))
        access = self._data / "pg_hba.conf"
        access.write_text(_ACCESS, encoding="ascii")

    def _wait(self) -> None:
        """Wait until the server takes connections: it has no other way to tell."""
        ready = [str(self._programs / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(self.port)]
        limit = time.monotonic() + _START_SECONDS
        assert self._process is not None
        while subprocess.run(ready, check=False).returncode:
            if self._process.poll() is not None or time.monotonic() > limit:
                said = (self._folder / "log").read_text(encoding="utf-8", errors="replace")
                raise ServerError(FAILED.format(said=said[-2000:]))
            time.sleep(0.02)

    def _as_owner(self, *options: str) -> list[str]:
        """Return what to put before a command to run it as the folder's owner."""
        setpriv = shutil.which("setpriv")
        if setpriv is None:
            return []
        if not self._owner:
            return [setpriv, *options] if options else []
        user = pwd.getpwnam(self._owner)
        who = [f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]
        return [setpriv, *who, *options]


def programs() -> Path:
    """Return the folder of the newest PostgreSQL's programs. Raises ServerError without one."""
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda p: float(p.parts[-3])
    )
    if found:
        return found[-1].parent
    on_path = shutil.which("postgres")
    if on_path and shutil.which("initdb"):
        return Path(on_path).resolve().parent
    raise ServerError(MISSING)


def free_port() -> int:
    """Return a port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _owner() -> str:
    """Return the user that the server must belong to, "" for the present one."""
    if os.geteuid():
        return ""
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    return ""
