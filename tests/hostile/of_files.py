"""What lies where a file should, and files that nobody needs."""

import os
import socket
import stat
from pathlib import Path

from course.conftest import ASSIGNMENT, CASE, TELLING

from .submissions import ANSWER, AS_A_PERSON, NOTEBOOK, Place, Table

FILES = Table()
hand_in = FILES.hand_in
REASONS, DRAFTS = f"answers/{CASE}.json", f"answers/drafts/{CASE}"
NO_FILE, A_LINK, HARD_LINK = "is not a file", "is a link", "has another name"


# Links. The trainer's secrets lie outside under the same names.


@hand_in(read="", told=f"{CASE}.md {A_LINK}")
def an_answer_that_is_a_link(at: Place) -> None:
    at.only(ANSWER).symlink_to(at.outside / ANSWER)


@hand_in(read="", told=f"{CASE}.md {A_LINK}")
def an_answer_that_leads_to_the_passwords(at: Place) -> None:
    at.only(ANSWER).symlink_to("/etc/passwd")


@hand_in(read="", told=f"{CASE}.md {A_LINK}")
def an_answer_that_climbs(at: Place) -> None:
    at.only(ANSWER).symlink_to(os.path.relpath(at.outside / ANSWER, at.folder / "answers"))


@hand_in(read="", told=f"{CASE}.md {A_LINK}")
def a_link_to_itself(at: Place) -> None:
    at.only(ANSWER).symlink_to(f"{CASE}.md")


@hand_in(read="", told="left out 'answers'")
def an_answers_folder_that_is_a_link(at: Place) -> None:
    at.only("answers").symlink_to(at.outside / "answers")


@hand_in(read=None, told=f"ipynb {A_LINK}")
def a_notebook_that_is_a_link(at: Place) -> None:
    at.only(NOTEBOOK).symlink_to(at.outside / NOTEBOOK)


@hand_in(told="left out 'answers/drafts'")
def drafts_that_are_a_link(at: Place) -> None:
    at.answer()
    at.only("answers/drafts").symlink_to(at.outside / "answers" / "drafts")


@hand_in(told=f"left out 'answers/drafts/{CASE}'")
def the_drafts_of_a_case_that_are_a_link(at: Place) -> None:
    at.answer()
    at.only(DRAFTS).symlink_to(at.outside / DRAFTS)


@hand_in(told=f"{CASE}.json {A_LINK}")
def reasons_that_are_a_link(at: Place) -> None:
    at.answer()
    at.only(REASONS).symlink_to(at.outside / REASONS)


@hand_in(told="timestamp.txt is a link")
def a_time_that_is_a_link(at: Place) -> None:
    at.answer()
    at.only("timestamp.txt").symlink_to(at.outside / ANSWER)


@hand_in(told="submission_secret.txt is a link")
def a_submission_secret_that_is_a_link(at: Place) -> None:
    at.answer()
    at.only("submission_secret.txt").symlink_to(at.outside / ANSWER)


@hand_in(read=None, told="is a link")
def everything_is_a_link(at: Place) -> None:
    _away(at.folder)
    at.folder.symlink_to(at.outside)


@hand_in(read=None, told="is a link")
def everything_is_a_link_to_nothing(at: Place) -> None:
    _away(at.folder)
    at.folder.symlink_to(at.outside / "nowhere")


@hand_in(read=None, told=f"ipynb {HARD_LINK}")
def a_notebook_with_another_name_outside(at: Place) -> None:
    at.only(NOTEBOOK).hardlink_to(at.outside / NOTEBOOK)


@hand_in(read="", told=f"{CASE}.md {HARD_LINK}")
def an_answer_with_another_name_outside(at: Place) -> None:
    at.only(ANSWER).hardlink_to(at.outside / ANSWER)


@hand_in(told=f"{CASE}.json {HARD_LINK}")
def reasons_with_another_name_outside(at: Place) -> None:
    at.answer()
    at.only(REASONS).hardlink_to(at.outside / REASONS)


# What would wait, or do something, when it is opened.


@hand_in(read="", told=f"{CASE}.md {NO_FILE}")
def an_answer_that_is_a_pipe(at: Place) -> None:
    os.mkfifo(at.only(ANSWER))


@hand_in(read=None, told=f"ipynb {NO_FILE}")
def a_notebook_that_is_a_pipe(at: Place) -> None:
    os.mkfifo(at.only(NOTEBOOK))


@hand_in(told="timestamp.txt is not a file")
def a_time_that_is_a_pipe(at: Place) -> None:
    at.answer()
    os.mkfifo(at.only("timestamp.txt"))


@hand_in(read="", told=f"{CASE}.md {NO_FILE}")
def an_answer_that_is_a_socket(at: Place) -> None:
    path = at.only(ANSWER)
    here = os.open(path.parent, os.O_RDONLY)
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(f"/proc/self/fd/{here}/{path.name}")  # a socket's own path may be 107 bytes long
    os.close(here)


def _device(name: str, kind: int, major: int, minor: int) -> None:
    @hand_in(read="", told=f"{CASE}.md {NO_FILE}")
    def lay(at: Place) -> None:
        os.mknod(at.only(ANSWER), kind | 0o666, os.makedev(major, minor))

    FILES[name] = FILES.pop("lay")


_device("an-answer-that-never-ends", stat.S_IFCHR, 1, 5)
_device("an-answer-that-is-the-terminal", stat.S_IFCHR, 5, 0)
_device("an-answer-that-is-a-disk", stat.S_IFBLK, 7, 0)


# Folders and files in each other's place, and what may not be read.


@hand_in(read="", told="")
def a_folder_where_the_answer_should_be(at: Place) -> None:
    at.only(ANSWER).mkdir()


@hand_in(read=None, told="ipynb")
def a_folder_where_the_notebook_should_be(at: Place) -> None:
    at.only(NOTEBOOK).mkdir()


@hand_in(read="", told="left out 'answers'")
def a_file_where_the_answers_should_be(at: Place) -> None:
    at.write("answers", TELLING)


@hand_in(read=None, told="is no folder")
def a_file_where_everything_should_be(at: Place) -> None:
    _away(at.folder)
    at.folder.write_text(TELLING)


@hand_in(read=None, told="is no folder")
def a_pipe_where_everything_should_be(at: Place) -> None:
    _away(at.folder)
    os.mkfifo(at.folder)


@hand_in(read=None, told="is not in the folder")
def nothing_at_all(at: Place) -> None:
    for each in at.folder.iterdir():
        each.unlink()


@hand_in(read="", told=f"{CASE}.md cannot be read")
def an_answer_that_may_not_be_read(at: Place) -> None:
    _forbid(at.answer())


@hand_in(read="", told="answers")
def answers_that_may_not_be_read(at: Place) -> None:
    _forbid(at.answer().parent)


@hand_in(read="", told="answers")
def answers_that_may_be_listed_and_not_read(at: Place) -> None:
    _forbid(at.answer().parent, 0o444)


@hand_in(read=None, told="cannot be read")
def everything_may_not_be_read(at: Place) -> None:
    at.answer()
    _forbid(at.folder)


# Too much, and what is none of ours.


@hand_in(read="", told="larger than 200,000 bytes")
def an_answer_of_a_hundred_megabytes(at: Place) -> None:
    with at.only(ANSWER).open("wb") as file:
        file.truncate(100_000_000)


@hand_in(told="larger than 200,000 bytes")
def reasons_of_a_hundred_megabytes(at: Place) -> None:
    at.answer()
    with at.only(REASONS).open("wb") as file:
        file.truncate(100_000_000)


@hand_in(told="and [0-9]+ more")
def many_notebooks_as_large_as_they_may_be(at: Place) -> None:
    # Each is small enough. nbgrader stops at 100 MB, and everybody with it.
    at.answer()
    for number in range(20):
        with at.only(f"z{number}.ipynb").open("wb") as file:
            file.truncate(10_000_000)


@hand_in(read="", told="and 9[0-9]+ more")
def ten_thousand_answers(at: Place) -> None:
    (at.folder / "answers").mkdir()
    for number in range(10_000):
        at.only(f"answers/{number:05}.md").touch()


@hand_in(told="and [0-9]+ more")
def ten_thousand_files_beside_an_answer(at: Place) -> None:
    at.answer()
    for number in range(1_000):
        at.only(f"a{number:05}.txt").touch()


@hand_in(told="left out 'answers/a/b/c'")
def folders_in_folders(at: Place) -> None:
    at.answer()
    at.write("/".join(["answers", *"abcdefghij", "deep.md"]), "deep")


@hand_in(told="html")
def pages_that_would_be_published(at: Place) -> None:
    at.answer()
    at.write(f"{ASSIGNMENT}.html", "<script>window.harm = 1</script>")
    at.write("answers/index.html", "<script>window.harm = 1</script>")


@hand_in(told="nbgrader_config.py")
def settings_and_modules(at: Place) -> None:
    at.answer()
    for name in ("nbgrader_config.py", "conftest.py", "sitecustomize.py", "nbformat.py", "json.py"):
        at.write(name, at.harm)
    at.write(".git/hooks/post-checkout", f"#!/bin/sh\ntouch '{at.trap}'\n").chmod(0o755)
    at.write(".ipynb_checkpoints/x.ipynb", "{}")
    at.write("gradebook.db", b"SQLite format 3\x00")


@hand_in(told="left out")
def file_names_of_many_lines_and_colours(at: Place) -> None:
    at.answer()
    at.write("answers/a\nb\n[CollectApp | ERROR] all is lost.md", "x")
    at.write("answers/\x1b[31mred\x1b[2J.md", "x")
    at.write("answers/\u202edm.evil.md", "x")
    at.write("answers/<script>window.harm = 1<⁄script>.md", "x")
    at.write("answers/ .md ", "x")


@hand_in(told="left out")
def file_names_that_are_no_text(at: Place) -> None:
    at.answer()
    at.write(os.fsdecode(b"answers/\xff\xfe.md"), "x")


# On Windows these are one file, and in a zip the first of them is taken.
@hand_in(zips=False)
def names_that_windows_takes_for_one(at: Place) -> None:
    at.answer()
    at.write(f"answers/{CASE.upper()}.md", "The other one.")


@hand_in(told="con.md")
def names_that_windows_keeps(at: Place) -> None:
    at.answer()
    for name in ("con.md", "NUL.md", "aux.md", "com1.md", "a:b.md", "end. "):
        at.write(f"answers/{name}", "x")


@hand_in(told="left out")
def drafts_with_odd_names(at: Place) -> None:
    at.answer()
    for name in ("0 <script>.md", "0\n.md", "..md", f"{'x' * 200}.md", "0.md.exe", "0‮.md"):
        at.write(f"{DRAFTS}/{name}", "<script>window.harm = 1</script>")
    at.write(f"{DRAFTS}/2026-01-01T00-00-00-000000Z.md", "A first try.")


@hand_in(told="and 9[0-9]+ more")
def ten_thousand_drafts(at: Place) -> None:
    at.answer()
    (at.folder / DRAFTS).mkdir(parents=True)
    for number in range(10_000):
        at.only(f"{DRAFTS}/{number:05}.md").touch()


@hand_in(told="submission_secret.txt")
def no_submission_secret(at: Place) -> None:
    at.answer()
    at.write("submission_secret.txt", "")


@hand_in(told="submission_secret.txt")
def a_submission_secret_of_bytes(at: Place) -> None:
    at.answer()
    at.write("submission_secret.txt", b"\xff\xfe\x00\n\x1b[2J")


@hand_in()
def neither_time_nor_submission_secret(at: Place) -> None:
    at.answer()
    at.only("timestamp.txt")
    at.only("submission_secret.txt")


def _forbid(path: Path, mode: int = 0) -> None:
    if os.geteuid() == 0 and not AS_A_PERSON:
        raise PermissionError("there is no setpriv(1), and root may read everything")
    path.chmod(mode)


def _away(folder: Path) -> None:
    for each in folder.iterdir():
        each.unlink()
    folder.rmdir()
