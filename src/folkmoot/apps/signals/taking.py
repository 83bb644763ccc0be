"""Turns what a source told into signals: each thing once, its changes kept as revisions, nothing ever deleted.

Reading anything twice, in any order, or after a stop in the middle, changes nothing: a signal is found again by any of
the names that its origin has for it, and what an older answer says of it does not undo a newer one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from folkmoot.apps.access.audience import Audience
from folkmoot.apps.signals import dating
from folkmoot.apps.signals.models import Revision, Signal, SignalName, Source
from folkmoot.engines.radar import Item, as_seen, differences, fingerprint, item_from_json, item_to_json, newest

# These three speak of the same documents under the same keys; the later of them says more.
FAMILIES = {"govuk-atom": "govuk", "govuk-search": "govuk", "govuk-content": "govuk"}
RICHNESS = {"govuk-atom": 0, "govuk-search": 1, "govuk-content": 2}
# The keys of these are unique within one source, not in the world.
OWN_KEYS = frozenset({"rss", "ical", "moderngov"})
# Whole texts of these stand on pages for people, of which nobody knows which part is the text.
ONLY_PAGES = frozenset({"rss", "ical"})
LONGEST_NAME = 500
SAME_KEY = "same key"

Name = tuple[str, str]  # whose names these are, and the name


@dataclass(frozen=True, slots=True)
class Taken:
    """How many signals were new, how many had changed, and how many said nothing new."""

    new: int = 0
    changed: int = 0
    same: int = 0

    def __add__(self, other: "Taken") -> "Taken":
        return Taken(self.new + other.new, self.changed + other.changed, self.same + other.same)


@dataclass(slots=True)
class _Page:
    """What one page makes: written in few statements at its end."""

    source: Source
    at: datetime
    known: dict[Name, Signal]
    begun: list[Signal] = field(default_factory=list)
    renewed: dict[int, Signal] = field(default_factory=dict)
    revisions: list[Revision] = field(default_factory=list)
    names: list[tuple[Name, Signal]] = field(default_factory=list)
    told: list[Signal] = field(default_factory=list)


def family_of(item: Item, source: Source) -> str:
    """Whose names an item’s keys are."""
    return f"{item.source}/{source.key}" if item.source in OWN_KEYS else FAMILIES.get(item.source, item.source)


@transaction.atomic
def take(items: Sequence[Item], *, source: Source, at: datetime) -> Taken:
    """Take in what one page of a source told."""
    page = _Page(source, at, _known(items, source))
    for item in items:
        names = _names(item, source)
        found = _one_of(_meant(item, names, page))
        if found is None:
            found = _begin(item, page)
        else:
            _renew(found, item, page)
        _remember(found, names, page)
    _write(page)
    new, changed = len(page.begun), len(page.renewed)
    return Taken(new, changed, len(items) - new - changed)


def _names(item: Item, source: Source) -> list[Name]:
    """Every name of an item. A name longer than its column is no use as a key, and never needed to be one."""
    family = family_of(item, source)
    return [(family, name) for name in dict.fromkeys((item.id, *item.aliases)) if name and len(name) <= LONGEST_NAME]


def _known(items: Sequence[Item], source: Source) -> dict[Name, Signal]:
    """The signals that these items speak of, by each name; one signal is one object, however many names it has."""
    wanted: dict[str, set[str]] = {}
    for item in items:
        for family, name in _names(item, source):
            wanted.setdefault(family, set()).add(name)
    signals: dict[int, Signal] = {}
    found: dict[Name, Signal] = {}
    for family, names in wanted.items():
        for row in SignalName.objects.filter(family=family, name__in=names).select_related("signal"):
            found[row.family, row.name] = signals.setdefault(row.signal_id, row.signal)
    return found


def _meant(item: Item, names: Sequence[Name], page: _Page) -> list[Signal]:
    """The signals that an item speaks of. Feeds use an id again for something else, so there a second name alone says
    too little: the title or the date must be the same, too.
    """
    found = {id(page.known[name]): page.known[name] for name in names if name in page.known}
    own = page.known.get(names[0]) if names else None
    if item.source not in OWN_KEYS:
        return list(found.values())
    return [one for one in found.values() if one is own or _tells_the_same(one, item)]


def _tells_the_same(signal: Signal, item: Item) -> bool:
    same_day = item.published is not None and item.published == signal.published
    return same_day or " ".join(item.title.split())[:500] == signal.title


def _one_of(found: Iterable[Signal]) -> Signal | None:
    """The oldest of the signals that turn out to be one; the others become its copies."""
    oldest: Signal | None = None
    for other in sorted(found, key=lambda signal: (signal.pk is None, signal.pk)):
        if oldest is None:
            oldest = other
        elif other.pk and oldest.pk and other.copy_of_id is None and not other.kept_apart:
            into = oldest.copy_of_id or oldest.pk
            Signal.objects.filter(copy_of=other).update(copy_of=into)
            Signal.objects.filter(pk=other.pk).update(copy_of=into, copy_why=SAME_KEY)
    return oldest


def _remember(signal: Signal, names: list[Name], page: _Page) -> None:
    fresh = [name for name in names if name not in page.known]
    page.names += [(name, signal) for name in fresh]
    page.known |= dict.fromkeys(fresh, signal)
    page.told.append(signal)


def _begin(item: Item, page: _Page) -> Signal:
    signal = Signal(audience=Audience.NETWORK, seen_at=page.at, changed_at=page.at)
    _fill(signal, item, page.at)
    page.begun.append(signal)
    return signal


def _renew(signal: Signal, item: Item, page: _Page) -> None:
    """Bring a signal up to date, and keep what it said before."""
    before = item_from_json(signal.said)
    if RICHNESS.get(item.source, 0) < RICHNESS.get(before.source, 0):
        _ask_again(signal, item, before, page)
        return
    if (item.source, item.id) == (before.source, before.id):
        if _is_older(item, before):
            return
        # What is told now counts, but a list that cuts its texts does not take a whole one away.
        item = newest(before, item, fetched=(signal.changed_at, max(page.at, signal.changed_at)))
        changes = differences(before, item)
    else:
        changes = []  # a fuller reading of the same thing is no change of it
    if fingerprint(item) == signal.fingerprint:
        _turn_to_next_date(signal, page)
        return
    if changes and signal.pk:
        kept = [[one.field, one.before, one.after, one.sentence, one.major] for one in changes]
        page.revisions.append(Revision(signal=signal, at=page.at, changes=kept))
        signal.changed_at = page.at
    _fill(signal, item, page.at)
    signal.is_weighed = False
    _note(signal, page)


def _is_older(item: Item, before: Item) -> bool:
    """An answer that says itself that it is older, as one from a store on the way may be."""
    told, known = item.updated or item.published, before.updated or before.published
    return told is not None and known is not None and told < known


def _turn_to_next_date(signal: Signal, page: _Page) -> None:
    """A date that is over makes room for the next that was told long ago."""
    if signal.closes_at and signal.closes_at < page.at:
        before = signal.closes_at
        dating.set_date(signal, page.at)
        if signal.closes_at != before:
            _note(signal, page)


def _note(signal: Signal, page: _Page) -> None:
    if signal.pk:
        page.renewed[signal.pk] = signal


def _ask_again(signal: Signal, item: Item, before: Item, page: _Page) -> None:
    """A poorer source tells of something that we know better: if it has changed since, it is read again in full."""
    newer = item.updated is not None and (before.updated is None or item.updated > before.updated)
    if newer and item.full_text_url and signal.full_text_url != item.full_text_url:
        signal.full_text_url, signal.text_tries, signal.text_at = item.full_text_url[:1000], 0, page.at
        if signal.pk:
            Signal.objects.filter(pk=signal.pk).update(
                full_text_url=signal.full_text_url, text_tries=0, text_at=page.at
            )


def _fill(signal: Signal, item: Item, at: datetime) -> None:
    """Put what an item says into its signal. A date of publication that lies ahead is not believed."""
    seen = as_seen(item, signal.seen_at)
    signal.origin, signal.origin_id = item.source, item.id[:LONGEST_NAME]
    signal.said, signal.fingerprint = item_to_json(item), fingerprint(item)
    signal.url, signal.type = item.url[:1000], item.type[:60]
    signal.title = " ".join(item.title.split())[:500] or "Without a title"
    signal.summary, signal.text = item.summary, item.text
    signal.published, signal.updated = seen.published, item.updated
    signal.organisations, signal.state = list(item.organisations), item.state
    signal.dates = dating.dates_of(seen)
    dating.set_date(signal, at)
    signal.full_text_url = item.full_text_url[:1000] if item.clipped and item.source not in ONLY_PAGES else ""
    signal.text_tries, signal.text_at = 0, at if signal.full_text_url else None


def _write(page: _Page) -> None:
    Signal.objects.bulk_create(page.begun)
    if page.renewed:
        Signal.objects.bulk_update(page.renewed.values(), RENEWED, batch_size=100)
    Revision.objects.bulk_create(page.revisions)
    SignalName.objects.bulk_create(
        [SignalName(family=family, name=name, signal=signal) for (family, name), signal in page.names]
    )
    told = Signal.sources.through
    told.objects.bulk_create(
        [told(signal_id=pk, source_id=page.source.pk) for pk in dict.fromkeys(signal.pk for signal in page.told)],
        ignore_conflicts=True,
    )


RENEWED = [
    *("origin", "origin_id", "said", "url", "type", "title", "summary", "text", "published", "updated"),
    *("organisations", "state", "dates", "told_at"),
    *("closes_at", "closes_kind", "closes_approximate", "closes_has_time"),
    *("full_text_url", "text_tries", "text_at", "fingerprint", "changed_at", "is_weighed"),
]
