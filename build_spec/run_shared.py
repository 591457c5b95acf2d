"""Open the program on an office that several share; called by `make run-shared`.

The first call starts a PostgreSQL of one's own in `build/shared`, makes the office there and opens
a window on it. Every further call opens one more window, as another secretary would on her
machine: with a copy and settings of its own. The server ends with the window that started it.
"""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from pathlib import Path

from build_spec.local_server import MISSING, LocalServer, ServerError, programs
from build_spec.prepare import ROOT, command_to_type, install_packages, prepare_environment, say

FOLDER = ROOT / "build" / "shared"
PAN = ROOT / ".venv" / "bin" / "pan-desktop"
DATABASE = "office"
SECOND = (
    "Le serveur d’essai tourne déjà : voici un poste de plus. Ce qui est écrit dans une fenêtre "
    "apparaît dans l’autre."
)
FIRST = (
    "Serveur d’essai : {address}\nPour un second poste, tapez « make run-shared » dans un autre "
    "terminal. Le serveur s’arrête avec cette fenêtre."
)


def main() -> int:
    """Start the server unless it runs, and open a window on its office."""
    prepare_environment("program", window=has_screen())
    require_server()
    FOLDER.mkdir(parents=True, exist_ok=True)
    place = FOLDER / "address"
    with (FOLDER / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            say(SECOND)
            return window(place.read_text(encoding="ascii").strip())
        server = started()
        try:
            address = f"{server.address}/{DATABASE}"
            made: list[str | Path] = [
                server.program("createdb"),
                "-h",
                "127.0.0.1",
                "-p",
                str(server.port),
            ]
            subprocess.run([*made, "-U", "pan", DATABASE], check=False, capture_output=True)
            create: list[str | Path] = [PAN, "--database", address, "shared", "--create"]
            if subprocess.run(create, check=False, env=poste(1), stdout=sys.stderr).returncode:
                return 2
            place.write_text(address, encoding="ascii")
            say(FIRST.format(address=address))
            return window(address)
        finally:
            server.stop()


def require_server() -> None:
    """Have PostgreSQL installed, or stop and say what to type."""
    try:
        programs()
    except ServerError:
        if not install_packages(["postgresql"]):
            sys.exit(f"{MISSING}\n\n    {command_to_type(['postgresql'])}\n")


def started() -> LocalServer:
    """Return the running server, its data kept from one time to the next."""
    try:
        server = LocalServer(FOLDER / "server")
        server.start()
    except ServerError as error:
        sys.exit(str(error))
    return server


def window(address: str) -> int:
    """Open a window as a secretary of her own, the first place that nobody holds."""
    for number in range(1, 100):
        folder = FOLDER / f"poste-{number}"
        folder.mkdir(exist_ok=True)
        with (folder / "lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                continue
            command: list[str | Path] = [PAN, "--database", address]
            if not has_screen():
                say("Aucun écran n’a été trouvé : voici les réunions de la base partagée.")
                command.append("meetings")
            return subprocess.run(command, check=False, env=poste(number)).returncode
    return 2


def poste(number: int) -> dict[str, str]:
    """Return the surroundings of one secretary's machine: her own copy and settings."""
    folder = FOLDER / f"poste-{number}"
    return {
        **os.environ,
        "XDG_DATA_HOME": str(folder / "data"),
        "XDG_CONFIG_HOME": str(folder / "config"),
    }


def has_screen() -> bool:
    """Tell whether a window can be opened."""
    if os.environ.get("QT_QPA_PLATFORM", "").startswith(("offscreen", "minimal")):
        return False
    return any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")))


if __name__ == "__main__":
    sys.exit(main())
