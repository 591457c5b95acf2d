"""Asks why, and from when, a commitment is reworded, split or withdrawn."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from pan_desktop.app import amendments
from pan_desktop.domain.model import AmendmentKind
from pan_desktop.gui.dialogs.simple_form import SimpleForm
from pan_desktop.gui.theme import GRID
from pan_desktop.gui.widgets.moment import DayField

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pan_desktop.domain.model import Commitment
    from pan_desktop.gui.pages.page import Services


class AmendmentDialog(SimpleForm):
    """What becomes of a commitment, from a day on, and the reason."""

    def __init__(
        self,
        services: Services,
        kind: AmendmentKind,
        commitment: Commitment,
        next_number: int,
        parent: QWidget,
    ) -> None:
        """Ask about ``commitment``; its parts are numbered from ``next_number`` on."""
        titles = {
            AmendmentKind.AMENDED: self.tr("Reformuler l’engagement {}"),
            AmendmentKind.SPLIT: self.tr("Scinder l’engagement {}"),
            AmendmentKind.WITHDRAWN: self.tr("Retirer l’engagement {} du plan"),
        }
        super().__init__(services, titles[kind].format(commitment.number), parent)
        self._kind, self._commitment, self._next = kind, commitment, next_number
        self.title, self.reason, self.day = QLineEdit(commitment.title), QLineEdit(), DayField()
        self.day.set_day(date.today())  # noqa: DTZ011 - the user's own calendar
        self.reason.setPlaceholderText(self.tr("par exemple\u00a0: décision du comité de pilotage"))
        self.parts = QPlainTextEdit()
        self.parts.setTabChangesFocus(True)
        self.parts.setFixedHeight(12 * GRID)
        hints = {
            AmendmentKind.AMENDED: self.tr("L’intitulé d’avant est gardé avec le motif."),
            AmendmentKind.SPLIT: self.tr(
                "Un intitulé par ligne. Les nouveaux engagements sont numérotés à partir de {} et "
                "gardent l’axe, l’institution et les points focaux\u00a0; les réunions tenues "
                "avant cette date ne changent pas."
            ).format(next_number),
            AmendmentKind.WITHDRAWN: self.tr(
                "Les réunions tenues avant cette date le gardent\u00a0; les suivantes ne "
                "l’attendent plus."
            ),
        }
        fields: list[tuple[str, QWidget]] = [
            (self.tr("À &compter du"), self.day),
            (self.tr("&Motif"), self.reason),
        ]
        if kind is AmendmentKind.AMENDED:
            fields.insert(0, (self.tr("Nouvel &intitulé"), self.title))
        elif kind is AmendmentKind.SPLIT:
            fields.insert(0, (self.tr("Nouveaux &intitulés"), self.parts))
        self.lay_out(hints[kind], fields)

    def submit(self) -> None:
        """Save what becomes of the commitment."""
        day = self.day.day()
        if day is None:
            words = self.tr("La date n’est pas comprise. Saisissez-la ainsi\u00a0: 21/12/2026.")
            self.complain(words, self.day)
            return
        common = {"commitment_id": self._commitment.id, "day": day, "reason": self.reason.text()}
        told = self.tr("La modification est enregistrée. Ctrl+Z annule.")
        match self._kind:
            case AmendmentKind.AMENDED:
                self.run(amendments.amend, self.reason, told, title=self.title.text(), **common)
            case AmendmentKind.WITHDRAWN:
                self.run(amendments.withdraw, self.reason, told, **common)
            case AmendmentKind.SPLIT:
                lines = [line for line in self.parts.toPlainText().splitlines() if line.strip()]
                parts = list(enumerate(lines, start=self._next))
                self.run(amendments.split, self.reason, told, parts=parts, **common)
