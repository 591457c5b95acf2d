"""Use cases on house templates: the Word file that relevés are written with, and their parts.

A template without a file has the look of the program's own, and parts of its own. The one that is
chosen is kept with the meeting; what was issued is kept as a file and no template changes it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from typing import TYPE_CHECKING, Any

from pan_desktop.app.office import reading
from pan_desktop.documents.docx.template import TemplateFile, own_path
from pan_desktop.documents.outside import PackageError, read_bounded
from pan_desktop.documents.saving import save
from pan_desktop.domain.calendar import plain_date
from pan_desktop.domain.errors import ConflictError, InputError, LockedError, NotFoundError
from pan_desktop.domain.folding import folded
from pan_desktop.domain.layout import AS_EVER, Language, write_layout
from pan_desktop.domain.model import (
    ActionPlan,
    AgendaItem,
    Attendance,
    Body,
    Civility,
    Commitment,
    Conclusion,
    ConclusionKind,
    FollowUp,
    ItemKind,
    Meeting,
    MeetingRecord,
    Person,
    Presence,
    ProgressReport,
    ReleveState,
    Role,
)

if TYPE_CHECKING:
    from pathlib import Path

    from pan_desktop.app.office import Office
    from pan_desktop.domain.layout import DocumentTemplate, Layout
    from pan_desktop.store.unit_of_work import UnitOfWork

LARGEST = 10 * 1024 * 1024
"""In bytes: a template with its logo is a hundredth of it, and each undo keeps one."""

NO_NAME = (
    "Le modèle de document n’a pas de nom : rien n’a été enregistré. Donnez-lui-en un, par exemple "
    "« Papier à en-tête »."
)
NAME_TAKEN = (
    "Un modèle de document s’appelle déjà « {name} » : rien n’a été enregistré. Choisissez un "
    "autre nom."
)
GONE = (
    "Ce modèle de document a été supprimé entre-temps : rien n’a été changé. Choisissez-en un "
    "autre dans la liste."
)
WRONG_KIND = (
    "« {name} » n’est pas un modèle Word : rien n’a été enregistré. Choisissez un fichier .docx "
    "ou .dotx."
)
ISSUED = (
    "Le relevé du {day} est diffusé : son modèle n’a pas été changé. Rouvrez-le pour le corriger."
)
UNKNOWN = (
    "Aucun modèle ni aucun fichier ne s’appelle « {name} » : rien n’a été écrit. La commande "
    "« templates » donne les modèles enregistrés."
)
FALL_BACK = (
    "{count} réunions l’utilisaient : leur relevé reprend le modèle du programme.",
    "Une réunion l’utilisait : son relevé reprend le modèle du programme.",
)


@dataclass(frozen=True, slots=True)
class Kept:
    """A template that was just kept, and what the office should know of it, in French."""

    template_id: str
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class House:
    """What a relevé is written with, where it is not what its meeting says."""

    file: TemplateFile | None
    layout: Layout | None = None
    remarks: tuple[str, ...] = ()
    """What the office should know of the file, in French, where it was not kept before."""


@reading
def list_templates(work: UnitOfWork) -> tuple[DocumentTemplate, ...]:
    """Return the house templates, by name."""
    return work.read.document_templates()


@reading
def template_of(work: UnitOfWork, *, meeting_id: str) -> TemplateFile | None:
    """Return the Word file that a meeting's relevé is filled into, None for the program's own."""
    chosen = work.read.record(meeting_id).meeting.template_id
    return None if chosen is None else template_file(work, template_id=chosen)


@reading
def template_file(work: UnitOfWork, *, template_id: str) -> TemplateFile | None:
    """Return the Word file of a template, None where it has none. Raises NotFoundError."""
    known = find_template(work, template_id)
    content = work.read.document_template_content(template_id)
    return None if content is None else TemplateFile(known.file_name, known.digest, content)


def find_template(work: UnitOfWork, template_id: str) -> DocumentTemplate:
    """Return the template of that identifier. Raises NotFoundError."""
    for known in work.read.document_templates():
        if known.id == template_id:
            return known
    raise NotFoundError(GONE)


@reading
def preview_record(work: UnitOfWork) -> MeetingRecord:
    """Return what a template's preview shows: the latest meeting, or an invented one."""
    lines = work.read.meetings()
    return work.read.record(lines[0].id) if lines else _invented()


def _invented() -> MeetingRecord:
    body = Body("", "Comité d’implémentation", "RÉUNION DU COMITÉ D’IMPLÉMENTATION")
    plan = ActionPlan("", "2024-2028", date(2024, 1, 1), date(2028, 12, 31))
    commitments = [
        Commitment("1", 1, "Portail de transparence"),
        Commitment("2", 2, "Formation des agents"),
        Commitment("3", 3, "Données ouvertes"),
    ]
    salma = Person("1", Civility.MADAME, "Salma AZROUNI")
    karim = Person("2", Civility.MONSIEUR, "Karim OUARGHI")
    action = Conclusion(
        *("1", None, 1.0, 0, "Envoyer la fiche de l’engagement 2.", ConclusionKind.ACTION),
        follow_up=FollowUp("Secrétariat"),
    )
    return MeetingRecord(
        Meeting("", body, "", date(2026, 10, 15), time(10), "Salle des conférences"),
        plan,
        (
            AgendaItem("1", 1.0, "État d’avancement des engagements", kind=ItemKind.PROGRESS),
            AgendaItem("2", 2.0, "Suites à donner", conclusions=(action,)),
        ),
        (
            Attendance("1", salma, Presence.PRESENT, ((Role.FOCAL_POINT, 1),)),
            Attendance("2", karim, Presence.EXCUSED, ((Role.FOCAL_POINT, 2),)),
        ),
        (
            ProgressReport("1", commitments[0], 100),
            ProgressReport("2", commitments[1], 60, "Deux sessions tenues."),
            ProgressReport("3", commitments[2], 35, "Catalogue en préparation."),
        ),
    )


# Files -----------------------------------------------------------------------------------


def read_file(file: Path) -> tuple[TemplateFile, tuple[str, ...]]:
    """Return a Word file as a template, tried, and what the office should know of it.

    Raises InputError with one sentence for a file that cannot serve.
    """
    from pan_desktop.documents.docx.trial import tried  # lxml is slow to import

    if file.suffix.lower() not in {".docx", ".dotx", ".docm", ".dotm"}:
        raise InputError(WRONG_KIND.format(name=file.name))
    try:
        content = read_bounded(file, LARGEST)
    except PackageError as error:
        raise InputError(error.sentence(file.name, "rien n’a été enregistré")) from error
    found = TemplateFile.of(file.name, content)
    return found, tried(found)


def add_from_file(
    office: Office, *, file: Path, name: str = "", body_id: str | None = None, language: str = "fr"
) -> Kept:
    """Keep a Word file as a new template, named after the file where no name is given.

    Raises InputError for a file that cannot serve, ConflictError when another has the name.
    """
    found, remarks = read_file(file)
    kept = office.run(
        add_template, name=name or file.stem, body_id=body_id, language=language, file=found
    )
    return Kept(kept.result, remarks)


def replace_from_file(
    office: Office, *, template_id: str, file: Path, seen: DocumentTemplate | None = None
) -> Kept:
    """Put another Word file in the place of a template's, as it was ``seen`` before.

    Raises as ``add_from_file``.
    """
    found, remarks = read_file(file)
    office.run(replace_file, template_id=template_id, file=found, seen=seen)
    return Kept(template_id, remarks)


def inspect(office: Office, *, template_id: str) -> tuple[str, ...]:
    """Return what the office should know of a template, in French: what its file lacks."""
    from pan_desktop.documents.docx.template import load

    file = office.run(template_file, template_id=template_id).result
    return () if file is None else load(file).remarks


def write_file(office: Office, *, template_id: str | None, target: Path) -> Path:
    """Write the Word file of a template to be edited in Word; None is the program's own.

    Raises NotFoundError, FileUnwritableError.
    """
    file, arabic = None, False
    if template_id is not None:
        known = office.run(list_templates).result
        arabic = any(t.id == template_id and t.layout.language is Language.ARABIC for t in known)
        file = office.run(template_file, template_id=template_id).result
    content = own_path(arabic=arabic).read_bytes() if file is None else file.content
    save(content, target, lambda _written: None)
    return target


def named_house(office: Office, name: str) -> House:
    """Return the template of that name, or the Word file at that place.

    Raises NotFoundError when it is neither, InputError for a file that cannot serve.
    """
    from pathlib import Path

    for known in office.run(list_templates).result:
        if folded(known.name) == folded(name):
            file = office.run(template_file, template_id=known.id).result
            return House(file, known.layout)
    place = Path(name)
    if not place.is_file():
        raise NotFoundError(UNKNOWN.format(name=name))
    file, remarks = read_file(place)
    return House(file, remarks=remarks)


# What is kept ----------------------------------------------------------------------------


def add_template(
    work: UnitOfWork,
    *,
    name: str,
    body_id: str | None = None,
    language: str = "fr",
    file: TemplateFile | None = None,
    layout: Layout = AS_EVER,
) -> str:
    """Keep a new template and return its identifier; without a file it looks like the program's.

    Raises InputError without a name, ConflictError when another has it.
    """
    return work.insert(
        "document_template",
        name=_name(work, name, None),
        body_id=body_id,
        language=Language(language).value,
        layout=write_layout(layout),
        **_file(file),
    )


def replace_file(
    work: UnitOfWork,
    *,
    template_id: str,
    file: TemplateFile | None,
    seen: DocumentTemplate | None = None,
) -> None:
    """Keep another Word file with a template; None goes back to the program's own look.

    ``seen`` is how it was before: somebody else's file is not written over without a word.
    """
    find_template(work, template_id)
    known = {"file_name": seen.file_name, "digest": seen.digest} if seen is not None else None
    work.update("document_template", template_id, seen=known, **_file(file))


def change_template(
    work: UnitOfWork,
    *,
    template_id: str,
    name: str,
    body_id: str | None,
    language: str,
    seen: DocumentTemplate | None = None,
) -> None:
    """Change a template's name, body and language. Raises as ``add_template``, NotFoundError.

    Of what ``seen`` says it was before, only what differs is written.
    """
    stored = find_template(work, template_id)
    spoken = Language(language)
    values: dict[str, Any] = {"name": _name(work, name, template_id), "body_id": body_id}
    known: dict[str, Any] = {}
    if seen is not None:
        known = {"name": seen.name, "body_id": seen.body_id}
        known |= {"language": seen.layout.language.value}
    if spoken is not (seen or stored).layout.language:
        # Words of the office's own belong to the language that they are in.
        values |= {"language": spoken.value, "layout": write_layout(_without_labels(stored.layout))}
    work.update("document_template", template_id, seen=known, **values)


def change_layout(
    work: UnitOfWork, *, template_id: str, layout: Layout, seen: Layout | None = None
) -> None:
    """Change which parts a template has, in which order and words. Raises NotFoundError.

    ``seen`` is how it was before: somebody else's is not written over without a word.
    """
    find_template(work, template_id)
    known = {"layout": write_layout(seen)} if seen is not None else None
    work.update("document_template", template_id, seen=known, layout=write_layout(layout))


def remove_template(work: UnitOfWork, *, template_id: str) -> int:
    """Remove a template; return how many meetings go back to the program's own."""
    meetings = work.read.meetings_with_template(template_id)
    for meeting_id in meetings:
        work.update("meeting", meeting_id, document_template_id=None)
    work.delete("document_template", template_id)
    return len(meetings)


def choose_template(work: UnitOfWork, *, meeting_id: str, template_id: str | None) -> None:
    """Have a meeting's relevé written with a template; None is the program's own.

    Raises NotFoundError, LockedError when the relevé is issued.
    """
    meeting = work.read.record(meeting_id).meeting
    if meeting.state is not ReleveState.DRAFT:
        raise LockedError(ISSUED.format(day=plain_date(meeting.day)))
    if template_id is not None:
        find_template(work, template_id)
    work.update("meeting", meeting_id, document_template_id=template_id)


def fallen_back(count: int) -> str:
    """Return in French what became of the meetings of a removed template, "" for none."""
    several, one = FALL_BACK
    if count < 2:
        return one if count else ""
    return several.format(count=count)


def _without_labels(layout: Layout) -> Layout:
    for name, _ in layout.labels:
        layout = layout.saying(name, None)
    return layout


def _file(file: TemplateFile | None) -> dict[str, Any]:
    if file is None:
        return {"file_name": "", "content": None, "digest": ""}
    return {"file_name": file.name, "content": file.content, "digest": file.digest}


def _name(work: UnitOfWork, text: str, own: str | None) -> str:
    name = " ".join(text.split())
    if not name:
        raise InputError(NO_NAME)
    for other in work.read.document_templates():
        if other.id != own and folded(other.name) == folded(name):
            raise ConflictError(NAME_TAKEN.format(name=other.name))
    return name
