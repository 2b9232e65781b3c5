"""The commands about people: ``roster``, ``status``, ``export``."""

import typer

__all__ = ["register"]


def register(app: typer.Typer) -> None: ...
