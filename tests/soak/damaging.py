"""Damage the pages of a database, and see that every row whose bytes are intact comes back.

    python -m tests.soak.damaging [--count 200] [--seed N] [--only NUMBER]

A run damages 1 to 20 pages, drawn from its number: filled with zeros or noise, in part or whole,
single bits, a page's beginning, a page in another's place, the end of the file cut off. What is
recovered is compared row by row with what there was.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import sys
import tempfile
from collections import Counter
from contextlib import closing
from functools import cache
from pathlib import Path
from time import perf_counter
from typing import Any, NamedTuple

from pan_desktop.domain.errors import PanError
from pan_desktop.store.health import pages as p
from pan_desktop.store.health.recovery import Recovered, recover
from tests.builders import dump, lived_database

PAGE = 4096
LONGEST = 60.0
"""In seconds: what takes longer hangs."""


class Tally(NamedTuple):
    """What came of the rows of one run."""

    intact: int
    """So many rows had none of their bytes damaged."""
    told: int
    """Of these, so many could not be placed, and were told with their words."""
    touched: int
    """So many rows lay on a damaged page."""
    saved: int
    """Of these, so many came back as they were all the same."""
    seconds: float = 0.0


class LostError(AssertionError):
    """An intact row is neither in the new database nor told of."""


def damaged(content: bytes, number: int) -> tuple[bytes, set[int]]:
    """Return a database with some pages damaged, and which; the same for each number."""
    chance = random.Random(number)
    data = bytearray(content)
    total = len(data) // PAGE
    hit = {chance.randrange(total) for _ in range(chance.randint(1, 20))}
    for page in sorted(hit):
        at = page * PAGE
        _WAYS[chance.randrange(len(_WAYS))](chance, data, at)
    if chance.random() < 0.1:
        kept = chance.randrange(total // 2, total)
        del data[kept * PAGE + chance.randrange(PAGE) :]
        hit |= set(range(kept, total))
    return bytes(data), {page + 1 for page in hit}


def _zeros(_chance: random.Random, data: bytearray, at: int) -> None:
    data[at : at + PAGE] = bytes(PAGE)


def _noise(chance: random.Random, data: bytearray, at: int) -> None:
    data[at : at + PAGE] = chance.randbytes(PAGE)


def _part(chance: random.Random, data: bytearray, at: int) -> None:
    begin = chance.randrange(PAGE)
    end = min(PAGE, begin + chance.randrange(1, 1500))
    data[at + begin : at + end] = chance.randbytes(end - begin)


def _beginning(chance: random.Random, data: bytearray, at: int) -> None:
    data[at : at + 12] = chance.randbytes(12)


def _bits(chance: random.Random, data: bytearray, at: int) -> None:
    for _ in range(5):
        data[at + chance.randrange(PAGE)] ^= 1 << chance.randrange(8)


def _another(chance: random.Random, data: bytearray, at: int) -> None:
    other = chance.randrange(len(data) // PAGE) * PAGE
    data[at : at + PAGE] = data[other : other + PAGE]


_WAYS = (_zeros, _noise, _part, _beginning, _bits, _another)


@cache
def _sound(content: bytes) -> tuple[dict[tuple[str, Any], dict[str, Any]], dict[Any, set[int]]]:
    """Return the rows of a sound database by table and identifier, and the pages of each."""
    with tempfile.TemporaryDirectory(prefix="pan-sound-") as name:
        file = Path(name) / "base.sqlite3"
        file.write_bytes(content)
        rows = _by_identity(file)
        places: dict[Any, set[int]] = {}
        with closing(p.Pages(file)) as pages:
            for number in pages:
                if p.kind_of(pages[number], number) == p.TABLE_LEAF:
                    for cell in p.cells(pages, number)[0]:
                        places[cell.values[0]] = {number, *cell.overflow}
    return rows, places


def _by_identity(file: Path) -> dict[tuple[str, Any], dict[str, Any]]:
    return {
        (table, row["id"]): row for table, rows in dump(file).items() for row in rows if "id" in row
    }


def examine(folder: Path, number: int, content: bytes | None = None) -> Tally:
    """Do the run of that number. Raises LostError for anything that is wrong."""
    content = lived_database() if content is None else content
    data, hit = damaged(content, number)
    file, target = folder / f"{number}.sqlite3", folder / f"{number} récupérée.sqlite3"
    file.write_bytes(data)
    begun = perf_counter()
    recovered = recover(file, target)
    seconds = perf_counter() - begun
    if file.read_bytes() != data or set(folder.iterdir()) != {file, target}:
        raise LostError("the damaged file was touched, or something left beside it")
    if seconds > LONGEST:
        raise LostError(f"it took {seconds:.0f} s")
    with closing(sqlite3.connect(target)) as connection:
        for check in ("integrity_check", "foreign_key_check"):
            if (found := connection.execute(f"PRAGMA {check}").fetchall()) not in ([], [("ok",)]):
                raise LostError(f"{check}: {found[:3]}")
    found_rows = _by_identity(target)
    file.unlink()
    target.unlink()
    return _compared(content, hit, found_rows, recovered)._replace(seconds=seconds)


def _compared(
    content: bytes,
    hit: set[int],
    found: dict[tuple[str, Any], dict[str, Any]],
    recovered: Recovered,
) -> Tally:
    rows, places = _sound(content)
    told = {(table, row.get("id")) for table, row in recovered.refused}
    intact = [key for key in rows if not places[key[1]] & hit]
    lost = [key for key in intact if key not in found and key not in told]
    if lost:
        raise LostError(f"{len(lost)} intact rows are nowhere: {lost[:3]}")
    unhooked = {table.table for table in recovered.tables if table.unhooked}
    changed = [k for k in intact if k in found and found[k] != rows[k] and k[0] not in unhooked]
    if changed:
        raise LostError(f"{len(changed)} intact rows came back changed: {changed[:3]}")
    touched = rows.keys() - set(intact)
    saved = sum(found.get(key) == rows[key] for key in touched)
    return Tally(len(intact), sum(key not in found for key in intact), len(touched), saved)


def run(count: int, seed: int, content: bytes | None = None) -> int:
    """Do so many runs from a number on, print what was seen, and return how many went wrong."""
    print(f"{count} databases damaged, --seed {seed}", flush=True)
    wrong, tallies = 0, []
    with tempfile.TemporaryDirectory(prefix="pan-damaged-") as name:
        for number in range(seed, seed + count):
            folder = Path(name) / str(number)
            folder.mkdir()
            try:
                tallies.append(examine(folder, number, content))
            except (AssertionError, PanError, sqlite3.Error, ValueError, LookupError) as error:
                wrong += 1
                print(f"--only {number}: {type(error).__name__}: {error}", flush=True)
    sums = Counter[str]()
    for tally in tallies:
        sums.update(tally._asdict())
    print(
        f"{sums['intact']} intact rows, of which {sums['told']} had no place and were told; "
        f"{sums['touched']} rows on damaged pages, of which {sums['saved']} came back whole; "
        f"{sums['seconds']:.0f} s, {wrong} runs went wrong"
    )
    return wrong


def main() -> int:
    """Do as many runs as asked."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak.damaging")
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", type=int)
    parser.add_argument("--base", type=Path, help="another database than the sample's")
    options = parser.parse_args()
    content = options.base.read_bytes() if options.base else None
    if options.only is None:
        return int(run(options.count, options.seed, content) > 0)
    with tempfile.TemporaryDirectory(prefix="pan-damaged-") as name:
        print(examine(Path(name), options.only, content))
    return 0


if __name__ == "__main__":
    sys.exit(main())
