"""The two pages that show a learner's words: nothing in them is alive, and all can read them."""

import json
import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route, expect

from .conftest import ASSIGNMENT, CASE, TELLING, Course
from .formgrader import formgrader

pytestmark = [pytest.mark.slow, pytest.mark.browser]

HARM = """\
<script>window.harm = 1</script>
<img src=x onerror="window.harm = 1">
</pre></textarea></section><svg onload="window.harm = 1">
<iframe srcdoc="<script>parent.harm = 1</script>"></iframe>
[a link](javascript:window.harm=1) <a href="javascript:window.harm=1">another</a>
<style>* { display: none }</style> <form action="//example.org"><button>x</button></form>
$\\href{javascript:window.harm=1}{x}$ {{ 7 * 6 }} {% raw %} &lt;b&gt; \u202e\x00 `x` ![y](z "t")

A last line, after an empty one."""
SHOWN = HARM.replace("\x00", "�")


def watch(page: Page) -> list[str]:
    """What must not happen on a page, as it happens."""
    seen: list[str] = []
    page.on("dialog", lambda each: seen.append(f"dialog: {each.message}"))
    page.on("pageerror", lambda each: seen.append(f"error: {each}"))
    page.on("console", lambda each: seen.append(each.text) if each.type == "error" else None)
    page.on("popup", lambda each: seen.append(f"popup: {each.url}"))
    page.on(
        "request",
        lambda each: (
            seen.append(f"request: {each.url}")
            if not re.match(r"http://127\.0\.0\.1:|file:", each.url)
            else None
        ),
    )
    return seen


def press(page: Page, path: str) -> dict[str, object]:
    """What one of Formgrader's buttons does."""
    told: dict[str, object] = page.evaluate("path => ask(path, 'POST')", path)
    return told


def test_formgrader_shows_harm_as_words_and_lets_a_person_confirm(
    course: Course, page: Page
) -> None:
    answers = course.submitted("ana") / "answers"
    answers.mkdir()
    (answers / f"{CASE}.md").write_text(HARM, encoding="utf-8")
    reason = [{"label": "advising", "words": HARM, "because": "<b>he asked</b>"}]
    (answers / f"{CASE}.json").write_text(json.dumps(reason), encoding="utf-8")
    course.nbgrader("autograde", ASSIGNMENT)
    assert "<script>window.harm" in HARM
    with formgrader(course.folder, course.environment) as url:
        seen = watch(page)
        page.goto(f"{url}/gradebook/{ASSIGNMENT}/{ASSIGNMENT}")
        page.get_by_role("link", name="Submission #1").click()
        expect(page.locator("pre.words").first).to_have_text(SHOWN, use_inner_text=False)
        expect(page.get_by_text("because: <b>he asked</b>")).to_be_visible()
        comment = page.get_by_label("Your words to them")
        expect(comment).not_to_have_value("")
        with page.expect_response(re.compile("/api/comment/")):
            comment.fill(HARM)
            comment.blur()
        refused = press(page, f"assignment/{ASSIGNMENT}/ana/generate_feedback")
        assert refused["success"] is False
        assert "waits for a person" in str(refused["log"])
        page.reload()
        expect(comment).to_have_value(HARM)
        with page.expect_response(re.compile("/api/grade/")) as confirmed:
            page.get_by_role("button", name="Confirm and go on").click()
        assert confirmed.value.json()["needs_manual_grade"] is False
        expect(page.get_by_text("Confirmed. It can go back.")).to_be_visible()
        expect(page.get_by_role("status")).to_contain_text("All are confirmed.")
        assert page.evaluate("window.harm") is None
        assert page.locator("main img, main svg, main iframe, main form").count() == 0
        links = page.locator("main a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
        assert all(re.fullmatch(r"#answer-1-(?:note|at)-\d+", each) for each in links)
        assert [v["id"] for v in Axe().run(page, options=WCAG).response["violations"]] == []
        confirmed_row = course.row("ana")
        assert press(page, f"submission/{ASSIGNMENT}/ana/autograde")["success"] is True
        assert press(page, f"assignment/{ASSIGNMENT}/ana/generate_feedback")["success"] is True
        assert seen == []
    assert course.row("ana") == confirmed_row
    assert confirmed_row["waits"] is False

    seen = watch(page)
    page.goto(course.feedback("ana").as_uri())
    expect(page.locator("pre.words").first).to_contain_text("<script>window.harm = 1</script>")
    expect(page.locator(".told pre.words")).to_have_text(SHOWN, use_inner_text=False)
    assert page.evaluate("window.harm") is None
    assert page.locator("script, img, svg, iframe, form, button").count() == 0
    assert seen == []


WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.fixture(scope="module")
def feedback(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A feedback page from the template alone: an answer with words, and one with none."""
    from nbconvert.exporters import HTMLExporter
    from nbformat import from_dict

    from peer_drift_kit.course.marks import marked, only_named
    from peer_drift_kit.course.settings import TEMPLATES
    from peer_drift_kit.review import review

    def cell(name: str, text: str, score: float, comment: str) -> dict[str, object]:
        told = {"grade": True, "solution": True, "grade_id": name}
        told |= {"score": score, "points": 1.0, "comment": comment}
        kept = {"text": text, "title": name.title(), "trouble": "", "draft": "A first try."}
        kept |= {"given": "As it was.", "circle": [{"words": "I notice the tea.", "by": ""}]}
        kept |= only_named(marked(text, review(text) if text else None), comment)
        metadata = {"nbgrader": told, "peer_drift_kit": kept}
        return {"cell_type": "markdown", "metadata": metadata, "source": "never shown"}

    exporter = HTMLExporter(template_name="feedback", extra_template_basedirs=[str(TEMPLATES)])
    cells = [
        cell(
            "window",
            TELLING,
            1.0,
            "Already here: the tea (the person's own words).\n\nI wonder what you felt.",
        ),
        cell("door", "", 0.0, ""),
        {"cell_type": "markdown", "metadata": {}, "source": "never shown"},
    ]
    notebook = from_dict({"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": cells})
    html, _ = exporter.from_notebook_node(notebook, {"nbgrader": {"notebook": ASSIGNMENT}})
    path = tmp_path_factory.mktemp("feedback") / "page.html"
    path.write_text(html, encoding="utf-8")
    return path


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
def test_a_feedback_page_can_be_read_by_anybody(
    feedback: Path, page: Page, scheme: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    seen = watch(page)
    page.goto(feedback.as_uri())
    assert [v["id"] for v in Axe().run(page, options=WCAG).response["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert "never shown" not in page.content()
    expect(page.get_by_text("Your reader left no words this time.")).to_be_visible()
    expect(page.get_by_text("Not complete yet: 0 of 1. You can hand in again.")).to_be_visible()
    expect(page.get_by_text("I notice the tea.").first).to_be_visible()
    expect(page.get_by_role("heading", name="Your first draft").first).to_be_visible()
    assert seen == []


def test_notes_in_the_margin_are_reached_from_the_words_by_keyboard(
    feedback: Path, page: Page
) -> None:
    page.goto(feedback.as_uri())
    page.keyboard.press("Tab")
    link = page.locator(":focus")
    expect(link).to_have_accessible_name("to note 1")
    page.keyboard.press("Enter")
    note = page.locator("#answer-1-note-1")
    expect(note).to_be_in_viewport()
    note.get_by_role("link", name="back to the words of note 1").press("Enter")
    expect(page.locator("#answer-1-at-1")).to_be_in_viewport()


def submission(url: str, name: str, page: Page) -> str:
    """The address of a learner's page in Formgrader."""
    told = page.request.get(f"{url}/api/submitted_notebooks/{ASSIGNMENT}/{ASSIGNMENT}").json()
    return f"{url}/submissions/{next(each['id'] for each in told if each['student'] == name)}/"


def test_one_key_confirms_and_goes_on_to_whoever_waits(course: Course, page: Page) -> None:
    for name in ("ana", "ben", "cem"):
        answers = course.submitted(name) / "answers"
        answers.mkdir()
        (answers / f"{CASE}.md").write_text(f"{TELLING} {name} was there.", encoding="utf-8")
    course.nbgrader("autograde", ASSIGNMENT)
    with formgrader(course.folder, course.environment) as url:
        page.goto(submission(url, "ana", page))
        comment = page.get_by_label("Your words to them")
        expect(comment).to_be_focused()
        page.keyboard.press("Control+End")
        page.keyboard.type(" Warmly.")
        read = []
        for _ in range(3):
            before = page.url
            read.append(page.locator("main > p").first.inner_text().split()[3])
            page.keyboard.press("Control+Enter")
            if len(read) < 3:
                page.wait_for_url(lambda now, before=before: now != before)
                expect(comment).to_be_focused()
        expect(page.get_by_role("status")).to_contain_text("All are confirmed.")
        assert sorted(read) == ["ana", "ben", "cem"]
        assert [course.row(name)["waits"] for name in read] == [False] * 3
        assert str(course.row("ana")["comment"]).endswith(" Warmly.")

        # Ana hands in other words. A command reads them while the page is open.
        answer = course.folder / "submitted" / "ana" / ASSIGNMENT / "answers" / f"{CASE}.md"
        answer.write_text(f"{TELLING} And we laughed.", encoding="utf-8")
        page.goto(submission(url, "ana", page))
        expect(page.get_by_text("Confirmed. It can go back.")).to_be_visible()
        course.nbgrader("autograde", ASSIGNMENT, "--force")
        page.reload()
        expect(page.get_by_text("Handed in again since it was confirmed.")).to_be_visible()
        expect(page.get_by_text("Waits for you.")).to_be_visible()
        expect(page.locator(".told pre.words")).to_contain_text("And we laughed.")
        # A habit of the hand does not send the earlier words.
        page.keyboard.press("Control+Enter")
        expect(page.get_by_role("status")).to_contain_text("These are your earlier words")
        assert course.row("ana")["waits"] is True
        page.get_by_role("button", name="Put it in place").click()
        expect(comment).not_to_have_value(re.compile("Warmly"))
        page.keyboard.press("Control+Enter")
        expect(page.get_by_role("status")).to_contain_text("All are confirmed.")
        page.reload()
        expect(page.get_by_text("Confirmed. It can go back.")).to_be_visible()
        expect(page.get_by_text("Handed in again since it was confirmed.")).to_be_hidden()


def test_a_reader_can_agree_and_take_it_back(course: Course, page: Page) -> None:
    answers = course.submitted("ana") / "answers"
    answers.mkdir()
    (answers / f"{CASE}.md").write_text(TELLING, encoding="utf-8")
    reason = [{"label": "advising", "words": "as he asked", "because": "he did ask"}]
    (answers / f"{CASE}.json").write_text(json.dumps(reason), encoding="utf-8")
    course.nbgrader("autograde", ASSIGNMENT)
    line = "I agree with you about “as he asked” (advising and fixing)."
    with formgrader(course.folder, course.environment) as url:
        page.goto(submission(url, "ana", page))
        agree = page.get_by_role("button", name="I agree")
        comment = page.get_by_label("Your words to them")
        expect(agree).to_have_attribute("aria-pressed", "false")
        expect(comment).not_to_have_value("")
        before = comment.input_value()
        agree.click()
        expect(comment).to_have_value(f"{before}\n\n{line}")
        expect(page.get_by_role("status")).to_have_text("Your words are saved.")
        # What is taken back reaches a slow server only after all that comes next in the page.
        slow: list[Route] = []
        page.route("**/api/comment/*", lambda route: slow.append(route), times=1)
        with page.expect_request("**/api/comment/*"):
            agree.click()
        expect(comment).to_have_value(before)
        agree.click()
        expect(agree).to_have_attribute("aria-pressed", "true")
        page.keyboard.press("Control+Enter")
        with page.expect_response("**/api/comment/*"):
            slow[0].continue_()
        expect(page.get_by_role("status")).to_contain_text("All are confirmed.")
    course.nbgrader("generate_feedback", ASSIGNMENT)
    page.goto(course.feedback("ana").as_uri())
    expect(page.get_by_text("Your reader agrees.")).to_be_visible()


def test_a_rubric_is_chosen_in_the_page_and_told_in_the_comment(course: Course, page: Page) -> None:
    settings = course.folder / "nbgrader_config.py"
    settings.write_text(settings.read_text() + "\nc.PrefillSuggestion.points = 'rubric'\n")
    answers = course.submitted("ana") / "answers"
    answers.mkdir()
    (answers / f"{CASE}.md").write_text(TELLING, encoding="utf-8")
    course.nbgrader("autograde", ASSIGNMENT)
    with formgrader(course.folder, course.environment) as url:
        page.goto(submission(url, "ana", page))
        rows = page.locator(".rubric fieldset")
        expect(rows).to_have_count(4)
        expect(page.locator(".rubric input:checked")).to_have_count(4)
        for number in range(4):
            rows.nth(number).get_by_label("partly in this text").check()
        comment = page.get_by_label("Your words to them")
        expect(comment).to_have_value(re.compile(r"True to what happened: partly in this text$"))
        expect(page.get_by_label("Points (of 1)")).to_have_value("0.5")
        assert [v["id"] for v in Axe().run(page, options=WCAG).response["violations"]] == []
        page.keyboard.press("Control+Enter")
        expect(page.get_by_role("status")).to_contain_text("All are confirmed.")
    assert course.row("ana")["score"] == 0.5


def test_what_could_not_be_saved_stays_in_the_box_and_is_told(course: Course, page: Page) -> None:
    course.submitted("ana")
    course.nbgrader("autograde", ASSIGNMENT)
    with formgrader(course.folder, course.environment) as url:
        page.goto(submission(url, "ana", page))
        comment = page.get_by_label("Your words to them")
        expect(comment).not_to_have_value("")
        page.get_by_label("Points for trying").fill("7")
        page.keyboard.press("Control+Enter")
        expect(page.get_by_role("status")).to_have_text("Points go from 0 to 1.")
        page.get_by_label("Points for trying").fill("1")
        comment.fill("My words.")
    page.keyboard.press("Control+Enter")  # the server is gone
    expect(page.get_by_role("status")).to_contain_text("Your words are still in the box.")
    expect(comment).to_have_value("My words.")


def test_a_feedback_page_prints_its_words_dark_on_white(feedback: Path, page: Page) -> None:
    page.emulate_media(media="print", color_scheme="dark")
    page.goto(feedback.as_uri())
    style = "getComputedStyle(document.querySelector('.words'))"
    assert page.evaluate(f"{style}.color") == "rgb(0, 0, 0)"
    assert page.evaluate(f"{style}.backgroundColor") == "rgb(255, 255, 255)"


def test_a_feedback_page_has_nothing_from_elsewhere(feedback: Path) -> None:
    html = feedback.read_text(encoding="utf-8")
    assert "content=\"default-src 'none'; style-src 'unsafe-inline'\"" in html
    assert '<html lang="en">' in html
    assert not re.search(r"<script|<link|<img|https?:|url\(|@import", html)
