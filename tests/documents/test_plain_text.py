"""Plain text, to be pasted into a mail."""

from __future__ import annotations

from pan_desktop.documents.model import Heading, ItemList, ListItem, Title
from pan_desktop.documents.plain_text import plain_text
from pan_desktop.domain.typography import Typography
from tests.documents.docx.papers import cell, document, items, paragraph, runs, table

FIDELE = """\
RÉUNION DU COMITÉ
=================
Relevé des conclusions

Lieu :
Rabat

Points retenus :
- Un point
  qui a deux lignes
  a) premier
  b) second
- Un autre :

Engagement | Avancement | Détails
3 | 95% | Une phrase.
  - Une puce
7 |  | Fin
"""


def test_a_paper_as_text() -> None:
    points = ItemList(
        (
            ListItem(0, runs("Un point\nqui a deux lignes")),
            ListItem(1, runs("premier"), numbered=True),
            ListItem(1, runs("second"), numbered=True),
            ListItem(0, runs("Un autre :")),
        )
    )
    paper = document(
        Title(runs("RÉUNION DU COMITÉ")),
        Title(runs("Relevé des conclusions"), subtitle=True),
        Heading(1, runs("Lieu :")),
        paragraph("Rabat"),
        Heading(1, runs("Points retenus :")),
        points,
        table(
            (cell("3"), cell("95%"), cell("Une phrase.", items("Une puce"))),
            (cell("7"), cell(""), cell("Fin")),
        ),
    )
    assert plain_text(paper) == FIDELE


def test_the_careful_style_has_its_own_dash_and_long_lines_are_not_cut() -> None:
    words = "mot " * 60 + "fin"
    paper = document(items(words), typography=Typography.SOIGNE)
    assert plain_text(paper) == f"– {words}\n"
