"""The horizon board: what comes towards the network, by theme and by how far off it is."""

from collections.abc import Iterable

from django.db.models import Prefetch, Q, QuerySet

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.signals.models import Distance, HorizonEntry, Sorting, Theme
from folkmoot.apps.signals.queries.inbox import known_to

CITABLE = 40
Cells = dict[str, dict[str, list[HorizonEntry]]]


def _entries(actor: Actor) -> QuerySet[HorizonEntry]:
    found: QuerySet[HorizonEntry] = HorizonEntry.objects.visible_to(actor)
    return found.select_related("owner").prefetch_related(Prefetch("signals", known_to(actor)))


def board(actor: Actor) -> Cells:
    """What stands on the board, by theme and distance; the weightiest first."""
    cells: Cells = {theme: {distance: [] for distance in Distance.values} for theme in Theme.values}
    for entry in _entries(actor).filter(closed_at__isnull=True):
        cells[entry.theme][entry.distance].append(entry)
    return cells


def entry_for(actor: Actor, key: str) -> HorizonEntry | None:
    """The entry with this key, if the person may see it."""
    return _entries(actor).filter(key=key).first()


def citable(actor: Actor, keys: Iterable[str] = ()) -> list[tuple[str, str]]:
    """Signals that an entry can rest on: those of these keys, and the latest that were accepted or starred."""
    rests = known_to(actor).filter(key__in=list(keys))
    lately = known_to(actor).filter(Q(sorting=Sorting.ACCEPTED) | Q(is_starred=True)).order_by("-seen_at", "pk")
    found = [*rests.values_list("key", "title"), *lately.values_list("key", "title")[:CITABLE]]
    return list(dict.fromkeys(found))


def to_review(actor: Actor) -> Iterable[HorizonEntry]:
    """One's own entries whose day to be looked at again has come."""
    due = _entries(actor).filter(closed_at__isnull=True, review_on__lte=actor.today)
    return due.filter(owner_id=actor.account_id).order_by("review_on", "pk")
