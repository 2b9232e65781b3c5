"""Pages of a running JupyterLab: making notebooks, opening them, and going about by keyboard."""

import json
import time
from collections.abc import Callable
from pathlib import Path

from lab import SLOW, Lab, run_all
from playwright.sync_api import Locator, Page

#: Ends the kernel of the notebook in front, as a full memory would.
KILL = """
void window.jupyterapp.shell.currentWidget.sessionContext.session.kernel
  .requestExecute({ code: "import os; os.kill(os.getpid(), 9)" })
"""


def write_notebook(path: Path, *calls: str) -> None:
    """A notebook with one call of the kit in each cell."""
    cells = [
        {
            "cell_type": "code",
            "id": f"cell-{n}",
            "metadata": {},
            "outputs": [],
            "execution_count": None,
            "source": call if n else f"from peer_drift_kit import *\n{call}",
        }
        for n, call in enumerate(calls)
    ]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        json.dumps(
            {
                "cells": cells,
                "metadata": {"kernelspec": kernel},
                "nbformat": 4,
                "nbformat_minor": 5,
            }
        ),
        encoding="utf-8",
    )


def open_notebook(page: Page, lab: Lab, name: str) -> Page:
    page.goto(f"{lab.tree(name)}?reset")
    page.locator(".jp-Notebook .jp-Cell").first.wait_for()
    run_all(page)
    page.locator(".pdk").last.wait_for()
    return page


def until(page: Page, true: Callable[[], bool]) -> None:
    """Wait until something is so outside of the page, which goes on working meanwhile."""
    deadline = time.monotonic() + SLOW / 1000
    while not true():
        assert time.monotonic() < deadline
        page.evaluate("new Promise(done => setTimeout(done, 50))")


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until the target has the focus."""
    for _ in range(60):
        if target.evaluate("node => node === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError("Tab does not lead there")


def begin_above(page: Page) -> None:
    """Put the focus on the notebook's first cell, as a person who comes from above has it."""
    page.locator(".jp-Cell").first.evaluate("cell => cell.focus()")
