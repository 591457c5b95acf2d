"""Which parts a relevé has is kept exactly, and said in Arabic as in French."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pan_desktop.domain.errors import InputError
from pan_desktop.domain.layout import (
    AS_EVER,
    OPTIONAL,
    Language,
    Layout,
    Part,
    filled,
    read_layout,
    write_layout,
)
from pan_desktop.domain.model import Civility, Role
from pan_desktop.domain.speech import labels_of, original_labels, speech
from pan_desktop.domain.typography import Typography
from pan_desktop.domain.wording import LABELS

LAYOUTS = st.builds(
    Layout,
    st.permutations(list(Part)).map(tuple),
    st.frozensets(st.sampled_from(Part)),
    st.sampled_from(Language),
    st.dictionaries(st.sampled_from(["date", "place", "closing_text"]), st.text()).map(
        lambda labels: tuple(sorted(labels.items()))
    ),
)


@given(layout=LAYOUTS)
def test_a_layout_comes_back_as_it_was_kept(layout: Layout) -> None:
    assert read_layout(write_layout(layout), layout.language) == layout


def test_the_committee_s_own_needs_no_words() -> None:
    assert write_layout(AS_EVER) == ""
    assert read_layout("", "fr") == AS_EVER
    assert AS_EVER.shown == tuple(part for part in Part if part not in OPTIONAL)


def test_a_part_of_a_later_program_stands_at_the_end() -> None:
    known = '{"form": "layout/1", "order": ["points", "title"], "hidden": [], "labels": {}}'
    layout = read_layout(known, "fr")
    assert layout.order[:2] == (Part.POINTS, Part.TITLE)
    assert set(layout.order) == set(Part)
    assert layout.hidden == OPTIONAL


@pytest.mark.parametrize(
    "wrong",
    [
        "x",
        "[]",
        "{}",
        '{"form": "layout/2"}',
        '{"form": "layout/1", "order": ["nope"], "hidden": [], "labels": {}}',
        '{"form": "layout/1", "order": 3, "hidden": [], "labels": {}}',
        '{"form": "layout/1", "order": [], "hidden": [], "labels": []}',
        "[" * 100_000,
    ],
)
def test_what_is_no_layout_is_refused(wrong: str) -> None:
    with pytest.raises(InputError, match="ne peut pas être lue"):
        read_layout(wrong, "fr")
    with pytest.raises(InputError):
        read_layout("", "en")


def test_parts_move_within_the_list() -> None:
    first, second = AS_EVER.order[:2]
    assert AS_EVER.moved(first, 1).order[:2] == (second, first)
    assert AS_EVER.moved(first, -1) == AS_EVER
    assert AS_EVER.moved(first, 99).order[-1] is first
    assert Part.CHAIR in AS_EVER.showing(Part.CHAIR, shown=True).shown
    assert Part.TITLE not in AS_EVER.showing(Part.TITLE, shown=False).shown


@pytest.mark.parametrize("style", Typography)
def test_labels_are_the_program_s_but_for_the_office_s_own(style: Typography) -> None:
    assert labels_of(AS_EVER, style) == LABELS[style]
    own = AS_EVER.saying("place", "Salle").saying("unknown", "x")
    assert labels_of(own, style).place == "Salle"
    assert labels_of(own.saying("place", None), style) == LABELS[style]
    arabic = original_labels(Language.ARABIC, style)
    assert labels_of(Layout(language=Language.ARABIC), style) == arabic


def test_arabic_says_days_hours_people_and_numbers_as_morocco_does() -> None:
    said = speech(Language.ARABIC)
    day = date(2020, 12, 21)
    assert said.moment(day, time(14, 30), Typography.FIDELE) == (
        "الاثنين 21 دجنبر 2020 (على الساعة 14:30)"
    )
    assert said.quality(Role.ALTERNATE, Civility.MADAME, (3,)) == (
        "نائبة نقطة الاتصال، الالتزام\u00a03"
    )
    assert said.enumeration(["1", "2", "8"]) == "1، 2 و8"
    assert said.civility(Civility.MONSIEUR, Typography.FIDELE) == "السيد"


def test_fields_are_filled_whatever_their_case_and_spaces() -> None:
    values = {"date": "21 décembre 2020", "état": "Brouillon"}
    assert filled("{{date}} – {{ DATE }} ({{État}}) {{autre}} {date}", values) == (
        "21 décembre 2020 – 21 décembre 2020 (Brouillon) {{autre}} {date}"
    )
