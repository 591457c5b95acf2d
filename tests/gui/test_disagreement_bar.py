"""The buttons that choose between two texts say in good French whose each text is."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QPushButton

from pan_desktop.app.disagreements import Choice, Disagreement, Side
from pan_desktop.domain.disagreements import DisagreementKind
from pan_desktop.gui.shared.disagreement_bar import DisagreementBar

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

AT, LATER = datetime(2026, 11, 20, 9, 5, tzinfo=UTC), datetime(2026, 11, 20, 9, 8, tzinfo=UTC)


def side(author: str, at: datetime = AT, *, yours: bool = False) -> Side:
    return Side(f"Dit par {author}.", author, at, yours)


def time_of(at: datetime) -> str:
    return f"{at.astimezone():%H:%M}"


@pytest.mark.parametrize(
    ("kept", "offered", "words"),
    [
        (side("Ahlam OUALI"), side("Imane ALAMI"), ["Celui d’Ahlam OUALI", "Celui d’Imane ALAMI"]),
        (side(""), side("un autre programme"), ["Celui de l’autre", "Celui d’un autre programme"]),
        (side("Salma", yours=True), side("Driss"), ["Le vôtre", "Celui de Driss"]),
        (side("Driss"), side("Salma", yours=True), ["Celui de Driss", "Le vôtre"]),
        (side("Salma"), side("Salma", yours=True), ["Celui de l’autre poste", "Le vôtre"]),
        (side("Salma", yours=True), side("Salma"), ["Le vôtre", "Celui de l’autre poste"]),
        (
            side("Salma"),
            side("Salma", LATER),
            [f"Celui de Salma, {time_of(AT)}", f"Celui de Salma, {time_of(LATER)}"],
        ),
    ],
)
def test_the_buttons_say_whose_text_it_is(
    qtbot: QtBot, kept: Side, offered: Side, words: list[str]
) -> None:
    bar = DisagreementBar()
    qtbot.addWidget(bar)
    bar.show_disagreement(
        Disagreement(
            id="d",
            kind=DisagreementKind.TEXT,
            table="conclusion",
            row_id="c",
            where="point «\u00a0Budget\u00a0»",
            what="texte",
            meeting_id=None,
            kept=kept,
            offered=offered,
            mine=offered.yours,
            reason="",
            choices=frozenset({Choice.KEPT, Choice.OFFERED}),
        )
    )
    buttons = [button.text() for button in bar.findChildren(QPushButton)]
    assert buttons == [f"{number}  {each}" for number, each in enumerate(words, 1)]
