"""What is pasted from Word or the web keeps its bullets and loses nothing that it says."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from pan_desktop.domain.outline import parents
from pan_desktop.domain.pasting import Pasted, from_html, from_text
from tests.builders import thorough

WORD = """
<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p {margin: 0}</style>
<title>Note</title></head><body lang=FR><!--StartFragment-->
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'>
<![if !supportLists]><span style='font-family:Symbol'>·<span>&nbsp;&nbsp;&nbsp; </span></span>
<![endif]>Le <b>bilan</b> du 1<sup>er</sup> trimestre<o:p></o:p></p>
<p class=MsoListParagraphCxSpMiddle style='margin-left:72.0pt;mso-list:l0 level2 lfo1'>
<![if !supportLists]><span>o<span>&nbsp;&nbsp; </span></span><![endif]>La <i>fiche</i>
de synthèse</p>
<p class=MsoListParagraphCxSpLast style='mso-list:l1 level1 lfo2'><![if !supportLists]>
<span>1.<span>&nbsp;</span></span><![endif]>Premier engagement</p>
<!--EndFragment--></body></html>
"""


def test_words_lists_keep_their_levels_marks_and_numbers() -> None:
    assert from_html(WORD) == [
        Pasted(0, "Le bilan du 1er trimestre", "b3-8 s13-15"),
        Pasted(1, "La fiche de synthèse", "i3-8"),
        Pasted(0, "Premier engagement", numbered=True),
    ]


def test_the_lists_of_a_page_keep_theirs() -> None:
    html = """<h2>Bilan</h2><ul><li>Un<ul><li>Deux <strong>gras</strong></li></ul></li>
    <li>Trois</li></ul><ol><li>Premier</li><li><p>Second</p></li></ol><script>alert(1)</script>"""
    assert from_html(html) == [
        Pasted(0, "Bilan"),
        Pasted(0, "Un"),
        Pasted(1, "Deux gras", "b5-9"),
        Pasted(0, "Trois"),
        Pasted(0, "Premier", numbered=True),
        Pasted(0, "Second", numbered=True),
    ]


def test_a_table_becomes_a_point_a_row() -> None:
    html = """<p>Avant</p><table><tr><th>N°</th><th>Taux</th></tr>
    <tr><td><p>3</p></td><td><p><b>95</b>&nbsp;%</p></td><td></td></tr>
    <tr><td>7</td><td><table><tr><td>24</td><td>%</td></tr></table></td></tr></table><p>Après</p>"""
    assert from_html(html) == [
        Pasted(0, "Avant"),
        Pasted(0, "N° | Taux"),
        Pasted(0, "3 | 95\u00a0%", "b4-6"),
        Pasted(0, "7 | 24 | %"),
        Pasted(0, "Après"),
    ]


def test_plain_lines_tell_their_level_by_indent_or_by_bullet() -> None:
    assert from_text("•\tUn\no\tDeux\no\tTrois\n▪\tQuatre\n•\tCinq") == [
        Pasted(0, "Un"),
        Pasted(1, "Deux"),
        Pasted(1, "Trois"),
        Pasted(2, "Quatre"),
        Pasted(0, "Cinq"),
    ]
    assert from_text("- Un\n    - Deux\n\n        Trois\n- Quatre") == [
        Pasted(0, "Un"),
        Pasted(1, "Deux"),
        Pasted(2, "Trois"),
        Pasted(0, "Quatre"),
    ]
    assert from_text("1. Un\n2. Deux") == [
        Pasted(0, "Un", numbered=True),
        Pasted(0, "Deux", numbered=True),
    ]


TAGS = st.sampled_from(
    ["p", "ul", "ol", "li", "table", "tr", "td", "b", "sup", "script", "br", "div", "o:p", "x-y"]
)
PIECES = st.one_of(
    st.text(max_size=12),
    st.builds("<{}>".format, TAGS),
    st.builds("</{}>".format, TAGS),
    st.builds("<{} style='mso-list:l0 level{} lfo1;font-weight:bold'".format, TAGS, st.integers()),
    st.sampled_from(
        ["<!--", "-->", "<![if !supportLists]>", "<![endif]>", "<![CDATA[", "]]>", "&#x0;"]
    ),
)


@thorough
@given(st.lists(PIECES, max_size=25).map("".join))
def test_no_clipboard_is_refused(html: str) -> None:
    for found in (from_html(html), from_text(html)):
        parents([point.level for point in found])  # raises when a level is skipped
        assert all(point.text.strip() for point in from_html(html))


@thorough
@given(st.lists(st.text("abcé &;", min_size=1, max_size=9), max_size=6))
def test_every_word_of_a_list_is_kept(words: list[str]) -> None:
    html = "<ul>" + "".join(f"<li>{w.replace('&', '&amp;')}</li>" for w in words) + "</ul>"
    said = " ".join(point.text for point in from_html(html))
    assert re.findall(r"\S+", said) == re.findall(r"\S+", " ".join(words))
