"""Collects garbage on the window's thread only.

Python collects cycles in whatever thread happens to allocate. A closed dialog is such a cycle;
collected by the worker, its widgets would be destroyed outside the window's thread, and Qt
crashes now and then. Calibre and Anki found the same and do the same.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

INTERVAL_MS = 1000


class WindowCollector(QObject):
    """Takes Python's automatic collection over while the worker's thread lives."""

    def __init__(self, parent: QObject) -> None:
        """Make the collector, not yet at work."""
        super().__init__(parent)
        self._timer = QTimer(self, interval=INTERVAL_MS)
        self._timer.timeout.connect(self.collect_due)
        self._was_automatic = False

    def start(self) -> None:
        """Stop automatic collection and begin to collect here."""
        self._was_automatic = gc.isenabled()
        gc.disable()
        self._timer.start()

    def stop(self) -> None:
        """Hand collection back to Python."""
        self._timer.stop()
        if self._was_automatic:
            gc.enable()

    def collect_due(self) -> None:
        """Collect the oldest generation whose time has come by Python's own thresholds."""
        counts, thresholds = gc.get_count(), gc.get_threshold()
        due = [generation for generation in range(3) if counts[generation] > thresholds[generation]]
        if due:
            gc.collect(max(due))
