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
    (ana / "answers" / "long.md").write_bytes(b"a" * 200_001)
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
    base = {f"{ASSIGNMENT}.ipynb", "submission_secret.txt", "timestamp.txt"}
    assert files(submitted / "ana" / ASSIGNMENT) == base | {
        f"answers/{CASE}.md",
        f"answers/drafts/{CASE}/{draft.name}",
    }
    assert files(submitted / "ben" / ASSIGNMENT) == base
    # One that nobody can read ends nbgrader's own commands, for everybody.
    assert (submitted / "ben" / ASSIGNMENT / "timestamp.txt").read_text().startswith(TIME[:19])
    assert not any(each.is_symlink() for each in submitted.rglob("*"))
    assert {each.name for each in submitted.iterdir() if files(each)} == {"ana", "ben"}
    assert "stolen.md" in log
    assert "is a link" in log
    assert "no learner's name fits" in log

    course.nbgrader("autograde", ASSIGNMENT)
    assert course.row("ana")["score"] == 1.0
    assert course.row("ben")["score"] == 0.0


def test_what_was_handed_in_stays_where_something_odd_says_it_is_newer(course: Course) -> None:
    Answer(CASE, inbound(course, "ana")).write(TELLING)
    course.nbgrader("collect", ASSIGNMENT)
    later = f"ana+{ASSIGNMENT}+2026-01-03 03:04:05.000000 UTC+abc"
    (course.exchange / "circle" / "inbound" / later).symlink_to(course.folder / "solutions")
    inbound(course, "ana", time="9999-12-31 23:59:59 UTC")
    log = course.nbgrader("collect", ASSIGNMENT, "--update")
    answer = course.folder / "submitted" / "ana" / ASSIGNMENT / "answers" / f"{CASE}.md"
    assert answer.read_text(encoding="utf-8") == TELLING
    assert "it is a link" in log
    assert "it tells a time that cannot be" in log
