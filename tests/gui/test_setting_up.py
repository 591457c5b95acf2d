"""A new office: three plans, 52 commitments and 60 people from two workbooks, few actions."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog

from pan_desktop.documents.workbook.forms import PLAN_FORM, ROSTER_FORM
from pan_desktop.documents.workbook.writer import workbook
from pan_desktop.gui.dialogs.workbook_dialog import WorkbookDialog

if TYPE_CHECKING:
    from pathlib import Path

    from tests.gui.conftest import Driver

Key = Qt.Key
MOST = 20
PLANS = (("2018-2020", 18), ("2021-2023", 22), ("2024-2027", 12))


def files(folder: Path) -> tuple[Path, Path]:
    """Write the two workbooks as someone has filled them in."""
    plans, roster = folder / "plans.xlsx", folder / "personnes.xlsx"
    sheets: dict[str, list[tuple[Any, ...]]] = {
        "Plans": [
            (label, date(int(label[:4]), 1, 1), date(int(label[5:]), 12, 31), *[None] * 4)
            for label, _ in PLANS
        ],
        "Axes": [(label, 1, "Transparence", None) for label, _ in PLANS],
        "Engagements": [
            (label, number, f"Engagement inventé {number}", "Archives", 1, None, None, None)
            for label, count in PLANS
            for number in range(1, count + 1)
        ],
    }
    plans.write_bytes(workbook(PLAN_FORM, sheets))
    names = [f"Prénom{n:02d} NOM{n:02d}" for n in range(60)]
    begun = date(2024, 1, 1)
    people: dict[str, list[tuple[Any, ...]]] = {
        "Personnes": [("Mme", name, "Archives", "", "", None) for name in names],
        "Mandats": [
            (name, "2024-2027", "point focal", str(n % 12 + 1), begun, None, None)
            for n, name in enumerate(names)
        ],
    }
    roster.write_bytes(workbook(ROSTER_FORM, people))
    return plans, roster


class Hands:
    """Counts what is done in the window: a key, or a file chosen."""

    def __init__(self, driver: Driver) -> None:
        self.driver = driver
        self.actions = 0

    def alt(self, key: Qt.Key) -> None:
        self.actions += 1
        self.driver.alt(key)
        self.driver.settle()

    def press(self, key: Qt.Key) -> None:
        self.actions += 1
        self.driver.press(key)
        self.driver.settle()

    def choose(self, file: Path) -> None:
        """Choose a file in the dialog that is open."""
        self.actions += 1
        dialog = next(w for w in QApplication.topLevelWidgets() if isinstance(w, QFileDialog))
        dialog.fileSelected.emit(str(file))
        dialog.close()
        self.driver.settle()
        preview = next(
            w
            for w in QApplication.topLevelWidgets()
            if isinstance(w, WorkbookDialog) and w.isVisible()
        )
        preview.activateWindow()
        QApplication.processEvents()


def test_two_workbooks_set_an_office_up(driver: Driver, tmp_path: Path) -> None:
    hands = Hands(driver)
    for page, file in zip((Key.Key_3, Key.Key_4), files(tmp_path), strict=True):
        hands.alt(page)
        hands.alt(Key.Key_X)  # the menu Excel
        hands.press(Key.Key_R)  # Reprendre un classeur rempli
        hands.choose(file)
        hands.press(Key.Key_Return)  # Tout enregistrer
    assert hands.actions <= MOST
    pages: Any = driver.window._pages
    commitments = pages["commitments"]
    assert [len(plan.commitments) for plan in commitments._contents.plans] == [12, 22, 18]
    driver.settle()
    assert len(pages["people"]._contents.cards) == 60
    driver.alt(Key.Key_1)
    driver.settle()
    assert "3\u00a0plans · 60\u00a0personnes" in pages["home"].hint.text()
