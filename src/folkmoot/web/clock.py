"""The clock as the doors read it, and times of day that the pages fix."""

from datetime import date, datetime, time

from folkmoot.apps.access.clock import LONDON, moment

__all__ = ["LONDON", "at_noon", "moment"]


def at_noon(day: date) -> datetime:
    """Noon in London on a day: when circulations close."""
    return datetime.combine(day, time(12), tzinfo=LONDON)
