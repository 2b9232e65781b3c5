"""Where the journal is, and who may open it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from peer_drift_kit.journal import Journal, JournalError, journal_path
from peer_drift_kit.journal.place import make_room

posix = pytest.mark.skipif(os.name != "posix", reason="Windows has no modes")


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_the_environment_names_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PEER_DRIFT_JOURNAL", str(tmp_path / "mine.sqlite"))
    Journal.open().write("prompt:a", "hello", sitting="s")
    assert Journal.open(tmp_path / "mine.sqlite").latest("prompt:a").value == "hello"


def test_else_it_is_in_the_owners_data_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PEER_DRIFT_JOURNAL", raising=False)
    assert journal_path().parts[-2:] == ("peer-drift-kit", "journal.sqlite")


@posix
def test_only_the_owner_may_open_it(path: Path) -> None:
    before = os.umask(0)
    try:
        Journal.open(path).write("prompt:a", "hello", sitting="s")
    finally:
        os.umask(before)
    assert mode(path) == 0o600
    assert mode(path.parent) == 0o700


@posix
def test_it_was_never_open_to_others_not_for_a_moment(path: Path) -> None:
    before = os.umask(0)
    try:
        make_room(path)
    finally:
        os.umask(before)
    assert mode(path) == 0o600


@posix
def test_a_file_that_was_open_to_others_is_closed_to_them(journal: Journal, path: Path) -> None:
    path.chmod(0o644)
    assert journal.latest("prompt:a") is None
    assert mode(path) == 0o600


@posix
def test_a_folder_that_was_there_is_left_as_it_is(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    Journal.open(tmp_path / "journal.sqlite")
    assert mode(tmp_path) == 0o755


def test_it_is_one_file(journal: Journal, path: Path) -> None:
    journal.write("prompt:a", "hello", sitting="s")
    journal.lock("a few words")
    journal.write("prompt:a", "goodbye", sitting="s")
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("name", ["why? #1 100%.sqlite", "ein Gefühl 😀.sqlite"])
def test_any_name_will_do(tmp_path: Path, name: str) -> None:
    Journal.open(tmp_path / name).write("prompt:a", "hello", sitting="s")
    assert [each.name for each in tmp_path.iterdir()] == [name]


@posix
def test_a_link_leads_to_the_file_and_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    link = tmp_path / "journal.sqlite"
    link.symlink_to(tmp_path / "there" / "real.sqlite")
    Journal.open(link).write("prompt:a", "hello", sitting="s")
    (tmp_path / "there" / "real.sqlite").write_bytes(b"no journal at all")
    assert Journal.open(link).notice
    assert link.is_symlink()
    assert len(list((tmp_path / "there").iterdir())) == 2


@posix
def test_a_link_that_leads_to_itself_is_told_in_one_line(tmp_path: Path) -> None:
    link = tmp_path / "journal.sqlite"
    link.symlink_to(link)
    with pytest.raises(JournalError, match="No journal can be kept"):
        Journal.open(link)


@posix
def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(JournalError, match="is not a file that a journal can be kept in"):
        Journal.open(tmp_path / "pipe")


def test_a_file_that_is_taken_away_while_in_use_is_begun_again(
    journal: Journal, path: Path
) -> None:
    journal.write("prompt:a", "hello", sitting="s")
    path.unlink()
    journal.write("prompt:b", "still here", sitting="s")
    assert journal.items() == ["prompt:b"]


def test_the_import_brings_no_cryptography_and_no_widgets() -> None:
    heavy = ["cryptography", "ipywidgets", "platformdirs", "typer", "tomllib"]
    asked = f"import sys, peer_drift_kit.journal; print([x for x in {heavy} if x in sys.modules])"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
