"""The one place where the clock is read, by the doors and the worker; everything below is told the moment."""

from datetime import date, datetime
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


def machine_time() -> datetime:
    """The machine's own time whatever day is played: for when a worker was last seen and when a job is due again."""
    return timezone.now()
