"""What restoring a copy would do is told by name, as far as one reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pan_desktop.app.office import Office
from pan_desktop.app.restoring import preview
from pan_desktop.domain.backups import Why
from pan_desktop.domain.model import Civility
from pan_desktop.store.safety.copies import keep_copy
from tests.builders import filled_database
from tests.store.safety.test_restoring import NOW

if TYPE_CHECKING:
    from pathlib import Path

    from pan_desktop.store.unit_of_work import UnitOfWork

NAMES = ("Rim INVENTÉE", "Adil NOUVEAU", "Hind FACTICE", "Omar EXEMPLE", "Lina ESSAI")


def _add(work: UnitOfWork, *, names: tuple[str, ...]) -> None:
    for name in names:
        work.insert("person", civility=Civility.MADAME, name=name)


def _told(tmp_path: Path, names: tuple[str, ...]) -> tuple[str, ...]:
    file = tmp_path / "pan.sqlite3"
    file.write_bytes(filled_database())
    copy = keep_copy(file, Why.CLOSE, NOW).copy.file
    office = Office(str(file))
    office.run(_add, names=names)
    told = preview(office, copy=copy).sentences
    office.close()
    return told


def test_a_few_are_all_named(tmp_path: Path) -> None:
    (told,) = _told(tmp_path, NAMES[:2])
    assert told == (
        "Ne seraient plus dans la base\u00a0: 2\u00a0personnes (Adil NOUVEAU, Rim INVENTÉE)."
    )


def test_of_many_some_are_named_and_the_others_counted(tmp_path: Path) -> None:
    (told,) = _told(tmp_path, NAMES)
    assert "5\u00a0personnes (Adil NOUVEAU, Hind FACTICE, Lina ESSAI et 2\u00a0autres)." in told


def test_a_long_name_is_cut_at_a_word(tmp_path: Path) -> None:
    (told,) = _told(tmp_path, ("Très longue " * 12,))
    assert told.endswith("longue…).")
    assert len(told) < 110
