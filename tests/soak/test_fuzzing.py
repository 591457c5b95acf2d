"""The short form of `make soak`: a few broken files for every reader, and the watch itself."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.soak import fuzzing
from tests.soak.mutating import broken
from tests.soak.seeds import Seed, seeds

FILES = 150


@pytest.fixture(scope="module")
def good() -> list[Seed]:
    return seeds()


def test_good_files_are_read(good: list[Seed]) -> None:
    for seed in good:
        fuzzing.READERS[seed.target](seed.content, seed.name)
    assert {seed.target for seed in good} == set(fuzzing.READERS)


def test_good_and_broken_files_are_the_same_each_time(good: list[Seed]) -> None:
    assert good == seeds()
    assert [broken(n, good) for n in range(40)] == [broken(n, good) for n in range(40)]


@pytest.mark.skipif(sys.platform != "linux", reason="memory is watched by /proc")
def test_broken_files_are_read_or_refused_in_a_sentence(good: list[Seed]) -> None:
    tally = fuzzing.run(FILES, 0)
    assert [fuzzing.told(wrong, good) for wrong in tally.wrong] == []
    assert tally.outcomes.total() == FILES
    assert min(tally.outcomes["read"], tally.outcomes["refused"]) > FILES // 5


@pytest.mark.parametrize(
    ("body", "outcome"),
    [
        ("raise KeyError(1)", "KeyError: 1"),
        ("os.abort()", "ended by -6"),
        ("time.sleep(60)", "not ended in time"),
        ("x = bytearray(600_000_000)", "read"),
    ],
)
@pytest.mark.skipif(sys.platform != "linux", reason="memory is watched by /proc")
def test_what_goes_wrong_is_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str, outcome: str
) -> None:
    # The reading process is one in which a kind of file goes wrong.
    script = tmp_path / "odd.py"
    script.write_text(
        "import os, sys, time\n"
        "from tests.soak import fuzzing\n"
        f"def odd(content, name):\n    {body}\n"
        "fuzzing.READERS['présences'] = odd\n"
        "good, first, last = sys.argv[-3:]\n"
        "fuzzing.serve(good, int(first), int(last))\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    monkeypatch.setattr(fuzzing, "PROGRAM", (str(script),))
    if "sleep" in body:
        monkeypatch.setattr(fuzzing, "LONGEST", 1.0)
    kinds = [Seed("modèle a.docx", b"rien"), Seed("présences a.csv", b"rien")]
    found = list(fuzzing.watched(0, 3, kinds))
    assert [(r.number, r.wrong) for r in found] == [(0, False), (1, True), (2, False)]
    assert outcome in found[1].outcome
