"""What learners meant is kept where a person agreed, and tells nobody's name."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peer_drift_kit.course.agreement import agreed, agreed_line
from peer_drift_kit.course.challenges import Challenge, agreed_challenges, as_lines
from peer_drift_kit.curriculum import Sign, every

from .small_course import CASE, FIRST, LATER, SECOND, TELLING, SmallCourse, small_course

ADVISING = every(Sign)["advising"].name
MEANT = ("I told him he could call", ADVISING, "He had asked me for the number.")
HELD = "I told him he could call."


@pytest.fixture
def made(tmp_path: Path) -> SmallCourse:
    course = small_course(tmp_path / "course")
    course.generated()
    return course


def confirmed(
    course: SmallCourse,
    student: str,
    assignment: str = FIRST,
    text: str = TELLING,
    meant: tuple[str, str, str] = MEANT,
) -> None:
    course.read(student, assignment, text, (meant, ("sat", ADVISING, "nobody agreed")))
    comment = f"Thank you.\n\n{agreed_line(meant[0], meant[1])}\nWarmly"
    course.confirm(student, assignment, 2, comment)


def test_the_line_of_agreeing_is_one_line() -> None:
    assert agreed_line("I  told\n him", "advising") == (
        "I agree with you about “I told him” (advising)."
    )
    assert agreed_line("he said “no”", "advising") == (
        "I agree with you about “he said ‘no’” (advising)."
    )
    long = agreed_line("word " * 40, "advising")
    assert len(long.partition("“")[2].partition("”")[0]) <= 81
    assert long.endswith("…” (advising).")


@given(words=st.text(), before=st.text(), after=st.text())
def test_whatever_the_words_the_line_is_found_again(words: str, before: str, after: str) -> None:
    line = agreed_line(words, "advising")
    assert len(line.splitlines()) == 1
    assert agreed(f"{before}\n{line}\r\n{after}", words, "advising")


def test_part_of_a_line_or_another_sign_is_not_agreed() -> None:
    line = agreed_line("I told him", "advising")
    assert not agreed("", "I told him", "advising")
    assert not agreed(line, "I told him", "assessing")
    assert not agreed(line, "I told", "advising")
    assert not agreed(f"You wrote: {line}", "I told him", "advising")


def test_the_agreed_ones_of_confirmed_work_are_kept(made: SmallCourse) -> None:
    confirmed(made, "ana")
    made.read("ben", FIRST, meant=(MEANT,))  # it waits for a person
    with made.gradebook() as gradebook:
        where = (CASE, FIRST, FIRST, "ben")
        gradebook.find_comment(*where).manual_comment = agreed_line(*MEANT[:2])
    found, troubles = agreed_challenges(made.open())
    assert found == [Challenge(FIRST, CASE, "advising", *MEANT[::2], HELD)]
    assert troubles == []


def test_no_line_tells_whose_words_they_are(made: SmallCourse) -> None:
    confirmed(made, "zoe-the-first", meant=("He made toast", ADVISING, "b"))
    confirmed(made, "ana-the-last", meant=("I told him", ADVISING, "c"))
    confirmed(made, "ben-of-another", SECOND, meant=("Dele and I", ADVISING, "a"))
    found, _ = agreed_challenges(made.open())
    lines = as_lines(found).decode().splitlines()
    told = [json.loads(each) for each in lines]
    assert [set(each) for each in told] == [
        {"assignment", "case", "label", "words", "because", "sentence"}
    ] * 3
    assert not any(name in "".join(lines) for name in ("zoe", "ana-", "ben"))
    assert [each["words"] for each in told] == ["He made toast", "I told him", "Dele and I"]


@pytest.mark.parametrize(
    ("text", "words", "sentence"),
    [
        ("One. I told\nhim so. Two.", "told him", "I told him so."),
        ("One. I told him. Go home. Two.", "told him. Go", "I told him. Go home."),
        ("One. Two.", "gone since", ""),
        ("One. Two.", " ", ""),
        ("She said (a+b)*. Two.", "(a+b)*", "She said (a+b)*."),
    ],
)
def test_the_sentence_that_holds_the_words_goes_along(
    made: SmallCourse, text: str, words: str, sentence: str
) -> None:
    confirmed(made, "ana", text=text, meant=(words, ADVISING, "so"))
    found, _ = agreed_challenges(made.open())
    assert [each.sentence for each in found] == [sentence]


def test_agreeing_with_an_earlier_text_says_nothing_of_this_one(made: SmallCourse) -> None:
    confirmed(made, "ana")
    path = made.folder / "autograded" / "ana" / FIRST / f"{FIRST}.ipynb"
    path.write_text(path.read_text().replace("toast", "tea"))
    assert agreed_challenges(made.open()) == ([], [])


@pytest.mark.parametrize("what", ["gone", "link", "broken", "bare", "deep"])
def test_a_notebook_that_cannot_be_read_is_told_and_the_others_go_on(
    made: SmallCourse, what: str
) -> None:
    confirmed(made, "ana")
    confirmed(made, "ben")
    path = made.folder / "autograded" / "ana" / FIRST / f"{FIRST}.ipynb"
    content = path.read_text()
    path.unlink()
    if what == "link":
        (made.folder / "elsewhere.ipynb").write_text(content)
        path.symlink_to(made.folder / "elsewhere.ipynb")
    elif what != "gone":
        cell = {"metadata": {"nbgrader": {"grade_id": CASE}}}
        told = {"broken": "{", "bare": json.dumps({"cells": [cell]}), "deep": "[" * 100_000}
        path.write_text(told[what])
    found, troubles = agreed_challenges(made.open())
    assert len(found) == 1
    assert troubles == [f"ana, {FIRST}: the notebook in autograded/ could not be read"]


def test_without_a_gradebook_nothing_was_agreed_with(tmp_path: Path) -> None:
    course = small_course(tmp_path / "course")
    assert agreed_challenges(course.open()) == ([], [])
    assert not (course.folder / "gradebook.db").exists()


def test_work_handed_in_again_is_still_about_the_text_that_was_confirmed(
    made: SmallCourse,
) -> None:
    confirmed(made, "ana")
    made.submitted("ana", FIRST, LATER)
    assert len(agreed_challenges(made.open())[0]) == 1
