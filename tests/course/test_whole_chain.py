"""An exercise goes out, comes back, is read by a person, and its answer goes home.

Everything is real: the commands, an exchange on the disk, JupyterLab with nbgrader's assignment
list for the learner, the Jupyter server with Formgrader for the trainer, and a browser for both.
"""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from lab import Lab, start_lab
from pages import until
from playwright.sync_api import Page, expect
from typer.testing import CliRunner

from peer_drift_kit.answers import Answer
from peer_drift_kit.cli import app

from .conftest import ASSIGNMENT, CASE, ROOT, TELLING, Course, settings_for
from .formgrader import formgrader

pytestmark = [pytest.mark.slow, pytest.mark.browser]

NOTEBOOK = f"{ASSIGNMENT}.ipynb"


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


@pytest.fixture
def lab(course: Course, tmp_path: Path) -> Iterator[Lab]:
    """A learner's JupyterLab on a server: it knows the course and its exchange, nothing more."""
    base = tmp_path / "learner"
    settings = base / "CONFIG" / "nbgrader_config.py"
    settings.parent.mkdir(parents=True)
    settings.write_text(settings_for(course.exchange, base / "cache"), encoding="utf-8")
    running, process = start_lab(base)
    yield running
    process.terminate()
    process.wait(30)


def open_list(page: Page, lab: Lab) -> None:
    """The assignment list, from the menu as a learner finds it."""
    page.goto(f"{lab.url}lab?reset")
    page.wait_for_function("window.jupyterapp")
    page.get_by_role("menuitem", name="Nbgrader").click()
    page.get_by_role("menuitem", name="Assignment List").click()
    page.get_by_text("Released assignments").wait_for()


def confirm_in_formgrader(course: Course, page: Page, name: str, words: str) -> None:
    with formgrader(course.folder, course.environment) as url:
        told = page.request.get(f"{url}/api/submitted_notebooks/{ASSIGNMENT}/{ASSIGNMENT}").json()
        (here,) = (each["id"] for each in told if each["student"] == name)
        page.goto(f"{url}/submissions/{here}/")
        expect(page.locator(".told pre.words")).to_have_text(TELLING)
        comment = page.get_by_label("Your words to them")
        expect(comment).to_have_value(str(course.row(name)["comment"]))
        expect(page.get_by_label("Points for trying")).to_have_value("1")
        expect(comment).to_be_focused()
        page.keyboard.press("Control+End")
        page.keyboard.type(f"\n\n{words}")
        with page.expect_response(re.compile("/api/grade/")) as confirmed:
            page.keyboard.press("Control+Enter")
        assert confirmed.value.json()["needs_manual_grade"] is False
        expect(page.get_by_text("Confirmed. It can go back.")).to_be_visible()


def read_page(page: Page, where: Path, words: str) -> None:
    page.goto(where.as_uri())
    expect(page.get_by_text(words)).to_be_visible()
    expect(page.locator(".told pre.words")).to_have_text(TELLING)
    expect(page.get_by_text("Handed in and complete: 1 of 1.")).to_be_visible()


def test_on_a_server_it_goes_by_the_assignment_list_and_the_exchange(
    course: Course, lab: Lab, page: Page
) -> None:
    trap = course.folder.parent / "trap"
    course.peer_drift("release", ASSIGNMENT)

    open_list(page, lab)
    page.get_by_role("button", name="Fetch").click()
    page.get_by_role("button", name="Submit").wait_for()
    exercise = lab.folder / ASSIGNMENT
    assert "BEGIN SOLUTION" not in (exercise / NOTEBOOK).read_text(encoding="utf-8")

    page.goto(f"{lab.tree(f'{ASSIGNMENT}/{NOTEBOOK}')}?reset")
    page.locator(".pdk-Status[data-state=ready]").wait_for(state="attached")  # it runs by itself
    box = page.get_by_role("textbox", name="Your telling")
    expect(box).to_be_editable()
    box.fill(TELLING)
    answer = exercise / "answers" / f"{CASE}.md"
    until(page, lambda: answer.exists() and answer.read_text(encoding="utf-8") == TELLING)
    page.evaluate("window.jupyterapp.commands.execute('docmanager:save')")
    put_code_into(exercise / NOTEBOOK, trap)

    open_list(page, lab)
    page.get_by_role("button", name="Submit").click()
    page.get_by_text("There are no submitted assignments.").wait_for(state="hidden")
    ben = course.learner("ben")
    ben.nbgrader("fetch_assignment")
    ben.nbgrader("submit")  # as it was fetched

    assert "2 have handed in" in course.peer_drift("collect", ASSIGNMENT)
    (name,) = {each.name for each in (course.folder / "submitted").iterdir()} - {"ben"}
    collected = course.folder / "submitted" / name / ASSIGNMENT / "answers"
    assert (collected / f"{CASE}.md").read_text(encoding="utf-8") == TELLING
    assert "2 × a suggestion waits for a person" in course.peer_drift("review", ASSIGNMENT)
    assert not trap.exists()
    assert "trap" not in json.dumps(course.autograded(name))
    rows = course.row(name), course.row("ben")
    assert [(row["score"], row["waits"]) for row in rows] == [(1.0, True), (0.0, True)]
    refused = course.peer_drift("feedback", ASSIGNMENT, fails=True)
    for each in (name, "ben"):
        assert f"{each}: {CASE} waits for a person to confirm it" in refused
        assert not course.feedback(each).exists()

    confirm_in_formgrader(course, page, name, "I like the tea. Warmly, your trainer")
    refused = course.peer_drift("feedback", ASSIGNMENT, fails=True)
    assert f"ben: {CASE} waits for a person" in refused
    assert f"{name}:" not in refused
    assert not course.feedback("ben").exists()
    course.nbgrader("release_feedback", ASSIGNMENT)

    open_list(page, lab)
    page.get_by_role("button", name="Fetch Feedback").click()
    pages = exercise / "feedback"
    whole = "</html>"
    until(page, lambda: any(whole in each.read_text("utf-8") for each in pages.rglob("*.html")))
    (fetched,) = pages.rglob("*.html")
    read_page(page, fetched, "I like the tea. Warmly, your trainer")
    assert not trap.exists()


def test_without_a_server_it_goes_by_one_zip_and_one_page(
    course: Course, page: Page, tmp_path: Path
) -> None:
    exercise = tmp_path / "peer-drift" / "exercises" / ASSIGNMENT
    shutil.copytree(ROOT / "exercises" / ASSIGNMENT, exercise)
    answer = Answer(CASE, exercise)
    answer.write("A first try, soon put aside.")
    answer.keep_draft()
    answer.write(TELLING)
    made = CliRunner().invoke(app, ["hand-in", str(exercise), "--who", "Ana Lovelace", "--yes"])
    assert made.exit_code == 0, made.output
    (zipped,) = tmp_path.rglob("*.zip")
    mails = tmp_path / "mails"
    mails.mkdir()
    shutil.copy(zipped, mails)

    roster = tmp_path / "roster.csv"
    roster.write_text("id,first_name,last_name\nal1,Ana,Lovelace\nbb2,Ben,Li\n", encoding="utf-8")
    course.peer_drift("roster", str(roster))
    assert "1 × collected" in course.peer_drift("collect", ASSIGNMENT, "--zip", str(mails))
    course.peer_drift("review", ASSIGNMENT)
    confirm_in_formgrader(course, page, "al1", "Warmly, your trainer")
    export = tmp_path / "to send"
    course.peer_drift("feedback", ASSIGNMENT, "--export", str(export))
    (made_page,) = export.iterdir()
    assert made_page.name == f"{ASSIGNMENT}--al1.html"
    read_page(page, made_page, "Warmly, your trainer")
    expect(page.get_by_text("A first try, soon put aside.")).to_be_visible()
    expect(page.get_by_text("Client guarded")).to_be_visible()

    said = course.peer_drift("status")
    assert re.search(r"al1 .*feedback written", said)
    assert re.search(r"bb2 .*not handed in", said)
