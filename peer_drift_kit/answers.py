"""Answers: what a learner means to hand in, as plain files beside the exercise notebook.

An answer is ``answers/<id>.md``, UTF-8, to the character what was typed. It is written to a
temporary file, flushed to the disk and renamed, so that a crash leaves the old text or the new one
and nothing between. Earlier drafts are kept in ``answers/drafts/<id>/``, one file each, named by
the time (UTC) at which the draft was put aside. What the learner answered to a finding ("I meant
this because ...") goes along in ``answers/<id>.json``.
"""

import json
import os
import tempfile
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

__all__ = ["FOLDER", "Answer", "AnswerNotKept", "Draft", "Meant", "meant_in"]

FOLDER = "answers"

#: How a draft is named.
_NAMED = "%Y-%m-%dT%H-%M-%S-%fZ"


class AnswerNotKept(OSError):
    """The answer could not be written. The message says where and why, for a learner to read."""


@dataclass(frozen=True)
class Draft:
    """An earlier text of an answer. ``id`` is its file's name, ``at`` when it was put aside."""

    id: str
    at: datetime
    text: str


@dataclass(frozen=True)
class Meant:
    """What a learner answered to a finding: these words, of this label, were meant, because."""

    label: str
    words: str
    because: str


@dataclass(frozen=True)
class Answer:
    """The answer to one case, in the folder of its exercise notebook."""

    case: str
    exercise: Path

    @property
    def path(self) -> Path:
        return self.exercise / FOLDER / f"{self.case}.md"

    @property
    def drafts(self) -> Path:
        return self.exercise / FOLDER / "drafts" / self.case

    @property
    def reasons(self) -> Path:
        return self.exercise / FOLDER / f"{self.case}.json"

    def read(self) -> str:
        """The text as typed, or ``""`` where there is none yet."""
        try:
            return self.path.read_bytes().decode("utf-8", errors="replace")
        except FileNotFoundError:
            return ""

    def all_drafts(self) -> list[Draft]:
        """The drafts that were put aside, the oldest first. What is no draft is left out."""
        found = []
        for path in self.draft_files():
            try:
                text = path.read_bytes().decode("utf-8", "replace")
            except OSError:
                continue
            found.append(Draft(path.stem, _put_aside(path), text))
        return found

    def draft_files(self) -> list[Path]:
        """The files of the drafts, the oldest first. A file of another name is no draft."""
        there = self.drafts.glob("*.md") if self.drafts.is_dir() else []
        return sorted(each for each in there if _is_draft(each))

    def meant(self) -> list[Meant]:
        """The learner's reasons; none where there are none, or where they cannot be read."""
        try:
            return meant_in(self.reasons.read_bytes())
        except OSError:
            return []

    def keep_meant(self, reasons: list[Meant]) -> None:
        """Keep these reasons in place of those before. Raises :class:`AnswerNotKept`."""
        told = json.dumps([asdict(each) for each in reasons], ensure_ascii=False, indent=1)
        self._replace(self.reasons, told + "\n")

    def write(self, text: str) -> None:
        """Keep the text. Raises :class:`AnswerNotKept`, and then the earlier text is untouched."""
        self._replace(self.path, text)

    def keep_draft(self, text: str | None = None) -> Path | None:
        """Put a copy of the text as it is now, or of ``text``, among the drafts.

        Returns where it is kept, or None if it is empty or the newest there already.
        """
        text = self.read() if text is None else text
        kept = self.draft_files()
        if not text.strip() or (kept and kept[-1].read_bytes() == _bytes(text)):
            return None
        path = self.drafts / f"{datetime.now(UTC).strftime(_NAMED)}.md"
        self._replace(path, text)
        return path

    def _replace(self, path: Path, text: str) -> None:
        try:
            # A link here could lead an answer, or a draft, out of the folder that is handed in.
            for folder in (self.exercise / FOLDER, path.parent):
                if folder.is_symlink():
                    raise OSError(f"{folder.name} is a link to somewhere else")
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".tmp")
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(_bytes(text))
                    file.flush()
                    os.fsync(file.fileno())
                Path(temporary).replace(path)
            except BaseException:
                Path(temporary).unlink(missing_ok=True)
                raise
        except OSError as error:
            reason = error.strerror or str(error)
            raise AnswerNotKept(
                f"Not saved in {FOLDER}/{path.name}: {reason}. Your words are still in the box."
            ) from error


def meant_in(data: bytes) -> list[Meant]:
    """The reasons in a file of them; none where it is not one."""
    try:
        return [
            Meant(str(each["label"]), str(each["words"]), str(each["because"]))
            for each in json.loads(data)
        ]
    except (ValueError, TypeError, KeyError, RecursionError):
        return []


def _put_aside(draft: Path) -> datetime:
    return datetime.strptime(draft.stem, _NAMED).replace(tzinfo=UTC)


def _is_draft(path: Path) -> bool:
    try:
        return _put_aside(path).strftime(_NAMED) == path.stem
    except ValueError:
        return False


def _bytes(text: str) -> bytes:
    # A browser can hand over half of a surrogate pair, which no file can hold.
    return text.encode("utf-8", errors="replace")
