"""Who came: what a matrix shows, how often, and for how long nobody has."""

from __future__ import annotations

from datetime import date, time

from pan_desktop.domain.model import (
    ActionPlan,
    Civility,
    Commitment,
    Mandate,
    Person,
    Presence,
    Role,
)
from pan_desktop.domain.presences import Came, Cell, MeetingDay, presences, share_of

DAYS = tuple(MeetingDay(f"m{n}", date(2024, n, 1), time(9), "Comité") for n in (1, 2, 3))
PLAN = ActionPlan(
    "p",
    "2024",
    date(2024, 1, 1),
    date(2024, 12, 31),
    commitments=(Commitment("c1", 1), Commitment("c2", 2)),
)
SALMA = Person("s", Civility.MADAME, "Salma AZROUNI", "Archives")
DRISS = Person("d", Civility.MONSIEUR, "Driss Amezray", "Archives")
IMANE = Person("i", Civility.MADAME, "Imane TAZLAOUI")
SPOKEN = ((Role.FOCAL_POINT, 1),)


def mandate(person: Person, role: Role, number: int, until: date | None = None) -> Mandate:
    day = date(2024, 1, 1)
    return Mandate(f"m{person.id}", person, "p", role, (number,), day, until)


def test_each_cell_says_what_happened() -> None:
    found = presences(
        PLAN,
        DAYS,
        (
            Came("m1", "s", Presence.PRESENT, SPOKEN),
            Came("m2", "s", Presence.REPRESENTED, SPOKEN, "d"),
            Came("m2", "d", Presence.PRESENT, ((Role.ALTERNATE, 1),)),
            Came("m3", "i", Presence.PRESENT),
        ),
        (mandate(SALMA, Role.FOCAL_POINT, 1), mandate(DRISS, Role.ALTERNATE, 1)),
        (SALMA, DRISS, IMANE),
    )
    cells = {row.person.name: row.cells for row in found.people}
    assert cells == {
        "Salma AZROUNI": (Cell.PRESENT, Cell.REPRESENTED, Cell.ABSENT),
        "Driss Amezray": (Cell.NOT_EXPECTED, Cell.PRESENT, Cell.NOT_EXPECTED),
        "Imane TAZLAOUI": (Cell.NOT_EXPECTED, Cell.NOT_EXPECTED, Cell.GUEST),
    }
    by_name = {row.person.name: row for row in found.people}
    salma = by_name["Salma AZROUNI"]
    assert (salma.missed, salma.last_seen, salma.share.percent) == (1, date(2024, 2, 1), 67)
    assert by_name["Imane TAZLAOUI"].share.percent is None
    spoken = [row.cells for row in found.commitments]
    absent = (Cell.ABSENT,) * 3
    assert spoken == [(Cell.PRESENT, Cell.PRESENT, Cell.ABSENT), absent]
    (house,) = found.institutions
    assert (house.id, house.share.seen, house.share.expected, house.people) == ("Archives", 3, 4, 2)


def test_nobody_is_awaited_before_or_after_her_mandate() -> None:
    held = (mandate(SALMA, Role.FOCAL_POINT, 1, date(2024, 1, 31)),)
    (row,) = presences(PLAN, DAYS, (), held, (SALMA,)).people
    assert row.cells == (Cell.ABSENT, Cell.NOT_EXPECTED, Cell.NOT_EXPECTED)
    assert (row.missed, row.last_seen) == (1, None)


def test_a_share_counts_only_where_someone_was_expected() -> None:
    assert share_of([Cell.GUEST, Cell.NOT_EXPECTED]).percent is None
    assert share_of([Cell.PRESENT, Cell.EXCUSED, Cell.GUEST]).percent == 50
    assert share_of([Cell.PRESENT, Cell.ABSENT, Cell.ABSENT]).percent == 33
