"""An office on an empty database, and one on the sample; encrypted where a module asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.builders import filled_database, office_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pan_desktop.app.office import Office
    from pan_desktop.domain.keys import Key


@pytest.fixture
def key(request: pytest.FixtureRequest) -> Key | None:
    """Give what encrypts the office: None, but also ``KEY`` in modules that are ENCRYPTED_TOO."""
    return getattr(request, "param", None)


@pytest.fixture
def office(tmp_path: Path, key: Key | None) -> Iterator[Office]:
    with office_in(tmp_path, key=key) as opened:
        yield opened


@pytest.fixture
def filled(tmp_path: Path, key: Key | None) -> Iterator[Office]:
    """Give an office that holds the sample."""
    with office_in(tmp_path, filled_database(), key) as opened:
        yield opened
