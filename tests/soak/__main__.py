"""What goes on too long for every day, each part as often as asked; a part of 0 is left out.

python -m tests.soak [--kills 1000] [--faults 200] [--cuts 200] [--operations 10000]
                     [--damages 200] [--files 10000] [--seed N]
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from typing import TYPE_CHECKING

from tests.soak import cuts, damaging, faults, fuzzing, killing, sharing

if TYPE_CHECKING:
    from collections.abc import Callable

PARTS: dict[str, tuple[int, str, Callable[[int, int], int]]] = {
    "kills": (1000, "programs killed at work", killing.run),
    "faults": (200, "faults below SQLite", faults.run),
    "damages": (200, "databases damaged and recovered", damaging.run),
    "cuts": (200, "cuts of the line to PostgreSQL", cuts.run),
    "operations": (10_000, "operations of two and three secretaries", sharing.run),
    "files": (10_000, "broken files", fuzzing.report),
}
"""How often, what it is, and what does it: given how often and a seed, it prints what was seen and
returns 0 when nothing went wrong."""


def main() -> int:
    """Do every part, whatever became of the one before; return 1 when anything went wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak")
    for name, (often, what, _) in PARTS.items():
        parser.add_argument(f"--{name}", type=int, default=often, help=f"{what} ({often})")
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    options = parser.parse_args()
    wrong = []
    for name, (_, what, run) in PARTS.items():
        often = getattr(options, name)
        if not often:
            continue
        print(f"--- {often} {what}, --seed {options.seed}", flush=True)
        begun = time.monotonic()
        if run(often, options.seed):
            wrong.append(what)
        print(f"--- {time.monotonic() - begun:.0f} s", flush=True)
    print(f"went wrong: {', '.join(wrong)}" if wrong else "nothing went wrong")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
