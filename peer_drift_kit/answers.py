"""Answers: what a learner means to hand in, as plain files beside the exercise notebook.

An answer is ``answers/<id>.md``, UTF-8, to the character what was typed. It is written to a
temporary file, flushed to the disk and renamed, so that a crash leaves the old text or the new one
and nothing between. Earlier drafts are kept in ``answers/drafts/<id>/``, one file each, named by
the time (UTC) at which the draft was put aside.
"""

import os
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

__all__ = ["FOLDER", "Answer", "AnswerNotKept"]

FOLDER = "answers"


class AnswerNotKept(OSError):
    """The answer could not be written. The message says where and why, for a learner to read."""


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

    def read(self) -> str:
        """The text as typed, or ``""`` where there is none yet."""
        try:
            return self.path.read_bytes().decode("utf-8", errors="replace")
        except FileNotFoundError:
            return ""

    def write(self, text: str) -> None:
        """Keep the text. Raises :class:`AnswerNotKept`, and then the earlier text is untouched."""
        self._replace(self.path, text)

    def keep_draft(self) -> Path | None:
        """Put a copy of the text as it is now among the drafts, unless it is the newest there.

        Returns where it is kept, or None if there was nothing new to keep.
        """
        text = self.read()
        kept = sorted(self.drafts.glob("*.md")) if self.drafts.is_dir() else []
        if not text.strip() or (kept and kept[-1].read_bytes() == _bytes(text)):
            return None
        path = self.drafts / f"{datetime.now(UTC):%Y-%m-%dT%H-%M-%S-%f}Z.md"
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


def _bytes(text: str) -> bytes:
    # A browser can hand over half of a surrogate pair, which no file can hold.
    return text.encode("utf-8", errors="replace")
