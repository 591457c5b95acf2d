"""The good files that are broken: each kind the program reads, made anew, the same every time."""

from __future__ import annotations

import io
import tempfile
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

import docx
import xlsxwriter

from pan_desktop import resources
from pan_desktop.app import meetings, workbooks
from pan_desktop.app.export import export
from pan_desktop.domain import ids
from pan_desktop.domain.typography import Typography
from tests.builders import SAMPLES, office_in, sample_bytes
from tests.documents.docx import houses

DAY = datetime(2026, 10, 14, 14, 30, tzinfo=UTC)


class Seed(NamedTuple):
    """A good file: its name tells what it is given to."""

    name: str
    content: bytes

    @property
    def target(self) -> str:
        """Return what the file is read as: "relevé", "modèle", "classeur", "présences"…"""
        return self.name.partition(" ")[0]


TEAMS = """1. Résumé
Titre de la réunion\tComité de suivi
Participants\t3
Heure de début\t14/10/26, 14:26:03
Heure de fin\t14/10/26, 16:05:10

2. Participants
Nom\tPremière participation\tDernier départ\tDurée de la réunion\tE-mail\tID du participant\tRôle
Zineb Benali\t14/10/26, 14:26:03\t14/10/26, 16:05:10\t1 h 39 min 7 s\tz@x.ma\tz@x.ma\tOrganisateur
Karim Alami (Externe)\t14/10/26, 14:31:44\t14/10/26, 15:58:00\t1 h 26 min 16 s\t\t\tPrésentateur

3. Activités de la réunion
Nom\tHeure de participation\tHeure de départ\tDurée\tE-mail\tRôle
Zineb Benali\t14/10/26, 14:26:03\t14/10/26, 16:05:10\t1 h 39 min 7 s\tz@x.ma\tOrganisateur
Karim Alami (Externe)\t14/10/26, 14:31:44\t14/10/26, 15:02:00\t30 min 16 s\t\tPrésentateur
Karim Alami (Externe)\t14/10/26, 15:10:00\t14/10/26, 15:58:00\t48 min\t\tPrésentateur
"""
ZOOM = """Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest
Zineb Benali,z@exemple.ma,10/14/2026 02:26:03 PM,10/14/2026 04:05:10 PM,100,No
"Alami, Karim",,10/14/2026 02:31:44 PM,10/14/2026 03:58:00 PM,87,Yes
"""
LIST = """Nom;Prénom;Organisme;E-mail;Présence;Observation
BENALI;Zineb;Ministère de l’Exemple;z@exemple.ma;Présent;
ALAMI;Karim;Agence de l’Exemple;;Excusé;en mission
"""


def seeds() -> list[Seed]:
    """Return the good files, of equal bytes from one run to the next."""
    with (
        tempfile.TemporaryDirectory(prefix="pan-graines-") as name,
        patch.object(ids, "os", _SameBytes()),
        patch.object(ids, "time", _SameTime()),
        patch.object(ids, "_last", 0),
    ):
        written = _written(Path(name))
    templates = {
        "propre": resources.path("templates/releve.docx").read_bytes(),
        "papier": houses.letterhead(),
        "sections": houses.two_sections(),
        "repère": houses.control(),
        "listes": houses.own_lists(),
        "dangereux": houses.dangerous(),
    }
    return [
        *written,
        Seed("relevé main.docx", _undated(_by_hand())),
        *(Seed(f"modèle {name}.docx", _undated(content)) for name, content in templates.items()),
        *(Seed(f"données {label}", sample_bytes(label)) for label in SAMPLES),
        Seed("présences teams.csv", TEAMS.encode("utf-16")),
        Seed("présences zoom.csv", ZOOM.encode()),
        Seed("présences liste.csv", LIST.encode("cp1252")),
        Seed("présences liste.xlsx", _list_workbook()),
    ]


def _undated(content: bytes) -> bytes:
    """Return a file without the hours at which its parts were packed."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name), old.read(name), zipfile.ZIP_DEFLATED)
    return target.getvalue()


class _SameBytes:
    """Stands in for ``os``: the identifiers are counted, and lie in the files."""

    def urandom(self, size: int) -> bytes:
        """Return no chance at all."""
        return bytes(size)


class _SameTime:
    """Stands in for ``time``."""

    def time_ns(self) -> int:
        """Return one moment."""
        return int(DAY.timestamp()) * 10**9


def _written(folder: Path) -> list[Seed]:
    """Return what the program writes of its sample."""
    from pan_desktop.app.sample import fill

    found: list[Seed] = []
    with office_in(folder) as office:
        office.run(fill)
        for line in office.run(meetings.list_meetings).result:
            for style in Typography:
                file = folder / f"relevé {line.day} {style.value}.docx"
                export(office, meeting_id=line.id, target=file, style=style, now=DAY)
                found.append(Seed(file.name, file.read_bytes()))
        forms = {"plans": workbooks.write_plans, "personnes": workbooks.write_roster}
        for label, write in forms.items():
            file = folder / f"classeur {label}.xlsx"
            write(office, file=file)
            found.append(Seed(file.name, file.read_bytes()))
        file = folder / "classeur avancement.xlsx"
        workbooks.write_progress(office, meeting_id=line.id, file=file)
        found.append(Seed(file.name, file.read_bytes()))
    return found


def _by_hand() -> bytes:
    """Return a relevé as somebody types it in Word, with little regard for styles."""
    paper = docx.Document()
    paper.core_properties.created = paper.core_properties.modified = DAY.replace(tzinfo=None)
    paper.add_heading("RÉUNION DU COMITÉ DE SUIVI", 1)
    paper.add_paragraph("").add_run("Plan d’action national 2026-2028").bold = True
    paper.add_paragraph("Date : 14 octobre 2026 (à 14 h 30)   Lieu : visioconférence")
    paper.add_paragraph("").add_run("Participants :").bold = True
    for line in (
        "- Mme. Zineb BENALI, point focal engagements 1 et 2",
        "- M. Karim alami, point focal engagement 3",
        "- Mr Samir TAZI, invité",
    ):
        paper.add_paragraph(line)
    paper.add_heading("Ordre du jour", 2)
    for line in ("État d’avancement", "Divers"):
        paper.add_paragraph(line, style="List Number")
    paper.add_heading("Points retenus", 2)
    paper.add_paragraph("L’avancement global est de 45 %. Engagements complétés : 3.")
    grid = paper.add_table(3, 3)
    rows = (
        ("Engagement", "Taux", "Détails"),
        ("1", "60 %", "En cours"),
        ("2", "30%", "1. A\n2. B"),
    )
    for row, texts in zip(grid.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    paper.add_heading("Divers", 3)
    paper.add_paragraph("Le portail sera ouvert le 25/12/2026.", style="List Bullet")
    paper.add_paragraph("Le secrétariat transmet la fiche.", style="List Bullet 2")
    return houses.saved(paper)


def _list_workbook() -> bytes:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    book.set_properties({"created": DAY.replace(tzinfo=None)})
    sheet = book.add_worksheet("Présences")
    for number, line in enumerate(LIST.splitlines()):
        sheet.write_row(number, 0, line.split(";"))
    book.close()
    return target.getvalue()
