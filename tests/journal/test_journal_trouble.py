"""When the disk or another program is in the way: one kind line, and nothing lost."""

import os
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from journal_processes import OPENING
from small_disk import run_on_small_disk

from peer_drift_kit.journal import Journal, JournalError, JournalNotSaved, store

ITEM = "prompt:what-it-means"


def one_kind_line(error: BaseException) -> str:
    line = str(error)
    assert "\n" not in line
    for jargon in ("sqlite3", "database", "Errno", "SQL", "Traceback"):
        assert jargon not in line
    return line


def not_moved(path: Path) -> bool:
    return [each.name for each in path.parent.iterdir()] == [path.name]


def test_a_busy_journal_is_waited_for_and_then_told(
    journal: Journal, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "BUSY_SECONDS", 0.05)
    journal.write(ITEM, "kept", sitting="s")
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(JournalNotSaved) as told:
        journal.write(ITEM, "not kept", sitting="s")
    assert "Your words are still in the box" in one_kind_line(told.value)
    assert "another window" in str(told.value)
    with pytest.raises(JournalError, match="another window"):
        journal.latest(ITEM)
    with pytest.raises(JournalError, match="another window"):
        Journal.open(path)
    other.execute("ROLLBACK")
    other.close()
    assert not_moved(path)
    assert journal.latest(ITEM).value == "kept"
    assert journal.notice is None


def test_a_journal_of_a_newer_kit_is_left_untouched(journal: Journal, path: Path) -> None:
    journal.write(ITEM, "kept", sitting="s")
    with sqlite3.connect(path) as newer:
        newer.execute("PRAGMA user_version = 2")
    newer.close()
    before = path.read_bytes()
    for use in (lambda: Journal.open(path), lambda: journal.write(ITEM, "more", sitting="s")):
        with pytest.raises(JournalError, match="newer Peer Drift Kit") as told:
            use()
        one_kind_line(told.value)
    assert path.read_bytes() == before
    assert not_moved(path)


def test_a_file_of_another_program_is_left_untouched(path: Path) -> None:
    path.parent.mkdir()
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE photos (name)")
    other.close()
    before = path.read_bytes()
    with pytest.raises(JournalError, match="belongs to another program"):
        Journal.open(path)
    assert path.read_bytes() == before
    assert not_moved(path)


def test_somebodys_folder_is_never_moved(tmp_path: Path) -> None:
    documents = tmp_path / "Documents"
    documents.mkdir()
    with pytest.raises(JournalError, match="Documents"):
        Journal.open(documents)
    assert list(tmp_path.iterdir()) == [documents]


def test_a_folder_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "room").write_text("in the way")
    with pytest.raises(JournalError) as told:
        Journal.open(tmp_path / "room" / "journal.sqlite")
    one_kind_line(told.value)


def test_a_full_disk(tmp_path: Path) -> None:
    lines = """
path = Path(sys.argv[1], "journal.sqlite")
journal = Journal.open(path)
journal.write("prompt:a", "kept", sitting="s")
ballast = Path(sys.argv[1], "ballast")
with ballast.open("wb", buffering=0) as file:
    try:
        while file.write(bytes(4096)): pass
    except OSError: pass
for use in (
    lambda: journal.write("prompt:a", "x" * 100_000, sitting="t"),
    lambda: journal.lock("a few words"),
    lambda: journal.forget(["prompt:a"]),
    lambda: Journal.open(Path(sys.argv[1], "new", "journal.sqlite")),
):
    try: use(); print("worked")
    except JournalError as error: print(type(error).__name__, error)
print(journal.latest("prompt:a").value, journal.has_passphrase)
ballast.unlink()
journal.write("prompt:a", "x" * 100_000, sitting="t")
print(len(journal.latest("prompt:a").value), len(journal.earlier("prompt:a")), journal.notice)
"""
    saved, locked, forgot, opened, after, freed = run_on_small_disk(
        OPENING + lines, tmp_path / "disk"
    ).splitlines()
    assert saved == (
        "JournalNotSaved Not saved: the disk is full. Your words are still in the box."
    )
    assert locked == "JournalError Your journal is as it was: the disk is full."
    assert forgot == "JournalError Your journal is as it was: the disk is full."
    assert opened == "JournalError Your journal could not be opened: the disk is full."
    assert after == "kept False"
    assert freed == "100000 1 None"


def test_a_disk_that_may_only_be_read(tmp_path: Path) -> None:
    lines = """
import subprocess
path = Path(sys.argv[1], "journal.sqlite")
journal = Journal.open(path)
journal.write("prompt:a", "kept", sitting="s")
subprocess.run(["mount", "-o", "remount,ro", sys.argv[1]], check=True)
for use in (
    lambda: journal.write("prompt:a", "more", sitting="t"),
    lambda: journal.lock("a few words"),
    lambda: Journal.open(Path(sys.argv[1], "new", "journal.sqlite")),
):
    try: use(); print("worked")
    except JournalError as error: print(type(error).__name__, error)
print(Journal.open(path).latest("prompt:a").value, journal.notice, os.listdir(sys.argv[1]))
"""
    saved, locked, opened, after = run_on_small_disk(
        OPENING + lines, tmp_path / "disk"
    ).splitlines()
    assert saved.startswith("JournalNotSaved Not saved: ")
    assert saved.endswith("may be read but not written to. Your words are still in the box.")
    assert locked.startswith("JournalError Your journal is as it was: ")
    assert opened.startswith("JournalError Your journal could not be opened: ")
    assert after == "kept None ['journal.sqlite']"


def test_a_damaged_file_that_cannot_be_moved_is_told(tmp_path: Path) -> None:
    lines = """
import subprocess
path = Path(sys.argv[1], "journal.sqlite")
journal = Journal.open(path)
path.write_bytes(b"no journal at all" * 100)
subprocess.run(["mount", "-o", "remount,ro", sys.argv[1]], check=True)
for use in (lambda: Journal.open(path), lambda: journal.write("prompt:a", "b", sitting="s")):
    try: use(); print("worked")
    except JournalError as error: print(type(error).__name__, error)
"""
    opened, saved = run_on_small_disk(OPENING + lines, tmp_path / "disk").splitlines()
    assert "damaged and could not be moved aside" in opened
    assert saved.startswith("JournalNotSaved")
    assert saved.endswith("Your words are still in the box.")


@pytest.mark.skipif(os.name != "posix", reason="Windows has no modes")
def test_a_file_or_folder_that_we_may_not_open_is_never_moved() -> None:
    lines = """
path = Path(sys.argv[1], "journal.sqlite")
journal = Journal.open(path)
journal.write("prompt:a", "kept", sitting="s")
if os.geteuid() == 0:  # modes do not hold for root, so become somebody else
    os.chown(path, 65534, 65534); os.chown(path.parent, 65534, 65534)
    os.setgid(65534); os.setuid(65534)
def attempt(name, use):
    try: print(name, "worked", use())
    except JournalError as error: print(name, type(error).__name__, error)
write = lambda: journal.write("prompt:a", "more", sitting="t").value
path.chmod(0); attempt("closed file", lambda: Journal.open(path)); attempt("again", write)
path.chmod(0o400); attempt("read-only file", write)
path.chmod(0o600); path.parent.chmod(0o500); attempt("read-only folder", write)
path.parent.chmod(0); attempt("closed folder", write)
path.parent.chmod(0o700); attempt("as before", lambda: journal.latest("prompt:a").value)
print(journal.notice, os.listdir(path.parent))
"""
    with tempfile.TemporaryDirectory() as folder:  # tmp_path is closed to anyone else
        Path(folder).chmod(0o755)
        (Path(folder) / "room").mkdir()
        done = subprocess.run(
            [sys.executable, "-c", OPENING + lines, f"{folder}/room"],
            capture_output=True,
            text=True,
        )
    assert done.returncode == 0, done.stderr
    *refused, opened, after = done.stdout.splitlines()
    assert len(refused) == 5
    assert "JournalError Your journal could not be opened" in refused[0]
    for line in refused[1:]:
        assert "JournalNotSaved Not saved: " in line
        assert line.endswith("Your words are still in the box.")
    assert opened == "as before worked kept"
    assert after == "None ['journal.sqlite']"
