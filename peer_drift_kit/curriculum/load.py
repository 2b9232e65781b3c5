"""Reads the curriculum's TOML files into the dataclasses of :mod:`.schema`."""

import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, fields
from functools import cache
from pathlib import Path
from types import MappingProxyType, UnionType
from typing import Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from . import schema
from .nearest import UnknownId

__all__ = ["FILES", "DataError", "every", "find", "read_items"]

HERE = Path(__file__).parent

#: Where each kind lives: a TOML file with one table an id, or a folder with one file an item.
FILES: Mapping[type, str] = {
    schema.Source: "sources.toml",
    schema.Sign: "signs.toml",
    schema.Practice: "practices.toml",
    schema.Idea: "ideas.toml",
    schema.Prompt: "prompts.toml",
    schema.Table: "tables.toml",
    schema.Check: "checks.toml",
    schema.BeforeAndAfter: "before_and_after.toml",
    schema.Checklist: "checklists.toml",
    schema.Recommendations: "recommendations.toml",
    schema.Figure: "figures.toml",
    schema.Spot: "spots.toml",
    schema.Case: "cases",
}

T = TypeVar("T")


class DataError(ValueError):
    """The curriculum's data is not as the schema says. Names the file, the id and the mend."""


def every(kind: type[T]) -> Mapping[str, T]:
    """All things of a kind, by id, in the order in which they are written.

    Raises :class:`DataError` for data that does not fit the schema.
    """
    # mypy does not take a type for hashable here
    return cast("Mapping[str, T]", _every(FILES[kind], cast(Any, kind)))


@cache
def _every(name: str, kind: Any) -> Mapping[str, Any]:
    path = HERE / name
    files = sorted(path.glob("*.toml")) if path.is_dir() else [path]
    items: dict[str, Any] = {}
    for file in files:
        for item_id, item in read_items(kind, file).items():
            if item_id in items:
                raise DataError(f"{file.name}: the id {item_id!r} is taken; choose another")
            items[item_id] = item
    return MappingProxyType(items)


def find(kind: type[T], item_id: str) -> T:
    """The thing of a kind with this id. Raises :class:`UnknownId`, which names the nearest ids."""
    items = every(kind)
    try:
        return items[item_id]
    except (KeyError, TypeError):
        raise UnknownId(kind.__name__, item_id, items) from None


def read_items(kind: type[T], file: Path) -> dict[str, T]:
    """The things of a kind in one TOML file: a table each, named by its id."""
    try:
        tables = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DataError(f"{file.name}: not TOML: {error}") from error
    items = {}
    for item_id, table in tables.items():
        if not isinstance(table, dict):
            raise DataError(f"{file.name}: {item_id!r} stands alone; put it under a [table]")
        items[item_id] = _build(kind, {"id": item_id, **table}, f"{file.name}: {item_id}")
    return items


def _build(kind: type[T], table: Mapping[str, Any], where: str) -> T:
    types = get_type_hints(kind)
    known = {field.name: field for field in fields(cast(Any, kind))}
    for key in table:
        if key not in known:
            raise DataError(f"{where}: unknown key {key!r}; known are {', '.join(known)}")
    missing = [
        name for name, field in known.items() if name not in table and field.default is MISSING
    ]
    if missing:
        raise DataError(f"{where}: add the missing {', '.join(missing)}")
    return kind(**{key: _value(types[key], table[key], f"{where}: {key}") for key in table})


def _value(wanted: Any, value: Any, where: str) -> Any:
    """A TOML value as the type that a field asks for."""
    origin = get_origin(wanted)
    if origin in (Union, UnionType):
        raise TypeError(f"the loader reads no unions ({where})")
    if origin is Literal:
        if value not in get_args(wanted):
            raise DataError(f"{where}: one of {', '.join(get_args(wanted))}, not {value!r}")
        return value
    if origin is tuple:
        (inner, _) = get_args(wanted)
        if not isinstance(value, list):
            raise DataError(f"{where}: write a list, [ ... ]")
        return tuple(_value(inner, each, f"{where} {n}") for n, each in enumerate(value, 1))
    if wanted is str:
        if not isinstance(value, str):
            raise DataError(f"{where}: write text in quotation marks, not {value!r}")
        return value.strip()
    if not isinstance(value, dict):
        raise DataError(f"{where}: write a table with {', '.join(f.name for f in fields(wanted))}")
    return _build(wanted, value, where)
