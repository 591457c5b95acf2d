"""Documents to write, strategies that invent them, and what must be read back from each."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from itertools import groupby
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from pan_desktop.documents.docx.reader import Kind, ReadParagraph, ReadTable, Stretch
from pan_desktop.documents.model import (
    Block,
    Cell,
    Document,
    Heading,
    ItemList,
    ListItem,
    Paragraph,
    Properties,
    Run,
    Runs,
    Table,
    Title,
)
from pan_desktop.domain.typography import Typography

if TYPE_CHECKING:
    from pan_desktop.documents.docx.reader import ReadBlock

ABOUT = Properties(
    title="Relevé des conclusions",
    subject="Plan d’action national 2018-2020",
    author="Secrétariat du comité",
    created=datetime(2020, 12, 21, 17, 5, 9, tzinfo=UTC),
)
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def document(*blocks: Block, typography: Typography = Typography.FIDELE) -> Document:
    return Document(ABOUT, typography, blocks)


def runs(*texts: str) -> Runs:
    return tuple(Run(text) for text in texts)


def paragraph(*texts: str) -> Paragraph:
    return Paragraph(runs(*texts))


def items(*entries: str | tuple[int, str], ordered: bool = False) -> ItemList:
    """Make a list; an entry is a text, or a level and a text."""
    pairs = [(0, entry) if isinstance(entry, str) else entry for entry in entries]
    return ItemList(tuple(ListItem(level, runs(text)) for level, text in pairs), ordered)


def cell(*blocks: Paragraph | ItemList | str, centred: bool = False) -> Cell:
    made = (paragraph(block) if isinstance(block, str) else block for block in blocks)
    return Cell(tuple(made), centred)


def table(*rows: tuple[Cell, ...], caption: str = "Légende", description: str = "Texte") -> Table:
    header = tuple(cell(text, centred=True) for text in ("Engagement", "Avancement", "Détails"))
    return Table((0.15, 0.17, 0.68), header, rows, caption, description)


def typical(rows: int = 11, typography: Typography = Typography.FIDELE) -> Document:
    """Make a relevé with nested points, a raised "er" and a row that holds a numbered list."""
    raised = (Run("Publication au 1"), Run("er", superscript=True), Run(" trimestre."))
    long_cell = cell(
        "Le calendrier a été revu :",
        items("Première raison.", "Deuxième raison.", "Troisième raison.", ordered=True),
        "La suite est prévue en 2021, " + "après l’avis de chaque administration, " * 14 + "enfin.",
    )
    lines = [
        (cell(str(n), centred=True), cell(f"{n % 101}%", centred=True), cell("En cours."))
        for n in range(1, rows)
    ]
    return document(
        Title(runs("RÉUNION DU COMITÉ")),
        Title(runs("Relevé des conclusions"), subtitle=True),
        Heading(1, runs("Participants :")),
        items("M. Driss AMEZIANE, point focal engagement 1", "Mme Leïla HADDIOUI, invitée"),
        Heading(1, runs("Points retenus :")),
        Heading(2, runs("Avancement :")),
        items("Avancement global : 84%", "Engagements non complétés :"),
        table(*lines, (cell("99", centred=True), cell("24%", centred=True), long_cell)),
        Heading(2, runs("Suites :")),
        items("Collecte :", (1, "640 contributions ;"), (2, "dont 75 retenues."), "Analyse."),
        Paragraph(raised),
        Paragraph((Run("gras", bold=True), Run(" et "), Run("italique", italic=True))),
        typography=typography,
    )


def arabic() -> Document:
    return document(
        Title(runs("اجتماع لجنة التتبع")),
        Heading(1, runs("المشاركون")),
        items("السيدة سلمى بنكيران، الالتزام 3 (PAN 2018-2020)", (1, "نسبة الإنجاز 84% 😀")),
        items("أولا", "ثانيا", ordered=True),
        paragraph("Le portail « البوابة الوطنية » est ouvert depuis le 3 mai."),
        Table(
            (0.5, 0.5),
            (cell("الالتزام", centred=True), cell("التفاصيل", centred=True)),
            ((cell("3"), cell("مذكرة", items("لقاء مع Direction X", ordered=True))),),
            "جدول",
            "وصف",
        ),
        typography=Typography.SOIGNE,
    )


def deep() -> Document:
    """Make lists of nine levels, up and down, in the body and in a long table."""
    levels = [*range(9), *range(8, -1, -1), 0, 5, 2, 8, 1]
    nested = [(level, f"niveau {level}") for level in levels]
    both = [items(*nested), items(*nested, ordered=True)]
    rows = [(cell(str(n)), cell("50%"), cell(*both)) for n in range(40)]
    headings = [Heading(level, runs(f"Titre {level}")) for level in range(1, 10)]
    return document(*headings, *both, *both, table(*rows), table(*rows[:2]))


def empty_cells() -> Document:
    bare = Cell(())
    return document(
        paragraph(),
        table((bare, cell(""), cell(items())), (cell("", ""), cell(items("")), cell("x"))),
        items(),
        Table((1,), (bare,), (), "", ""),
    )


# What must be read back, worked out in the plainest way there is.


def expected(paper: Document) -> tuple[ReadBlock, ...]:
    """Return what a reader must find in the file of a document."""
    numbers = iter(range(1, 1_000_000))
    found: list[ReadBlock] = []
    for block in paper.blocks:
        if isinstance(block, Table):
            lines = (block.header, *block.rows)
            read = tuple(tuple(_cell(entry, numbers) for entry in line) for line in lines)
            found.append(ReadTable(1, read, _clean(block.caption), _clean(block.description)))
        else:
            found += _text_block(block, numbers)
    return tuple(found)


def _cell(entry: Cell, numbers: object) -> tuple[ReadBlock, ...]:
    found = [read for block in entry.blocks for read in _text_block(block, numbers)]
    return tuple(found) or (ReadParagraph(Kind.PARAGRAPH, 0, ()),)


def _text_block(block: Block, numbers: object) -> list[ReadParagraph]:
    match block:
        case Title(text, subtitle):
            kind = Kind.SUBTITLE if subtitle else Kind.TITLE
            return [ReadParagraph(kind, 0, _stretches(text))]
        case Heading(level, text):
            return [ReadParagraph(Kind.HEADING, level, _stretches(text))]
        case Paragraph(text):
            return [ReadParagraph(Kind.PARAGRAPH, 0, _stretches(text))]
        case ItemList(entries, ordered) if entries:
            number = next(numbers)  # type: ignore[call-overload]
            return [
                ReadParagraph(
                    Kind.ITEM,
                    item.level,
                    _stretches(item.runs),
                    number,
                    ordered,
                    _count(entries[: place + 1]) if ordered else None,
                )
                for place, item in enumerate(entries)
            ]
    return []


def _count(entries: tuple[ListItem, ...]) -> int:
    """Return the number of the last entry: its elders of the same level under one parent."""
    level = entries[-1].level
    count = 0
    for item in reversed(entries):
        if item.level < level:
            break
        count += item.level == level
    return count


def _stretches(text: Runs) -> tuple[Stretch, ...]:
    looks = [
        (character, (run.bold, run.italic, run.superscript))
        for run in text
        for character in _clean(run.text)
    ]
    return tuple(
        Stretch("".join(character for character, _ in group), *look)
        for look, group in groupby(looks, key=lambda pair: pair[1])
    )


def _clean(text: str) -> str:
    return FORBIDDEN.sub("", text).replace("\r\n", "\n").replace("\r", "\n")


# Documents that nobody would think of.

_PIECES = ["\t", "\n", "\r\n", "\r", "  ", "<", "&", "]]>", '"', "\x00", "\x1b", "😀", "\u200f"]
_PIECES += ["العربية", "עברית", "12", "é", "e\u0301", "\ud83d", "\ufffe", "\u00ad", "\u2028"]
# A line end that two runs share has a test of its own.
TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=()), max_size=20),
    st.lists(st.sampled_from(_PIECES), max_size=8).map("".join),
).filter(lambda text: not text.endswith("\r"))
RUNS = st.lists(st.builds(Run, TEXTS, st.booleans(), st.booleans(), st.booleans()), max_size=4).map(
    tuple
)
LISTS = st.builds(
    ItemList,
    st.lists(st.builds(ListItem, st.integers(0, 8), RUNS), max_size=6).map(tuple),
    st.booleans(),
)
PARAGRAPHS = st.builds(Paragraph, RUNS)
CELLS = st.builds(
    Cell, st.lists(st.one_of(PARAGRAPHS, LISTS), max_size=3).map(tuple), st.booleans()
)


@st.composite
def _tables(draw: st.DrawFn) -> Table:
    columns = draw(st.integers(1, 3))
    lines = st.lists(CELLS, min_size=columns, max_size=columns).map(tuple)
    rows = draw(st.lists(lines, max_size=3))
    widths = draw(st.lists(st.floats(0.05, 1), min_size=columns, max_size=columns))
    return Table(tuple(widths), draw(lines), tuple(rows), draw(TEXTS), draw(TEXTS))


DOCUMENTS = st.builds(
    Document,
    st.builds(
        Properties,
        TEXTS,
        TEXTS,
        TEXTS,
        st.datetimes(datetime(1980, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    ),
    st.sampled_from(Typography),
    st.lists(
        st.one_of(
            st.builds(Title, RUNS, st.booleans()),
            st.builds(Heading, st.integers(1, 9), RUNS),
            PARAGRAPHS,
            LISTS,
            _tables(),
        ),
        max_size=6,
    ).map(tuple),
)
