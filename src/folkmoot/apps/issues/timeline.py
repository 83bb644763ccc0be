"""The one time line of an issue, to which every room adds its entries."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.text import slugify

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.issues.models import Issue


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """Something that happened on an issue, or will: its kind is the word that a person reads, such as "Position".

    `table` and `key` name the record that it tells of, where there is one; `handling` is that record's mark.
    """

    at: datetime | date
    kind: str
    title: str
    detail: str = ""
    table: str = ""
    key: str = ""
    handling: str = ""

    @property
    def day(self) -> date:
        """The day on London's clocks."""
        return timezone.localtime(self.at).date() if isinstance(self.at, datetime) else self.at

    @property
    def slug(self) -> str:
        """Its kind as an address and a style sheet hold it."""
        return slugify(self.kind)


Source = Callable[[Actor, Issue], Iterable[TimelineEntry]]
_sources: list[Source] = []


def register_timeline(source: Source) -> None:
    """A room tells here how to find what it holds on an issue. A source gives only what the actor may see."""
    if source not in _sources:
        _sources.append(source)


def _moment(entry: TimelineEntry) -> tuple[date, bool, float]:
    """By day and time; what has no time of day counts as at its end, like what is due then."""
    timed = isinstance(entry.at, datetime)
    return entry.day, not timed, entry.at.timestamp() if isinstance(entry.at, datetime) else 0.0


def timeline(actor: Actor, issue: Issue) -> list[TimelineEntry]:
    """Everything on an issue that this person may see, the newest first."""
    found = [entry for source in _sources for entry in source(actor, issue)]
    return sorted(found, key=_moment)[::-1]
