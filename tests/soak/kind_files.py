"""Files taken in and files written, by the program's own commands."""

from __future__ import annotations

import json
import re
import sqlite3
import tempfile
from contextlib import closing
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from pan_desktop.app import conclusions, meetings, plans, releve, workbooks
from pan_desktop.app.conclusions import OutlinePatch, PointEdit
from pan_desktop.app.export import export
from pan_desktop.app.office import Office
from pan_desktop.documents.docx.reader import read_blocks
from pan_desktop.domain.ids import new_id
from pan_desktop.domain.typography import Typography
from tests.builders import SAMPLES, as_bytes, filled_database, office_in, sample
from tests.faults import Call
from tests.soak.acting import command, say
from tests.soak.kind import Facts, Kind
from tests.soak.remains import counts, must, usable, whole
from tests.soak.seeds import DAY

if TYPE_CHECKING:
    from collections.abc import Mapping

BASE = "essai.sqlite3"


class Importing(Kind):
    """A workbook and relevés in Word and releve/1, one after the other, into an office."""

    name = "import"
    lie = "a 0.json"
    moments: ClassVar = {
        Call.WRITE: 1100,
        Call.SYNC: 30,
        Call.OPEN: 70,
        Call.UNLINK: 50,
        Call.TRUNCATE: 25,
    }

    def start(self) -> Mapping[str, bytes]:
        """Return a database and the files."""
        return {BASE: filled_database(), **_incoming()}

    def warm(self) -> None:
        """Load what reads Word and Excel."""
        import pan_desktop.app.import_job
        import pan_desktop.documents.interpret.reading
        import pan_desktop.documents.workbook.reader  # noqa: F401

    def work(self, place: Path) -> None:
        """Take every file in."""
        for name in _incoming_names(place):
            say(f"t {name}")
            command("--database", place / BASE, "import", place / name)
            say(f"a {name}")

    def examine(self, place: Path, facts: Facts) -> None:
        """See each file in whole or not at all, then take all in again: each is there once."""
        database = place / BASE
        whole(database)
        there = _said(database)
        reference, after = _quiet()
        for known in there:
            must(known in reference, f"a meeting was taken in by halves: {known[:200]!r}")
        taken = sum(not name.endswith(".xlsx") for name in facts.done)
        begun = sum(not name.endswith(".xlsx") for name in facts.tried)
        new = len(there) - len(SAMPLES)
        must(taken <= new <= begun, f"{taken} were answered for, {new} are there")
        for name in _incoming_names(place):
            command("--database", database, "import", place / name)
        must(_said(database) == reference, "taken in again, the meetings are not the same")
        now = counts(database)
        differing = {k: (v, now[k]) for k, v in after.items() if now[k] != v and k != "journal"}
        must(not differing, f"taken in again, there are other rows: {differing}")
        usable(database)


def _incoming_names(place: Path) -> list[str]:
    return sorted(
        file.name for file in place.iterdir() if file.suffix in {".docx", ".json", ".xlsx"}
    )


def files_to_take_in(as_data: int, as_word: int) -> dict[str, bytes]:
    """Return so many relevés of each form, all of other meetings; their names tell the order."""
    found = {f"{n}.json": _at_another_day(s, 400) for n, s in enumerate(SAMPLES[:as_data])}
    with (
        tempfile.TemporaryDirectory(prefix="pan-kill-") as name,
        office_in(Path(name), filled_database()) as office,
    ):
        for number, label in enumerate(SAMPLES[:as_word], 5):
            data = _at_another_day(label, 800)
            meeting_id = office.run(releve.import_releve, content=data).result.meeting_id
            file = Path(name) / f"{number}.docx"
            export(office, meeting_id=meeting_id, target=file, style=Typography.SOIGNE, now=DAY)
            found[file.name] = file.read_bytes()
    return found


@cache
def _incoming() -> Mapping[str, bytes]:
    """Return the files that are taken in; their names tell the order."""
    found = files_to_take_in(len(SAMPLES), 2)
    with tempfile.TemporaryDirectory(prefix="pan-kill-") as name:
        folder = Path(name)
        with office_in(folder, filled_database()) as office:
            for plan in office.run(plans.list_plans).result:
                for each in plan.commitments:
                    edit = plans.CommitmentEdit(str(each.number), f"Engagement dit {each.number}")
                    office.run(plans.change_commitment, commitment_id=each.id, edit=edit)
            form = folder / "4.xlsx"
            workbooks.write_plans(office, file=form)
            found[form.name] = form.read_bytes()
    return found


def _at_another_day(label: str, days: int) -> bytes:
    data = sample(label)
    data["date"] = (date.fromisoformat(data["date"]) + timedelta(days=days)).isoformat()
    return as_bytes(data)


@cache
def _quiet() -> tuple[list[bytes], dict[str, int]]:
    """Return what an office says, and how many rows it has, where nothing was killed."""
    with tempfile.TemporaryDirectory(prefix="pan-kill-") as name:
        place = Path(name)
        for label, content in Importing().start().items():
            (place / label).write_bytes(content)
        for label in _incoming_names(place):
            command("--database", place / BASE, "import", place / label)
        return _said(place / BASE), counts(place / BASE)


def _said(database: Path) -> list[bytes]:
    """Return what each meeting says."""
    office = Office(str(database))
    found = [
        office.run(releve.releve_json, meeting_id=line.id).result
        for line in office.run(meetings.list_meetings).result
    ]
    office.close()
    return sorted(found)


class Exporting(Kind):
    """Points typed, and the relevé written after each in one of the forms, over and over."""

    name = "export"
    lie = "a docx 0"
    moments: ClassVar = {Call.WRITE: 1500, Call.SYNC: 250, Call.RENAME: 40, Call.OPEN: 400}
    FORMS: ClassVar = ("docx", "json", "html", "txt")

    def start(self) -> Mapping[str, bytes]:
        """Return a database."""
        return {BASE: filled_database()}

    def warm(self) -> None:
        """Load what writes."""
        import pan_desktop.documents.docx.writer
        import pan_desktop.documents.html  # noqa: F401

    def work(self, place: Path) -> None:
        """Type and write."""
        office = Office(str(place / BASE))
        meeting_id = office.run(meetings.list_meetings).result[0].id
        item_id = (
            office.run(meetings.view_meeting, meeting_id=meeting_id).result.record.agenda[-1].id
        )
        point = new_id()
        for number in range(24):
            edit = PointEdit(point, 0, f"état n° {number}.")
            patch = OutlinePatch(None, (edit,), (None,), None)
            office.run(conclusions.save_patch, item_id=item_id, patch=patch)
            office.close()
            form = self.FORMS[number % len(self.FORMS)]
            say(f"t {form} {number}")
            target = place / f"Relevé.{form}"
            command("--database", place / BASE, "export", meeting_id, "-o", target, "--replace")
            say(f"a {form} {number}")

    def examine(self, place: Path, facts: Facts) -> None:
        """See each file whole: as it was before the last writing, or after it."""
        whole(place / BASE)
        for form in self.FORMS:
            file = place / f"Relevé.{form}"
            done = [int(words.split()[1]) for words in facts.done if words.startswith(form)]
            tried = [int(words.split()[1]) for words in facts.tried if words.startswith(form)]
            must(file.exists() or not done, f"{file.name} was written and is not there")
            if file.exists():
                number = int(re.findall(r"état n°\s(\d+)\.", _read(file))[-1])
                must(number in {*done[-1:], *tried[-1:]}, f"{file.name} says {number}: {done[-1:]}")
        left = [f.name for f in place.iterdir() if not f.name.startswith((BASE, "Relevé."))]
        # What was being written when the kill came: hidden, and its owner's only.
        must(len(left) <= 1, f"files were left: {left}")
        for name in left:
            must(re.fullmatch(r"\.pan-\w+\.tmp", name), f"an unknown file was left: {name}")
        again = place / "Relevé.docx"
        meeting_id = _latest(place / BASE)
        command("--database", place / BASE, "export", meeting_id, "-o", again, "--replace")
        usable(place / BASE)


def _read(file: Path) -> str:
    """Return what a relevé's file says, its last line seen. Raises what its reader raises."""
    if file.suffix == ".docx":
        return "\n".join(map(str, read_blocks(file)))
    text = file.read_text(encoding="utf-8")
    if file.suffix == ".json":
        json.loads(text)
    if file.suffix == ".html":
        must(text.rstrip().endswith("</html>"), "the page has no end")
    return text


def _latest(database: Path) -> str:
    with closing(sqlite3.connect(database)) as connection:
        return str(connection.execute("SELECT id FROM meeting ORDER BY day DESC").fetchone()[0])
