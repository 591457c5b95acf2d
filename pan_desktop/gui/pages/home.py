"""The first page: the latest meetings, or what to do first in a new office.

It is painted before SQLAlchemy is loaded, from what a raw look at the database gives, and has no
form: a handful of widgets made here are quicker than a compiled one.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from pan_desktop.app.changes import Kind
from pan_desktop.app.first_look import first_look
from pan_desktop.domain.typography import counted
from pan_desktop.gui.pages.page import Page, Place, keep_plain
from pan_desktop.gui.theme import GRID
from pan_desktop.gui.widgets.recent import RecentList

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QLayout, QWidget

    from pan_desktop.app.dashboard import Dashboard
    from pan_desktop.app.disagreements import Disagreement
    from pan_desktop.app.first_look import FirstLook
    from pan_desktop.app.office import Office
    from pan_desktop.domain.errors import PanError
    from pan_desktop.gui.pages.board import Board
    from pan_desktop.gui.pages.page import Services

WRITES = "writes"
"""The property of a button that is of no use where nothing may be written."""
WIDTH = 120 * GRID
"""The widest the page's content gets: lines stay readable on a large screen."""


class HomePage(Page):
    """The latest meetings of the office; for a new office, the way to the first one."""

    kinds = frozenset(
        {
            Kind.PLANS,
            Kind.PEOPLE,
            Kind.MEETINGS,
            Kind.ATTENDANCE,
            Kind.PROGRESS,
            Kind.CONCLUSIONS,
            Kind.DISAGREEMENTS,
        }
    )

    def __init__(self, services: Services, look: FirstLook | None) -> None:
        """Show what ``look`` gives at once; without one, wait for the store to be opened."""
        super().__init__(services)
        self._shown: FirstLook | None = None
        self._body: QWidget | None = None
        self.recent: RecentList | None = None
        self.new_button: QPushButton | None = None
        self.board: Board | None = None
        self.choices: QPushButton | None = None
        self._frame()
        for keys, act in (
            ("Ctrl+N", self.new_meeting),
            ("Ctrl+O", self.import_releve),
            ("Ctrl+Shift+O", self.import_folder),
        ):
            QShortcut(keys, self).activated.connect(act)
        if look is not None:
            self._show(look)
            self._stale = False

    def refresh(self) -> None:
        """Ask for a fresh look at the office."""
        self.jobs.call(_look, done=self._show, failed=self._fail)
        self.tell_more()

    def tell_more(self) -> None:
        """Ask for what stands beside the meetings; not before the first frame."""
        from pan_desktop.app.dashboard import dashboard  # not at start: it loads the store

        keep_plain(self)
        self._rest_writers()
        today = date.today()  # noqa: DTZ011 - the user's own calendar
        self.jobs.run(dashboard, today=today, done=self._show_board, failed=lambda _: None)
        from pan_desktop.app.disagreements import open_disagreements

        self.jobs.run(open_disagreements, done=self._show_choices, failed=lambda _: None)

    def enter(self) -> None:
        """Put the focus on the latest meeting, or on the first thing to do."""
        if self.recent is not None:
            self.recent.setFocus()
        elif self.new_button is not None:
            self.new_button.setFocus()
        else:
            self.setFocus()

    def new_meeting(self) -> None:
        """Ask for a new meeting and open it."""
        from pan_desktop.gui.dialogs.meeting_dialog import new_meeting  # not at start

        new_meeting(self.services, self)

    def import_releve(self) -> None:
        """Ask for a file, read it in and open its meeting."""
        from pan_desktop.gui.dialogs.releve_file import import_releve  # not at start

        import_releve(self.services, self)

    def import_folder(self) -> None:
        """Ask for a folder and take in all relevés in it."""
        from pan_desktop.gui.dialogs.releve_file import import_folder  # not at start

        import_folder(self.services, self)

    def fill_with_sample(self) -> None:
        """Write the invented sample into the empty office."""
        from pan_desktop.app.sample import fill  # not at start: it loads the store

        self.jobs.run(fill, done=self._on_sample)

    def ask_discard(self) -> None:
        """Ask whether the sample is to go."""
        if self.services.refused():
            return
        from pan_desktop.app.sample import discard  # not at start
        from pan_desktop.gui.dialogs.confirm import confirm

        said = self.tr("L’exemple est supprimé. Ctrl+Z le remet.")
        tell = self.services.notice.tell
        confirm(
            self,
            self.tr("Jeter l’exemple\u00a0?"),
            self.tr(
                "Son plan, ses réunions et ses personnes inventées disparaissent, avec ce que vous "
                "y avez ajouté. Vos autres plans restent."
            ),
            self.tr("&Jeter l’exemple"),
            lambda: self.jobs.run(discard, done=lambda _: tell(said)),
        )

    def _on_sample(self, _meetings: tuple[str, ...]) -> None:
        self.services.notice.tell(
            self.tr(
                "L’exemple est en place\u00a0: deux plans, des personnes inventées et trois "
                "réunions. Ouvrez la plus récente pour voir un relevé."
            )
        )

    def _fail(self, error: PanError) -> None:
        self.hint.setText(self.tr("La base n’a pas pu être ouverte."))
        self.services.notice.complain(error.sentence)

    def _show_board(self, told: Dashboard) -> None:
        from pan_desktop.gui.pages.board import Board  # not at start

        empty = self._shown is None or not self._shown.meetings
        if self.board is None and not empty:
            self.board = Board(self.services)
            self._outer.insertSpacing(1, 3 * GRID)
            self._outer.insertWidget(2, self.board)
        if self.board is not None:
            self.board.setVisible(not empty)
            self.board.show_dashboard(told)

    def _show_choices(self, found: tuple[Disagreement, ...]) -> None:
        """Show the way to what waits for a choice; nothing when there is nothing."""
        if self.choices is None and found:
            self.choices = QPushButton()
            self.choices.clicked.connect(self._open_choices)
            beside = QHBoxLayout()
            beside.setContentsMargins(0, GRID, 0, 0)
            beside.addWidget(self.choices)
            beside.addStretch(1)
            self._column.insertLayout(3, beside)
        if self.choices is None:
            return
        self._waiting = next((each.meeting_id for each in found if each.meeting_id), None) or ""
        one, several = self.tr("choix à faire"), self.tr("choix à faire")
        words = self.tr("{} entre deux textes\u00a0: y &aller")
        words = words.format(counted(len(found), one, several))
        self.choices.setText(words)
        self.choices.setVisible(bool(found))

    def _open_choices(self) -> None:
        """Open the meeting where the first choice waits, on it."""
        if self._waiting:
            self.services.go_to(Place("meeting", self._waiting, row=("disagreement", "")))

    # What is shown --------------------------------------------------------------------------

    def _frame(self) -> None:
        outer = self._outer = QHBoxLayout(self)
        outer.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        self._column = QVBoxLayout()
        self._column.setSpacing(0)
        outer.addLayout(self._column, WIDTH)
        outer.addStretch(1)
        title = QLabel(self.tr("Accueil"))
        title.setProperty("role", "title")
        self.hint = QLabel(self.tr("Ouverture de la base…"))
        self.hint.setProperty("role", "hint")
        self._column.addWidget(title)
        self._column.addSpacing(GRID // 2)
        self._column.addWidget(self.hint)
        self._column.addSpacing(3 * GRID)
        self._column.addStretch(1)

    def _show(self, look: FirstLook | None) -> None:
        if look is None or look == self._shown:
            return
        self._shown = look
        focus = self.window().focusWidget()
        inside = self._body is not None and self._body.isAncestorOf(focus)
        had_focus = self.isVisible() and (focus is self or inside)
        if self.recent is not None and look.meetings:
            self.recent.show_meetings(look.recent)
            self._discard.setVisible(look.sample)
        else:
            self._replace(self._meetings(look) if look.meetings else self._beginning(look))
            if had_focus:
                self.enter()
        self.hint.setText(self._counts(look))

    def _replace(self, body: QWidget) -> None:
        if self._body is not None:
            self._column.removeWidget(self._body)
            self._body.deleteLater()
        self._body = body
        body.setMaximumWidth(WIDTH)
        self._column.insertWidget(self._column.count() - 1, body)
        if self.window().isVisible():  # at start it would cost more than the window itself
            keep_plain(body)
            self._rest_writers()

    def _rest_writers(self) -> None:
        self.rest(*(each for each in self.findChildren(QPushButton) if each.property(WRITES)))

    def _counts(self, look: FirstLook) -> str:
        if not (look.plans or look.people or look.meetings):
            return self.tr("Bienvenue. La base est neuve\u00a0: voici par où commencer.")
        return " · ".join(
            (
                counted(look.meetings, self.tr("réunion"), self.tr("réunions")),
                counted(look.plans, self.tr("plan"), self.tr("plans")),
                counted(look.people, self.tr("personne"), self.tr("personnes")),
            )
        )

    def _meetings(self, look: FirstLook) -> QWidget:
        body, column = _panel()
        head = QHBoxLayout()
        head.setSpacing(GRID)
        section = QLabel(self.tr("Réunions récentes"))
        section.setProperty("role", "section")
        head.addWidget(section)
        head.addStretch(1)
        self.new_button = self._button(self.tr("&Nouvelle réunion"), self.new_meeting, main=True)
        head.addWidget(_keys("Ctrl+N"))
        head.addWidget(self.new_button)
        column.addLayout(head)
        column.addSpacing(2 * GRID)
        self.recent = RecentList()
        self.recent.opened.connect(self.services.open_meeting)
        self.recent.show_meetings(look.recent)
        column.addWidget(self.recent)
        column.addSpacing(2 * GRID)
        foot = QHBoxLayout()
        foot.setSpacing(GRID)
        foot.addWidget(_keys(self.tr("Entrée ouvre la réunion")))
        foot.addStretch(1)
        self._discard = self._button(self.tr("&Jeter l’exemple…"), self.ask_discard)
        self._discard.setVisible(look.sample)
        foot.addWidget(_keys("Ctrl+O"))
        foot.addWidget(self._button(self.tr("&Importer un relevé…"), self.import_releve))
        foot.addWidget(_keys("Alt+2"))
        foot.addWidget(
            self._button(self.tr("&Toutes les réunions"), lambda: self.services.go("meetings"))
        )
        column.addLayout(foot)
        column.addSpacing(GRID)
        # In a line of its own: beside the others it would make the page wider than small screens.
        last = QHBoxLayout()
        last.addStretch(1)
        last.addWidget(self._discard)
        column.addLayout(last)
        return body

    def _beginning(self, look: FirstLook) -> QWidget:
        self.recent = None
        body, column = _panel()
        card = QFrame()
        card.setProperty("role", "card")
        grid = QGridLayout(card)
        grid.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        grid.setHorizontalSpacing(3 * GRID)
        grid.setVerticalSpacing(2 * GRID)
        grid.setColumnStretch(1, 1)
        steps = self._steps(look)
        chosen = next((i for i, (done, *_) in enumerate(steps) if not done), 0)
        for number, (done, words, label, act) in enumerate(steps):
            figure = QLabel("✓" if done else str(number + 1))
            figure.setProperty("role", "figure")
            text = QLabel(words)
            text.setProperty("rich", True)
            text.setWordWrap(True)
            button = self._button(label, act, main=number == chosen)
            if number == chosen:
                self.new_button = button
            grid.addWidget(figure, number, 0)
            grid.addWidget(text, number, 1)
            grid.addWidget(button, number, 2)
        column.addWidget(card)
        column.addSpacing(3 * GRID)
        column.addLayout(self._other_ways(look))
        return body

    def _steps(self, look: FirstLook) -> list[tuple[bool, str, str, Callable[[], object]]]:
        go = self.services.go
        return [
            (
                look.plans > 0,
                self.tr(
                    "<b>Créer le plan et ses engagements</b><br>Le plan d’action national, ses "
                    "axes, et chaque engagement avec l’institution qui le porte."
                ),
                self.tr("Ouvrir les &engagements"),
                lambda: go("commitments"),
            ),
            (
                look.people > 0,
                self.tr(
                    "<b>Saisir les personnes</b><br>Les points focaux et leurs suppléants, avec "
                    "les engagements dont chacun a la charge."
                ),
                self.tr("Ouvrir les &personnes"),
                lambda: go("people"),
            ),
            (
                False,
                self.tr(
                    "<b>Tenir la première réunion</b><br>Cocher les présents, saisir l’avancement "
                    "et les points retenus\u00a0: le relevé est prêt quand la réunion finit."
                ),
                self.tr("&Nouvelle réunion"),
                self.new_meeting,
            ),
        ]

    def _other_ways(self, look: FirstLook) -> QLayout:
        row = QHBoxLayout()
        row.setSpacing(GRID)
        words = QLabel(self.tr("Vous avez déjà des relevés, en Word par exemple\u00a0?"))
        words.setProperty("role", "hint")
        row.addWidget(words)
        row.addWidget(self._button(self.tr("&Importer un relevé…"), self.import_releve))
        row.addWidget(_keys("Ctrl+O"))
        row.addWidget(self._button(self.tr("Importer un &dossier…"), self.import_folder))
        row.addStretch(1)
        if not look.plans:
            row.addWidget(self._button(self.tr("Essayer avec un e&xemple"), self.fill_with_sample))
        return row

    def _button(self, label: str, act: Callable[[], object], *, main: bool = False) -> QPushButton:
        button = QPushButton(label)
        if main:
            button.setProperty("role", "main")
        writers = (self.new_meeting, self.import_releve, self.import_folder)
        button.setProperty(WRITES, act in (*writers, self.fill_with_sample, self.ask_discard))
        button.clicked.connect(lambda _checked=False: act())
        return button


def _look(office: Office) -> FirstLook | None:
    """Return a look at the office, opening it first; slower where raw SQL cannot look."""
    office.open()
    return first_look(office.database, office.key) or _slow_look(office)


def _slow_look(office: Office) -> FirstLook:
    from pan_desktop.app import first_look as looks
    from pan_desktop.app.meetings import list_meetings
    from pan_desktop.app.people import list_people
    from pan_desktop.app.plans import list_plans

    meetings = office.run(list_meetings).result
    recent = tuple(
        looks.RecentMeeting(m.id, m.day, m.at, m.body, m.plan, m.present, known=0, scope=0)
        for m in meetings[: looks.RECENT]
    )
    people: tuple[Any, ...] = office.run(list_people).result
    return looks.FirstLook(len(office.run(list_plans).result), len(people), len(meetings), recent)


def _panel() -> tuple[QWidget, QVBoxLayout]:
    body = QFrame()
    column = QVBoxLayout(body)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    return body, column


def _keys(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "keys")
    return label
