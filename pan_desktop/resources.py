"""Finds the files that ship with the program, in a checkout, a wheel or a frozen bundle."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
# A wheel and a frozen bundle carry the files inside the package; a checkout has them beside it.
_ROOT = next(
    (
        folder
        for folder in (_PACKAGE / "_resources", _PACKAGE.parent / "resources")
        if folder.is_dir()
    ),
    _PACKAGE / "_resources",
)


def path(name: str) -> Path:
    """Return the full path of a shipped file, ``name`` being relative to ``resources/``.

    Raises FileNotFoundError when the installation lacks it, which is a fault of packaging.
    """
    found = _ROOT / name
    if not found.is_file():
        raise FileNotFoundError(found)
    return found
