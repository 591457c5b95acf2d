"""The HTML page: valid, accessible, self-contained, and nothing typed becomes a tag."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from lxml import html
from typing_extensions import override

from pan_desktop.documents.docx.characters import clean
from pan_desktop.documents.html import html_page
from pan_desktop.documents.model import Document, Heading, ItemList, ListItem, Paragraph, Run, Title
from pan_desktop.domain.typography import Typography
from tests.builders import thorough
from tests.documents.docx.papers import (
    ABOUT,
    DOCUMENTS,
    arabic,
    cell,
    deep,
    document,
    empty_cells,
    items,
    paragraph,
    runs,
    table,
    typical,
)

_VOID = {"meta", "br", "col"}
_INSIDE = {
    "li": {"ul", "ol"},
    "tr": {"thead", "tbody"},
    "td": {"tr"},
    "th": {"tr"},
    "caption": {"table"},
    "col": {"colgroup"},
    "p": {"main", "td", "th"},
    "table": {"main"},
    "ul": {"main", "li", "td", "th"},
    "ol": {"main", "li", "td", "th"},
}


class _Checker(HTMLParser):
    """Fails on a tag that is not closed, stands where it may not, or may not be there at all."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        parent = self.open[-1] if self.open else ""
        assert parent in _INSIDE.get(tag, {parent}), f"<{tag}> in <{parent}>"
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names))
        assert not {"src", "href", "onload", "onclick"} & set(names)
        self.seen.append(tag)
        if tag not in _VOID:
            self.open.append(tag)

    @override
    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def checked(paper: Document) -> html.HtmlElement:
    """Return the page of a document, found to be well-formed and to need nothing else."""
    page = html_page(paper)
    checker = _Checker()
    checker.feed(page)
    checker.close()
    assert checker.open == []
    assert not {"script", "img", "link", "iframe", "object", "base"} & set(checker.seen)
    assert "url(" not in page
    assert "@import" not in page
    assert page.startswith("<!DOCTYPE html>")
    return html.fromstring(page)


@pytest.mark.parametrize("paper", [typical(), arabic(), deep(), empty_cells()])
def test_papers_are_well_formed(paper: Document) -> None:
    root = checked(paper)
    assert root.get("lang") == "fr-FR"
    assert root.findtext(".//title") == ABOUT.title


@given(DOCUMENTS)
@thorough
def test_whatever_is_typed_the_page_is_well_formed(paper: Document) -> None:
    checked(clean(paper)[0])


def test_what_looks_like_a_tag_is_text() -> None:
    evil = '<script>alert(1)</script> & "x" <img src=x>'
    said = replace(ABOUT, title=evil, author=f'"> {evil}')
    root = checked(Document(said, Typography.FIDELE, (paragraph(evil), items(evil))))
    assert [p.text for p in root.iter("p")] == [evil]
    assert [i.text for i in root.iter("li")] == [evil]


def test_headings_follow_one_another_from_the_title_on() -> None:
    paper = document(
        Title(runs("RÉUNION")), Title(runs("Relevé"), subtitle=True),
        Heading(1, runs("A")), Heading(2, runs("B")), Heading(3, runs("C")), Heading(1, runs("D")),
    )  # fmt: skip
    found = [e.tag for e in checked(paper).iter() if re.fullmatch(r"h\d", str(e.tag))]
    assert found == ["h1", "h2", "h3", "h4", "h2"]


def test_points_hang_under_their_point_and_are_counted_as_in_word() -> None:
    levels = [(0, False), (1, True), (1, True), (2, False), (1, False), (1, True), (0, False)]
    block = ItemList(tuple(ListItem(n, runs(f"p{i}"), c) for i, (n, c) in enumerate(levels)))
    (main,) = checked(document(block)).iter("main")
    (outer,) = main
    assert outer.tag == "ul"
    first, last = outer
    assert [child.tag for child in first] == ["ol", "ul", "ol"]
    assert first[0].get("type") == "a"
    assert [item.text for item in first[0]] == ["p1", "p2"]
    assert first[0][1][0][0].text == "p3"
    assert last.text == "p6"


def test_an_ordered_list_that_skips_a_level_keeps_its_numbers() -> None:
    block = items((0, "a"), (2, "b"), (1, "c"), (0, "d"), ordered=True)
    (main,) = checked(document(block)).iter("main")
    assert [len(main), main[0].tag, len(main[0])] == [1, "ol", 2]


def test_a_table_names_its_columns_and_rows() -> None:
    paper = document(table((cell("3"), cell("95%"), cell("x")), (cell(""), cell("1%"), cell("y"))))
    root = checked(paper)
    assert [th.get("scope") for th in root.iter("th")] == ["col", "col", "col", "row"]
    assert len(list(root.iter("td"))) == 5
    assert root.findtext(".//caption") == "Légende. Texte"


def test_arabic_says_its_language_and_runs_from_the_right() -> None:
    root = checked(arabic())
    headings = list(root.iter("h1", "h2"))
    assert {e.get("dir") for e in headings} == {"rtl"}
    assert {e[0].get("lang") for e in headings} == {"ar"}
    assert root.find(".//table").get("dir") == "rtl"
    mixed = next(p for p in root.iter("p") if "portail" in (p.text or ""))
    assert mixed.get("dir") is None
    assert [span.get("lang") for span in mixed] == ["ar"]


def test_a_page_in_arabic_runs_from_the_right_and_marks_its_french() -> None:
    said = replace(ABOUT, language="ar-MA")
    blocks = (paragraph("اجتماع PAN اليوم"), paragraph("Bonjour"))
    root = checked(Document(said, Typography.FIDELE, blocks))
    assert (root.get("lang"), root.get("dir")) == ("ar-MA", "rtl")
    first, second = root.iter("p")
    assert (first.get("dir"), second.get("dir")) == (None, "ltr")
    assert [span.text for span in root.iter("span")] == ["PAN", "Bonjour"]


def test_looks_lines_and_the_far_half_are_kept() -> None:
    both = Run("x\ny", bold=True, italic=True)
    paper = document(Paragraph((both, Run("er", superscript=True)), half=True))
    (p,) = checked(paper).iter("p")
    assert p.get("class") == "moitie"
    assert html.tostring(p[0]) == b"<b><i>x<br>y</i></b>"
    assert p[1].tag == "sup"
