"""No Markdown renderer finds anything in a learner's text but text."""

from html.parser import HTMLParser
from unicodedata import category

from hypothesis import example, given
from hypothesis import strategies as st
from nbconvert.filters.markdown_mistune import markdown2html_mistune

from peer_drift_kit.course.inert import inert


class Seen(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)
        assert not attrs

    def handle_data(self, data: str) -> None:
        self.text += data


ALIVE = st.sampled_from(["<", ">", "</pre>", "<script>", "`", "\n", "\n\n", "    ", "[x](y)", "$$"])


@given(st.lists(ALIVE | st.text(max_size=5)).map("".join))
@example("<script>alert(1)</script>\n\n</pre><img src=x onerror=alert(1)>")
@example(
    "```\n$x$ \\begin{x} [a](javascript:b) ![c](d) <http://e.f> | g |\n|-|\n# h\n- i\n1. j_k_*l*"
)
@example("\u2028\u2029")
def test_a_text_comes_out_of_markdown_as_the_same_text(text: str) -> None:
    # Control signs are gone before (see handed_in); HTML reads some references to them otherwise.
    text = "".join(sign for sign in text if category(sign) != "Cc" or sign == "\n")
    seen = Seen()
    seen.feed(markdown2html_mistune(inert(text)))
    seen.close()
    assert seen.tags == ["pre"]
    assert seen.text.rstrip("\n") == ("\n" + text).rstrip("\n")


@given(st.text())
def test_it_is_one_line_with_no_sign_that_markdown_knows(text: str) -> None:
    inside = inert(text).removeprefix("<pre>").removesuffix("</pre>")
    assert not set(inside) & set("\n\r<>`*_[]()!\\$\"'|~:/@=+-.{}")
