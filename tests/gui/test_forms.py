"""The committed forms are exactly what their Designer files compile to."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from build_spec.generate import FORMS, ROOT, compiled

SOURCES = sorted((ROOT / "ui").glob("*.ui"))


@pytest.mark.parametrize("form", SOURCES, ids=lambda form: form.stem)
def test_a_form_is_compiled_from_what_designer_holds(form: Path) -> None:
    module = FORMS / f"ui_{form.stem}.py"
    assert module.read_text(encoding="utf-8") == compiled(form), "stale: run `make forms`"


def test_no_module_is_left_of_a_form_that_is_gone() -> None:
    wanted = {f"ui_{form.stem}.py" for form in SOURCES} | {"__init__.py"}
    assert {module.name for module in FORMS.glob("*.py")} == wanted


@pytest.mark.parametrize("form", SOURCES, ids=lambda form: form.stem)
def test_a_form_has_no_slots_no_icons_and_roles_that_nobody_translates(form: Path) -> None:
    # A translatable property is set after the widget was polished: its look would never show.
    tree = ET.parse(form)
    assert not list(tree.iter("connection"))
    assert not list(tree.iter("iconset"))
    roles = [p.find("string") for p in tree.iter("property") if p.get("name") == "role"]
    assert [r.text for r in roles if r is not None and r.get("notr") != "true"] == []
