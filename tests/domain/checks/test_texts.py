from __future__ import annotations

import pytest

from pan_desktop.domain.checks.finding import Field, Level
from pan_desktop.domain.checks.slips import slips_in
from tests.domain.checks.meetings import (
    came,
    found,
    item,
    report,
    subject,
    with_details,
    with_point,
)


def repaired(text: str) -> str:
    """Return details with all repairs of T2 and T3 made, from the last to the first."""
    repairs = [r for f in found(with_details(text), "T2", "T3") for r in f.repairs]
    for repair in sorted(repairs, key=lambda repair: repair.start, reverse=True):
        changed = repair.applied(text)
        assert changed is not None
        text = changed
    return text


# T2 ----------------------------------------------------------------------------------------


def test_t2_empty_details_and_sections() -> None:
    (details,) = found(with_details(" "), "T2")
    assert (details.level, details.commitments) == (Level.INFO, (1,))
    (section,) = found(with_point(""), "T2")
    assert section.item == "i3"
    assert found(with_details("", percent=100), "T2") == []


def test_t2_paragraphs_without_a_full_stop_are_one_finding() -> None:
    text = "Le guide est prêt (mai 2026)\nLa charte suit.\nLe guide est prêt"
    (finding,) = found(with_details(text), "T2")
    assert "2 paragraphes" in finding.message
    assert repaired(text) == "Le guide est prêt (mai 2026).\nLa charte suit.\nLe guide est prêt."


@pytest.mark.parametrize(
    "text",
    [
        "Le guide est prêt.",
        "Le guide (« version 2 ») est « prêt. »",
        "Étapes :\n1. la charte\n2. le guide",
        "Étapes :\n- la charte ;\n- le guide",
        "تم إعداد الدليل.",
    ],
)
def test_t2_ends_that_need_nothing(text: str) -> None:
    assert found(with_details(text), "T2") == []


def test_t2_points_need_no_full_stop() -> None:
    assert found(with_point("Portail en ligne"), "T2") == []


@pytest.mark.parametrize(
    "text",
    ["Étude en cours (janvier 2026) Le manuel suit.", "Le guide est validé.Le manuel suit."],
)
def test_t2_sentences_run_together(text: str) -> None:
    assert len(found(with_details(text), "T2")) == 1
    assert len(found(with_point(text), "T2")) == 1


def test_t2_a_repeated_word() -> None:
    assert repaired("Le le guide est prêt.") == "Le guide est prêt."
    assert found(with_details("Nous nous réunirons ; le guide-guide, 12 12."), "T2") == []


# T3 ----------------------------------------------------------------------------------------

SLIPS = {
    "Etat d'avancement": "État d'avancement",
    "Les Evaluations": "Les Évaluations",
    "A la demande du comité": "À la demande du comité",
    "Il n'a pas assisté a cette réunion": "Il n'a pas assisté à cette réunion",
    "Suite a la demande": "Suite à la demande",
    "jusqu'a demain": "jusqu'à demain",
    "fin decembre": "fin décembre",
    "en fevrier": "en février",
    "en aout 2026": "en août 2026",
    "le dépacement du délais": "le dépassement du délai",
    "le Chef de Gouvernement": "le Chef du Gouvernement",
    "la Covid 19": "la Covid-19",
    "une vidéo-conférence": "une visioconférence",
    "qui en raison des limites du budget et les mesures prises, tarde": (
        "qui, en raison des limites du budget et des mesures prises, tarde"
    ),
    "parmis eux": "parmi eux",
    "le 1 er trimestre": "le 1er trimestre",
    "le 1 ^{er} trimestre": "le 1er trimestre",
    "la 1ère phase et la 2ème": "la 1re phase et la 2e",
    "avec Mme. OUIDAR": "avec Mme OUIDAR",
    "avec Mr OUIDAR": "avec M. OUIDAR",
    "communes, écoles, ...": "communes, écoles, etc.",
    "écoles, etc...": "écoles, etc.",
    "à suivre...": "à suivre…",
    "organisés; le": "organisés ; le",
    "prêt ? Oui!": "prêt ? Oui !",
    "Étapes: deux": "Étapes : deux",
    "85% des fonds": "85 % des fonds",
    "prêt , sauf un .": "prêt, sauf un.",
    "Rabat,Salé": "Rabat, Salé",
    "le  guide": "le guide",
    "le «guide» prêt": "le « guide » prêt",
}


@pytest.mark.parametrize(("text", "right"), SLIPS.items())
def test_t3_a_slip_is_offered_its_repair(text: str, right: str) -> None:
    typed = f"Il note ceci : {text} ainsi." if text[0].islower() else f"{text} ainsi."
    assert repaired(typed) == typed.replace(text, right)
    findings = found(with_details(typed), "T3")
    assert {finding.level for finding in findings} == {Level.INFO}
    assert all(finding.commitments == (1,) for finding in findings)


@pytest.mark.parametrize("right", sorted(set(SLIPS.values())))
def test_t3_what_is_repaired_is_right(right: str) -> None:
    assert slips_in(right) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Voir https://exemple.ma/Etat?a=1;b=2;c:Covid 19 et la suite.",
        "Écrire à Etat.Evaluation@exemple.ma ou www.exemple.org/Etude,annexe.",
        "Le fichier Etat_Evaluation.docx est joint.",
        "Projet de loi 46-19, engagements 2018-2020, 14:30, le 25/12/2020.",
        "Le dossier C:\\Etat\\Evaluation est partagé.",
        "L'invitée a la parole ; la suite a une forme ; le comité a cette mission.",
        "Il a un délai ; les délais sont tenus.",
        "COVID-19, Covid-19.",
        "المكان: الرباط; 50%",
        "Le 1er mai, la 2e phase, Mme OUIDAR et M. TIMLI.",
        "L’État d’avancement : 84\u00a0% ; « tout\u00a0» va\u202f!",
        "Rabat, etc.",
        "Il vaut 3,5 ou 1,2.",
        "en raison des retards et les équipes ont été renforcées.",
    ],
)
def test_t3_right_words_addresses_and_numbers_are_left_alone(text: str) -> None:
    assert slips_in(text) == ()


def test_t3_looks_at_all_that_is_typed_and_printed() -> None:
    slip = "Etat"
    checked = subject(
        [report(1, 50, f"{slip} 1."), report(2, 100, f"{slip} 2.")],
        [came(1, 1, 2)],
        item(3, f"{slip} 3", f"{slip} 4.", heading=f"{slip} 5"),
        item(4, f"{slip} 6", f"{slip} 7.", discussed=False, heading=f"{slip} 8"),
        item(5, f"{slip} 9", "Vu.", on_agenda=False),
        place=f"{slip} 10",
    )
    findings = found(checked, "T3")
    places = [(f.place.field, f.place.id) for f in findings if f.place]
    assert places == [
        (Field.PLACE, "m"),
        (Field.TITLE, "i3"),
        (Field.HEADING, "i3"),
        (Field.POINT, "i3.0"),
        (Field.TITLE, "i4"),
        (Field.TITLE, "i5"),
        (Field.DETAILS, "r1"),
    ]
    assert [f.item for f in findings] == [None, "i3", "i3", "i3", "i4", "i5", None]


def test_a_repair_is_not_made_where_the_text_has_changed() -> None:
    (finding,) = found(with_details("Etat connu."), "T3")
    (repair,) = finding.repairs
    assert repair.applied("Etat connu.") == "État connu."
    assert repair.applied("L'Etat connu.") is None
