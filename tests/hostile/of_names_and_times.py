"""Names that are no learner's, and clocks that nobody has."""

import os

from course.conftest import TELLING

from .submissions import DEFAULT_TIME, Place, Submission, Table

NAMES_AND_TIMES = Table()
hand_in = NAMES_AND_TIMES.hand_in
NO_NAME = "no learner's name fits"
NO_TIME, NEVER = "timestamp.txt", "a time that cannot be"


def _telling(at: Place) -> None:
    at.answer()


#: By what they are: a name of a learner, as far as the exchange can hold it.
NAMES = {
    "a-leading-dash": "-rf",
    "no-name": "",
    "a-slash-from-another-script": "x⁄..⁄etc⁄passwd",
    "a-backslash": "x\\..\\evil",
    "a-percent": "%2e%2e%2fevil",
    "two-lines": "ana\n[CollectApp | ERROR] all is lost",
    "colours": "\x1b[31mred",
    "bytes-that-are-no-text": os.fsdecode(b"\xff\xfe"),
    "a-face": "🪟",
    "script": "<img src=x onerror=window.harm=1>",
    "a-star": "*",
    "a-place-holder": "{student_id}",
    "a-question-mark": "ana?",
    "a-space": "ana of ben",
    "a-quotation": "'; DROP TABLE student; --",
    "right-to-left": "\u202eana",
    "a-very-long-one": "x" * 150,
}
for what, name in NAMES.items():
    NAMES_AND_TIMES[f"named-{what}"] = Submission(
        _telling, told=NO_NAME, read=None, named=name, zips=False
    )

#: nbgrader never sees what is hidden, so nobody is told.
HIDDEN = {"two-dots": "..", "a-dot": ".", "a-hidden-one": ".hidden", "a-way-up": "..⁄..⁄etc"}
for what, name in HIDDEN.items():
    NAMES_AND_TIMES[f"named-{what}"] = Submission(_telling, read=None, named=name, zips=False)

#: These are odd, and some learner may well be called so.
FIT = {
    "an-address": "ana+peer@example.org",
    "plus-signs": "ana+02+2026",
    "dots": "ana..ben...",
    "another-script": "窓辺",
    "a-number": "007",
    "a-hundred-letters": "y" * 100,
    "what-windows-keeps": "con",
    "a-module": "__init__",
}
for what, name in FIT.items():
    NAMES_AND_TIMES[f"named-{what}"] = Submission(_telling, named=name, zips=False)

#: When a folder says that it was handed in, and the line about it.
TIMES = {
    "no-time": ("no time at all", NO_NAME),
    "an-empty-time": ("", NO_NAME),
    "a-year-of-five-digits": ("99999-01-01 00:00:00 UTC", NO_NAME),
    "a-time-of-two-lines": ("2026-01-02\n03:04:05 UTC", NO_NAME),
    "the-end-of-time": ("9999-12-31 23:59:59.999999 UTC", NEVER),
    "the-end-of-time-elsewhere": ("9999-12-31 23:59:59 -2300", NO_NAME),
    "the-first-day": ("0001-01-01 00:00:00 UTC", NEVER),
    "a-year-from-now": ("2126-01-01 00:00:00 UTC", NEVER),
    "a-zone-that-is-none": ("2026-01-02 03:04:05 NOWHERE", ""),
    "a-zone-that-is-a-path": ("2026-01-02 03:04:05 ⁄etc⁄passwd", ""),
}
for what, (time, told) in TIMES.items():
    NAMES_AND_TIMES[f"handed-in-at-{what}"] = Submission(
        _telling, told=told, read=None if told else TELLING, time=time, zips=False
    )


def _time(name: str, data: bytes, told: str = NO_TIME) -> None:
    @hand_in(told=told, zips=False)
    def lay(at: Place) -> None:
        at.answer()
        at.write("timestamp.txt", data)

    NAMES_AND_TIMES[f"timestamp-{name}"] = NAMES_AND_TIMES.pop("lay")


for what, data in {
    "of-the-future": b"2099-01-01 00:00:00 UTC",
    "of-the-past": b"1900-01-01 00:00:00 UTC",
    "of-a-year-of-five-digits": b"99999-01-01 00:00:00 UTC",
    "in-words": b"the day after tomorrow",
    "of-nothing": b"",
    "of-bytes": b"\xff\x00\xfe",
    "of-a-kilobyte": b"9" * 999,
    "of-a-megabyte": b"9" * 1_000_000,
    "of-two-lines": b"2026-01-02 03:04:05 UTC\n[CollectApp | ERROR] all is lost",
}.items():
    _time(what, data)
_time("with-a-line-end", f"{DEFAULT_TIME}\n".encode(), told="")
