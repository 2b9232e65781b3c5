"""The curriculum's own data keeps its promises."""

import re
import tomllib
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest

from peer_drift_kit.curriculum import (
    BeforeAndAfter,
    Case,
    Figure,
    Practice,
    Sign,
    Source,
    every,
)
from peer_drift_kit.curriculum.load import FILES
from peer_drift_kit.widgets import __file__ as widgets

ROWS = tomllib.loads((Path(__file__).parent / "rows.toml").read_text(encoding="utf-8"))
EVERYTHING = [(kind, item) for kind in FILES for item in every(kind).values()]
NAMES = [f"{kind.__name__}-{item.id}" for kind, item in EVERYTHING]


def strings(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, tuple):
        return [each for item in value for each in strings(item)]
    if is_dataclass(value):
        return [each for f in fields(value) for each in strings(getattr(value, f.name))]
    return []


@pytest.mark.parametrize(("kind", "item"), EVERYTHING, ids=NAMES)
def test_each_item_is_sound(kind: type, item: Any) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", item.id), "ids are lower-case words with hyphens"
    assert all("**" not in text and "](" not in text for text in strings(item)), "no markup"
    if hasattr(item, "source"):
        assert item.source in every(Source)
        assert item.topic
    for row in getattr(item, "rows", ()):
        assert row in ROWS, f"{row} is no row of the teaching plan"
    for field in fields(item):
        parts = getattr(item, field.name)
        if isinstance(parts, tuple) and parts and hasattr(parts[0], "id"):
            ids = [part.id for part in parts]
            assert len(ids) == len(set(ids)), f"{field.name} has an id twice"


@pytest.mark.parametrize("told", every(BeforeAndAfter).values(), ids=lambda told: told.id)
def test_each_move_stands_word_for_word_in_its_telling(told: BeforeAndAfter) -> None:
    for move in told.moves:
        assert move.before or move.after
        assert told.before.count(move.before) == 1 or not move.before, move.id
        assert told.after.count(move.after) == 1 or not move.after, move.id


@pytest.mark.parametrize("case", every(Case).values(), ids=lambda case: case.id)
def test_a_case_names_signs_and_practices_that_exist(case: Case) -> None:
    assert case.signs
    assert set(case.signs) <= set(every(Sign))
    assert len(case.samples) >= 2
    for sample in case.samples:
        assert sample.moves
        assert {move.practice for move in sample.moves} <= set(every(Practice))


def test_each_figure_is_drawn() -> None:
    drawn = {path.stem for path in (Path(widgets).parent / "figures").glob("*.svg")}
    assert set(every(Figure)) <= drawn
