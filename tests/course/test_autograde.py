"""The real ``nbgrader autograde`` on whatever learners send, in one run."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from .conftest import ASSIGNMENT, CASE, TELLING, Course

pytestmark = pytest.mark.slow

NOTEBOOK = f"{ASSIGNMENT}.ipynb"


def edit(folder: Path, change: Any) -> None:
    path = folder / NOTEBOOK
    told = json.loads(path.read_text(encoding="utf-8"))
    change(told, next(each for each in told["cells"] if "nbgrader" in each["metadata"]))
    path.write_text(json.dumps(told), encoding="utf-8")


def write(folder: Path, text: str) -> None:
    (folder / "answers").mkdir()
    (folder / "answers" / f"{CASE}.md").write_text(text, encoding="utf-8")


def points(told: Any, answer: Any) -> None:
    answer["source"] += TELLING if isinstance(answer["source"], str) else [TELLING]
    answer["metadata"]["nbgrader"] |= {"points": 1000, "locked": True, "checksum": "0"}


def twice(told: Any, answer: Any) -> None:
    answer["source"] = TELLING
    told["cells"] += [answer, answer | {"id": "again"}]


def deleted(told: Any, answer: Any) -> None:
    told["cells"].clear()


def odd(told: Any, answer: Any) -> None:
    answer["source"] = TELLING
    answer["metadata"]["nbgrader"] |= {"schema_version": 99, "remove": True, "grade": "yes"}
    told["metadata"] |= {"kernelspec": {"name": "evil", "language": "x"}, "peer_drift_kit": 7}
    told["nbformat_minor"] = 99


def harm(trap: Path) -> Any:
    def change(told: Any, answer: Any) -> None:
        code = f"open({str(trap)!r}, 'w').write('ran')"
        told["cells"] = [
            {"cell_type": "code", "metadata": answer["metadata"], "source": code, "outputs": []},
            {"cell_type": "raw", "metadata": {"nbgrader": {"grade_id": CASE}}, "source": TELLING},
        ]

    return change


def test_one_run_reads_them_all_and_runs_none(course: Course) -> None:
    trap = course.folder.parent / "trap"
    edit(course.submitted("points"), points)
    edit(course.submitted("twice"), twice)
    edit(course.submitted("deleted"), deleted)
    edit(course.submitted("odd"), odd)
    edit(course.submitted("harm"), harm(trap))
    (course.submitted("broken") / NOTEBOOK).write_bytes(b"{ not json")
    both = course.submitted("both")
    (both / NOTEBOOK).write_bytes(b"\xff\xfe")
    write(both, TELLING)
    (course.submitted("linked") / NOTEBOOK).unlink()
    secret = course.folder.parent / "secret.ipynb"
    secret.write_text('{"cells": [{"source": "a secret of the trainer"}]}')
    (course.folder / "submitted" / "linked" / ASSIGNMENT / NOTEBOOK).symlink_to(secret)
    (course.submitted("piped") / NOTEBOOK).unlink()
    os.mkfifo(course.folder / "submitted" / "piped" / ASSIGNMENT / NOTEBOOK)
    (course.submitted("last"))

    log = course.nbgrader("autograde", ASSIGNMENT)

    assert not trap.exists()
    assert "Traceback" not in log
    assert "ERROR" not in log
    for name in ("points", "twice", "odd", "both"):
        row = course.row(name)
        assert (name, row["score"], row["most"], row["waits"]) == (name, 1.0, 1.0, True)
        kept = [each["metadata"].get("peer_drift_kit") for each in course.autograded(name)["cells"]]
        assert [each["text"] for each in kept if each] == [TELLING]
    for name in ("deleted", "broken", "linked", "piped", "last"):
        row = course.row(name)
        assert (name, row["score"], row["waits"]) == (name, 0.0, True)
    troubles = [line for line in log.splitlines() if "nothing was taken from it" in line]
    assert [line.partition("] ")[2].partition(",")[0] for line in troubles] == [
        "broken",
        "linked",
        "piped",
    ]
    assert "a secret" not in json.dumps(course.autograded("linked"))
    released = json.loads((course.folder / "exercises" / ASSIGNMENT / NOTEBOOK).read_text())
    for name in ("harm", "odd", "deleted"):
        made = course.autograded(name)
        assert made["metadata"] == released["metadata"]
        assert [each["id"] for each in made["cells"]] == [each["id"] for each in released["cells"]]
        assert [each["source"] for each in made["cells"] if each["cell_type"] == "code"] == [
            each["source"] for each in released["cells"] if each["cell_type"] == "code"
        ]


def test_a_second_run_changes_nothing_that_a_person_confirmed(course: Course) -> None:
    ana = course.submitted("ana")
    write(ana, TELLING)
    course.nbgrader("autograde", ASSIGNMENT)
    course.confirm("ana", 0.5, "Warmly, your trainer")
    confirmed = course.row("ana")
    log = course.nbgrader("autograde", ASSIGNMENT, "--force")
    assert f"ana, {CASE}: confirmed already; nothing was changed" in log
    assert course.row("ana") == confirmed

    (ana / "answers" / f"{CASE}.md").write_text(TELLING + " I told him what I wrote.")
    course.nbgrader("autograde", ASSIGNMENT, "--force")
    assert course.row("ana") == confirmed | {"waits": True}
    refused = course.nbgrader("generate_feedback", ASSIGNMENT, fails=True)
    assert f"ana, {ASSIGNMENT}: {CASE} waits for a person" in refused
    assert not course.feedback("ana").exists()


def test_before_an_exercise_is_generated_the_way_on_is_told(course: Course) -> None:
    write(course.submitted("ana"), TELLING)
    (course.folder / "exercises" / ASSIGNMENT / NOTEBOOK).unlink()
    log = course.nbgrader("autograde", ASSIGNMENT, fails=True)
    assert f"was not generated yet: nbgrader generate_assignment {ASSIGNMENT}" in log
