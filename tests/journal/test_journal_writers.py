"""Two open notebooks are two processes, and any of them may be killed."""

import signal
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from journal_processes import ANSWERING, child, heard, say

from peer_drift_kit.journal import Journal
from peer_drift_kit.journal.errors import not_read

ITEM = "prompt:what-it-means"


def test_two_notebooks_lose_no_word(path: Path) -> None:
    lines = """
def act(name):
    journal = Journal.open(Path(sys.argv[1]))
    for number in range(60):
        journal.write("prompt:what-it-means", f"{number} {name}", sitting=name)
    return "done"
"""
    with child(lines + ANSWERING, path) as left, child(lines + ANSWERING, path) as right:
        say(left, "left")
        say(right, "right")
        assert (heard(left), heard(right)) == ("done", "done")
    journal = Journal.open(path)
    kept = [entry.value for entry in [journal.latest(ITEM), *journal.earlier(ITEM)]]
    assert sorted(kept) == sorted(f"{n} {name}" for n in range(60) for name in ("left", "right"))
    for name in ("left", "right"):
        mine = [int(value.split()[0]) for value in kept if value.endswith(name)]
        assert mine == sorted(mine, reverse=True)


def test_widgets_that_save_from_several_threads_lose_no_word(journal: Journal) -> None:
    def save(number: int) -> str:
        return journal.write(ITEM, f"{number}.", sitting="s").value

    with ThreadPoolExecutor(6) as threads:
        saved = set(threads.map(save, range(60)))
    assert {entry.value for entry in [journal.latest(ITEM), *journal.earlier(ITEM)]} == saved


def test_many_notebooks_may_begin_the_journal_at_once(tmp_path: Path) -> None:
    lines = """
def act(line):
    path, name = line.rsplit(" ", 1)
    return Journal.open(Path(path)).write("prompt:a", name, sitting=name).value
"""
    with child(lines + ANSWERING) as left, child(lines + ANSWERING) as right:
        for number in range(25):
            path = tmp_path / str(number) / "journal.sqlite"
            say(left, f"{path} left")
            say(right, f"{path} right")
            assert (heard(left), heard(right)) == ("left", "right")
            journal = Journal.open(path)
            assert len(journal.earlier("prompt:a")) == 1
            assert journal.notice is None


def test_a_save_waits_until_the_disk_has_it(journal: Journal) -> None:
    """A power cut cannot be tried here; these are SQLite's settings against one."""

    def asked(connection: sqlite3.Connection) -> list[object]:
        names = ("synchronous", "journal_mode", "secure_delete")
        return [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in names]

    assert journal._store.read(asked, not_read) == [3, "delete", 1]


def test_what_was_saved_outlives_a_kill(path: Path) -> None:
    lines = """
def act(text):
    Journal.open(Path(sys.argv[1])).write("prompt:what-it-means", text, sitting="s")
    os.kill(os.getpid(), signal.SIGKILL)
"""
    with child(lines + ANSWERING, path) as killed:
        say(killed, "said just before")
    assert killed.returncode == -signal.SIGKILL
    assert Journal.open(path).latest(ITEM).value == "said just before"


def test_a_kill_in_the_midst_of_a_save_leaves_what_was_there(path: Path) -> None:
    Journal.open(path).write(ITEM, "before", sitting="s")
    lines = """
from peer_drift_kit.journal import journal as module
def act(text):
    module._body = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
    Journal.open(Path(sys.argv[1])).write("prompt:what-it-means", text, sitting="s")
"""
    with child(lines + ANSWERING, path) as killed:
        say(killed, "before and after")
    assert killed.returncode == -signal.SIGKILL
    journal = Journal.open(path)
    assert journal.latest(ITEM).value == "before"
    assert journal.notice is None
    journal.write(ITEM, "after", sitting="s")
    assert list(path.parent.iterdir()) == [path]
