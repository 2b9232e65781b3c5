"""What is sent to a reader: one zip, with one notebook in it that tells nobody's name.

A packet is the same, byte for byte, each time it is made of the same texts, so that a trainer can
be told which ones are new.
"""

import io
import json
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from peer_drift_kit.curriculum import Case, every
from peer_drift_kit.response import BOXES

from ..inert import inert
from .record import circle_name

__all__ = ["FALLBACK", "Given", "packet"]

#: What an answer cell holds when it is given out.
FALLBACK = "If you cannot use the boxes above, write here instead.\n\n"

#: As in the zip format's first year: a time would tell when somebody handed in.
NO_TIME = (1980, 1, 1, 0, 0, 0)

OPENING = """\
# A circle of peers

**Time:** about 10 minutes for each text

**What you will do**

- read what {others} wrote for the exercise that you did too
- tell them what it does to you, in three short boxes
- hand it in, so that it reaches them

If you had a packet like this before: what you handed in stays, even where its boxes are empty here.

If you see no boxes below, open the menu **Run** and choose **Run All Cells**.

**How to answer.** One line in one box is enough. You can leave a box empty.

{boxes}

What you read here is a gift, and so is what you write. Nobody is marked. The people in the stories
are made up. Please never write of a real person, not even with the name changed.

**Who sees what.** The texts have no names. {signed} Whoever runs your course reads your answer
first, and sends it on. They can see who wrote it.

**How handing in works.** You can do all of this and hand in nothing. If you do hand in, these
things leave this computer: this page, and the folder `answers` beside it. Your journal stays with
you."""
UNSIGNED = "Your answer reaches its writer without your name."
SIGNED = "Your circle chose names for answers: yours will stand with what you write."

CLOSING = """\
## Next step

Take a break if you like. Somebody reads your text just as you read theirs. What they write comes to
you with your feedback."""

TEXT = """\
## The {number} text

It is an answer to **{title}**{setting}.

<details>
<summary>{scene}</summary>

{facts}

{drifted}

{given}

</details>

**{wrote}**

{text}"""
OTHERS = {1: "one other person", 2: "two others", 3: "three others"}
NUMBERS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")


@dataclass(frozen=True)
class Given:
    """A text to read, and the code under which the answer comes back."""

    code: str
    case: str
    text: str


def packet(assignment: str, texts: Sequence[Given], *, people: int, names: bool) -> bytes:
    """The zip for one reader, of texts by so many ``people``. ``names``: answers are signed."""
    name = circle_name(assignment)
    notebook = json.dumps(
        _notebook(assignment, texts, people=people, names=names), ensure_ascii=False, indent=1
    )
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        entry = zipfile.ZipInfo(f"{name}/{name}.ipynb", date_time=NO_TIME)
        entry.compress_type = zipfile.ZIP_DEFLATED
        entry.create_system = 3  # or the mode below means nothing
        entry.external_attr = 0o100644 << 16
        file.writestr(entry, f"{notebook}\n")
    return made.getvalue()


def _notebook(
    assignment: str, texts: Sequence[Given], *, people: int, names: bool
) -> dict[str, Any]:
    boxes = "\n".join(f"- **{box.name}.** {box.hint}" for box in BOXES)
    others = OTHERS.get(people, f"{people} others")
    signed = SIGNED if names else UNSIGNED
    cells = [_markdown("opening", OPENING.format(others=others, boxes=boxes, signed=signed))]
    for number, given in enumerate(texts):
        cells.append(_markdown(f"text-{given.code}", _text(number, given)))
        # Just this wording runs by itself in JupyterLab: see labextension/src/shipped.ts.
        begin = "" if number else "from peer_drift_kit import hand_in, respond\n\n"
        cells.append(_code(f"respond-{given.code}", f'{begin}respond("{given.code}")'))
        cells.append(_answer(given.code))
    cells.append(_code("hand-in", "hand_in()"))
    cells.append(_markdown("closing", CLOSING))
    return {
        "cells": cells,
        "metadata": {
            "kernelspec": {
                "display_name": "Python 3 (ipykernel)",
                "language": "python",
                "name": "python3",
            },
            "language_info": {"name": "python"},
            "peer_drift_kit": {"circle": assignment},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def _text(number: int, given: Given) -> str:
    case = every(Case).get(given.case)
    heading = NUMBERS[number] if number < len(NUMBERS) else f"next ({number + 1})"
    if case is None:  # an exercise of the trainer's own
        return f"## The {heading} text\n\n{inert(given.text)}"
    talk = case.kind == "talk"
    return TEXT.format(
        number=heading,
        title=case.title,
        setting=f", in {case.setting}",
        scene="What happened, and what was said"
        if talk
        else "What happened, and the note as it was",
        facts="\n".join(f"- {fact.text}" for fact in case.scene),
        drifted="This is what was said:" if talk else "This is the note as it was:",
        given=inert(case.drifted.strip()),
        wrote="What a peer would say:" if talk else "What a peer wrote:",
        text=inert(given.text),
    )


def _markdown(name: str, text: str) -> dict[str, Any]:
    return {
        "cell_type": "markdown",
        "id": name,
        "metadata": {"deletable": False, "editable": False},
        "source": text.splitlines(keepends=True),
    }


def _code(name: str, source: str) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "execution_count": None,
        "id": name,
        "metadata": {"jupyter": {"source_hidden": True}},
        "outputs": [],
        "source": source.splitlines(keepends=True),
    }


def _answer(code: str) -> dict[str, Any]:
    """Where to write without the boxes; marked as the exercises' own are, and worth no points."""
    return {
        "cell_type": "markdown",
        "id": f"answer-{code}",
        "metadata": {
            "deletable": False,
            "nbgrader": {
                "cell_type": "markdown",
                "grade": True,
                "grade_id": code,
                "locked": False,
                "points": 0,
                "schema_version": 3,
                "solution": True,
                "task": False,
            },
        },
        "source": FALLBACK.splitlines(keepends=True),
    }
