"""A file that cannot be written loses nothing: work goes on in memory and comes back."""

from __future__ import annotations

import resource
import sqlite3
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from pan_desktop.domain.errors import InputError, StoreFullError, SurroundingsError
from pan_desktop.domain.trouble import CaughtUp, Cause
from pan_desktop.store import engine as engine_module
from pan_desktop.store.merging.entries import Entry
from pan_desktop.store.opening import connect, is_encrypted
from pan_desktop.store.safety import overlay
from pan_desktop.store.safety.overlay import SafeStore
from pan_desktop.store.safety.rescue import (
    ASIDE,
    COPIES,
    FOLDER,
    RESERVE,
    About,
    Refuge,
    Waiting,
)
from tests.builders import KEY, content, dump, empty_database, encrypted, filled_database

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pan_desktop.store.unit_of_work import UnitOfWork

START = datetime(2026, 11, 26, 14, 52, tzinfo=UTC)


class Clock:
    """The only thing that is not real."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **time: float) -> None:
        self.now += timedelta(**time)


class Bench:
    """A safe store on a file, with hands to break it."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch, **options: Any) -> None:
        self.folder = folder / "base"
        self.folder.mkdir()
        self.file = self.folder / "pan.sqlite3"
        self.file.write_bytes(empty_database())
        self.data = folder / "données"
        self.clock = Clock()
        monkeypatch.setattr(engine_module, "BUSY_TIMEOUT_MS", 1)
        monkeypatch.setattr(overlay, "LOOK_EVERY", 0.0)
        self.store = self.opened(**options)

    def opened(self, **options: Any) -> SafeStore:
        return SafeStore(self.file, None, Refuge(self.data), **options)

    def run(self, use_case: Callable[[UnitOfWork], Any], **how: Any) -> Any:
        """Do what ``Office`` does: run, and where the file fails once more on its stand-in."""
        try:
            return self._once(use_case, **how)
        except SurroundingsError as error:
            if not self.store.shelter(error):
                raise
            return self._once(use_case, **how)

    def _once(self, use_case: Callable[[UnitOfWork], Any], **how: Any) -> Any:
        with self.store.transaction(self.clock, author="Salma", **how) as work:
            return use_case(work)

    def add(self, name: str) -> str:
        return str(self.run(lambda work: work.insert("institution", name=name)))

    def names(self) -> list[str]:
        """Return what the store says, whatever stands behind it."""
        return sorted(
            row[0]
            for row in self.run(
                lambda work: work._connection.exec_driver_sql(
                    "SELECT name FROM institution"
                ).fetchall(),
                read_only=True,
            )
        )

    def in_file(self, file: Path | None = None) -> list[str]:
        return sorted(row["name"] for row in dump(file or self.file)["institution"])

    def rescued(self) -> list[str]:
        """Return what a rescue file holds, read as the next start would."""
        found = Refuge(self.data).left(self.store.about)
        names = [
            str((change.after or {}).get("name"))
            for rescue in found
            for waiting in rescue.waiting()
            for change in waiting.entry.changes
        ]
        for rescue in found:
            rescue.close()
        return names


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    made = Bench(tmp_path, monkeypatch)
    yield made
    made.store.close()


@contextmanager
def busy(file: Path) -> Iterator[None]:
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@contextmanager
def full(limit: int) -> Iterator[None]:
    """Let no file of this process grow beyond ``limit``: what a full disk does, without one."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_while_another_program_holds_the_file_work_goes_on_and_comes_back(bench: Bench) -> None:
    bench.add("Archives")
    with busy(bench.file):
        for name in ("Douanes", "Finances"):
            bench.add(name)
        assert bench.names() == ["Archives", "Douanes", "Finances"]
        assert bench.in_file() == ["Archives"]
        trouble = bench.store.trouble
        assert trouble is not None
        assert (trouble.cause, trouble.waiting, trouble.kept) == (Cause.BUSY, 2, True)
        assert bench.store.save_again() is None
        assert bench.store.trouble is not None
        assert bench.store.trouble.since == trouble.since
    assert bench.store.save_again() == CaughtUp(2, 0)
    assert bench.store.trouble is None
    assert bench.names() == bench.in_file() == ["Archives", "Douanes", "Finances"]
    assert bench.rescued() == []
    bench.add("Justice")
    assert "Justice" in bench.in_file()


def test_a_write_that_the_disk_refuses_goes_on_in_memory(bench: Bench) -> None:
    bench.add("Archives")
    with full(64 * 1024):
        for number in range(40):
            bench.add(f"Organisme {number:02} " + "x" * 2000)
        assert bench.store.trouble is not None
        assert bench.store.trouble.cause is Cause.DISK
        assert len(bench.names()) == 41
    assert bench.store.save_again() is not None
    assert len(bench.in_file()) == 41
    with closing(sqlite3.connect(bench.file)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_what_waits_lies_on_disk_for_the_next_start(bench: Bench) -> None:
    with busy(bench.file):
        bench.add("Douanes")
        bench.add("Finances")
        assert bench.rescued() == []  # a session still writes it
        bench.store.close()
    assert bench.in_file() == []
    assert bench.rescued() == ["Douanes", "Finances"]
    bench.store = bench.opened()
    for _ in range(2):  # killed after the merge and before the file was removed: once all the same
        (left,) = Refuge(bench.data).left(bench.store.about)
        bench.store.merge(left.waiting())
        left.close()
    assert bench.in_file() == ["Douanes", "Finances"]


def test_a_rescue_file_is_found_again_when_the_database_lies_elsewhere(bench: Bench) -> None:
    with busy(bench.file):
        bench.add("Douanes")
        bench.store.close()
    mark = bench.store.about.office
    assert mark > 0
    other = About(mark, "/ailleurs/pan.sqlite3")
    (left,) = Refuge(bench.data).left(other)
    left.close()
    assert Refuge(bench.data).left(About(mark + 1, bench.store.about.database)) == []


def test_a_rescue_file_that_is_put_aside_is_kept_and_not_offered_again(bench: Bench) -> None:
    with busy(bench.file):
        bench.add("Douanes")
        bench.store.close()
    (left,) = Refuge(bench.data).left(bench.store.about)
    kept = left.put_aside()
    assert kept.parent == bench.data / FOLDER / ASIDE
    assert bench.rescued() == []
    assert kept.stat().st_mode & 0o777 == 0o600
    assert kept.parent.stat().st_mode & 0o777 == 0o700


def test_the_letters_typed_in_one_go_come_back_as_one_and_are_undone_as_one(
    bench: Bench,
) -> None:
    point = bench.add("A")
    with busy(bench.file):
        for text in ("Ab", "Abc", "Abcd"):
            bench.clock.pass_by(milliseconds=300)
            bench.run(
                partial(_rename, row_id=point, name=text),
                typing=f"institution/{point}",
            )
        bench.clock.pass_by(hours=8)  # the lid was closed
        bench.run(
            lambda work: work.update("institution", point, name="Abcde"),
            typing=f"institution/{point}",
        )
        assert bench.store.trouble is not None
        assert bench.store.trouble.waiting == 3  # the first stands alone
    assert bench.store.save_again() == CaughtUp(3, 0)
    assert bench.in_file() == ["Abcde"]
    for text in ("Abcd", "A"):
        step = bench.run(lambda work: work.steps.last_done(), read_only=True)
        bench.run(partial(_undo, step=step), step=False)
        assert bench.in_file() == [text]


@pytest.mark.parametrize("again", [False, True], ids=["at once", "after another try"])
def test_what_was_refused_may_be_in_the_file_all_the_same(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, again: bool
) -> None:
    """Where only its flush failed: the next who opens the file finds it there."""
    point = bench.add("A")

    def typed(text: str) -> None:
        bench.clock.pass_by(milliseconds=300)
        change = partial(_rename, row_id=point, name=text)
        bench.run(change, typing=f"institution/{point}")

    with busy(bench.file):
        typed("Ab")
        typed("Abc")
    if again:
        with monkeypatch.context() as failing:
            failing.setattr(overlay, "_merge", partial(_merged_unflushed, overlay._merge))
            while bench.in_file() != ["Abc"]:
                assert bench.store.save_again() is None
    else:
        with closing(sqlite3.connect(bench.file)) as other, other:
            other.execute("UPDATE institution SET name = 'Ab'")
    typed("Abcd")
    done = bench.store.save_again()
    assert done is not None
    assert done.disagreements == 0
    assert bench.in_file() == ["Abcd"]


def _merged_unflushed(merge: Callable[..., CaughtUp], store: Any, waiting: Any) -> CaughtUp:
    waiting = list(waiting)
    merge(store, waiting)
    if waiting[0].entry.changes[-1].after["name"] == "Abc":  # the last that waits
        raise StoreFullError("plein")
    return CaughtUp(1, 0)


def _rename(work: UnitOfWork, *, row_id: str, name: str) -> None:
    work.update("institution", row_id, name=name)


def _undo(work: UnitOfWork, *, step: Any) -> None:
    work.revert(step.changes)
    work.steps.mark(step.id, undone=True)


def test_a_use_case_that_is_refused_for_a_reason_of_its_own_stays_refused(bench: Bench) -> None:
    def refuse(_work: UnitOfWork) -> None:
        raise InputError("Non.")

    with pytest.raises(InputError):
        bench.run(refuse)
    assert bench.store.trouble is None


def test_what_another_program_wrote_meanwhile_stays_beside_what_waited(bench: Bench) -> None:
    point = bench.add("Archives")
    with closing(sqlite3.connect(bench.file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        bench.run(lambda work: work.update("institution", point, name="Archives du Maroc"))
        other.execute("UPDATE institution SET name = 'Archives nationales', version = 2")
        other.execute("COMMIT")
    done = bench.store.save_again()
    assert done == CaughtUp(1, 1)
    assert bench.in_file() == ["Archives nationales"]
    (kept,) = dump(bench.file)["disagreement"]
    assert "Archives du Maroc" in kept["offered"]


def test_an_encrypted_office_keeps_nothing_in_the_clear(bench: Bench) -> None:
    bench.store.close()
    bench.file.write_bytes(encrypted(empty_database()))
    bench.store = SafeStore(bench.file, KEY, Refuge(bench.data, KEY), keep_mirror=True)
    bench.add("Archives")
    blocker = connect(bench.file, KEY, isolation_level=None)
    blocker.execute("BEGIN IMMEDIATE")
    bench.add("Douanes très secrètes")
    assert bench.store.trouble is not None
    assert bench.store.trouble.kept
    assert bench.names() == ["Archives", "Douanes très secrètes"]
    for file in bench.data.rglob("*"):
        if file.is_file():
            assert "secrètes".encode() not in file.read_bytes()
    blocker.execute("ROLLBACK")
    blocker.close()
    assert bench.store.save_again() == CaughtUp(1, 0)
    bench.file.unlink()
    bench.add("Finances")
    (copy,) = (bench.data / FOLDER / COPIES).iterdir()
    assert is_encrypted(copy)
    assert bench.store.put_back() is not None
    assert is_encrypted(bench.file)
    assert bench.in_file() == ["Archives", "Douanes très secrètes", "Finances"]


# The file itself -----------------------------------------------------------------------------


def test_a_file_that_is_renamed_is_found_again_with_everything_in_it(bench: Bench) -> None:
    bench.add("Archives")
    moved = bench.folder / "comité.sqlite3"
    bench.file.rename(moved)
    bench.add("Douanes")
    bench.add("Finances")
    trouble = bench.store.trouble
    assert trouble is not None
    assert (trouble.cause, trouble.found) == (Cause.MOVED, str(moved))
    assert bench.store.save_again() is None
    assert not bench.file.exists()
    assert bench.store.go_on_at(moved) is not None
    assert bench.in_file(moved) == ["Archives", "Douanes", "Finances"]
    assert bench.store.trouble is None


def test_a_file_that_is_deleted_can_be_put_back(bench: Bench) -> None:
    bench.add("Archives")
    bench.file.unlink()
    bench.add("Douanes")
    trouble = bench.store.trouble
    assert trouble is not None
    assert trouble.cause is Cause.GONE
    assert bench.store.save_again() is None
    assert not bench.file.exists()
    bench.add("Finances")
    bench.store.put_back()
    assert bench.in_file() == bench.names() == ["Archives", "Douanes", "Finances"]
    assert bench.file.stat().st_mode & 0o777 == 0o600
    assert bench.store.trouble is None


def test_a_deleted_file_lies_whole_beside_the_data_until_it_is_back(bench: Bench) -> None:
    bench.add("Archives")
    bench.file.unlink()
    bench.add("Douanes")
    (copy,) = (bench.data / FOLDER).glob("copies/*.sqlite3")
    assert bench.in_file(copy) == ["Archives"]
    assert copy.stat().st_mode & 0o777 == 0o600
    bench.store.close()
    assert "Douanes" in bench.rescued()  # what came after is offered with it


def test_the_log_of_a_deleted_file_is_not_taken_for_that_of_the_new_one(bench: Bench) -> None:
    """It holds pages as they were before; over those of the new file they would spoil it."""
    bench.add("Archives")
    bench.file.unlink()
    names = ["Archives", *(f"Institution {number:03}" for number in range(150))]
    for name in names[1:]:
        bench.add(name)
    assert bench.store.put_back() is not None
    bench.store.close()
    with closing(sqlite3.connect(bench.file)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    assert bench.in_file() == names


@pytest.mark.parametrize("taken", ["left alone", "ours put back"])
def test_our_log_is_not_applied_to_another_file_in_our_place(bench: Bench, taken: str) -> None:
    other = bench.folder / "autre"
    other.write_bytes(filled_database())
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("PRAGMA user_version = 77")
    before = content(dump(other))
    bench.add("Archives")
    ours = bench.folder / "gardée.sqlite3"
    ours.hardlink_to(bench.file)
    other.replace(bench.file)  # beside it our log still has our name
    bench.add("Douanes")
    assert bench.store.trouble is not None
    assert bench.store.trouble.cause is Cause.REPLACED
    assert bench.in_file(ours) == ["Archives"]  # which is whole by itself now
    there = bench.file
    if taken == "ours put back":
        bench.store.put_back()
        (there,) = bench.folder.glob("pan (autre, *).sqlite3")
        assert bench.in_file() == ["Archives", "Douanes"]
    assert content(dump(there)) == before
    with closing(sqlite3.connect(there)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_another_file_in_its_place_is_left_alone(bench: Bench) -> None:
    bench.add("Archives")
    other = bench.folder / "autre"
    other.write_bytes(filled_database())
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("PRAGMA user_version = 77")
    before = dump(other)
    other.replace(bench.file)
    for leftover in bench.folder.glob("pan.sqlite3-*"):
        leftover.unlink()
    bench.add("Douanes")
    assert bench.store.trouble is not None
    assert bench.store.trouble.cause is Cause.REPLACED
    assert bench.store.save_again() is None
    assert content(dump(bench.file)) == content(before)
    assert bench.names() == ["Archives", "Douanes"]


def test_nothing_is_written_beside_a_file_that_just_took_its_place(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not even within the second between two looks, while another program works in it."""
    monkeypatch.setattr(overlay, "LOOK_EVERY", 3600.0)
    bench.add("Archives")
    renamed = bench.file.rename(bench.folder / "renommée.sqlite3")
    bench.file.with_name("pan.sqlite3-wal").rename(bench.folder / "renommée.sqlite3-wal")
    bench.file.with_name("pan.sqlite3-shm").unlink()
    bench.file.write_bytes(empty_database())
    with closing(sqlite3.connect(bench.file, isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode = WAL")
        other.execute("PRAGMA user_version = 77")
        bench.add("Douanes")
        assert bench.store.trouble is not None
        assert bench.store.trouble.cause is Cause.REPLACED
        assert other.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert bench.names() == ["Archives", "Douanes"]
    assert bench.store.trouble.kept
    assert bench.in_file() == []
    assert bench.in_file(renamed) == ["Archives"]
    # And of one that was only renamed nothing more goes into a log under the old name.
    bench.file.unlink()
    bench.store.go_on_at(renamed)
    assert bench.in_file(renamed) == ["Archives", "Douanes"]


def test_an_older_version_in_its_place_takes_what_was_done_since(bench: Bench) -> None:
    old = bench.folder / "ancien"
    old.write_bytes(bench.file.read_bytes())
    bench.add("Archives")
    for leftover in bench.folder.glob("pan.sqlite3-*"):
        leftover.unlink()
    old.replace(bench.file)
    bench.add("Douanes")
    assert bench.store.trouble is not None
    assert bench.store.trouble.cause is Cause.REPLACED
    assert bench.store.save_again() is None  # nobody has said which of the two stays
    assert bench.in_file() == []
    bench.add("Finances")
    assert bench.store.take_other() is not None
    assert {"Douanes", "Finances"} <= set(bench.in_file())


def test_ours_can_be_put_back_in_the_place_of_another_version(bench: Bench) -> None:
    old = bench.folder / "ancien"
    old.write_bytes(bench.file.read_bytes())
    bench.add("Archives")
    for leftover in bench.folder.glob("pan.sqlite3-*"):
        leftover.unlink()
    old.replace(bench.file)
    bench.add("Douanes")
    assert bench.store.put_back() is not None
    assert bench.in_file() == bench.names() == ["Archives", "Douanes"]
    (other,) = bench.folder.glob("pan (autre, *).sqlite3")
    assert bench.in_file(other) == []
    assert bench.store.trouble is None


@pytest.mark.parametrize("words", [b"", b"Bonjour", b"PK\x03\x04" + bytes(9000)])
def test_what_is_no_database_in_its_place_is_left_alone(bench: Bench, words: bytes) -> None:
    bench.add("Archives")
    bench.file.unlink()
    bench.file.write_bytes(words)
    bench.add("Douanes")
    for _ in range(2):
        assert bench.store.trouble is not None
        assert bench.store.trouble.cause is Cause.REPLACED
        assert bench.store.save_again() is None
        assert bench.file.read_bytes() == words
    bench.store.take_other()
    assert bench.file.read_bytes() == words
    assert bench.store.put_back() is not None
    assert bench.in_file() == ["Archives", "Douanes"]


def test_a_medium_that_is_pulled_and_comes_back(bench: Bench, tmp_path: Path) -> None:
    bench.add("Archives")
    bench.store.close()
    bench.store = bench.opened(keep_mirror=True)
    bench.add("Beaux-Arts")
    away = tmp_path / "débranché"
    bench.folder.rename(away)
    # Nothing of the file can be read any more, as when a medium is pulled.
    bench.store.present._raw.close()
    with pytest.raises(Exception):  # noqa: B017,PT011 - a driver's own
        bench._once(lambda work: work.insert("institution", name="Douanes"))
    assert bench.store.shelter(StoreFullError("x"))
    bench.add("Douanes")
    assert bench.names() == ["Archives", "Beaux-Arts", "Douanes"]
    assert bench.store.save_again() is None
    away.rename(bench.folder)
    assert bench.store.save_again() is not None
    assert bench.in_file() == ["Archives", "Beaux-Arts", "Douanes"]


# Nowhere to write ----------------------------------------------------------------------------


def test_without_any_room_it_is_kept_in_memory_and_told(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object) -> None:
        raise OSError

    monkeypatch.setattr(Refuge, "begin", refuse)
    with busy(bench.file):
        bench.add("Douanes")
        assert bench.store.trouble is not None
        assert not bench.store.trouble.kept
        monkeypatch.undo()
        monkeypatch.setattr(engine_module, "BUSY_TIMEOUT_MS", 1)
        bench.add("Finances")  # there is room again: everything is written
        assert bench.store.trouble.kept
        bench.store.close()
    assert bench.rescued() == ["Douanes", "Finances"]


def test_the_reserve_is_given_up_where_the_disk_is_full(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    reserve = bench.data / FOLDER / RESERVE
    assert reserve.stat().st_size > 1_000_000
    assert reserve.stat().st_blocks * 512 >= reserve.stat().st_size
    real = Refuge._begin

    def only_with_room(self: Refuge, about: About) -> Any:
        if reserve.exists():
            raise OSError
        return real(self, about)

    monkeypatch.setattr(Refuge, "_begin", only_with_room)
    with busy(bench.file):
        bench.add("Douanes")
        assert bench.store.trouble is not None
        assert bench.store.trouble.kept
    assert not reserve.exists()
    assert bench.store.save_again() is not None
    assert reserve.exists()


def test_what_another_program_commits_is_noticed_once(bench: Bench) -> None:
    bench.add("Archives")
    assert not bench.store.look()
    with closing(sqlite3.connect(bench.file)) as other, other:
        other.execute("UPDATE institution SET name = 'Autre'")
    assert bench.store.look()
    assert not bench.store.look()


def test_a_network_that_numbers_its_files_anew_frightens_nobody(bench: Bench) -> None:
    bench.store.close()
    bench.store = bench.opened(counted=False)
    bench.add("Archives")
    bench.store.close()
    bench.store = bench.opened(counted=False)
    other = bench.folder / "copie"
    other.write_bytes(bench.file.read_bytes())
    other.replace(bench.file)  # another number, the same file for all that the system says
    assert not bench.store.look()
    assert bench.store.trouble is None
    bench.file.unlink()
    bench.add("Douanes")
    assert bench.store.trouble is not None
    assert bench.store.trouble.cause is Cause.GONE


@pytest.mark.parametrize("end", ["left", "discarded", "aside"])
def test_no_empty_journal_is_left_beside_what_was_kept(tmp_path: Path, end: str) -> None:
    refuge = Refuge(tmp_path)
    about = About(7, str(tmp_path / "pan.sqlite3"))
    rescue = refuge.begin(about)
    refuge.add(rescue, [Waiting(Entry("e1", START, "Salma", ()))])
    if end == "left":
        rescue.close()
        (again,) = refuge.left(about)
        assert [waiting.entry.id for waiting in again.waiting()] == ["e1"]
        again.close()
    elif end == "aside":
        rescue.put_aside()
    else:
        rescue.discard()
    found = [file.name for file in refuge.folder.rglob("*") if file.is_file()]
    assert [name for name in found if name.endswith("-journal")] == []
    assert len(found) == (0 if end == "discarded" else 1)
