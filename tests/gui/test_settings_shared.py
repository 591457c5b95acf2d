"""The section of the shared office: an address in parts or whole, tried, joined, left."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QScrollArea

from pan_desktop.app.joining_office import AS_CAN, CERTIFIED, Address, leave_office
from pan_desktop.app.places import chosen
from pan_desktop.domain.errors import InputError
from pan_desktop.gui.pages.settings import SHARED, SettingsPage
from pan_desktop.gui.pages.settings_shared import SharedSection
from pan_desktop.store.shared.server import server_url
from tests.postgres import server
from tests.shared import shared

if TYPE_CHECKING:
    from pathlib import Path

    from tests.gui.conftest import Driver
    from tests.shared import SharedOffice

__all__ = ["server", "shared"]


WITH_CERTIFICATE = (
    "postgresql://pan.exemple.ma/comite?user=salma&sslmode=verify-full"
    "&sslrootcert=%2Fetc%2Fpan%2Fca.pem&password=secret&connect_timeout=9"
)


@pytest.fixture
def section(driver: Driver) -> SharedSection:
    driver.window.go("settings")
    page = driver.window._pages["settings"]
    assert isinstance(page, SettingsPage)
    found = page.section(SHARED)
    page.ui.sections.setCurrentRow(page.ui.sections.count() - 1)
    driver.settle()
    assert isinstance(found, SharedSection)
    return found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "postgresql://salma@pan.exemple.ma/comite?sslmode=verify-full",
            Address("pan.exemple.ma", "comite", "salma", CERTIFIED),
        ),
        (
            "postgresql://salma:secret@10.0.0.7:5433/comite",
            Address("10.0.0.7:5433", "comite", "salma", AS_CAN),
        ),
        (
            "postgresql://salma@[2001:db8::7]:5433/comite?sslmode=verify-ca",
            Address("[2001:db8::7]:5433", "comite", "salma", "verify-ca"),
        ),
        (
            WITH_CERTIFICATE,
            Address(
                "pan.exemple.ma",
                "comite",
                "salma",
                CERTIFIED,
                "sslrootcert=%2Fetc%2Fpan%2Fca.pem&connect_timeout=9",
            ),
        ),
        ("pan.exemple.ma", None),
        ("sqlite:///x", None),
    ],
)
def test_an_address_is_taken_apart_without_its_password(text: str, found: Address | None) -> None:
    assert Address.read(text) == found


def test_an_address_is_put_together_or_refused() -> None:
    whole = Address("pan.exemple.ma:5432", "comité", "salma", CERTIFIED).written()
    assert whole == "postgresql://salma@pan.exemple.ma/comit%C3%A9?sslmode=verify-full"
    assert Address.read(whole) == Address("pan.exemple.ma", "comité", "salma", CERTIFIED)
    kept = "postgresql://salma@[2001:db8::7]:5433/comite?sslmode=verify-ca&sslrootcert=/ca.pem"
    read = Address.read(kept)
    assert read is not None
    assert read.written() == kept
    bare = Address("2001:db8::7", "comite", "salma", CERTIFIED).written()
    assert bare == "postgresql://salma@[2001:db8::7]/comite?sslmode=verify-full"
    assert server_url(bare).host == "2001:db8::7"
    with pytest.raises(InputError):
        Address("", "comite", "salma").written()


def test_a_pasted_address_fills_the_fields(section: SharedSection) -> None:
    section.server.setText("postgresql://salma@pan.exemple.ma:5433/comite?sslmode=require")
    fields = (section.server, section.base, section.user)
    assert [field.text() for field in fields] == ["pan.exemple.ma:5433", "comite", "salma"]
    assert section.encryption.currentData() == "require"
    assert section.others.isHidden()
    whole = "postgresql://salma@[::1]:5433/comite?sslmode=verify-ca&sslrootcert=/etc/pan/ca.pem"
    section.server.setText(whole)
    assert section.others.text() == "sslrootcert=/etc/pan/ca.pem"
    assert not section.others.isHidden()
    assert section._address() == whole


def test_a_connection_is_tried_and_joined(
    driver: Driver, section: SharedSection, shared: SharedOffice, tmp_path: Path
) -> None:
    driver.jobs.keep_in(tmp_path / "data")
    driver.jobs._office.replicas = tmp_path / "replicas"
    section.attempt.click()
    assert "Il manque le serveur" in section.said.text()
    section.server.setText(f"{shared.url.replace(shared.database, 'inconnue')}?sslmode=prefer")
    section.attempt.click()
    assert not section.attempt.isEnabled()
    driver.settle()
    assert "ne connaît pas cette base" in section.said.text()
    section.base.setText(shared.database)
    section.attempt.click()
    driver.settle()
    assert "vous pouvez lire, écrire et administrer" in section.said.text()
    section.join.click()
    driver.settle()
    assert "Fermez PAN Desktop, puis rouvrez-le" in section.said.text()
    assert chosen(tmp_path / "data") == f"{shared.url}?sslmode=prefer"
    driver.jobs.call(leave_office, data=tmp_path / "data")
    driver.settle()
    assert chosen(tmp_path / "data") == ""


def test_an_attempt_is_given_up(driver: Driver, section: SharedSection) -> None:
    section.server.setText("postgresql://salma@127.0.0.1:1/comite?sslmode=prefer")
    section.attempt.click()
    section.cancel.click()
    assert "abandonné" in section.said.text()
    assert section.attempt.isEnabled()
    driver.settle()
    assert "abandonné" in section.said.text()


def test_a_small_window_shows_all_of_the_section(driver: Driver, section: SharedSection) -> None:
    driver.window.resize(880, 560)
    driver.settle()
    assert section.isVisible()
    page = driver.window._pages["settings"]
    assert isinstance(page, SettingsPage)
    area = page.ui.stack.currentWidget()
    assert isinstance(area, QScrollArea)
    assert area.horizontalScrollBar().maximum() == 0
