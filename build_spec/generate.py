"""Compiles the forms of ui/ into pan_desktop/gui/forms/, one module a form.

Run by `make forms`; the result is committed, and a test fails when one is stale or left over.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import PySide6

ROOT = Path(__file__).resolve().parent.parent
FORMS = ROOT / "pan_desktop" / "gui" / "forms"
# The `pyside6-uic` script takes half a second a form to start; the program behind it does not.
UIC = Path(PySide6.__file__).parent / "Qt" / "libexec" / "uic"


def compiled(form: Path) -> str:
    """Return the Python module that a Designer file becomes."""
    command = [str(UIC), "--generator", "python", "--no-autoconnection", str(form)]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    # The first lines tell versions and a warning; keep what does not change with the machine.
    return text.replace("\r\n", "\n")


def main() -> int:
    """Write every form's module and remove those whose form is gone."""
    FORMS.mkdir(exist_ok=True)
    wanted = {f"ui_{form.stem}.py": form for form in sorted((ROOT / "ui").glob("*.ui"))}
    for name, form in wanted.items():
        (FORMS / name).write_text(compiled(form), encoding="utf-8")
    for left in FORMS.glob("ui_*.py"):
        if left.name not in wanted:
            left.unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main())
