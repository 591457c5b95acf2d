"""What makes Word call a file damaged and no validator finds, and how to look inside a file."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DOCUMENT, NUMBERING, STYLES = "word/document.xml", "word/numbering.xml", "word/styles.xml"


def part(path: Path, name: str = DOCUMENT) -> etree._Element:
    with ZipFile(path) as package:
        return etree.fromstring(package.read(name))


def find(path: Path, expression: str, name: str = DOCUMENT) -> list[str]:
    """Return what an XPath with the prefix w finds, which must be attributes or text."""
    found = part(path, name).xpath(expression, namespaces={"w": W[1:-1]})
    assert isinstance(found, list)
    return [str(entry) for entry in found]


def faults(path: Path) -> list[str]:
    """Return the faults of a file: cells without an end, lists and styles that do not exist."""
    found = [
        "a cell that does not end with a paragraph"
        for cell in part(path).iter(f"{W}tc")
        if len(cell) == 0 or cell[-1].tag != f"{W}p"
    ]
    lists = set(find(path, "//w:num/@w:numId", NUMBERING)) | {"0"}
    definitions = set(find(path, "//w:abstractNum/@w:abstractNumId", NUMBERING))
    used = find(path, "//w:num/w:abstractNumId/@w:val", NUMBERING)
    found += [f"definition {used_id}" for used_id in used if used_id not in definitions]
    found += [
        f"list {used_id}" for used_id in find(path, "//w:numId/@w:val") if used_id not in lists
    ]
    styles = set(find(path, "//w:style/@w:styleId", STYLES))
    named = "//w:pStyle/@w:val | //w:rStyle/@w:val | //w:tblStyle/@w:val"
    found += [f"style {style}" for style in find(path, named) if style not in styles]
    return found


def altered(path: Path, target: Path, change: Callable[[str], str], name: str = DOCUMENT) -> Path:
    """Copy a file with one part changed; fail when nothing changes."""
    with ZipFile(path) as source, ZipFile(target, "w", ZIP_DEFLATED) as copy:
        for entry in source.namelist():
            content = source.read(entry)
            if entry == name:
                before = content.decode()
                after = change(before)
                assert after != before
                content = after.encode()
            copy.writestr(entry, content)
    return target
