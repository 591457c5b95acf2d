"""When, how far, how many: the same facts in the words of many offices."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from typing import TYPE_CHECKING

import pytest

from pan_desktop.documents.interpret.moments import moment_in
from pan_desktop.documents.interpret.words import body_in
from tests.documents.word.other_papers import Cell, Paper
from tests.documents.word.other_truths import STEERING, Someone
from tests.documents.word.test_odd_papers import agreed, edited, place_of
from tests.documents.word.test_other_committees import as_read, as_typed, assert_read, read

if TYPE_CHECKING:
    from collections.abc import Callable

# When -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "said",
    [
        "Lundi 21/12/2020 à partir de 14H30",
        "21 décembre 2020 de 14h30 à 16h",
        "Lundi 21 décembre 2020 ; 14h30-16h00",
        "21 décembre 2020 à 14h30mn",
        "21 décembre 2020 à 14 heures 30",
        "21 / 12 / 2020 à 14h30",
        "21 - 12 - 2020, 14h30",
        "LUNDI 21 DECEMBRE 2020 A 14H30",
        "lundi, 21 décembre 2020 - 14.30",
        "21 Décembre, 2020 à 14:30:00",
        "Lundi le 21 décembre 2020 à 14h 30min",
        "2020-12-21T14:30",
        "21 déc 2020, 14 h 30",
        "14h30 le lundi 21 décembre 2020",
        "21.12.20 à 14h30",
        "Lundi 21 décembre 2020, à 14h30 précises (GMT+1)",
        "الاثنين 21 دجنبر 2020 على الساعة 14:30",
    ],
)
def test_a_moment_is_read_whole_however_it_is_written(said: str) -> None:
    assert moment_in(said)[:3] == (date(2020, 12, 21), time(14, 30), "")


@pytest.mark.parametrize("said", ["Le 1 er juin 2022 à 9 h", "mercredi 1ᵉʳ juin 2022 9h"])
def test_a_first_of_the_month_whose_letters_were_raised_is_read(said: str) -> None:
    assert moment_in(said)[:3] == (date(2022, 6, 1), time(9), "")


# Wordings -----------------------------------------------------------------------------------------


def _for(words: str, others: str) -> Callable[[Paper], None]:
    def edit(paper: Paper) -> None:
        place = place_of(paper, words)
        paper.parts[place] = paper.parts[place].replace(words, others)

    return edit


@pytest.mark.parametrize(
    "line",
    [
        "Le PAN a atteint un taux d’avancement global de 61 %",
        "Taux moyen de réalisation du PAN : 61 %.",
        "État d’avancement du Plan d’action national : 61 %",
        "Taux d’exécution global : 61,2%",
    ],
)
def test_the_overall_figure_is_found_in_any_wording(line: str) -> None:
    _, content = edited(STEERING, _for("Avancement global du plan : 61%", line))
    assert read(content).minutes.overall == 61


@pytest.mark.parametrize(
    "line",
    [
        "Les engagements 1, 4, 9 et 22 sont complétés à 100%",
        "4 engagements complétés à 100 % : 1, 4, 9 et 22",
        "Engagements entièrement réalisés : n°1, n°4, n°9, n°22",
        "Engagements achevés (100 %) : 1 - 4 - 9 - 22",
        "Engagements complétés : E1 ; E4 ; E9 ; E22.",
    ],
)
def test_those_completed_are_found_in_any_wording(line: str) -> None:
    _, content = edited(STEERING, _for("Engagements complétés à 100% : 1, 4, 9 et 22", line))
    assert [r.commitment for r in read(content).minutes.rates if r.percent == 100] == [1, 4, 9, 22]


@pytest.mark.parametrize(
    ("number", "rate", "details"),
    [
        ("N°", "Taux", "Observations"),
        ("Engagement N°", "% d’avancement", "Commentaire"),
        ("Numéro de l’engagement", "Progression", "Justificatifs"),
        ("Engagement", "Pourcentage de réalisation", "Motifs"),
        ("الالتزام", "نسبة الإنجاز", "التفاصيل"),
    ],
)
def test_a_table_is_read_under_any_headings(number: str, rate: str, details: str) -> None:
    def headed(paper: Paper) -> None:
        _for("Engagement<", f"{number}<")(paper)
        _for("Etat d'avancement<", f"{rate}<")(paper)
        _for("Détails fournis par le point focal<", f"{details}<")(paper)

    assert_read(*edited(STEERING, headed))


@pytest.mark.parametrize("said", ["En cours (80 %)", "80 % (+5)"])
def test_what_a_cell_says_besides_the_rate_is_kept(said: str) -> None:
    _, content = edited(STEERING, _for(">80%<", f">{said}<"))
    (rate,) = [r for r in read(content).minutes.rates if r.commitment == 2]
    assert (rate.percent, rate.details.split("\n")[0]) == (80, said)


@pytest.mark.parametrize(
    "form",
    [
        *("{A}. {}", "{A}/ {}", "{A}) {}", "{n}/ {}", "{n}°) {}", "{n} - {}", "{I}- {}"),
        *("{I} / {}", "{I} – {}", "Point {n} – {}", "POINT N° {n} : {}", "Sujet {n} : {}"),
    ],
)
def test_headings_are_known_by_whatever_counts_them(form: str) -> None:
    def counted(paper: Paper) -> None:
        for n, part in enumerate(STEERING.parts):
            roman = ("I", "II", "III", "IV")[n]
            words = form.format(part.headed, A="ABCD"[n], n=n + 1, I=roman)
            _for(f">{part.headed} :<", f">{words}<")(paper)

    truth, content = edited(STEERING, counted)
    assert as_read(read(content)) == as_typed(truth)


@pytest.mark.parametrize("form", ["{n}/ {}", "{n}°) {}", "{n} - {}", "{I}- {}", "{a}- {}", "• {}"])
def test_an_agenda_is_read_whatever_counts_it(form: str) -> None:
    def counted(paper: Paper) -> None:
        for n, part in enumerate(STEERING.parts):
            roman = ("I", "II", "III", "IV")[n]
            words = form.format(part.title, a="abcd"[n], n=n + 1, I=roman)
            _for(f">- {part.title}<", f">{words}<")(paper)

    truth, content = edited(STEERING, counted)
    assert as_read(read(content)) == as_typed(truth)


def test_those_absent_may_be_named_at_the_end() -> None:
    def at_the_end(paper: Paper) -> None:
        paper.p("Étaient absents :", strong=True)
        paper.p("- M. Omar Sidi, point focal engagement 15")

    gone = Someone("M", "Omar Sidi", (15,), presence="absent")
    truth, content = edited(STEERING, at_the_end)
    assert_read(replace(truth, people=(*truth.people, gone)), content)


def test_commitments_rated_in_one_line_have_their_rates() -> None:
    line = "Engagements en cours : 2 (80 %), 3 (55 %) et 6 (99 %)"
    _, content = edited(STEERING, _for("Engagements non complétés :", line))
    rates = {r.commitment: r.percent for r in read(content).minutes.rates}
    assert (rates[2], rates[3], rates[6]) == (80, 55, 99)


def test_commitments_named_as_under_way_are_kept_without_a_rate() -> None:
    _, content = edited(STEERING, _for("non complétés :", "non complétés : 2, 15 et 16"))
    rates = {r.commitment: r.percent for r in read(content).minutes.rates}
    assert (rates[2], rates[15], rates[16]) == (80, None, None)


def test_an_opening_sentence_gives_place_body_and_plan() -> None:
    paper = Paper()
    paper.p("Compte rendu de la 3e réunion du comité d’essai du PAN 2024-2028", strong=True)
    paper.p(
        "La troisième réunion s’est tenue le mardi 4 mars 2025 à 10h00 au siège du ministère, sous "
        "la présidence de Mme Rim Tazi."
    )
    minutes = agreed(paper).minutes
    assert (minutes.day, minutes.at) == (date(2025, 3, 4), time(10))
    assert (minutes.place, minutes.plan) == ("au siège du ministère", "2024-2028")


def test_the_meeting_itself_is_no_place() -> None:
    paper = Paper()
    paper.p("Comité d’essai", strong=True)
    paper.p("Réunion du 8 avril 2024", strong=True)
    paper.p("Début : 9h30 – Fin : 11h")
    minutes = agreed(paper).minutes
    assert (minutes.day, minutes.at, minutes.place) == (date(2024, 4, 8), time(9, 30), "")


def test_a_group_behind_the_kind_of_paper_is_the_body() -> None:
    assert body_in("PV de réunion - Groupe de travail Essai") == "Groupe de travail Essai"


def test_a_table_without_headings_is_known_by_the_commitments_it_names() -> None:
    def unheaded(paper: Paper) -> None:
        rows: list[list[str | Cell]] = [
            [f"Engagement {n} (Titre {n})", f"{percent} %", Cell(details.split("\n"))]
            for n, percent, details in STEERING.rows
        ]
        paper.parts[place_of(paper, "<w:tbl>")] = paper.grid(rows)

    truth, content = edited(STEERING, unheaded)
    found = assert_read(truth, content)
    rated = {r.commitment: r.title for r in found.minutes.rates if r.title}
    assert rated == {n: f"Titre {n}" for n, _, _ in STEERING.rows}
