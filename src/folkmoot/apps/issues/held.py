"""What the network holds on a body, a post or a person: each room tells, and history stays whole over every change.

A department that was renamed or replaced, and a post that changed hands, keep what was said of them under the name
and the holder of its day.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.issues.linkables import titles_of
from folkmoot.apps.issues.models import Issue, IssueLink
from folkmoot.apps.issues.own import ISSUE

About = tuple[str, str]  # the table and the key of what an entry is about


@dataclass(frozen=True, slots=True)
class Held:
    """One thing that the network holds on a record of the register, from a day."""

    day: date
    about: About
    what: str
    title: str
    table: str
    key: str


HeldSource = Callable[[Actor, Collection[About]], Iterable[Held]]
_sources: list[HeldSource] = []


def register_held(source: HeldSource) -> None:
    """A room tells here what it holds on records of the register; only what the actor may see."""
    if source not in _sources:
        _sources.append(source)


def held_on(actor: Actor, records: Collection[About]) -> list[Held]:
    """Everything that is held on these records, the newest first, each once."""
    found = {entry for source in (linked, *_sources) for entry in source(actor, records)}
    return sorted(found, key=lambda entry: (entry.day, entry.title, entry.about), reverse=True)


def linked(actor: Actor, records: Collection[About]) -> Iterator[Held]:
    """The issues that are linked to them, from the day on which each link was made."""
    keys = {key for _table, key in records}
    links = IssueLink.objects.filter(record_key__in=keys, issue__in=Issue.objects.visible_to(actor))
    rows = [link for link in links.select_related("issue") if (link.table, link.record_key) in records]
    seen = titles_of(actor, {(link.table, link.record_key) for link in rows})
    for link in rows:
        about = (link.table, link.record_key)
        if about in seen:
            day = timezone.localtime(link.added_at).date()
            yield Held(day, about, f"Issue: {link.why}", link.issue.title, ISSUE, link.issue.key)
