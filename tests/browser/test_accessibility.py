"""Every widget against WCAG 2.2 AA, as far as axe-core can tell; and narrow pages."""

import json
from collections.abc import Iterator
from pathlib import Path

import axe_playwright_python
import pytest
from lab import SLOW, Lab
from pages import open_notebook, write_notebook
from playwright.sync_api import Browser, Page, expect
from test_widgets import first

from peer_drift_kit.curriculum import (
    BeforeAndAfter,
    Case,
    Check,
    Checklist,
    Figure,
    Idea,
    Prompt,
    Recommendations,
    Table,
    every,
)
from peer_drift_kit.curriculum.lessons import lessons
from peer_drift_kit.journal import Journal

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
THEMES = {"light": "JupyterLab Light", "dark": "JupyterLab Dark"}
WIDTHS = {"wide": 1280, "narrow": 320}
GALLERY = "gallery.ipynb"

RUN_AXE = """
tags => axe.run({ include: [".pdk"] }, { runOnly: { type: "tag", values: tags } })
"""
TOO_WIDE = """
() => [...document.querySelectorAll(".pdk")].flatMap(root => {
  const edge = root.getBoundingClientRect().right + 1;
  const out = [...root.querySelectorAll("*")].filter(node =>
    !node.closest(".pdk-unseen, svg") && node.getBoundingClientRect().right > edge);
  if (root.scrollWidth > root.clientWidth) out.push(root);
  return out.map(node => node.outerHTML.slice(0, 120));
})
"""
TOO_SMALL = """
() => [...document.querySelectorAll(".pdk :is(button, summary, textarea, input, select)")]
  .filter(node => node.offsetParent)
  .filter(node => node.offsetHeight < 24 || node.offsetWidth < 24)
  .map(node => node.outerHTML.slice(0, 120))
"""


@pytest.fixture(scope="module", params=[(t, w) for t in THEMES for w in WIDTHS], ids="-".join)
def gallery(lab: Lab, chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """All kinds of widgets on one page, each in the state that shows most."""
    theme, width = request.param
    settings = lab.folder.parent / "settings/@jupyterlab/apputils-extension"
    settings.mkdir(parents=True, exist_ok=True)
    themes = settings / "themes.jupyterlab-settings"
    themes.write_text(json.dumps({"theme": THEMES[theme]}), encoding="utf-8")
    table = every(Table)[first[Table]]
    marks = {pair.id: n for n, pair in enumerate(table.pairs)}
    journal = Journal.open(lab.journal)
    journal.write(f"table:{table.id}", json.dumps({"marks": marks, "note": ""}), sitting="before")
    journal.write(f"prompt:{first[Prompt]}", "one", sitting="one")
    journal.write(f"prompt:{first[Prompt]}", "two", sitting="two")
    picked = {every(Checklist)[first[Checklist]].questions[0].id: {"picked": True, "note": "why?"}}
    journal.write(f"checklist:{first[Checklist]}", json.dumps(picked), sitting="before")
    write_notebook(
        lab.folder / GALLERY,
        f'progress("{lessons()[2].id}")',
        *(f'{call}("{next(iter(every(kind)))}")' for call, kind in KINDS.items()),
        *(f'figure("{each}")' for each in every(Figure)),
        "agenda()",
        "hand_in()",
        "celebration()",
    )
    # An exercise has the name of its folder.
    exercise = lab.folder / f"{lab.folder.name}.ipynb"
    write_notebook(exercise, "hand_in()")
    context = chromium.new_context(viewport={"width": WIDTHS[width], "height": 900})
    context.set_default_timeout(SLOW)
    page = open_notebook(context.new_page(), lab, GALLERY)
    page.evaluate("window.jupyterapp.shell.collapseLeft()")  # or it leaves no room at 320 pixels
    bring_to_life(page)
    yield page
    context.close()
    themes.unlink()
    exercise.unlink()
    journal.forget_all()


KINDS = {
    "prompt": Prompt,
    "table": Table,
    "check": Check,
    "idea": Idea,
    "before_and_after": BeforeAndAfter,
    "checklist": Checklist,
    "recommendations": Recommendations,
    "rewrite": Case,
}


def bring_to_life(page: Page) -> None:
    """Show what shows only after something was done."""
    expect(page.locator(".pdk")).to_have_count(len(KINDS) + len(every(Figure)) + 4)
    slider = page.get_by_role("slider").first
    expect(slider).to_be_enabled()
    slider.press("ArrowLeft")
    page.locator(".pdk-check").get_by_role("radio").first.press("Space")
    page.get_by_role("button", name="See what others notice").press("Enter")
    page.get_by_role("button", name="Next move").press("Enter")
    box = page.get_by_role("textbox", name="Your telling")
    expect(box).to_be_editable()
    box.fill("Client presented as paranoid. We sat together and she said: “I can breathe.”")
    card = page.locator(".pdk-panel .pdk-card-opener").first
    card.press("Enter")
    page.get_by_role("button", name="I meant this because").first.press("Enter")
    page.get_by_role("button", name="Keep this as a draft").press("Enter")
    for part in ("Read it as a letter", "My drafts", "How two others"):
        page.locator(".pdk-rewrite").get_by_role("button", name=part).press("Enter")
    page.get_by_role("button", name="Show what changed").press("Enter")
    expect(page.locator(".pdk-compared")).to_be_visible()
    expect(page.locator(".pdk-letter")).to_contain_text("We sat together")
    page.locator(".pdk-agenda").scroll_into_view_if_needed()
    expect(page.locator(".pdk-agenda-list")).to_contain_text("why?")
    page.get_by_role("textbox", name="The name or code").fill("Ana")
    page.get_by_role("button", name="Make the file").press("Enter")
    expect(page.get_by_text("Your file is here")).to_be_visible()
    for summary in page.locator(".pdk details > summary").all():
        if not summary.evaluate("summary => summary.parentElement.open"):
            summary.press("Enter")
    expect(page.locator(".pdk-version").first).to_be_visible()


def test_axe_finds_nothing(gallery: Page) -> None:
    gallery.evaluate(AXE)
    found = gallery.evaluate(RUN_AXE, TAGS)
    assert found["passes"], "axe looked at nothing"
    assert [
        f"{each['id']}: {node['html'][:160]} {node['failureSummary']}"
        for each in found["violations"]
        for node in each["nodes"]
    ] == []


def test_nothing_is_wider_than_its_card(gallery: Page) -> None:
    assert gallery.evaluate(TOO_WIDE) == []


def test_targets_are_large_enough(gallery: Page) -> None:
    assert gallery.evaluate(TOO_SMALL) == []


def test_text_may_be_twice_as_large(gallery: Page) -> None:
    gallery.add_style_tag(content="html { font-size: 200% }")
    assert gallery.evaluate(TOO_WIDE) == []
