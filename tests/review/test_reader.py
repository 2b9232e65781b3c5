"""The learned reader: hears what has no words of its own, and says why."""

import json
from pathlib import Path

import pytest

from peer_drift_kit.course import suggestion
from peer_drift_kit.review import review
from peer_drift_kit.review.features import phrases, runs, tokens
from peer_drift_kit.review.findings import Finding
from peer_drift_kit.review.labels import LABELS, SIGNS
from peer_drift_kit.review.read import HEARD
from peer_drift_kit.review.reader import FILE, Reader
from peer_drift_kit.review.rules import rules

ROOT = Path(__file__).parents[2]
PRACTICE_TEXTS = sorted((ROOT / "reader" / "texts").glob("*.jsonl"))


def labels(text: str) -> set[str]:
    found = review(text)
    return {each.label for each in (*found.findings, *found.practices)}


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("I've put her down for the walking group, it is the best thing for her.", "deciding-for"),
        ("I let his mum know what he told me, and he need never hear of it.", "behind-the-back"),
        ("She only cries to get the extra visit.", "attributed-motive"),
        ("When he asked about my own bad years I turned to the weather.", "withholding-self"),
        ("I kept quiet, since the team knows best.", "deferring"),
    ],
)
def test_everyday_drift_is_heard(text: str, label: str) -> None:
    assert label in labels(text)


@pytest.mark.parametrize(
    "text",
    [
        "We met at the library at two.",
        "He said he thought of ending his life. I told him I was worried and must ring Maria.",
        "She has decided to try the lower dose and wants to see how painting goes.",
        "An insight she shared made us both laugh.",
    ],
)
def test_what_is_no_drift_is_left_alone(text: str) -> None:
    assert review(text).findings == ()


def test_what_rules_have_words_for_is_shown_by_itself_nineteen_times_in_twenty() -> None:
    """A learner's answer may be one sentence, with nothing around it."""
    all_flags = [(rule.label, sentence) for rule in rules() for sentence in rule.flags]
    missed = [each for each in all_flags if each[0] not in labels(each[1])]
    assert len(missed) <= len(all_flags) / 20, missed


def learned() -> Finding:
    text = "I've put her down for the walking group, it is the best thing for her."
    (found,) = (each for each in review(text).findings if each.rule == "heard-deciding-for")
    return found


def test_what_i_did_is_heard_behind_what_they_told_me_in_one_breath() -> None:
    text = (
        "she was telling me her sister has moved back in and its loud and she cant sleep and she is"
        " fed up with all of it and i said nothing much and then i told her to see the nurse"
        " so i rang the nurse myself after and said not to tell her it was me"
    )
    assert {"advising", "behind-the-back"} <= {found.label for found in review(text).findings}


def test_a_learned_finding_explains_itself_by_a_practice_sentence_of_our_own() -> None:
    found = learned()
    ours = {
        sentence["text"]
        for file in PRACTICE_TEXTS
        for line in file.read_text(encoding="utf-8").splitlines()
        for sentence in json.loads(line)["sentences"]
        if "deciding-for" in sentence["signs"]
    }
    assert any(sentence.rstrip(".") in found.notice for sentence in ours)
    assert found.notice.startswith("I notice “")
    assert found.wonder.endswith("?")
    assert 0.5 < found.confidence < 1


def test_more_wonderings_are_less_sure_and_come_on_request() -> None:
    text = "It would be good for him to get out more. Maybe we can get him to come next week."
    shown, everything = set(review(text).findings), set(review(text, everything=True).findings)
    assert shown < everything
    least = min(Reader(FILE.read_bytes()).shown_from[: len(SIGNS)])
    assert all(each.confidence < least for each in everything - shown)


def test_the_file_is_small_and_made_for_these_labels() -> None:
    assert FILE.stat().st_size <= 3_000_000
    other = FILE.read_bytes().replace(b'"advising"', b'"advice"', 1)
    with pytest.raises(ValueError, match="make reader"):
        Reader(other)


def test_runs_are_the_phrases_with_their_places() -> None:
    text = "I told Amal “no way” at 7, and she’s “fine”."
    words = tokens(text, 0, len(text))
    assert {name for name, _, _ in runs(words)} == phrases(words)
    assert all(0 <= first < last <= len(words) for _, first, last in runs(words))
    assert "told x" in phrases(words)


def test_what_is_said_of_each_label_is_there() -> None:
    told = HEARD.read_text(encoding="utf-8")
    rows = (ROOT / "tests" / "curriculum" / "rows.toml").read_text(encoding="utf-8").split()
    assert all(f"[{label}]" in told for label in LABELS)
    sources = [line.split('"')[1] for line in told.splitlines() if line.startswith("source")]
    assert len(sources) == len(LABELS)
    assert set(sources) <= set(rows)
    assert len(Reader(FILE.read_bytes()).shown_from) == len(LABELS)


def own_strings() -> list[str]:
    said = [
        value
        for name, value in vars(suggestion).items()
        if name.isupper() and isinstance(value, str)
    ]
    for rule in rules():
        said += [rule.notice.replace("“{words}”", "this"), rule.wonder]
    for line in HEARD.read_text(encoding="utf-8").splitlines():
        if line.startswith(("notice", "wonder")):
            said.append(line.split('"')[1].replace("“{words}”", "this").split(", as in")[0] + ".")
    return said


def test_the_kits_own_words_pass_its_own_review() -> None:
    found = {text: [each.label for each in review(text).findings] for text in own_strings()}
    assert {text: each for text, each in found.items() if each} == {}
