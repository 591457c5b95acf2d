"""Nobody but its owner reads what the program keeps, whatever the umask and whoever copied it."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

import pytest

from pan_desktop.app import doctor, journal, mail, protection, tables, workbooks
from pan_desktop.app.export import export
from pan_desktop.app.meetings import list_meetings
from pan_desktop.app.office import Office
from pan_desktop.app.owner_only import close_to_others
from pan_desktop.app.written import Existing
from pan_desktop.domain.backups import Why
from pan_desktop.domain.typography import Typography
from pan_desktop.store.safety.copies import choose_folder, copies, keep_copy
from pan_desktop.store.safety.rescue import FOLDER
from tests.builders import filled_database
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


@pytest.mark.usefixtures("umask")
def test_what_is_written_about_people_is_its_owner_s_alone(tmp_path: Path) -> None:
    """And what is made to be given to others has the rights of any new file."""
    base, out = tmp_path / "base", tmp_path / "sorties"
    for folder in (base, out):
        folder.mkdir(0o700)
        folder.chmod(0o700)
    file = base / "pan.db"
    file.touch(0o600)
    file.chmod(0o600)
    file.write_bytes(filled_database())
    office = Office(str(file))
    meeting = office.run(list_meetings).result[-1]
    journal.export(office, file=out / "journal.jsonl")
    workbooks.write_roster(office, file=out / "personnes.xlsx")
    tables.write_table(office, file=out / "liste.xlsx", title="Liste", rows=[["Nom"], ["A"]])
    tables.write_table(office, file=out / "liste.csv", title="Liste", rows=[["Nom"], ["A"]])
    protection.write_recovery_page(office, file=out / "secours.pdf", content=b"%PDF")
    (out / "releve.txt").touch(0o600)
    (out / "releve.txt").chmod(0o600)
    mail.prepare(office, meeting_id=meeting.id, file=out / "releve.txt")
    doctor.recover(office, target=out / "neuve.sqlite3", now=NOW)
    found = modes(out)
    assert len(found) == 10
    assert found == dict.fromkeys(found, 0o600)
    export(
        office,
        meeting_id=meeting.id,
        target=out / "releve.html",
        style=Typography.FIDELE,
        now=NOW,
        existing=Existing.REPLACE,
        house=None,
    )
    any_new = out / "n"
    any_new.touch()
    assert modes(out)["releve.html"] == stat.S_IMODE(any_new.stat().st_mode)
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
