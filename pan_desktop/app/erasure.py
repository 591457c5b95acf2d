"""Use cases of the end of a person's data (law 09-08): what goes, and what must stay and why."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from pan_desktop.app.office import effacing, reading
from pan_desktop.app.person_data import GONE, issued
from pan_desktop.app.retention import clear_traces
from pan_desktop.domain.calendar import plain_date
from pan_desktop.domain.errors import NotFoundError
from pan_desktop.domain.model import ReleveState
from pan_desktop.domain.typography import counted, enumeration

if TYPE_CHECKING:
    from datetime import date

    from pan_desktop.app.office import Office
    from pan_desktop.store.unit_of_work import UnitOfWork

    Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Erasure:
    """What effacing a person removes, and what stays and why, in French."""

    whole: bool
    """Whether the card itself goes."""
    removed: tuple[str, ...]
    kept: tuple[str, ...]


@reading
def preview_erasure(work: UnitOfWork, *, person_id: str) -> Erasure:
    """Return what ``erase`` would remove and what must stay. Raises NotFoundError."""
    person = work.read.row("person", person_id)
    if person is None:
        raise NotFoundError(GONE)
    bound = _bound(work, person_id)
    kept = []
    if bound:
        days = enumeration([f"du {plain_date(day)}" for day in bound])
        said = f"le relevé {days} les dit, et c’est un document officiel"
        if len(bound) > 1:
            said = f"les relevés {days} les disent, et ce sont des documents officiels"
        kept.append(f"son nom, son organisme, ses mandats et ses présences\u00a0: {said}")
    names = (person["name"], person["email"], *work.read.aliases().get(person_id, {}))
    texts = sum(1 for _ in work.mentions(names))
    if texts:
        kept.append(f"{counted(texts, 'texte')} où son nom figure\u00a0: corrigez-les à leur place")
    kept.append("le journal, qui ne contient aucune valeur")
    kept.append("les sauvegardes, jusqu’à leur remplacement")
    if bound:
        removed = ("son adresse électronique", "ses autres noms", "ses heures de présence")
    else:
        removed = ("sa fiche", "ses mandats", "ses présences aux réunions non diffusées")
    return Erasure(not bound, removed, tuple(kept))


def erase(office: Office, *, person_id: str) -> Erasure:
    """Remove of a person what may be removed, and its traces in the file.

    Of one whom an issued relevé names the card stays, without what no relevé says. What could be
    undone is forgotten. Raises NotFoundError, SurroundingsError while the database cannot be saved.
    """
    done = office.run(erase_rows, person_id=person_id).result
    remark = clear_traces(office)
    return replace(done, kept=(*done.kept, remark)) if remark else done


@effacing
def erase_rows(work: UnitOfWork, *, person_id: str) -> Erasure:
    """Remove of a person what may be removed; the file keeps traces until it is compacted."""
    done = preview_erasure(work, person_id=person_id)
    for row_id in work.read.aliases().get(person_id, {}).values():
        work.delete("person_alias", row_id)
    if done.whole:
        for point_id in work.read.owned_points(person_id):
            work.update("conclusion", point_id, owner_id=None)
        for attendance_id in work.read.came_for(person_id):
            work.update("attendance", attendance_id, by_id=None)
        for row in work.read.attendance_rows(person_id):
            work.delete("attendance", row["id"])
        work.delete("person", person_id)
    else:
        work.remove_hours(person_id)
        work.update("person", person_id, email="")
    work.forget_words()
    return done


def _bound(work: UnitOfWork, person_id: str) -> list[date]:
    """Return the days of the meetings whose issued or locked relevés name a person."""
    found = {day for day, _ in issued(work, person_id)}
    rows = [*work.read.attendance_rows(person_id)]
    rows += [work.read.row("attendance", one) or {} for one in work.read.came_for(person_id)]
    rows += [_item_of(work, one) for one in work.read.owned_points(person_id)]
    for row in rows:
        meeting = work.read.row("meeting", row["meeting_id"]) or {}
        if meeting["state"] != ReleveState.DRAFT.value:
            found.add(meeting["day"])
    return sorted(found)


def _item_of(work: UnitOfWork, point_id: str) -> Row:
    point = work.read.row("conclusion", point_id) or {}
    return work.read.row("agenda_item", point["agenda_item_id"]) or {}
