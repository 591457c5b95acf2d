from __future__ import annotations

from dataclasses import replace

import pytest

from pan_desktop.domain.checks.finding import Level, Subject
from pan_desktop.domain.model import AgendaItem, Attendance, ConclusionKind
from tests.domain.checks.meetings import (
    PROGRESS,
    came,
    found,
    item,
    report,
    subject,
    with_point,
)

ACTION = ConclusionKind.ACTION


def with_item(one: AgendaItem) -> Subject:
    return subject([report(1)], [came(1, 1)], one)


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (item(3, "Portail", "Vu.", heading="État du portail"), "« État du portail »"),
        (item(3, "Portail", discussed=False), "pas de rubrique"),
        (item(3, "Divers", "Vu.", on_agenda=False), "aucun point"),
    ],
)
def test_t1_agenda_and_sections_differ(one: AgendaItem, words: str) -> None:
    (finding,) = found(with_item(one), "T1")
    assert (finding.level, finding.item) == (Level.WARNING, "i3")
    assert words in finding.message


@pytest.mark.parametrize("heading", ["", "ÉTAT du portail", "Etat du portail :"])
def test_t1_accents_case_and_marks_are_no_other_words(heading: str) -> None:
    assert found(with_item(item(3, "État du portail", "Vu.", heading=heading)), "T1") == []


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("La date limite des fiches est le 20/11/2025.", ConclusionKind.INFORMATION, "qui"),
        ("Réponses des administrations concernées : date limite 20/11/2025.", ACTION, "qui"),
        ("Mme ZAOUI prépare la note.", ACTION, "n’a pas d’échéance"),
        ("Préparer la note.", ACTION, "ni qui en est chargé ni pour quand"),
    ],
)
def test_t4_a_follow_up_without_owner_or_date(text: str, kind: ConclusionKind, words: str) -> None:
    (finding,) = found(with_point(text, kind=kind), "T4")
    assert (finding.level, finding.item) == (Level.WARNING, "i3")
    assert words in finding.message


@pytest.mark.parametrize(
    "text",
    [
        "Les points focaux remplissent les fiches, date limite 20/11/2025.",
        "Le secrétariat envoie le relevé au plus tard le 20/11/2025.",
        "El Ghorfi relit la note : date limite 20/11/2025.",
        "Archives du pays : réponse au plus tard le 20/11/2025.",
        "Engagement 4 : échéance le 20/11/2025.",
    ],
)
def test_t4_an_owner_and_a_date_are_enough(text: str) -> None:
    assert found(with_point(text, kind=ACTION), "T4") == []


@pytest.mark.parametrize(
    "text", ["Le portail est en ligne.", "Le guide paraît le 20/11/2025.", " "]
)
def test_t4_information_is_no_follow_up(text: str) -> None:
    assert found(with_point(text), "T4") == []


def test_t5_says_who_has_no_institution() -> None:
    def nowhere(attendance: Attendance) -> Attendance:
        return replace(attendance, person=replace(attendance.person, institution=" "))

    people = [came(1, 1), nowhere(came(2, 2))]
    (finding,) = found(subject([report(1), report(2)], people), "T5")
    assert (finding.level, finding.people) == (Level.INFO, ("p2",))
    everyone = subject([report(1), report(2)], [nowhere(a) for a in people])
    (finding,) = found(everyone, "T5")
    assert finding.people == ("p1", "p2")


def test_t5_says_what_the_relevé_does_not_tell() -> None:
    told = subject([report(1)], [came(1, 1)])
    assert found(told, "T5") == []
    bare = replace(told, record=replace(told.record, agenda=(PROGRESS,)))
    (finding,) = found(bare, "T5")
    for words in ("présidé", "secrétariat", "prochaine réunion"):
        assert words in finding.message


def test_t5_sending_to_the_secretariat_does_not_say_who_kept_the_minutes() -> None:
    bare = with_point("Envoi des fiches au secrétariat : vendredi. Le président y veille.")
    agenda = (PROGRESS, bare.record.agenda[-1])
    (finding,) = found(replace(bare, record=replace(bare.record, agenda=agenda)), "T5")
    assert "secrétariat" in finding.message
    assert "présidé" in finding.message
