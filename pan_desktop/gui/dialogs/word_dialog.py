"""Shows a relevé written in Word before it comes in: what each line becomes, and who is who.

Nothing is kept before the button is pressed; then all is, as one step that Ctrl+Z takes back.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from pan_desktop.app import word_import
from pan_desktop.app.word_import import Facts, Need, Preview, Settled
from pan_desktop.domain.calendar import date_in_words
from pan_desktop.domain.model import Civility
from pan_desktop.domain.typography import counted, glue
from pan_desktop.gui.dialogs.word_rows import (
    LineRow,
    OutRow,
    PersonRow,
    line_rows,
    out_rows,
    person_rows,
)
from pan_desktop.gui.keys import DIGITS
from pan_desktop.gui.leaving import copied_first
from pan_desktop.gui.models.rows import Column, RowsModel
from pan_desktop.gui.theme import GRID
from pan_desktop.gui.widgets.blocks import button, label, row
from pan_desktop.gui.widgets.filter_line import FilterLine
from pan_desktop.gui.widgets.moment import DayField, HourField
from pan_desktop.gui.widgets.table import Table

if TYPE_CHECKING:
    from collections.abc import Callable

    from pan_desktop.app.minutes import Imported
    from pan_desktop.domain.errors import PanError
    from pan_desktop.gui.pages.page import Services

SIZE = (144 * GRID, 88 * GRID)
_CIVILITIES = {Qt.Key.Key_M: Civility.MONSIEUR, Qt.Key.Key_F: Civility.MADAME}


class WordDialog(QDialog):
    """One file, line by line, and the people it names."""

    def __init__(
        self, services: Services, seen: Preview, parent: QWidget, done: Callable[[Imported], None]
    ) -> None:
        """Show what ``seen`` would become; ``done`` gets the meeting once it is in."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Importer un relevé"))
        self.resize(*SIZE)
        self._services = services
        self._seen = seen
        self._done = done
        self._lines: RowsModel[LineRow] = RowsModel(self._line_columns(), self)
        self._people: RowsModel[PersonRow] = RowsModel(self._person_columns(), self)
        self._out: RowsModel[OutRow] = RowsModel(self._out_columns(), self)
        self.lines, self.people, self.out = Table(), Table(), Table()
        self.day, self.hour = DayField(), HourField()
        self.body, self.plan, self.place = QLineEdit(), QLineEdit(), QLineEdit()
        self.only_doubts = QCheckBox(self.tr("&Seulement ce qui est à vérifier"))
        self.summary = label("", wraps=True)
        self.choices = label("", "hint", wraps=True)
        self.error = label("", "error", wraps=True)
        self.tabs = QTabWidget()
        self.accept_button = button(self.tr("I&mporter la réunion"), self._accept, main=True)
        self.cancel = button(self.tr("&Annuler"), self.reject)
        self._fill()
        self._assemble()

    # Layout -----------------------------------------------------------------------------------

    def _fill(self) -> None:
        minutes, missing = self._seen.minutes, self._seen.missing
        if Need.DAY not in missing:
            self.day.set_day(minutes.day)
        if Need.HOUR not in self._seen.reading.missing:
            self.hour.set_hour(minutes.at)
        self.body.setText(minutes.body)
        self.plan.setText(minutes.plan)
        self.place.setText(" ".join(minutes.place.split()))
        self._line_rows = line_rows(self._seen.reading)
        doubts = any(line.doubtful for line in self._line_rows)
        self.only_doubts.setChecked(doubts)
        self.only_doubts.setEnabled(doubts)
        self.only_doubts.toggled.connect(self._show_lines)
        self._show_lines()
        self._people.set_rows(person_rows(self._seen.people))
        self._out.set_rows(out_rows(self._seen.reading))
        self.lines.show_rows(self._lines, (56, 0, 208, 88, 0))
        self.people.show_rows(self._people, (40, 0, 0, 0))
        self.out.show_rows(self._out, (56, 0, 0))
        names = (
            (self.lines, self.tr("Lignes du fichier")),
            (self.people, self.tr("Personnes nommées")),
            (self.out, self.tr("Hors du relevé")),
        )
        for table, name in names:
            table.setAccessibleName(name)
        self.people.installEventFilter(self)
        self.people.selectionModel().currentChanged.connect(lambda *_: self._show_choices())

    def _assemble(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        column.addWidget(label(self._title(), "title"))
        column.addWidget(self.summary)
        column.addLayout(self._facts())
        self._add_tab(self.lines, (self._line_head(),), self.tr("Li&gnes ({})"), self._line_rows)
        people = (label(self._people_keys(), "keys"), self.choices)
        self._add_tab(self.people, people, self.tr("&Personnes ({})"), self._people.rows())
        self._add_tab(self.out, (), self.tr("&Hors du relevé ({})"), self._out.rows())
        column.addWidget(self.tabs, 1)
        self.error.hide()
        column.addWidget(self.error)
        keys = label(self.tr("Ctrl+Tab\u00a0: onglet suivant · Échap ferme sans importer"), "keys")
        column.addLayout(row(keys, None, self.cancel, self.accept_button))
        for made in (self.cancel, self.accept_button):
            made.setAutoDefault(True)
        known = self._seen.known is not None
        self.accept_button.setEnabled(not known)
        self.summary.setText(self._summary())
        self._show_choices()
        first = next((f for need, f in self._fields() if need in self._seen.missing), None)
        (first or (self.cancel if known else self.accept_button)).setFocus()

    def _fields(self) -> tuple[tuple[Need, QWidget], ...]:
        return ((Need.DAY, self.day), (Need.BODY, self.body))

    def _facts(self) -> QHBoxLayout:
        """Return the fields of when, where and who meets: to be corrected where it was misread."""
        left, right = QFormLayout(), QFormLayout()
        left.addRow(self.tr("&Instance"), self.body)
        left.addRow(self.tr("&Lieu"), self.place)
        when = row(self.day, self.hour, None)
        date_label = label(self.tr("&Date et heure"))
        date_label.setBuddy(self.day)
        right.addRow(date_label, when)
        right.addRow(self.tr("Pla&n"), self.plan)
        line = QHBoxLayout()
        line.setSpacing(3 * GRID)
        line.addLayout(left, 3)
        line.addLayout(right, 2)
        self.day.setAccessibleName(self.tr("Date de la réunion"))
        self.hour.setAccessibleName(self.tr("Heure de la réunion"))
        return line

    def _line_head(self) -> QWidget:
        head = QWidget()
        line = QHBoxLayout(head)
        line.setContentsMargins(0, 0, 0, 0)
        self.filter = FilterLine(self.lines, self.tr("Filtrer\u00a0: mots, nature, numéro…"))
        self.filter.narrowed.connect(self._lines.narrow)
        line.addWidget(self.filter, 1)
        line.addWidget(self.only_doubts)
        return head

    def _add_tab(
        self,
        table: Table,
        beside: tuple[QWidget, ...],
        title: str,
        rows: Any,  # noqa: ANN401
    ) -> None:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(GRID, GRID, GRID, GRID)
        column.setSpacing(GRID)
        above = beside if table is self.lines else ()
        for widget in above:
            column.addWidget(widget)
        column.addWidget(table, 1)
        for widget in () if above else beside:
            column.addWidget(widget)
        self.tabs.addTab(page, title.format(len(rows)))

    def _line_columns(self) -> tuple[Column[LineRow], ...]:
        return (
            Column(self.tr("N°"), lambda r: str(r.outcome.place), centred=True),
            Column(self.tr("Dans le fichier"), lambda r: r.text),
            Column(self.tr("Devient"), lambda r: r.became),
            Column(self.tr("Lecture"), lambda r: r.sureness),
            Column(self.tr("À savoir"), lambda r: r.outcome.note),
        )

    def _person_columns(self) -> tuple[Column[PersonRow], ...]:
        return (
            Column("", lambda r: r.sign, centred=True),
            Column(self.tr("Dans le fichier"), lambda r: r.named.who.name),
            Column(self.tr("Fiche"), lambda r: r.who),
            Column(self.tr("Pourquoi"), lambda r: r.why),
        )

    def _out_columns(self) -> tuple[Column[OutRow], ...]:
        return (
            Column(self.tr("N°"), lambda r: str(r.place or ""), centred=True),
            Column(self.tr("Texte"), lambda r: r.text),
            Column(self.tr("Pourquoi"), lambda r: r.why),
        )

    # Words ------------------------------------------------------------------------------------

    def _title(self) -> str:
        return self.tr("Importer «\u00a0{}\u00a0»").format(self._seen.name)

    def _summary(self) -> str:
        seen = self._seen
        if seen.known is not None:
            return self.tr(
                "Ce fichier est déjà importé\u00a0: ce qui serait à corriger l’est dans la réunion."
            )
        if seen.reading.carried:
            said = self.tr(
                "Ce fichier vient de PAN Desktop\u00a0: ses données sont reprises à la lettre."
            )
        else:
            doubts = sum(line.doubtful for line in self._line_rows)
            said = self.tr("Chaque ligne est lue avec certitude.")
            if doubts:
                words = counted(doubts, self.tr("ligne"), self.tr("lignes"))
                said = self.tr("{} à vérifier.").format(words)
        open_people = sum(not person.settled for person in self._people.rows())
        if open_people:
            words = counted(open_people, self.tr("personne"), self.tr("personnes"))
            said += self.tr(
                " {} à reconnaître\u00a0: sans choix, une nouvelle fiche est créée."
            ).format(words)
        remarks = " ".join(seen.remarks)
        kept = self.tr("Rien n’est enregistré avant votre accord\u00a0; Ctrl+Z annule le tout.")
        return glue(" ".join(part for part in (said, remarks, kept) if part))

    def _people_keys(self) -> str:
        return self.tr(
            "1 à 5\u00a0: c’est cette personne · N\u00a0: nouvelle fiche · M ou F\u00a0: nouvelle "
            "fiche, M. ou Mme"
        )

    def _show_choices(self) -> None:
        person = self._people.row(self.people.currentIndex())
        said = person.choices if person is not None else ""
        self.choices.setText(self.tr("Fiches proches\u00a0: {}").format(said) if said else "")

    def _show_lines(self) -> None:
        only = self.only_doubts.isChecked()
        self._lines.set_rows([r for r in self._line_rows if r.doubtful or not only])

    # Deciding ---------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own
        """Settle the current person by one key."""
        if watched is self.people and event.type() == QEvent.Type.KeyPress:
            assert isinstance(event, QKeyEvent)
            if not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
                return self._settle(Qt.Key(event.key()), event.text())
        return super().eventFilter(watched, event)

    def _settle(self, key: Qt.Key, text: str) -> bool:
        person = self._people.row(self.people.currentIndex())
        if person is None:
            return False
        number = DIGITS.get(text, 0)
        if 1 <= number <= len(person.offered):
            chosen = replace(person, card=person.offered[number - 1], settled=True)
        elif key == Qt.Key.Key_N or key in _CIVILITIES:
            civility = _CIVILITIES.get(key, person.civility)
            chosen = replace(person, card=None, civility=civility, settled=civility is not None)
        else:
            return False
        rows = [chosen if known.id == person.id else known for known in self._people.rows()]
        self._people.set_rows(rows, keep_order=True)
        following = next((r for r in rows[person.number + 1 :] if not r.settled), chosen)
        self.people.choose(following.id)
        self.summary.setText(self._summary())
        self._show_choices()
        return True

    def _settled(self) -> Settled:
        people = self._people.rows()
        day = self.day.day()
        return Settled(
            Facts(
                day,
                self.hour.hour(),
                self.plan.text().strip(),
                self.body.text().strip(),
                self._place_said(),
            ),
            {p.named.who: p.card.person.id if p.card else None for p in people},
            {p.named.who: p.civility for p in people if p.civility is not None},
        )

    def _place_said(self) -> str | None:
        """Return the place as it was corrected, None when it was not."""
        words = self.place.text().strip()
        return None if words == " ".join(self._seen.minutes.place.split()) else words

    def _accept(self) -> None:
        if self.day.day() is None:
            self._refuse(self.tr("La date de la réunion manque\u00a0: saisissez-la."), self.day)
            return
        if not self.body.text().strip():
            self._refuse(self.tr("L’instance qui se réunit manque\u00a0: saisissez-la."), self.body)
            return
        self.accept_button.setEnabled(False)
        copied_first(self._services, self, self._take, self._failed)

    def _take(self) -> None:
        self._services.jobs.call(
            word_import.accept,
            done=self._accepted,
            failed=self._failed,
            seen=self._seen,
            settled=self._settled(),
        )

    def _accepted(self, imported: Imported) -> None:
        self.accept()
        self._done(imported)

    def _failed(self, error: PanError) -> None:
        self.accept_button.setEnabled(True)
        self._refuse(error.sentence, self.day)

    def _refuse(self, sentence: str, field: QWidget) -> None:
        self.error.setText(glue(sentence))
        self.error.show()
        field.setFocus()


def said_of(seen: Preview) -> str:
    """Return the day of a meeting in words, for the message that tells it is in."""
    return date_in_words(seen.minutes.day)
