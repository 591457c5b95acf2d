"""Keys: what a passphrase gives, and the code that says a key on paper."""

from __future__ import annotations

import pickle
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pan_desktop.domain.errors import InputError
from pan_desktop.domain.keys import CODE_LENGTH, Key, normalised
from tests.builders import thorough

SALT = bytes(range(16))
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
raws = st.binary(min_size=32, max_size=32)


def test_a_passphrase_gives_one_key_for_a_salt() -> None:
    key = Key.derived("cheval correct pile agrafe", SALT)
    assert key == Key.derived("cheval correct pile agrafe", SALT)
    assert key != Key.derived("cheval correct pile agrafes", SALT)
    assert key != Key.derived("cheval correct pile agrafe", SALT[::-1])
    assert len(key.for_the_driver()) == len("x''") + 2 * (32 + 16)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("été", "e\u0301te\u0301"),
        ("deux mots", "deux\u00a0mots"),
        ("deux mots", "deux\u202fmots"),
        ("collée", "  collée\n"),
        ("عبارة سرية", "\u200fعبارة سرية\u200e"),
    ],
)
def test_a_passphrase_is_the_same_from_every_keyboard(one: str, other: str) -> None:
    assert normalised(one) == normalised(other)


@pytest.mark.parametrize(
    "other", ["Deux mots", "deuxmots", "deux  mots", "deux mots.", "deux môts"]
)
def test_what_a_person_sees_as_another_passphrase_is_another(other: str) -> None:
    assert normalised("deux mots") != normalised(other)


@thorough
@given(raws)
def test_a_code_says_its_key(raw: bytes) -> None:
    key = Key(raw, SALT)
    assert len(key.code) == 8
    assert all(re.fullmatch(f"[{LETTERS}]{{4}} [{LETTERS}]{{4}}", line) for line in key.code)
    assert Key.of_code("\n".join(key.code), SALT) == key


@thorough
@given(raws, st.data())
def test_a_slip_is_told_with_its_line(raw: bytes, data: st.DataObject) -> None:
    lines = list(Key(raw, SALT).code)
    at = data.draw(st.integers(0, 7))
    place = data.draw(st.sampled_from([0, 1, 2, 3, 5, 6, 7, 8]))
    wrong = data.draw(st.sampled_from([x for x in LETTERS if x != lines[at][place]]))
    lines[at] = lines[at][:place] + wrong + lines[at][place + 1 :]
    with pytest.raises(InputError, match=rf"ligne {at + 1} "):
        Key.of_code("\n".join(lines), SALT)


@thorough
@given(raws, st.data())
def test_two_signs_swapped_are_told(raw: bytes, data: st.DataObject) -> None:
    code = "".join(Key(raw, SALT).code).replace(" ", "")
    at = data.draw(st.integers(0, len(code) - 2))
    swapped = code[:at] + code[at + 1] + code[at] + code[at + 2 :]
    if swapped == code:
        return
    with pytest.raises(InputError, match="ligne"):
        Key.of_code(swapped, SALT)


def test_two_lines_swapped_are_told() -> None:
    lines = list(Key(bytes(range(32)), SALT).code)
    lines[2], lines[3] = lines[3], lines[2]
    with pytest.raises(InputError, match="ligne 3 "):
        Key.of_code("\n".join(lines), SALT)


@thorough
@given(raws)
def test_a_code_is_read_as_people_write(raw: bytes) -> None:
    key = Key(raw, SALT)
    text = " - ".join(key.code).lower().replace("0", "o").replace("1", "l")
    assert Key.of_code(f"\u00a0{text}.\r\n", SALT) == key


def test_what_is_no_code_is_told() -> None:
    with pytest.raises(InputError) as caught:
        Key.of_code("ABCD", SALT)
    assert str(caught.value) == CODE_LENGTH.format(found=4, wanted=64)
    with pytest.raises(InputError, match="« É »"):
        Key.of_code("É" * 64, SALT)


def test_a_key_shows_itself_nowhere() -> None:
    key = Key(b"k" * 32, SALT)
    shown = f"{key} {key!r} {[key]} {vars(Key)}"
    assert "kkkk" not in shown
    assert (b"k" * 4).hex() not in shown
    with pytest.raises(TypeError):
        pickle.dumps(key)
