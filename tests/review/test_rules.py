"""Every rule has a source and both kinds of example, and does what its examples say."""

import re
from pathlib import Path

import pytest

from peer_drift_kit.curriculum import Practice, Sign, every
from peer_drift_kit.review.labels import LABELS, PRACTICES, SIGNS
from peer_drift_kit.review.read import read
from peer_drift_kit.review.rules import Rule, RuleError, read_rules, rules
from peer_drift_kit.review.searcher import Searcher

RULES = rules()
KIT = Searcher(RULES)
BY_ID = [pytest.param(rule, id=rule.id) for rule in RULES]
ROWS = Path(__file__).parents[1] / "curriculum" / "rows.toml"


def test_every_label_has_a_rule() -> None:
    assert {rule.label for rule in RULES} == set(LABELS)


def test_labels_are_those_of_the_curriculum() -> None:
    assert set(SIGNS) == set(every(Sign))
    assert set(PRACTICES) == set(every(Practice))


def test_ids_are_unique_and_plain() -> None:
    ids = [rule.id for rule in RULES]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", each) for each in ids)


@pytest.mark.parametrize("rule", BY_ID)
def test_a_rule_says_where_it_comes_from_and_shows_itself(rule: Rule) -> None:
    assert rule.source in ROWS.read_text(encoding="utf-8").split()
    assert rule.flags, "add a sentence that it must notice"
    assert rule.passes, "add a sentence that it must leave alone"


@pytest.mark.parametrize(
    ("rule", "sentence"), [(rule, sentence) for rule in RULES for sentence in rule.flags]
)
def test_it_notices(rule: Rule, sentence: str) -> None:
    found = read(sentence, Searcher([rule]))
    assert [each.rule for each in (*found.findings, *found.practices)][:1] == [rule.id]


@pytest.mark.parametrize(
    ("rule", "sentence"), [(rule, sentence) for rule in RULES for sentence in rule.passes]
)
def test_it_leaves_alone(rule: Rule, sentence: str) -> None:
    found = read(sentence, Searcher([rule]))
    assert (found.findings, found.practices) == ((), ())


@pytest.mark.parametrize("rule", BY_ID)
def test_what_a_rule_says_is_a_fellow_learners_voice(rule: Rule) -> None:
    assert rule.notice.startswith("I notice ")
    assert rule.wonder.startswith("I wonder ")
    assert rule.wonder.endswith("?")
    unquoted = re.sub(r"“[^”]*”", "", f"{rule.notice} {rule.wonder}")
    assert not read(unquoted, KIT).findings
    assert not re.search(r"\b(you should|must|score|wrong|bad|remove|delete|leave out)\b", unquoted)
    assert "{" not in unquoted


def test_what_the_rules_say_reads_easily() -> None:
    textstat = pytest.importorskip("textstat")
    for rule in RULES:
        said = f"{rule.notice} {rule.wonder}".replace("“{words}”", "it")
        assert textstat.flesch_kincaid_grade(said) <= 8, rule.id


def test_imposed_wording_says_that_it_may_be_imposed() -> None:
    required = [rule for rule in RULES if rule.required]
    assert required
    for rule in required:
        assert re.search(r"employer|payer|billing", rule.notice, re.IGNORECASE)


GOOD = """
[some-rule]
kind = "words"
match = ["plum*"]
notice = "I notice plums."
wonder = "I wonder who grew them?"
source = "supervise-signs"
confidence = 0.8
flags = ["A plum fell."]
passes = ["A pear fell."]
"""


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (GOOD + 'colour = "red"', "advising.toml: some-rule: unknown key 'colour'; known are"),
        (GOOD.replace('source = "supervise-signs"', ""), "some-rule: add the missing source"),
        (GOOD.replace("0.8", "8"), "some-rule: confidence: write a number from 0 to 1"),
        (GOOD.replace("0.8", '"high"'), "some-rule: confidence: write a number, not 'high'"),
        (GOOD.replace('["plum*"]', '"plum"'), "some-rule: match: write a list of texts"),
        (GOOD.replace('"words"', '"magic"'), "some-rule: kind: one of words, pattern, opening"),
        (GOOD + 'required = "yes"', "some-rule: required: write true or false"),
        (GOOD.replace('"I notice plums."', '""'), "some-rule: notice: write text"),
        ('stray = "word"', r"'stray' stands alone; put it under a \[table\]"),
        ("[oh", "advising.toml: not TOML"),
    ],
)
def test_a_rule_that_does_not_fit_is_refused_with_its_mend(
    tmp_path: Path, text: str, says: str
) -> None:
    file = tmp_path / "advising.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(RuleError, match=says):
        read_rules(file)


def test_a_file_is_named_for_a_label(tmp_path: Path) -> None:
    file = tmp_path / "plums.toml"
    file.write_text(GOOD, encoding="utf-8")
    with pytest.raises(RuleError, match="name the file for a label"):
        read_rules(file)


def test_a_good_rule_is_read(tmp_path: Path) -> None:
    file = tmp_path / "advising.toml"
    file.write_text(GOOD, encoding="utf-8")
    (rule,) = read_rules(file)
    assert (rule.id, rule.label, rule.required) == ("some-rule", "advising", False)
    (finding,) = read("Two plums fell.", Searcher([rule])).findings
    assert (finding.start, finding.end) == (4, 9)
