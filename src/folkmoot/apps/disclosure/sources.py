"""The records that a request can reach: what the search finds, with the words that it finds them by."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.gate import may
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.disclosure.models import Item
from folkmoot.apps.search.models import Entry
from folkmoot.apps.search.registry import SearchSource, search_sources

# What a room holds about the person who asks is named so, with the room behind it.
HELD = "held:"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record with its words as they are now."""

    kind: str
    table: str
    key: str
    title: str
    text: str
    day: date | None


def _source(kind: str) -> SearchSource | None:
    return next((source for source in search_sources() if source.kind == kind), None)


def candidate(actor: Actor, kind: str, table: str, key: str) -> Candidate | None:
    """The record of this kind and key, as far as the person may see it; one found by parts, with all of them."""
    source = _source(kind)
    if source is None:
        return None
    seen = Entry.objects.filter(kind=kind, table=table, key=key, record_id__in=source.visible(actor).values("pk"))
    parts = list(seen.order_by("record_id"))
    if not parts:
        return None
    text = "\n\n".join(part.body for part in parts if part.body)
    return Candidate(kind, table, key, parts[0].title, text, parts[0].day)


def readable(actor: Actor, items: Iterable[Item]) -> set[int]:
    """Which items stand for records that the person may see, by the items' numbers; one query a kind.

    What is held about somebody is collected for whoever releases answers, and read by them alone.
    """
    by_kind: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        by_kind[item.kind].append(item)
    found: set[int] = set()
    for kind, of_kind in by_kind.items():
        if kind.startswith(HELD) and may(actor, Permission.REQUEST_RELEASE):
            found |= {item.pk for item in of_kind}
        source = _source(kind)
        if source is None:
            continue
        seen = set(
            Entry.objects.filter(
                kind=kind,
                key__in=[item.record_key for item in of_kind],
                record_id__in=source.visible(actor).values("pk"),
            ).values_list("table", "key")
        )
        found |= {item.pk for item in of_kind if (item.table, item.record_key) in seen}
    return found


def is_readable(actor: Actor, item: Item) -> bool:
    """Whether the person may see the record behind an item."""
    return item.pk in readable(actor, [item])
