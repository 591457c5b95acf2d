"""Files from outside: how much of one is read, and what it really is.

Anyone may send the office a file, and its name says nothing of what is in it. What is wrong is
told by a ``PackageError``, whose French words the reader of that kind of file puts into its own
sentence: it alone knows what was being done, and what was kept.
"""

from __future__ import annotations

import os
import stat
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

LARGEST_FILE = 64 * 1024 * 1024
"""In bytes: more than any relevé, workbook or template, with its pictures."""

_AT_ONCE = 1024 * 1024
_LOOKED_AT = 1024
"""So many bytes tell a text from what is none."""


class PackageError(Exception):
    """A file cannot be taken: why, and what may be done about it, both in French."""

    def __init__(self, reason: str, remedy: str = "Demandez de nouveau le fichier") -> None:
        """Take what follows the file's name in a sentence, and a sentence without its stop."""
        super().__init__(reason)
        self.reason = reason
        self.remedy = remedy

    def sentence(self, name: str, kept: str) -> str:
        """Return the whole sentence: ``kept`` says what was left as it was."""
        return f"« {name} » {self.reason} : {kept}. {self.remedy}."


class Kind(StrEnum):
    """What a file is, whatever it is called."""

    PACKAGE = "zip"
    OPEN_DOCUMENT = "odf"
    WORD_97 = "doc"
    EXCEL_97 = "xls"
    OLE = "ole"
    PROTECTED = "protected"
    RTF = "rtf"
    PDF = "pdf"
    HTML = "html"
    XML = "xml"
    IMAGE = "image"
    TEXT = "text"
    EMPTY = "empty"
    UNKNOWN = "unknown"


_IN_WORD = "Ouvrez-le dans Word et enregistrez-le au format .docx"
_IN_EXCEL = "Ouvrez-le dans Excel et enregistrez-le comme « Classeur Excel (.xlsx) »"
_IN_WRITER = "Ouvrez-le dans LibreOffice et enregistrez-le dans le format demandé"
_ANOTHER = "Choisissez un autre fichier, ou demandez-le à qui l’a écrit"
_AGAIN = "Demandez de nouveau le fichier à qui l’a envoyé"
_WORDS = {
    Kind.PACKAGE: ("est une archive ZIP d’une autre sorte", _ANOTHER),
    Kind.OPEN_DOCUMENT: ("est un document LibreOffice", _IN_WRITER),
    Kind.WORD_97: ("est un document Word 97-2003 (.doc)", _IN_WORD),
    Kind.EXCEL_97: ("est un classeur Excel 97-2003 (.xls)", _IN_EXCEL),
    Kind.OLE: ("est un ancien fichier d’Office", _ANOTHER),
    Kind.PROTECTED: (
        "est protégé par un mot de passe",
        "Ouvrez-le avec son mot de passe et enregistrez-le sans mot de passe",
    ),
    Kind.RTF: ("est un document RTF", _IN_WORD),
    Kind.PDF: ("est un fichier PDF", _ANOTHER),
    Kind.HTML: ("est une page web", _IN_WORD),
    Kind.XML: ("est un fichier XML", _IN_WORD),
    Kind.IMAGE: ("est une image", _ANOTHER),
    Kind.TEXT: ("est un simple texte", _ANOTHER),
    Kind.EMPTY: ("est vide", _AGAIN),
    Kind.UNKNOWN: ("est endommagé ou d’une sorte inconnue", _AGAIN),
}

_BEGINNINGS = {
    (b"pk\3\4", b"pk\5\6"): Kind.PACKAGE,
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",): Kind.OLE,
    (b"{\\rtf",): Kind.RTF,
    (b"%pdf",): Kind.PDF,
    (b"\x89png", b"\xff\xd8\xff", b"gif8", b"ii*\0", b"mm\0*", b"riff"): Kind.IMAGE,
    (b"<!doctype html", b"<html"): Kind.HTML,
    (b"<?xml",): Kind.XML,
}
"""In lower case."""
_ODF = b"mimetypeapplication/vnd.oasis.opendocument"
_STREAMS = {
    "EncryptedPackage": Kind.PROTECTED,
    "WordDocument": Kind.WORD_97,
    "Workbook": Kind.EXCEL_97,
    "Book": Kind.EXCEL_97,
}
"""What an OLE file is, by the name of a stream in its directory."""


def kind_of(content: bytes) -> Kind:
    """Return what a file is by its bytes alone."""
    head = content[:_LOOKED_AT].removeprefix(b"\xef\xbb\xbf").lstrip()
    if not head.strip(b"\0"):
        return Kind.EMPTY
    lowered = head.lower()
    kind = next((kind for marks, kind in _BEGINNINGS.items() if lowered.startswith(marks)), None)
    if kind is Kind.PACKAGE:
        return Kind.OPEN_DOCUMENT if _ODF in head[:120] else kind
    if kind is Kind.OLE:
        names = ((name.encode("utf-16-le") + b"\0\0", kind) for name, kind in _STREAMS.items())
        return next((kind for name, kind in names if name in content), kind)
    return kind or (Kind.UNKNOWN if _binary(content[:_LOOKED_AT]) else Kind.TEXT)


def another_kind(content: bytes) -> PackageError:
    """Return the error that says what a file is, for one that is not what was asked for."""
    return PackageError(*_WORDS[kind_of(content)])


def read_bounded(path: Path, limit: int = LARGEST_FILE) -> bytes:
    """Return the bytes of a file of at most ``limit``.

    Raises PackageError for a file that is not there, is larger, grows while it is read, or is no
    plain file: a folder, a device, a pipe that nobody writes to.
    """
    try:
        descriptor = os.open(path, _FLAGS)
        try:
            _check_plain(os.fstat(descriptor), limit)
            pieces, room = [], limit + 1
            while room > 0 and (piece := os.read(descriptor, min(_AT_ONCE, room))):
                pieces.append(piece)
                room -= len(piece)
        finally:
            os.close(descriptor)
    except IsADirectoryError as error:
        raise _folder() from error
    except (OSError, ValueError) as error:  # ValueError: a name with a zero byte
        raise PackageError(
            "ne peut pas être lu", "Vérifiez le nom du fichier et le droit de le lire"
        ) from error
    if room <= 0:
        raise _too_large(limit)
    return b"".join(pieces)


# A pipe that nobody writes to is opened without waiting, a terminal without becoming ours;
# Windows knows neither, and has a text mode instead.
_FLAGS = os.O_RDONLY
for _name in ("O_NONBLOCK", "O_NOCTTY", "O_BINARY"):
    _FLAGS |= getattr(os, _name, 0)


def _check_plain(status: os.stat_result, limit: int) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise _folder()
    if not stat.S_ISREG(status.st_mode):
        raise PackageError("n’est pas un fichier ordinaire", _ANOTHER)
    if status.st_size > limit:
        raise _too_large(limit)


def _folder() -> PackageError:
    return PackageError("est un dossier", "Choisissez un fichier")


def _too_large(limit: int) -> PackageError:
    most = f"{limit // (1024 * 1024)} Mo" if limit >= _AT_ONCE else f"{limit} octets"
    return PackageError(f"est trop gros (plus de {most})", "Choisissez un fichier plus petit")


def _binary(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    return any(byte < 32 and byte not in b"\t\n\v\f\r\x1b" for byte in head)
