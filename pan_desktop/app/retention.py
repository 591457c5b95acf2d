"""Use cases of retention: how long details of presence are kept, and their end.

Law 09-08 wants them kept no longer than they serve. The relevé, its versions, presences and
qualities stay; hours, stays, what was kept of reports of calls and how one joined go. Nothing goes
unasked: the window says that something is over its time, somebody looks at what it is, and
confirms.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from pan_desktop.app.office import effacing, reading
from pan_desktop.app.seeing import keep_setting
from pan_desktop.domain.calendar import plain_date, short_date
from pan_desktop.domain.errors import InputError
from pan_desktop.domain.typography import counted, enumeration

if TYPE_CHECKING:
    from pan_desktop.app.office import Office
    from pan_desktop.domain.held_details import HeldDetails
    from pan_desktop.store.unit_of_work import UnitOfWork

DEFAULT_MONTHS = 12
LONGEST_MONTHS = 600
WRONG_MONTHS = (
    "La durée de conservation s’écrit en mois, de 0 (jamais demandé) à 600 : rien n’a été changé. "
    "Corrigez-la."
)
FUTURE = (
    "La date du {day} n’est pas passée : rien n’a été effacé. Indiquez une date jusqu’à "
    "aujourd’hui."
)
STILL_HELD = (
    "L’effacement est fait, mais des traces restent dans le fichier, un autre programme lisant la "
    "base ou le disque manquant de place. Fermez l’autre programme, puis PAN Desktop, ou libérez "
    "de la place : elles partiront au prochain effacement."
)
COPIES = (
    "Les sauvegardes faites auparavant les contiennent encore, jusqu’à ce que de plus récentes les "
    "remplacent."
)
_KEY = "retention.months"


@dataclass(frozen=True, slots=True)
class Purge:
    """What goes, or has gone: the meetings before a day of which details are kept."""

    before: date
    meetings: tuple[HeldDetails, ...] = ()
    remark: str = ""
    """What could not be done to the end, "" when all was."""

    def __bool__(self) -> bool:
        """Tell whether there is anything."""
        return bool(self.meetings)

    @property
    def words(self) -> str:
        """Return "3 réunions avant le 12 mars 2026 : 34 passages, 12 heures…", what it all is."""
        return f"{self._meetings} avant le {plain_date(self.before)}\u00a0: {self._what}"

    @property
    def erased(self) -> str:
        """Return what has gone, as a sentence: details, the meetings themselves being there."""
        return (
            f"Détails de présence effacés pour {self._meetings} (avant le "
            f"{plain_date(self.before)})\u00a0: {self._what}."
        )

    @property
    def _meetings(self) -> str:
        return counted(len(self.meetings), "réunion")

    @property
    def _what(self) -> str:
        what = [
            counted(number, one, many)
            for number, one, many in (
                (sum(m.hours for m in self.meetings), _HOURS[0], _HOURS[1]),
                (sum(m.stays for m in self.meetings), "passage dans l’appel", _STAYS),
                (sum(m.reports for m in self.meetings), "rapport de présence", _REPORTS),
                (sum(m.connection for m in self.meetings), "lien de connexion", _CONNECTIONS),
            )
            if number
        ]
        return enumeration(what)


_HOURS = (
    "présence avec heures d’arrivée ou de départ",
    "présences avec heures d’arrivée ou de départ",
)
_STAYS = "passages dans l’appel"
_REPORTS = "rapports de présence"
_CONNECTIONS = "liens de connexion"


@reading
def retention_months(work: UnitOfWork) -> int:
    """Return how many months details of presence are kept; 0 when nobody is ever asked."""
    kept = work.read.settings().get(_KEY, "")
    return int(kept) if kept.isdecimal() else DEFAULT_MONTHS


def set_retention(work: UnitOfWork, *, months: str, seen: int | None = None) -> None:
    """Keep how many months details of presence are kept. Raises InputError for no such number.

    ``seen`` is how many were shown before.
    """
    said = months.strip()
    if not (said.isdecimal() and said.isascii() and int(said) <= LONGEST_MONTHS):
        raise InputError(WRONG_MONTHS)
    keep_setting(work, _KEY, str(int(said)), seen=None if seen is None else str(seen))


@reading
def overdue(work: UnitOfWork, *, today: date) -> Purge:
    """Return what is kept longer than the office wants; nothing when it never wants to be asked."""
    months = retention_months(work)
    before = months_before(today, months)
    return Purge(before, work.details(before)) if months else Purge(before)


@reading
def preview(work: UnitOfWork, *, before: date) -> Purge:
    """Return what purging all before a day would remove."""
    return Purge(before, work.details(before))


def purge(office: Office, *, before: date, today: date) -> Purge:
    """Remove the details of presence of all meetings before a day, and their traces in the file.

    What can be undone is forgotten as well, for it holds them. Raises InputError for a day to
    come, SurroundingsError while the database cannot be saved.
    """
    gone = office.run(purge_rows, before=before, today=today).result
    return Purge(before, gone.meetings, clear_traces(office)) if gone else gone


def clear_traces(office: Office) -> str:
    """Clear the file of what was removed; return what could not be done, "" when all was."""
    return "" if office.compact() else STILL_HELD


@effacing
def purge_rows(work: UnitOfWork, *, before: date, today: date) -> Purge:
    """Remove the details of presence of all meetings before a day.

    Their traces stay in the file until ``clear_traces``. Raises InputError for a day to come.
    """
    if before > today:
        raise InputError(FUTURE.format(day=short_date(before)))
    found = work.details(before)
    if found:
        work.remove_details([one.meeting_id for one in found])
    return Purge(before, found)


def months_before(day: date, months: int) -> date:
    """Return the same day so many months earlier, the last of a shorter month."""
    years, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    year = max(years, 1)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError(day)
