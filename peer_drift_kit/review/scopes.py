"""Whose words are these? Stretches of a sentence that do not speak in the writer's own voice.

What lies wholly inside a stretch is left alone by the labels that :data:`SILENCES` names for its
scope. Each scope, by one example (all but the first are written in ``scopes.toml``):

- ``quoted``: *She calls the night bus "my psychosis on wheels".*
- ``reported``: *He told me that he had been delusional that spring, and I passed him the tea.* (up
  to where the writer speaks again)
- ``own``: *I live with bipolar disorder too.*
- ``my-file``: *They put paranoid in my file once, and I laughed about it with her.*
- ``questioned``: *The team called it non-compliance; I wondered what he was saying no to.* (passed
  on as fact, "Per the team he is non-compliant", it is in no scope)
- ``declined``: *It was not my job to check whether he had taken his tablets.*
- ``undone``: *I did not tell him that he should go back on his tablets.* (what is said to be
  undone, in so many words; ``declined`` is wider, and meant for rules)
- ``asked``: *He asked me to ring the dentist, so I booked him in for Monday.*
- ``things``: *The boiler is low functioning again.* (other homographs, "an insight she shared", are
  left alone by the rules themselves)
- ``safety``: *I told Ana I was worried she might end her life and that I had to ring the nurse.*
  (an openly shared worry is never a sign; in secret, or as a level of risk, it is in no scope)
- ``wish-to-die``: *He said he wants to die, and I stayed with him.* (it is nobody's next step, nor
  a strength)
- ``kind-words``: *I told him he was not alone.* (also *She is trying hard*; up to where a condition
  or another thing follows)

Scare quotes are no scope: *Her "headache" came on when it was her turn* is the writer's own voice.
A rule, ``mocking-quotes``, hears them.
"""

import re
import tomllib
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from .labels import LABELS, SIGNS
from .matchers import alternatives
from .sentences import Span

__all__ = ["SILENCES", "Scopes"]

FILE = Path(__file__).parent / "scopes.toml"

_WRITTEN_DOWN = frozenset(
    {"clinical-language", "attributed-motive", "compliance", "assessing", "deficit-focus"}
)

#: Which labels each scope keeps quiet. The person's words count for what they are: ``own-words``,
#: ``meaning``, ``choice`` and ``strengths`` are heard in them too.
SILENCES: Mapping[str, frozenset[str]] = {
    "quoted": frozenset(LABELS) - {"own-words", "meaning", "choice", "strengths", "speaking-up"},
    "reported": frozenset(SIGNS),
    "own": _WRITTEN_DOWN,
    "my-file": _WRITTEN_DOWN,
    "questioned": _WRITTEN_DOWN,
    "declined": _WRITTEN_DOWN | {"advising", "deciding-for"},
    "undone": _WRITTEN_DOWN | {"advising", "deciding-for", "behind-the-back", "withholding-self"},
    "asked": frozenset({"advising", "deciding-for"}),
    "things": _WRITTEN_DOWN,
    "safety": frozenset(SIGNS) - {"distancing"},
    "wish-to-die": frozenset({"choice", "strengths"}),
    "kind-words": frozenset({"advising", "attributed-motive"}),
}


#: The scopes that keep quiet what the learned reader heard, too. It has read the whole sentence and
#: learned from others like it, so that the other scopes took more from it than they mended (on the
#: development texts 37 of the 45 findings that they kept quiet were right).
FIRM = frozenset({"quoted", "undone", "safety", "wish-to-die", "kind-words"})

_SILENCED_BY: Mapping[str, Sequence[str]] = {
    label: tuple(name for name, labels in SILENCES.items() if label in labels) for label in LABELS
}


@dataclass(frozen=True, kw_only=True)
class Scope:
    """A kind of stretch: from ``starts`` to ``ends``, or the sentence where ``all_of`` matches.

    A start does not count where ``nobody`` matches too: "staff said" is not a person's report.
    Nothing counts in a sentence where ``none_of`` matches.
    """

    example: str
    starts: re.Pattern[str] | None = None
    ends: re.Pattern[str] | None = None
    nobody: re.Pattern[str] | None = None
    all_of: tuple[re.Pattern[str], ...] = ()
    none_of: re.Pattern[str] | None = None

    def stretches(self, text: str, sentence: Span) -> Iterator[Span]:
        """Its stretches in ``sentence``: apart, left to right."""
        if self.none_of and self.none_of.search(text, *sentence):
            return
        if self.starts is None:
            if all(each.search(text, *sentence) for each in self.all_of):
                yield sentence
            return
        at = sentence.start
        while found := self.starts.search(text, at, sentence.end):
            at = found.end()
            if self.nobody and self.nobody.match(text, found.start(), sentence.end):
                continue
            stop = self.ends.search(text, at, sentence.end) if self.ends else None
            at = max(at, stop.start() if stop else sentence.end)
            yield Span(found.start(), at)


@cache
def scopes() -> Mapping[str, Scope]:
    """Every scope that is told within one sentence, by its name."""
    tables = tomllib.loads(FILE.read_text(encoding="utf-8"))
    pieces = {name: f"(?:{'|'.join(each)})" for name, each in tables.pop("pieces").items()}
    return {name: _scope(table, pieces) for name, table in tables.items()}


def _scope(table: Mapping[str, Sequence[str]], pieces: Mapping[str, str]) -> Scope:
    def built(patterns: Sequence[str]) -> re.Pattern[str]:
        return alternatives(tuple(_filled(each, pieces) for each in patterns))

    return Scope(
        example=str(table["example"]),
        all_of=tuple(built(each) for each in table.get("all_of", ())),
        **{
            key: built(table[key])
            for key in ("starts", "ends", "nobody", "none_of")
            if key in table
        },
    )


def _filled(pattern: str, pieces: Mapping[str, str]) -> str:
    for name, piece in pieces.items():
        pattern = pattern.replace(f"{{{name}}}", piece)
    return pattern


class Scopes:
    """The scopes of one sentence. Each is looked for when a label first asks for it."""

    def __init__(self, text: str, sentence: Span, quoted: Sequence[Span]) -> None:
        self._text = text
        self._sentence = sentence
        #: ``quoted`` are the quotations that touch the sentence.
        self._found: dict[str, Sequence[Span]] = {"quoted": quoted}

    def silence(self, label: str, span: Span, *, learned: bool = False) -> bool:
        """Whether a scope keeps this label quiet at ``span``, found by a rule or ``learned``."""
        return any(
            _holds(self._stretches(name), span)
            for name in _SILENCED_BY[label]
            if not learned or name in FIRM
        )

    def _stretches(self, name: str) -> Sequence[Span]:
        if name not in self._found:
            self._found[name] = tuple(scopes()[name].stretches(self._text, self._sentence))
        return self._found[name]


def _holds(stretches: Sequence[Span], span: Span) -> bool:
    """Whether one of these stretches, which lie apart and in order, holds the whole span."""
    at = bisect_left(stretches, span.end, key=lambda stretch: stretch.end)
    return at < len(stretches) and stretches[at].start <= span.start
