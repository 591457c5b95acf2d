"""Two secretaries in one meeting, on a PostgreSQL of their own: what the manual shows of it."""

from __future__ import annotations

import subprocess
from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtGui import QTextCursor

from build_spec.local_server import ADMINISTRATOR, LocalServer
from pan_desktop.app.conclusions import PointEdit, save_point
from pan_desktop.app.meetings import list_meetings
from pan_desktop.app.membership import create_office
from pan_desktop.app.office import Office
from pan_desktop.app.sample import fill_meetings
from pan_desktop.app.sharing import Line
from pan_desktop.gui.jobs import Jobs
from pan_desktop.gui.main_window import MainWindow
from pan_desktop.gui.pages.meeting import HOLD, MeetingPage
from pan_desktop.gui.preferences import Preferences

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

NAMES = ("Mme Salma AZROUNI", "M. Driss BENJELLOUN")
_HERS, _HIS = " Elle sera publiée sur le portail.", " Elle partira par courrier."


@contextmanager
def shared_meeting(
    folder: Path, until: Callable[[Callable[[], bool]], None]
) -> Iterator[MainWindow]:
    """Show two windows in one meeting, one point of it written by both; yield the first window.

    ``until`` lets the windows work until something is so.
    """
    folder.chmod(0o755)  # PostgreSQL runs as a user of its own
    server = LocalServer(folder / "server", durable=False)
    server.start()
    desks: list[tuple[MainWindow, Jobs]] = []
    try:
        url = _filled(server, folder)
        for name in NAMES:
            desks.append(_desk(url, name, folder))
            _enter(*desks[-1], until)
        (salma, _), (driss, _) = desks
        pages = [_page(window) for window in (salma, driss)]
        salma.activateWindow()
        pages[0].hold.enter_points()
        (editor,) = pages[0].hold.points.editors()
        point = editor.point_here()
        cursor = editor.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
        editor.setTextCursor(cursor)
        editor.insertPlainText(_HERS)
        until(lambda: not desks[0][1].idle)  # on its way: neither has seen the other's
        edit = PointEdit(point.id, point.level, point.text + _HIS)
        desks[1][1].run(save_point, point=edit, seen=point)
        until(pages[0].shared.bar.isVisible)
        driss.activateWindow()
        pages[1].hold.people.enter()
        yield salma
    finally:
        for window, jobs in desks:
            window.close()
            jobs.close()
            window.deleteLater()
        server.stop(at_once=True)


def _filled(server: LocalServer, folder: Path) -> str:
    """Make an office on the server, with the sample in it; return its address."""
    where = ["-h", "127.0.0.1", "-p", str(server.port), "-U", ADMINISTRATOR]
    subprocess.run([server.program("createdb"), *where, "office"], check=True)
    url = f"{server.address}/office"
    create_office(url)
    office = Office(url, author="Administratrice", replicas=folder / "first")
    office.open()
    line = Line(office, password=lambda _address: None)
    line.step()
    office.run(fill_meetings)
    while line.step().pending:
        continue
    line.close()
    office.close()
    return url


def _desk(url: str, name: str, folder: Path) -> tuple[MainWindow, Jobs]:
    here = folder / name[-4:]
    jobs = Jobs(Office(url, author=name, replicas=here, data=here))
    window = MainWindow(jobs, Preferences(), None)
    window.resize(1280, 800)
    window.show()
    jobs.start()
    return window, jobs


def _enter(window: MainWindow, jobs: Jobs, until: Callable[[Callable[[], bool]], None]) -> None:
    """Open the latest meeting where it is held, once the replica has it."""
    found: list[str] = []

    def there() -> bool:
        if jobs.idle and not found:
            jobs.run(list_meetings, done=lambda rows: found.extend(row.id for row in rows))
        return bool(found)

    until(there)
    window.open_meeting(found[0])
    until(lambda: jobs.idle)
    _page(window).ui.moments.setCurrentIndex(HOLD)
    until(lambda: jobs.idle)


def _page(window: MainWindow) -> MeetingPage:
    page = window._pages["meeting"]
    assert isinstance(page, MeetingPage)
    return page
