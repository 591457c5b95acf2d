"""The many ways in which people type a relevé."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from tests.documents.word.other_papers import (
    BULLET,
    DECIMAL,
    LETTER,
    ROMAN,
    WORD,
    Cell,
    Dialect,
    Paper,
    Par,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from tests.documents.word.other_truths import Part, Someone, Truth

_MONTHS = [
    *("janvier", "février", "mars", "avril", "mai", "juin", "juillet"),
    *("août", "septembre", "octobre", "novembre", "décembre"),
]
_HEAD = ("Engagement", "Etat d'avancement", "Détails fournis par le point focal")
_TITLED = ("N°", "Intitulé de l’engagement", "Taux de réalisation", "Observations")
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
_DAYS = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]


def and_list(numbers: tuple[int, ...], apart: str = ", ", last: str = " et ") -> str:
    said = [str(number) for number in numbers]
    return last.join([apart.join(said[:-1]), said[-1]]) if len(said) > 1 else "".join(said)


def _ranged(numbers: tuple[int, ...]) -> str:
    run = numbers[-1] - numbers[0] == len(numbers) - 1 and len(numbers) > 2
    return f"{numbers[0]} à {numbers[-1]}" if run else and_list(numbers)


def _s(numbers: tuple[int, ...]) -> str:
    return "s" if len(numbers) > 1 else ""


# People ----------------------------------------------------------------------------------------


def usual(who: Someone, mr: str = "M.", mme: str = "Mme", join: str = ", ") -> str:
    e = "e" if who.civility == "Mme" else ""
    called = f"{mr if who.civility == 'M' else mme} {who.name}"
    if who.role == "guest":
        said = f"invité{e}"
    else:
        what = "point focal" if who.role == "focal_point" else f"suppléant{e} point focal"
        said = f"{what} engagement{_s(who.numbers)} {and_list(who.numbers)}"
    away = {"excused": f"excusé{e}", "absent": f"absent{e}"}.get(who.presence)
    return join.join([called, said, *([away] if away else [])])


def with_institution_after(who: Someone) -> str:
    said = usual(who)
    return f"{said}, {who.institution}" if who.institution else said


def with_institution_before(who: Someone) -> str:
    called, said = usual(who).split(", ", 1)
    return f"{called} ({who.institution}), {said}" if who.institution else f"{called}, {said}"


def institution_leads(who: Someone) -> str:
    said = usual(who)
    return f"{who.institution} : {said}" if who.institution else said


def surname_first(who: Someone) -> str:
    return f"{'Mr.' if who.civility == 'M' else 'Mme.'} {usual(who).split(' ', 1)[1]}"


def dashed(who: Someone) -> str:
    return usual(who, "Monsieur", "Madame", " – ")


def short(who: Someone) -> str:
    said = "PF" if who.role == "focal_point" else "suppl."
    of = f" E{', E'.join(map(str, who.numbers))}" if who.numbers else ""
    said = "invité" if who.role == "guest" else said
    return f"{'M.' if who.civility == 'M' else 'Mme'} {who.name} ({said}{of})"


def numbered(who: Someone) -> str:
    said = "point focal" if who.role == "focal_point" else "point focal suppléant"
    of = f" des engagements n° {_ranged(who.numbers)}" if who.numbers else ""
    said = "invité" if who.role == "guest" else said
    return f"{'M.' if who.civility == 'M' else 'Mme'} {who.name} : {said}{of} ;"


def doctor(who: Someone) -> str:
    title = "Pr" if who.civility == "Mme" else "Dr."
    return usual(who).replace(" ", f" {title} ", 1)


# Moments ---------------------------------------------------------------------------------------


def as_seed(t: Truth) -> str:
    minute = f"{t.at.minute:02d}" if t.at.minute else ""
    return f"{in_words(t.day)} (à {t.at.hour}h{minute})"


def in_words(day: date, capital: bool = True) -> str:
    number = "1er" if day.day == 1 else str(day.day)
    weekday = _DAYS[day.weekday()]
    named = weekday.capitalize() if capital else weekday
    return f"{named} {number} {_MONTHS[day.month - 1]} {day.year}"


def spaced_hour(t: Truth) -> str:
    minute = f" {t.at.minute:02d}" if t.at.minute else ""
    return f"{in_words(t.day, False)} à {t.at.hour} h{minute}"


MOMENTS: dict[str, Callable[[Truth], str]] = {
    "as the seed": as_seed,
    "spaced hour": spaced_hour,
    "colon": lambda t: f"{t.day:%d/%m/%Y} {t.at:%H:%M}",
    "dots": lambda t: f"{t.day:%d.%m.%Y} - {t.at.hour}H{t.at.minute:02d}",
    "iso": lambda t: f"{t.day.isoformat()} à {t.at:%H:%M}",
    "capitals": lambda t: f"{in_words(t.day).upper()} À {t.at.hour}H{t.at.minute:02d}",
    "from to": lambda t: (
        f"{in_words(t.day)}, de {t.at.hour}h{t.at.minute:02d} à {t.at.hour + 2}h30"
    ),
    "dashes": lambda t: f"{t.day:%d-%m-%Y}, {t.at.hour} heures {t.at.minute or ''}".strip(),
    "short year": lambda t: f"{t.day:%d/%m/%y} à {t.at.hour}h{t.at.minute:02d}",
    "precise": lambda t: f"le {in_words(t.day, False)}, à {t.at.hour} h {t.at.minute:02d} min",
    "hour first": lambda t: f"à {t.at.hour}h{t.at.minute:02d}, le {in_words(t.day, False)}",
    "abbreviated": lambda t: (
        f"{t.day.day} {_MONTHS[t.day.month - 1][: 3 + (t.day.month < 3)]}. {t.day.year} à "
        f"{t.at:%H:%M}"
        if t.day.month in {1, 2, 10}
        else as_seed(t)
    ),
}


@dataclass(frozen=True)
class Manner:
    """How somebody types; each choice is one that is made in real offices."""

    dialect: Dialect = WORD
    spaced: bool = False
    moment: str = "as the seed"
    head: str = "over"
    people: str = "dash"
    person: Callable[[Someone], str] = usual
    agenda: str = "dash"
    headings: str = "bold"
    points: str = "dash"
    table: str = "plain"
    completed: str = "line"
    rate: str = "{}%"
    labels: tuple[str, str, str, str, str] = (
        "Date de la réunion",
        "Lieu :",
        "Participants :",
        "Ordre du jour :",
        "Points retenus :",
    )
    under: str = "Relevé des conclusions"
    first: str = ""
    """A letterhead: paragraphs, table."""
    last: str = ""
    """What closes the paper: signature, closed."""
    replaced: tuple[tuple[str, str], ...] = ()
    """Characters that a program puts for others."""
    marks: dict[str, str] = field(default_factory=dict, hash=False, compare=False)


def typed(truth: Truth, manner: Manner) -> bytes:
    """Return the relevé as a Word file."""
    return paper_of(truth, manner).saved()


def paper_of(truth: Truth, manner: Manner) -> Paper:
    """Return the paper with the relevé typed on it."""
    typing = _Typing(truth, manner)
    typing.all()
    return typing.paper


class _Typing:
    def __init__(self, truth: Truth, manner: Manner) -> None:
        self.truth, self.manner = truth, manner
        self.paper = Paper(manner.dialect, manner.spaced)
        self.sections = 0

    def say(self, text: str) -> str:
        for one, other in self.manner.replaced:
            text = text.replace(one, other)
        return text

    def p(self, text: str, **look: object) -> None:
        self.paper.p(self.say(text), **look)

    def all(self) -> None:
        self.letterhead()
        self.head()
        self.people()
        self.agenda()
        if self.manner.labels[4]:
            self.label(self.manner.labels[4])
        for part in self.truth.parts:
            self.part(part)
        self.close()

    def letterhead(self) -> None:
        if self.manner.first == "paragraphs":
            for line in ("ROYAUME DE L’EXEMPLE", "Ministère de l’Exemple", "Division des essais"):
                self.p(line)
        elif self.manner.first == "table":
            self.paper.table([["ROYAUME DE L’EXEMPLE\nMinistère de l’Exemple", "", "مملكة المثال"]])
        elif self.manner.first == "box":
            box = self.paper.box(Par(self.say(self.truth.title), strong=True))
            self.p("", after=box)
        elif self.manner.first == "legacy box":
            box = self.paper.box(
                Par(self.say(self.truth.title), strong=True), Par(self.manner.under), legacy=True
            )
            self.p("", after=box)

    def close(self) -> None:
        if self.manner.last == "closed":
            self.p("La séance est levée à 18h00.")
        elif self.manner.last == "signature":
            self.p("Fait à Rabat, le 12 mars 2030")
            self.paper.table([["Le président", "Le secrétaire"], ["", ""]])
        elif self.manner.last == "names":
            self.p("L’ordre du jour étant épuisé, la séance est levée à 12 h 15.")
            self.p("Le secrétaire de séance\t\tLe président", strong=True)

    # Head ----------------------------------------------------------------------------------

    def title(self, text: str) -> None:
        look: dict[str, object] = {"strong": True}
        if self.manner.headings in {"style", "google"}:
            look = {"heading": 0, "strong": self.manner.headings == "google"}
        self.p(text, **look)

    def label(self, text: str) -> None:
        kind = self.manner.headings
        if kind in {"style", "google"}:
            self.p(text, heading=1, strong=kind == "google")
        elif kind == "underlined":
            self.p(text, underlined=True)
        elif kind == "plain":
            self.p(text)
        elif kind == "roman":
            self.p(text.upper(), strong=True)
        else:
            self.p(text, strong=True)

    def head(self) -> None:
        truth, kind = self.truth, self.manner.head
        boxed = self.manner.first.endswith("box")
        said = MOMENTS[self.manner.moment](truth)
        if kind == "title dated":
            at = f"{truth.at.hour}h{truth.at.minute:02d}"
            self.title(f"{truth.title} du {in_words(truth.day, False)} à {at}")
        elif not boxed:
            self.title(truth.title)
        if self.manner.under and self.manner.first != "legacy box":
            self.p(self.manner.under, strong=True)
        if kind == "over":
            self.label(self.manner.labels[0])
            self.p(said)
            self.label(self.manner.labels[1])
            self.p(truth.place)
        elif kind.startswith("table"):
            labels = ("Date", "Lieu") if kind == "table" else ("Date et heure :", "Lieu :")
            values = self.say(said), self.say(truth.place)
            self.paper.table([list(row) for row in zip(labels, values, strict=True)])
        else:
            self.p(self.where_and_when(said)[kind][0])
            for line in self.where_and_when(said)[kind][1:]:
                self.p(line)

    def where_and_when(self, said: str) -> dict[str, list[str]]:
        truth = self.truth
        at = f"{truth.at.hour}h{truth.at.minute:02d}"
        opened = f"Le {in_words(truth.day, False)} à {at} s’est tenue la réunion du comité."
        return {
            "inline": [f"Date : {said}", f"{self.manner.labels[1].rstrip(' :')} : {truth.place}"],
            "tabs": [f"Date\t:\t{said}", f"Lieu\t:\t{truth.place}"],
            "breaks": [f"Date : {said}\nLieu : {truth.place}"],
            "date and place": ["Date et lieu :", f"{said}, {truth.place}"],
            "apart": [
                f"Date : {in_words(truth.day)}",
                f"Heure : {at}",
                f"Lieu : {truth.place}",
            ],
            "title dated": [f"Lieu : {truth.place}"],
            "sentence": [opened, f"Lieu de la réunion : {truth.place}"],
        }

    # People --------------------------------------------------------------------------------

    def people(self) -> None:
        truth, kind = self.truth, self.manner.people
        if kind == "none":
            return
        here = [who for who in truth.people if who.presence == "present"]
        excused = [who for who in truth.people if who.presence == "excused"]
        absent = [who for who in truth.people if who.presence == "absent"]
        if kind == "table":
            self.people_table()
            return
        if kind == "columns":
            self.label(self.manner.labels[2])
            self.side_by_side(list(truth.people))
            return
        self.label(self.manner.labels[2])
        if not here:
            self.p("Néant")
        self.listed(here)
        for label, group in (("Absents excusés :", excused), ("Absents :", absent)):
            if group:
                self.label(label)
                self.listed([replace(who, presence="present") for who in group])

    def listed(self, group: list[Someone]) -> None:
        kind = self.manner.people
        lines = [self.manner.person(who) for who in group]
        if kind == "paragraph" and lines:
            self.p(" ; ".join(lines))
        elif kind == "breaks" and lines:
            self.p("\n".join(f"- {line}" for line in lines))
        elif kind == "bare breaks" and lines:
            self.p("\n".join(lines))
        elif kind == "box" and lines:
            self.p("", after=self.paper.box(*(Par(self.say(line)) for line in lines)))
        elif kind == "tabs":
            for line in lines:
                self.p("\t".join(line.split(", ", 1)))
        else:
            for index, line in enumerate(lines, 1):
                self.point(line, 0, kind, index)

    def side_by_side(self, group: list[Someone]) -> None:
        lines = [self.say(self.manner.person(who)) for who in group]
        half = (len(lines) + 1) // 2
        self.paper.table([[Cell(lines[:half]), Cell(lines[half:])]])

    def people_table(self) -> None:
        self.label(self.manner.labels[2])
        away = any(who.presence != "present" for who in self.truth.people)
        rows = [["Nom et prénom", "Qualité", "Institution", *(["Présence"] if away else [])]]
        for who in self.truth.people:
            here = {"present": "Présent", "excused": "Excusé", "absent": "Absent"}[who.presence]
            called, said = usual(replace(who, presence="present")).split(", ", 1)
            rows.append([called, said, who.institution, *([here] if away else [])])
        self.paper.table([[self.say(cell) for cell in row] for row in rows], header=True)

    # Agenda --------------------------------------------------------------------------------

    def agenda(self) -> None:
        kind = self.manner.agenda
        if kind == "none":
            return
        titles = [part.title for part in self.truth.parts]
        label = self.manner.labels[3]
        if kind == "in line":
            said = " ; ".join(f"{n}. {title}" for n, title in enumerate(titles, 1))
            self.p(f"{label.rstrip(' :')} : {said}")
            return
        if kind == "semicolons":
            self.p(f"{label.rstrip(' :')} : {' ; '.join(titles)}.")
            return
        if kind == "table":
            self.paper.table([["Ordre du jour", Cell([self.say(f"- {t}") for t in titles])]])
            return
        self.label(label)
        for index, title in enumerate(titles, 1):
            ending = " ;" if kind == "ended" else ""
            self.point(f"{title}{ending}", 0, kind, index)

    # Sections ------------------------------------------------------------------------------

    def part(self, part: Part) -> None:
        self.sections += 1
        self.heading(part.headed)
        if part.progress:
            self.progress()
        index = 0
        for level, text in part.points:
            index += level == 0
            self.point(text, level, self.manner.points, index)

    def heading(self, text: str) -> None:
        kind, number = self.manner.headings, self.sections
        roman = ("I", "II", "III", "IV", "V")[number - 1]
        bold = {"strong": True}
        looks: dict[str, tuple[str, dict[str, object]]] = {
            "style": (f"{text} :", {"heading": 2}),
            "google": (f"{text} :", {"heading": 2, **bold}),
            "style without colon": (text, {"heading": 1}),
            "underlined": (f"{text} :", {"underlined": True}),
            "numbered": (f"{number}. {text}", {**bold}),
            "numbered plain": (f"{number}. {text}", {}),
            "numbered list": (text, {"item": (DECIMAL, 0), **bold}),
            "roman": (f"{roman}. {text.upper()}", {**bold}),
            "roman list": (text, {"item": (ROMAN, 0), **bold}),
            "point n": (f"Point {number} : {text}", {**bold}),
            "plain": (f"{text} :", {}),
            "letters": (f"{'abcdef'[number - 1]}) {text} :", {**bold}),
            "capitals": (text.upper(), {**bold}),
            "bold no colon": (text, {**bold}),
            "bulleted bold": (text, {"item": (BULLET, 0), **bold}),
        }
        words, look = looks.get(kind, (f"{text} :", {**bold}))
        self.p(words, **look)

    def point(self, text: str, level: int, kind: str, index: int = 1) -> None:
        lists = {"list": BULLET, "ended": BULLET, "numbers": DECIMAL, "letters list": LETTER}
        before = {
            "typed numbers": f"{index}.\t",
            "typed brackets": f"{index}) ",
            "typed letters": f"{'abcdefghijklmnopqrst'[index - 1]}) ",
            "roman typed": f"{_ROMAN[(index - 1) % len(_ROMAN)]}. ",
            "none": "",
            "word signs": f"{chr(0xF0B7)}\t",
        }
        if kind in lists:
            self.p(text, item=(lists[kind], level))
        elif kind in before and level == 0:
            self.p(f"{before[kind]}{text}")
        elif kind == "indent":
            self.p(f"- {text}", indent=284 + 360 * level)
        elif kind == "signs":
            self.p(f"{'-•o*'[level]} {text}", indent=300 * level)
        elif kind == "word signs":
            self.p(f"{chr(9) * level}{'o§'[level % 2]}\t{text}")
        else:
            self.p(f"{'   ' * level}- {text}")

    # Progress ------------------------------------------------------------------------------

    def progress(self) -> None:
        truth = self.truth
        if truth.overall is not None:
            said = self.manner.rate.format(truth.overall)
            self.fact(
                self.manner.marks.get("overall", "Avancement global du plan : {}").format(said)
            )
        self.done()
        self.fact(self.manner.marks.get("open", "Engagements non complétés :"))
        self.rates()

    def fact(self, text: str, level: int = 0) -> None:
        kind = self.manner.points
        self.point(text, level, kind if kind in {"list", "indent", "none"} else "dash")

    def done(self) -> None:
        kind, numbers = self.manner.completed, self.truth.completed
        if kind == "sub-bullets" and numbers:
            self.fact("Engagements complétés à 100 % :")
            for number in numbers:
                self.fact(f"Engagement {number}", 1)
            return
        said = {
            "line": and_list(numbers),
            "stops": "; ".join(map(str, numbers)),
            "dashes": " - ".join(map(str, numbers)),
            "named": ", ".join(f"Engagement {n}" for n in numbers),
            "letters": ", ".join(f"E{n}" for n in numbers),
            "of": f"n° {and_list(numbers)}",
            "counted": f"{and_list(numbers)} ({len(numbers)} engagements)",
            "sub-bullets": "",
        }[kind]
        self.fact(f"Engagements complétés à 100% : {said or 'néant'}")

    def rates(self) -> None:
        kind = self.manner.table
        rows = [self.row(*row) for row in self.truth.rows]
        head: list[str | Cell] = [*_HEAD]
        first: list[str | Cell] = [Cell("Axe 1 : transparence", 3)]
        second: list[str | Cell] = [Cell("Axe 2 : participation", 3)]
        caption: list[str | Cell] = [Cell("Tableau de suivi", 3)]
        named: list[str | Cell] = [*_TITLED]
        turned: list[str | Cell] = ["%", "Engagement n°", "Commentaires"]
        tables = {
            "cut inside": [[head, *rows[:2], head, *rows[2:]]],
            "in pieces": [[head, *rows[:2]], rows[2:]],
            "by axis": [[head, *rows[:3]], [head, *rows[3:]]],
            "axis rows": [[head, first, *rows[:2], second, *rows[2:]]],
            "titled": [[named, *([n, f"Intitulé {n}", p, d] for n, p, d in rows)]],
            "no header": [rows],
            "merged head": [[caption, head, *rows]],
            "percent first": [[turned, *([p, n, d] for n, p, d in rows)]],
        }.get(kind, [[head, *rows]])
        for index, table in enumerate(tables):
            if index:
                self.p("")
            if table:
                self.paper.table(table, header=kind == "marked")

    def row(self, number: int, percent: int | None, details: str) -> list[str | Cell]:
        rate = "-" if percent is None else self.manner.rate.format(percent)
        named = self.manner.marks.get("number", "{}").format(number)
        lines = [self.say(line) for line in details.split("\n")]
        pars: list[str | Par] = list(lines)
        if self.manner.table == "listed":
            pars = [self._in_list(line) for line in lines]
        elif self.manner.table == "broken":
            pars = ["\n".join(lines)]
        return [named, rate, Cell(pars)]

    def _in_list(self, line: str) -> str | Par:
        if line.startswith("- "):
            return Par(line[2:], item=(BULLET, 0))
        if line[:1].isdigit() and line[1:3] == ". ":
            return Par(line[3:], item=(DECIMAL, 0))
        return line
