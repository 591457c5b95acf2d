"""The one table model keeps Qt's rules through every change of its rows."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from pan_desktop.gui.models.rows import Column, RowsModel
from pan_desktop.gui.widgets.table import Table


@dataclass(frozen=True)
class Line:
    id: str
    name: str


A, B, C = Line("a", "Aziz"), Line("b", "Badia"), Line("c", "Chama")


def model(edits: list[tuple[str, str]]) -> RowsModel[Line]:
    made: RowsModel[Line] = RowsModel(
        (
            Column(
                "Nom", lambda line: line.name, lambda row, text, _seen: edits.append((row.id, text))
            ),
            Column("Longueur", lambda line: str(len(line.name)), centred=True),
        )
    )
    return made


def test_the_model_keeps_qts_rules(qapp: object) -> None:
    rows = model([])
    # Held, for the tester stops when it is collected.
    tester = QAbstractItemModelTester(rows, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for lines in ((A, B), (A, replace(B, name="Bahia")), (B, A, C), (), (C,)):
        rows.set_rows(lines)
        assert rows.rows() == lines
    assert tester.model() is rows


def test_the_same_rows_are_repainted_and_others_reset(qtbot: QtBot) -> None:
    rows = model([])
    rows.set_rows((A, B))
    with qtbot.assertNotEmitted(rows.modelReset), qtbot.waitSignal(rows.dataChanged):
        rows.set_rows((A, replace(B, name="Bahia")))
    with qtbot.waitSignal(rows.modelReset):
        rows.set_rows((B, A))


def test_only_a_change_of_an_editable_cell_reaches_the_page(qapp: object) -> None:
    edits: list[tuple[str, str]] = []
    rows = model(edits)
    rows.set_rows((A, B))
    assert rows.setData(rows.index(1, 0), "Badiaa")
    assert rows.setData(rows.index(0, 0), "Aziz")
    assert not rows.setData(rows.index(0, 1), "9")
    assert edits == [("b", "Badiaa")]


def test_headings_stand_as_their_cells_do(qapp: object) -> None:
    rows = model([])
    horizontal, role = Qt.Orientation.Horizontal, Qt.ItemDataRole
    assert rows.headerData(1, horizontal) == "Longueur"
    standing = rows.headerData(1, horizontal, role.TextAlignmentRole)
    assert standing == Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter


def test_the_table_keeps_its_place_by_identifier(qtbot: QtBot) -> None:
    rows = model([])
    table = Table()
    qtbot.addWidget(table)
    table.show_rows(rows, (0, 80))
    rows.set_rows((A, B, C))
    table.choose("b")
    rows.set_rows((C, B))
    assert table.current_id() == "b"
    rows.set_rows((C,))
    assert table.current_id() == "c"


# Sorting and narrowing -------------------------------------------------------------------

ELEVE, ZERO, DIX = Line("e", "Élève 2"), Line("z", "zéro"), Line("d", "élève 10")


def names(rows: RowsModel[Line]) -> list[str]:
    return [rows.index(number, 0).data() for number in range(rows.rowCount())]


def test_rows_are_sorted_as_a_person_would(qapp: object) -> None:
    rows = model([])
    tester = QAbstractItemModelTester(rows, QAbstractItemModelTester.FailureReportingMode.Fatal)
    rows.set_rows((ZERO, DIX, ELEVE))
    rows.sort_rows(0)
    assert names(rows) == ["Élève 2", "élève 10", "zéro"]
    rows.sort_rows(0, descending=True)
    assert names(rows) == ["zéro", "élève 10", "Élève 2"]
    rows.sort_rows(1)
    assert names(rows)[0] == "zéro"
    rows.sort_rows(-1)
    assert names(rows) == ["zéro", "élève 10", "Élève 2"]
    assert rows.rows() == (ZERO, DIX, ELEVE)
    assert tester.model() is rows


def test_rows_without_a_value_come_last_both_ways_round(qapp: object) -> None:
    rows: RowsModel[Line] = RowsModel(
        (Column("Nom", lambda line: line.name, sort_key=lambda line: line.name or None),)
    )
    rows.set_rows((Line("1", ""), Line("2", "b"), Line("3", "a")))
    rows.sort_rows(0)
    assert names(rows) == ["a", "b", ""]
    rows.sort_rows(0, descending=True)
    assert names(rows) == ["b", "a", ""]


def test_rows_are_narrowed_by_every_word_whatever_its_accents(qapp: object) -> None:
    rows = model([])
    rows.set_rows((ELEVE, ZERO, DIX))
    rows.narrow("ELEVE 10")
    assert names(rows) == ["élève 10"]
    assert rows.rows() == (ELEVE, ZERO, DIX)
    assert rows.number_of("z") == -1
    rows.set_rows((DIX, ELEVE))
    assert names(rows) == ["élève 10"]
    rows.narrow("")
    assert names(rows) == ["élève 10", "Élève 2"]


def test_nothing_moves_while_a_cell_is_typed_in(qapp: object) -> None:
    rows = model([])
    rows.set_rows((A, B, C))
    rows.sort_rows(0)
    rows.set_rows((replace(A, name="Zineb"), B, C, ZERO), keep_order=True)
    assert names(rows) == ["Zineb", "Badia", "Chama", "zéro"]
    rows.set_rows((replace(A, name="Zineb"), B, C, ZERO))
    assert names(rows) == ["Badia", "Chama", "zéro", "Zineb"]
