"""`make bench`: every promise of speed as a ratio to a floor of the same run, in one table."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

from tests.bench import docx_writing, matching, reading, saving, searching, years
from tests.bench.docx_writing import Row

START_LIMIT = 1.5
TEN_YEARS_LIMIT = 1.1
THIRTY_YEARS_LIMIT = 1.2
"""Ten years of meetings may cost a tenth, no more."""


def main() -> int:
    """Measure everything, print the table, and return 1 when a promise is not kept."""
    parser = argparse.ArgumentParser(prog="make bench")
    parser.add_argument("--rounds", type=int, default=15, help="rounds of each measure")
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory(prefix="pan-bench-") as folder:
        database = Path(folder) / "dix-ans.sqlite3"
        years.build(database)
        rows = [_start(database, rounds), *docx_writing.measure(rounds)]
        rows.append(saving.measure(database, 40 * rounds))
        rows += _typing(database, rounds)
        rows += _ten_years(Path(folder), rounds, rows[-3:])
        rows += _typing("--shared", rounds)
        flushes = saving.flushes_per_change(database)
        found, kinds = searching.measure(Path(folder), rounds)
        rows += found
        found, filled = _thirty_years(Path(folder), rounds)
        rows += found
    found, read = reading.measure(rounds)
    rows += found
    print(f"{'mesure':44}{'plancher':>10}{'PAN':>10}{'rapport':>9}{'(min)':>8}{'limite':>8}")
    for row in rows:
        kept = "" if row.ratio_median <= row.limit else "  DÉPASSÉE"
        print(
            f"{row.name:44}{row.floor:8.2f}ms{row.ours:8.2f}ms{row.ratio_median:9.2f}"
            f"{row.ratio_min:8.2f}{row.limit:8.1f}{kept}"
        )
    matched, right = matching.lines()
    for line in [*kinds, *filled, *read, *matched, *_keystrokes()]:
        print(line)
    counted = "non mesuré (strace manque)" if flushes is None else f"{flushes:.2f}"
    print(f"fdatasync par changement enregistré : {counted}")
    broken = any(row.ratio_median > row.limit for row in rows) or flushes not in {None, 1.0}
    return int(broken or not right)


def _typing(database: Path | str, rounds: int) -> list[Row]:
    """Return the rows of typing, in a process of its own that has nothing else loaded.

    With "--shared" those of typing in an office that others share.
    """
    command = [sys.executable, "-m", "tests.bench.typing", str(database), str(max(3, rounds // 3))]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return [Row(*json.loads(line)) for line in done.stdout.splitlines()]


def _ten_years(folder: Path, rounds: int, ten: list[Row]) -> list[Row]:
    """Return how the ratios of typing differ after ten years from those after one meeting."""
    young = folder / "une-reunion.sqlite3"
    years.build(young, 1)
    one = _typing(young, rounds)
    return [
        Row(
            f"Dix ans contre une réunion : {b.name[7:]}",
            a.ratio_median,
            b.ratio_median,
            b.ratio_median / a.ratio_median,
            b.ratio_min / a.ratio_min,
            TEN_YEARS_LIMIT,
        )
        for a, b in zip(one, ten, strict=True)
    ]


def _thirty_years(folder: Path, rounds: int) -> tuple[list[Row], list[str]]:
    """Return what thirty years cost at the start and on each page.

    The start against an empty database, the pages against the last of ten plans alone.
    """
    names = ("vide", "trente-ans", "trois-ans")
    empty, many, few = (folder / f"{name}.sqlite3" for name in names)
    years.build_many(empty, 0)
    years.build_many(many)
    years.build_many(few, 1)
    times: dict[Path, list[float]] = {empty: [], many: []}
    for _ in range(rounds + 1):
        for database, found in times.items():
            found.append(_first_paint("ours", str(database)))
    floor, ours = times[empty][1:], times[many][1:]
    ratio, least = median(ours) / median(floor), min(ours) / min(floor)
    name = "Démarrage : trente ans contre une base vide"
    start = Row(name, median(floor), median(ours), ratio, least, THIRTY_YEARS_LIMIT)
    command = [sys.executable, "-m", "tests.bench.pages", str(many), str(few), str(rounds)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    rows, told = json.loads(done.stdout)
    return [start, *(Row(*row) for row in rows)], told


def _keystrokes() -> list[str]:
    """Return what the test of whole meetings says of their keys."""
    command = [sys.executable, "-m", "pytest", "-q", "-s", "tests/gui/test_keystrokes.py"]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    lines = [line.lstrip(".") for line in done.stdout.splitlines()]
    told = [line for line in lines if line.startswith("Frappes")]
    return told if done.returncode == 0 else [*told, "Frappes : une limite est DÉPASSÉE"]


def _start(database: Path, rounds: int) -> Row:
    """Return the time from the start of the process to the first paint, against a bare window."""
    bare: list[float] = []
    ours: list[float] = []
    for _ in range(rounds + 1):
        bare.append(_first_paint("bare"))
        ours.append(_first_paint("ours", str(database)))
    bare, ours = bare[1:], ours[1:]  # the first of each warms the disk's cache
    ratio = median(ours) / median(bare)
    least = min(ours) / min(bare)
    name = "Démarrage jusqu’à la première image"
    return Row(name, median(bare), median(ours), ratio, least, START_LIMIT)


def _first_paint(*arguments: str) -> float:
    start = perf_counter()
    command = [sys.executable, "-m", "tests.bench.start", *arguments]
    # An installed program has its bytecode; a machine set not to write any would compile ours,
    # and only ours, at every start.
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"painted\n", "the window was never painted"
        took = (perf_counter() - start) * 1000
        process.wait()
    return took


if __name__ == "__main__":
    sys.exit(main())
