"""Asks for a relevé's file, reads it in and opens its meeting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pan_desktop.app import releve
from pan_desktop.app.meetings import list_meetings
from pan_desktop.app.minutes import Imported
from pan_desktop.app.office import Outcome
from pan_desktop.domain.calendar import date_in_words
from pan_desktop.gui.dialogs.files import choose_open_path

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from pan_desktop.app.office import Office
    from pan_desktop.gui.pages.page import Services


def import_releve(services: Services, parent: QWidget) -> None:
    """Ask for a file above ``parent``; its meeting is opened when it has been read in."""
    choose_open_path(
        parent,
        parent.tr("Importer un relevé"),
        [parent.tr("Relevés au format releve/1 (*.json)")],
        lambda file: import_file(services, parent, file),
    )


def import_file(services: Services, parent: QWidget, file: Path) -> None:
    """Read ``file`` in on the worker and open its meeting."""

    def done(answer: tuple[Imported, date]) -> None:
        imported, day = answer
        services.open_meeting(imported.meeting_id)
        services.notice.tell(
            parent.tr("Le relevé du {} est importé.").format(date_in_words(day))
            if imported.new
            else parent.tr("Ce relevé avait déjà été importé\u00a0: rien n’a été changé.")
        )

    services.jobs.call(_import, done=done, file=file)


def _import(office: Office, *, file: Path) -> Outcome[tuple[Imported, date]]:
    """Read ``file`` in and return with it the day of its meeting."""
    outcome = releve.import_file(office, file=file)
    meetings = office.run(list_meetings).result
    day = next(line.day for line in meetings if line.id == outcome.result.meeting_id)
    return Outcome((outcome.result, day), outcome.changes, outcome.at)
