"""The key of an encrypted database: from a passphrase, or from the recovery code on paper.

Nothing here is cryptography of our own: the key is the one that SQLCipher 4 itself makes of a
passphrase (PBKDF2-HMAC-SHA512, 256,000 rounds), so that any SQLCipher tool opens the file by it.
It is made once, not for each connection, which would cost 0.3 s each.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import unicodedata
from typing import NoReturn

from pan_desktop.domain.errors import InputError

SALT_BYTES = 16
KEY_BYTES = 32
_ROUNDS = 256_000

# Crockford's letters: none is taken for another, and each is the same in upper and lower case.
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MISREAD = str.maketrans("OIL", "011")
LINES = 8
"""So many lines the recovery code has on paper, of two groups of four letters each."""
_TOLD_BY_A_LINE = 7
_LINE = _TOLD_BY_A_LINE + 1
_CHECK_BYTES = LINES * _TOLD_BY_A_LINE * 5 // 8 - KEY_BYTES

CODE_LENGTH = (
    "Cette clé de secours a {found} signes au lieu de {wanted} : rien n’a été ouvert. Recopiez "
    "ses huit lignes en entier."
)
CODE_LETTER = (
    "Le signe « {sign} » n’existe dans aucune clé de secours : rien n’a été ouvert. Relisez la "
    "page imprimée, qui n’emploie que des chiffres et des lettres sans accent."
)
CODE_LINE = (
    "La ligne {line} de la clé de secours est mal recopiée : rien n’a été ouvert. Relisez-la sur "
    "la page imprimée."
)


class Key:
    """The raw key of an encrypted database file, with the salt that its pages are signed with.

    It never shows itself: neither printed, nor in a crash report, nor pickled.
    """

    __slots__ = ("_raw", "salt")

    def __init__(self, raw: bytes, salt: bytes) -> None:
        """Hold ``raw`` (32 bytes) for a file that begins with ``salt`` (16 bytes)."""
        assert len(raw) == KEY_BYTES
        assert len(salt) == SALT_BYTES
        self._raw = raw
        self.salt = salt

    @classmethod
    def derived(cls, passphrase: str, salt: bytes) -> Key:
        """Return the key that a passphrase gives for a file with this ``salt``; takes 0.3 s."""
        words = normalised(passphrase).encode()
        return cls(hashlib.pbkdf2_hmac("sha512", words, salt, _ROUNDS, KEY_BYTES), salt)

    @classmethod
    def fresh(cls, passphrase: str) -> Key:
        """Return the key that a passphrase gives for a new file, of a new salt."""
        return cls.derived(passphrase, secrets.token_bytes(SALT_BYTES))

    @classmethod
    def of_code(cls, code: str, salt: bytes) -> Key:
        """Return the key that a recovery code says, for a file with this ``salt``.

        Raises InputError with the line that is wrong when the code was copied badly.
        """
        return cls(_raw_of_code(code), salt)

    @property
    def code(self) -> tuple[str, ...]:
        """Return the recovery code: the lines to print, each of two groups of four letters."""
        check = hashlib.sha256(self._raw).digest()[:_CHECK_BYTES]
        number = int.from_bytes(self._raw + check, "big")
        values = [number >> 5 * place & 31 for place in reversed(range(LINES * _TOLD_BY_A_LINE))]
        lines = []
        for line in range(LINES):
            told = values[line * _TOLD_BY_A_LINE :][:_TOLD_BY_A_LINE]
            letters = "".join(_LETTERS[value] for value in [*told, _line_check(line, told)])
            lines.append(f"{letters[:4]} {letters[4:]}")
        return tuple(lines)

    def for_the_driver(self) -> str:
        """Return the key in the form that SQLCipher's ``sqlite3_key`` takes raw keys in."""
        return f"x'{self._raw.hex()}{self.salt.hex()}'"

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Key)
            and hmac.compare_digest(self._raw, other._raw)
            and self.salt == other.salt
        )

    def __hash__(self) -> int:
        return hash((self._raw, self.salt))

    def __repr__(self) -> str:
        return "Key(…)"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a key is not written anywhere")


def normalised(passphrase: str) -> str:
    """Return a passphrase as every keyboard and system would have given it.

    As RFC 8265 has it: composed letters and plain spaces. Invisible marks (of direction, in what
    was pasted) and blanks around it are left out.
    """
    composed = unicodedata.normalize("NFC", passphrase)
    kinds = ((sign, unicodedata.category(sign)) for sign in composed)
    return "".join(" " if kind == "Zs" else sign for sign, kind in kinds if kind != "Cf").strip()


def _raw_of_code(code: str) -> bytes:
    signs = [sign for sign in unicodedata.normalize("NFKC", code).upper() if sign.isalnum()]
    letters = "".join(signs).translate(_MISREAD)
    for sign in letters:
        if sign not in _LETTERS:
            raise InputError(CODE_LETTER.format(sign=sign))
    if len(letters) != LINES * _LINE:
        raise InputError(CODE_LENGTH.format(found=len(letters), wanted=LINES * _LINE))
    number = 0
    for line in range(LINES):
        values = [_LETTERS.index(letter) for letter in letters[line * _LINE :][:_LINE]]
        if _line_check(line, values[:-1]) != values[-1]:
            raise InputError(CODE_LINE.format(line=line + 1))
        for value in values[:-1]:
            number = number << 5 | value
    whole = number.to_bytes(KEY_BYTES + _CHECK_BYTES, "big")
    raw, check = whole[:KEY_BYTES], whole[KEY_BYTES:]
    if hashlib.sha256(raw).digest()[:_CHECK_BYTES] != check:
        # Two slips in one line can hide from its sign; which line it is, nobody can say.
        raise InputError(CODE_LINE.format(line=f"1 à {LINES}"))
    return raw


def _line_check(line: int, values: list[int]) -> int:
    """Return the sign that ends a line: any one wrong sign, and any two swapped, change it.

    A polynomial over the field of 32 elements. The line's number is in it, for lines swapped.
    """
    check = line + 1
    for value in values:
        check = _doubled(check) ^ value
    return _doubled(check)


def _doubled(value: int) -> int:
    return (value << 1) ^ (0b100101 if value & 16 else 0)
