"""Sentences made from parts of our own, for a teacher to say what is left of their meaning.

A small reader that is told of a whole sentence only must guess which of its words a label rests on.
Told of many parts of sentences, and of halves put together anew, it need not guess. They are no
good English and are never shown.
"""

import random
import re

#: Of each kind, from each sentence.
EACH = 2
_FEWEST, _SHORT = 5, 3  # words of a sentence that is cut, and of its shortest part
#: Where a sentence falls into halves.
_JOINT = re.compile(
    r"""(?<=[,;:])[ ]
    | [ ](?=(?:and|but|so|because|that|which|when|who|to|for|if|as|while|since|until)\b)""",
    re.VERBOSE,
)


def variants(texts: list[str]) -> list[str]:
    """Parts of the sentences in ``texts``, and the beginning of one before the rest of another."""
    rng = random.Random(7)
    halves = [each for text in texts if len(each := _JOINT.split(text)) > 1]
    found = []
    for text in texts:
        words = text.split()
        for _ in range(EACH):
            if len(words) >= _FEWEST:
                many = rng.randint(_SHORT, len(words) - 1)
                start = rng.randint(0, len(words) - many)
                found.append(" ".join(words[start : start + many]))
            found.append(" ".join([rng.choice(halves)[0], *rng.choice(halves)[1:]]))
    return list(dict.fromkeys(found))
