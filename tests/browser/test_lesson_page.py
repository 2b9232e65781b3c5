"""A shipped lesson opens as a page; every other notebook is left wholly alone."""

import hashlib
import json
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from lab import EXTENSION, Lab, start_lab
from playwright.sync_api import BrowserContext, Locator, Page, expect

BOX = """\
import ipywidgets
box, echo = ipywidgets.Textarea(description="Words"), ipywidgets.Label()
ipywidgets.dlink((box, "value"), (echo, "value"), lambda text: f"heard: {text}")
ipywidgets.VBox([box, echo])"""
CHOICE = 'ipywidgets.RadioButtons(options=["one", "two", "three"], description="Choice")'
SLIDERS = [f'ipywidgets.IntSlider({n}, description="Slider {n}")' for n in range(40)]
LAST = 'ipywidgets.Textarea(description="Last words")'
FAILS = 'raise RuntimeError("a traceback that frightens")'
WITH_KIT = "import peer_drift_kit, anywidget, comm\n" + BOX
SHIPPED = [BOX, CHOICE, *SLIDERS, LAST, FAILS, WITH_KIT]
STRANGE = 'import pathlib\npathlib.Path("ran").touch()'
PROSE = "# A lesson\n\nRead on, or go to [the next](next.ipynb)."
TRACKER = "settings/@jupyterlab/notebook-extension/tracker.jupyterlab-settings"

# Asks the kernel of the open notebook, after everything that has been sent to it before.
ASK = """
async code => {
  const session = window.jupyterapp.shell.currentWidget.context.sessionContext;
  await session.ready;
  const request = { code: '', user_expressions: { it: code } };
  const future = session.session.kernel.requestExecute(request);
  return (await future.done).content.user_expressions.it.data['text/plain'];
}
"""

TWO_FRAMES = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"

HELD = "held"

Cell = tuple[str, str] | tuple[str, str, dict[str, Any]]
Write = Callable[..., str]


def digest(source: str) -> str:
    return hashlib.sha256(source.encode()).hexdigest()


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("lessons")


@pytest.fixture(scope="module")
def lab(base: Path) -> Iterator[Lab]:
    """A JupyterLab that knows the shipped cells of this file, and whose kernels can be held."""
    extension = base / "labextensions" / "peer-drift-kit"
    shutil.copytree(EXTENSION, extension)
    cells = {"cells": sorted(map(digest, SHIPPED))}
    (extension / "shipped-cells.json").write_text(json.dumps(cells), encoding="utf-8")
    kernel = base / "share" / "kernels" / "python3" / "kernel.json"
    kernel.parent.mkdir(parents=True)
    launch = f'exec "{sys.executable}" -m ipykernel_launcher -f "$0"'
    wait = f'while [ -e "{base / HELD}" ]; do sleep 0.1; done'
    argv = ["/bin/sh", "-c", f"{wait}; {launch}", "{connection_file}"]
    spec = {"argv": argv, "display_name": "Python 3", "language": "python"}
    kernel.write_text(json.dumps(spec), encoding="utf-8")
    running, process = start_lab(base)
    yield running
    process.terminate()
    process.wait(30)


@pytest.fixture
def held(base: Path) -> Iterator[Path]:
    """While this file is there, as it is from the start, no kernel gets beyond its door."""
    door = base / HELD
    door.touch()
    yield door
    door.unlink(missing_ok=True)


@pytest.fixture
def write(lab: Lab, request: pytest.FixtureRequest) -> Write:
    """Writes a notebook into a folder of this test's own, and returns its path in JupyterLab."""
    name = re.sub(r"\W+", "-", request.node.name).strip("-")
    (lab.folder / name).mkdir()

    def write(*cells: Cell, file: str = "lesson.ipynb", ours: Any = True) -> str:
        metadata: dict[str, Any] = {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}
        }
        if ours:
            metadata["peer_drift_kit"] = {"lesson": "try"} if ours is True else ours
        made = []
        for number, (kind, source, *more) in enumerate(cells):
            cell = {"cell_type": kind, "id": f"cell-{number}", "metadata": {}, "source": source}
            if kind == "code":
                cell |= {"outputs": [], "execution_count": None}
            made.append(cell | {"metadata": more[0] if more else {}})
        notebook = {"cells": made, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
        (lab.folder / name / file).write_text(json.dumps(notebook), encoding="utf-8")
        return f"{name}/{file}"

    return write


@pytest.fixture
def opened(lab: Lab, page: Page) -> Callable[[str], Page]:
    def opened(path: str) -> Page:
        page.goto(lab.tree(path) + "?reset")  # without what an earlier test left open
        return page

    return opened


def ready(page: Page) -> None:
    page.locator(".pdk-Status[data-state=ready]").wait_for(state="attached")
    expect(page.get_by_text("Getting this page ready")).to_have_count(0)


def speak(page: Page, words: str) -> None:
    """Type into the box, and have it come back from the kernel."""
    page.get_by_label("Words", exact=True).fill(words)
    expect(page.get_by_text(f"heard: {words}")).to_be_visible()


def scroll_to(page: Page, target: Locator, key: str) -> None:
    """Press a key until the target is in view, and stays there when what is new was measured."""
    for _ in range(200):
        if target.is_visible():
            page.evaluate(TWO_FRAMES)
            if target.is_visible():
                return
        page.keyboard.press(key)
    raise AssertionError(f"{key} does not lead there")


def on_disk(lab: Lab, path: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((lab.folder / path).read_text(encoding="utf-8"))
    return found


Opened = Callable[[str], Page]


def test_a_lesson_opens_as_a_page_that_runs(lab: Lab, write: Write, opened: Opened) -> None:
    path = write(("markdown", PROSE), ("code", BOX), ("code", CHOICE), ("code", " \n"))
    before = (lab.folder / path).read_bytes()
    page = opened(path)
    speak(page, "good morning")
    ready(page)
    for notebookish in (".jp-InputArea-editor", ".jp-InputPrompt", ".jp-OutputPrompt"):
        expect(page.locator(f".jp-Notebook {notebookish}:visible")).to_have_count(0)
    expect(page.locator(".jp-cell-toolbar:visible, .jp-Collapser:visible")).to_have_count(0)
    # Nothing to save, so nothing to ask about at closing, and nothing of it in the file.
    assert page.evaluate("window.jupyterapp.shell.currentWidget.context.model.dirty") is False
    assert (lab.folder / path).read_bytes() == before


def test_it_needs_no_secure_context(context: BrowserContext, write: Write, opened: Opened) -> None:
    context.add_init_script("delete Crypto.prototype.subtle")  # as on a hub with plain http
    speak(opened(write(("code", BOX))), "hello")


def test_line_ends_and_space_at_the_end_do_not_matter(write: Write, opened: Opened) -> None:
    speak(opened(write(("code", BOX.replace("\n", "\r\n") + " \r\n\r\n"))), "hello")


OTHERS: dict[str, tuple[tuple[Cell, ...], Any]] = {
    "a stranger's": ((("code", STRANGE),), None),
    "one with our code and no word of us": ((("code", BOX),), None),
    "one that claims to be ours": ((("code", BOX), ("code", STRANGE)), True),
    "one with an odd claim": ((("code", BOX),), ["lesson"]),
    "one without code": ((("markdown", PROSE), ("code", "")), True),
}


@pytest.mark.parametrize("case", OTHERS)
def test_any_other_notebook_is_left_alone(
    case: str, lab: Lab, write: Write, opened: Opened, page: Page
) -> None:
    cells, ours = OTHERS[case]
    path = write(*cells, ours=ours)
    with page.expect_response("**/peer-drift-kit/shipped-cells.json"):
        opened(path)
    page.locator(".jp-Cell").first.wait_for()
    assert page.evaluate(ASK, "len(In)") == "1", "something ran"
    expect(page.locator(".pdk-mod-page, .pdk-Status, .pdk-CodeButton")).to_have_count(0)
    expect(page.locator(".jp-CodeCell .jp-InputArea-editor").first).to_be_visible()
    assert not (lab.folder / path).with_name("ran").exists()


def test_without_the_list_even_a_lesson_is_left_alone(
    write: Write, opened: Opened, page: Page
) -> None:
    page.route("**/peer-drift-kit/shipped-cells.json", lambda route: route.fulfill(status=404))
    with page.expect_response("**/peer-drift-kit/shipped-cells.json"):
        opened(write(("code", BOX)))
    page.locator(".jp-Cell").first.wait_for()
    assert page.evaluate(ASK, "len(In)") == "1"
    expect(page.locator(".jp-InputArea-editor").first).to_be_visible()


def test_a_python_file_beside_the_lesson_is_never_imported(
    lab: Lab, write: Write, opened: Opened
) -> None:
    path = write(("markdown", PROSE), ("code", WITH_KIT))
    folder = (lab.folder / path).parent
    traps = ("ipywidgets", "peer_drift_kit", "anywidget", "traitlets", "sqlite3", "tomllib", "comm")
    for name in (*traps, "trap"):
        (folder / f"{name}.py").write_text(STRANGE, encoding="utf-8")
    page = opened(path)
    speak(page, "safe")
    ready(page)
    assert not (folder / "ran").exists()
    # The traps are real: with the folder back on the path, they go off.
    armed = "(__import__('sys').path.insert(0, ''), __import__('trap'))"
    page.evaluate(ASK, armed)
    assert (folder / "ran").exists()


def test_what_changes_while_the_kernel_starts_does_not_run(
    held: Path, lab: Lab, write: Write, opened: Opened, page: Page
) -> None:
    path = write(("code", BOX))
    opened(path)
    page.get_by_text("Getting this page ready").wait_for()
    page.evaluate(
        "source => window.jupyterapp.shell.currentWidget.model.cells.get(0)"
        ".sharedModel.setSource(source)",
        STRANGE,
    )
    held.unlink()
    ready(page)
    assert page.evaluate(ASK, "len(In)") == "1"
    assert not (lab.folder / path).with_name("ran").exists()


def test_a_kernel_that_does_not_come_is_told_kindly_and_can_be_tried_again(
    held: Path, write: Write, opened: Opened, page: Page
) -> None:
    page.clock.install()
    opened(write(("code", BOX)))
    page.get_by_text("Getting this page ready").wait_for()
    again = page.get_by_role("button", name="Try again")
    expect(again).to_be_hidden()
    page.clock.fast_forward(41_000)
    expect(page.get_by_role("status").get_by_text("takes longer than it should")).to_be_visible()
    again.click()
    expect(again).to_be_hidden()
    held.unlink()
    speak(page, "there you are")
    ready(page)


def test_a_cell_that_fails_is_told_in_words_and_the_others_run(
    held: Path, write: Write, opened: Opened
) -> None:
    held.unlink()
    page = opened(write(("code", FAILS), ("code", BOX)))
    expect(
        page.get_by_role("status").get_by_text("Part of this page did not start")
    ).to_be_visible()
    speak(page, "all the same")
    expect(page.get_by_text("a traceback that frightens").locator("visible=true")).to_have_count(0)
    held.touch()
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_text("Getting this page ready")).to_be_visible()
    held.unlink()
    expect(page.get_by_text("Part of this page did not start")).to_be_visible()
    page.get_by_role("button", name="Show the code").click()
    expect(page.locator("pre", has_text="a traceback that frightens")).to_be_visible()


def test_widgets_live_again_after_a_restart_and_a_dead_kernel_is_told(
    write: Write, opened: Opened
) -> None:
    page = opened(write(("code", BOX)))
    speak(page, "before")
    page.evaluate("window.jupyterapp.shell.currentWidget.sessionContext.restartKernel()")
    expect(page.get_by_label("Words", exact=True)).to_have_value("")
    speak(page, "after")
    page.evaluate(
        "void window.jupyterapp.shell.currentWidget.sessionContext.session.kernel"
        ".requestExecute({ code: 'import os; os._exit(1)' })"
    )
    page.get_by_role("button", name="Ok", exact=True).click()  # JupyterLab tells of it too
    expect(page.get_by_text("Part of this page did not start")).to_be_visible()
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_label("Words", exact=True)).to_have_value("")
    speak(page, "once more")


def test_a_reload_brings_the_widgets_back_to_life(write: Write, opened: Opened, page: Page) -> None:
    opened(write(("code", BOX)))
    speak(page, "first")
    page.reload()
    speak(page, "second")
    ready(page)


def test_links_lead_on_and_coming_back_runs_nothing_anew(write: Write, opened: Opened) -> None:
    write(
        ("markdown", "# The next\n\nBack to [the lesson](lesson.ipynb)."),
        ("code", LAST),
        file="next.ipynb",
    )
    page = opened(write(("markdown", PROSE), ("code", BOX)))
    speak(page, "kept")
    page.get_by_role("link", name="the next").click()
    expect(page.get_by_role("heading", name="The next")).to_be_visible()
    page.get_by_role("link", name="the lesson").click()
    expect(page.get_by_role("heading", name="A lesson")).to_be_visible()
    expect(page.get_by_label("Words", exact=True)).to_have_value("kept")
    assert page.evaluate(ASK, "len(In)") == "2", "it ran once"


def test_the_code_can_be_shown_and_hidden_by_keyboard(write: Write, opened: Opened) -> None:
    page = opened(write(("markdown", PROSE), ("code", BOX)))
    ready(page)
    code = page.locator(".jp-CodeCell .jp-InputArea-editor")
    button = page.get_by_role("button", name="Show the code")
    expect(button).to_have_attribute("aria-pressed", "false")
    button.focus()
    page.keyboard.press("Space")
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(code).to_be_visible()
    page.keyboard.press("Enter")
    expect(code).to_be_hidden()
    page.keyboard.press("Control+Shift+C")
    page.locator(".lm-CommandPalette-input").fill("show the code")
    page.keyboard.press("Enter")
    expect(code).to_be_visible()
    expect(button).to_have_attribute("aria-pressed", "true")


def test_a_page_cannot_be_edited_by_accident(lab: Lab, write: Write, opened: Opened) -> None:
    path = write(("markdown", PROSE), ("code", BOX), ("markdown", "Some more."))
    before = on_disk(lab, path)
    page = opened(path)
    ready(page)
    prose = page.get_by_role("paragraph").filter(has_text="Some more.")
    prose.dblclick()
    prose.click()
    for key in ("Enter", "d", "d", "x", "a", "b", "m", "y", "1", "Shift+Enter", "Alt+Enter"):
        page.keyboard.press(key)
    page.keyboard.press("Control+Backspace")
    expect(page.locator(".jp-Cell")).to_have_count(3)
    expect(page.locator(".cm-editor:visible")).to_have_count(0)
    with page.expect_response(
        lambda response: response.request.method == "PUT" and "/contents/" in response.url
    ):
        page.keyboard.press("Control+s")  # JupyterLab's own shortcuts still work
    after = on_disk(lab, path)
    for old, new in zip(before["cells"], after["cells"], strict=True):
        assert "".join(new["source"]) == old["source"]
        assert "editable" not in new["metadata"]
    page.get_by_role("button", name="Show the code").click()
    prose.dblclick()
    expect(page.locator(".jp-MarkdownCell .cm-editor:visible")).to_have_count(1)


def test_an_answer_cell_can_be_written_in(lab: Lab, write: Write, opened: Opened) -> None:
    answer = {"nbgrader": {"solution": True, "grade": True, "grade_id": "a", "locked": False}}
    path = write(("markdown", PROSE), ("code", BOX), ("markdown", "Your answer", answer))
    page = opened(path)
    ready(page)
    page.get_by_role("paragraph").filter(has_text="Your answer").dblclick()
    page.keyboard.press("Enter")
    page.keyboard.press("Control+A")
    page.keyboard.type("d d x, my own words")
    page.keyboard.press("Control+s")
    page.wait_for_function("window.jupyterapp.shell.currentWidget.context.model.dirty === false")
    assert "".join(on_disk(lab, path)["cells"][2]["source"]) == "d d x, my own words"


def test_arrow_keys_and_letters_reach_the_widgets(write: Write, opened: Opened) -> None:
    page = opened(write(("code", BOX), ("code", CHOICE), ("code", SLIDERS[3])))
    ready(page)
    page.get_by_label("one").focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("two")).to_be_checked()
    page.get_by_role("slider").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_text("4", exact=True).last).to_be_visible()
    for key in "ddxab":
        page.keyboard.press(key)
    expect(page.locator(".jp-Cell")).to_have_count(3)


def test_tab_goes_through_the_page_and_lands_on_nothing_hidden(
    write: Write, opened: Opened
) -> None:
    page = opened(write(("markdown", PROSE), ("code", BOX), ("code", CHOICE)))
    ready(page)
    page.get_by_role("link", name="the next").focus()
    page.keyboard.press("Tab")
    expect(page.get_by_label("Words", exact=True)).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_label("one")).to_be_focused()
    hidden = page.evaluate(
        """[...document.querySelectorAll(
          '.jp-Notebook :is(a, button, input, textarea, [tabindex])')]
        .filter(node => node.tabIndex >= 0 && !node.disabled && node.checkVisibility()
          && !node.closest('[hidden]') && node.getBoundingClientRect().height === 0)
        .map(node => node.outerHTML.slice(0, 120))"""
    )
    assert hidden == []


@pytest.mark.parametrize("windowing", [None, "full", "defer"])
def test_a_long_lesson_scrolls_to_its_last_widget(
    windowing: str | None, base: Path, write: Write, opened: Opened
) -> None:
    path = write(
        ("markdown", PROSE),
        ("code", BOX),
        *(
            cell
            for slider in SLIDERS
            for cell in (("markdown", "Words.\n\n" * 9), ("code", slider))
        ),
        ("code", LAST),
    )
    settings = base / TRACKER
    if windowing:
        settings.parent.mkdir(parents=True, exist_ok=True)
        settings.write_text(json.dumps({"windowingMode": windowing}), encoding="utf-8")
    try:
        page = opened(path)
        speak(page, "the top")
        ready(page)
        page.locator(".jp-MarkdownCell").first.click()
        last = page.get_by_label("Last words")
        scroll_to(page, last, "PageDown")
        last.fill("the end")
        expect(last).to_have_value("the end")
        page.keyboard.press("Escape")
        page.locator(".jp-MarkdownCell:visible").last.click(position={"x": 5, "y": 5})
        scroll_to(page, page.get_by_label("Words", exact=True), "PageUp")
        speak(page, "the top again")
    finally:
        settings.unlink(missing_ok=True)


def test_at_200_percent_nothing_must_be_scrolled_sideways(
    page: Page, write: Write, opened: Opened
) -> None:
    page.set_viewport_size({"width": 640, "height": 450})
    opened(write(("markdown", PROSE + "\n\n" + "Words to read. " * 40), ("code", BOX)))
    ready(page)
    widths = "node => [node.scrollWidth, node.clientWidth]"
    whole, seen = page.locator(".jp-Notebook .jp-WindowedPanel-outer").evaluate(widths)
    assert whole <= seen
    expect(page.get_by_role("button", name="Show the code")).to_be_visible()
