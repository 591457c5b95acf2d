"""What Word and its likes put into a file besides plain paragraphs is read as a reader sees it."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document

from pan_desktop.documents.interpret.reading import interpret
from pan_desktop.documents.outside import PackageError
from pan_desktop.documents.word.lines import Contents, Line, Table, Why
from pan_desktop.documents.word.reading import read_contents

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NAMES = (
    f'xmlns:w="{W}" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def word(body: str, **parts: str) -> bytes:
    """Return a Word file of that body; ``parts`` are further parts by kind (comments="…")."""
    stream = BytesIO()
    Document().save(stream)
    made = BytesIO()
    with ZipFile(stream) as old, ZipFile(made, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "word/document.xml":
                content = (
                    f'<?xml version="1.0"?><w:document {_NAMES}><w:body>{body}<w:sectPr/>'
                    "</w:body></w:document>"
                ).encode()
            if name == "word/_rels/document.xml.rels":
                added = "".join(
                    f'<Relationship Id="x{kind}" Type="{_RELATIONS}/{kind}" Target="{kind}.xml"/>'
                    for kind in parts
                )
                content = content.replace(b"</Relationships>", f"{added}</Relationships>".encode())
            if name == "[Content_Types].xml":
                added = "".join(
                    f'<Override PartName="/word/{kind}.xml" ContentType="{_TYPES}.{kind}+xml"/>'
                    for kind in parts
                )
                content = content.replace(b"</Types>", f"{added}</Types>".encode())
            new.writestr(name, content)
        for kind, xml in parts.items():
            root = {"header": "hdr", "footer": "ftr"}.get(kind, kind)
            new.writestr(f"word/{kind}.xml", f"<w:{root} {_NAMES}>{xml}</w:{root}>")
    return made.getvalue()


def p(text: str, properties: str = "", run: str = "") -> str:
    look = f"<w:rPr>{run}</w:rPr>" if run else ""
    return (
        f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}"
        f'<w:r>{look}<w:t xml:space="preserve">{text}</w:t></w:r></w:p>'
    )


def read(body: str, **parts: str) -> Contents:
    return read_contents(word(body, **parts))


def texts(contents: Contents) -> list[str]:
    return [block.text for block in contents.blocks if isinstance(block, Line) and block.text]


def left(contents: Contents) -> list[tuple[str, str]]:
    return [(str(aside.why), aside.text) for aside in contents.asides]


# Tracked changes -------------------------------------------------------------------------------


def test_tracked_changes_are_taken_as_accepted_and_what_was_deleted_is_told() -> None:
    found = read(
        "<w:p><w:r><w:t>Le </w:t></w:r><w:del><w:r><w:delText>vieux</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>nouveau</w:t></w:r></w:ins><w:r><w:t> texte</w:t></w:r></w:p>"
    )
    assert texts(found) == ["Le nouveau texte"]
    assert left(found) == [(Why.DELETED, "vieux")]


def test_a_deleted_paragraph_mark_joins_two_paragraphs() -> None:
    found = read(p("Le rapport ", "<w:rPr><w:del/></w:rPr>") + p("est prêt."))
    assert texts(found) == ["Le rapport est prêt."]


def test_a_last_paragraph_whose_mark_was_deleted_is_kept() -> None:
    assert texts(read(p("Fin", "<w:rPr><w:del/></w:rPr>"))) == ["Fin"]


def test_moved_text_is_read_once_where_it_went() -> None:
    found = read(
        "<w:p><w:moveFrom><w:r><w:t>ici</w:t></w:r></w:moveFrom></w:p>"
        "<w:p><w:moveTo><w:r><w:t>ici</w:t></w:r></w:moveTo></w:p>"
    )
    assert texts(found) == ["ici"]


def test_a_deleted_row_is_told_and_not_read() -> None:
    row = "<w:tr>{}<w:tc>{}</w:tc></w:tr>"
    gone = row.format("<w:trPr><w:del/></w:trPr>", p("partie"))
    found = read(f"<w:tbl>{row.format('', p('restée'))}{gone}</w:tbl>")
    (table,) = [block for block in found.blocks if isinstance(block, Table)]
    assert [[cell.text for cell in row] for row in table.rows] == [["restée"]]
    assert left(found) == [(Why.DELETED, "partie")]


# Beside the text -------------------------------------------------------------------------------


def test_comments_are_left_out_and_told_with_their_author() -> None:
    found = read(
        '<w:p><w:r><w:t>Point.</w:t></w:r><w:r><w:commentReference w:id="4"/></w:r></w:p>',
        comments=f'<w:comment w:id="4" w:author="Amal Z">{p("À vérifier")}</w:comment>',
    )
    assert texts(found) == ["Point."]
    assert [(a.place, a.text, str(a.why)) for a in found.asides] == [
        (1, "À vérifier", "commentaire de Amal Z")
    ]


def test_notes_are_told_with_the_place_they_are_called_from() -> None:
    separator = f'<w:footnote w:type="separator" w:id="0">{p("x")}</w:footnote>'
    note = f'<w:footnote w:id="2">{p("Voir le guide.")}</w:footnote>'
    found = read(
        p("Un.") + '<w:p><w:r><w:t>Deux.</w:t><w:footnoteReference w:id="2"/></w:r></w:p>',
        footnotes=separator + note,
    )
    assert texts(found) == ["Un.", "Deux."]
    assert [(a.place, a.text, a.why) for a in found.asides] == [(2, "Voir le guide.", Why.NOTE)]


def test_hidden_text_is_told_and_not_read() -> None:
    found = read(p("vu") + p("caché", run="<w:vanish/>"))
    assert texts(found) == ["vu"]
    assert left(found) == [(Why.HIDDEN, "caché")]


def test_heads_and_feet_of_pages_are_told_without_their_numbers() -> None:
    field = (
        '<w:p><w:r><w:t>Page </w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        '<w:r><w:instrText> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/>'
        '</w:r><w:r><w:t>7</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )
    found = read(p("Texte."), header=p("ROYAUME DU MAROC"), footer=field)
    assert left(found) == [(Why.PAGE_HEAD, "ROYAUME DU MAROC"), (Why.PAGE_FOOT, "Page")]


def test_a_contents_list_and_an_empty_prompt_are_told_and_not_read() -> None:
    contents = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/>'
        f"</w:docPartObj></w:sdtPr><w:sdtContent>{p('Sommaire 1')}</w:sdtContent></w:sdt>"
    )
    prompt = (
        "<w:p><w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>Cliquez ici"
        "</w:t></w:r></w:sdtContent></w:sdt></w:p>"
    )
    found = read(contents + prompt + p("Texte."))
    assert texts(found) == ["Texte."]
    assert left(found) == [(Why.CONTENTS, "Sommaire 1"), (Why.PROMPT, "Cliquez ici")]


# What holds text -------------------------------------------------------------------------------


def test_content_controls_links_and_fields_are_read_through() -> None:
    found = read(
        f"<w:sdt><w:sdtContent>{p('Contrôle.')}</w:sdtContent></w:sdt>"
        "<w:p><w:hyperlink><w:r><w:t>Lien</w:t></w:r></w:hyperlink>"
        '<w:fldSimple w:instr=" DATE "><w:r><w:t> du jour</w:t></w:r></w:fldSimple></w:p>'
    )
    assert texts(found) == ["Contrôle.", "Lien du jour"]


@pytest.mark.parametrize("choice", [True, False])
def test_a_text_box_is_read_once_after_the_paragraph_it_hangs_on(choice: bool) -> None:
    box = f"<w:txbxContent>{p('Encadré.')}</w:txbxContent>"
    drawing = f"<w:drawing><wps:wsp><wps:txbx>{box}</wps:txbx></wps:wsp></w:drawing>"
    picture = f"<w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict>"
    both = (
        f'<mc:AlternateContent><mc:Choice Requires="wps">{drawing}</mc:Choice>'
        f"<mc:Fallback>{picture}</mc:Fallback></mc:AlternateContent>"
    )
    found = read(f"<w:p><w:r><w:t>Avant.</w:t>{both if choice else picture}</w:r></w:p>")
    assert texts(found) == ["Avant.", "Encadré."]


def test_equations_symbols_and_firm_hyphens_are_text() -> None:
    found = read(
        "<w:p><w:r><w:t>a</w:t><w:noBreakHyphen/><w:t>b</w:t></w:r>"
        "<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath></w:p>"
    )
    assert texts(found) == ["a\u2011bx"]


def test_words_in_a_wrapper_nobody_knows_are_read() -> None:
    found = read("<w:p><w:ruby><w:r><w:t>mot</w:t></w:r></w:ruby></w:p>")
    assert texts(found) == ["mot"]


def test_letters_raised_by_a_style_are_raised() -> None:
    raised = (
        '<w:style w:type="character" w:styleId="Haut"><w:name w:val="Haut"/>'
        '<w:rPr><w:vertAlign w:val="superscript"/><w:b/></w:rPr></w:style>'
    )
    content = word(p("n", run='<w:rStyle w:val="Haut"/>'))
    made = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(made, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "word/styles.xml":
                part = part.replace(b"</w:styles>", f"{raised}</w:styles>".encode())
            new.writestr(name, part)
    (line,) = read_contents(made.getvalue()).blocks
    assert isinstance(line, Line)
    assert line.stretches == (("n", True, False, True),)


# Tables ----------------------------------------------------------------------------------------


def tc(text: str, properties: str = "") -> str:
    inside = f"<w:tcPr>{properties}</w:tcPr>" if properties else ""
    return f"<w:tc>{inside}{p(text)}</w:tc>"


def progress_table(*rows: str) -> str:
    head = "<w:tr>" + tc("Engagement") + tc("État d’avancement") + tc("Détails") + "</w:tr>"
    opening = p("Points retenus :") + p("Avancement des engagements :", run="<w:b/>")
    return f"{opening}<w:tbl>{head}{''.join(rows)}</w:tbl>"


def rates(body: str) -> list[tuple[int, int | None, str]]:
    found = interpret(read(body)).minutes.rates
    return [(rate.commitment, rate.percent, rate.details) for rate in found]


def test_a_cell_merged_downwards_goes_on_with_its_row() -> None:
    start, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    found = rates(
        progress_table(
            "<w:tr>" + tc("3", start) + tc("40 %", start) + tc("Un début.") + "</w:tr>",
            "<w:tr>" + tc("", on) + tc("", on) + tc("Une suite.") + "</w:tr>",
            "<w:tr>" + tc("4") + tc("50 %") + tc("") + "</w:tr>",
        )
    )
    assert found == [(3, 40, "Un début.\nUne suite."), (4, 50, "")]


def test_cells_merged_sideways_keep_the_columns() -> None:
    wide = '<w:gridSpan w:val="2"/>'
    found = rates(
        progress_table(
            "<w:tr>" + tc("3") + tc("40 %") + tc("Un.") + "</w:tr>",
            "<w:tr>" + tc("4", wide) + tc("Sans taux.") + "</w:tr>",
        )
    )
    assert found == [(3, 40, "Un."), (4, None, "Sans taux.")]


def test_a_table_in_a_cell_is_part_of_the_details() -> None:
    inner = "<w:tbl><w:tr>" + tc("lot 1") + tc("livré") + "</w:tr></w:tbl>"
    cell = f"<w:tc>{p('Trois lots :')}{inner}{p('')}</w:tc>"
    found = rates(progress_table("<w:tr>" + tc("3") + tc("40 %") + cell + "</w:tr>"))
    assert found == [(3, 40, "Trois lots :\nlot 1\nlivré")]


def test_rows_in_a_content_control_are_rows() -> None:
    row = "<w:tr>" + tc("3") + tc("40%") + tc("Un.") + "</w:tr>"
    wrapped = f"<w:sdt><w:sdtContent>{row}</w:sdtContent></w:sdt>"
    assert rates(progress_table(wrapped)) == [(3, 40, "Un.")]


@pytest.mark.parametrize(
    ("said", "percent"),
    [("95%", 95), ("95 %", 95), ("95\u00a0%", 95), ("95", 95), ("95 pour cent", 95), ("0,95", 95)],
)
def test_a_rate_is_read_however_it_is_written(said: str, percent: int) -> None:
    row = "<w:tr>" + tc("3") + tc(said) + tc("Un.") + "</w:tr>"
    assert rates(progress_table(row)) == [(3, percent, "Un.")]


@pytest.mark.parametrize("said", ["Engagement 3", "N° 3", "3.", "Eng. 3", "E3", "n°3"])
def test_a_commitment_is_read_however_it_is_named(said: str) -> None:
    row = "<w:tr>" + tc(said) + tc("40 %") + tc("Un.") + "</w:tr>"
    assert rates(progress_table(row)) == [(3, 40, "Un.")]


def test_a_rate_that_is_none_is_kept_as_text_and_told() -> None:
    row = "<w:tr>" + tc("3") + tc("en cours") + tc("Un.") + "</w:tr>"
    found = interpret(read(progress_table(row)))
    (rate,) = found.minutes.rates
    assert (rate.percent, rate.details) == (None, "en cours\nUn.")
    assert any("n’est pas lisible" in outcome.note for outcome in found.doubts)


# Other files -----------------------------------------------------------------------------------


def test_a_file_saved_as_strict_open_xml_is_read() -> None:
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    content = word(p("Strict."))
    made = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(made, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(W.encode(), strict.encode()))
    assert texts(read_contents(made.getvalue())) == ["Strict."]


def test_a_word_file_without_styles_or_numbering_is_read() -> None:
    made = BytesIO()
    with ZipFile(BytesIO(word(p("Nu.")))) as old, ZipFile(made, "w") as new:
        for name in old.namelist():
            if "styles" in name.lower() or "numbering" in name:
                continue
            new.writestr(name, old.read(name))
    assert texts(read_contents(made.getvalue())) == ["Nu."]


@pytest.mark.parametrize("content", [b"", b"PK\3\4rest", b"%PDF-1.7", b"texte"])
def test_what_is_no_word_file_is_refused(content: bytes) -> None:
    with pytest.raises(PackageError):
        read_contents(content)
