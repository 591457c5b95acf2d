"""The short form of `make soak`: a few kills, each looked at as closely."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from tests.soak.killing import LONGEST, kill

if TYPE_CHECKING:
    from pathlib import Path

KILLS = 6


@pytest.mark.parametrize("number", range(KILLS))
def test_a_killed_program_leaves_all_that_it_answered_for(tmp_path: Path, number: int) -> None:
    # Spread over the time that a kill may take, never twice at the same moment.
    share = (number + random.random()) / KILLS
    remains = kill(tmp_path, share * LONGEST)
    assert remains.keys >= remains.stored >= remains.acknowledged
