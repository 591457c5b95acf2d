"""The short form of `make soak`: a few faults below SQLite, each looked at as closely."""

from __future__ import annotations

import random
import sqlite3
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.soak.faults import examine, judge, planned
from tests.soak.kind_typing import with_an_empty_item
from tests.soak.remains import LostError

if TYPE_CHECKING:
    from pathlib import Path

FAULTS = 6
TWICE = (
    "INSERT INTO conclusion SELECT id || 'x', agenda_item_id, parent_id, position, text, kind,"
    " marks, numbered, owner, owner_id, due_first, due_last, due_precision, due_said, done_on,"
    " done_meeting_id, version, created_at, updated_at FROM conclusion WHERE text = 'point n° 1'"
)


@pytest.mark.skipif(sys.platform != "linux", reason="LD_PRELOAD is Linux's")
@pytest.mark.parametrize("number", range(FAULTS))
def test_a_failing_disk_loses_nothing_that_was_answered_for(tmp_path: Path, number: int) -> None:
    drawn = random.randrange(10**6)
    print(planned(drawn))  # shown when it fails, with what does it again
    remains = examine(tmp_path, drawn)  # raises when anything is lost, twice or broken
    assert remains.acknowledged or remains.refused or remains.killed, number


@pytest.mark.parametrize(
    ("facts", "change", "wrong"),
    [
        (["t 1", "a 1", "t 2", "a 2"], "", "acknowledged and lost"),
        (["t 2"], "", "never written"),
        (
            ["t 1", "a 1"],
            TWICE,
            "written twice",
        ),
        (["t 1", "v mots 0 1"], "", "growing text"),
        (["t 1"], "PRAGMA foreign_keys = OFF; DELETE FROM meeting", "foreign_key_check"),
    ],
)
def test_what_goes_wrong_is_seen(tmp_path: Path, facts: list[str], change: str, wrong: str) -> None:
    file = tmp_path / "essai.sqlite3"
    file.write_bytes(with_an_empty_item())
    with closing(sqlite3.connect(file)) as connection:
        connection.execute(
            "UPDATE conclusion SET text = 'point n° 1' WHERE id = (SELECT min(id) FROM conclusion)"
        )
        connection.commit()
        connection.executescript(change)
    with pytest.raises(LostError, match=wrong):
        judge(tmp_path, facts)
