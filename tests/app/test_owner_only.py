"""Nobody but its owner reads what the program keeps, whatever the umask and whoever copied it."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

import pytest

from pan_desktop.app.office import Office
from pan_desktop.app.owner_only import close_to_others
from pan_desktop.domain.backups import Why
from pan_desktop.store.safety.copies import choose_folder, copies, keep_copy
from pan_desktop.store.safety.rescue import FOLDER
from tests.store.safety.test_copies import NOW, write

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.skipif(os.name != "posix", reason="rights as POSIX has them")


@pytest.fixture(params=[0o022, 0o000, 0o777], ids=oct)
def umask(request: pytest.FixtureRequest) -> Iterator[None]:
    old = os.umask(request.param)
    yield
    os.umask(old)


def modes(folder: Path) -> dict[str, int]:
    return {
        str(each.relative_to(folder)): stat.S_IMODE(each.lstat().st_mode)
        for each in sorted(folder.rglob("*"))
    }


@pytest.mark.usefixtures("umask")
def test_what_is_made_is_its_owner_s_alone(tmp_path: Path) -> None:
    file = tmp_path / "pan.db"
    office = Office(str(file))
    office.run(write)
    keep_copy(file, Why.CLOSE, NOW)
    found = modes(tmp_path)
    assert {"pan.db", "pan.db-wal", "pan.db-shm", "Sauvegardes"} < found.keys()
    assert {name: mode & 0o077 for name, mode in found.items()} == dict.fromkeys(found, 0)
    assert found["pan.db"] == 0o600
    assert close_to_others(office) == ""
    office.close()


def test_what_others_can_read_is_closed_and_told(tmp_path: Path) -> None:
    file, data = tmp_path / "pan.db", tmp_path / "données"
    office = Office(str(file))
    office.run(write)
    kept = keep_copy(file, Why.CLOSE, NOW).copy.file
    draft = data / FOLDER / "session.db"
    draft.parent.mkdir(parents=True)
    draft.touch()
    beside = tmp_path / "pan.db.lock"
    beside.touch()
    preferences = tmp_path / "préférences.ini"
    preferences.touch()
    shown = [file, file.with_name("pan.db-wal"), kept, draft, beside]
    for each in (*shown, preferences):
        each.chmod(0o644)
    foreign = tmp_path / "autre.txt"
    foreign.touch()
    foreign.chmod(0o644)
    sentence = close_to_others(office, data=data, quietly=[preferences])
    assert sentence.startswith(f"{len(shown) + 1}\u00a0fichiers de la base pouvaient être lus")
    for each in (*shown, preferences):
        assert stat.S_IMODE(each.stat().st_mode) == 0o600
    assert stat.S_IMODE(draft.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(foreign.stat().st_mode) == 0o644
    assert close_to_others(office, data=data, quietly=[preferences]) == ""
    office.run(write, name="Le verrou de SQLite tient encore")
    office.close()


def test_a_folder_that_was_chosen_stays_as_it_is_but_the_copies(tmp_path: Path) -> None:
    file, chosen = tmp_path / "pan.db", tmp_path / "service"
    office = Office(str(file))
    office.open()
    chosen.mkdir()
    chosen.chmod(0o755)
    (chosen / "Budget.xlsx").touch()
    (chosen / "Budget.xlsx").chmod(0o644)
    choose_folder(file, chosen)
    keep_copy(file, Why.CLOSE, NOW)
    (copy,) = copies(file)
    copy.file.chmod(0o640)
    assert close_to_others(office).startswith("Un fichier de la base pouvait être lu")
    assert modes(chosen) == {"Budget.xlsx": 0o644, copy.file.name: 0o600}
    assert stat.S_IMODE(chosen.stat().st_mode) == 0o755
    office.close()
