"""Writes a meeting's relevé to a file: Word, or the interchange form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pan_desktop.app import releve, versions, written
from pan_desktop.app.office import reading
from pan_desktop.app.written import Existing
from pan_desktop.domain.errors import InputError
from pan_desktop.domain.model import ReleveState

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from pan_desktop.app.office import Office
    from pan_desktop.app.versions import Line
    from pan_desktop.documents.model import Document
    from pan_desktop.domain.typography import Typography
    from pan_desktop.store.unit_of_work import UnitOfWork

UNKNOWN_KIND = (
    "« {name} » n’est ni un .docx ni un .json : rien n’a été écrit. Donnez au fichier l’une de "
    "ces deux extensions."
)
AS_ISSUED = (
    "Le relevé est {state} : le fichier est celui de la version {number}, tel qu’il a été gardé."
)


@dataclass(frozen=True, slots=True)
class Exported:
    """A written file, and what the user should know of it, in French."""

    path: Path
    remarks: tuple[str, ...]
    digest: str
    """The SHA-256 of its bytes, in hexadecimal."""


def export(
    office: Office,
    *,
    meeting_id: str,
    target: Path,
    style: Typography,
    now: datetime,
    existing: Existing = Existing.KEEP_CHANGED,
) -> Exported:
    """Write a meeting's relevé to ``target``, .docx or .json by its extension.

    The file is replaced whole or not at all. Of a relevé that is issued the Word file is the
    last version's own, byte by byte. Raises NotFoundError, InputError for another extension,
    FileTakenError for a file that ``existing`` keeps, FileUnwritableError when the machine
    refuses.
    """
    kind = target.suffix.lower()
    if kind not in {".docx", ".json"}:
        raise InputError(UNKNOWN_KIND.format(name=target.name))
    written.guard(office, target, existing)
    if kind == ".json":
        remarks = office.run(releve.shortcomings, meeting_id=meeting_id).result
        content = office.run(releve.releve_json, meeting_id=meeting_id).result
    else:
        content, remarks = word_file(
            office, meeting_id=meeting_id, name=target.name, style=style, now=now
        )
    digest = written.put(office, target, content, meeting_id=meeting_id)
    return Exported(target, remarks, digest)


def word_file(
    office: Office, *, meeting_id: str, name: str, style: Typography, now: datetime
) -> tuple[bytes, tuple[str, ...]]:
    """Return the relevé as a Word file called ``name``, and what the user should know of it."""
    kept = office.run(_last_issued, meeting_id=meeting_id).result
    if kept is not None:
        line, content = kept
        state = versions.STATES[line.version.state].lower()
        return content, (AS_ISSUED.format(state=state, number=line.number),)
    document, remarks = office.run(_drafted, meeting_id=meeting_id, style=style, at=now).result
    found = versions.unconfirmed(*office.run(versions.checked, meeting_id=meeting_id).result)
    blocking = versions.counted_blocking(found)
    if blocking:
        remarks = (*remarks, f"{blocking}.")
    content, left_out = versions.rendered(document, name)
    return content, (*remarks, *left_out)


@reading
def _last_issued(work: UnitOfWork, *, meeting_id: str) -> tuple[Line, bytes] | None:
    """Return the version that a locked relevé stands at, None for a draft."""
    meeting = work.read.record(meeting_id).meeting
    lines = versions.lines_of(work, meeting)
    if meeting.state is ReleveState.DRAFT or not lines:
        return None
    return lines[-1], versions.kept_file(work, version_id=lines[-1].id)


@reading
def _drafted(
    work: UnitOfWork, *, meeting_id: str, style: Typography, at: datetime
) -> tuple[Document, tuple[str, ...]]:
    """Return the relevé as a draft, and what it lacks."""
    document = versions.draft(work, meeting_id=meeting_id, style=style, at=at)
    return document, releve.shortcomings(work, meeting_id=meeting_id)
