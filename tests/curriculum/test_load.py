"""Data that does not fit is refused with the file, the id and the mend."""

from pathlib import Path

import pytest

from peer_drift_kit.curriculum import DataError, Prompt, Table, UnknownId, find
from peer_drift_kit.curriculum.load import read_items

GOOD = """
[hello]
question = "How are you?"
help = "Any word will do."
source = "kit"
topic = "Welcome"
rows = []
"""


def read(tmp_path: Path, text: str, kind: type = Prompt) -> dict[str, object]:
    file = tmp_path / "some.toml"
    file.write_text(text, encoding="utf-8")
    return read_items(kind, file)


def test_a_table_becomes_the_thing_it_describes(tmp_path: Path) -> None:
    assert read(tmp_path, GOOD) == {
        "hello": Prompt(
            id="hello",
            question="How are you?",
            help="Any word will do.",
            source="kit",
            topic="Welcome",
            rows=(),
        )
    }


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            GOOD + 'colour = "red"',
            "some.toml: hello: unknown key 'colour'; known are id,",
        ),
        (
            GOOD.replace('help = "Any word will do."', ""),
            r"some\.toml: hello: add the missing help",
        ),
        (GOOD.replace('"kit"', "7"), r"some\.toml: hello: source: write text in quotation marks"),
        (GOOD.replace("[]", '"what"'), r"some\.toml: hello: rows: write a list"),
        ('stray = "word"', r"some\.toml: 'stray' stands alone; put it under a \[table\]"),
        ("[hello", r"some\.toml: not TOML"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_mend(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(DataError, match=says):
        read(tmp_path, text)


def test_a_nested_mistake_names_its_place(tmp_path: Path) -> None:
    text = """
    [five]
    title = "t"
    left = "l"
    right = "r"
    source = "kit"
    topic = "x"
    rows = []
    pairs = [{ id = "a", about = "a", left = "l", rigth = "r" }]
    """
    with pytest.raises(DataError, match=r"five: pairs 1: unknown key 'rigth'"):
        read(tmp_path, text, Table)


def test_a_known_id_is_found() -> None:
    assert find(Prompt, "what-it-means").id == "what-it-means"


@pytest.mark.parametrize("wanted", ["what-it-mean", "WHAT", "", 7, None, ["x"]])
def test_an_unknown_id_answers_with_near_ones_in_one_line(wanted: object) -> None:
    with pytest.raises(UnknownId) as caught:
        find(Prompt, wanted)  # type: ignore[arg-type]
    line = str(caught.value)
    assert "\n" not in line
    assert '"' in line.split("Near it:")[1]
    assert caught.value._render_traceback_() == [line]


def test_the_nearest_id_comes_first() -> None:
    with pytest.raises(UnknownId, match='Near it: "what-it-means"'):
        find(Prompt, "what-it-mean")
