"""Breaks good files in the ways that files are broken, or are made to break a reader.

On three levels: the bytes of the file; the bytes and the names of the parts inside it; the XML
(or JSON, or lines) that these hold. One number gives one broken file, always the same.
"""

from __future__ import annotations

import copy
import io
import json
import random
import warnings
import zipfile
from typing import TYPE_CHECKING, Any, NamedTuple

from lxml import etree

from tests.soak.seeds import Seed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

WORDS = (
    *("", " ", "0", "-1", "1", "9", "255", "65536", "2147483648", "99999999999999999999"),
    *(
        "1e999",
        "nan",
        "-0",
        "0x10",
        "1.5",
        "٣",
        "½",
        "true",
        "off",
        "none",
        "auto",
        "100 %",
        "101 %",
    ),
    *(
        "31/02/2026",
        "00:00",
        "à 99 h 99",
        "engagements 1 à 9999",
        "engagements 3 à 1",
        "A1:XFD1048576",
    ),
    *(
        "XFD1048576",
        "M. M. M.",
        "Mme",
        "Point focal",
        "\u202e",
        "\u0301" * 30,
        "نور الدين",
        "𝔘𝔫𝔦",
        "&#0;",
    ),
    *("../../../etc/passwd", "file:///etc/passwd", "http://adresse.invalid/", "C:\\x", "a" * 300),
    *(
        "mot " * 3000,
        "x" * 40_000,
        "1 " * 5000,
        "- " * 3000,
        "(" * 2000,
        "«" * 500,
        "é\u00a0:" * 2000,
    ),
)
"""What is put where something else is expected."""

BYTES = (
    b"\0",
    b"\xff",
    b"\xff\xff\xff\xff",
    b"\0\0\0\0",
    b"PK\3\4",
    b"PK\1\2",
    b"PK\5\6",
    b"<!",
    b"]]>",
    b"&x;",
)
LARGE = 2_000_000
"""In bytes: larger files are refused before they are read, and are not made larger still."""
VALUES: tuple[Any, ...] = (None, True, -1, 0, 101, 1e308, -0.0, 2**70, [], {}, [[]], float("nan"))
DOCTYPES = (
    '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    '<!DOCTYPE a [<!ENTITY x "xxxxxxxxxx"><!ENTITY y "&x;&x;&x;&x;&x;&x;&x;&x;">]>',
    '<!DOCTYPE a SYSTEM "http://adresse.invalid/a.dtd">',
)


class Broken(NamedTuple):
    """A broken file, and what was done to it."""

    seed: Seed
    content: bytes
    how: str


def broken(number: int, seeds: Sequence[Seed]) -> Broken:
    """Return the broken file of a number."""
    chance = random.Random(number)
    seed = seeds[number % len(seeds)]
    content = seed.content
    done: list[str] = []
    packed = content.startswith(b"PK")
    for _ in range(chance.choice((1, 1, 1, 2, 3, 5))):
        if len(content) > LARGE:
            break
        levels = [_in_bytes]
        if packed and content.startswith(b"PK"):
            # Raw damage is mostly found by the checksum: what lies deeper is looked for more.
            levels += [_in_parts, _in_part_bytes, _in_xml, _in_xml, _in_xml, _in_xml]
        elif not packed:
            levels += [_in_lines, _in_lines]
        if seed.name.endswith(".json"):
            levels += [_in_json, _in_json, _in_json]
        way = chance.choice(levels)
        content = way(chance, content)
        done.append(way.__name__.removeprefix("_"))
    return Broken(seed, content, ", ".join(done))


# Bytes -----------------------------------------------------------------------------------


def _in_bytes(chance: random.Random, content: bytes) -> bytes:
    data = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 8, 50))):
        begin = chance.randrange(len(data) + 1)
        end = min(len(data), begin + chance.choice((1, 4, 30, 500)))
        match chance.randrange(6):
            case 0 if begin < len(data):
                data[begin] = chance.randrange(256)
            case 1:
                data[begin:begin] = chance.choice(BYTES)
            case 2:
                del data[begin:end]
            case 3:
                data[begin:begin] = data[begin:end] * chance.choice((1, 3, 100))
            case 4:
                data[begin:end] = chance.randbytes(end - begin)
            case _ if chance.random() < 0.1:
                del data[begin:]
    return bytes(data)


def _in_lines(chance: random.Random, content: bytes) -> bytes:
    """Change a text by its lines and cells, in the encoding that it is in."""
    encoding = "utf-16" if content.startswith(b"\xff\xfe") else "utf-8"
    try:
        lines = content.decode(encoding).split("\n")
    except UnicodeDecodeError:
        encoding = "latin-1"
        lines = content.decode(encoding).split("\n")
    place, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    cut = chance.choice("\t;, :/\"'[{")
    match chance.randrange(7):
        case 0:
            del lines[place]
        case 1:
            most = max(1, LARGE // (1 + len(lines[other])))
            lines[place:place] = [lines[other]] * min(most, chance.choice((1, 3, 3000)))
        case 2:
            lines[place], lines[other] = lines[other], lines[place]
        case 3:
            cells = lines[place].split(cut)
            cells[chance.randrange(len(cells))] = chance.choice(WORDS)
            lines[place] = cut.join(cells)
        case 4:
            lines = [line.replace(cut, chance.choice("\t;,|")) for line in lines]
        case 5:
            lines[place] += chance.choice(WORDS) + cut * chance.choice((1, 5, 5000))
        case _:
            encoding = chance.choice(("utf-8", "utf-16", "utf-16-be", "utf-32", "utf-7"))
    return "\n".join(lines).encode(encoding, "replace")


def _in_json(chance: random.Random, content: bytes) -> bytes:
    try:
        data = json.loads(content)
    except ValueError:
        return _in_bytes(chance, content)
    holders = list(_holders(data))
    if holders:
        _change_value(chance, chance.choice(holders), holders)
    return json.dumps(data).encode()


def _change_value(chance: random.Random, holder: Any, holders: list[Any]) -> None:
    key = chance.choice(list(holder if isinstance(holder, dict) else range(len(holder))))
    value = holder[key]
    match chance.randrange(7):
        case 0:
            del holder[key]
        case 1:
            holder[key] = chance.choice(WORDS)
        case 2:
            holder[key] = chance.choice(VALUES)
        case 3:
            for _ in range(chance.choice((1, 5, 300))):
                holder[key] = [holder[key]]
        case 4 if isinstance(holder, list):
            most = max(1, LARGE // len(json.dumps(value)))
            times = min(most, chance.choice((1, 3, 2000)))
            holder[key:key] = [copy.deepcopy(value) for _ in range(times)]
        case 5:
            holder[key] = copy.deepcopy(chance.choice(holders))
        case _ if isinstance(holder, dict):
            holder[chance.choice(WORDS)[:50]] = value


def _holders(data: Any) -> Any:
    if isinstance(data, dict | list) and data:
        yield data
        for value in data.values() if isinstance(data, dict) else data:
            yield from _holders(value)


# Parts -----------------------------------------------------------------------------------


def _unpacked(content: bytes) -> dict[str, bytes] | None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return {name: package.read(name) for name in package.namelist()}
    except Exception:  # noqa: BLE001 - whatever an earlier break made of it
        return None


def _repacked(parts: Sequence[tuple[str, bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(target, "w", method) as package:
        warnings.simplefilter("ignore")  # two parts of one name are meant
        for name, content in parts:
            package.writestr(zipfile.ZipInfo(name), content, method)
    return target.getvalue()


def _in_parts(chance: random.Random, content: bytes) -> bytes:
    """Change which parts there are, and what they are called."""
    parts = _unpacked(content)
    if not parts:
        return _in_bytes(chance, content)
    names = list(parts)
    name, other = chance.choice(names), chance.choice(names)
    found = list(parts.items())
    method = zipfile.ZIP_DEFLATED
    match chance.randrange(7):
        case 0:
            found = [pair for pair in found if pair[0] != name]
        case 1:
            strange = ("../x.xml", "/x.xml", "C:/x.xml", "a\\b.xml", name.upper(), "x/" * 200)
            found.append((chance.choice(strange), parts[other]))
        case 2:
            found = [(other if n == name else n, c) for n, c in found if n != other]
        case 3:
            parts[name], parts[other] = parts[other], parts[name]
            found = list(parts.items())
        case 4:
            parts[name] = chance.choice((b"", b"\0" * 5_000_000, b"<a/>", b"x" * 100_000))
            found = list(parts.items())
        case 5:
            method = chance.choice((zipfile.ZIP_STORED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA))
        case _:
            found += [
                (f"word/x{number}.xml", b"<a/>") for number in range(chance.choice((9, 5000)))
            ]
    return _repacked(found, method)


def _chosen(chance: random.Random, parts: dict[str, bytes]) -> str:
    """Return a part, those that say something more often."""
    telling = ("document.xml", "sheet", "sharedStrings", "styles", "numbering", "workbook", ".rels")
    likely = [name for name in parts if any(word in name for word in telling)]
    return chance.choice(likely if likely and chance.random() < 0.85 else list(parts))


def _in_part_bytes(chance: random.Random, content: bytes) -> bytes:
    parts = _unpacked(content)
    if not parts:
        return _in_bytes(chance, content)
    name = _chosen(chance, parts)
    parts[name] = _in_bytes(chance, parts[name])
    return _repacked(list(parts.items()))


# XML -------------------------------------------------------------------------------------


def _in_xml(chance: random.Random, content: bytes) -> bytes:
    parts = _unpacked(content)
    if not parts:
        return _in_bytes(chance, content)
    name = _chosen(chance, parts)
    try:
        root = etree.fromstring(parts[name], etree.XMLParser(resolve_entities=False))
    except (etree.XMLSyntaxError, ValueError):
        return _in_part_bytes(chance, content)
    for _ in range(chance.choice((1, 1, 2, 4, 20))):
        elements = list(root.iter("*"))
        chance.choice(_WAYS)(chance, chance.choice(elements), elements)
    text = etree.tostring(root, encoding="unicode")
    if chance.random() < 0.04:
        text = chance.choice(DOCTYPES) + text
    encoding = chance.choice(("utf-8",) * 20 + ("utf-16", "latin-1", "utf-7"))
    declaration = f'<?xml version="1.0" encoding="{encoding}"?>'
    parts[name] = (declaration + text).encode(encoding, "xmlcharrefreplace")
    return _repacked(list(parts.items()))


_Elements = list[etree._Element]


def _drop(_chance: random.Random, element: etree._Element, _elements: _Elements) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _repeat(chance: random.Random, element: etree._Element, elements: _Elements) -> None:
    parent = element.getparent()
    size = sum(1 for _ in element.iter())
    most = max(1, 60_000 // size)
    if parent is not None and len(elements) < 200_000:
        for _ in range(min(chance.choice((1, 2, 30, 2000)), most)):
            parent.append(copy.deepcopy(element))


def _move(chance: random.Random, element: etree._Element, elements: _Elements) -> None:
    target = chance.choice(elements)
    if (
        element.getparent() is not None
        and element not in target.iterancestors()
        and (target is not element)
    ):
        target.insert(chance.randrange(len(target) + 1), element)


def _nest(chance: random.Random, element: etree._Element, _elements: _Elements) -> None:
    """Put an element into copies of itself, one in the other."""
    parent = element.getparent()
    if parent is None:
        return
    place = parent.index(element)
    current = element
    for _ in range(chance.choice((1, 5, 60, 300))):
        outer = current.makeelement(str(current.tag), {str(k): str(v) for k, v in element.items()})
        outer.append(current)
        current = outer
    parent.insert(place, current)


def _shuffle(chance: random.Random, element: etree._Element, _elements: _Elements) -> None:
    children = list(element)
    chance.shuffle(children)
    element.extend(children)


def _set_attribute(chance: random.Random, element: etree._Element, elements: _Elements) -> None:
    other = chance.choice(elements)
    names = [str(name) for name in (*element.attrib, *other.attrib)]
    if names:
        element.set(chance.choice(names), _plain(chance.choice(WORDS)))


def _cut_attribute(chance: random.Random, element: etree._Element, _elements: _Elements) -> None:
    names = list(element.attrib)
    if names:
        del element.attrib[chance.choice(names)]


def _set_text(chance: random.Random, element: etree._Element, elements: _Elements) -> None:
    with_text = [each for each in elements if each.text]
    chosen = chance.choice(with_text) if with_text and chance.random() < 0.8 else element
    before = chosen.text or ""
    word = _plain(chance.choice(WORDS))
    chosen.text = chance.choice((word, before + word, word + before, before * 3, before[::-1]))


def _rename(chance: random.Random, element: etree._Element, elements: _Elements) -> None:
    element.tag = chance.choice(elements).tag


def _comment(chance: random.Random, element: etree._Element, _elements: _Elements) -> None:
    odd = (etree.Comment("x"), etree.ProcessingInstruction("x", "y"))
    element.insert(chance.randrange(len(element) + 1), chance.choice(odd))


def _plain(words: str) -> str:
    return words.replace("\0", "")


_WAYS: tuple[Callable[[random.Random, etree._Element, _Elements], None], ...] = (
    *(_drop, _repeat, _move, _nest, _shuffle, _set_attribute, _set_attribute, _cut_attribute),
    *(_set_text, _set_text, _rename, _comment),
)
