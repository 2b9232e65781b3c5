"""What a trainer sees of hostile names: one line each in the terminal, no formula in a table."""

import csv
import io
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import connect

import pytest
from course.conftest import ASSIGNMENT, TELLING, Course
from course.test_from_zips import zipped

from peer_drift_kit.course.export import FORMULA, LAYOUTS, as_csv
from peer_drift_kit.course.folder import open_course
from peer_drift_kit.course.from_zips import collect_zips
from peer_drift_kit.course.review_all import review_all
from peer_drift_kit.course.roster import keep_roster, read_roster
from peer_drift_kit.course.standing import standing

from .submissions import ANSWER, Place

pytestmark = pytest.mark.slow

#: SQLite gives up after five seconds, and nbgrader ends the run. We wait for a minute.
HELD_FOR = 7

NAMES = [b"\xff\xfe", b"a\nb\nzip is lost", b"\x1b[2J\x1b[31m", "\u202ezpi".encode(), b"../x"[3:]]


def test_a_zip_of_any_name_is_told_in_one_line(course: Course, tmp_path: Path) -> None:
    mails = tmp_path / "mails"
    mails.mkdir()
    for name in NAMES:
        (mails / os.fsdecode(name + b".zip")).write_bytes(zipped({ANSWER: TELLING}))
    with course.gradebook() as gradebook:
        gradebook.add_student("ana")
    said = course.peer_drift("collect", ASSIGNMENT, "--zip", str(mails), fails=True)
    lines = [line for line in said.splitlines() if "whose is it?" in line]
    assert len(lines) == len(NAMES)
    assert all(line.isprintable() for line in said.splitlines())


@pytest.mark.parametrize(
    "name", ["../../ana", "/etc/ana", "a/b", "..", "-rf", "a\nb", "", "x" * 101]
)
def test_an_id_that_is_a_way_elsewhere_is_nobodys(
    name: str, course: Course, tmp_path: Path
) -> None:
    mails = tmp_path / "mails"
    mails.mkdir()
    (mails / "a.zip").write_bytes(zipped({ANSWER: TELLING}))
    before = set(tmp_path.rglob("*"))
    (outcome,) = collect_zips(open_course(course.folder), ASSIGNMENT, mails, who={"a.zip": name})
    assert outcome.failed
    assert "whose is it?" in outcome.lines[0]
    assert set(tmp_path.rglob("*")) == before


def test_no_table_holds_a_formula(course: Course, tmp_path: Path) -> None:
    formulas = ['=HYPERLINK("http://x")', "+1", "-1+2", "@SUM(1)", "\t=1", "＝1", " =1", "\r=1"]
    with (tmp_path / "roster.csv").open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["id", "first_name", "last_name", "email", "lms_user_id"])
        for number, each in enumerate(formulas):
            rows.writerow([f"ana{number}", each, each, each, each])
        rows.writerow(["=1+1", "x", "x", "x", "x"])
    roster = read_roster(tmp_path / "roster.csv")
    assert len(roster.wrong) == 1
    assert "cannot be an id" in roster.wrong[0]
    opened = open_course(course.folder)
    keep_roster(opened, roster.people)
    for layout in LAYOUTS:
        text = as_csv(standing(opened), layout).decode("utf-8-sig")
        cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
        assert any("HYPERLINK" in cell for cell in cells)
        assert [cell for cell in cells if FORMULA.match(cell) and cell != "-"] == []


@contextmanager
def locked(gradebook: Path) -> Iterator[threading.Event]:
    """Somebody else writes to the gradebook, and goes on for a while. The event tells the end."""
    over = threading.Event()
    db = connect(gradebook, check_same_thread=False)
    db.execute("BEGIN EXCLUSIVE")

    def let_go() -> None:
        db.rollback()
        over.set()

    timer = threading.Timer(HELD_FOR, let_go)
    timer.start()
    yield over
    timer.join()
    db.close()


def test_a_locked_gradebook_is_waited_for_by_every_command(course: Course) -> None:
    for name in ("ana", "ben"):
        folder = course.submitted(name)
        Place(folder, folder, folder).answer()
    opened = open_course(course.folder)
    outcomes = []
    with locked(course.folder / "gradebook.db") as over:
        ours = threading.Thread(
            target=lambda: outcomes.extend(review_all(opened, ASSIGNMENT, ["ana"]))
        )
        ours.start()
        log = course.nbgrader("autograde", ASSIGNMENT, "--student", "ben")
        # Nothing was written while it was locked, so both have waited.
        assert over.is_set()
        ours.join()
    assert "Traceback" not in log
    assert [each.failed for each in outcomes] == [False]
    assert [course.row(name)["waits"] for name in ("ana", "ben")] == [True, True]
