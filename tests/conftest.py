"""Every test runs without a screen, also when pytest is started by hand."""

import os

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run the tests of a module that says ENCRYPTED_TOO on an encrypted office as well."""
    if getattr(metafunc.module, "ENCRYPTED_TOO", False) and "key" in metafunc.fixturenames:
        from tests.builders import KEY

        metafunc.parametrize("key", [None, KEY], ids=["plain", "encrypted"], indirect=True)
