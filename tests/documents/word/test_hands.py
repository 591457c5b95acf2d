"""Relevés typed by many hands give the data they were typed from, and no word is lost."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pan_desktop.app.releve import releve_json
from pan_desktop.app.word_import import accept, preview
from pan_desktop.documents.interpret.reading import interpret
from pan_desktop.documents.word.reading import read_contents
from tests.builders import SAMPLES, modest, office_in, releves, sample
from tests.documents.word.hand import HANDS, Hand, written
from tests.seed_text import SEED, needs_seed, seed_bytes

if TYPE_CHECKING:
    from pathlib import Path

    from pan_desktop.documents.interpret.outcome import Reading
    from tests.builders import Json


def read(content: bytes) -> Reading:
    return interpret(read_contents(content))


def imported(content: bytes, folder: Path) -> Json:
    """Return what a Word file became in an empty database, exported again as data."""
    file = folder / "relevé.docx"
    file.write_bytes(content)
    with office_in(folder) as office:
        meeting = accept(office, seen=preview(office, file=file)).result.meeting_id
        found: Json = json.loads(office.run(releve_json, meeting_id=meeting).result)
        return found


def ordered(data: Json) -> Json:
    """Return data with its commitments in order: a paper lists them as it likes."""
    data["plan"]["commitments"] = sorted(data["plan"]["commitments"])
    return data


@needs_seed
def test_the_committees_own_relevé_gives_its_data(tmp_path: Path) -> None:
    content = (SEED / "releve-2020-12-21.docx").read_bytes()
    assert imported(content, tmp_path) == json.loads(seed_bytes())


@needs_seed
def test_what_was_put_right_in_it_is_told() -> None:
    found = read((SEED / "releve-2020-12-21.docx").read_bytes())
    assert [outcome.what for outcome in found.doubts] == [
        "engagement 4, 96 %",
        "engagement 7, 24 %",
    ]
    assert [str(aside.why) for aside in found.left_out] == ["en-tête de tableau répété à la main"]


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("hand", HANDS)
def test_a_relevé_of_any_hand_gives_its_data(hand: str, name: str, tmp_path: Path) -> None:
    data = sample(name)
    assert imported(written(data, HANDS[hand]), tmp_path) == ordered(data)


@needs_seed
@pytest.mark.parametrize("hand", HANDS)
def test_the_committees_relevé_in_another_hand_gives_its_data(hand: str, tmp_path: Path) -> None:
    data = json.loads(seed_bytes())
    assert imported(written(data, HANDS[hand]), tmp_path) == data


# No word is lost ------------------------------------------------------------------------------

_WORD = re.compile(r"\w+")


def words(text: str) -> Counter[str]:
    return Counter(_WORD.findall(text.casefold()))


def words_of(content: bytes) -> Counter[str]:
    """Return the words of a file, read beside the program by python-docx."""
    from io import BytesIO

    from docx import Document

    paper = Document(BytesIO(content))
    texts = [p.text for p in paper.paragraphs]
    texts += [c.text for t in paper.tables for row in t.rows for c in row.cells]
    return words("\n".join(texts))


def words_kept(found: Reading) -> Counter[str]:
    """Return every word that a reading accounts for: lines that became something, and the rest."""
    told = [outcome.text for outcome in found.outcomes if outcome.became.name != "LEFT_OUT"]
    told += [aside.text for aside in found.left_out]
    rates = [f"{r.commitment} {r.percent}" for r in found.minutes.rates]
    return words("\n".join([*told, *rates]))


@pytest.mark.parametrize("hand", HANDS)
def test_every_word_is_in_the_meeting_or_among_what_was_left_out(hand: str) -> None:
    content = written(sample(), HANDS[hand])
    lost = words_of(content) - words_kept(read(content))
    # The table's own header is known by what it heads.
    for head in ("engagement", "etat", "d", "avancement", "détails", "fournis", "par", "le"):
        lost.pop(head, None)
    for head in ("point", "focal"):
        lost.pop(head, None)
    assert not lost


@modest
@given(data=releves(), hand=st.sampled_from([*HANDS.values()]))
def test_any_committees_relevé_is_read_without_losing_a_person_or_a_rate(
    data: Json, hand: Hand
) -> None:
    found = read(written(data, hand)).minutes
    assert [a.who.name for a in found.attendees] == [p["name"] for p in data["participants"]]
    told = {n for p in data["participants"] for n in p["commitments"]}
    rates = {r.commitment: r.percent for r in found.rates if r.percent is not None}
    wanted = {row["commitment"]: row["percent"] for row in data["progress"]["rows"]}
    assert rates == wanted | dict.fromkeys(data["progress"]["completed"], 100)
    assert told <= {r.commitment for r in found.rates}
    assert found.day.isoformat() == data["date"]
    assert f"{found.at:%H:%M}" == data["time"]
