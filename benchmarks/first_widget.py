"""From opening lesson 1 to its first live widget, beside a bare notebook with one Textarea.

    python benchmarks/first_widget.py [runs]

Both are opened in the same JupyterLab and the same Chromium, in turn. The bare notebook is run from
outside as soon as its kernel is ready, which is the best anyone could do by hand. "Live" means that
a word typed into the widget has reached the kernel and an answer has come back. The claim: the
lesson takes at most 1.3 times as long.
"""

import json
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from lab import CHROMIUM_FLAGS, find_chromium, run_all, start_lab  # noqa: E402 (needs the path above)

LESSON, BARE = "01-what-it-is.ipynb", "bare.ipynb"
BARE_CELL = """
import ipywidgets
box, echo = ipywidgets.Textarea(), ipywidgets.Label()
ipywidgets.dlink((box, "value"), (echo, "value"))
ipywidgets.VBox([box, echo])
"""


def lesson(page: Page, address: str) -> float:
    start = time.perf_counter()
    page.goto(f"{address}/{LESSON}")
    box = page.get_by_role("textbox", name="what do the words").first
    box.wait_for()
    box.fill("a word")
    page.get_by_text("Kept at").first.wait_for()
    return time.perf_counter() - start


def bare(page: Page, address: str) -> float:
    start = time.perf_counter()
    page.goto(f"{address}/{BARE}")
    run_all(page)
    page.locator(".widget-textarea textarea").fill("a word")
    page.locator(".widget-label", has_text="a word").wait_for()
    return time.perf_counter() - start


def main(runs: int) -> None:
    figures: dict[str, list[float]] = {"lesson": [], "bare": []}
    with tempfile.TemporaryDirectory() as base:
        lab, process = start_lab(Path(base))
        try:
            notebook = json.loads((ROOT / "modules" / LESSON).read_text(encoding="utf-8"))
            shutil.copy(ROOT / "modules" / LESSON, lab.folder)
            notebook["metadata"].pop("peer_drift_kit")
            notebook["cells"] = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"][
                :1
            ]
            notebook["cells"][0]["source"] = BARE_CELL
            (lab.folder / BARE).write_text(json.dumps(notebook), encoding="utf-8")
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(
                    executable_path=find_chromium(), args=CHROMIUM_FLAGS
                )
                for run in range(runs + 1):
                    for name, open_one in (("lesson", lesson), ("bare", bare)):
                        context = browser.new_context()
                        context.set_default_timeout(60_000)
                        # A workspace each, or JupyterLab brings back the tabs of the last one.
                        address = f"{lab.url}lab/workspaces/{name}{run}/tree"
                        seconds = open_one(context.new_page(), address)
                        context.close()
                        if run:  # the first of each fills caches
                            figures[name].append(seconds)
                            print(f"{seconds:6.2f} s  {name}")
                browser.close()
        finally:
            process.terminate()
            process.wait()
    median = {name: statistics.median(found) for name, found in figures.items()}
    ratio = median["lesson"] / median["bare"]
    print(f"median of {runs}: lesson {median['lesson']:.2f} s, bare {median['bare']:.2f} s")
    print(f"ratio {ratio:.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
