"""``pan-desktop backup`` and ``restore``: copies of the database, and the way back to one."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pan_desktop.cli_words import complain, tell
from pan_desktop.domain.backups import Why
from pan_desktop.domain.errors import NotFoundError

if TYPE_CHECKING:
    import argparse

    from pan_desktop.app.backups import CopyRow
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
UNASKED = 2
"""What ``restore`` ends with when it was not told to go on."""


def _backup(office: Office, options: argparse.Namespace) -> None:
    from pan_desktop.app import backups

    if options.list:
        _list(backups.list_copies(office, folder=options.folder), as_json=options.json)
        return
    kept = backups.back_up(
        office,
        why=Why.BY_HAND,
        now=datetime.now(UTC),
        folder=options.folder,
        always=True,
    )
    if kept is None:
        raise NotFoundError(backups.NOTHING_THERE.format(file=backups.file_of(office)))
    if remark := backups.remark(kept):
        complain(remark)
    tell(str(kept.copy.file))


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
    command.set_defaults(command=_backup)
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
    command.set_defaults(command=_restore)
