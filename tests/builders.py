"""What several tests build with: databases, dumps, the sample, other committees' relevés."""

from __future__ import annotations

import json
import sqlite3
import string
import tempfile
from contextlib import closing, contextmanager
from datetime import date, time
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from pan_desktop import resources
from pan_desktop.app.office import Office
from pan_desktop.app.sample import fill, fill_meetings
from pan_desktop.domain.keys import Key
from pan_desktop.domain.wording import Sentences
from pan_desktop.store.location import APPLICATION_ID
from pan_desktop.store.opening import connect, fitting

if TYPE_CHECKING:
    from collections.abc import Iterator

Json = dict[str, Any]
Dump = dict[str, list[dict[str, Any]]]

SAMPLES = ("releve-2025-10-16.json", "releve-2026-04-14.json", "releve-2026-10-14.json")
BOOKKEEPING = frozenset({"version", "created_at", "updated_at"})

_common = {
    "derandomize": True,
    "database": None,
    "deadline": None,
    "suppress_health_check": [HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
}
thorough = settings(max_examples=300, **_common)  # type: ignore[arg-type]
"""For pure rules."""
modest = settings(max_examples=40, **_common)  # type: ignore[arg-type]
"""For what goes through a database."""


# Databases -------------------------------------------------------------------------------

KEY = Key(bytes(range(32)), bytes(range(16)))
"""A key for encrypted databases, not made of a passphrase: that takes 0.3 s."""


@cache
def empty_database() -> bytes:
    """Return the bytes of a database that was just created: copying is faster than making."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "vide.db"
        office = Office(str(file))
        office.open()
        office.close()
        return file.read_bytes()


@cache
def filled_database() -> bytes:
    """Return the bytes of a database that holds the sample's meetings, plan and people."""
    with tempfile.TemporaryDirectory() as folder, office_in(Path(folder)) as office:
        office.run(fill_meetings)
        office.close()
        return Path(office.database).read_bytes()


@cache
def lived_database() -> bytes:
    """Return the bytes of a database that holds the whole sample, what was promised included."""
    with tempfile.TemporaryDirectory() as folder, office_in(Path(folder)) as office:
        office.run(fill)
        office.close()
        return Path(office.database).read_bytes()


@cache
def encrypted(content: bytes) -> bytes:
    """Return the bytes of a database, encrypted with ``KEY``."""
    with tempfile.TemporaryDirectory() as folder:
        plain, file = Path(folder) / "claire.db", Path(folder) / "chiffree.db"
        plain.write_bytes(content)
        with closing(connect(file, KEY, mode="rwc")) as connection:
            connection.execute("ATTACH ? AS source KEY ''", [str(plain)])
            connection.execute("SELECT sqlcipher_export('main', 'source')")
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        return file.read_bytes()


@contextmanager
def office_in(
    folder: Path, content: bytes | None = None, key: Key | None = None
) -> Iterator[Office]:
    """Open an office on a database of its own in ``folder`` (an empty one), closed at the end.

    With ``KEY``, on the same database, encrypted.
    """
    with tempfile.TemporaryDirectory(dir=folder) as own:
        file = Path(own) / "pan.db"
        content = empty_database() if content is None else content
        file.write_bytes(content if key is None else encrypted(content))
        office = Office(str(file), key=key)
        try:
            yield office
        finally:
            office.close()


def dump(file: str | Path) -> Dump:
    """Return every row of every table, read beside the program.

    The steps to undo and the index of the search are no part of what the office holds;
    tests/app/test_history.py and tests/store/test_search.py have them.
    """
    with closing(connect(Path(file), fitting(Path(file), KEY))) as connection:
        return rows(connection)


def rows(connection: sqlite3.Connection) -> Dump:
    """Return every row of every table that a connection reads."""
    connection.row_factory = _by_name
    names = [
        row["name"]
        for row in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'step'"
            " AND name NOT GLOB 'search_*' ORDER BY name"
        )
    ]
    return {
        name: sorted(connection.execute(f'SELECT * FROM "{name}"').fetchall(), key=str)
        for name in names
    }


def _by_name(cursor: sqlite3.Cursor, row: tuple[object, ...]) -> Json:
    return {column[0]: value for column, value in zip(cursor.description, row, strict=True)}


def content(found: Dump) -> Dump:
    """Return a dump without what any write changes: versions, instants, the journal."""
    return {
        name: sorted(
            ({k: v for k, v in row.items() if k not in BOOKKEEPING} for row in rows), key=str
        )
        for name, rows in found.items()
        if name != "journal"
    }


# Sample ----------------------------------------------------------------------------------


def sample_bytes(name: str = SAMPLES[0]) -> bytes:
    """Return one of the project's own relevés as a file."""
    return resources.path(f"sample/{name}").read_bytes()


def sample(name: str = SAMPLES[0]) -> Json:
    """Return one of the project's own relevés as data, to change at will."""
    found: Json = json.loads(sample_bytes(name))
    return found


def as_bytes(data: object) -> bytes:
    """Return data as a JSON file."""
    return json.dumps(data, ensure_ascii=False).encode()


# Other committees ------------------------------------------------------------------------

BODIES = {
    "Comité d'implémentation": "RÉUNION DU COMITÉ D'IMPLÉMENTATION",
    "Comité de pilotage": "RÉUNION DU COMITÉ DE PILOTAGE",
    "Commission locale de suivi": "RÉUNION DE LA COMMISSION LOCALE DE SUIVI",
    "Instance de concertation": "RÉUNION DE L'INSTANCE DE CONCERTATION",
    "Équipe du portail": "RÉUNION DE L'ÉQUIPE DU PORTAIL",
    "Groupe des points focaux": "RÉUNION DU GROUPE DES POINTS FOCAUX",
}
_TITLES = (
    "Portail de suivi",
    "Questions diverses",
    "Rapport d'auto-évaluation",
    "Budget de l'exercice",
    "Processus de cocréation du prochain plan",
    "Rencontres régionales",
    "Formation des points focaux",
    "لقاءات جهوية",
)
_FIRST = ("Amal", "Brahim", "Chaïmae", "Driss", "Ève", "Fadwa", "Amal")
_LAST = ("ZIRAOUI", "El Ghorfi", "TAZI-BELKORA", "Oumari", "D'AZEMMOUR", "بنعلي")
_LETTERS = (
    string.ascii_letters + string.digits + "éÉàçœïÀ" + "   " + "'’,.;:!?%()«»-/+<&>\"" + "🙂ح"
)

words = st.text(_LETTERS, min_size=1, max_size=40).filter(lambda text: bool(text.strip()))
"""A line that someone may type, with all that a Word file must escape."""

_detail_lines = st.one_of(
    words,
    words.map(lambda text: f"- {text}"),
    words.map(lambda text: f"1. {text}"),
    words.map(lambda text: f"2. {text}"),
    words.map(lambda text: f"1er {text}"),
    st.just(""),
)
details = st.one_of(
    st.just(""),
    st.just(Sentences().focal_point_absent),
    st.just(Sentences().no_progress),
    st.lists(_detail_lines, max_size=6).map("\n".join),
    st.lists(words, min_size=2, max_size=4).map(
        lambda lines: "\n".join(f"{n}. {line}" for n, line in enumerate(lines, 1))
    ),
)


@st.composite
def outlines(draw: st.DrawFn) -> list[tuple[int, str]]:
    """Draw the points of a section: levels of which none is skipped."""
    points: list[tuple[int, str]] = []
    for text in draw(st.lists(words, max_size=7)):
        deepest = min(points[-1][0] + 1, 8) if points else 0
        points.append((draw(st.integers(0, deepest)), text))
    return points


@st.composite
def _participants(draw: st.DrawFn, numbers: list[int]) -> list[Json]:
    people = [
        (civility, f"{first} {last}")
        for civility in ("M", "Mme")
        for first in _FIRST[:-1]
        for last in _LAST
    ]
    found: list[Json] = []
    for civility, name in draw(st.lists(st.sampled_from(people), max_size=8, unique=True)):
        role = draw(st.sampled_from(["focal_point", "focal_point", "alternate", "guest"]))
        spoken = draw(st.sets(st.sampled_from(numbers), min_size=1, max_size=4))
        held = [] if role == "guest" else sorted(spoken)
        found.append({"civility": civility, "name": name, "role": role, "commitments": held})
    return found


@st.composite
def _agenda(draw: st.DrawFn, label: str) -> tuple[list[str], str, list[str]]:
    """Draw the agenda, the progress item's heading and the other sections' headings."""
    titles = draw(st.lists(st.sampled_from(_TITLES), max_size=4, unique=True))
    own = f"Etat d'avancement des engagements {label}"
    place = draw(st.integers(0, len(titles)))
    agenda = [*titles[:place], own, *titles[place:]]
    kind = draw(st.sampled_from(["same", "reworded", "fewer", "more"]))
    if kind == "reworded":
        headings = [f"{draw(st.sampled_from(['Suites :', 'Point sur']))} {t}" for t in titles]
    elif kind == "fewer":
        headings = [title for title in titles if draw(st.booleans())]
    else:
        headings = titles + ["Point soulevé en séance"] * (kind == "more")
    return agenda, own, headings


@st.composite
def releves(draw: st.DrawFn) -> Json:
    """Draw the relevé of some other committee, of another plan, in the form ``releve/1``."""
    first = draw(st.integers(1990, 2090))
    label = draw(st.sampled_from([f"{first}-{first + 3}", f"local {first}", "pilote"]))
    numbers = sorted(draw(st.sets(st.integers(1, 30), min_size=1, max_size=22)))
    percents = {n: draw(st.one_of(st.just(100), st.integers(0, 99))) for n in numbers}
    agenda, heading, headings = draw(_agenda(label))
    moment = draw(st.times(min_value=time(7), max_value=time(20)))
    return {
        "format": "releve/1",
        "plan": {"label": label, "commitments": numbers},
        "body": draw(st.sampled_from(sorted(BODIES))),
        "date": draw(st.dates(date(1990, 1, 1), date(2099, 12, 31))).isoformat(),
        "time": f"{moment:%H}:{draw(st.sampled_from(['00', '05', '30', '59']))}",
        "place": draw(words),
        "participants": draw(_participants(numbers)),
        "agenda": agenda,
        "progress": {
            "heading": heading,
            "overall_percent": draw(st.integers(0, 100)),
            "completed": [n for n in numbers if percents[n] == 100],
            "rows": [
                {"commitment": n, "percent": percents[n], "details": draw(details)}
                for n in numbers
                if percents[n] < 100
            ],
        },
        "notes": [
            {
                "heading": heading,
                "points": [{"level": level, "text": text} for level, text in draw(outlines())],
            }
            for heading in headings
        ],
    }
