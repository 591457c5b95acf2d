"""Small forms made of a heading, captioned fields and two buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFormLayout, QLabel, QVBoxLayout

from pan_desktop.gui.dialogs.form import FormDialog
from pan_desktop.gui.theme import GRID
from pan_desktop.gui.widgets.blocks import button, label, row

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from pan_desktop.domain.errors import PanError
    from pan_desktop.gui.pages.page import Services

WIDTH = 72 * GRID


class SimpleForm(FormDialog):
    """A form that one use case saves; what it refuses is said in its place."""

    def __init__(self, services: Services, title: str, parent: QWidget) -> None:
        """Make the form; ``lay_out`` follows once it has its fields."""
        super().__init__(parent)
        self.setWindowTitle(title)
        self.resize(WIDTH, 0)
        self.services = services
        self.error = label("", "error", wraps=True)
        self.save = button(self.tr("&Enregistrer"), self.submit, main=True)
        self.save.setDefault(True)
        self.cancel = button(self.tr("&Annuler"), self.reject)

    def lay_out(self, hint: str, fields: Sequence[tuple[str, QWidget]]) -> None:
        """Put the captioned fields under each other; the first one gets the keyboard."""
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        column.addWidget(label(self.windowTitle(), "section"))
        if hint:
            column.addWidget(label(hint, "hint", wraps=True))
        form = QFormLayout()
        form.setVerticalSpacing(GRID)
        for words, field in fields:
            caption = QLabel(words)
            caption.setBuddy(field)
            form.addRow(caption, field)
        column.addLayout(form)
        column.addWidget(self.error)
        column.addLayout(row(None, self.cancel, self.save))
        self.setup_form(self.error, self.save, self.cancel)
        fields[0][1].setFocus()

    def submit(self) -> None:
        """Save what the form says."""
        raise NotImplementedError

    def run(
        self, use_case: Callable[..., Any], field: QWidget | None, told: str, **arguments: object
    ) -> None:
        """Ask for a use case: close and tell when it is done, else go to ``field``."""

        def done(_result: object) -> None:
            self.answered()
            self.accept()
            self.services.notice.tell(told)

        def refused(error: PanError) -> None:
            self.complain(error.sentence, field)

        self.await_answer()
        self.services.jobs.run(use_case, done=done, failed=refused, **arguments)
