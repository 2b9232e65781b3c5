"""Each hostile submission is read as words or told in a line, and runs, reads and stops nothing."""

import re
import sqlite3
from contextlib import closing

import pytest
from course.conftest import ASSIGNMENT, TELLING
from course.test_review_all import rows

from .cohort import ALL, HONEST, SECRET, Cohort, contents, learner
from .of_zips import ZIPS
from .submissions import NOTEBOOK

pytestmark = pytest.mark.slow


def test_there_are_enough_of_them() -> None:
    assert len(ALL) + len(ZIPS) > 60


@pytest.mark.parametrize("name", ALL)
def test_its_words_are_read_or_one_line_tells_why_not(name: str, cohort: Cohort) -> None:
    if name in cohort.skipped:
        pytest.skip(cohort.skipped[name])
    submission, student = ALL[name], learner(name)
    assert not (cohort.traps / name).exists()
    lines = cohort.lines[student]
    assert any(re.search(submission.told, line) for line in lines) or not submission.told, lines
    assert all(line.isprintable() for line in lines)
    for course in ("course", "stock"):
        read = cohort.kept[course].get(student)
        if submission.read is None:
            assert read is None
            continue
        assert read is not None
        assert submission.read in (read["text"], ...)


@pytest.mark.parametrize("name", [name for name, each in ALL.items() if each.zips])
def test_as_a_zip_it_is_the_same_submission(name: str, cohort: Cohort) -> None:
    outcome = cohort.outcomes["collect zips"].get(name)
    if outcome is None:
        pytest.skip("no zip can hold such a thing")
    here, there = (
        contents(course.folder / "submitted" / name / ASSIGNMENT)
        for course in (cohort.ours, cohort.zipped)
    )
    for each in (here, there):
        for small in ("timestamp.txt", "submission_secret.txt"):
            each.pop(small, None)
    assert there == here
    assert outcome.failed is not bool(there)


@pytest.mark.parametrize("name", ZIPS)
def test_a_zip_is_read_or_one_line_tells_why_not(name: str, cohort: Cohort) -> None:
    _, told, read = ZIPS[name]
    lines = cohort.lines[f"zip-{name}"]
    assert any(re.search(told, line) for line in lines) or not told, lines
    assert all(line.isprintable() for line in lines)
    found = cohort.kept["zipped"].get(f"zip-{name}")
    assert read in (found and found["text"], ...)


def test_the_honest_ones_between_are_served(cohort: Cohort) -> None:
    for course in (cohort.ours, cohort.stock, cohort.zipped):
        for name in HONEST:
            assert cohort.kept[course.folder.name][name]["text"] == TELLING
            assert "I read it as if I had written it myself" in str(course.row(name)["comment"])
            assert TELLING.split(".")[0] in course.feedback(name).read_text(encoding="utf-8")
            assert cohort.lines[name] == []


def test_nothing_of_it_was_run(cohort: Cohort) -> None:
    assert list(cohort.traps.iterdir()) == []
    for course in (cohort.ours, cohort.stock, cohort.zipped):
        with closing(sqlite3.connect(course.folder / "gradebook.db")) as db:
            assert db.execute("SELECT DISTINCT max_score FROM grade_cells").fetchall() == [(1.0,)]


def test_nothing_outside_of_it_was_read(cohort: Cohort) -> None:
    base = cohort.ours.folder.parent
    rooms = ["course", "stock", "zipped", "course to send", "zipped to send"]
    rooms.append("exchange/circle/feedback")
    searched = 0
    for room in rooms:
        for name, data in contents(base / room).items():
            searched += 1
            assert SECRET.encode() not in data, name
            assert b"root:x:0" not in data, name
    assert searched > 1_000
    # The search does find what is there to be found.
    assert any(SECRET.encode() in data for data in contents(base / "outside").values())


def test_nbgraders_own_commands_say_nothing_worse_than_a_warning(cohort: Cohort) -> None:
    for said in (*cohort.ours.log, *cohort.stock.log):
        assert "Traceback" not in said
        assert not re.search(r"^\[\w+ \| (?:ERROR|CRITICAL)\]|Logging error", said, re.MULTILINE)


def test_both_ways_leave_the_same(cohort: Cohort) -> None:
    ours, stock = cohort.ours.folder, cohort.stock.folder
    assert rows(ours / "gradebook.db") == rows(stock / "gradebook.db")
    here, there = contents(ours), contents(stock)
    notebooks = [each for each in there if each.startswith("autograded/") and NOTEBOOK in each]
    assert len(notebooks) > 100
    assert all(here[each] == there[each] for each in notebooks)
    pages = {each for each in there if each.endswith(".html") and each.startswith("feedback/")}
    assert pages == {each for each in here if each.startswith("feedback/") and ".html" in each}
    assert len(pages) == len(notebooks)
