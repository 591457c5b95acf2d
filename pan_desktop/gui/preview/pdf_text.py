"""Mends what Qt's PDF says of its letters, so that its text can be copied and searched.

Qt names for each sign painted a character that has this sign: for a space the tab, for an Arabic
letter the form it has inside a word, which no keyboard types. The tables that say so are plain
text in the file; they are rewritten, and the places of all that follows with them. The language
of the text and that its title is to be shown are added on the way.
"""

from __future__ import annotations

import itertools
import re
import unicodedata

_TABLE = re.compile(rb"(?s)(<< /Length )(\d+)( >>\nstream\n)(/CIDInit /ProcSet .*?\n)(endstream)")
_ENTRIES = re.compile(rb"(?s)beginbf(?:range|char)\n(.*?)endbf(?:range|char)")
_CODE = re.compile(rb"(?<=[\[ ])<([0-9A-F]{4})>(?=[ \]\n])")
_XREF = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*$")
_ROWS = re.compile(rb"(\d{10}) (\d{5}) ([fn])")
_CATALOG = b"/Type /Catalog\n"
_RANGE = re.compile(rb"(<[0-9A-F]{4}> <[0-9A-F]{4}>) (.*)")


def mended(content: bytes, language: str) -> bytes:
    """Return the PDF that Qt wrote with the characters that were meant, its language named.

    A file that is not built as Qt builds it comes back as it is.
    """
    found = _XREF.search(content)
    start = int(found[1]) if found else -1
    rows = _ROWS.findall(content, start) if content[start:].startswith(b"xref\n") else []
    places = {int(place) for place, _, kind in rows if kind == b"n"}
    if not places:
        return content
    edges = [*sorted(places), start]
    pieces, moved, written = [content[: edges[0]]], {}, edges[0]
    for begin, end in itertools.pairwise(edges):
        piece = _piece(content[begin:end], language)
        moved[begin] = written
        pieces.append(piece)
        written += len(piece)
    tail = content[start:].replace(b"startxref\n%d" % start, b"startxref\n%d" % written)
    table = _ROWS.sub(lambda row: _row(row, moved), tail)
    return b"".join((*pieces, table))


def _row(row: re.Match[bytes], moved: dict[int, int]) -> bytes:
    if row[3] == b"f":
        return row[0]
    return b"%010d %s n" % (moved[int(row[1])], row[2])


def _piece(piece: bytes, language: str) -> bytes:
    """Return one object as it is to be: a table of letters, the catalogue, or what it was."""
    table = _TABLE.search(piece)
    if table:
        body = _ENTRIES.sub(lambda entries: _entries(entries[0]), table[4])
        said = b"%s%d%s%s%s" % (table[1], len(body), table[3], body, table[5])
        return piece[: table.start()] + said + piece[table.end() :]
    if _CATALOG in piece:
        said = b"/Lang (%s)\n/ViewerPreferences << /DisplayDocTitle true >>\n" % language.encode()
        return piece.replace(_CATALOG, _CATALOG + said)
    return piece


def _entries(lines: bytes) -> bytes:
    """Return lines of a table with each character said as it is typed; its ranges stay."""
    return b"\n".join(
        b"%s %s" % (line[1], _CODE.sub(_typed, b" %s " % line[2]).strip())
        if (line := _RANGE.fullmatch(text))
        else text
        for text in lines.split(b"\n")
    )


def _typed(code: re.Match[bytes]) -> bytes:
    character = chr(int(code[1], 16))
    if character == "\t":
        return b"<0020>"
    if not _is_form(character):
        return code[0]
    plain = unicodedata.normalize("NFKC", character).strip() or character
    if len(plain) > 1 and unicodedata.bidirectional(character) == "AL":
        # Two letters in one sign (lam-alef): readers turn a line of Arabic round letter by letter
        # and would turn these round too. They know the sign as it is.
        return code[0]
    return b"<%s>" % plain.encode("utf-16-be").hex().upper().encode()


def _is_form(character: str) -> bool:
    """Tell whether a character is only a shape of others: Arabic in a word, "fi" in one."""
    return "\ufb00" <= character <= "\ufb06" or (
        "\ufb50" <= character <= "\ufdff" or "\ufe70" <= character <= "\ufefe"
    )
