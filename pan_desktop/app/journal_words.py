"""What an entry of the journal says in French, the things named as the store holds them now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from pan_desktop.domain.calendar import plain_date
from pan_desktop.domain.journal import How
from pan_desktop.domain.model import Civility
from pan_desktop.domain.typography import Typography, counted, enumeration
from pan_desktop.domain.wording import civility

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from pan_desktop.domain.journal import Touched
    from pan_desktop.store.unit_of_work import UnitOfWork

    Row = dict[str, Any]

_LONGEST = 40
_ALONE = 3
"""Things of one kind named one by one; more are counted."""


class _Noun(NamedTuple):
    """What rows of a table are called."""

    one: str
    many: str
    feminine: bool = False
    named: Callable[[Namer, Row], str] | None = None
    """What this one is called, from its row; "" when nothing tells."""


class Namer:
    """Names what identifiers stand for, each asked for once."""

    def __init__(self, work: UnitOfWork) -> None:
        """Ask the store through ``work``."""
        self._work = work
        self._rows: dict[tuple[str, str], Row | None] = {}

    def row(self, table: str, row_id: str | None) -> Row | None:
        """Return a row as it is now, None when it is gone."""
        if row_id is None:
            return None
        key = table, row_id
        if key not in self._rows:
            self._rows[key] = self._work.read.row(table, row_id)
        return self._rows[key]

    def person(self, person_id: str | None) -> str:
        """Return "Mme Salma AZROUNI", "" for a card that is gone."""
        row = self.row("person", person_id)
        return person_named(row) if row is not None else ""

    def commitment(self, commitment_id: str | None) -> str:
        """Return "l’engagement 3", "" for one that is gone."""
        row = self.row("commitment", commitment_id)
        return f"l’engagement\u00a0{row['number']}" if row is not None else ""

    def subjects(self, ids: Iterable[str]) -> str:
        """Return what subjects are called, those that still exist; many of a kind are counted."""
        found: dict[str, list[str]] = {"meeting": [], "commitment": [], "person": []}
        for one in ids:
            for table, names in found.items():
                row = self.row(table, one)
                if row is not None:
                    names.append(_SUBJECTS[table](row))
                    break
        many = {"meeting": "réunion", "commitment": "engagement", "person": "personne"}
        said = []
        for table, names in found.items():
            few = len(names) <= _ALONE
            said += sorted(names) if few else [counted(len(names), many[table])]
        return ", ".join(said)

    def entry(self, touched: Sequence[Touched]) -> str:
        """Return what was done in one go, what weighs most first."""
        parts = []
        for table, noun in _NOUNS.items():
            for how in How:
                rows = [one for one in touched if one.table == table and one.how is how]
                if rows:
                    parts.append(self._said(noun, how, rows))
        others = sum(one.table not in _NOUNS for one in touched)
        if others or not parts:
            parts.append(counted(max(others, 1), "autre modification", "autres modifications"))
        if len(parts) > _ALONE:
            rest = counted(len(parts) - _ALONE + 1, "autre changement")
            parts = [*parts[: _ALONE - 1], rest]
        said = enumeration(parts)
        return said[0].upper() + said[1:]

    def _said(self, noun: _Noun, how: How, rows: Sequence[Touched]) -> str:
        agreed = ("e" if noun.feminine else "") + ("s" if len(rows) > 1 else "")
        done = f"{_DONE[how]}{agreed}"
        what = dict.fromkeys(_COLUMNS[c] for one in rows for c in one.columns if c in _COLUMNS)
        about = f" ({', '.join(what)})" if what else ""
        if len(rows) > 1:
            return f"{counted(len(rows), noun.one, noun.many)} {done}{about}"
        row = self.row(rows[0].table, rows[0].id)
        name = noun.named(self, row) if noun.named is not None and row is not None else ""
        return f"{noun.one}{' ' if name else ''}{name} {done}{about}"


def noun_of(table: str) -> str:
    """Return what a row of a table is called: "point", "présence"."""
    return _NOUNS[table].one


def called(namer: Namer, table: str, row: Row) -> str:
    """Return what a row is called: "point « Budget »", "présence de Mme Salma AZROUNI"."""
    noun = _NOUNS[table]
    try:
        name = noun.named(namer, row) if noun.named is not None else ""
    except KeyError:  # of a row that is gone only a part is known
        name = ""
    return f"{noun.one}{' ' if name else ''}{name}"


def column_called(column: str) -> str:
    """Return what a column is called, "" for one that nobody sees."""
    return _COLUMNS.get(column, "")


def person_named(person: Row) -> str:
    """Return "Mme Salma AZROUNI" from the row of a card."""
    return f"{civility(Civility(person['civility']), Typography.SOIGNE)} {person['name']}"


def _quoted(text: str) -> str:
    line = " ".join(text.split())
    if not line:
        return ""
    shown = line if len(line) <= _LONGEST else f"{line[:_LONGEST].rstrip()}…"
    return f"«\u00a0{shown}\u00a0»"


def _column(name: str) -> Callable[[Namer, Row], str]:
    return lambda _namer, row: _quoted(str(row[name]))


def _of(found: str) -> str:
    """Return "de Mme Salma AZROUNI", "" for nobody."""
    return f"de {found}" if found else ""


_SUBJECTS: dict[str, Callable[[Row], str]] = {
    "meeting": lambda row: f"réunion du {plain_date(row['day'])}",
    "commitment": lambda row: f"engagement\u00a0{row['number']}",
    "person": person_named,
}
_DONE = {How.MADE: "ajouté", How.CHANGED: "modifié", How.REMOVED: "supprimé"}
# What weighs most comes first: a meeting that is removed takes its agenda and points along.
_NOUNS: dict[str, _Noun] = {
    "plan": _Noun("plan", "plans", named=_column("label")),
    "meeting": _Noun(
        "réunion", "réunions", True, lambda _namer, row: f"du {plain_date(row['day'])}"
    ),
    "releve_version": _Noun(
        "version", "versions", True, lambda _namer, row: f"{row['number']} du relevé"
    ),
    "person": _Noun("fiche", "fiches", True, lambda _namer, row: _of(person_named(row))),
    "commitment": _Noun("engagement", "engagements", named=lambda _namer, row: str(row["number"])),
    "attendance": _Noun(
        "présence", "présences", True, lambda namer, row: _of(namer.person(row["person_id"]))
    ),
    "progress_report": _Noun(
        "avancement",
        "avancements",
        named=lambda namer, row: _of(namer.commitment(row["commitment_id"])),
    ),
    "conclusion": _Noun("point", "points", named=_column("text")),
    "agenda_item": _Noun(
        "point de l’ordre du jour", "points de l’ordre du jour", named=_column("title")
    ),
    "mandate": _Noun(
        "mandat", "mandats", named=lambda namer, row: _of(namer.person(row["person_id"]))
    ),
    "statement": _Noun(
        "taux hors réunion",
        "taux hors réunion",
        named=lambda namer, row: _of(namer.commitment(row["commitment_id"])),
    ),
    "amendment": _Noun(
        "décision sur un engagement",
        "décisions sur des engagements",
        True,
        lambda _namer, row: _quoted(str(row["reason"])),
    ),
    "activity_report": _Noun("avancement d’une activité", "avancements d’activités"),
    "activity": _Noun("activité", "activités", True, _column("title")),
    "evidence": _Noun("justificatif", "justificatifs", named=_column("label")),
    "representation": _Noun("engagement représenté", "engagements représentés"),
    "mandate_commitment": _Noun("engagement d’un mandat", "engagements de mandats"),
    "person_alias": _Noun(
        "autre nom", "autres noms", named=lambda namer, row: _of(namer.person(row["person_id"]))
    ),
    "attendance_file": _Noun("rapport de présence", "rapports de présence"),
    "stay": _Noun("passage dans l’appel", "passages dans l’appel"),
    "axis": _Noun("axe", "axes", named=_column("title")),
    "confirmation": _Noun("confirmation d’un contrôle", "confirmations de contrôles", True),
    "disagreement": _Noun("divergence entre deux textes", "divergences entre deux textes", True),
    "written_file": _Noun("fichier écrit", "fichiers écrits"),
    "document_template": _Noun("modèle de document", "modèles de document", named=_column("name")),
    "meeting_template": _Noun("modèle de réunion", "modèles de réunion", named=_column("name")),
    "meeting_template_item": _Noun("point d’un modèle", "points de modèles"),
    "usual_sentence": _Noun("phrase usuelle", "phrases usuelles", True, _column("short_name")),
    "office_word": _Noun("mot du dictionnaire", "mots du dictionnaire", named=_column("word")),
    "saved_filter": _Noun("filtre", "filtres", named=_column("name")),
    "body": _Noun("instance", "instances", True, _column("name")),
    "institution": _Noun("organisme", "organismes", named=_column("name")),
    "setting": _Noun("paramètre", "paramètres"),
}
_COLUMNS = {
    "text": "texte",
    "content": "fichier",
    "marks": "mise en forme",
    "numbered": "numérotation",
    "position": "place",
    "parent_id": "place",
    "kind": "nature",
    "owner": "responsable",
    "owner_id": "responsable",
    "due_first": "échéance",
    "due_last": "échéance",
    "done_on": "réalisation",
    "presence": "présence",
    "by_id": "représentation",
    "arrived": "arrivée",
    "left": "départ",
    "percent": "taux",
    "details": "détails",
    "situation": "situation",
    "title": "intitulé",
    "heading": "titre",
    "number": "numéro",
    "weight": "poids",
    "completion": "niveau d’achèvement",
    "name": "nom",
    "civility": "civilité",
    "email": "adresse électronique",
    "institution_id": "organisme",
    "valid_from": "début",
    "valid_to": "fin",
    "day": "date",
    "at": "heure",
    "place": "lieu",
    "connection": "connexion",
    "state": "état",
    "stated_overall": "avancement global",
    "label": "libellé",
    "starts": "début",
    "ends": "fin",
    "discussed": "examiné ou non",
    "on_agenda": "à l’ordre du jour ou non",
    "reason": "motif",
    "value": "valeur",
}
