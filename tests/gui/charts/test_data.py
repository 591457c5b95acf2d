"""The figures behind the charts, as they are copied."""

from datetime import date

import pytest

from pan_desktop.gui.charts.data import (
    Bar,
    Frame,
    Group,
    Line,
    Mark,
    bars_table,
    groups_table,
    overall_table,
)

FRAME = Frame(date(2030, 1, 1), date(2031, 12, 31), date(2031, 1, 1))
LINE = Line(
    "c7",
    "7",
    "Portail des dons",
    (Mark(date(2030, 9, 5), 40, False), Mark(date(2030, 3, 1), 40, True)),
    "sans nouvelles depuis 1 réunion",
)


def test_groups_give_one_row_a_mark_in_order_of_days() -> None:
    silent = Line("c8", "8", "Budget ouvert", ())
    table = groups_table((Group("Transparence", (LINE, silent)),))
    note = "sans nouvelles depuis 1 réunion"
    assert table == (
        ("Axe", "N°", "Engagement", "Réunion", "Avancement (%)", "Taux", "Remarque"),
        ("Transparence", "7", "Portail des dons", "01/03/2030", "40", "renseigné", note),
        ("Transparence", "7", "Portail des dons", "05/09/2030", "40", "repris", note),
        ("Transparence", "8", "Budget ouvert", "", "", "sans donnée", ""),
    )


def test_overall_tells_the_even_pace_of_each_day() -> None:
    assert overall_table(LINE, FRAME) == (
        ("Réunion", "Avancement (%)", "Rythme attendu (%)", "Taux"),
        ("01/03/2030", "40", "8", "renseigné"),
        ("05/09/2030", "40", "34", "repris"),
    )


def test_bars_give_the_change_as_a_number() -> None:
    bars = (Bar("1", "Un", 45, 40), Bar("2", "Deux", 0, 2), Bar("3", "Trois", 100, None))
    assert bars_table(bars)[1:] == (
        ("1", "Un", "45", "40", "5"),
        ("2", "Deux", "0", "2", "-2"),
        ("3", "Trois", "100", "", ""),
    )


def test_tables_of_nothing_are_their_heading() -> None:
    empty = Line("", "", "", ())
    assert [len(t) for t in (groups_table(()), overall_table(empty, FRAME), bars_table(()))] == [
        1,
        1,
        1,
    ]


@pytest.mark.parametrize(
    ("now", "before", "words"), [(45, 40, "+5"), (40, 42, "−2"), (7, 7, "="), (7, None, "")]
)
def test_change_in_signs(now: int, before: int | None, words: str) -> None:
    assert Bar("1", "Un", now, before).change == words


def test_even_pace_stays_within_the_plan_also_where_it_has_no_length() -> None:
    assert FRAME.expected(date(2029, 1, 1)) == 0
    assert FRAME.expected(date(2040, 1, 1)) == 100
    day = date(2030, 1, 1)
    assert Frame(day, day, day).expected(day) == 100
    assert Frame(day, day, day).expected(date(2029, 1, 1)) == 0
