"""Writes a meeting's relevé to a file: Word, or the interchange form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pan_desktop.app import releve
from pan_desktop.domain.errors import FileTakenError, FileVerificationError, InputError
from pan_desktop.domain.typography import Typography

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from pan_desktop.app.office import Office

UNKNOWN_KIND = (
    "« {name} » n’est ni un .docx ni un .json : rien n’a été écrit. Donnez au fichier l’une de "
    "ces deux extensions."
)
NOT_AS_MEANT = (
    "Le fichier relu après écriture diffère de ce qui devait y être : il n’a remplacé aucun autre. "
    "Vérifiez le disque, puis recommencez."
)
SHORTENED = (
    "Le titre ou le sujet inscrit dans les propriétés du fichier est abrégé, Word s’arrêtant à 255 "
    "caractères ; le texte du relevé est entier."
)
TAKEN = "Un fichier « {name} » existe déjà : il n’a pas été touché. Faut-il le remplacer ?"
LEFT_OUT = (
    "Des caractères de commande, invisibles, n’ont pas leur place dans un fichier Word et n’y "
    "figurent pas ({places}) ; ils restent dans la base."
)


Stamp = tuple[int, int]
"""When a file was last changed (nanoseconds) and its size."""


@dataclass(frozen=True, slots=True)
class Exported:
    """A written file, and what the user should know of it, in French."""

    path: Path
    remarks: tuple[str, ...]
    stamp: Stamp
    """What tells the file from one that somebody else wrote or changed since."""


def export(
    office: Office,
    *,
    meeting_id: str,
    target: Path,
    style: Typography,
    now: datetime,
    overwrite: bool = True,
    written: Stamp | None = None,
) -> Exported:
    """Write a meeting's relevé to ``target``, .docx or .json by its extension.

    The file is replaced whole or not at all. Without ``overwrite`` only a file that still has
    the stamp ``written`` is replaced: one retouched by hand in Word is not. Raises
    NotFoundError, InputError for another extension, FileTakenError, FileUnwritableError when
    the machine refuses.
    """
    if not overwrite and target.exists() and _stamp(target) != written:
        raise FileTakenError(TAKEN.format(name=target.name))
    remarks = list(office.run(releve.shortcomings, meeting_id=meeting_id).result)
    match target.suffix.lower():
        case ".docx":
            from pan_desktop.documents.docx.writer import write_docx

            document = office.run(
                releve.compose, meeting_id=meeting_id, style=style, written=now
            ).result
            report = write_docx(document, target)
            if report.removed_characters:
                places = ", ".join(dict.fromkeys(place for place, _ in report.removed_characters))
                remarks.append(LEFT_OUT.format(places=places))
            if report.shortened_properties:
                remarks.append(SHORTENED)
        case ".json":
            from pan_desktop.documents.saving import save

            content = office.run(releve.releve_json, meeting_id=meeting_id).result
            save(content, target, check=_same(content))
        case _:
            raise InputError(UNKNOWN_KIND.format(name=target.name))
    return Exported(target, tuple(remarks), _stamp(target))


def _stamp(file: Path) -> Stamp:
    found = file.stat()
    return found.st_mtime_ns, found.st_size


def _same(content: bytes) -> Callable[[Path], None]:
    """Return a check that a file on the disk holds exactly ``content``."""

    def check(written: Path) -> None:
        if written.read_bytes() != content:
            raise FileVerificationError(NOT_AS_MEANT)

    return check
