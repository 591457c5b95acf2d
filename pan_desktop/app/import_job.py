"""Takes many relevés in, one transaction each, as one job that can be stopped and gone on with.

A file is known again by its bytes: started anew on the same folder, the job passes over what is
already in, and goes on where it was stopped.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING

from pan_desktop.app import releve, word_import
from pan_desktop.app.office import reading
from pan_desktop.domain.errors import InputError, SurroundingsError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from pan_desktop.app.office import Office
    from pan_desktop.app.word_import import Facts, Preview
    from pan_desktop.store.unit_of_work import UnitOfWork

NO_FILES = (
    "« {name} » ne contient aucun relevé (.docx, .odt, .doc, .rtf ou .json) : rien n’a été "
    "importé. Choisissez un autre dossier."
)
NO_FOLDER = (
    "« {name} » ne peut pas être lu : rien n’a été importé. Vérifiez le nom du dossier et le droit "
    "de le lire."
)
_KINDS = {*word_import.SUFFIXES, ".json"}


class Came(Enum):
    """What became of one file."""

    IN = "importé"
    KNOWN = "déjà importé"
    REFUSED = "non importé"


@dataclass(frozen=True, slots=True)
class Line:
    """One file of a job, and what became of it."""

    file: Path
    came: Came
    meeting_id: str = ""
    sentence: str = ""
    """Why it was not taken in."""
    doubts: int = 0
    """How many of its lines and people somebody should look at."""
    left_out: int = 0
    preview: Preview | None = None
    """How it was read. A report has none: it would hold the words of every file."""

    @property
    def id(self) -> str:
        """Return what tells it from others, of whatever folder they are."""
        return str(self.file)

    @property
    def name(self) -> str:
        """Return how it is called."""
        return self.file.name

    def without_preview(self) -> Line:
        """Return what is kept of it in the report of a job."""
        return replace(self, preview=None)


@dataclass(frozen=True, slots=True)
class Report:
    """What a job did."""

    lines: tuple[Line, ...]
    stopped: bool = False
    """Whether somebody stopped it before its end."""

    def counted(self, came: Came) -> int:
        """Return how many files came out so."""
        return sum(line.came is came for line in self.lines)


def files_in(folder: Path) -> tuple[Path, ...]:
    """Return the relevés of a folder, by name, Word's own lock files ("~$…") left out.

    Raises InputError for a folder that cannot be read or has none.
    """
    try:
        found = sorted(
            file
            for file in folder.iterdir()
            if file.suffix.lower() in _KINDS
            and not file.name.startswith(("~$", "."))
            and file.is_file()
        )
    except OSError as error:
        raise InputError(NO_FOLDER.format(name=folder.name)) from error
    if not found:
        raise InputError(NO_FILES.format(name=folder.name))
    return tuple(found)


def run(
    office: Office,
    *,
    files: Iterable[Path],
    facts: Facts | None = None,
    told: Callable[[int, Line], bool] = lambda _number, _line: True,
    before: Callable[[], object] = lambda: None,
) -> Report:
    """Take files in one after the other; a file that cannot be is told and passed over.

    ``told`` gets each file's number, counted from 1, and what became of it; it answers whether to
    go on. ``before`` is done before each that is right is taken in. Raises SurroundingsError when
    the machine stands in the way (a full disk): what came in before stays in.
    """
    lines: list[Line] = []
    for number, line in enumerate(_each(office, files, facts, before), 1):
        lines.append(line.without_preview())
        if not told(number, line):
            return Report(tuple(lines), stopped=True)
    return Report(tuple(lines))


def _each(
    office: Office, files: Iterable[Path], facts: Facts | None, before: Callable[[], object]
) -> Iterator[Line]:
    for file in files:
        try:
            yield take(office, file=file, facts=facts, among_many=True, before=before)
        except SurroundingsError:
            raise
        except InputError as error:
            yield Line(file, Came.REFUSED, sentence=error.sentence)


def take(
    office: Office,
    *,
    file: Path,
    facts: Facts | None = None,
    among_many: bool = False,
    before: Callable[[], object] = lambda: None,
) -> Line:
    """Take one file in, whatever its form; nobody is asked, and what is unsure is counted.

    ``among_many`` asks first whether the file is in already; a file alone is read before the
    database is opened, so that none is made for one that is wrong. ``before`` is done
    once it is seen to be right. Raises
    InputError with the sentence that says why it cannot be taken.
    """
    if file.suffix.lower() == ".json":
        imported = releve.import_file(office, file=file, before=before).result
        return Line(file, Came.IN if imported.new else Came.KNOWN, imported.meeting_id)
    digest, content = word_import.file_of(file)
    known = office.run(_known, digest=digest).result if among_many else None
    if known is not None:
        return Line(file, Came.KNOWN, known)
    found = word_import.read_content(content, file.name)
    matched = word_import.matched
    seen = office.run(matched, name=file.name, digest=digest, found=found).result
    settled = word_import.Settled(facts or word_import.Facts())
    before()
    imported = word_import.accept(office, seen=seen, settled=settled).result
    return Line(
        file,
        Came.IN if imported.new else Came.KNOWN,
        imported.meeting_id,
        doubts=len(found.doubts) + len(seen.remarks) + sum(n.doubtful for n in seen.people),
        left_out=len(found.left_out),
        preview=seen,
    )


@reading
def _known(work: UnitOfWork, *, digest: str) -> str | None:
    return work.read.meeting_from(digest)
