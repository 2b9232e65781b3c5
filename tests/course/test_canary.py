"""The canary test: no private word is in any file but the journal.

A different marked word is typed into every private field of every lesson, in a real browser, with
JupyterLab's "Save Widget State Automatically" switched on. The notebooks are saved, the exercise is
handed in both ways, reviewed and given back. Then every file is searched: notebooks, widget state,
checkpoints, answers, logs, gradebook, feedback, the exchange, and the browser's own profile.
"""

import json
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from lab import CHROMIUM_FLAGS, SLOW, Lab, start_lab
from playwright.sync_api import Locator, Page, Playwright, expect

from .conftest import ASSIGNMENT, CASE, ROOT, TELLING, Course

pytestmark = [pytest.mark.slow, pytest.mark.browser]

LESSONS = sorted((ROOT / "modules").glob("*.ipynb"))
PUBLIC = "notacanary-for-all-to-read"
SETTINGS = {
    "@jupyter-widgets/jupyterlab-manager/plugin": {"saveState": True},
    "@jupyterlab/notebook-extension/tracker": {"windowingMode": "none"},  # so all is on the page
}


@pytest.fixture
def lab(tmp_path: Path) -> Iterator[Lab]:
    base = tmp_path / "lab"
    for name, settings in SETTINGS.items():
        file = base / "settings" / f"{name}.jupyterlab-settings"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(settings), encoding="utf-8")
    running, process = start_lab(base)
    yield running
    process.terminate()
    process.wait(30)


@pytest.fixture
def page(tmp_path: Path, playwright: Playwright, chromium_path: str) -> Iterator[Page]:
    context = playwright.chromium.launch_persistent_context(
        tmp_path / "browser", executable_path=chromium_path, args=CHROMIUM_FLAGS
    )
    context.set_default_timeout(SLOW)
    yield context.new_page()
    context.close()


def private_cells(lesson: Path) -> int:
    calls = ("prompt(", "table(", "checklist(", "recommendations(")
    cells = json.loads(lesson.read_text(encoding="utf-8"))["cells"]
    return sum("".join(cell["source"]).splitlines()[-1].startswith(calls) for cell in cells)


def write_in(card: Locator, stem: str) -> list[str]:
    """Type another canary into each private field of a card, and wait until all are kept."""
    expect(card.locator("textarea").first).to_be_editable()
    card.evaluate("card => card.querySelectorAll('details').forEach(each => (each.open = true))")
    for slider in card.get_by_role("slider").all():
        slider.press("ArrowRight")
    for tick in card.get_by_role("checkbox").all():
        tick.check()
    canaries = []
    for number, box in enumerate(card.locator("textarea").all()):
        canaries.append(f"{stem}-{number}x")
        expect(box).to_be_editable()
        box.fill(f"I would never hand in {canaries[-1]}")
    expect(card.get_by_text("Kept at")).to_be_visible()
    return canaries


def save(page: Page, notebook: Path) -> None:
    page.evaluate("window.jupyterapp.commands.execute('docmanager:save')")
    saved = json.loads(notebook.read_text(encoding="utf-8"))
    assert saved["metadata"]["widgets"]["application/vnd.jupyter.widget-state+json"]["state"]


def contents(file: Path) -> bytes:
    """What a file holds, of a zip what its files hold."""
    if file.suffix != ".zip":
        return file.read_bytes()
    with zipfile.ZipFile(file) as archive:
        return b"\n".join(archive.read(name) for name in archive.namelist())


def test_no_private_word_is_in_any_file_but_the_journal(
    course: Course, lab: Lab, page: Page, tmp_path: Path
) -> None:
    course.nbgrader("release_assignment", ASSIGNMENT)
    ana = course.learner("ana")
    ana.nbgrader("fetch_assignment")
    shutil.copytree(ROOT / "modules", lab.folder / "modules")
    shutil.copytree(ana.exercise, lab.folder / ASSIGNMENT)

    canaries: list[str] = []
    for lesson in LESSONS:
        # A workspace each, or the tabs of earlier lessons come back and take the front.
        page.goto(f"{lab.url}lab/workspaces/{lesson.stem}/tree/modules/{lesson.name}")
        cards = page.locator(".pdk:has(textarea):has(.pdk-private)")
        expect(cards).to_have_count(private_cells(lesson))
        for number, card in enumerate(cards.all()):
            canaries += write_in(card, f"canary-{lesson.stem}-{number}")
        save(page, lab.folder / "modules" / lesson.name)

    page.goto(f"{lab.url}lab/workspaces/exercise/tree/{ASSIGNMENT}/{ASSIGNMENT}.ipynb")
    box = page.locator(".pdk-rewrite .cm-content")
    expect(box).to_be_editable(timeout=60_000)
    box.fill(f"{TELLING} {PUBLIC}")
    expect(page.locator(".pdk-rewrite .pdk-status").first).to_contain_text("Kept at")
    page.get_by_label("The name or code your trainer knows").fill("ana")
    page.get_by_role("button", name="Make the file to hand in").click()
    expect(page.get_by_text(f"{ASSIGNMENT}--ana.zip").first).to_be_visible()
    save(page, lab.folder / ASSIGNMENT / f"{ASSIGNMENT}.ipynb")

    shutil.copytree(lab.folder / ASSIGNMENT, ana.exercise, dirs_exist_ok=True)
    ana.nbgrader("submit")
    course.nbgrader("collect", ASSIGNMENT)
    course.nbgrader("autograde", ASSIGNMENT)
    course.confirm("ana", 1.0, str(course.row("ana")["comment"]))
    course.nbgrader("generate_feedback", ASSIGNMENT)
    course.nbgrader("release_feedback", ASSIGNMENT)
    ana.nbgrader("fetch_feedback")
    page.context.close()

    assert len(canaries) > 30
    journal = lab.journal.read_bytes()
    assert [each for each in canaries if each.encode() not in journal] == []
    holders: set[str] = set()
    public: set[str] = set()
    for file in tmp_path.rglob("*"):
        if file.is_file() and not file.is_symlink() and file != lab.journal:
            words = contents(file)
            if b"canary-0" in words:
                holders.add(str(file.relative_to(tmp_path)))
            if PUBLIC.encode() in words:
                public.add(file.name)
    assert holders == set()
    # The search does find what is there to be found: the answer, and the page that came back.
    assert {f"{CASE}.md", f"{ASSIGNMENT}.html", f"{ASSIGNMENT}--ana.zip"} <= public
