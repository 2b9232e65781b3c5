"""A course folder, an exchange and learners, each in a temporary folder, with the real nbgrader."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from nbgrader.api import Gradebook

ROOT = Path(__file__).parents[2]
ASSIGNMENT = "02-rewrite-the-note"
CASE = "kitchen-window"
TELLING = (
    "Dele and I sat by his kitchen window with the light off, as he asked. He made toast"
    " with his own marmalade. “Where I can see the street, I can breathe,” he said."
)


@dataclass
class Learner:
    """Somebody with a folder of their own, who knows the stock commands and no kit settings."""

    name: str
    folder: Path
    environment: dict[str, str]

    @property
    def exercise(self) -> Path:
        return self.folder / ASSIGNMENT

    def nbgrader(self, command: str) -> str:
        told = (command, ASSIGNMENT, "--student", self.name)
        return nbgrader(self.folder, self.environment, *told).stderr


@dataclass
class Course:
    """A trainer's course folder."""

    folder: Path
    exchange: Path
    environment: dict[str, str]
    log: list[str] = field(default_factory=list)

    def nbgrader(self, *told: str, fails: bool = False) -> str:
        return nbgrader(self.folder, self.environment, *told, fails=fails).stderr

    def peer_drift(self, *told: str, fails: bool = False) -> str:
        """What a course command says, whichever way."""
        code = "from peer_drift_kit.cli import main; main()"
        done = subprocess.run(
            [sys.executable, "-c", code, "course", *told],
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=600,
        )
        said = done.stdout + done.stderr
        assert (done.returncode != 0) is fails, said
        assert "Traceback" not in said
        return said

    def learner(self, name: str) -> Learner:
        folder = self.folder.parent / "learners" / name
        folder.mkdir(parents=True)
        (folder / "nbgrader_config.py").write_text(settings_for(self.exchange, folder / "cache"))
        return Learner(name, folder, self.environment)

    def submitted(self, name: str) -> Path:
        """The folder of a submission, made here as collect would, for tests that start after it."""
        folder = self.folder / "submitted" / name / ASSIGNMENT
        folder.mkdir(parents=True)
        released = self.folder / "exercises" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
        shutil.copy(released, folder)
        return folder

    def autograded(self, name: str) -> dict[str, Any]:
        path = self.folder / "autograded" / name / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
        read: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return read

    def feedback(self, name: str) -> Path:
        return self.folder / "feedback" / name / ASSIGNMENT / f"{ASSIGNMENT}.html"

    def row(self, name: str) -> dict[str, Any]:
        """What the gradebook holds about one learner's answer."""
        with closing(self.gradebook()) as gradebook:
            where = (CASE, ASSIGNMENT, ASSIGNMENT, name)
            grade = gradebook.find_grade(*where)
            comment = gradebook.find_comment(*where)
            return {
                "score": grade.manual_score,
                "auto": grade.auto_score,
                "most": grade.max_score,
                "waits": grade.needs_manual_grade,
                "comment": comment.manual_comment,
            }

    def confirm(self, name: str, score: float, comment: str) -> None:
        """What Formgrader's page does when a person confirms, without the browser."""
        with closing(self.gradebook()) as gradebook:
            where = (CASE, ASSIGNMENT, ASSIGNMENT, name)
            grade = gradebook.find_grade(*where)
            grade.manual_score, grade.needs_manual_grade = score, False
            gradebook.find_comment(*where).manual_comment = comment
            gradebook.db.commit()

    def gradebook(self) -> Gradebook:
        return Gradebook(f"sqlite:///{self.folder / 'gradebook.db'}")


def nbgrader(
    folder: Path, environment: dict[str, str], *told: str, fails: bool = False
) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", *told],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert (done.returncode != 0) is fails, done.stderr
    return done


def settings_for(exchange: Path, cache: Path, *lines: str) -> str:
    return "\n".join(
        [
            *lines,
            "c = get_config()",
            "c.CourseDirectory.course_id = 'circle'",
            f"c.Exchange.root = {str(exchange)!r}",
            f"c.Exchange.cache = {str(cache)!r}",
            "c.ExchangeCollect.check_owner = False",  # every learner here is one and the same user
        ]
    )


def course_in(base: Path) -> Course:
    """A trainer's course with the source of an exercise, and an exchange beside it."""
    homes = {name: str(base / "home" / name) for name in ("XDG_DATA_HOME", "IPYTHONDIR")}
    homes |= {
        f"JUPYTER_{each}_DIR": str(base / "home" / each) for each in ("CONFIG", "DATA", "RUNTIME")
    }
    homes["HOME"] = str(base / "home")
    # nbgrader calls alembic by its name.
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    kit = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
    environment = os.environ | homes | {"PYTHONPATH": kit, "PATH": path}
    exchange = base / "exchange"
    exchange.mkdir()
    exchange.chmod(0o777)
    folder = base / "course"
    shutil.copytree(ROOT / "solutions" / ASSIGNMENT, folder / "solutions" / ASSIGNMENT)
    (folder / "nbgrader_config.py").write_text(
        (ROOT / "nbgrader_config.py").read_text(encoding="utf-8")
        + settings_for(exchange, base / "cache")
    )
    return Course(folder, exchange, environment)


@pytest.fixture
def new_course(tmp_path: Path) -> Callable[[], Course]:
    return lambda: course_in(tmp_path)


@pytest.fixture(scope="session")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What ``nbgrader generate_assignment`` makes: the learners' version, and the gradebook."""
    folder = tmp_path_factory.mktemp("generated")
    shutil.copytree(ROOT / "solutions" / ASSIGNMENT, folder / "solutions" / ASSIGNMENT)
    settings = (ROOT / "nbgrader_config.py").read_text(encoding="utf-8")
    (folder / "nbgrader_config.py").write_text(settings + settings_for(folder, folder))
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    told = ("generate_assignment", ASSIGNMENT)
    nbgrader(folder, os.environ | {"PYTHONPATH": str(ROOT), "PATH": path}, *told)
    return folder


def with_exercise(made: Course, generated: Path) -> Course:
    shutil.copytree(generated / "exercises", made.folder / "exercises")
    shutil.copy(generated / "gradebook.db", made.folder)
    return made


@pytest.fixture
def course(new_course: Callable[[], Course], generated: Path) -> Course:
    """A course whose exercise was generated."""
    return with_exercise(new_course(), generated)
