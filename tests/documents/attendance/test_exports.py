"""Whatever a call is exported as, the same people and stays come back."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from pan_desktop.documents.attendance.reader import Clock, read
from pan_desktop.domain.errors import InputError
from tests.documents.attendance import exports
from tests.documents.attendance.exports import FORMS, LANGUAGES, ONE_LANGUAGE, Truth, Way

if TYPE_CHECKING:
    from pan_desktop.documents.attendance.sheet import Attendee, Sheet

DAYS = (date(2026, 10, 19), date(2026, 10, 9), date(2026, 11, 11), date(2027, 2, 1))
FILES = 40
"""For each form."""


def _check(truth: Truth, way: Way, sheet: Sheet) -> None:
    got = {person.shown: person for person in sheet.people}
    assert sorted(got) == sorted(who.name for who in truth.people)
    assert len(sheet.left_out) == way.left_out, sheet.left_out
    for who in truth.people:
        person = got[who.name]
        spans = sorted((stay.joined, stay.left) for stay in person.stays)
        if way.stays == "all":
            assert spans == sorted(who.stays)
            assert person.seconds == who.union
        elif way.stays == "span":
            assert spans == [(who.first, who.last)]
            assert person.seconds == who.union
        elif way.stays == "minutes":
            first, last = who.first.replace(second=0), who.last.replace(second=0)
            assert spans == [(first, last)]
            assert person.seconds is not None
            assert abs(person.seconds - who.union) < 120
        else:
            assert spans == []
            _check_untimed(way, who.union, person)
        if way.stays != "all" or who.email:
            assert person.email == (who.email if way.names.get("email", "yes") == "yes" else "")


def _check_untimed(way: Way, union: int, person: Attendee) -> None:
    if way.stays == "none":
        assert person.seconds == -(-union // 60) * 60
    else:
        assert person.seconds is None


@pytest.mark.parametrize("form", FORMS)
def test_every_form_comes_back(form: str) -> None:
    for seed in range(FILES):
        rng = random.Random(f"{form}{seed}")
        truth = exports.truth(seed, rng.choice(DAYS))
        language = "en" if form in ONE_LANGUAGE else rng.choice(list(LANGUAGES))
        dates = ("us4", "iso", "isot") if form == "teams_live" else LANGUAGES[language].dates
        way = Way(language, rng.choice(dates), rng)
        rows = FORMS[form](truth, way)
        if form in {"teams_list", "teams_live", "webex_short"}:
            way.names["email"] = "no"
        encoding, delimiter = rng.choice(exports.ENCODINGS), rng.choice("\t,;")
        end = rng.choice(exports.LINE_ENDS)
        content = exports.written(rows, encoding=encoding, delimiter=delimiter, end=end)
        label = f"{form} {seed} {language} {way.date} {encoding} {delimiter!r} {end!r} {truth.day}"
        try:
            sheet = read(content, "export.csv", Clock(truth.day, truth.begins))
            _check(truth, way, sheet)
        except Exception as error:
            said = "\n".join("\t".join(row) for row in rows)
            raise AssertionError(f"{label}\n{said}") from error


def _one_row(joined: str, left: str) -> bytes:
    rows = [["Name", "Join Time", "Leave Time"], ["Amina BENEXEMPLE", joined, left]]
    return exports.written(rows, encoding="utf-8", delimiter="\t", end="\n")


def test_the_order_of_day_and_month_is_the_meeting_s() -> None:
    """9/10/26 is read as the meeting's day, whichever of the two it is."""
    content = _one_row("9/10/26, 14:30:00", "9/10/26, 15:00:00")
    for day in (date(2026, 10, 9), date(2026, 9, 10), date(2009, 10, 26)):
        (person,) = read(content, "f.csv", Clock(day)).people
        assert person.stays[0].joined.date() == day
    with pytest.raises(InputError, match=r"9 octobre 2026.*19 octobre 2026"):
        read(content, "f.csv", Clock(date(2026, 10, 19)))


def test_after_midnight_is_the_same_call() -> None:
    content = _one_row("10/19/26, 11:30:00 PM", "10/20/26, 12:20:00 AM")
    (person,) = read(content, "f.csv", Clock(date(2026, 10, 19))).people
    assert person.seconds == 50 * 60
    assert person.stays[0].left - person.stays[0].joined == timedelta(minutes=50)
