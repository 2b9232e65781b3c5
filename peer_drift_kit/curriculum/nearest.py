"""What is said when somebody asks for an id that the curriculum does not have."""

from collections.abc import Iterable
from difflib import get_close_matches

__all__ = ["UnknownId"]


class UnknownId(LookupError):
    """There is no thing of this kind with this id; the message names the nearest ids.

    In a notebook it shows as that one line, never as a traceback: IPython asks an exception for
    ``_render_traceback_``.
    """

    def __init__(self, kind: str, wanted: object, known: Iterable[str]) -> None:
        ids = list(known)
        near = get_close_matches(str(wanted), ids, n=3, cutoff=0.3) or sorted(ids)[:3]
        nearest = " or ".join(f'"{each}"' for each in near)
        super().__init__(f'I know no {kind.lower()} called "{wanted}". Near it: {nearest}.')

    def _render_traceback_(self) -> list[str]:
        return [str(self)]
