"""A cohort read in one process: the same as nbgrader's own command, whatever happens on the way."""

import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

from peer_drift_kit.course.feedback import feedback_for_all
from peer_drift_kit.course.folder import CourseFolder, CourseTrouble, open_course
from peer_drift_kit.course.outcome import Outcome
from peer_drift_kit.course.prefill import HANDED_IN_AGAIN
from peer_drift_kit.course.review_all import review_all
from peer_drift_kit.curriculum import Case, find

from .conftest import ASSIGNMENT, CASE, TELLING, Course

DRIFTED = find(Case, CASE).drifted

#: What a cohort may hand in, by the name of a learner.
COHORT = {
    "ana": TELLING,
    "ben": "",
    "cem": DRIFTED,
    "dora": "I sat there.",
    "emil": f"{TELLING}\n\nHe lacks insight and should take his meds.",
    "fay": "<script>alert(1)</script> " + TELLING,
    "gro": "Dele’s kettle 🫖 ‮ \u0301 and \x00 " + TELLING,
}


def hand_in(course: Course, name: str, text: str, when: str = "") -> Path:
    folder = course.submitted(name)
    (folder / "answers").mkdir()
    (folder / "answers" / f"{CASE}.md").write_text(text, encoding="utf-8")
    if when:
        (folder / "timestamp.txt").write_text(when, encoding="ascii")
    return folder


def opened(course: Course) -> CourseFolder:
    return open_course(course.folder)


def reviewed(course: Course, *names: str) -> dict[str, Outcome]:
    here = opened(course)
    students = names or here.students("submitted", ASSIGNMENT)
    return {each.student: each for each in review_all(here, ASSIGNMENT, students)}


def rows(gradebook: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Everything a gradebook holds, with the random ids replaced by what they stand for."""
    with closing(sqlite3.connect(gradebook)) as db:
        tables = [
            name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        told = {
            table: [
                dict(zip([each[0] for each in found.description], row, strict=True))
                for row in found
            ]
            for table in tables
            if (found := db.execute(f"SELECT * FROM {table}"))  # noqa: S608 (its own tables)
        }
    names: dict[str, str] = {}

    def name(table: str, of: Callable[[dict[str, Any]], str]) -> None:
        names.update({row["id"]: f"{table} {of(row)}" for row in told[table]})

    name("assignment", lambda row: row["name"])
    name("notebook", lambda row: row["name"])
    name("base_cell", lambda row: f"{row['type']} {row['name']} {names[row['notebook_id']]}")
    name("source_cell", lambda row: row["name"])
    name("submitted_assignment", lambda row: f"{row['student_id']} {names[row['assignment_id']]}")
    name(
        "submitted_notebook",
        lambda row: f"{names[row['assignment_id']]} {names[row['notebook_id']]}",
    )
    for table in ("grade", "comment"):
        name(table, lambda row: f"{names[row['notebook_id']]} {names[row['cell_id']]}")
    return {
        table: sorted(
            (tuple((key, names.get(value, value)) for key, value in row.items()) for row in found),
            key=repr,
        )
        for table, found in told.items()
    }


def files(folder: Path) -> dict[str, bytes]:
    """Each notebook and page, by its place."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.suffix in {".ipynb", ".html"}
    }


def pages_of(course: Course) -> dict[str, list[str]]:
    """Each page as nbconvert writes it, which takes it apart and puts it together once more."""
    return {
        name: str(BeautifulSoup(page, "html.parser")).split()
        for name, page in files(course.folder / "feedback").items()
    }


@pytest.mark.slow
def test_it_leaves_what_nbgraders_own_commands_leave_row_for_row_and_page_for_page(
    new_course: Callable[[], Course],
) -> None:
    stock = new_course()
    stock.nbgrader("generate_assignment", ASSIGNMENT)
    for number, (name, text) in enumerate(COHORT.items()):
        hand_in(stock, name, text, f"2026-01-0{number + 1} 10:00:00.5 UTC" if number else "")
    ours = Course(stock.folder.parent / "ours", stock.exchange, stock.environment)
    shutil.copytree(stock.folder, ours.folder)

    stock.nbgrader("autograde", ASSIGNMENT)
    outcomes = reviewed(ours)
    assert not any(each.failed for each in outcomes.values())
    assert rows(ours.folder / "gradebook.db") == rows(stock.folder / "gradebook.db")
    assert len(rows(ours.folder / "gradebook.db")["grade"]) == len(COHORT)
    autograded = files(stock.folder / "autograded")
    assert files(ours.folder / "autograded") == autograded
    assert len(autograded) == len(COHORT)

    for course in (stock, ours):
        for name in COHORT:
            course.confirm(name, 1.0, f"Warmly, to {name} & <all>")
    stock.nbgrader("generate_feedback", ASSIGNMENT)
    pages = list(feedback_for_all(opened(ours), ASSIGNMENT, list(COHORT)))
    assert not any(each.failed for each in pages)
    assert pages_of(ours) == pages_of(stock)
    assert len(pages_of(ours)) == len(COHORT)


def test_the_stock_command_goes_on_from_where_it_left_off(course: Course) -> None:
    hand_in(course, "ana", TELLING)
    reviewed(course)
    course.confirm("ana", 1.0, "Warmly")
    before = rows(course.folder / "gradebook.db")
    course.nbgrader("autograde", ASSIGNMENT, "--force")
    assert rows(course.folder / "gradebook.db") == before


def test_confirmed_work_is_never_changed_and_other_words_are_flagged(course: Course) -> None:
    folder = hand_in(course, "ana", TELLING)
    reviewed(course)
    course.confirm("ana", 0.5, "Warmly, your trainer")
    before = rows(course.folder / "gradebook.db")
    reviewed(course)
    assert rows(course.folder / "gradebook.db") == before

    (folder / "answers" / f"{CASE}.md").write_text(TELLING + " I told him what I wrote.")
    assert reviewed(course)["ana"].lines == (f"{CASE}: {HANDED_IN_AGAIN}",)
    row = course.row("ana")
    assert (row["score"], row["comment"], row["waits"]) == (0.5, "Warmly, your trainer", True)
    with course.gradebook() as gradebook:
        assert gradebook.find_submission_notebook(ASSIGNMENT, ASSIGNMENT, "ana").flagged
    (page,) = feedback_for_all(opened(course), ASSIGNMENT, ["ana"])
    assert page.failed
    assert not course.feedback("ana").exists()


def test_a_confirmation_of_other_words_than_those_on_the_page_sends_nothing(
    course: Course,
) -> None:
    # As after a run that was killed between the notebook and the gradebook.
    folder = hand_in(course, "ana", TELLING)
    reviewed(course)
    course.confirm("ana", 1.0, "Warmly")
    (folder / "answers" / f"{CASE}.md").write_text(TELLING + " And then we laughed.")
    reviewed(course)
    course.confirm("ana", 1.0, "Warmly")
    kept = course.folder / "autograded" / "ana" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    told = kept.read_text(encoding="utf-8").replace("we laughed", "we wept")
    kept.chmod(0o644)
    kept.write_text(told, encoding="utf-8")
    (page,) = feedback_for_all(opened(course), ASSIGNMENT, ["ana"])
    assert (page.failed, "waits for a person" in page.lines[0]) == (True, True)


def test_what_waits_is_refused_by_name_and_the_others_get_their_pages(course: Course) -> None:
    for name in ("ana", "ben"):
        hand_in(course, name, TELLING)
    reviewed(course)
    course.confirm("ben", 1.0, "Warmly")
    export = course.folder / "to send"
    ana, ben = feedback_for_all(opened(course), ASSIGNMENT, ["ana", "ben"], export=export)
    assert ana.failed
    assert f"{CASE} waits for a person" in ana.lines[0]
    assert not ben.failed
    assert [each.name for each in export.iterdir()] == [f"{ASSIGNMENT}--ben.html"]
    assert "Warmly" in course.feedback("ben").read_text(encoding="utf-8")


def test_one_submission_that_fails_is_told_and_the_rest_is_done(course: Course) -> None:
    hand_in(course, "ana", TELLING)
    broken = hand_in(course, "ben", TELLING)
    (broken / f"{ASSIGNMENT}.ipynb").unlink()
    hand_in(course, "cem", TELLING)
    # Somebody's autograded folder is a file: nothing can be written there.
    (course.folder / "autograded").mkdir()
    (course.folder / "autograded" / "cem").write_text("")
    hand_in(course, "dora", TELLING)
    outcomes = reviewed(course)
    assert [name for name, each in outcomes.items() if each.failed] == ["ben", "cem"]
    assert "is not in the folder" in outcomes["ben"].lines[0]
    assert [course.row(name)["waits"] for name in ("ana", "dora")] == [True, True]


def test_before_it_is_generated_the_way_on_is_told(new_course: Callable[[], Course]) -> None:
    course = new_course()
    with pytest.raises(CourseTrouble, match="peer-drift course release"):
        list(review_all(opened(course), ASSIGNMENT, []))


RUN = """
import sys
from pathlib import Path
from peer_drift_kit.course.folder import open_course
from peer_drift_kit.course.feedback import feedback_for_all
from peer_drift_kit.course.review_all import review_all
course = open_course(Path(sys.argv[1]))
students = course.students("submitted", sys.argv[2])
run = review_all if sys.argv[3] == "review" else feedback_for_all
print("begun", flush=True)
for each in run(course, sys.argv[2], students):
    print(each.student, flush=True)
"""


def killed(course: Course, what: str, after: int) -> None:
    """Run it, and kill it after so many learners; 0 is at once, whatever it is doing then."""
    process = subprocess.Popen(
        [sys.executable, "-c", RUN, str(course.folder), ASSIGNMENT, what],
        stdout=subprocess.PIPE,
        env=course.environment,
        text=True,
    )
    assert process.stdout is not None
    for _, _line in zip(range(after + 1), process.stdout, strict=False):
        pass
    os.kill(process.pid, signal.SIGKILL)
    process.wait(30)
    process.stdout.close()


@pytest.mark.slow
def test_killed_at_any_moment_and_run_again_it_ends_in_the_same_state(
    new_course: Callable[[], Course],
) -> None:
    calm = new_course()
    calm.nbgrader("generate_assignment", ASSIGNMENT)
    names = [f"{name}{number}" for name in COHORT for number in range(12)]
    for name in names:
        hand_in(calm, name, f"{COHORT[name.rstrip('0123456789')]} {name}")
    shaken = Course(calm.folder.parent / "shaken", calm.exchange, calm.environment)
    shutil.copytree(calm.folder, shaken.folder)

    reviewed(calm)
    chance = random.Random(5)  # noqa: S311 (any moments will do, the same ones each time)
    for _ in range(6):
        killed(shaken, "review", chance.choice([0, 1, 26, 30, 55, 80]))
    reviewed(shaken)
    assert rows(shaken.folder / "gradebook.db") == rows(calm.folder / "gradebook.db")
    assert files(shaken.folder / "autograded") == files(calm.folder / "autograded")

    for course in (calm, shaken):
        for name in names:
            course.confirm(name, 1.0, "Warmly")
    list(feedback_for_all(opened(calm), ASSIGNMENT, names))
    for _ in range(3):
        killed(shaken, "feedback", chance.choice([0, 1, 20, 60]))
    list(feedback_for_all(opened(shaken), ASSIGNMENT, names))
    assert files(shaken.folder / "feedback") == files(calm.folder / "feedback")
    assert rows(shaken.folder / "gradebook.db") == rows(calm.folder / "gradebook.db")


def test_a_person_who_confirms_during_the_run_is_not_written_over(course: Course) -> None:
    for number in range(60):
        hand_in(course, f"learner{number:02}", TELLING)
    reviewed(course)
    here = opened(course)
    run = review_all(here, ASSIGNMENT, here.students("submitted", ASSIGNMENT))
    next(run)  # the first batch is written, the others are not yet
    course.confirm("learner59", 0.5, "Warmly, while it ran")
    list(run)
    row = course.row("learner59")
    assert (row["score"], row["comment"], row["waits"]) == (0.5, "Warmly, while it ran", False)


def test_what_a_rubric_finds_is_in_the_comment_and_the_points(
    new_course: Callable[[], Course],
) -> None:
    course = new_course()
    settings = course.folder / "nbgrader_config.py"
    settings.write_text(
        settings.read_text(encoding="utf-8") + "\nc.PrefillSuggestion.points = 'rubric'\n"
    )
    course.nbgrader("generate_assignment", ASSIGNMENT)
    hand_in(course, "ana", f"{TELLING}\n\nHe lacks insight and is not compliant.")
    reviewed(course)
    row = course.row("ana")
    assert "Free of the clinic's stance: not yet in this text" in row["comment"]
    assert "True to what happened: " in row["comment"]
    assert 0 < row["score"] < row["most"]
    told = json.dumps(course.autograded("ana"))
    assert "free-of-the-clinic" in told
