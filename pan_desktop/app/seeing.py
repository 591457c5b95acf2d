"""What a form keeps: what its user changed in it, made one with what others wrote meanwhile.

A form shows what there was when it opened, and hands that back as ``seen``. The columns of a row go
through ``UnitOfWork.update(..., seen=...)``; here is the same for settings and for lists.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pan_desktop.store.unit_of_work import UnitOfWork

One = TypeVar("One")


def together(mine: Iterable[One], seen: Iterable[One] | None, stored: Iterable[One]) -> list[One]:
    """Return what a list is to hold: ``mine``, with what others added to it or removed from it.

    ``seen`` is the list from which both began; without it the list is simply ``mine``.
    """
    wanted = list(dict.fromkeys(mine))
    if seen is None:
        return wanted
    before, there = set(seen), list(stored)
    kept = [one for one in wanted if one in there or one not in before]
    return [*kept, *(one for one in there if one not in before and one not in wanted)]


def institution_seen(work: UnitOfWork, name: str) -> str | None:
    """Return the identifier of an institution that a form showed, None for none."""
    words = " ".join(name.split())
    return work.read.institution_id(words) if words else None


def keep_setting(
    work: UnitOfWork, key: str, words: str, *, original: str | None = None, seen: str | None = None
) -> None:
    """Keep a setting of the office's; one that says the ``original`` is no longer its own.

    Left alone where it says what was ``seen``. Of what somebody else wrote meanwhile nothing is
    written over without a word.
    """
    if words == seen:
        return
    stored = work.read.settings().get(key)
    if stored is None:
        if words != original:
            work.insert("setting", id=key, value=words)
    elif words == original and seen in {None, stored}:
        work.delete("setting", key)
    else:
        known = None if seen is None else {"value": seen}
        work.update("setting", key, seen=known, value=words)
