"""How it stands with the server of a shared office, in the few words that a title has room for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from pan_desktop.app.sharing import LineStatus
from pan_desktop.domain.typography import counted

if TYPE_CHECKING:
    from pan_desktop.app.sharing import LineState


def line_words(state: LineState) -> str:
    """Return how it stands: "partagé", "hors ligne depuis 14:52, 12 changements en attente"."""
    waiting = ""
    if state.pending and state.status is not LineStatus.CONNECTED:
        waits = counted(state.pending, _tr("changement"))
        waiting = _tr(", {} en attente").format(waits)
    if state.status is LineStatus.OFFLINE:
        return _tr("hors ligne depuis {}").format(f"{state.since.astimezone():%H:%M}") + waiting
    if state.status is LineStatus.REFUSED:
        return _tr("refusé par le serveur") + waiting
    return _tr("partagé") if state.may_write else _tr("partagé, lecture seule")


def _tr(words: str) -> str:
    return QCoreApplication.translate("LineWords", words)
