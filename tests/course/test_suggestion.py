"""What the kit suggests to say: kind, short, and about the words."""

import re

import pytest
import textstat

from peer_drift_kit.course import suggestion as words
from peer_drift_kit.course.suggestion import Suggestion, suggest
from peer_drift_kit.curriculum import Case, find
from peer_drift_kit.review import Finding, Review

CASE = find(Case, "kitchen-window")


def finding(text: str, label: str, quote: str, **told: object) -> Finding:
    start = text.index(quote)
    fields = {
        "label": label,
        "start": start,
        "end": start + len(quote),
        "rule": "r",
        "notice": f"I notice “{quote}”. It is a word of charts.",
        "wonder": "I wonder how he would put it?",
        "source": "kit",
    }
    return Finding(**(fields | told))  # type: ignore[arg-type]


def suggested(text: str, *found: Finding, practices: tuple[Finding, ...] = ()) -> Suggestion:
    def review(read: str) -> Review:
        return Review(text=read, findings=found, practices=practices)

    return suggest(text, case=CASE, trouble="", review=review)


def not_asked(text: str) -> Review:
    raise AssertionError("there is nothing to review")


@pytest.mark.parametrize(
    ("text", "trouble", "comment"),
    [
        ("", "answers/x.md is a link", words.UNREADABLE),
        ("", "", words.EMPTY),
        (" \n\t", "", words.EMPTY),
        (CASE.drifted, "", words.UNCHANGED),
        ("  " + CASE.drifted.upper().replace(" ", "\n") + "\n", "", words.UNCHANGED),
        ("I sat with Dele.", "", words.A_FEW_WORDS),
    ],
)
def test_what_is_no_try_yet_suggests_no_points_and_kind_words(
    text: str, trouble: str, comment: str
) -> None:
    told = suggest(text, case=CASE, trouble=trouble, review=not_asked)
    assert told == Suggestion(False, comment)


def test_a_real_try_suggests_all_points_whatever_is_noticed() -> None:
    text = "Client presented as paranoid and lacks insight today."
    found = finding(text, "clinical-language", "lacks insight")
    assert suggested(text, found).tried
    assert suggested(text).tried


def test_an_answer_to_an_exercise_of_a_trainers_own_is_read_without_a_case() -> None:
    told = suggest(
        CASE.drifted,
        case=None,
        trouble="",
        review=lambda text: Review(text=text, findings=(), practices=()),
    )
    assert told.tried


def test_what_is_here_comes_first_then_what_i_notice_then_what_i_wonder() -> None:
    text = "He said: “Let me breathe.” He lacks insight, I think."
    here = finding(text, "own-words", "“Let me breathe.”", notice="You kept his words.", wonder="")
    comment = suggested(
        text, finding(text, "clinical-language", "lacks insight"), practices=(here,)
    ).comment
    told = [
        "Already here: You kept his words. (“Let me breathe.”: the person's own words)",
        "I notice “lacks insight”. It is a word of charts. (clinical language)",
        "I wonder how he would put it?",
    ]
    assert [comment.index(each) for each in told] == sorted(comment.index(each) for each in told)


def test_what_somebody_said_is_quoted_within_the_quote() -> None:
    text = "“Let me breathe,” he said to me at the window."
    here = finding(
        text, "own-words", "“Let me breathe,” he said", notice="I notice that it is here."
    )
    assert (
        "Already here: it is here. (“‘Let me breathe,’ he said”: the person's own words)"
        in suggested(text, practices=(here,)).comment
    )


def test_at_most_two_of_each_are_told_the_surest_and_an_employers_words_last() -> None:
    text = "one two three four five, and Dele made toast by the window"
    comment = suggested(
        text,
        finding(text, "advising", "one", confidence=0.6),
        finding(text, "advising", "two", confidence=0.5),
        finding(text, "compliance", "three", required=True),
        finding(text, "assessing", "four", confidence=0.9),
        finding(text, "distancing", "five", confidence=0.5),
    ).comment
    assert [each in comment for each in text.split()[:5]] == [True, False, False, True, False]


def test_a_suggestion_has_no_count_and_no_verdict() -> None:
    text = "He lacks insight and is not compliant with his meds."
    comment = suggested(text, finding(text, "clinical-language", "lacks insight")).comment
    assert not re.search(r"\d|score|wrong|correct|mistake|\bbad\b|good|should|must", comment, re.I)


def test_the_kits_own_words_are_easy_to_read() -> None:
    own = [value for name, value in vars(words).items() if name.isupper() and str(value) == value]
    assert len(own) >= 7
    assert textstat.flesch_kincaid_grade(" ".join(own)) <= 8


def test_nobody_elses_sentence_is_quoted_beside_a_learners_words() -> None:
    text = "We sat by the window, Dele and I, and I will monitor him."
    told = "I notice “monitor”. It may rate, as in “She said “no plan” to me.”."
    comment = suggested(text, finding(text, "assessing", "monitor", notice=told)).comment
    assert "I notice “monitor”. It may rate. (assessing)" in comment
