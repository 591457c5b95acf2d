"""Which parts a relevé has, in which order and in which words: settings of a house template.

What stands here by default is the committee's own document (domain facts, 0.1), so that an
office that sets nothing gets what it always had.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from pan_desktop.domain.errors import InputError

FORM = "layout/1"
WRONG = (
    "La mise en page enregistrée du modèle ne peut pas être lue : rien n’a été changé ; "
    "choisissez de nouveau ses parties dans les paramètres."
)
_FIELD = re.compile(r"\{\{\s*([^\W\d_]+)\s*\}\}")


class Language(StrEnum):
    """What a paper is written in."""

    FRENCH = "fr"
    ARABIC = "ar"


class Part(StrEnum):
    """A part of a relevé, in the order that the program proposes."""

    TITLE = "title"
    SUBTITLE = "subtitle"
    DATE = "date"
    PLACE = "place"
    CHAIR = "chair"
    """Who presides and who holds the pen: a fixed text of the office's."""
    PARTICIPANTS = "participants"
    REPRESENTED = "represented"
    EXCUSED = "excused"
    ABSENT = "absent"
    NOT_REPRESENTED = "not_represented"
    """The commitments for which nobody came."""
    AGENDA = "agenda"
    POINTS = "points"
    """The sections of the agenda with what was retained, progress and its table among them."""
    DECISIONS = "decisions"
    """Decisions and actions once more, as a table: what, who, until when."""
    NEXT_MEETING = "next_meeting"
    CLOSING = "closing"
    SIGNATURES = "signatures"


OPTIONAL = frozenset(
    [
        Part.CHAIR,
        Part.NOT_REPRESENTED,
        Part.DECISIONS,
        Part.NEXT_MEETING,
        Part.CLOSING,
        Part.SIGNATURES,
    ]
)
"""The parts that the committee's own relevé does not have."""


@dataclass(frozen=True, slots=True)
class Layout:
    """What a relevé is made of."""

    order: tuple[Part, ...] = tuple(Part)
    """Every part once."""
    hidden: frozenset[Part] = OPTIONAL
    language: Language = Language.FRENCH
    labels: tuple[tuple[str, str], ...] = ()
    """The office's own words by the name of the label (``wording.Labels``); "" prints none."""

    @property
    def shown(self) -> tuple[Part, ...]:
        """Return the parts that are printed, in order."""
        return tuple(part for part in self.order if part not in self.hidden)

    def moved(self, part: Part, by: int) -> Layout:
        """Return the layout with a part so many places further down, within the list."""
        order = list(self.order)
        place = order.index(part)
        order.insert(max(0, min(len(order) - 1, place + by)), order.pop(place))
        return Layout(tuple(order), self.hidden, self.language, self.labels)

    def showing(self, part: Part, *, shown: bool) -> Layout:
        """Return the layout with a part printed, or not."""
        hidden = self.hidden - {part} if shown else self.hidden | {part}
        return Layout(self.order, hidden, self.language, self.labels)

    def saying(self, name: str, text: str | None) -> Layout:
        """Return the layout with other words for a label; None goes back to the program's."""
        labels = dict(self.labels)
        labels.pop(name, None)
        if text is not None:
            labels[name] = text
        return Layout(self.order, self.hidden, self.language, tuple(sorted(labels.items())))


AS_EVER = Layout()
"""The committee's own."""


@dataclass(frozen=True, slots=True)
class DocumentTemplate:
    """A house template as a list shows it; its file is read apart."""

    id: str
    name: str
    layout: Layout = AS_EVER
    """Its language with it."""
    body_id: str | None = None
    """The body whose new meetings take it, where it is of one."""
    body: str = ""
    file_name: str = ""
    digest: str = ""
    """The SHA-256 of its Word file, in hexadecimal; "" for the look of the program's own."""


def write_layout(layout: Layout) -> str:
    """Return a layout as JSON, "" for the default one; its language is kept beside it."""
    import json  # not on the way to the window

    if (layout.order, layout.hidden, layout.labels) == (tuple(Part), OPTIONAL, ()):
        return ""
    data = {
        "form": FORM,
        "order": [part.value for part in layout.order],
        "hidden": sorted(part.value for part in layout.hidden),
        "labels": dict(layout.labels),
    }
    return json.dumps(data, ensure_ascii=False)


def read_layout(text: str, language: str) -> Layout:
    """Return the layout that ``write_layout`` wrote. Raises InputError when it is not one.

    A part that it does not know of, because it came with a later program, stands at the end,
    printed only where the program prints it by itself.
    """
    import json  # not on the way to the window

    try:
        spoken = Language(language)
        if not text:
            return Layout(language=spoken)
        data = json.loads(text)
        if not isinstance(data, dict) or data["form"] != FORM:
            raise ValueError(FORM)
        order = tuple(dict.fromkeys(Part(name) for name in data["order"]))
        hidden = frozenset(Part(name) for name in data["hidden"])
        labels = tuple(sorted((str(k), str(v)) for k, v in data["labels"].items()))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise InputError(WRONG) from error
    later = tuple(part for part in Part if part not in order)
    return Layout((*order, *later), hidden | OPTIONAL.intersection(later), spoken, labels)


def filled(text: str, values: Mapping[str, str]) -> str:
    """Return a text with its fields, ``{{date}}`` or ``{{ instance }}``, replaced by values.

    Names are taken in any case; a field that has no value stays as it was typed.
    """
    return _FIELD.sub(lambda found: values.get(found[1].casefold(), found[0]), text)
