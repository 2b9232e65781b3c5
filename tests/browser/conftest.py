"""A real JupyterLab for the tests in this folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from lab import Lab, start_lab


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
