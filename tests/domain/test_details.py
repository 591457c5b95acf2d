from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pan_desktop.domain.details import Shape, Stretch, stretches
from tests.builders import details, thorough

P, N, B = Shape.PARAGRAPH, Shape.NUMBERED, Shape.BULLETS


def shapes(text: str) -> list[tuple[Shape, tuple[str, ...]]]:
    return [(stretch.shape, stretch.lines) for stretch in stretches(text)]


def test_a_paragraph_stands_alone() -> None:
    assert stretches("un\ndeux") == (Stretch(P, ("un",)), Stretch(P, ("deux",)))


def test_numbers_in_order_are_one_list() -> None:
    assert shapes("Suite :\n1. a\n2. b\n3. c\nFin.") == [
        (P, ("Suite :",)),
        (N, ("a", "b", "c")),
        (P, ("Fin.",)),
    ]


def test_dashes_are_one_list() -> None:
    assert shapes("- a\n– b\n• c") == [(B, ("a", "b", "c"))]


def test_a_list_that_starts_at_1_again_is_another() -> None:
    assert shapes("1. a\n1. b\n2. c") == [(N, ("a",)), (N, ("b", "c"))]


def test_a_list_of_another_kind_is_another() -> None:
    assert shapes("1. a\n- b\n1. c") == [(N, ("a",)), (B, ("b",)), (N, ("c",))]


@pytest.mark.parametrize(
    "text",
    [
        "2. b",
        "0. a",
        "1) a",
        "1.a",
        "1.",
        "-",
        "-a",
        "1er trimestre",
        "2027. Fin",
        "1.5 million",
        "a - b",
    ],
)
def test_what_only_looks_like_a_mark_stays_text(text: str) -> None:
    assert shapes(text) == [(P, (text,))]


def test_a_number_out_of_order_stays_text() -> None:
    assert shapes("1. a\n3. c") == [(N, ("a",)), (P, ("3. c",))]
    assert shapes("1. a\nsuite\n2. b") == [(N, ("a",)), (P, ("suite",)), (P, ("2. b",))]


def test_a_number_written_otherwise_stays_text() -> None:
    assert shapes("01. a") == [(P, ("01. a",))]
    assert shapes("1. a\n02. b") == [(N, ("a",)), (P, ("02. b",))]


def test_a_number_in_other_digits_stays_text() -> None:
    assert shapes("١. a") == [(P, ("١. a",))]


@pytest.mark.parametrize("text", ["", "\n", "  \n\t\n"])
def test_nothing_typed_is_no_stretch(text: str) -> None:
    assert stretches(text) == ()


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\n\n"])
def test_any_end_of_line_separates(end: str) -> None:
    assert shapes(end.join(["1. a", "2. b", "c"])) == [(N, ("a", "b")), (P, ("c",))]


@thorough
@given(text=st.one_of(details, st.text("12.- a\n", max_size=30)))
def test_no_word_is_lost_whatever_is_typed(text: str) -> None:
    told: list[str] = []
    for stretch in stretches(text):
        marks = {
            P: [""],
            N: [f"{n}. " for n in range(1, len(stretch.lines) + 1)],
            B: ["- "] * len(stretch.lines),
        }[stretch.shape]
        told += [mark + line for mark, line in zip(marks, stretch.lines, strict=True)]
    assert " ".join(" ".join(told).split()) == " ".join(text.split())
