"""All hostile submissions and some honest ones, as one cohort, taken through every command once.

``ours`` collects from the exchange and reads with the kit's commands, one process for all.
``stock`` is a copy of it from there on, and reads with nbgrader's own. ``zipped`` gets the same
submissions as zips, and some that only a zip can be.
"""

import json
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from course.conftest import ASSIGNMENT, CASE, TELLING, Course, course_in, with_exercise
from course.test_from_zips import zipped

from peer_drift_kit.course.feedback import feedback_for_all
from peer_drift_kit.course.folder import open_course
from peer_drift_kit.course.from_zips import collect_zips
from peer_drift_kit.course.outcome import Outcome
from peer_drift_kit.course.review_all import review_all

from .of_files import FILES
from .of_names_and_times import NAMES_AND_TIMES
from .of_notebooks import NOTEBOOKS
from .of_words import HARM, PEOPLE, WORDS
from .of_zips import ZIPS
from .submissions import ANSWER, AS_A_PERSON, NOTEBOOK, Place, Submission

__all__ = ["ALL", "HONEST", "SECRET", "Cohort", "contents", "learner", "take_through"]

ALL: dict[str, Submission] = {**NOTEBOOKS, **FILES, **WORDS, **NAMES_AND_TIMES}
#: Between the others, wherever one looks.
HONEST = ("a-honest", "h-honest", "p-honest", "zz-honest")
#: What stands in everything that no learner may read. It must be found nowhere.
SECRET = "marked-words-of-the-trainer"  # noqa: S105


def learner(name: str) -> str:
    """The id of whoever hands in this submission."""
    named = ALL[name].named if name in ALL else None
    return name if named is None else named


@dataclass
class Cohort:
    """``lines`` is what any command said about one learner, and ``skipped`` tells why a submission
    could not be laid here.
    """

    ours: Course
    stock: Course
    zipped: Course
    traps: Path
    outcomes: dict[str, dict[str, Outcome]] = field(default_factory=dict)
    lines: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    skipped: dict[str, str] = field(default_factory=dict)
    #: What the rebuilt notebooks of a course keep of each learner's answer.
    kept: dict[str, dict[str, Any]] = field(default_factory=dict)

    def tell(self, command: str, outcomes: Iterable[Outcome]) -> None:
        self.outcomes[command] = {}
        for each in outcomes:
            self.outcomes[command][each.student] = each
            self.lines[each.student] += each.lines


def take_through(base: Path, generated: Path) -> Cohort:
    ours = with_exercise(course_in(base), generated)
    stock, zips = (replace(ours, folder=base / name) for name in ("stock", "zipped"))
    cohort = Cohort(ours, stock, zips, base / "traps")
    cohort.traps.mkdir()
    shutil.copytree(ours.folder, zips.folder)
    with ours.gradebook() as gradebook:
        for name, (first, last) in PEOPLE.items():
            gradebook.add_student(name, first_name=first, last_name=last, email=f"{first}@x")
    (base / "mails").mkdir()
    _hand_in(cohort, base)

    _collect(cohort)
    cohort.tell("collect zips", collect_zips(open_course(zips.folder), ASSIGNMENT, base / "mails"))
    shutil.copytree(ours.folder, stock.folder)
    with ThreadPoolExecutor(1) as beside:  # the same work on another copy
        told = beside.submit(stock.nbgrader, "autograde", ASSIGNMENT)
        for course in (ours, zips):
            cohort.tell(f"review {course.folder.name}", _reviewed(course))
        stock.log.append(told.result())
    for course in (ours, stock, zips):
        _confirm_all(course.folder)
    with ThreadPoolExecutor(1) as beside:
        told = beside.submit(stock.nbgrader, "generate_feedback", ASSIGNMENT)
        for course in (ours, zips):
            cohort.tell(f"feedback {course.folder.name}", _given_back(course))
        stock.log.append(told.result())
    stock.log.append(stock.nbgrader("release_feedback", ASSIGNMENT))
    cohort.kept = {each.folder.name: _kept(each.folder) for each in (ours, stock, zips)}
    return cohort


def _reviewed(course: Course) -> Iterator[Outcome]:
    here = open_course(course.folder)
    students = here.students("submitted", ASSIGNMENT)
    if course.folder.name == "zipped":  # the others are the same as in ours, which a test compares
        students = [each for each in students if each.startswith("zip-") or each in HONEST]
    return review_all(here, ASSIGNMENT, students)


def _given_back(course: Course) -> Iterator[Outcome]:
    here = open_course(course.folder)
    export = course.folder.with_name(f"{course.folder.name} to send")
    return feedback_for_all(
        here, ASSIGNMENT, here.students("autograded", ASSIGNMENT), export=export
    )


def _hand_in(cohort: Cohort, base: Path) -> None:
    outside = base / "outside"
    _plant(outside)
    inbound = cohort.ours.exchange / "circle" / "inbound"
    inbound.mkdir(parents=True)
    everybody = {**ALL, **dict.fromkeys(HONEST, Submission(Place.answer))}
    for name, submission in everybody.items():
        folder = inbound / f"{learner(name)}+{ASSIGNMENT}+{submission.time}+abc"
        try:
            folder.mkdir()
            shutil.copy(cohort.ours.folder / "exercises" / ASSIGNMENT / NOTEBOOK, folder)
            (folder / "timestamp.txt").write_text(submission.time, encoding="utf-8")
            (folder / "submission_secret.txt").write_text("0123456789abcdef" * 8)
            submission.lay(Place(folder, cohort.traps / name, outside))
        except OSError as error:  # a device, or a name that not every file system has
            cohort.skipped[name] = f"this cannot be made here: {error}"
            continue
        if submission.zips and (files := _plain_files(folder)):
            (base / "mails" / f"{ASSIGNMENT}--{name}.zip").write_bytes(zipped(files))
    for name, (data, *_) in ZIPS.items():
        (base / "mails" / f"{ASSIGNMENT}--zip-{name}.zip").write_bytes(data)


def _plant(outside: Path) -> None:
    """The trainer's own files, under the names that an exercise has."""
    for name in (ANSWER, f"answers/drafts/{CASE}/2026-01-01T00-00-00-000000Z.md"):
        (outside / name).parent.mkdir(parents=True, exist_ok=True)
        (outside / name).write_text(f"{SECRET}. {TELLING}")
    reasons = [{"label": "advising", "words": SECRET, "because": SECRET}]
    (outside / f"answers/{CASE}.json").write_text(json.dumps(reasons))
    cell = {"source": SECRET, "metadata": {"nbgrader": {"grade_id": CASE}}}
    (outside / NOTEBOOK).write_text(json.dumps({"cells": [cell]}))


def _plain_files(folder: Path) -> dict[str, bytes] | None:
    """What a zip of the folder would hold; None for a folder that no zip can be made of."""
    if not stat.S_ISDIR(mode := folder.lstat().st_mode) or not mode & 0o500:
        return None
    found: dict[str, bytes] = {}
    for each in sorted(folder.rglob("*")):
        told = each.lstat()
        if stat.S_ISDIR(told.st_mode) and told.st_mode & 0o500 == 0o500:
            continue
        name = each.relative_to(folder).as_posix()
        is_plain = stat.S_ISREG(told.st_mode) and told.st_nlink == 1 and told.st_mode & 0o400
        if not is_plain or os.fsencode(name) != name.encode(errors="replace"):
            return None
        found[name] = each.read_bytes()
    return found if len(found) < 1_500 and sum(map(len, found.values())) < 20_000_000 else None


def _collect(cohort: Cohort) -> None:
    command = [*AS_A_PERSON, sys.executable, "-m", "nbgrader", "collect", ASSIGNMENT]
    done = subprocess.run(
        command,
        cwd=cohort.ours.folder,
        env=cohort.ours.environment,
        capture_output=True,
        timeout=300,
    )
    said = done.stderr.decode("utf-8", errors="replace")
    assert done.returncode == 0, said
    cohort.ours.log.append(said)
    for name, submission in ALL.items():
        folder = f"{learner(name)}+{ASSIGNMENT}+{submission.time}+abc"
        # Of an odd name there is only what ascii() makes of it.
        shown = (f"{folder}: ", ascii(folder))
        cohort.lines[learner(name)] += [
            line for line in said.splitlines() if any(each in line for each in shown)
        ]


def _confirm_all(course: Path) -> None:
    """What a person leaves who confirms everything, with harm of their own in the words."""
    with closing(sqlite3.connect(course / "gradebook.db")) as db, db:
        db.execute("UPDATE grade SET needs_manual_grade = 0, manual_score = 1")
        db.execute("UPDATE comment SET manual_comment = manual_comment || ?", (f"\n\n{HARM}",))


def contents(folder: Path) -> dict[str, bytes]:
    """Each file in a folder, by its place, as far as it is one."""
    return {
        each.relative_to(folder).as_posix(): each.read_bytes()
        for each in sorted(folder.rglob("*"))
        if each.is_file() and not each.is_symlink()
    }


def _kept(course: Path) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for path in sorted((course / "autograded").glob(f"*/{ASSIGNMENT}/{NOTEBOOK}")):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        (found[path.parts[-3]],) = (
            each["metadata"]["peer_drift_kit"]
            for each in cells
            if "peer_drift_kit" in each["metadata"]
        )
    return found
