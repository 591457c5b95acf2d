"""Reads a relevé that somebody wrote by hand: lines in, minutes out, nothing guessed in silence.

The lines are walked once. What stands over the points (title, date, place, people, agenda) is
known by its label; the sections are cut here and read in ``parts``. Every line leaves an outcome
that says what it became and how sure that is; words that fit nowhere are left out, and told.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from pan_desktop.documents.interpret.closing import announces_next, closing_from, words_of
from pan_desktop.documents.interpret.entries import Entry, entries_of, entries_of_line
from pan_desktop.documents.interpret.head import HeadReading
from pan_desktop.documents.interpret.moments import moment_in
from pan_desktop.documents.interpret.outcome import (
    UNKNOWN_DAY,
    UNKNOWN_HOUR,
    Became,
    Need,
    Reading,
    Sureness,
)
from pan_desktop.documents.interpret.participants import (
    NO_CIVILITY,
    attendee_of,
    begins_with_civility,
)
from pan_desktop.documents.interpret.parts import OpenSection, PartsReading, is_figure
from pan_desktop.documents.interpret.people_rows import (
    PeopleTable,
    people_of,
    person_of_row,
    side_by_side,
)
from pan_desktop.documents.interpret.progress import announces_table, gives_rates
from pan_desktop.documents.interpret.telling import Telling
from pan_desktop.documents.interpret.words import (
    Label,
    is_subtitle,
    is_title,
    label_of,
    without_number,
)
from pan_desktop.documents.minutes import Attendee, Minutes
from pan_desktop.documents.word.lines import Aside
from pan_desktop.domain.folding import folded
from pan_desktop.domain.model import Presence

if TYPE_CHECKING:
    from collections.abc import Callable

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
_SHARED = re.compile(r",\s*(?:points\s+focaux|suppl[ée]ante?s)\b.*$", re.IGNORECASE)
_IN_ONE_LINE = re.compile(r"\s*[;,.]?\s+(?=\d{1,2}\s*[.)/°-]+\s*\w)")
_NUMBERED_ITEM = re.compile(r"\d{1,2}\s*[.)/°-]+\s*\w")
_PARTED_BY_STOPS = re.compile(r"\s*;\s*(?=\S)")
_ENDS = " ;,\u00a0\u202f"
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

LIKE_ENOUGH = 0.5
"""From this likeness on, for a line that has the very number of the agenda item."""

LIKE_TITLE = 0.8
"""From this likeness (0 to 1) on, a plain line is taken for the heading of an agenda item."""

_FUNCTION = re.compile(r"\bpoints?\s+foca|\bsuppl[ée]ant|\bPFS?\b", re.IGNORECASE)

NOT_A_PERSON = "ligne qui ne nomme personne"
UNREAD_QUALITY = "ce qui est dit de {name} en plus de sa qualité"
CLOSING = "formule de clôture ou signature"
NEXT_MEETING = "annonce de la prochaine réunion, à créer avec sa date"
OTHER_HEADING = "rubrique que le relevé n’a pas"
GROUP = "intertitre dans la liste des personnes"


def interpret(contents: Contents) -> Reading:
    """Return a relevé as minutes, with what became of every line of it."""
    return _Interpretation(contents).reading()


class _Interpretation:
    """One walk along the lines of a relevé."""

    def __init__(self, contents: Contents) -> None:
        self._contents = contents
        self._told = Telling(contents.asides)
        self._head = HeadReading(self._told)
        self._attendees: list[Attendee] = []
        self._institution = ""
        self._alternates = False
        self._agenda: list[Entry] = []
        self._titles: dict[str, None] = {}
        """The agenda's items, folded, to compare headings with."""
        self._sections: list[OpenSection] = []
        self._section_level = 0
        self._part: Label | None = None
        self._label_number = 0
        """The number typed before the last label, 0 for none."""
        self._entries = entries_of(contents.blocks)
        self._index = 0
        self._last_label = max(
            (i for i, entry in enumerate(self._entries) if _leads_on(entry)), default=-1
        )
        self._handlers: dict[Label | None, Callable[[Entry], None]] = {
            None: self._head.title,
            Label.DATE: self._head.date,
            Label.HOUR: self._head.date,
            Label.PLACE: self._head.where,
            **dict.fromkeys(_PEOPLE, self._person),
            Label.AGENDA: self._announced,
            Label.POINTS: self._said,
            Label.OTHER: self._other,
        }

    def reading(self) -> Reading:
        """Return what the lines say."""
        closing = closing_from(self._entries)
        for index, entry in enumerate(self._entries[:closing]):
            self._index = index
            if entry.table is not None:
                self._table(entry, entry.table)
            else:
                self._line(entry)
        for entry in self._entries[closing:]:
            why = NEXT_MEETING if announces_next(entry) else CLOSING
            self._told.leave(entry._replace(raw=words_of(entry)), why)
        self._head.settle_place()
        parts = PartsReading(self._agenda, self._sections)
        sections = parts.sections()
        rates = parts.rates({n for a in self._attendees for _, n in a.spoken})
        self._told.outcomes += parts.outcomes
        self._told.left_out += parts.left_out
        day, at = self._head.day or UNKNOWN_DAY, self._head.at or UNKNOWN_HOUR
        body = self._body_named()
        plan = self._plan(parts)
        minutes = Minutes(
            plan=plan or (str(day.year) if self._head.day else ""),
            body=body,
            day=day,
            at=at,
            place="\n".join(self._head.place),
            heading=self._head.heading,
            attendees=tuple(self._attendees),
            sections=sections,
            rates=rates,
            overall=parts.overall,
        )
        lacking = ((Need.DAY, self._head.day), (Need.HOUR, self._head.at), (Need.PLAN, plan))
        missing = {need for need, known in (*lacking, (Need.BODY, body)) if known in {None, ""}}
        outcomes = sorted(self._told.outcomes, key=lambda outcome: outcome.place)
        return Reading(minutes, tuple(outcomes), tuple(self._told.left_out), frozenset(missing))

    # Lines -----------------------------------------------------------------------------------

    def _line(self, entry: Entry) -> None:
        if self._opens_part(entry):
            return
        if self._part is not Label.POINTS and self._begins_sections(entry):
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
        elif entry.marked and not (
            self._labels_in_list(entry)
            or (self._part is not Label.AGENDA and (rest or outstanding))
        ):
            return False
        elif label is Label.POINTS and is_subtitle(entry.text) and not self._has_begun():
            return False  # "Relevé des conclusions" at the head of the paper
        elif (
            self._part is Label.AGENDA and self._like_title(entry) and not entry.text.endswith(":")
        ):
            return False
        self._told.tell(entry, Became.LABEL)
        self._part = label
        self._label_number = entry.number or 0
        self._institution = ""
        self._alternates = "suppleant" in folded(entry.text.partition(":")[0])
        if rest:
            said = entry._replace(text=rest, marks=(), heading=0, strong=False)
            self._handlers[label](said._replace(mark="", numbered=False, number=None))
        return True

    def _labels_in_list(self, entry: Entry) -> bool:
        """Tell whether a label that is an entry of a list counts on from the labels before it."""
        styled = bool(entry.heading)
        if self._part is not Label.AGENDA:
            return entry.numbered and entry.number == 1 + self._label_number
        last = self._agenda[-1:]
        if styled and not any(item.heading for item in last):
            return True
        apart = styled or entry.strong or not any(item.numbered for item in last)
        return bool(self._label_number) and entry.number == 1 + self._label_number and apart

    def _other(self, entry: Entry) -> None:
        self._told.leave(entry, OTHER_HEADING)

    def _has_begun(self) -> bool:
        """Tell whether anything of the meeting was said: the head of the paper is over."""
        return bool(self._attendees or self._agenda or self._head.place or self._part)

    def _begins_sections(self, entry: Entry) -> bool:
        """Tell whether a line under the head, the agenda or the people heads the first section."""
        if self._part is not Label.AGENDA:
            if self._agenda:
                return self._stands_out(entry) and self._like_title(entry)
            return self._heads_points(entry)
        if not self._agenda:
            return False
        marked_before = self._agenda[-1].marked
        if entry.heading > 0 and not self._agenda[-1].heading:
            return True
        looks = self._stands_out(entry) or (entry.strong and self._like_title(entry))
        if looks and not self._agenda[-1].strong:
            return True
        return not entry.marked and marked_before and self._like_title(entry)

    def _heads_points(self, entry: Entry) -> bool:
        """Tell whether a line heads points where no agenda and no label announces any."""
        following = self._entries[self._index + 1 : self._index + 2]
        if self._index < self._last_label or not following or not self._head.titled:
            return False
        stands = self._stands_out(entry) or (not entry.marked and entry.text.endswith(":"))
        if not stands or label_of(entry.text) or _names_someone(entry.text):
            return False
        after = following[0]
        if after.table is not None:
            return gives_rates(after.table, announced=True)
        if label_of(after.text) or _names_someone(after.text) or is_subtitle(after.text):
            return False
        if self._part in _PEOPLE:
            return True
        begun = self._has_begun() or self._head.day is not None
        awaited = self._part is Label.PLACE and not self._head.place
        named = is_subtitle(entry.text) or is_title(entry.text)
        return begun and not awaited and not named and moment_in(entry.text).day is None

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

    # People ----------------------------------------------------------------------------------

    def _person(self, entry: Entry) -> None:
        if folded(entry.text).strip(" .") in _NOBODY:
            self._told.tell(entry, Became.LABEL)
            return
        parts = _SEVERAL.split(entry.text)
        if len(parts) == 1 and entry.text.count(";") > 1:
            parts = _PARTED_BY_STOPS.split(entry.text)
        shared = _SHARED.search(parts[-1]) if len(parts) > 1 else None
        for part in parts:
            # "M. X et Mme Y, points focaux engagement 3" speaks of both.
            alone = shared is not None and part is not parts[-1] and "," not in part
            self._one_person(entry, f"{part}{shared[0]}" if alone and shared else part)

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
            self._told.leave(entry, GROUP)
            return
        if read is None:
            self._told.leave(entry._replace(text=text), NOT_A_PERSON)
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
            self._told.left_out.append(Aside(entry.place, read.unread, why))
        became = Became.PERSON if attendee.presence is Presence.PRESENT else Became.AWAY
        sureness = Sureness.SURE
        if read.doubts or read.unread:
            sureness = Sureness.UNSURE if len(read.doubts) > 1 else Sureness.LIKELY
        note = " ; ".join(read.doubts)
        index = len(self._attendees) - 1
        name = attendee.who.name
        self._told.tell(entry, became, name, sureness=sureness, note=note, person=index)

    def _is_group(self, entry: Entry, attendee: Attendee) -> bool:
        """Tell whether a line that looks like a lone name heads a group of people."""
        alone = not attendee.spoken and not attendee.institution and attendee.who.civility is None
        return alone and not entry.marked and self._stands_out(entry)

    # Agenda and sections ---------------------------------------------------------------------

    def _announced(self, entry: Entry) -> None:
        parts = [part for part in _IN_ONE_LINE.split(entry.text) if part.strip(" ;.")]
        if len(parts) < 2 or not _NUMBERED_ITEM.match(parts[0]):
            parts = [] if entry.marked else _PARTED_BY_STOPS.split(entry.text)
        if len(parts) < 2:  # "Avancement ;", the next line being "Divers."
            ended = entry.text.endswith(".") and any(e.raw.endswith(";") for e in self._agenda)
            text = entry.text.rstrip(f"{_ENDS}." if ended else _ENDS)
            added = [entry._replace(text=text or entry.text)]
        else:  # "1. Avancement ; 2. Divers."
            titles = [part.strip(f"{_ENDS}.") for part in parts]
            added = [entry._replace(text=title, marks=()) for title in titles if title]
        self._agenda += added
        for title in added:
            self._titles[folded(without_number(title.text))] = None
        self._told.tell(entry, Became.AGENDA)

    def _said(self, entry: Entry) -> None:
        if self._is_heading(entry):
            self._sections.append(OpenSection(entry))
        else:
            if not self._sections:
                self._sections.append(OpenSection(None))
            self._sections[-1].entries.append(entry)

    def _is_heading(self, entry: Entry) -> bool:
        return self._looks_heading(entry) and not self._within_progress(entry)

    def _within_progress(self, entry: Entry) -> bool:
        """Tell whether a line that looks like a heading only leads on in the progress."""
        if not (self._sections and self._sections[-1].like_progress) or self._like_title(entry):
            return False
        following = self._entries[self._index + 1 : self._index + 2]
        led = following[0].table if following else None
        if led is not None and gives_rates(led, announced=True):
            return True
        return is_figure(entry) or (not entry.heading and announces_table(entry.text))

    def _looks_heading(self, entry: Entry) -> bool:
        """Tell whether a line among the points has the look or the wording of a heading."""
        if entry.heading > 0:
            self._section_level = self._section_level or entry.heading
            return entry.heading <= self._section_level
        bullet = entry.marked and not entry.numbered
        if bullet and not entry.strong:
            return False
        if entry.strong and not entry.marked and len(entry.text) <= 220:
            return not self._section_level or self._like_title(entry)
        if bullet and not any(section.heading for section in self._sections):
            return self._leads_unlike(entry)
        counts = self._counts_on(entry)
        if entry.strong and (counts or self._looks_like_last(entry)):
            return True
        unannounced = not self._agenda and self._heads_unannounced(entry, counts=counts)
        least = LIKE_TITLE if entry.marked or not entry.text.endswith(":") else 0.6
        numbered = counts and self._is_of_its_number(entry)
        return unannounced or numbered or self._like_title(entry, least)

    def _heads_unannounced(self, entry: Entry, *, counts: bool) -> bool:
        """Tell whether a plain line heads a section of a paper that has no agenda.

        The first line of the points says how the paper's headings look: "Titre :", or "1. Titre"
        over entries of another kind.
        """
        last = self._sections[-1].heading if self._sections else None
        if self._sections and (last is None or last.strong or last.heading):
            return False
        if entry.numbered and counts and (last is None or last.numbered):
            after = self._entries[self._index + 1 : self._index + 2]
            return bool(after) and after[0].mark not in {"", entry.mark}
        return not entry.marked and entry.text.endswith(":") and (last is None or not last.marked)

    def _leads_unlike(self, entry: Entry) -> bool:
        """Tell whether a bold entry of a list leads entries of another list that are not bold."""
        following = self._entries[self._index + 1 : self._index + 2]
        if not following or following[0].strong or not following[0].marked:
            return self._like_title(entry)
        after = following[0]
        return (after.mark, after.level) != (entry.mark, entry.level) or self._like_title(entry)

    def _is_of_its_number(self, entry: Entry) -> bool:
        """Tell whether a numbered line is worded much like the agenda item of its number."""
        number = entry.number or 0
        announced = self._agenda[number - 1 : number] if number else []
        return any(likeness(entry.text, item.text) >= LIKE_ENOUGH for item in announced)

    def _looks_like_last(self, entry: Entry) -> bool:
        """Tell whether a marked line looks as the last heading, which was marked itself."""
        last = self._sections[-1].heading if self._sections else None
        return (
            last is not None
            and last.strong
            and (last.mark, last.numbered) == (entry.mark, entry.numbered)
            and (last.column, last.level) == (entry.column, entry.level)
        )

    def _counts_on(self, entry: Entry) -> bool:
        """Tell whether a numbered line counts on from the headings, or labels, before it."""
        if not entry.numbered or entry.number is None:
            return False
        last = self._sections[-1].heading if self._sections else None
        if last is None:
            return entry.number in {1, 1 + self._label_number}
        return entry.number == 1 + (last.number or 0)

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
        people = people_of(table)
        if people is not None:
            self._part = self._part if self._part in _PEOPLE else Label.PRESENT
            self._people_table(people)
            return
        if labels:
            for row in table.rows:
                self._labelled_row(row)
            self._part = None
            return
        for row in table.rows:
            self._plain_row(row)

    def _people_table(self, people: PeopleTable) -> None:
        self._told.tell(people.header, Became.LABEL)
        for row in people.rows:
            outer, self._institution = self._institution, row.institution or self._institution
            self._person(row.entry)
            self._institution = outer
            if row.unread:
                aside = Aside(row.entry.place, row.unread, OTHER_HEADING)
                self._told.left_out.append(aside)

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
                self._told.leave(Entry(place, " : ".join(cells)), OTHER_HEADING)
            return
        for cell in row:
            for line in cell.lines:
                for entry in entries_of_line(line):
                    self._line(entry)

    def _plain_row(self, row: tuple[Cell, ...]) -> None:
        """Read a row of a table over the points: a person where people are listed."""
        if self._part in _PEOPLE:
            lines = side_by_side(row)
            for line in lines:
                self._line(line)
            if lines:
                return
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
            self._person(entry._replace(text=person_of_row(cells)))
        else:
            self._handlers[self._part](entry)

    # What the whole paper says ---------------------------------------------------------------

    def _body_named(self) -> str:
        ours = _OUR_TITLE.fullmatch(self._contents.title)
        if ours is not None:
            return ours["body"]
        return self._head.body

    def _plan(self, parts: PartsReading) -> str:
        """Return the label of the plan that the relevé is about, "" where it names none."""
        ours = _SUBJECT.fullmatch(self._contents.subject)
        if ours is not None:
            return ours["label"]
        progress = [parts.progress_heading] if parts.progress_heading else []
        titles = [entry.text for entry in self._agenda]
        headings = [s.heading.text for s in self._sections if s.heading is not None]
        about = [t for t in (*titles, *headings) if "avancement" in folded(t)]
        sought = (*progress, *about, *self._head.said, self._contents.title, *titles, *headings)
        for pattern in _PLAN:
            for text in sought:
                match = pattern.search(text)
                if match is not None:
                    return re.sub(r"\s*[–/-]\s*", "-", match["label"])
        return ""


def _leads_on(entry: Entry) -> bool:
    """Tell whether a line is the label of the agenda or of the points."""
    if entry.table is not None or (entry.marked and not (entry.heading or entry.strong)):
        return False
    labelled = label_of(entry.text)
    return labelled is not None and labelled.label in {Label.AGENDA, Label.POINTS}


def _names_someone(text: str) -> bool:
    """Tell whether a line surely names a person."""
    if begins_with_civility(text):
        return True
    read = attendee_of(text)
    return read is not None and bool(read.attendee.spoken) and _FUNCTION.search(text) is not None


def likeness(one: str, other: str) -> float:
    """Return how alike two headings are, from 0 to 1, their numbers and accents put aside."""
    ours, theirs = folded(without_number(one)), folded(without_number(other))
    return SequenceMatcher(None, ours, theirs).ratio()
