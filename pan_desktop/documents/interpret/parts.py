"""Reads the sections of a relevé: which one is the progress, what its figures are, the points."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pan_desktop.documents.interpret.entries import LISTED, Entry, levels_of
from pan_desktop.documents.interpret.outcome import Became, Outcome, Sureness
from pan_desktop.documents.interpret.progress import (
    AXIS,
    Row,
    TableReading,
    announced_in,
    announces_table,
    completed_in,
    gives_rates,
    inline_rate,
    inline_rates,
    listed_commitment,
    overall_in,
)
from pan_desktop.documents.interpret.sections import align, pair_sections
from pan_desktop.documents.interpret.words import NUMBERED_TITLE, without_number
from pan_desktop.documents.minutes import Point, Rate, Section
from pan_desktop.documents.word.lines import Aside
from pan_desktop.domain.folding import folded
from pan_desktop.domain.marks import encoded
from pan_desktop.domain.mending import raised_again
from pan_desktop.domain.model import ConclusionKind
from pan_desktop.domain.pasting import CELLS_APART
from pan_desktop.domain.progress import COMPLETE

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from pan_desktop.documents.word.lines import Table

NO_HEADING = "Points retenus"
"""Heads the points of a relevé that has no heading over them."""
MORE = "{heading} – autres points"
OF_PROGRESS = "phrase de la partie d’avancement, gardée comme point à part"
TABLE_ROW = "ligne d’un tableau, gardée comme point"
REPEATED = "en-tête de tableau répété à la main"
BOTH = "l’engagement {number} est dit complété, et figure au tableau avec {percent} %"
NOT_WHOLE = "le taux global est arrondi"
CONTINUED = "suite d’un paragraphe"
_KIND = re.compile(r"(D[ée]cision|Action|T[âa]che)\s*(?:n[°o]\s*)?\d*\s*:", re.IGNORECASE)
_KINDS = {
    "d": ConclusionKind.DECISION,
    "a": ConclusionKind.ACTION,
    "t": ConclusionKind.ACTION,
}
_CAPTION = re.compile(r"tableau\s+(?:n[°o]\s*)?\d", re.IGNORECASE)
_LONGEST_CAPTION = 120
_PROGRESS_WORDS = re.compile(r"\b(?:avancement|progression|mise en oeuvre|execution|bilan|suivi)\b")


@dataclass
class OpenSection:
    """A section while its lines come; without a heading where the paper has none."""

    heading: Entry | None
    entries: list[Entry] = field(default_factory=list)

    @property
    def like_progress(self) -> bool:
        """Tell whether its heading may be that of the progress of the commitments."""
        return self.heading is not None and bool(_PROGRESS_WORDS.search(folded(self.heading.text)))


class PartsReading:
    """Reads the sections that were cut, and pairs them with the agenda."""

    def __init__(self, agenda: Sequence[Entry], sections: Sequence[OpenSection]) -> None:
        """Take the agenda's entries and the sections, in the paper's order."""
        self.outcomes: list[Outcome] = []
        self.left_out: list[Aside] = []
        self.overall: int | None = None
        self.progress_heading = ""
        self._agenda = agenda
        self._open = sections
        self._completed: list[int] = []
        self._listing = False
        """Whether the commitments completed follow, an entry each."""
        self._named: dict[int, str] = {}
        self._tables = TableReading()
        self._inline: list[Row] = []
        self._under_way: set[int] = set()
        """Those that a line names as not completed, rated or not."""

    def sections(self) -> tuple[Section, ...]:
        """Return the sections with what the agenda announces, in the order of both."""
        titles = _titles([entry.text for entry in self._agenda])
        headings = _titles([s.heading.text if s.heading else NO_HEADING for s in self._open])
        progress = self._find_progress()
        read: list[tuple[str, tuple[Point, ...]]] = []
        place = -1
        for index, (section, heading) in enumerate(zip(self._open, headings, strict=True)):
            if section.heading is not None:
                self._tell(section.heading, Became.HEADING)
            if index == progress:
                self.progress_heading = heading
                place = len(read)
                more = self._progress(section)
                if more:
                    read.append((MORE.format(heading=heading), more))
            else:
                read.append((heading, self._points(section.entries)))
        return self._paired(titles, read, place)

    def _paired(
        self, titles: list[str], read: list[tuple[str, tuple[Point, ...]]], place: int
    ) -> tuple[Section, ...]:
        headings = [heading for heading, _ in read]
        if place < 0:
            pairs = [(t, None if h is None else h + 1) for t, h in align(titles, headings)]
        else:
            found = pair_sections(titles, self.progress_heading, headings)
            pairs = [(section.title, section.heading) for section in found]
            if not any(title is not None for title, heading in pairs if heading == 0):
                # Announced by no title: where it stands in the paper says where it belongs.
                pairs = [pair for pair in pairs if pair[1] != 0]
                after = next((i for i, p in enumerate(pairs) if p[1] == place), -1)
                pairs.insert(after + 1, (None, 0))
        return tuple(
            Section(
                titles[title] if title is not None else "",
                self.progress_heading if heading == 0 else headings[heading - 1] if heading else "",
                progress=heading == 0,
                discussed=heading is not None,
                points=read[heading - 1][1] if heading else (),
            )
            for title, heading in pairs
        )

    def rates(self, spoken: Collection[int]) -> tuple[Rate, ...]:
        """Return the rates: those completed, those of the table, then those only spoken for."""
        rows = {row.number: row for row in (*self._tables.rows, *self._inline)}
        found: dict[int, Rate] = {}
        for number in self._completed:
            row = rows.get(number)
            if row is None or row.percent in {None, COMPLETE}:
                found[number] = Rate(number, COMPLETE, title=self._named.get(number, ""))
            else:
                place = row.places[0]
                note = BOTH.format(number=number, percent=row.percent)
                self.outcomes.append(Outcome(place, "", Became.RATE, "", Sureness.UNSURE, note))
        for number, row in rows.items():
            rate, done = row.rate()
            found[number] = (
                Rate(number, COMPLETE, rate.details, rate.marks, rate.title, rate.institution)
                if number in found
                else rate
            )
            self._tell_row(row, rate, done)
        for number in sorted((set(spoken) | self._under_way) - found.keys()):
            found[number] = Rate(number, None)
        return tuple(found.values())

    # Progress --------------------------------------------------------------------------------

    def _find_progress(self) -> int:
        """Return the section that gives the commitments' progress, -1 for none."""
        for wanted_by_name in (True, False):
            for index, section in enumerate(self._open):
                if section.like_progress is wanted_by_name and _gives_progress(section):
                    return index
        return -1

    def _progress(self, section: OpenSection) -> tuple[Point, ...]:
        """Read figures and tables; return the points that are neither."""
        rest: list[Entry] = []
        followed = [*section.entries[1:], None]
        for entry, after in zip(section.entries, followed, strict=True):
            if entry.table is not None:
                if not self._tables.takes(entry.table):
                    rest.append(entry)
            elif self._figure(entry):
                continue
            elif _heads_table(entry, after):
                self._tables.axes.append((entry.place, entry.raw or entry.text))
            else:
                rest.append(entry)
        for place, words in self._tables.headers:
            self.outcomes.append(Outcome(place, words, Became.LABEL))
        for rows, why in ((self._tables.repeated, REPEATED), (self._tables.axes, AXIS)):
            for place, words in rows:
                self.left_out.append(Aside(place, words, why))
                self.outcomes.append(Outcome(place, words, Became.LEFT_OUT, "", Sureness.SURE, why))
        self.outcomes += [
            Outcome(place, "", Became.RATE, "", Sureness.UNSURE, note)
            for place, note in self._tables.doubts
        ]
        return self._points(rest, OF_PROGRESS)

    def _figure(self, entry: Entry) -> bool:
        """Take a line that gives a figure or only leads to the table, and tell whether it did."""
        listed = listed_commitment(entry.text) if self._listing else None
        if listed is not None:
            number, title = listed
            self._completed += [number] if number not in self._completed else []
            self._named.setdefault(number, title)
            self._tell(entry, Became.COMPLETED, str(number))
            return True
        self._listing = False
        overall = overall_in(entry.text)
        if overall is not None and self.overall is None:
            self.overall = overall[0]
            note = "" if overall[1] else NOT_WHOLE
            self._tell(entry, Became.OVERALL, f"{overall[0]} %", note=note)
            return True
        completed = completed_in(entry.text)
        if completed is not None:
            self._completed += [n for n in completed if n not in self._completed]
            self._listing = not completed and entry.text.rstrip().endswith(":")
            self._tell(entry, Became.COMPLETED, ", ".join(map(str, completed)))
            return True
        row = inline_rate(entry)
        rows = inline_rates(entry) if row is None else [row]
        if rows:
            self._inline += rows
            if row is None:
                self._tell(entry, Became.LABEL)
            return True
        if announces_table(entry.text):
            self._under_way.update(announced_in(entry.text))
            self._tell(entry, Became.LABEL)
            return True
        return False

    def _tell_row(self, row: Row, rate: Rate, done: tuple[str, ...]) -> None:
        said = "" if rate.percent is None else f", {rate.percent} %"
        what = f"engagement {row.number}{said}"
        words = " ".join(rate.details.split())
        sureness = Sureness.LIKELY if done else Sureness.SURE
        place = row.places[0] if row.places else 0
        note = " ; ".join(done)
        self.outcomes.append(Outcome(place, words, Became.RATE, what, sureness, note))

    # Points ----------------------------------------------------------------------------------

    def _points(self, entries: Sequence[Entry], note: str = "") -> tuple[Point, ...]:
        """Return the points of a section, each with its level; a table's rows are points."""
        plain: list[tuple[Entry, str]] = []
        for entry in entries:
            if entry.table is not None:
                plain += [(row, TABLE_ROW) for row in _rows_of(entry.table)]
            elif plain and _goes_on(plain[-1][0], entry):
                before, told = plain[-1]
                plain[-1] = (before._replace(text=f"{before.text}\n{entry.text}"), told)
                self._tell(entry, Became.POINT, sureness=Sureness.LIKELY, note=CONTINUED)
            else:
                plain.append((entry, note))
        levels = levels_of([entry for entry, _ in plain])
        points: list[Point] = []
        for (entry, told), level in zip(plain, levels, strict=True):
            text, marks, done = raised_again(entry.text, entry.marks)
            kind = _kind_of(text)
            points.append(Point(level, text, encoded(marks), entry.numbered, kind))
            note_of = " ; ".join([*done, *([told] if told else [])])
            sureness = Sureness.UNSURE if told == OF_PROGRESS else Sureness.SURE
            sureness = Sureness.LIKELY if done or told == TABLE_ROW else sureness
            what = f"niveau {level + 1}"
            self._tell(entry, Became.POINT, what, sureness=sureness, note=note_of)
        return tuple(points)

    def _tell(
        self,
        entry: Entry,
        became: Became,
        what: str = "",
        *,
        sureness: Sureness = Sureness.SURE,
        note: str = "",
    ) -> None:
        self.outcomes.append(
            Outcome(entry.place, entry.raw or entry.text, became, what, sureness, note)
        )


def _gives_progress(section: OpenSection) -> bool:
    """Tell whether a section gives an overall figure, what is completed, or a table of rates."""
    return any(
        gives_rates(entry.table, announced=section.like_progress)
        if entry.table is not None
        else section.like_progress and is_figure(entry)
        for entry in section.entries
    )


def is_figure(entry: Entry) -> bool:
    """Tell whether a line gives a figure of the commitments' progress."""
    text = entry.text
    return bool(overall_in(text) or completed_in(text) or inline_rate(entry) or inline_rates(entry))


def _heads_table(entry: Entry, after: Entry | None) -> bool:
    """Tell whether a line is the caption of a table of rates, or says which ones it gives."""
    if len(entry.text) > _LONGEST_CAPTION or entry.text.endswith("."):
        return False
    if _CAPTION.match(entry.text):
        return True
    table = None if after is None else after.table
    return table is not None and gives_rates(table, announced=True)


def _kind_of(text: str) -> ConclusionKind:
    """Return what a point says it is: "Décision : …", "Action : …"."""
    said = _KIND.match(text)
    return ConclusionKind.INFORMATION if said is None else _KINDS[folded(said[1])[:1]]


def _goes_on(before: Entry, entry: Entry) -> bool:
    """Tell whether a line without a sign, set under the words of a point, is part of it."""
    return before.marked and not entry.marked and entry.column >= before.column + 200


def _rows_of(table: Table) -> list[Entry]:
    """Return the rows of a table that is none of progress as lines, their cells side by side."""
    found: list[Entry] = []
    for row in table.rows:
        cells = [words for cell in row if (words := " ".join(cell.text.split()))]
        place = next((line.place for cell in row for line in cell.lines), table.place)
        if cells:
            found.append(Entry(place, CELLS_APART.join(cells), mark=LISTED, level=0))
    return found


def _titles(texts: Sequence[str]) -> list[str]:
    """Return headings without the colon behind them, nor the numbers before them where all have."""
    numbered = len(texts) > 1 and all(NUMBERED_TITLE.match(text) for text in texts)
    return [
        without_number(text) if numbered else text.rstrip(" :\u00a0\u202f") or text
        for text in texts
    ]
