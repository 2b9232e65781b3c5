"""Which notebooks are shipped, and how their code is digested."""

import hashlib
import json
from pathlib import Path

import pytest

from peer_drift_kit.curriculum import shipped


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A clone with nothing in it yet."""
    package = tmp_path / "peer_drift_kit"
    package.mkdir()
    monkeypatch.setattr(shipped, "PACKAGE", package)
    return tmp_path


def write(path: Path, *sources: str | list[str], kind: str = "code") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    cells = [{"cell_type": kind, "source": source} for source in sources]
    path.write_text(json.dumps({"cells": cells}), encoding="utf-8")
    return path


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def test_a_wheel_brings_its_notebooks_inside_the_package(house: Path) -> None:
    assert shipped.home() == house
    inside = house / "peer_drift_kit" / "shipped"
    inside.mkdir()
    assert shipped.home() == inside


def test_notebooks_come_in_their_order(house: Path) -> None:
    second = write(house / "modules" / "02-b.ipynb", "")
    first = write(house / "modules" / "01-a.ipynb", "")
    exercise = write(house / "exercises" / "note" / "note.ipynb", "")
    write(house / "modules" / ".ipynb_checkpoints" / "01-a-checkpoint.ipynb", "old()")
    assert shipped.lesson_notebooks() == [first, second]
    assert shipped.exercise_notebooks() == [exercise]
    assert shipped.cell_digests() == []


@pytest.mark.parametrize(
    "source", ["a()\nb()", "a()\r\nb()", "a()\rb()", "a()\nb() \t\n\n", ["a()\n", "b()"]]
)
def test_line_ends_and_space_at_the_end_do_not_matter(house: Path, source: str | list[str]) -> None:
    write(house / "modules" / "01-a.ipynb", source)
    assert shipped.cell_digests() == [sha256("a()\nb()")]


def test_only_code_that_runs_something_is_listed_and_once(house: Path) -> None:
    write(house / "modules" / "01-a.ipynb", "b()", "a()", "b()", " \n", "é()")
    write(house / "modules" / "02-b.ipynb", "# words", kind="markdown")
    assert shipped.cell_digests() == sorted(sha256(text) for text in ("a()", "b()", "é()"))
