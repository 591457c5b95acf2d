"""From an empty database through a whole meeting to the file, by the keyboard alone."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from pan_desktop import resources
from pan_desktop.app import meetings, releve
from pan_desktop.app.office import Office
from tests.gui.secretary import Secretary
from tests.network import forbid
from tests.seed_text import needs_seed, read_back, seed_bytes, told

if TYPE_CHECKING:
    from pathlib import Path

    from tests.gui.conftest import Driver


def sample() -> bytes:
    """Return the project's own first meeting."""
    return resources.path("sample/releve-2025-10-16.json").read_bytes()


@pytest.mark.parametrize(
    "content",
    [pytest.param(seed_bytes, marks=needs_seed, id="seed"), pytest.param(sample, id="own")],
)
def test_a_whole_meeting_held_by_keyboard_gives_its_releve(
    content: Any,
    driver: Driver,
    database: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    data = json.loads(content())
    reached = forbid(monkeypatch)
    target = tmp_path / "releve.docx"

    Secretary(driver, data).hold(target)

    said = driver.window.notice.sentence
    assert said.startswith(f"Le relevé est écrit\u00a0: {target.name}.")
    blocks, rows = told(data)
    assert read_back(target) == (blocks, rows)
    office = Office(str(database))
    (line,) = office.run(meetings.list_meetings).result
    stored = office.run(releve.releve_json, meeting_id=line.id).result
    office.close()
    assert json.loads(stored) == data
    assert reached == []
