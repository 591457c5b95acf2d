"""Asks for relevés' files, shows what they would become, and opens the meeting that came in."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from pan_desktop.app import import_job, releve, word_import
from pan_desktop.app.meetings import list_meetings
from pan_desktop.app.office import Outcome
from pan_desktop.domain.calendar import date_in_words
from pan_desktop.gui.dialogs.files import choose_folder, choose_open_paths
from pan_desktop.gui.dialogs.job_dialog import JobDialog
from pan_desktop.gui.dialogs.word_dialog import WordDialog
from pan_desktop.gui.leaving import copied_first

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from pan_desktop.app.minutes import Imported
    from pan_desktop.app.office import Office
    from pan_desktop.domain.errors import PanError
    from pan_desktop.gui.pages.page import Services


def import_releve(services: Services, parent: QWidget) -> None:
    """Ask for files above ``parent``; the meeting of one is opened when it has come in."""
    if services.refused():
        return
    choose_open_paths(
        parent,
        parent.tr("Importer un relevé"),
        [
            parent.tr("Relevés (*.docx *.odt *.doc *.rtf *.json)"),
            parent.tr("Documents Word (*.docx)"),
            parent.tr("Données releve/1 (*.json)"),
        ],
        lambda files: import_files(services, parent, files),
    )


def import_folder(services: Services, parent: QWidget) -> None:
    """Ask for a folder and take in all relevés in it."""
    if services.refused():
        return
    choose_folder(
        parent,
        parent.tr("Importer un dossier de relevés"),
        str(services.preferences.folder),
        lambda folder: import_files(services, parent, [folder]),
    )


def import_files(services: Services, parent: QWidget, files: Sequence[Path]) -> None:
    """Take files in: one is shown first, several, or those of a folder, are one job."""
    if services.refused():
        return
    if len(files) == 1 and not files[0].is_dir():
        import_file(services, parent, files[0])
        return

    def begin(found: tuple[Path, ...]) -> None:
        JobDialog(services, found, parent, partial(import_file, services)).open()

    services.jobs.aside(_found, done=begin, files=tuple(files))


def import_file(services: Services, parent: QWidget, file: Path) -> None:
    """Show what a Word file would become, or read a ``releve/1`` file in at once."""
    if file.suffix.lower() == ".json":

        def take() -> None:
            services.jobs.call(_import, done=lambda a: _tell(services, parent, *a), file=file)

        def complain(error: PanError) -> None:
            services.notice.complain(error.sentence)

        copied_first(services, parent, take, complain)
        return

    def done(imported: Imported) -> None:
        services.jobs.call(
            _with_day, done=lambda answer: _tell(services, parent, *answer), imported=imported
        )

    services.jobs.aside(
        word_import.preview,
        done=lambda seen: WordDialog(services, seen, parent, done).open(),
        file=file,
    )


def _tell(services: Services, parent: QWidget, imported: Imported, day: date) -> None:
    services.open_meeting(imported.meeting_id)
    services.notice.tell(
        parent.tr("Le relevé du {} est importé.").format(date_in_words(day))
        if imported.new
        else parent.tr("Ce relevé avait déjà été importé\u00a0: rien n’a été changé.")
    )


def _found(_office: Office, *, files: tuple[Path, ...]) -> tuple[Path, ...]:
    """Return the files that a job is about, those of folders in their place."""
    found: list[Path] = []
    for file in files:
        found += import_job.files_in(file) if file.is_dir() else [file]
    return tuple(found)


def _import(office: Office, *, file: Path) -> Outcome[tuple[Imported, date]]:
    """Read ``file`` in and return with it the day of its meeting."""
    outcome = releve.import_file(office, file=file)
    answer = _with_day(office, imported=outcome.result)
    return Outcome(answer, outcome.changes, outcome.at)


def _with_day(office: Office, *, imported: Imported) -> tuple[Imported, date]:
    meetings = office.run(list_meetings).result
    return imported, next(line.day for line in meetings if line.id == imported.meeting_id)
