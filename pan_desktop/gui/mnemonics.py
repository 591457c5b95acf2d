"""Letters to underline where it is not known beforehand what else is underlined in the window.

A letter that two things share would only move the keyboard between them, so each is chosen among
those that nothing seen at that moment has.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QAbstractButton, QGroupBox, QLabel, QTabBar, QWidget

from pan_desktop.domain.folding import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

OWN = "own letters"
"""The property of a widget that takes some letters with Alt itself, without underlining them."""


def underlined(words: str) -> str:
    """Return the letter that is underlined in a label as Qt reads it, "" for none."""
    _, sign, after = words.replace("&&", "").partition("&")
    return after[:1].lower() if sign else ""


def letters_seen(window: QWidget, apart_from: Iterable[QWidget] = ()) -> set[str]:
    """Return the letters underlined in what is seen of a window, not of the dialogs above it."""
    left_out = set(apart_from)
    inside = (w for w in window.findChildren(QWidget) if w.window() is window)
    seen = [w for w in inside if w.isVisible() and w not in left_out]
    found = {underlined(words) for widget in seen for words in _labels(widget)}
    own = {letter for widget in seen for letter in widget.property(OWN) or ""}
    return (found | own) - {""}


def with_letters(labels: Sequence[str], taken: Iterable[str]) -> list[str]:
    """Return labels with a letter underlined in each that can have one: first ones first."""
    plain = [label.replace("&", "") for label in labels]
    places = _chosen(plain, frozenset(taken)) or _one_by_one(plain, set(taken))
    return [
        label if place is None else f"{label[:place]}&{label[place:]}"
        for label, place in zip(plain, places, strict=True)
    ]


def _chosen(labels: Sequence[str], taken: frozenset[str]) -> list[int | None]:
    """Return where each label's letter stands so that all have one, [] where they cannot."""
    if not labels:
        return []
    for place in _places(labels[0]):
        letter = labels[0][place].lower()
        if _is_free(letter, taken):
            rest = _chosen(labels[1:], taken | {letter})
            if rest or len(labels) == 1:
                return [place, *rest]
    return []


def _one_by_one(labels: Sequence[str], taken: set[str]) -> list[int | None]:
    """Return where each label's letter stands, None for those to whom none is left."""
    found: list[int | None] = []
    for label in labels:
        found.append(next((n for n in _places(label) if _is_free(label[n].lower(), taken)), None))
        if found[-1] is not None:
            taken.add(label[found[-1]].lower())
    return found


def _places(label: str) -> Iterable[int]:
    """Return where letters stand in a label, those that begin a word first."""
    starts = [n for n in range(len(label)) if n == 0 or not label[n - 1].isalnum()]
    return dict.fromkeys([*starts, *range(len(label))])


def _is_free(letter: str, used: AbstractSet[str]) -> bool:
    """Tell whether a letter is a key of every keyboard, and nobody has it."""
    return letter.isalpha() and letter == folded(letter) and letter not in used


def _labels(widget: QWidget) -> Iterator[str]:
    if isinstance(widget, QTabBar):
        yield from (widget.tabText(number) for number in range(widget.count()))
    elif isinstance(widget, QAbstractButton):
        yield widget.text()
    elif isinstance(widget, QLabel):
        yield widget.text() if widget.buddy() is not None else ""
    elif isinstance(widget, QGroupBox):
        yield widget.title()
