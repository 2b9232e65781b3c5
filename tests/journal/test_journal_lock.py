"""A passphrase keeps the words to their owner, whatever happens while it is set."""

import signal
import sqlite3
import sys
from pathlib import Path

import pytest
from journal_processes import ANSWERING, child, heard, say

from peer_drift_kit.journal import (
    Journal,
    JournalError,
    JournalLocked,
    WrongPassphrase,
    lock,
    store,
)

ITEM = "prompt:what-it-means"
WORDS = "marmalade-at-midnight"
STRENGTH_OF_THE_KIT = lock.STRENGTH


def in_the_file(path: Path, words: str = WORDS) -> bool:
    return any(words.encode() in each.read_bytes() for each in path.parent.iterdir())


@pytest.fixture
def locked(journal: Journal) -> Journal:
    """With a passphrase, as a process finds it that has just begun."""
    journal.write(ITEM, WORDS, sitting="s")
    journal.lock("three blue doors")
    lock.forget_keys()
    return journal


def test_a_locked_journal_gives_no_words(locked: Journal) -> None:
    assert locked.is_locked
    for use in (
        lambda: locked.latest(ITEM),
        lambda: locked.earlier(ITEM),
        lambda: locked.last_before(ITEM, "t"),
    ):
        with pytest.raises(JournalLocked):
            use()
    with pytest.raises(JournalLocked, match="Your words are still in the box"):
        locked.write(ITEM, "more", sitting="s")


def test_one_unlocking_serves_every_widget_of_a_process(locked: Journal, path: Path) -> None:
    Journal.open(path).unlock("three blue doors")
    assert not locked.is_locked
    assert locked.latest(ITEM).value == WORDS


def test_it_stays_open_to_whoever_locked_it(journal: Journal) -> None:
    journal.write(ITEM, WORDS, sitting="s")
    journal.lock("three blue doors")
    assert not journal.is_locked
    assert journal.latest(ITEM).value == WORDS


def test_another_process_has_to_ask(locked: Journal, path: Path) -> None:
    locked.unlock("three blue doors")
    with child("print(Journal.open(Path(sys.argv[1])).is_locked)", path) as other:
        assert heard(other) == "True"


@pytest.mark.parametrize("wrong", ["three blue door", "Three blue doors", "", " "])
def test_a_wrong_passphrase_opens_nothing(locked: Journal, wrong: str) -> None:
    with pytest.raises(WrongPassphrase, match="does not open"):
        locked.unlock(wrong)
    assert locked.is_locked


def test_a_passphrase_may_be_typed_on_any_keyboard(journal: Journal) -> None:
    journal.lock("café 😀")
    lock.forget_keys()
    journal.unlock("cafe\u0301 😀")
    assert not journal.is_locked


@pytest.mark.parametrize("blank", ["", "  "])
def test_a_blank_passphrase_is_refused(journal: Journal, blank: str) -> None:
    with pytest.raises(JournalError, match="at least one letter"):
        journal.lock(blank)
    assert not journal.has_passphrase


def test_no_plain_words_are_left_in_the_file(journal: Journal, path: Path) -> None:
    for number in range(200):
        journal.write(f"prompt:{number % 9}", f"{WORDS} {number}" * 30, sitting=str(number))
    for number in range(0, 200, 7):  # gaps, where old pages could linger
        journal.write(f"prompt:{number % 9}", "short", sitting=f"again {number}")
    assert in_the_file(path)
    journal.lock("three blue doors")
    assert not in_the_file(path)
    journal.write(ITEM, WORDS, sitting="s")
    assert not in_the_file(path)
    assert journal.is_swept
    lock.forget_keys()
    journal.unlock("three blue doors")
    assert journal.latest("prompt:0").value == "short"
    assert journal.earlier("prompt:8")[0].value.startswith(WORDS)


def test_what_stays_readable_is_what_we_say(locked: Journal) -> None:
    locked.mark("lesson:00-welcome")
    assert locked.items() == [ITEM]
    assert list(locked.marks()) == ["lesson:00-welcome"]


def test_the_length_of_an_answer_does_not_tell_which_it_is(journal: Journal, path: Path) -> None:
    journal.lock("three blue doors")
    for answer in ("yes", "no", "I would rather not say"):
        journal.write(ITEM, answer, sitting=answer)
    with sqlite3.connect(path) as rows:
        assert len(set(rows.execute("SELECT length(body) FROM entries"))) == 1
    rows.close()


def test_the_same_words_are_sealed_anew_each_time(journal: Journal, path: Path) -> None:
    journal.lock("three blue doors")
    journal.write("prompt:a", WORDS, sitting="s")
    journal.write("prompt:b", WORDS, sitting="s")
    with sqlite3.connect(path) as rows:
        (first,), (second,) = rows.execute("SELECT body FROM entries")
    rows.close()
    assert first[:12] != second[:12]
    assert first[12:] != second[12:]


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE entries SET item = 'prompt:other' WHERE id = 2",
        "UPDATE entries SET at = at + 1 WHERE id = 2",
        "UPDATE entries SET sitting = 'other' WHERE id = 2",
        "UPDATE entries SET body = (SELECT body FROM entries WHERE id = 1) WHERE id = 2",
        "UPDATE entries SET body = x'00' WHERE id = 2",
        "UPDATE entries SET sealed = 0, body = CAST('put in' AS BLOB) WHERE id = 2",
    ],
)
def test_a_version_that_was_tampered_with_is_not_shown_as_ones_own(
    journal: Journal, path: Path, change: str
) -> None:
    journal.lock("three blue doors")
    journal.write(ITEM, "first", sitting="a")
    journal.write(ITEM, "second", sitting="b")
    with sqlite3.connect(path) as rows:
        rows.execute(change)
    rows.close()
    assert journal.latest(ITEM).value == "first"
    assert journal.latest("prompt:other") is None
    if "prompt:other" not in change:
        assert "cannot be read" in journal.notice
    journal.write(ITEM, "third", sitting="c")
    assert journal.latest(ITEM).value == "third"


def test_the_passphrase_can_be_changed(locked: Journal, path: Path) -> None:
    with pytest.raises(JournalLocked):
        locked.change_passphrase("two green chairs")
    locked.unlock("three blue doors")
    locked.change_passphrase("two green chairs")
    lock.forget_keys()
    with pytest.raises(WrongPassphrase):
        locked.unlock("three blue doors")
    locked.unlock("two green chairs")
    assert locked.latest(ITEM).value == WORDS
    assert not in_the_file(path)


def test_a_changed_passphrase_locks_out_who_held_the_old_one(locked: Journal, path: Path) -> None:
    lines = """
journal = Journal.open(Path(sys.argv[1]))
def act(line):
    if line == "unlock": journal.unlock("three blue doors")
    return journal.is_locked
"""
    with child(lines + ANSWERING, path) as other:
        say(other, "unlock")
        assert heard(other) == "False"
        locked.unlock("three blue doors")
        locked.change_passphrase("two green chairs")
        say(other, "and now?")
        assert heard(other) == "True"


def test_the_passphrase_can_be_taken_away(locked: Journal) -> None:
    with pytest.raises(JournalLocked):
        locked.remove_lock()
    locked.unlock("three blue doors")
    locked.remove_lock()
    lock.forget_keys()
    assert not locked.is_locked
    assert locked.latest(ITEM).value == WORDS


def test_a_second_lock_does_not_replace_the_first(locked: Journal) -> None:
    with pytest.raises(JournalError, match="has a passphrase already"):
        locked.lock("two green chairs")
    locked.unlock("three blue doors")


def test_a_notebook_that_was_open_writes_no_plain_words_after_the_lock(
    journal: Journal, path: Path
) -> None:
    lines = """
journal = Journal.open(Path(sys.argv[1]))
def act(text):
    try: return journal.write("prompt:a", text, sitting="s").value
    except JournalLocked as error: return error
"""
    with child(lines + ANSWERING, path) as other:
        say(other, "before the lock")
        assert heard(other) == "before the lock"
        journal.lock("three blue doors")
        say(other, "after the lock")
        assert "Your words are still in the box" in heard(other)
    assert not in_the_file(path, "before the lock")
    assert not in_the_file(path, "after the lock")


def test_forgetting_leaves_no_trace(journal: Journal, path: Path) -> None:
    for number in range(100):
        journal.write("prompt:gone", f"{WORDS} {number}" * 30, sitting=str(number))
        journal.write("prompt:stays", f"this stays {number}", sitting=str(number))
    journal.mark("prompt:gone")
    size = path.stat().st_size
    journal.forget(["prompt:gone"])
    assert not in_the_file(path)
    assert path.stat().st_size < size / 2
    assert journal.items() == ["prompt:stays"]
    assert journal.marks() == {}
    assert len(journal.earlier("prompt:stays")) == 99


def test_forgotten_words_are_gone_though_the_sweep_never_comes(
    journal: Journal, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal.write("prompt:gone", WORDS * 3000, sitting="s")
    journal.write("prompt:gone too", WORDS, sitting="s")
    monkeypatch.setattr(store.Store, "sweep", lambda _: False)
    journal.forget(["prompt:gone", "prompt:gone too"])
    assert not in_the_file(path)


def test_a_version_that_was_taken_over_leaves_no_trace(journal: Journal, path: Path) -> None:
    journal.write("prompt:a", f"{WORDS} and", sitting="s")
    journal.forget(["prompt:a"])
    assert not in_the_file(path)


def test_who_lost_the_passphrase_can_forget_all_and_begin_anew(locked: Journal, path: Path) -> None:
    copy = path.with_name("journal.damaged-20260102T030405.000006Z.sqlite")
    copy.write_text(WORDS)
    other = path.with_name("my own notes.sqlite")
    other.write_text("not ours")
    locked.mark("lesson:00-welcome")
    locked.forget_all()
    assert not locked.is_locked
    assert (locked.items(), locked.marks()) == ([], {})
    assert not in_the_file(path)
    assert not copy.exists()
    assert other.exists()
    locked.write(ITEM, "anew", sitting="s")


def test_a_sweep_that_had_to_wait_is_done_at_the_next_opening(
    journal: Journal, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal.write(ITEM, WORDS * 3000, sitting="s")
    with monkeypatch.context() as during:
        during.setattr(store.Store, "sweep", lambda _: False)
        journal.lock("three blue doors")
    assert not journal.is_swept
    size = path.stat().st_size
    assert Journal.open(path).is_swept
    assert path.stat().st_size <= size
    assert not in_the_file(path)


KILLED_IN_LOCK = """
import sqlite3
count, last = 0, int(sys.argv[2])
def tick():
    global count
    count += 1
    if count == last: os.kill(os.getpid(), signal.SIGKILL)
connect = sqlite3.connect
def watched(*args, **options):
    connection = connect(*args, **options)
    connection.set_progress_handler(tick, 1)  # at each step that SQLite takes
    return connection
journal = Journal.open(Path(sys.argv[1]))
sqlite3.connect = watched
journal.lock("three blue doors")
print(count)
"""


def test_a_kill_in_the_midst_of_a_lock_leaves_all_plain_or_all_locked(tmp_path: Path) -> None:
    def prepared(name: str) -> Path:
        path = tmp_path / name / "journal.sqlite"
        journal = Journal.open(path)
        for number in range(24):  # more than SQLite keeps in memory, so the file is half written
            journal.write(f"prompt:{number}", f"{WORDS} {number} " + "x" * 150_000, sitting="s")
        return path

    with child(KILLED_IN_LOCK, prepared("whole"), 0) as whole:
        steps = int(heard(whole))
    outcomes = set()
    interrupted = 0
    for part in range(1, 16):
        path = prepared(str(part))
        with child(KILLED_IN_LOCK, path, max(1, steps * part // 16)) as killed:
            pass
        assert killed.returncode == -signal.SIGKILL
        interrupted += len(list(path.parent.iterdir())) > 1
        lock.forget_keys()
        journal = Journal.open(path)
        outcomes.add(journal.is_locked)
        if journal.is_locked:
            assert not in_the_file(path)
            journal.unlock("three blue doors")
        for number in range(24):
            assert journal.latest(f"prompt:{number}").value.startswith(f"{WORDS} {number} x")
        assert journal.notice is None
    assert outcomes == {False, True}
    assert interrupted  # some were killed with the file half written


@pytest.mark.parametrize(
    ("moment", "ends_locked"),
    [("module.Lock.write", False), ("module.hold_key", True), ("store.Store.sweep", True)],
    ids=["when all is sealed but the lock not noted", "when it is done", "before the sweep"],
)
def test_a_kill_at_the_worst_moment(
    journal: Journal, path: Path, moment: str, ends_locked: bool
) -> None:
    for number in range(5):
        journal.write(ITEM, f"{WORDS} {number}", sitting=str(number))
    lines = f"""
from peer_drift_kit.journal import journal as module, store
{moment} = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
Journal.open(Path(sys.argv[1])).lock("three blue doors")
"""
    with child(lines, path) as killed:
        pass
    assert killed.returncode == -signal.SIGKILL
    assert journal.is_locked == ends_locked
    journal = Journal.open(path)
    assert in_the_file(path) != ends_locked
    journal.unlock("three blue doors")
    assert len(journal.earlier(ITEM)) == 4
    assert journal.notice is None


def test_without_the_extra_one_line_says_how_to_get_it(
    locked: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "cryptography", None)
    for use in (lambda: locked.unlock("three blue doors"), lambda: lock.make_lock("new")):
        with pytest.raises(JournalError, match=r'pip install "peer-drift-kit\[lock\]"') as told:
            use()
        assert "\n" not in str(told.value)


def test_a_file_cannot_ask_for_all_the_memory(locked: Journal, path: Path) -> None:
    with sqlite3.connect(path) as rows:
        rows.execute("UPDATE passphrase SET n = 1 << 40")
    rows.close()
    with pytest.raises(JournalError, match="lock of your journal is damaged"):
        locked.unlock("three blue doors")


def test_a_guess_costs_at_least_32_mb() -> None:
    assert STRENGTH_OF_THE_KIT.n >= 2**15
    assert STRENGTH_OF_THE_KIT.r >= 8
