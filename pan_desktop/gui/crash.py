"""What reaches the top unforeseen: written down, told once, never swallowed."""

from __future__ import annotations

import sys
import traceback
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from types import TracebackType

    from pan_desktop.gui.notify import Notice

SENTENCE = (
    "Une erreur imprévue s’est produite ; ce qui a été enregistré avant elle est gardé. Notez ce "
    "que vous faisiez et transmettez ce message : {what}."
)


class CrashReporter(QObject):
    """Collects unforeseen exceptions from slots, painting and the worker, and shows each once."""

    _raised = Signal(object)

    def __init__(self, notice: Notice) -> None:
        """Tell on ``notice``."""
        super().__init__()
        self._notice = notice
        self._told: set[str] = set()
        # Qt calls the hook in whatever thread raised; the signal brings it to the window's.
        self._raised.connect(self.report)

    def hook(
        self, _kind: type[BaseException], error: BaseException, _trace: TracebackType | None
    ) -> None:
        """Take an exception as ``sys.excepthook`` does."""
        self._raised.emit(error)

    def report(self, error: BaseException) -> None:
        """Write the exception down and tell it, unless the same was told before."""
        where = traceback.extract_tb(error.__traceback__)[-1:]
        place = f"{where[0].name}, {where[0].lineno}" if where else "?"
        what = f"{type(error).__name__} ({place})"
        if what in self._told:
            return
        self._told.add(what)
        traceback.print_exception(error, file=sys.stderr)
        self._notice.complain(SENTENCE.format(what=what), lasting=True)
