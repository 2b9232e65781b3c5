"""``peer-drift hand-in``: what would leave is shown first, and nothing is made unasked."""

import zipfile
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from peer_drift_kit.answers import Answer
from peer_drift_kit.cli import app

NAME = "02-rewrite-the-note"
CASE = "kitchen-window"
SHIPPED = Path(__file__).parents[2] / "exercises" / NAME / f"{NAME}.ipynb"


@pytest.fixture
def exercise(tmp_path: Path) -> Path:
    folder = tmp_path / "exercises" / NAME
    folder.mkdir(parents=True)
    (folder / SHIPPED.name).write_bytes(SHIPPED.read_bytes())
    Answer(CASE, folder).write("We sat by the window.")
    return folder


def run(*words: str | Path, typed: str = "") -> Result:
    result = CliRunner().invoke(app, ["hand-in", *map(str, words)], input=typed)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


def refused(result: Result) -> str:
    """The one line of a command that ends with an error."""
    assert result.exit_code == 1
    (line,) = result.stderr.splitlines()
    return line


def made(exercise: Path) -> list[str]:
    return sorted(each.name for each in exercise.parents[1].glob("handed-in/*"))


def test_it_shows_what_will_leave_asks_and_says_where_it_is(exercise: Path) -> None:
    result = run(exercise, typed="Ana Lovelace\ny\n")
    assert result.exit_code == 0
    before, _, after = result.stdout.partition("The name or code your trainer knows")
    assert f"  {NAME}.ipynb  " in before
    assert f"  answers/{CASE}.md  21 bytes" in before
    assert made(exercise) == [f"{NAME}--Ana-Lovelace.zip"]
    path = exercise.parents[1] / "handed-in" / f"{NAME}--Ana-Lovelace.zip"
    assert str(path) in after
    assert "Nothing was sent" in after
    with zipfile.ZipFile(path) as found:
        assert found.namelist() == [f"{NAME}.ipynb", f"answers/{CASE}.md"]


def test_a_no_makes_nothing(exercise: Path) -> None:
    result = run(exercise, "--who", "Ana", typed="n\n")
    assert result.exit_code == 0
    assert result.stdout.endswith("Nothing was made.\n")
    assert made(exercise) == []


def test_where_one_is_is_the_exercise_and_yes_asks_nothing(
    exercise: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(exercise)
    assert run("--who", "Ana", "--yes").exit_code == 0
    assert made(exercise) == [f"{NAME}--Ana.zip"]


def test_what_stays_is_told_before_one_is_asked(exercise: Path) -> None:
    (exercise / "answers" / f"{CASE}.md").write_text("", encoding="utf-8")
    (exercise / "answers" / "nine-cups.md").symlink_to(SHIPPED)
    before, _, _ = run(exercise, "--who", "Ana", typed="n\n").stdout.partition("Make the file?")
    assert "answers/nine-cups.md is a link, so it stays here." in before
    assert "I see no words in your folder answers yet." in before


def test_what_is_in_the_way_is_one_kind_line(exercise: Path, tmp_path: Path) -> None:
    assert "There is no folder" in refused(run(tmp_path / "nowhere"))
    assert "I see no exercise in" in refused(run(tmp_path))
    assert "Please write the name or code" in refused(run(exercise, "--yes"))
    assert "Please use letters or digits" in refused(run(exercise, "--who", "?!", "--yes"))
    (tmp_path / "handed-in").write_text("mine")
    assert "There is a file where the folder" in refused(run(exercise, "--who", "A", "--yes"))
    (tmp_path / "loop").symlink_to("loop")
    assert "There is no folder" in refused(run(tmp_path / "loop"))


def test_no_answer_to_the_question_makes_nothing(exercise: Path) -> None:
    result = run(exercise)
    assert result.exit_code == 1
    assert "Traceback" not in result.output
    assert made(exercise) == []
