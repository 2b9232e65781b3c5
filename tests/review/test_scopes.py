"""Whose words are these? Each scope by examples: what it keeps quiet, and what it does not."""

import pytest
from test_reader import labels

from peer_drift_kit.review.quotations import quotations
from peer_drift_kit.review.read import read
from peer_drift_kit.review.rules import rules
from peer_drift_kit.review.scopes import SILENCES, scopes
from peer_drift_kit.review.searcher import Searcher
from peer_drift_kit.review.sentences import Span, sentences

KIT = Searcher(rules())


def signs(text: str) -> set[str]:
    """What rules alone find, as the learned reader has no scopes of its own."""
    return {finding.label for finding in read(text, KIT).findings}


QUIET = {
    "quoted": "She calls the night bus “my psychosis on wheels”.",
    "reported": "He told me that he had been delusional that spring.",
    "own": "I live with bipolar disorder too.",
    "my-file": "They put paranoid in my file once, and I laughed about it with her.",
    "questioned": "The team called it non-compliance; I wondered what he was saying no to.",
    "declined": "It was not my job to check whether he had taken his tablets.",
    "undone": "I did not tell him that he should go back on his tablets.",
    "asked": "He asked me to ring the dentist, so I booked him in for Monday.",
    "things": "The boiler is low functioning again.",
    "safety": "I told Ana I was worried she might end her life and that I had to ring the nurse.",
    "wish-to-die": "He said he wants to die, and I stayed with him.",
    "kind-words": "I told him he was not alone.",
}


#: A wish to die is no step that is credited, nor a strength. Kind words are no advice and no guess.
#: What is said to be undone is no sign.
NOT_HEARD = [
    (quiet, text)
    for quiet, texts in (
        (
            {"choice", "strengths"},
            (
                "Rob said he wants to die.",
                "She told me she wants to end her life, and that she has decided.",
                "They said they'd rather be dead, so I rang Maria with them.",
                "Amal plans to kill himself, he told me, and we called Ben in.",
                "He wants to hurt himself again and asked me to stay.",
            ),
        ),
        (
            {"advising", "attributed-motive"},
            (
                "I told him he was not alone.",
                "I told him that he was loved.",
                "I told her she did well.",
                "I told her she did brilliantly.",
                "He's trying hard.",
                "He is proud of his daughter.",
            ),
        ),
        (
            SILENCES["undone"],
            (
                "I never said she was manipulative.",
                "I did not check whether she had taken her meds.",
                "I didn’t tell him he should go back on the tablets.",
                "I never told him to leave.",
                "I did not ring his mother behind his back.",
                "I'm not going to keep it from her that I talked to the ward.",
                "I refused to write him up for missing the meeting.",
            ),
        ),
    )
    for text in texts
]


@pytest.mark.parametrize(("quiet", "text"), NOT_HEARD)
def test_the_learned_reader_is_kept_quiet_too(quiet: set[str], text: str) -> None:
    assert not labels(text) & quiet


@pytest.mark.parametrize(
    ("label", "text"),
    [
        ("choice", "She wants to go home on Friday, and asked me to say so."),
        ("attributed-motive", "She is trying hard to get out of the rota."),
        ("advising", "I told him he was doing well but he should cut down on the drink."),
        ("compliance", "I did not remind him to take his tablets and I should have."),
        ("behind-the-back", "I did not ring him back, I rang his sister without telling him."),
        ("behind-the-back", "I didn't tell him I'd put his name down for the group."),
    ],
)
def test_what_stands_beside_a_scope_is_heard(label: str, text: str) -> None:
    assert label in labels(text)


def test_each_scope_has_its_example_here() -> None:
    assert QUIET.keys() == SILENCES.keys() == {"quoted", *scopes()}


@pytest.mark.parametrize("scope", QUIET)
def test_a_scope_keeps_its_example_quiet(scope: str) -> None:
    assert signs(QUIET[scope]) == set()


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("He was delusional that spring.", "clinical-language"),
        ("Per the team he is non-compliant.", "compliance"),
        ("He told me about the bus, but to me he was plainly delusional.", "clinical-language"),
        ("I checked whether he had taken his tablets.", "compliance"),
        ("He is low functioning.", "clinical-language"),
        ("I rang the nurse so that Ana wouldn't find out.", "behind-the-back"),
        ("I was worried, so I rang the nurse without Ana knowing.", "behind-the-back"),
        ("I was worried about Ana, and I would say she is high risk.", "assessing"),
        ("The nurse told me he is non-compliant again.", "compliance"),
        ('Her "headache" came on when it was her turn.', "attributed-motive"),
    ],
)
def test_the_same_words_in_the_writers_own_voice_are_noticed(text: str, sign: str) -> None:
    assert sign in signs(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('He said "no" and left.', ['"no"']),
        ("“Twice,” she said, “and then never.”", ["“Twice,”", "“and then never.”"]),
        ("She said 'not today' and the girls' room stayed shut.", ["'not today'"]),
        ("It's Dele's, and that isn't ours.", []),
        ('He said "and then\nthe line ended.', ['"and then']),
    ],
)
def test_quotations_end_where_a_reader_would_end_them(text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in quotations(text)] == found


RUN_ON = (
    "saw lou at the stop and he was telling me the new place is loud and he has not slept since"
    " friday what with the lift and all so i told him he should go back on his tablets"
    " and then we waited for the 14 which never came"
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("We met. We walked.", ["We met.", "We walked."]),
        ("Dr. Amadi met J. Okoro at 5 p.m. on Friday.", 1),
        ("Mood: low\nSleep: poor", ["Mood: low", "Sleep: poor"]),
        ("A line that a system\nwrapped here.", 1),
        ("- one\n- two", ["- one", "- two"]),
        ("One.\r\nTwo.", ["One.", "Two."]),
        ('"Never again." was all she said.', 1),
        ("He rang and I rang back.", 1),
        (RUN_ON, [RUN_ON[:124], RUN_ON[125:171], RUN_ON[172:]]),
        (RUN_ON.replace(" i ", " mo ").replace("and then we", "and they"), 1),
    ],
)
def test_sentences_are_what_a_reader_takes_in_at_once(text: str, found: list[str] | int) -> None:
    seen = [text[start:end] for start, end in sentences(text)]
    assert seen == found if isinstance(found, list) else len(seen) == found
    assert all(isinstance(each, Span) for each in sentences(text))
