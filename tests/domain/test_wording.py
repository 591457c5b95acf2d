from __future__ import annotations

from dataclasses import fields

import pytest

from pan_desktop.domain.layout import OPTIONAL
from pan_desktop.domain.model import Civility, Role
from pan_desktop.domain.speech import LABELS_OF
from pan_desktop.domain.typography import NBSP, Typography
from pan_desktop.domain.wording import LABELS, Sentences, body_heading, civility, quality

M, MME = Civility.MONSIEUR, Civility.MADAME


@pytest.mark.parametrize(
    ("role", "gender", "numbers", "expected"),
    [
        (Role.FOCAL_POINT, M, (1, 2, 8), "point focal engagements 1, 2 et 8"),
        (Role.FOCAL_POINT, MME, (3,), "point focal engagement 3"),
        (Role.FOCAL_POINT, M, (13, 16), "point focal engagements 13 et 16"),
        (Role.ALTERNATE, MME, (10,), "suppléante point focal engagement 10"),
        (Role.ALTERNATE, M, (10, 11), "suppléant point focal engagements 10 et 11"),
        (Role.GUEST, MME, (), "invitée"),
        (Role.GUEST, M, (), "invité"),
    ],
)
def test_a_participant_s_quality_agrees_in_gender_and_number(
    role: Role, gender: Civility, numbers: tuple[int, ...], expected: str
) -> None:
    assert quality(role, gender, numbers).replace(NBSP, " ") == expected


def test_a_number_never_leaves_its_noun_at_the_end_of_a_line() -> None:
    assert quality(Role.ALTERNATE, MME, (10,)) == f"suppléante point focal engagement{NBSP}10"


def test_civilities_follow_the_style() -> None:
    assert civility(M, Typography.FIDELE) == civility(M, Typography.SOIGNE) == "M."
    assert civility(MME, Typography.FIDELE) == "Mme."
    assert civility(MME, Typography.SOIGNE) == "Mme"


@pytest.mark.parametrize(
    ("name", "heading"),
    [
        ("Comité d'implémentation", "RÉUNION DU COMITÉ D'IMPLÉMENTATION"),
        ("comité de pilotage", "RÉUNION DU COMITÉ DE PILOTAGE"),
        ("Commission de suivi", "RÉUNION DE LA COMMISSION DE SUIVI"),
        ("Cellule d'appui", "RÉUNION DE LA CELLULE D'APPUI"),
        ("Haute autorité", "RÉUNION DE LA HAUTE AUTORITÉ"),
        ("Haut comité", "RÉUNION DU HAUT COMITÉ"),
        ("Équipe projet", "RÉUNION DE L'ÉQUIPE PROJET"),
        ("équipe projet", "RÉUNION DE L'ÉQUIPE PROJET"),
        ("Instance nationale", "RÉUNION DE L'INSTANCE NATIONALE"),
        ("Assemblée", "RÉUNION DE L'ASSEMBLÉE"),
        ("Œuvre commune", "RÉUNION DE L'ŒUVRE COMMUNE"),
        ("Groupe de travail", "RÉUNION DU GROUPE DE TRAVAIL"),
        ("Sous-commission budget", "RÉUNION DE LA SOUS-COMMISSION BUDGET"),
        ("Conférence annuelle", "RÉUNION DE LA CONFÉRENCE ANNUELLE"),
        ("Table ronde", "RÉUNION DE LA TABLE RONDE"),
        ("Comités régionaux", "RÉUNION DES COMITÉS RÉGIONAUX"),
        ("Commissions techniques", "RÉUNION DES COMMISSIONS TECHNIQUES"),
        ("Ateliers", "RÉUNION DES ATELIERS"),
        ("Corps de contrôle", "RÉUNION DU CORPS DE CONTRÔLE"),
        ("CNS", "RÉUNION DU CNS"),
        ("INPPLC", "RÉUNION DE L'INPPLC"),
        ("Le bureau", "RÉUNION DU BUREAU"),
        ("La commission", "RÉUNION DE LA COMMISSION"),
        ("Les référents", "RÉUNION DES RÉFÉRENTS"),
        ("L’instance", "RÉUNION DE L’INSTANCE"),
    ],
)
def test_the_relevé_s_first_line_is_proposed_from_the_body_s_name(name: str, heading: str) -> None:
    assert body_heading(name) == heading


def test_only_the_office_s_own_sentences_replace_the_original_ones() -> None:
    own = Sentences().changed({"no_progress": "Rien de neuf.", "unknown": "x"})
    assert own == Sentences(no_progress="Rien de neuf.")
    assert Sentences().changed({}) == Sentences()


def test_labels_of_the_house_style_are_the_committee_s_own() -> None:
    house = LABELS[Typography.FIDELE]
    words = {f.name: getattr(house, f.name).replace(NBSP, " ") for f in fields(house)}
    optional = {name for part in OPTIONAL for name in LABELS_OF[part]} - {"nothing"}
    said_of_tables = {name for name in words if name.endswith("_description")}
    shown = words.keys() - optional - said_of_tables - {"subject"}
    assert {name: words[name] for name in shown} == {
        "subtitle": "Relevé des conclusions",
        "date": "Date de la réunion",
        "place": "Lieu :",
        "participants": "Participants :",
        "agenda": "Ordre du jour :",
        "points": "Points retenus :",
        "overall": "Avancement global du Plan d'action national",
        "completed": "Engagements complétés à {percent}",
        "under_way": "Engagements non complétés",
        "column_commitment": "Engagement",
        "column_progress": "Etat d'avancement",
        "column_details": "Détails fournis par le point focal",
        "represented": "Représentés :",
        "excused": "Excusés :",
        "absent": "Absents :",
        "nothing": "Néant",
        "no_commitment": "aucun",
    }


def test_labels_of_the_careful_style_have_their_accents_and_curled_apostrophes() -> None:
    careful = LABELS[Typography.SOIGNE]
    assert careful.date == f"Date de la réunion{NBSP}:"
    assert careful.column_progress == "État d’avancement"
    assert not any("'" in getattr(careful, field.name) for field in fields(careful))
