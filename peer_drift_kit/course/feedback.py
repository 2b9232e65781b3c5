"""A cohort's feedback pages in one process; the same pages that nbgrader writes one by one."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from nbconvert.exporters import HTMLExporter
from nbformat.v4 import reads_json

from peer_drift_kit.plain_file import read_plain

from .circle import PeerWords, from_peers
from .confirmed import put_confirmed, waits
from .folder import CourseFolder
from .outcome import Outcome, failed
from .page import put_page_parts
from .rebuild import LARGEST_REBUILT
from .rows import AssignmentRows, NotebookRows, assignment_rows
from .settings import TEMPLATES
from .small_files import copy_small_files
from .whole_file import write_whole

__all__ = ["feedback_for_all"]


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
        for student in students:
            try:
                from_circle = circle.get(student, [])
                yield _feedback(course, assignment, student, rows, page, from_circle, export)
            except Exception as error:  # noqa: BLE001 (one learner never stops the others)
                yield failed(student, error)
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
    read, waiting = [], []
    for notebook in rows.notebooks:
        if not (source / f"{notebook.name}.ipynb").exists():
            continue
        data = read_plain(source, f"{notebook.name}.ipynb", at_most=LARGEST_REBUILT)
        nb: Any = reads_json(data.decode())  # type: ignore[no-untyped-call]
        waiting += put_confirmed(nb, _finder(rows, student, notebook))
        read.append((notebook.name, nb))
    if waiting:
        return Outcome(student, (waits(waiting),), failed=True, waits=True)
    if not read:
        raise LookupError("nothing was reviewed yet, so there is nothing to send back")
    for name, nb in read:
        put_page_parts(nb, from_circle)
        about = {"notebook": name, "assignment": assignment, "student": student}
        text = page.render(nb=nb, resources={"nbgrader": about}).lstrip("\r\n")
        write_whole(target / f"{name}.html", text.encode())
        if export:
            several = f"--{name}" if len(rows.notebooks) > 1 else ""
            write_whole(export / f"{assignment}--{student}{several}.html", text.encode())
    copy_small_files(source, target)
    return Outcome(student, news=("feedback is written",))


def _finder(rows: AssignmentRows, student: str, notebook: NotebookRows) -> Any:
    return lambda name: rows.find(student, notebook, name)


def _page(course: CourseFolder) -> Any:
    """The page's template, loaded the way nbgrader loads it."""
    exporter = HTMLExporter(  # type: ignore[no-untyped-call]
        parent=course.app, template_name="feedback", extra_template_basedirs=[str(TEMPLATES)]
    )
    return exporter.template
