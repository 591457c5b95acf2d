"""A second window on one database is kept out, also after the first one died."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from pan_desktop.domain.errors import StoreBusyError
from pan_desktop.gui.holder import hold

if TYPE_CHECKING:
    from pathlib import Path


def test_a_second_window_is_told_who_holds_the_database(tmp_path: Path) -> None:
    database = str(tmp_path / "neuf" / "base.sqlite3")
    lock = hold(database)
    assert lock is not None
    with pytest.raises(StoreBusyError, match="déjà ouverte"):
        hold(database)
    lock.unlock()
    again = hold(database)
    assert again is not None
    again.unlock()


def test_the_lock_of_a_program_that_died_is_taken_over(tmp_path: Path) -> None:
    database = str(tmp_path / "base.sqlite3")
    script = (
        "import os, sys; from pan_desktop.gui.holder import hold; "
        "lock = hold(sys.argv[1]); assert lock; os._exit(0)"
    )
    subprocess.run([sys.executable, "-c", script, database], check=True)
    assert (tmp_path / "base.sqlite3.lock").exists()
    lock = hold(database)
    assert lock is not None
    lock.unlock()


def test_a_server_needs_no_lock() -> None:
    assert hold("postgresql://serveur/base") is None
