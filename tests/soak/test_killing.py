"""The short form of `make soak`: every kind of kill once or twice, each looked at as closely."""

from __future__ import annotations

import random
from itertools import count
from typing import TYPE_CHECKING

import pytest

from tests.soak import killing
from tests.soak.kind import Facts
from tests.soak.kinds import KINDS
from tests.soak.remains import LostError

if TYPE_CHECKING:
    from pathlib import Path


def a_kill(name: str, *, at_a_call: bool) -> int:
    """Return the first number of a kill at some time, or at a call."""
    moments = ((n, killing.moment_of(KINDS[name], random.Random(n))) for n in count())
    return next(n for n, moment in moments if (moment.call is not None) is at_a_call)


@pytest.mark.parametrize("name", KINDS)
def test_what_is_killed_at_a_call_leaves_all_that_it_answered_for(name: str) -> None:
    killed = killing.one(name, a_kill(name, at_a_call=True))
    assert not killed.wrong, killing.told(killed)


@pytest.mark.parametrize("name", ["typing", "shared"])
def test_what_is_killed_at_some_time_leaves_all_that_it_answered_for(name: str) -> None:
    killed = killing.one(name, a_kill(name, at_a_call=False))
    assert not killed.wrong, killing.told(killed)


@pytest.mark.parametrize("name", KINDS)
def test_what_is_lost_is_seen(tmp_path: Path, name: str) -> None:
    kind = KINDS[name]
    killing.begin(kind, tmp_path)
    honest = Facts(["b -"])
    lying = Facts(["b -", kind.lie.replace("a", "t", 1), kind.lie])
    with pytest.raises(
        LostError, match=r"is not there|are there|are stored|is not migrated|there as such"
    ):
        kind.examine(tmp_path, lying)
    kind.examine(tmp_path, honest)


def test_a_program_that_ends_by_itself_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    kind = KINDS["export"]
    monkeypatch.setattr(type(kind), "command", lambda _kind, _folder: ("true",))
    assert "it ended by itself" in killing.one("export", 0).wrong
