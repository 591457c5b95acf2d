"""The commands on house templates: what there is, adding one from a Word file, taking one out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pan_desktop.cli_words import FrenchParser, complain, tell
from pan_desktop.domain.errors import NotFoundError
from pan_desktop.domain.folding import folded
from pan_desktop.domain.layout import Language

if TYPE_CHECKING:
    import argparse

    from pan_desktop.app.document_templates import House
    from pan_desktop.app.office import Office

UNKNOWN_BODY = (
    "Aucune instance ne s’appelle « {name} » : rien n’a été enregistré. Elle doit s’être réunie."
)
UNKNOWN_TEMPLATE = (
    "Aucun modèle de document ne s’appelle « {name} » : rien n’a été fait. La commande "
    "« templates » donne les noms."
)


def house_of(office: Office, name: str | None) -> House | None:
    """Return the template that ``--template`` names, None without one; tell what it lacks."""
    from pan_desktop.app.document_templates import named_house

    if name is None:
        return None
    house = named_house(office, name)
    for remark in house.remarks:
        complain(remark)
    return house


def _templates(office: Office, options: argparse.Namespace) -> None:
    from pan_desktop.app import document_templates as houses

    if options.ajouter is not None:
        kept = houses.add_from_file(
            office,
            file=options.ajouter,
            name=options.nom or "",
            body_id=_body(office, options.instance),
            language=options.langue,
        )
        for remark in kept.remarks:
            complain(remark)
    elif options.supprimer is not None:
        removed = office.run(
            houses.remove_template, template_id=_known(office, options.supprimer)
        ).result
        if removed:
            complain(houses.fallen_back(removed))
    elif options.output is not None:
        named = None if options.nom is None else _known(office, options.nom)
        houses.write_file(office, template_id=named, target=options.output)
        tell(str(options.output))
        return
    for line in office.run(houses.list_templates).result:
        tell(f"{line.name}\t{line.layout.language}\t{line.body}\t{line.file_name}")


def _known(office: Office, name: str) -> str:
    from pan_desktop.app.document_templates import list_templates

    for known in office.run(list_templates).result:
        if folded(known.name) == folded(name):
            return known.id
    raise NotFoundError(UNKNOWN_TEMPLATE.format(name=name))


def _body(office: Office, name: str | None) -> str | None:
    from pan_desktop.app.meetings import list_bodies

    if name is None:
        return None
    for body in office.run(list_bodies).result:
        if folded(body.name) == folded(name):
            return body.id
    raise NotFoundError(UNKNOWN_BODY.format(name=name))


def add_export_option(command: argparse.ArgumentParser) -> None:
    """Add the choice of a template to ``export``."""
    command.add_argument(
        "--template",
        metavar="NOM_OU_FICHIER",
        help="modèle de document à employer : le nom d’un modèle enregistré, ou un fichier Word "
        "(par défaut : celui de la réunion)",
    )


def add_command(commands: argparse._SubParsersAction[FrenchParser]) -> None:
    """Add ``templates``."""
    command = commands.add_parser(
        "templates",
        help="donne, ajoute ou supprime les modèles de document",
        description="Affiche une ligne par modèle de document : nom, langue, instance et fichier, "
        "séparés par des tabulations. Ce qui manque à un modèle ajouté est dit sur la sortie "
        "d’erreur.",
    )
    which = command.add_mutually_exclusive_group()
    which.add_argument(
        "--ajouter", metavar="FICHIER", type=Path, help="ajoute un modèle d’un fichier Word"
    )
    which.add_argument("--supprimer", metavar="NOM", help="supprime le modèle de ce nom")
    which.add_argument(
        "-o",
        "--output",
        metavar="FICHIER",
        type=Path,
        help="écrit le fichier Word du modèle « --nom », ou celui du programme, pour le modifier",
    )
    command.add_argument("--nom", metavar="NOM", help="nom du modèle (par défaut : du fichier)")
    command.add_argument(
        "--instance", metavar="NOM", help="instance dont les nouvelles réunions le prennent"
    )
    command.add_argument(
        "--langue",
        choices=[language.value for language in Language],
        default=Language.FRENCH.value,
        help="langue du relevé : fr (par défaut) ou ar",
    )
    command.set_defaults(command=_templates)
