"""Has LibreOffice, where it is installed, convert a file: on its own, in a profile of its own.

The user's LibreOffice may be open beside it and is not disturbed. No macro runs, no link is
followed, and what takes too long is ended with all that it started.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from pan_desktop.documents.outside import PackageError, read_bounded
from pan_desktop.domain.errors import OtherProgramError

if TYPE_CHECKING:
    from collections.abc import Iterator

MISSING = (
    "LibreOffice n’est pas installé sur cet ordinateur : rien n’a été écrit. Installez-le, ou "
    "choisissez les pages de PAN Desktop."
)
FAILED = (
    "LibreOffice n’a pas converti « {name} » : rien n’a été écrit. Recommencez, ou choisissez les "
    "pages de PAN Desktop."
)
TOO_LONG = (
    "LibreOffice n’a pas converti « {name} » en {seconds} secondes et a été arrêté : rien n’a été "
    "écrit. Recommencez, ou choisissez les pages de PAN Desktop."
)
TIME_LIMIT = 120
"""In seconds. The first start in a new profile alone takes ten on a slow machine."""

_NAMES = ("soffice", "libreoffice")
_PLACES = {
    "win32": ("{ProgramFiles}/LibreOffice/program/soffice.exe",
              "{ProgramFiles(x86)}/LibreOffice/program/soffice.exe"),
    "darwin": ("/Applications/LibreOffice.app/Contents/MacOS/soffice",),
}  # fmt: skip
_UNIX_PLACES = (
    "/usr/lib/libreoffice/program/soffice",
    "/usr/lib64/libreoffice/program/soffice",
    "/snap/bin/libreoffice",
)
_OPT = "/opt"
_TASKKILL = "C:/Windows/System32/taskkill.exe"
_STARTS = {".pdf": b"%PDF-", ".docx": b"PK\x03\x04"}
_FILTERS = {
    # Tagged, so that a screen reader finds headings and tables.
    ".pdf": 'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"}}',
    ".docx": "docx:MS Word 2007 XML",
}
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
<prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop>
</item>
</oor:items>
"""


def find() -> Path | None:
    """Return where LibreOffice's program is, None when it is not installed."""
    for name in _NAMES:
        found = shutil.which(name)
        if found:
            return Path(found)
    return next((place for place in _usual_places() if place.is_file()), None)


def convert(content: bytes, name: str, suffix: str, *, seconds: float = TIME_LIMIT) -> bytes:
    """Return a file as LibreOffice converts it to ``suffix``: ".pdf" or ".docx".

    ``name`` is the file's own, whose extension tells LibreOffice what it is. Raises
    OtherProgramError when it is missing, fails or takes longer than ``seconds``.
    """
    program = find()
    if program is None:
        raise OtherProgramError(MISSING)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        source = Path(folder) / f"source{Path(name).suffix.lower()}"
        source.write_bytes(content)
        profile = Path(folder) / "profil"
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
        out = Path(folder) / "sortie"
        command = [
            *(str(program), "--headless", "--norestore", "--nologo", "--nodefault"),
            f"-env:UserInstallation={profile.as_uri()}",
            *("--convert-to", _FILTERS[suffix], "--outdir", str(out), str(source)),
        ]
        if not _ran(command, seconds):
            raise OtherProgramError(TOO_LONG.format(name=name, seconds=round(seconds)))
        try:
            converted = read_bounded(out / f"source{suffix}")
        except PackageError as error:
            raise OtherProgramError(FAILED.format(name=name)) from error
    if not converted.startswith(_STARTS[suffix]):
        raise OtherProgramError(FAILED.format(name=name))
    return converted


def _ran(command: list[str], seconds: float) -> bool:
    """Run a program to its end; end it with all that it started when it takes too long."""
    try:
        process = subprocess.Popen(  # noqa: S603 - LibreOffice itself, with our own words
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=os.name == "posix",
        )
    except OSError:
        return True  # it wrote nothing, which is told as any failure
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return False
    finally:
        if process.poll() is None:
            _end(process)
    return True


def _end(process: subprocess.Popen[bytes]) -> None:
    with suppress(OSError):
        if sys.platform == "win32":
            subprocess.run(  # noqa: S603 - Windows' own program, with a number
                [_TASKKILL, "/T", "/F", "/PID", str(process.pid)],
                capture_output=True,
                check=False,
            )
        else:
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _usual_places() -> Iterator[Path]:
    if sys.platform in _PLACES:
        for place in _PLACES[sys.platform]:
            with suppress(KeyError):
                yield Path(place.format_map(os.environ))
        return
    yield from map(Path, _UNIX_PLACES)
    yield from sorted(Path(_OPT).glob("libreoffice*/program/soffice"), reverse=True)
