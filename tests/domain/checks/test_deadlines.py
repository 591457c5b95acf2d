"""The meeting of these tests is on Thursday 16 October 2025; its plan ends on 31 December 2027."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pan_desktop.domain.checks.finding import Level
from tests.domain.checks.meetings import (
    came,
    found,
    item,
    numbers,
    report,
    subject,
    with_details,
    with_point,
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Date limite de réponse : lundi 21/10/2025.", "est un mardi"),
        ("Réponse le mardi 14 octobre 2026.", "est un mercredi"),
        ("La charte est attendue le 31/11/2026.", "n’existe pas"),
        ("Date limite de réponse : 18/10/2025.", "samedi 18 octobre 2025"),
        ("Les fiches sont à rendre avant le 6/11/2025.", "Marche verte"),
        ("La date limite pour les fiches est le 25/12/2024.", "antérieure"),
        ("À remettre au plus tard fin janvier 2025.", "antérieure"),
    ],
)
def test_a_date_at_fault_is_told_wherever_it_stands(text: str, words: str) -> None:
    holidays = {date(2025, 11, 6): "Marche verte"}
    (in_details,) = found(with_details(text, holidays=holidays), "D1")
    (in_point,) = found(with_point(text, holidays=holidays), "D1")
    assert words in in_details.message
    assert words in in_point.message
    assert (in_details.level, in_details.commitments) == (Level.WARNING, (1,))
    assert (in_point.item, in_point.commitments) == ("i3", ())
    assert in_point.place is not None
    assert in_point.place.id == "i3.0"


@pytest.mark.parametrize(
    "text",
    [
        "Date limite de réponse : mardi 21/10/2025.",
        "Le guide a été publié le 18/10/2024.",
        "Une visite aura lieu le samedi 18/10/2025.",
        "La date limite du 25/12/2024 n'a pas été respectée.",
        "L'échéance du 25/12/2024 est dépassée.",
        "Le rapport a été remis avant le 25/12/2024.",
        "La date limite est connue. Le guide date du 25/12/2024.",
        "Date limite fin octobre 2025.",
        "Date limite : 16/10/2025.",
    ],
)
def test_a_date_in_order_is_not(text: str) -> None:
    assert found(with_details(text), "D1") == found(with_point(text), "D1") == []


def test_dates_after_the_plan_are_one_finding_for_a_commitment() -> None:
    text = "Étude (date limite janvier 2028). Essais (1er trimestre 2028), en janvier 2028."
    (finding,) = found(with_details(text), "D1")
    assert "« janvier 2028 » et « 1er trimestre 2028 » sont" in finding.message
    assert "31/12/2027" in finding.message


@pytest.mark.parametrize(
    "text",
    [
        "Le projet sera financé par le budget de l'année 2028.",
        "La refonte est prévue pour fin 2028.",
        "La formation aura lieu en 2028.",
    ],
)
def test_a_date_after_the_plan_need_not_be_called_a_deadline(text: str) -> None:
    assert numbers(with_details(text), "D1") == [(1,)]
    assert numbers(with_details(text, percent=100), "D1") == []


@pytest.mark.parametrize("text", ["Fin décembre 2027.", "Plan 2028-2030.", "PLF 2028.", "En 2027."])
def test_the_plan_s_last_days_and_labels_are_within_it(text: str) -> None:
    assert found(with_details(text), "D1") == []


def test_points_may_be_about_the_next_plan() -> None:
    assert found(with_point("Le prochain plan sera adopté en janvier 2028."), "D1") == []


def test_an_item_that_was_not_discussed_prints_no_points() -> None:
    hidden = item(3, "Divers", "Date limite : 31/02/2026.", discussed=False)
    assert found(subject([report(1)], [came(1, 1)], hidden), "D1", "T3", "T4") == []


@pytest.mark.parametrize(
    "text",
    [
        "L'activité d'archivage ne pourra pas être complétée : les structures manquent.",
        "Le rapport n'a pas pu paraître en raison du dépassement des délais.",
        "Il est élaboré mais non publié à cause du dépassement du délai de publication.",
        "Les ateliers ne peuvent plus avoir lieu.",
        "L'action de formation est abandonnée.",
        "La plateforme est jugée irréalisable.",
        "Le dépôt est désormais hors délai.",
    ],
)
def test_d2_an_activity_that_cannot_be_done(text: str) -> None:
    (finding,) = found(with_details(text, percent=95), "D2")
    assert (finding.level, finding.commitments) == (Level.WARNING, (1,))
    assert "95 %" in finding.message
    assert found(with_details(text, percent=100), "D2") == []


@pytest.mark.parametrize(
    "text",
    [
        "Toutes les activités ont été réalisées sauf la publication, pas encore faite.",
        "La crise a freiné l'exécution du projet dans les délais.",
        "Le projet ne sera présenté qu'en mai 2026.",
        "Le retard ne peut être rattrapé qu'avec des moyens.",
        "La formation n'est pas terminée en raison des vacances.",
    ],
)
def test_d2_what_is_merely_late_is_not(text: str) -> None:
    assert found(with_details(text), "D2") == []


def test_d2_quotes_the_text_as_it_is_written() -> None:
    text = "I\u0307 L’activité ne pourra pas e\u0302tre complétée."
    (finding,) = found(with_details(text), "D2")
    assert "« ne pourra pas être complétée »" in finding.message


def test_a_range_that_the_plan_ends_in_may_still_be_within_it() -> None:
    checked = with_details("La refonte est prévue pour août 2026, sinon fin août 2026.")
    plan = replace(checked.record.plan, ends=date(2026, 8, 15))
    (finding,) = found(replace(checked, record=replace(checked.record, plan=plan)), "D1")
    assert "« fin août 2026 » est" in finding.message


def test_after_the_plan_what_is_past_is_no_deadline() -> None:
    june = date(2028, 6, 14)
    assert found(with_details("Le guide a paru en janvier 2028.", day=june), "D1") == []
    assert numbers(with_details("Le guide paraîtra fin 2028.", day=june), "D1") == [(1,)]
