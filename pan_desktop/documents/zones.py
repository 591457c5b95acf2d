"""Rules of time that ship with the program: those of the machine may be out of date."""

from __future__ import annotations

from functools import cache
from importlib import resources
from zoneinfo import ZoneInfo


@cache
def bundled_zone(name: str) -> ZoneInfo:
    """Return a zone by the rules that ship with the program; zoneinfo takes the machine's first.

    Morocco changed its own in 2026.
    """
    place = resources.files("tzdata.zoneinfo")
    for part in name.split("/"):
        place = place / part
    with place.open("rb") as rules:
        return ZoneInfo.from_file(rules, key=name)
