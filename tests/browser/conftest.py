"""A real JupyterLab for the tests in this folder."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from lab import Lab, start_lab
from pages import open_notebook, write_notebook
from playwright.sync_api import Page

from peer_drift_kit.journal import Journal


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


@pytest.fixture
def show(lab: Lab, page: Page, request: pytest.FixtureRequest) -> Callable[..., Page]:
    """Opens a new notebook with these calls and runs it."""

    def shown(*calls: str) -> Page:
        name = f"{request.node.name}.ipynb".replace("[", "-").replace("]", "")
        write_notebook(lab.folder / name, *calls)
        return open_notebook(page, lab, name)

    return shown


@pytest.fixture
def journal(lab: Lab) -> Iterator[Journal]:
    """The journal that the kernels use, empty at the start of each test."""
    opened = Journal.open(lab.journal)
    opened.forget_all()
    yield opened
    opened.forget_all()


@pytest.fixture
def answers(lab: Lab) -> Iterator[Path]:
    """The folder of answers, empty before and after."""
    folder = lab.folder / "answers"
    shutil.rmtree(folder, ignore_errors=True)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)
