"""Saving one change through the whole use case, against one bare durable commit."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING

from pan_desktop.app import conclusions
from pan_desktop.app.office import Office
from tests.bench.docx_writing import Row
from tests.bench.years import SENTENCE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LIMIT = 10.0


def measure(database: Path, rounds: int) -> Row:
    """Return how saving one point compares with one UPDATE and COMMIT (WAL, FULL)."""
    bare = database.with_name("bare.sqlite3")
    shutil.copyfile(database, bare)
    office = Office(str(database))
    with closing(sqlite3.connect(bare, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        # Bare: without what notes for the search that the point changed.
        connection.execute("DROP TRIGGER search_on_own_conclusion_update")
        (point_id,) = connection.execute("SELECT id FROM conclusion LIMIT 1").fetchone()

        def floor(number: int) -> None:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute(
                "UPDATE conclusion SET text = ? WHERE id = ?", (SENTENCE.format(number), point_id)
            )
            connection.execute("COMMIT")

        def ours(number: int) -> None:
            point = conclusions.PointEdit(point_id, 0, SENTENCE.format(number))
            office.save(f"point/{point_id}", conclusions.save_point, point=point)

        floors: list[float] = []
        candidates: list[float] = []
        for number in range(rounds):
            floors.append(_timed(floor, number))
            candidates.append(_timed(ours, number))
    office.close()
    floors, candidates = floors[rounds // 10 :], candidates[rounds // 10 :]
    return Row(
        "Un changement enregistré",
        median(floors),
        median(candidates),
        median(candidates) / median(floors),
        min(candidates) / min(floors),
        LIMIT,
    )


def flushes_per_change(database: Path, changes: int = 50) -> float | None:
    """Return how many fdatasync one change costs, None where strace cannot be used.

    Counted as the difference between two runs, so that opening the database does not count.
    """
    if shutil.which("strace") is None:
        return None
    few, many = (_flushes(database, number) for number in (changes, 2 * changes))
    return None if few is None or many is None else (many - few) / changes


def _flushes(database: Path, changes: int) -> int | None:
    log = database.with_name("strace.log")
    command = ["strace", "-f", "-e", "trace=fdatasync,fsync", "-o", str(log)]
    command += [sys.executable, "-m", "tests.bench.saving", str(database), str(changes)]
    if subprocess.run(command, check=False).returncode:
        return None
    return sum("sync(" in line and "resumed" not in line for line in log.read_text().splitlines())


def _timed(action: Callable[[int], None], number: int) -> float:
    start = perf_counter()
    action(number)
    return (perf_counter() - start) * 1000


def _save(database: str, changes: int) -> None:
    with closing(sqlite3.connect(database)) as connection:
        (point_id,) = connection.execute("SELECT id FROM conclusion LIMIT 1").fetchone()
    office = Office(database)
    for number in range(changes):
        point = conclusions.PointEdit(point_id, 0, f"{changes}, {number}")
        office.save(f"point/{point_id}", conclusions.save_point, point=point)
    office.close()


if __name__ == "__main__":
    _save(sys.argv[1], int(sys.argv[2]))
