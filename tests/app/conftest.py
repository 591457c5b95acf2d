"""An office on an empty database, and one on the sample."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.builders import filled_database, office_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pan_desktop.app.office import Office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with office_in(tmp_path) as opened:
        yield opened


@pytest.fixture
def filled(tmp_path: Path) -> Iterator[Office]:
    """Give an office that holds the sample."""
    with office_in(tmp_path, filled_database()) as opened:
        yield opened
