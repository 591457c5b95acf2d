"""Give broken files to every reader, and see that each is read or refused in one sentence.

    python -m tests.soak.fuzzing [--files 10000] [--seed 0] [--only NUMBER]

The files are those of the numbers from ``--seed`` on (``mutating``). They are read in a process
of their own, which is watched: what ends it, keeps it for ``LONGEST`` seconds or takes it
``LARGEST`` megabytes is a fault, told with its number, and ``--only`` reads that one file again.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import pickle
import selectors
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pan_desktop.documents.outside import PackageError
from pan_desktop.domain.errors import PanError
from tests.builders import filled_database
from tests.soak.mutating import broken
from tests.soak.seeds import DAY, seeds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tests.soak.mutating import Broken
    from tests.soak.seeds import Seed

LONGEST = 10.0
"""In seconds of the processor, for one file."""
PATIENCE = 4
"""A process that says nothing for so many times that long, by the clock, is ended."""
LARGEST = 512
"""In megabytes, that one file may add to what the process holds."""
WHOLE_EVERY = 10
"""Each so manieth file goes the whole way, through the command line into a database."""


class Reading(NamedTuple):
    """What became of one file."""

    number: int
    outcome: str
    """"read", "refused", or what went wrong, in one line."""
    seconds: float
    megabytes: float

    @property
    def wrong(self) -> bool:
        """Tell whether it is a fault."""
        return (
            self.outcome not in {"read", "refused"}
            or self.seconds > LONGEST
            or self.megabytes > LARGEST
        )


PROGRAM = ("-m", "tests.soak.fuzzing")
NOTHING = Reading(0, "", 0.0, 0.0)

# The process that reads ------------------------------------------------------------------


def _read_releve(content: bytes, _name: str) -> None:
    from pan_desktop.documents.docx.properties import read_said
    from pan_desktop.documents.docx.reader import read_blocks
    from pan_desktop.documents.interpret.reading import interpret
    from pan_desktop.documents.word.reading import read_contents

    for read in (read_said, read_blocks, lambda data: interpret(read_contents(data))):
        _refusing(read, content)
    read_said(content)


def _read_template(content: bytes, name: str) -> None:
    from pan_desktop.documents.docx.template import TemplateFile
    from pan_desktop.documents.docx.writer import render
    from tests.documents.docx.papers import document, paragraph

    render(document(paragraph("Essai.")), "a.docx", template=TemplateFile.of(name, content))


def _read_workbook(content: bytes, name: str) -> None:
    from pan_desktop.documents.workbook.reader import read_form

    read_form(content, name)


def _read_attendance(content: bytes, name: str) -> None:
    from pan_desktop.documents.attendance.dating import Clock
    from pan_desktop.documents.attendance.reader import read

    read(content, name, Clock(DAY.date()))


def _read_data(content: bytes, _name: str) -> None:
    from pan_desktop.documents.interchange import read_releve

    read_releve(content)


READERS: dict[str, Callable[[bytes, str], None]] = {
    "relevé": _read_releve,
    "modèle": _read_template,
    "classeur": _read_workbook,
    "présences": _read_attendance,
    "données": _read_data,
}
COMMANDS = {
    "relevé": (["import", "FILE"], ["verify", "FILE"]),
    "modèle": (["templates", "--ajouter", "FILE"],),
    "présences": (["attendance", "MEETING", "FILE"], ["attendance", "MEETING", "FILE", "--apply"]),
    "classeur": (["import", "FILE"],),
    "données": (["import", "FILE"],),
}
"""The commands of the program that take each kind of file."""


def _refusing(read: Callable[[bytes], object], content: bytes) -> None:
    with contextlib.suppress(PanError, PackageError):
        read(content)


def _judge(case: Broken, folder: Path, *, whole: bool) -> str:
    """Return what becomes of a file: "read", "refused", or the fault in one line."""
    try:
        if whole:
            _go_the_whole_way(case, folder)
        READERS[case.seed.target](case.content, case.seed.name)
    except (PanError, PackageError):
        return "refused"
    except BaseException as error:  # noqa: BLE001 - whatever it is, it is what is looked for
        where = traceback.extract_tb(error.__traceback__)[-1]
        return f"{type(error).__name__}: {error} ({Path(where.filename).name}:{where.lineno})"[:300]
    return "read"


def _go_the_whole_way(case: Broken, folder: Path) -> None:
    """Give a file to the commands that take it, and look at the database after each."""
    from pan_desktop.command_line import run

    commands = COMMANDS.get(case.seed.target, ())
    if not commands:
        return
    file, database = folder / case.seed.name, folder / "essai.sqlite3"
    for stale in folder.iterdir():
        if stale.is_dir():  # the copies made before what was taken in
            shutil.rmtree(stale)
        else:
            stale.unlink()
    file.write_bytes(case.content)
    database.write_bytes(filled_database())
    with closing(sqlite3.connect(database)) as connection:
        meeting = connection.execute("SELECT id FROM meeting ORDER BY day DESC").fetchone()[0]
    places = {"FILE": str(file), "MEETING": str(meeting)}
    for words in commands:
        said, result = io.StringIO(), io.StringIO()
        arguments = ["--database", str(database), *(places.get(word, word) for word in words)]
        with contextlib.redirect_stderr(said), contextlib.redirect_stdout(result):
            code = run(arguments, str)
        lines = said.getvalue().splitlines()
        if code not in {0, 1, 2} or (code == 2 and not lines):
            raise AssertionError(f"{words[0]}: code {code}, {lines}")
        with closing(sqlite3.connect(database)) as connection:
            found = connection.execute("PRAGMA integrity_check").fetchall()
            lost = connection.execute("PRAGMA foreign_key_check").fetchall()
        if found != [("ok",)] or lost:
            raise AssertionError(f"{words[0]}: the database is damaged: {found} {lost}")


def _megabytes(name: str) -> float:
    """Return what the system says of this process's memory ("VmRSS", "VmHWM"), 0 if nothing."""
    with contextlib.suppress(OSError):
        for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
            if line.startswith(name):
                return int(line.split()[1]) / 1024
    return 0.0


def _forget_the_peak() -> None:
    with contextlib.suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def serve(good: str, first: int, last: int) -> None:
    """Read the files of the numbers from first to last, a line before and one after each."""
    found: list[Seed] = pickle.loads(Path(good).read_bytes())
    with tempfile.TemporaryDirectory(prefix="pan-broken-") as name:
        _judge(broken(0, found), Path(name), whole=True)  # what is imported once costs nothing more
        for number in range(first, last):
            case = broken(number, found)
            print(f"begun {number}", flush=True)
            _forget_the_peak()
            before, begun = _megabytes("VmRSS"), time.process_time()
            outcome = _judge(case, Path(name), whole=number // len(found) % WHOLE_EVERY == 0)
            seconds = time.process_time() - begun
            grown = max(0.0, _megabytes("VmHWM") - before)
            plain = outcome.encode("unicode_escape").decode()
            print(f"ended {number}\t{plain}\t{seconds:.3f}\t{grown:.1f}", flush=True)


# Who watches it --------------------------------------------------------------------------


def watched(first: int, count: int, good: Sequence[Seed]) -> Iterator[Reading]:
    """Yield what becomes of each of so many files."""
    following, last = first, first + count
    with tempfile.TemporaryDirectory(prefix="pan-good-") as name:
        kept = Path(name) / "good"
        kept.write_bytes(pickle.dumps(list(good)))
        while following < last:
            for reading in _of_one_process(str(kept), following, last):
                following = reading.number + 1
                yield reading


def _of_one_process(good: str, first: int, last: int) -> Iterator[Reading]:
    """Yield readings until a process is through, ends, or has to be ended."""
    command = [sys.executable, *PROGRAM, "--serve", good, str(first), str(last)]
    with (
        tempfile.TemporaryFile() as complained,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=complained) as process,
    ):
        assert process.stdout is not None
        number, started, pending = first, False, b""
        with selectors.DefaultSelector() as selector:
            selector.register(process.stdout, selectors.EVENT_READ)
            while True:
                # What is imported once, before the first line, is no file's fault.
                if not selector.select(PATIENCE * LONGEST if started else 120):
                    process.kill()
                    yield Reading(number, "not ended in time", PATIENCE * LONGEST, 0.0)
                    return
                piece = os.read(process.stdout.fileno(), 65536)
                if not piece:
                    break
                started = True
                *lines, pending = (pending + piece).split(b"\n")
                for line in lines:
                    word, _, rest = line.decode().partition(" ")
                    if word == "begun":
                        number = int(rest)
                        continue
                    told, outcome, seconds, grown = rest.split("\t")
                    number = int(told) + 1
                    yield Reading(int(told), outcome, float(seconds), float(grown))
        if process.wait() != 0 or number < last:
            complained.seek(0)
            said = complained.read().decode(errors="replace").strip().splitlines()
            yield Reading(number, f"ended by {process.returncode}: {' '.join(said[-2:])}", 0.0, 0.0)


@dataclass
class Tally:
    """What was seen of many files."""

    outcomes: Counter[str] = field(default_factory=Counter)
    wrong: list[Reading] = field(default_factory=list)
    slowest: Reading = NOTHING
    largest: Reading = NOTHING

    def add(self, reading: Reading) -> None:
        """Count one file."""
        self.outcomes[reading.outcome if not reading.wrong else "wrong"] += 1
        if reading.wrong:
            self.wrong.append(reading)
        self.slowest = max(self.slowest, reading, key=lambda r: r.seconds)
        self.largest = max(self.largest, reading, key=lambda r: r.megabytes)


def run(files: int, seed: int) -> Tally:
    """Read so many broken files from a number on, telling each fault at once."""
    tally = Tally()
    found = seeds()
    for reading in watched(seed, files, found):
        tally.add(reading)
        if reading.wrong:
            print(told(reading, found), flush=True)
    return tally


def told(reading: Reading, found: Sequence[Seed]) -> str:
    """Return a reading in words, with what reads the file again."""
    case = broken(reading.number, found)
    return (
        f"--only {reading.number}: {case.seed.name} ({case.how}): {reading.outcome}, "
        f"{reading.seconds:.1f} s, {reading.megabytes:.0f} MB"
    )


def main() -> int:
    """Read as many broken files as asked, and print what was seen."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak.fuzzing")
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", type=int)
    parser.add_argument("--serve", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.serve:
        good, first, last = options.serve
        serve(good, int(first), int(last))
        return 0
    if options.only is not None:
        return _again(options.only)
    return report(options.files, options.seed)


def report(files: int, seed: int) -> int:
    """Read broken files, print what was seen, and return 1 when something was wrong."""
    print(f"{files} broken files, --seed {seed}", flush=True)
    tally, found = run(files, seed), seeds()
    print(", ".join(f"{count} {outcome}" for outcome, count in sorted(tally.outcomes.items())))
    print(f"slowest: {told(tally.slowest, found)}")
    print(f"largest: {told(tally.largest, found)}")
    return 1 if tally.wrong else 0


def _again(number: int) -> int:
    """Read one file here, with whatever it raises shown; keep the file."""
    case = broken(number, seeds())
    file = Path(tempfile.gettempdir()) / f"{number} {case.seed.name}"
    file.write_bytes(case.content)
    print(f"{file} ({case.how})")
    with contextlib.suppress(PanError, PackageError), tempfile.TemporaryDirectory() as name:
        _go_the_whole_way(case, Path(name))
        READERS[case.seed.target](case.content, case.seed.name)
    return 0


if __name__ == "__main__":
    sys.exit(main())
