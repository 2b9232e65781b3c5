"""``rewrite(case)``: a drifted text to be told again. What is written is meant to be handed in."""

from __future__ import annotations

import difflib
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..answers import FOLDER, Answer, Meant
from ..curriculum import Case, Practice, find
from .answering import AnswerView
from .room import SITTING, journal
from .view import origin, script, style

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["rewrite", "settled_item"]

#: The answers of which this kernel has already put an earlier text among the drafts.
_begun: set[Path] = set()

#: A longer text is looked at to here, so that no save waits long for a look.
LONGEST_LOOK = 20_000
#: Pairs of words that can be compared while somebody waits.
MOST_PAIRS = 4_000_000
#: So many words of one's own open the samples.
OWN_TRY = 25


def settled_item(case: str) -> str:
    """The journal's item for what a learner settled in private: left as it is, or required."""
    return f"studio:{case}"


class RewriteView(AnswerView):
    """Saves to the answer's file as it is typed and tells what is noticed.

    Messages, beside those of every :class:`.AnswerView`: ``look`` -> ``noticed``, ``draft`` ->
    ``drafts``, ``compare`` -> ``compared``, ``settle`` -> ``settled``, ``samples`` -> ``samples``.
    """

    _esm = script("editor", "keeping", "studio", "rewrite")
    _css = style("studio")

    def __init__(self, case: Case, answer: Answer, *, hand_in: bool) -> None:
        super().__init__(
            {
                "item": f"answer:{case.id}",
                "kind": case.kind,
                "hand_in": hand_in,
                "title": case.title,
                "setting": case.setting,
                "person": case.person,
                "asked": case.asked,
                "scene": [fact.text for fact in case.scene],
                "drifted": case.drifted,
                "file": f"{FOLDER}/{case.id}.md",
                "origin": origin(case.source, case.topic),
            },
            answer,
        )
        self._case = case

    def _reply(self, message: dict[str, Any]) -> dict[str, Any]:
        match message["kind"]:
            case "read":
                if self._answer.path not in _begun:
                    self._answer.keep_draft()
                    _begun.add(self._answer.path)
                return super()._reply(message)
            case "look":
                from .noticed import noticed

                text = str(message["value"])
                return {
                    "kind": "noticed",
                    "cut": len(text) > LONGEST_LOOK,
                    **noticed(self._case, text[:LONGEST_LOOK]),
                }
            case "draft":
                new = self._answer.keep_draft() is not None
                return {"kind": "drafts", "new": new, "drafts": self._drafts()}
            case "compare":
                return self._compare(str(message["one"]), str(message["other"]))
            case "settle":
                return self._settle(message)
            case "samples":
                return {"kind": "samples", "samples": self._samples(str(message["value"]))}
            case _:
                return super()._reply(message)

    def _entry(self, view: str) -> dict[str, Any]:
        return {**super()._entry(view), "drafts": self._drafts(), "settled": self._settled()}

    def _drafts(self) -> list[dict[str, str]]:
        return [{"id": each.id, "at": each.at.isoformat()} for each in self._answer.all_drafts()]

    def _compare(self, one: str, other: str) -> dict[str, Any]:
        """What went and what came between two drafts, by id; ``now`` is the text as it is."""
        texts = {each.id: each.text for each in self._answer.all_drafts()}
        texts["now"] = self._answer.read()
        return {"kind": "compared", "parts": _differences(texts.get(one, ""), texts.get(other, ""))}

    def _settle(self, message: Mapping[str, Any]) -> dict[str, Any]:
        """Keep how a learner settled a finding, in place of how they settled it before.

        ``meant`` goes along with the answer; ``left`` and ``required`` are private.
        """
        label, words, how = (str(message[key]) for key in ("label", "words", "how"))
        reasons = self._answer.meant()
        others = [each for each in reasons if (each.label, each.words) != (label, words)]
        if how == "meant":
            others.append(Meant(label, words, str(message.get("because", ""))))
        if others != reasons:
            self._answer.keep_meant(others)
        private = self._private()
        now = {
            name: [each for each in found if each != [label, words]]
            for name, found in private.items()
        }
        if how in now:
            now[how].append([label, words])
        trouble = self._keep_private(now) if now != private else ""
        if trouble:
            return {"kind": "problem", "message": trouble}
        return {"kind": "settled", "settled": self._settled()}

    def _settled(self) -> list[dict[str, str]]:
        """What was settled, by words and label, and how."""
        meant = [
            {"label": each.label, "words": each.words, "how": "meant", "because": each.because}
            for each in self._answer.meant()
        ]
        private = [
            {"label": label, "words": words, "how": how}
            for how, found in self._private().items()
            for label, words in found
        ]
        return meant + private

    def _private(self) -> dict[str, list[list[str]]]:
        from ..journal import JournalError

        try:
            entry = journal().latest(settled_item(self._case.id))
        except JournalError:  # locked, say; what was left as it is will be asked once more
            entry = None
        told = json.loads(entry.value) if entry and entry.value else {}
        return {how: told.get(how, []) for how in ("left", "required")}

    def _keep_private(self, now: Mapping[str, list[list[str]]]) -> str:
        """Why it could not be kept, or nothing."""
        from ..journal import JournalError

        try:
            journal().write(settled_item(self._case.id), json.dumps(now), sitting=SITTING)
        except JournalError as error:
            return str(error)
        return ""

    def _samples(self, text: str) -> list[dict[str, Any]] | None:
        """How others told it, once there is a first own try."""
        from ..studio import look

        tried = [text, *(each.text for each in self._answer.all_drafts())]
        if not any(
            len(each.split()) >= OWN_TRY and _is_own(look(self._case, each)) for each in tried
        ):
            return None
        return [
            {
                "voice": sample.voice,
                "text": sample.text,
                "moves": [
                    {"words": move.words, "practice": find(Practice, move.practice).name}
                    for move in sample.moves
                ],
            }
            for sample in self._case.samples
        ]


def _is_own(seen: Any) -> bool:
    return not {"unchanged", "no-note"} & {each.turn for each in seen.turns}


def _differences(one: str, other: str) -> list[list[str]]:
    """Parts of the two texts in order: ``["same" | "gone" | "come", text]``.

    Word by word, or line by line where that would take too long.
    """
    before, after = (re.findall(r"\s+|[^\s]+", text) for text in (one, other))
    if len(before) * len(after) > MOST_PAIRS:
        before, after = (text.splitlines(keepends=True) for text in (one, other))
    parts: list[list[str]] = []
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for kind, start, end, start_after, end_after in matcher.get_opcodes():
        if kind == "equal":
            parts.append(["same", "".join(before[start:end])])
            continue
        parts += [
            [name, "".join(words)]
            for name, words in (("gone", before[start:end]), ("come", after[start_after:end_after]))
            if words
        ]
    return parts


def rewrite(case: str, *, hand_in: bool = True) -> RewriteView:
    """Show the case with this id and an editor to tell it again.

    The answer is kept in ``answers/`` beside the notebook, which is where a kernel starts. In a
    lesson nothing is handed in (``hand_in=False``), and the page says so.
    """
    return RewriteView(find(Case, case), Answer(case, Path.cwd()), hand_in=hand_in)
