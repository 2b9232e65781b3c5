"""Words of a case and of its rewrite, compared without regard to their endings."""

import re
from functools import cache

from ..curriculum import Case
from ..review.matchers import expression

__all__ = ["content_words", "family", "scene_words"]

_WORD = re.compile(r"[^\W\d_]+")
_EMPTY = frozenset(
    """
    a about after again all also am an and any are as asked at away be because been before being
    but by came can could day did do does down each for from get go going good got had has have he
    her here him his how i if in into is it its just like made make me more much my no not now of
    off on one or other our out over own said say says see she so some than that the their them
    then there they thing things this those time to today told too two up us very want wanted was
    way we week well went were what when where which who will with would yes you your
    """.split()
)
#: Long enough to tell words apart, short enough to take "walked" and "walking" for one.
_STEM = 5


def content_words(text: str) -> frozenset[str]:
    """The beginnings of the words of ``text`` that say what it is about."""
    words = (found[0].lower() for found in _WORD.finditer(text))
    return frozenset(word[:_STEM] for word in words if word not in _EMPTY and len(word) > 2)


@cache
def scene_words(case: Case) -> frozenset[str]:
    """The content words of what happened, wherever the case tells it."""
    told = [case.setting, case.drifted, *(fact.text for fact in case.scene)]
    return content_words(" ".join(told))


@cache
def family(words: str) -> re.Pattern[str]:
    """A search for any of the alternatives in ``words``, "window|pane*", or for what is theirs."""
    found = "|".join(expression("words", each.strip()) for each in words.split("|"))
    return re.compile(rf"(?<!\w)(?:{found})(?:['’]s)?(?!\w)", re.IGNORECASE)
