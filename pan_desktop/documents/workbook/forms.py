"""The forms that travel as Excel workbooks: their sheets and columns, the same out and in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

Value = str | int | Decimal | date | None
"""What a cell says: None for nothing."""

REFERENCE = "Repère"
"""The column that says which row of the store a line is: it stays when all else is renamed."""


class FieldKind(Enum):
    """What a column holds."""

    TEXT = "text"
    LINES = "lines"
    """Text of several lines."""
    WHOLE = "whole"
    PERCENT = "percent"
    DECIMAL = "decimal"
    DATE = "date"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Field:
    """A column; one that is only ``shown`` is written for the reader and not read back."""

    heading: str
    kind: FieldKind = FieldKind.TEXT
    width: int = 20
    """In characters."""
    required: bool = False
    choices: tuple[str, ...] = ()
    help: str = ""
    shown: bool = False


@dataclass(frozen=True, slots=True)
class SheetForm:
    """A sheet: its name and its columns, the reference being the last."""

    name: str
    fields: tuple[Field, ...]

    def place(self, heading: str) -> int:
        """Return where a column stands among the fields."""
        return next(n for n, field in enumerate(self.fields) if field.heading == heading)


@dataclass(frozen=True, slots=True)
class Form:
    """A workbook; the sheet that tells it from other forms is the one called ``mark``."""

    title: str
    mark: str
    sheets: tuple[SheetForm, ...]
    guide: str
    """What someone who fills it in is told, on a sheet of its own."""


METHODS = ("moyenne simple", "moyenne pondérée", "moyenne par axe")
ROUNDINGS = ("au plus proche", "à l’unité supérieure", "à l’unité inférieure")
STATES = ("à lancer", "en cours", "réalisée", "non réalisable")
LEVELS = ("Aucune preuve disponible", "Non commencé", "Limité", "Substantiel", "Achevé")
CIVILITIES = ("M.", "Mme")
ROLES = ("point focal", "suppléant")
SITUATIONS = ("à renseigner", "communiqué", "sans avancement", "absent")

_KIND = FieldKind
_REFERENCE = Field(
    REFERENCE,
    width=36,
    help="Laissez cette colonne telle quelle, et vide sur une ligne que vous ajoutez.",
)
_PLAN = Field("Plan", width=14, required=True, help="Le libellé du plan, par exemple 2024-2027.")
_GUIDE = """\
Remplissez les feuilles de ce classeur, puis rendez-le : il est relu tel quel.
– Une ligne ajoutée crée ; une ligne modifiée modifie ; une ligne effacée ne supprime rien.
– Ne changez ni le nom des feuilles ni les titres des colonnes ; leur ordre est libre.
– Ne fusionnez pas de cellules. Les dates sont de vraies dates, les taux des nombres de 0 à 100.
– La colonne « Repère » relie chaque ligne au programme : laissez-la telle quelle, et vide sur \
une ligne nouvelle.
Avant d’être enregistré, tout ce qui changerait est montré, cellule par cellule."""

PLANS = SheetForm(
    "Plans",
    (
        Field("Libellé", width=14, required=True),
        Field("Début", _KIND.DATE, 12, required=True),
        Field("Fin", _KIND.DATE, 12, required=True),
        Field("Mi-parcours", _KIND.DATE, 12),
        Field("Calcul", _KIND.CHOICE, 18, choices=METHODS),
        Field("Arrondi", _KIND.CHOICE, 22, choices=ROUNDINGS),
        _REFERENCE,
    ),
)
AXES = SheetForm(
    "Axes",
    (
        _PLAN,
        Field("N°", _KIND.WHOLE, 6, required=True),
        Field("Titre", width=60, required=True),
        _REFERENCE,
    ),
)
COMMITMENTS = SheetForm(
    "Engagements",
    (
        _PLAN,
        Field("N°", _KIND.WHOLE, 6, required=True),
        Field("Intitulé", width=60),
        Field("Institution porteuse", width=36),
        Field("Axe", _KIND.WHOLE, 6, help="Le numéro de l’axe, tel qu’à la feuille Axes."),
        Field("Poids", _KIND.DECIMAL, 8, help="1 quand le champ est vide."),
        Field("Niveau OGP", _KIND.CHOICE, 26, choices=LEVELS),
        _REFERENCE,
    ),
)
ACTIVITIES = SheetForm(
    "Activités",
    (
        _PLAN,
        Field("Engagement", _KIND.WHOLE, 12, required=True),
        Field("N°", _KIND.WHOLE, 6, required=True),
        Field("Intitulé", width=60, required=True),
        Field("État", _KIND.CHOICE, 16, choices=STATES),
        Field("Taux", _KIND.PERCENT, 8),
        Field("Poids", _KIND.DECIMAL, 8, help="1 quand le champ est vide."),
        Field("Début", _KIND.DATE, 12),
        Field("Fin", _KIND.DATE, 12),
        Field("Justificatifs", _KIND.LINES, 48, help="Un par ligne : libellé | adresse."),
        _REFERENCE,
    ),
)
PEOPLE = SheetForm(
    "Personnes",
    (
        Field("Civilité", _KIND.CHOICE, 9, required=True, choices=CIVILITIES),
        Field("Nom", width=30, required=True, help="Prénom NOM, comme au relevé."),
        Field("Institution", width=40),
        Field("Adresse électronique", width=34),
        Field("Autres noms", _KIND.LINES, 30, help="Un par ligne, tels que dans les appels vidéo."),
        _REFERENCE,
    ),
)
MANDATES = SheetForm(
    "Mandats",
    (
        Field("Nom", width=30, required=True, help="Comme à la feuille Personnes."),
        _PLAN,
        Field("Qualité", _KIND.CHOICE, 14, required=True, choices=ROLES),
        Field("Engagements", width=20, required=True, help="Leurs numéros : 1, 2 et 8."),
        Field("Début", _KIND.DATE, 12, required=True),
        Field("Fin", _KIND.DATE, 12, help="Le dernier jour ; vide tant que le mandat dure."),
        _REFERENCE,
    ),
)
PROGRESS = SheetForm(
    "Avancement",
    (
        Field("Engagement", _KIND.WHOLE, 12, required=True),
        Field("Intitulé", width=44, shown=True),
        Field("Institution", width=30, shown=True),
        Field("Taux précédent", _KIND.PERCENT, 12, shown=True),
        Field("Taux", _KIND.PERCENT, 8),
        Field("Situation", _KIND.CHOICE, 16, choices=SITUATIONS),
        Field("Détails", _KIND.LINES, 70),
        _REFERENCE,
    ),
)

PLAN_FORM = Form(
    "Plans et engagements", "Engagements", (PLANS, AXES, COMMITMENTS, ACTIVITIES), _GUIDE
)
ROSTER_FORM = Form("Répertoire", "Personnes", (PEOPLE, MANDATES), _GUIDE)
PROGRESS_FORM = Form("État d’avancement", "Avancement", (PROGRESS,), _GUIDE)
FORMS = (PLAN_FORM, ROSTER_FORM, PROGRESS_FORM)
GUIDE_SHEET = "Mode d’emploi"
