"""Beside what was heard stands the practice sentence of that label that is most like it."""

import pytest

from peer_drift_kit.review.labels import LABELS
from peer_drift_kit.review.practice import PracticeSentences

PRACTICE = PracticeSentences(
    [
        ("She refused the tablets again.", ["compliance"]),
        ("He missed three groups this week.", ["compliance"]),
        ("I told him to take the tablets.", ["advising", "compliance"]),
        *((f"A sentence about {label}.", [label]) for label in LABELS if label != "compliance"),
    ]
)


@pytest.mark.parametrize(
    ("words", "label", "like"),
    [
        (["refusing", "her", "tablet"], "compliance", "She refused the tablets again."),
        (["missing", "a", "group"], "compliance", "He missed three groups this week."),
        # the label comes first, then the words
        (["refusing", "the", "tablets"], "advising", "I told him to take the tablets."),
        # where nothing is shared, still one with the label
        (["zzz"], "strengths", "A sentence about strengths."),
        ([], "meaning", "A sentence about meaning."),
    ],
)
def test_the_words_decide_among_those_of_the_label(words: list[str], label: str, like: str) -> None:
    assert PRACTICE.most_like(words, label) == like


def test_a_long_text_of_the_same_pieces_does_not_spill_over() -> None:
    words = [f"refused{number}tablets" for number in range(40_000)]
    assert PRACTICE.most_like(words, "compliance") == "She refused the tablets again."
