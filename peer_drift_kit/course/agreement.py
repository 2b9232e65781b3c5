"""How a reader agrees with "I meant this because": with a line of the comment.

The line is for the learner to read, and it is the record: Formgrader's page puts it in and takes it
out, and so may a person who writes.
"""

__all__ = ["OPENING", "agreed", "agreed_line", "besides_agreeing"]

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


#: How each line of agreeing begins.
OPENING = agreed_line("", "").partition("”")[0]


def besides_agreeing(comment: str) -> str:
    """A comment without its lines of agreeing. They name a sign that was not one."""
    lines = (
        line for line in comment.splitlines() if not " ".join(line.split()).startswith(OPENING)
    )
    return "\n".join(lines)
