"""Files taken into a shared office and written from it, and copies of it, by command."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar
from unittest.mock import patch

from pan_desktop.documents.docx.reader import read_blocks
from tests.faults import Call
from tests.soak.acting import command, say
from tests.soak.kind import Facts, Kind
from tests.soak.kind_files import files_to_take_in
from tests.soak.kind_shared import ADDRESS, address_of, new_office, server_content
from tests.soak.remains import must, whole

if TYPE_CHECKING:
    from collections.abc import Mapping

BEFORE, RELEVE = "avant.txt", "Relevé.docx"


class SharingFiles(Kind):
    """Relevés taken in; after each, one written and a copy made."""

    name = "shared-files"
    longest = 4.0
    lie = "a import 0.json"
    moments: ClassVar = {Call.WRITE: 1500, Call.SYNC: 90, Call.RENAME: 8, Call.UNLINK: 90}

    def start(self) -> Mapping[str, bytes]:
        """Return what is taken in."""
        incoming = files_to_take_in(3, 1).items()
        there = {"copies/lisez-moi.txt": b"Des copies.\n"}
        return there | {f"reçus/{name}": content for name, content in incoming}

    def prepare(self, place: Path) -> None:
        """Make a shared office for this kill alone."""
        (place / ADDRESS).write_text(new_office(), encoding="ascii")
        (place / BEFORE).write_text("\n".join(_meetings(place)), encoding="ascii")

    def warm(self) -> None:
        """Load what reaches the server and reads Word."""
        import psycopg  # noqa: F401

        import pan_desktop.app.import_job
        import pan_desktop.documents.interpret.reading
        import pan_desktop.store.shared.line  # noqa: F401

    def work(self, place: Path) -> None:
        """Take every file in, write and copy."""
        address, meeting = address_of(place), ""
        for file in _incoming(place):
            say(f"t import {file.name}")
            command("--database", address, "import", file)
            say(f"a import {file.name}")
            meeting = meeting or _latest(address)
            say(f"t export {file.name}")
            command("--database", address, "export", meeting, "-o", place / RELEVE, "--replace")
            say(f"a export {file.name}")
            say(f"t backup {file.name}")
            told = command("--database", address, "backup", "--folder", place / "copies")
            say(f"a backup {told.splitlines()[-1]}")

    def examine(self, place: Path, facts: Facts) -> None:
        """See on the server what was taken in, then take all in again: each is there once."""
        there = len(_meetings(place)) - len((place / BEFORE).read_text().split())
        done, begun = (len(_files(said, "import")) for said in (facts.done, facts.tried))
        # A second round finds there what the first brought.
        most = begun if facts.round in {"start", "0"} else len(_incoming(place))
        must(done <= there <= most, f"{done} were answered for, {there} are there")
        with patch.dict(os.environ, {"XDG_DATA_HOME": str(place.parent / "DATA")}):
            for file in _incoming(place):
                command("--database", address_of(place), "import", file)
            after = _meetings(place)
            must(len(set(after)) == len(after), f"a meeting is there twice: {after}")
            self._see_files(place, facts)
            meeting, file = _latest(address_of(place)), place / RELEVE
            command("--database", address_of(place), "export", meeting, "-o", file, "--replace")
            read_blocks(file)

    def _see_files(self, place: Path, facts: Facts) -> None:
        """See what was written whole, and every copy."""
        must((place / RELEVE).exists() or not _files(facts.done, "export"), "it is not there")
        if (place / RELEVE).exists():
            read_blocks(place / RELEVE)  # raises for a file that is not whole
        for copy in _files(facts.done, "backup"):
            must(Path(copy).exists(), f"the copy {copy} is not there")
        address, folder = address_of(place), place / "copies"
        told = command("--database", address, "backup", "--folder", folder, "--list", "--json")
        for row in json.loads(told):
            must(row["lisible"], f"the copy {row['fichier']} cannot be read")
            whole(Path(row["fichier"]))


def _incoming(place: Path) -> list[Path]:
    return sorted((place / "reçus").iterdir())


def _files(said: tuple[str, ...], what: str) -> list[str]:
    return [words.partition(" ")[2] for words in said if words.startswith(what)]


def _meetings(place: Path) -> list[str]:
    return sorted(str(row["day"]) for row in server_content(place)["meeting"].values())


def _latest(address: str) -> str:
    return command("--database", address, "meetings").split("\t", 1)[0]
