"""Each page that shows a hostile learner's words, in a real browser: nothing in them is alive."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from course.conftest import ASSIGNMENT
from course.formgrader import formgrader
from course.test_pages import watch
from lab import SLOW
from playwright.sync_api import Browser, Page, expect

from .cohort import ALL, HONEST, Cohort, learner
from .of_words import PEOPLE
from .of_zips import ZIPS

pytestmark = [pytest.mark.slow, pytest.mark.browser]

#: What no learner's words may become.
ALIVE = "script, img, svg, iframe, form, object, embed, base, link, meta[http-equiv=refresh]"

READ = [*HONEST, *(name for name, each in ALL.items() if each.read is not None)]


@dataclass
class Rooms:
    """Formgrader on the kit's course: its address, and where each learner's page is."""

    url: str
    submissions: dict[str, str]
    #: Many submissions come to the same words. Each page is looked at once.
    looked_at: dict[object, str] = field(default_factory=dict)


@pytest.fixture(scope="module")
def page(chromium: Browser) -> Iterator[Page]:
    """One tab for all: what one page leaves behind would show on the next."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(SLOW)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def ever_seen(page: Page) -> list[str]:
    return watch(page)


@pytest.fixture
def seen(ever_seen: list[str]) -> list[str]:
    """What must not happen on a page, as it happens."""
    ever_seen.clear()
    return ever_seen


@pytest.fixture(scope="module")
def rooms(cohort: Cohort, page: Page) -> Iterator[Rooms]:
    with formgrader(cohort.ours.folder, cohort.ours.environment) as url:
        asked = f"{url}/api/submitted_notebooks/{ASSIGNMENT}/{ASSIGNMENT}"
        told = page.request.get(asked).json()
        yield Rooms(url, {each["student"]: f"{url}/submissions/{each['id']}/" for each in told})


@pytest.mark.parametrize("name", READ)
def test_formgrader_shows_the_words_and_nothing_of_them_lives(
    name: str, cohort: Cohort, rooms: Rooms, page: Page, seen: list[str]
) -> None:
    if name in cohort.skipped:
        pytest.skip(cohort.skipped[name])
    shown = (cohort.kept["course"][learner(name)], PEOPLE.get(name))
    if rooms.looked_at.setdefault(json.dumps(shown), name) != name:
        return
    page.goto(rooms.submissions[learner(name)])
    # Only when its own script has run, the box is filled.
    expect(page.get_by_label("Your words to them")).not_to_have_value("")
    assert _words(page) == cohort.kept["course"][learner(name)]["text"]
    assert page.evaluate("window.harm") is None
    assert page.locator("main").locator(ALIVE).count() == 0
    assert seen == []


@pytest.fixture(scope="module")
def looked_at() -> dict[bytes, Path]:
    """Each feedback page that was looked at, by what is in it."""
    return {}


@pytest.mark.parametrize("name", [*READ, *(f"zip-{name}" for name in ZIPS)])
def test_a_feedback_page_shows_the_words_and_nothing_of_them_lives(
    name: str, cohort: Cohort, looked_at: dict[bytes, Path], page: Page, seen: list[str]
) -> None:
    if name in cohort.skipped:
        pytest.skip(cohort.skipped[name])
    course = "zipped" if name.startswith("zip-") else "course"
    kept = cohort.kept[course].get(learner(name))
    there = [each.feedback(learner(name)) for each in (cohort.ours, cohort.stock, cohort.zipped)]
    pages = [each for each in there if each.exists()]
    assert bool(pages) is (kept is not None)
    for each in pages:
        if looked_at.setdefault(each.read_bytes(), each) != each:
            continue
        page.goto(each.as_uri())
        if kept and kept["text"].strip():
            assert _words(page) == kept["text"]
        assert page.evaluate("window.harm") is None
        assert page.locator(ALIVE).count() == 0
        assert page.locator("main").is_visible()
        assert seen == []


def _words(page: Page) -> str:
    """What they wrote, without the numbers of the notes, which the style draws."""
    told: str = page.locator(".told pre.words").evaluate("each => each.textContent")
    return told


#: The lists that tell the names of learners.
NAMED = (
    f"manage_submissions/{ASSIGNMENT}",
    f"gradebook/{ASSIGNMENT}/{ASSIGNMENT}",
    "manage_students",
)


@pytest.mark.parametrize(
    "place",
    [
        "manage_assignments",
        "gradebook",
        f"gradebook/{ASSIGNMENT}",
        *NAMED,
        "manage_students/html-and-script",
        f"manage_students/html-and-script/{ASSIGNMENT}",
    ],
)
def test_nbgraders_own_lists_show_every_name_as_words(
    place: str, rooms: Rooms, page: Page, seen: list[str]
) -> None:
    page.goto(f"{rooms.url}/{place}")
    expect(page.get_by_text("Loading, please wait")).to_be_hidden()
    for button in page.get_by_role("button", name="Show All Names").all():
        button.click()
    for heading in page.locator("thead th").all():
        heading.click()  # the table is sorted, and its rows are put in anew
    assert page.evaluate("window.harm") is None
    assert page.locator("#main-table").locator(ALIVE).count() == 0
    if place in NAMED:
        expect(page.locator("#main-table")).to_contain_text("<script>window.harm = 1</script>")
    assert page.locator("#main-table tr").count() > 0
    assert seen == []
