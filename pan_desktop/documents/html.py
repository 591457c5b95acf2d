"""Writes a document as one HTML page that needs nothing else: no script, nothing fetched.

It says what the Word file says, for a screen reader as for the eye: language and direction on
what is in another one, headings that skip no level, real lists, a table with its headers named.
"""

from __future__ import annotations

from datetime import UTC
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

from pan_desktop.documents.docx.direction import may_be_mixed, runs_right_to_left, stretches
from pan_desktop.documents.model import Heading, ItemList, Paragraph, Table, Title
from pan_desktop.documents.numbering import counted
from pan_desktop.domain.typography import Typography

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pan_desktop.documents.model import Block, Cell, Document, ListItem, Run, Runs

_LARGEST_HEADING = 6
_ARABIC, _FRENCH = "ar", "fr"
_TYPES = ("1", "a", "i")
_DASHES = {Typography.FIDELE: '"- "', Typography.SOIGNE: '"\u2013 "'}

# White space is kept as typed (a tab, two spaces), as Word keeps it: nothing is written between
# the parts of a paragraph, an item or a cell.
_STYLE = """
@counter-style lettres { system: extends lower-alpha; suffix: ") "; }
:root { color-scheme: light; }
body { margin: 0; background: #fff; color: #000;
  font: 11pt/1.35 Calibri, Carlito, Arial, "Liberation Sans", sans-serif; }
main { max-width: 45em; margin: 2.5em auto; padding: 0 1.5em; }
h1, h2, h3, h4, h5, h6, .sous-titre { color: #1f3864; line-height: 1.2; }
h1, .sous-titre { text-align: center; }
h1 { font-size: 17pt; margin: 0 0 .2em; }
.sous-titre { font-size: 14pt; margin: 0; padding-bottom: .5em; border-bottom: 1px solid; }
h2 { font-size: 13pt; margin: 1.1em 0 .3em; }
h3 { font-size: 11.5pt; margin: 1em 0 .3em; }
h4, h5, h6 { font-size: 11pt; margin: .9em 0 .3em; }
h1, h2, h3, h4, h5, h6, p, li, th, td { white-space: pre-wrap; overflow-wrap: anywhere; }
p { margin: 0 0 .5em; }
.moitie { margin-inline-start: 50%; }
.ecart { margin-top: 1.8em; }
ul, ol { margin: 0 0 .5em; padding-inline-start: 1.8em; }
li > ul, li > ol { margin: 0; }
ul { list-style-type: FIRST; }
.niveau1 { list-style-type: SECOND; }
ol { list-style-type: decimal; }
ol.niveau1 { list-style-type: lettres; }
ol.niveau2 { list-style-type: lower-roman; }
table { width: 100%; border-collapse: collapse; table-layout: fixed; margin: .6em 0 1em;
  font-size: 10.5pt; }
caption { position: absolute; width: 1px; height: 1px; overflow: hidden;
  clip-path: inset(50%); white-space: nowrap; }
th, td { border: 1px solid #a6b1c5; padding: .35em .5em; text-align: start;
  vertical-align: top; font-weight: normal; }
thead th { background: #e7ecf4; color: #1f3864; font-weight: bold; text-align: center;
  vertical-align: middle; border-bottom: 2px solid #1f3864; }
.centre { text-align: center; }
td p:last-child, th p:last-child, td > :last-child { margin-bottom: 0; }
@page { size: A4; margin: 2.5cm; }
@media print {
  main { max-width: none; margin: 0; padding: 0; }
  h1, h2, h3, h4, h5, h6, .sous-titre { break-after: avoid; }
  thead { display: table-header-group; }
  p, li { orphans: 2; widows: 2; }
  thead th { print-color-adjust: exact; }
}
"""


def html_page(document: Document) -> str:
    """Return the whole page. The text must hold no control characters (``characters.clean``)."""
    return _Page(document).text()


class _Page:
    """One page under construction."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._language = document.properties.language or _FRENCH
        self._from_right = self._language.split("-")[0] == _ARABIC

    def text(self) -> str:
        said = self._document.properties
        direction = "rtl" if self._from_right else "ltr"
        dash = _DASHES[self._document.typography]
        second = dash if self._document.typography is Typography.FIDELE else '"\u2022 "'
        # Whatever is pasted into the page later, a browser fetches and runs nothing for it.
        policy = "default-src 'none'; style-src 'unsafe-inline'"
        metas = (
            ("author", said.author),
            ("description", said.subject),
            ("dcterms.created", f"{said.created.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"),
            ("dcterms.identifier", said.identifier),
        )
        return "\n".join(
            (
                "<!DOCTYPE html>",
                f'<html lang="{_quoted(self._language)}" dir="{direction}">',
                "<head>",
                '<meta charset="utf-8">',
                f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
                '<meta name="viewport" content="width=device-width, initial-scale=1">',
                f"<title>{_said(said.title or 'PAN Desktop')}</title>",
                *(f'<meta name="{k}" content="{_quoted(v)}">' for k, v in metas if v),
                f"<style>{_STYLE.replace('FIRST', dash).replace('SECOND', second)}</style>",
                "</head>",
                "<body>",
                "<main>",
                *(self._block(block) for block in self._document.blocks),
                "</main>",
                "</body>",
                "</html>",
                "",
            )
        )

    def _block(self, block: Block) -> str:
        match block:
            case Title(runs, subtitle):
                name, kind = ("p", ' class="sous-titre"') if subtitle else ("h1", "")
                return self._element(name, runs, kind)
            case Heading(level, runs):
                return self._element(f"h{min(level + 1, _LARGEST_HEADING)}", runs)
            case Paragraph(runs):
                names = ["moitie"] * block.half + ["ecart"] * block.apart
                return self._element("p", runs, f' class="{" ".join(names)}"' if names else "")
            case ItemList():
                return self._lists(list(counted(block)))
            case Table():
                return self._table(block)

    def _element(self, name: str, runs: Runs, said: str = "") -> str:
        return f"<{name}{said}{self._direction(_plain(runs))}>{self._runs(runs)}</{name}>"

    def _lists(self, entries: Sequence[tuple[ListItem, int | None]]) -> str:
        """Return lists: one for each run of neighbours of one level that are marked alike."""
        families: list[list[tuple[ListItem, int | None]]] = []
        for entry in entries:
            if families and entry[0].level > families[-1][0][0].level:
                families[-1].append(entry)
            else:
                families.append([entry])
        alike = groupby(families, lambda own: (own[0][0].level, own[0][1] is not None))
        return "".join(self._list(level, ordered, list(own)) for (level, ordered), own in alike)

    def _list(
        self, level: int, ordered: bool, families: list[list[tuple[ListItem, int | None]]]
    ) -> str:
        shape = level % 3 if ordered else level % 2
        name = "ol" if ordered else "ul"
        said = f' class="niveau{shape}"' if shape else ""
        if ordered and shape:
            said += f' type="{_TYPES[shape]}"'
        pieces, expected = [], 1
        for (item, number), *under in families:
            value = "" if number is None or number == expected else f' value="{number}"'
            expected = (number or 0) + 1
            direction = self._direction(_plain(item.runs))
            words = f"{self._runs(item.runs)}{self._lists(under)}"
            pieces.append(f"<li{value}{direction}>{words}</li>")
        return f"<{name}{said}>{''.join(pieces)}</{name}>"

    def _table(self, table: Table) -> str:
        from_right = runs_right_to_left("".join(map(_cell_text, table.header)))
        direction = ""
        if from_right is not self._from_right:
            direction = ' dir="rtl"' if from_right else ' dir="ltr"'
        whole = sum(table.widths)
        columns = "".join(f'<col style="width:{w / whole:.2%}">' for w in table.widths)
        named = ". ".join(part.rstrip(".") for part in (table.caption, table.description) if part)
        tall = f' style="height:{table.row_height:g}pt"' if table.row_height else ""
        return "\n".join(
            (
                f"<table{direction}>",
                f"<caption>{_said(named)}</caption>",
                f"<colgroup>{columns}</colgroup>",
                "<thead>",
                f"<tr>{''.join(self._cell(cell, 'col') for cell in table.header)}</tr>",
                "</thead>",
                "<tbody>",
                *(f"<tr{tall}>{self._row(row)}</tr>" for row in table.rows),
                "</tbody>",
                "</table>",
            )
        )

    def _row(self, row: tuple[Cell, ...]) -> str:
        """Return a row's cells: the first one names the row, unless it says nothing."""
        return "".join(
            self._cell(cell, "row" if place == 0 and _cell_text(cell).strip() else "")
            for place, cell in enumerate(row)
        )

    def _cell(self, cell: Cell, scope: str) -> str:
        name = f'th scope="{scope}"' if scope else "td"
        centred = ' class="centre"' if cell.centred and scope != "col" else ""
        inside = "".join(self._block(block) for block in cell.blocks)
        return f"<{name}{centred}>{inside}</{name[:2]}>"

    def _direction(self, text: str) -> str:
        """Return what a paragraph says of itself where it runs against the page."""
        from_right = runs_right_to_left(text) if may_be_mixed(text) or self._from_right else False
        if not text.strip() or from_right is self._from_right:
            return ""
        return ' dir="rtl"' if from_right else ' dir="ltr"'

    def _runs(self, runs: Runs) -> str:
        text = _plain(runs)
        if not may_be_mixed(text) and not self._from_right:
            return "".join(_look(run, _said(run.text)) for run in runs if run.text)
        cuts = stretches(text)
        pieces: list[str] = []
        start = 0
        for run in runs:
            end = start + len(run.text)
            for first, last, from_right in cuts:
                part = text[max(first, start) : min(last, end)]
                if part:
                    pieces.append(_look(run, self._in_language(part, from_right)))
            start = end
        return "".join(pieces)

    def _in_language(self, part: str, from_right: bool) -> str:
        said = _said(part)
        if from_right is self._from_right or not part.strip():
            return said
        return f'<span lang="{_ARABIC if from_right else _FRENCH}">{said}</span>'


def _look(run: Run, said: str) -> str:
    for wanted, name in ((run.superscript, "sup"), (run.italic, "i"), (run.bold, "b")):
        if wanted:
            said = f"<{name}>{said}</{name}>"
    return said


def _plain(runs: Runs) -> str:
    return "".join(run.text for run in runs)


def _said(text: str) -> str:
    return escape(text, quote=False).replace("\n", "<br>")


def _quoted(text: str) -> str:
    return escape(" ".join(text.split()))


def _cell_text(cell: Cell) -> str:
    runs: list[Runs] = []
    for block in cell.blocks:
        runs += [block.runs] if isinstance(block, Paragraph) else [i.runs for i in block.items]
    return "".join(map(_plain, runs))
