"""A journal as Markdown, with each question above what was written to it. Used by the command."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from ..curriculum import (
    Case,
    Check,
    Checklist,
    Prompt,
    Recommendations,
    Table,
    UnknownId,
    find,
)
from ..curriculum.lessons import lessons
from .entries import Entry

__all__ = ["title_of", "to_markdown"]


def title_of(item: str) -> str:
    """What the item asks or is called; its id where this kit no longer knows it."""
    kind, _, item_id = item.partition(":")
    try:
        match kind:
            case "prompt":
                return find(Prompt, item_id).question
            case "check":
                return find(Check, item_id).question
            case "table":
                return find(Table, item_id).title
            case "checklist":
                return find(Checklist, item_id).title
            case "recommendations":
                return find(Recommendations, item_id).title
            case "studio":
                return f"{find(Case, item_id).title}: what I set aside"
            case "lesson":
                return next((each.title for each in lessons() if each.id == item_id), item)
    except UnknownId:
        pass
    return item


def to_markdown(
    entries: Mapping[str, Iterable[Entry]], marks: Mapping[str, datetime], *, now: datetime
) -> str:
    """One section an item, its versions newest first, as quotations; then what is marked."""
    blocks = ["# My journal", f"Written out on {_when(now)}."]
    for item, versions in entries.items():
        blocks.append(f"## {title_of(item)}")
        for entry in versions:
            blocks += [f"*{_when(entry.at)}*", _quoted(_readable(item, entry.value))]
    if marks:
        blocks.append("## Opened")
        blocks.append("\n".join(f"- {title_of(item)} ({_when(at)})" for item, at in marks.items()))
    return "\n\n".join(blocks) + "\n"


def _when(at: datetime) -> str:
    return f"{at.astimezone():%Y-%m-%d %H:%M}"


def _quoted(text: str) -> str:
    """As a quotation, so that a # or a --- in it stays the learner's own."""
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))


def _readable(item: str, value: str) -> str:
    """Plain words as they are; sliders and ticks as a list."""
    if not value.strip():
        return "(left empty)"
    if item.startswith("prompt:"):
        return value
    try:
        found = json.loads(value)
    except (ValueError, RecursionError):
        return value
    if not isinstance(found, dict) or not found:
        return value
    names = _names(item)
    return "\n".join(f"- {names.get(key, key)}: {_said(each)}" for key, each in found.items())


def _names(item: str) -> dict[str, str]:
    """What the keys of an item stand for."""
    kind, _, item_id = item.partition(":")
    try:
        match kind:
            case "table":
                table = find(Table, item_id)
                return {
                    each.id: f"{each.about} ({table.left} – {table.right})" for each in table.pairs
                }
            case "checklist":
                return {each.id: each.text for each in find(Checklist, item_id).questions}
            case "recommendations":
                return {each.id: each.text for each in find(Recommendations, item_id).items}
            case "studio":
                return {"left": "Left as it is", "required": "Required where I work"}
    except UnknownId:
        pass
    return {}


def _said(value: Any) -> str:
    if isinstance(value, list):  # of [sign, words]
        return (
            ", ".join(f"“{each[-1]}”" for each in value if isinstance(each, list) and each) or "–"
        )
    if isinstance(value, dict) and set(value) <= {"picked", "note"}:
        parts = ["chosen" if value.get("picked") else "", str(value.get("note") or "")]
        return ". ".join(part for part in parts if part) or "not chosen"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
