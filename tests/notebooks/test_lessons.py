"""Each lesson is a page that a learner can follow, and together they show the whole plan."""

import ast
import json
import re
import tomllib
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
import textstat

import peer_drift_kit
from peer_drift_kit.curriculum import (
    BeforeAndAfter,
    Case,
    Check,
    Checklist,
    Figure,
    Idea,
    Prompt,
    Recommendations,
    Spot,
    Table,
    find,
)

ROOT = Path(__file__).parents[2]
ROWS = tomllib.loads((ROOT / "tests/curriculum/rows.toml").read_text(encoding="utf-8"))
LESSONS = sorted((ROOT / "modules").glob("*.ipynb"))
KINDS: dict[str, type] = {
    "before_and_after": BeforeAndAfter,
    "check": Check,
    "checklist": Checklist,
    "figure": Figure,
    "idea": Idea,
    "prompt": Prompt,
    "recommendations": Recommendations,
    "rewrite": Case,
    "spot": Spot,
    "table": Table,
}


def cells(lesson: Path, kind: str) -> list[str]:
    notebook = json.loads(lesson.read_text(encoding="utf-8"))
    return ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == kind]


def prose(lesson: Path) -> str:
    return "\n\n".join(cells(lesson, "markdown"))


def call(source: str) -> ast.Call:
    """The one call of the kit in a code cell, which may have its import before it."""
    *imports, last = ast.parse(source).body
    assert all(isinstance(each, ast.ImportFrom) for each in imports), source
    assert isinstance(last, ast.Expr), source
    assert isinstance(last.value, ast.Call), source
    return last.value


def shown(lesson: Path) -> list[Any]:
    """The things of the curriculum that a lesson shows."""
    found = []
    for source in cells(lesson, "code"):
        name = ast.unparse(call(source).func)
        if name in KINDS:
            found.append(find(KINDS[name], ast.literal_eval(call(source).args[0])))
    return found


def texts(value: Any, key: str = "") -> list[str]:
    """Every sentence of a shown thing that a learner reads; ids and sources are not sentences."""
    if isinstance(value, dict):
        skip = {"id", "source", "topic", "rows", "signs", "practices", "hope", "before", "after"}
        return [text for k, each in value.items() if k not in skip for text in texts(each, k)]
    if isinstance(value, (list, tuple)):
        return [text for each in value for text in texts(each, key)]
    return [value]


def test_there_are_a_welcome_and_seven_lessons() -> None:
    assert [path.stem[:2] for path in LESSONS] == [f"{n:02}" for n in range(8)]


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda path: path.stem)
class TestEachLesson:
    def test_opens_with_what_a_learner_needs_to_know(self, lesson: Path) -> None:
        opening = cells(lesson, "markdown")[0]
        assert re.match(r"# \w", opening), "a title"
        assert re.search(r"\*\*Time:\*\* about \d+ minutes", opening)
        assert re.search(r"\*\*Questions\*\*\n\n- .+\?", opening)
        assert re.search(r"you will be able to\*\*\n\n- ", opening)

    def test_closes_with_key_points_and_a_next_step_that_exists(self, lesson: Path) -> None:
        closing = cells(lesson, "markdown")[-1]
        assert re.search(r"## Key points\n\n- ", closing)
        assert re.search(r"## Next step\n\n.*\]\(", closing)
        for link in re.findall(r"\]\(([^)]+)\)", prose(lesson)):
            assert (lesson.parent / link).is_file(), f"{link} leads nowhere"

    def test_has_one_call_of_the_kit_in_each_code_cell(self, lesson: Path) -> None:
        for source in cells(lesson, "code"):
            assert ast.unparse(call(source).func) in peer_drift_kit.__all__
        assert all("import" not in source for source in cells(lesson, "code")[1:])

    def test_is_shipped_without_outputs_and_knows_its_own_name(self, lesson: Path) -> None:
        notebook = json.loads(lesson.read_text(encoding="utf-8"))
        assert notebook["metadata"]["peer_drift_kit"] == {"lesson": lesson.stem}
        assert "widgets" not in notebook["metadata"]
        for cell in notebook["cells"]:
            assert cell["id"]
            assert not cell.get("outputs")
            assert cell.get("execution_count") is None

    def test_is_easy_to_read(self, lesson: Path) -> None:
        told = re.sub(r"\]\([^)]*\)|[*#\[\]`]", "", prose(lesson))
        told += "\n".join(text for item in shown(lesson) for text in texts(asdict(item)))
        assert textstat.flesch_kincaid_grade(told) <= 8

    def test_is_never_a_wall_of_text(self, lesson: Path) -> None:
        for cell in cells(lesson, "markdown")[1:-1]:
            assert len(cell.split()) <= 130, cell[:60]

    def test_has_a_facilitator_guide(self, lesson: Path) -> None:
        guide = lesson.with_name(f"{lesson.stem}.facilitator.md").read_text(encoding="utf-8")
        title = cells(lesson, "markdown")[0].splitlines()[0].removeprefix("# ")
        assert guide.startswith(f"# Facilitator guide: {title}\n")


def test_every_row_of_the_teaching_plan_is_shown_where_it_belongs() -> None:
    shown_in = {
        int(lesson.stem[:2]): {row for item in shown(lesson) for row in item.rows}
        for lesson in LESSONS
    }
    missing = [
        f"{row} in lesson {number}"
        for row, numbers in ROWS.items()
        for number in numbers
        if row not in shown_in[number]
    ]
    assert not missing


def test_every_thing_that_carries_a_row_or_was_written_for_a_lesson_is_shown() -> None:
    from peer_drift_kit.curriculum import every

    pages = [*LESSONS, *sorted((ROOT / "exercises").glob("*/*.ipynb"))]
    used = {(type(item), item.id) for page in pages for item in shown(page)}
    unused = [
        f"{kind.__name__} {item.id}"
        for kind in KINDS.values()
        if kind is not Case
        for item in every(kind).values()
        if (kind, item.id) not in used
    ]
    assert not unused
