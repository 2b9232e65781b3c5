"""Whose is it: finds the learner on the roster whom a package of a download belongs to.

A learning platform names each package for the person who was logged in, so its word counts before
the name that somebody typed when handing in.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fnmatch import translate

from .collect import STUDENT

__all__ = ["Roster", "assignment_of", "pattern_of"]

#: ``Ana Lovelace_4711_assignsubmission_file_/...``, as a folder or in front of the file's name.
MOODLE = re.compile(r"(?P<name>.+)_\d+_assignsubmission_(?:file|onlinetext)(?:_|$)")
#: ``lovelaceana_LATE_4711_815_name.zip``; the first number is the person, the second the file.
CANVAS = re.compile(r"(?P<name>[^_]+)_(?:LATE_)?(?P<user>\d+)_\d+_(?P<file>.+)")
#: ``02-rewrite-the-note--ana.zip``, as the kit's own button names it. Browsers add " (1)" to it.
OWN = re.compile(r"(?P<assignment>.+?)--(?P<student>.+?)(?: \(\d+\))?\.zip")


@dataclass
class Roster:
    """The learners of a course by all the names that a download may call them.

    Each of ``people`` has ``id``, ``first_name``, ``last_name``, ``email`` and ``lms_user_id``.
    """

    people: Iterable[Mapping[str, str | None]]
    _named: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    _numbered: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for each in self.people:
            student = each["id"] or ""
            first, last = each.get("first_name") or "", each.get("last_name") or ""
            email = each.get("email") or ""
            for name in (student, f"{first} {last}", f"{last} {first}", email, email.split("@")[0]):
                if plain := _plain(name):
                    self._named[plain].add(student)
            if number := each.get("lms_user_id"):
                self._numbered[number] = student

    def whose(self, package: str, assignment: str, pattern: re.Pattern[str] | None) -> str:
        """The id of the learner, or ``""`` where the name tells nobody, or more than one.

        Where the course has no roster, the name itself is taken, if it is fit for one.
        """
        parts = package.split("/")
        if pattern:
            found = pattern.fullmatch(package) or pattern.fullmatch(parts[-1])
            return self._named_so(found["student"]) if found else ""
        for part in parts:
            if found := MOODLE.match(part):
                return self._named_so(found["name"])
        for part in parts:
            if found := CANVAS.fullmatch(part):
                return self._numbered.get(found["user"]) or self._named_so(found["name"])
        if found := OWN.fullmatch(parts[-1]):
            return self._named_so(found["student"])
        folder = [each for each in parts if not each.endswith((".zip", ".ipynb"))]
        names = [*reversed(folder), re.sub(r"\.(?:zip|ipynb)$", "", parts[-1])]
        return next(
            (one for each in names if each != assignment and (one := self._known(each))), ""
        )

    def _named_so(self, name: str) -> str:
        if known := self._known(name):
            return known
        return name if not self._named and STUDENT.fullmatch(name) else ""

    def same_name(self, package: str) -> list[str]:
        """The ids of those who share a name that this package bears, if several do."""
        names = [each for part in package.split("/") for each in (part, *_names_in(part))]
        found = (self._named.get(_plain(each), set()) for each in names)
        return next((sorted(each) for each in found if len(each) > 1), [])

    def _known(self, name: str) -> str:
        found = self._named.get(_plain(name), set())
        return next(iter(found)) if len(found) == 1 else ""


def assignment_of(package: str) -> str:
    """What a package that the kit's own button made is for; ``""`` for another one."""
    name = package.split("/")[-1]
    for platform in (MOODLE, CANVAS):
        if found := platform.match(name):
            name = found["file"] if "file" in found.groupdict() else name[found.end() :]
    found = OWN.fullmatch(name)
    return found["assignment"] if found else ""


def pattern_of(names: str) -> re.Pattern[str]:
    """A pattern such as ``*_{student}.zip``; ``*`` stands for anything.

    Raises :class:`ValueError` where ``{student}`` is not in it once.
    """
    before, *after = names.split("{student}")
    if len(after) != 1:
        raise ValueError("Please put {student} into the pattern once, as in '*_{student}.zip'.")
    # translate() gives (?s:...)\Z
    start, end = (
        translate(each).removeprefix("(?s:").removesuffix(r")\Z") for each in (before, after[0])
    )
    return re.compile(f"(?s:{start})(?P<student>[^/]+?)(?s:{end})")


def _names_in(part: str) -> list[str]:
    matches = (MOODLE.match(part), CANVAS.fullmatch(part))
    own = OWN.fullmatch(part)
    return [each["name"] for each in matches if each] + ([own["student"]] if own else [])


def _plain(name: str) -> str:
    """A name without accents, case, spaces and signs, as different systems squeeze it."""
    apart = unicodedata.normalize("NFKD", name.casefold())
    return "".join(each for each in apart if each.isalnum())
