"""Measures reading relevés that were written by hand, and how a folder of a thousand grows.

The floor of reading is unfolding and parsing with lxml the parts of the same file that hold text,
styles and lists, which any reader must do before it understands a word. A folder is measured
against itself: what its last hundred files cost, and add to the memory, beside its first hundred.
"""

from __future__ import annotations

import gc
import re
import resource
import shutil
import tempfile
import zipfile
from datetime import date, timedelta
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING

from lxml import etree

from pan_desktop.app import import_job
from pan_desktop.app.office import Office
from pan_desktop.documents.interpret.reading import interpret
from pan_desktop.documents.word.reading import read_contents
from tests.bench.docx_writing import Row
from tests.builders import sample
from tests.documents.word.hand import HANDS, written
from tests.documents.word.test_other_programs import saved_by_libreoffice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pan_desktop.app.import_job import Line

LIMIT = 3.0
GROWTH_LIMIT = 1.2
MEMORY_LIMIT = 1.2
FILES = 1000
_PART = 100
_NEEDED = re.compile(
    r"word/(?:document|styles|numbering|footnotes|endnotes|comments|header\d*|footer\d*)\.xml"
    r"|docProps/core\.xml|(?:word/)?_rels/[^/]*\.rels"
)
_FIRST = date(2024, 1, 1)


def measure(rounds: int) -> tuple[list[Row], list[str]]:
    """Return a row for each kind of file and for a folder, and lines about both."""
    with tempfile.TemporaryDirectory(prefix="pan-bench-") as name:
        folder = Path(name)
        rows = [_read(f"Lecture : {kind}", data, rounds) for kind, data in _kinds(folder)]
        found, lines = _folder(folder)
    return [*rows, found], lines


def _kinds(folder: Path) -> Iterator[tuple[str, bytes]]:
    by_hand = written(sample(), HANDS["as the committee's"])
    yield "relevé tapé dans Word", by_hand
    yield "le même, listes et styles", written(sample(), HANDS["with real lists and styles"])
    if shutil.which("soffice"):
        place = folder / "libreoffice"
        place.mkdir()
        yield "le même, par LibreOffice", saved_by_libreoffice(place, by_hand, "docx").read_bytes()


def _read(name: str, data: bytes, rounds: int) -> Row:
    def floor() -> None:
        with zipfile.ZipFile(BytesIO(data)) as package:
            for part in package.namelist():
                if _NEEDED.fullmatch(part):
                    etree.fromstring(package.read(part))

    def ours() -> None:
        interpret(read_contents(data))

    ours()
    floors: list[float] = []
    mine: list[float] = []
    for _ in range(4 * rounds):
        floors.append(_timed(floor))
        mine.append(_timed(ours))
    ratios = [own / least for own, least in zip(mine, floors, strict=True)]
    ratio_min = min(mine) / min(floors)
    return Row(name, median(floors), median(mine), median(ratios), ratio_min, LIMIT)


def _folder(place: Path) -> tuple[Row, list[str]]:
    """Take a folder of relevés in, and return what the last ones cost against the first."""
    folder = place / "relevés"
    folder.mkdir()
    for number, data in enumerate(_many()):
        (folder / f"{number:04}.docx").write_bytes(data)
    office = Office(str(place / "dossier.sqlite3"))
    at = [perf_counter()]
    memory: list[int] = []

    def told(number: int, line: Line) -> bool:
        assert line.came is import_job.Came.IN, line.sentence
        if number % _PART == 0:
            at.append(perf_counter())
            memory.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
        return True

    try:
        import_job.run(office, files=import_job.files_in(folder), told=told)
    finally:
        office.close()
    spans = [after - before for before, after in pairwise(at)]
    first, last = median(spans[:3]) * 1000 / _PART, median(spans[-3:]) * 1000 / _PART
    name = f"Dossier de {FILES} relevés : fin contre début"
    row = Row(name, first, last, last / first, last / first, GROWTH_LIMIT)
    kept = "" if memory[-1] <= MEMORY_LIMIT * memory[0] else "  DÉPASSÉE"
    said = f"mémoire après {_PART} relevés : {memory[0]} Mo, après {FILES} : {memory[-1]} Mo{kept}"
    return row, [said]


def _many() -> Iterator[bytes]:
    """Yield relevés of as many days, of two hands; only their date differs."""
    models = [written(sample(), HANDS[hand]) for hand in list(HANDS)[:2]]
    for number in range(FILES):
        day = _FIRST + timedelta(days=number)
        yield _dated(models[number % 2], f"{day:%d/%m/%Y} à 9h")


def _dated(model: bytes, said: str) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(model)) as before, zipfile.ZipFile(made, "w") as after:
        for name in before.namelist():
            data = before.read(name)
            if name == "word/document.xml":
                data = re.sub(rb">Jeudi 16 octobre 2025[^<]*<", f">{said}<".encode(), data)
            after.writestr(name, data)
    return made.getvalue()


def _timed(action: Callable[[], None]) -> float:
    gc.collect()
    start = perf_counter()
    action()
    return (perf_counter() - start) * 1000
