"""Each shipped lesson, opened as a newcomer would and gone through with the keyboard alone."""

import json
from pathlib import Path

import pytest
from lab import Lab
from playwright.sync_api import Page, expect

from peer_drift_kit.curriculum.shipped import home, lesson_notebooks
from peer_drift_kit.workfolder import lay

LESSONS = lesson_notebooks()

# All that can be worked with in the cards and never had the focus. Of a group of radio buttons or
# of moves, one is a stop for Tab, and the arrow keys do the rest.
UNMET = """[...document.querySelectorAll(
    ".pdk :is(textarea, button, input, summary, select, a[href], [contenteditable=true])")]
  .filter(node => node.tabIndex >= 0 && !node.closest("[hidden]") && !node.hasAttribute("data-met"))
  .filter(node => node.type !== "radio"
    || !document.querySelector(`[name="${node.name}"][data-met]`))"""
# What is there when a round begins, the round has to come by.
DUE = f"{UNMET}.map(node => node.setAttribute('data-due', '')).length"
MISSED = (
    f"{UNMET}.filter(node => node.dataset.due === '').map(node => node.outerHTML.slice(0, 120))"
)
# What has the focus: what it is in a card, whether it was never met before, whether it was met in
# this round, whether it is in the page.
FOCUSED = """
(round) => {
  const node = document.activeElement;
  const met = node.getAttribute("data-met");
  node.setAttribute("data-met", round);
  const card = node.closest(".pdk");
  return {
    fresh: met === null,
    again: met === String(round),
    kind: card && (node.type || node.localName),
    inside: node.closest(".jp-Notebook") !== null,
  };
}
"""
# A button may lead back to what was met before, as "Keep writing" does. From there one would Tab on
# to the button again, so the walk goes on at once behind it.
GO_ON = """
() => {
  const now = document.activeElement;
  if (now !== window.worked && now.hasAttribute("data-met")) window.worked.focus();
}
"""
WORDS = "dd x, words from the keyboard"


def use(page: Page, kind: str) -> None:
    """Do with the keyboard what is to be done with a thing of this kind."""
    match kind:
        case "textarea" | "div":  # a box, or the studio's editor
            page.keyboard.type(WORDS)
        case "range":
            page.keyboard.press("ArrowRight")
        case "radio":
            page.keyboard.press("Space")
            page.keyboard.press("ArrowDown")
        case "checkbox":
            page.keyboard.press("Space")
        case "summary" | "button" | "submit":
            page.keyboard.press("Enter")


def go_round(page: Page, number: int) -> list[str]:
    """Tab once through the page, and use what was never met before: the kinds of what was used."""
    page.get_by_role("button", name="Show the code").focus()
    used: list[str] = []
    entered = False
    left = 0  # stops in a row that are not in the page, once it was entered
    while left < 3:
        page.keyboard.press("Tab")
        now = page.evaluate(FOCUSED, number)
        entered = entered or now["kind"] is not None
        left = 0 if now["inside"] else left + 1 if entered else 0
        if now["again"] and now["inside"]:
            break
        if now["kind"] and now["fresh"]:
            used.append(now["kind"])
            page.evaluate("window.worked = document.activeElement")
            use(page, now["kind"])
            page.evaluate(GO_ON)
    return used


@pytest.fixture(scope="module")
def lessons(lab: Lab) -> Path:
    """The folder that ``peer-drift learn`` lays."""
    lay(lab.folder / "learner", home=home(), version="1")
    return lab.folder / "learner"


@pytest.mark.parametrize("lesson", [path.stem for path in LESSONS])
def test_a_lesson_is_all_there_for_the_keyboard(
    lesson: str, lessons: Path, lab: Lab, page: Page
) -> None:
    notebook = lessons / "modules" / f"{lesson}.ipynb"
    before = notebook.read_bytes()
    page.goto(f"{lab.url}lab/workspaces/{lesson}/tree/learner/modules/{lesson}.ipynb")
    page.locator(".pdk-Status[data-state=ready]").wait_for(state="attached")
    # All cards are drawn, and have heard from the kernel what is kept.
    cells = json.loads(before)["cells"]
    expect(page.locator(".pdk")).to_have_count(sum(each["cell_type"] == "code" for each in cells))
    expect(page.locator(".pdk :is(:disabled, [readonly], [aria-readonly=true])")).to_have_count(0)
    used: list[str] = []
    # An answer may bring something when the walk is past its place, as the first draft does. It is
    # met the next time round.
    for number in range(1, 10):
        if not page.evaluate(DUE):
            break
        used += go_round(page, number)
        assert page.evaluate(MISSED) == []
    else:
        raise AssertionError("there is always something new")
    assert used.count("a") > 0, "the way to the other lessons"
    for box in page.locator(".pdk textarea:not([readonly])").all():
        expect(box).to_have_value(WORDS)
    expect(page.get_by_text("Not saved")).to_have_count(0)
    expect(page.locator(".pdk-mod-page").first).to_be_visible()
    assert notebook.read_bytes() == before
