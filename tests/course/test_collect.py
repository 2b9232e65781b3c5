"""The real ``nbgrader collect`` on an exchange that learners can write into."""

import os
from pathlib import Path

import pytest

from peer_drift_kit.answers import Answer

from .conftest import ASSIGNMENT, CASE, TELLING, Course

pytestmark = pytest.mark.slow

TIME = "2026-01-02 03:04:05.000000 UTC"


def inbound(course: Course, name: str, time: str = TIME) -> Path:
    folder = course.exchange / "circle" / "inbound" / f"{name}+{ASSIGNMENT}+{time}+abc"
    folder.mkdir(parents=True)
    (folder / f"{ASSIGNMENT}.ipynb").write_text("{}")
    (folder / "timestamp.txt").write_text(time)
    (folder / "submission_secret.txt").write_text("s" * 128)
    return folder


def files(folder: Path) -> set[str]:
    return {each.relative_to(folder).as_posix() for each in folder.rglob("*") if each.is_file()}


def test_it_takes_an_exercise_and_its_answers_and_leaves_the_rest(course: Course) -> None:
    course.nbgrader("release_assignment", ASSIGNMENT)
    secret = course.folder.parent / "secret"
    secret.mkdir()
    (secret / "kept.md").write_text("a secret of the trainer")

    ana = inbound(course, "ana")
    answer = Answer(CASE, ana)
    answer.write("A first try.")
    answer.keep_draft()
    answer.write(TELLING)
    (ana / "answers" / "stolen.md").symlink_to(secret / "kept.md")
    (ana / "answers" / "away").symlink_to(secret)
    (ana / "answers" / "picture.png").write_bytes(b"png")
    (ana / "answers" / "a" / "b" / "c" / "d").mkdir(parents=True)
    (ana / "answers" / "a" / "b" / "c" / "d" / "deep.md").write_text("deep")
    (ana / "answers" / "long.md").write_bytes(b"a" * 1_000_001)
    os.mkfifo(ana / "answers" / "pipe.md")
    (ana / f"{ASSIGNMENT}.html").write_text("<script>harm()</script>")
    (ana / "nbgrader_config.py").write_text("harm()")
    (ana / "stolen").symlink_to(secret)

    ben = inbound(course, "ben")
    (ben / "timestamp.txt").write_text("the day after tomorrow")
    (course.exchange / "circle" / "inbound" / f"cleo+{ASSIGNMENT}+{TIME}+abc").symlink_to(secret)
    inbound(course, "<img src=x onerror=harm()>")
    inbound(course, "dora", time="no time at all")

    log = course.nbgrader("collect", ASSIGNMENT)

    submitted = course.folder / "submitted"
    (draft,) = (ana / "answers" / "drafts" / CASE).iterdir()
    base = {f"{ASSIGNMENT}.ipynb", "submission_secret.txt"}
    assert files(submitted / "ana" / ASSIGNMENT) == base | {
        "timestamp.txt",
        f"answers/{CASE}.md",
        f"answers/drafts/{CASE}/{draft.name}",
    }
    assert files(submitted / "ben" / ASSIGNMENT) == base
    assert not any(each.is_symlink() for each in submitted.rglob("*"))
    assert {each.name for each in submitted.iterdir() if files(each)} == {"ana", "ben"}
    assert "stolen.md" in log
    assert "is a link" in log
    assert "no learner's name fits" in log

    course.nbgrader("autograde", ASSIGNMENT)
    assert course.row("ana")["score"] == 1.0
    assert course.row("ben")["score"] == 0.0
