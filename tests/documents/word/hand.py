"""Relevés as secretaries type them in Word: one truth (``releve/1``), many hands.

Nothing of the program's own writing is used: python-docx writes what a hand would.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Any

from docx import Document
from docx.shared import Cm

if TYPE_CHECKING:
    from collections.abc import Callable

    from docx.document import Document as Paper
    from docx.text.paragraph import Paragraph

    from tests.builders import Json

MONTHS = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
]
DAYS = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]
HEADERS = ("Engagement", "Etat d'avancement", "Détails fournis par le point focal")


def and_list(numbers: list[int], last: str = " et ") -> str:
    words = [str(n) for n in numbers]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])}{last}{words[-1]}"


# People --------------------------------------------------------------------------------------


def _engagement(numbers: list[int]) -> str:
    return f"engagement{'s' if len(numbers) > 1 else ''} {and_list(numbers)}"


def person_as_seed(p: Json) -> str:
    civility = "M." if p["civility"] == "M" else "Mme."
    feminine = "e" if p["civility"] == "Mme" else ""
    if p["role"] == "guest":
        return f"{civility} {p['name']}, invité{feminine}"
    what = {"focal_point": "point focal", "alternate": f"suppléant{feminine} point focal"}
    return f"{civility} {p['name']}, {what[p['role']]} {_engagement(p['commitments'])}"


def person_with_article(p: Json) -> str:
    civility = "Monsieur" if p["civility"] == "M" else "Madame"
    if p["role"] == "guest":
        return f"{civility} {p['name']} (invité{'' if p['civility'] == 'M' else 'e'})"
    numbers = p["commitments"]
    of = "de l’engagement n° " if len(numbers) == 1 else "des engagements n° "
    what = "point focal" if p["role"] == "focal_point" else "point focal suppléant"
    return f"{civility} {p['name']} – {what} {of}{and_list(numbers)} ;"


def person_in_brackets(p: Json) -> str:
    civility = "Mr" if p["civility"] == "M" else "Mme"
    if p["role"] == "guest":
        return f"{civility} {p['name']} : invité{'' if p['civility'] == 'M' else 'e'}."
    what = "PF" if p["role"] == "focal_point" else "suppléant"
    return f"{civility} {p['name']} ({what}, eng. {and_list(p['commitments'], ' & ')})"


# Dates ---------------------------------------------------------------------------------------


def _parts(data: Json) -> tuple[date, int, int]:
    hour, minute = data["time"].split(":")
    return date.fromisoformat(data["date"]), int(hour), int(minute)


def date_as_seed(data: Json) -> str:
    day, hour, minute = _parts(data)
    number = "1er" if day.day == 1 else day.day
    at = f"{hour}h{minute:02d}" if minute else f"{hour}h"
    named = f"{DAYS[day.weekday()].capitalize()} {number} {MONTHS[day.month - 1]} {day.year}"
    return f"{named} (à {at})"


def date_careful(data: Json) -> str:
    day, hour, minute = _parts(data)
    number = "1er" if day.day == 1 else day.day
    at = f"{hour} h {minute:02d}" if minute else f"{hour} h"
    return f"le {number} {MONTHS[day.month - 1].upper()} {day.year} à {at}"


def date_in_numbers(data: Json) -> str:
    day, hour, minute = _parts(data)
    return f"{day:%d/%m}/{day.year} à {hour:02d}:{minute:02d}"


def date_dotted(data: Json) -> str:
    day, hour, minute = _parts(data)
    return f"{DAYS[day.weekday()]} {day:%d.%m}.{day.year}, {hour}H{minute:02d}"


# Hands ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Hand:
    """How somebody types: each choice is one that was seen in real minutes."""

    points: str = "dash"
    """dash, bullet, list (Word's own), indent (dashes with an indent, not tabs), sign"""
    headings: str = "bold"
    """bold, style, underlined, numbered, capitals"""
    person: Callable[[Json], str] = person_as_seed
    day: Callable[[Json], str] = date_as_seed
    table: str = "one"
    """one, cut (a header by hand and a row that goes on), several, percent-space, listed"""
    head: str = "labels"
    """labels (each over its value), inline ("Lieu : …"), table"""


def written(data: Json, hand: Hand) -> bytes:
    """Return a relevé as that hand types it."""
    paper = Document()
    _Typing(paper, data, hand).all()
    stream = BytesIO()
    paper.save(stream)
    return stream.getvalue()


class _Typing:
    def __init__(self, paper: Paper, data: Json, hand: Hand) -> None:
        self.paper, self.data, self.hand = paper, data, hand
        self.section = 0

    def all(self) -> None:
        data = self.data
        self.heading(f"RÉUNION DU {data['body'].upper()}", 0)
        self.heading("Relevé des conclusions", 0)
        self.head()
        self.heading("Participants :", 1)
        for p in data["participants"]:
            self.point(self.hand.person(p), 0)
        self.heading("Ordre du jour :", 1)
        for title in data["agenda"]:
            self.point(title, 0)
        self.heading("Points retenus :", 1)
        notes = list(data["notes"])
        for title in data["agenda"]:
            if title == data["progress"]["heading"]:
                self.progress()
            elif notes:
                self.notes(notes.pop(0))
        for note in notes:
            self.notes(note)

    def head(self) -> None:
        day, place = self.hand.day(self.data), self.data["place"]
        if self.hand.head == "inline":
            self.paper.add_paragraph(f"Date et heure : {day}")
            self.paper.add_paragraph(f"Lieu : {place}")
        elif self.hand.head == "table":
            table = self.paper.add_table(rows=2, cols=2)
            for row, (label, value) in enumerate((("Date", day), ("Lieu", place))):
                table.cell(row, 0).text, table.cell(row, 1).text = label, value
        else:
            self.heading("Date de la réunion", 1)
            self.paper.add_paragraph(day)
            self.heading("Lieu :", 1)
            self.paper.add_paragraph(place)

    def heading(self, text: str, level: int) -> None:
        style = self.hand.headings
        if style == "style":
            if level:
                self.paper.add_heading(text, level)
            else:
                self.paper.add_paragraph(text, "Title" if text.startswith("R") else "Subtitle")
            return
        if style == "capitals" and level == 1:
            text = text.upper()
        if style == "numbered" and level == 2:
            self.section += 1
            text = f"{self.section}. {text}"
        run = self.paper.add_paragraph().add_run(text)
        run.bold = style != "underlined"
        run.underline = style == "underlined"

    def point(self, text: str, level: int) -> Paragraph:
        kind = self.hand.points
        if kind == "list":
            style = "List Bullet" if level == 0 else f"List Bullet {min(level + 1, 3)}"
            return self.paper.add_paragraph(text, style)
        if kind == "indent":
            paragraph = self.paper.add_paragraph(f"- {text}")
            paragraph.paragraph_format.left_indent = Cm(1 + level)
            return paragraph
        if kind == "sign":
            return self.paper.add_paragraph(f"{'-•o*'[min(level, 3)]}\t{text}")
        sign = "•" if kind == "bullet" else "-"
        lead = "\t" * level if kind == "dash" else "    " * level
        return self.paper.add_paragraph(f"{lead}{sign} {text}")

    def notes(self, note: Json) -> None:
        self.heading(f"{note['heading']} :", 2)
        for point in note["points"]:
            self.point(point["text"], point["level"])

    def progress(self) -> None:
        progress = self.data["progress"]
        self.heading(f"{progress['heading']} :", 2)
        gap = " " if self.hand.table == "percent-space" else ""
        overall = f"{progress['overall_percent']}{gap}%"
        self.point(f"Avancement global du Plan d'action national : {overall}", 0)
        done = progress["completed"]
        self.point(f"Engagements complétés à 100{gap}% : {and_list(done) if done else 'aucun'}", 0)
        self.point("Engagements non complétés :", 0)
        rows = progress["rows"]
        if self.hand.table == "several":
            self.table(rows[:3])
            self.paper.add_paragraph()
            self.table(rows[3:6], header=True)
            self.paper.add_paragraph()
            self.table(rows[6:], header=False)
        else:
            self.table(rows)

    def table(self, rows: list[Json], *, header: bool = True) -> None:
        if not rows:
            return
        table = self.paper.add_table(rows=0, cols=3)
        if header:
            self.row(table, *HEADERS)
        gap = " " if self.hand.table == "percent-space" else ""
        for row in rows:
            lines = row["details"].split("\n")
            if self.hand.table == "cut" and len(lines) > 2:
                self.row(
                    table, str(row["commitment"]), f"{row['percent']}%", *["\n".join(lines[:-1])]
                )
                self.row(table, *HEADERS)
                self.row(table, "", "", lines[-1])
            else:
                self.row(table, str(row["commitment"]), f"{row['percent']}{gap}%", row["details"])

    def row(self, table: Any, number: str, rate: str, details: str) -> None:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = number, rate
        first, *others = details.split("\n")
        self.cell_line(cells[2].paragraphs[0], first)
        for line in others:
            self.cell_line(cells[2].add_paragraph(), line)

    def cell_line(self, paragraph: Paragraph, line: str) -> None:
        if self.hand.table == "listed" and line[:3] in {"1. ", "2. ", "3. "}:
            paragraph.style = self.paper.styles["List Number"]
            line = line[3:]
        elif self.hand.table == "listed" and line.startswith("- "):
            paragraph.style = self.paper.styles["List Bullet"]
            line = line[2:]
        paragraph.add_run(line)


HANDS = {
    "as the committee's": Hand(),
    "with real lists and styles": Hand("list", "style", table="listed"),
    "careful": Hand("bullet", "bold", person_with_article, date_careful, "percent-space", "inline"),
    "underlined, indented": Hand(
        "indent", "underlined", person_in_brackets, date_in_numbers, "cut"
    ),
    "numbered, tables in pieces": Hand("dash", "numbered", day=date_dotted, table="several"),
    "signs by level, head in a table": Hand("sign", "capitals", head="table"),
}
