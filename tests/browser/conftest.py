"""A real JupyterLab and a real Chromium for the tests in this folder."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from lab import CHROMIUM_FLAGS, Lab, find_chromium, start_lab
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    running, process = start_lab(tmp_path_factory.mktemp("lab"))
    yield running
    process.terminate()
    process.wait(30)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    found = find_chromium()
    if not found:
        what = "Chromium is not installed; on Debian: apt-get install chromium"
        # .ci/run installs it, so there a missing browser is a failure.
        (pytest.fail if os.environ.get("PEER_DRIFT_CI") else pytest.skip)(what)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    made = chromium.new_context(viewport={"width": 1280, "height": 900})
    made.set_default_timeout(60_000)
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()
