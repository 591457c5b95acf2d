"""What is kept and shown of the address of a shared office."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pan_desktop.app.joining_office import Address
from pan_desktop.store.shared.addresses import plain, remember

if TYPE_CHECKING:
    from pathlib import Path

WITH_PASSWORD = (
    "postgresql://salma:Secret9@serveur.invalid:5433/office?sslmode=require",
    "postgres://serveur.invalid/office?user=salma&password=Secret9&sslmode=require",
    "postgresql://salma@serveur.invalid/office?sslmode=require&sslpassword=Secret9",
)


@pytest.mark.parametrize("address", WITH_PASSWORD)
def test_no_password_is_kept_or_shown(address: str, tmp_path: Path) -> None:
    assert "Secret9" not in plain(address)
    assert "sslmode=require" in plain(address)
    remember(address, "0" * 32, tmp_path)
    (kept,) = tmp_path.iterdir()
    assert "Secret9" not in kept.read_text(encoding="utf-8")


@pytest.mark.parametrize("text", ["postgresql://serveur:port/office", "postgresql://[::1/office"])
def test_half_an_address_that_is_pasted_is_none(text: str) -> None:
    assert Address.read(text) is None
    assert plain(text).startswith("postgresql://")
