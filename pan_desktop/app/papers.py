"""Writes the other papers of a meeting: invitation, sheet to sign, letters, what nobody told of.

By the same road as the relevé: domain, composition, document model, writer. An invitation is
also a draft e-mail to all that are expected, and an entry of their calendars.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from pan_desktop.app import rendering, versions, written
from pan_desktop.app.document_templates import template_of
from pan_desktop.app.meetings import view_meeting
from pan_desktop.app.office import reading
from pan_desktop.app.paper_words import paper_words
from pan_desktop.app.rendering import PdfMaking
from pan_desktop.app.written import Existing
from pan_desktop.documents.papers.absence_letter import compose_letter
from pan_desktop.documents.papers.attendance_sheet import compose_sheet
from pan_desktop.documents.papers.common import Setting
from pan_desktop.documents.papers.convocation import compose_convocation
from pan_desktop.documents.papers.unrepresented import compose_unrepresented
from pan_desktop.domain.errors import ConflictError, FileUnwritableError, InputError
from pan_desktop.domain.papers import Expected, Paper, Rate, letters, unrepresented
from pan_desktop.domain.trajectory import Trajectory
from pan_desktop.domain.typography import counted, enumeration

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from pan_desktop.app.office import Office
    from pan_desktop.documents.docx.template import TemplateFile
    from pan_desktop.documents.model import Document
    from pan_desktop.domain.model import MeetingRecord
    from pan_desktop.domain.papers import PaperWords, Unrepresented
    from pan_desktop.domain.typography import Typography
    from pan_desktop.store.unit_of_work import UnitOfWork

MAIL, CALENDAR = ".eml", ".ics"
NAMES = {
    Paper.CONVOCATION: "Convocation",
    Paper.PRESENCE: "Feuille de présence",
    Paper.LETTERS: "Lettre",
    Paper.UNREPRESENTED: "Engagements non représentés",
}
"""What the files are called, before the day of the meeting."""

UNKNOWN_KIND = (
    "« {name} » n’a pas été écrit : son extension n’est pas de celles de ce document ({known}). "
    "Donnez au fichier l’une d’elles."
)
A_FOLDER = (
    "Il y a une lettre par institution : « {name} » n’a pas été écrit. Indiquez un dossier, par "
    "exemple « Lettres »."
)
NO_LETTER = (
    "Tous les engagements étaient représentés à cette réunion : aucune lettre n’a été écrite."
)
NOBODY_KNOWN = (
    "Ni institution ni point focal n’est connu pour {engagements} : aucune lettre n’a été écrite à "
    "ce sujet. Renseignez l’institution sur la page Engagements, puis recommencez."
)
NOBODY_THERE = (
    "Personne n’est noté présent à cette réunion : tous ses engagements comptent comme non "
    "représentés. Notez les présences, puis recommencez si besoin."
)
NOBODY_EXPECTED = (
    "Personne n’est attendu à cette réunion : aucune convocation n’a été écrite. Donnez d’abord un "
    "mandat aux points focaux, sur la page Personnes."
)
NO_FOLDER = (
    "Le dossier « {name} » n’a pas pu être créé : rien n’a été écrit. Choisissez un autre dossier."
)
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
_LONGEST_NAME = 80
"""In characters of what names a file; file systems take 255 bytes."""


@dataclass(frozen=True, slots=True)
class WrittenPapers:
    """The files that were written, and what the user should know of them, in French."""

    paths: tuple[Path, ...]
    remarks: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    """The addresses that a draft e-mail goes to."""

    @property
    def sentence(self) -> str:
        """Return what was written, in a few words."""
        if len(self.paths) == 1:
            return f"Écrit : {self.paths[0].name}."
        return f"{counted(len(self.paths), 'fichier')} dans « {self.paths[0].parent.name} »."


@dataclass(frozen=True, slots=True)
class Told:
    """All that a meeting's papers say."""

    record: MeetingRecord
    words: PaperWords
    expected: tuple[Expected, ...]
    unrepresented: tuple[Unrepresented, ...]
    sequence: int
    """How often the meeting was changed, for calendars."""
    template: TemplateFile | None = None
    """The house template that the meeting's Word files are filled into."""


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One file to write."""

    path: Path
    document: Document


def write(
    office: Office,
    *,
    meeting_id: str,
    paper: Paper,
    target: Path,
    style: Typography,
    now: datetime,
    author: str = "",
    existing: Existing = Existing.ASK,
    making: PdfMaking = PdfMaking(),  # noqa: B008 - frozen
) -> WrittenPapers:
    """Write a paper of a meeting to ``target``: a file by its extension, or a folder.

    A folder (one that exists, or a name without an extension) gets a file for each addressee of
    an invitation or a letter, else the one paper. An invitation to .eml is a draft to all that
    are expected, to .ics an entry of a calendar. Nothing is written when one of the files may
    not be. Raises what ``export`` does, ConflictError where there is nobody to write to.
    """
    told = office.run(tell, meeting_id=meeting_id).result
    at = versions.local(now, told.record.meeting.zone)
    setting = Setting(told.record, style, author, at)
    suffix = target.suffix.lower()
    folder = target.is_dir() or not suffix
    if paper is Paper.CONVOCATION and not told.expected and (folder or suffix != CALENDAR):
        raise ConflictError(NOBODY_EXPECTED)
    _check_kind(paper, target, folder=folder)
    if paper is Paper.CONVOCATION and suffix in {MAIL, CALENDAR} and not folder:
        from pan_desktop.app import invitations  # loads icalendar

        written.guard(office, target, existing)
        return invitations.write(office, told, setting, target)
    sheets, remarks = _sheets(told, setting, paper, target, folder=folder)
    if paper in {Paper.LETTERS, Paper.UNREPRESENTED} and not told.record.present:
        remarks.append(NOBODY_THERE)
    for sheet in sheets:
        written.guard(office, sheet.path, existing)
    files = []
    word = partial(versions.rendered, template=told.template)
    for sheet in sheets:
        content, left_out = rendering.content_of(sheet.document, sheet.path.name, making, word)
        files.append((sheet.path, content))
        remarks += [said for said in left_out if said not in remarks]
    if folder:
        _make(target)
    for path, content in files:
        written.put(office, path, content, meeting_id=meeting_id)
    return WrittenPapers(tuple(path for path, _ in files), tuple(remarks))


@reading
def tell(work: UnitOfWork, *, meeting_id: str) -> Told:
    """Return all that a meeting's papers say. Raises NotFoundError."""
    view = view_meeting(work, meeting_id=meeting_id)
    record = view.record
    meeting, plan = record.meeting, record.plan
    mandates = work.read.mandates(plan_id=plan.id, on=meeting.day)
    institutions = {c.number: c.institution for c in plan.commitments}
    expected = tuple(
        Expected(
            seat.person,
            seat.speaks_for,
            seat.person.institution or _institutions(seat.speaks_for, institutions),
        )
        for seat in view.seats
        if seat.expected
    )
    rates: dict[str, Rate] = {}
    for commitment_id, said in work.read.said(plan.id).items():
        until = tuple(one for one in said if one.day <= meeting.day)
        commitment = next((c for c in plan.commitments if c.id == commitment_id), None)
        moved = Trajectory(commitment, until).last_moved if commitment else None
        if moved is not None:
            rates[commitment_id] = Rate(moved.percent, moved.day)
    row = work.read.row("meeting", meeting_id) or {}
    held = unrepresented(record, mandates, rates)
    return Told(
        record,
        paper_words(work),
        expected,
        held,
        int(row.get("version", 1)),
        template_of(work, meeting_id=meeting_id),
    )


def proposed_name(paper: Paper, record: MeetingRecord) -> str:
    """Return the name proposed for a paper's file, or for the folder of the letters."""
    day = record.meeting.day.isoformat()
    if paper is Paper.LETTERS:
        return f"Lettres {day}"
    return f"{NAMES[paper]} {day}{rendering.WORD}"


def _check_kind(paper: Paper, target: Path, *, folder: bool) -> None:
    if folder:
        return
    if paper is Paper.LETTERS:
        raise InputError(A_FOLDER.format(name=target.name))
    known = list(rendering.SUFFIXES)
    if paper is Paper.CONVOCATION:
        known += [MAIL, CALENDAR]
    if target.suffix.lower() not in known:
        raise InputError(UNKNOWN_KIND.format(name=target.name, known=", ".join(known)))


def _sheets(
    told: Told, setting: Setting, paper: Paper, target: Path, *, folder: bool
) -> tuple[list[_Sheet], list[str]]:
    """Return the files to write and what is to be said of them."""
    if paper is Paper.LETTERS:
        return _letters(told, setting, target)
    if paper is Paper.CONVOCATION and folder:
        names = _names(target, NAMES[paper], setting)
        return [
            _Sheet(
                names.of(one.person.name),
                compose_convocation(setting, told.words, told.expected, to=one),
            )
            for one in told.expected
        ], []
    if paper is Paper.CONVOCATION:
        document = compose_convocation(setting, told.words, told.expected)
    elif paper is Paper.PRESENCE:
        document = compose_sheet(setting, told.expected)
    else:
        document = compose_unrepresented(setting, told.unrepresented)
    path = target / proposed_name(paper, told.record) if folder else target
    return [_Sheet(path, document)], []


def _letters(told: Told, setting: Setting, folder: Path) -> tuple[list[_Sheet], list[str]]:
    found, nobody = letters(told.unrepresented)
    remarks: list[str] = []
    if nobody:
        numbers = enumeration([str(one.commitment.number) for one in nobody])
        noun = "l’engagement" if len(nobody) == 1 else "les engagements"
        remarks.append(NOBODY_KNOWN.format(engagements=f"{noun} {numbers}"))
    if not found:
        raise ConflictError(remarks[0] if remarks else NO_LETTER)
    names = _names(folder, NAMES[Paper.LETTERS], setting)
    sheets = [
        _Sheet(names.of(letter.name), compose_letter(setting, told.words, letter))
        for letter in found
    ]
    return sheets, remarks


class _Names:
    """The names of files in one folder, each given once."""

    def __init__(self, folder: Path, start: str, day: str) -> None:
        self._folder, self._start, self._day = folder, start, day
        self._given: set[str] = set()

    def of(self, addressee: str) -> Path:
        """Return the file of an addressee: "Lettre – Archives – 2026-10-14.docx"."""
        words = " ".join(_FORBIDDEN.sub(" ", addressee).split())[:_LONGEST_NAME].strip(" .")
        number, name = 1, words
        while name.casefold() in self._given:
            number += 1
            name = f"{words} ({number})"
        self._given.add(name.casefold())
        return self._folder / f"{self._start} – {name} – {self._day}{rendering.WORD}"


def _names(folder: Path, start: str, setting: Setting) -> _Names:
    return _Names(folder, start, setting.record.meeting.day.isoformat())


def _institutions(speaks_for: tuple[tuple[object, int], ...], known: dict[int, str]) -> str:
    """Return whose commitments someone speaks for, where she names no institution of her own."""
    found = dict.fromkeys(known.get(number, "") for _, number in speaks_for)
    return ", ".join(name for name in found if name)


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        raise FileUnwritableError(NO_FOLDER.format(name=folder)) from error
