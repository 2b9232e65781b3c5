"""Whatever bytes a learner sends: they are read or told of, and what comes out is whole and inert.

The same bytes each time, from ``SEED``. A failure names its round, which makes them again.
"""

import copy
import json
import random
import re
from pathlib import Path
from typing import Any

import nbformat
import pytest
from course.conftest import ASSIGNMENT, CASE, ROOT, TELLING, Course
from course.test_from_zips import zipped
from nbconvert.exporters import HTMLExporter

from peer_drift_kit.course.folder import open_course
from peer_drift_kit.course.from_zips import collect_zips
from peer_drift_kit.course.handed_in import answer_in, reasons_in
from peer_drift_kit.course.prefill import read_answer
from peer_drift_kit.course.rebuild import answer_cells, rebuild
from peer_drift_kit.course.settings import TEMPLATES

from .of_words import HARM, reason
from .submissions import ANSWER, NOTEBOOK

pytestmark = pytest.mark.slow

SEED, BATCHES, EACH = 5, 20, 100
ZIPS = 400
RELEASED = nbformat.read(ROOT / "exercises" / ASSIGNMENT / NOTEBOOK, as_version=4)

#: What parsers, databases and pages stumble over.
ODD_BYTES = [
    *(
        b"\x00",
        b"\xff",
        b"\xed\xa0\x80",
        b"\xef\xbb\xbf",
        b"\r",
        b"\x1b[2J",
        b'"',
        b"\\",
        b"\\ud800",
    ),
    *(b"{", b"}", b"[", b"]", b"," * 50, b"[" * 3_000, b"9" * 5_000, b"NaN", b"1e999", b"null"),
    *(
        b"<script>window.harm = 1</script>",
        b"</pre><img src=x onerror=harm()>",
        b"&lt;",
        b"{{ 7 }}",
    ),
    *("\u202e\u0301\u2028\U0001fa9f".encode(), HARM.encode()),
]
ODD_VALUES: list[Any] = [
    *(None, True, -1, 0, 10**30, float("nan"), float("inf"), "", [], {}, [[]], {"": None}),
    *("\ud800\x00", "<script>window.harm = 1</script>", HARM, [HARM, None, 7], {"x": HARM}),
    *("kitchen-window", "nbgrader", "__class__", "a" * 10_000, TELLING),
]
ALIVE = re.compile(r"<(?:script|img|svg|iframe|object|embed|form|link|base)\b", re.IGNORECASE)


def other_bytes(data: bytes, chance: random.Random) -> bytes:
    """The bytes with a few small accidents."""
    for _ in range(chance.randint(1, 6)):
        at = chance.randint(0, len(data))
        to = min(len(data), at + chance.choice([1, 1, 2, 10, 100]))
        data = chance.choice(
            [
                data[:at] + data[to:],
                data[:to] + data[at:],
                data[:at] + chance.choice(ODD_BYTES) + data[at:],
                data[:at] + bytes(255 - each for each in data[at:to]) + data[to:],
                data[:at] + chance.randbytes(to - at) + data[to:],
                data[:at] if chance.random() < 0.2 else data,
            ]
        )
    return data


def other_values(told: Any, chance: random.Random) -> Any:
    """The same JSON, with a few values, keys and items that are others, away or there twice."""
    told = copy.deepcopy(told)
    for _ in range(chance.randint(1, 6)):
        inside = [each for each in _containers(told) if each]
        if not inside:
            return told
        place = chance.choice(inside)
        key = chance.choice(list(place) if isinstance(place, dict) else range(len(place)))
        match chance.randint(0, 4):
            case 0:
                del place[key]
            case 1 if isinstance(place, list):
                place.insert(key, copy.deepcopy(place[key]))
            case 2 if isinstance(place, dict):
                place[str(chance.choice(ODD_VALUES))[:50]] = place.pop(key)
            case 3:
                place[key] = copy.deepcopy(chance.choice(inside))
            case _:
                place[key] = copy.deepcopy(chance.choice(ODD_VALUES))
    return told


def _containers(told: Any) -> list[Any]:
    found, todo = [], [told]
    while todo:
        each = todo.pop()
        if isinstance(each, dict | list):
            found.append(each)
            todo += each.values() if isinstance(each, dict) else each
    return found


def _with_answer() -> Any:
    told = json.loads((ROOT / "exercises" / ASSIGNMENT / NOTEBOOK).read_text(encoding="utf-8"))
    cell = next(each for each in told["cells"] if "nbgrader" in each["metadata"])
    cell["source"] = [*cell["source"], TELLING]
    return told


def lay(folder: Path, chance: random.Random) -> None:
    """A submission that came through some accident, or was made to look so."""
    notebook, reasons = _with_answer(), [reason(), reason(HARM, HARM)]
    made = {
        NOTEBOOK: notebook,
        ANSWER: chance.choice([TELLING, HARM]),
        f"answers/{CASE}.json": reasons,
        f"answers/drafts/{CASE}/2026-01-01T00-00-00-000000Z.md": HARM,
    }
    for name, told in made.items():
        if name == ANSWER and chance.random() < 0.5:
            continue  # so that the notebook is read
        if isinstance(told, str):
            data = told.encode()
        else:
            if chance.random() < 0.5:
                told = other_values(told, chance)
            data = json.dumps(told, ensure_ascii=chance.random() < 0.5).encode(
                errors="surrogatepass"
            )
        if chance.random() < 0.6:
            data = other_bytes(data, chance)
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


@pytest.fixture(scope="module")
def page() -> Any:
    exporter = HTMLExporter(template_name="feedback", extra_template_basedirs=[str(TEMPLATES)])
    return exporter.template


@pytest.mark.parametrize("batch", range(BATCHES))
def test_any_submission_becomes_a_whole_notebook_and_an_inert_page(
    batch: int, tmp_path: Path, page: Any
) -> None:
    read = 0
    for number in range(batch * EACH, (batch + 1) * EACH):
        chance = random.Random(f"{SEED}, {number}")  # noqa: S311 (the same ones each time)
        folder = tmp_path / str(number)
        lay(folder, chance)
        start = "".join(answer_cells(RELEASED)[0].source)
        found = answer_in(folder, notebook=ASSIGNMENT, case=CASE, start=start)
        assert bool(found.trouble) <= (not found.text), number
        assert len(reasons_in(folder, case=CASE)) <= 50, number
        nb = copy.deepcopy(RELEASED)
        troubles = rebuild(nb, folder, notebook=ASSIGNMENT)
        assert troubles == ([found.trouble] if found.trouble else []), number
        (cell,) = answer_cells(nb)
        suggestion = read_answer(cell, points=chance.choice(["completion", "rubric"]))
        cell.metadata.nbgrader.update(score=1.0, points=1.0, comment=suggestion.comment)
        nbformat.validate(nb)
        nbformat.writes(nb).encode()
        parts = cell.metadata["peer_drift_kit"]["parts"]
        assert "".join(each["text"] for each in parts) == found.text, number
        named = {"notebook": ASSIGNMENT, "assignment": ASSIGNMENT, "student": "ana"}
        html = page.render(nb=nb, resources={"nbgrader": named})
        html.encode()
        assert not ALIVE.search(html), number
        assert not ALIVE.search(cell.source), number
        read += bool(found.text)
    # Most accidents leave some words.
    assert read > EACH / 4


def test_any_zip_is_collected_or_told_in_one_line(course: Course, tmp_path: Path) -> None:
    chance = random.Random(SEED)  # noqa: S311 (the same)
    mails = tmp_path / "mails"
    mails.mkdir()
    whole = zipped(
        {
            NOTEBOOK: json.dumps(_with_answer()),
            ANSWER: TELLING,
            f"answers/{CASE}.json": json.dumps([reason()]),
            "inner.zip": zipped({ANSWER: TELLING}),
        }
    )
    for number in range(ZIPS):
        (mails / f"{ASSIGNMENT}--learner{number}.zip").write_bytes(other_bytes(whole, chance))
    before = set(tmp_path.rglob("*"))
    outcomes = list(collect_zips(open_course(course.folder), ASSIGNMENT, mails))
    assert len(outcomes) == ZIPS
    assert {len(each.lines) for each in outcomes if each.failed} == {1}
    assert all(line.isprintable() for each in outcomes for line in each.lines)
    assert 20 < sum(each.failed for each in outcomes) < ZIPS - 20
    new = {each.relative_to(tmp_path).parts for each in set(tmp_path.rglob("*")) - before}
    assert {each[:2] for each in new} == {("course", "submitted")}
    assert {each[2] for each in new if len(each) > 2} == {
        each.student for each in outcomes if not each.failed
    }
