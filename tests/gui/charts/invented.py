"""Invented plans, for tests and for looking at the charts."""

from __future__ import annotations

import random
from datetime import date, timedelta

from pan_desktop.gui.charts.data import Bar, Frame, Group, Line, Mark

FRAME = Frame(date(2030, 1, 1), date(2032, 12, 31), date(2031, 7, 1))
FIRST = date(2030, 2, 12)
LONG = (
    "Publication des marchés conclus et de leur exécution dans des formats ouverts et durables, "
    "avec un accompagnement des services et des collectivités territoriales"
)
TITLES = (
    "Portail des dons et subventions",
    "Registre public des bénéficiaires",
    "Budget lisible par tous",
    LONG,
    "بوابة النزاهة والشفافية للمواطنين",
    "Accueil des plaintes",
    "Cartes",
)
AXES = (
    "Transparence et accès à l’information",
    "Participation citoyenne",
    "Intégrité",
    "Services aux usagers",
    "Collectivités territoriales ouvertes",
    "Justice ouverte",
)


def marks(count: int, seed: int = 1, days: int = 840) -> tuple[Mark, ...]:
    """Return rates that mostly grow, some of them carried over."""
    dice = random.Random(seed)
    found: list[Mark] = []
    rate = 0
    for number in range(count):
        fresh = number == 0 or dice.random() > 0.25
        if fresh:
            rate = min(100, rate + dice.randint(0, 2 + 150 // count))
        day = FIRST + timedelta(days=number * days // max(count - 1, 1))
        found.append(Mark(day, rate, fresh))
    return tuple(found)


def groups(commitments: int, axes: int, meetings: int = 9) -> tuple[Group, ...]:
    """Return commitments dealt out to axes; one in eleven has no mark, one in five a note."""
    lines = [
        Line(
            f"c{number}",
            str(number),
            TITLES[number % len(TITLES)],
            () if number % 11 == 6 else marks(meetings, number),
            "sans nouvelles depuis 2 réunions" if number % 5 == 2 else "",
        )
        for number in range(1, commitments + 1)
    ]
    share = -(-commitments // axes)
    return tuple(
        Group(f"Axe {n + 1}. {AXES[n % len(AXES)]}", tuple(lines[n * share : (n + 1) * share]))
        for n in range(axes)
    )


def overall(meetings: int = 9, seed: int = 1, days: int = 840) -> Line:
    """Return the overall progress along some meetings."""
    return Line("plan", "", "Avancement global", marks(meetings, seed, days))


def bars(count: int = 6) -> tuple[Bar, ...]:
    """Return bars with every kind of change, and both ends of the scale."""
    values = ((100, 88), (0, 0), (45, None), (40, 42), (63, 63), (12, 7))
    return tuple(
        Bar(str(n + 1), TITLES[n % len(TITLES)], *values[n % len(values)]) for n in range(count)
    )
