"""What signals add to the issues room: links and entries on time lines."""

from collections.abc import Collection, Iterator

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.issues.linkables import Linkable, register_linkable
from folkmoot.apps.issues.models import Issue
from folkmoot.apps.issues.timeline import TimelineEntry, register_timeline
from folkmoot.apps.signals.models import Signal
from folkmoot.apps.signals.queries.inbox import known_to

SIGNAL = Signal._meta.label_lower
FOUND = 20


def register() -> None:
    """Tell the issues room; called when the installation starts."""
    register_linkable(Linkable(SIGNAL, "Signal", find, titles))
    register_timeline(entries)


def find(actor: Actor, words: str) -> list[tuple[str, str]]:
    """Signals whose title holds the words, the newest first."""
    found = known_to(actor).filter(title__icontains=words, copy_of__isnull=True)
    return list(found.order_by("-seen_at", "pk").values_list("key", "title")[:FOUND])


def titles(actor: Actor, keys: Collection[str]) -> dict[str, str]:
    return dict(known_to(actor).filter(key__in=keys).values_list("key", "title"))


def entries(actor: Actor, issue: Issue) -> Iterator[TimelineEntry]:
    """The signals on an issue: when each was published, and the date by which one must act."""
    for signal in known_to(actor).filter(issue=issue):
        told = signal.published or signal.seen_at
        yield TimelineEntry(told, "Signal", signal.title, signal.summary[:200], SIGNAL, signal.key, signal.handling)
        if signal.closes_at:
            what = f"{signal.closes_kind.capitalize()}: {signal.title}"
            yield TimelineEntry(signal.closes_at, "Deadline", what, "", SIGNAL, signal.key, signal.handling)
