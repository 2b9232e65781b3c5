"""Reads a text with rules: the heart of the reviewer."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from .findings import Finding, Review
from .labels import SIGNS
from .quotations import quotations
from .rules import Rule
from .scopes import silenced, stretches
from .searcher import Searcher
from .sentences import Span, sentences

__all__ = ["SHOWN_FROM", "read"]

#: Findings that are less likely than this are "more wonderings": not shown unless asked for.
SHOWN_FROM = 0.5

_LONGEST_WORDS = 60


def read(text: str, searcher: Searcher, *, shown_from: float = SHOWN_FROM) -> Review:
    """What the rules of ``searcher`` notice in ``text``, in its order.

    Where two findings of one label overlap, the likelier stands, then the longer.
    """
    found: list[Finding] = []
    quoted = tuple(quotations(text))
    starts, ends = [each.start for each in quoted], [each.end for each in quoted]
    for sentence in sentences(text):
        first = bisect_right(ends, sentence.start)
        last = bisect_left(starts, sentence.end)
        noticed = _in_sentence(text, sentence, quoted[first:last], searcher)
        found.extend(_apart(each for each in noticed if each.confidence >= shown_from))
    return Review(
        text=text,
        findings=tuple(finding for finding in found if finding.label in SIGNS),
        practices=tuple(finding for finding in found if finding.label not in SIGNS),
    )


def _in_sentence(
    text: str, sentence: Span, quoted: Sequence[Span], searcher: Searcher
) -> Iterator[Finding]:
    scopes = None
    for rule, span in searcher.places(text, sentence):
        if scopes is None:
            scopes = stretches(text, sentence, quoted)
        if not silenced(rule.label, span, scopes):
            yield _finding(text, span, rule)


def _finding(text: str, span: Span, rule: Rule) -> Finding:
    words = " ".join(text[span.start : span.end].split())
    if len(words) > _LONGEST_WORDS:
        words = words[: _LONGEST_WORDS - 1] + "…"
    return Finding(
        label=rule.label,
        start=span.start,
        end=span.end,
        rule=rule.id,
        notice=rule.notice.replace("{words}", words),
        wonder=rule.wonder.replace("{words}", words),
        source=rule.source,
        confidence=rule.confidence,
        required=rule.required,
    )


def _apart(findings: Iterable[Finding]) -> list[Finding]:
    """One finding of a label for each place, in the order of the text."""
    kept: list[Finding] = []
    last: dict[str, int] = {}  # where in kept the latest finding of a label is
    for finding in sorted(findings, key=lambda f: (f.start, f.end, f.label, f.rule)):
        at = last.get(finding.label)
        if at is not None and finding.start < kept[at].end:
            kept[at] = max(kept[at], finding, key=_worth)
        else:
            last[finding.label] = len(kept)
            kept.append(finding)
    return kept


def _worth(finding: Finding) -> tuple[float, int]:
    return finding.confidence, finding.end - finding.start
