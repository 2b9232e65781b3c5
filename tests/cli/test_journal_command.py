"""``peer-drift journal``: the owner reads, locks and forgets, and nobody else is told a word."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from peer_drift_kit.cli.journal import app
from peer_drift_kit.journal import Journal, lock, store

WORDS = "marmalade at midnight"
ASKED = "What made you open this today?"


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    path = tmp_path / "room" / "journal.sqlite"
    monkeypatch.setenv("PEER_DRIFT_JOURNAL", str(path))
    monkeypatch.setattr(lock, "STRENGTH", lock.Strength(n=2**4, r=8, p=1))
    lock.forget_keys()
    yield path
    lock.forget_keys()


@pytest.fixture
def journal(path: Path) -> Journal:
    journal = Journal.open(path)
    journal.write("prompt:why-here", "curious", sitting="s")
    journal.write("prompt:why-here", WORDS, sitting="s")
    journal.write("prompt:gone-from-the-kit", "# a heading", sitting="s")
    journal.write("table:identity-or-drift", '{"story": 2}', sitting="s")
    journal.write(
        "checklist:remaining-peer",
        '{"own-story": {"picked": true, "note": "ask Sam"}, "other-peers": {"picked": false}}',
        sitting="s",
    )
    journal.mark("lesson:00-welcome")
    return journal


def run(*words: str | Path, typed: str = "") -> Result:
    """The command, in what is to it a process of its own."""
    lock.forget_keys()
    return CliRunner().invoke(app, [str(word) for word in words], input=typed)


def refused(result: Result) -> str:
    """The one line of a command that ends with an error."""
    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit)
    (line,) = result.stderr.strip().splitlines()[-1:]
    assert "Traceback" not in result.output
    return line


def test_where_says_the_file_and_makes_none(path: Path) -> None:
    assert run("where").stdout == f"{path}\n"
    assert not path.exists()


def test_export_gives_the_newest_words_below_their_question(journal: Journal) -> None:
    page = run("export").stdout
    assert f"## {ASKED}\n" in page
    assert f"> {WORDS}\n" in page
    assert "curious" not in page
    assert "## prompt:gone-from-the-kit\n" in page
    assert "\n> # a heading\n" in page
    assert "> - My recovery story (Peer identity – Peer drift): 2\n" in page
    assert "chosen. ask Sam\n" in page
    assert "- Welcome (" in page


def test_export_gives_earlier_words_when_asked(journal: Journal) -> None:
    page = run("export", "--all").stdout
    assert page.index(WORDS) < page.index("> curious")


def test_export_to_a_file_is_for_its_owner_and_overwrites_nothing(
    journal: Journal, tmp_path: Path
) -> None:
    to = tmp_path / "mine.md"
    result = run("export", "--to", to)
    assert result.exit_code == 0
    assert WORDS not in result.output
    assert WORDS in to.read_text(encoding="utf-8")
    if os.name == "posix":
        assert to.stat().st_mode & 0o777 == 0o600
    before = to.read_bytes()
    journal.write("prompt:why-here", "something else", sitting="t")
    assert "is there already" in refused(run("export", "--to", to))
    assert to.read_bytes() == before


def test_export_to_where_there_is_no_folder(journal: Journal, tmp_path: Path) -> None:
    assert "cannot be written" in refused(run("export", "--to", tmp_path / "no" / "mine.md"))


def test_export_of_an_empty_journal(path: Path) -> None:
    result = run("export")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "Your journal is empty.\n"


def test_export_is_utf_8_whatever_the_terminal_speaks(path: Path) -> None:
    Journal.open(path).write("prompt:why-here", "tired 😮‍💨", sitting="s")
    done = subprocess.run(
        [sys.executable, "-c", "from peer_drift_kit.cli.journal import app; app()", "export"],
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
        check=True,
    )
    assert "> tired 😮‍💨\n" in done.stdout.decode()


def test_lock_warns_asks_twice_and_locks(journal: Journal, path: Path) -> None:
    result = run("lock", typed="blue doors\nblue doors\n")
    assert result.exit_code == 0
    assert result.stdout.index("nobody can get your words back") < result.stdout.index("Once more")
    assert "What stays readable" in result.stdout
    assert "blue doors" not in result.output
    assert WORDS.encode() not in path.read_bytes()
    lock.forget_keys()
    assert journal.is_locked


def test_lock_does_nothing_when_the_second_passphrase_differs(journal: Journal) -> None:
    assert run("lock", typed="blue doors\nblue door\n").exit_code == 1
    assert not journal.has_passphrase


def test_a_locked_journal_is_exported_with_its_passphrase(journal: Journal) -> None:
    journal.lock("blue doors")
    assert WORDS in run("export", typed="blue doors\n").stdout
    result = run("export", typed="blue door\n")
    assert refused(result).endswith("That passphrase does not open your journal.")
    assert WORDS not in result.output
    assert ASKED not in result.output


def test_lock_changes_the_passphrase_for_whoever_knows_it(journal: Journal) -> None:
    journal.lock("blue doors")
    assert "does not open" in refused(run("lock", typed="guess\nmine\nmine\n"))
    result = run("lock", typed="blue doors\ngreen chairs\ngreen chairs\n")
    assert "The passphrase is changed." in result.stdout
    assert WORDS in run("export", typed="green chairs\n").stdout


def test_unlock_takes_the_passphrase_away(journal: Journal) -> None:
    journal.lock("blue doors")
    assert "does not open" in refused(run("unlock", typed="guess\n"))
    assert run("unlock", typed="blue doors\n").exit_code == 0
    assert WORDS in run("export").stdout
    assert run("unlock").stdout == "Your journal has no passphrase.\n"


def test_without_the_extra_lock_says_how_to_get_it_before_it_asks(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "cryptography", None)
    result = run("lock", typed="blue doors\nblue doors\n")
    assert 'pip install "peer-drift-kit[lock]"' in refused(result)
    assert result.stdout == ""


def test_forget_names_what_goes_without_its_words_and_asks(journal: Journal, path: Path) -> None:
    result = run("forget", "prompt:why-here", typed="n\n")
    assert f"prompt:why-here  {ASKED}" in result.stdout
    assert WORDS not in result.output
    assert "Nothing was forgotten." in result.stdout
    assert journal.latest("prompt:why-here").value == WORDS
    assert run("forget", "prompt:why-here", typed="y\n").exit_code == 0
    assert journal.latest("prompt:why-here") is None
    assert WORDS.encode() not in path.read_bytes()
    assert journal.latest("table:identity-or-drift")


def test_forget_asks_nobody_to_type_the_whole_name(journal: Journal) -> None:
    assert run("forget", "why-here", "00-welcome", "--yes").exit_code == 0
    assert "prompt:why-here" not in journal.items()
    assert journal.marks() == {}


def test_forget_of_something_unknown_forgets_nothing(journal: Journal) -> None:
    before = journal.items()
    result = run("forget", "why-here", "why-her", "--yes")
    assert refused(result) == (
        "There is nothing called why-her in your journal. Nothing was forgotten."
    )
    assert journal.items() == before


@pytest.mark.parametrize("words", [["forget"], ["forget", "why-here", "--all"]])
def test_forget_wants_to_know_what(journal: Journal, words: list[str]) -> None:
    assert "Please name what to forget" in refused(run(*words, typed="y\n"))
    assert journal.latest("prompt:why-here").value == WORDS


def test_forget_all_needs_no_passphrase_and_says_that_it_goes_too(
    journal: Journal, path: Path
) -> None:
    journal.lock("blue doors")
    copy = path.with_name("journal.damaged-20260102T030405.000006Z.sqlite")
    copy.write_text(WORDS)
    result = run("forget", "--all", typed="y\n")
    assert "the passphrase" in result.stdout
    assert copy.name in result.stdout
    assert not copy.exists()
    assert run("export").stderr == "Your journal is empty.\n"
    assert not journal.has_passphrase
    assert run("forget", "--all").stdout == "Your journal is empty.\n"


def test_a_damaged_copy_is_named_since_no_lock_is_on_it(journal: Journal, path: Path) -> None:
    copy = path.with_name("journal.damaged-20260102T030405.000006Z.sqlite")
    copy.write_text(WORDS)
    assert str(copy) in run("lock", typed="blue doors\nblue doors\n").stderr


def test_damage_is_told(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"no journal at all" * 99)
    assert "Your journal file was damaged" in run("export").stderr


@pytest.mark.parametrize("words", [["export"], ["lock"], ["unlock"], ["forget", "--all"]])
def test_a_journal_in_use_is_one_line_and_no_traceback(
    journal: Journal, path: Path, words: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "BUSY_SECONDS", 0.05)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    assert "another window is using your journal" in refused(run(*words))
    other.close()


def test_an_unforeseen_error_shows_no_words(path: Path) -> None:
    assert app.pretty_exceptions_enable is False
