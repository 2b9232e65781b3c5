"""Who handed in what is told as it is, and nothing is changed by looking."""

from pathlib import Path

import pytest

from peer_drift_kit.course.folder import CourseTrouble
from peer_drift_kit.course.standing import State, standing
from peer_drift_kit.course.status import next_steps, table, totals

from .small_course import FIRST, LATER, SECOND, SmallCourse, small_course


@pytest.fixture
def made(tmp_path: Path) -> SmallCourse:
    course = small_course(tmp_path / "course")
    course.generated()
    return course


def states(course: SmallCourse, assignment: str = FIRST) -> dict[str, State]:
    found = standing(course.open(), [assignment])
    return {each.id: found.work[assignment, each.id].state for each in found.learners}


def files(folder: Path) -> dict[str, bytes]:
    return {str(each): each.read_bytes() for each in folder.rglob("*") if each.is_file()}


def test_each_step_of_the_way_is_told(made: SmallCourse) -> None:
    made.roster("ana")
    assert states(made) == {"ana": State.NOT_HANDED_IN}
    made.submitted("ana", FIRST)
    assert states(made) == {"ana": State.TO_BE_READ}
    made.read("ana", FIRST)
    assert states(made) == {"ana": State.WAITS}
    made.submitted("ana", FIRST, LATER)
    assert states(made) == {"ana": State.TO_BE_READ}
    made.submitted("ana", FIRST)
    made.confirm("ana", FIRST)
    assert states(made) == {"ana": State.CONFIRMED}
    made.feedback("ana", FIRST)
    assert states(made) == {"ana": State.GIVEN_BACK}
    made.submitted("ana", FIRST, LATER)
    assert states(made) == {"ana": State.AGAIN}
    made.submitted("ana", FIRST)
    made.read_again("ana", FIRST)
    assert states(made) == {"ana": State.WAITS_AGAIN}


def test_points_are_there_only_where_a_person_confirmed_all(made: SmallCourse) -> None:
    made.roster("ana", "ben", "cleo", "dora", "eli")
    made.submitted("ben", FIRST)
    made.read("cleo", FIRST)
    made.read("dora", FIRST)
    made.confirm("dora", FIRST, 0)
    made.read("eli", FIRST)
    made.confirm("eli", FIRST, 1.5)
    made.submitted("eli", FIRST, LATER)
    found = standing(made.open(), [FIRST])
    assert {each.id: found.work[FIRST, each.id].points for each in found.learners} == {
        "ana": None,
        "ben": None,
        "cleo": None,
        "dora": 0,
        "eli": None,
    }
    assert found.assignments == {FIRST: 2}


def test_one_of_two_answers_confirmed_is_not_all(made: SmallCourse) -> None:
    with made.gradebook() as gradebook:
        gradebook.add_grade_cell("door", FIRST, FIRST, max_score=1, cell_type="markdown")
        gradebook.add_solution_cell("door", FIRST, FIRST)
    made.read("ana", FIRST)
    made.confirm("ana", FIRST)
    found = standing(made.open(), [FIRST])
    assert found.work[FIRST, "ana"].state is State.WAITS
    assert found.work[FIRST, "ana"].points is None


def test_a_run_that_was_killed_leaves_work_to_be_read(made: SmallCourse) -> None:
    made.submitted("ana", FIRST)
    with made.gradebook() as gradebook:
        gradebook.add_student("ana")
        gradebook.add_submission(FIRST, "ana")
    assert states(made) == {"ana": State.TO_BE_READ}


def test_the_table_has_one_line_a_learner(made: SmallCourse) -> None:
    made.roster("ana", "ben")
    made.submitted("zoe", FIRST)
    made.read("stranger", SECOND)
    made.read("ben", FIRST)
    assert table(standing(made.open())) == [
        "id        name                 01-first              02-second",
        "ana       of Ana, Ana          not handed in         not handed in",
        "ben       of Ben, Ben          waiting for a person  not handed in",
        "stranger  (not on the roster)  not handed in         waiting for a person",
        "zoe       (not on the roster)  to be read            not handed in",
    ]
    assert table(standing(made.open(), [FIRST]))[0].split() == ["id", "name", FIRST]


def test_totals_tell_what_there_is_and_what_to_do(made: SmallCourse) -> None:
    made.roster("ana", "ben", "cleo", "dora")
    made.submitted("ana", FIRST)
    made.read("ben", FIRST)
    made.read("cleo", SECOND)
    made.read("dora", FIRST)
    made.confirm("dora", FIRST)
    found = standing(made.open())
    assert totals(found) == [
        f"{FIRST}: 1 not handed in, 1 to be read, 1 waiting for a person, 1 confirmed",
        f"{SECOND}: 3 not handed in, 1 waiting for a person",
    ]
    assert next_steps(found) == [
        f"1 is to be read: peer-drift course review {FIRST}",
        "2 wait: open Formgrader",
        f"1 has no feedback page yet: peer-drift course feedback {FIRST}",
    ]
    made.confirm("ben", FIRST)
    made.submitted("ana", SECOND)
    made.submitted("ben", SECOND)
    assert next_steps(standing(made.open()))[1:] == [
        f"2 are to be read: peer-drift course review {SECOND}",
        "1 waits: open Formgrader",
        f"2 have no feedback page yet: peer-drift course feedback {FIRST}",
    ]


def test_with_all_given_back_nothing_waits(made: SmallCourse) -> None:
    made.roster("ana")
    assert next_steps(standing(made.open())) == ["Nothing waits for you."]


def test_without_a_gradebook_none_is_made(tmp_path: Path) -> None:
    course = small_course(tmp_path / "course")
    (course.folder / "exercises" / FIRST).mkdir(parents=True)
    course.submitted("ana", FIRST)
    before = files(course.folder)
    found = standing(course.open())
    assert table(found)[1:] == ["ana        to be read"]
    assert next_steps(found)[0] == "There is no roster yet: peer-drift course roster CSV"
    assert files(course.folder) == before
    (course.folder / "gradebook.db").touch()
    assert totals(standing(course.open())) == [f"{FIRST}: 1 to be read"]
    assert (course.folder / "gradebook.db").read_bytes() == b""


def test_an_empty_course_tells_how_to_begin(tmp_path: Path) -> None:
    found = standing(small_course(tmp_path / "course").open())
    assert totals(found) == []
    assert next_steps(found) == [
        "There is no roster yet: peer-drift course roster CSV",
        "No exercise was made yet: peer-drift course release ASSIGNMENT",
    ]


def test_looking_changes_no_file(made: SmallCourse) -> None:
    made.roster("ana")
    made.read("ana", FIRST)
    before = files(made.folder)
    standing(made.open())
    assert files(made.folder) == before


def test_a_gradebook_that_is_none_is_one_clear_line(made: SmallCourse) -> None:
    (made.folder / "gradebook.db").write_bytes(b"not a database" * 100)
    with pytest.raises(CourseTrouble, match="The gradebook cannot be read: file is not a database"):
        standing(made.open())


def test_an_assignment_that_is_not_there_is_named(made: SmallCourse) -> None:
    with pytest.raises(CourseTrouble, match="There is no assignment '03-third' here"):
        standing(made.open(), ["03-third"])


@pytest.mark.parametrize("data", [b"\xff", b"the day after tomorrow", b"9" * 5000])
def test_an_odd_time_is_no_time(made: SmallCourse, data: bytes) -> None:
    made.submitted("ana", FIRST)
    (made.folder / "submitted" / "ana" / FIRST / "timestamp.txt").write_bytes(data)
    work = standing(made.open()).work[FIRST, "ana"]
    assert (work.state, work.handed_in) == (State.TO_BE_READ, None)


def test_a_name_cannot_drive_the_terminal(made: SmallCourse) -> None:
    with made.gradebook() as gradebook:
        gradebook.add_student("ana", first_name="\x1b[2J\u202e", last_name="氏名")
        gradebook.add_student("ben", first_name="Ben", last_name="Ok")
    lines = table(standing(made.open()))
    assert all(line.isprintable() for line in lines)
    assert lines[2].startswith("ana  氏名, �[2J�  not")
    assert lines[1].startswith("ben  Ok, Ben      not")
