"""The searcher tries few entries on a sentence, and misses nothing by that."""

import re

import pytest

from peer_drift_kit.review.anchors import anchors, beginnings
from peer_drift_kit.review.list_anchors import listing
from peer_drift_kit.review.matchers import expression, whole
from peer_drift_kit.review.rules import rules
from peer_drift_kit.review.searcher import ANCHORS

SENTENCES = sorted({sentence for rule in rules() for sentence in (*rule.flags, *rule.passes)})


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("manipulat(?:ive|es)", [{"manipu"}]),
        (r"(?:sat|sit) him down", [{"sat", "sit"}, {"down"}, {"him "}]),
        (r"told\s(?:him|her)", [{"told "}, {"him", "her"}]),
        (r"(?:very |quite )?poor", [{"poor"}]),
        (r"the\scompliance", [{"compli"}, {"the "}]),
        (r"high(?:er)?\srisk", [{"high"}, {"risk"}]),
        (r"(?:low|\d) mood", [{"low", *"0123456789"}, {"mood"}]),
        (r"\d{2}\s?mg", [set("0123456789")]),
        (r"(?:[a-z]{1,9}:\s?)?client", [{"client"}]),
        (r"\w{2,9}ing", []),
        (r"(?:red|\d+)", [{"red", *"0123456789"}]),
        (r"(?:red|.{2})", []),
        (r"(?:an act|avoiding|a ploy|I won't go)", [{"act", "avoidi", "ploy", "won "}]),
    ],
)
def test_anchors_are_beginnings_of_words_that_a_match_must_hold(
    pattern: str, found: list[set[str]]
) -> None:
    assert sorted(map(sorted, anchors(pattern))) == sorted(map(sorted, found))


def test_no_entry_of_a_rule_matches_where_none_of_its_anchors_is() -> None:
    texts = [(sentence, set(beginnings(sentence.lower()))) for sentence in SENTENCES]
    looked = 0
    for rule in rules():
        for match in rule.match:
            needed = anchors(expression(rule.kind, match))
            pattern = whole(expression(rule.kind, match))
            for sentence, here in texts:
                if any(each.isdisjoint(here) for each in needed):
                    looked += 1
                    assert not pattern.search(sentence), (match, sentence)
    assert looked > len(SENTENCES) * 100, "hardly anything was left out"


def test_the_list_of_anchors_is_what_the_rules_make() -> None:
    assert ANCHORS.read_text(encoding="utf-8") == listing(), "make generate"


def test_beginnings_are_of_words() -> None:
    assert set(beginnings("he's 7")) == {"h", "he", "he ", "s", "s ", "7", "7 "}
    assert all(re.fullmatch(r"\w{1,5}(?: |\w)?", each) for each in beginnings("a_b longest ünï"))
