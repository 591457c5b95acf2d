"""What the window says when the server of a shared office is lost."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from pan_desktop.app import backups
from pan_desktop.app.places import local_file
from pan_desktop.app.sharing import LineStatus
from pan_desktop.domain.backups import Why
from pan_desktop.gui.dialogs.confirm import ConfirmDialog
from pan_desktop.gui.dialogs.restore_dialog import RestoreDialog
from pan_desktop.gui.pages.settings import BACKUPS, SHARED, SettingsPage
from pan_desktop.gui.pages.settings_backups import BackupsSection
from pan_desktop.gui.pages.settings_shared import SharedSection
from tests.gui.test_together import Desk
from tests.postgres import server
from tests.shared import SharedOffice, shared

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from pan_desktop.store.unit_of_work import UnitOfWork

__all__ = ["server", "shared"]


def write(work: UnitOfWork) -> None:
    work.insert("institution", name="Hors ligne")


def test_who_has_lost_her_server_may_go_on_elsewhere_and_learns_how(
    shared: SharedOffice, tmp_path: Path, qtbot: QtBot
) -> None:
    desk = Desk(shared.url, "Mme Salma", tmp_path / "poste", qtbot)
    with closing(desk):
        desk.connected()
        line = desk.jobs.line
        assert line is not None
        shared.server.sql(f'DROP DATABASE "{shared.database}" WITH (FORCE)')
        desk.jobs.run(write)
        qtbot.waitUntil(lambda: line.state.status is LineStatus.REFUSED, timeout=10_000)
        qtbot.waitUntil(lambda: line.state.pending == 1, timeout=10_000)
        desk.jobs.call(backups.back_up, why=Why.BY_HAND, now=datetime.now(UTC))
        desk.settle()
        desk.window.go("settings")
        page = desk.window._pages["settings"]
        assert isinstance(page, SettingsPage)
        section = page.section(SHARED)
        assert isinstance(section, SharedSection)
        page.ui.sections.setCurrentRow([each.name for each in page._known].index(SHARED))
        desk.settle()
        copy = local_file(shared.url, desk.jobs.folders[1])
        assert copy is not None
        assert f"Copie de ce poste\u00a0: {copy}." in section.copy.text()
        section.leave.click()
        (asked,) = section.findChildren(ConfirmDialog)
        assert "n’a pas confirmé 1\u00a0changement" in asked.ui.consequence.text()
        assert "ou à une autre" in asked.ui.consequence.text()
        asked.reject()
        copies = page.section(BACKUPS)
        assert isinstance(copies, BackupsSection)
        page.ui.sections.setCurrentRow([each.name for each in page._known].index(BACKUPS))
        desk.settle()
        copies.copies.table.selectRow(0)
        copies.restore.click()
        (dialog,) = copies.findChildren(RestoreDialog)
        desk.settle()
        assert "pan-desktop move" in dialog.error.text(), (dialog.said.text(), dialog._row)
        assert not dialog.act.isEnabled()
        dialog.reject()
