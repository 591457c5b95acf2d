"""Reads a list of names that someone typed or pasted: one a line, or several on one."""

from __future__ import annotations

import re
from datetime import datetime, time
from typing import TYPE_CHECKING

from pan_desktop.documents.attendance.labels import presence_said
from pan_desktop.documents.attendance.people import Record
from pan_desktop.documents.attendance.sheet import LeftOut, Stay
from pan_desktop.domain.folding import folded
from pan_desktop.domain.model import Presence
from pan_desktop.domain.names import is_institution, is_status

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

NO_NAME = "ce n’est pas un nom"
NOT_TICKED = "la case n’est pas cochée"
MOST_LINES = 5_000
MOST = 2_000
"""In characters, of a line."""
MOST_WORDS = 8
LONGEST = 160

_BULLET = re.compile(
    r"(?:[-–—•*·▪◦‣●○■□➢➤>✓✔☑☒❑❖\uf0b7\uf0a7]"
    r"|\d{1,3}[\t;]|\(?\d{1,3}[.)°/]|\d{1,3} ?[-–]|\(?[a-z]\))[ \t]*",
)
_UNTICKED = re.compile(r"(?:☐|\[ ?\])\s*")
_TICKED = re.compile(r"(?:☑|☒|\[[xX✓]\])\s*")
_ADDRESS = re.compile(
    r"[<(\[]?(?:mailto:)?([^\s@<>()\[\],;:\"]{1,64}@[^\s@<>()\[\],;:\"]{1,190})[>)\]]?"
)
_HOURS = re.compile(
    r"[(\[]?(?<!\d)(\d{1,2}) ?[h:] ?(\d{2})(?::(\d{2}))? ?(?:[-–—>]{1,2}|à|a|to|→) ?"
    r"(\d{1,2}) ?[h:] ?(\d{2})(?::(\d{2}))?(?!\d)[)\]]?"
)
_STANDING = re.compile(r"(?:[-–—:,]|\s[(\[])\s*([^\W\d_]{1,14}(?:\(e\))?)[)\].]?\s*$")
_NUMBERED = re.compile(r"\(\d{1,4}\)$")
"""What a group of names is called in the panel of a call: "Participants (12)"."""
_NO_NAME = re.compile(r"[<>{}\[\]=\\?!#$%&]")
_LETTER = re.compile(r"[^\W\d_]")
_HEADINGS = frozenset(
    ("participants", "participantes", "participant", "presents", "presentes", "invites", "noms",
     "nom", "name", "names", "attendees", "membres", "feuille de presence", "الحاضرون",
     "المشاركون", "الحضور")
)  # fmt: skip


def listed(lines: Sequence[tuple[int, str]], day: date) -> tuple[list[Record], list[LeftOut]]:
    """Return who a list names, and the lines that name nobody."""
    found: list[Record] = []
    left_out: list[LeftOut] = []
    presence = Presence.PRESENT
    for number, line in lines:
        text = "\t".join(" ".join(cell.split()) for cell in line.split("\t")).strip()
        if not text:
            continue
        if len(text) > MOST:
            left_out.append(LeftOut(number, NO_NAME))
            continue
        heading = _heading(text)
        if heading is not None:
            presence = heading
            continue
        if _UNTICKED.match(text):
            left_out.append(LeftOut(number, NOT_TICKED))
            continue
        for piece in _pieces(_without_bullet(text)):
            record = _record(number, piece, presence, day)
            if record is None:
                left_out.append(LeftOut(number, NO_NAME))
            else:
                found.append(record)
    return found, left_out


def _heading(text: str) -> Presence | None:
    """Return how those under a heading stand: "Excusés :", "Participants"."""
    words = folded(text).strip(" :.*#-")
    titled = words.startswith(("liste des participants", "liste de presence"))
    if titled or words in _HEADINGS or _NUMBERED.search(text):
        return Presence.PRESENT
    if text.rstrip().endswith(":") or " " not in words:
        said = presence_said(words) if len(words) > 5 else None
        return Presence(said) if said else None
    return None


def _without_bullet(text: str) -> str:
    text = _TICKED.sub("", text, count=1) if _TICKED.match(text) else text
    match = _BULLET.match(text)
    return text[match.end() :] if match and match.end() < len(text) else text


def _pieces(text: str) -> Iterator[str]:
    """Yield the people of a line: "Amina X <a@…>; Omar Y <o@…>" names two."""
    for mark in (";", ","):
        parts = [part.strip() for part in text.split(mark) if part.strip()]
        addressed = sum("@" in part for part in parts)
        whole = len(parts) > 2 and all(_is_full_name(part) for part in parts)
        if len(parts) > 1 and (addressed == len(parts) or whole):
            yield from parts
            return
    yield text


def _is_full_name(text: str) -> bool:
    words = text.split()
    return 2 <= len(words) <= 5 and all(w[0].isupper() or not w[0].isascii() for w in words)


def _record(number: int, text: str, presence: Presence, day: date) -> Record | None:
    """Return the person that a piece of a line names, None for none."""
    stay = None
    if hours := _HOURS.search(text):
        stay = _stay(hours, day)
        text = f"{text[: hours.start()]} {text[hours.end() :]}"
    address = _ADDRESS.search(text)
    email = ""
    if address:
        email = address[1].casefold()
        text = f"{text[: address.start()]} {text[address.end() :]}"
    text = text.strip(" \t,;:-–—|\"'")
    standing = _STANDING.search(text)
    if (
        standing
        and (said := presence_said(standing[1].replace("(e)", "")))
        and len(standing[1]) > 1
    ):
        presence, text = Presence(said), text[: standing.start()]
    for part in re.split(r"[\t;]", text)[1:]:
        if len(part.strip()) > 1 and (said := presence_said(part)):
            presence = Presence(said)
    name = _name(text)
    if not name and email:
        name = email
    likely = (
        not _NO_NAME.search(text)
        and len(name) <= LONGEST
        and len(name.split()) <= MOST_WORDS
        and _LETTER.search(name)
    )
    if not likely or is_status(name):
        return None
    seconds = int((stay.left - stay.joined).total_seconds()) if stay else None
    return Record(number, name, email, "", (name,), stay, seconds, presence)


def _name(text: str) -> str:
    """Return the name of "Nom, Organisme" and of "NOM, Prénom"."""
    for mark in ("\t", ";", " | ", ","):
        parts = [part.strip() for part in text.split(mark) if part.strip()]
        if len(parts) < 2:
            continue
        one_word = len(parts[0].split()) == 1 or parts[0].isupper()
        if one_word and len(parts[1].split()) <= 2 and not is_institution(parts[1]):
            return f"{parts[1]} {parts[0]}"
        return parts[0]
    return text.strip(" \t,;:-–—|")


def _stay(hours: re.Match[str], day: date) -> Stay | None:
    numbers = [int(n) if n else 0 for n in hours.groups()]
    try:
        begins, ends = _time(numbers[:3]), _time(numbers[3:])
    except ValueError:
        return None
    if ends < begins:
        return None
    return Stay(datetime.combine(day, begins), datetime.combine(day, ends))


def _time(numbers: Sequence[int]) -> time:
    hour, minute, second = numbers
    return time(hour, minute, second)
