"""The journal: who changed what and when, of one thing or of the whole office."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout

from pan_desktop.app import journal
from pan_desktop.app.journal import JournalLine
from pan_desktop.domain.typography import counted
from pan_desktop.gui.dialogs.files import choose_save_path
from pan_desktop.gui.dialogs.form import take_size
from pan_desktop.gui.models.rows import Column, RowsModel
from pan_desktop.gui.theme import GRID
from pan_desktop.gui.widgets.blocks import button, label, row
from pan_desktop.gui.widgets.table import Table

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pan_desktop.app.journal import JournalPage, Verified
    from pan_desktop.app.office import Office
    from pan_desktop.domain.errors import PanError
    from pan_desktop.gui.pages.page import Services

SIZE = (128 * GRID, 80 * GRID)
_PROBLEMS_SHOWN = 3


class JournalDialog(QDialog):
    """The entries, the last first. Ctrl+F narrows them; older ones are asked for by a button."""

    def __init__(self, services: Services, title: str, parent: QWidget, subject: str = "") -> None:
        """Ask for the entries about ``subject`` (an identifier), all of them where it is ""."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Journal"))
        take_size(self, *SIZE)
        self._services = services
        self._subject = subject
        self._lines: tuple[JournalLine, ...] = ()
        self._over = False
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(self.tr("Filtrer (Ctrl+F)"))
        self.filter.setAccessibleName(self.tr("Filtrer le journal"))
        self.filter.setClearButtonEnabled(True)
        self.model: RowsModel[JournalLine] = RowsModel(self._columns(), self)
        self.table = Table()
        self.table.setAccessibleName(self.tr("Journal"))
        self.table.show_rows(self.model, (152, 144, 0, 0))
        self.table.arrange(services.preferences.of_list("journal"))
        self.whole = label("", wraps=True)
        self.count = label("", "hint", wraps=True)
        self.told = label("", "strong", wraps=True)
        self.told.hide()
        self._assemble(title)
        self._listen()
        self._more()

    def _assemble(self, title: str) -> None:
        self.older = button(self.tr("Plus &anciennes"), self._more)
        self.verify = button(self.tr("&Vérifier"), self._verify)
        self.export = button(self.tr("&Exporter le journal…"), self._ask_where)
        close = button(self.tr("&Fermer"), self.accept)
        for made in (self.older, self.verify, self.export, close):
            made.setAutoDefault(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        column.addWidget(label(title, "title", wraps=True))
        hint = self.tr(
            "Qui a modifié quoi, et quand. Le journal ne garde aucune valeur et rien n’en est "
            "jamais retiré\u202f; chaque entrée est liée à la précédente par une empreinte."
        )
        column.addWidget(label(hint, "hint", wraps=True))
        for widget in (self.filter, self.table, self.whole, self.told, self.count):
            column.addWidget(widget)
        column.addLayout(row(self.older, self.verify, self.export, None, close))

    def _listen(self) -> None:
        self.filter.textChanged.connect(self._narrow)
        self.filter.returnPressed.connect(self.table.setFocus)
        self.table.row_chosen.connect(lambda _id: self._show_whole())
        self.finished.connect(self._end)
        for keys, where, act in (
            ("Ctrl+F", self, self.filter.setFocus),
            ("Down", self.filter, self.table.setFocus),
        ):
            shortcut = QShortcut(QKeySequence(keys), where)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def _columns(self) -> tuple[Column[JournalLine], ...]:
        return (
            Column(self.tr("Date et heure"), lambda line: line.moment, sort_key=_order),
            Column(self.tr("Auteur"), lambda line: line.author),
            Column(self.tr("Modification"), lambda line: line.what, tip=lambda line: line.what),
            Column(self.tr("Au sujet de"), lambda line: line.about, tip=lambda line: line.about),
        )

    def _more(self) -> None:
        """Ask for the entries before those shown."""
        before = self._lines[-1].sequence if self._lines else None
        self._services.jobs.run(
            journal.entries, subject=self._subject, before=before, done=self._show
        )

    def _show(self, page: JournalPage) -> None:
        if self._over:
            return
        first = not self._lines
        self._lines += page.lines
        self.model.set_rows(self._lines)
        self.older.setVisible(page.more)
        self._say_count()
        if first and self._lines:
            self.table.choose(self._lines[0].id)
            self.table.setFocus()

    def _show_whole(self) -> None:
        """Say below what is cut in the list where there is no room for it."""
        line = self.model.row(self.table.currentIndex())
        about = "" if line is None or not line.about else f" ({line.about})"
        self.whole.setText("" if line is None else f"{line.what}{about}")

    def _narrow(self, text: str) -> None:
        self.model.narrow(text)
        self._say_count()

    def _say_count(self) -> None:
        shown, known = self.model.rowCount(), len(self._lines)
        if not known:
            self.count.setText(self.tr("Rien n’a encore été modifié."))
        elif shown == known:
            self.count.setText(counted(known, self.tr("entrée")))
        else:
            words = self.tr("{shown} sur {known}")
            self.count.setText(words.format(shown=shown, known=counted(known, self.tr("entrée"))))

    # What is done with it ---------------------------------------------------------------------

    def _verify(self) -> None:
        self._services.jobs.run(journal.verify, done=self._show_verified)

    def _show_verified(self, seen: Verified) -> None:
        if self._over:
            return
        if not seen.problems:
            words = self.tr("Tout concorde\u00a0: rien n’a été modifié sans le programme ({}).")
            said = words.format(counted(seen.entries, self.tr("entrée")))
        else:
            shown = [problem.sentence for problem in seen.problems[:_PROBLEMS_SHOWN]]
            left = len(seen.problems) - len(shown)
            if left:
                shown.append(counted(left, self.tr("autre anomalie")) + ".")
            said = "\n".join(shown)
        self.told.setText(said)
        self.told.show()

    def _ask_where(self) -> None:
        choose_save_path(
            self,
            self.tr("Exporter le journal"),
            str(Path(self._services.preferences.folder) / self.tr("Journal.jsonl")),
            (self.tr("Journal vérifiable (*.jsonl)"),),
            self._export,
        )

    def _export(self, file: Path) -> None:
        self._services.preferences.folder = str(file.parent)
        self._services.jobs.aside(
            _export, file=file, done=self._show_exported, failed=self._complain
        )

    def _show_exported(self, file: Path) -> None:
        if self._over:
            return
        words = self.tr(
            "«\u00a0{}\u00a0» est écrit, et à côté le même journal comme texte lisible."
        )
        self.told.setText(words.format(file.name))
        self.told.show()

    def _complain(self, error: PanError) -> None:
        if not self._over:
            self.told.setText(error.sentence)
            self.told.show()

    def _end(self) -> None:
        """Take no more answers: the dialog is gone when they come."""
        self._over = True


def _export(office: Office, *, file: Path) -> Path:
    journal.export(office, file=file)
    return file


def _order(line: JournalLine) -> int:
    return line.sequence
