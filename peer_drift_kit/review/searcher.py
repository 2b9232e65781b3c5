"""Finds the places in a sentence that any of many rules speak of."""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from .anchors import anchors, beginnings
from .matchers import alternatives, expression, whole
from .rules import Rule
from .sentences import Span

__all__ = ["ANCHORS", "Searcher", "entry_anchors", "entry_name", "listed_anchors"]

#: The anchors of each entry of the kit's own rules, by its kind and text: lists of beginnings.
#: Made by ``make generate``, since to work them out takes longer than a reader should wait.
ANCHORS = Path(__file__).parent / "anchors.json"


@dataclass(frozen=True)
class _Entry:
    """One entry of a rule's ``match``. Its expression is compiled when it is first needed."""

    rule: Rule
    match: str

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        return whole(expression(self.rule.kind, self.match))

    def spans(self, text: str, sentence: Span) -> Iterable[Span]:
        if self.rule.kind == "opening":
            first = self.pattern.match(text, *sentence)
            found = [first] if first else []
        elif self.pattern.search(text, *sentence):
            found = list(self.pattern.finditer(text, *sentence))
        else:
            return ()  # as a rule; an iterator would take longer
        return [Span(*each.span()) for each in found if each.end() > each.start()]


class Searcher:
    """Tries on each sentence only those entries of which an anchor is there."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._always: list[_Entry] = []
        self._by_beginning = defaultdict[str, list[tuple[_Entry, tuple[frozenset[str], ...]]]](list)
        listed = listed_anchors()
        for rule in rules:
            for match in rule.match:
                entry = _Entry(rule, match)
                name = entry_name(rule, match)
                here = listed[name] if name in listed else entry_anchors(rule, match)
                if not here:
                    self._always.append(entry)
                    continue
                rarest, *others = here
                needed = tuple(map(frozenset, others))
                for each in rarest:
                    self._by_beginning[each].append((entry, needed))

    def places(self, text: str, sentence: Span) -> Iterator[tuple[Rule, Span]]:
        """What each rule speaks of in ``sentence``; never empty, rule by rule."""
        lower = text[sentence.start : sentence.end].lower()
        here = beginnings(lower)
        tried = {id(entry): entry for entry in self._always}
        for each in here & self._by_beginning.keys():
            for entry, needed in self._by_beginning[each]:
                if not any(map(here.isdisjoint, needed)):
                    tried[id(entry)] = entry
        quiet: dict[str, bool] = {}
        for entry in tried.values():
            for span in entry.spans(text, sentence):
                rule = entry.rule
                if rule.id not in quiet:
                    quiet[rule.id] = _is_quiet(rule, text, sentence)
                if not quiet[rule.id]:
                    yield rule, span


def _is_quiet(rule: Rule, text: str, sentence: Span) -> bool:
    """Whether one of the things is there that a rule is to be quiet for."""
    return bool(rule.unless) and _unless(rule.unless).search(text, *sentence) is not None


_unless = cache(alternatives)


def entry_name(rule: Rule, match: str) -> str:
    """What an entry of a rule is called in the list of anchors."""
    return f"{rule.kind} {match}"


def entry_anchors(rule: Rule, match: str) -> list[list[str]]:
    """The anchors of an entry of a rule, worked out."""
    return [sorted(each) for each in anchors(expression(rule.kind, match))]


@cache
def listed_anchors() -> dict[str, list[list[str]]]:
    """What :data:`ANCHORS` holds."""
    read: dict[str, list[list[str]]] = json.loads(ANCHORS.read_text(encoding="utf-8"))
    return read
