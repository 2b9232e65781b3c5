"""``peer-drift review`` and ``peer-drift rules``: the reviewer on the command line.

Mounted by :mod:`peer_drift_kit.cli`. What is refused is refused in one line, with exit code 2.
"""

import json
import sys
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import track

from peer_drift_kit.review import Finding, Review
from peer_drift_kit.review import review as review_text
from peer_drift_kit.review.rules import rules as every_rule

__all__ = ["review", "rules"]

#: Texts longer than this many bytes are no notes.
LARGEST = 1_000_000


def review(
    files: Annotated[
        list[str] | None,
        typer.Argument(metavar="FILE...", help="Texts to read; - is standard input."),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one text's review as JSON.")
    ] = False,
    jsonl: Annotated[
        str | None,
        typer.Option(
            "--jsonl",
            metavar="IN",
            help='Read lines of {"id", "text"} and print lines of {"id", "findings"}.',
        ),
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Add the less likely: more wonderings.")
    ] = False,
    explain: Annotated[
        bool,
        typer.Option("--explain", help="Say of each where it comes from, and how likely it is."),
    ] = False,
) -> None:
    """Read a text as a fellow learner would: what is already here, and what to wonder about.

    Use invented or changed stories only. Nothing is kept and nothing leaves this computer.
    """
    if jsonl is not None:
        if files or as_json:
            _refuse("--jsonl reads one file of its own; leave out --json and other files")
        _print_lines(jsonl, everything=everything)
        return
    if not files:
        _refuse("name a file to read, or - for standard input")
    if as_json and len(files) > 1:
        _refuse("--json takes one text; for many, use --jsonl")
    texts = [(name, _text(name)) for name in files]
    for name, text in texts:
        found = review_text(text, everything=everything)
        if as_json:
            _print_json(found)
        else:
            _print_for_a_person(name, found, explain=explain)


def rules() -> None:
    """List what the reviewer listens for: each rule's id, label, source and first example."""
    console = _console()
    label = ""
    for rule in every_rule():
        if rule.label != label:
            label = rule.label
            console.print(f"\n[bold]{escape(label)}[/bold]")
        imposed = ", often imposed" if rule.required else ""
        console.print(
            escape(f"  {rule.id} ({rule.source}, confidence {rule.confidence:.2f}{imposed})")
        )
        console.print(escape(f"    e.g. {rule.flags[0]}"))


def _print_json(found: Review) -> None:
    both = {
        "findings": [asdict(each) for each in found.findings],
        "practices": [asdict(each) for each in found.practices],
    }
    sys.stdout.write(json.dumps(both, indent=1) + "\n")


def _print_lines(name: str, *, everything: bool) -> None:
    lines = _raw(name).split(b"\n")
    # Only a person at a terminal sees how far it is.
    shown = Console(stderr=True)
    for number, line in enumerate(
        track(lines, "Reading", console=shown, transient=True, disable=not shown.is_terminal), 1
    ):
        if not line.strip():
            continue
        record = _record(name, number, line)
        found = review_text(record["text"], everything=everything)
        every = sorted((*found.findings, *found.practices), key=lambda each: each.start)
        findings = [
            {
                "label": each.label,
                "start": each.start,
                "end": each.end,
                "rule": each.rule,
                "confidence": each.confidence,
                "required": each.required,
            }
            for each in every
        ]
        sys.stdout.write(json.dumps({"id": record["id"], "findings": findings}) + "\n")


def _record(name: str, number: int, line: bytes) -> dict[str, Any]:
    where = f"{name}, line {number}"
    try:
        record = json.loads(_decoded(where, line))
    except (json.JSONDecodeError, RecursionError):
        _refuse(f"{where}: not JSON")
    if not isinstance(record, dict) or "id" not in record:
        _refuse(f'{where}: write an object with "id" and "text"')
    if not isinstance(record.get("text"), str):
        _refuse(f'{where}: "text" is missing or not a text')
    _check(where, record["text"], len(line))
    return record


def _print_for_a_person(name: str, found: Review, *, explain: bool) -> None:
    console = _console()
    starts = list(_line_starts(found.text))
    console.print(f"\n[bold]{escape(_printable(name))}[/bold]")
    if found.practices:
        console.print("\n[bold]What is already here[/bold]")
        _print_findings(console, found, found.practices, starts, explain=explain)
    if found.findings:
        console.print("\n[bold]What I notice, and what I wonder[/bold]")
        _print_findings(console, found, found.findings, starts, explain=explain)
    if not found.practices and not found.findings:
        console.print(
            "\nI notice nothing here that I know words for."
            " I read English only, and I do not hear everything."
        )
    elif not found.findings:
        console.print("\nNothing else caught my ear. I do not hear everything.")
    else:
        console.print("\nYou know the person and the place, so you decide what fits.")


def _print_findings(
    console: Console,
    found: Review,
    findings: tuple[Finding, ...],
    starts: list[int],
    *,
    explain: bool,
) -> None:
    """In the text's order. What would be said again of other words is said once, of all of them."""
    several_lines = "\n" in found.text.strip()
    alike: dict[str, list[Finding]] = {}
    for each in findings:
        alike.setdefault(each.rule, []).append(each)
    for together in alike.values():
        first = together[0]
        console.print()
        for each in together:
            words = _printable(" ".join(found.text[each.start : each.end].split()))
            line = f"line {bisect_right(starts, each.start)}: " if several_lines else ""
            console.print(escape(f"  {line}“{words}”"))
        console.print(escape(f"    {_printable(first.notice)}"))
        console.print(escape(f"    {_printable(first.wonder)}"))
        if explain:
            imposed = " Such wording may be imposed." if first.required else ""
            sure = [each.confidence for each in together]
            ends = dict.fromkeys(f"{each:.0%}" for each in (min(sure), max(sure)))
            console.print(
                escape(
                    f"    ({first.label}; from {first.rule}; teaching plan: {first.source};"
                    f" right about {' to '.join(ends)} of the time.{imposed})"
                )
            )


def _line_starts(text: str) -> Iterator[int]:
    yield 0
    at = text.find("\n")
    while at >= 0:
        yield at + 1
        at = text.find("\n", at + 1)


def _console() -> Console:
    # made when used, so that it writes to the standard output of the moment
    return Console(highlight=False, soft_wrap=True)


def _printable(text: str) -> str:
    """Without control characters, which could change what a terminal shows."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)


def _text(name: str) -> str:
    raw = _raw(name)
    text = _decoded(name, raw)
    _check(name, text, len(raw))
    return text


def _raw(name: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except FileNotFoundError:
        _refuse(f"{name}: there is no such file")
    except IsADirectoryError:
        _refuse(f"{name}: this is a folder; name a file in it")
    except (OSError, ValueError) as error:
        _refuse(f"{name}: could not be read: {getattr(error, 'strerror', None) or error}")


def _decoded(where: str, raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig" if raw.startswith(b"\xef\xbb\xbf") else "utf-8")
    except UnicodeDecodeError:
        _refuse(f"{where}: not UTF-8 text")


def _check(where: str, text: str, size: int) -> None:
    if not text.strip():
        _refuse(f"{where}: the text is empty")
    if size > LARGEST:
        _refuse(f"{where}: over 1 MB; review a shorter text")


def _refuse(line: str) -> NoReturn:
    typer.echo(f"peer-drift review: {_printable(line)}", err=True)
    raise typer.Exit(2)
