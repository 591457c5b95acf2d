"""The menu of a meeting's other papers: asked where, written, and opened from the message."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from pan_desktop.app import papers, rendering
from pan_desktop.app.rendering import PdfBy, PdfMaking
from pan_desktop.app.written import Existing
from pan_desktop.domain.calendar import date_in_words
from pan_desktop.domain.errors import FileTakenError
from pan_desktop.domain.papers import Paper
from pan_desktop.gui.dialogs.files import choose_folder, choose_save_path
from pan_desktop.gui.dialogs.paper_words_dialog import PaperWordsDialog
from pan_desktop.gui.opening import open_path
from pan_desktop.gui.preview.printing import pdf
from pan_desktop.gui.widgets.files_menu import FilesMenu

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from pan_desktop.app.papers import WrittenPapers
    from pan_desktop.domain.errors import PanError
    from pan_desktop.domain.model import MeetingRecord
    from pan_desktop.gui.pages.page import Services


class Documents(QObject):
    """What is done with a meeting's other papers."""

    def __init__(self, services: Services, page: QWidget, flush: Callable[[], object]) -> None:
        """Work for ``page``; ``flush`` sends what is still being typed to the store."""
        super().__init__(page)
        self._services = services
        self._page = page
        self._flush = flush
        self._record: MeetingRecord | None = None
        self.menu = FilesMenu(self.tr("Document&s"), self._entries())

    def follow(self, record: MeetingRecord) -> None:
        """Work on this meeting."""
        self._record = record

    def _entries(self) -> list[tuple[str, Callable[[], object]]]:
        folder, ask = self._ask_folder, self._ask
        return [
            (self.tr("&Convocation…"), partial(ask, Paper.CONVOCATION)),
            (
                self.tr("Convocation par co&urriel…"),
                partial(ask, Paper.CONVOCATION, papers.MAIL),
            ),
            (
                self.tr("Convocation pour les &agendas (.ics)…"),
                partial(ask, Paper.CONVOCATION, papers.CALENDAR),
            ),
            (self.tr("Convocations, une par &personne…"), partial(folder, Paper.CONVOCATION)),
            (self.tr("&Feuille de présence…"), partial(ask, Paper.PRESENCE)),
            (self.tr("&Lettres aux institutions absentes…"), partial(folder, Paper.LETTERS)),
            (self.tr("Engagements &non représentés…"), partial(ask, Paper.UNREPRESENTED)),
            (self.tr("&Textes de ces documents…"), self._ask_words),
            (self.tr("&Journal de la réunion…"), self._show_journal),
        ]

    def _ask(self, paper: Paper, suffix: str = rendering.WORD) -> None:
        """Ask where the file of a paper goes, and write it."""
        self._flush()
        if self._record is None:
            return
        name = Path(papers.proposed_name(paper, self._record)).with_suffix(suffix)
        choose_save_path(
            self._page,
            self.tr("Écrire le document"),
            str(Path(self._services.preferences.folder) / name),
            self._filters(paper),
            partial(self._write, paper, existing=Existing.ASK),
        )

    def _filters(self, paper: Paper) -> list[str]:
        found = [
            self.tr("Document Word (*.docx)"),
            self.tr("PDF (*.pdf)"),
            self.tr("Page web (*.html)"),
            self.tr("Texte (*.txt)"),
        ]
        if paper is Paper.CONVOCATION:
            found += [self.tr("Courriel (*.eml)"), self.tr("Agenda (*.ics)")]
        return found

    def _ask_folder(self, paper: Paper) -> None:
        """Ask in which folder the files of a paper go, and write them."""
        self._flush()
        title = self.tr("Dossier des convocations")
        if paper is Paper.LETTERS:
            title = self.tr("Dossier des lettres")
        folder = self._services.preferences.folder
        then = partial(self._write, paper, existing=Existing.ASK)
        choose_folder(self._page, title, folder, then)

    def _write(self, paper: Paper, target: Path, *, existing: Existing) -> None:
        if self._record is None:
            return
        preferences = self._services.preferences
        by = PdfBy(preferences.pdf_by) if preferences.pdf_by else PdfBy.PAGES
        self._services.jobs.aside(
            papers.write,
            done=self._on_written,
            failed=partial(self._on_failed, paper, target),
            meeting_id=self._record.meeting.id,
            paper=paper,
            target=target,
            style=preferences.style,
            now=datetime.now(UTC),
            author=preferences.author,
            existing=existing,
            making=PdfMaking(pdf, by),
        )

    def _on_written(self, done: WrittenPapers) -> None:
        first = done.paths[0]
        self._services.preferences.folder = str(first.parent)
        said = " ".join([done.sentence, *done.remarks])
        show = (self.tr("Afficher le dossier"), partial(open_path, self._services, first.parent))
        if len(done.paths) > 1:
            self._services.notice.tell(said, show)
        else:
            self._services.notice.tell(
                said, (self.tr("Ouvrir"), partial(open_path, self._services, first)), show
            )

    def _on_failed(self, paper: Paper, target: Path, error: PanError) -> None:
        notice = self._services.notice
        if isinstance(error, FileTakenError):
            again = partial(self._write, paper, target, existing=Existing.REPLACE)
            notice.tell(error.sentence, (self.tr("Remplacer"), again))
        else:
            notice.complain(error.sentence)

    def _show_journal(self) -> None:
        from pan_desktop.gui.dialogs.journal_dialog import JournalDialog  # rarely asked for

        self._flush()
        if self._record is not None:
            day = date_in_words(self._record.meeting.day)
            title = self.tr("Réunion du {}").format(day)
            JournalDialog(self._services, title, self._page, self._record.meeting.id).open()

    def _ask_words(self) -> None:
        PaperWordsDialog(self._services, self._page).open()
