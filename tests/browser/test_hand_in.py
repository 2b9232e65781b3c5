"""Handing in from a real JupyterLab: what would leave is seen first, and one file is made of it."""

import json
import zipfile
from pathlib import Path

import pytest
from lab import Lab
from pages import begin_above, tab_to, until
from playwright.sync_api import Locator, Page, expect

from peer_drift_kit.answers import Answer
from peer_drift_kit.curriculum.shipped import home
from peer_drift_kit.workfolder import lay

NAME = "02-rewrite-the-note"
CASE = "kitchen-window"
WORDS = "We sat by the window. <b>Not bold</b>"


@pytest.fixture
def work(lab: Lab, request: pytest.FixtureRequest) -> Path:
    """A work folder as ``peer-drift learn`` lays it. One each: a kernel outlives its page."""
    folder = lab.folder / request.node.name
    lay(folder, home=home(), version="1")
    return folder


@pytest.fixture
def exercise(work: Path, lab: Lab, page: Page) -> Path:
    """The exercise, opened as a page."""
    page.goto(lab.tree(f"{work.name}/exercises/{NAME}/{NAME}.ipynb") + "?reset")
    page.locator(".pdk-Status[data-state=ready]").wait_for(state="attached")
    expect(page.get_by_role("textbox", name="Your telling")).to_be_editable()
    return work / "exercises" / NAME


def files(page: Page) -> Locator:
    return page.get_by_role("list", name="Files that would leave this computer")


def zips(work: Path) -> list[str]:
    return sorted(each.name for each in work.glob("handed-in/*"))


def in_zip(path: Path) -> dict[str, str]:
    with zipfile.ZipFile(path) as made:
        return {name: made.read(name).decode() for name in made.namelist()}


def test_from_the_first_word_to_the_file_by_keyboard_alone(
    exercise: Path, work: Path, page: Page
) -> None:
    begin_above(page)
    tab_to(page, page.get_by_role("textbox", name="Your telling"))
    page.keyboard.insert_text(WORDS)
    until(page, (exercise / "answers" / f"{CASE}.md").exists)
    tab_to(page, page.get_by_role("button", name="Look again"))
    page.keyboard.press("Enter")
    expect(files(page)).to_contain_text("Your words in")
    begin_above(page)
    tab_to(page, files(page).locator("summary", has_text="Your words in"))
    page.keyboard.press("Enter")
    expect(files(page)).to_contain_text(WORDS)
    expect(files(page)).to_contain_text(f"answers/{CASE}.md, {len(WORDS)} bytes")
    assert zips(work) == []

    tab_to(page, page.get_by_role("textbox", name="The name or code your trainer knows"))
    page.keyboard.type("Ana Lovelace")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    made = work / "handed-in" / f"{NAME}--Ana-Lovelace.zip"
    told = page.locator(".pdk-hand-in").get_by_role("status").filter(has_text="Your file is here")
    expect(told).to_contain_text(str(made))
    expect(told).to_contain_text("Nothing was sent anywhere")
    held = in_zip(made)
    assert [*held] == [f"{NAME}.ipynb", f"answers/{CASE}.md"]
    assert held[f"answers/{CASE}.md"] == WORDS
    assert all(not each.get("outputs") for each in json.loads(held[f"{NAME}.ipynb"])["cells"])

    # Enter in the field makes it anew.
    Answer(CASE, exercise).write("Told once more.")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    until(page, lambda: in_zip(made)[f"answers/{CASE}.md"] == "Told once more.")
    expect(files(page)).to_contain_text("Told once more.")
    assert zips(work) == [made.name]


def test_without_a_name_it_asks_for_one_and_nothing_is_made(
    exercise: Path, work: Path, page: Page
) -> None:
    page.get_by_role("button", name="Make the file to hand in").press("Enter")
    expect(page.get_by_role("status").get_by_text("Please write the name or code")).to_be_visible()
    assert zips(work) == []


def test_words_in_the_pages_own_cell_go_along_once_it_is_saved(
    exercise: Path, work: Path, page: Page
) -> None:
    page.get_by_role("paragraph").filter(has_text="If you cannot use the box").dblclick()
    page.keyboard.press("Enter")
    page.keyboard.press("Control+End")
    page.keyboard.type(" Words in the cell.")
    expect(page.locator(".pdk-hand-in")).to_contain_text("I see no words in your folder answers")
    who = page.get_by_role("textbox", name="The name or code your trainer knows")
    who.fill("Ana")
    who.press("Control+s")  # where the advice to save is read
    until(page, lambda: "Words in the cell." in (exercise / f"{NAME}.ipynb").read_text("utf-8"))
    who.press("Enter")
    made = work / "handed-in" / f"{NAME}--Ana.zip"
    until(page, made.exists)
    notebook = in_zip(made)[f"{NAME}.ipynb"]
    assert "Words in the cell." in notebook
    assert "Ana" not in notebook


def test_what_stays_is_said_before_anything_is_made(exercise: Path, page: Page) -> None:
    (exercise / "answers").mkdir(exist_ok=True)
    (exercise / "answers" / "nine-cups.md").symlink_to(exercise / f"{NAME}.ipynb")
    page.get_by_role("button", name="Look again").press("Enter")
    card = page.locator(".pdk-hand-in")
    expect(card).to_contain_text("answers/nine-cups.md is a link, so it stays here.")
    expect(card.get_by_role("status").first).to_have_text("One file would leave this computer.")
