"""The invitation to a meeting: when, where, how to join, what about, what becomes of one's data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pan_desktop.documents.model import Heading, Paragraph, Run, Title
from pan_desktop.documents.papers.common import charge
from pan_desktop.domain.calendar import meeting_moment
from pan_desktop.domain.papers import filled, salutation
from pan_desktop.domain.typography import NBSP
from pan_desktop.domain.wording import LABELS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pan_desktop.documents.model import Block, Document
    from pan_desktop.documents.papers.common import Setting
    from pan_desktop.domain.papers import Expected, PaperWords

NAME = "Convocation"


def compose_convocation(
    setting: Setting,
    words: PaperWords,
    expected: Sequence[Expected],
    *,
    to: Expected | None = None,
    addressees: bool = True,
) -> Document:
    """Return the invitation to a meeting: ``to`` one person, else to all that are expected.

    The one to all ends with the list of its ``addressees``, unless that is not wanted.
    """
    return setting.document(NAME, _blocks(setting, words, expected, to, addressees))


def _blocks(
    setting: Setting,
    words: PaperWords,
    expected: Sequence[Expected],
    to: Expected | None,
    addressees: bool,
) -> Iterable[Block]:
    meeting = setting.record.meeting
    appel = salutation([to.person]) if to else "Mesdames, Messieurs"
    values = setting.values(appel)
    yield Title(setting.runs(meeting.body.heading))
    yield Title((Run(NAME),), subtitle=True)
    if to is not None:
        lines = [setting.called(to.person), *([to.institution] if to.institution else [])]
        yield setting.paragraph("\n".join(lines), half=True)
    yield from setting.body(words.invitation, values)
    yield from _when_and_where(setting)
    if words.privacy.strip():
        yield _heading("Information des participants")
        yield from setting.body(words.privacy, values)
    yield setting.paragraph(filled(words.invitation_closing, values), apart=True)
    yield setting.paragraph(setting.signature, half=True, apart=True)
    if to is None and addressees:
        yield _heading("Destinataires")
        yield setting.bullets([_line(setting, one) for one in expected] or ["Néant"])


def _when_and_where(setting: Setting) -> Iterable[Block]:
    meeting, labels = setting.record.meeting, LABELS[setting.style]
    yield _heading("Date et heure")
    yield setting.paragraph(meeting_moment(meeting.day, meeting.at, setting.style))
    if meeting.place.strip():
        yield _heading("Lieu")
        yield setting.paragraph(meeting.place)
    if meeting.connection.strip():
        yield _heading("Connexion")
        # As typed: neither a link nor a code bears a changed space or apostrophe.
        for line in meeting.connection.splitlines():
            if line.strip():
                yield Paragraph((Run(line.strip()),))
    yield Heading(1, (Run(labels.agenda),))
    titles = [item.title for item in setting.record.agenda if item.on_agenda]
    yield setting.bullets(titles or [labels.nothing])


def _heading(label: str) -> Heading:
    return Heading(1, (Run(f"{label}{NBSP}:"),))


def _line(setting: Setting, one: Expected) -> str:
    institution = f" ({one.institution})" if one.institution else ""
    return f"{setting.called(one.person)}, {charge(one.person, one.speaks_for)}{institution}"
