"""Tells whether a Word file is a version of a relevé as it was issued."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from pan_desktop.app import written
from pan_desktop.app.office import reading
from pan_desktop.app.versions import STATES, lines_of
from pan_desktop.domain.calendar import moment_in_words, plain_date
from pan_desktop.domain.errors import InputError, NotFoundError
from pan_desktop.domain.model import ReleveState

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pan_desktop.app.office import Office
    from pan_desktop.app.versions import Line
    from pan_desktop.documents.docx.properties import Said
    from pan_desktop.domain.model import Meeting
    from pan_desktop.store.unit_of_work import UnitOfWork

NOT_VERIFIED = "il n’a pas pu être vérifié"
UNCHANGED = "Version {number}, {how} : inchangée. C’est le relevé du {day} ({body})."
APPROVED = "Elle a été approuvée le {moment} par {author}."
SUPERSEDED = "Une version plus récente a été diffusée : version {number}, le {moment}."
REOPENED = "Elle a été rouverte le {moment} par {author} pour être corrigée ({reason})."
CHANGED = (
    "Ce fichier se dit la version {number} du relevé du {day} ({body}), {how}, mais il a été "
    "modifié depuis sa diffusion. La version gardée peut être enregistrée depuis Conclure."
)
NEVER_ISSUED = (
    "Ce fichier se dit la version {number} du relevé du {day} ({body}), qui n’a jamais été "
    "diffusée sous ce numéro."
)
DRAFT = "Brouillon du relevé du {day} ({body}) : ce n’est pas une version diffusée."
ELSEWHERE = (
    "Ce fichier se dit {what} d’un relevé que cette base ne connaît pas : rien ne permet de dire "
    "s’il est inchangé."
)
UNKNOWN = "Ce fichier ne dit pas de quel relevé il est : ce n’est pas une version diffusée connue."


class Found(StrEnum):
    """What a file turned out to be."""

    UNCHANGED = "unchanged"
    """A version as it was issued."""
    CHANGED = "changed"
    """It says that it is a version, and differs from it."""
    DRAFT = "draft"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is known of a file."""

    found: Found
    sentence: str
    digest: str
    meeting_id: str = ""
    line: Line | None = None
    """The version it is, or says that it is."""

    @property
    def unchanged(self) -> bool:
        """Tell whether the file is an issued version, byte by byte."""
        return self.found is Found.UNCHANGED


def verify(office: Office, *, file: Path) -> Verdict:
    """Tell whether a Word file is an issued version, unchanged.

    Raises NotFoundError or InputError for a file that cannot be read or is no Word file, before
    any database is opened.
    """
    from pan_desktop.documents.docx.properties import read_said
    from pan_desktop.documents.docx.stream import UnreadableDocumentError

    content = written.read(file, kept=NOT_VERIFIED)
    try:
        said = read_said(content)
    except UnreadableDocumentError as error:
        raise InputError(error.sentence(file.name, NOT_VERIFIED)) from error
    return office.run(_judge, digest=written.digest_of(content), said=said).result


def as_data(verdict: Verdict) -> dict[str, object]:
    """Return a verdict as plain data, for other programs."""
    line = verdict.line
    return {
        "result": verdict.found.value,
        "unchanged": verdict.unchanged,
        "message": verdict.sentence,
        "sha256": verdict.digest,
        "meeting": verdict.meeting_id or None,
        "version": line.number if line else None,
        "state": line.version.state.value if line else None,
        "issued_at": line.at.isoformat() if line else None,
        "author": line.version.author if line else None,
    }


@reading
def _judge(work: UnitOfWork, *, digest: str, said: Said) -> Verdict:
    issued = work.read.versions_of_digest(digest)
    if issued:
        meeting_id = issued[0][0]
        meeting = work.read.record(meeting_id).meeting
        return _unchanged(digest, meeting, lines_of(work, meeting))
    try:
        meeting = work.read.record(said.identifier).meeting
    except NotFoundError:
        return Verdict(Found.UNKNOWN, _unknown(said), digest)
    about = {"day": plain_date(meeting.day), "body": meeting.body.name}
    if not said.version:
        return Verdict(Found.DRAFT, DRAFT.format(**about), digest, meeting.id)
    line = next((n for n in lines_of(work, meeting) if str(n.number) == said.version), None)
    if line is None:
        sentence = NEVER_ISSUED.format(number=said.version, **about)
        return Verdict(Found.UNKNOWN, sentence, digest, meeting.id)
    sentence = CHANGED.format(number=line.number, how=_how(line), **about)
    return Verdict(Found.CHANGED, sentence, digest, meeting.id, line)


def _unchanged(digest: str, meeting: Meeting, lines: Sequence[Line]) -> Verdict:
    same = [line for line in lines if line.version.digest == digest]
    first, last, latest = same[0], same[-1], lines[-1]
    about = {"day": plain_date(meeting.day), "body": meeting.body.name}
    sentences = [UNCHANGED.format(number=first.number, how=_how(first), **about)]
    if last.version.state is ReleveState.APPROVED:
        sentences.append(APPROVED.format(moment=last.moment, author=last.version.author))
    if latest.number != first.number:
        sentences.append(SUPERSEDED.format(number=latest.number, moment=latest.moment))
    elif last.reopened_at is not None:
        moment = moment_in_words(last.reopened_at)
        version = last.version
        sentences.append(
            REOPENED.format(
                moment=moment, author=version.reopened_by, reason=version.reopened_reason
            )
        )
    return Verdict(Found.UNCHANGED, " ".join(sentences), digest, meeting.id, last)


def _how(line: Line) -> str:
    corrected = "corrigée, " if line.version.state is ReleveState.CORRECTED else ""
    return f"{corrected}diffusée le {line.moment} par {line.version.author}"


def _unknown(said: Said) -> str:
    if not said.identifier:
        return UNKNOWN
    draft = said.status == STATES[ReleveState.DRAFT] or not said.version
    return ELSEWHERE.format(what="le brouillon" if draft else f"la version {said.version}")
