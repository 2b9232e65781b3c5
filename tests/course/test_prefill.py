"""A suggestion waits for a person, and what a person settled stays."""

from types import SimpleNamespace as Row

from peer_drift_kit.course.confirmed import is_confirmed
from peer_drift_kit.course.prefill import prefill
from peer_drift_kit.course.suggestion import Suggestion

FIRST = Suggestion(True, "I wonder.")
SECOND = Suggestion(False, "I wonder still.")


def rows() -> tuple[Row, Row]:
    grade = Row(manual_score=None, auto_score=None, max_score=1.0, needs_manual_grade=True)
    return grade, Row(manual_comment=None, auto_comment=None)


def confirm(grade: Row, comment: Row, words: str) -> None:
    grade.manual_score, grade.needs_manual_grade, comment.manual_comment = 0.5, False, words


def test_a_suggestion_is_where_a_person_would_write_and_waits() -> None:
    grade, comment = rows()
    prefill(grade, comment, FIRST, text="a")
    assert (grade.manual_score, grade.needs_manual_grade) == (1.0, True)
    assert comment.manual_comment == "I wonder."
    assert not is_confirmed(grade)


def test_no_try_suggests_none_of_the_points() -> None:
    grade, comment = rows()
    prefill(grade, comment, SECOND, text="")
    assert grade.manual_score == 0.0


def test_confirmed_work_is_never_changed_by_another_run() -> None:
    grade, comment = rows()
    prefill(grade, comment, FIRST, text="a")
    confirm(grade, comment, "Warmly")
    before = (vars(grade).copy(), vars(comment).copy())
    prefill(grade, comment, SECOND, text="a")
    assert (vars(grade), vars(comment)) == before


def test_work_confirmed_before_the_kit_came_is_left_alone() -> None:
    grade, comment = rows()
    confirm(grade, comment, "Warmly")
    prefill(grade, comment, FIRST, text="a")
    assert (grade.manual_score, comment.manual_comment) == (0.5, "Warmly")
    assert is_confirmed(grade)


def test_other_words_handed_in_after_that_wait_for_a_person_again() -> None:
    grade, comment = rows()
    prefill(grade, comment, FIRST, text="a")
    confirm(grade, comment, "I wonder.")
    for _ in range(2):
        prefill(grade, comment, SECOND, text="b")
        assert not is_confirmed(grade)
        assert (grade.manual_score, comment.manual_comment) == (0.5, "I wonder.")


def test_what_a_person_began_to_write_stays() -> None:
    grade, comment = rows()
    prefill(grade, comment, FIRST, text="a")
    comment.manual_comment = "half a sen"
    prefill(grade, comment, SECOND, text="b")
    assert comment.manual_comment == "half a sen"
    assert not is_confirmed(grade)


def test_a_suggestion_that_nobody_touched_follows_the_text() -> None:
    grade, comment = rows()
    prefill(grade, comment, SECOND, text="")
    prefill(grade, comment, FIRST, text="a real try")
    assert (grade.manual_score, comment.manual_comment) == (1.0, "I wonder.")
    assert not is_confirmed(grade)
