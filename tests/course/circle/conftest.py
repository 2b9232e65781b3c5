"""A course folder with exercises that were given out, and learners who hand in."""

import io
import json
import shutil
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from nbgrader.api import Gradebook
from typer.testing import CliRunner

from peer_drift_kit.answers import Answer
from peer_drift_kit.cli.course import app
from peer_drift_kit.course.circle.record import Reading, Record, load
from peer_drift_kit.course.folder import CourseFolder, open_course
from peer_drift_kit.curriculum import Case, find

ROOT = Path(__file__).parents[3]
ONE, TWO = "02-rewrite-the-note", "03-what-would-you-say"
CASES = {ONE: ["kitchen-window"], TWO: ["slow-fingers", "nine-cups"]}
CONFIG = """\
from peer_drift_kit.course import configure
c = get_config()
configure(c, course_id="course")
"""


def telling(case: str, mark: str) -> str:
    """A real try, told apart from others by its mark."""
    return f"{find(Case, case).samples[0].text.strip()} {mark}."


@dataclass(frozen=True)
class Circles:
    """A course folder and what a trainer types in it."""

    folder: Path

    def open(self) -> CourseFolder:
        return open_course(self.folder)

    def submitted(self, student: str, assignment: str = ONE) -> Path:
        folder = self.folder / "submitted" / student / assignment
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def hand_in(self, student: str, assignment: str = ONE, mark: str = "") -> None:
        """A real try of every case."""
        for case in CASES[assignment]:
            words = telling(case, mark or f"mark{student}")
            Answer(case, self.submitted(student, assignment)).write(words)

    def answer(self, reading: Reading, text: str, assignment: str = ONE) -> None:
        folder = self.submitted(reading.reader, f"circle-{assignment}")
        Answer(reading.code, folder).write(text)

    def run(self, *told: str, fails: bool = False) -> str:
        """Run ``peer-drift course circle`` here; gives all that it says."""
        command, assignment, *rest = told
        line = ["circle", command, assignment, "--course", str(self.folder), *rest]
        done = CliRunner().invoke(app, line)
        assert not done.exception or isinstance(done.exception, SystemExit), done.exception
        assert (done.exit_code != 0) is fails, done.output
        return done.output

    def record(self, assignment: str = ONE) -> Record:
        found = load(self.folder, assignment)
        assert found
        return found

    def packet(self, student: str, assignment: str = ONE) -> dict[str, Any]:
        """The notebook in a packet."""
        path = self.folder / "circle" / assignment / "packets" / f"{student}.zip"
        name = f"circle-{assignment}"
        with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as file:
            assert file.namelist() == [f"{name}/{name}.ipynb"]
            read: dict[str, Any] = json.loads(file.read(f"{name}/{name}.ipynb"))
        return read


@pytest.fixture(scope="session")
def empty_gradebook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made once, as nbgrader takes seconds for it."""
    path = tmp_path_factory.mktemp("gradebook") / "gradebook.db"
    Gradebook(f"sqlite:///{path}", "course").close()
    return path


@pytest.fixture
def circles(tmp_path: Path, empty_gradebook: Path) -> Circles:
    folder = tmp_path / "course"
    folder.mkdir()
    shutil.copy(empty_gradebook, folder)
    (folder / "nbgrader_config.py").write_text(CONFIG)
    for each in (ONE, TWO):
        shutil.copytree(
            ROOT / "exercises" / each,
            folder / "exercises" / each,
            ignore=shutil.ignore_patterns("answers", ".*"),
        )
    return Circles(folder)
