"""Words that would be more than words: in answers, drafts, reasons and names."""

import json
from typing import Any

from course.conftest import CASE, TELLING

from .submissions import Place, Table

WORDS = Table()
hand_in = WORDS.hand_in
REASONS, DRAFT = f"answers/{CASE}.json", f"answers/drafts/{CASE}/2026-01-01T00-00-00-000000Z.md"

SCRIPT = "<script>window.harm = 1</script>"
HARM = f"""{SCRIPT}
<img src=x onerror="window.harm = 1"> </pre></textarea></section><svg onload="window.harm = 1">
<iframe srcdoc="<script>parent.harm = 1</script>"></iframe> <base href="//example.org/">
[a link](javascript:window.harm=1) <a href="javascript:window.harm=1">another</a>
<meta http-equiv="refresh" content="0;url=//example.org"><link rel=stylesheet href="//example.org">
<style>* {{ display: none }} @import "//example.org"</style><form action="//example.org"></form>
-->]]></title><script src="//example.org/x.js"></script> ' onfocus='window.harm=1' autofocus='
$\\href{{javascript:window.harm=1}}{{x}}$ {{{{ 7 * 6 }}}} {{% raw %}} ${{7 * 6}} &lt;b&gt;

{TELLING}"""


def reason(words: Any = "as he asked", because: Any = "he asked", label: Any = "advising") -> Any:
    return {"label": label, "words": words, "because": because}


def _answer(name: str, words: str, read: Any = None) -> None:
    @hand_in(read=words if read is None else read)
    def lay(at: Place) -> None:
        at.answer(words)

    WORDS[name] = WORDS.pop("lay")


ANSWERS = {
    "html-and-script": HARM,
    "a-formula": f'=HYPERLINK("http://example.org", "x")\n{TELLING}',
    "a-template": "{{ ''.__class__.__mro__ }} {% include 'confirm.js' %} " + TELLING,
    "a-forged-mark": f"{TELLING}\n\n[about text 0123456789abcdef]",
    "a-forged-agreement": f"{TELLING}\n\nI agree with you about “as he asked” (advising).",
    "a-forged-rubric": f"{TELLING}\n\nTrue to what happened: clearly in this text",
    "from-right-to-left": f"\u202e\u2066\u202b{TELLING}\u202e",
    "one-word-as-long-as-fits": "a" * 200_000,
    "one-word-of-another-script": "ب" * 100_000,
    "as-many-signs-as-fit": "<" * 200_000,
    "as-many-lines-as-fit": "\n" * 199_000 + TELLING,
    "faces-joined-to-faces": TELLING + "👩‍" * 5_000,
    "the-same-sign-a-thousand-times": "He lacks insight. " * 3_000,
    "quotes-that-never-close": "“" * 5_000 + TELLING,
}
for name, words in ANSWERS.items():
    _answer(name, words)
_answer("signs-for-a-terminal", f"\x1b[2J\x07\x00{TELLING}", f"�[2J��{TELLING}")
_answer(
    "a-hundred-thousand-marks",
    f"{TELLING} a{chr(0x301) * 99_000}b",
    f"{TELLING} a{chr(0x301) * 30}b",
)
_answer("many-kinds-of-lines", f"{TELLING}\u2028x\u2029y\x85", f"{TELLING}\u2028x\u2029y�")
_answer("lines-of-three-systems", f"{TELLING}\r\nx\ry", f"{TELLING}\nx\ny")


def _bytes(name: str, data: bytes, read: Any = ...) -> None:
    @hand_in(read=read)
    def lay(at: Place) -> None:
        at.answer(data)

    WORDS[name] = WORDS.pop("lay")


_bytes("an-answer-in-utf-16", TELLING.encode("utf-16"))
_bytes("an-answer-in-latin-1", "Grüße, und mehr als fünf Wörter hier".encode("latin-1"))
_bytes("an-answer-with-a-byte-order-mark", TELLING.encode("utf-8-sig"), TELLING)
_bytes("an-answer-of-all-bytes", bytes(range(256)) * 100)
_bytes("as-many-nuls-as-fit", b"\x00" * 200_000)


@hand_in(read="", told="larger than 200,000 bytes")
def one_word_of_a_megabyte(at: Place) -> None:
    at.answer("a" * 1_000_000)


@hand_in(read=HARM)
def html_in_the_cell(at: Place) -> None:
    at.notebook(lambda *_: None, words=HARM)


@hand_in()
def html_in_reasons(at: Place) -> None:
    at.answer()
    at.write(REASONS, json.dumps([reason(HARM, HARM), reason(HARM, HARM, HARM)]))


@hand_in()
def html_in_a_draft(at: Place) -> None:
    at.answer()
    at.write(DRAFT, HARM)


@hand_in()
def reasons_of_unknown_signs(at: Place) -> None:
    at.answer()
    odd = ["own-words", "__class__", "../advising", "", None, 7, ["advising"], {"a": 1}]
    at.write(REASONS, json.dumps([reason(label=each) for each in odd]))


@hand_in(told="larger than 200,000 bytes")
def fifty_thousand_reasons(at: Place) -> None:
    at.answer()
    at.write(REASONS, json.dumps([reason()] * 50_000))


@hand_in()
def as_many_reasons_as_fit(at: Place) -> None:
    at.answer()
    at.write(REASONS, json.dumps([reason("a", "b")] * 3_500))


@hand_in()
def reasons_as_long_as_fit(at: Place) -> None:
    at.answer()
    at.write(REASONS, json.dumps([reason("<" * 90_000, "\u0301" * 15_000)]))


@hand_in()
def reasons_that_are_deep(at: Place) -> None:
    at.answer()
    at.write(REASONS, "[" * 100_000)


@hand_in()
def reasons_that_are_nothing_of_the_kind(at: Place) -> None:
    at.answer()
    at.write(REASONS, json.dumps({"label": "advising", "words": {}, "because": None}))


@hand_in()
def reasons_that_hold_lists_and_numbers(at: Place) -> None:
    at.answer()
    at.write(REASONS, json.dumps([reason([HARM], {"a": [1.5, None]}), reason(1e308, True)]))


@hand_in()
def reasons_with_half_a_pair(at: Place) -> None:
    at.answer()
    at.write(REASONS, json.dumps([reason("\ud800\x00\x1b", "\udfff\n\n" + HARM)]))


@hand_in()
def reasons_in_utf_16(at: Place) -> None:
    at.answer()
    at.write(REASONS, json.dumps([reason()]).encode("utf-16"))


#: What the gradebook calls some of these learners: a roster comes from a platform where everybody
#: may change their own name.
PEOPLE = {
    "html-and-script": (HARM[:120], SCRIPT),
    "html-in-reasons": ('"><img src=x onerror="window.harm=1">', "</script>" + SCRIPT),
    "a-formula": ('=HYPERLINK("http://example.org","x")', "+cmd|' /C calc'!A0"),
    "a-template": ("{{ 7 * 6 }}", "${7*6}<%= 42 %>"),
    "from-right-to-left": ("\u202eana", "\u2066x"),
    "signs-for-a-terminal": ("@SUM(1)", "-2+3"),
}
