"""All checks together: silence on a meeting in order, and the form of what they say."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from pan_desktop.domain.checks.every import CHECKS
from pan_desktop.domain.checks.finding import Level
from pan_desktop.domain.model import ConclusionKind, Presence, Role, Situation
from pan_desktop.domain.wording import Sentences
from tests.builders import modest, words
from tests.domain.checks.meetings import came, found, item, mandate, report, subject, with_details

if TYPE_CHECKING:
    from pan_desktop.domain.checks.finding import Subject

CLEAN = (
    "Le guide est publié (PNI) et diffusé dans 12 préfectures, soit 85 % du total.",
    "Deux étapes ont été franchies :\n1. La charte est signée.\n2. Le guide est prêt.",
    "Trois actions restent :\n- la charte ;\n- le guide ;\n- la formation.",
    "La validation est prévue pour le 1er trimestre 2026 ; l’équipe s’y prépare.",
    "Voir https://exemple.ma/Etat?x=1 et le projet de loi 46-19 du plan 2024-2027.",
    "Le rapport sera remis avant le mardi 20/01/2026.",
)
IDS = [
    "G1",
    "G2",
    "P1",
    "P2",
    "P3",
    "P4",
    "P5",
    "P6",
    "P7",
    "D1",
    "D2",
    "T1",
    "T2",
    "T3",
    "T4",
    "T5",
]


@st.composite
def clean_meetings(draw: st.DrawFn) -> Subject:
    """Draw a meeting in order: all there, or an alternate with its titular excused, or absent
    with the rate of the last meeting and its source.
    """
    reports, people, mandates, last = [], [], [], {}
    for number in sorted(draw(st.sets(st.integers(1, 20), min_size=1))):
        percent = draw(st.integers(0, 100))
        details = draw(st.sampled_from(CLEAN)) if percent < 100 else ""
        last[number] = draw(st.integers(0, percent))
        how = draw(st.sampled_from(["there", "alternate", "absent"]))
        mandates.append(mandate(number, number))
        if how == "there":
            people.append(came(number, number))
        else:
            people.append(came(number, number, presence=draw(st.sampled_from(list(Presence)[1:]))))
        if how == "alternate":
            people.append(came(number + 30, number, role=Role.ALTERNATE))
        if how == "absent":
            last[number] = percent
            details = f"{Sentences().focal_point_absent} Taux repris de la réunion du 12/06/2025."
            reports.append(report(number, percent, details, Situation.ABSENT))
        else:
            reports.append(report(number, percent, details))
    points = draw(st.lists(st.sampled_from(CLEAN), min_size=1))
    action = item(
        4, "Suites", "Le secrétariat envoie la note le 20/11/2025.", kind=ConclusionKind.ACTION
    )
    whole = subject(
        reports, people, item(3, "Portail de suivi", *points), action, mandates=mandates, last=last
    )
    computed = whole.record.computed_overall
    assert computed is not None
    meeting = replace(whole.record.meeting, stated_overall=computed.rounded, stated_reason="Voté.")
    stated = replace(whole, record=replace(whole.record, meeting=meeting))
    return draw(st.sampled_from([whole, stated]))


@modest
@given(checked=clean_meetings())
def test_nothing_is_found_in_a_meeting_in_order(checked: Subject) -> None:
    assert found(checked) == []


@modest
@given(
    texts=st.lists(
        st.lists(
            st.one_of(words, st.sampled_from([*CLEAN, "12/12/2012", "Etat", "date limite"]))
        ).map("\n".join),
        min_size=3,
        max_size=3,
    ),
    percent=st.one_of(st.none(), st.integers(0, 100)),
)
def test_any_texts_give_findings_of_the_right_form(texts: list[str], percent: int | None) -> None:
    details, point, heading = texts
    checked = subject(
        [report(1, percent, details), report(2, 30, point)],
        [came(1, 1)],
        item(3, "Titre", point, details, heading=heading),
        place=heading,
    )
    sources = {
        "r1": details,
        "r2": point,
        "i3.0": point,
        "i3.1": details,
        "i3": heading,
        "m": heading,
    }
    order = []
    for finding in found(checked):
        order.append(IDS.index(finding.id))
        assert finding.message.endswith(".")
        assert len(finding.message.splitlines()) == 1
        assert finding.message[0].isupper() or finding.message[0].isdigit()
        for repair in finding.repairs:
            if repair.place.id in sources and repair.place.field != "title":
                assert repair.applied(sources[repair.place.id]) is not None
    assert order == sorted(order)


def test_nothing_at_all_is_no_fault_of_the_program() -> None:
    bare = subject([], [])
    empty = replace(bare, record=replace(bare.record, agenda=()))
    assert {finding.id for finding in found(empty)} == {"T5"}


def test_only_what_the_table_blocks_blocks() -> None:
    checked = subject([report(1, None), report(2, 10, Sentences().no_progress)], [])
    blocking = {f.id for f in found(checked) if f.level is Level.BLOCKING}
    assert blocking == {"G2", "P2"}


def test_a_finding_quotes_a_line_break_as_a_space() -> None:
    (finding,) = found(with_details("Date limite fin\ndécembre 2028."), "D1")
    assert "« fin décembre 2028 »" in finding.message


def test_each_check_is_run_once() -> None:
    assert len(set(CHECKS)) == len(CHECKS) == 16
