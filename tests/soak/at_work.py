"""A secretary without a window, who works on a database until all is done or she is killed.

    python -m tests.soak.at_work DATABASE [DATA]

With DATA, the program's own folder, what cannot be written is kept there, as the window does it.

Started by ``faults`` with a disk that fails. Light on purpose: no Qt. Each line on standard output
is a fact that cannot be taken back: "t N", about to write the point N; "a N", it is on disk;
"v TEXT", the growing text says so much; "x", a file was written; "f NAME", an error that a user is
told; "w", it is kept beside the database, which cannot be written; "c …", a fault of ours; "e",
all is done.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import traceback
from pathlib import Path

from pan_desktop.app import conclusions, document_templates, meetings, safety, search
from pan_desktop.app.conclusions import OutlinePatch, PointEdit
from pan_desktop.app.export import export
from pan_desktop.app.office import Office
from pan_desktop.documents.docx.template import TemplateFile
from pan_desktop.domain.errors import PanError
from pan_desktop.domain.ids import new_id
from pan_desktop.domain.searching import SearchFilters
from pan_desktop.domain.typography import Typography
from tests.soak.seeds import DAY

STEPS = 45
"""So many things a secretary does in one run."""
LONGEST = 120
"""In seconds: a run that takes longer hangs."""
TRIES = 3
"""So often she tries what was refused."""


class SecretaryAtWork:
    """Does what a meeting asks for, through the office's use cases."""

    def __init__(self, database: str, data: Path | None) -> None:
        """Work on ``database``, keeping in ``data`` what cannot be written."""
        self.office = Office(database, data=data)
        self.folder = Path(database).parent
        self.item_id = self.meeting_id = ""
        self.growing = PointEdit(new_id(), 0, "mots")

    def work(self) -> None:
        """Do everything, each thing up to ``TRIES`` times."""
        while not self.attempt(self._find):
            say("f again")
        for number in range(STEPS):
            self._do(number)
        self.attempt(self.office.close)
        say("e")

    def _do(self, number: int) -> None:
        """Do one thing after the other, as a meeting asks for them."""
        say(f"t {number}")
        point = PointEdit(new_id(), 0, f"point n° {number}")
        if self.attempt(self._add, point) and self.answered_for():
            say(f"a {number}")
        grown = PointEdit(self.growing.id, 0, self.growing.text + f" {number}")
        if self.attempt(self._grow, grown):
            self.growing = grown
            if self.answered_for():
                say(f"v {grown.text}")
        if number % 5 == 4:
            self.attempt(safety.save_again, self.office)
        if number % 6 == 5:
            self.attempt(self._keep_template, number)
        if number % 10 == 0:
            self.attempt(self._search)
        if number % 9 == 0 and self.attempt(self._export):
            say("x")
        if number % 13 == 12:
            self.attempt(self.office.close)

    def answered_for(self) -> bool:
        """Tell whether what was done is on a disk, be it beside the database."""
        trouble = self.office.trouble
        if trouble is not None:
            say("w")
        return trouble is None or trouble.kept

    def attempt(self, act: object, *arguments: object) -> bool:
        """Do something, again when it was refused; tell whether it was done."""
        assert callable(act)
        for _ in range(TRIES):
            try:
                act(*arguments)
            except PanError as error:
                say(f"f {type(error).__name__}")
            except BaseException as error:  # noqa: BLE001 - this is what is looked for
                where = traceback.extract_tb(error.__traceback__)[-1]
                say(f"c {error!r} ({Path(where.filename).name}:{where.lineno})".replace("\n", " "))
                os._exit(3)
            else:
                return True
        return False

    def _find(self) -> None:
        latest = self.office.run(meetings.list_meetings).result[0]
        view = self.office.run(meetings.view_meeting, meeting_id=latest.id).result
        self.meeting_id, self.item_id = latest.id, view.record.agenda[-1].id

    def _add(self, point: PointEdit) -> None:
        patch = OutlinePatch(None, (point,), (None,), None)
        self.office.run(conclusions.save_patch, item_id=self.item_id, patch=patch)

    def _grow(self, point: PointEdit) -> None:
        patch = OutlinePatch(None, (point,), (None,), None)
        self.office.save("growing", conclusions.save_patch, item_id=self.item_id, patch=patch)

    def _keep_template(self, number: int) -> None:
        # Large, so that the log is carried into the database now and then.
        file = TemplateFile.of(f"{number}.docx", random.Random(number).randbytes(900_000))
        name = f"Modèle {number} {new_id()}"
        self.office.run(document_templates.add_template, name=name, file=file)

    def _search(self) -> None:
        search.search(self.office, text="point", filters=SearchFilters())

    def _export(self) -> None:
        target = self.folder / "Relevé essai.docx"
        export(
            self.office,
            meeting_id=self.meeting_id,
            target=target,
            style=Typography.SOIGNE,
            now=DAY,
        )


def say(line: str) -> None:
    """Write a line at once, whatever becomes of the process next."""
    os.write(1, f"{line}\n".encode())


if __name__ == "__main__":
    signal.alarm(LONGEST)  # ends this process, which is told
    SecretaryAtWork(sys.argv[1], Path(sys.argv[2]) if len(sys.argv) > 2 else None).work()
