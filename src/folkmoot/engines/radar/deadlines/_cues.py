"""The words around a date that make it a deadline, and those that make it a date like any other."""

import re

from ._values import Kind

ASK = re.compile(
    r"\b(?:respon[ds]\w*|reply|replies|submi\w+|send|sent|return|appl(?:y|ications?)|comments?|views|evidence"
    r"|contribut\w+|regist\w+|book|nominat\w+|complete|feedback|tell us|let us|get in touch|consultation|deadline"
    r"|clos\w+|survey|questionnaire|bids?|expressions? of interest|representations?|objections?|object|have your say"
    r"|petition\w*|write to|reach us|invited|accepting|tabled|enrol\w*|inquiry|call for|in by)\b",
    re.IGNORECASE,
)
DUTY = re.compile(r"\b(?:must|shall|should|needs? to|required to|ha(?:s|ve) to|has until|have until)\b", re.IGNORECASE)
LIMIT = re.compile(
    r"\b(?:by|before|until|till|no later than|not later than|on or before|up to(?: and including)?|prior to|latest)\s*"
    r"(?:on|at)?\s*(?:the)?\s*$",
    re.IGNORECASE,
)
STRICT = re.compile(r"\b(?:no|not) later than\W*$", re.IGNORECASE)
DEADLINE = re.compile(
    r"\b(?:deadline|clos(?:ing|e) dates?|last (?:date|day)|final date|due date|cut-?off(?: date)?)\b"
    r"(?P<gap>[^.;]{0,70}?)\W*$",
    re.IGNORECASE,
)
CLOSING = re.compile(
    r"\b(?:closes?|closing|ends?|ending on|due|extended|moved|expires?)\W*"
    r"(?:(?:date|on|at|by|in|is|to|until|for|back|from|now)\W*){0,3}$",
    re.IGNORECASE,
)
OPEN = re.compile(
    r"\b(?:consultation|survey|call for|open|window|engagement|comment period|runs?|submissions?)\b", re.IGNORECASE
)
OVER = re.compile(r"\b(?:ran|closed|ended)\b", re.IGNORECASE)
ALREADY = re.compile(
    r"(?<!will be )(?<!to be )(?<!due to be )\b(?:published|issued|announced|launched|opened|opens?|held|made|laid"
    r"|signed|dated|elected|received|started|began|agreed|approved|minutes|answer|statement|paper|letter|report)\s*"
    r"(?:on|in|of|from|at)?\s*(?:the)?\s*$",
    re.IGNORECASE,
)
WAS = re.compile(r"\b(?:was|were|had|have been|has been|held|ran|last year)\b", re.IGNORECASE)
WAS_DONE = re.compile(r"\b(?:was|were|had been|did)\s+(?:\w+\s+){1,2}(?:by|before|until)\s*(?:the)?\s*$", re.IGNORECASE)
WANTED = re.compile(
    r"\b(?:please|should|must|invited|asked to|needs? to|ha(?:s|ve) to|(?:may|can) be made|responses?|consultation"
    r"|you can|comments are)\b",
    re.IGNORECASE,
)
DONE = re.compile(r"\b(?:completed|processed|dealt|determined|decided|answered)\W*$", re.IGNORECASE)
PASSED = re.compile(r"\W*(?:has|have|had)\s+(?:now\s+)?(?:passed|expired|gone)", re.IGNORECASE)
FOLLOWS = re.compile(
    r"\W*(?:(?:is|will be|was)\s+)?(?:the\s+)?(?:closing date|deadline|last (?:day|date)|final date"
    r"|(?:(?:consultation|survey|call|applications?|submissions?)\s+)?(?:closes?|ends?)\b)",
    re.IGNORECASE,
)
MEETING = re.compile(
    r"\b(?:(?:will|to)\s+(?:be\s+held|take\s+place|meet|sit|be\s+heard)|takes?\s+place|meets|is\s+listed|is\s+scheduled"
    r"|are\s+scheduled|(?:meeting|hearing|session|webinar|event|sitting|debate|reading)\s+(?:is|will\s+be))\W*"
    r"(?:(?:on|at|for|in)\W*){0,2}$",
    re.IGNORECASE,
)
PUBLISH = re.compile(
    r"\b(?:(?:will|to|shall)\s+(?:be\s+)?(?:publish\w*|releas\w+|issued?|announced?)"
    r"|(?:government|ministers?|department|we|it|they)\s+(?:will|intends?\s+to|aims?\s+to|expects?\s+to|plans?\s+to)\s+"
    r"respond)\b[^.;]{0,80}$",
    re.IGNORECASE,
)
FORCE = re.compile(
    r"\b(?:(?:comes?|coming|be\s+brought)\s+into\s+(?:force|effect|operation)|takes?\s+effect|commences?|effective)\W*"
    r"(?:(?:on|from|at)\W*){0,2}$",
    re.IGNORECASE,
)
MOVED = re.compile(
    r"\b(?:extended|moved|changed|postponed|put back|brought forward|delayed)\s+(?:back\s+)?from\W*(?:the)?\s*$",
    re.IGNORECASE,
)
JOINED = re.compile(r"\s*(?:to|until|till|and|through to|[-–—])\s*(?:the\s+)?$", re.IGNORECASE)
NOW = re.compile(r"\b(?:now|instead|new deadline|extended to|extended until)\b", re.IGNORECASE)
WAS_DUE = re.compile(r"\b(?:was|were)\b[^.;]{0,60}$", re.IGNORECASE)
ROLLING = re.compile(
    r"\bno (?:closing date|deadline|end date|fixed deadline)\b|\b(?:on a )?rolling basis\b|\buntil further notice\b"
    r"|\b(?:call|scheme|round|inquiry|fund|consultation)\b[^.;]{0,30}\bopen-ended\b"
    r"|\b(?:accept\w*|made|submitted|received|apply|considered)\b[^.;]{0,40}\bat any time\b",
    re.IGNORECASE,
)
NOUN = re.compile(r"\s*(?:consultation|call|engagement)\b", re.IGNORECASE)


def kind_of(before: str, after: str, own: str, *, counted: bool, ranged: bool) -> tuple[Kind, float] | None:
    """What the date is, with how sure; nothing where it is a date like any other.

    `before` is its sentence up to it, `own` the part of that which no earlier date has already used.
    """
    if PASSED.match(after):
        return None
    if MEETING.search(own):
        return "meeting", 0.9
    if FORCE.search(own):
        return "in-force", 0.9
    if PUBLISH.search(own):
        return "publication", 0.85
    if counted:
        return _of_a_count(before, after, own)
    if ranged:
        asked = MOVED.search(before) or (OPEN.search(before) and not OVER.search(own))
        return ("closing", 0.85) if asked else None
    if ALREADY.search(own):
        return None
    if DEADLINE.search(own) or CLOSING.search(own):
        return "closing", 0.95
    if FOLLOWS.match(after):
        return "closing", 0.9
    if LIMIT.search(own) and not WAS_DONE.search(own):
        if ASK.search(before) or ASK.search(after[:60]):
            return "closing", 0.9
        return ("due", 0.6) if DUTY.search(before) or STRICT.search(own) else None
    return None


def _of_a_count(before: str, after: str, own: str) -> tuple[Kind, float] | None:
    """What is counted from the day of publication: most counts of weeks in a text are of something else."""
    if WAS.search(own) or DONE.search(own):
        return None
    if NOUN.match(after) or (ASK.search(before) and WANTED.search(before)):
        return "closing", 0.75
    return None
