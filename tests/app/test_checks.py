"""The checks on what is stored: the committee's own relevé, and the project's samples."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING

import pytest

from pan_desktop.app.checks import as_data, check, subject
from pan_desktop.app.meetings import set_presence
from pan_desktop.app.releve import import_releve
from pan_desktop.domain.checks.finding import Field
from pan_desktop.domain.errors import NotFoundError
from pan_desktop.domain.model import Presence
from tests.builders import SAMPLES, dump, sample_bytes
from tests.seed_text import needs_seed, seed_bytes

if TYPE_CHECKING:
    from pan_desktop.app.office import Office
    from pan_desktop.domain.checks.finding import Finding

# Typed "Etat" and "Mme." stand in the seed where the program prints its own labels: not here.
SEED_REPAIRS = [
    (Field.PLACE, "vidéo-conférence", "visioconférence"),
    (Field.TITLE, "Etat", "État"),
    (Field.HEADING, "Etat", "État"),
    (Field.POINT, ";", " ;"),
    (4, "decembre", "décembre"),
    (4, ", ...", ", etc."),
    (7, "Covid 19", "Covid-19"),
    (7, "Covid 19", "Covid-19"),
    (
        7,
        "qui en raison des restrictions exceptionnelles au niveau national et les mesures prises",
        "qui, en raison des restrictions exceptionnelles au niveau national et des mesures prises",
    ),
    (10, "Chef de Gouvernement", "Chef du Gouvernement"),
    (11, "dépacement", "dépassement"),
    (11, "du délais", "du délai"),
    (13, "assisté a", "assisté à"),
    (15, "assisté a", "assisté à"),
]


def imported(office: Office, content: bytes) -> str:
    return office.run(import_releve, content=content).result.meeting_id


def checked(office: Office, meeting_id: str) -> tuple[Finding, ...]:
    return office.run(check, meeting_id=meeting_id).result


def by_check(findings: tuple[Finding, ...]) -> dict[str, list[tuple[int, ...]]]:
    found: defaultdict[str, list[tuple[int, ...]]] = defaultdict(list)
    for finding in findings:
        found[finding.id].append(finding.commitments)
    return dict(found)


@needs_seed
def test_the_seed_gives_the_table_s_findings_and_no_other(office: Office) -> None:
    findings = checked(office, imported(office, seed_bytes()))
    assert by_check(findings) == {
        "G1": [()],
        "P1": [(13,)],
        "P2": [(14,)],
        "P3": [(14, 15)],
        "P4": [(10,), (18,)],
        "P5": [(13,), (15,)],
        "P6": [(14,)],
        "P7": [(), ()],
        "D1": [(4,), (7,)],
        "D2": [(3,), (11,)],
        "T1": [()],
        "T2": [(4,), (10,)],
        "T3": [(), (), (), (), (4,), (4,), (7,), (7,), (7,), (10,), (11,), (11,), (13,), (15,)],
        "T4": [(), ()],
        "T5": [(), ()],
    }
    levels = {finding.id: finding.level.value for finding in findings}
    assert [name for name, level in levels.items() if level == "blocking"] == ["P1", "P2"]
    assert [name for name, level in levels.items() if level == "info"] == [
        "P4",
        "P7",
        "T2",
        "T3",
        "T5",
    ]


@needs_seed
def test_the_seed_s_faults_are_told_in_words(office: Office) -> None:
    meeting_id = imported(office, seed_bytes())
    findings = checked(office, meeting_id)
    first = {finding.id: finding for finding in reversed(findings)}
    for words in ("84 %", "83,28 %", "moyenne simple", "18 taux", "supérieur, donne 84 %"):
        assert words in first["G1"].message
    assert "M. Nouredine ZAALAMI" in first["P1"].message
    assert first["P1"].hint == first["P2"].hint
    assert "13 et 14 ont été intervertis" in first["P1"].hint
    assert "venu pour les engagements 14 et 16" in first["P1"].hint
    assert "« janvier 2021 » et « 1er trimestre 2021 »" in first["D1"].message
    titles = {
        item.id: item.title
        for item in office.run(subject, meeting_id=meeting_id).result.record.agenda
    }
    assert titles[first["T1"].item or ""] == "Processus de cocréation du PAN 2021-2022"
    names = [len(finding.people) for finding in findings if finding.id == "P7"]
    assert sorted(names) == [2, 3]


@needs_seed
def test_the_seed_s_slips_are_each_offered_their_repair(office: Office) -> None:
    findings = checked(office, imported(office, seed_bytes()))
    found = [
        ((finding.commitments or (repair.place.field,))[0], repair.found, repair.replacement)
        for finding in findings
        if finding.id == "T3"
        for repair in finding.repairs
    ]
    assert found == SEED_REPAIRS


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            SAMPLES[0],
            {
                "G1": [()],
                "P3": [(13,)],
                "P4": [(12,), (15,)],
                "P5": [(13,)],
                "P6": [(11,)],
                "P7": [()],
                "D1": [()],
                "T1": [()],
                "T2": [(3,)],
                "T5": [(), ()],
            },
        ),
        (
            SAMPLES[1],
            {"P3": [(7,)], "P4": [(3,)], "P5": [(7,)], "T1": [()], "T5": [(), ()]},
        ),
        (SAMPLES[2], {"P3": [(13,)], "P5": [(13,)], "P7": [()], "T5": [(), ()]}),
    ],
)
def test_the_samples_one_after_the_other(
    office: Office, name: str, expected: dict[str, list[tuple[int, ...]]]
) -> None:
    meeting_id = ""
    for known in SAMPLES[: SAMPLES.index(name) + 1]:
        meeting_id = imported(office, sample_bytes(known))
    assert by_check(checked(office, meeting_id)) == expected


def test_earlier_meetings_mandates_and_holidays_are_looked_at(filled: Office) -> None:
    meetings = [imported(filled, sample_bytes(name)) for name in SAMPLES]
    held = filled.run(subject, meeting_id=meetings[1]).result
    assert held.last_known
    assert held.mandates
    assert held.holidays[date(2026, 5, 1)] == "fête du Travail"


def test_listing_someone_as_excused_settles_p3(office: Office) -> None:
    meeting_id = [imported(office, sample_bytes(name)) for name in SAMPLES[:2]][-1]
    (unlisted,) = [f for f in checked(office, meeting_id) if f.id == "P3"]
    office.run(
        set_presence,
        meeting_id=meeting_id,
        person_ids=unlisted.people,
        presence=Presence.EXCUSED,
    )
    assert "P3" not in by_check(checked(office, meeting_id))


def test_checking_changes_nothing(office: Office) -> None:
    meeting_id = imported(office, sample_bytes())
    before = dump(office.database)
    outcome = office.run(check, meeting_id=meeting_id)
    assert not outcome.changes.kinds
    assert dump(office.database) == before


def test_no_such_meeting(office: Office) -> None:
    with pytest.raises(NotFoundError):
        checked(office, "absente")


def test_a_finding_as_data(office: Office) -> None:
    findings = checked(office, imported(office, sample_bytes()))
    stop = next(finding for finding in findings if finding.id == "T2")
    data = as_data(stop)
    assert data["id"] == "T2"
    assert data["level"] == "info"
    assert data["commitments"] == [3]
    assert data["place"] == {"field": "details", "id": stop.place.id if stop.place else ""}
    assert data["repairs"] == [
        {
            "field": "details",
            "id": stop.place.id if stop.place else "",
            "start": stop.repairs[0].start,
            "found": "",
            "replacement": ".",
        }
    ]
