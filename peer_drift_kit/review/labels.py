"""The labels that a rule may have: the ids of the signs and of the practices."""

__all__ = ["LABELS", "PRACTICES", "SIGNS"]

#: Signs of drift. What each means is told in the curriculum's ``signs.toml``.
SIGNS = (
    "clinical-language",
    "attributed-motive",
    "compliance",
    "advising",
    "assessing",
    "deciding-for",
    "behind-the-back",
    "deficit-focus",
    "withholding-self",
    "deferring",
    "distancing",
)

#: Practices of a peer. What each means is told in the curriculum's ``practices.toml``.
PRACTICES = (
    "own-words",
    "alongside",
    "choice",
    "strengths",
    "shared-experience",
    "meaning",
    "openness",
    "speaking-up",
)

LABELS = SIGNS + PRACTICES
