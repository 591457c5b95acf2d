"""``pan-desktop shared`` and ``move``: the office that several secretaries share."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from pan_desktop.cli_words import complain, tell
from pan_desktop.domain.errors import InputError
from pan_desktop.domain.typography import counted

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from pan_desktop.app.office import Office
    from pan_desktop.cli_words import FrenchParser

NO_ADDRESS = (
    "Cette commande demande l’adresse d’une base partagée : rien n’a été fait. Donnez-la par "
    "« --database postgresql://nom@serveur/base »."
)
OFFLINE = (
    "Travail hors ligne, sur la copie de ce poste : {waiting} en attente seront envoyés quand le "
    "serveur répondra."
)
LEFT = "{waiting} en attente d’envoi : le serveur ne les a pas encore confirmés."
CREATED = "La base partagée est prête. Son identifiant : {identity}"
MOVED = "{rows} copiées, puis comparées colonne par colonne : aucune différence."
UPGRADED = (
    "La base partagée est à jour : {rows} reprises, puis comparées colonne par colonne, aucune "
    "différence. Chaque poste a maintenant besoin de cette version de PAN Desktop."
)
BEFORE = "L’état d’avant est gardé : {file}"
UP_TO_DATE = "La base partagée est déjà à jour : rien n’y a été changé."
NO_KEYRING = (
    "Ce système n’a pas de trousseau : le mot de passe n’a pas été gardé. Employez ~/.pgpass ou "
    "la variable PGPASSWORD."
)
TIDIED = "{gone} du registre d’échange en moins sur le serveur."
KEPT = "Le mot de passe est gardé dans le trousseau du système."


@contextmanager
def exchanged(office: Office) -> Iterator[None]:
    """Take in what others wrote before a command, and send what it wrote after it.

    Without the server the command works on the copy of this machine, and says so.
    """
    from pan_desktop.app.places import is_shared

    if not is_shared(office.database):
        yield
        return
    from pan_desktop.app.sharing import Line, LineStatus

    office.open()
    line = Line(office, author=office.writer)
    try:
        state = line.step()
        if state.remark:  # also of a line that was cut right after
            complain(state.remark)
        if state.status is not LineStatus.CONNECTED:
            complain(state.sentence)
            complain(OFFLINE.format(waiting=counted(state.pending, "changement")))
            yield
            return
        yield
        while (state := line.step()).status is LineStatus.CONNECTED and state.pending:
            continue
        if state.pending:
            complain(LEFT.format(waiting=counted(state.pending, "changement")))
    finally:
        line.close()


def _shared(office: Office, options: argparse.Namespace) -> None:
    from pan_desktop.app import membership
    from pan_desktop.app.places import is_shared
    from pan_desktop.app.secrets_kept import keep_password

    if not is_shared(office.database):
        raise InputError(NO_ADDRESS)
    if options.keep_password:
        from getpass import getpass

        kept = keep_password(office.database, getpass("Mot de passe : "))
        complain(KEPT if kept else NO_KEYRING)
    if options.create:
        tell(CREATED.format(identity=membership.create_office(office.database)))
    elif options.upgrade:
        _upgrade(office)
    elif options.tidy:
        gone = membership.tidy_office(office.database)
        tell(TIDIED.format(gone=counted(gone, "entrée")))
    elif not options.keep_password:
        for line in membership.described(office):
            tell(line)


def _upgrade(office: Office) -> None:
    from pan_desktop.app import membership

    done = membership.upgrade_office(office, now=datetime.now(UTC))
    if done is None:
        tell(UP_TO_DATE)
        return
    tell(UPGRADED.format(rows=counted(done.rows, "ligne")))
    tell(BEFORE.format(file=done.before))


def _move(office: Office, options: argparse.Namespace) -> None:
    from pan_desktop.app import moving

    moved = moving.move(
        source=options.source, target=options.target, key=office.key, lost=options.lost
    )
    tell(MOVED.format(rows=counted(moved.rows, "ligne")))
    if words := moving.told(moved):
        tell(words)


def add_commands(commands: argparse._SubParsersAction[FrenchParser]) -> None:
    """Add the commands of this module."""
    command = commands.add_parser(
        "shared",
        help="prépare ou décrit une base partagée (PostgreSQL)",
        description="Dit où en est la base partagée dont l’adresse est donnée par « --database » : "
        "ce que votre nom y permet, ce qui attend d’être envoyé.",
    )
    command.add_argument(
        "--create",
        action="store_true",
        help="y crée un office vide et les groupes pan_lecture, pan_ecriture et "
        "pan_administration ; un office qui y est déjà n’est pas changé",
    )
    command.add_argument(
        "--upgrade",
        action="store_true",
        help="met à jour une base d’une version plus ancienne, tout entière ou pas du tout, et en "
        "garde d’abord une copie sur ce poste ; demande le nom qui l’a créée",
    )
    command.add_argument(
        "--tidy",
        action="store_true",
        help="retire du serveur ce que son registre d’échange garde de ce qui a été modifié ou "
        "supprimé (à faire après « purge ») ; les postes en retard relisent alors tout",
    )
    command.add_argument(
        "--keep-password",
        action="store_true",
        help="demande le mot de passe et le garde dans le trousseau du système",
    )
    command.set_defaults(command=_shared, alone=True)
    command = commands.add_parser(
        "move",
        help="déplace un office entre un fichier et une base partagée",
        description="Copie tout l’office d’un fichier vers une base partagée vide, ou d’une base "
        "partagée vers un nouveau fichier, puis compare chaque ligne. Le départ n’est pas changé. "
        "Le départ peut aussi être une copie faite d’une base partagée dont le serveur est perdu.",
    )
    command.add_argument(
        "--from", dest="source", metavar="DÉPART", required=True, help="fichier ou adresse"
    )
    command.add_argument(
        "--to", dest="target", metavar="ARRIVÉE", required=True, help="fichier ou adresse, vide"
    )
    command.add_argument(
        "--lost",
        action="store_true",
        help="le serveur de la base partagée dont vient la copie est perdu, même s’il répond",
    )
    command.set_defaults(command=_move, alone=True)
