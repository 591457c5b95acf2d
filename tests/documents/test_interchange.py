"""A wrong file gives one French sentence and changes nothing; a right one loses nothing."""

from __future__ import annotations

import copy
import json
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pan_desktop.app import releve
from pan_desktop.app.minutes import Imported
from pan_desktop.documents.interchange import NOTHING_IMPORTED, read_releve, write_releve
from pan_desktop.domain.errors import ConflictError, InputError
from tests.builders import (
    SAMPLES,
    Json,
    as_bytes,
    dump,
    modest,
    office_in,
    releves,
    sample,
    sample_bytes,
)
from tests.seed_text import needs_seed, seed_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pan_desktop.app.office import Office

Path = tuple[str | int, ...]
GONE = object()


@pytest.fixture(scope="module")
def office_with_one(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """Give one office for all wrong files: they must change nothing in it."""
    with office_in(tmp_path_factory.mktemp("refus")) as office:
        office.run(releve.import_releve, content=sample_bytes(SAMPLES[1]))
        yield office


def refused(office: Office, content: bytes, family: type[InputError] = InputError) -> str:
    """Import a wrong file, see that it left no trace, and return what the user is told."""
    before = dump(office.database)
    with pytest.raises(family) as caught:
        office.run(releve.import_releve, content=content)
    assert dump(office.database) == before
    assert type(caught.value) is family
    sentence = caught.value.sentence
    assert NOTHING_IMPORTED in sentence
    assert sentence.endswith(".")
    assert sentence == sentence.strip()
    assert not {"\n", "\r"} & set(sentence)
    sentence.encode()
    assert len(sentence) < 600
    return sentence


def changed(data: Json, path: Path, value: object) -> Json:
    """Return the data with another value at one place, or with none there."""
    result = copy.deepcopy(data)
    place: Any = result
    for step in path[:-1]:
        place = place[step]
    if value is GONE:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return result


def added(data: Json, path: Path, key: str) -> Json:
    return changed(data, (*path, key), "x")


# Files that are no relevé ----------------------------------------------------------------


def test_a_file_cut_anywhere_is_refused(office_with_one: Office) -> None:
    content = sample_bytes().rstrip()
    for length in [*range(0, len(content), 50), len(content) - 1]:
        refused(office_with_one, content[:length])


NO_RELEVÉ = {
    "empty": b"",
    "blank": b" \n",
    "byte-order mark only": b"\xef\xbb\xbf",
    "words": b"bonjour",
    "zip": b"PK\x03\x04\x14\x00",
    "null": b"null",
    "list": b"[]",
    "empty object": b"{}",
    "number": b"12",
    "string": b'"releve/1"',
    "not a number": b"NaN",
    "deep lists": b"[" * 200_000,
    "deep objects": b'{"format":' * 100_000,
    "huge number alone": b"1" * 5000,
    "huge number inside": b'{"format": "releve/1", "plan": ' + b"9" * 5000 + b"}",
    "latin-1": '{"format": "relevé"}'.encode("latin-1"),
    "utf-16": sample_bytes().decode().encode("utf-16"),
    "cp1252": sample_bytes().decode().encode("cp1252"),
    "something after": sample_bytes() + b"{}",
    "list of relevés": as_bytes([sample()]),
    "format 2": as_bytes(sample() | {"format": "releve/2"}),
    "format in a list": as_bytes(sample() | {"format": ["releve/1"]}),
    "format null": as_bytes(sample() | {"format": None}),
    "no format": as_bytes({k: v for k, v in sample().items() if k != "format"}),
    "percent NaN": sample_bytes().replace(b": 55,", b": NaN,"),
    "percent infinite": sample_bytes().replace(b": 55,", b": -Infinity,"),
    "percent too big for a float": sample_bytes().replace(b": 55,", b": 1e400,"),
    "percent of 300 digits": sample_bytes().replace(b": 55,", b": 1e300,"),
    "percent of 4000 digits": sample_bytes().replace(b": 55,", b": " + b"9" * 4000 + b","),
    "percent of 5000 digits": sample_bytes().replace(b": 55,", b": " + b"9" * 5000 + b","),
}


@pytest.mark.parametrize("content", NO_RELEVÉ.values(), ids=NO_RELEVÉ)
def test_what_is_no_relevé_is_refused(office_with_one: Office, content: bytes) -> None:
    assert content != sample_bytes()
    refused(office_with_one, content)


def test_a_key_written_twice_is_refused(office_with_one: Office) -> None:
    content = sample_bytes()
    twice = content.replace(b'"place":', b'"place": "Ailleurs", "place":', 1)
    assert json.loads(twice) == json.loads(content)
    assert "place" in refused(office_with_one, twice)


# Relevés that are wrong ------------------------------------------------------------------

NO_TEXT: tuple[object, ...] = (None, 3, ["a"], {}, "coupé \ud800 en deux")
ROW: Path = ("progress", "rows", 0)
SOMEONE: Path = ("participants", 0)
POINT: Path = ("notes", 0, "points", 0)

WRONG_VALUES: list[tuple[Path, object]] = [
    # An unknown commitment, or none at all.
    ((*SOMEONE, "commitments"), [1, 17]),
    ((*SOMEONE, "commitments"), []),
    ((*SOMEONE, "commitments"), [1, 1]),
    ((*SOMEONE, "commitments"), ["1"]),
    ((*SOMEONE, "commitments"), [True]),
    ((*SOMEONE, "commitments"), {"1": 1}),
    (("progress", "completed"), [2, 5, 14, 99]),
    (("progress", "completed"), [2, 2, 5, 14]),
    (("progress", "completed"), [2, 5, 14, 1]),
    (("progress", "completed"), None),
    ((*ROW, "commitment"), 17),
    ((*ROW, "commitment"), 0),
    ((*ROW, "commitment"), -1),
    ((*ROW, "commitment"), 1.5),
    ((*ROW, "commitment"), "1"),
    ((*ROW, "commitment"), None),
    ((*ROW, "commitment"), 10**300),
    ((*ROW, "commitment"), 3),  # twice in the table
    ((*ROW, "commitment"), 2),  # complete as well
    # No percent.
    *(
        (path, value)
        for path in ((*ROW, "percent"), ("progress", "overall_percent"))
        for value in (140, -1, 101, "95", "95%", 95.5, True, None, [95], 10**30, 1e300)
    ),
    ((*ROW, "percent"), 100),
    # No date, no hour.
    *(
        (("date",), value)
        for value in (
            "2025-02-31",
            "2025-13-01",
            "2025-00-10",
            "31/10/2025",
            "20251016",
            "2025-W42-4",
            "2025-10-16T09:00",
            " 2025-10-16",
            "٢٠٢٥-10-16",
            "",
            20251016,
            None,
        )
    ),
    *(
        (("time",), value)
        for value in (
            "25:00",
            "24:00",
            "09:60",
            "9:00",
            "9h00",
            "09:00:00",
            "T0900",
            "09+01",
            "0900Z",
            "",
            9,
            None,
        )
    ),
    # No text.
    *(
        (path, value)
        for path in (
            ("plan", "label"),
            ("body",),
            ("agenda", 0),
            ("progress", "heading"),
            (*SOMEONE, "name"),
            ("notes", 0, "heading"),
            (*POINT, "text"),
        )
        for value in ("", "  ", "\u00a0\n", *NO_TEXT)
    ),
    *((path, value) for path in (("place",), (*ROW, "details")) for value in NO_TEXT),
    # Not the shape.
    (("plan",), "2024-2027"),
    (("plan",), []),
    (("plan", "commitments"), 16),
    (("plan", "commitments"), [*range(1, 17), 16]),
    (("plan", "commitments"), [*range(17)]),
    (("plan", "commitments"), [*range(1, 17), 10_000]),
    (("plan", "commitments"), [*range(1, 17), None]),
    (("participants",), {}),
    (("participants",), None),
    (SOMEONE, "Youssef BELGHAMRI"),
    ((*SOMEONE, "civility"), "Mlle"),
    ((*SOMEONE, "civility"), "M."),
    ((*SOMEONE, "civility"), None),
    ((*SOMEONE, "civility"), ["M"]),
    ((*SOMEONE, "civility"), {"M": 1}),
    ((*SOMEONE, "role"), "chair"),
    ((*SOMEONE, "role"), "guest"),  # with commitments
    ((*SOMEONE, "role"), None),
    ((*SOMEONE, "role"), ["focal_point"]),
    (("agenda",), "Divers"),
    (("agenda",), {"0": "Divers"}),
    (("progress",), []),
    (("progress", "rows"), {}),
    (("progress", "rows"), [[1, 85, ""]]),
    (("notes",), {}),
    (("notes",), ["Divers"]),
    (("notes", 0, "points"), "un"),
    (("notes", 0, "points"), ["un"]),
    ((*POINT, "level"), 1),
    ((*POINT, "level"), -1),
    ((*POINT, "level"), "0"),
    ((*POINT, "level"), False),
    ((*POINT, "level"), 0.5),
    ((*POINT, "level"), None),
    (("notes", 0, "points", 1, "level"), 2),
]


@pytest.mark.parametrize(
    ("path", "value"),
    WRONG_VALUES,
    ids=[f"{n}-{'.'.join(map(str, path))}" for n, (path, _) in enumerate(WRONG_VALUES)],
)
def test_a_wrong_value_is_refused(office_with_one: Office, path: Path, value: object) -> None:
    data = changed(sample(), path, value)
    refused(office_with_one, json.dumps(data).encode())


@pytest.mark.parametrize(
    ("path", "value", "named"),
    [
        ((*SOMEONE, "commitments"), [1, 17], ["17", "Youssef BELGHAMRI"]),
        (("progress", "completed"), [2, 99], ["99"]),
        ((*ROW, "percent"), 140, ["140", "engagement 1"]),
        (("date",), "2025-02-31", ["2025-02-31"]),
        (("time",), "25:00", ["25:00"]),
        ((*SOMEONE, "civility"), "Mlle", ["Youssef BELGHAMRI"]),
    ],
)
def test_the_sentence_names_what_is_wrong(
    office_with_one: Office, path: Path, value: object, named: list[str]
) -> None:
    sentence = refused(office_with_one, as_bytes(changed(sample(), path, value)))
    assert all(words in sentence for words in named)


def every_object(data: object, path: Path = ()) -> Iterator[tuple[Path, Json]]:
    """Yield the first object of every kind in the data, with its place."""
    if isinstance(data, dict):
        yield path, data
        for key, value in data.items():
            yield from every_object(value, (*path, key))
    elif isinstance(data, list) and data:
        yield from every_object(data[0], (*path, 0))


OBJECTS = list(every_object(sample()))


@pytest.mark.parametrize(
    "path", [(*path, key) for path, found in OBJECTS for key in found], ids=str
)
def test_a_missing_key_is_refused_by_name(office_with_one: Office, path: Path) -> None:
    sentence = refused(office_with_one, as_bytes(changed(sample(), path, GONE)))
    assert str(path[-1]) in sentence


@pytest.mark.parametrize("path", [path for path, _ in OBJECTS], ids=str)
@pytest.mark.parametrize("key", ["remarque", "", "a\nb", "\ud800"], ids=ascii)
def test_an_unknown_key_is_refused(office_with_one: Office, path: Path, key: str) -> None:
    refused(office_with_one, json.dumps(added(sample(), path, key)).encode())


@pytest.mark.parametrize("text", ["a\nb", "\ud800", "x" * 5000], ids=["lines", "half", "long"])
@pytest.mark.parametrize(
    "wrong",
    [
        lambda data, text: data.update(date=text),
        lambda data, text: data["notes"][0].update(heading=text, points=[{}]),
        lambda data, text: data["notes"][0]["points"][0].update(text=text, level=3),
        lambda data, text: data["participants"][0].update(name=text, role="x"),
    ],
    ids=["date", "heading", "point", "name"],
)
def test_odd_text_in_the_file_does_not_break_the_sentence(
    office_with_one: Office, wrong: Callable[[Json, str], None], text: str
) -> None:
    data = sample()
    wrong(data, text)
    refused(office_with_one, json.dumps(data).encode())


def participants(*rows: tuple[str, str, list[int]]) -> Json:
    found = [
        {"civility": "Mme", "name": name, "role": role, "commitments": numbers}
        for name, role, numbers in rows
    ]
    return sample() | {"participants": found}


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (participants(("A B", "focal_point", [1]), ("A B", "focal_point", [2])), "A B"),
        (participants(("A B", "guest", []), ("A B", "guest", [])), "A B"),
        (participants(("A B", "focal_point", [1]), ("A B", "alternate", [1])), "A B"),
        (participants(("A B", "focal_point", [1]), ("A B", "guest", [])), "A B"),
        (
            participants(
                ("A B", "focal_point", [1]),
                ("A B", "alternate", [2]),
                ("C D", "alternate", [3]),
                ("C D", "alternate", [4]),
            ),
            "C D",
        ),
    ],
)
def test_one_person_twice_is_refused_by_name(
    office_with_one: Office, data: Json, name: str
) -> None:
    assert name in refused(office_with_one, as_bytes(data))


@pytest.mark.parametrize("people", [1, 2000])
def test_more_than_a_relevé_ever_says_is_refused(office_with_one: Office, people: int) -> None:
    # Each commitment of each participant is a row: their product is what takes the time.
    data = sample()
    one = data["participants"][0]
    numbers = data["plan"]["commitments"] if people > 1 else list(range(1, 9999))
    data["plan"]["commitments"] = numbers
    data["progress"]["rows"] = []
    data["participants"] = [
        {**one, "name": f"Nom {number}", "commitments": numbers} for number in range(people + 1)
    ]
    assert "beaucoup trop d’entrées" in refused(office_with_one, as_bytes(data))


def test_a_man_and_a_woman_of_one_name_are_two_people() -> None:
    data = participants(("A B", "focal_point", [1]), ("A B", "focal_point", [2]))
    data["participants"][1]["civility"] = "M"
    assert len(read_releve(as_bytes(data)).participants) == 2


@modest
@given(data=st.data())
def test_no_damage_to_the_bytes_is_ever_a_crash(
    office_with_one: Office, data: st.DataObject
) -> None:
    content = bytearray(sample_bytes())
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place] = data.draw(st.integers(0, 255))
    with suppress(InputError):
        read_releve(bytes(content))


# Relevés that contradict the database ----------------------------------------------------


def test_another_meeting_of_the_body_at_that_hour_is_refused(office_with_one: Office) -> None:
    other = sample(SAMPLES[1]) | {"place": "Ailleurs"}
    sentence = refused(office_with_one, as_bytes(other), ConflictError)
    assert "Comité d'implémentation" in sentence
    assert "mardi 14 avril 2026 à 14h30" in sentence


@pytest.mark.parametrize(
    "other", [{"time": "14:31"}, {"date": "2026-04-15"}, {"body": "Comité de pilotage"}], ids=str
)
def test_another_hour_day_or_body_is_another_meeting(office: Office, other: Json) -> None:
    first = office.run(releve.import_releve, content=as_bytes(sample())).result
    second = office.run(releve.import_releve, content=as_bytes(sample() | other)).result
    assert second.new
    assert second.meeting_id != first.meeting_id


@pytest.mark.parametrize(
    "again",
    [
        sample_bytes(),
        as_bytes(sample()),
        b"\xef\xbb\xbf" + sample_bytes(),
        json.dumps(sample(), indent=8, sort_keys=True).encode(),
    ],
    ids=["same bytes", "no indentation", "byte-order mark", "escaped and sorted"],
)
def test_the_same_relevé_twice_is_one_meeting(office: Office, again: bytes) -> None:
    first = office.run(releve.import_releve, content=sample_bytes()).result
    before = dump(office.database)
    outcome = office.run(releve.import_releve, content=again)
    assert outcome.result == Imported(first.meeting_id, new=False)
    assert not outcome.changes.kinds
    assert dump(office.database) == before


# Nothing lost ----------------------------------------------------------------------------


@pytest.mark.parametrize("name", SAMPLES)
def test_the_sample_is_written_as_it_was_read(name: str) -> None:
    assert write_releve(read_releve(sample_bytes(name))) == sample_bytes(name)


@needs_seed
def test_the_seed_is_written_as_it_was_read() -> None:
    assert write_releve(read_releve(seed_bytes())) == seed_bytes().rstrip() + b"\n"


@modest
@given(data=releves())
def test_any_relevé_is_written_as_it_was_read(data: Json) -> None:
    assert json.loads(write_releve(read_releve(as_bytes(data)))) == data


def test_whole_numbers_may_be_written_with_a_point() -> None:
    data = changed(sample(), (*ROW, "percent"), 85.0)
    assert read_releve(as_bytes(data)) == read_releve(sample_bytes())


def test_the_deepest_level_is_kept(office: Office) -> None:
    data = sample()
    points = [{"level": level, "text": f"niveau {level}"} for level in range(9)]
    data["notes"][0]["points"] = points
    meeting_id = office.run(releve.import_releve, content=as_bytes(data)).result.meeting_id
    back = json.loads(office.run(releve.releve_json, meeting_id=meeting_id).result)
    assert back == data
    points.append({"level": 9, "text": "trop"})
    with pytest.raises(InputError):
        read_releve(as_bytes(data))
