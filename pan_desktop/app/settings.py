"""Use cases on the settings that belong to the office (those of a machine are the window's)."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from pan_desktop.app.office import reading
from pan_desktop.app.seeing import keep_setting
from pan_desktop.domain.errors import InputError
from pan_desktop.domain.wording import Sentences

if TYPE_CHECKING:
    from pan_desktop.store.unit_of_work import UnitOfWork

EMPTY_SENTENCE = (
    "Une phrase du relevé est vide : rien n’a été enregistré. Saisissez-la, ou rétablissez la "
    "phrase d’origine."
)
_PREFIX = "sentence."


@reading
def sentences(work: UnitOfWork) -> Sentences:
    """Return the office's own fixed sentences."""
    own = {
        key.removeprefix(_PREFIX): value
        for key, value in work.read.settings().items()
        if key.startswith(_PREFIX)
    }
    return Sentences().changed(own)


def change_sentences(work: UnitOfWork, *, own: Sentences, seen: Sentences | None = None) -> None:
    """Keep the office's own sentences; one equal to the original is no longer its own.

    Of what ``seen`` says they were before, only what differs is written. Raises InputError when
    one is empty.
    """
    original = Sentences()
    for field in fields(Sentences):
        key, words = f"{_PREFIX}{field.name}", getattr(own, field.name).strip()
        if not words:
            raise InputError(EMPTY_SENTENCE)
        shown = getattr(seen, field.name).strip() if seen is not None else None
        keep_setting(work, key, words, original=getattr(original, field.name), seen=shown)
