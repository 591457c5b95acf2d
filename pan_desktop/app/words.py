"""Use cases on the words that the spelling accepts in this office."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pan_desktop.app.office import reading

if TYPE_CHECKING:
    from pan_desktop.store.unit_of_work import UnitOfWork


@reading
def list_words(work: UnitOfWork) -> tuple[str, ...]:
    """Return the office's own words, in order."""
    return tuple(work.read.office_words())


def add_word(work: UnitOfWork, *, word: str) -> None:
    """Accept a word from now on; one that is accepted already is no error."""
    if word.strip() and word not in work.read.office_words():
        work.insert("office_word", word=word.strip())


def remove_word(work: UnitOfWork, *, word: str) -> None:
    """Accept a word no longer."""
    known = work.read.office_words()
    if word in known:
        work.delete("office_word", known[word])
