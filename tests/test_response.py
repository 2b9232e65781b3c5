"""Three boxes and one file: whatever is typed is there again."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from peer_drift_kit.response import BOXES, from_markdown, is_form, to_markdown

LIKE_THE_FILE = st.lists(
    st.sampled_from(
        [*(f"## {box.name}" for box in BOXES), "\\", "\n", "\r", " ", "## ", "x", "\u2028"]
    )
).map("".join)
WORDS = st.text() | LIKE_THE_FILE


@given(here=WORDS, notice=WORDS, wonder=WORDS)
@example("## I notice", "\n\n", "\\## Already here\n\\\\## I wonder\n")
@example("", "\n", "")
@example("\n\n## I wonder\n\n", "", " ")
@example("a\r\n## I notice\r\nb", "", "")
def test_whatever_is_typed_is_there_again(here: str, notice: str, wonder: str) -> None:
    boxes = {"here": here, "notice": notice, "wonder": wonder}
    assert from_markdown(to_markdown(boxes)) == boxes


def test_empty_boxes_are_an_empty_file() -> None:
    assert to_markdown({}) == to_markdown({"here": "", "notice": "", "wonder": ""}) == ""
    assert from_markdown("") == {"here": "", "notice": "", "wonder": ""}


def test_the_file_reads_well() -> None:
    told = to_markdown({"here": "The toast.", "wonder": "What did he ask?"})
    assert told == (
        "## Already here\n\nThe toast.\n\n## I notice\n\n\n\n## I wonder\n\nWhat did he ask?\n\n"
    )
    assert is_form(told)
    assert not is_form("I notice the toast.")


@pytest.mark.parametrize(
    ("text", "here", "notice", "wonder"),
    [
        ("just words\n", "", "just words", ""),
        ("## I wonder\nwhy\n", "", "", "why"),
        ("first\n## I notice\r\nthe toast", "", "first\n\nthe toast", ""),
        ("## I wonder\n\none\n\n## Already here\n\ntoast\n\n## I wonder\n\ntwo\n\n", "toast", "",
         "one\n\ntwo"),
        ("### I wonder\n", "", "### I wonder", ""),
    ],
)  # fmt: skip
def test_a_file_that_was_written_by_hand_is_read_too(
    text: str, here: str, notice: str, wonder: str
) -> None:
    assert from_markdown(text) == {"here": here, "notice": notice, "wonder": wonder}
