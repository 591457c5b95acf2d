"""Looks after a database: what is wrong with it, in words; repairs what is safe; saves the rest.

These take the office, not a unit of work: they are for a database in which no transaction may be
possible any more. It is closed before anything is changed, and opened again at its next use.
"""

from __future__ import annotations

import itertools
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, NamedTuple

from pan_desktop.app import backups, written
from pan_desktop.app.doctor_words import Finding, Weight, finding, heading, lines, rows
from pan_desktop.domain.backups import Why
from pan_desktop.domain.errors import (
    BackupFailedError,
    InputError,
    PanError,
    StoreBusyError,
    StoreDamagedError,
    WrongSecretError,
)
from pan_desktop.domain.typography import counted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from pan_desktop.app.office import Office
    from pan_desktop.store.health.doctor import Symptom
    from pan_desktop.store.health.recovery import Counted, Recovered

__all__ = ["Finding", "Weight"]

ON_A_SERVER = (
    "Cette base est sur un serveur, que PostgreSQL vérifie et répare lui-même : rien n’a été "
    "vérifié. Demandez-le à qui tient le serveur."
)
UNMENDED = (
    "La base n’a pas été réparée : un autre programme l’emploie, ou le disque a refusé une "
    "écriture. Elle est restée comme elle était ; une copie en est gardée dans « {kept} ». Fermez "
    "les autres fenêtres, puis recommencez."
)
NOT_BY_REPAIR = (
    "La base n’a pas été réparée, des données elles-mêmes étant abîmées : elle est restée comme "
    "elle était, et une copie en est gardée dans « {kept} ». Récupérez ce qui est lisible dans "
    "une nouvelle base."
)
SOUND = "Rien d’anormal n’a été trouvé."
JOURNAL = (
    "Le journal ne répond plus à la base en {count} : {first} Ce qui a été changé sans le "
    "programme, ou récupéré en partie, ne s’y retrouve pas."
)
LAST_COPY = (
    "La dernière copie de sauvegarde est du {day}, il y a plus de sept jours. Faites-en une."
)
NO_COPY = "Il n’existe aucune copie de sauvegarde de cette base. Faites-en une."


class Repaired(NamedTuple):
    """What repairing came to."""

    kept: Path | None
    """The copy of the state before; None when nothing was to be repaired."""
    mended: tuple[Finding, ...]
    left: tuple[Finding, ...]
    """What is wrong all the same."""


class Rescue(NamedTuple):
    """What recovering came to."""

    file: Path
    """The new database."""
    report: Path
    """A text that tells everything, with the words that have no place any more."""
    sentences: tuple[str, ...]
    whole: bool


def look(office: Office, *, now: datetime) -> tuple[Finding, ...]:
    """Return what is wrong with the office's database, the gravest first; nothing is changed.

    Raises InputError for one on a server, SecretNeededError and WrongSecretError for one that is
    encrypted and not opened by the office's key, StoreTooNewError for a newer one, StoreBusyError.
    """
    file, found = _file_of(office), []
    symptoms = _symptoms(office, now)
    found += [finding(symptom) for symptom in symptoms]
    if all(each.weight is not Weight.GRAVE for each in found):
        found += _journal(office)
    found += _surroundings(office, file, now)
    order = list(Weight)
    return tuple(sorted(found, key=lambda each: order.index(each.weight)))


def healthy(found: tuple[Finding, ...]) -> bool:
    """Tell whether nothing is wrong with the database itself."""
    return all(each.weight is Weight.NOTE for each in found)


def repair(office: Office, *, now: datetime) -> Repaired:
    """Mend what can be mended without touching what anybody wrote, a copy being kept before.

    Raises as ``look``, and BackupFailedError when no copy could be made; nothing is changed then.
    """
    from pan_desktop.store.failures import translated
    from pan_desktop.store.health.doctor import mend
    from pan_desktop.store.opening import driver_errors

    file = _file_of(office)
    symptoms = _symptoms(office, now)
    mendable = [each for each in symptoms if finding(each).mended]
    if not mendable:
        return Repaired(None, (), look(office, now=now))
    kept = _kept(office, file, now)
    try:
        done = mend(file, office.key, mendable)
    except driver_errors() as error:
        if not isinstance(translated(error), StoreDamagedError):
            raise StoreBusyError(UNMENDED.format(kept=kept)) from error
        # Even taking the damaged index away reads it: all else goes into a new file.
        _renew(office, file, symptoms, kept, now)
        done = {symptom.ill for symptom in mendable}
    mended = tuple(finding(each) for each in mendable if each.ill in done)
    return Repaired(kept, mended, look(office, now=now))


def _renew(office: Office, file: Path, symptoms: list[Symptom], kept: Path, now: datetime) -> None:
    """Put a new file with every row in the place of one whose indexes alone are damaged.

    Raises StoreDamagedError when any row might be missing, and leaves everything as it was.
    """
    from pan_desktop.store.health.recovery import recover as save
    from pan_desktop.store.safety.restoring import put_back

    refusal = StoreDamagedError(NOT_BY_REPAIR.format(kept=kept))
    if any(finding(symptom).weight is Weight.GRAVE for symptom in symptoms):
        raise refusal
    with TemporaryDirectory(dir=file.parent, prefix=".réparation-") as folder:
        renewed = Path(folder) / file.name
        if not save(file, renewed, office.key).whole:
            raise refusal
        put_back(file, renewed, now, key=office.key)


def recover(office: Office, *, target: Path, now: datetime) -> Rescue:
    """Save what is readable of the office's database into ``target``, a new one; and report.

    The damaged one is only read. The report lies beside the new one. Raises as
    ``store.health.recovery.recover``, and FileUnwritableError where the report cannot be written.
    """
    from pan_desktop.store.health.recovery import recover as save

    office.close()
    file = _file_of(office)
    recovered = save(file, target, office.key)
    report = target.with_name(f"{target.stem} - rapport.txt")
    sentences = tuple(_told(recovered))
    text = "\n".join(_reported(file, target, now, recovered, sentences))
    written.replace(report, text.encode(), private=True)
    return Rescue(target, report, sentences, recovered.whole)


def proposed_target(office: Office) -> Path:
    """Return where a new database may be written, beside the damaged one and over nothing."""
    file = _file_of(office)
    names = (f" {number}" if number > 1 else "" for number in itertools.count(1))
    tried = (file.with_name(f"{file.stem} récupérée{n}{file.suffix}") for n in names)
    return next(target for target in tried if not target.exists())


def as_data(found: Finding) -> dict[str, Any]:
    """Return a finding as data for another program."""
    return {
        "constat": found.id,
        "gravite": found.weight.value,
        "message": found.sentence,
        "reparable": found.mended,
    }


def rescue_as_data(rescue: Rescue) -> dict[str, Any]:
    """Return what was recovered as data for another program."""
    return {
        "fichier": str(rescue.file),
        "rapport": str(rescue.report),
        "complet": rescue.whole,
        "messages": list(rescue.sentences),
    }


def _file_of(office: Office) -> Path:
    try:
        return backups.file_of(office)
    except InputError:
        raise InputError(ON_A_SERVER) from None


def _symptoms(office: Office, now: datetime) -> list[Symptom]:
    from pan_desktop.store.failures import translating
    from pan_desktop.store.health.doctor import examine
    from pan_desktop.store.location import find
    from pan_desktop.store.opening import signs

    file = _file_of(office)
    try:
        find(file, office.key)  # raises what makes looking further impossible
    except StoreDamagedError:
        pass
    except WrongSecretError:
        if office.key is None or not signs(file, office.key):
            raise
    with translating():
        return examine(file, office.key, now)


def _journal(office: Office) -> Iterator[Finding]:
    """Yield what the journal shows to have been done beside the program."""
    from pan_desktop.app import journal

    if not _file_of(office).exists():
        return
    problems = office.run(journal.verify).result.problems
    if problems:
        count = counted(len(problems), "endroit")
        sentence = JOURNAL.format(count=count, first=problems[0].sentence)
        yield Finding("journal", Weight.WARNING, sentence)


def _surroundings(office: Office, file: Path, now: datetime) -> Iterator[Finding]:
    """Yield what is not the database's own fault: where it lies, and its copies."""
    from pan_desktop.app.whereabouts import whereabouts
    from pan_desktop.store.safety.copies import copies

    where = whereabouts(office)
    if where.sentence:
        yield Finding("place", Weight.NOTE, where.sentence)
    for sentence in where.sentences[bool(where.sentence) :]:
        yield Finding("conflict", Weight.WARNING, sentence)
    known: tuple[object, ...] = ()
    with suppress(PanError, OSError):
        known = copies(file)
    last = backups.overdue(office, now=now)
    if not known:
        yield Finding("copies", Weight.NOTE, NO_COPY)
    elif last is not None:
        yield Finding("copies", Weight.NOTE, LAST_COPY.format(day=f"{last:%d/%m/%Y}"))


def _kept(office: Office, file: Path, now: datetime) -> Path:
    """Keep the state before a repair: verified where it can be, byte by byte where it cannot."""
    from pan_desktop.store.safety.copies import keep_copy
    from pan_desktop.store.safety.restoring import keep_bytes

    office.close()
    try:
        return keep_copy(file, Why.REPAIR, now, key=office.key, always=True).copy.file
    except BackupFailedError:
        return keep_bytes(file, now, Why.REPAIR)


# What was recovered ------------------------------------------------------------------------------

TOLD = {
    "lost": (
        ("{rows} manque : l’index la nomme, et elle n’est plus nulle part."),
        ("{rows} manquent : l’index les nomme, et elles ne sont plus nulle part."),
    ),
    "refused": (
        ("{rows} n’a plus de place : ses mots sont dans le rapport."),
        ("{rows} n’ont plus de place : leurs mots sont dans le rapport."),
    ),
    "detached": (
        (
            "{rows} retrouvée dans une partie du fichier que plus rien ne tenait : relisez-la, "
            "elle avait peut-être été supprimée."
        ),
        (
            "{rows} retrouvées dans une partie du fichier que plus rien ne tenait : relisez-les, "
            "certaines avaient peut-être été supprimées."
        ),
    ),
    "unhooked": (
        ("{rows} a perdu un lien vers une autre fiche, qui manque."),
        ("{rows} ont perdu un lien vers une autre fiche, qui manque."),
    ),
    "remembered": (
        ("{rows} reprise des étapes à annuler, qui la gardaient encore : relisez-la."),
        ("{rows} reprises des étapes à annuler, qui les gardaient encore : relisez-les."),
    ),
    "rebuilt": (
        ("{rows} à compléter, refaite parce que d’autres données y tiennent."),
        ("{rows} à compléter, refaites parce que d’autres données y tiennent."),
    ),
}
"""What is told of a table, of one row and of several."""
UNCOUNTED = (
    (
        "{tables} a perdu, ou peut avoir perdu, des lignes que plus rien ne nomme : elle est citée "
        "ci-dessous. Comparez avec une copie de sauvegarde."
    ),
    (
        "{tables} ont perdu, ou peuvent avoir perdu, des lignes que plus rien ne nomme : elles "
        "sont citées ci-dessous. Comparez avec une copie de sauvegarde."
    ),
)
"""What is told of how many tables nobody can count any more."""
NOTHING_READ = "{rows} : aucune ligne n’a pu être lue, et leur nombre n’est pas connu."
MORE_LOST = "{rows} : il peut en manquer, et leur nombre n’est pas connu."
EVEN_MORE_LOST = "{rows} : il peut en manquer d’autres, et leur nombre n’est pas connu."
WHOLE = "Tout ce que la base contenait a été récupéré."


def _told(recovered: Recovered) -> Iterator[str]:
    """Yield what was saved and what was not, in sentences."""
    yield f"{counted(recovered.saved, 'ligne récupérée')}."
    if recovered.whole:
        yield WHOLE
    if tables := sum(table.uncounted for table in recovered.tables):
        yield UNCOUNTED[tables > 1].format(tables=counted(tables, "table"))
    for table in recovered.tables:
        for part, (one, many) in TOLD.items():
            if number := getattr(table, part):
                words = one if number == 1 else many
                yield words.format(rows=lines(table.table, number))
        if table.uncounted:
            yield _uncounted(table)
    homeless = sum(not name for name, _ in recovered.refused)
    if homeless:
        yield f"{counted(homeless, 'ligne')} dont la table n’est plus connue : voir le rapport."
    if recovered.unreadable:
        yield f"{counted(recovered.unreadable, 'page')} que le disque refuse de lire."


def _uncounted(table: Counted) -> str:
    """Say that nobody knows how many rows of a table are lost."""
    if table.lost:
        words = EVEN_MORE_LOST
    else:
        words = MORE_LOST if table.saved or table.refused else NOTHING_READ
    return words.format(rows=heading(table.table))


def _lacking(table: Counted) -> str:
    if not table.uncounted:
        return str(table.lost)
    return f"au moins {table.lost}" if table.lost else "nombre inconnu"


def _reported(
    file: Path, target: Path, now: datetime, recovered: Recovered, sentences: tuple[str, ...]
) -> Iterator[str]:
    yield "RAPPORT DE RÉCUPÉRATION"
    yield ""
    yield f"Base abîmée (lue seulement) : {file}"
    yield f"Nouvelle base : {target}"
    yield f"Le {now.astimezone():%d/%m/%Y à %H:%M}"
    yield ""
    yield from sentences
    yield ""
    yield "TABLE PAR TABLE"
    yield ""
    for table in recovered.tables:
        told = (_lacking(table), table.refused, table.rebuilt)
        yield "{} ; manquent : {} ; sans place : {} ; à compléter : {}".format(
            rows(table.table, table.saved), *told
        )
    if recovered.refused:
        yield ""
        yield "CE QUI N’A PLUS DE PLACE"
    for name, values in recovered.refused:
        yield ""
        yield f"{rows(name, 1)} :" if name else "Ligne d’une table inconnue :"
        yield from (f"    {column} : {_shown(value)}" for column, value in values.items())
    yield ""


def _shown(value: object) -> str:
    if isinstance(value, bytes):
        return f"{len(value)} octets"
    return "" if value is None else "".join(c if c.isprintable() else " " for c in str(value))
