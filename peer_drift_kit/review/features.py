"""What the learned reader sees of a sentence: its words, short runs of them, and pieces of words.

Training and reading use this same file, so that both see the same.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

__all__ = ["Token", "phrases", "pieces", "runs", "single_words", "tokens"]

_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+|[^\w\s]")
#: Quotation marks, and whether each opens; a straight one does both.
_MARKS = {'"': True, "“": True, "”": False, "„": True, "«": True, "»": False}
#: Who is spoken of matters little to what is said of them: "told her" and "told Amal" are alike.
_SOMEBODY = frozenset("he she they him her them hers theirs himself herself themselves".split())
_NO_NAME = frozenset(
    """
    A After Also And As At Before Between But By Everyone For Friday From Here His Her He I If In It
    Monday My No Nobody Not Of On Once Or Our Saturday She So Still Sunday That The Their Then There
    These They This Those Thursday To Tuesday Wednesday We What When Which While Who With Without
    Yes You
    """.split()
)
_BEFORE_A_CAPITAL = frozenset('.!?:“"„«-–—•*')


#: A word or a sign: as it is, as it is in runs, and where it stands in the text.
Token = tuple[str, str, int, int]


def tokens(text: str, start: int, end: int) -> list[Token]:
    """The words and signs of a sentence.

    In runs, names and pronouns become ``x`` and numbers ``0``. What stands in quotation marks
    begins with ``q:``.
    """
    found: list[Token] = []
    quoted = False
    before = "."
    for token in _TOKEN.finditer(text, start, end):
        written = token[0]
        if written in _MARKS:
            quoted = _MARKS[written] if written != '"' else not quoted
            found.append(('"', '"', *token.span()))
        else:
            plain, general, may_be_name = _forms(written)
            if may_be_name and before not in _BEFORE_A_CAPITAL:
                general = "x"
            if quoted:
                plain, general = f"q:{plain}", f"q:{general}"
            found.append((plain, general, *token.span()))
        before = written
    return found


@lru_cache(maxsize=20_000)
def _forms(written: str) -> tuple[str, str, bool]:
    """A word in lower case, the same as it is in runs, and whether it may be a name."""
    plain = written.lower().replace("’", "'")
    if plain in _SOMEBODY:
        return plain, "x", False
    if written[0].isdigit():
        return plain, "0", False
    like_a_name = len(written) > 1 and written[0].isupper() and written[1:].islower()
    return plain, plain, like_a_name and written not in _NO_NAME


def phrases(words: Sequence[Token]) -> frozenset[str]:
    """The words and the runs of two and three, each by its name."""
    names = _names(words)
    two, three = names[1:], names[2:]
    found = {word[0] for word in words}
    found.update([f"{one} {next_}" for one, next_ in zip(names, two, strict=False)])
    for one, next_, last in zip(names, two, three, strict=False):
        found.add(f"{one} {next_} {last}")
        found.add(f"{one} _ {last}")
    return frozenset(found)


def runs(words: Sequence[Token], *, most: int = 3) -> Iterator[tuple[str, int, int]]:
    """The same phrases, each with the numbers of its first word and of the one behind its last.

    With ``most=2`` those of three words are left out.
    """
    for number, word in enumerate(words):
        yield word[0], number, number + 1
    names = _names(words)
    # The ends of the sentence are no words: runs that hold one begin or end with a word beside it.
    first = [0, *range(len(words)), len(words) - 1]
    last = [number + 1 for number in first]
    for at, (one, two) in enumerate(pairwise(names)):
        yield f"{one} {two}", first[at], last[at + 1]
    if most < 3:
        return
    for at, (one, two, three) in enumerate(zip(names, names[1:], names[2:], strict=False)):
        yield f"{one} {two} {three}", first[at], last[at + 2]
        yield f"{one} _ {three}", first[at], last[at + 2]


def _names(words: Sequence[Token]) -> list[str]:
    """What the words are called in runs, between the two ends of the sentence."""
    return ["<", *(word[1] for word in words), ">"]


def single_words(found: Iterable[str]) -> set[str]:
    """The words among the phrases, without the mark of a quotation."""
    return {each.removeprefix("q:") for each in found if " " not in each}


@lru_cache(maxsize=20_000)
def pieces(word: str) -> tuple[str, ...]:
    """The runs of three to five letters of a word, with its beginning and its end marked."""
    marked = f" {word} "
    return tuple(
        {
            f"#{marked[at : at + length]}"
            for length in (3, 4, 5)
            for at in range(len(marked) - length + 1)
        }
    )
