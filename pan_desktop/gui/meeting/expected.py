"""Who is expected at a meeting, by the mandates in force that day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from pan_desktop.domain.model import Role
from pan_desktop.domain.typography import counted, enumeration
from pan_desktop.gui.models.rows import Column, RowsModel
from pan_desktop.gui.people_words import numbers_of, role_words
from pan_desktop.gui.theme import GRID
from pan_desktop.gui.widgets.section import QuietTable, Section

if TYPE_CHECKING:
    from pan_desktop.app.preparing import Expected, Preparation

_WIDTHS = (240, 112, 160, 0)


class ExpectedPeople(Section):
    """A list to read; who really comes is ticked while the meeting is held.

    ``count`` and ``missing`` say the same in short, to be shown where they are always seen.
    """

    def __init__(self) -> None:
        """Make an empty list."""
        body = QWidget()
        super().__init__(self.tr("Personnes attendues"), "", body)
        self.model: RowsModel[Expected] = RowsModel(
            [
                Column(self.tr("Personne"), lambda row: row.person.name),
                Column(self.tr("Qualité"), _quality),
                Column(self.tr("Engagements"), lambda row: numbers_of(row.mandates)),
                Column(self.tr("Institution"), lambda row: row.person.institution),
            ],
            self,
        )
        self.table = QuietTable()
        self.table.setAccessibleName(self.tr("Personnes attendues"))
        self.table.show_rows(self.model, _WIDTHS)
        self.count, self.missing = QLabel(), QLabel()
        self.count.setProperty("role", "hint")
        self.missing.setProperty("role", "error")
        hint = QLabel(
            self.tr(
                "D’après les mandats en vigueur ce jour-là (Alt+4). Les présences se prennent dans "
                "Tenir (Ctrl+2)."
            )
        )
        hint.setProperty("role", "hint")
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        for label in (self.count, self.missing, hint):
            label.setWordWrap(True)
        for widget in (self.table, hint):
            column.addWidget(widget)

    def show_preparation(self, preparation: Preparation) -> None:
        """Show who is expected, how many, and the commitments that nobody answers for."""
        self.model.set_rows(preparation.expected)
        scope = len(preparation.carried)
        number = len(preparation.expected)
        answered = self.tr("pour {} engagements sur {}").format(
            scope - len(preparation.unanswered), scope
        )
        people = counted(number, self.tr("personne"), self.tr("personnes"))
        self.summarise(f"{people} {answered}")
        people = counted(number, self.tr("personne attendue"), self.tr("personnes attendues"))
        self.count.setText(f"{people} {answered}")
        numbers = [str(number) for number in preparation.unanswered]
        if len(numbers) > 1:
            words = self.tr("Personne ne répond ce jour-là des engagements\u00a0{}.")
        else:
            words = self.tr("Personne ne répond ce jour-là de l’engagement\u00a0{}.")
        self.missing.setText(words.format(enumeration(numbers)))
        self.missing.setVisible(bool(numbers))
        self.table.setVisible(bool(preparation.expected))


def _quality(row: Expected) -> str:
    held = {mandate.role for mandate in row.mandates}
    role = Role.FOCAL_POINT if Role.FOCAL_POINT in held else Role.ALTERNATE
    return role_words(role, row.person.civility)
