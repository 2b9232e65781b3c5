"""One exercise goes out, comes back, is read by a person, and its answer goes home.

Everything is real: the stock nbgrader commands, an exchange on the disk, the Jupyter server with
Formgrader, and a browser in which a person confirms.
"""

import json
import re
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from peer_drift_kit.answers import Answer

from .conftest import ASSIGNMENT, CASE, TELLING, Course
from .formgrader import formgrader

pytestmark = [pytest.mark.slow, pytest.mark.browser]


def put_code_into(notebook: Path, trap: Path) -> None:
    """What a learner could send: a cell that would leave a file behind if anything ran it."""
    told = json.loads(notebook.read_text(encoding="utf-8"))
    harm = f"open({str(trap)!r}, 'w').write('ran')"
    for cell in told["cells"]:
        if cell["cell_type"] == "code":
            cell["source"] = harm
    told["cells"].insert(
        0,
        {
            "cell_type": "code",
            "id": "harm",
            "source": harm,
            "metadata": {},
            "outputs": [],
            "execution_count": None,
        },
    )
    notebook.write_text(json.dumps(told), encoding="utf-8")


def test_an_exercise_goes_out_and_its_answer_comes_home(course: Course, page: Page) -> None:
    trap = course.folder.parent / "trap"
    course.nbgrader("release_assignment", ASSIGNMENT)

    ana, ben = course.learner("ana"), course.learner("ben")
    for learner in (ana, ben):
        learner.nbgrader("fetch_assignment")
        notebook = learner.exercise / f"{ASSIGNMENT}.ipynb"
        assert "BEGIN SOLUTION" not in notebook.read_text(encoding="utf-8")
    put_code_into(ana.exercise / f"{ASSIGNMENT}.ipynb", trap)
    answer = Answer(CASE, ana.exercise)
    answer.write("A first try, soon put aside.")
    answer.keep_draft()
    answer.write(TELLING)
    ana.nbgrader("submit")
    ben.nbgrader("submit")  # as it was fetched

    course.nbgrader("collect", ASSIGNMENT)
    collected = course.folder / "submitted" / "ana" / ASSIGNMENT / "answers"
    assert (collected / f"{CASE}.md").read_text(encoding="utf-8") == TELLING
    assert len(list((collected / "drafts" / CASE).iterdir())) == 1

    course.nbgrader("autograde", ASSIGNMENT)
    assert not trap.exists()
    assert "trap" not in json.dumps(course.autograded("ana"))
    ana_row, ben_row = course.row("ana"), course.row("ben")
    assert (ana_row["score"], ana_row["waits"]) == (1.0, True)
    assert (ben_row["score"], ben_row["waits"]) == (0.0, True)

    refused = course.nbgrader("generate_feedback", ASSIGNMENT, fails=True)
    assert f"ana, {ASSIGNMENT}: {CASE} waits for a person to confirm it" in refused
    assert f"ben, {ASSIGNMENT}: {CASE} waits for a person to confirm it" in refused
    assert "Traceback" not in refused
    assert not course.feedback("ana").exists()

    with formgrader(course.folder, course.environment) as url:
        with urllib.request.urlopen(  # noqa: S310 (our own server)
            f"{url}/api/submitted_notebooks/{ASSIGNMENT}/{ASSIGNMENT}"
        ) as told:
            ids = {each["student"]: each["id"] for each in json.load(told)}
        page.goto(f"{url}/submissions/{ids['ana']}/")
        expect(page.locator("pre.words")).to_have_text(TELLING)
        comment = page.get_by_label("Your words to them")
        expect(comment).to_have_value(str(ana_row["comment"]))
        expect(page.get_by_label("Points for trying")).to_have_value("1")
        with page.expect_response(re.compile("/api/comment/")) as kept:
            comment.fill(f"{ana_row['comment']}\n\nI like the tea. Warmly, your trainer")
            comment.blur()
        assert kept.value.ok
        with page.expect_response(re.compile("/api/grade/")) as confirmed:
            page.get_by_role("button", name="Confirm").click()
        assert confirmed.value.json()["needs_manual_grade"] is False
        expect(page.get_by_role("button", name="Confirm")).to_be_hidden()

    refused = course.nbgrader("generate_feedback", ASSIGNMENT, fails=True)
    assert f"ben, {ASSIGNMENT}: {CASE} waits for a person" in refused
    assert "ana," not in refused
    assert not course.feedback("ben").exists()
    course.nbgrader("release_feedback", ASSIGNMENT)
    ana.nbgrader("fetch_feedback")
    (fetched,) = (ana.exercise / "feedback").rglob("*.html")

    page.goto(fetched.as_uri())
    expect(page.get_by_text("I like the tea. Warmly, your trainer")).to_be_visible()
    expect(page.get_by_text(TELLING)).to_be_visible()
    expect(page.get_by_text("Handed in and complete: 1 of 1.")).to_be_visible()
    assert not trap.exists()
