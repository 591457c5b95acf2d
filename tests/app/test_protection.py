"""Protecting an office: what follows it, what refuses it, and that no file tells a word of it."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pan_desktop.app import search
from pan_desktop.app.first_look import first_look
from pan_desktop.app.history import undo
from pan_desktop.app.office import Office
from pan_desktop.app.people import list_institutions, list_people
from pan_desktop.app.protection import (
    copies_need_secret,
    needs_secret,
    protect,
    protection,
    rewrite_copy,
    unlock,
    unlock_by_code,
    unlock_copies,
    unprotect,
    why_closed,
)
from pan_desktop.domain import keys
from pan_desktop.domain.backups import Why
from pan_desktop.domain.errors import (
    InputError,
    ReadingOnlyError,
    StoreDamagedError,
    StoreFullError,
    SurroundingsError,
    WrongSecretError,
)
from pan_desktop.domain.ids import new_id
from pan_desktop.store.changes import RowChange
from pan_desktop.store.merging.entries import Entry
from pan_desktop.store.opening import is_plain
from pan_desktop.store.safety.copies import copies, keep_copy
from pan_desktop.store.safety.rescue import About, Refuge, RescueFile, Waiting
from tests.builders import filled_database

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pan_desktop.app.protection import Rewritten
    from pan_desktop.store.unit_of_work import UnitOfWork

PHRASE = "le chat violet dort sous sept parapluies"
OTHER = "une girafe repasse onze chemises la nuit"
TOLD = "Zénobie L’INTROUVABLE"
CHANGES = (RowChange("institution", None, {"id": "i", "name": TOLD, "version": 1}),)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "_ROUNDS", 10)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """Give an office on the sample that keeps what it cannot save beside it."""
    file = tmp_path / "pan.sqlite3"
    file.write_bytes(filled_database())
    opened = Office(str(file), data=tmp_path)
    opened.open()
    yield opened
    opened.close()


def follow(office: Office, done: Rewritten) -> list[bool]:
    """Write all that is as secret anew, as the window and the command line do."""
    return [rewrite_copy(office, copy=file, old=done.old, new=done.new) for file in done.copies]


def everything(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def write(work: UnitOfWork, *, name: str) -> None:
    work.insert("institution", name=name)


def test_an_office_is_the_same_protected_and_not(office: Office, tmp_path: Path) -> None:
    people = office.run(list_people).result
    hits = search.search(office, text="portail")
    assert protection(office).on is False
    done = protect(office, passphrase=PHRASE)
    assert office.key is done.new is not None
    assert protection(office).on is True
    assert office.run(list_people).result == people
    assert search.search(office, text="portail") == hits != ()
    office.run(write, name=TOLD)
    office.run(undo)
    assert office.run(list_people).result == people
    unprotect(office, current=PHRASE)
    assert office.key is None
    assert office.run(list_people).result == people
    assert is_plain_after(office)


def is_plain_after(office: Office) -> bool:
    """Close the office and look at its file."""
    office.close()
    return is_plain(Path(office.database))


def test_no_file_tells_what_was_typed(office: Office, tmp_path: Path) -> None:
    """Before, while and after it is protected: copies, what could not be saved, the -wal."""
    office.run(write, name=TOLD)
    file = Path(office.database)
    for hour in (8, 9):
        office.run(write, name=f"Institution {hour}")
        keep_copy(file, Why.BY_HAND, datetime(2026, 11, 20, hour, tzinfo=UTC))
    assert office.safe is not None
    about = About(office.safe.present.office_mark(), office.database)
    unsaved(tmp_path, about)
    unsaved(tmp_path, about).put_aside()
    Refuge(tmp_path).keep_whole(office.safe.present, file)
    told = [name for name, content in everything(tmp_path).items() if TOLD.encode() in content]
    assert len(told) >= 6

    done = protect(office, passphrase=PHRASE)
    assert follow(office, done) == [True] * 5
    assert silent(tmp_path)
    office.run(write, name=f"{TOLD} encore")
    assert Path(f"{file}-wal").exists()
    keep_copy(file, Why.DAILY, datetime.now(UTC), key=office.key)
    assert silent(tmp_path)
    office.close()
    assert silent(tmp_path)
    assert len(copies(file)) == 3
    # What could not be saved is still there to be taken up, and only with the key.
    (left,) = Refuge(tmp_path, done.new).left(about)
    assert [each.entry.changes for each in left.waiting()] == [CHANGES]
    left.close()
    assert Refuge(tmp_path).left(about) == []


def silent(folder: Path) -> bool:
    """Tell whether no file under ``folder`` shows what was typed."""
    return all(TOLD.encode() not in content for content in everything(folder).values())


def unsaved(data: Path, about: About) -> RescueFile:
    """Leave behind what a session could not save."""
    refuge = Refuge(data)
    rescue = refuge.begin(about)
    at = datetime(2026, 11, 20, 10, tzinfo=UTC)
    refuge.add(rescue, [Waiting(Entry(new_id(), at, "Salma", CHANGES))])
    rescue.close()
    return rescue


def test_a_change_leaves_nothing_to_the_old_passphrase(office: Office, tmp_path: Path) -> None:
    file = Path(office.database)
    keep_copy(file, Why.BY_HAND, datetime(2026, 11, 20, 8, tzinfo=UTC))
    first = protect(office, passphrase=PHRASE)
    follow(office, first)
    second = protect(office, passphrase=OTHER, current=PHRASE)
    assert follow(office, second) == [True]
    assert second.old == first.new
    assert second.new != first.new
    office.close()
    for place in (file, copies(file)[0].file):
        closed = Office(str(place))
        assert unlock(closed, passphrase=OTHER) == second.new
        with pytest.raises(WrongSecretError):
            unlock(closed, passphrase=PHRASE)


@pytest.mark.parametrize("current", ["", "autre chose", PHRASE.upper(), "0000 " * 16])
def test_who_does_not_know_it_changes_nothing(office: Office, current: str) -> None:
    done = protect(office, passphrase=PHRASE)
    for act in (partial(protect, office, passphrase=OTHER), partial(unprotect, office)):
        with pytest.raises(WrongSecretError, match="n’est pas celle-là"):
            act(current=current)
    assert office.key == done.new
    assert len(office.run(list_people).result) > 0


@pytest.mark.parametrize("words", ["", "   ", "\u200e", "motdepasse"])
def test_an_easy_one_is_refused(office: Office, words: str) -> None:
    with pytest.raises(InputError):
        protect(office, passphrase=words)
    assert office.key is None


def test_what_waits_to_be_saved_comes_first(office: Office) -> None:
    assert office.safe is not None
    assert office.safe.shelter(StoreFullError("plein"))
    with pytest.raises(SurroundingsError, match="attendent d’être enregistrés"):
        protect(office, passphrase=PHRASE)
    assert office.key is None
    office.safe.save_again()
    assert protect(office, passphrase=PHRASE).new == office.key


def test_who_may_only_read_protects_nothing(office: Office) -> None:
    office.refusal = "La base est ouverte par une autre personne."
    with pytest.raises(ReadingOnlyError):
        protect(office, passphrase=PHRASE)
    assert office.key is None


def test_what_fails_leaves_the_office_open(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_arguments: object) -> None:
        raise StoreFullError("plein")

    monkeypatch.setattr("pan_desktop.store.safety.conversion._export", fails)
    with pytest.raises(StoreFullError):
        protect(office, passphrase=PHRASE)
    assert office.key is None
    office.run(write, name=TOLD)
    assert is_plain_after(office)


def test_unsaved_changes_of_a_protected_office_are_encrypted(
    office: Office, tmp_path: Path
) -> None:
    """The disk is full, work goes on in memory, and what waits lies on another one."""
    protect(office, passphrase=PHRASE)
    assert office.safe is not None
    assert office.safe.shelter(StoreFullError("plein"))
    office.run(write, name=TOLD)
    assert office.trouble is not None
    assert office.trouble.waiting == 1
    assert any("non-enregistré" in name for name in everything(tmp_path))
    assert silent(tmp_path)
    office.safe.save_again()
    assert office.trouble is None
    office.close()
    again = Office(office.database, key=office.key)
    assert TOLD in again.run(list_institutions).result
    again.close()


def test_a_shared_office_is_protected_once_it_is_here(tmp_path: Path) -> None:
    office = Office("postgresql://serveur/base", replicas=tmp_path)
    assert needs_secret(office.database) is False
    with pytest.raises(InputError, match="pas encore de copie"):
        protect(office, passphrase=PHRASE)


@pytest.mark.parametrize(
    "spoilt",
    [slice(16, 4096), slice(0, 4096), slice(0, 100)],
    ids=["all but the salt", "all", "the header"],
)
@pytest.mark.parametrize("filler", [bytes, os.urandom])
def test_a_damaged_beginning_does_not_lock_the_copies(
    office: Office, spoilt: slice, filler: Callable[[int], bytes]
) -> None:
    """The passphrase that opens the newest copy is right: it is the file that is damaged."""
    file = Path(office.database)
    done = protect(office, passphrase=PHRASE)
    keep_copy(file, Why.BY_HAND, datetime(2026, 11, 20, 8, tzinfo=UTC), key=done.new)
    office.close()
    content = bytearray(file.read_bytes())
    content[spoilt] = filler(len(content[spoilt]))
    file.write_bytes(content)
    closed = Office(str(file))
    assert done.new is not None
    assert unlock(closed, passphrase=PHRASE) == done.new
    with pytest.raises((StoreDamagedError, WrongSecretError)) as refused:
        first_look(str(file), done.new)
    # And what is wrong is not said to be the phrase.
    assert isinstance(why_closed(str(file), done.new, refused.value), StoreDamagedError)
    with pytest.raises(WrongSecretError):
        unlock(closed, passphrase=OTHER)
    assert copies_need_secret(closed.database)


def test_the_old_passphrase_of_a_copy_is_not_taken(office: Office) -> None:
    file = Path(office.database)
    first = protect(office, passphrase=PHRASE)
    keep_copy(file, Why.BY_HAND, datetime(2026, 11, 20, 8, tzinfo=UTC), key=first.new)
    protect(office, passphrase=OTHER, current=PHRASE)  # and its copy was left as it was
    office.close()
    closed = Office(str(file))
    with pytest.raises(WrongSecretError, match="ouvre sa copie du 20/11/2026"):
        unlock(closed, passphrase=PHRASE)
    # Who asks for the copies gets them, and is told that this need not be damage.
    assert unlock_copies(closed, passphrase=PHRASE) == first.new
    assert first.new is not None
    with pytest.raises(WrongSecretError) as refused:
        first_look(str(file), first.new)
    told = why_closed(str(file), first.new, refused.value)
    assert "a été changée depuis" in told.sentence
    with pytest.raises(WrongSecretError, match="Ni la base ni ses copies"):
        unlock_copies(closed, passphrase="une autre encore")


def test_a_damaged_office_without_copies_is_known_by_its_other_pages(office: Office) -> None:
    file = Path(office.database)
    done = protect(office, passphrase=PHRASE)
    office.close()
    content = bytearray(file.read_bytes())
    content[16:4096] = os.urandom(4080)
    file.write_bytes(content)
    closed = Office(str(file))
    assert unlock(closed, passphrase=PHRASE) == done.new
    with pytest.raises(WrongSecretError) as refused:
        unlock(closed, passphrase=OTHER)
    assert "copies" not in refused.value.sentence  # there are none


def test_an_office_that_lost_its_salt_alone_opens_and_has_it_again(office: Office) -> None:
    file = Path(office.database)
    done = protect(office, passphrase=PHRASE)
    keep_copy(file, Why.BY_HAND, datetime(2026, 11, 20, 8, tzinfo=UTC), key=done.new)
    office.close()
    content = bytearray(file.read_bytes())
    salt = content[:16]
    content[:16] = os.urandom(16)
    file.write_bytes(content)
    key = unlock(Office(str(file)), passphrase=PHRASE)
    assert key == done.new
    assert file.read_bytes()[:16] == salt


def test_what_is_lost_wholly_still_leads_to_its_copies(office: Office) -> None:
    file = Path(office.database)
    done = protect(office, passphrase=PHRASE)
    keep_copy(file, Why.BY_HAND, datetime(2026, 11, 20, 8, tzinfo=UTC), key=done.new)
    assert done.new is not None
    code = " ".join(done.new.code)
    office.close()
    file.write_bytes(os.urandom(file.stat().st_size))
    closed = Office(str(file))
    for opened in (partial(unlock, passphrase=PHRASE), partial(unlock_by_code, code=code)):
        with pytest.raises(WrongSecretError, match="ouvre sa copie"):
            opened(closed)
    with pytest.raises(WrongSecretError, match="peut-être abîmée"):
        unlock(closed, passphrase=OTHER)
    assert unlock_copies(closed, passphrase=PHRASE) == done.new
    assert unlock_copies(closed, code=code) == done.new
