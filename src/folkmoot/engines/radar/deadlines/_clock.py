"""Times of day in a text, as they stand before or after a date."""

import re
from dataclasses import dataclass
from datetime import UTC, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
BST = timezone(timedelta(hours=1))
END_OF_DAY = time(23, 59)
HOURS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
CLOSE = "the close of business is taken as 5pm"
WORDS = {
    "noon": (time(12), ""),
    "midday": (time(12), ""),
    "midnight": (END_OF_DAY, "midnight is taken as the end of that day"),
    "business": (time(17), CLOSE),
    "play": (time(17), CLOSE),
    "working": (time(17), CLOSE),
    "cob": (time(17), CLOSE),
    "cop": (time(17), CLOSE),
    "end": (END_OF_DAY, ""),
}
ZONE = r"(?:\s*\(?(?P<zone>gmt|bst|utc|uk time|london time)\)?)?"
CLOCK = (
    r"(?:(?:12\s+)?(?P<word>noon|midday|midnight)|(?:the\s+)?close\s+of\s+(?P<close>business|play)"
    r"|(?P<short>cob|cop)\b|(?:the\s+)?end\s+of\s+(?:the\s+)?(?P<day>working|business)(?:\s+day)?"
    r"|(?:the\s+)?(?P<end>end)\s+of(?:\s+the\s+day)?(?=\W)"
    r"|(?P<hour>\d{1,2})(?:[.:](?P<minute>\d\d))?\s?(?P<half>[ap]\.?\s?m\b\.?)"
    r"|(?P<hour24>[01]?\d|2[0-3])[:.](?P<minute24>[0-5]\d)(?![\d.])(?:\s*(?:hrs|hours))?"
    r"|(?P<military>[01]\d|2[0-3])(?P<military2>[0-5]\d)\s*(?:hrs|hours)"
    rf"|(?P<oclock>\d{{1,2}}|{'|'.join(HOURS)})\s+o['’]?clock)" + ZONE
)
BEFORE = re.compile(rf"(?<![\w.:/]){CLOCK}\s*[,]?\s*(?:on|of)?\s*(?:the\s+)?$", re.IGNORECASE)
AFTER = re.compile(rf"\s*[,(–-]?\s*(?:at|by|from)?\s*{CLOCK}(?![\w/])\)?", re.IGNORECASE)
LONGEST = 48  # characters before a date in which its time may stand


@dataclass(frozen=True, slots=True)
class Clock:
    at: time
    zone: tzinfo
    note: str
    start: int
    end: int


def clock_before(text: str, start: int) -> Clock | None:
    since = max(0, start - LONGEST)
    found = BEFORE.search(text[since:start])
    return _clock(found, since) if found else None


def clock_after(text: str, end: int) -> Clock | None:
    found = AFTER.match(text, end)
    return _clock(found, 0) if found else None


def _clock(found: re.Match[str], shift: int) -> Clock | None:
    note = ""
    word = found["word"] or found["close"] or found["short"] or found["day"] or found["end"]
    if word:
        at, note = WORDS[word.lower()]
    elif found["half"]:
        hour = int(found["hour"])
        if not 1 <= hour <= 12:
            return None
        afternoon = found["half"].lower().startswith("p")
        at = time(hour % 12 + (12 if afternoon else 0), min(int(found["minute"] or 0), 59))
    elif found["oclock"]:
        spoken = found["oclock"].lower()
        hour = HOURS.index(spoken) + 1 if spoken in HOURS else int(spoken)
        if not 1 <= hour <= 12:
            return None
        at, note = time(hour + 12 if hour < 8 else hour), "the hour is taken as one of the working day"
    else:
        at = time(int(found["hour24"] or found["military"]), int(found["minute24"] or found["military2"]))
    zone = {"gmt": UTC, "utc": UTC, "bst": BST}.get((found["zone"] or "").lower(), LONDON)
    return Clock(at, zone, note, found.start() + shift, found.end() + shift)
