"""Five committees that were invented, and the many ways in which their relevés may be typed."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, time
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

Points = tuple[tuple[int, str], ...]
_MONTHS = (
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
).split()
_DAYS = "lundi mardi mercredi jeudi vendredi samedi dimanche".split()


@dataclass(frozen=True)
class Someone:
    """Who is in the truth."""

    civility: str
    """M, Mme, or "" where no paper says."""
    name: str
    numbers: tuple[int, ...] = ()
    role: str = "focal_point"
    presence: str = "present"
    institution: str = ""


@dataclass(frozen=True)
class Part:
    """An agenda item with its section."""

    title: str
    points: Points = ()
    heading: str = ""
    progress: bool = False

    @property
    def headed(self) -> str:
        return self.heading or self.title


@dataclass(frozen=True)
class Truth:
    """What a relevé says, whatever its look."""

    title: str
    body: str
    plan: str
    day: date
    at: time
    place: str
    people: tuple[Someone, ...]
    parts: tuple[Part, ...]
    overall: int | None = None
    completed: tuple[int, ...] = ()
    rows: tuple[tuple[int, int | None, str], ...] = ()


STEERING = Truth(
    "Réunion du comité de pilotage du gouvernement ouvert",
    "Comité de pilotage du gouvernement ouvert",
    "2021-2023",
    date(2022, 6, 1),
    time(9, 0),
    "Siège du ministère, salle Argan",
    (
        Someone("M", "Idriss BENSALMIA", (1, 2, 3, 4)),
        Someone("Mme", "Loubna Ait Fadil", (5,)),
        Someone("Mme", "Zineb EL KHALFAOUI", (6, 9)),
        Someone("M", "Anas Berrechid", (7,), "alternate"),
        Someone("Mme", "Ghita d’Anfa", (8, 10, 11, 22)),
        Someone("M", "Abdel-Ilah OUAZZOU", (12,), "alternate"),
        Someone("Mme", "Rim TAZI BELKADI", (13, 21)),
        Someone("M", "Younes Sabri", (14,)),
    ),
    (
        Part(
            "Mot d’ouverture",
            (
                (0, "Le président a rappelé le calendrier du plan."),
                (0, "Deux nouveaux membres ont rejoint le comité."),
            ),
        ),
        Part("État d’avancement des engagements 2021-2023", progress=True),
        Part(
            "Consultation publique de mi-parcours",
            (
                (0, "La consultation est close :"),
                (1, "412 avis reçus ;"),
                (1, "trois ateliers tenus :"),
                (2, "à Agadir ;"),
                (2, "à Oujda ;"),
                (3, "avec deux associations."),
                (0, "La synthèse est attendue pour le 15/07/2022."),
            ),
        ),
        Part("Divers", ((0, "Le guide de communication sera imprimé en septembre."),)),
    ),
    61,
    (1, 4, 9, 22),
    (
        (2, 80, "Le module est livré. La formation reste à faire."),
        (3, 55, "Deux étapes restent :\n- la recette ;\n- la mise en ligne."),
        (5, 0, "L’étude n’a pas commencé."),
        (6, 99, "Il ne manque que la publication (date limite fin mars 2023)."),
        (7, 40, "Le marché est en cours d’attribution."),
        (8, 35, "Le comité a noté :\n1. un retard de deux mois ;\n2. un budget réduit."),
        (10, 70, "Pas d’avancement depuis la dernière réunion."),
        (13, 20, "Le point focal concerné n’a pas assisté à cette réunion."),
    ),
)
REGION = Truth(
    "Commission régionale de la transparence",
    "Commission régionale de la transparence",
    "2024-2025",
    date(2024, 10, 17),
    time(15, 15),
    "En ligne",
    (Someone("Mme", "Salma Guessouss", (1, 2, 3, 4, 5)),),
    (
        Part("Suivi des engagements du plan d’action local 2024-2025", progress=True),
        Part(
            "Budget participatif",
            (
                (0, "Enveloppe votée : 2 MDH."),
                (0, "Calendrier :"),
                (1, "dépôt des projets en novembre"),
                (1, "vote en janvier 2025"),
            ),
        ),
    ),
    48,
    (2,),
    (
        (1, 50, "Plateforme en test."),
        (3, 65, "Six communes sur dix ont publié leurs délibérations."),
        (4, 10, "Convention à signer."),
        (5, 15, "Appel à candidatures lancé."),
    ),
)
GROUP = Truth(
    "Groupe de travail « données ouvertes »",
    "Groupe de travail « données ouvertes »",
    "2024-2028",
    date(2025, 2, 28),
    time(11, 0),
    "Salle de réunion du 3e étage",
    (
        Someone("M", "Tarik Ben Jelloul", (3,), institution="Agence de l’Exemple"),
        Someone("Mme", "Naoual OUBRAHIM", (4,), institution="Direction des Essais"),
        Someone("M", "Saad Fikri", (11, 12), "alternate", institution="Office des Modèles"),
    ),
    (
        Part(
            "Catalogue des jeux de données",
            (
                (0, "310 jeux sont publiés."),
                (1, "dont 40 en temps réel"),
                (0, "Une charte de qualité sera proposée avant le 30 avril 2025."),
            ),
        ),
        Part("Avancement des engagements du PAN 2024-2028", progress=True),
    ),
    33,
    (),
    (
        (3, 45, "Le catalogue est en ligne."),
        (4, 30, "Les licences sont à l’étude."),
        (11, 25, "En attente."),
        (12, 32, "Le décret est publié au B.O. n° 7300."),
    ),
)
FOLLOW_UP = Truth(
    "Réunion de la cellule de suivi",
    "Cellule de suivi",
    "2024-2028",
    date(2026, 3, 2),
    time(14, 30),
    "Visioconférence",
    (),
    (
        Part("Etat d'avancement des engagements 2024-2028", progress=True),
        Part(
            "Prochaines étapes",
            (
                (0, "Révision du plan"),
                (1, "Évaluations sectorielles"),
                (2, "justice"),
                (3, "tribunaux pilotes"),
                (2, "santé"),
                (1, "Consultation"),
                (0, "Rapport annuel"),
            ),
        ),
    ),
    37,
    (1, 7),
    tuple((n, 10 + 3 * n, f"Étape {n} en cours.") for n in (2, 3, 4, 5, 6, 8, 9, 10, 11, 12)),
)
COMMITTEE = Truth(
    "RÉUNION DU COMITÉ D’IMPLÉMENTATION",
    "Comité d’implémentation",
    "2021-2023",
    date(2023, 1, 9),
    time(10, 0),
    "Réunion hybride : salle A12 et lien Teams",
    (
        Someone("M", "Badr EL OUALI", (1, 2), institution="Ministère de l’Exemple"),
        Someone("Mme", "Soukaina Rahali", (3,), institution="Cour des Essais"),
        Someone("Mme", "Hajar ZEROUALI", (4, 5), "alternate", institution="INEX"),
        Someone("Mme", "Hajar Lamrabet", (6,), institution="Archives de l’Exemple"),
        Someone("M", "Hicham de Souza", (7, 8, 9), institution="Conseil du Modèle"),
        Someone("Mme", "Fatima-Zahra Ouardi", (10,), institution="Agence des Cas"),
        Someone("M", "Nabil TEMSAMANI", (11,), "alternate", institution="Office Témoin"),
        Someone("M", "Othmane Kabli", (), "guest", institution="Association Exemple"),
        Someone("Mme", "Wafae Chraïbi", (12, 13), presence="excused"),
        Someone("M", "Rachid MEZIANE", (14,), presence="absent"),
    ),
    (
        Part("Adoption du relevé précédent", ((0, "Le relevé est adopté sans réserve."),)),
        Part("Avancement des engagements 2021-2023", progress=True),
        Part(
            "Préparation du PAN 2024-2028",
            (
                (0, "Décision : lancer l’appel à idées le 1er février 2023."),
                (0, "Action : chaque département désigne un rapporteur."),
                (1, "délai : 20 janvier 2023"),
            ),
            heading="Préparation du prochain PAN 2024-2028",
        ),
    ),
    72,
    (1, 3, 6, 8, 9, 10),
    (
        (2, 88, "Livraison prévue au 2e trimestre 2023."),
        (4, 60, "Recrutement en cours."),
        (5, 60, "Recrutement en cours."),
        (7, 95, "Guide rédigé ; mise en page en cours."),
        (11, 12, "Cahier des charges à valider."),
        (12, 50, "Le point focal concerné n’a pas assisté à cette réunion."),
        (13, None, "Le point focal concerné n’a pas assisté à cette réunion."),
        (14, 5, "Le point focal concerné n’a pas assisté à cette réunion."),
    ),
)
TRUTHS = {
    "steering": STEERING,
    "region": REGION,
    "group": GROUP,
    "follow-up": FOLLOW_UP,
    "committee": COMMITTEE,
}


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
        date_label, place_label = self.manner.labels[:2]
        if kind == "over":
            self.label(date_label)
            self.p(said)
            self.label(place_label)
            self.p(truth.place)
        elif kind == "inline":
            self.p(f"Date : {said}")
            self.p(f"{place_label.rstrip(' :')} : {truth.place}")
        elif kind == "tabs":
            self.p(f"Date\t:\t{said}")
            self.p(f"Lieu\t:\t{truth.place}")
        elif kind == "breaks":
            self.p(f"Date : {said}\nLieu : {truth.place}")
        elif kind == "table":
            self.paper.table([["Date", self.say(said)], ["Lieu", self.say(truth.place)]])
        elif kind == "table of all":
            self.paper.table(
                [["Date et heure :", self.say(said)], ["Lieu :", self.say(truth.place)]]
            )
        elif kind == "date and place":
            self.p("Date et lieu :", strong=True)
            self.p(f"{said}, {truth.place}")
        elif kind == "apart":
            self.p(f"Date : {in_words(truth.day)}")
            self.p(f"Heure : {truth.at.hour}h{truth.at.minute:02d}")
            self.p(f"Lieu : {truth.place}")
        elif kind == "title dated":
            self.p(f"Lieu : {truth.place}")
        elif kind == "sentence":
            self.p(
                f"Le {in_words(truth.day, False)} à {truth.at.hour}h{truth.at.minute:02d} s’est "
                f"tenue la réunion du comité."
            )
            self.p(f"Lieu de la réunion : {truth.place}")

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
        if kind in {"style", "google"}:
            self.p(f"{text} :", heading=2, strong=kind == "google")
        elif kind == "style without colon":
            self.p(text, heading=1)
        elif kind == "underlined":
            self.p(f"{text} :", underlined=True)
        elif kind == "numbered":
            self.p(f"{number}. {text}", strong=True)
        elif kind == "numbered plain":
            self.p(f"{number}. {text}")
        elif kind == "numbered list":
            self.p(text, item=(DECIMAL, 0), strong=True)
        elif kind == "roman":
            self.p(f"{('I', 'II', 'III', 'IV', 'V')[number - 1]}. {text.upper()}", strong=True)
        elif kind == "roman list":
            self.p(text, item=(ROMAN, 0), strong=True)
        elif kind == "point n":
            self.p(f"Point {number} : {text}", strong=True)
        elif kind == "plain":
            self.p(f"{text} :")
        elif kind == "letters":
            self.p(f"{'abcdef'[number - 1]}) {text} :", strong=True)
        elif kind == "capitals":
            self.p(text.upper(), strong=True)
        elif kind == "bold no colon":
            self.p(text, strong=True)
        elif kind == "bulleted bold":
            self.p(text, item=(BULLET, 0), strong=True)
        else:
            self.p(f"{text} :", strong=True)

    def point(self, text: str, level: int, kind: str, index: int = 1) -> None:
        if kind in {"list", "ended"}:
            self.p(text, item=(BULLET, level))
        elif kind == "numbers":
            self.p(text, item=(DECIMAL, level))
        elif kind == "letters list":
            self.p(text, item=(LETTER, level))
        elif kind == "typed numbers" and level == 0:
            self.p(f"{index}.\t{text}")
        elif kind == "typed brackets" and level == 0:
            self.p(f"{index}) {text}")
        elif kind == "typed letters" and level == 0:
            self.p(f"{'abcdefghijklmnopqrst'[index - 1]}) {text}")
        elif kind == "roman typed" and level == 0:
            self.p(f"{('i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii')[index - 1]}. {text}")
        elif kind == "none" and level == 0:
            self.p(text)
        elif kind == "indent":
            self.p(f"- {text}", indent=284 + 360 * level)
        elif kind == "signs":
            self.p(f"{'-•o*'[level]} {text}", indent=300 * level)
        elif kind == "word signs":
            self.p(
                f"{chr(0xF0B7)}\t{text}"
                if level == 0
                else f"{chr(9) * level}{'o§'[level % 2]}\t{text}"
            )
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
        head: list[str | Cell] = [
            "Engagement",
            "Etat d'avancement",
            "Détails fournis par le point focal",
        ]
        if kind == "cut":
            self.paper.table([head, *rows[:2]])
            last = rows[1][2]
            assert isinstance(last, Cell)
            self.paper.table([head, ["", "", "Suite au verso."], *rows[2:]])
        elif kind == "cut inside":
            self.paper.table([head, *rows[:2], head, *rows[2:]])
        elif kind == "in pieces":
            self.paper.table([head, *rows[:2]])
            self.p("")
            self.paper.table(rows[2:])
        elif kind == "by axis":
            self.paper.table([head, *rows[:3]])
            self.p("")
            self.paper.table([head, *rows[3:]])
        elif kind == "axis rows":
            axis: list[list[str | Cell]] = [[Cell("Axe 1 : transparence", 3)]]
            second: list[list[str | Cell]] = [[Cell("Axe 2 : participation", 3)]]
            self.paper.table([head, *axis, *rows[:2], *second, *rows[2:]])
        elif kind == "titled":
            named = ["N°", "Intitulé de l’engagement", "Taux de réalisation", "Observations"]
            self.paper.table(
                [
                    named,
                    *([r[0], f"Intitulé {n}", r[1], r[2]] for n, r in enumerate(rows, 1)),
                ]
            )
        elif kind == "no header":
            self.paper.table(rows)
        elif kind == "merged head":
            self.paper.table([[Cell("Tableau de suivi", 3)], head, *rows])
        elif kind == "percent first":
            self.paper.table(
                [["%", "Engagement n°", "Commentaires"], *([r[1], r[0], r[2]] for r in rows)]
            )
        elif kind == "lines":
            for number, percent, details in self.truth.rows:
                flat = details.replace("\n", " ")
                self.fact(f"Engagement {number} : {percent or 0} % – {flat}", 0)
        else:
            self.paper.table([head, *rows], header=kind == "marked")

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
