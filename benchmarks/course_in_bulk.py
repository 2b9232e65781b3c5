"""A cohort's submissions reviewed and their feedback written, beside stock nbgrader 0.9.6.

    python benchmarks/course_in_bulk.py [--count 1000] [--sample 20] [--largest 5000]

Everything runs on this machine, one after the other, on submissions of the same learners. Stock
nbgrader (its own autograde, which runs each notebook, and its own feedback) does a sample, as it
takes about a second each. The floor is what no program can go below that does the same work: read
each notebook, write it again and a page, and keep one row for each, in one transaction.
"""

import argparse
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from peer_drift_kit.course.folder import new_course, open_course
from peer_drift_kit.course.release import generate
from peer_drift_kit.curriculum import Case, find

ASSIGNMENT = "02-rewrite-the-note"
CASE = "kitchen-window"

#: One run of a command on a cohort, in a process of its own: seconds, and the most memory (MB).
RUN = """
import resource, sys, time
from pathlib import Path
from peer_drift_kit.course.folder import open_course
from peer_drift_kit.course.feedback import feedback_for_all
from peer_drift_kit.course.review_all import review_all
course = open_course(Path(sys.argv[1]))
run = review_all if sys.argv[3] == "review" else feedback_for_all
step = "submitted" if sys.argv[3] == "review" else "autograded"
start = time.perf_counter()
failed = sum(each.failed for each in run(course, sys.argv[2], course.students(step, sys.argv[2])))
assert not failed, failed
print(time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def hand_in(course: Path, count: int) -> None:
    """So many learners, each with a telling of some 120 words that nobody else has."""
    released = (course / "exercises" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb").read_bytes()
    samples = [each.text for each in find(Case, CASE).samples]
    for number in range(count):
        folder = course / "submitted" / f"learner{number:05}" / ASSIGNMENT
        (folder / "answers").mkdir(parents=True)
        (folder / f"{ASSIGNMENT}.ipynb").write_bytes(released)
        text = f"{samples[number % len(samples)]}\n\nHe said {number} more. He lacks insight."
        (folder / "answers" / f"{CASE}.md").write_text(text, encoding="utf-8")
        (folder / "timestamp.txt").write_text("2026-01-02 03:04:05 UTC", encoding="ascii")


def confirm_all(course: Path) -> None:
    with sqlite3.connect(course / "gradebook.db") as db:
        db.execute("UPDATE grade SET needs_manual_grade = 0, manual_score = 1")


def ours(root: Path, count: int) -> tuple[float, float, float]:
    """Seconds to review, seconds to write feedback, and the most memory of both (MB)."""
    folder = root / f"ours-{count}"
    new_course(folder, name="benchmark")
    generate(open_course(folder), ASSIGNMENT)
    hand_in(folder, count)
    told = []
    for what in ("review", "feedback"):
        line = [sys.executable, "-c", RUN, str(folder), ASSIGNMENT, what]
        done = subprocess.run(line, check=True, capture_output=True, text=True)
        told.append([float(each) for each in done.stdout.split()])
        confirm_all(folder)
    (review, one), (feedback, other) = told
    return review, feedback, max(one, other)


def stock(root: Path, sample: int) -> float:
    """Seconds a submission that stock nbgrader takes, with its own settings and templates."""
    folder = root / "stock"
    new_course(folder, name="benchmark")
    generate(open_course(folder), ASSIGNMENT)
    hand_in(folder, sample)
    (folder / "nbgrader_config.py").write_text(
        "c = get_config()\nc.CourseDirectory.course_id = 'benchmark'\n"
        "c.CourseDirectory.source_directory = 'solutions'\n"
        "c.CourseDirectory.release_directory = 'exercises'\n"
    )
    # nbgrader calls alembic by its name.
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    start = time.perf_counter()
    for command in ("autograde", "generate_feedback"):
        line = [sys.executable, "-m", "nbgrader", command, ASSIGNMENT]
        env = os.environ | {"PATH": path, "PYDEVD_DISABLE_FILE_VALIDATION": "1"}
        subprocess.run(line, cwd=folder, env=env, check=True, capture_output=True)
    assert len(list(folder.glob("feedback/*/*/*.html"))) == sample
    return (time.perf_counter() - start) / sample


def floor(root: Path, count: int) -> float:
    """Seconds for the least that has to be done."""
    folder = root / f"ours-{count}"
    page = next(folder.glob("feedback/*/*/*.html")).read_bytes()
    out = root / "floor"
    start = time.perf_counter()
    with sqlite3.connect(root / "floor.db") as db:
        db.execute("CREATE TABLE kept (student TEXT PRIMARY KEY, comment TEXT)")
        for each in sorted(folder.glob(f"submitted/*/{ASSIGNMENT}")):
            told = json.loads((each / f"{ASSIGNMENT}.ipynb").read_bytes())
            text = (each / "answers" / f"{CASE}.md").read_text(encoding="utf-8")
            target = out / each.parent.name
            target.mkdir(parents=True)
            (target / "notebook.ipynb").write_text(json.dumps(told), encoding="utf-8")
            (target / "page.html").write_bytes(page)
            db.execute("INSERT INTO kept VALUES (?, ?)", (each.parent.name, text))
    return time.perf_counter() - start


def say(what: str, seconds: float, count: int, then: str = "") -> None:
    print(f"{what:42} {seconds:8.1f} s {1000 * seconds / count:8.2f} ms each  {then}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name, default in (("count", 1000), ("sample", 20), ("largest", 5000)):
        parser.add_argument(f"--{name}", type=int, default=default)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        root = Path(made)
        each_stock = stock(root, asked.sample)
        say(f"stock nbgrader, {asked.sample} of them", each_stock * asked.sample, asked.sample)
        review, feedback, memory = ours(root, asked.count)
        both = review + feedback
        say(f"review, {asked.count}", review, asked.count)
        say(f"feedback, {asked.count}", feedback, asked.count)
        say("review and feedback", both, asked.count, f"at most {memory:.0f} MB")
        least = floor(root, asked.count)
        say("floor", least, asked.count)
        print(f"stock takes {each_stock * asked.count / both:.0f} times as long, ", end="")
        print(f"and the floor {least / both:.2f} of our time")
        shutil.rmtree(root / f"ours-{asked.count}")
        if asked.largest > asked.count:
            review, feedback, memory = ours(root, asked.largest)
            more = review + feedback
            say(f"both, {asked.largest}", more, asked.largest, f"at most {memory:.0f} MB")
            ratio = (more / asked.largest) / (both / asked.count)
            print(f"one of {asked.largest} takes {ratio:.2f} times what one of {asked.count} takes")


if __name__ == "__main__":
    main()
