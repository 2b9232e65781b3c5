from pathlib import Path

import pytest
from course.conftest import course, generated, new_course  # noqa: F401  (fixtures)

from .cohort import Cohort, take_through


@pytest.fixture(scope="session")
def cohort(tmp_path_factory: pytest.TempPathFactory, generated: Path) -> Cohort:  # noqa: F811
    """Every submission, taken through every command. Nothing here changes it any more."""
    return take_through(tmp_path_factory.mktemp("hostile"), generated)
