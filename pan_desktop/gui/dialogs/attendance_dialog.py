"""Who was in the video call: each person of the reports settled by one key, then all written."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QDialog, QLabel, QLineEdit, QSpinBox, QVBoxLayout

from pan_desktop.app import attendance, attending
from pan_desktop.app.attendance import Caller, Omitted, Preview, card_name
from pan_desktop.app.attending import Applied, Decision, Settled
from pan_desktop.domain.folding import folded
from pan_desktop.domain.typography import counted, glue
from pan_desktop.gui.dialogs.attendance_rows import Answers, CallRow, counts
from pan_desktop.gui.dialogs.attendee_dialog import AttendeeDialog
from pan_desktop.gui.dialogs.dropped import reports_in
from pan_desktop.gui.dialogs.files import choose_open_paths
from pan_desktop.gui.keys import DIGITS
from pan_desktop.gui.leaving import copied_first
from pan_desktop.gui.models.rows import Column, RowsModel
from pan_desktop.gui.theme import GRID
from pan_desktop.gui.widgets.blocks import button, label, row
from pan_desktop.gui.widgets.completer import FoldingCompleter
from pan_desktop.gui.widgets.table import ROW_HEIGHT, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QDragEnterEvent, QDropEvent
    from PySide6.QtWidgets import QWidget

    from pan_desktop.app.people import MandateEdit, PersonEdit
    from pan_desktop.domain.errors import PanError
    from pan_desktop.gui.pages.page import Services

SIZE = (140 * GRID, 84 * GRID)
_OMITTED_ROWS = 3


class AttendanceDialog(QDialog):
    """The people of a call and who they are; nothing is written before the button is pressed."""

    def __init__(self, services: Services, meeting_id: str, parent: QWidget) -> None:
        """Ask for the reports of a meeting's call."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Présences de la visioconférence"))
        self.resize(*SIZE)
        self.setAcceptDrops(True)
        self._services = services
        self._meeting_id = meeting_id
        self._files: list[Path] = []
        self._pasted = ""
        self._seen: Preview | None = None
        self._answers = Answers()
        self._over = False
        self.model: RowsModel[CallRow] = RowsModel(self._columns(), self)
        self.table = self._table(self.model, self.tr("Personnes de l’appel"))
        self.table.show_rows(self.model, (32, 0, 112, 80, 0, 104, 0))
        self.omitted: RowsModel[_Left] = RowsModel(self._omitted_columns(), self)
        self.left_out = self._table(self.omitted, self.tr("Lignes laissées de côté"))
        self.left_out.show_rows(self.omitted, (208, 64, 0))
        self.summary = label("", wraps=True)
        self.empty = label(self._invitation(), "empty", wraps=True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.choices = label("", "hint", wraps=True)
        self.search = QLineEdit()
        self.least = QSpinBox()
        self.keep_emails = QCheckBox(self.tr("Noter les a&dresses sur les fiches qui n’en ont pas"))
        self.error = label("", "error", wraps=True)
        self.keys = label(self._keys(), "keys", wraps=True)
        self.omitted_title = label(self.tr("Laissé de côté dans les fichiers"), "strong")
        self.open_button = button(self.tr("&Choisir des fichiers…"), self.ask_files)
        self.open_button.setToolTip("Ctrl+O")
        self.save = button(self.tr("&Enregistrer les présences"), self._save, main=True)
        self.cancel = button(self.tr("&Annuler"), self.reject)
        self._assemble()
        self._listen()
        self._show()

    # Setting up -------------------------------------------------------------------------

    def _columns(self) -> tuple[Column[CallRow], ...]:
        return (
            Column("", lambda r: r.sign, centred=True, words=lambda r: r.sign_words),
            Column(self.tr("Nom affiché"), lambda r: r.caller.shown, tip=_tip),
            Column(self.tr("Heures"), lambda r: r.hours, tip=lambda r: r.times),
            Column(self.tr("Durée"), lambda r: r.length),
            Column(self.tr("Personne"), lambda r: r.who),
            Column(self.tr("Ressemblance"), lambda r: r.likeness, centred=True),
            Column(self.tr("Pourquoi"), lambda r: r.why, tip=lambda r: r.why),
        )

    def _omitted_columns(self) -> tuple[Column[_Left], ...]:
        return (
            Column(self.tr("Fichier"), lambda o: o.source),
            Column(self.tr("Ligne"), lambda o: str(o.line), centred=True),
            Column(self.tr("Pourquoi"), lambda o: o.reason),
        )

    def _table(self, model: RowsModel, name: str) -> Table:  # type: ignore[type-arg]
        table = Table()
        table.setAccessibleName(name)
        model.setParent(self)
        return table

    def _invitation(self) -> str:
        return self.tr(
            "Choisissez le rapport de présence exporté par Teams, Zoom, Webex ou Meet (Ctrl+O), "
            "déposez-le ici, ou collez une liste de noms (Ctrl+V), un par ligne.\n"
            "Rien n’est enregistré avant votre accord\u00a0; le fichier lui-même et les numéros de "
            "téléphone ne le sont jamais."
        )

    def _keys(self) -> str:
        words = self.tr(
            "Entrée accepte · 1 à 9 choisit · R cherche · I invité · M nouveau mandat · Suppr "
            "laisse de côté · Retour arrière revient · Ctrl+Entrée enregistre"
        )
        return words.replace(" ", "\u00a0").replace("\u00a0·\u00a0", " · ")

    def _assemble(self) -> None:
        self.least.setRange(0, 600)
        self.least.setSuffix(self.tr("\u00a0min"))
        # The style sheet's padding does not reach what a number is typed in.
        self.least.lineEdit().setTextMargins(GRID, 0, GRID, 0)
        self.least.setAccessibleName(self.tr("Présent à partir de"))
        self.search.setPlaceholderText(self.tr("Nom de la personne – Entrée la retient"))
        self.search.setAccessibleName(self.tr("Chercher une personne connue"))
        self.completer = FoldingCompleter((), self)
        self.search.setCompleter(self.completer)
        self.search.hide()
        self.least_caption = QLabel(self.tr("&Présent à partir de"))
        self.least_caption.setBuddy(self.least)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        column.addLayout(row(label(self.windowTitle(), "title"), None, self.open_button))
        for widget, share in (
            (self.summary, 0),
            (self.empty, 1),
            (self.table, 1),
            (self.choices, 0),
            (self.search, 0),
            (self.omitted_title, 0),
            (self.left_out, 0),
            (self.error, 0),
            (self.keys, 0),
        ):
            column.addWidget(widget, share)
        column.addLayout(
            row(self.least_caption, self.least, self.keep_emails, None, self.cancel, self.save)
        )
        for made in (self.open_button, self.cancel, self.save):
            made.setAutoDefault(False)
        self.error.hide()

    def _listen(self) -> None:
        self.table.installEventFilter(self)
        self.search.installEventFilter(self)
        self.table.opened.connect(self._accept)
        self.table.removal_asked.connect(self._leave_aside)
        self.table.row_chosen.connect(lambda _id: self._show_choices())
        self.search.returnPressed.connect(self._take_searched)
        for keys, act in (
            ("Ctrl+O", self.ask_files),
            ("Ctrl+V", self.paste),
            ("Ctrl+Return", self._save),
            ("Ctrl+Enter", self._save),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(act)
        self.finished.connect(self._end)

    # What is read -----------------------------------------------------------------------

    def ask_files(self) -> None:
        """Ask for reports; they are joined to those read already."""
        filters = (self.tr("Rapports et listes (*.csv *.tsv *.txt *.xlsx)"),)
        choose_open_paths(self, self.tr("Rapports de présence"), filters, self.read_files)

    def read_files(self, files: Sequence[Path]) -> None:
        """Read reports besides those read already."""
        fresh = [file for file in files if file not in self._files]
        self._read([*self._files, *fresh], self._pasted)

    def paste(self) -> None:
        """Read what is on the clipboard: files, or a list of names."""
        if self.focusWidget() is self.search:
            self.search.paste()
            return
        data = QGuiApplication.clipboard().mimeData()
        files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        if files:
            self.read_files(files)
        elif data.text().strip():
            together = f"{self._pasted}\n{data.text()}" if self._pasted else data.text()
            self._read(self._files, together)

    def _read(self, files: Sequence[Path], pasted: str) -> None:
        self.error.hide()

        def read(seen: Preview) -> None:
            self._files, self._pasted = list(files), pasted
            self._take(seen)

        self._services.jobs.aside(
            attendance.read_files,
            meeting_id=self._meeting_id,
            files=list(files),
            pasted=pasted,
            done=read,
            failed=self._refused,
        )

    def _take(self, seen: Preview) -> None:
        if self._over:
            return
        self._seen = seen
        self._answers.show(seen)
        self.completer.propose(person.name for person in seen.known)
        self.omitted.set_rows([_Left(n, left) for n, left in enumerate(seen.left_out)])
        shown = min(len(seen.left_out), _OMITTED_ROWS) + 1
        self.left_out.setFixedHeight(shown * (ROW_HEIGHT + 2) + GRID)
        self._show()
        self.table.setCurrentIndex(self.model.index(0, 0))
        self.table.setFocus()

    def _show(self) -> None:
        """Show the list, or what to do where there is none."""
        rows = self._answers.rows()
        self.model.set_rows(rows)
        any_left = bool(self.omitted.rows())
        shown = (self.table, self.choices, self.keys, self.least, self.least_caption)
        for widget in (*shown, self.keep_emails):
            widget.setVisible(bool(rows))
        for widget in (self.omitted_title, self.left_out):
            widget.setVisible(bool(rows) and any_left)
        self.empty.setVisible(not rows)
        self.summary.setVisible(bool(rows))
        settled, _, waiting = counts(rows)
        self.save.setEnabled(settled > 0)
        self.summary.setText(self._summary(settled, waiting) if rows else "")
        self._show_choices()
        if not rows:
            self.open_button.setFocus()

    def _summary(self, settled: int, waiting: int) -> str:
        assert self._seen is not None
        names = ", ".join(
            f"«\u00a0{source.name}\u00a0» ({source.tool})" for source in self._seen.sources
        )
        people = counted(len(self._seen.people), self.tr("personne"))
        words = self.tr("{people} dans {names}\u00a0: {settled}, {waiting}.").format(
            people=people,
            names=names,
            settled=counted(settled, self.tr("reconnue")),
            waiting=self.tr("{} à régler").format(waiting),
        )
        again = self.tr("Déjà enregistré pour cette réunion\u00a0: rien n’y sera compté deux fois.")
        known = any(source.known for source in self._seen.sources)
        return " ".join([words, *([again] if known else []), *self._seen.remarks[:3]])

    def _show_choices(self) -> None:
        """Name who else the current person may be, each with its key."""
        current = self.model.row(self.table.currentIndex())
        found = current.choices if current is not None else ()
        named = (
            f"{n}\u00a0{c.name.replace(' ', chr(0xA0))} ({c.likeness}\u00a0%, {c.why})"
            for n, c in enumerate(found, 1)
        )
        words = " · ".join(named) or self.tr("Personne de connu ne ressemble à ce nom.")
        self.choices.setText(words if current is not None else "")

    # What is decided ----------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own
        """Settle the current person by one key."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        if watched is self.search and event.key() == Qt.Key.Key_Escape:
            self._end_search()
            return True
        held = event.modifiers() & ~(
            Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier
        )
        if watched is self.table and not held and self._settle_by(event):
            return True
        return super().eventFilter(watched, event)

    def _settle_by(self, event: QKeyEvent) -> bool:
        current = self.model.row(self.table.currentIndex())
        if current is None:
            return False
        if event.text() in DIGITS:
            self._choose(current, DIGITS[event.text()])
            return True
        acts: dict[Qt.Key, Callable[[], None]] = {
            Qt.Key.Key_I: partial(self._ask_card, current, with_mandate=False),
            Qt.Key.Key_M: partial(self._ask_card, current, with_mandate=True),
            Qt.Key.Key_S: partial(self._leave_aside, current.id),
            Qt.Key.Key_R: self._begin_search,
            Qt.Key.Key_Backspace: partial(self._take_back, current.id),
        }
        act = acts.get(Qt.Key(event.key()))
        if act is not None:
            act()
        return act is not None

    def _accept(self, caller_id: str) -> None:
        """Accept who is proposed."""
        current = next((r for r in self.model.rows() if r.id == caller_id), None)
        if current is not None and current.settled:
            self._go_on()
        elif current is not None and current.proposal is not None:
            self._settle(Decision(current.id, Settled.PERSON, current.proposal.person_id))

    def _choose(self, current: CallRow, number: int) -> None:
        if number <= len(current.choices):
            person_id = current.choices[number - 1].person_id
            self._settle(Decision(current.id, Settled.PERSON, person_id))

    def _leave_aside(self, caller_id: str) -> None:
        self._settle(Decision(caller_id, Settled.ASIDE))

    def _take_back(self, caller_id: str) -> None:
        self._answers.take_back(caller_id)
        self._show()

    def _ask_card(self, current: CallRow, *, with_mandate: bool) -> None:
        assert self._seen is not None
        plan = self._seen.plan if with_mandate else None
        form = AttendeeDialog(card_name(current.caller), plan, self)
        form.given.connect(partial(self._take_card, current.caller))
        form.open()

    def _take_card(self, caller: Caller, card: PersonEdit, mandate: MandateEdit | None) -> None:
        self._settle(Decision(caller.id, Settled.NEW, card=card, mandate=mandate))

    def _settle(self, decision: Decision) -> None:
        self.error.hide()
        self._answers.settle(decision)
        self._show()
        self._go_on()

    def _go_on(self) -> None:
        """Go to the next person who is to be settled, or stay where all are."""
        here = self.table.currentIndex().row()
        rows = self.model.rows()
        order = [*range(here + 1, len(rows)), *range(here + 1)]
        following = next((n for n in order if not rows[n].settled), None)
        if following is not None:
            self.table.setCurrentIndex(self.model.index(following, 0))
        self.table.setFocus()

    # Someone else -------------------------------------------------------------------------

    def _begin_search(self) -> None:
        self.search.clear()
        self.search.show()
        self.search.setFocus()

    def _end_search(self) -> None:
        self.completer.close()
        self.search.hide()
        self.table.setFocus()

    def _take_searched(self) -> None:
        current = self.model.row(self.table.currentIndex())
        typed = folded(self.search.text())
        if self._seen is None or current is None or not typed:
            return
        found = [p for p in self._seen.known if typed in folded(p.name)]
        exact = [p for p in found if folded(p.name) == typed]
        if len(exact or found) == 1:
            self._end_search()
            self._settle(Decision(current.id, Settled.PERSON, (exact or found)[0].id))
        else:
            number = counted(len(found), self.tr("personne"))
            self._complain(self.tr("{}\u00a0: précisez le nom.").format(number))

    # Writing ------------------------------------------------------------------------------

    def _save(self) -> None:
        if self._seen is None or not self.save.isEnabled():
            return
        self.save.setEnabled(False)
        copied_first(self._services, self, self._apply, self._refused)

    def _apply(self) -> None:
        assert self._seen is not None
        keep = self.keep_emails.isChecked()
        decisions = [
            Decision(d.caller_id, d.settled, d.person_id, d.card, d.mandate, d.remember, keep)
            for r in self.model.rows()
            if (d := r.decision) is not None
        ]
        self._services.jobs.run(
            attending.apply,
            seen=self._seen,
            decisions=decisions,
            least=60 * self.least.value(),
            done=self._saved,
            failed=self._refused,
        )

    def _saved(self, done: Applied) -> None:
        self.accept()
        parts = [counted(done.present, self.tr("présent"))]
        if done.excused:
            parts.append(counted(done.excused, self.tr("excusé")))
        if done.absent:
            parts.append(counted(done.absent, self.tr("absent")))
        said = [self.tr("Présences enregistrées\u00a0: {}.").format(", ".join(parts))]
        if done.short:
            words = self.tr("Trop peu de temps présents\u00a0: {}.")
            said.append(words.format(", ".join(done.short)))
        if done.waiting:
            names = counted(len(done.waiting), self.tr("nom"))
            said.append(self.tr("Restent à régler, et non enregistrés\u00a0: {}.").format(names))
        said.append(self.tr("Ctrl+Z annule le tout."))
        self._services.notice.tell(" ".join(said))

    def _refused(self, error: PanError) -> None:
        if not self._over:
            self._complain(error.sentence)
            self._show()

    def _complain(self, sentence: str) -> None:
        self.error.setText(glue(sentence))
        self.error.show()

    def _end(self) -> None:
        """Take no more answers: the dialog is gone when they come."""
        self._over = True

    # Dropped ------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's own
        """Take reports that are dragged here."""
        if reports_in(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's own
        """Read the reports dropped."""
        self.read_files(reports_in(event))
        event.acceptProposedAction()


class _Left:
    """A line left out, as a row of the list."""

    def __init__(self, number: int, omitted: Omitted) -> None:
        self.id = str(number)
        self.source = omitted.source
        self.line = omitted.line
        self.reason = omitted.reason


def _tip(shown: CallRow) -> str:
    """Return all that the report says of someone."""
    caller = shown.caller
    names = " / ".join(caller.names) or caller.shown
    return " – ".join(part for part in (names, caller.email, caller.role) if part)


def open_attendance(
    services: Services, meeting_id: str, parent: QWidget, files: Sequence[Path] = ()
) -> AttendanceDialog:
    """Show the dialog of a meeting, reading ``files`` at once where some were dropped."""
    dialog = AttendanceDialog(services, meeting_id, parent)
    dialog.open()
    if files:
        dialog.read_files(files)
    return dialog
