"""The boxes for a peer in a real JupyterLab: answered from the keyboard alone."""

import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from lab import SLOW, Lab, run_all
from pages import KILL, begin_above, open_notebook, tab_to, until
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from test_accessibility import AXE, RUN_AXE, TAGS, THEMES, TOO_SMALL, TOO_WIDE, WIDTHS

from peer_drift_kit.course.circle.packets import Given, packet
from peer_drift_kit.response import BOXES, from_markdown

CODE = "abcd234567"
CALL = f'respond("{CODE}")'
NAMES = [box.name for box in BOXES]


def field(page: Page, name: str) -> Locator:
    found = page.get_by_role("textbox", name=name)
    expect(found).to_be_editable()
    return found


def in_file(folder: Path) -> dict[str, str]:
    path = folder / f"{CODE}.md"
    return from_markdown(path.read_text(encoding="utf-8") if path.exists() else "")


def test_a_peer_is_answered_from_the_keyboard_alone(
    show: Callable[..., Page], lab: Lab, answers: Path
) -> None:
    page = show(CALL)
    field(page, NAMES[0])
    begin_above(page)
    tab_to(page, field(page, NAMES[0]))
    # Each of these keys does something else in a notebook.
    page.keyboard.type("add, bad, xx")
    page.keyboard.press("Enter")
    page.keyboard.type("## I wonder")
    page.keyboard.press("Tab")
    expect(field(page, NAMES[1])).to_be_focused()
    page.keyboard.type("<b>the toast</b>")
    page.keyboard.press("Tab")
    expect(field(page, NAMES[2])).to_be_focused()
    page.keyboard.type("what did he ask?")
    wanted = {
        "here": "add, bad, xx\n## I wonder",
        "notice": "<b>the toast</b>",
        "wonder": "what did he ask?",
    }
    until(page, lambda: in_file(answers) == wanted)
    expect(page.locator(".pdk-respond .pdk-status")).to_contain_text("Kept at")
    page.keyboard.press("Escape")
    assert page.evaluate("!!document.activeElement.closest('.jp-Notebook')")

    open_notebook(page, lab, page.url.split("/")[-1].split("?")[0])
    for name, box in zip(NAMES, BOXES, strict=True):
        expect(field(page, name)).to_have_value(wanted[box.id])


def test_each_box_is_named_and_described(show: Callable[..., Page], answers: Path) -> None:
    page = show(CALL)
    for box in BOXES:
        expect(field(page, box.name)).to_have_accessible_description(box.hint)
    expect(page.get_by_role("group", name="Your answer to this text")).to_be_visible()


def test_a_killed_kernel_loses_nothing_that_was_typed(
    show: Callable[..., Page], answers: Path
) -> None:
    page = show(CALL)
    field(page, NAMES[1]).press_sequentially("before")
    until(page, lambda: in_file(answers)["notice"] == "before")
    page.evaluate(KILL)
    page.get_by_role("button", name="Ok", exact=True).click()  # JupyterLab's own word of it
    field(page, NAMES[1]).press_sequentially(" and after")
    expect(page.locator(".pdk-respond .pdk-status")).to_contain_text("Not saved yet")
    run_all(page)
    until(page, lambda: in_file(answers)["notice"] == "before and after")
    expect(field(page, NAMES[1])).to_have_value("before and after")


def test_the_second_of_two_windows_is_told_and_both_texts_stay(
    show: Callable[..., Page], lab: Lab, context: BrowserContext, answers: Path
) -> None:
    here = show(CALL)
    name = here.url.split("/")[-1].split("?")[0]
    field(here, NAMES[0]).fill("from here")
    until(here, lambda: in_file(answers)["here"] == "from here")
    other = lab.folder / "other-respond.ipynb"
    other.write_bytes((lab.folder / name).read_bytes())
    there = open_notebook(context.new_page(), lab, other.name)
    field(there, NAMES[0]).fill("from there")
    until(there, lambda: in_file(answers)["here"] == "from there")
    field(here, NAMES[0]).fill("from here, more")
    alert = here.get_by_role("alert")
    expect(alert).to_contain_text("in another window")
    assert in_file(answers)["here"] == "from there", "nothing was written over"
    here.get_by_role("button", name="Take the other text").press("Enter")
    expect(field(here, NAMES[0])).to_have_value("from there")
    expect(field(here, NAMES[0])).to_be_focused()
    expect(alert).to_be_hidden()
    (draft,) = (answers / "drafts" / CODE).glob("*.md")
    assert from_markdown(draft.read_text(encoding="utf-8"))["here"] == "from here, more"


def test_a_box_without_a_code_says_what_to_do(show: Callable[..., Page], answers: Path) -> None:
    page = show('respond("../x")')
    expect(page.locator(".pdk-respond")).to_contain_text("open the packet that you were sent")
    expect(page.locator(".pdk-respond textarea")).to_have_count(0)


@pytest.fixture(scope="module", params=[(t, w) for t in THEMES for w in WIDTHS], ids="-".join)
def opened(lab: Lab, chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A packet as a reader meets it, with something typed."""
    theme, width = request.param
    settings = lab.folder.parent / "settings/@jupyterlab/apputils-extension"
    settings.mkdir(parents=True, exist_ok=True)
    themes = settings / "themes.jupyterlab-settings"
    themes.write_text(f'{{"theme": "{THEMES[theme]}"}}', encoding="utf-8")
    texts = [Given(CODE, "kitchen-window", "<b>We sat</b> by the window. " * 30)]
    name = f"{theme}-{width}"  # a folder each, as a kernel of the last one still sits in its own
    (lab.folder / "packet.zip").write_bytes(packet(name, texts, people=1, names=False))
    with zipfile.ZipFile(lab.folder / "packet.zip") as file:
        file.extractall(lab.folder)
    context = chromium.new_context(viewport={"width": WIDTHS[width], "height": 900})
    context.set_default_timeout(SLOW)
    page = context.new_page()
    page.goto(lab.tree(f"circle-{name}/circle-{name}.ipynb") + "?reset")
    page.locator(".pdk-Status[data-state=ready]").wait_for(state="attached")  # it ran by itself
    page.evaluate("window.jupyterapp.shell.collapseLeft()")  # or it leaves no room at 320 pixels
    field(page, NAMES[0]).fill("a word that is long: " + "x" * 200)
    expect(page.locator(".pdk-respond .pdk-status")).to_contain_text("Kept at")
    yield page
    context.close()
    themes.unlink()


def test_axe_finds_nothing(opened: Page) -> None:
    opened.evaluate(AXE)
    found = opened.evaluate(RUN_AXE, TAGS)
    assert found["passes"], "axe looked at nothing"
    assert [f"{each['id']}: {each['nodes'][0]['html'][:160]}" for each in found["violations"]] == []


def test_nothing_is_wider_than_its_card_and_targets_are_large_enough(opened: Page) -> None:
    assert opened.evaluate(TOO_WIDE) == []
    assert opened.evaluate(TOO_SMALL) == []


def test_the_text_to_read_is_text(opened: Page) -> None:
    told = opened.locator(".jp-MarkdownCell:has-text('The first text') pre").last
    expect(told).to_contain_text("<b>We sat</b> by the window.")
    assert told.locator("b").count() == 0


def test_text_may_be_twice_as_large(opened: Page) -> None:
    opened.add_style_tag(content="html { font-size: 200% }")
    assert opened.evaluate(TOO_WIDE) == []
