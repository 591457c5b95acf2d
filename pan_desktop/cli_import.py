"""``pan-desktop import``: relevés in Word or releve/1, folders of them, and filled-in workbooks."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pan_desktop import cli_memory
from pan_desktop.cli_words import complain, tell
from pan_desktop.domain.errors import InputError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from pan_desktop.app.import_job import Line
    from pan_desktop.app.office import Office
    from pan_desktop.app.word_import import Facts, Preview
    from pan_desktop.cli_words import FrenchParser

NO_PREVIEW = (
    "L’aperçu n’existe que pour un relevé en Word ou un classeur (.xlsx) : rien n’a été importé. "
    "Recommencez sans « --preview »."
)
ALONE = (
    "Un classeur s’importe seul, et l’aperçu est celui d’un seul fichier : rien n’a été importé. "
    "Donnez un fichier à la fois."
)
WRONG_KIND = (
    "« {name} » n’est ni un relevé (.docx, .odt, .doc, .rtf, .json) ni un classeur (.xlsx) : rien "
    "n’a été importé. Choisissez un autre fichier."
)
ALREADY = "Ce relevé avait déjà été importé : rien n’a été changé."
SUMMED_UP = "{done} sur {all} : {came}"
SOME_REFUSED = 2
"""What ``import`` ends with when one of several files could not be taken in."""

_WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xls"})


def run(office: Office, options: argparse.Namespace) -> int:
    """Import what the command line names, a copy being made before; return its exit code."""
    files: list[Path] = options.file
    if any(file.suffix.lower() in _WORKBOOKS for file in files):
        if len(files) > 1:
            raise InputError(ALONE)
        return cli_memory.import_workbook(office, files[0], only_preview=options.preview)
    if options.preview:
        return _preview(office, options)
    whole = _all(files)
    if len(files) == 1 and not files[0].is_dir():
        return _one(office, files[0], _facts(options))
    return _many(office, whole, _facts(options))


def _one(office: Office, file: Path, facts: Facts) -> int:
    from pan_desktop.app import backups, import_job

    before = backups.once_before_import(office, now=datetime.now(UTC))
    line = import_job.take(office, file=_checked(file), facts=facts, before=before)
    if line.came is import_job.Came.KNOWN:
        complain(ALREADY)
    if line.preview is not None:
        _tell_preview(line.preview, whole=False)
    tell(line.meeting_id)
    return 0


def _many(office: Office, files: tuple[Path, ...], facts: Facts) -> int:
    from pan_desktop.app import backups, import_job

    before = backups.once_before_import(office, now=datetime.now(UTC))

    def told(number: int, line: Line) -> bool:
        complain(SUMMED_UP.format(done=number, all=len(files), came=_came(line)))
        if line.preview is not None:
            _tell_preview(line.preview, whole=False, say=lambda words: complain(f"  {words}"))
        return True

    report = import_job.run(office, files=files, facts=facts, told=told, before=before)
    for line in report.lines:
        if line.sentence:
            complain(line.sentence)
    counts = (
        f"{report.counted(came)} {came.value}{'s' if report.counted(came) > 1 else ''}"
        for came in import_job.Came
        if report.counted(came)
    )
    tell(", ".join(counts))
    for line in report.lines:
        if line.meeting_id:
            tell(line.meeting_id)
    return SOME_REFUSED if report.counted(import_job.Came.REFUSED) else 0


def _came(line: Line) -> str:
    from pan_desktop.domain.typography import counted

    said = f"{line.name}\u00a0: {line.came.value}"
    if line.doubts:
        said += f", {line.doubts} à vérifier"
    if line.left_out:
        said += f", {counted(line.left_out, 'passage')} hors du relevé"
    return said


def _preview(office: Office, options: argparse.Namespace) -> int:
    from pan_desktop.app import word_import

    files: list[Path] = options.file
    if len(files) > 1 or files[0].is_dir():
        raise InputError(ALONE)
    if _checked(files[0]).suffix.lower() == ".json":
        raise InputError(NO_PREVIEW)
    seen = word_import.preview(office, file=files[0])
    if options.json:
        tell(json.dumps(word_import_data(seen), indent=1))
    else:
        _tell_preview(seen, whole=True)
    return 0


def word_import_data(seen: Preview) -> dict[str, Any]:
    """Return a preview as data: what each line became, what was left out, who is who."""
    reading = seen.reading
    return {
        "lines": [
            {
                "line": outcome.place,
                "text": outcome.text,
                "became": outcome.became.value,
                "what": outcome.what,
                "sureness": outcome.sureness.name.lower(),
                "note": outcome.note,
            }
            for outcome in reading.outcomes
        ],
        "left_out": [
            {"line": aside.place, "text": aside.text, "reason": str(aside.why)}
            for aside in reading.left_out
        ],
        "people": [
            {
                "name": named.who.name,
                "certain": named.certain,
                "candidates": [
                    {"name": c.person.name, "likeness": c.likeness, "why": c.why}
                    for c in named.candidates
                ],
            }
            for named in seen.people
        ],
        "remarks": list(seen.remarks),
        "known": seen.known,
    }


def _tell_preview(seen: Preview, *, whole: bool, say: Callable[[str], object] = tell) -> None:
    """Say what a file becomes: every line, or only those that somebody should look at."""
    reading = seen.reading
    for outcome in reading.outcomes if whole else reading.doubts:
        parts = [f"{outcome.became.value}"]
        parts += [f"({outcome.what})"] if outcome.what else []
        parts += [f"– {outcome.note}"] if outcome.note else []
        text = " ".join(outcome.text.split())
        say(f"ligne {outcome.place}\u00a0: {' '.join(parts)}\u00a0: {text}")
    for aside in reading.left_out:
        say(f"hors du relevé ({aside.why})\u00a0: {' '.join(aside.text.split())}")
    for named in seen.people:
        if named.doubtful:
            first = named.candidates[0]
            say(
                f"{named.who.name}\u00a0: nouvelle fiche\u00a0; à rapprocher de "
                f"{first.person.name} ({first.likeness} %)"
            )
    for remark in seen.remarks:
        say(remark)


def _all(files: list[Path]) -> tuple[Path, ...]:
    """Return the files that the command line names, those of a folder in its place."""
    from pan_desktop.app.import_job import files_in

    found: list[Path] = []
    for file in files:
        found += files_in(file) if file.is_dir() else [file]
    return tuple(found)


def _checked(file: Path) -> Path:
    from pan_desktop.app import word_import

    if file.suffix.lower() not in {*word_import.SUFFIXES, ".json"}:
        raise InputError(WRONG_KIND.format(name=file.name))
    return file


def _facts(options: argparse.Namespace) -> Facts:
    from pan_desktop.app.word_import import Facts

    return Facts(options.date, options.heure, options.plan or "", options.instance or "")


def add_command(
    commands: argparse._SubParsersAction[FrenchParser], date: object, hour: object
) -> None:
    """Add the command; ``date`` and ``hour`` read those options."""
    command = commands.add_parser(
        "import",
        help="lit des relevés (Word, releve/1), un dossier de relevés ou un classeur rempli",
        description="Lit un relevé écrit à la main dans Word (.docx\u00a0; .odt, .doc et .rtf par "
        "LibreOffice) ou au format releve/1 (.json), crée ce qui manque, dit ce qui est à vérifier "
        "et affiche sur la dernière ligne l’identifiant de la réunion. Plusieurs fichiers ou un "
        "dossier sont lus l’un après l’autre\u00a0; relancé, le travail reprend où il en était. "
        "Reprend aussi un classeur (.xlsx) que le programme a écrit, une fois rempli.",
    )
    command.add_argument(
        "file", metavar="FICHIER", type=Path, nargs="+", help="fichier ou dossier à lire"
    )
    command.add_argument(
        "--preview",
        action="store_true",
        help="affiche ce que chaque ligne ou chaque cellule deviendrait, et ne change rien",
    )
    command.add_argument(
        "--json", action="store_true", help="avec « --preview », affiche l’aperçu en JSON"
    )
    command.add_argument("--date", metavar="JJ/MM/AAAA", type=date, help="date de la réunion")  # type: ignore[arg-type]
    command.add_argument("--heure", metavar="HH:MM", type=hour, help="heure de la réunion")  # type: ignore[arg-type]
    command.add_argument("--plan", metavar="LIBELLÉ", help="plan dont le relevé parle")
    command.add_argument("--instance", metavar="NOM", help="instance qui se réunit")
    command.set_defaults(command=run)
