"""A learner's words are found in a submitted folder, whatever else is there."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from peer_drift_kit.answers import Answer, Meant
from peer_drift_kit.course.handed_in import LARGEST_ANSWER, HandedIn, answer_in, reasons_in

START = "If you cannot use the box above, write here instead.\n\n"


def read(folder: Path) -> HandedIn:
    return answer_in(folder, notebook="page", case="window", start=START)


def cell(source: Any, grade_id: Any = "window", **extra: Any) -> dict[str, Any]:
    return {"source": source, "metadata": {"nbgrader": {"grade_id": grade_id}}} | extra


def page(folder: Path, *cells: Any) -> None:
    (folder / "page.ipynb").write_text(json.dumps({"cells": cells}), encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "ana" / "02"
    (made / "answers").mkdir(parents=True)
    return made


def test_the_text_of_the_box_is_read_as_the_box_keeps_it(folder: Path) -> None:
    Answer("window", folder).write("Grüße from “here”\n\n— 窓 🪟")
    page(folder, cell("in the cell"))
    assert read(folder) == HandedIn("Grüße from “here”\n\n— 窓 🪟")


@pytest.mark.parametrize(
    ("cells", "text"),
    [
        ([cell("mine")], "mine"),
        ([cell([START, "mine\n", "too"])], "mine\ntoo"),
        ([cell(START)], ""),
        ([cell(START), cell(START + "in a copy")], "in a copy"),
        ([cell("mine", points=99, cell_type="code")], "mine"),
        ([cell("elsewhere", "other")], ""),
        ([cell("elsewhere", ["window"]), cell("mine")], "mine"),
        ([None, 7, {"metadata": {"nbgrader": []}}, cell("mine")], "mine"),
        ([cell(None), cell(["a", 1, "b"])], "ab"),
        ([cell("half \ud800 and \x00")], "half ? and �"),
        ([], ""),
    ],
)
def test_without_the_box_the_answer_cell_is_read(folder: Path, cells: list[Any], text: str) -> None:
    page(folder, *cells)
    Answer("window", folder).write("  \n")  # an empty box is no answer
    assert read(folder) == HandedIn(text)


@pytest.mark.parametrize(
    "data",
    [
        b"not a notebook",
        b"",
        b"[]",
        b"7",
        b'{"cells": 7}',
        b'{"cells": [' + b"[" * 200_000,
        b'{"metadata": {}}',
        b'{"cells": ' + b"9" * 10_000 + b"}",
    ],
)
def test_a_broken_notebook_is_one_line_of_trouble(folder: Path, data: bytes) -> None:
    (folder / "page.ipynb").write_bytes(data)
    assert read(folder) == HandedIn(
        "", "page.ipynb is no notebook that can be read; nothing was taken from it"
    )


def test_a_broken_notebook_does_not_matter_beside_an_answer(folder: Path) -> None:
    (folder / "page.ipynb").write_bytes(b"{")
    Answer("window", folder).write("mine")
    assert read(folder) == HandedIn("mine")


def test_nothing_at_all_is_no_text_and_no_trouble(folder: Path) -> None:
    assert read(folder) == HandedIn("")


@pytest.mark.parametrize("what", ["file", "answers", "folder", "hole", "notebook"])
def test_no_link_is_followed(folder: Path, tmp_path: Path, what: str) -> None:
    secret = tmp_path / "secret"
    (secret / "answers").mkdir(parents=True)
    (secret / "answers" / "window.md").write_text("a secret")
    page(secret, cell("a secret"))
    answers = folder / "answers"
    if what == "file":
        (answers / "window.md").symlink_to(secret / "answers" / "window.md")
    elif what == "answers":
        answers.rmdir()
        answers.symlink_to(secret / "answers")
    elif what == "folder":
        answers.rmdir()
        folder.rmdir()
        folder.symlink_to(secret)
    elif what == "hole":
        (answers / "window.md").symlink_to(tmp_path / "nowhere")
    else:
        (folder / "page.ipynb").symlink_to(secret / "page.ipynb")
    assert read(folder).text == ""
    assert "is a link" in read(folder).trouble


def test_nothing_waits_on_a_pipe_or_opens_a_folder(folder: Path) -> None:
    (folder / "answers" / "window.md").mkdir()
    assert read(folder) == HandedIn(
        "", "answers/window.md is not a file; nothing was taken from it"
    )
    (folder / "answers" / "window.md").rmdir()
    os.mkfifo(folder / "answers" / "window.md")
    assert read(folder).trouble.startswith("answers/window.md is not a file")


def test_an_answer_of_a_book_s_length_is_not_read(folder: Path) -> None:
    path = folder / "answers" / "window.md"
    path.write_bytes(b"a" * LARGEST_ANSWER)
    assert len(read(folder).text) == LARGEST_ANSWER
    path.write_bytes(b"a" * (LARGEST_ANSWER + 1))
    assert read(folder) == HandedIn(
        "", "answers/window.md is larger than 200,000 bytes; nothing was taken from it"
    )


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.binary(max_size=200))
def test_any_bytes_are_text_that_can_be_kept(folder: Path, data: bytes) -> None:
    (folder / "answers" / "window.md").write_bytes(data)
    text = read(folder).text
    text.encode("utf-8")
    assert "\x00" not in text
    assert "\r" not in text


def test_reasons_are_read_as_words_and_only_about_signs(folder: Path) -> None:
    Answer("window", folder).keep_meant(
        [Meant("advising", "I told him", "he\x00asked"), Meant("<b>", "x", "y")]
    )
    assert reasons_in(folder, case="window") == [Meant("advising", "I told him", "he�asked")]


@pytest.mark.parametrize(
    "data",
    [b"", b"[", b"{}", b'{"label": 1}', b"[1, null]", b"[" * 5000, b"\xff\xfe", b"0" * 300_000],
)
def test_what_is_no_list_of_reasons_is_none(data: bytes, folder: Path) -> None:
    (folder / "answers" / "window.json").write_bytes(data)
    assert reasons_in(folder, case="window") == []


def test_reasons_behind_a_link_are_not_read(folder: Path, tmp_path: Path) -> None:
    Answer("window", tmp_path).keep_meant([Meant("advising", "I told him", "so")])
    (folder / "answers" / "window.json").symlink_to(tmp_path / "answers" / "window.json")
    assert reasons_in(folder, case="window") == []
