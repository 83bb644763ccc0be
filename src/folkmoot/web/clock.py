"""The one place where a door reads the clock; everything below is told the moment and the day."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

LONDON = ZoneInfo("Europe/London")


def moment() -> datetime:
    """Now; in an installation that plays a fixed day, that day at the real time of day."""
    now = timezone.now().astimezone(LONDON)
    if settings.ENVIRONMENT.today:
        return datetime.combine(date.fromisoformat(settings.ENVIRONMENT.today), now.time(), tzinfo=LONDON)
    return now


def at_noon(day: date) -> datetime:
    """Noon in London on a day: when circulations close."""
    return datetime.combine(day, time(12), tzinfo=LONDON)
