"""The rules of the house: imports, size, addresses, locks, the wheel, and Qt's binding itself."""

import ast
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "pan_desktop"
SCRIPTS = Path(sysconfig.get_path("scripts"))
LOCKS = ["requirements.lock", "requirements-dev.lock"]

MAX_LINES_OF_FILE = 600
MAX_LINES_OF_FUNCTION = 60

# What each part may import beside the standard library and our own. A new dependency gets its
# place here, in the table of CONTRIBUTING.md and in the contracts of pyproject.toml.
THIRD_PARTY = {
    "domain": set[str](),
    "store": {
        "alembic",
        "psycopg",
        "snowballstemmer",
        "sqlalchemy",
        "sqlcipher3",
        "typing_extensions",
    },
    "documents": {
        "docx",
        "icalendar",
        "lxml",
        "typing_extensions",
        "tzdata",
        "xlsxwriter",
    },
    "app": {"hunspell", "keyring", "platformdirs", "rapidfuzz", "typing_extensions", "zxcvbn"},
    "gui": {"PySide6", "typing_extensions"},
    "resources": set[str](),
    "cli_attendance": set[str](),
    "cli_import": set[str](),
    "cli_memory": set[str](),
    "cli_papers": set[str](),
    "cli_privacy": set[str](),
    "cli_security": set[str](),
    "cli_shared": set[str](),
    "cli_safety": set[str](),
    "cli_templates": set[str](),
    "cli_words": set[str](),
    "command_line": set[str](),
    "__main__": {"PySide6", "platformdirs"},
    "__init__": set[str](),
}


def sources() -> list[Path]:
    """List the modules written by hand: not the forms, nor what Alembic makes of the tables."""
    made = {PACKAGE / "gui" / "forms", PACKAGE / "store" / "migrations" / "versions"}
    return [path for path in sorted(PACKAGE.rglob("*.py")) if made.isdisjoint(path.parents)]


def repository_files() -> list[Path]:
    """List the files that are in the repository, or would be after `git add`."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listing = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return [path for name in listing.split("\0") if name and (path := ROOT / name).is_file()]


# --- Imports ----------------------------------------------------------------------------------


def contracts() -> list[dict[str, list[str]]]:
    """Read the import contracts."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    found: list[dict[str, list[str]]] = settings["tool"]["importlinter"]["contracts"]
    return found


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    """Check the contracts on the package that lies in a folder."""
    settings = str(ROOT / "pyproject.toml")
    command = [str(SCRIPTS / "lint-imports"), "--no-cache", "--config", settings]
    return subprocess.run(command, cwd=folder, check=False, capture_output=True, text=True)


@pytest.fixture(scope="module")
def skeleton(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a package with the parts of ours and nothing in them."""
    folder = tmp_path_factory.mktemp("skeleton")
    for part in ("domain", "store", "documents", "app", "gui"):
        module = folder / "pan_desktop" / part / "__init__.py"
        module.parent.mkdir(parents=True)
        module.touch()
    for name in ("__init__", "__main__", "resources"):
        (folder / "pan_desktop" / f"{name}.py").touch()
    return folder


def test_contracts_are_kept_by_an_empty_house(skeleton: Path) -> None:
    outcome = lint_imports(skeleton)
    assert outcome.returncode == 0, outcome.stdout


@pytest.mark.parametrize("contract", contracts(), ids=lambda contract: contract["id"])
def test_contract_bites(contract: dict[str, list[str]], skeleton: Path, tmp_path: Path) -> None:
    """Plant every import that the contract forbids, and see each one reported."""
    shutil.copytree(skeleton, tmp_path, dirs_exist_ok=True)
    planted = []
    for source in contract["source_modules"]:
        path = tmp_path.joinpath(*source.split("."))
        path = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
        lines = [f"import {forbidden}\n" for forbidden in contract["forbidden_modules"]]
        path.write_text("".join(lines), encoding="ascii")
        planted += [(source, forbidden) for forbidden in contract["forbidden_modules"]]

    outcome = lint_imports(tmp_path)

    assert outcome.returncode == 1
    assert f"{contract['name']} BROKEN" in " ".join(outcome.stdout.split())
    for source, forbidden in planted:
        assert re.search(rf"{source} -> {forbidden} \(", outcome.stdout), (source, forbidden)


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_third_party_imports_are_in_their_place(path: Path) -> None:
    part = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    allowed = THIRD_PARTY[part] | sys.stdlib_module_names | {"pan_desktop"}
    assert {name.partition(".")[0] for name in imported(path)} <= allowed


def imported(path: Path) -> Iterator[str]:
    """Yield the modules that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"relative import in {path}:{node.lineno}"
            yield str(node.module)


# --- Size and form ----------------------------------------------------------------------------


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_files_and_functions_are_small(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= MAX_LINES_OF_FILE
    if path.parent.name == "versions":  # a migration is one list of tables, written once
        return
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            assert length <= MAX_LINES_OF_FUNCTION, f"{path}:{node.lineno} {node.name}"


UNTIDY = '''"""A module that breaks the rules of form."""

def tangled(a, b: int) -> int:
    {branches}
    return b

def undocumented() -> None: ...
'''


def test_linter_bites() -> None:
    """Annotations, docstrings and simplicity are asked of the package by ruff."""
    branches = "\n    ".join(f"if b == {n}:\n        b += {n}" for n in range(11))
    planted = str(PACKAGE / "domain" / "planted.py")
    outcome = subprocess.run(
        [SCRIPTS / "ruff", "check", "--output-format=concise", "--stdin-filename", planted, "-"],
        input=UNTIDY.format(branches=branches),
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )
    for rule in ("ANN001", "C901", "D103"):
        assert f" {rule} " in outcome.stdout


# --- Nothing of any machine -------------------------------------------------------------------

REGISTRIES = [
    "pypi" + ".org",
    "python" + "hosted",
    "npm" + "js.",
    "debian" + ".org",
    "yarn" + "pkg",
]
MACHINE_PATH = re.compile(r"(?<![\w.}~$/*-])/(?:root|work|opt|Users|home/\w+)/")


def test_no_address_of_a_registry_and_no_path_of_a_machine() -> None:
    found = []
    for path in repository_files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{path}: {name}" for name in REGISTRIES if name in text]
        if path != Path(__file__):
            found += [f"{path}: {match[0]}" for match in MACHINE_PATH.finditer(text)]
    assert found == []


@pytest.mark.parametrize("name", LOCKS)
def test_lock_pins_every_package_with_hashes(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    requirements = text.replace("\\\n", " ").splitlines()
    assert requirements
    for requirement in requirements:
        assert re.match(r"[a-z0-9-]+==[\w.]+ .*--hash=sha256:[0-9a-f]{64}", requirement)


def test_development_lock_holds_the_program_s() -> None:
    program, development = ((ROOT / name).read_text(encoding="utf-8") for name in LOCKS)
    assert set(program.splitlines()) <= set(development.splitlines())


def test_npm_lock_has_hashes_and_no_addresses() -> None:
    text = (ROOT / "package-lock.json").read_text(encoding="utf-8")
    assert text.count('"integrity": "sha512-') == text.count('"node_modules/') > 0
    assert '"resolved"' not in text


# --- What is shipped --------------------------------------------------------------------------


def test_wheel_carries_resources_and_migrations(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    with zipfile.ZipFile(next(tmp_path.glob("*.whl"))) as wheel:
        names = {name for name in wheel.namelist() if ".dist-info/" not in name}

    def shipped(folder: Path, under: str) -> set[str]:
        files = (path for path in repository_files() if folder in path.parents)
        return {
            f"{under}/{path.relative_to(folder).as_posix()}"
            for path in files
            if path.suffix != ".ts"
        }

    resources = shipped(ROOT / "resources", "pan_desktop/_resources")
    assert resources, "resources/ is empty"
    assert names == shipped(PACKAGE, "pan_desktop") | resources


# --- PySide6 ----------------------------------------------------------------------------------

VOID_CALLS = """
from PySide6.QtWidgets import QApplication, QWidget
application = QApplication([])
widget = QWidget()
for _ in range(200_000):
    widget.update()
print("survived")
"""


def test_void_calls_keep_none_alive() -> None:
    """PySide6 6.12.0 loses a reference to None at each void call, and aborts on Python 3.11."""
    command = [sys.executable, "-c", VOID_CALLS]
    offscreen = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    outcome = subprocess.run(command, check=False, capture_output=True, text=True, env=offscreen)
    assert outcome.stdout == "survived\n", outcome.stderr
