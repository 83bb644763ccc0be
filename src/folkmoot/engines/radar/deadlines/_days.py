"""Days in a text: named to the day, only roughly, by a feast, by the week, or counted from a day that is known."""

import re
from calendar import monthrange
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from ._easter import easter

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
SEASONS = {"spring": 5, "summer": 8, "autumn": 11, "winter": 2}
FURTHEST = timedelta(days=20 * 366)

MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b"
)
WEEKDAY = r"(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:rs(?:day)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)\b"
TH = r"(?:st|nd|rd|th)?"
COUNT = rf"(?P<count>\d{{1,3}}|an?|{'|'.join(NUMBERS)})"
UNIT = r"(?P<unit>(?:working|business|calendar)\s+days?|days?|weeks?|months?|fortnights?)\b"
DAY = re.compile(
    rf"(?<![\w/.])(?:(?P<weekday>{WEEKDAY})\.?,?\s+(?:the\s+)?)?(?:"
    r"(?P<iso>\d{4}-\d\d-\d\d)(?!\d)"
    rf"|(?:(?P<first>\d{{1,2}}){TH}\s*(?:to|until|and|[-–])\s*)?(?P<day>\d{{1,2}}){TH}(?:\s+of)?[\s-]+(?P<month>{MONTH})"
    r"\.?(?:,?[\s-]+(?P<year>\d{4})\b)?"
    rf"|(?P<month2>{MONTH})\.?\s+(?P<day2>\d{{1,2}}){TH}(?!\d)(?:,?\s+(?P<year2>\d{{4}})\b)?"
    r"|(?P<day3>\d{1,2})(?P<mark>[/.])(?P<month3>\d{1,2})(?P=mark)(?P<year3>\d{4}|\d\d)(?![\d/])"
    rf"|(?:the\s+)?(?P<vague>end|close|middle|beginning|start|mid|early|late)(?:\s+of)?(?:\s+the)?[\s-]+"
    rf"(?:(?P<month4>{MONTH})(?:\s+(?P<year4>\d{{4}})\b)?|(?P<period>year|month|week|financial\s+year|\d{{4}})\b)"
    r"|(?:the\s+)?(?P<season>spring|summer|autumn|winter)(?:\s+of)?\s+(?P<year5>\d{4})\b"
    r"|(?P<feast>easter|christmas|(?:the\s+)?new\s+year)\b(?:\s+(?P<year6>\d{4})\b)?"
    rf"|(?P<month7>{MONTH})\s+(?P<year7>\d{{4}})\b"
    rf"|(?P<how>within|for|in)\s+(?:the\s+next\s+)?{COUNT}[\s-]+{UNIT}"
    rf"(?:['’]s?\s+time|\s+(?:of|from|after|starting\s+on)\s+(?P<from>[^.;,\n]{{2,40}}))?"
    r"|(?P<hyphen>\d{1,2}|" + "|".join(NUMBERS) + r")[\s-]+(?P<unit2>week|day|month)\s+(?=consultation|call|engagement)"
    rf"|(?P<relative>today|tomorrow|(?:(?P<which>next|this)\s+)?(?P<named>{WEEKDAY}))"
    r")",
    re.IGNORECASE,
)
FROM_CLOSING = re.compile(
    r"(?:the\s+)?(?:(?:end\s+of\s+)?(?:the\s+|this\s+)?(?:consultation|call)(?:['’]s)?(?:\s+(?:clos|end)\w+)?|clos(?:ing|e)\b)",
    re.IGNORECASE,
)
FROM_HERE = re.compile(
    r"(?:the\s+(?:date\s+of\s+)?)?(?:publication|this|today|now|its\s+publication|launch)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the text: when it was published, on which days nobody works, and when the call closes."""

    published: date
    holidays: Collection[date] = ()
    closes: date | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """A day where it stands; `first` is the day that a range written together begins with."""

    on: date
    start: int
    end: int
    approximate: bool = False
    has_year: bool = True
    doubt: str = ""
    counted: bool = False
    first: date | None = None


def days_in(text: str, known: Known) -> Iterator[Day]:
    for found in DAY.finditer(text):
        try:
            day = _day(found, known)
        except (ValueError, OverflowError):  # the 31st of February
            continue
        if day is not None and known.published - FURTHEST < day.on < known.published + FURTHEST:
            yield day


def _day(found: re.Match[str], known: Known) -> Day | None:
    start, end = _span(found)
    published = known.published
    if found["iso"]:
        return Day(date.fromisoformat(found["iso"]), start, end)
    if found["day"] or found["day2"] or found["day3"]:
        return _exact(found, published)
    if found["count"] or found["hyphen"]:
        return _counted(found, known)
    if found["relative"]:
        return _relative(found, published)
    on = _rough(found, published)
    return Day(on, start, end, approximate=True, has_year="year" in found[0].lower() or found[0][-4:].isdecimal())


def _span(found: re.Match[str]) -> tuple[int, int]:
    """Where it stands, without the full stop that ended the sentence and not an abbreviation."""
    return found.start(), found.start() + len(found[0].rstrip(" ."))


def _exact(found: re.Match[str], published: date) -> Day | None:
    number = int(found["day"] or found["day2"] or found["day3"])
    year_text = found["year"] or found["year2"] or found["year3"]
    month = int(found["month3"]) if found["month3"] else _month(found["month"] or found["month2"])
    if found["month2"] and not year_text and not found["month2"][0].isupper():
        return None  # "may 12 people"
    weekday = WEEKDAYS.index(found["weekday"][:3].lower()) if found["weekday"] else None
    if year_text:
        on = date(int(year_text) + (2000 if len(year_text) == 2 else 0), month, number)
    else:
        on = _next(month, number, published, weekday)
    doubt = ""
    if weekday is not None and on.weekday() != weekday:
        doubt = f"{on.day} {on:%B %Y} is a {on:%A}, not a {found['weekday'].capitalize()}"
    first = date(on.year, month, int(found["first"])) if found["first"] else None
    return Day(on, *_span(found), has_year=bool(year_text), doubt=doubt, first=first)


def _next(month: int, number: int, published: date, weekday: int | None) -> date:
    """The day without a year: the next that comes, or of the next three the one that falls on the weekday."""
    coming: list[date] = []
    for year in range(published.year, published.year + 9):
        if number <= monthrange(year, month)[1] and date(year, month, number) >= published:
            coming.append(date(year, month, number))
    if not coming:
        return date(published.year, month, number)
    return next((on for on in coming[:3] if weekday is None or on.weekday() == weekday), coming[0])


def _rough(found: re.Match[str], published: date) -> date:
    """A stretch of time is taken at its end, since something is due by it."""
    vague = (found["vague"] or "end").lower()
    if found["season"]:
        year = int(found["year5"])
        month = SEASONS[found["season"].lower()]
        return _end_of(year + (1 if month == 2 else 0), month)
    if found["feast"]:
        return _feast(found["feast"].lower(), int(found["year6"] or 0), published)
    if found["period"]:
        return _period(found["period"].lower(), vague, published)
    name, year_text = found["month4"] or found["month7"], found["year4"] or found["year7"]
    month = _month(name)
    year = int(year_text) if year_text else published.year + (1 if month < published.month else 0)
    number = {"early": 10, "beginning": 10, "start": 10, "mid": 15, "middle": 15}.get(vague)
    return date(year, month, number) if number else _end_of(year, month)


def _feast(name: str, year: int, published: date) -> date:
    def on(year: int) -> date:
        return easter(year) if name == "easter" else date(year, 12, 25) if name == "christmas" else date(year, 1, 1)

    if year:
        return on(year)
    return on(published.year) if on(published.year) >= published else on(published.year + 1)


def _period(name: str, vague: str, published: date) -> date:
    if name == "month":
        return _end_of(published.year, published.month)
    if name == "week":
        return published + timedelta(days=(4 - published.weekday()) % 7)
    if name.startswith("financial"):
        return date(published.year + (1 if published.month > 3 else 0), 3, 31)
    if name == "year":
        return date(published.year, 12, 31)
    return _end_of(int(name), {"early": 3, "beginning": 3, "start": 3, "mid": 6, "middle": 6}.get(vague, 12))


def _relative(found: re.Match[str], published: date) -> Day:
    start, end = _span(found)
    name = found["relative"].lower()
    if name in ("today", "tomorrow"):
        return Day(published + timedelta(days=name == "tomorrow"), start, end)
    ahead = (WEEKDAYS.index(found["named"][:3].lower()) - published.weekday()) % 7
    following = (found["which"] or "").lower() == "next"
    # People differ on what "next Friday" is; the one of next week is meant more often.
    return Day(published + timedelta(days=ahead + (7 if following else 0)), start, end, following, has_year=False)


def _counted(found: re.Match[str], known: Known) -> Day | None:
    if found["how"] and found["how"].lower() == "in" and "time" not in found[0].lower():
        return None  # "in 4 weeks" is how long something takes
    since = _since(found["from"], known)
    if since is None:
        return None
    amount = _number(found["count"] or found["hyphen"])
    unit = (found["unit"] or found["unit2"]).lower()
    on = _after(since.on, amount, unit, known.holidays)
    return Day(on, *_span(found), since.approximate, counted=True)


def _since(words: str | None, known: Known) -> Day | None:
    """The day that is counted from; nothing where the text does not say when that is."""
    if not words or FROM_HERE.match(words):
        return Day(known.published, 0, 0, approximate=True)
    if FROM_CLOSING.match(words):
        return Day(known.closes, 0, 0, approximate=True) if known.closes else None
    found = DAY.match(words)
    return _day(found, known) if found and not found["count"] else None


def _after(since: date, amount: int, unit: str, holidays: Collection[date]) -> date:
    if unit.startswith(("working", "business")):
        on = since
        while amount:
            on += timedelta(days=1)
            amount -= on.weekday() < 5 and on not in holidays
        return on
    if unit.startswith("month"):
        months = since.year * 12 + since.month - 1 + amount
        year, month = divmod(months, 12)
        return date(year, month + 1, min(since.day, monthrange(year, month + 1)[1]))
    length = 14 if unit.startswith("fortnight") else 7 if unit.startswith("week") else 1
    return since + timedelta(days=amount * length)


def _number(word: str) -> int:
    word = word.lower()
    if word in ("a", "an"):
        return 1
    return NUMBERS.index(word) + 1 if word in NUMBERS else int(word)


def _month(name: str) -> int:
    return MONTHS.index(name[:3].lower()) + 1


def _end_of(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])
