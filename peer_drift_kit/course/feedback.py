"""A cohort's feedback pages in one process; the same pages that nbgrader writes one by one."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from nbconvert.exporters import HTMLExporter
from nbformat.v4 import reads_json

from peer_drift_kit.plain_file import read_plain

from .circle import PeerWords, from_peers
from .confirmed import put_confirmed, waits
from .folder import CourseFolder, CourseTrouble
from .page import put_page_parts
from .review_all import SMALL_FILES, Outcome, copy_small
from .rows import AssignmentRows, NotebookRows, assignment_rows
from .settings import TEMPLATES
from .whole_file import write_whole

__all__ = ["feedback_for_all"]

#: Our own rebuilt notebook, with a learner's text in it three times over.
LARGEST = 20_000_000


def feedback_for_all(
    course: CourseFolder, assignment: str, students: Iterable[str], *, export: Path | None = None
) -> Iterator[Outcome]:
    """Write the feedback of these learners; refuse it, with the reason, where a person has not
    confirmed all of it.

    ``export`` gets a copy of each page, named for its learner and ready to send.
    """
    page = _page(course)
    circle = from_peers(course.root, assignment)
    with course.gradebook() as gradebook:
        rows = assignment_rows(gradebook, assignment)
        if rows is None:
            raise CourseTrouble(
                f"{assignment} was not generated yet: peer-drift course release {assignment}"
            )
        for student in students:
            try:
                from_circle = circle.get(student, [])
                yield _feedback(course, assignment, student, rows, page, from_circle, export)
            except Exception as error:  # noqa: BLE001 (one learner never stops the others)
                told = " ".join(str(error).split()) or type(error).__name__
                yield Outcome(student, (told[:300],), failed=True)
            finally:
                gradebook.db.rollback()


def _feedback(
    course: CourseFolder,
    assignment: str,
    student: str,
    rows: AssignmentRows,
    page: Any,
    from_circle: list[PeerWords],
    export: Path | None,
) -> Outcome:
    source = course.path("autograded", student, assignment)
    target = course.path("feedback", student, assignment)
    made, waiting = [], []
    for notebook in rows.notebooks:
        if not (source / f"{notebook.name}.ipynb").exists():
            continue
        data = read_plain(source, f"{notebook.name}.ipynb", at_most=LARGEST)
        nb: Any = reads_json(data.decode())  # type: ignore[no-untyped-call]
        waiting += put_confirmed(nb, _finder(rows, student, notebook))
        put_page_parts(nb, from_circle)
        resources = {
            "nbgrader": {"notebook": notebook.name, "assignment": assignment, "student": student}
        }
        made.append((notebook.name, page.render(nb=nb, resources=resources).lstrip("\r\n")))
    if waiting:
        return Outcome(student, (waits(waiting),), failed=True, waits=True)
    if not made:
        raise LookupError("nothing was reviewed yet, so there is nothing to send back")
    for name, text in made:
        write_whole(target / f"{name}.html", text.encode())
        if export:
            several = f"--{name}" if len(rows.notebooks) > 1 else ""
            write_whole(export / f"{assignment}--{student}{several}.html", text.encode())
    for small in SMALL_FILES:
        copy_small(source, target, small)
    return Outcome(student, news=("feedback is written",))


def _finder(rows: AssignmentRows, student: str, notebook: NotebookRows) -> Any:
    return lambda name: rows.find(student, notebook, name)


def _page(course: CourseFolder) -> Any:
    """The page's template, loaded the way nbgrader loads it."""
    exporter = HTMLExporter(  # type: ignore[no-untyped-call]
        parent=course.app, template_name="feedback", extra_template_basedirs=[str(TEMPLATES)]
    )
    return exporter.template
