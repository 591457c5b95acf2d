"""Measures writing a Word file against the least that any writer must do.

The floor serialises a ready lxml tree of the same document part and zips the same parts into a
file with ``zipfile``; it builds nothing, flushes nothing to the disk and checks nothing. Ours
is the whole of ``write_docx``: building, zipping, flushing, reading back, comparing, replacing.
Floor and candidate take turns within a round, so that a slow minute of the machine hits both.
The files lie in memory where the system offers a folder there: how long a disk takes to flush
(0.2 ms to 20 ms, twice a file) is the disk's affair, and drowns the small file's figures.
"""

from __future__ import annotations

import gc
import json
import os
import re
import tempfile
import zipfile
from datetime import UTC, datetime
from itertools import accumulate
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from pan_desktop.documents.docx import carrying, write_docx
from pan_desktop.documents.model import (
    Cell,
    Document,
    Heading,
    ItemList,
    ListItem,
    Paragraph,
    Properties,
    Run,
    Table,
    Title,
)
from pan_desktop.domain.typography import Typography

if TYPE_CHECKING:
    from collections.abc import Callable

SIZES = (18, 200, 2000)
LIMIT = 3.0
MAIN = "word/document.xml"
MEMORY = Path("/dev/shm")

SYLLABLES = re.findall(
    r"\w+",
    "ac ad al an ap ar au bi bli bu ca cen ci co com con cé de di do du dé en er est et eur fi "
    "for ga gé in is ion la le li lo lu ma men mi mo mé na ne ni no nou ou pa per po pro pu qua "
    "qui ra re ri ro ré sa se si so su sé ta te ti tion to tra tu té un va ve vi é è à",
)
VOCABULARY = 3000
"""Words; the commonest come often and most are rare, as in any language (Zipf's law)."""


class Row(NamedTuple):
    """One line of the table; times are medians in milliseconds.

    ``ratio_median`` is the median of the rounds' own ratios of ours to the floor, ``ratio_min``
    the ratio of the quickest to the quickest: what a quiet machine would show.
    """

    name: str
    floor: float
    ours: float
    ratio_median: float
    ratio_min: float
    limit: float


class Prose:
    """Makes text that zips to 0.30 of its size; French minutes zip to 0.35 or 0.40.

    Sentences that repeat zip to nothing: neither floor nor candidate would do their work.
    """

    def __init__(self, seed: int) -> None:
        self._chance = Random(seed)
        build = Random(0)
        self._vocabulary = [
            "".join(build.choices(SYLLABLES, k=build.choice((1, 2, 2, 3, 3, 4))))
            for _ in range(VOCABULARY)
        ]
        self._weights = list(accumulate(1 / rank for rank in range(1, VOCABULARY + 1)))

    def words(self, count: int) -> str:
        """Return a sentence of that many words."""
        words = self._chance.choices(self._vocabulary, cum_weights=self._weights, k=count)
        return f"{' '.join(words).capitalize()}."


def document(rows: int) -> Document:
    """Return a relevé with that many rows, 40 nested bullets and lists in some cells."""
    prose = Prose(rows)
    points = tuple(ListItem(n % 3, (Run(prose.words(20)),)) for n in range(40))
    texts = ("Engagement", "État d’avancement", "Détails fournis par le point focal")
    header = tuple(Cell((Paragraph((Run(text),)),), centred=True) for text in texts)
    lines = tuple(_row(number, prose) for number in range(rows))
    # As a relevé's file does, it carries beside the pages what these do not say.
    beside: list[list[object]] = [[number, 50, None, "", []] for number in range(rows)]
    return Document(
        Properties("Relevé", "Mesure", "Secrétariat", datetime(2020, 12, 21, tzinfo=UTC)),
        Typography.FIDELE,
        (
            Title((Run("Réunion du comité"),)),
            Title((Run("Relevé des conclusions"),), subtitle=True),
            Heading(1, (Run("Points retenus :"),)),
            ItemList(points),
            Table((0.15, 0.17, 0.68), header, lines, "Mesure", "Mesure"),
        ),
        json.dumps({"rates": beside}, separators=(",", ":")),
    )


def _row(number: int, prose: Prose) -> tuple[Cell, ...]:
    details: tuple[Paragraph | ItemList, ...] = (Paragraph((Run(prose.words(40)),)),)
    if number % 6 == 0:
        items = tuple(ListItem(0, (Run(prose.words(20)),)) for _ in range(3))
        details += (ItemList(items, ordered=True),)
    return (
        Cell((Paragraph((Run(str(number)),)),), centred=True),
        Cell((Paragraph((Run(f"{number * 37 % 101}%"),)),), centred=True),
        Cell(details),
    )


def measure(rounds: int) -> list[Row]:
    """Return a row for each size of table, and one for how the time grows with the rows."""
    memory = MEMORY if os.access(MEMORY, os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="pan-bench-", dir=memory) as folder:
        rows = [_measured(size, rounds, Path(folder)) for size in SIZES]
    return [*rows, _growth(rows)]


def _measured(size: int, rounds: int, folder: Path) -> Row:
    meant, target = document(size), folder / f"{size}.docx"
    write_docx(meant, target)
    with zipfile.ZipFile(target) as package:
        # Not the data that the file carries: a writer must write pages, the rest is our choice.
        parts = {name: package.read(name) for name in package.namelist() if name != carrying.PART}
    tree = etree.fromstring(parts[MAIN])

    def floor() -> None:
        with zipfile.ZipFile(folder / "floor.docx", "w", zipfile.ZIP_DEFLATED) as package:
            for name, content in parts.items():
                package.writestr(name, _serialised(tree) if name == MAIN else content)

    def ours() -> None:
        write_docx(meant, target)

    floors: list[float] = []
    candidates: list[float] = []
    for _ in range(rounds):
        floors.append(_timed(floor))
        candidates.append(_timed(ours))
    return Row(
        f"Word, {size} lignes",
        median(floors),
        median(candidates),
        median(mine / least for mine, least in zip(candidates, floors, strict=True)),
        min(candidates) / min(floors),
        LIMIT,
    )


def _growth(rows: list[Row]) -> Row:
    """Return how much dearer a row of the longest table is than one of the middle one.

    1 is linear; a quadratic writer has 10. The first size is left out: there the fixed cost of
    a file outweighs its rows.
    """
    middle, longest = rows[-2], rows[-1]
    factor = SIZES[-1] / SIZES[-2]
    ratio = longest.ours / middle.ours / factor
    name = f"Word, temps par ligne : {SIZES[-1]} contre {SIZES[-2]}"
    return Row(name, middle.ours * factor, longest.ours, ratio, ratio, 1.5)


def _serialised(tree: etree._Element) -> bytes:
    return etree.tostring(tree, encoding="UTF-8", xml_declaration=True, standalone=True)


def _timed(action: Callable[[], None]) -> float:
    gc.collect()
    start = perf_counter()
    action()
    return (perf_counter() - start) * 1000
