"""Every test runs without a screen, also when pytest is started by hand."""

import os

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(scope="session", autouse=True)
def _application(qapp: object) -> None:
    """Make the window's application first: a process can have no second one.

    The command line makes a smaller one for its pages where there is none, and the tests of the
    window may come after it in the same process.
    """


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run the tests of a module that says ENCRYPTED_TOO on an encrypted office as well."""
    if getattr(metafunc.module, "ENCRYPTED_TOO", False) and "key" in metafunc.fixturenames:
        from tests.builders import KEY

        metafunc.parametrize("key", [None, KEY], ids=["plain", "encrypted"], indirect=True)
