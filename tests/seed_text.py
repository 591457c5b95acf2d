"""What a relevé must say, told a second time without the program's own composing.

A relevé is a list of blocks, each a line of text ("- " before a point, one more space for each
level), and the rows of its table. Kinds of space and of apostrophe do not count.
"""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from pan_desktop.documents.docx.reader import Kind, ReadParagraph, ReadTable, read_blocks
from pan_desktop.documents.model import (
    Document,
    Heading,
    ItemList,
    Paragraph,
    Runs,
    Table,
    Title,
)
from tests.builders import BODIES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pan_desktop.documents.docx.reader import ReadBlock
    from tests.builders import Json

SEED = Path(__file__).resolve().parents[2] / "shared" / "seed"
_NAME = "releve-2020-12-21"

needs_seed = pytest.mark.skipif(
    not (SEED / f"{_NAME}.txt").is_file(),
    reason="the committee's own relevé (../shared/seed) is not beside the repository",
)

_APOSTROPHES = re.compile("[’ʼ‘]")
_RAISED = re.compile(r" ?\^\{(\w+)\}")
_POINT = re.compile(r"^(\s*)- ")


def plain(text: str) -> str:
    """Return a text with one kind of space and of apostrophe, none at its ends."""
    return " ".join(_APOSTROPHES.sub("'", text).split())


def point(level: int, text: str) -> str:
    """Return the block that a point of a list is."""
    return f"{' ' * level}- {plain(text)}"


# The seed --------------------------------------------------------------------------------


def seed_bytes() -> bytes:
    """Return the seed as a ``releve/1`` file."""
    return (SEED / f"{_NAME}.json").read_bytes()


def expected_blocks() -> list[str]:
    """Return the 43 blocks of the seed's text, its table left out."""
    return [_block(line) for line in _seed_lines() if "\t" not in line]


def expected_cells() -> list[list[str]]:
    """Return the 12 rows of the seed's table, three cells each.

    Its page break left a header repeated by hand and a row cut in two: both are joined.
    """
    rows: list[list[str]] = []
    for line in _seed_lines():
        if "\t" not in line:
            continue
        cells = [plain(_RAISED.sub(r"\1", cell)) for cell in line.split("\t")]
        if rows and cells == rows[0]:
            continue
        if not cells[0]:
            rows[-1] = [
                plain(f"{above} {below}") for above, below in zip(rows[-1], cells, strict=True)
            ]
            continue
        rows.append(cells)
    return rows


def _seed_lines() -> list[str]:
    text = (SEED / f"{_NAME}.txt").read_text(encoding="utf-8")
    return [line for line in text.split("\n") if line.strip()]


def _block(line: str) -> str:
    found = _POINT.match(line)
    if found is None:
        return plain(_RAISED.sub(r"\1", line))
    return point(len(found[1]), line[found.end() :])


# A document of ours ----------------------------------------------------------------------


def blocks_of(document: Document) -> list[str]:
    """Return the blocks of a composed document, its tables left out."""
    found: list[str] = []
    for block in document.blocks:
        match block:
            case Title() | Heading() | Paragraph():
                found.append(plain(_text(block.runs)))
            case ItemList():
                found += [point(item.level, _text(item.runs)) for item in block.items]
            case Table():
                pass
    return found


def cells_of(document: Document) -> list[list[str]]:
    """Return the rows of all tables of a composed document, headers among them."""
    tables = [block for block in document.blocks if isinstance(block, Table)]
    return [
        [_cell(cell.blocks) for cell in row]
        for table in tables
        for row in (table.header, *table.rows)
    ]


def _cell(blocks: Sequence[Paragraph | ItemList]) -> str:
    """Return a cell in one line, as the seed's text gives it, its list marks written out."""
    parts: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            parts.append(_text(block.runs))
        else:
            marks = (f"{n}." if block.ordered else "-" for n in range(1, len(block.items) + 1))
            parts += [f"{m} {_text(i.runs)}" for m, i in zip(marks, block.items, strict=True)]
    return plain(" ".join(parts))


def _text(runs: Runs) -> str:
    return "".join(run.text for run in runs)


# A Word file, read back ------------------------------------------------------------------


def blocks_read(blocks: Sequence[ReadBlock]) -> list[str]:
    """Return the blocks of a Word file as ``read_blocks`` gives them, its tables left out."""
    return [
        point(block.level, block.text) if block.kind is Kind.ITEM else plain(block.text)
        for block in blocks
        if isinstance(block, ReadParagraph)
    ]


def cells_read(blocks: Sequence[ReadBlock]) -> list[list[str]]:
    """Return the rows of all tables of a Word file, headers among them."""
    tables = [block for block in blocks if isinstance(block, ReadTable)]
    return [[_cell_read(cell) for cell in row] for table in tables for row in table.rows]


def read_back(file: Path) -> tuple[list[str], list[list[str]]]:
    """Return the blocks of a Word file on the disk and the rows of its tables."""
    blocks = read_blocks(file)
    return blocks_read(blocks), cells_read(blocks)


def _cell_read(cell: Sequence[ReadParagraph | ReadTable]) -> str:
    parts: list[str] = []
    for paragraph in cell:
        assert isinstance(paragraph, ReadParagraph)
        item = paragraph.kind is Kind.ITEM
        mark = "" if not item else f"{paragraph.number}. " if paragraph.ordered else "- "
        parts.append(f"{mark}{paragraph.text}")
    return plain(" ".join(parts))


# Any relevé ------------------------------------------------------------------------------

_DAYS = ["Lundi", "Mardi", "Mercredi", "Jeudi", "Vendredi", "Samedi", "Dimanche"]
_MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)
_OVERALL = "Avancement global du Plan d'action national"


def told(data: Json) -> tuple[list[str], list[list[str]]]:
    """Return the blocks and the table's rows that a ``releve/1`` relevé must give."""
    progress = data["progress"]
    blocks = [
        BODIES[data["body"]],
        "Relevé des conclusions",
        "Date de la réunion",
        _moment(data["date"], data["time"]),
        "Lieu :",
        plain(data["place"]),
        "Participants :",
        *([point(0, _who(p)) for p in sorted(data["participants"], key=_speaking)] or ["- Néant"]),
        "Ordre du jour :",
        *(point(0, title) for title in data["agenda"]),
        "Points retenus :",
    ]
    sections = [_note(note) for note in data["notes"]]
    sections.insert(_sections_before_progress(data), _rates(progress))
    rows = [
        [str(row["commitment"]), f"{row['percent']}%", _in_one_line(row["details"])]
        for row in sorted(progress["rows"], key=lambda row: int(row["commitment"]))
    ]
    header = ["Engagement", "Etat d'avancement", "Détails fournis par le point focal"]
    return [*blocks, *(line for section in sections for line in section)], (
        [header, *rows] if rows else []
    )


def told_seed() -> tuple[list[str], list[list[str]]]:
    """Return what the seed's data must give, told by the same rules as any other's."""
    return told(json.loads(seed_bytes()))


def _moment(day: str, hour: str) -> str:
    when = date.fromisoformat(day)
    hours, minutes = hour.split(":")
    number = "1er" if when.day == 1 else when.day
    clock = f"{int(hours)}h" + (minutes if minutes != "00" else "")
    return f"{_DAYS[when.weekday()]} {number} {_MONTHS[when.month - 1]} {when.year} (à {clock})"


def _speaking(participant: dict[str, Any]) -> tuple[int, bool]:
    return min(participant["commitments"], default=10_000), participant["role"] == "alternate"


def _who(participant: dict[str, Any]) -> str:
    woman = participant["civility"] == "Mme"
    numbers = [str(n) for n in sorted(participant["commitments"])]
    what = {
        "focal_point": "point focal",
        "alternate": "suppléante point focal" if woman else "suppléant point focal",
        "guest": "invitée" if woman else "invité",
    }[participant["role"]]
    if numbers:
        what += " engagements " if len(numbers) > 1 else " engagement "
    return f"{'Mme.' if woman else 'M.'} {participant['name']}, {what}{_listed(numbers)}"


def _listed(numbers: Iterable[object]) -> str:
    head, _, tail = ", ".join(str(n) for n in numbers).rpartition(", ")
    return f"{head} et {tail}" if head else tail


def _sections_before_progress(data: Json) -> int:
    agenda, headings = data["agenda"], [note["heading"] for note in data["notes"]]
    heading = data["progress"]["heading"]
    place: int = agenda.index(heading) if heading in agenda else 0
    if len(headings) == len(agenda) - 1:
        return place
    return sum(heading in agenda[:place] for heading in headings)


def _rates(progress: dict[str, Any]) -> list[str]:
    completed = _listed(sorted(progress["completed"])) or "aucun"
    return [
        f"{plain(progress['heading'])} :",
        point(0, f"{_OVERALL} : {progress['overall_percent']}%"),
        point(0, f"Engagements complétés à 100% : {completed}"),
        point(0, f"Engagements non complétés :{'' if progress['rows'] else ' aucun'}"),
    ]


def _note(note: dict[str, Any]) -> list[str]:
    points = [point(p["level"], p["text"]) for p in note["points"]]
    return [f"{plain(note['heading'])} :", *points]


def _in_one_line(details: str) -> str:
    return plain(" ".join(line.strip() for line in details.split("\n")))
