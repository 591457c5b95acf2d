"""The fixed words of a relevé: labels by typography, and sentences the office may change.

Labels are those of the committee's own document (domain facts, 0.1). Sentences are data: the
store keeps the office's own version, these are what a new office starts with.
"""

from dataclasses import dataclass, fields, replace

from pan_desktop.domain.model import Civility, Role
from pan_desktop.domain.typography import NBSP, Typography, enumeration


@dataclass(frozen=True, slots=True)
class Sentences:
    """What the program writes for the secretary, each editable in the settings."""

    focal_point_absent: str = "Le point focal concerné n'a pas assisté à cette réunion."
    no_progress: str = "Pas d'avancement depuis la dernière réunion."
    progress_item: str = "État d'avancement des engagements {plan}"
    """Title proposed for the progress item of a new meeting's agenda."""
    approval_item: str = "Approbation du relevé des conclusions de la réunion du {day}"
    """Title proposed for the first item, when the body has met before."""
    follow_up_item: str = "Suivi : {action}"
    """Title of an item that takes up an action of an earlier meeting."""

    def changed(self, own: dict[str, str]) -> "Sentences":
        """Return these sentences with the office's own in place of those it changed."""
        names = {field.name for field in fields(self)}
        return replace(self, **{name: text for name, text in own.items() if name in names})


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels of one style of typography."""

    subtitle: str
    date: str
    place: str
    participants: str
    agenda: str
    points: str
    overall: str
    completed: str
    under_way: str
    column_commitment: str
    column_progress: str
    column_details: str
    represented: str = f"Représentés{NBSP}:"
    excused: str = f"Excusés{NBSP}:"
    absent: str = f"Absents{NBSP}:"
    nothing: str = "Néant"
    no_commitment: str = "aucun"
    table_description: str = (
        "Pour chaque engagement non complété : son numéro, son état d’avancement en pour cent et "
        "les détails fournis par le point focal."
    )
    # Parts that a template may add. The text of the first three is the office's: without it
    # there is nothing to print. Fields like {{date}} are filled in.
    chair: str = f"Présidence et secrétariat{NBSP}:"
    chair_text: str = ""
    next_meeting: str = f"Prochaine réunion{NBSP}:"
    next_meeting_text: str = ""
    closing: str = ""
    closing_text: str = ""
    not_represented: str = f"Engagements non représentés{NBSP}:"
    decisions: str = f"Décisions et actions{NBSP}:"
    column_number: str = "N°"
    column_decision: str = "Décision ou action"
    column_owner: str = "Responsable"
    column_due: str = "Échéance"
    decisions_description: str = (
        f"Pour chaque décision ou action{NBSP}: son numéro, ses termes, son responsable et son "
        "échéance."
    )
    signatures: str = f"Signatures{NBSP}:"
    signature_left: str = "Le président de la réunion"
    signature_right: str = "Le secrétariat"
    signatures_description: str = "Deux cases à signer."
    subject: str = "Plan d’action national {plan}"
    """What the file says that it is about."""


LABELS = {
    Typography.FIDELE: Labels(
        subtitle="Relevé des conclusions",
        date="Date de la réunion",
        place=f"Lieu{NBSP}:",
        participants=f"Participants{NBSP}:",
        agenda=f"Ordre du jour{NBSP}:",
        points=f"Points retenus{NBSP}:",
        overall="Avancement global du Plan d'action national",
        completed="Engagements complétés à {percent}",
        under_way="Engagements non complétés",
        column_commitment="Engagement",
        column_progress="Etat d'avancement",
        column_details="Détails fournis par le point focal",
    ),
    Typography.SOIGNE: Labels(
        subtitle="Relevé des conclusions",
        date=f"Date de la réunion{NBSP}:",
        place=f"Lieu{NBSP}:",
        participants=f"Participants{NBSP}:",
        agenda=f"Ordre du jour{NBSP}:",
        points=f"Points retenus{NBSP}:",
        overall="Avancement global du Plan d’action national",
        completed="Engagements complétés à {percent}",
        under_way="Engagements non complétés",
        column_commitment="Engagement",
        column_progress="État d’avancement",
        column_details="Détails fournis par le point focal",
    ),
}

_CIVILITIES = {
    (Civility.MONSIEUR, Typography.FIDELE): "M.",
    (Civility.MADAME, Typography.FIDELE): "Mme.",
    (Civility.MONSIEUR, Typography.SOIGNE): "M.",
    (Civility.MADAME, Typography.SOIGNE): "Mme",
}
_ROLES = {
    (Role.FOCAL_POINT, Civility.MONSIEUR): "point focal",
    (Role.FOCAL_POINT, Civility.MADAME): "point focal",
    (Role.ALTERNATE, Civility.MONSIEUR): "suppléant point focal",
    (Role.ALTERNATE, Civility.MADAME): "suppléante point focal",
    (Role.GUEST, Civility.MONSIEUR): "invité",
    (Role.GUEST, Civility.MADAME): "invitée",
}

# The singular of the first word of a body's name, where its ending does not tell.
_FEMININE = frozenset(
    [
        "cellule",
        "chambre",
        "cour",
        "haute",
        "ligue",
        "plateforme",
        "plate-forme",
        "plénière",
        "société",
        "structure",
        "table",
        "task",
        "task-force",
    ]
)
_FEMININE_ENDINGS = ("ion", "ance", "ence")
_SINGULAR_IN_S = frozenset(["congrès", "corps", "cours", "palais", "sous"])
_ARTICLES = {"le": "du", "la": "de la", "les": "des"}
# Not h: "du Haut Comité" is commoner than "de l'Hémicycle".
_VOWELS = tuple("aàâeéèêëiîïoôuùûyœæ")


def civility(value: Civility, style: Typography) -> str:
    """Return "M." or "Mme." as the style writes it."""
    return _CIVILITIES[value, style]


def quality(role: Role, gender: Civility, numbers: tuple[int, ...]) -> str:
    """Return what a participant is, agreeing in gender and number.

    "point focal engagements 1, 2 et 8", "suppléante point focal engagement 10", "invitée".
    """
    words = _ROLES[role, gender]
    if not numbers:
        return words
    noun = "engagement" if len(numbers) == 1 else "engagements"
    listed = enumeration([str(number) for number in numbers])
    return f"{words} {noun}{NBSP}{listed}"


def body_heading(name: str) -> str:
    """Return the first line proposed for a body's relevés: "RÉUNION DU COMITÉ ...".

    A proposal only, kept with the body and editable: grammar has more cases than these.
    """
    first, _, rest = name.partition(" ")
    word = first.casefold()
    acronym = first.isupper() and len(first) < 7
    plural = word.endswith(("s", "x")) and word not in _SINGULAR_IN_S and not acronym
    if word in _ARTICLES and rest:
        link, name = f"{_ARTICLES[word]} ", rest
    elif word.startswith(("l'", "l’")):
        link = "de "
    elif plural:
        link = "des "
    elif word.startswith(_VOWELS):
        link = "de l'"
    elif word.endswith(_FEMININE_ENDINGS) or word in _FEMININE:
        link = "de la "
    else:
        link = "du "
    return f"Réunion {link}{name}".upper()
