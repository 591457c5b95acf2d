"""What the papers beside the relevé say, in the office's own words."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QFormLayout,
    QLineEdit,
    QPlainTextEdit,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from pan_desktop.app import paper_words
from pan_desktop.domain.papers import PLACES, PaperWords
from pan_desktop.gui.dialogs.form import FormDialog
from pan_desktop.gui.theme import GRID
from pan_desktop.gui.widgets.blocks import button, label, row

if TYPE_CHECKING:
    from pan_desktop.gui.pages.page import Services

SIZE = (88 * GRID, 72 * GRID)
_NUMBER_WIDTH = 10 * GRID


class PaperWordsDialog(FormDialog):
    """The texts of invitations and letters, how long meetings take, when answers are due."""

    def __init__(self, services: Services, parent: QWidget) -> None:
        """Ask the store for the words there are."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Textes des documents"))
        self.resize(*SIZE)
        self._services = services
        self._over = False
        self._seen: PaperWords | None = None
        self.texts = {name: self._text(name) for name in PLACES}
        self.minutes, self.days = self._number(), self._number()
        self.error = label("", "error", wraps=True)
        self.save = button(self.tr("&Enregistrer"), self._save, main=True)
        original = button(self.tr("&Rétablir les textes d’origine"), self._original)
        cancel = button(self.tr("&Annuler"), self.reject)
        self.tabs = QTabWidget()
        self.tabs.addTab(self._invitation(), self.tr("&Convocation"))
        self.tabs.addTab(self._letter(), self.tr("&Lettre"))
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        column.addWidget(self.tabs)
        column.addWidget(self.error)
        column.addLayout(row(original, None, cancel, self.save))
        self.setup_form(self.error, self.save, original, cancel)
        self.finished.connect(self._end)
        services.jobs.run(paper_words.paper_words, done=self._begin)

    def _begin(self, own: PaperWords) -> None:
        self._seen = own
        self._show(own)

    def _text(self, name: str) -> QPlainTextEdit:
        field = QPlainTextEdit()
        field.setTabChangesFocus(True)
        low = name.endswith("closing")
        field.setMinimumHeight((5 if low else 10) * GRID)
        if low:
            field.setMaximumHeight(8 * GRID)
        return field

    def _number(self) -> QLineEdit:
        field = QLineEdit()
        field.setMaximumWidth(_NUMBER_WIDTH)
        return field

    def _invitation(self) -> QWidget:
        return self._tab(
            self.tr(
                "{appel} devient Madame ou Monsieur, {instance} et {plan} ceux de la réunion, "
                "{date}, {heure} et {lieu} les siens. Une ligne vide sépare deux paragraphes."
            ),
            (self.tr("&Texte"), self.texts["invitation"]),
            (self.tr("&Information des participants"), self.texts["privacy"]),
            (self.tr("&Formule finale"), self.texts["invitation_closing"]),
            (self.tr("&Durée prévue, en minutes"), self.minutes),
        )

    def _letter(self) -> QWidget:
        return self._tab(
            self.tr(
                "{liste}, seul sur sa ligne, devient la liste des engagements, {de_l_engagement} "
                "«\u00a0de l’engagement\u00a0» ou «\u00a0des engagements\u00a0», {delai} le "
                "dernier jour pour répondre, {date} celui de la réunion."
            ),
            (self.tr("Te&xte"), self.texts["absence"]),
            (self.tr("F&ormule finale"), self.texts["absence_closing"]),
            (self.tr("Réponse attendue sous, en &jours"), self.days),
        )

    def _tab(self, hint: str, *fields: tuple[str, QWidget]) -> QWidget:
        page = QWidget()
        form = QFormLayout(page)
        form.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        form.setVerticalSpacing(GRID)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        form.addRow(label(hint, "hint", wraps=True))
        for words, field in fields:
            field.setAccessibleName(words.replace("&", ""))
            form.addRow(words, field)
        return page

    def _show(self, own: PaperWords) -> None:
        if self._over:
            return
        for name, field in self.texts.items():
            field.setPlainText(getattr(own, name))
        self.minutes.setText(str(own.minutes))
        self.days.setText(str(own.days))
        self.texts["invitation"].setFocus()

    def _original(self) -> None:
        self._show(PaperWords())

    def _end(self) -> None:
        """Take no more answers: the dialog is gone when they come."""
        self._over = True

    def _save(self) -> None:
        self.await_answer()
        texts = {name: field.toPlainText().strip() for name, field in self.texts.items()}
        own = replace(
            PaperWords(minutes=_whole(self.minutes.text()), days=_whole(self.days.text())),
            **texts,  # type: ignore[arg-type]  # its texts are all strings
        )
        self._services.jobs.run(
            paper_words.change_paper_words,
            own=own,
            seen=self._seen,
            done=lambda _: self._saved(),
            failed=lambda error: self.complain(error.sentence),
        )

    def _saved(self) -> None:
        self.answered()
        self.accept()
        self._services.notice.tell(self.tr("Les textes des documents sont enregistrés."))


def _whole(text: str) -> int:
    """Return a number typed, 0 for what is none: it is then refused with its sentence."""
    words = text.strip()
    return int(words) if words.isdecimal() and len(words) < 6 else 0
