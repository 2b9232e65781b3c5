"""A packet holds what its reader needs, and nobody's name."""

import ast
import html
import io
import json
import re
import zipfile
from itertools import product
from typing import Any

import pytest
import textstat
from nbformat import from_dict, validate
from nbgrader.nbgraderformat import MetadataValidator

from peer_drift_kit.course.circle.packets import FALLBACK, Given, packet
from peer_drift_kit.course.circle.texts import LONGEST_TEXT
from peer_drift_kit.curriculum import Case, find
from peer_drift_kit.response import BOXES

from .conftest import CASES, ONE, TWO, Circles

HOSTILE = "<script>alert(1)</script> [a](javascript:b) $x$ `c`\n\n## The second text\n</pre>"


def notebook(*given: Given, names: bool = False) -> dict[str, Any]:
    data = packet("02", given, people=len(given), names=names)
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        read: dict[str, Any] = json.loads(file.read("circle-02/circle-02.ipynb"))
    return read


def sources(told: dict[str, Any], kind: str = "markdown") -> list[str]:
    return ["".join(each["source"]) for each in told["cells"] if each["cell_type"] == kind]


def test_each_text_has_a_heading_boxes_and_a_cell_to_write_in() -> None:
    told = notebook(Given("aaaa", "kitchen-window", "one"), Given("bbbb", "nine-cups", "two"))
    assert sources(told, "code") == [
        'from peer_drift_kit import hand_in, respond\n\nrespond("aaaa")',
        'respond("bbbb")',
        "hand_in()",
    ]
    opening, first, cell, second, _, _ = sources(told)
    assert all(box.name in opening for box in BOXES)
    assert "never write of a real person" in opening
    assert first.startswith("## The first text\n")
    assert second.startswith("## The second text\n")
    assert cell == FALLBACK
    case = find(Case, "kitchen-window")
    assert case.title in first
    assert all(fact.text in first for fact in case.scene)
    named = [each["metadata"].get("nbgrader", {}).get("grade_id") for each in told["cells"]]
    assert [each for each in named if each] == ["aaaa", "bbbb"]


def test_nbgrader_and_jupyter_can_open_it() -> None:
    nb = from_dict(notebook(Given("aaaa", "kitchen-window", "one")))
    validate(nb)
    MetadataValidator().validate_nb(nb)


def test_a_text_is_text_and_nothing_of_it_is_alive() -> None:
    told = notebook(Given("aaaa", "kitchen-window", HOSTILE), Given("bbbb", "own", HOSTILE))
    for each in (sources(told)[1], sources(told)[3]):
        assert "<script" not in each
        assert "javascript:" not in each
        assert each.count("\n## ") == 0
        assert len(re.findall(r"(?m)^<pre>.*</pre>$", each)) == each.count("<pre>")


def test_one_call_of_the_kit_is_in_each_code_cell() -> None:
    for source in sources(notebook(Given("aaaa", "kitchen-window", "one")), "code"):
        *imports, last = ast.parse(source).body
        assert all(isinstance(each, ast.ImportFrom) for each in imports)
        assert isinstance(last, ast.Expr)
        assert isinstance(last.value, ast.Call)


@pytest.mark.parametrize("names", [True, False])
def test_a_reader_is_told_who_sees_what(names: bool) -> None:
    opening = sources(notebook(Given("aaaa", "kitchen-window", "one"), names=names))[0]
    assert ("without your name" in opening) is not names
    assert ("yours will stand" in opening) is names
    assert "Whoever runs your course" in opening


def test_the_words_are_easy_to_read() -> None:
    opening, *_, closing = sources(notebook(Given("aaaa", "own", "one")))
    hints = " ".join(box.hint for box in BOXES)
    for text in (opening, closing, hints):
        assert textstat.flesch_kincaid_grade(re.sub(r"[*#`]", "", text)) <= 8


def test_a_packet_names_nobody_and_tells_no_time(circles: Circles) -> None:
    people = ["ana-lovelace", "bo-peep", "cy-press", "dora-marten"]
    for student in people:
        circles.hand_in(student, mark="The end")
    circles.run("make", ONE, "--seed", "1")
    for student in people:
        path = circles.folder / "circle" / ONE / "packets" / f"{student}.zip"
        with zipfile.ZipFile(path) as file:
            inside = file.read(file.namelist()[0]).decode()
            assert {each.date_time for each in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
            assert {each.comment + each.extra for each in file.infolist()} == {b""}
        for other in people:
            for part in other.split("-"):
                assert not re.search(rf"\b{part}\b", inside, re.IGNORECASE), part


def test_all_answers_of_an_exercise_are_in_the_packet(circles: Circles) -> None:
    for student in ("ana", "bo"):
        circles.hand_in(student, TWO)
    circles.run("make", TWO)
    told = circles.packet("ana", TWO)
    texts = "\n".join(sources(told))
    for case in CASES[TWO]:
        assert find(Case, case).title in texts
    assert texts.count("markbo") == 2
    assert "markana" not in texts
    assert "one other person" in texts


def test_only_words_come_from_a_submission_and_only_so_many(circles: Circles) -> None:
    many = ("".join(each) for each in product("aeiou", repeat=6))
    circles.hand_in("ana", mark=" ".join([*many, "the very end"]))
    circles.hand_in("bo")
    (circles.submitted("ana") / f"{ONE}.ipynb").write_text('{"cells": [{"source": "harm()"}]}')
    circles.run("make", ONE)
    text = "\n".join(sources(circles.packet("bo")))
    assert "very" not in text
    assert LONGEST_TEXT - 1_000 < len(html.unescape(text.split("<pre>")[-1])) < LONGEST_TEXT + 1_000
    assert "harm" not in json.dumps(circles.packet("bo"))
