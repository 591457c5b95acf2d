"""Who was in the call, settled by one key each and written in one step."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from pan_desktop.domain.backups import Why
from pan_desktop.domain.calendar import short_date
from pan_desktop.domain.model import Attendance, Civility, Presence
from pan_desktop.gui.dialogs.attendance_dialog import AttendanceDialog
from pan_desktop.gui.dialogs.attendee_dialog import AttendeeDialog
from pan_desktop.store.safety.copies import copies
from tests.builders import content, dump, filled_database
from tests.gui.test_meeting_page import record
from tests.gui.test_undo import opened

if TYPE_CHECKING:
    from pan_desktop.gui.pages.meeting import MeetingPage
    from tests.gui.conftest import Driver

Key = Qt.Key
SHIFT_CTRL = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def database(tmp_path: Path) -> Path:
    file = tmp_path / "essai.sqlite3"
    file.write_bytes(filled_database())
    return file


@pytest.fixture
def page(driver: Driver) -> MeetingPage:
    found = opened(driver)
    driver.press(Key.Key_F2)
    return found


def names(page: MeetingPage) -> list[str]:
    """Return the people expected, in the panel's order."""
    return [x.seat.person.name for x in page.hold.people._lines if x.seat.expected]


def report(driver: Driver, page: MeetingPage, folder: Path, *others: str) -> Path:
    """Write a report in which the first expected is certain and the second written otherwise."""
    day = short_date(record(driver, page).meeting.day)
    first, second = names(page)[:2]
    shown = [first, f"{second} (iPad)", "Rim INCONNUE (Externe)", "+212 5 37 00 00 00", *others]
    lines = ["Nom;Heure d’arrivée;Heure de départ"]
    lines += [f"{name};{day} 14:30:0{n};{day} 15:45:00" for n, name in enumerate(shown)]
    file = folder / "rapport.csv"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def dialog() -> AttendanceDialog:
    return next(
        w
        for w in QApplication.topLevelWidgets()
        if isinstance(w, AttendanceDialog) and w.isVisible()
    )


def open_with(driver: Driver, file: Path) -> AttendanceDialog:
    """Open the dialog by its key and paste a file from the clipboard."""
    driver.press(Key.Key_V, SHIFT_CTRL)
    found = dialog()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    QGuiApplication.clipboard().setMimeData(data)
    driver.control(Key.Key_V)
    driver.settle()
    return found


def choose(found: AttendanceDialog, shown: str) -> None:
    """Go to the row of someone."""
    row = next(r for r in found.model.rows() if r.caller.shown == shown)
    found.table.choose(row.id)


def of(driver: Driver, page: MeetingPage, name: str) -> Attendance | None:
    return next((a for a in record(driver, page).attendances if a.person.name == name), None)


def test_an_empty_dialog_says_what_to_do(driver: Driver, page: MeetingPage) -> None:
    driver.press(Key.Key_V, SHIFT_CTRL)
    found = dialog()
    assert found.empty.isVisible()
    assert "collez" in found.empty.text()
    assert not found.table.isVisible()
    assert not found.save.isEnabled()
    assert found.open_button.hasFocus()
    driver.press(Key.Key_Escape)
    driver.settle()
    assert not isValid(found)


def test_each_is_settled_by_a_key_and_all_written_in_one_step(
    driver: Driver, page: MeetingPage, tmp_path: Path
) -> None:
    file = report(driver, page, tmp_path)
    before = content(dump(driver.jobs._office.database))
    found = open_with(driver, file)
    first, second = names(page)[:2]
    assert [row.sign for row in found.model.rows()] == ["?", "?", "?", "✓"]
    assert found.save.isEnabled()
    choose(found, f"{second} (iPad)")
    driver.press(Key.Key_Return)
    choose(found, "Rim INCONNUE (Externe)")
    driver.press(Key.Key_I)
    form = next(w for w in QApplication.topLevelWidgets() if isinstance(w, AttendeeDialog))
    assert form.name.text() == "Rim INCONNUE"
    assert form.civility.hasFocus()
    driver.press(Key.Key_Down)
    driver.press(Key.Key_Return)
    assert not isValid(form)
    choose(found, "+212 5 37 00 00 00")
    driver.press(Key.Key_Delete)
    assert [row.sign for row in found.model.rows()] == ["✓", "✓", "–", "✓"]
    assert content(dump(driver.jobs._office.database)) == before
    driver.control(Key.Key_Return)
    driver.settle()
    assert not isValid(found)
    (copy,) = copies(Path(driver.jobs._office.database))
    assert copy.why is Why.IMPORT
    assert content(dump(copy.file)) == before
    for name in (first, second, "Rim INCONNUE"):
        attended = of(driver, page, name)
        assert attended is not None
        assert attended.presence is Presence.PRESENT
        assert attended.arrived is not None
        if name == "Rim INCONNUE":
            assert attended.person.civility is Civility.MADAME
    assert "+212" not in str(content(dump(driver.jobs._office.database)))
    driver.control(Key.Key_Z)
    driver.settle()
    assert content(dump(driver.jobs._office.database)) == before


def test_a_digit_chooses_another_and_backspace_takes_it_back(
    driver: Driver, page: MeetingPage, tmp_path: Path
) -> None:
    found = open_with(driver, report(driver, page, tmp_path))
    second = names(page)[1]
    choose(found, f"{second} (iPad)")
    other = found.model.row(found.table.currentIndex())
    assert other is not None
    driver.type("2")
    choose(found, f"{second} (iPad)")
    row = found.model.row(found.table.currentIndex())
    assert row is not None
    assert row.who == other.candidates[1].name
    driver.press(Key.Key_Backspace)
    row = found.model.row(found.table.currentIndex())
    assert row is not None
    assert row.sign == "?"
    driver.type("é")  # the key of 2 on a French keyboard
    choose(found, f"{second} (iPad)")
    row = found.model.row(found.table.currentIndex())
    assert row is not None
    assert row.who == other.candidates[1].name


def test_only_who_is_named_under_the_list_has_a_key(
    driver: Driver, page: MeetingPage, tmp_path: Path
) -> None:
    found = open_with(driver, report(driver, page, tmp_path))
    second = names(page)[1]
    for shown in (f"{second} (iPad)", "Rim INCONNUE (Externe)"):
        choose(found, shown)
        row = found.model.row(found.table.currentIndex())
        assert row is not None
        named = [n for n, c in enumerate(row.candidates, 1) if f"{n}\u00a0" in found.choices.text()]
        assert len(named) < len(row.candidates)
        driver.type(str(len(named) + 1))
        row = found.model.row(found.table.currentIndex())
        assert row is not None
        assert (row.caller.shown, row.sign) == (shown, "?")


def test_who_is_not_settled_is_told_when_the_others_are_written(
    driver: Driver, page: MeetingPage, tmp_path: Path
) -> None:
    found = open_with(driver, report(driver, page, tmp_path))
    driver.control(Key.Key_Return)
    driver.settle()
    assert not isValid(found)
    said = driver.window.notice.sentence
    assert "enregistrées\u00a0: 1\u00a0présent" in said
    assert "Restent à régler, et non enregistrés\u00a0: 3\u00a0noms" in said


def test_what_the_secretariat_had_noted_is_told(
    driver: Driver, page: MeetingPage, tmp_path: Path
) -> None:
    first = names(page)[0]
    line = next(x for x in page.hold.people._lines if x.seat.person.name == first)
    page.hold.people.go_to(line.id)
    driver.press(Key.Key_E)
    driver.settle()
    found = open_with(driver, report(driver, page, tmp_path))
    row = next(r for r in found.model.rows() if r.caller.shown == first)
    assert (row.sign, row.who) == ("✓", f"{first} – noté excusé(e) jusqu’ici")


def test_anyone_known_can_be_searched(driver: Driver, page: MeetingPage, tmp_path: Path) -> None:
    found = open_with(driver, report(driver, page, tmp_path))
    third = names(page)[2]
    choose(found, "+212 5 37 00 00 00")
    driver.press(Key.Key_R)
    assert found.search.hasFocus()
    driver.type(third)
    driver.press(Key.Key_Return)
    row = next(r for r in found.model.rows() if r.caller.phone)
    assert (row.who, row.why) == (third, "choisi par vous")
    driver.control(Key.Key_Return)
    driver.settle()
    attended = of(driver, page, third)
    assert attended is not None
    assert attended.presence is Presence.PRESENT


def test_a_new_mandate_is_given_in_the_same_step(
    driver: Driver, page: MeetingPage, tmp_path: Path
) -> None:
    found = open_with(driver, report(driver, page, tmp_path))
    choose(found, "Rim INCONNUE (Externe)")
    driver.press(Key.Key_M)
    form = next(w for w in QApplication.topLevelWidgets() if isinstance(w, AttendeeDialog))
    assert form.fields is not None
    form.fields.ui.numbers.setFocus()
    driver.type("1")
    driver.press(Key.Key_Return)
    assert not isValid(form)
    driver.control(Key.Key_Return)
    driver.settle()
    attended = of(driver, page, "Rim INCONNUE")
    assert attended is not None
    assert [number for _, number in attended.represented] == [1]


def test_a_pasted_list_is_read_and_its_lines_left_out_are_told(
    driver: Driver, page: MeetingPage
) -> None:
    driver.press(Key.Key_V, SHIFT_CTRL)
    found = dialog()
    first = names(page)[0]
    QGuiApplication.clipboard().setText(f"- {first}\n- qui est-ce ? On ne sait pas !\n")
    driver.control(Key.Key_V)
    driver.settle()
    assert [row.caller.shown for row in found.model.rows()] == [first]
    assert found.left_out.isVisible()
    assert [row.line for row in found.omitted.rows()] == [2]


def test_a_wrong_file_is_told_in_place(driver: Driver, page: MeetingPage, tmp_path: Path) -> None:
    file = tmp_path / "autre.csv"
    file.write_text("Date;Montant\n19/10/2026;12\n", encoding="utf-8")
    found = open_with(driver, file)
    assert found.isVisible()
    assert "liste de noms" in found.error.text()
    assert found.empty.isVisible()


def test_reports_dropped_on_the_page_open_the_dialog(
    driver: Driver, page: MeetingPage, tmp_path: Path
) -> None:
    file = report(driver, page, tmp_path)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    action, buttons = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    held = Qt.KeyboardModifier.NoModifier
    entered = QDragEnterEvent(QPointF(9, 9).toPoint(), action, data, buttons, held)
    page.dragEnterEvent(entered)
    assert entered.isAccepted()
    dropped = QDropEvent(QPointF(9, 9), action, data, buttons, held, QEvent.Type.Drop)
    page.dropEvent(dropped)
    driver.settle()
    assert len(dialog().model.rows()) == 4
    other = QMimeData()
    other.setUrls([QUrl.fromLocalFile(str(tmp_path / "relevé.docx"))])
    entered = QDragEnterEvent(QPointF(9, 9).toPoint(), action, other, buttons, held)
    page.dragEnterEvent(entered)
    assert not entered.isAccepted()
