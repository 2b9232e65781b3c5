"""Every widget in a real JupyterLab, used with the keyboard alone."""

import json
from collections.abc import Callable

import pytest
from lab import Lab, run_all
from pages import KILL, begin_above, open_notebook, tab_to, until, write_notebook
from playwright.sync_api import BrowserContext, Page, expect

from peer_drift_kit.curriculum import (
    BeforeAndAfter,
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


def kept(journal: Journal, item: str) -> str:
    entry = journal.latest(item)
    return entry.value if entry else ""


first = {
    kind: next(iter(every(kind))) for kind in (Prompt, Table, Check, BeforeAndAfter, Checklist)
}


class TestPrompt:
    call = f'prompt("{first[Prompt]}")'
    item = f"prompt:{first[Prompt]}"

    def test_keeps_what_is_typed_and_finds_it_again(
        self, show: Callable[..., Page], lab: Lab, journal: Journal
    ) -> None:
        page = show(self.call)
        box = page.get_by_role("textbox", name=every(Prompt)[first[Prompt]].question)
        expect(box).to_be_editable()
        begin_above(page)
        tab_to(page, box)
        # Each of these keys does something else in a notebook.
        page.keyboard.type("add, bad, xx")
        page.keyboard.press("Enter")
        page.keyboard.press("Shift+Enter")
        page.keyboard.type("jk <b>00</b>")
        page.keyboard.press("ArrowUp")
        page.keyboard.press("Home")
        page.keyboard.type("1. ")
        expect(box).to_be_focused()
        text = box.input_value()
        assert text.replace("\n", "") == "add, bad, xx1. jk <b>00</b>"
        until(page, lambda: kept(journal, self.item) == text)
        expect(page.get_by_text("Kept at")).to_be_visible()
        open_notebook(page, lab, page.url.split("/")[-1])
        expect(box).to_have_value(text)

    def test_brings_an_earlier_version_back(
        self, show: Callable[..., Page], journal: Journal
    ) -> None:
        journal.write(self.item, "the first thought", sitting="one")
        journal.write(self.item, "the second thought", sitting="two")
        page = show(self.call)
        box = page.locator(".pdk-prompt textarea")
        expect(box).to_have_value("the second thought")
        begin_above(page)
        tab_to(page, page.locator(".pdk-prompt summary"))
        page.keyboard.press("Enter")
        expect(page.locator(".pdk-version")).to_have_count(1)
        tab_to(page, page.get_by_role("button", name="Bring this back"))
        page.keyboard.press("Enter")
        expect(box).to_have_value("the first thought")
        expect(box).to_be_focused()
        until(page, lambda: kept(journal, self.item) == "the first thought")
        assert "the second thought" in [entry.value for entry in journal.earlier(self.item)]

    def test_escape_leads_out_to_the_notebook(self, show: Callable[..., Page]) -> None:
        page = show(self.call)
        box = page.locator(".pdk-prompt textarea")
        expect(box).to_be_editable()
        begin_above(page)
        tab_to(page, box)
        page.keyboard.press("Escape")
        expect(box).not_to_be_focused()
        assert page.evaluate("!!document.activeElement.closest('.jp-Notebook')")

    def test_two_windows_lose_nothing_and_know_of_each_other(
        self, show: Callable[..., Page], lab: Lab, context: BrowserContext, journal: Journal
    ) -> None:
        here = show(self.call)
        write_notebook(lab.folder / "other-window.ipynb", self.call)
        there = open_notebook(context.new_page(), lab, "other-window.ipynb")
        boxes = [page.locator(".pdk-prompt textarea") for page in (here, there)]
        for box in boxes:
            expect(box).to_be_editable()
        boxes[0].press_sequentially("from here")
        until(here, lambda: kept(journal, self.item) == "from here")
        boxes[1].press_sequentially("from there")
        expect(there.get_by_text("also written in another window")).to_be_visible()
        until(there, lambda: kept(journal, self.item) == "from there")
        assert "from here" in [entry.value for entry in journal.earlier(self.item)]

    def test_words_outlive_a_kernel_that_dies(
        self, show: Callable[..., Page], journal: Journal
    ) -> None:
        page = show(self.call)
        box = page.locator(".pdk-prompt textarea")
        expect(box).to_be_editable()
        box.press_sequentially("before")
        until(page, lambda: kept(journal, self.item) == "before")
        page.evaluate(KILL)
        page.get_by_role("button", name="Ok", exact=True).click()  # JupyterLab's own word of it
        box.press_sequentially(" and after")
        expect(page.get_by_text("Not saved yet")).to_be_visible()
        expect(box).to_have_value("before and after")
        assert kept(journal, self.item) == "before"
        run_all(page)
        until(page, lambda: kept(journal, self.item) == "before and after")
        expect(box).to_have_value("before and after")

    def test_a_locked_journal_opens_with_its_passphrase(
        self, show: Callable[..., Page], journal: Journal
    ) -> None:
        pytest.importorskip("cryptography")
        journal.write(self.item, "under lock", sitting="one")
        journal.lock("a blue door")
        page = show(self.call, 'prompt("drifting")')
        door = page.locator(".pdk-prompt").first.get_by_label("Your passphrase")
        expect(door).to_be_visible()
        begin_above(page)
        tab_to(page, door)
        page.keyboard.type("a red door")
        page.keyboard.press("Enter")
        expect(page.get_by_text("That did not open it")).to_be_visible()
        page.keyboard.type("a blue door")
        page.keyboard.press("Enter")
        box = page.locator(".pdk-prompt textarea")
        expect(box.first).to_have_value("under lock")
        expect(box.first).to_be_focused()
        expect(box.nth(1)).to_be_editable()
        expect(page.locator(".pdk-door")).to_have_count(0)


def test_table_is_set_by_arrow_keys_and_shows_last_time(
    show: Callable[..., Page], lab: Lab, journal: Journal
) -> None:
    table = every(Table)[first[Table]]
    pair, second, *_ = table.pairs
    item = f"table:{table.id}"
    journal.write(item, json.dumps({"marks": {pair.id: 0}, "note": ""}), sitting="before")
    page = show(f'table("{table.id}")')
    slider = page.get_by_role("slider", name=pair.about)
    expect(slider).to_be_enabled()
    expect(slider).to_have_attribute("aria-valuetext", "not marked yet")
    expect(page.locator(".pdk-last").first).to_contain_text(f"right beside: “{pair.left}”")
    begin_above(page)
    tab_to(page, slider)
    page.keyboard.press("ArrowRight")
    expect(slider).to_have_attribute("aria-valuetext", f"a little nearer to: “{pair.right}”")
    middle = page.get_by_role("slider", name=second.about)
    tab_to(page, middle)
    page.keyboard.press("Enter")
    expect(middle).to_have_attribute("aria-valuetext", "about half way")
    note = page.get_by_role("textbox", name="A note to yourself")
    tab_to(page, note)
    page.keyboard.type("a long day")
    wanted = {"marks": {pair.id: 4, second.id: 3}, "note": "a long day"}
    until(page, lambda: json.loads(kept(journal, item)) == wanted)
    open_notebook(page, lab, page.url.split("/")[-1])
    expect(slider).to_have_attribute("aria-valuetext", f"a little nearer to: “{pair.right}”")
    expect(note).to_have_value("a long day")
    tab_to(page, page.get_by_role("button", name="Take this mark away").first)
    page.keyboard.press("Enter")
    expect(slider).to_have_attribute("aria-valuetext", "not marked yet")
    expect(slider).to_be_focused()


def test_check_replies_to_whatever_is_picked(show: Callable[..., Page]) -> None:
    asked = every(Check)[first[Check]]
    page = show(f'check("{asked.id}")')
    begin_above(page)
    tab_to(page, page.get_by_role("radio").first)
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name=asked.options[1].text)).to_be_checked()
    page.keyboard.press("Enter")
    expect(page.locator(".pdk-reply")).to_contain_text(asked.options[1].reply)
    tab_to(page, page.get_by_text("Look at the other answers"))
    page.keyboard.press("Enter")
    for option in (asked.options[0], asked.options[2]):
        expect(page.get_by_text(option.reply)).to_be_visible()


def test_moves_light_up_one_at_a_time_in_both_tellings(show: Callable[..., Page]) -> None:
    told = every(BeforeAndAfter)[first[BeforeAndAfter]]
    page = show(f'before_and_after("{told.id}")')
    marks = page.locator("mark")
    expect(marks).to_have_count(0)
    begin_above(page)
    tab_to(page, page.get_by_role("button", name="Next move"))
    for move in told.moves:
        page.keyboard.press("Enter")
        expect(page.locator(".pdk-lit")).to_contain_text(move.why)
        expect(marks).to_have_text([each for each in (move.before, move.after) if each])
    tab_to(page, page.get_by_role("button", name=told.moves[-1].name, exact=True))
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("button", name=told.moves[-2].name, exact=True)).to_be_focused()
    expect(page.locator(".pdk-lit")).to_contain_text(told.moves[-2].why)


def test_what_is_ticked_and_noted_makes_the_agenda(
    show: Callable[..., Page], context: BrowserContext, journal: Journal
) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    listed = every(Checklist)[first[Checklist]]
    offered = next(iter(every(Recommendations).values()))
    page = show(f'checklist("{listed.id}")', f'recommendations("{offered.id}")', "agenda()")
    question = listed.questions[0]
    tick = page.get_by_role("checkbox", name=question.text)
    expect(tick).to_be_enabled()
    page.locator(".pdk-agenda").scroll_into_view_if_needed()
    expect(page.get_by_text("Nothing here yet")).to_be_visible()
    begin_above(page)
    tab_to(page, tick)
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # opens the note
    page.keyboard.press("Tab")
    page.keyboard.type("ask about Friday")
    tab_to(page, page.get_by_role("checkbox", name=offered.items[0].text))
    page.keyboard.press("Space")
    until(page, lambda: "ask about Friday" in kept(journal, f"checklist:{listed.id}"))
    until(page, lambda: kept(journal, f"recommendations:{offered.id}") != "")
    tab_to(page, page.get_by_role("button", name="Refresh", exact=True))
    page.keyboard.press("Enter")
    agenda = page.locator(".pdk-agenda-list")
    expect(agenda).to_contain_text("ask about Friday")
    expect(agenda).to_contain_text(offered.items[0].text)
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Copied.")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert f"- {question.text}\n  My note: ask about Friday" in copied


def test_progress_knows_what_was_opened_and_leads_on(
    show: Callable[..., Page], lab: Lab, journal: Journal
) -> None:
    one, here, *_ = lessons()
    journal.mark(f"lesson:{one.id}")
    write_notebook(lab.folder / f"{one.id}.ipynb", "celebration()")
    page = show(f'progress("{here.id}")')
    stops = page.get_by_role("navigation", name="Lessons").get_by_role("listitem")
    expect(stops).to_have_count(len(lessons()))
    expect(stops.first).to_contain_text("opened before")
    expect(page.locator(".pdk [aria-current=page]")).to_have_text(here.title)
    until(page, lambda: f"lesson:{here.id}" in journal.marks())
    begin_above(page)
    link = page.get_by_role("link", name=one.title)
    tab_to(page, link)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/lab/tree/{one.id}.ipynb")
    page.locator(".jp-mod-current", has_text=one.id).first.wait_for()


@pytest.mark.parametrize("kind", [Idea, Figure])
def test_things_to_read_say_all_they_hold(show: Callable[..., Page], kind: type) -> None:
    call = kind.__name__.lower()
    items = every(kind).values()
    page = show(*(f'{call}("{item.id}")' for item in items))
    cards = page.locator(f".pdk-{call}")
    expect(cards).to_have_count(len(items))
    for n, item in enumerate(items):
        expect(cards.nth(n)).to_contain_text(item.title)
        if kind is Figure:
            expect(cards.nth(n).get_by_role("img", name=item.alt)).to_be_visible()
            cards.nth(n).locator("summary").press("Enter")
            for line in item.words:
                expect(cards.nth(n).get_by_text(line)).to_be_visible()


def test_celebration_names_its_bears(show: Callable[..., Page]) -> None:
    page = show("celebration()")
    expect(page.get_by_role("img", name="Polar bears")).to_be_visible()
    expect(page.get_by_text("You need not be the only one")).to_be_visible()
