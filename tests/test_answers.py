"""Answers on the disk: exact, whole, and never lost, whatever happens to the kernel."""

import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from small_disk import run_on_small_disk

from peer_drift_kit.answers import Answer, AnswerNotKept, Meant

#: Writes longer and longer texts, and tells of each when it is kept.
WRITER = """
import sys
from pathlib import Path
from peer_drift_kit.answers import Answer
answer = Answer("kitchen-window", Path(sys.argv[1]))
n = int(sys.argv[2])
while True:
    n += 1
    answer.write(f"{n} " + "words, “and” more 🙂 " * 500)
    if n % 7 == 0:
        answer.keep_draft()
    print(n, flush=True)
"""


def test_a_hundred_kills_lose_nothing(tmp_path: Path) -> None:
    answer = Answer("kitchen-window", tmp_path)
    rng = random.Random(0)  # noqa: S311 (no secret)
    kept = 0
    for _ in range(100):
        child = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path), str(kept)],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert child.stdout
        for _ in range(rng.randrange(1, 12)):
            kept = int(child.stdout.readline())
        child.send_signal(signal.SIGKILL)
        told = child.stdout.read().split()
        child.wait()
        kept = int(told[-1]) if told else kept
        number, _, words = answer.read().partition(" ")
        assert words == "words, “and” more 🙂 " * 500, "half a text"
        assert kept <= int(number) <= kept + 1, "what was told to be kept is not there"
        kept = int(number)
    assert all(draft.text.endswith("🙂 ") for draft in answer.all_drafts())
    assert len(answer.all_drafts()) > 10


@pytest.mark.parametrize(
    "text",
    ["", "one\r\ntwo\n\nthree ", "שלום\u202e", "a\u0301 🙂", "\x00 and on", "x" * 200_000],
    ids=["nothing", "line ends", "right to left", "marks", "NUL", "long"],
)
def test_what_is_written_is_read_to_the_character(text: str, tmp_path: Path) -> None:
    answer = Answer("kitchen-window", tmp_path)
    answer.write(text)
    assert answer.read() == text


def test_drafts_come_back_in_order_and_strangers_are_left_out(tmp_path: Path) -> None:
    answer = Answer("kitchen-window", tmp_path)
    for text in ("one", "two", "two", "three"):
        answer.write(text)
        answer.keep_draft()
    answer.drafts.joinpath("notes.md").write_text("no draft")
    assert [each.text for each in answer.all_drafts()] == ["one", "two", "three"]
    assert answer.all_drafts() == sorted(answer.all_drafts(), key=lambda each: each.at)


def test_reasons_go_along_and_damage_to_them_loses_nothing_else(tmp_path: Path) -> None:
    answer = Answer("kitchen-window", tmp_path)
    answer.write("words")
    reasons = [Meant("advising", "I told him “so”", "he asked")]
    answer.keep_meant(reasons)
    assert answer.meant() == reasons
    answer.reasons.write_text('[{"label": 1}, nonsense', encoding="utf-8")
    assert answer.meant() == []
    assert answer.read() == "words"


def test_a_link_in_place_of_the_folder_is_refused_and_nothing_is_written_there(
    tmp_path: Path,
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    exercise = tmp_path / "exercise"
    exercise.mkdir()
    (exercise / "answers").symlink_to(elsewhere, target_is_directory=True)
    with pytest.raises(AnswerNotKept, match="Your words are still in the box"):
        Answer("kitchen-window", exercise).write("words")
    assert list(elsewhere.iterdir()) == []


def test_a_full_disk_leaves_the_text_before_and_says_so(tmp_path: Path) -> None:
    script = """
import sys
from pathlib import Path
from peer_drift_kit.answers import Answer, AnswerNotKept
answer = Answer("kitchen-window", Path(sys.argv[1]))
answer.write("what was there")
try:
    answer.write("x" * 2_000_000)
except AnswerNotKept as error:
    print(error)
print(answer.read())
answer.write("and on")
print(answer.read(), [each.name for each in answer.path.parent.iterdir()])
"""
    told, before, after = run_on_small_disk(script, tmp_path / "disk").splitlines()
    assert "No space left" in told
    assert "Your words are still in the box" in told
    assert before == "what was there"
    assert after == "and on ['kitchen-window.md']", "nothing half written is left"
