"""Relevés of other committees, typed in any manner, give their data and lose no word.

Each manner changes one thing of the usual one; Hypothesis puts them together. What is read is
compared with the truth that was typed, every part of it.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace
from datetime import date, time
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from pan_desktop.documents.interpret.outcome import Became
from pan_desktop.documents.interpret.reading import interpret
from pan_desktop.documents.word.reading import read_contents
from tests.builders import modest
from tests.documents.word import other_committees as typed_by
from tests.documents.word.other_committees import MOMENTS, Manner, typed
from tests.documents.word.other_papers import DIALECTS
from tests.documents.word.other_truths import TRUTHS, Part, Someone, Truth
from tests.seed_text import needs_seed, seed_bytes

if TYPE_CHECKING:
    from pan_desktop.documents.interpret.outcome import Reading

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_FIRM = (("\u00a0:", " :"), ("\u00a0%", " %"), ("\u202f;", " ;"), ("’", "'"), ("\u00a0", " "))


def one_of(field: str, *choices: object) -> dict[str, Manner]:
    return {f"{field}: {choice}": Manner(**{field: choice}) for choice in choices}  # type: ignore[arg-type]


MANNERS: dict[str, Manner] = {
    **{
        f"saved by {own.name}": Manner(
            dialect=own,
            headings="google" if own.cut == "word" else "style",
            people="list",
            agenda="list",
            points="list",
        )
        for own in DIALECTS
    },
    **one_of("moment", *MOMENTS),
    **one_of(
        "head",
        *("inline", "tabs", "breaks", "table", "table of all", "date and place", "apart"),
        *("title dated", "sentence"),
    ),
    **one_of(
        "people",
        *("list", "numbers", "typed numbers", "typed brackets", "none at all", "paragraph"),
        *("breaks", "bare breaks", "box", "tabs", "columns", "table"),
    ),
    **{
        f"person: {person.__name__}": Manner(person=person)
        for person in (
            typed_by.surname_first,
            typed_by.dashed,
            typed_by.short,
            typed_by.numbered,
            typed_by.doctor,
            typed_by.with_institution_after,
            typed_by.with_institution_before,
            typed_by.institution_leads,
        )
    },
    **one_of(
        "agenda",
        *("none", "list", "ended", "numbers", "typed numbers", "in line", "semicolons", "table"),
        "typed letters",
    ),
    **one_of(
        "headings",
        *("style", "style without colon", "underlined", "numbered", "numbered plain"),
        *("numbered list", "roman", "roman list", "point n", "plain", "letters", "capitals"),
        *("bold no colon", "bulleted bold"),
    ),
    **one_of(
        "points",
        *("list", "numbers", "letters list", "typed numbers", "typed brackets"),
        *("typed letters", "roman typed", "none", "indent", "signs", "word signs"),
    ),
    **one_of(
        "table",
        *("cut inside", "in pieces", "by axis", "axis rows", "titled", "no header"),
        *("merged head", "percent first", "marked", "listed", "broken"),
    ),
    **one_of("completed", "stops", "dashes", "named", "letters", "of", "counted", "sub-bullets"),
    **one_of("rate", "{} %", "{}\u00a0%", "{}", "{},0%", "{}\u202f%", "{}.00 %"),
    **one_of("under", "Compte rendu", "Procès-verbal de réunion", "PV", "Relevé de décisions", ""),
    **one_of("first", "paragraphs", "table", "box", "legacy box"),
    **one_of("last", "closed", "signature", "names"),
    **one_of(
        "labels",
        (
            "Date et lieu",
            "Lieu de la réunion :",
            "Étaient présents :",
            "Ordre du jour adopté :",
            "Relevé des décisions :",
        ),
        (
            "Date",
            "Endroit :",
            "Ont participé :",
            "Points à l’ordre du jour",
            "Principales conclusions",
        ),
        ("DATE", "LIEU", "PARTICIPANTS", "ORDRE DU JOUR", "POINTS RETENUS"),
        ("1. Date", "2. Lieu", "3. Participants", "4. Ordre du jour", "5. Conclusions"),
        ("Date", "Lieu", "Participants", "Ordre du jour", ""),
    ),
    "no-break spaces": Manner(replaced=((" :", "\u00a0:"), (" %", "\u00a0%"), (" ;", "\u202f;"))),
    "nothing but no-break spaces": Manner(replaced=((" ", "\u00a0"),)),
    "straight apostrophes": Manner(replaced=(("’", "'"),)),
    "soft hyphens": Manner(replaced=(("ment", "me\u00adnt"), (" : ", "\u200b : "))),
    "an empty paragraph behind each": Manner(spaced=True),
    "no agenda and no label of the points": Manner(
        labels=("Date", "Lieu", "Participants", "", ""), headings="style", agenda="none"
    ),
    "no agenda, plain headings": Manner(headings="plain", agenda="none"),
    "no agenda, numbered headings": Manner(headings="numbered plain", agenda="none"),
    "headings in a list of their own": Manner(
        labels=("Date", "Lieu", "Participants", "Ordre du jour", ""), headings="bulleted bold"
    ),
    "agenda and headings numbered alike": Manner(
        headings="numbered plain", agenda="typed numbers", points="typed letters"
    ),
    "a rate at the end": Manner(marks={"overall": "{} : avancement global"}),
    "commitments named": Manner(marks={"number": "Engagement n°{} :"}),
    "commitments by letter": Manner(marks={"number": "E{}"}),
}


def read(content: bytes) -> Reading:
    return interpret(read_contents(content))


def plain(text: str) -> str:
    """Return text with its firm spaces and curly apostrophes as anybody types them."""
    for one, other in _FIRM:
        text = text.replace(one, other)
    return " ".join(text.replace("\u200b", "").replace("\u00ad", "").split(" ")).strip()


def same(text: str) -> str:
    return plain(text).casefold()


def as_read(found: Reading) -> dict[str, object]:
    """Return what was read in the shape of ``as_typed``."""
    m = found.minutes
    return {
        "body": same(m.body),
        "when": (m.day, m.at),
        "place": plain(m.place),
        "plan": m.plan,
        "people": [
            (
                a.who.civility.value if a.who.civility else "",
                plain(a.who.name),
                sorted((role.value, number) for role, number in a.spoken),
                a.presence.value,
            )
            for a in m.attendees
        ],
        "agenda": [same(s.title) for s in m.sections if s.title],
        "headings": [same(s.heading) for s in m.sections if s.heading],
        "progress": [s.progress for s in m.sections],
        "points": [[(p.level, plain(p.text)) for p in s.points] for s in m.sections],
        "overall": m.overall,
        "rates": {r.commitment: r.percent for r in m.rates},
        "details": {r.commitment: plain(r.details) for r in m.rates if r.details},
    }


def as_typed(truth: Truth, *, agenda: bool = True) -> dict[str, object]:
    """Return the truth as a reading of it should be."""
    rates: dict[int, int | None] = {n: None for who in truth.people for n in who.numbers}
    rates |= {number: percent for number, percent, _ in truth.rows}
    return {
        "body": same(truth.body),
        "when": (truth.day, truth.at),
        "place": plain(truth.place),
        "plan": truth.plan,
        "people": [
            (w.civility, plain(w.name), sorted((w.role, n) for n in w.numbers), w.presence)
            for w in truth.people
        ],
        "agenda": [same(part.title) for part in truth.parts] if agenda else [],
        "headings": [same(part.headed) for part in truth.parts],
        "progress": [part.progress for part in truth.parts],
        "points": [[(level, plain(t)) for level, t in part.points] for part in truth.parts],
        "overall": truth.overall,
        "rates": rates | dict.fromkeys(truth.completed, 100),
        "details": {number: plain(text) for number, _, text in truth.rows},
    }


# No word is lost ---------------------------------------------------------------------------------

_SAID_OTHERWISE = frozenset(
    re.findall(
        r"\w+",
        "m mr mme monsieur madame dr pr pf e n et de du des à le la l eng engagement engagements "
        "point points focal suppl suppléant suppléante invité invitée présent absent excusé "
        "excusée",
    )
)
"""What a card says by its civility, role, presence and numbers, and dates by their figures."""


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", same(text)))


def words_of(content: bytes) -> Counter[str]:
    """Return the words of a file's parts, read beside the program: each text once."""
    found: list[str] = []
    with ZipFile(BytesIO(content)) as package:
        for name in package.namelist():
            if not re.fullmatch(r"word/(?:document|footnotes|header|footer)\.xml", name):
                continue
            root = etree.fromstring(package.read(name))
            for twice in list(root.iter(f"{_MC}Fallback")):
                parent = twice.getparent()
                assert parent is not None
                parent.remove(twice)
            for paragraph in root.iter(f"{_W}p"):
                own = [
                    t
                    for t in paragraph.iter()
                    if next(t.iterancestors(f"{_W}p"), None) is paragraph
                ]
                texts = {f"{_W}t", f"{_W}delText"}
                found.append(
                    "".join(
                        (t.text or "") if t.tag in texts else " "
                        for t in own
                        if t.tag in {*texts, f"{_W}br", f"{_W}tab"}
                    )
                )
    return words("\n".join(found))


def words_kept(found: Reading) -> Counter[str]:
    """Return the words of the meeting itself, of what was left out, and of labels and figures."""
    m = found.minutes
    told = {Became.TITLE, Became.LABEL, Became.DATE, Became.OVERALL, Became.COMPLETED}
    kept = [aside.text for aside in found.left_out]
    kept += [outcome.text for outcome in found.outcomes if outcome.became in told]
    kept += [m.place, *(f"{a.who.name} {a.institution}" for a in m.attendees)]
    for section in m.sections:
        kept += [section.title, section.heading, *(point.text for point in section.points)]
    kept += [f"{r.details} {r.title} {r.institution}" for r in m.rates]
    return words("\n".join(kept))


def lost(content: bytes, found: Reading) -> list[str]:
    missing = words_of(content) - words_kept(found)
    marks = re.compile(r"\d+|[a-z]|[ivx]+|e\d+")
    return [w for w in missing if w not in _SAID_OTHERWISE and not marks.fullmatch(w)]


def assert_read(truth: Truth, content: bytes, *, agenda: bool = True) -> Reading:
    found = read(content)
    assert as_read(found) == as_typed(truth, agenda=agenda)
    assert lost(content, found) == []
    return found


# Manners -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("manner", MANNERS)
def test_a_relevé_typed_in_another_manner_gives_its_data(manner: str) -> None:
    own = MANNERS[manner]
    for truth in TRUTHS.values():
        assert_read(truth, typed(truth, own), agenda=own.agenda != "none")


def _seed() -> Truth:
    """Return the committee's own relevé as a truth to be typed otherwise."""
    data = json.loads(seed_bytes())
    progress, notes = data["progress"], list(data["notes"])
    parts = []
    for title in data["agenda"]:
        if title == progress["heading"]:
            parts.append(Part(title, progress=True))
            continue
        note = notes.pop(0)
        points = tuple((p["level"], p["text"]) for p in note["points"])
        parts.append(Part(title, points, note["heading"]))
    people = (
        Someone(p["civility"], p["name"], tuple(p["commitments"]), p["role"])
        for p in data["participants"]
    )
    return Truth(
        f"RÉUNION DU {data['body'].upper()}",
        data["body"],
        data["plan"]["label"],
        date.fromisoformat(data["date"]),
        time.fromisoformat(data["time"]),
        data["place"],
        tuple(people),
        tuple(parts),
        progress["overall_percent"],
        tuple(progress["completed"]),
        tuple((row["commitment"], row["percent"], row["details"]) for row in progress["rows"]),
    )


@needs_seed
def test_the_committees_own_relevé_in_every_manner_gives_its_data() -> None:
    truth = _seed()
    for own in MANNERS.values():
        assert_read(truth, typed(truth, own), agenda=own.agenda != "none")


_FREE = ("dialect", "moment", "people", "agenda", "headings", "points", "table", "completed")


@modest
@given(
    truth=st.sampled_from([*TRUTHS.values()]),
    chosen=st.lists(st.sampled_from([*MANNERS.values()]), min_size=2, max_size=4),
)
def test_manners_mix(truth: Truth, chosen: list[Manner]) -> None:
    usual, mixed = Manner(), Manner()
    for own in chosen:
        changed = {f: getattr(own, f) for f in _FREE if getattr(own, f) != getattr(usual, f)}
        mixed = replace(mixed, **changed)
    found = read(typed(truth, mixed))
    wanted, got = as_typed(truth, agenda=mixed.agenda != "none"), as_read(found)
    for part in ("when", "people", "agenda", "overall", "rates"):
        assert got[part] == wanted[part]
