"""``peer-drift course``: what a trainer types to run a course, and what is said back."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from nbgrader.api import Gradebook
from typer.testing import CliRunner, Result

from peer_drift_kit.answers import Answer
from peer_drift_kit.cli import app
from peer_drift_kit.curriculum.shipped import home

EXERCISES = ["01-spot-the-drift", "02-rewrite-the-note", "03-what-would-you-say"]
NOTE = EXERCISES[1]


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """nbgrader calls alembic by its name, and reads settings from where one is at home."""
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    for name in ("HOME", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR"):
        monkeypatch.setenv(name, str(tmp_path / "home" / name))
    monkeypatch.chdir(tmp_path)


def run(*words: object) -> Result:
    result = CliRunner().invoke(app, ["course", *map(str, words)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Making a course takes nbgrader some seconds, so the tests have copies of one."""
    folder = tmp_path_factory.mktemp("made") / "spring"
    made = run("new", folder, "--name", "Spring circle")
    assert made.exit_code == 0, made.output
    return folder


@pytest.fixture
def course(made_once: Path, tmp_path: Path) -> Path:
    return shutil.copytree(made_once, tmp_path / "spring")


def points_in(notebook: Path) -> list[float]:
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    told = [cell["metadata"].get("nbgrader", {}) for cell in cells]
    return [each["points"] for each in told if each.get("grade")]


def test_a_new_course_is_ready_for_formgrader_and_every_stock_command(course: Path) -> None:
    for name in EXERCISES:
        assert (course / "exercises" / name / f"{name}.ipynb").is_file()
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        assert sorted(each.name for each in gradebook.assignments) == EXERCISES
        assert {each.course_id for each in gradebook.assignments} == {"spring-circle"}
    given_out = (course / "exercises" / NOTE / f"{NOTE}.ipynb").read_text(encoding="utf-8")
    shipped = (home() / "exercises" / NOTE / f"{NOTE}.ipynb").read_text(encoding="utf-8")
    assert json.loads(given_out)["cells"] == json.loads(shipped)["cells"]
    listed = subprocess.run(
        [sys.executable, "-m", "nbgrader", "db", "assignment", "list"],
        cwd=course,
        capture_output=True,
        text=True,
        check=True,
    )
    assert NOTE in listed.stdout


def test_a_roster_and_a_rubric_can_come_with_it(tmp_path: Path) -> None:
    roster = tmp_path / "roster.csv"
    roster.write_text("id,first_name,last_name\nana,Ana,Lovelace\n", encoding="utf-8")
    made = run("new", "course", "--name", "C", "--roster", roster, "--points", "rubric")
    assert "1 learner is on its roster." in made.output
    assert points_in(tmp_path / "course" / "exercises" / NOTE / f"{NOTE}.ipynb") == [4]
    assert "ana" in run("status", "--course", "course").output


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("new", "spring", "--name", "x"), "holds a course already"),
        (("new", "x", "--name", "!?"), "with letters or digits"),
        (("new", "x", "--name", "x", "--points", "stars"), "completion or rubric"),
        (("new", "x", "--name", "x", "--roster", "nowhere.csv"), "nowhere.csv"),
        (("review", NOTE), "is no course folder"),
        (("review", "no-such", "--course", "spring"), "There is no assignment 'no-such' here"),
        (("review", NOTE, "--course", "spring"), "peer-drift course collect"),
        (("feedback", NOTE, "--course", "spring"), "peer-drift course review"),
        (("collect", NOTE, "--course", "spring"), "--zip FOLDER"),
        (("collect", NOTE, "--course", "spring", "--zip", "nowhere"), "nowhere is not there"),
        (("collect", NOTE, "--course", "spring", "--zip", ".", "--who", "x"), "FILE=ID"),
        (("release", "no-such", "--course", "spring"), "There is no"),
    ],
)
def test_what_cannot_be_done_is_one_line_that_says_how_to_mend_it(
    course: Path, words: tuple[str, ...], says: str
) -> None:
    refused = run(*words)
    assert refused.exit_code == 1
    assert says in refused.output
    assert len(refused.output.strip().splitlines()) == 1


def test_a_wrong_roster_makes_no_course(tmp_path: Path) -> None:
    roster = tmp_path / "roster.csv"
    roster.write_text("id,first_name\na/b,Ana\n", encoding="utf-8")
    refused = run("new", "course", "--name", "x", "--roster", roster)
    assert refused.exit_code == 1
    assert not (tmp_path / "course").exists()


def test_a_round_without_a_server(course: Path, tmp_path: Path) -> None:
    mails = tmp_path / "mails"
    mails.mkdir()
    for name in ("ana", "ben"):
        exercise = tmp_path / name / NOTE
        exercise.mkdir(parents=True)
        notebook = (home() / "exercises" / NOTE / f"{NOTE}.ipynb").read_bytes()
        (exercise / f"{NOTE}.ipynb").write_bytes(notebook)
        Answer("kitchen-window", exercise).write(
            "Dele and I sat by his kitchen window. He made toast. “I can breathe here,” he said."
        )
        made = CliRunner().invoke(app, ["hand-in", str(exercise), "--who", name, "--yes"])
        assert made.exit_code == 0, made.output
        (zipped,) = (tmp_path / name).rglob("*.zip")
        zipped.rename(mails / zipped.name)
    (mails / "holiday.zip").write_bytes(b"no zip")

    collected = run("collect", NOTE, "--course", course, "--zip", mails)
    assert collected.exit_code == 1, "the odd one is told"
    assert "2 × collected" in collected.output
    assert "holiday.zip" in collected.output
    read = run("review", NOTE, "--course", course)
    assert (read.exit_code, "2 × a suggestion waits for a person" in read.output) == (0, True)
    refused = run("feedback", NOTE, "--course", course)
    assert refused.exit_code == 1
    assert "ana: kitchen-window waits for a person to confirm it" in refused.output
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        for name in ("ana", "ben"):
            grade = gradebook.find_grade("kitchen-window", NOTE, NOTE, name)
            grade.needs_manual_grade = False
        gradebook.db.commit()
    written = run("feedback", NOTE, "--course", course, "--export", tmp_path / "to send")
    assert (written.exit_code, "2 × feedback is written" in written.output) == (0, True)
    assert sorted(each.name for each in (tmp_path / "to send").iterdir()) == [
        f"{NOTE}--ana.html",
        f"{NOTE}--ben.html",
    ]
    alone = run("review", NOTE, "--course", course, "--student", "zoe")
    assert "There is nothing of zoe" in alone.output


def test_a_circle_reads_and_its_words_reach_the_pages(course: Path, tmp_path: Path) -> None:
    for name in ("ana", "ben", "cem"):
        submitted = course / "submitted" / name / NOTE
        submitted.mkdir(parents=True)
        notebook = (course / "exercises" / NOTE / f"{NOTE}.ipynb").read_bytes()
        (submitted / f"{NOTE}.ipynb").write_bytes(notebook)
        Answer("kitchen-window", submitted).write(
            f"Dele and I sat by his kitchen window with toast. I heard rain, said {name}."
        )
    assert run("circle", "make", NOTE, "--course", course, "--seed", 5).exit_code == 0
    record = json.loads((course / "circle" / NOTE / "circle.json").read_text(encoding="utf-8"))
    mine = next(each for each in record["readings"] if each["author"] == "ana")
    back = course / "submitted" / mine["reader"] / f"circle-{NOTE}"
    back.mkdir(parents=True)
    Answer(mine["code"], back).write("I notice the rain, and <b>you</b>.")
    assert run("circle", "gather", NOTE, "--course", course).exit_code == 0
    run("review", NOTE, "--course", course)
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        for name in ("ana", "ben", "cem"):
            grade = gradebook.find_grade("kitchen-window", NOTE, NOTE, name)
            grade.needs_manual_grade = False
        gradebook.db.commit()
    run("feedback", NOTE, "--course", course)
    pages = {
        name: (course / "feedback" / name / NOTE / f"{NOTE}.html").read_text(encoding="utf-8")
        for name in ("ana", "ben", "cem")
    }
    assert "I notice the rain, and &lt;b&gt;you&lt;/b&gt;." in pages["ana"]
    assert "What your circle wrote" not in pages["ben"] + pages["cem"]
    page = pages["ana"].replace(">ana", "")
    assert mine["reader"] not in page.split("What your circle wrote")[1].split("What you wrote")[0]
