"""The labels and headings of relevés as people write them, recognised whatever their look.

Compared folded (no accents, one case), so that "Étaient présents :", "PRESENTS" and "I. Présents"
are one. Labels of other committees than the first are from the usage of French administrations
(domain facts, 2.1).
"""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import NamedTuple

from pan_desktop.domain.folding import folded


class Label(Enum):
    """What the lines under a label are."""

    DATE = auto()
    HOUR = auto()
    PLACE = auto()
    PRESENT = auto()
    GUESTS = auto()
    REPRESENTED = auto()
    EXCUSED = auto()
    ABSENT = auto()
    AGENDA = auto()
    POINTS = auto()
    OTHER = auto()
    """What people write at the head of a relevé and the program has no place for."""


class Labelled(NamedTuple):
    """A label at the beginning of a line, and what the line says after it."""

    label: Label
    rest: str


_OF = r"(?: de| a| pour)?(?: la| cette)? ?(?:reunion|seance|session|rencontre)?"
_ARE = r"(?: a| de)?(?: la| cette)? ?(?:reunion|seance|rencontre)?(?: sont| etaient)?"
_PATTERNS = (
    (
        Label.DATE,
        (
            rf"(?:date|jour)(?:,? (?:et|&)? ?(?:heure|lieu|horaire)s?)*(?: de tenue)?{_OF}"
            r"|التاريخ|تاريخ(?: انعقاد)? الاجتماع"
        ),
    ),
    (
        Label.HOUR,
        rf"(?:heure|horaire|debut|heure de debut|heure et duree|horaires)(?: d'ouverture)?{_OF}",
    ),
    (
        Label.PLACE,
        (
            rf"(?:lieu|endroit|lieu de tenue|lieu et modalite|modalite|mode de tenue"
            rf"|lieu ?/ ?modalite){_OF}|المكان|مكان (?:الاجتماع|الانعقاد)"
        ),
    ),
    (
        Label.PRESENT,
        (
            r"(?:liste des |les )?(?:participants?(?:\(e\)s|\.e\.s|es)?"
            r"|participants? et participantes"
            r"|participations?|membres? presents?|presents?(?:\(e\)s|\.e\.s|es)?|presences?"
            r"|personnes presentes|(?:etaient|sont|ont ete) presents?(?:\(e\)s|es)?"
            r"|ont (?:participe|assiste|pris part)|participaient|points? foca(?:ux|l) presents?"
            r"|membres|points focaux|titulaires|suppleant(?:e|\(e\))?s?)"
            r"(?: presents?(?:\(e\)s)?)?"
            rf"{_ARE}"
            rf"|(?:liste|feuille) (?:de |des )?(?:presences?|presents?|membres presents?){_ARE}"
            r"|المشاركون|الحاضرون|الحضور|لايحه الحضور"
        ),
    ),
    (
        Label.GUESTS,
        (
            r"(?:les )?(?:invites?(?:\(e\)s|es)?|observateurs?|assistaient (?:egalement|aussi)"
            r"|egalement presents?|secretariat|autres participants?|personnes invitees"
            r"|assistai(?:en)?t a titre d'observateurs?)(?: a la reunion)?"
        ),
    ),
    (
        Label.REPRESENTED,
        (
            r"(?:les )?(?:membres )?(?:represent(?:e|es)(?:\(e\)s)?|etaient representes?"
            r"|representations?|pouvoirs?)"
        ),
    ),
    (
        Label.EXCUSED,
        (
            r"(?:les |liste des )?(?:membres |points focaux |personnes )?(?:absents? )?(?:et )?"
            r"excuses?(?:\(e\)s|\.e\.s|es)?"
            r"|(?:se sont |etaient |s'etaient )(?:fait )?excuse(?:r|s)?"
            r"|absences? excusees?|المعتذرون"
        ),
    ),
    (
        Label.ABSENT,
        (
            r"(?:les |liste des )?(?:membres |points focaux |personnes )?(?:etaient |sont )?"
            r"absent(?:s|es|\(e\)s|\.e\.s|e)?|absences?"
        ),
    ),
    (
        Label.AGENDA,
        (
            r"(?:l')?ordre du jour(?: propose| adopte| de la (?:reunion|seance))?|agenda"
            r"|points? (?:a|inscrits? a) l'ordre du jour|جدول (?:ال)?اعمال(?: الاجتماع)?"
        ),
    ),
    (
        Label.POINTS,
        (
            r"(?:les )?(?:principaux )?(?:points? (?:retenus?|discutes?|abordes?|examines?|traites?"
            r"|saillants?)|conclusions?(?: retenues?| de la (?:reunion|seance))?"
            r"|decisions?(?: prises?| et recommandations?)?"
            r"|deroulement(?: de la (?:reunion|seance))?"
            r"|deroule|resume des (?:echanges|debats|discussions)|echanges|discussions?|debats"
            r"|releve d(?:es|e) (?:conclusions|decisions)|principales conclusions"
            r"|synthese des (?:echanges|travaux|debats)|recommandations(?: et decisions)?|contenu"
            r"|points retenus et decisions)"
            r"|النقط المتفق عليها|خلاصات الاجتماع|الخلاصات|القرارات|التوصيات"
        ),
    ),
    (
        Label.OTHER,
        (
            r"presidence|presidee? par|(?:le |la )?president(?:e|\(e\))?"
            r"(?: de (?:la )?seance)?|(?:le |la )?secretaire(?: de (?:la )?seance)?"
            r"|rapporteure?s?|redact(?:eur|rice)|redige par"
            r"|objet(?: de la (?:reunion|seance))?|references?|ref|diffusion|destinataires?|duree"
            r"|anim(?:ateur|atrice|ation|ee? par)|moderat(?:eur|rice)|quorum"
            r"|pieces? jointes?|documents joints"
            r"|prochaine reunion|date de la prochaine reunion|convocation"
            r"|type de reunion|convoquee? par"
        ),
    ),
)
_NUMBERING = re.compile(r"(?:(?:[ivx]{1,5}|\d{1,2}|[a-h])\s*[.)/°-]+\s*)+(?=\w)")
# One pattern for all: most lines of a relevé are no label, and each is asked.
_ANY = re.compile("|".join(f"(?P<{label.name}>{pattern})" for label, pattern in _PATTERNS))
_LONGEST_LABEL = 64
_SHORT_NOTE = re.compile(r"\s*\([^()]{0,40}\)")


def label_of(text: str) -> Labelled | None:
    """Return the label that a line is, or begins with before a colon; None for neither."""
    colon = text.find(":", 0, _LONGEST_LABEL)
    head = text[:colon] if colon >= 0 else text
    if len(head) > _LONGEST_LABEL or not head.strip():
        return None
    words = folded(head).replace("*", " ").strip(" .-–—_")
    numbering = _NUMBERING.match(words)
    if numbering is not None and numbering.end() < len(words):
        words = words[numbering.end() :]
    words = _SHORT_NOTE.sub("", words).strip()
    found = _ANY.fullmatch(words)
    if found is None or found.lastgroup is None:
        return None
    return Labelled(Label[found.lastgroup], text[colon + 1 :].strip() if colon >= 0 else "")


# Headings ----------------------------------------------------------------------------------

_SUBTITLE = re.compile(
    r"(?:projet de )?(?:releve|compte[ -]rendu|proces[ -]verbal|pv|cr|synthese|minutes)\b"
)
_MEETING = re.compile(
    r"\b(?:reunion|seance|session|comite|commission|conseil|assemblee|groupe de travail|cellule"
    r"|task force|equipe projet)\b"
)
_BODY = re.compile(
    r"(?:r[ée]union|s[ée]ance|session|assembl[ée]e)\s+(?:\S+\s+){0,2}?"
    r"(?:du|de\s+la|de\s+l['’]\s*|des|de)\s*(?P<name>.+)",
    re.IGNORECASE,
)
_BARE_BODY = re.compile(
    r"\b(?P<name>(?:comit[ée]|commission|instance|groupe|conseil|[ée]quipe|cellule|forum)\b.*)",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"\s*(?:[,;–—-]\s*|\s)(?:du|en date du|tenue?(?: le| à)?|le|n°|num[ée]ro)\s+"
    r"(?=(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|\d)).*$",
    re.IGNORECASE,
)
_DATED = re.compile(r"(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|\d)", re.IGNORECASE)
NUMBERED_TITLE = re.compile(
    r"^\s*(?:(?i:(?:point|sujet|question|ordre du jour)\s+(?:n[°o]\s*)?\d{1,2}"
    r"|\d{1,2}(?:er|[èe]me|e)\s+(?:point|sujet))\s*[.:)–—-]+\s*"
    r"|(?:(?:[IVX]{1,5}|\d{1,2}(?:\.\d{1,2})*|[A-H])\s*[.)/°–-]+\s*|[a-h]\)\s*)+)(?=\S)"
)
"""The number before a heading: "2. ", "II - ", "a) ", "Point n° 2 : "."""


def is_subtitle(text: str) -> bool:
    """Tell whether a line says what kind of paper this is ("Relevé des conclusions")."""
    return _SUBTITLE.match(folded(text)) is not None


def is_title(text: str) -> bool:
    """Tell whether a line at the head of the paper names a meeting or a body; no sentence does."""
    return not text.endswith(".") and _MEETING.search(folded(text)) is not None


def body_in(title: str) -> str:
    """Return the body that a paper's title names, "" for none.

    "RÉUNION DU COMITÉ D'IMPLÉMENTATION" gives "Comité d'implémentation": capitals typed for the
    look are taken back, all but the first letter's.
    """
    words = " ".join(title.split())
    found, bare = _BODY.search(words), _BARE_BODY.search(words)
    if found is None or (bare is not None and bare.start() < found.start("name")):
        found = bare  # "PV de réunion - Groupe de travail X"
    if found is None:
        return ""
    name = _TAIL.sub("", found["name"]).strip(" :,.;–—-")
    name = re.split(r"\s+[–—-]\s+|\s*:\s*", name)[0]
    if _DATED.match(name):
        return ""  # "Réunion du mardi 1er juin" names a day
    if name.isupper():
        name = name.lower()
    return name[:1].upper() + name[1:]


def without_number(heading: str) -> str:
    """Return a heading without the number that was typed before it, nor the colon after it."""
    words = NUMBERED_TITLE.sub("", heading).strip()
    return (words or heading.strip()).rstrip(" :\u00a0\u202f")
