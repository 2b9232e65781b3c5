"""What all tests share: a real Chromium, which is never downloaded."""

import os
from collections.abc import Iterator

import pytest
from lab import CHROMIUM_FLAGS, SLOW, find_chromium
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright

expect.set_options(timeout=SLOW)


@pytest.fixture(scope="session")
def chromium_path() -> str:
    found = find_chromium()
    if not found:
        what = "Chromium is not installed; on Debian: apt-get install chromium"
        # .ci/run installs it, so there a missing browser is a failure.
        (pytest.fail if os.environ.get("PEER_DRIFT_CI") else pytest.skip)(what)
    return found


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """One for the whole run: a second one in the same thread would refuse to start."""
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def chromium(playwright: Playwright, chromium_path: str) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=chromium_path, args=CHROMIUM_FLAGS)
    yield browser
    browser.close()


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    made = chromium.new_context(viewport={"width": 1280, "height": 900})
    made.set_default_timeout(SLOW)
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()
