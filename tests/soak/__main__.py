"""What goes on too long for every day: kill the program, and give it broken files.

python -m tests.soak [--kills 200] [--files 10000] [--seed N]
"""

from __future__ import annotations

import argparse
import random
import sys

from tests.soak import fuzzing, killing


def main() -> int:
    """Do both as often as asked; a part of 0 is left out."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    options = parser.parse_args()
    print(f"{options.kills} kills, {options.files} broken files, --seed {options.seed}", flush=True)
    wrong = fuzzing.report(options.files, options.seed) if options.files else 0
    if options.kills:
        killing.run(options.kills, options.seed)
    return wrong


if __name__ == "__main__":
    sys.exit(main())
