import pytest

from pan_desktop.domain.errors import InputError
from pan_desktop.domain.numbers import parse_numbers
from pan_desktop.domain.typography import enumeration


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ()),
        ("   ", ()),
        ("8", (8,)),
        ("1, 2 et 8", (1, 2, 8)),
        ("1,2,8", (1, 2, 8)),
        ("1 2 8", (1, 2, 8)),
        ("1;2 ; 8", (1, 2, 8)),
        ("1\u00a0et\u00a02", (1, 2)),
        ("1 ET 2", (1, 2)),
        ("1 & 2", (1, 2)),
        ("8, 2, 2 et 1", (1, 2, 8)),
        ("3-5", (3, 4, 5)),
        ("3 – 5, 9", (3, 4, 5, 9)),
        ("1 et 4 à 6", (1, 4, 5, 6)),
        ("4-4", (4,)),
        (" 12 , ", (12,)),
    ],
)
def test_lists_are_read(text: str, expected: tuple[int, ...]) -> None:
    assert parse_numbers(text) == expected


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("un", "« un »"),
        ("1, deux", "« deux »"),
        ("0", "« 0 »"),
        ("1.5", "« 1.5 »"),
        ("-3", "« -3 »"),
        ("3-", "« 3- »"),
        ("1-2-3", "« 1-2-3 »"),
        ("12345", "« 12345 »"),
        ("5-3", "« 5-3 »"),
        ("²", "« ² »"),
        ("\u0663", "« \u0663 »"),
    ],
)
def test_what_cannot_be_read_is_named(text: str, named: str) -> None:
    with pytest.raises(InputError, match="rien n’a été enregistré") as raised:
        parse_numbers(text)
    assert named in raised.value.sentence


def test_a_range_backwards_is_told_the_right_way_round() -> None:
    with pytest.raises(InputError, match="« 3-5 »"):
        parse_numbers("5-3")


@pytest.mark.parametrize("numbers", [(1,), (1, 2), (1, 2, 8), tuple(range(1, 19))])
def test_what_the_program_prints_is_read_back(numbers: tuple[int, ...]) -> None:
    assert parse_numbers(enumeration([str(n) for n in numbers])) == numbers
