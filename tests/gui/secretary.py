"""A secretary who holds a whole meeting with the keyboard alone, from an empty database.

She is given what she hears and knows (a relevé as data) and where the file is to go. Nothing
but key events reaches the window.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox

if TYPE_CHECKING:
    from pathlib import Path

    from tests.gui.conftest import Driver

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier


class Secretary:
    """Holds one meeting."""

    def __init__(self, driver: Driver, releve: dict[str, Any]) -> None:
        """Work at ``driver``'s keyboard on what ``releve`` (releve/1) says."""
        self.driver = driver
        self.releve = releve
        self.percents = dict.fromkeys(releve["progress"]["completed"], 100)
        self.percents |= {r["commitment"]: r["percent"] for r in releve["progress"]["rows"]}
        self.details = {r["commitment"]: r["details"] for r in releve["progress"]["rows"]}

    def hold(self, target: Path) -> None:
        """Do all of it, from the plan to the file."""
        self.make_plan()
        self.make_people()
        self.make_meeting()
        self.write_agenda()
        self.tick_people()
        self.set_progress()
        self.write_points()
        self.conclude(target)

    # Before the meeting ------------------------------------------------------------------

    def make_plan(self) -> None:
        """Make the plan with as many commitments as it has, numbered from 1."""
        driver, plan = self.driver, self.releve["plan"]
        assert plan["commitments"] == list(range(1, len(plan["commitments"]) + 1))
        driver.alt(Key.Key_3)
        driver.settle()
        driver.press(Key.Key_Space)  # the first plan's button has the keyboard
        driver.type(plan["label"])
        self.tab_to("count")  # past the period, taken from the label
        self.replace(str(len(plan["commitments"])))
        driver.press(Key.Key_Return)
        driver.settle()

    def make_people(self) -> None:
        """Enter everyone with what they answer for, one after the other."""
        driver = self.driver
        driver.alt(Key.Key_4)
        driver.settle()
        driver.control(Key.Key_N)
        driver.settle()
        for person in self.releve["participants"]:
            self.choose("Mme" if person["civility"] == "Mme" else "M.")
            self.tab_to("name")
            driver.type(person["name"])
            self.tab_to("role")  # institution, e-mail and plan stay
            self.choose("Suppl" if person["role"] == "alternate" else "Point")
            self.tab_to("numbers")
            driver.type(", ".join(str(n) for n in person["commitments"]))
            driver.control(Key.Key_Return)
            driver.settle()
        driver.press(Key.Key_Escape)

    def make_meeting(self) -> None:
        """Make the meeting, which opens."""
        driver, releve = self.driver, self.releve
        driver.alt(Key.Key_2)
        driver.settle()
        driver.control(Key.Key_N)
        driver.settle()
        self.replace(releve["body"])
        self.tab_to("day")
        driver.type(date.fromisoformat(releve["date"]).strftime("%d%m%Y"))
        self.tab_to("at")
        driver.type(releve["time"].replace(":", ""))
        self.tab_to("place")
        self.replace(releve["place"])
        driver.press(Key.Key_Return)
        driver.settle()

    def write_agenda(self) -> None:
        """Title the progress item, add the others, reword what the minutes say otherwise."""
        driver, agenda = self.driver, self.releve["agenda"]
        for title in agenda[1:]:
            driver.type(title)
            driver.press(Key.Key_Return)
            driver.settle()
        driver.press(Key.Key_Tab, SHIFT)  # from the new item's line to the agenda itself
        headings = [note["heading"] for note in self.releve["notes"]]
        progress = self.releve["progress"]["heading"]
        for row, (title, heading) in enumerate(zip(agenda, [progress, *headings], strict=True)):
            driver.press(Key.Key_Home, CONTROL)
            driver.press(Key.Key_Down, times=row)
            if row == 0:
                self.edit_cell(title)
            if heading != title:
                driver.press(Key.Key_Right)
                self.edit_cell(heading)
        driver.settle()

    # During the meeting ------------------------------------------------------------------

    def tick_people(self) -> None:
        """Tick everyone by a few letters of the name and Enter."""
        driver = self.driver
        driver.control(Key.Key_2)
        driver.settle()
        for person in self.releve["participants"]:
            driver.type(person["name"])
            driver.press(Key.Key_Return)
            driver.settle()

    def set_progress(self) -> None:
        """Give each commitment its rate and what its focal point reports."""
        driver = self.driver
        driver.control(Key.Key_E)
        driver.press(Key.Key_Return)  # no number: where the grid stands, at the first one
        driver.settle()
        for number in self.releve["plan"]["commitments"]:
            driver.type(f"{self.percents[number]}\n")
            QApplication.processEvents()
            if self.percents[number] < 100:
                self.type_details(self.details[number])
                driver.control(Key.Key_Return)
        driver.settle()

    def type_details(self, text: str) -> None:
        """Type details line by line; a list goes on by itself, and ends on an empty entry."""
        count = 0
        for index, line in enumerate(text.split("\n")):
            entry = re.match(r"(\d+)\. ", line)
            if index:
                self.driver.press(Key.Key_Return)
            goes_on = entry is not None and count > 0 and int(entry[1]) == count + 1
            if count and not goes_on:
                self.driver.press(Key.Key_Return)
            self.driver.type(line[entry.end() :] if entry and goes_on else line)
            count = int(entry[1]) if entry else 0

    def write_points(self) -> None:
        """Type the points under each item."""
        driver = self.driver
        for number, note in enumerate(self.releve["notes"]):
            if number:
                driver.control(Key.Key_PageDown)
            driver.press(Key.Key_F3)
            level = 0
            for index, point in enumerate(note["points"]):
                if index:
                    driver.press(Key.Key_Return)
                while level < point["level"]:
                    driver.press(Key.Key_Tab)
                    level += 1
                while level > point["level"]:
                    driver.press(Key.Key_Backtab, SHIFT)
                    level -= 1
                driver.type(point["text"])
        driver.settle()

    # After it ----------------------------------------------------------------------------

    def conclude(self, target: Path) -> None:
        """State the overall figure where the computed one differs, and export."""
        driver = self.driver
        driver.control(Key.Key_3)
        driver.settle()
        driver.alt(Key.Key_A)
        self.replace(str(self.releve["progress"]["overall_percent"]))
        self.tab_to("reason")
        self.replace("Chiffre arrêté par le comité en séance.")
        driver.alt(Key.Key_H)
        self.replace(str(target))
        driver.press(Key.Key_S, CONTROL | SHIFT)
        driver.settle()

    # Habits ------------------------------------------------------------------------------

    def replace(self, text: str) -> None:
        """Type ``text`` in place of what the field holds."""
        self.driver.control(Key.Key_A)
        self.driver.type(text)

    def tab_to(self, name: str) -> None:
        """Press Tab until the field of that name has the keyboard."""
        for _ in range(8):
            self.driver.press(Key.Key_Tab)
            if self.driver.focus.objectName() == name:
                return
        raise AssertionError(f"Tab does not lead to {name}, but to {self.driver.focus}")

    def choose(self, first_letters: str) -> None:
        """Choose an entry of the list that has the keyboard, with the arrows."""
        focus = self.driver.focus
        assert isinstance(focus, QComboBox), focus
        if focus.currentText().startswith(first_letters):
            return
        self.driver.press(Key.Key_Home)
        while not focus.currentText().startswith(first_letters):
            assert focus.currentIndex() < focus.count() - 1, first_letters
            self.driver.press(Key.Key_Down)

    def edit_cell(self, text: str) -> None:
        """Give the current cell of a table another text."""
        self.driver.press(Key.Key_F2)
        self.replace(text)
        self.driver.press(Key.Key_Return)
        self.driver.settle()
