"""An entry, and how its text and its time are written down."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

__all__ = ["Entry", "clean", "from_micros", "micros_now"]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Entry:
    """One version of one item, as it was saved. Its repr leaves the words out."""

    item: str
    value: str = field(repr=False)
    at: datetime
    sitting: str


def clean(text: str) -> str:
    """The text as any file can hold it: half of a surrogate pair, which a browser can send,
    becomes U+FFFD; both halves become the character they stand for."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def micros_now() -> int:
    """Now, in whole microseconds since 1970 (UTC)."""
    return (datetime.now(UTC) - _EPOCH) // timedelta(microseconds=1)


def from_micros(micros: int) -> datetime:
    """Raises :class:`OverflowError` for a time that no calendar holds."""
    return _EPOCH + timedelta(microseconds=micros)
