"""What the doctor says, in French: of each thing found what it is, what it means, what to do."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pan_desktop.domain.calendar import plain_date
from pan_desktop.domain.nouns import NOUNS
from pan_desktop.domain.typography import counted
from pan_desktop.store.health.doctor import MENDED, Ill

if TYPE_CHECKING:
    from collections.abc import Callable

    from pan_desktop.store.health.doctor import Symptom


class Weight(StrEnum):
    """How much a finding weighs."""

    GRAVE = "grave"
    """What was written is lost, or will be."""
    WARNING = "attention"
    NOTE = "note"
    """Nothing is wrong with the database."""


class Finding(NamedTuple):
    """One thing that is to be known, as a sentence or two."""

    id: str
    weight: Weight
    sentence: str
    mended: bool = False
    """Whether repairing mends it."""


_FALLBACK = ("ligne « {table} »", "lignes « {table} »")
_PARENTS = {
    "plan": "le plan",
    "axis": "l’axe",
    "commitment": "l’engagement",
    "activity": "l’activité",
    "person": "la personne",
    "institution": "l’organisme",
    "body": "l’instance",
    "mandate": "le mandat",
    "meeting": "la réunion",
    "agenda_item": "le point de l’ordre du jour",
    "conclusion": "le point du dessus",
    "attendance": "la présence",
    "attendance_file": "le rapport de présence",
    "document_template": "le modèle de document",
    "meeting_template": "le modèle de réunion",
}

RECOVER = (
    "Récupérez ce qui est lisible dans une nouvelle base, ou reprenez une copie de sauvegarde."
)
REPAIR = "La réparation y remédie sans rien perdre."


def rows(table: str, number: int) -> str:
    """Return so many rows of a table in words: "3 réunions"."""
    one, many = NOUNS.get(table, _FALLBACK)
    return counted(number, one.format(table=table), many.format(table=table))


def lines(table: str, number: int) -> str:
    """Return so many rows of a table as lines: "3 lignes (réunions)"."""
    words = NOUNS.get(table, _FALLBACK)[number > 1].format(table=table)
    return f"{counted(number, 'ligne')} ({words})"


def heading(table: str) -> str:
    """Return the rows of a table as what a sentence is about: "Points retenus"."""
    many = NOUNS.get(table, _FALLBACK)[1].format(table=table)
    return many[0].upper() + many[1:]


def _pages(symptom: Symptom) -> str:
    what = f"des {NOUNS.get(symptom.table, _FALLBACK)[1].format(table=symptom.table)}"
    where = what if symptom.table else "de la base"
    return (
        f"Une partie {where} est abîmée dans le fichier : ce qui s’y trouve ne peut plus être "
        f"relu sûrement. {RECOVER}"
    )


def _references(symptom: Symptom) -> str:
    parent = _PARENTS.get(symptom.names[0], f"la ligne « {symptom.names[0]} »")
    return (
        f"{rows(symptom.table, symptom.number)} dont {parent} n’existe plus : tout est "
        f"encore dans la base, mais aucune page ne le montre. {RECOVER}"
    )


def _issued(symptom: Symptom) -> str:
    day, number = symptom.names
    return (
        f"La version {number} diffusée pour la réunion du {_day(day)} n’est plus, dans la base, "
        "celle qui a été diffusée. Reprenez-la d’une copie de sauvegarde, ou d’un fichier que "
        "« pan-desktop verify » reconnaît."
    )


def _file(symptom: Symptom) -> str:
    path, day = symptom.names
    if symptom.ill is Ill.FILE_GONE:
        return (
            f"Le relevé du {_day(day)} n’est plus à l’endroit où il a été écrit ({Path(path).name}"
            "). Exportez-le de nouveau s’il vous manque."
        )
    return (
        f"Le fichier « {Path(path).name} » (relevé du {_day(day)}) a été modifié depuis qu’il a "
        "été écrit. La base n’est pas touchée ; un nouvel export demandera avant de le remplacer."
    )


def _day(text: str) -> str:
    from datetime import date

    try:
        return plain_date(date.fromisoformat(text))
    except ValueError:
        return text


_SAID: dict[Ill, tuple[Weight, str | Callable[[Symptom], str]]] = {
    Ill.MISSING: (
        Weight.GRAVE,
        (
            "Il n’y a pas de base à cet endroit. Vérifiez que le disque est branché et que le "
            "fichier n’a pas été déplacé, ou reprenez une copie de sauvegarde."
        ),
    ),
    Ill.EMPTY: (
        Weight.GRAVE,
        (
            "Le fichier de la base est vide : il ne contient plus rien. Reprenez une copie de "
            "sauvegarde."
        ),
    ),
    Ill.NOT_OURS: (
        Weight.GRAVE,
        (
            "Ce fichier n’est pas une base de PAN Desktop, ou son début est détruit : le programme "
            f"ne peut pas l’ouvrir. {RECOVER}"
        ),
    ),
    Ill.TRUNCATED: (
        Weight.GRAVE,
        lambda s: (
            f"La fin du fichier manque ({_size(s.number)}) : il a été coupé, par un disque plein "
            f"ou une copie interrompue. {RECOVER}"
        ),
    ),
    Ill.SHIFTED: (
        Weight.GRAVE,
        lambda s: (
            f"Il manque {_size(s.number)} au milieu du fichier : ce qui venait après n’est plus à "
            f"sa place, et SQLite ne peut plus lire la base. {RECOVER}"
        ),
    ),
    Ill.SHORTENED: (
        Weight.GRAVE,
        lambda s: (
            f"Il manque {_size(s.number)} au fichier, à sa fin ou plus haut : SQLite ne peut plus "
            f"lire la base. {RECOVER}"
        ),
    ),
    Ill.UNREADABLE: (
        Weight.GRAVE,
        (
            "Le début de la base est abîmé : SQLite ne peut plus la lire du tout, alors que ce qui "
            f"suit est peut-être intact. {RECOVER}"
        ),
    ),
    Ill.SEALED: (
        Weight.GRAVE,
        (
            "Le début de la base protégée est abîmé : sans lui, rien de ce qui suit ne peut être "
            "déchiffré. Reprenez d’abord une copie de sauvegarde ; la récupération emprunte ce "
            "début à une copie faite avec la même phrase, et ne sert qu’à retrouver ce qui a été "
            "saisi depuis."
        ),
    ),
    Ill.PAGES: (Weight.GRAVE, _pages),
    Ill.INDEXES: (
        Weight.WARNING,
        (
            f"Ce qui sert à retrouver vite les données est abîmé ; les données elles-mêmes sont "
            f"entières. {REPAIR}"
        ),
    ),
    Ill.LOOSE: (
        Weight.NOTE,
        f"Une partie du fichier ne sert plus à rien : de la place perdue, rien d’autre. {REPAIR}",
    ),
    Ill.REFERENCES: (Weight.GRAVE, _references),
    Ill.RULES: (
        Weight.WARNING,
        lambda s: (
            f"{lines(s.table, s.number)} contre les règles de la base, ce que seul un autre "
            f"programme a pu écrire. {RECOVER}"
        ),
    ),
    Ill.SCHEMA: (
        Weight.GRAVE,
        lambda s: (
            f"La table « {s.table} » n’est pas faite comme cette version du programme la fait : "
            f"une mise à niveau s’est arrêtée à moitié. {RECOVER}"
        ),
    ),
    Ill.LACKING: (
        Weight.GRAVE,
        lambda s: (
            f"La table « {s.table} » manque : une mise à niveau s’est arrêtée à moitié, ou ce "
            "qu’elle contenait est perdu. La réparation la refait, vide ; si elle contenait "
            "quelque chose, reprenez d’abord une copie de sauvegarde."
        ),
    ),
    Ill.HALF_MADE: (
        Weight.WARNING,
        lambda s: (
            f"Une mise à niveau de la base s’est arrêtée à moitié ({', '.join(s.names[:4])}"
            f"{'…' if len(s.names) > 4 else ''}). Les données sont entières. {REPAIR}"
        ),
    ),
    Ill.SEARCH: (
        Weight.WARNING,
        (
            "La recherche ne suit plus ce que la base contient : elle peut ne pas trouver ce qui "
            f"est là. {REPAIR}"
        ),
    ),
    Ill.ISSUED: (Weight.GRAVE, _issued),
    Ill.FUTURE: (
        Weight.NOTE,
        lambda s: (
            f"{counted(s.number, 'ligne datée', 'lignes datées')} d’après aujourd’hui : l’horloge "
            "d’un ordinateur a été en avance, ou celle-ci retarde. Rien n’est perdu ; vérifiez la "
            "date de cet ordinateur."
        ),
    ),
    Ill.FILE_GONE: (Weight.NOTE, _file),
    Ill.FILE_CHANGED: (Weight.NOTE, _file),
    Ill.LONELY_LOG: (
        Weight.GRAVE,
        lambda s: (
            f"Le fichier « {s.names[0]} » est là sans sa base : les derniers changements sont "
            "peut-être en lui seul. Ne le supprimez pas, et remettez la base à côté de lui sous "
            "son nom ; si vous reprenez une copie, il sera gardé sous un autre nom."
        ),
    ),
    Ill.DEAD_LOCK: (
        Weight.NOTE,
        f"Un programme arrêté net a laissé son verrou sur la base ; personne ne le tient. {REPAIR}",
    ),
    Ill.LEFT_OVER: (
        Weight.NOTE,
        lambda s: (
            f"{counted(len(s.names), 'fichier de travail')} d’un programme arrêté net "
            f"({_size(s.number)}) : rien ne s’y trouve qui ne soit ailleurs. {REPAIR}"
        ),
    ),
    Ill.OPEN: (
        Weight.WARNING,
        f"D’autres utilisateurs de cet ordinateur peuvent lire les fichiers de la base. {REPAIR}",
    ),
}


def finding(symptom: Symptom) -> Finding:
    """Return what the office is told of one thing that is wrong."""
    weight, words = _SAID[symptom.ill]
    sentence = words if isinstance(words, str) else words(symptom)
    return Finding(symptom.ill.value, weight, sentence, symptom.ill in MENDED)


def _size(number: int) -> str:
    if number < 1024 * 1024:
        return f"{counted(max(1, number // 1024), 'ko', 'ko')}"
    return counted(number // (1024 * 1024), "Mo", "Mo")
