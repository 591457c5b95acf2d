"""Reads a relevé that somebody wrote by hand: lines in, minutes out, nothing guessed in silence.

The lines are walked once. What stands over the points (title, date, place, people, agenda) is
known by its label; the sections are cut here and read in ``parts``. Every line leaves an outcome
that says what it became and how sure that is; words that fit nowhere are left out, and told.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from pan_desktop.documents.interpret.entries import Entry, entries_of, entries_of_line
from pan_desktop.documents.interpret.moments import moment_in
from pan_desktop.documents.interpret.outcome import (
    UNKNOWN_DAY,
    UNKNOWN_HOUR,
    Became,
    Need,
    Outcome,
    Reading,
    Sureness,
)
from pan_desktop.documents.interpret.participants import NO_CIVILITY, attendee_of
from pan_desktop.documents.interpret.parts import OpenSection, PartsReading
from pan_desktop.documents.interpret.words import (
    Label,
    body_in,
    is_subtitle,
    is_title,
    label_of,
    without_number,
)
from pan_desktop.documents.minutes import Attendee, Minutes
from pan_desktop.documents.word.lines import SUBTITLE, TITLE, Aside
from pan_desktop.domain.folding import folded
from pan_desktop.domain.model import Presence

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, time

    from pan_desktop.documents.word.lines import Cell, Contents, Table

_PEOPLE = {
    Label.PRESENT: Presence.PRESENT,
    Label.GUESTS: Presence.PRESENT,
    Label.REPRESENTED: Presence.REPRESENTED,
    Label.EXCUSED: Presence.EXCUSED,
    Label.ABSENT: Presence.ABSENT,
}
_NOBODY = frozenset({"neant", "aucun", "aucune", "-", "rien a signaler", "ras"})
_SEVERAL = re.compile(
    r"\s*(?:;|,|\bet\b)\s*(?=(?:M\.|Mr\.?|Mme\.?|Mlle|Monsieur|Madame)[\s\u00a0])", re.IGNORECASE
)
_IN_ONE_LINE = re.compile(r"\s*[;,.]?\s+(?=\d{1,2}\s*[.)/°-]+\s*\w)")
_NUMBERED_ITEM = re.compile(r"\d{1,2}\s*[.)/°-]+\s*\w")
_PARTED_BY_STOPS = re.compile(r"\s*;\s*(?=\S)")
_LABEL_YEARS = r"(?:19|20)\d\d(?:\s*[-–/]\s*(?:19|20)?\d\d)?"
_PLAN = (
    re.compile(
        rf"\bengagements?\s+(?:du\s+)?(?:PAN\s+|plan\s.*?)?(?P<label>{_LABEL_YEARS})", re.IGNORECASE
    ),
    re.compile(
        rf"\b(?:PAN|plan d['’]action(?:\s+national)?)\b.*?(?P<label>{_LABEL_YEARS})", re.IGNORECASE
    ),
)
_SUBJECT = re.compile(r"Plan d['’]action national (?P<label>.+)")
_OUR_TITLE = re.compile(
    r"(?:Relev[ée]|Compte|Proc[èe]s)[^,]*, (?P<body>.+), (?:lundi|mardi|mercredi|jeudi|vendredi"
    r"|samedi|dimanche) \d.*"
)

MOST_TITLES = 100
"""Of a longer agenda only the same words are recognised: comparing costs a square of its length."""

LIKE_TITLE = 0.8
"""From this likeness (0 to 1) on, a plain line is taken for the heading of an agenda item."""

OTHER_WEEKDAY = "le {day} est un autre jour que « {said} »"
NO_SUCH_DAY = "la date « {said} » n’existe pas"
BEFORE_TITLE = "avant le titre du relevé"
NOT_UNDERSTOOD = "ligne qui n’a pas été comprise"
NOT_A_PERSON = "ligne qui ne nomme personne"
UNREAD_QUALITY = "ce qui est dit de {name} en plus de sa qualité"
HOUR_OF_SENTENCE = "phrase d’ouverture, dont seule l’heure est reprise"
OTHER_HEADING = "rubrique que le relevé n’a pas"
GROUP = "intertitre dans la liste des personnes"
PLACE_BESIDE_DATE = "lu à côté de la date"


def interpret(contents: Contents) -> Reading:
    """Return a relevé as minutes, with what became of every line of it."""
    return _Interpretation(contents).reading()


class _Interpretation:
    """One walk along the lines of a relevé."""

    def __init__(self, contents: Contents) -> None:
        self._contents = contents
        self._outcomes: list[Outcome] = []
        self._left_out: list[Aside] = list(contents.asides)
        self._day: date | None = None
        self._at: time | None = None
        self._place: list[str] = []
        self._heading = ""
        self._body = ""
        self._titled = self._entitled = False
        self._attendees: list[Attendee] = []
        self._institution = ""
        self._alternates = False
        self._agenda: list[Entry] = []
        self._titles: dict[str, None] = {}
        """The agenda's items, folded, to compare headings with."""
        self._sections: list[OpenSection] = []
        self._section_level = 0
        self._part: Label | None = None
        self._handlers: dict[Label | None, Callable[[Entry], None]] = {
            None: self._head,
            Label.DATE: self._date,
            Label.HOUR: self._date,
            Label.PLACE: self._where,
            **dict.fromkeys(_PEOPLE, self._person),
            Label.AGENDA: self._announced,
            Label.POINTS: self._said,
        }

    def reading(self) -> Reading:
        """Return what the lines say."""
        for entry in entries_of(self._contents.blocks):
            if entry.table is not None:
                self._table(entry, entry.table)
            else:
                self._line(entry)
        parts = PartsReading(self._agenda, self._sections)
        sections = parts.sections()
        rates = parts.rates({n for a in self._attendees for _, n in a.spoken})
        self._outcomes += parts.outcomes
        self._left_out += parts.left_out
        day, at = self._day or UNKNOWN_DAY, self._at or UNKNOWN_HOUR
        body = self._body_named()
        plan = self._plan(parts)
        minutes = Minutes(
            plan=plan or (str(day.year) if self._day else ""),
            body=body,
            day=day,
            at=at,
            place="\n".join(self._place),
            heading=self._heading,
            attendees=tuple(self._attendees),
            sections=sections,
            rates=rates,
            overall=parts.overall,
        )
        lacking = ((Need.DAY, self._day), (Need.HOUR, self._at), (Need.PLAN, plan))
        missing = {need for need, known in (*lacking, (Need.BODY, body)) if known in {None, ""}}
        outcomes = sorted(self._outcomes, key=lambda outcome: outcome.place)
        return Reading(minutes, tuple(outcomes), tuple(self._left_out), frozenset(missing))

    # Lines -----------------------------------------------------------------------------------

    def _line(self, entry: Entry) -> None:
        if self._opens_part(entry):
            return
        if self._part in {Label.AGENDA, *_PEOPLE} and self._begins_sections(entry):
            self._part = Label.POINTS
        self._handlers[self._part](entry)

    def _opens_part(self, entry: Entry) -> bool:
        """Take a label for the beginning of what it names, and tell whether the line was one."""
        labelled = label_of(entry.text)
        if labelled is None:
            return False
        label, rest = labelled
        outstanding = bool(entry.heading) or entry.strong
        if self._part is Label.POINTS:
            # Among the points only a list of people that stands out is anything but a point.
            late = label in _PEOPLE or (label is Label.AGENDA and not self._agenda)
            if not late or rest or entry.marked or not outstanding:
                return False
        elif entry.marked and (self._part is Label.AGENDA or not (rest or outstanding)):
            return False
        elif label is Label.POINTS and is_subtitle(entry.text) and not self._has_begun():
            return False  # "Relevé des conclusions" at the head of the paper
        elif (
            self._part is Label.AGENDA and self._like_title(entry) and not entry.text.endswith(":")
        ):
            return False
        self._tell(entry, Became.LABEL)
        self._part = label
        self._institution = ""
        self._alternates = "suppleant" in folded(entry.text.partition(":")[0])
        if rest:
            self._handlers[label](entry._replace(text=rest, marks=(), heading=0, strong=False))
        return True

    def _has_begun(self) -> bool:
        """Tell whether anything of the meeting was said: the head of the paper is over."""
        return bool(self._attendees or self._agenda or self._place or self._day)

    def _begins_sections(self, entry: Entry) -> bool:
        """Tell whether a line under the agenda or the people heads the first section."""
        if self._part is not Label.AGENDA:
            return bool(self._agenda) and self._stands_out(entry) and self._like_title(entry)
        if not self._agenda:
            return False
        marked_before = self._agenda[-1].marked
        if entry.heading > 0 and not self._agenda[-1].heading:
            return True
        if self._stands_out(entry) and not self._agenda[-1].strong:
            return True
        return not entry.marked and marked_before and self._like_title(entry)

    def _stands_out(self, entry: Entry) -> bool:
        return (bool(entry.heading) or entry.strong) and not (entry.marked and not entry.numbered)

    def _like_title(self, entry: Entry, least: float = LIKE_TITLE) -> bool:
        """Tell whether a line is worded like an item of the agenda."""
        words = folded(without_number(entry.text))
        if not words:
            return False
        if words in self._titles:
            return True
        if len(self._titles) > MOST_TITLES:
            return False
        # A cheap bound first: most lines are no headings, and a relevé has many.
        return any(
            min(len(words), len(other)) * 2 >= least * (len(words) + len(other))
            and SequenceMatcher(None, words, other).ratio() >= least
            for other in self._titles
        )

    # Head ------------------------------------------------------------------------------------

    def _head(self, entry: Entry) -> None:
        text = entry.text
        moment = moment_in(text)
        if is_subtitle(text) or entry.heading == SUBTITLE:
            self._tell(entry, Became.TITLE)
            self._body = self._body or body_in(text)
            self._take_moment(moment.day, moment.at)
            self._titled = True
        elif (entry.heading == TITLE or is_title(text)) and not self._entitled:
            self._tell(entry, Became.TITLE)
            self._entitled = True
            # One with a date in it is this meeting's, not the body's.
            self._heading = text if moment.day is None else ""
            self._body = body_in(text) or self._body
            self._take_moment(moment.day, moment.at)
            self._titled = True
        elif moment.day is not None and len(moment.rest) < 60:
            self._date(entry)
        elif self._at is None and moment.at is not None and is_title(text.rstrip(".")):
            self._at = moment.at
            self._leave(entry, HOUR_OF_SENTENCE)
        else:
            self._leave(entry, NOT_UNDERSTOOD if self._titled else BEFORE_TITLE)

    def _take_moment(self, day: date | None, at: time | None) -> None:
        self._day = self._day or day
        self._at = self._at if self._at is not None else at

    def _date(self, entry: Entry) -> None:
        moment = moment_in(entry.text)
        if moment.day is None and moment.at is None:
            if moment.impossible:
                self._tell(
                    entry,
                    Became.DATE,
                    sureness=Sureness.UNSURE,
                    note=NO_SUCH_DAY.format(said=moment.impossible),
                )
            else:
                self._leave(entry, NOT_UNDERSTOOD)
            return
        self._take_moment(moment.day, moment.at)
        note, sureness = "", Sureness.SURE
        if moment.weekday and moment.day is not None:
            note = OTHER_WEEKDAY.format(day=f"{moment.day:%d/%m/%Y}", said=moment.weekday)
            sureness = Sureness.LIKELY
        what = " ".join(
            part
            for part in (
                f"{moment.day:%d/%m/%Y}" if moment.day else "",
                f"{moment.at:%H:%M}" if moment.at else "",
            )
            if part
        )
        self._tell(entry, Became.DATE, what, sureness=sureness, note=note)
        if any(c.isalpha() for c in moment.rest):
            self._beside_date(entry, moment.rest)

    def _beside_date(self, entry: Entry, rest: str) -> None:
        """Take what a line says beside the date for the place, where none is named."""
        words = rest.strip(" .,;:–—-")
        if self._place or len(words) < 3:
            self._left_out.append(Aside(entry.place, words, NOT_UNDERSTOOD))
            return
        self._place.append(words)
        self._tell(entry, Became.PLACE, words, sureness=Sureness.LIKELY, note=PLACE_BESIDE_DATE)

    def _where(self, entry: Entry) -> None:
        moment = moment_in(entry.text)
        if moment.day is not None and self._day is None:
            self._date(entry)
            return
        self._place.append(entry.text)
        self._tell(entry, Became.PLACE)

    # People ----------------------------------------------------------------------------------

    def _person(self, entry: Entry) -> None:
        if folded(entry.text).strip(" .") in _NOBODY:
            self._tell(entry, Became.LABEL)
            return
        parts = _SEVERAL.split(entry.text)
        if len(parts) == 1 and entry.text.count(";") > 1:
            parts = _PARTED_BY_STOPS.split(entry.text)
        for part in parts:
            self._one_person(entry, part)

    def _one_person(self, entry: Entry, text: str) -> None:
        label = self._part
        read = attendee_of(
            text,
            presence=Presence.PRESENT if label is None else _PEOPLE[label],
            guest=label is Label.GUESTS,
            alternate=self._alternates,
        )
        heads = entry.text.endswith(":") and (read is None or NO_CIVILITY in read.doubts)
        if heads or (read is not None and self._is_group(entry, read.attendee)):
            # "Pour le ministère de l'Exemple :" says whose people follow.
            self._institution = without_number(text)
            self._leave(entry, GROUP)
            return
        if read is None:
            self._leave(entry._replace(text=text), NOT_A_PERSON)
            return
        attendee = read.attendee
        if not attendee.institution and self._institution:
            attendee = Attendee(
                attendee.who,
                attendee.spoken,
                attendee.presence,
                attendee.by,
                self._institution,
            )
        self._attendees.append(attendee)
        if read.unread:
            why = UNREAD_QUALITY.format(name=attendee.who.name)
            self._left_out.append(Aside(entry.place, read.unread, why))
        became = Became.PERSON if attendee.presence is Presence.PRESENT else Became.AWAY
        sureness = Sureness.SURE
        if read.doubts or read.unread:
            sureness = Sureness.UNSURE if len(read.doubts) > 1 else Sureness.LIKELY
        note = " ; ".join(read.doubts)
        index = len(self._attendees) - 1
        name = attendee.who.name
        self._tell(entry, became, name, sureness=sureness, note=note, person=index)

    def _is_group(self, entry: Entry, attendee: Attendee) -> bool:
        """Tell whether a line that looks like a lone name heads a group of people."""
        alone = not attendee.spoken and not attendee.institution and attendee.who.civility is None
        return alone and not entry.marked and self._stands_out(entry)

    # Agenda and sections ---------------------------------------------------------------------

    def _announced(self, entry: Entry) -> None:
        parts = [part for part in _IN_ONE_LINE.split(entry.text) if part.strip(" ;.")]
        if len(parts) < 2 or not _NUMBERED_ITEM.match(parts[0]):
            self._agenda.append(entry)
        else:  # "1. Avancement ; 2. Divers"
            self._agenda += [entry._replace(text=part.strip(" ;"), marks=()) for part in parts]
        for title in self._agenda[-len(parts) or -1 :]:
            self._titles[folded(without_number(title.text))] = None
        self._tell(entry, Became.AGENDA)

    def _said(self, entry: Entry) -> None:
        if self._is_heading(entry):
            self._sections.append(OpenSection(entry))
        else:
            if not self._sections:
                self._sections.append(OpenSection(None))
            self._sections[-1].entries.append(entry)

    def _is_heading(self, entry: Entry) -> bool:
        if entry.heading > 0:
            self._section_level = self._section_level or entry.heading
            return entry.heading <= self._section_level
        bullet = entry.marked and not entry.numbered
        if bullet and not entry.strong:
            return False
        if entry.strong and not entry.marked and len(entry.text) <= 220:
            return not self._section_level or self._like_title(entry)
        if self._counts_on(entry) and entry.strong:
            return True
        colon = entry.text.endswith(":")
        least = LIKE_TITLE if entry.marked or not colon else 0.6
        if self._like_title(entry, least):
            return not bullet or entry.strong
        return False

    def _counts_on(self, entry: Entry) -> bool:
        """Tell whether a numbered line counts on from the headings before it."""
        if not entry.numbered or entry.number is None:
            return False
        last = self._sections[-1].heading if self._sections else None
        return entry.number == 1 + (last.number or 0 if last is not None else 0)

    # Tables ----------------------------------------------------------------------------------

    def _table(self, entry: Entry, table: Table) -> None:
        labels = self._labels_rows(table)
        begun = self._agenda and self._part not in _PEOPLE and not labels
        if self._part is Label.POINTS or begun:
            self._part = Label.POINTS
            if not self._sections:
                self._sections.append(OpenSection(None))
            self._sections[-1].entries.append(entry)
            return
        if labels:
            for row in table.rows:
                self._labelled_row(row)
            self._part = None
            return
        for row in table.rows:
            self._plain_row(row)

    def _labels_rows(self, table: Table) -> bool:
        """Tell whether a table only lays out labels and what they stand for."""
        firsts = [row[0].text for row in table.rows if row and row[0].text.strip()]
        known = sum(label_of(text) is not None for text in firsts)
        return bool(firsts) and known * 2 >= len(firsts)

    def _labelled_row(self, row: tuple[Cell, ...]) -> None:
        """Read a row whose first cell says what the others are."""
        if label_of(row[0].text) is None if row else True:
            cells = [words for cell in row if (words := " ".join(cell.text.split()))]
            place = next((line.place for cell in row for line in cell.lines), 0)
            if cells:
                self._leave(Entry(place, " : ".join(cells)), OTHER_HEADING)
            return
        for cell in row:
            for line in cell.lines:
                for entry in entries_of_line(line):
                    self._line(entry)

    def _plain_row(self, row: tuple[Cell, ...]) -> None:
        """Read a row of a table over the points: a person where people are listed."""
        cells = [" ".join(cell.text.split()) for cell in row]
        words = ", ".join(cell for cell in cells if cell)
        place = next((line.place for cell in row for line in cell.lines), 0)
        if not words:
            return
        entry = Entry(place, words, mark="|")
        labelled = label_of(cells[0]) if len(cells) == 1 else None
        if labelled is not None:
            self._line(entry._replace(mark="", text=cells[0]))
        elif self._part in _PEOPLE:
            if _is_people_header(cells):
                self._tell(entry, Became.LABEL)
            else:
                self._person(entry._replace(text=_person_of_row(cells)))
        else:
            self._handlers[self._part](entry)

    # What the whole paper says ---------------------------------------------------------------

    def _body_named(self) -> str:
        ours = _OUR_TITLE.fullmatch(self._contents.title)
        if ours is not None:
            return ours["body"]
        return self._body

    def _plan(self, parts: PartsReading) -> str:
        """Return the label of the plan that the relevé is about, "" where it names none."""
        ours = _SUBJECT.fullmatch(self._contents.subject)
        if ours is not None:
            return ours["label"]
        progress = [parts.progress_heading] if parts.progress_heading else []
        titles = [entry.text for entry in self._agenda]
        headings = [s.heading.text for s in self._sections if s.heading is not None]
        about = [t for t in (*titles, *headings) if "avancement" in folded(t)]
        sought = (*progress, *about, self._heading, self._contents.title, *titles, *headings)
        for pattern in _PLAN:
            for text in sought:
                match = pattern.search(text)
                if match is not None:
                    return re.sub(r"\s*[–/-]\s*", "-", match["label"])
        return ""

    def _tell(
        self,
        entry: Entry,
        became: Became,
        what: str = "",
        *,
        sureness: Sureness = Sureness.SURE,
        note: str = "",
        person: int = -1,
    ) -> None:
        self._outcomes.append(
            Outcome(entry.place, entry.raw or entry.text, became, what, sureness, note, person)
        )

    def _leave(self, entry: Entry, why: str) -> None:
        self._left_out.append(Aside(entry.place, entry.raw or entry.text, why))
        self._tell(entry, Became.LEFT_OUT, sureness=Sureness.UNSURE, note=why)


_PEOPLE_HEADS = frozenset({
    "nom", "prenom", "noms", "nom et prenom", "prenom et nom", "nom complet", "participant",
    "participants", "qualite", "fonction", "organisme", "institution", "administration",
    "engagement", "engagements", "civilite", "departement", "entite", "role", "signature",
    "emargement", "n°", "no", "numero", "e-mail", "presence",
})  # fmt: skip


def _is_people_header(cells: list[str]) -> bool:
    """Tell whether the row of a table of people is its headings."""
    words = [folded(cell).strip(" :.()") for cell in cells if cell]
    return bool(words) and all(word in _PEOPLE_HEADS for word in words)


def _person_of_row(cells: list[str]) -> str:
    """Return the row of a table of people as the line that would name them."""
    filled = [cell for cell in cells if cell]
    if filled and filled[0].isdecimal() and len(filled) > 1:
        filled = filled[1:]  # their number in the list
    if len(filled) > 1 and folded(filled[0]).rstrip(".") in {"m", "mr", "mme", "mlle"}:
        filled = [f"{filled[0]} {filled[1]}", *filled[2:]]
    words = [
        f"engagements {cell}" if cell[:1].isdigit() and place else cell
        for place, cell in enumerate(filled)
    ]
    return ", ".join(words)
