"""Use cases of the journal: who changed what and when, read, exported, and verified apart."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from pan_desktop.app import written
from pan_desktop.app.journal_words import Namer
from pan_desktop.app.office import reading
from pan_desktop.app.versions import local
from pan_desktop.domain.calendar import DEFAULT_ZONE
from pan_desktop.domain.errors import InputError
from pan_desktop.domain.journal import Problem
from pan_desktop.domain.typography import counted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from pan_desktop.app.office import Office
    from pan_desktop.domain.journal import Journaled
    from pan_desktop.store.unit_of_work import UnitOfWork

LARGEST = 512 * 1024 * 1024
"""In bytes: an exported journal of a century."""
PAGE = 500
"""Entries given at once; more are asked for from where these end."""
FORMAT = "pan-desktop journal/1"
NOT_A_JOURNAL = (
    "« {name} » n’est pas un journal exporté par PAN Desktop : rien n’a été vérifié. Choisissez "
    "un fichier que « Exporter le journal » a écrit."
)
_KEYS = ("sequence", "at", "until", "author", "typing", "subjects", "changes", "previous", "hash")
_NOBODY = "auteur inconnu"


@dataclass(frozen=True, slots=True)
class JournalLine:
    """One entry as people read it."""

    sequence: int
    at: datetime
    """When it began, by the office's clock."""
    author: str
    what: str
    about: str
    """The meetings, people and commitments concerned, as far as they still exist."""

    @property
    def id(self) -> str:
        """Return what a list knows the entry by."""
        return str(self.sequence)

    @property
    def moment(self) -> str:
        """Return "12/03/2026 14:52:07"."""
        return f"{self.at:%d/%m/%Y %H:%M:%S}"


class JournalPage(NamedTuple):
    """Some entries, the last first, and whether there are older ones."""

    lines: tuple[JournalLine, ...]
    more: bool


class Verified(NamedTuple):
    """What verifying a journal came to."""

    entries: int
    last: str
    """The hash of the last entry: who keeps it apart can tell a later forgery."""
    problems: tuple[Problem, ...]


@reading
def entries(
    work: UnitOfWork, *, subject: str = "", before: int | None = None, limit: int = PAGE
) -> JournalPage:
    """Return the latest entries, those before the one of sequence ``before``.

    ``subject`` is the identifier of a meeting, a person or a commitment; "" for all entries.
    """
    found = work.journal.entries(subject, before=before, limit=limit + 1)
    namer = Namer(work)
    lines = tuple(_line(namer, one, subject) for one in found[:limit])
    return JournalPage(lines, len(found) > limit)


@reading
def verify(work: UnitOfWork) -> Verified:
    """Return what was changed beside the program, in the journal or in what it tells of."""
    count, last = 0, ""
    for row in work.journal.rows():
        count, last = count + 1, row["hash"]
    return Verified(count, last, tuple(work.journal.problems()))


def export(office: Office, *, file: Path) -> int:
    """Write the whole journal for the archive and return how many entries there are.

    ``file`` gets lines of JSON without any name, which can be verified apart; beside it the same
    is written as a text that people read (``.txt``). Both are their owner's only.
    Raises FileUnwritableError.
    """
    lines, text = office.run(_exported).result
    written.replace(file, "".join(f"{line}\n" for line in lines).encode(), private=True)
    written.replace(file.with_suffix(".txt"), text.encode("utf-8-sig"), private=True)
    return len(lines) - 1


@reading
def _exported(work: UnitOfWork) -> tuple[list[str], str]:
    """Return the journal as lines of JSON, and as a text."""
    from pan_desktop.store.journal.chain import instant
    from pan_desktop.store.journal.journal import journaled

    namer = Namer(work)
    lines, told, last = [json.dumps({"format": FORMAT})], [], ""
    for row in work.journal.rows():
        data = {key: row[key] for key in _KEYS}
        lines.append(json.dumps(data | {key: instant(row[key]) for key in ("at", "until")}))
        one = _line(namer, journaled(row), "")
        told.append(f"{one.id}\t{one.moment}\t{one.author}\t{one.what}\t{one.about}")
        last = row["hash"]
    count = counted(len(told), "entrée")
    heading = f"Journal de PAN Desktop : {count}, empreinte de la dernière : {last}"
    return lines, "\n".join([heading, "", *told, ""])


def verify_file(*, file: Path) -> Verified:
    """Return what is wrong with an exported journal, by itself, without any database.

    Raises InputError when it is no journal.
    """
    from pan_desktop.store.journal.check import checked

    count, last = 0, ""
    problems = []
    content = written.read(file, kept="rien n’a été vérifié", limit=LARGEST)
    for row, flaw in checked(_rows_of(content, file.name)):
        count, last = count + 1, str(row["hash"])
        if flaw is not None:
            problems.append(Problem(flaw, row["sequence"]))
    return Verified(count, last, tuple(problems))


def _rows_of(content: bytes, name: str) -> Iterator[dict[str, Any]]:
    """Give the entries of an exported journal."""
    kinds = {key: int if key == "sequence" else str for key in _KEYS}
    try:
        first, *lines = content.decode().removesuffix("\n").split("\n")
        wrong = json.loads(first) != {"format": FORMAT}
        for line in lines:
            row = {} if wrong else json.loads(line)
            if {key: type(value) for key, value in row.items()} != kinds:
                raise InputError(NOT_A_JOURNAL.format(name=name))
            yield row
    except (ValueError, AttributeError, RecursionError) as error:
        raise InputError(NOT_A_JOURNAL.format(name=name)) from error
    if wrong:
        raise InputError(NOT_A_JOURNAL.format(name=name))


def _line(namer: Namer, one: Journaled, subject: str) -> JournalLine:
    return JournalLine(
        one.sequence,
        local(one.at, DEFAULT_ZONE),
        one.author or _NOBODY,
        namer.entry(one.touched),
        namer.subjects(found for found in one.subjects if found != subject),
    )
