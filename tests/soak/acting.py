"""A program at work until it is killed, in a process of its own.

    python -m tests.soak.acting KIND FOLDER

Does one kind of work over and over (``kinds``), each round in a folder of its own that is made
from FOLDER/start. Each line on standard output is a fact that cannot be taken back: "b", the first
round can begin, and does when a line comes on standard input; "n N", the round N has begun;
"t X", X is about to be done; "a X", it was answered for. Light on purpose: no Qt.
"""

from __future__ import annotations

import io
import os
import shutil
import sys
from contextlib import redirect_stderr, redirect_stdout
from itertools import count
from pathlib import Path


def say(line: str) -> None:
    """Write a line at once, whatever becomes of the process next."""
    os.write(1, f"{line}\n".encode())


def command(*words: object) -> str:
    """Run a command of the program here and return what it told.

    Raises RuntimeError when the command does not end well.
    """
    from pan_desktop.command_line import run

    told, complained = io.StringIO(), io.StringIO()
    with redirect_stdout(told), redirect_stderr(complained):
        code = run([str(word) for word in words], str)
    if code:
        raise RuntimeError(f"{' '.join(map(str, words))}: {code}, {complained.getvalue()}")
    return told.getvalue()


def main() -> None:
    """Work until killed."""
    from tests.soak.kinds import KINDS

    kind, base = KINDS[sys.argv[1]], Path(sys.argv[2])
    for number in count():
        place = base / str(number)
        shutil.copytree(base / "start", place)
        if number == 0:
            kind.warm()
            say("b")
            sys.stdin.readline()
        say(f"n {number}")
        kind.work(place)


if __name__ == "__main__":
    main()
