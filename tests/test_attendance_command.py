"""`attendance`: who was in the call, told without writing, written only where certain."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pan_desktop.domain.backups import Why
from pan_desktop.store.safety.copies import copies
from tests.builders import content, dump
from tests.test_command_line import Terminal, terminal

__all__ = ["terminal"]

SHARED = Path(__file__).resolve().parents[2] / "shared" / "attendance"
needs_shared = pytest.mark.skipif(not SHARED.exists(), reason="the shared samples are not here")
TRUTH_FILES = (
    "teams_new_en_us.csv",
    "teams_report_2021_fr.csv",
    "webex_attendance_en.csv",
    "zoom_participants_en.csv",
    "zoom_participants_fr.csv",
)
OWN = (
    "Nom complet;Heure d’arrivée;Heure de départ;E-mail\n"
    "Amina BENEXEMPLE;19/10/2026 14:30:00;19/10/2026 15:30:00;a@example.org\n"
    "Yasine el modele;19/10/2026 14:31:00;19/10/2026 15:30:00;\n"
    "En retard;20/10/2026 14:31:00;20/10/2026 15:30:00;\n"
)


def _releve() -> dict[str, Any]:
    people = ("Amina BENEXEMPLE", "Yassine EL MODÈLE")
    return {
        "format": "releve/1",
        "plan": {"label": "2024-2027", "commitments": [1, 2]},
        "body": "Comité d'implémentation",
        "date": "2026-10-19",
        "time": "14:30",
        "place": "à distance",
        "participants": [
            {"civility": "Mme", "name": name, "role": "focal_point", "commitments": [number]}
            for number, name in enumerate(people, 1)
        ],
        "agenda": ["Avancement"],
        "progress": {
            "heading": "Avancement",
            "overall_percent": 10,
            "completed": [],
            "rows": [{"commitment": n, "percent": 10, "details": "a"} for n in (1, 2)],
        },
        "notes": [],
    }


@pytest.fixture
def meeting(terminal: Terminal) -> str:
    return terminal.done("import", terminal.file(_releve()))


@needs_shared
@pytest.mark.parametrize("name", TRUTH_FILES)
def test_the_samples_give_exactly_their_truth(
    terminal: Terminal,
    meeting: str,
    name: str,
) -> None:
    truth = json.loads((SHARED / "expected.json").read_text(encoding="utf-8"))["people"]
    said = json.loads(terminal.told("attendance", meeting, SHARED / name, "--json"))
    assert [list(person) for person in said["people"]] == [
        ["name", "email", "intervals", "seconds", "match"]
    ] * len(truth)
    found = [(p["name"], p["email"], p["intervals"], p["seconds"]) for p in said["people"]]
    assert found == [(p["shown_as"], p["email"], p["intervals"], p["seconds_union"]) for p in truth]
    assert [left["line"] for left in said["left_out"]] == (
        [18] if "zoom_participants_fr" in name else []
    )


@needs_shared
def test_the_list_kept_by_hand_and_the_cut_report(terminal: Terminal, meeting: str) -> None:
    before = dump(terminal.database)
    said = json.loads(
        terminal.told("attendance", meeting, SHARED / "liste_manuelle_excel_fr.csv", "--json")
    )
    assert [(p["name"], p.get("presence")) for p in said["people"]] == [
        ("Amina BENEXEMPLE", None),
        ("Yassine EL MODÈLE", None),
        ("Salma AÏT FICTIF", "excused"),
        ("Nouredine TÉMOIN", "absent"),
    ]
    cut = SHARED / "bad_truncated_mid_row.csv"
    assert "s’arrête au milieu de la ligne 15" in terminal.refused("attendance", meeting, cut)
    assert "s’arrête" in terminal.refused("attendance", meeting, cut, "--apply")
    assert dump(terminal.database) == before


def test_reading_writes_nothing(terminal: Terminal, meeting: str) -> None:
    before = dump(terminal.database)
    file = terminal.file(OWN.encode(), "rapport.csv")
    code, out, err = terminal.run("attendance", meeting, file, "--json")
    assert (code, err) == (0, "")
    said = json.loads(out)
    assert said["people"][0]["match"]["kind"] == "certain"
    assert said["people"][1]["match"]["kind"] == "proposed"
    assert said["left_out"][0]["line"] == 4
    assert "20 octobre 2026" in said["left_out"][0]["reason"]
    code, out, err = terminal.run("attendance", meeting, file)
    assert code == 0
    assert out.splitlines()[0].split("\t") == [
        "Amina BENEXEMPLE", "14:30:00-15:30:00", "60 min", "Amina BENEXEMPLE"
    ]  # fmt: skip
    assert "Yassine EL MODÈLE ? (" in out.splitlines()[1]
    assert "rapport.csv, ligne 4" in err
    assert dump(terminal.database) == before


def test_only_what_is_certain_is_written(terminal: Terminal, meeting: str) -> None:
    file = terminal.file(OWN.encode(), "rapport.csv")
    code, out, _ = terminal.run("attendance", meeting, file, "--apply")
    assert code == 0
    first, *others = out.splitlines()
    assert first == "Enregistrés : 1\u00a0présent. À identifier dans la fenêtre : 1\u00a0nom."
    assert [line.split("\t")[0] for line in others] == ["Yasine el modele"]
    found = dump(terminal.database)
    assert [row["joined"] for row in found["stay"]] == ["14:30:00.000000"]
    terminal.run("attendance", meeting, file, "--apply")
    assert dump(terminal.database) == found


def test_a_report_is_written_once_there_is_a_copy(terminal: Terminal, meeting: str) -> None:
    before, known = dump(terminal.database), len(copies(terminal.database))
    file = terminal.file(OWN.encode(), "rapport.csv")
    terminal.run("attendance", meeting, file)
    assert len(copies(terminal.database)) == known
    terminal.run("attendance", meeting, file, "--apply")
    (made, *_) = found = copies(terminal.database)
    assert (made.why, len(found)) == (Why.IMPORT, known + 1)
    assert content(dump(made.file)) == content(before)


def test_without_a_copy_no_report_is_written(terminal: Terminal, meeting: str) -> None:
    before = dump(terminal.database)
    terminal.database.with_name(f"{terminal.database.name}.sauvegardes").write_text("/nulle/part")
    file = terminal.file(OWN.encode(), "rapport.csv")
    assert "n’existant plus" in terminal.refused("attendance", meeting, file, "--apply")
    assert dump(terminal.database) == before


def test_what_is_wrong_is_one_sentence(terminal: Terminal, meeting: str) -> None:
    before = dump(terminal.database)
    file = terminal.file(OWN.encode(), "rapport.csv")
    terminal.refused("attendance", "inconnue", file)
    terminal.refused("attendance", meeting, terminal.folder / "absent.csv")
    terminal.refused("attendance", meeting, terminal.folder)
    terminal.refused("attendance", meeting)
    other = terminal.file(OWN.replace("/10/", "/09/").encode(), "autre.csv")
    assert "19 septembre 2026" in terminal.refused("attendance", meeting, file, other, "--apply")
    assert dump(terminal.database) == before
