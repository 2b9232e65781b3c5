"""The note studio in a real JupyterLab: a case told again from the keyboard alone."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from lab import Lab, run_all
from pages import KILL, begin_above, open_notebook, tab_to, until
from playwright.sync_api import BrowserContext, Locator, Page, expect

from peer_drift_kit.curriculum import Case, find
from peer_drift_kit.journal import Journal
from peer_drift_kit.widgets.rewrite import settled_item

CASE = find(Case, "kitchen-window")
CALL = f'rewrite("{CASE.id}")'
#: One finding after the other, each for another way on.
DRIFTED = (
    "Client was guarded.",
    "I told him he needs to calm down.",
    "He lacks insight.",
    "He is non-compliant again.",
)


def editor(page: Page) -> Locator:
    box = page.get_by_role("textbox", name="Your telling")
    expect(box).to_be_editable()
    return box


def in_file(folder: Path) -> str:
    path = folder / f"{CASE.id}.md"
    return path.read_bytes().decode("utf-8") if path.exists() else ""


def type_in(page: Page, text: str) -> None:
    tab_to(page, editor(page))
    page.keyboard.press("Control+End")
    page.keyboard.insert_text(text)


def settle(page: Page, words: str, way: str) -> None:
    """From the editor, F8 to the place with these words, and on by the button of this name."""
    said = page.locator(".pdk-rewrite .pdk-unseen[role=status]")
    for _ in range(12):
        page.keyboard.press("F8")
        if words in (said.text_content() or ""):
            break
    expect(said).to_contain_text(words)
    page.keyboard.press("Enter")
    expect(
        page.get_by_role("button", name="Keep writing", exact=True).locator("visible=true")
    ).to_be_focused()
    tab_to(page, page.locator(":focus").locator("xpath=..").get_by_role("button", name=way))
    page.keyboard.press("Enter")


def test_a_case_is_told_again_from_the_keyboard_alone(
    show: Callable[..., Page], lab: Lab, journal: Journal, answers: Path
) -> None:
    page = show(CALL)
    box = editor(page)
    begin_above(page)
    text = " ".join(DRIFTED)
    type_in(page, text)
    until(page, lambda: in_file(answers) == text)
    panel = page.get_by_role("region", name="What I notice")
    expect(panel.locator(".pdk-card-opener")).not_to_have_count(0)
    expect(page.locator(".pdk-editor .cm-lintRange.pdk-mark-dashed").first).to_be_visible()

    settle(page, "I told him", "Keep writing")
    expect(box).to_be_focused()
    settle(page, "I told him", "I meant this")
    page.keyboard.type("he asked me to say it straight")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(box).to_be_focused()
    reasons = answers / f"{CASE.id}.json"
    until(page, reasons.exists)
    (reason,) = json.loads(reasons.read_text(encoding="utf-8"))
    assert reason["because"] == "he asked me to say it straight"
    assert "I told him" in reason["words"]

    settle(page, "Client was", "Required where I work")
    expect(box).to_be_focused()
    settle(page, "insight", "Leave it")
    until(page, lambda: "insight" in kept(journal))
    private = json.loads(kept(journal))
    assert any("Client" in words for _, words in private["required"])
    assert "insight" not in reasons.read_text(encoding="utf-8"), "what is left is nobody's business"
    assert "Client" not in reasons.read_text(encoding="utf-8")

    # All of it is there again.
    open_notebook(page, lab, page.url.split("/")[-1].split("?")[0])
    expect(editor(page)).to_contain_text("He lacks insight.")
    page.get_by_role("button", name="Set aside").press("Enter")
    aside = page.locator(".pdk-panel section").last
    for card in aside.locator(".pdk-card-opener").all():
        card.press("Enter")
    expect(aside).to_contain_text("he asked me to say it straight")
    expect(aside).to_contain_text("on your list for supervision")
    expect(aside).to_contain_text("You left this as it is.")
    aside.get_by_role("button", name="Ask me again").first.press("Enter")
    expect(
        page.get_by_role("button", name="Keep writing", exact=True).locator("visible=true")
    ).to_be_focused()


def kept(journal: Journal) -> str:
    entry = journal.latest(settled_item(CASE.id))
    return entry.value if entry else ""


def test_enter_is_a_new_line_but_where_f8_has_led(
    show: Callable[..., Page], answers: Path, journal: Journal
) -> None:
    page = show(CALL)
    begin_above(page)
    type_in(page, "One.")
    page.keyboard.press("Enter")
    page.keyboard.type("Two.")
    until(page, lambda: in_file(answers) == "One.\nTwo.")
    page.keyboard.press("Control+z")
    page.keyboard.press("Tab")
    expect(editor(page)).not_to_be_focused()


def test_drafts_are_kept_and_compared_and_samples_open_after_a_first_try(
    show: Callable[..., Page], answers: Path, journal: Journal
) -> None:
    page = show(CALL)
    begin_above(page)
    others = page.get_by_role("button", name="How two others told it")
    type_in(page, "Dele and I sat by the window.")
    others.press("Enter")
    expect(page.get_by_text("These open after a first try of your own")).to_be_visible()
    others.press("Enter")
    page.get_by_role("button", name="Keep this as a draft").press("Enter")
    expect(page.get_by_text("A draft is kept")).to_be_visible()
    begin_above(page)
    type_in(
        page,
        " He said the hallway has felt watched since the new cameras went up, and that nobody had "
        "asked the tenants. We had toast.",
    )
    until(page, lambda: in_file(answers).endswith("toast."))
    page.get_by_role("button", name="My drafts").press("Enter")
    page.get_by_role("button", name="Show what changed").press("Enter")
    changed = page.get_by_role("region", name="What changed")
    expect(changed.locator("ins").first).to_contain_text("He said")
    expect(changed.locator("del")).to_have_count(0)
    others.press("Enter")
    expect(page.locator(".pdk-sample")).to_have_count(2)
    expect(page.locator(".pdk-sample mark").first).to_be_visible()


def test_the_letter_speaks_and_stops(
    show: Callable[..., Page], answers: Path, journal: Journal
) -> None:
    page = show(CALL)
    begin_above(page)
    type_in(page, "We sat by the window. <b>Not bold</b>")
    until(page, lambda: in_file(answers) == "We sat by the window. <b>Not bold</b>")
    page.get_by_role("button", name="Read it as a letter to Dele").press("Enter")
    expect(page.locator(".pdk-letter")).to_contain_text("Dear Dele,")
    expect(page.locator(".pdk-letter")).to_contain_text("<b>Not bold</b>")
    page.evaluate(
        "window.spoken = 0; window.stopped = 0;"
        "speechSynthesis.speak = () => (window.spoken += 1);"
        "speechSynthesis.cancel = () => (window.stopped += 1)"
    )
    page.get_by_role("button", name="Read it aloud").press("Enter")
    assert page.evaluate("window.spoken") == 1
    page.get_by_role("button", name="Stop reading").press("Enter")
    assert page.evaluate("window.stopped") >= 1
    page.get_by_role("button", name="Go on with my text").press("Enter")
    expect(editor(page)).to_be_focused()


def test_the_second_of_two_windows_is_told_and_may_take_over(
    show: Callable[..., Page], lab: Lab, context: BrowserContext, answers: Path, journal: Journal
) -> None:
    here = show(CALL)
    name = here.url.split("/")[-1].split("?")[0]
    begin_above(here)
    type_in(here, "The first window. ")
    until(here, lambda: in_file(answers) == "The first window. ")
    other = lab.folder / "other.ipynb"
    other.write_bytes((lab.folder / name).read_bytes())
    there = open_notebook(context.new_page(), lab, other.name)
    type_in(there, "The second. ")
    until(there, lambda: in_file(answers) == "The first window. The second. ")
    type_in(here, "Once more the first. ")
    alert = here.get_by_role("alert")
    expect(alert).to_contain_text("in another window")
    assert in_file(answers) == "The first window. The second. ", "nothing was written over"
    here.get_by_role("button", name="Go on with the text here").press("Enter")
    until(here, lambda: in_file(answers) == "The first window. Once more the first. ")
    expect(alert).to_be_hidden()
    drafts = [each.read_text(encoding="utf-8") for each in (answers / "drafts" / CASE.id).glob("*")]
    assert "The first window. The second. " in drafts

    type_in(there, "And the second. ")
    there.get_by_role("button", name="Take the other text").press("Enter")
    expect(editor(there)).to_have_text("The first window. Once more the first. ")
    drafts = [each.read_text(encoding="utf-8") for each in (answers / "drafts" / CASE.id).glob("*")]
    assert any(each.endswith("And the second. ") for each in drafts)


@pytest.mark.parametrize(
    "text",
    [
        "He said “yes” 🙂, and שלום, and \x00 too.",
        "<img src=x onerror=window.harm=1><script>window.harm=1</script>",
        "word " * 40_000,
    ],
    ids=["odd characters", "HTML", "200,000 characters"],
)
def test_what_is_pasted_is_shown_as_text_and_saved_as_it_is(
    text: str, show: Callable[..., Page], answers: Path, journal: Journal
) -> None:
    page = show(CALL)
    begin_above(page)
    type_in(page, text)
    until(page, lambda: in_file(answers) == text)
    assert page.evaluate("window.harm") is None


def test_what_cannot_be_saved_stays_in_the_box_and_says_so(
    show: Callable[..., Page], answers: Path, journal: Journal, tmp_path: Path
) -> None:
    page = show(CALL)
    begin_above(page)
    answers.symlink_to(tmp_path, target_is_directory=True)
    type_in(page, "Words that stay.")
    status = page.locator(".pdk-rewrite .pdk-status").first
    expect(status).to_contain_text("is a link to somewhere else")
    expect(status).to_contain_text("Your words are still in the box")
    answers.unlink()
    until(page, lambda: in_file(answers) == "Words that stay.")
    expect(status).to_contain_text("Kept at")
    assert list(tmp_path.iterdir()) == []


def test_a_killed_kernel_loses_nothing_that_was_typed(
    show: Callable[..., Page], answers: Path, journal: Journal
) -> None:
    page = show(CALL)
    begin_above(page)
    type_in(page, "before")
    until(page, lambda: in_file(answers) == "before")
    page.evaluate(KILL)
    page.get_by_role("button", name="Ok", exact=True).click()  # JupyterLab's own word of it
    editor(page).press("Control+End")
    page.keyboard.insert_text(" and after")
    expect(page.locator(".pdk-rewrite .pdk-status").first).to_contain_text("Not saved yet")
    assert in_file(answers) == "before"
    run_all(page)
    until(page, lambda: in_file(answers) == "before and after")
    expect(editor(page)).to_have_text("before and after")
