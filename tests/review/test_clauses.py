"""The words that are shown are a part of the sentence that makes sense alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peer_drift_kit.review.clauses import beginnings, rounded
from peer_drift_kit.review.features import tokens
from peer_drift_kit.review.sentences import Span

LONG = (
    "We went from the bus to the library to the market to the river to the bench where we met Lou"
    " on Monday"
)


@pytest.mark.parametrize(
    ("text", "heard", "shown"),
    [
        (
            "I don't buy it, he has been stretching the limits.",
            "been stretching the",
            "he has been stretching the limits",
        ),
        ("He laughed, then said his wife checks.", "said his", "said his wife checks"),
        ("He rang and I rang his sister.", "rang his", "I rang his sister"),
        ("He keeps bees and a dog.", "bees", "He keeps bees and a dog"),
        # one word or two say nothing alone: the next clause goes along, or the one before
        ("What she misses, she said, is him ringing.", "she said", "she said, is him ringing"),
        ("She put the phone down, again.", "again", "She put the phone down, again"),
        # a full stop within a sentence, and quotations
        (
            "I'd keep her, but if Dr. Hale says out then so be it.",
            "Hale",
            "if Dr. Hale says out then so be it",
        ),
        ('It felt "like bread," and I nodded.', "like bread", 'It felt "like bread,"'),
        ('"Is he a cutter?" I said he could be asked.', "I said he", "I said he could be asked"),
        ("'He's loud when the bill comes.'", "the bill", "He's loud when the bill comes"),
        # of a long clause the words themselves, without loose ends
        (LONG, "bench where we", "to the bench where we met"),
        # what has no words, as they are counted here
        ("___", "___", "___"),
    ],
)
def test_a_clause_is_shown_whole(text: str, heard: str, shown: str) -> None:
    at = text.index(heard)
    words = tokens(text, 0, len(text))
    span = rounded(words, beginnings(words), Span(at, at + len(heard)))
    assert text[span.start : span.end] == shown


@given(st.text("ab ,.\"'’;and", max_size=60), st.data())
def test_what_was_heard_is_in_what_is_shown_and_nothing_beyond(
    text: str, data: st.DataObject
) -> None:
    words = tokens(text, 0, len(text))
    if not words:
        return
    number = data.draw(st.integers(0, len(words) - 1))
    span = rounded(words, beginnings(words), Span(*words[number][2:]))
    assert words[0][2] <= span.start < span.end <= words[-1][3]
    if words[number][0].isalpha() and words[number][0] != "and":
        assert span.start <= words[number][2]
        assert words[number][3] <= span.end
