"""A protected base on the command line: where its passphrase comes from, and who never sees it."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from pan_desktop import cli_security
from pan_desktop.__main__ import main
from pan_desktop.domain import keys
from pan_desktop.domain.keys import Key
from pan_desktop.store.opening import is_encrypted, is_plain
from tests.builders import dump, filled_database, sample
from tests.test_command_line import ROOT, Terminal, terminal

__all__ = ["terminal"]

PHRASE = "le chat violet dort sous sept parapluies"
OTHER = "une girafe repasse onze chemises la nuit"


@pytest.fixture(autouse=True)
def no_passphrase_around(monkeypatch: pytest.MonkeyPatch) -> None:
    """Begin without a passphrase in the environment, and without a keyboard."""
    monkeypatch.delenv(cli_security.VARIABLE, raising=False)
    monkeypatch.setattr("sys.stdin", None)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Derive keys at once: for tests that start no process of their own."""
    monkeypatch.setattr(keys, "_ROUNDS", 10)


def written(terminal: Terminal, words: str, name: str = "phrase.txt") -> Path:
    """Write a passphrase into a file, as an editor does."""
    path = terminal.folder / name
    path.write_text(f"\ufeff{words}\r\n", encoding="utf-8")
    return path


def protected(terminal: Terminal) -> list[str]:
    """Fill the base and protect it; return the lines of its recovery code."""
    terminal.database.write_bytes(filled_database())
    code, out, err = terminal.run("protect", "--new-passphrase-file", written(terminal, PHRASE))
    assert (code, err) == (0, cli_security.PROTECTED + "\n")
    assert is_encrypted(terminal.database)
    return out.splitlines()


def opened(terminal: Terminal, words: str, *arguments: object) -> tuple[int, str, str]:
    """Run a command with what is in the passphrase file."""
    return terminal.run("--passphrase-file", written(terminal, words, "donnee.txt"), *arguments)


@pytest.mark.usefixtures("quick")
def test_every_command_works_on_a_protected_base(terminal: Terminal) -> None:
    terminal.database.write_bytes(filled_database())
    before = terminal.told("meetings")
    found = terminal.told("search", "portail")
    content = dump(terminal.database)
    protected(terminal)
    assert opened(terminal, PHRASE, "meetings") == (0, before + "\n", "")
    assert opened(terminal, PHRASE, "search", "portail")[:2] == (0, found + "\n")
    data = sample()
    data["date"] = "2031-03-03"
    code, meeting, _ = opened(terminal, PHRASE, "import", terminal.file(data))
    assert code == 0
    target = terminal.folder / "releve.docx"
    assert opened(terminal, PHRASE, "export", meeting.strip(), "-o", target)[0] == 0
    assert target.exists()
    assert len(opened(terminal, PHRASE, "meetings")[1].splitlines()) == 4
    code, out, err = opened(terminal, PHRASE, "protect", "--remove")
    assert (code, out, err) == (0, "", cli_security.UNPROTECTED + "\n")
    assert is_plain(terminal.database)
    assert len(dump(terminal.database)["meeting"]) == len(content["meeting"]) + 1


@pytest.mark.usefixtures("quick")
def test_the_passphrase_may_be_in_the_environment(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    protected(terminal)
    monkeypatch.setenv(cli_security.VARIABLE, PHRASE)
    assert len(terminal.told("meetings").splitlines()) == 3
    assert cli_security.VARIABLE not in os.environ  # LibreOffice does not get it


@pytest.mark.usefixtures("quick")
def test_the_recovery_code_opens_it_as_well(terminal: Terminal) -> None:
    lines = protected(terminal)
    assert len(lines) == 8
    assert opened(terminal, " - ".join(lines).lower(), "meetings")[0] == 0
    # And lets a forgotten passphrase be replaced; the old code is worth nothing then.
    new = written(terminal, OTHER, "nouvelle.txt")
    code, out, _ = opened(terminal, "\n".join(lines), "protect", "--new-passphrase-file", new)
    assert code == 0
    assert set(out.splitlines()).isdisjoint(lines)
    assert opened(terminal, OTHER, "meetings")[0] == 0
    for old in (PHRASE, "\n".join(lines)):
        code, out, err = opened(terminal, old, "meetings")
        assert (code, out) == (2, "")
        assert "autre base" in err or "n’ouvre pas" in err


@pytest.mark.usefixtures("quick")
def test_without_it_nothing_is_opened(terminal: Terminal) -> None:
    protected(terminal)
    before = terminal.database.read_bytes()
    assert terminal.refused("meetings") == cli_security.NOT_GIVEN
    for wrong in ("autre chose que cela", PHRASE + "s", PHRASE.upper()):
        code, out, err = opened(terminal, wrong, "meetings")
        assert (code, out) == (2, "")
        (sentence,) = err.splitlines()
        assert "n’ouvre pas la base" in sentence
    assert terminal.database.read_bytes() == before


@pytest.mark.usefixtures("quick")
def test_a_base_that_no_secret_opens_any_more_is_restored(terminal: Terminal) -> None:
    protected(terminal)
    assert opened(terminal, PHRASE, "backup")[0] == 0
    meetings = opened(terminal, PHRASE, "meetings")[1]
    damaged = os.urandom(terminal.database.stat().st_size)
    terminal.database.write_bytes(damaged)
    code, out, err = opened(terminal, PHRASE, "meetings")
    assert (code, out) == (2, "")
    assert "ouvre sa copie" in err
    assert "pan-desktop restore" in err
    assert opened(terminal, PHRASE, "backup", "--list")[0] == 0
    code, _, err = opened(terminal, OTHER, "restore", "--yes")
    assert code == 2
    assert "Ni la base ni ses copies" in err
    assert terminal.database.read_bytes() == damaged
    assert opened(terminal, PHRASE, "restore", "--yes")[0] == 0
    assert opened(terminal, PHRASE, "meetings") == (0, meetings, "")


@pytest.mark.usefixtures("quick")
def test_a_passphrase_file_must_hold_one(terminal: Terminal) -> None:
    protected(terminal)
    binary, empty, large = (terminal.folder / name for name in ("binaire", "vide", "grand"))
    binary.write_bytes(b"\xff\xfe\x00")
    empty.write_text("\n", encoding="utf-8")
    large.write_text("x" * 5000, encoding="utf-8")
    for file in (binary, empty, large, terminal.folder / "absent"):
        sentence = terminal.refused("--passphrase-file", file, "meetings")
        assert sentence == cli_security.UNREADABLE.format(name=file.name)


@pytest.mark.usefixtures("quick")
def test_a_passphrase_that_is_guessed_is_refused(terminal: Terminal) -> None:
    terminal.database.write_bytes(filled_database())
    sentence = terminal.refused("protect", "--new-passphrase-file", written(terminal, "motdepasse"))
    assert "se devine" in sentence
    assert is_plain(terminal.database)
    code, out, err = terminal.run(
        "protect", "--new-passphrase-file", written(terminal, "fourmi lampe tortue")
    )
    assert code == 0
    assert len(out.splitlines()) == 8
    assert "Faible" in err


def test_what_is_not_protected_is_not_unprotected(terminal: Terminal) -> None:
    terminal.database.write_bytes(filled_database())
    assert terminal.refused("protect", "--remove") == cli_security.NOT_PROTECTED
    assert terminal.refused("protect") == cli_security.NEW_NOT_GIVEN


def typing(database: Path, *arguments: str, keys: tuple[str, ...]) -> tuple[int, str]:
    """Run a command in a real terminal, with what is typed there; return all that is seen."""
    command = [sys.executable, "-m", "pan_desktop", "--database", str(database), *arguments]
    master, slave = pty.openpty()
    with subprocess.Popen(
        command, cwd=ROOT, stdin=slave, stdout=slave, stderr=slave, start_new_session=True
    ) as process:
        os.close(slave)
        seen = b""
        waiting = list(keys)
        while True:
            try:
                read = os.read(master, 4096)
            except OSError:  # the other side is closed
                break
            if not read:
                break
            seen += read
            if waiting and read.rstrip().endswith(b":"):
                os.write(master, (waiting.pop(0) + "\n").encode())
        os.close(master)
    return process.returncode, seen.decode()


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal of POSIX")
def test_at_the_keyboard_it_is_not_shown(terminal: Terminal) -> None:
    terminal.database.write_bytes(filled_database())
    code, seen = typing(terminal.database, "protect", keys=(PHRASE, PHRASE))
    assert code == 0
    assert "Nouvelle phrase secrète" in seen
    assert PHRASE not in seen
    code, seen = typing(terminal.database, "meetings", keys=(PHRASE,))
    assert code == 0
    assert PHRASE not in seen
    code, seen = typing(terminal.database, "protect", keys=(PHRASE, OTHER, OTHER + "s"))
    assert code == 2
    assert cli_security.NOT_TWICE in seen


def test_nothing_tells_the_passphrase_or_the_key(terminal: Terminal) -> None:
    """Neither files, nor output, nor the trace of a fault in the middle of it."""
    lines = protected(terminal)
    script = """
import sys
from pan_desktop.__main__ import main
from pan_desktop.app import meetings
def broken(work): raise RuntimeError("une panne")
def sql(work): work._connection.exec_driver_sql("SELECT * FROM absente WHERE x = ?", ("y",))
meetings.list_meetings = {fault}
main(sys.argv[1:])
"""
    given = written(terminal, PHRASE, "donnee.txt")
    traces = ""
    for fault in ("broken", "sql"):
        done = subprocess.run(
            [
                sys.executable,
                "-X",
                "dev",
                "-W",
                "error",
                "-c",
                script.format(fault=fault),
                "--database",
                str(terminal.database),
                "--passphrase-file",
                str(given),
                "meetings",
            ],
            cwd=ROOT,
            check=False,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 1
        assert "Traceback" in done.stderr
        traces += done.stdout + done.stderr
    given.unlink()
    (terminal.folder / "phrase.txt").unlink()
    kept = [path.read_bytes() for path in terminal.folder.rglob("*") if path.is_file()]
    assert kept
    key = "".join("".join(lines).split())
    for secret in (PHRASE, "parapluies", key, key.lower(), *lines):
        assert secret not in traces
        assert all(secret.encode() not in content for content in kept)


@pytest.mark.usefixtures("quick")
def test_the_window_is_opened_with_the_key(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    protected(terminal)
    seen: list[tuple[str, Key | None]] = []

    def window(database: str, key: Key | None = None) -> int:
        seen.append((database, key))
        return 0

    monkeypatch.setattr("pan_desktop.__main__._window", window)
    given = written(terminal, PHRASE)
    main(["--database", str(terminal.database), "--passphrase-file", str(given)])
    ((database, key),) = seen
    assert database == str(terminal.database)
    assert key is not None
