"""The fields of a template are found however Word cut them, and nothing else is changed."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from pan_desktop.documents.docx.fields import FIELDS, fill, is_marked, mark, tame
from pan_desktop.documents.docx.runs import escape
from pan_desktop.domain.layout import filled
from tests.documents.docx.checks import W

VALUES = {name: f"<{name} & Cie>" for name in FIELDS.values()}
_PIECES = ["{{date}}", "{{ Lieu }}", "{{ETAT}}", "{{autre}}", "{{", "}}", "{", "le ", "& ", "é", ""]
TEXTS = st.lists(st.sampled_from(_PIECES), max_size=8).map("".join)


def _paragraph(pieces: list[str]) -> etree._Element:
    runs = "".join(
        f'<w:r><w:t xml:space="preserve">{escape(piece)}</w:t></w:r>' for piece in pieces
    )
    return etree.fromstring(f'<w:body xmlns:w="{W[1:-1]}"><w:p>{runs}</w:p></w:body>')


def _text(root: etree._Element) -> str:
    return "".join(t.text or "" for t in root.iter(f"{W}t"))


@given(text=TEXTS, cuts=st.lists(st.integers(0, 60), max_size=8))
def test_fields_are_found_however_they_are_cut(text: str, cuts: list[int]) -> None:
    edges = sorted({0, len(text), *(cut for cut in cuts if cut < len(text))})
    root = _paragraph([text[a:b] for a, b in pairwise(edges)])
    mark(root)
    said = etree.fromstring(fill(etree.tostring(root, encoding="unicode"), VALUES))
    names = VALUES | {"etat": VALUES["état"]}
    assert _text(said) == filled(text, names)


def test_only_our_fields_make_a_part_worth_filling() -> None:
    assert is_marked("a {{date}} b")
    assert not is_marked("a {{autre}} {date} b")


def _field(instruction: str, result: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'<w:r><w:t>{result}</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def _tamed(runs: str) -> tuple[etree._Element, list[str]]:
    root = etree.fromstring(f'<w:body xmlns:w="{W[1:-1]}"><w:p>{runs}</w:p></w:body>')
    return root, tame(root)


def test_a_field_within_a_field_that_fetches_goes_with_it() -> None:
    inner = _field("PAGE", "3")
    outer = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>INCLUDETEXT "</w:instrText>'
        f'</w:r>{inner}<w:r><w:instrText>.docx"</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>vu</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    root, said = _tamed(outer)
    assert _text(root) == "vu"
    assert said
    assert not list(root.iter(f"{W}fldChar", f"{W}instrText"))


def test_a_field_whose_name_is_made_by_another_is_not_trusted() -> None:
    made = _field("QUOTE 68 68 69", "DDE")
    outer = (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r>{made}<w:r><w:instrText> cmd</w:instrText>'
        '</w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>vu</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    root, said = _tamed(outer)
    assert _text(root) == "vu"
    assert said
    assert not list(root.iter(f"{W}instrText"))


def test_harmless_fields_stay_as_they_are() -> None:
    runs = _field(" PAGE \\* MERGEFORMAT ", "1") + _field("page", "1") + _field("= 1 + 1", "2")
    runs += _field('HYPERLINK "https://exemple.invalid"', "lien") + _field("TOC \\o", "table")
    root, said = _tamed(runs)
    before = etree.fromstring(f'<w:body xmlns:w="{W[1:-1]}"><w:p>{runs}</w:p></w:body>')
    assert said == []
    assert etree.tostring(root) == etree.tostring(before)
