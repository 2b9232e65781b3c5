"""Reads a text, with rules and with the learned reader: the heart of the reviewer."""

import tomllib
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from .clauses import rounded
from .findings import Finding, Review
from .heard import Heard
from .labels import LABELS, SIGNS
from .quotations import quotations
from .reader import Reader
from .rules import Rule
from .scopes import Scopes
from .searcher import Searcher
from .sentences import Span, sentences

__all__ = ["HEARD", "read", "rule_hits"]

#: What is said of something that the learned reader heard, by label.
HEARD = Path(__file__).parent / "heard.toml"

#: What is less likely than this is no wondering, not even when all are asked for.
LEAST = 0.25

#: Where a rule found it too, this is likely enough: of such signs three in four were right.
SHOWN_WITH_A_RULE = 0.4

_LONGEST_WORDS = 100


def read(
    text: str, searcher: Searcher, reader: Reader | None = None, *, everything: bool = False
) -> Review:
    """What is noticed in ``text``, in its order.

    Without a ``reader`` each rule speaks for itself. With one, a rule's finding is as likely as the
    reader thinks, knowing what the rule found, and the reader adds what no rule has words for.
    Where two findings of one label overlap, the likelier stands, then the longer.
    """
    quoted = tuple(quotations(text))
    starts, ends = [each.start for each in quoted], [each.end for each in quoted]
    whole = list(sentences(text))
    scopes = [
        Scopes(text, each, quoted[bisect_right(ends, each.start) : bisect_left(starts, each.end)])
        for each in whole
    ]
    places = [_places(text, each, here, searcher) for each, here in zip(whole, scopes, strict=True)]
    noticed: Iterable[Iterable[Finding]]
    if reader is None:
        noticed = (
            [_finding(text, span, rule, rule.confidence) for rule, span in here] for here in places
        )
    else:
        hits = ({rule.label for rule, _ in here} for here in places)
        noticed = (
            _weighed(text, *each, reader, everything)
            for each in zip(whole, scopes, places, reader.listen(text, whole, hits), strict=True)
        )
    found = [finding for each in noticed for finding in _apart(each)]
    return Review(
        text=text,
        findings=tuple(finding for finding in found if finding.label in SIGNS),
        practices=tuple(finding for finding in found if finding.label not in SIGNS),
    )


def rule_hits(text: str, sentence: Span, searcher: Searcher) -> set[str]:
    """The labels that rules find in one sentence of ``text``, for the training of the reader."""
    scopes = Scopes(text, sentence, tuple(quotations(text)))
    return {rule.label for rule, _ in _places(text, sentence, scopes, searcher)}


def _places(
    text: str, sentence: Span, scopes: Scopes, searcher: Searcher
) -> list[tuple[Rule, Span]]:
    """What rules find in a sentence, but for what a scope keeps quiet."""
    return [
        (rule, span)
        for rule, span in searcher.places(text, sentence)
        if not scopes.silence(rule.label, span)
    ]


def _weighed(
    text: str,
    sentence: Span,
    scopes: Scopes,
    places: Sequence[tuple[Rule, Span]],
    heard: Heard,
    reader: Reader,
    everything: bool,
) -> Iterator[Finding]:
    for label, likely, shown_from in zip(LABELS, heard.likely, reader.shown_from, strict=True):
        if likely < LEAST:
            continue
        by_rule = [(rule, span) for rule, span in places if rule.label == label]
        least = min(shown_from, SHOWN_WITH_A_RULE) if by_rule else shown_from
        if likely < least and not everything:
            continue
        for rule, span in by_rule:
            yield _finding(text, span, rule, likely)
        if not by_rule:
            span = reader.words_for(label, heard, sentence)
            if not scopes.silence(label, span, learned=True):
                whole = rounded(heard.words, heard.begins, span)
                yield _heard(text, whole, label, likely, reader.example(label, heard))


def _finding(text: str, span: Span, rule: Rule, confidence: float) -> Finding:
    words = _words(text, span)
    return Finding(
        label=rule.label,
        start=span.start,
        end=span.end,
        rule=rule.id,
        notice=rule.notice.replace("{words}", words),
        wonder=rule.wonder.replace("{words}", words),
        source=rule.source,
        confidence=round(confidence, 3),
        required=rule.required,
    )


def _heard(text: str, span: Span, label: str, confidence: float, like: str) -> Finding:
    told = _told()[label]
    return Finding(
        label=label,
        start=span.start,
        end=span.end,
        rule=f"heard-{label}",
        notice=told["notice"]
        .replace("{like}", like.rstrip("."))
        .replace("{words}", _words(text, span)),
        wonder=told["wonder"],
        source=told["source"],
        confidence=round(confidence, 3),
    )


@cache
def _told() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(HEARD.read_text(encoding="utf-8"))


def _words(text: str, span: Span) -> str:
    words = " ".join(text[span.start : span.end].split())
    return words if len(words) <= _LONGEST_WORDS else words[: _LONGEST_WORDS - 1] + "…"


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
    return sorted(kept, key=lambda f: (f.start, f.end))


def _worth(finding: Finding) -> tuple[float, int]:
    return finding.confidence, finding.end - finding.start
