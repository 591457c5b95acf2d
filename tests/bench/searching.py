"""Searching through the whole use case, against the bare FTS5 query for the same words.

The bare table holds the same texts and nothing else, as FTS5 makes it when nothing is said; its
query returns the newest twenty with the words marked by SQLite's own ``snippet``, which is what the
use case gives too: twenty hits, read from their rows, with their words lit. Both take turns, query
by query, so that a slow minute of the machine hits both. Before none of the searches anything was
written, as before nearly all of them.

The limit is on the 95th percentile of all queries: those that somebody would wait for. The medians
by kind are told besides: of a query that takes SQLite 0.2 ms, Python takes some 0.6 ms more.
"""

from __future__ import annotations

import sqlite3
import sys
import tempfile
from contextlib import closing
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from random import Random
from statistics import median, quantiles
from time import perf_counter
from typing import TYPE_CHECKING, NamedTuple

from pan_desktop.app import search
from pan_desktop.app.office import Office, for_good
from pan_desktop.domain.searching import SearchFilters
from tests.bench.docx_writing import SYLLABLES, Row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pan_desktop.store.unit_of_work import UnitOfWork

SIZES = (100_000, 1_000_000)
LIMIT, GROWTH_LIMIT = 1.5, 1.1
A_MEETING = 60
"""So many paragraphs are said at one meeting."""
PLANS = 4
SLICE = 5000
"""So many paragraphs are indexed in one transaction while the database is built."""

# Invented sentences are put together of these; names of places are rare words.
WHO = [
    "Le comité",
    "Les membres du comité",
    "L’administration concernée",
    "Les points focaux",
    "La direction",
    "Le secrétariat",
    "La commission",
    "Les organisations de la société civile",
    "Le ministère",
    "L’agence",
    "Les représentants des communes",
    "Le groupe de travail",
    "La cellule de suivi",
    "Les partenaires",
    "L’équipe du portail",
    "Le conseil régional",
    "Les citoyens consultés",
    "L’évaluateur indépendant",
]
DID = [
    "a présenté",
    "retient",
    "transmettra",
    "a publié",
    "propose d’examiner",
    "demande de compléter",
    "a rappelé",
    "s’engage à finaliser",
    "a validé",
    "souhaite élargir",
    "met à jour",
    "a reporté",
    "prépare",
    "évalue",
    "clôture",
    "a signalé le retard de",
    "confirme",
    "remercie les participants pour",
    "regrette l’absence de",
    "adopte",
]
WHAT = [
    "la feuille de route",
    "le rapport d’auto-évaluation",
    "les jeux de données ouvertes",
    "le budget",
    "la mise en œuvre de l’engagement",
    "le calendrier des rencontres régionales",
    "la plateforme",
    "les indicateurs de suivi",
    "le projet de décret",
    "l’étude de faisabilité",
    "le guide pratique",
    "la formation des agents",
    "les comptes rendus des ateliers",
    "le registre des bénéficiaires",
    "les conventions de partenariat",
    "la stratégie de communication",
    "l’annexe technique",
    "le bilan",
    "les procédures simplifiées",
    "la consultation publique",
    "le formulaire de réclamation",
]
WHEN = [
    "avant la fin du mois",
    "lors de la prochaine réunion",
    "au titre de l’exercice",
    "dès réception",
    "en concertation avec les communes",
    "conformément au plan d’action national",
    "sous réserve",
    "dans un délai de quinze jours",
    "après avis favorable",
    "à l’issue de la période",
    "sans délai",
    "pour l’ensemble des régions",
    "à titre expérimental",
    "au plus tard en décembre",
    "comme convenu",
]
PLACES = 20_000


class Kind(NamedTuple):
    """A kind of query: what is typed, what FTS5 is asked by itself, and filters of ours."""

    name: str
    queries: list[tuple[str, str]]
    filtered: Callable[[sqlite3.Connection], SearchFilters] | None = None


class Invented:
    """Makes paragraphs of some sixty words by putting invented sentences together anew."""

    def __init__(self) -> None:
        chance = Random(1)
        self.places = ["".join(chance.choices(SYLLABLES, k=4)).capitalize() for _ in range(PLACES)]
        self._sentences = [
            f"{chance.choice(WHO)} {chance.choice(DID)} {chance.choice(WHAT)} de "
            f"{chance.choice(self.places)} {chance.choice(WHEN)}."
            for _ in range(4 * PLACES)
        ]

    def paragraphs(self, count: int) -> Iterator[str]:
        """Yield so many paragraphs, always the same."""
        chance = Random(2)
        for _ in range(count):
            yield " ".join(chance.choices(self._sentences, k=4))

    def kinds(self) -> list[Kind]:
        """Return the queries of all kinds."""
        rare = self.places[::2003]
        return [
            Kind("mot rare", [(f"{w} ", f'"{w}"') for w in rare]),
            Kind("mot courant", [(f"{w} ", f'"{w}"') for w in ("comité", "portail", "données")]),
            Kind(
                "deux mots",
                [
                    (f"{a} {b} ", f'"{a}" AND "{b}"')
                    for a, b in (("budget", "décret"), ("ateliers", rare[0]), ("guide", "bilan"))
                ],
            ),
            Kind(
                "locution",
                [
                    (f'"{w}"', f'"{w}"')
                    for w in ("plan d action national", "jeux de données", "étude de faisabilité")
                ],
            ),
            Kind(
                "mot commencé",
                [
                    (w, f'"{w}" *')
                    for w in ("co", "con", "conc", "conce", "pl", "pla", "for", "form", "forma")
                ],
            ),
            Kind("avec filtres", [("budget ", '"budget"'), ("portail ", '"portail"')], _decisions),
            Kind("avec filtres", [("réunion ", '"réunion"'), ("guide ", '"guide"')], _one_plan),
            Kind("rien", [("hippopotame ", '"hippopotame"'), ("zzyzx ", '"zzyzx"')]),
        ]


def _decisions(connection: sqlite3.Connection) -> SearchFilters:
    (middle,) = connection.execute("SELECT day FROM meeting ORDER BY day DESC LIMIT 1").fetchone()
    return SearchFilters(decisions=True, last=date.fromisoformat(middle) - timedelta(days=30))


def _one_plan(connection: sqlite3.Connection) -> SearchFilters:
    (plan_id,) = connection.execute("SELECT id FROM plan LIMIT 1 OFFSET 1").fetchone()
    return SearchFilters(plan_id=plan_id)


# Databases -------------------------------------------------------------------------------


def build_ours(file: Path, texts: Invented, size: int) -> None:
    """Fill ``file`` straight into the tables and index it."""
    office = Office(str(file))
    office.open()
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("PRAGMA synchronous = OFF")
        meetings = range(-(-size // A_MEETING))
        for table, rows in _around(meetings):
            _insert(connection, table, rows)
        _insert(connection, "conclusion", _points(texts.paragraphs(size)))
    while office.run(for_good(partial(_index))).result:
        pass
    office.close()


def _index(work: UnitOfWork) -> bool:
    return work.search.refresh(SLICE)


def _around(meetings: range) -> Iterator[tuple[str, Iterator[dict[str, object]]]]:
    """Yield the tables that points hang on, with their rows."""
    days = [date(1980, 1, 1) + timedelta(days=16_000 * n // len(meetings)) for n in meetings]
    yield "body", iter([{"id": "body", "name": "Comité", "heading": "COMITÉ"}])
    yield (
        "plan",
        (
            {"id": f"plan{n}", "label": f"plan {n}", "starts": days[0], "ends": days[-1]}
            for n in range(PLANS)
        ),
    )
    yield (
        "meeting",
        (
            {"id": f"{n:032x}", "body_id": "body", "plan_id": f"plan{n * PLANS // len(meetings)}"}
            | {"day": days[n], "at": f"{n % 10 + 8:02}:00:00.000000", "zone": "Africa/Casablanca"}
            for n in meetings
        ),
    )
    yield (
        "agenda_item",
        (
            {"id": f"1{n:031x}", "meeting_id": f"{n:032x}", "position": 1.0, "title": "Points"}
            for n in meetings
        ),
    )


def _points(paragraphs: Iterator[str]) -> Iterator[dict[str, object]]:
    kinds = ("decision", "action", *["information"] * 8)
    for number, text in enumerate(paragraphs):
        yield {
            "id": f"2{number:031x}",
            "agenda_item_id": f"1{number // A_MEETING:031x}",
            "position": float(number % A_MEETING),
            "text": text,
            "kind": kinds[number % 10],
        }


def _insert(connection: sqlite3.Connection, table: str, rows: Iterator[dict[str, object]]) -> None:
    now = "2026-01-01 00:00:00.000000"
    first = next(rows) | {"created_at": now, "updated_at": now}
    names, marks = ", ".join(first), ", ".join("?" * len(first))
    statement = f"INSERT INTO {table} ({names}) VALUES ({marks})"
    connection.execute(statement, [_plain(value) for value in first.values()])
    connection.executemany(
        statement, ([*(_plain(v) for v in row.values()), now, now] for row in rows)
    )


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def build_bare(file: Path, texts: Invented, size: int) -> None:
    """Put the same texts into a table of FTS5's and nothing else."""
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("CREATE VIRTUAL TABLE paragraph USING fts5(text)")
        connection.executemany(
            "INSERT INTO paragraph (text) VALUES (?)", ((t,) for t in texts.paragraphs(size))
        )


# Measuring -------------------------------------------------------------------------------

BARE = (
    "SELECT rowid, snippet(paragraph, 0, '[', ']', '…', 40) FROM paragraph"
    " WHERE paragraph MATCH ? ORDER BY rowid DESC LIMIT 20"
)


class Times(NamedTuple):
    """Milliseconds of each query of each round, by kind."""

    floors: list[dict[str, list[float]]]
    ours: list[dict[str, list[float]]]


def measure(folder: Path, rounds: int) -> tuple[list[Row], list[str]]:
    """Return a row for each size and one for the growth, and what is told of each kind."""
    rows: list[Row] = []
    told: list[str] = []
    for size in SIZES:
        with tempfile.TemporaryDirectory(dir=folder) as own:  # two gigabytes for the larger one
            times = _measured(Path(own), size, rounds)
        rows.append(_row(size, times))
        told += _told(size, times)
    few, many = rows
    growth = many.ratio_median / few.ratio_median
    least = many.ratio_min / few.ratio_min
    name = "Recherche : 1 000 000 contre 100 000"
    rows.append(Row(name, few.ratio_median, many.ratio_median, growth, least, GROWTH_LIMIT))
    return rows, told


def _measured(folder: Path, size: int, rounds: int) -> Times:
    texts = Invented()
    ours, bare = folder / "recherche.sqlite3", folder / "fts5.sqlite3"
    began = perf_counter()
    build_ours(ours, texts, size)
    indexed = perf_counter()
    build_bare(bare, texts, size)
    print(
        f"({size} paragraphes : {indexed - began:.0f} s avec l’index, "
        f"{perf_counter() - indexed:.0f} s pour FTS5 seul)",
        file=sys.stderr,
    )
    office = Office(str(ours))
    times = Times([], [])
    with closing(sqlite3.connect(bare)) as floor, closing(sqlite3.connect(ours)) as rows:
        asked = [
            (kind.name, typed, query, kind.filtered(rows) if kind.filtered else None)
            for kind in texts.kinds()
            for typed, query in kind.queries
        ]
        for _ in range(rounds + 1):
            floors: dict[str, list[float]] = {}
            candidates: dict[str, list[float]] = {}
            for name, typed, query, filters in asked:
                bare_query = partial(_bare, floor, query)
                floors.setdefault(name, []).append(_timed(bare_query))
                ask = partial(search.search, office, text=typed, filters=filters)
                candidates.setdefault(name, []).append(_timed(ask))
            times.floors.append(floors)
            times.ours.append(candidates)
    office.close()
    # The first round warms the disk's cache.
    return Times(times.floors[1:], times.ours[1:])


def _bare(connection: sqlite3.Connection, query: str) -> list[object]:
    return connection.execute(BARE, (query,)).fetchall()


def _timed(action: Callable[[], object]) -> float:
    start = perf_counter()
    action()
    return (perf_counter() - start) * 1000


def _row(size: int, times: Times) -> Row:
    floors, ours = map(_tails, times)
    return Row(
        f"Recherche, {size:_} paragraphes, 95e centile".replace("_", " "),
        median(floors),
        median(ours),
        median(mine / least for mine, least in zip(ours, floors, strict=True)),
        min(ours) / min(floors),
        LIMIT,
    )


def _tails(rounds: list[dict[str, list[float]]]) -> list[float]:
    """Return each round's 95th percentile."""
    return [
        quantiles([one for kind in times.values() for one in kind], n=20)[-1] for times in rounds
    ]


def _told(size: int, times: Times) -> Iterator[str]:
    """Yield the median of each kind of query."""
    for kind in times.floors[0]:
        floor, ours = (median(one for t in side for one in t[kind]) for side in times)
        line = f"FTS5 seul {floor:7.2f} ms, PAN {ours:7.2f} ms ({ours / floor:.2f})"
        yield f"  {size:9} {kind:14} {line}"
