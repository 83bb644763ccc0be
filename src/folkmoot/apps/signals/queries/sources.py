"""The sources, how each does, and the readings behind it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.gate import may
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.signals.models import Health, Reading, Signal, Source
from folkmoot.apps.signals.queries.inbox import known_to

SORTS = {"name": "name", "health": "health", "good": "good_at", "new": "new_at", "kind": "kind"}
DEFAULT_SORT = "name"
LATELY = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Freshness:
    """How many sources are fresh, of those that are read, and the ones that are not, for a warning."""

    fresh: int
    read: int
    troubled: tuple[Source, ...]


def sources(actor: Actor, *, health: str = "", sort: str = DEFAULT_SORT) -> QuerySet[Source]:
    """The sources with how many signals each told over the last thirty days, as far as the reader sees them."""
    told = known_to(actor).filter(sources=OuterRef("pk"), seen_at__gte=actor.now - LATELY)
    counted = told.order_by().values("sources").annotate(count=Count("pk")).values("count")
    found: QuerySet[Source] = Source.objects.visible_to(actor).select_related("added_by")
    if health:
        found = found.filter(health=health)
    column = SORTS.get(sort.removeprefix("-"), "name")
    order = f"-{column}" if sort.startswith("-") else column
    return found.annotate(lately=Coalesce(Subquery(counted), 0)).order_by(order, "name")


def source_for(actor: Actor, key: str) -> Source | None:
    """The source with this key, if the person may see it."""
    found: Source | None = sources(actor).filter(key=key).first()
    return found


def readings(actor: Actor, source: Source, count: int = 20) -> Iterable[Reading]:
    """The last readings of a source, for whoever may see the source."""
    return Reading.objects.filter(source__in=Source.objects.visible_to(actor), source_id=source.pk)[:count]


def freshness(actor: Actor) -> Freshness:
    """How the sources do, in one line."""
    every = list(Source.objects.visible_to(actor).filter(is_paused=False))
    troubled = [source for source in every if source.health in (Health.STALE, Health.BLOCKED, Health.FAILING)]
    return Freshness(len(every) - len(troubled), len(every), tuple(troubled))


def keeps_sources(actor: Actor) -> bool:
    """Whether somebody may add sources and change them."""
    return may(actor, Permission.SOURCE_KEEP)


def latest_of(actor: Actor, source: Source, count: int = 10) -> QuerySet[Signal]:
    """What a source told last."""
    return known_to(actor).filter(Q(sources=source)).order_by("-seen_at", "pk")[:count]
