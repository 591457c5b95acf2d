"""The interchange form ``releve/1``: a relevé as JSON, read with every doubt raised, and written.

Reading is strict: what the form does not know is refused rather than dropped, so that a file
read and written again holds equal data.
"""

from __future__ import annotations

import json
import math
import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, time
from typing import TYPE_CHECKING, Any, NoReturn

from pan_desktop.domain.errors import InputError
from pan_desktop.domain.model import Civility, Role
from pan_desktop.domain.outline import MAX_LEVEL

if TYPE_CHECKING:
    from collections.abc import Iterable

FORMAT = "releve/1"
NOTHING_IMPORTED = "Rien n’a été importé."

# Python reads more forms of dates and hours than these; written again they would differ.
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME = re.compile(r"[0-9]{2}:[0-9]{2}")
_CIVILITIES = [civility.value for civility in Civility]
_ROLES = [role.value for role in (Role.FOCAL_POINT, Role.ALTERNATE, Role.GUEST)]
MOST_ENTRIES = 20_000
"""In all lists of a file together: ten times the largest relevé imaginable."""
_QUOTED = 60
"""As much of the file's own text as a sentence quotes."""


@dataclass(frozen=True, slots=True)
class Participant:
    """Someone present, in one capacity."""

    civility: Civility
    name: str
    role: Role
    commitments: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ProgressRow:
    """A commitment under 100 %."""

    commitment: int
    percent: int
    details: str


@dataclass(frozen=True, slots=True)
class Note:
    """A section of points, each with its level."""

    heading: str
    points: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class ReleveData:
    """A relevé as the interchange form holds it."""

    plan: str
    commitments: tuple[int, ...]
    body: str
    day: date
    at: time
    place: str
    participants: tuple[Participant, ...]
    agenda: tuple[str, ...]
    progress_heading: str
    overall: int
    completed: tuple[int, ...]
    rows: tuple[ProgressRow, ...]
    notes: tuple[Note, ...]


def read_releve(content: bytes) -> ReleveData:
    """Return the relevé that a ``releve/1`` file holds.

    Raises InputError, in one French sentence, at the first thing that is wrong.
    """
    try:
        data = json.loads(
            content.decode("utf-8-sig"),
            parse_constant=_no_constant,
            object_pairs_hook=_each_key_once,
        )
    except UnicodeDecodeError:
        _refuse("Ce fichier n’est pas du texte en UTF-8", "Enregistrez-le dans ce codage")
    except (ValueError, RecursionError):  # ValueError also for a number of thousands of digits
        _refuse(
            "Ce fichier est coupé ou n’est pas du JSON",
            "Demandez de nouveau le fichier à qui l’a produit",
        )
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        _refuse(
            f"Ce fichier n’est pas un relevé au format {FORMAT}",
            "Choisissez un fichier exporté par PAN Desktop",
        )
    return _Reading(data).releve()


def write_releve(releve: ReleveData) -> bytes:
    """Return the ``releve/1`` file of a relevé, indented, in UTF-8."""
    data = {
        "format": FORMAT,
        "plan": {"label": releve.plan, "commitments": list(releve.commitments)},
        "body": releve.body,
        "date": releve.day.isoformat(),
        "time": f"{releve.at:%H:%M}",
        "place": releve.place,
        "participants": [
            {
                "civility": p.civility.value,
                "name": p.name,
                "role": p.role.value,
                "commitments": list(p.commitments),
            }
            for p in releve.participants
        ],
        "agenda": list(releve.agenda),
        "progress": {
            "heading": releve.progress_heading,
            "overall_percent": releve.overall,
            "completed": list(releve.completed),
            "rows": [
                {"commitment": r.commitment, "percent": r.percent, "details": r.details}
                for r in releve.rows
            ],
        },
        "notes": [
            {
                "heading": note.heading,
                "points": [{"level": level, "text": text} for level, text in note.points],
            }
            for note in releve.notes
        ],
    }
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def _refuse(what: str, remedy: str) -> NoReturn:
    raise InputError(f"{what}. {NOTHING_IMPORTED} {remedy}.")


def _no_constant(name: str) -> NoReturn:
    _refuse(f"La valeur « {name} » n’est pas un nombre", "Corrigez-la dans le fichier")


def _each_key_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            _refuse(
                f"La rubrique « {_quoted(key)} » figure deux fois au même endroit",
                "Gardez-en une seule",
            )
        found[key] = value
    return found


def _quoted(value: object) -> str:
    """Return what the file says, in one short line that can be printed."""
    words = " ".join(str(value).encode(errors="replace").decode().split())
    return words if len(words) <= _QUOTED else f"{words[:_QUOTED]}…"


def _first_twice(numbers: Iterable[int]) -> int | None:
    seen: set[int] = set()
    for number in numbers:
        if number in seen:
            return number
        seen.add(number)
    return None


class _Reading:
    """Reads one file, knowing where it is so that every refusal can say so."""

    def __init__(self, data: dict[str, Any]) -> None:
        self._data = data
        self._room = MOST_ENTRIES

    def releve(self) -> ReleveData:
        top = self._object(
            self._data,
            "Le relevé",
            "format plan body date time place participants agenda progress notes",
        )
        plan = self._object(top["plan"], "Le plan (« plan »)", "label commitments")
        numbers = self._numbers(plan["commitments"], "la liste des engagements du plan")
        progress = self._object(
            top["progress"],
            "L’état d’avancement (« progress »)",
            "heading overall_percent completed rows",
        )
        known = frozenset(numbers)
        completed = self._known(progress["completed"], "les engagements complétés", known)
        rows = tuple(self._row(row, known) for row in self._list(progress["rows"], "rows"))
        self._each_once([*completed, *(row.commitment for row in rows)])
        participants = self._participants(top["participants"], known)
        return ReleveData(
            plan=self._text(plan["label"], "le libellé du plan"),
            commitments=numbers,
            body=self._text(top["body"], "l’instance (« body »)"),
            day=self._day(top["date"]),
            at=self._time(top["time"]),
            place=self._text(top["place"], "le lieu (« place »)", empty=True),
            participants=participants,
            agenda=tuple(
                self._text(title, "un point de l’ordre du jour")
                for title in self._list(top["agenda"], "agenda")
            ),
            progress_heading=self._text(progress["heading"], "le titre de l’état d’avancement"),
            overall=self._percent(progress["overall_percent"], "l’avancement global"),
            completed=completed,
            rows=rows,
            notes=tuple(self._note(note) for note in self._list(top["notes"], "notes")),
        )

    def _participants(self, value: object, known: frozenset[int]) -> tuple[Participant, ...]:
        found = [self._participant(p, known) for p in self._list(value, "participants")]
        said: defaultdict[tuple[Civility, str], list[Participant]] = defaultdict(list)
        for one in found:
            for other in said[one.civility, one.name]:
                together = {one.role, other.role}
                both = set(one.commitments) & set(other.commitments)
                if both or len(together) == 1 or Role.GUEST in together:
                    _refuse(
                        f"« {_quoted(one.name)} » figure deux fois parmi les participants",
                        "Réunissez ses engagements en une seule ligne",
                    )
            said[one.civility, one.name].append(one)
        return tuple(found)

    def _participant(self, value: object, numbers: frozenset[int]) -> Participant:
        data = self._object(value, "Un participant", "civility name role commitments")
        name = self._text(data["name"], "le nom d’un participant")
        quoted = _quoted(name)
        if data["civility"] not in _CIVILITIES:
            _refuse(
                f"La civilité de « {quoted} » n’est ni « M » ni « Mme »",
                "Corrigez-la dans le fichier",
            )
        if data["role"] not in _ROLES:
            _refuse(
                f"La qualité de « {quoted} » n’est aucune de celles connues",
                f"Écrivez {', '.join(f'« {role} »' for role in _ROLES[:-1])} ou « {_ROLES[-1]} »",
            )
        spoken = self._known(data["commitments"], f"les engagements de « {quoted} »", numbers)
        role = Role(data["role"])
        if bool(spoken) is (role is Role.GUEST):
            _refuse(
                f"Les engagements de « {quoted} » ne vont pas avec sa qualité",
                "Indiquez-en au moins un pour un point focal, aucun pour un invité",
            )
        return Participant(Civility(data["civility"]), name, role, spoken)

    def _row(self, value: object, numbers: frozenset[int]) -> ProgressRow:
        data = self._object(value, "Une ligne d’avancement", "commitment percent details")
        (number,) = self._known([data["commitment"]], "l’état d’avancement", numbers)
        rate = self._percent(data["percent"], f"le taux de l’engagement {number}")
        if rate == 100:
            _refuse(
                f"L’engagement {number} est à 100 % parmi les engagements non complétés",
                "Rangez-le parmi les engagements complétés",
            )
        what = f"les détails de l’engagement {number}"
        return ProgressRow(number, rate, self._text(data["details"], what, empty=True))

    def _note(self, value: object) -> Note:
        data = self._object(value, "Une partie des points retenus (« notes »)", "heading points")
        heading = self._text(data["heading"], "le titre d’une partie des points retenus")
        quoted = _quoted(heading)
        points: list[tuple[int, str]] = []
        for entry in self._list(data["points"], "points"):
            point = self._object(entry, f"Un point de « {quoted} »", "level text")
            text = self._text(point["text"], f"un point de « {quoted} »")
            deepest = min(points[-1][0] + 1 if points else 0, MAX_LEVEL)
            level = self._whole(point["level"], f"le niveau du point « {_quoted(text)} »")
            if not 0 <= level <= deepest:
                _refuse(
                    f"Le point « {_quoted(text)} » saute un niveau de retrait",
                    "Corrigez son niveau",
                )
            points.append((level, text))
        return Note(heading, tuple(points))

    def _object(self, value: object, what: str, keys: str) -> dict[str, Any]:
        expected = keys.split()
        if not isinstance(value, dict):
            _refuse(f"{what} n’a pas la forme attendue", "Corrigez le fichier")
        missing = next((key for key in expected if key not in value), None)
        if missing:
            _refuse(f"{what} n’a pas de rubrique « {missing} »", "Ajoutez-la au fichier")
        unknown = next((key for key in value if key not in expected), None)
        if unknown is not None:
            _refuse(
                f"{what} porte une rubrique inconnue, « {_quoted(unknown)} », qui serait perdue",
                "Retirez-la du fichier",
            )
        return value

    def _list(self, value: object, key: str) -> list[Any]:
        if not isinstance(value, list):
            _refuse(f"La rubrique « {key} » n’est pas une liste", "Corrigez le fichier")
        self._room -= len(value)
        if self._room < 0:
            _refuse(
                "Ce fichier a beaucoup trop d’entrées pour un relevé",
                "Partagez-le en plusieurs réunions",
            )
        return value

    def _text(self, value: object, what: str, *, empty: bool = False) -> str:
        if not isinstance(value, str):
            _refuse(f"Dans {what}, on attend du texte", "Corrigez le fichier")
        try:
            value.encode()
        except UnicodeEncodeError:
            _refuse(f"Dans {what}, un caractère est coupé en deux", "Corrigez le fichier")
        if not empty and not value.strip():
            _refuse(f"Le texte manque dans {what}", "Complétez le fichier")
        return value

    def _whole(self, value: object, what: str) -> int:
        if isinstance(value, float) and math.isfinite(value) and value.is_integer():
            value = int(value)
        if isinstance(value, bool) or not isinstance(value, int):
            _refuse(f"Dans {what}, on attend un nombre entier", "Corrigez le fichier")
        return value

    def _percent(self, value: object, what: str) -> int:
        rate = self._whole(value, what)
        if not 0 <= rate <= 100:
            _refuse(
                f"{what[0].upper()}{what[1:]} vaut {_quoted(rate)} au lieu d’un nombre de 0 à 100",
                "Corrigez-le dans le fichier",
            )
        return rate

    def _numbers(self, value: object, what: str) -> tuple[int, ...]:
        numbers = [self._whole(n, what) for n in self._list(value, "commitments")]
        wrong = next((n for n in numbers if not 1 <= n <= 9999), None)
        if wrong is not None:
            _refuse(
                f"Dans {what}, {_quoted(wrong)} n’est pas un numéro d’engagement",
                "Corrigez le fichier",
            )
        twice = _first_twice(numbers)
        if twice is not None:
            _refuse(f"Dans {what}, l’engagement {twice} figure deux fois", "Corrigez le fichier")
        return tuple(numbers)

    def _known(self, value: object, what: str, known: frozenset[int]) -> tuple[int, ...]:
        numbers = self._numbers(value, what)
        unknown = next((n for n in numbers if n not in known), None)
        if unknown is not None:
            _refuse(
                f"Dans {what}, l’engagement {unknown} ne figure pas parmi ceux du plan",
                "Corrigez le numéro, ou ajoutez l’engagement au plan",
            )
        return numbers

    def _each_once(self, numbers: Iterable[int]) -> None:
        twice = _first_twice(numbers)
        if twice is not None:
            _refuse(
                f"L’engagement {twice} figure deux fois dans l’état d’avancement",
                "Gardez une seule de ses lignes",
            )

    def _day(self, value: object) -> date:
        text = self._text(value, "la date de la réunion")
        try:
            if not _DAY.fullmatch(text):
                raise ValueError(text)
            return date.fromisoformat(text)
        except ValueError:
            _refuse(
                f"La date « {_quoted(text)} » n’existe pas au calendrier",
                "Écrivez-la ainsi : 2020-12-21",
            )

    def _time(self, value: object) -> time:
        text = self._text(value, "l’heure de la réunion")
        try:
            if not _TIME.fullmatch(text):
                raise ValueError(text)
            return time.fromisoformat(text)
        except ValueError:
            _refuse(f"L’heure « {_quoted(text)} » n’existe pas", "Écrivez-la ainsi : 14:30")
