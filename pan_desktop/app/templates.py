"""Use cases on meeting templates: how a kind of meeting is usually held, as the office edits it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pan_desktop.app.office import reading
from pan_desktop.app.seeing import together
from pan_desktop.app.settings import sentences
from pan_desktop.domain.errors import ConflictError, InputError, NotFoundError
from pan_desktop.domain.folding import folded
from pan_desktop.domain.model import ItemKind
from pan_desktop.domain.outline import positions

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import time

    from pan_desktop.domain.model import MeetingTemplate
    from pan_desktop.store.unit_of_work import UnitOfWork

NO_NAME = (
    "Le modèle n’a pas de nom : rien n’a été enregistré. Donnez-lui-en un, par exemple « Réunion "
    "ordinaire »."
)
NO_BODY = (
    "L’instance de ce modèle n’est pas indiquée : rien n’a été enregistré. Saisissez son nom, par "
    "exemple « Comité d’implémentation »."
)
NAME_TAKEN = (
    "Un modèle s’appelle déjà « {name} » : rien n’a été enregistré. Choisissez un autre nom."
)
GONE = (
    "Ce modèle a été supprimé entre-temps : rien n’a été changé. Choisissez-en un autre dans la "
    "liste."
)


@dataclass(frozen=True, slots=True)
class TemplateEdit:
    """A template as a form gives it; ``titles`` are the standing items of its agenda.

    Without an hour (``at``) or a place, a meeting takes those of the last one.
    """

    name: str
    body: str
    at: time | None = None
    place: str = ""
    titles: tuple[str, ...] = ()


@reading
def list_templates(work: UnitOfWork) -> tuple[MeetingTemplate, ...]:
    """Return the templates, by name."""
    return work.read.meeting_templates()


@reading
def template_of_meeting(work: UnitOfWork, *, meeting_id: str) -> TemplateEdit:
    """Return a meeting as a template to look over: what is particular to that day is left out.

    The progress item comes by itself; the approval of one relevé and the follow-up of one
    action belong to that meeting only. Raises NotFoundError.
    """
    record = work.read.record(meeting_id)
    words = sentences(work)
    once = tuple(
        beginning
        for pattern in (words.approval_item, words.follow_up_item)
        if (beginning := folded(pattern.partition("{")[0]))
    )
    titles = (i.title for i in record.agenda if i.on_agenda and i.kind is ItemKind.POINTS)
    standing = tuple(title for title in titles if not folded(title).startswith(once))
    meeting = record.meeting
    return TemplateEdit(meeting.body.name, meeting.body.name, meeting.at, meeting.place, standing)


def add_template(work: UnitOfWork, *, template: TemplateEdit) -> str:
    """Keep a new template and return its identifier.

    Raises InputError without a name or a body, ConflictError when another has the name.
    """
    values, titles = _checked(work, None, template)
    template_id = work.insert("meeting_template", **values)
    _write_titles(work, template_id, titles)
    return template_id


def change_template(
    work: UnitOfWork,
    *,
    template_id: str,
    template: TemplateEdit,
    seen: TemplateEdit | None = None,
) -> None:
    """Change a template, all of it. Raises as ``add_template``, or NotFoundError.

    Of what ``seen`` says it was before, only what differs is written.
    """
    stored = find_template(work, template_id)
    values, titles = _checked(work, template_id, template)
    known, shown = None, None
    if seen is not None:
        known = {"name": seen.name, "body": seen.body, "at": seen.at, "place": seen.place}
        shown = _titles(seen.titles)
    work.update("meeting_template", template_id, seen=known, **values)
    if titles != (stored.titles if shown is None else shown):
        _write_titles(work, template_id, together(titles, shown, stored.titles))


def remove_template(work: UnitOfWork, *, template_id: str) -> None:
    """Remove a template; the meetings made from it stay as they are."""
    work.delete("meeting_template", template_id)


def find_template(work: UnitOfWork, template_id: str) -> MeetingTemplate:
    """Return the template of that identifier. Raises NotFoundError."""
    found = next((m for m in work.read.meeting_templates() if m.id == template_id), None)
    if found is None:
        raise NotFoundError(GONE)
    return found


def _checked(
    work: UnitOfWork, known: str | None, template: TemplateEdit
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Return what a template says, and the titles of its agenda."""
    body = " ".join(template.body.split())
    name = _name(work, template.name, known)
    if not body:
        raise InputError(NO_BODY)
    at = template.at and template.at.replace(second=0, microsecond=0)
    values = {"name": name, "body": body, "at": at, "place": template.place.strip()}
    return values, _titles(template.titles)


def _write_titles(work: UnitOfWork, template_id: str, titles: Sequence[str]) -> None:
    """Make the titles of an agenda those given, in that order; a known one keeps its row."""
    known = work.read.template_items(template_id)
    for title, row_id in known.items():
        if title not in titles:
            work.delete("meeting_template_item", row_id)
    places = positions([None] * len(titles))
    for title, position in zip(titles, places, strict=True):
        if title in known:
            work.update("meeting_template_item", known[title], position=position)
        else:
            work.insert(
                "meeting_template_item",
                meeting_template_id=template_id,
                position=position,
                title=title,
            )


def _name(work: UnitOfWork, text: str, own: str | None) -> str:
    name = " ".join(text.split())
    if not name:
        raise InputError(NO_NAME)
    for other in work.read.meeting_templates():
        if other.id != own and folded(other.name) == folded(name):
            raise ConflictError(NAME_TAKEN.format(name=other.name))
    return name


def _titles(titles: Iterable[str]) -> tuple[str, ...]:
    """Return the titles in order, once each, without empty ones."""
    once: dict[str, str] = {}
    for title in titles:
        once.setdefault(folded(title), " ".join(title.split()))
    return tuple(title for title in once.values() if title)
