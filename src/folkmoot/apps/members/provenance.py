"""Where a fact comes from, how old it is, and whether more than one source carries it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models

from folkmoot.apps.members.partial import months_later, say, span

CHECK_AFTER_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Flag:
    """One caution shown beside a fact: a short label and the sentence behind it."""

    label: str
    reason: str


class Fact(models.Model):
    """A row that says where it comes from. `unconfirmed` tells in words what rests on one source, if anything."""

    source = models.TextField(blank=True)
    as_of = models.CharField(max_length=16, blank=True)
    checked = models.TextField(blank=True)
    unconfirmed = models.TextField(blank=True)
    notes = models.TextField(blank=True)

    class Meta:
        abstract = True

    @property
    def sources(self) -> list[str]:
        return [part.strip() for part in self.source.split(" | ") if part.strip()]

    @property
    def as_of_words(self) -> str:
        return say(self.as_of)

    @property
    def doubt(self) -> str:
        """What is not confirmed about this row, in words."""
        return self.unconfirmed

    def check_by(self, months: int = CHECK_AFTER_MONTHS) -> date | None:
        """The day from which the fact should be looked at again."""
        _, latest = span(self.as_of)
        return months_later(latest, months) if latest else None

    def is_stale(self, today: date, months: int = CHECK_AFTER_MONTHS) -> bool:
        due = self.check_by(months)
        return due is None or today > due

    def flags(self, today: date, months: int = CHECK_AFTER_MONTHS) -> list[Flag]:
        """The cautions to show beside this fact on a day. What somebody invented needs no source."""
        if getattr(self, "invented", False):
            return []
        found = []
        if self.doubt:
            found.append(Flag("Not confirmed", f"Not confirmed: {self.doubt}."))
        if self.is_stale(today, months):
            since = f"as of {self.as_of_words}" if self.as_of else "of an unknown date"
            found.append(Flag("Past its check date", f"This fact is {since}; it should be checked again."))
        return found


class Dated(models.Model):
    """True from `valid_from` until the day before `valid_to`, each kept as the source gives it.

    The bounds say what the texts can mean; `begins` and `ends` are the days by which questions are answered. A month or
    a year is read as its last day, so that nothing is shown as true before it certainly was.
    """

    valid_from = models.CharField(max_length=16, blank=True)
    valid_to = models.CharField(max_length=16, blank=True)
    from_earliest = models.DateField(null=True, editable=False)
    from_latest = models.DateField(null=True, editable=False)
    to_earliest = models.DateField(null=True, editable=False)
    to_latest = models.DateField(null=True, editable=False)
    begins = models.DateField(null=True, editable=False)
    ends = models.DateField(null=True, editable=False)

    class Meta:
        abstract = True

    def save(self, **kwargs: Any) -> None:
        self.derive()
        super().save(**kwargs)

    def derive(self) -> None:
        """Work out bounds and answer days from the texts."""
        self.from_earliest, self.from_latest = span(self.valid_from)
        self.to_earliest, self.to_latest = span(self.valid_to)
        self.begins, self.ends = self.from_latest, self.to_latest

    def is_true_on(self, day: date) -> bool:
        return (self.begins is None or self.begins <= day) and (self.ends is None or day < self.ends)

    def is_certain_on(self, day: date) -> bool:
        """False when the day falls where the sources leave the beginning or the end open."""
        return not _within(day, self.from_earliest, self.from_latest) and not _within(
            day, self.to_earliest, self.to_latest
        )

    @property
    def from_words(self) -> str:
        return say(self.valid_from)

    @property
    def to_words(self) -> str:
        return say(self.valid_to)


def _within(day: date, earliest: date | None, latest: date | None) -> bool:
    """Strictly inside a span of doubt: on its latest day the doubt is over."""
    return latest is not None and (earliest is None or earliest <= day) and day < latest


def true_on(day: date, prefix: str = "") -> models.Q:
    """The condition for rows that are true on a day."""
    q = models.Q
    return (q(**{f"{prefix}begins__isnull": True}) | q(**{f"{prefix}begins__lte": day})) & (
        q(**{f"{prefix}ends__isnull": True}) | q(**{f"{prefix}ends__gt": day})
    )
