"""Writes a meeting's relevé to a file: Word, PDF, HTML, text, or the interchange form."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pan_desktop.app import releve, rendering, versions, written
from pan_desktop.app.document_templates import template_of
from pan_desktop.app.office import reading
from pan_desktop.app.rendering import PdfBy, PdfMaking
from pan_desktop.app.written import Existing
from pan_desktop.domain.errors import InputError
from pan_desktop.domain.model import ReleveState

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from pan_desktop.app.document_templates import House
    from pan_desktop.app.office import Office
    from pan_desktop.app.versions import Line
    from pan_desktop.documents.docx.template import TemplateFile
    from pan_desktop.documents.model import Document
    from pan_desktop.domain.layout import Layout
    from pan_desktop.domain.typography import Typography
    from pan_desktop.store.unit_of_work import UnitOfWork

NO_NAME = "Le fichier n’a pas de nom : rien n’a été écrit. Donnez-lui-en un."
UNKNOWN_KIND = (
    "« {name} » n’a pas été écrit : son extension n’est pas de celles que le programme écrit "
    "(.docx, .pdf, .html, .txt ou .json). Donnez au fichier l’une d’elles."
)
AS_ISSUED = (
    "Le relevé est {state} : le fichier est celui de la version {number}, tel qu’il a été gardé."
)
FROM_ISSUED = (
    "Le relevé est {state} : c’est le fichier Word de la version {number}, gardé, qui fait foi."
)


_NO_PAGES = PdfMaking()


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
    making: PdfMaking = _NO_PAGES,
    house: House | None = None,
) -> Exported:
    """Write a meeting's relevé to ``target``: Word, PDF, HTML, text or JSON by its extension.

    The file is replaced whole or not at all. Of a relevé that is issued the Word file is the
    last version's own, byte by byte. ``making`` says how a PDF is made; ``house`` is a template
    in the place of the meeting's own. Raises NotFoundError,
    InputError for another extension, FileTakenError for a file that ``existing`` keeps,
    FileUnwritableError when the machine refuses, OtherProgramError when LibreOffice does.
    """
    kind = target.suffix.lower()
    if not target.name:
        raise InputError(NO_NAME)
    if kind not in {".json", *rendering.SUFFIXES}:
        raise InputError(UNKNOWN_KIND.format(name=target.name))
    written.guard(office, target, existing)
    if kind == ".json":
        remarks = office.run(releve.shortcomings, meeting_id=meeting_id).result
        content = office.run(releve.releve_json, meeting_id=meeting_id).result
    elif kind == rendering.WORD or (kind == rendering.PDF and making.by is PdfBy.LIBREOFFICE):
        content, remarks = word_file(
            office, meeting_id=meeting_id, name=target.name, style=style, now=now, house=house
        )
        if kind == rendering.PDF:
            content = rendering.by_libreoffice(content, target.name)
    else:
        layout = house.layout if house else None
        document, remarks = office.run(
            _as_it_is, meeting_id=meeting_id, style=style, at=now, layout=layout
        ).result
        content, left_out = rendering.content_of(document, target.name, making)
        remarks = (*remarks, *left_out)
    digest = written.put(office, target, content, meeting_id=meeting_id)
    return Exported(target, remarks, digest)


def word_file(
    office: Office,
    *,
    meeting_id: str,
    name: str,
    style: Typography,
    now: datetime,
    house: House | None = None,
) -> tuple[bytes, tuple[str, ...]]:
    """Return the relevé as a Word file called ``name``, and what the user should know of it."""
    kept = office.run(_last_issued, meeting_id=meeting_id).result
    if kept is not None:
        line, content = kept
        state = versions.STATES[line.version.state].lower()
        return content, (AS_ISSUED.format(state=state, number=line.number),)
    document, template, remarks = office.run(
        _drafted, meeting_id=meeting_id, style=style, at=now, layout=house.layout if house else None
    ).result
    found = versions.unconfirmed(*office.run(versions.checked, meeting_id=meeting_id).result)
    blocking = versions.counted_blocking(found)
    if blocking:
        remarks = (*remarks, f"{blocking}.")
    content, left_out = versions.rendered(document, name, house.file if house else template)
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
    work: UnitOfWork, *, meeting_id: str, style: Typography, at: datetime, layout: Layout | None
) -> tuple[Document, TemplateFile | None, tuple[str, ...]]:
    """Return the relevé as a draft, the template of its meeting, and what it lacks."""
    document = versions.draft(work, meeting_id=meeting_id, style=style, at=at, layout=layout)
    template = template_of(work, meeting_id=meeting_id)
    return document, template, releve.shortcomings(work, meeting_id=meeting_id)


@reading
def _as_it_is(
    work: UnitOfWork, *, meeting_id: str, style: Typography, at: datetime, layout: Layout | None
) -> tuple[Document, tuple[str, ...]]:
    """Return the relevé as it stands, issued or not, and what the user should know of it."""
    document, _, lacking = _drafted(work, meeting_id=meeting_id, style=style, at=at, layout=layout)
    kept = _last_issued(work, meeting_id=meeting_id)
    if kept is None:
        return document, lacking
    line, _ = kept
    state = versions.STATES[line.version.state]
    properties = replace(document.properties, version=str(line.number), status=state)
    said = FROM_ISSUED.format(state=state.lower(), number=line.number)
    return replace(document, properties=properties), (said,)
