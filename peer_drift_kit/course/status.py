"""Who handed in what, how far it is, and what to do next: plain lines for a person to read."""

from unicodedata import east_asian_width

from .standing import Learner, Standing, State

__all__ = ["next_steps", "table", "totals"]

STRANGER = "(not on the roster)"


def table(standing: Standing) -> list[str]:
    """A heading, and one line a learner with how each assignment stands."""
    rows = [["id", "name", *standing.assignments]]
    for each in standing.learners:
        states = (standing.work[name, each.id].state.value for name in standing.assignments)
        rows.append([each.id, _name(each, standing), *states])
    plain = [[_printable(cell) for cell in row] for row in rows]
    widths = [max(map(_width, column)) for column in zip(*plain, strict=True)]
    return ["  ".join(map(_filled, row, widths)).rstrip() for row in plain]


def totals(standing: Standing) -> list[str]:
    """For each assignment, how many are how far. What nobody is at is not told."""
    told = []
    for name in standing.assignments:
        counts = ((len(_those(standing, name, state)), state) for state in State)
        parts = ", ".join(f"{count} {state.value}" for count, state in counts if count)
        told.append(f"{name}: {parts or 'nobody is on the roster yet'}")
    return told


def next_steps(standing: Standing) -> list[str]:
    """What a trainer can do now, one line each."""
    told = []
    if not standing.has_roster:
        told.append("There is no roster yet: peer-drift course roster CSV")
    if not standing.assignments:
        told.append("No exercise was made yet: peer-drift course release ASSIGNMENT")
    waits = 0
    for name in standing.assignments:
        if count := len(_those(standing, name, State.TO_BE_READ, State.AGAIN)):
            is_are = "is" if count == 1 else "are"
            told.append(f"{count} {is_are} to be read: peer-drift course review {name}")
        waits += len(_those(standing, name, State.WAITS, State.WAITS_AGAIN))
    if waits:
        told.append(f"{waits} {'waits' if waits == 1 else 'wait'}: open Formgrader")
    for name in standing.assignments:
        if count := len(_those(standing, name, State.CONFIRMED)):
            has_have = "has" if count == 1 else "have"
            told.append(
                f"{count} {has_have} no feedback page yet: peer-drift course feedback {name}"
            )
    return told or ["Nothing waits for you."]


def _those(standing: Standing, assignment: str, *states: State) -> list[Learner]:
    return [
        each for each in standing.learners if standing.work[assignment, each.id].state in states
    ]


def _name(learner: Learner, standing: Standing) -> str:
    stranger = STRANGER if standing.has_roster and not learner.on_roster else ""
    return " ".join(filter(None, (learner.name, stranger)))


def _printable(text: str) -> str:
    """Without control characters, which could change what a terminal shows."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)


def _width(text: str) -> int:
    return sum(2 if east_asian_width(each) in "WF" else 1 for each in text)


def _filled(text: str, width: int) -> str:
    return text + " " * (width - _width(text))
