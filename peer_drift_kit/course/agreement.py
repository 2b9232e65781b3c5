"""How a reader agrees with "I meant this because": with a line of the comment.

The line is for the learner to read, and it is the record: Formgrader's page puts it in and takes it
out, and so may a person who writes.
"""

__all__ = ["agreed", "agreed_line"]

LONGEST = 80
INNER = str.maketrans("“”", "‘’")


def agreed_line(words: str, sign: str) -> str:
    """The line by which a reader agrees that these words, heard as ``sign``, were meant so."""
    said = " ".join(words.split()).translate(INNER)
    if len(said) > LONGEST:
        said = said[:LONGEST].rstrip() + "…"
    return f"I agree with you about “{said}” ({sign})."


def agreed(comment: str, words: str, sign: str) -> bool:
    """Whether the line stands in a comment, by itself."""
    line = agreed_line(words, sign)
    return any(" ".join(each.split()) == line for each in comment.splitlines())
