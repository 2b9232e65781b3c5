"""Each exercise is a page that a learner can follow, made from ``solutions/`` and never by hand."""

import ast
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import textstat

from peer_drift_kit.curriculum import Case, every
from peer_drift_kit.review import review
from peer_drift_kit.studio import look

ROOT = Path(__file__).parents[2]
EXERCISES = sorted((ROOT / "exercises").glob("*/*.ipynb"))


def read(path: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return told


def source(cell: dict[str, Any]) -> str:
    return "".join(cell["source"])


def files(folder: Path) -> dict[str, bytes]:
    return {
        each.relative_to(folder).as_posix(): each.read_bytes()
        for each in folder.glob("*/**/*")
        if each.is_file() and ".ipynb_checkpoints" not in each.parts
    }


@pytest.mark.slow
def test_the_exercises_are_what_solutions_make(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "solutions", tmp_path / "solutions")
    shutil.copy(ROOT / "nbgrader_config.py", tmp_path)
    homes = {name: str(tmp_path / "home") for name in ("HOME", "JUPYTER_CONFIG_DIR")}
    done = subprocess.run(
        [*(sys.executable, "-m", "nbgrader", "generate_assignment"), *("*", "--force", "--no-db")],
        cwd=tmp_path,
        env=os.environ | homes | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert files(tmp_path / "exercises") == files(ROOT / "exercises"), "run make generate"


def test_there_is_one_for_each_solution_and_nothing_else_beside_it() -> None:
    made = [each.relative_to(ROOT / "exercises") for each in EXERCISES]
    assert made == [
        each.relative_to(ROOT / "solutions")
        for each in sorted((ROOT / "solutions").glob("*/*.ipynb"))
    ]
    assert made
    # Whatever else lies in solutions/ would go out to learners, a sample answer too.
    assert {Path(each).suffix for each in files(ROOT / "solutions")} == {".ipynb"}


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda path: path.stem)
class TestEachExercise:
    def test_opens_with_what_a_learner_needs_to_know(self, exercise: Path) -> None:
        opening = source(read(exercise)["cells"][0])
        assert re.match(r"# \w", opening), "a title"
        assert re.search(r"\*\*Time:\*\* about \d+ minutes", opening)
        assert re.search(r"\*\*What you will do\*\*\n\n- ", opening)
        assert re.search(r"made up|invented", opening)
        assert re.search(r"never .* real person", opening)
        assert "leave this computer" in opening
        assert "`answers`" in opening

    def test_closes_with_a_next_step(self, exercise: Path) -> None:
        assert "## Next step\n\n" in source(read(exercise)["cells"][-1])

    def test_has_one_call_of_the_kit_in_each_code_cell(self, exercise: Path) -> None:
        for cell in read(exercise)["cells"]:
            if cell["cell_type"] != "code":
                continue
            *imports, last = ast.parse(source(cell)).body
            assert all(isinstance(each, ast.ImportFrom) for each in imports)
            assert isinstance(last, ast.Expr)
            assert isinstance(last.value, ast.Call)

    def test_each_answer_cell_belongs_to_a_case_that_is_shown(self, exercise: Path) -> None:
        cells = read(exercise)["cells"]
        answers = [each for each in cells if "nbgrader" in each["metadata"]]
        assert answers
        code = "\n".join(source(each) for each in cells if each["cell_type"] == "code")
        for cell in answers:
            told = cell["metadata"]["nbgrader"]
            assert cell["cell_type"] == "markdown"
            assert told["grade"]
            assert told["solution"]
            assert told["grade_id"] in every(Case)
            assert f'rewrite("{told["grade_id"]}")' in code
            assert source(cell).strip() == "If you cannot use the box above, write here instead."

    def test_is_given_out_without_outputs_and_without_a_solution(self, exercise: Path) -> None:
        notebook = read(exercise)
        assert notebook["metadata"]["peer_drift_kit"] == {"exercise": exercise.stem}
        assert notebook["metadata"]["kernelspec"]["name"] == "python3"
        assert "SOLUTION" not in exercise.read_text(encoding="utf-8")
        for cell in notebook["cells"]:
            assert cell["id"]
            assert not cell.get("outputs")
            assert cell.get("execution_count") is None

    def test_is_easy_to_read(self, exercise: Path) -> None:
        cells = read(exercise)["cells"]
        prose = "\n\n".join(source(each) for each in cells if each["cell_type"] == "markdown")
        assert textstat.flesch_kincaid_grade(re.sub(r"[*#`]", "", prose)) <= 8


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda path: path.stem)
def test_a_solution_carries_a_sample_answer_that_is_nobody_elses(exercise: Path) -> None:
    solution = read(ROOT / "solutions" / exercise.relative_to(ROOT / "exercises"))
    for cell in solution["cells"]:
        if "nbgrader" in cell["metadata"]:
            found = re.search(r"### BEGIN SOLUTION\n(.+)\n### END SOLUTION", source(cell), re.S)
            assert found
            assert found.group(1) != every(Case)[cell["metadata"]["nbgrader"]["grade_id"]].drifted


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda path: path.stem)
def test_a_sample_answer_is_a_peers_telling_of_its_scene(exercise: Path) -> None:
    solution = read(ROOT / "solutions" / exercise.relative_to(ROOT / "exercises"))
    for cell in solution["cells"]:
        if "nbgrader" not in cell["metadata"]:
            continue
        found = re.search(r"### BEGIN SOLUTION\n(.+)\n### END SOLUTION", source(cell), re.S)
        assert found
        seen = look(every(Case)[cell["metadata"]["nbgrader"]["grade_id"]], found.group(1))
        assert [(each.label, each.rule) for each in review(found.group(1)).findings] == []
        assert {each.fact.id: each.state for each in seen.facts if each.state != "kept"} == {}
        assert seen.turns == ()
