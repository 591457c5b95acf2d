"""Reads the progress of the commitments: the figures in the lines, and the table cut by hand.

A table is known by its headings, else by its shape (a small number, a percent, a text). What a
secretary did to make it fit the pages is undone: a header repeated by hand, a row that goes on
in the next one, one table cut in several.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from pan_desktop.documents.interpret.entries import LISTED, entries_of_line
from pan_desktop.documents.interpret.participants import numbers_in
from pan_desktop.documents.minutes import Rate
from pan_desktop.domain.folding import folded
from pan_desktop.domain.marks import encoded, shifted
from pan_desktop.domain.mending import mended
from pan_desktop.domain.numbers import HIGHEST

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pan_desktop.documents.interpret.entries import Entry
    from pan_desktop.documents.word.lines import Cell, Table
    from pan_desktop.domain.marks import Marks

_PERCENT = re.compile(r"(?<![\d,.])(\d{1,3})(?:[.,](\d+))?\s*(?:%|٪|pour\s*cent|p\.?\s?100)")
_NAMED = re.compile(
    r"(?:engagements?|eng\.?|e|n[°o])\s*(?:n[°o]\s*)?\d{1,4}(?!\d|\s*%).{0,200}",
    re.IGNORECASE | re.DOTALL,
)
"""A commitment as a cell names it: "Engagement 3", "E3 (Archives)"."""
_WORD = re.compile(r"\w")
_BARE = re.compile(r"\s*(\d{1,3})(?:[.,](\d+))?\s*")
_NUMBER_CELL = re.compile(
    r"\s*(?:engagements?|eng\.?|e|n[°o])?\s*(?:n[°o]\s*)?(?P<number>\d{1,4})\s*[.:)–—-]*\s*(?P<title>.*)",
    re.IGNORECASE | re.DOTALL,
)
_RATED = re.compile(
    r"(?:engagements?\s*|E)?(?:n[°o]\s*)?(?P<number>\d{1,4})\s*(?:[(:=–—-]|à)\s*"
    r"(?P<percent>\d{1,3})\s*%\s*\)?",
    re.IGNORECASE,
)
_LISTED_NUMBER = re.compile(
    r"\s*(?:(?:l['’])?engagements?|eng\.?|e|n[°o])?\s*(?:n[°o]\s*)?(?P<number>\d{1,4})"
    r"\s*(?:[:–—-]\s*(?P<title>.+)|[;,.]?\s*)",
    re.IGNORECASE,
)
_OVERALL = re.compile(
    r"(?:taux|avancement|etat d'avancement|niveau d'avancement|taux d'avancement|progression"
    r"|realisation|mise en oeuvre|taux de realisation|taux de mise en oeuvre)[^:%]{0,40}"
    r"(?:global|general|moyen|d'ensemble)|\bglobal(?:e|ement)?\b"
    r"|\b(?:avancement|realisation|mise en oeuvre|execution)\b[^:%]{0,25}"
    r"\b(?:du|de) (?:pan\b|plan d'act)"
    r"|moyenne (?:generale|globale)"
)
_COMPLETED = re.compile(
    r"\bengagements?\b[^:]*\b(?:complet|acheve|realise|finalise|cloture|termine|execute)\w*"
    r"|\b(?:complet|acheve|realise|finalise|termine)\w* a 100"
)
_NOT = re.compile(r"\b(?:non|pas|encore|inacheve|en cours|partiellement)\b")
_NOTHING = re.compile(r"[\s–—/-]*")
"""What fills a cell that has nothing to say."""
_INLINE = re.compile(
    r"engagements?\s*(?:n[°o]\s*)?(?P<number>\d{1,4})\s*(?:\((?P<title>[^()%]*)\)\s*)?"
    r"[:(–—-]+\s*(?P<percent>\d{1,3})\s*%\s*[):.,;–—-]*\s*(?P<details>.*)",
    re.IGNORECASE | re.DOTALL,
)
_HEADS = {
    "number": re.compile(
        r"(?:n[°o]|numeros?|no|code)(?: (?:de l'|d'|des )?engagements?)?"
        r"|engagements?(?: n[°o])?|eng\.?|#"
    ),
    "percent": re.compile(
        r"(?:etat|taux|niveau|avancement|pourcentage|%|progression|realisation|degre)\b.*|%.*"
    ),
    "title": re.compile(r"(?:intitule|titre|libelle|designation|objet)\b.*"),
    "institution": re.compile(
        r"(?:organisme|institution|porteur|departement|administration|entite|chef de file"
        r"|responsable|ministere|structure)\b.*"
    ),
    "details": re.compile(
        r"(?:details?|observations?|commentaires?|remarques?|explications?|precisions?"
        r"|justifications?|informations?|situation|realisations?|activites?|actions?)\b.*"
    ),
}
NOT_WHOLE = "le taux {said} est arrondi à {percent} %"
NO_RATE = "le taux de l’engagement {number} n’est pas lisible : « {said} »"
BY_SHAPE = "tableau sans en-têtes : ses colonnes sont reconnues à leur contenu"
AXIS = "intertitre du tableau"
TWICE = "l’engagement {number} figure deux fois : ses textes sont réunis"


@dataclass
class Row:
    """A commitment of the table while it is being read."""

    number: int
    percent: int | None = None
    parts: list[tuple[str, Marks]] = field(default_factory=list)
    title: str = ""
    institution: str = ""
    places: list[int] = field(default_factory=list)

    def rate(self) -> tuple[Rate, tuple[str, ...]]:
        """Return the rate, and what was put right in its details."""
        text = ""
        marks: list[Marks] = []
        for words, own in self.parts:
            start = len(text) + 1 if text else 0
            text = f"{text}\n{words}" if text else words
            marks.append(shifted(own, start))
        whole = mended(text, tuple(mark for own in marks for mark in own))
        rate = Rate(
            self.number,
            self.percent,
            whole.text,
            encoded(whole.marks),
            self.title,
            self.institution,
        )
        return rate, whole.done


class Columns(NamedTuple):
    """Which column of a table is what; -1 for one that it does not have."""

    number: int
    percent: int
    details: int
    title: int = -1
    institution: int = -1
    others: tuple[tuple[int, str], ...] = ()
    """Columns of other headings, whose words are kept in the details."""
    width: int = 3
    bare: bool = False
    """Whether the rates have neither a heading nor a sign: taken for what they are by shape."""


class TableReading:
    """Reads the tables of one relevé, each going on where the last one ended."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self.doubts: list[tuple[int, str]] = []
        self.headers: list[tuple[int, str]] = []
        """The headings of the columns, by place."""
        self.repeated: list[tuple[int, str]] = []
        """Header rows that were typed again, by place: words that no row of the meeting holds."""
        self.axes: list[tuple[int, str]] = []
        """Rows that only say which commitments follow, by place."""
        self._columns: Columns | None = None
        self._by_number: dict[int, Row] = {}

    def takes(self, table: Table) -> bool:
        """Read a table when it is one of progress, and tell whether it was."""
        captions, rows = _captioned(table)
        if not rows:
            return False
        columns = _columns(rows[0])
        body = rows
        if columns is not None:
            known = self.headers if self._columns is None else self.repeated
            known.append(_told(rows[0], table))
            body = rows[1:]
        else:
            columns = self._columns if self._fits(rows) else _by_shape(rows, bare=True)
            if columns is not None and columns.bare:
                self.doubts.append((_place(rows[0], table), BY_SHAPE))
        if columns is None:
            return False
        self.axes += [_told(row, table) for row in captions]
        self._columns = columns
        for row in body:
            self._row(row, columns, table)
        return True

    def _fits(self, rows: Sequence[Sequence[Cell]]) -> bool:
        """Tell whether a table without a header goes on with the last one."""
        known = self._columns
        return known is not None and all(len(row) == known.width for row in rows)

    def _row(self, cells: Sequence[Cell], columns: Columns, table: Table) -> None:
        number_text = _text(cells, columns.number)
        match = _NUMBER_CELL.fullmatch(number_text) if number_text else None
        if match is None or not 1 <= int(match["number"]) <= HIGHEST:
            again = _columns(cells) if number_text else None
            if again is not None and again.number == columns.number:
                self.repeated.append(_told(cells, table))
            elif number_text and not any(cell.lines for cell in cells[columns.number + 1 :]):
                self.axes.append(_told(cells, table))
            else:
                self._goes_on(cells, columns, number_text, table)
            return
        number = int(match["number"])
        row = self._by_number.get(number)
        if row is None:
            row = self._by_number[number] = Row(number)
            self.rows.append(row)
        else:
            self.doubts.append((_place(cells, table), TWICE.format(number=number)))
        row.places.append(_place(cells, table))
        self._rate(row, _text(cells, columns.percent))
        row.title = row.title or _text(cells, columns.title) or _title(match["title"])
        row.institution = row.institution or _text(cells, columns.institution)
        row.parts += _details(cells, columns)

    def _goes_on(
        self, cells: Sequence[Cell], columns: Columns, number_text: str, table: Table
    ) -> None:
        """Join a row without a number to the one before it; without one, its words are kept."""
        words = [text for cell in cells if (text := " ".join(cell.text.split()))]
        if not words:
            return
        if not self.rows:
            self.axes.append(_told(cells, table))
            return
        row = self.rows[-1]
        row.places.append(_place(cells, table))
        rate = _text(cells, columns.percent)
        if rate and row.percent is None:
            self._rate(row, rate)
        elif rate:
            row.parts.append((rate, ()))
        if number_text:
            row.parts.append((number_text, ()))
        row.parts += _details(cells, columns)

    def _rate(self, row: Row, said: str) -> None:
        percent, exact = percent_in(said)
        if percent is None:
            if said.strip(" -–—/"):
                words = NO_RATE.format(number=row.number, said=said)
                self.doubts.append((row.places[-1], words))
                row.parts.append((said, ()))
            return
        if _WORD.search(_PERCENT.sub("", said)) and not _BARE.fullmatch(said):
            row.parts.append((said, ()))  # "En cours (45 %)", "45 % (+5)"
        if not exact:
            words = NOT_WHOLE.format(said=said, percent=percent)
            self.doubts.append((row.places[-1], words))
        row.percent = percent if row.percent is None else row.percent


def gives_rates(table: Table, *, announced: bool) -> bool:
    """Tell whether a table has a column of commitments' numbers and one of their rates.

    Under a heading that ``announced`` progress its own headings are enough; elsewhere a rate must
    stand in it.
    """
    _, rows = _captioned(table)
    if not rows:
        return False
    columns = _columns(rows[0]) or _by_shape(rows, bare=announced)
    if columns is None or columns.percent < 0:
        return False
    return announced or any(percent_in(_text(row, columns.percent))[0] is not None for row in rows)


def percent_in(text: str) -> tuple[int | None, bool]:
    """Return the percent that a text gives, from 0 to 100, and whether it was a whole number."""
    match = _PERCENT.search(text) or _BARE.fullmatch(text)
    if match is None:
        return None, True
    value = float(f"{match[1]}.{match[2] or 0}")
    if match[2] and value <= 1 and "%" not in text:
        value *= 100  # a cell of a spreadsheet pasted as it is: 0.95
        return round(value), True
    percent = int(value + 0.5)
    return (percent, value == int(value)) if percent <= 100 else (None, True)


def overall_in(text: str) -> tuple[int | None, bool] | None:
    """Return the overall figure of a line and whether it was whole, None for no such line."""
    if not _OVERALL.search(folded(text)):
        return None
    percent = percent_in(text.partition(":")[2])
    percent = percent_in(text) if percent[0] is None else percent
    return percent if percent[0] is not None else None


def completed_in(text: str) -> tuple[int, ...] | None:
    """Return the commitments that a line says are completed, None for no such line."""
    words = folded(text)
    match = _COMPLETED.search(words)
    if match is None or _NOT.search(words[: words.find(":")] if ":" in words else words):
        return None
    head, colon, rest = text.partition(":")
    if not colon:
        rest = re.sub(r"à\s*100\s*(?:%|٪)", " ", head)
    return numbers_in(rest)


def listed_commitment(text: str) -> tuple[int, str] | None:
    """Return the commitment that an entry is nothing but the name of, and its title."""
    match = _LISTED_NUMBER.fullmatch(text)
    if match is None or "%" in text or not 1 <= int(match["number"]) <= HIGHEST:
        return None
    return int(match["number"]), " ".join((match["title"] or "").split()).rstrip(" ;.")


def inline_rates(entry: Entry) -> list[Row]:
    """Return the commitments that a line rates one by one: "En cours : 2 (40 %), 4 (75 %)".

    None for a line that is about anything else than commitments.
    """
    head, colon, rest = entry.text.partition(":")
    if not colon or "engagement" not in folded(head):
        return []
    found = [(int(m["number"]), int(m["percent"])) for m in _RATED.finditer(rest)]
    if any(percent > 100 or not 1 <= number <= HIGHEST for number, percent in found):
        return []
    if _WORD.search(
        re.sub(r"\b(?:et|engagements?|n[°o]?|e|à)\b", "", _RATED.sub("", rest).lower())
    ):
        return []  # it says more than that
    return [Row(number, percent, places=[entry.place]) for number, percent in found]


def announced_in(text: str) -> tuple[int, ...]:
    """Return the commitments that a line names which announces those under way."""
    rest = text.partition(":")[2]
    return numbers_in(rest) if "%" not in rest else ()


def announces_table(text: str) -> bool:
    """Tell whether a line only says which commitments are under way, or that they follow."""
    words = folded(text)
    if len(words) >= 90 or _NOT.search(words) is None or "engagement" not in words:
        return False
    return "%" not in text.partition(":")[2]


def inline_rate(entry: Entry) -> Row | None:
    """Return the commitment that a line reports on without a table ("Engagement 3 : 95 % – …")."""
    match = _INLINE.fullmatch(entry.text)
    if match is None or int(match["percent"]) > 100 or not 1 <= int(match["number"]) <= HIGHEST:
        return None
    row = Row(int(match["number"]), int(match["percent"]), places=[entry.place])
    row.title = (match["title"] or "").strip()
    if match["details"].strip():
        row.parts.append((match["details"].strip(), ()))
    return row


def _columns(row: Sequence[Cell]) -> Columns | None:
    """Return which column is what by a row of headings, None when it is none."""
    found: dict[str, int] = {}
    others: list[tuple[int, str]] = []
    for index, cell in enumerate(row):
        words = folded(cell.text).strip(" :.*")
        kind = next(
            (k for k, head in _HEADS.items() if k not in found and head.fullmatch(words)), None
        )
        if kind is None and "title" not in found and words in {"engagement", "engagements"}:
            kind = "title"  # beside a column of their numbers
        if kind is not None:
            found[kind] = index
        elif words:
            others.append((index, " ".join(cell.text.split())))
    if "details" not in found and len(others) == 1:
        found["details"] = others.pop()[0]  # "Motifs", "Justificatifs": the words of whoever asked
    if "number" not in found or ("percent" not in found and "details" not in found):
        return None
    return Columns(
        found["number"],
        found.get("percent", -1),
        found.get("details", -1),
        found.get("title", -1),
        found.get("institution", -1),
        tuple(others),
        len(row),
    )


def _captioned(table: Table) -> tuple[list[tuple[Cell, ...]], list[tuple[Cell, ...]]]:
    """Return the rows over a table's headings that are but a caption, and the others."""
    rows = [_spread(row) for row in table.rows]
    rows = [row for row in rows if any(cell.text.strip() for cell in row)]
    begin = 0
    while begin < len(rows) and sum(bool(cell.lines) for cell in rows[begin]) == 1:
        begin += 1
    headed = 0 < begin < len(rows) and _columns(rows[begin]) is not None
    return (rows[:begin], rows[begin:]) if headed else ([], rows)


def _by_shape(rows: Sequence[Sequence[Cell]], *, bare: bool) -> Columns | None:
    """Return which column is what by what stands in them, None when it is no table of progress.

    Rates without their sign count only where ``bare`` says that they are expected.
    """
    width = len(rows[0])
    if width < 2 or any(len(row) != width for row in rows):
        return None

    def share(index: int, *patterns: re.Pattern[str]) -> float:
        texts = [row[index].text.strip() for row in rows]
        return sum(any(p.fullmatch(text) for p in patterns) for text in texts) / len(texts)

    number = next((i for i in range(width) if share(i, _BARE, _NAMED) >= 0.6), None)
    rates = [i for i in range(width) if i != number and share(i, _PERCENT) >= 0.6]
    signed = bool(rates)
    if bare and not rates and width > 2:
        rates = [i for i in range(width) if i != number and share(i, _BARE) >= 0.6]
    if number is None or not rates:
        return None
    rest = [i for i in range(width) if i not in {number, rates[0]}]
    details = max(rest, key=lambda i: sum(len(row[i].text) for row in rows), default=-1)
    others = tuple((i, "") for i in rest if i != details)
    return Columns(number, rates[0], details, others=others, width=width, bare=not signed)


def _spread(row: Sequence[Cell]) -> tuple[Cell, ...]:
    """Return a row with a cell for each column: a merged one stands in its first."""
    found: list[Cell] = []
    for cell in row:
        found.append(cell)
        found += [cell._replace(lines=(), spans=1) for _ in range(cell.spans - 1)]
    return tuple(found)


def _text(cells: Sequence[Cell], index: int) -> str:
    return " ".join(cells[index].text.split()) if 0 <= index < len(cells) else ""


def _told(cells: Sequence[Cell], table: Table) -> tuple[int, str]:
    """Return where a row stands, and its words side by side."""
    words = [words for cell in cells if (words := " ".join(cell.text.split()))]
    return _place(cells, table), " | ".join(words)


def _title(text: str) -> str:
    """Return what stands beside a commitment's number, without brackets around the whole."""
    words = " ".join(text.split())
    inside = re.fullmatch(r"\(([^()]*)\)", words)
    return words if inside is None else inside[1].strip()


def _place(cells: Sequence[Cell], table: Table) -> int:
    return next((line.place for cell in cells for line in cell.lines), table.place)


def _details(cells: Sequence[Cell], columns: Columns) -> list[tuple[str, Marks]]:
    """Return the paragraphs of a row's details, lists as "- " and "1. ", and its other columns."""
    known = {columns.number, columns.percent, columns.title, columns.institution}
    found: list[tuple[str, Marks]] = []
    if 0 <= columns.details < len(cells) and not _NOTHING.fullmatch(cells[columns.details].text):
        found += cell_paragraphs(cells[columns.details])
    heads = dict(columns.others)
    for index, cell in enumerate(cells):
        words = " ".join(cell.text.split())
        if not words or index in known or index == columns.details:
            continue
        head = heads.get(index, "")
        found.append((f"{head} : {words}" if head else words, ()))
    return found


def cell_paragraphs(cell: Cell) -> list[tuple[str, Marks]]:
    """Return a cell's paragraphs as details are kept: its lists' entries with their marks."""
    found: list[tuple[str, Marks]] = []
    for line in cell.lines:
        for entry in entries_of_line(line):
            sign = ""
            if entry.mark == LISTED:
                sign = f"{entry.number}. " if entry.numbered else "- "
            elif entry.marked:
                sign = entry.sign
            found.append((f"{sign}{entry.text}", shifted(entry.marks, len(sign))))
    return found
