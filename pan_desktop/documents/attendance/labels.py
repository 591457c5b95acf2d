"""What headings call the columns, as a help where shape alone does not tell.

Labels are compared folded, by how their words begin; those of scripts without spaces, by what
they hold. Nothing is refused for a label that is not here.
"""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache

from pan_desktop.domain.folding import folded


class Field(Enum):
    """What a column holds."""

    NAME = "name"
    FIRST = "first"
    LAST = "last"
    EMAIL = "email"
    JOIN = "join"
    LEAVE = "leave"
    DURATION = "duration"
    ROLE = "role"
    WAITING = "waiting"
    PRESENCE = "presence"
    ACTION = "action"
    MEETING = "meeting"
    """What is the meeting's, not a person's: its name, when it began and ended."""
    OTHER = "other"
    """What is known and never taken: institution, device, number, identifiers."""


# In the order in which they are asked: the first that fits is it.
_WORDS: tuple[tuple[Field, tuple[str, ...]], ...] = (
    (
        Field.OTHER,
        (
            "upn",
            "userprincipalname",
            "participant id",
            "participantid",
            "id du participant",
            "teilnehmer-id",
            "id de participante",
            "id del participante",
            "id partecipante",
            "session id",
            "sessionid",
            "user agent",
            "useragent",
            "معرف",
            "参加者 id",
            "參與者識別碼",
            "参与者 id",
        ),
    ),
    (
        Field.WAITING,
        (
            "waiting",
            "attente",
            "warteraum",
            "espera",
            "attesa",
            "wachtkamer",
            "wachtruimte",
            "bekleme",
            "待機",
            "待合",
            "等候",
            "대기",
            "انتظار",
            "ожидан",
            "poczekaln",
            "vanterum",
        ),
    ),
    (
        Field.MEETING,
        (
            "meeting name",
            "meeting start",
            "meeting end",
            "meeting number",
            "meeting id",
            "meeting topic",
            "meeting title",
            "nom de la reunion",
            "debut de la reunion",
            "fin de la reunion",
            "titre de la reunion",
            "sujet",
            "topic",
            "thema",
            "tema",
            "اسم الاجتماع",
            "بداية الاجتماع",
            "نهاية الاجتماع",
        ),
    ),
    (
        Field.DURATION,
        (
            "duration",
            "duree",
            "dauer",
            "teilnahmedauer",
            "*dauer",
            "duracion",
            "duracao",
            "durata",
            "duur",
            "minutes",
            "time in session",
            "time in call",
            "time attended",
            "time in meeting",
            "temps",
            "مدة",
            "المدة",
            "期間",
            "时长",
            "時長",
            "持続",
            "продолжительность",
            "sure",
        ),
    ),
    (
        Field.EMAIL,
        (
            "mail",
            "email",
            "e-mail",
            "courriel",
            "adresse electronique",
            "correo",
            "البريد",
            "メール",
            "邮",
            "郵",
            "메일",
            "e-post",
            "eposta",
            "почт",
        ),
    ),
    (
        Field.FIRST,
        (
            "first name",
            "firstname",
            "prenom",
            "prenoms",
            "vorname",
            "given name",
            "nombre de pila",
            "primeiro",
            "الاسم الشخصي",
            "الاسم الاول",
        ),
    ),
    (
        Field.LAST,
        (
            "last name",
            "lastname",
            "nom de famille",
            "surname",
            "nachname",
            "familienname",
            "family name",
            "apellido",
            "cognome",
            "sobrenome",
            "الاسم العائلي",
            "النسب",
            "اللقب",
        ),
    ),
    (
        Field.OTHER,
        (
            "registration",
            "presenter",
            "presentat",
            "inscription",
            "approval",
            "country",
            "pays",
            "region",
            "phone",
            "telephone",
            "gsm",
            "mobile",
            "device",
            "appareil",
            "connection",
            "client",
            "organis",
            "organiz",
            "institution",
            "entite",
            "company",
            "societe",
            "departement",
            "department",
            "direction",
            "service",
            "ministere",
            "administration",
            "fonction",
            "poste",
            "job",
            "observation",
            "remarque",
            "comment",
            "signature",
            "consent",
            "disclaimer",
            "guest",
            "invite",
            "gast",
            "invitado",
            "network",
            "adresse",
            "source",
            "id",
            "n°",
            "numero",
            "no",
            "الموسسه",
            "الموسسة",
            "الموءسسه",
            "الهاتف",
            "ملاحظ",
            "civilite",
            "civility",
            "genre",
            "date",
            "jour",
            "تاريخ",
        ),
    ),
    (
        Field.LEAVE,
        (
            "leave",
            "left",
            "depart",
            "sortie",
            "deconnexion",
            "austritt",
            "verlassen",
            "letzter",
            "letzte",
            "salida",
            "ultima",
            "saida",
            "uscita",
            "退出",
            "離",
            "离",
            "나간",
            "퇴장",
            "مغادر",
            "خروج",
            "exit",
            "exited",
            "end",
            "fin",
            "last",
        ),
    ),
    (
        Field.JOIN,
        (
            "join",
            "joined",
            "arrivee",
            "entree",
            "connexion",
            "beitritt",
            "erste",
            "erster",
            "entrada",
            "ingreso",
            "ingresso",
            "union",
            "unio",
            "primera",
            "premiere",
            "参加",
            "加入",
            "参会",
            "입장",
            "참가",
            "دخول",
            "انضمام",
            "start",
            "debut",
            "first",
        ),
    ),
    (
        Field.PRESENCE,
        (
            "presence",
            "present",
            "presente",
            "statut",
            "status",
            "attended",
            "attendance",
            "emargement",
            "anwesenheit",
            "asistencia",
            "etat",
            "الحضور",
            "حضور",
            "出席",
        ),
    ),
    (
        Field.ROLE,
        (
            "role",
            "rolle",
            "rol",
            "ruolo",
            "papel",
            "funcao",
            "qualite",
            "役割",
            "角色",
            "역할",
            "دور",
            "الدور",
            "роль",
        ),
    ),
    (
        Field.ACTION,
        (
            "action",
            "aktion",
            "accion",
            "azione",
            "acao",
            "actie",
            "activite",
            "activity",
            "操作",
            "アクション",
        ),
    ),
    (
        Field.NAME,
        (
            "name",
            "names",
            "responsable",
            "interlocuteur",
            "titulaire",
            "intervenant",
            "agent",
            "fullname",
            "nom",
            "noms",
            "nombre",
            "nome",
            "naam",
            "naam",
            "participant",
            "participants",
            "participante",
            "attendee",
            "attendees",
            "teilnehmer",
            "teilnehmername",
            "personne",
            "personnes",
            "membre",
            "membres",
            "名前",
            "氏名",
            "姓名",
            "名",
            "이름",
            "имя",
            "isim",
            "ad",
            "ονομα",
            "الاسم",
            "اسم",
            "المشارك",
            "المشاركون",
            "anzeigename",
            "benutzername",
        ),
    ),
)
_NEEDLES = tuple((field, frozenset(folded(word) for word in words)) for field, words in _WORDS)
_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_WHOLE_ONLY = frozenset({"id", "no", "n°", "ad", "end", "fin", "nom", "rol", "date", "last", "sure",
                         "first", "name", "nome", "union", "unio", "tema", "gast", "left", "pays",
                         "job", "gsm", "mail", "etat", "jour", "genre"})  # fmt: skip
_LONGEST = 60


@lru_cache(maxsize=4096)
def field_of(label: str) -> Field | None:
    """Return what a column so called holds, None when the label is not known."""
    if not label or len(label) > _LONGEST:
        return None
    words = folded(label.replace("’", "'")).replace("l'", "").replace("d'", "")
    found = set(_WORD.findall(words))
    for field, needles in _NEEDLES:
        if any(_fits(needle, words, found) for needle in needles):
            return field
    return None


def _fits(needle: str, words: str, found: set[str]) -> bool:
    if needle.startswith("*"):
        return needle[1:] in words
    if not needle.isascii() or " " in needle or "-" in needle:
        return needle in words
    if needle in _WHOLE_ONLY:
        return needle in found
    return any(word.startswith(needle) for word in found)


def is_original(label: str) -> bool:
    """Tell whether names stand in the column with those they had before: "New (Old)"."""
    words = folded(label)
    return "(" in words and any(
        part in words for part in ("origin", "ursprung", "元", "原", "исход", "الاصلي", "orijinal")
    )


_YES = frozenset(
    ("yes", "oui", "ja", "si", "sim", "y", "o", "1", "true", "vrai", "x", "نعم", "はい", "是", "예",
     "evet", "да", "tak", "✓", "✔", "wahr")
)  # fmt: skip
_PRESENT = ("present", "oui", "yes", "ja", "si", "x", "✓", "✔", "☑", "1", "p", "o", "attended",
            "anwesend", "حاضر", "نعم", "true", "vrai", "la", "en ligne", "a distance", "distanciel",
            "visio", "online", "remote", "en salle", "sur place", "in person")  # fmt: skip
_EXCUSED = ("excus", "e", "entschuldigt", "justifi", "justificad", "معتذر", "apolog", "regret",
            "empech", "represente", "representee")  # fmt: skip
_ABSENT = ("absent", "non", "no", "nein", "0", "a", "غائب", "لا", "ausente", "abwesend", "false",
           "faux", "☐")  # fmt: skip
_STANDINGS = tuple(
    (said, folded(start))
    for said, starts in (("excused", _EXCUSED), ("absent", _ABSENT), ("present", _PRESENT))
    for start in starts
)
_NOT = ("non ", "pas ", "not ", "no ", "n'est ", "nicht ", "غير ", "لم ")
_MARKS = frozenset(("x", "✓", "✔", "☑", "1", "o", "oui", "p", "e", "a", "ok"))


def says_yes(cell: str) -> bool:
    """Tell whether a cell says yes, in the languages of the usual exports."""
    return folded(cell) in _YES


def presence_said(cell: str) -> str | None:
    """Return "present", "excused" or "absent" as a cell of a list says it, None for neither."""
    words = folded(cell.replace("’", "'")).strip(" .()[]:")
    if words.startswith(_NOT):
        return "absent"
    bare = words.replace("(e)", "").replace("·e", "")
    bare = bare.removesuffix("s") if len(bare) > 4 else bare
    return next((said for said, start in _STANDINGS if _begins(bare, start)), None)


def _begins(words: str, start: str) -> bool:
    """Tell whether words are a short code, or begin with a longer one."""
    if start.startswith("represente"):  # and not "représentante"
        return words == start or words.startswith(f"{start} ")
    return words == start or (len(start) > 3 and words.startswith(start))


def is_mark(cell: str) -> bool:
    """Tell whether a cell only says that its column is meant."""
    return folded(cell) in _MARKS
