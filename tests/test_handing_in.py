"""What leaves the machine when a learner hands in: what was written for it, and nothing else."""

import json
import os
import subprocess
import sys
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from small_disk import run_on_small_disk

from peer_drift_kit.answers import Answer, Meant
from peer_drift_kit.handing_in import (
    LARGEST_ANSWER,
    LARGEST_NOTEBOOK,
    LARGEST_REASONS,
    MOST_FILES,
    NothingMade,
    in_words,
    leaving,
    make_zip,
)

ROOT = Path(__file__).parents[1]
NAME = "02-rewrite-the-note"
CASE = "kitchen-window"
SECRET = "marmalade-at-midnight"  # noqa: S105 (a word that must not leave)


def cell(kind: str, source: str | list[str], **more: Any) -> dict[str, Any]:
    empty = {"outputs": [], "execution_count": None} if kind == "code" else {}
    return {"cell_type": kind, "metadata": {}, "source": source, **empty, **more}


def notebook(*cells: dict[str, Any], **metadata: Any) -> bytes:
    told = {"cells": [*cells], "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(told).encode()


@pytest.fixture
def exercise(tmp_path: Path) -> Path:
    """An exercise as a learner has it, with an answer, reasons and a draft."""
    folder = tmp_path / "work" / "exercises" / NAME
    folder.mkdir(parents=True)
    (folder / f"{NAME}.ipynb").write_bytes(notebook(cell("markdown", "# Rewrite", id="title")))
    answer = Answer(CASE, folder)
    answer.write("We sat by the window.")
    answer.keep_draft()
    answer.write("We sat by the window, “he” said 🙂.\r\n")
    answer.keep_meant([Meant("advising", "I told him", "he asked")])
    return folder


def page(exercise: Path) -> Path:
    return exercise / f"{NAME}.ipynb"


def in_zip(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as made:
        assert made.testzip() is None
        return {each.filename: made.read(each) for each in made.infolist()}


def handed_in(exercise: Path) -> dict[str, bytes]:
    return in_zip(make_zip(exercise, "Ana").path)


def left_out(exercise: Path) -> str:
    """The lines about what stays; and none of it is in the zip."""
    made = make_zip(exercise, "Ana")
    assert in_zip(made.path).keys() == {name for name, _ in made.parts}
    return "\n".join(made.left_out)


def test_the_zip_holds_the_notebook_and_the_answers_to_the_byte(exercise: Path) -> None:
    (draft,) = Answer(CASE, exercise).draft_files()
    made = make_zip(exercise, "Ana")
    held = in_zip(made.path)
    assert [*held] == [
        f"{NAME}.ipynb",
        f"answers/{CASE}.md",
        f"answers/{CASE}.json",
        f"answers/drafts/{CASE}/{draft.name}",
    ]
    for name, data in held.items():
        if name != f"{NAME}.ipynb":
            assert data == (exercise / name).read_bytes()
    assert made.parts == tuple((name, len(data)) for name, data in held.items())
    assert made.left_out == ()


def test_what_is_shown_before_is_what_is_in_the_zip(exercise: Path) -> None:
    assert {each.name: each.data for each in leaving(exercise).parts} == handed_in(exercise)


def test_the_zip_lies_beside_the_exercises_and_never_in_one(exercise: Path, tmp_path: Path) -> None:
    assert make_zip(exercise, "Ana").path == tmp_path / "work" / "handed-in" / f"{NAME}--Ana.zip"
    elsewhere = tmp_path / "fetched" / NAME
    elsewhere.parent.mkdir()
    exercise.rename(elsewhere)
    assert make_zip(elsewhere, "Ana").path.parent == tmp_path / "fetched" / "handed-in"


def test_every_system_and_the_course_can_read_the_entries(exercise: Path) -> None:
    before = datetime.now(UTC).replace(tzinfo=None, microsecond=0) - timedelta(seconds=2)
    path = make_zip(exercise, "Ana").path
    with zipfile.ZipFile(path) as made:
        for each in made.infolist():
            assert each.external_attr >> 16 == 0o100644
            assert each.compress_type == zipfile.ZIP_DEFLATED
            assert "\\" not in each.filename
            at = datetime(*each.date_time)  # noqa: DTZ001 (a zip keeps times without a zone)
            assert before <= at <= datetime.now(UTC).replace(tzinfo=None)


def test_nothing_that_a_kernel_printed_goes_along(exercise: Path) -> None:
    shown = {"output_type": "stream", "name": "stdout", "text": SECRET}
    state = {"application/vnd.jupyter.widget-state+json": {"state": {"one": SECRET}}}
    mark = {"grade_id": CASE, "solution": True, "points": 1, "strange": {"deep": SECRET}}
    page(exercise).write_bytes(
        notebook(
            cell("code", ["hand_in", "()"], id="one", outputs=[shown], execution_count=7),
            cell(
                "markdown",
                "My words",
                id="two",
                attachments={"pasted.png": {"image/png": SECRET}},
                metadata={
                    "nbgrader": mark,
                    "deletable": False,
                    "editable": True,
                    "trusted": SECRET,
                    "execution": {"iopub.execute_input": SECRET},
                },
            ),
            widgets=state,
            kernelspec={"name": "python3", "display_name": "Python 3", "env": {"TOKEN": SECRET}},
            authors=[{"name": SECRET}],
        )
    )
    words = handed_in(exercise)[f"{NAME}.ipynb"]
    assert SECRET.encode() not in words
    told = json.loads(words)
    assert told["metadata"] == {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    assert told["nbformat"] == 4
    one, two = told["cells"]
    assert one == cell("code", "hand_in()", id="one")
    assert two["source"] == "My words"
    assert two["metadata"] == {
        "nbgrader": {"grade_id": CASE, "solution": True, "points": 1},
        "deletable": False,
        "editable": True,
    }


def test_other_programs_take_the_notebook_for_one(exercise: Path) -> None:
    nbformat = pytest.importorskip("nbformat")
    shipped = ROOT / "exercises" / NAME / f"{NAME}.ipynb"
    page(exercise).write_bytes(shipped.read_bytes())
    found = nbformat.reads(handed_in(exercise)[f"{NAME}.ipynb"].decode(), as_version=4)
    nbformat.validate(found)
    whole = json.loads(shipped.read_bytes())
    assert [each.source for each in found.cells] == ["".join(c["source"]) for c in whole["cells"]]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xfe\x00",
        b"[]",
        b"{}",
        b'{"nbformat": 3, "worksheets": []}',
        b'{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [7]}',
        b'{"nbformat": 4, "nbformat_minor": 5, "metadata": [], "cells": []}',
        b'{"cells": ' * 100_000,
        notebook(cell("code", "", metadata={"nbgrader": {"points": float("nan")}})),
        notebook(cell("slide", "")),
    ],
    ids=range(10),
)
def test_a_notebook_that_cannot_be_read_stays_and_the_answers_go(
    data: bytes, exercise: Path
) -> None:
    page(exercise).write_bytes(data)
    assert left_out(exercise) == f"{NAME}.ipynb is no notebook that I can read, so it stays here."
    assert f"answers/{CASE}.md" in handed_in(exercise)


def test_half_a_character_in_the_notebook_is_no_trouble(exercise: Path) -> None:
    page(exercise).write_bytes(notebook(cell("markdown", "\ud83d half")))
    assert "half" in handed_in(exercise)[f"{NAME}.ipynb"].decode()


def test_whatever_else_lies_in_the_folder_stays_there(exercise: Path) -> None:
    strangers = [
        "journal.sqlite",
        ".hidden.md",
        "notes.md",
        f"{NAME} (new in 2).ipynb",
        f".ipynb_checkpoints/{NAME}-checkpoint.ipynb",
        "answers/diary.md",
        f"answers/.{CASE}.md",
        "answers/x.tmp",
        f"answers/{CASE}.md.bak",
        f"answers/.ipynb_checkpoints/{CASE}-checkpoint.md",
        f"answers/drafts/{CASE}/to myself.md",
        f"answers/drafts/{CASE}/.2026-01-01T00-00-00-000000Z.md",
        f"answers/drafts/{CASE}/deeper/2026-01-01T00-00-00-000000Z.md",
        "answers/drafts/diary/2026-01-01T00-00-00-000000Z.md",
        "answers/drafts/2026-01-01T00-00-00-000000Z.md",
    ]
    before = handed_in(exercise)
    for each in strangers:
        (exercise / each).parent.mkdir(parents=True, exist_ok=True)
        (exercise / each).write_text(SECRET, encoding="utf-8")
    assert handed_in(exercise) == before
    assert leaving(exercise).left_out == ()


def test_nothing_is_taken_through_a_link(exercise: Path, tmp_path: Path) -> None:
    outside = tmp_path / "diary.md"
    outside.write_text(SECRET, encoding="utf-8")
    drafts = tmp_path / "drafts"
    drafts.mkdir()
    for second in "12":
        (drafts / f"2026-01-01T00-00-0{second}-000000Z.md").write_text(SECRET, encoding="utf-8")
    (exercise / "answers" / "nine-cups.md").symlink_to(outside)
    (exercise / "answers" / "drafts" / "nine-cups").symlink_to(drafts)
    page(exercise).unlink()
    page(exercise).symlink_to(outside)
    assert left_out(exercise).splitlines() == [
        f"{NAME}.ipynb is a link, so it stays here.",
        "answers/nine-cups.md is a link, so it stays here.",
        "answers/drafts/nine-cups is a link, so it stays here.",
    ]
    assert SECRET.encode() not in b"".join(handed_in(exercise).values())


def test_a_folder_of_answers_that_is_a_link_is_refused(exercise: Path, tmp_path: Path) -> None:
    (exercise / "answers").rename(tmp_path / "elsewhere")
    (exercise / "answers").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(NothingMade, match="is a link to somewhere else"):
        make_zip(exercise, "Ana")


def test_the_exercise_itself_may_be_reached_by_a_link(exercise: Path, tmp_path: Path) -> None:
    (tmp_path / "desk").symlink_to(exercise)
    made = make_zip(tmp_path / "desk", "Ana")
    assert made.path == exercise.parents[1] / "handed-in" / f"{NAME}--Ana.zip"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names here")
def test_a_pipe_is_not_waited_for(exercise: Path) -> None:
    os.mkfifo(exercise / "answers" / "nine-cups.md")
    (exercise / "answers" / "wool-shed.md").mkdir()
    assert left_out(exercise).splitlines() == [
        "answers/nine-cups.md is not a file, so it stays here.",
        "answers/wool-shed.md is not a file, so it stays here.",
    ]


@pytest.mark.parametrize(
    ("name", "largest"),
    [(f"answers/{CASE}.md", LARGEST_ANSWER), (f"answers/{CASE}.json", LARGEST_REASONS)],
)
def test_what_is_too_large_for_a_course_stays_and_is_told(
    name: str, largest: int, exercise: Path
) -> None:
    (exercise / name).write_bytes(b"x" * largest)
    assert name in handed_in(exercise)
    (exercise / name).write_bytes(b"x" * (largest + 1))
    assert left_out(exercise) == f"{name} is larger than {largest:,} bytes, so it stays here."


def test_outputs_may_be_large_but_the_page_may_not(exercise: Path) -> None:
    picture = {"output_type": "display_data", "data": {"image/png": "x" * LARGEST_NOTEBOOK}}
    page(exercise).write_bytes(notebook(cell("code", "", outputs=[picture])))
    assert len(handed_in(exercise)[f"{NAME}.ipynb"]) < 1_000
    page(exercise).write_bytes(notebook(cell("markdown", "x" * LARGEST_NOTEBOOK)))
    assert "What is written in the page is larger" in left_out(exercise)
    assert f"{NAME}.ipynb" not in handed_in(exercise)


def test_drafts_beyond_what_a_course_takes_stay_and_the_answer_goes(exercise: Path) -> None:
    drafts = Answer(CASE, exercise).drafts
    for number in range(MOST_FILES):
        (drafts / f"2020-01-01T00-00-00-{number:06}Z.md").write_text("again", encoding="utf-8")
    assert left_out(exercise) == f"4 of your drafts stay here, as {MOST_FILES} files is the most."
    held = handed_in(exercise)
    assert len(held) == MOST_FILES
    assert f"answers/{CASE}.md" in held


@pytest.mark.parametrize(
    ("who", "name"),
    [
        ("Ana", "Ana"),
        ("  Ana   Lovelace ", "Ana-Lovelace"),
        ("ana.l_7", "ana.l_7"),
        ("José Ñandú", "José-Ñandú"),
        ("Jose\u0301", "José"),
        ("李小龍", "李小龍"),
        ("हिन्दी", "हिन्दी"),
        ("../../etc/passwd", "etc-passwd"),
        ("C:\\Users\\ana", "C-Users-ana"),
        ("a--b - c", "a-b-c"),
        (".ana.", "ana"),
        ("ana\n\x00\u202ezip", "ana-zip"),
        ("con", "_con"),
        ("LPT1.ana", "_LPT1.ana"),
        ("console", "console"),
        ("ana \ud83d", "ana"),
        ("x" * 300, "x" * 60),
        ("𐍈" * 60, "𐍈" * 30),
    ],
)
def test_a_name_is_made_fit_for_a_file(who: str, name: str, exercise: Path) -> None:
    path = make_zip(exercise, who).path
    assert path.name == f"{NAME}--{name}.zip"
    assert [each.name for each in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize("who", ["", "  \n", "...", "🙂", "/"])
def test_without_a_name_nothing_is_made(who: str, exercise: Path) -> None:
    with pytest.raises(NothingMade, match=r"Please .* name or code"):
        make_zip(exercise, who)
    assert not (exercise.parents[1] / "handed-in").exists()


def test_once_more_takes_the_place_of_the_first(exercise: Path) -> None:
    first = make_zip(exercise, "Ana").path
    Answer(CASE, exercise).write("And on.")
    again = make_zip(exercise, "Ana").path
    assert first == again
    assert in_zip(again)[f"answers/{CASE}.md"] == b"And on."
    assert [*again.parent.iterdir()] == [again]


def test_without_an_answer_it_says_so_and_the_page_can_go(exercise: Path) -> None:
    assert leaving(exercise).notice == ""
    for each in (exercise / "answers").rglob("*.*"):
        each.unlink()
    assert "I see no words in your folder answers yet" in leaving(exercise).notice
    assert [*handed_in(exercise)] == [f"{NAME}.ipynb"]
    page(exercise).write_bytes(b"")
    with pytest.raises(NothingMade, match="There is nothing here to hand in yet"):
        make_zip(exercise, "Ana")


def test_answers_beside_a_lesson_are_never_handed_in(exercise: Path) -> None:
    page(exercise).rename(exercise / "03-recognising-it.ipynb")
    with pytest.raises(NothingMade, match="I see no exercise in"):
        leaving(exercise)
    with pytest.raises(NothingMade, match="There is no folder"):
        leaving(exercise / "nowhere")


def test_a_file_in_the_place_of_the_folder_is_told_in_one_line(exercise: Path) -> None:
    (exercise.parents[1] / "handed-in").write_text("mine")
    with pytest.raises(NothingMade, match="There is a file where the folder") as told:
        make_zip(exercise, "Ana")
    assert "\n" not in str(told.value)


def test_a_full_disk_leaves_the_file_before_and_says_so(tmp_path: Path) -> None:
    script = f"""
import random, sys
from pathlib import Path
from peer_drift_kit.answers import Answer
from peer_drift_kit.handing_in import NothingMade, make_zip
exercise = Path(sys.argv[1], "exercises", "{NAME}")
exercise.mkdir(parents=True)
(exercise / "{NAME}.ipynb").write_text("no notebook")
answer = Answer("{CASE}", exercise)
answer.write("words")
path = make_zip(exercise, "Ana").path
before = path.read_bytes()
for number in range(2):
    answer.keep_draft(random.Random(number).randbytes(90_000).hex())
try:
    make_zip(exercise, "Ana")
except NothingMade as error:
    print(error)
print(path.read_bytes() == before, [each.name for each in path.parent.iterdir()])
"""
    told, after = run_on_small_disk(script, tmp_path / "disk").splitlines()
    assert "There is no room left on this disk" in told
    assert after == f"True ['{NAME}--Ana.zip']", "nothing half written is left"


def test_it_runs_on_what_a_browser_tab_has() -> None:
    script = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
import peer_drift_kit.handing_in
loaded = {{name.partition(".")[0] for name in sys.modules}}
print(sorted(loaded - set(sys.stdlib_module_names) - {{"__main__"}}))
"""
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout == "['peer_drift_kit']\n"


@pytest.mark.parametrize(
    ("size", "words"),
    [(0, "0 bytes"), (1, "1 byte"), (999, "999 bytes"), (1_240, "1.2 kB"), (999_999, "1.0 MB")],
)
def test_sizes_are_said_in_words(size: int, words: str) -> None:
    assert in_words(size) == words
