"""``pan-desktop backup``, ``restore`` and ``doctor``: copies, the way back to one, and repairs."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pan_desktop.cli_words import complain, tell
from pan_desktop.domain.backups import Why
from pan_desktop.domain.errors import InputError, NotFoundError

if TYPE_CHECKING:
    import argparse

    from pan_desktop.app.backups import CopyRow
    from pan_desktop.app.doctor import Finding
    from pan_desktop.app.office import Office
    from pan_desktop.cli_words import FrenchParser

NO_COPY = (
    "Il n’y a aucune copie de cette base dans « {folder} » : rien n’a été changé. Donnez le chemin "
    "d’une copie, ou faites-en une par « pan-desktop backup »."
)
NOT_ASKED = (
    "Rien n’est changé. Pour restaurer cette copie, recommencez avec « --yes » ; l’état présent "
    "sera gardé comme une copie de plus."
)
STATE_KEPT = "L’état qui était présent est gardé dans « {kept} »."
MENDED = "Réparé : {sentence}."
REPORTED = "Le rapport, avec les textes qui n’ont plus de place, est dans « {file} »."
WRONG = 1
"""What ``doctor`` ends with when something is wrong, or could not be saved."""
UNASKED = 2
"""What ``restore`` ends with when it was not told to go on."""


def _backup(office: Office, options: argparse.Namespace) -> None:
    from pan_desktop.app import backups

    if options.list:
        _list(backups.list_copies(office, folder=options.folder), as_json=options.json)
        return
    made = backups.back_up(
        office,
        why=Why.BY_HAND,
        now=datetime.now(UTC),
        folder=options.folder,
        always=True,
    )
    if made is None:
        raise NotFoundError(backups.NOTHING_THERE.format(file=backups.file_of(office)))
    if made.remark:
        complain(made.remark)
    tell(str(made.file))


def _list(rows: tuple[CopyRow, ...], *, as_json: bool) -> None:
    from pan_desktop.app import backups

    if as_json:
        tell(json.dumps([backups.as_data(row) for row in rows], indent=1))
        return
    for row in rows:
        tell("\t".join((f"{row.at:%d/%m/%Y %H:%M}", row.why, *_holds(row), str(row.file))))


def _holds(row: CopyRow) -> tuple[str, ...]:
    from pan_desktop.domain.typography import counted

    if row.wrong:
        return ("illisible",)
    changed = "jamais modifiée"
    if row.last_change is not None:
        changed = f"modifiée le {row.last_change.astimezone():%d/%m/%Y %H:%M}"
    stranger = ("autre bureau",) if row.stranger else ()
    return (counted(row.meetings, "réunion"), counted(row.people, "personne"), changed, *stranger)


def _restore(office: Office, options: argparse.Namespace) -> int:
    from pan_desktop.app import backups, restoring

    copy = options.copy or _newest(office)
    seen = restoring.preview(office, copy=copy)
    if seen.refused and not options.preview:
        raise InputError(seen.refused)
    if options.preview or not options.yes:
        tell("\t".join((f"{seen.copy.at:%d/%m/%Y %H:%M}", seen.copy.why, *_holds(seen.copy))))
        for sentence in seen.sentences:
            tell(sentence)
        if not options.preview:
            complain(NOT_ASKED)
            return UNASKED
        return 0
    restored = restoring.restore(office, copy=copy, now=datetime.now(UTC))
    if restored.kept is not None:
        complain(STATE_KEPT.format(kept=restored.kept))
    tell(str(backups.file_of(office)))
    return 0


def _newest(office: Office) -> Path:
    """Return the newest copy that can be restored. Raises NotFoundError."""
    from pan_desktop.app import backups

    for row in backups.list_copies(office):
        if not (row.wrong or row.stranger):
            return row.file
    raise NotFoundError(NO_COPY.format(folder=backups.place(office).folder))


def _doctor(office: Office, options: argparse.Namespace) -> int:
    from pan_desktop.app import doctor

    now = datetime.now(UTC)
    if options.recover is not None:
        return _recover(office, options)
    if not options.repair:
        found = doctor.look(office, now=now)
        _tell_findings(found, as_json=options.json)
        return 0 if doctor.healthy(found) else WRONG
    repaired = doctor.repair(office, now=now)
    if repaired.kept is not None:
        complain(STATE_KEPT.format(kept=repaired.kept))
    for finding in repaired.mended:
        complain(MENDED.format(sentence=finding.sentence.partition(". ")[0]))
    _tell_findings(repaired.left, as_json=options.json)
    return 0 if doctor.healthy(repaired.left) else WRONG


def _recover(office: Office, options: argparse.Namespace) -> int:
    from pan_desktop.app import doctor

    rescue = doctor.recover(office, target=options.recover, now=datetime.now(UTC))
    if options.json:
        tell(json.dumps(doctor.rescue_as_data(rescue), indent=1))
    else:
        for sentence in rescue.sentences:
            tell(sentence)
        complain(REPORTED.format(file=rescue.report))
    return 0 if rescue.whole else WRONG


def _tell_findings(found: tuple[Finding, ...], *, as_json: bool) -> None:
    from pan_desktop.app import doctor

    if as_json:
        tell(json.dumps([doctor.as_data(each) for each in found], indent=1))
        return
    for each in found:
        tell(f"{each.weight} : {each.sentence}")
    if not found:
        tell(doctor.SOUND)


def add_commands(commands: argparse._SubParsersAction[FrenchParser]) -> None:
    """Add the commands of this module."""
    command = commands.add_parser(
        "backup",
        help="fait une copie de sauvegarde vérifiée",
        description="Copie la base, même ouverte ailleurs, dans le dossier des sauvegardes, relit "
        "la copie et la compare, puis affiche son chemin. Les copies anciennes qui ne sont plus à "
        "garder sont retirées : il reste celles de 14 jours, 8 semaines et 24 mois, et pendant "
        "30 jours celles d’avant un import ou une restauration.",
    )
    command.add_argument(
        "--folder",
        metavar="DOSSIER",
        type=Path,
        help="copie dans ce dossier, ou en donne la liste (par défaut : celui des paramètres)",
    )
    command.add_argument(
        "--list",
        action="store_true",
        help="ne copie rien et affiche une ligne par copie, la plus récente d’abord : quand, "
        "pourquoi, ce qu’elle contient, son chemin, séparés par des tabulations",
    )
    command.add_argument("--json", action="store_true", help="donne la liste en JSON")
    command.set_defaults(command=_backup, copies_too=True)
    command = commands.add_parser(
        "restore",
        help="revient à une copie de sauvegarde",
        description="Met une copie à la place de la base, d’un coup ou pas du tout ; l’état "
        "présent devient une copie de plus. Sans « --yes », dit seulement ce que la copie "
        "contient et ce qui ne serait plus dans la base, et s’arrête avec le code 2. La base ne "
        "doit pas être ouverte dans une fenêtre.",
    )
    command.add_argument(
        "copy",
        metavar="COPIE",
        type=Path,
        nargs="?",
        help="fichier de la copie (par défaut : la plus récente)",
    )
    command.add_argument(
        "--preview", action="store_true", help="dit ce qui changerait, sans rien changer"
    )
    command.add_argument("--yes", action="store_true", help="restaure sans demander")
    command.set_defaults(command=_restore, copies_too=True)
    _add_doctor(commands)


def _add_doctor(commands: argparse._SubParsersAction[FrenchParser]) -> None:
    command = commands.add_parser(
        "doctor",
        help="vérifie la base, la répare, récupère ce qui est lisible",
        description="Vérifie la base et affiche une ligne par constat : sa gravité (grave, "
        "attention, note), ce qu’il est et ce qu’il faut faire. Le code de retour est 0 quand la "
        "base n’a rien, 1 quand un constat « grave » ou « attention » demeure ou que la "
        "récupération n’est pas complète, 2 quand rien n’a pu être fait. Les autres fenêtres et "
        "programmes doivent être fermés pour réparer.",
    )
    command.add_argument(
        "--repair",
        action="store_true",
        help="répare ce qui peut l’être sans toucher à ce qui a été saisi, après une copie",
    )
    command.add_argument(
        "--recover",
        metavar="NOUVEAU_FICHIER",
        type=Path,
        help="écrit ce qui est lisible dans une nouvelle base, avec un rapport à côté ; la base "
        "abîmée n’est que lue",
    )
    command.add_argument("--json", action="store_true", help="affiche le résultat en JSON")
    command.set_defaults(command=_doctor, copies_too=True)
