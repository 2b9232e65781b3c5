"""How a rule's ``match`` becomes something that searches a sentence. There are three kinds.

- ``words``: words or phrases, whole and in any case. A star ends a family: ``manipulat*`` finds
  "manipulates" and "manipulative".
- ``pattern``: regular expressions. A blank stands for any white space, an apostrophe for a straight
  or a curly one, and a name in braces for one of :data:`PIECES`.
- ``opening``: a pattern that must stand at the start of its sentence.

No repetition in a piece is unbounded, so that a search takes time in proportion to the text.
"""

import re

__all__ = ["PIECES", "alternatives", "expression", "whole"]

#: Words that open a sentence with a capital and name nobody.
_NO_NAME = (
    r"(?!(?:I|A|The|This|That|These|Those|It|We|You|He|She|They|His|Her|Their|My|Our|And|But|So|If|When"
    r"|While|As|At|In|On|Of|Or|To|For|From|By|With|Without|Between|After|Before|Once|Then|Also|Still|Nobody"
    r"|Everyone|Everybody|Someone|Somebody|Anyone|People|Others|Both|Not|No|Yes|What|Which|Who|There|Here"
    r"|Mon|Tues|Wednes|Thurs|Fri|Satur|Sunday|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Group|Team"
    r"|Staff|Nursing|Nurse|Dr|Doctor|Doc|Psych|Management|Supervisor|Writer|Worker|Peer|Client|Patient|Pt"
    r"|Consumer|Member|User|Caller|Recipient|Participant|Told|Said|Asked|Had|Was|Were|Is|Are|Will|Has|Did"
    r"|Got|Gave|Met|Plan|Goal|Today|Tomorrow|Yesterday|Next|Last|Just|Only|Let|Kept|Keep)\b)"
)
_NAME = rf"(?-i:{_NO_NAME}[A-Z][a-zà-ÿ]{{1,20}}(?:['’-][A-Za-z]{{2,15}})?)"
_WORD = r"[\w'’-]{1,25}"
_STAFF = (
    r"(?:doctors?|docs?|dr|drs|psychiatrists?|psych|nurs(?:e|es|ing)|consultants?|clinicians?"
    r"|clinical\s(?:team|lead|staff)|team|staff|therapists?|counsell?ors?|psychologists?|prescribers?"
    r"|social\sworkers?|case\smanagers?|care\s?coordinators?|key\s?workers?|managers?|management"
    r"|supervisors?|ward|unit|governor|professionals?|experts?)"
)

#: Pieces to build patterns from.
PIECES = {
    # somebody other than the writer, as subject, object, owner
    "he": rf"(?:s?he|they|{_NAME})",
    "him": rf"(?:him|her|them|{_NAME})",
    "his": rf"(?:his|her|their|{_NAME}['’]s)",
    "he_is": (
        r"(?:(?:s?he|they)(?:['’](?:s|re)|\s(?:is|was|are|were))"
        rf"|{_NAME}(?:['’]s|\s(?:is|was)))"
    ),
    "name": _NAME,
    # a role in place of a person
    "role": (
        r"(?:clients?|patients?|consumers?|pts?|cl|clt|ct|mbr|recipients?|service\susers?|svc\suser"
        r"|su|participants?|veteran|yp|individual|member)"
    ),
    "staff": _STAFF,
    "the_staff": rf"(?:(?:the|my|our|his|her|their|that)\s)?(?:{_STAFF}|dr\.?\s{_NAME}|{_NAME})",
    "meds": (
        r"(?:med(?:s|ications?|icines?)?|tablets?|pills?|injections?|depot|jab|doses?|shots?|prns?"
        r"|lithium|clozapine|olanzapine|methadone|lai|insulin|antipsychotics?|antidepressants?)"
    ),
    "very": (
        r"(?:\s(?:very|quite|so|too|really|still|again|clearly|obviously|plainly|just|a\sbit|rather"
        r"|increasingly|somewhat|highly|extremely|pretty|being|both|more|also|currently|always"
        r"|mildly|severely|acutely|now|today|all))"
    ),
    # what an exam of someone's mental state looks at, and how it rates it
    "exam": (
        r"(?:affect|mood|speech|thoughts?(?:\s(?:process(?:es)?|content|form))?|thinking|judge?ment"
        r"|insight|concentration|attention(?:\sspan)?|orientation|cognition|memory|impulse\scontrol"
        r"|perceptions?|sensorium|fund\sof\sknowledge|psychomotor(?:\sactivity)?|eye\scontact"
        r"|rapport|intellect(?:ual\sfunctioning)?|reality\stesting|gait|motivation)"
    ),
    "rated": (
        r"(?:(?:mildly|moderately|severely|grossly|notably|fairly|somewhat|generally|markedly)\s)?"
        r"(?:poor|fair|good|limited|impaired|intact|partial|adequate|restricted|blunted|flat(?:tened)?"
        r"|constricted|labile|euthymic|dysphoric|depressed|anxious|elevated|euphoric|irritable"
        r"|appropriate|inappropriate|(?:in)?congruent|pressured|tangential|circumstantial|linear"
        r"|logical|coherent|goal[- ]directed|(?:dis)?organi[sz]ed|paranoid|moderate|questionable"
        r"|within\snormal\slimits|wnl|nil|normal|unremarkable|remarkable|slowed|improving|improved"
        r"|deteriorat\w{2,4}|suspicious|reactive|full(?:\srange)?|nonredirectable)"
    ),
    # what someone did, measured by somebody's rule
    "inappropriate": (
        r"(?:(?:is|was|were|been|being|became|and|or|as|very|quite|sexually|again)\s{1,4}inappropriate"
        r"\s{1,4}(?:with|towards?|to|at|in|on|around|again)"
        r"|inappropriate\s{1,4}(?:comments?|behaviou?rs?|laughter|laughing|smiling|remarks?|touching"
        r"|advances|language|outbursts?))"
    ),
    # up to five, or twelve, words of the same clause or sentence in between
    "gap": rf"(?:[\s,]{{1,3}}{_WORD}){{0,5}}?",
    "far": rf"(?:[\s,]{{1,3}}{_WORD}){{0,12}}?",
    "word": _WORD,
}

_PIECE = re.compile(r"\{([a-z_]+)\}")


def expression(kind: str, match: str) -> str:
    """The regular expression that one entry of a rule's ``match`` stands for."""
    return _family(match) if kind == "words" else _expanded(match)


def whole(expression: str) -> re.Pattern[str]:
    """A search for whole words, in any case."""
    return re.compile(rf"(?<!\w)(?:{expression})(?!\w|['’]\w)", re.IGNORECASE)


def alternatives(patterns: tuple[str, ...]) -> re.Pattern[str]:
    """One search for any of these patterns, as whole words and in any case."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(_expanded, patterns))})(?!\w)", re.IGNORECASE)


def _family(words: str) -> str:
    written = re.escape(words).replace(r"\*", r"\w{0,14}").replace("'", "['’]")
    return written.replace(r"\ ", r"\s{1,4}").replace(r"\-", r"[-‑\s]?")


def _expanded(pattern: str) -> str:
    """The regular expression that a rule's or a scope's way of writing stands for."""
    written = pattern.replace("'", "['’]").replace(" ?", r"\s{0,4}").replace(" ", r"\s{1,4}")
    return _PIECE.sub(lambda piece: PIECES[piece[1]], written)
