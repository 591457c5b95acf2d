"""The short form of the cuts of `make soak`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.soak import cuts

if TYPE_CHECKING:
    import pytest

    from tests.soak.cuts import Cutting


def test_who_is_cut_off_loses_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    wrong = cuts.run(6, 3)
    told = capsys.readouterr().out
    assert wrong == 0, told
    assert "1 offices" in told
    assert told.startswith(f"{cuts.OF_ONE_OFFICE} cuts")


def test_what_the_cuts_cost_is_seen(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def survive(world: Cutting) -> None:
        world.does(0, "come")
        secretary = world.secretaries[0]
        secretary.office.run(lambda work: work.replica.outbox.forget(work.replica.outbox.ids()))
        world.cut["bytes"] += cuts.OF_ONE_OFFICE

    # What waited to be sent is forgotten: the memory notices.
    monkeypatch.setattr(cuts.Cutting, "survive", survive)
    assert cuts.run(1, 0) == 1
    assert "lost: Secrétaire 1 come" in capsys.readouterr().out
