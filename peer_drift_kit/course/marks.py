"""A learner's text cut into parts, with what the kit noticed of each, for the pages to show.

A page marks a part and puts the notes beside it. Everything here is plain data: it is kept in the
metadata of the rebuilt notebook, and escaped by the template that shows it.
"""

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from peer_drift_kit.curriculum import Practice, Sign, every
from peer_drift_kit.review import Finding, Review

from .suggestion import noticed

__all__ = ["marked", "only_named"]

#: So many notes have room beside a text; a hostile one could call for thousands.
MOST_NOTES = 60


def marked(text: str, review: Review | None) -> dict[str, Any]:
    """``parts`` of the text, which join to it, and the ``notes``.

    A part has its ``text``, the numbers of the ``notes`` on it, which ``kind`` is to be seen, and
    the numbers of the notes that end with it (``ends``). A note has ``number``, ``kind`` (sign or
    practice), ``name``, ``words``, ``notice``, ``wonder`` and ``required``; they are numbered from
    1, in the order of the text.
    """
    found: list[Finding] = sorted(
        [*review.findings, *review.practices] if review else [], key=lambda each: each.start
    )[:MOST_NOTES]
    cuts = sorted({0, len(text), *(each.start for each in found), *(each.end for each in found)})
    return {
        "parts": [_part(text, start, end, found) for start, end in pairwise(cuts)],
        "notes": [_note(text, number, each) for number, each in enumerate(found, 1)],
    }


def only_named(marks: Mapping[str, Any], words: str) -> dict[str, Any]:
    """The same marks, with those notes only whose sign or practice is named in ``words``.

    So a person decides what goes along: what they take out of their words is not on the page.
    """
    kept = [each for each in marks["notes"] if each["name"] in words]
    numbers = {each["number"]: number for number, each in enumerate(kept, 1)}
    kinds = {numbers[each["number"]]: each["kind"] for each in kept}

    def part(told: Mapping[str, Any]) -> dict[str, Any]:
        notes = [numbers[each] for each in told["notes"] if each in numbers]
        here = {kinds[each] for each in notes}
        return {
            "text": told["text"],
            "notes": notes,
            "ends": [numbers[each] for each in told["ends"] if each in numbers],
            "kind": "sign" if "sign" in here else next(iter(here), ""),
        }

    return {
        "parts": [part(each) for each in marks["parts"]],
        "notes": [{**each, "number": numbers[each["number"]]} for each in kept],
    }


def _part(text: str, start: int, end: int, found: list[Finding]) -> dict[str, Any]:
    here = [(n, one) for n, one in enumerate(found, 1) if one.start <= start and end <= one.end]
    kinds = {"sign" if one.label in every(Sign) else "practice" for _, one in here}
    return {
        "text": text[start:end],
        "notes": [number for number, _ in here],
        "ends": [number for number, one in here if one.end == end],
        "kind": "sign" if "sign" in kinds else next(iter(kinds), ""),
    }


def _note(text: str, number: int, finding: Finding) -> Mapping[str, Any]:
    sign = every(Sign).get(finding.label)
    return {
        "number": number,
        "kind": "sign" if sign else "practice",
        "name": (sign or every(Practice)[finding.label]).name,
        "words": text[finding.start : finding.end],
        "notice": noticed(finding),
        "wonder": finding.wonder.strip() if sign else "",
        "required": finding.required,
    }
