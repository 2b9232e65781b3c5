"""What a rule looks like, and the reading of rule files.

A file ``rules/<label>.toml`` holds the rules for one sign or practice, a table each, named by the
rule's id. The dataclass here is the only description of a rule that there is.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

from .labels import LABELS

__all__ = ["Kind", "Rule", "RuleError", "read_rules", "rules"]

HERE = Path(__file__).parent / "rules"

#: How ``match`` is read; see :mod:`.matchers`.
Kind = Literal["words", "pattern", "opening"]


class RuleError(ValueError):
    """A rule is not as it should be. Names the file, the id and the mend."""


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One way in which a sign or a practice shows in wording.

    ``match`` holds the alternatives to look for, ``unless`` those that keep the rule quiet when
    they stand in the same sentence. ``notice`` and ``wonder`` are what a learner reads; ``{words}``
    in them stands for the words that matched. ``source`` is the row of the teaching plan that the
    rule comes from. ``confidence`` (0..1) is how often the rule is likely to be right.
    ``required`` marks wording that an employer may impose. ``flags`` are sentences that the rule
    must notice, ``passes`` sentences that it must leave alone.
    """

    id: str
    label: str
    kind: Kind
    match: tuple[str, ...]
    notice: str
    wonder: str
    source: str
    confidence: float
    flags: tuple[str, ...]
    passes: tuple[str, ...]
    unless: tuple[str, ...] = ()
    required: bool = False


@cache
def rules() -> tuple[Rule, ...]:
    """The kit's own rules. Raises :class:`RuleError` for a file that does not fit."""
    found: dict[str, Rule] = {}
    for file in sorted(HERE.glob("*.toml")):
        for rule in read_rules(file):
            if rule.id in found:
                raise RuleError(f"{file.name}: the id {rule.id!r} is taken; choose another")
            found[rule.id] = rule
    return tuple(found.values())


def read_rules(file: Path) -> tuple[Rule, ...]:
    """The rules of one file, whose name is their label. Raises :class:`RuleError`."""
    if file.stem not in LABELS:
        raise RuleError(f"{file.name}: name the file for a label; known are {', '.join(LABELS)}")
    try:
        tables = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RuleError(f"{file.name}: not TOML: {error}") from error
    return tuple(_build(file, rule_id, table) for rule_id, table in tables.items())


def _build(file: Path, rule_id: str, table: object) -> Rule:
    where = f"{file.name}: {rule_id}"
    if not isinstance(table, Mapping):
        raise RuleError(f"{file.name}: {rule_id!r} stands alone; put it under a [table]")
    known = {each.name: each for each in fields(Rule) if each.name not in ("id", "label")}
    for key in table:
        if key not in known:
            raise RuleError(f"{where}: unknown key {key!r}; known are {', '.join(known)}")
    wanting = [n for n, each in known.items() if n not in table and each.default is MISSING]
    if wanting:
        raise RuleError(f"{where}: add the missing {', '.join(wanting)}")
    types = get_type_hints(Rule)
    values = {key: _value(types[key], value, f"{where}: {key}") for key, value in table.items()}
    if not 0 <= values["confidence"] <= 1:
        raise RuleError(f"{where}: confidence: write a number from 0 to 1")
    return Rule(id=rule_id, label=file.stem, **values)


def _value(wanted: Any, value: object, where: str) -> Any:
    """A TOML value as the type that a field asks for."""
    if get_origin(wanted) is Literal:
        if value not in get_args(wanted):
            raise RuleError(f"{where}: one of {', '.join(get_args(wanted))}, not {value!r}")
        return value
    if get_origin(wanted) is tuple:
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            raise RuleError(f"{where}: write a list of texts, [ ... ]")
        return tuple(value)
    if wanted is bool and not isinstance(value, bool):
        raise RuleError(f"{where}: write true or false, not {value!r}")
    if wanted is float:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise RuleError(f"{where}: write a number, not {value!r}")
        return float(value)
    if wanted is str and not (isinstance(value, str) and value.strip()):
        raise RuleError(f"{where}: write text in quotation marks, not {value!r}")
    return value.strip() if isinstance(value, str) else value
