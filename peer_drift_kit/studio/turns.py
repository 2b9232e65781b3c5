"""Wrong turns of a rewrite: they sound well, and the note is still drifted or no longer true."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache

from ..curriculum import Case, TurnId
from ..review import review
from ..review.labels import SIGNS
from ..review.sentences import Span, sentences
from .words import content_words, family, scene_words

__all__ = ["Turn", "turns"]

#: How alike two texts are that are nearly the same one, from 0 to 1.
_SAME = 0.92
#: How much two sentences share that tell of the same thing, of the words of the shorter one.
_ALIKE = 0.3
#: The share of drifted sentences that kept their sign, from which the stance is the same.
_STANCE_KEPT = 0.5
_FEWEST_WORDS = 5

_LECTURE = re.compile(
    r"\b(?:recovery (?:is|means|takes|begins|starts|journey|path|process)|healing journey|journey"
    r"|path to (?:recovery|healing|wellness)|empower\w*|resilien\w*|inner strength"
    r"|one day at a time|believe in (?:yourself|himself|herself|themselves)|never give up"
    r"|everyone (?:can|has|deserves)|anything is possible|hope is|self[- ]care is|as peers,? we"
    r"|the power of|we all (?:need|have|deserve|struggle)|brave(?:ry)?|courage\w*|inspir\w+)\b",
    re.IGNORECASE,
)
_HAPPY = re.compile(
    r"\b(?:much (?:better|happier|calmer)"
    r"|(?:felt|feels|feeling|was|is|left|seemed|looked) (?:so |very |really |much |more |far )?"
    r"(?:happy|happier|hopeful|relieved|grateful|thankful|calm|calmer|better|proud|confident"
    r"|positive|optimistic|at peace|lighter|motivated|empowered|excited|ready for|in a good place"
    r"|on the right (?:track|path))|(?<!I )smil(?:ed|ing)|with a smile|big smile|thanked me"
    r"|couldn['’]t be happier|turned (?:a|the) corner|problem solved|looking forward|full of hope"
    r"|everything (?:is|was|will be) (?:fine|ok|okay|alright|well)|happ(?:y|ily) ever"
    r"|no longer (?:worried|afraid|scared|sad)|doing (?:great|really well|so well))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Turn:
    """A wrong turn, and where in the text it is taken; none where the whole text takes it."""

    turn: TurnId
    place: Span | None = None


def turns(case: Case, text: str) -> tuple[Turn, ...]:
    """The wrong turns of ``text``. One that says all, such as "unchanged", stands alone."""
    if _alike(text, case.drifted) >= _SAME and _still_there(case, text):
        return (Turn("unchanged"),)
    if any(_alike(text, sample.text) >= _SAME for sample in case.samples):
        return (Turn("a-sample"),)
    if _is_no_note(case, text):
        return (Turn("no-note"),)
    found = [*_corrected(case, text), *_general(case, text)]
    if _keeps_its_stance(case, text):
        found.insert(0, Turn("softer-words"))
    return tuple(found)


def _alike(one: str, other: str) -> float:
    mine, theirs = one.lower().split(), other.lower().split()
    matcher = SequenceMatcher(None, mine, theirs, autojunk=False)
    # The two quick bounds save the slow comparison where texts are far apart.
    if min(matcher.real_quick_ratio(), matcher.quick_ratio()) < _SAME:
        return 0.0
    return matcher.ratio()


def _still_there(case: Case, text: str) -> bool:
    """Whether each sentence that drifted stands as it stood. In a good note it may be just one."""
    now = " ".join(text.lower().split())
    found = review(case.drifted).findings
    return all(
        " ".join(case.drifted[each.start : each.end].lower().split()) in now
        for each in sentences(case.drifted)
        if any(each.start <= one.start < each.end for one in found)
    )


def _is_no_note(case: Case, text: str) -> bool:
    words = re.findall(r"[^\W\d_]+", text)
    if len(words) < _FEWEST_WORDS or len(set(map(str.lower, words))) < len(words) / 4:
        return True
    return not content_words(text) & scene_words(case)


def _keeps_its_stance(case: Case, text: str) -> bool:
    """Whether the drifted sentences are still there in other words, with the same signs."""
    drifted = [each for each in _drifted(case) if each[1]]
    now = list(_by_sentence(text))
    kept = sum(
        any(
            signs & signs_now and len(words & words_now) >= _ALIKE * min(len(words), len(words_now))
            for words_now, signs_now in now
        )
        for words, signs in drifted
    )
    return bool(drifted) and kept >= _STANCE_KEPT * len(drifted)


@cache
def _drifted(case: Case) -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    return tuple(_by_sentence(case.drifted))


def _by_sentence(text: str) -> Iterator[tuple[frozenset[str], frozenset[str]]]:
    """For each sentence, what it is about and the signs that it shows, unlikely ones too."""
    found = review(text, everything=True).findings
    for each in sentences(text):
        here = {one.label for one in found if each.start <= one.start < each.end} & set(SIGNS)
        yield content_words(text[each.start : each.end]), frozenset(here)


def _corrected(case: Case, text: str) -> Iterator[Turn]:
    """A word of the person's own that another one has taken the place of."""
    for own in case.own_words:
        if family(own.word).search(text):
            continue
        found = family("|".join(own.instead)).search(text)
        if found:
            yield Turn("word-corrected", Span(*found.span()))


def _general(case: Case, text: str) -> Iterator[Turn]:
    scene = " ".join(fact.text for fact in case.scene)
    pairs: tuple[tuple[TurnId, re.Pattern[str]], ...] = (
        ("lecture", _LECTURE),
        ("happy-end", _HAPPY),
    )
    for turn, pattern in pairs:
        known = {each[0].lower() for each in pattern.finditer(scene)}
        for found in pattern.finditer(text):
            if found[0].lower() not in known:
                yield Turn(turn, Span(*found.span()))
                break
