"""Dates as sources write them: ISO with any number of decimals, RFC 822 with lying zones, British and spoken days.

A time without a zone is a time in London. A zone that is named is taken at its word: BST is an hour before UTC.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
FIRST_YEAR, LAST_YEAR = 1700, 9990  # the years 1 and 9999 are how some sources write "none"
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
ZONES = {
    **dict.fromkeys(("z", "utc", "gmt", "ut", "wet"), 0),
    "bst": 60,
    "ist": 60,
    "cet": 60,
    "cest": 120,
    "est": -300,
    "edt": -240,
    "cst": -360,
    "cdt": -300,
    "mst": -420,
    "mdt": -360,
    "pst": -480,
    "pdt": -420,
}

ISO = re.compile(
    r"(\d{4})-?(\d\d)-?(\d\d)(?:[T ](\d\d):?(\d\d)(?::?(\d\d)(?:[.,](\d+))?)?)?"
    r"\s*(Z|[+-]\d\d(?::?\d\d)?)?$",
    re.IGNORECASE,
)
RFC = re.compile(
    r"(?:[a-z]{3,9},?\s+)?(\d{1,2})(?:st|nd|rd|th)?[\s-]+([a-z]{3,9})\.?,?[\s-]+(\d{4}|\d\d)"
    r"(?:,?\s+(?:at\s+)?(\d{1,2})[:.](\d\d)(?::(\d\d)(?:\.\d+)?)?\s*([ap]\.?m\.?)?)?\s*([+-]\d\d:?\d\d|[a-z]{1,5})?(?:\s*\(.*\))?$",
    re.IGNORECASE,
)
SLASHES = re.compile(
    r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})(?:,?\s+(\d{1,2})[:.](\d\d)(?::(\d\d))?\s*([ap]\.?m\.?)?)?\s*([+-]\d\d:?\d\d|[a-z]{1,5})?$",
    re.IGNORECASE,
)
HOUR = re.compile(r"(\d{1,2})(?:[:.](\d\d))?(?::(\d\d))?\s*([ap]\.?m\.?)?$", re.IGNORECASE)
MONTH_ONLY = re.compile(r"([a-z]{3,9})\s+(\d{4})$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Stamp:
    """A moment, and whether the source gave a time of day at all."""

    at: datetime
    has_time: bool


def read_iso(text: str) -> Stamp | None:
    """An ISO 8601 date or moment; nothing for what is none, and for the years that mean none."""
    found = ISO.match(text.strip())
    if not found:
        return None
    year, month, day, hour, minute, second, decimals, zone = found.groups()
    micro = int((decimals or "0")[:6].ljust(6, "0"))
    return _stamp((year, month, day), (hour, minute, second), zone, micro=micro)


def read_date(text: str) -> Stamp | None:
    """A date in any of the ways of feeds and of British sites."""
    text = " ".join(text.split())
    iso = read_iso(text)
    if iso is not None:
        return iso
    found = RFC.match(text)
    if found:
        day, name, year, *clock, half, zone = found.groups()
        month = month_number(name)
        return _stamp((year, month, day), tuple(clock), zone, half=half) if month else None
    found = SLASHES.match(text)
    if found:
        day, number, year, *clock, half, zone = found.groups()
        return _stamp((year, number, day), tuple(clock), zone, half=half)
    return None


def read_month(text: str) -> datetime | None:
    """The last day of a month that is named without a day, as announcements do."""
    found = MONTH_ONLY.match(" ".join(text.split()))
    month = month_number(found[1]) if found else None
    if not found or not month:
        return None
    year = int(found[2])
    after = _stamp((str(year + month // 12), str(month % 12 + 1), "1"), (None, None, None), None)
    return (after.at - timedelta(days=1)).replace(tzinfo=LONDON) if after else None


def at_hour(day: datetime, text: str) -> datetime | None:
    """A day with the time that stands in a field of its own, such as `10.00 am` or `14:30:00`."""
    found = HOUR.match(text.strip())
    if not found:
        return None
    hour, minute, second, half = found.groups()
    stamp = _stamp((str(day.year), str(day.month), str(day.day)), (hour, minute or "0", second), None, half=half)
    return stamp.at if stamp else None


def month_number(name: str) -> int | None:
    short = name.lower()[:3]
    return MONTHS.index(short) + 1 if short in MONTHS else None


Parts = tuple[str | int | None, ...]


def _stamp(date: Parts, clock: Parts, zone: str | None, *, half: str | None = None, micro: int = 0) -> Stamp | None:
    year, month, day = (int(part or 0) for part in date)
    if len(str(date[0])) == 2:
        year += 2000 if year < 70 else 1900
    hour, minute, second = (int(part or 0) for part in clock)
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half.lower().startswith("p") else 0)
    info = zone_of(zone)
    if info is None or not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        # A leap second is the moment after it: no clock of ours can hold it.
        at = datetime(year, month, day, hour, minute, min(second, 59), micro, tzinfo=info)
    except ValueError:
        return None
    return Stamp(at, clock[0] is not None)


def zone_of(name: str | None) -> tzinfo | None:
    """The zone by its offset or its name; London where there is none; nothing where the name is unknown."""
    if not name:
        return LONDON
    name = name.strip().lower()
    if name in ("z", "utc", "gmt"):
        return UTC
    if name in ZONES:
        return timezone(timedelta(minutes=ZONES[name]))
    if name[0] in "+-":
        digits = name[1:].replace(":", "").ljust(4, "0")
        minutes = int(digits[:2]) * 60 + int(digits[2:])
        return timezone(timedelta(minutes=-minutes if name[0] == "-" else minutes)) if minutes < 24 * 60 else None
    return None
