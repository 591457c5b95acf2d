"""Reads the head of a relevé: its title, the body that meets, when and where."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pan_desktop.documents.interpret.moments import moment_in
from pan_desktop.documents.interpret.outcome import Became, Sureness
from pan_desktop.documents.interpret.telling import NOT_UNDERSTOOD
from pan_desktop.documents.interpret.words import body_in, is_subtitle, is_title
from pan_desktop.documents.word.lines import SUBTITLE, TITLE, Aside

if TYPE_CHECKING:
    from datetime import date, time

    from pan_desktop.documents.interpret.entries import Entry
    from pan_desktop.documents.interpret.moments import Moment
    from pan_desktop.documents.interpret.telling import Telling

_OPENING = re.compile(
    r"\b(?:s['’]est (?:tenue?|r[ée]unie?|d[ée]roul[ée]e?)|a (?:eu lieu|tenu|[ée]t[ée] tenue)"
    r"|se sont r[ée]unis)\b",
    re.IGNORECASE,
)
_OPENED_AT = re.compile(
    r"(?:tenue?|r[ée]unie?|d[ée]roul[ée]e?|a eu lieu)\s*,?"
    r"(?:\s+(?:le|du|à|vers|de)\b(?!\s+(?:la|l['’]|distance)))*\s+"
    r"(?P<place>(?:au|à la|à l['’]|à distance|dans|par|via|en (?:ligne|visio|salle|mode)).*?)"
    r"(?=\s*(?:[,.;]|$|\b(?:la|une|sa)\s+(?:\w+\s+)?(?:r[ée]union|s[ée]ance|session)|\bsous\b))",
    re.IGNORECASE,
)

_ONLY_MEETING = re.compile(
    r"(?:la\s+)?(?:r[ée]union|s[ée]ance|session|rencontre|atelier)(?:\s+(?:ordinaire|extraordinaire"
    r"|tenue?|de travail|pr[ée]vue?))*(?:\s+(?:du|de))?|d[ée]but|fin|dur[ée]e",
    re.IGNORECASE,
)
OTHER_WEEKDAY = "le {day} est un autre jour que « {said} »"
NO_SUCH_DAY = "la date « {said} » n’existe pas"
BEFORE_TITLE = "avant le titre du relevé"
OPENING = "phrase d’ouverture, dont seuls le jour, l’heure et le lieu sont repris"
PLACE_BESIDE_DATE = "lu à côté de la date"


class HeadReading:
    """What the lines over the people and the points say of the meeting."""

    def __init__(self, told: Telling) -> None:
        """Tell what the lines become to ``told``."""
        self.day: date | None = None
        self.at: time | None = None
        self.place: list[str] = []
        self.heading = ""
        self.body = ""
        self.said: list[str] = []
        """The titles and opening sentences, for what they name besides."""
        self.titled = False
        """Whether the paper has said what it is: what stands over that is a letterhead."""
        self._entitled = False
        self._beside: tuple[Entry, str] | None = None
        """What may be the place, beside the date; it is where no label names one."""
        self._told = told

    def title(self, entry: Entry) -> None:
        """Read a line under no label: a title, a date, a sentence that opens the paper."""
        text = entry.text
        moment = moment_in(text)
        if _OPENING.search(text) and not entry.heading:
            self._opened(entry)
        elif is_subtitle(text) or entry.heading == SUBTITLE:
            self._told.tell(entry, Became.TITLE)
            self.said.append(text)
            self.body = self.body or body_in(text)
            self._take_moment(moment.day, moment.at)
            self.titled = True
        elif self._entitles(entry):
            self._told.tell(entry, Became.TITLE)
            self.said.append(text)
            self._entitled = True
            # One with a date in it is this meeting's, not the body's.
            self.heading = text if moment.day is None else ""
            self.body = body_in(text) or self.body
            self._take_moment(moment.day, moment.at)
            self.titled = True
        elif moment.day is not None and len(moment.rest) < 60:
            self.date(entry)
        elif is_title(text.rstrip(".")) and self._says_more(moment):
            self._opened(entry)
        else:
            self._told.leave(entry, NOT_UNDERSTOOD if self.titled else BEFORE_TITLE)

    def _entitles(self, entry: Entry) -> bool:
        """Tell whether a line is the paper's title; a later one counts where the first named none.

        Some programs put a title of their own, or the file's name, over the paper's.
        """
        if is_title(entry.text):
            return not (self._entitled and self.body)
        return entry.heading == TITLE and not self._entitled

    def _says_more(self, moment: Moment) -> bool:
        """Tell whether a moment gives a day or an hour that is not known yet."""
        day, at = moment.day is not None, moment.at is not None
        return (day and self.day is None) or (at and self.at is None)

    def _opened(self, entry: Entry) -> None:
        """Take from a sentence that opens the paper what no label says: when, where, which body."""
        self.said.append(entry.text)
        moment = moment_in(entry.text)
        self._take_moment(moment.day, moment.at)
        self.body = self.body or body_in(entry.text)
        place = _OPENED_AT.search(moment.rest)
        if place is not None:
            self._beside = entry, place["place"].strip(" ,")
        self.titled = True
        self._told.leave(entry, OPENING)

    def settle_place(self) -> None:
        """Take for the place what stood beside the date, where nothing else names one."""
        if self._beside is None:
            return
        entry, words = self._beside
        if self.place:
            self._told.left_out.append(Aside(entry.place, words, NOT_UNDERSTOOD))
            return
        self.place.append(words)
        self._told.tell(
            entry, Became.PLACE, words, sureness=Sureness.LIKELY, note=PLACE_BESIDE_DATE
        )

    def _take_moment(self, day: date | None, at: time | None) -> None:
        self.day = self.day or day
        self.at = self.at if self.at is not None else at

    def date(self, entry: Entry) -> None:
        """Read a line that says when; what it says besides may be the place."""
        moment = moment_in(entry.text)
        if moment.day is None and moment.at is None:
            if moment.impossible:
                self._told.tell(
                    entry,
                    Became.DATE,
                    sureness=Sureness.UNSURE,
                    note=NO_SUCH_DAY.format(said=moment.impossible),
                )
            else:
                self._told.leave(entry, NOT_UNDERSTOOD)
            return
        self._take_moment(moment.day, moment.at)
        note, sureness = "", Sureness.SURE
        if moment.weekday and moment.day is not None:
            note = OTHER_WEEKDAY.format(day=f"{moment.day:%d/%m/%Y}", said=moment.weekday)
            sureness = Sureness.LIKELY
        what = " ".join(
            part
            for part in (
                f"{moment.day:%d/%m/%Y}" if moment.day else "",
                f"{moment.at:%H:%M}" if moment.at else "",
            )
            if part
        )
        self._told.tell(entry, Became.DATE, what, sureness=sureness, note=note)
        if any(c.isalpha() for c in moment.rest):
            self._beside_date(entry, moment.rest)

    def _beside_date(self, entry: Entry, rest: str) -> None:
        """Take what a line says beside the date for the place, where none is named."""
        words = rest.strip(" .,;:–—-")
        no_place = _OPENING.search(words) or _ONLY_MEETING.fullmatch(words)
        if self._beside is not None or len(words) < 3 or no_place:
            self._told.left_out.append(Aside(entry.place, words, NOT_UNDERSTOOD))
        else:
            self._beside = entry, words

    def where(self, entry: Entry) -> None:
        """Read a line that says where, or the date where it stands under "Lieu et date"."""
        moment = moment_in(entry.text)
        if moment.day is not None and self.day is None:
            self.date(entry)
            return
        self.place.append(entry.text)
        self._told.tell(entry, Became.PLACE)
