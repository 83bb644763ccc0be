"""How a source does, in a state and a sentence, from what came of reading it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from folkmoot.apps.signals.models import Health, Reading, Source

# As many items before, and none now, is a fault of the source or of its address, and no news.
MANY = 5
LEAST_QUIET = timedelta(days=2)
HABIT_FROM = 5  # readings with something new
SHORTEST_WAIT, LONGEST_WAIT = timedelta(minutes=5), timedelta(hours=6)


def of_status(status: int) -> tuple[Health, str]:
    """What an HTTP status that is no success says of a source."""
    if status in (401, 403):
        return Health.BLOCKED, f"It does not let us in (HTTP {status}). Ask its owner, or choose another address."
    if status in (404, 410):
        return Health.FAILING, f"There is nothing at its address any more (HTTP {status}). Look for where it went."
    if status == 429:
        return Health.FAILING, "It says that we ask too often (HTTP 429). We wait as long as it wants."
    if status == 422:
        return Health.FAILING, "It does not understand the question (HTTP 422). A part of the address is wrong."
    if status >= 500:
        return Health.FAILING, f"It has a fault of its own (HTTP {status}). We try again later."
    return Health.FAILING, f"It answered in a way that we do not know (HTTP {status})."


def of_unread(body: bytes, said: str) -> tuple[Health, str]:
    """What an answer says that is not of the source's format."""
    start = body[:2000].lstrip().lower()
    if start.startswith((b"<!doctype html", b"<html")):
        return Health.BLOCKED, (
            "It answered with a web page where data was expected, perhaps a wall against robots. Nothing was changed."
        )
    return Health.FAILING, said


def of_nothing(source: Source, unread: int, notes: Sequence[str]) -> tuple[Health, str] | None:
    """A source that told much and now tells nothing is at fault; one that never told much may be empty."""
    if unread or notes:
        return Health.FAILING, f"It answered, but nothing in it can be read. {of_rest(unread, notes)}".strip()
    if source.last_count < MANY:
        return None
    return Health.FAILING, (
        f"It held {source.last_count} items the last time and none now. Nothing was deleted; look at its address."
    )


def of_rest(unread: int, notes: Sequence[str]) -> str:
    """What a person should know of an answer that was read all the same."""
    if unread:
        notes = (f"{unread} {'record' if unread == 1 else 'records'} in it could not be read.", *notes)
    return " ".join(notes)


def of_quiet(source: Source, now: datetime) -> tuple[Health, str] | None:
    """A source that answers but has been quiet for three times its habit is stale."""
    told = list(Reading.objects.filter(source=source, new__gt=0).values_list("at", flat=True)[:HABIT_FROM])
    if len(told) < HABIT_FROM:
        return None
    habit = (told[0] - told[-1]) / (len(told) - 1)
    quiet = now - told[0]
    if quiet < max(3 * habit, LEAST_QUIET):
        return None
    return Health.STALE, f"It answers, but has told nothing new for {_days(quiet)}; its habit is every {_days(habit)}."


def _days(span: timedelta) -> str:
    hours = max(round(span.total_seconds() / 3600), 1)
    count, unit = (hours, "hour") if hours < 48 else (round(hours / 24), "day")
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"


def wait_after(failures: int) -> timedelta:
    """How long a source rests after so many failures in a row: five minutes, doubled each time, six hours at most."""
    return min(SHORTEST_WAIT * (1 << min(failures - 1, 10)), LONGEST_WAIT)
