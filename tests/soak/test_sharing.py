"""Several secretaries on one shared office, by chance: whatever they do, nothing is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from pan_desktop.store.changes import RowChange
from pan_desktop.store.merging.entries import written
from tests.postgres import server
from tests.soak.deeds import LIKELY
from tests.soak.memory import Memory
from tests.soak.sharing import ONLINE, Offices, episode

if TYPE_CHECKING:
    from random import Random

    from tests.postgres import TestServer
    from tests.soak.memory import Content

__all__ = ["server"]

NETWORK = sorted(ONLINE)
WRITING = sorted(LIKELY)


@pytest.fixture(scope="module")
def offices(server: TestServer) -> Offices:
    return Offices(server)


class Secretaries(RuleBasedStateMachine):
    """Two secretaries; what goes wrong is made as short as it can be."""

    offices: ClassVar[Offices]

    def __init__(self) -> None:
        super().__init__()
        self._given = self.offices.one(0, 2)
        self.world = self._given.__enter__()

    @rule(who=st.integers(0, 1), deed=st.sampled_from(WRITING), chance=st.randoms())
    def write(self, who: int, deed: str, chance: Random) -> None:
        self.world.secretaries[who].hand.chance = chance
        self.world.does(who, deed)

    @rule(who=st.integers(0, 1), deed=st.sampled_from(NETWORK), chance=st.randoms())
    def reach(self, who: int, deed: str, chance: Random) -> None:
        self.world.secretaries[who].hand.chance = chance
        self.world.does(who, deed)

    def teardown(self) -> None:
        try:
            self.world.examine()
        finally:
            self._given.__exit__(None, None, None)


def test_whatever_two_secretaries_do_nothing_is_lost(offices: Offices) -> None:
    Secretaries.offices = offices
    run_state_machine_as_test(
        Secretaries,
        settings=settings(
            max_examples=5,
            stateful_step_count=40,
            derandomize=True,
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_three_secretaries_do_much_at_a_time(offices: Offices) -> None:
    with offices.one(1, 3) as world:
        episode(world, 100)
        assert world.seen["done"] > 30


# What the memory would notice ---------------------------------------------------------------

POINT = "conclusion"


def said(**rows: str) -> Content:
    """Return what an office holds that has these points."""
    points = {key: {"id": key, "text": text} for key, text in rows.items()}
    return {POINT: points, "disagreement": {}, "agenda_item": {}, "person": {}, "meeting": {}}


def typed(row_id: str, before: str | None, after: str | None) -> RowChange:
    def row(text: str | None) -> dict[str, str] | None:
        return None if text is None else {"id": row_id, "text": text}

    return RowChange(POINT, row(before), row(after))


def test_a_text_that_is_nowhere_is_lost() -> None:
    memory = Memory()
    memory.note("Salma", "type", [typed("a", "x", "un")])
    assert memory.lost(said(a="un")) == []
    assert memory.lost(said(a="deux"))
    assert memory.lost(said())


def test_a_text_that_was_seen_may_be_replaced_and_one_that_was_not_may_not() -> None:
    seen, unseen = Memory(), Memory()
    for memory, before in ((seen, "un"), (unseen, "x")):
        memory.note("Salma", "type", [typed("a", "x", "un")])
        memory.note("Driss", "type", [typed("a", before, "deux")])
    assert seen.lost(said(a="deux")) == []
    assert unseen.lost(said(a="deux"))
    # Written twice: what came again has put the later word away.
    assert seen.lost(said(a="un"))


def test_what_a_disagreement_offers_is_not_lost_until_it_is_closed_unseen() -> None:
    memory = Memory()
    memory.note("Salma", "type", [typed("a", "x", "un")])
    content = said(a="deux")
    offered = {"id": "d", "offered": written([typed("a", "x", "un")], whole=True)}
    content["disagreement"] = {"d": offered}
    assert memory.lost(content) == []
    content["disagreement"] = {}
    assert memory.lost(content)
    memory.note("Driss", "choose", [RowChange("disagreement", offered, None)])
    assert memory.lost(content) == []


def test_what_was_removed_may_not_be_there() -> None:
    memory = Memory()
    memory.note("Salma", "drop", [typed("a", "x", None)])
    assert memory.lost(said()) == []
    assert memory.lost(said(a="x"))
