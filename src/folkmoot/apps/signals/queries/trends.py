"""What is spoken of more than it was: the rises of a week among the signals that a person knows of."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce, Least, Substr
from django.utils import timezone

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.members.queries import events
from folkmoot.apps.signals.models import Signal, Source
from folkmoot.apps.signals.queries.inbox import known_to
from folkmoot.engines.radar.trends import BACK, Recess, Seen, Trend, find_trends, phrases_of, recesses_of

PHRASES = "phrases"
KINDS = {"bodies": "Bodies", "people": "People", "places": "Places", "bills": "Bills", PHRASES: "Phrases"}
_ONE = {"bodies": "Body", "people": "Person", "places": "Place", "bills": "Bill", PHRASES: "Phrase"}
_KIND_OF = {
    "department": "bodies",
    "authority": "bodies",
    "mayoralty": "bodies",
    "person": "people",
    "place": "places",
    "bill": "bills",
}
# Of the twelve weeks before a week, so many signals are counted at most, the latest first.
MOST = 10_000
# A summary's beginning says what it is about; whole texts would repeat each other's set phrases.
_SUMMARY = 240
_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Rise:
    """A trend as it is told: what rises, by what it is called, and the cards that say so."""

    name: str
    kind: str
    trend: Trend
    cards: tuple[Signal, ...]

    @property
    def kind_name(self) -> str:
        return _ONE[self.kind]


def weeks(today: date) -> list[date]:
    """The Mondays that can be asked for, this week's first."""
    monday = today - timedelta(days=today.weekday())
    return [monday - _WEEK * number for number in range(BACK)]


def rises(actor: Actor, monday: date, kind: str = "") -> list[Rise]:
    """What rose in the week from this Monday, the strongest first; of one kind where that is asked for."""
    rows = _rows(actor, monday)
    names = {
        each["id"]: (each["name"], _KIND_OF.get(each["kind"], "")) for row in reversed(rows) for each in row["named"]
    }
    found = find_trends(_seen(actor, rows), week=monday, recesses=_recesses(monday), begun=_begun(actor, rows))
    called = [
        (*(names[trend.subject] if trend.kind == "entity" else (trend.subject, PHRASES)), trend) for trend in found
    ]
    called = [each for each in called if each[1] and kind in ("", each[1])]
    cards = _cards(actor, {key for _, _, trend in called for key in trend.items})
    return [
        Rise(name, kind, trend, tuple(cards[key] for key in trend.items if key in cards))
        for name, kind, trend in called
    ]


def _rows(actor: Actor, monday: date) -> list[dict[str, Any]]:
    """What is counted, the latest first: a date that lies in the future is held to the day on which it was seen."""
    begin, end = (_midnight(day) for day in (monday - _WEEK * BACK, monday + _WEEK))
    first = Least(Coalesce("published", "seen_at"), F("seen_at"))
    found = known_to(actor).annotate(first=first, begins=Substr("summary", 1, _SUMMARY))
    found = found.filter(first__gte=begin, first__lt=end).order_by("-first", "pk")
    return [{**row} for row in found.values("pk", "copy_of", "title", "begins", "named", "first")[:MOST]]


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _seen(actor: Actor, rows: Iterable[dict[str, Any]]) -> Iterable[Seen]:
    """Each row once for each source that told it; a copy counts as another source of its card."""
    sources = _sources(actor, [row["pk"] for row in rows])
    for row in rows:
        entities = frozenset(each["id"] for each in row["named"])
        phrases, on = _phrases(f"{row['title']}\n{row['begins']}"), timezone.localdate(row["first"])
        for source in sources[row["pk"]]:
            yield Seen(str(row["copy_of"] or row["pk"]), source, on, entities, phrases)


@lru_cache(maxsize=MOST)
def _phrases(text: str) -> frozenset[str]:
    """The phrases of a text, kept: from one view to the next most texts are the same."""
    return phrases_of(text)


def _sources(actor: Actor, signals: list[int]) -> dict[int, list[str]]:
    told: dict[int, list[str]] = defaultdict(list)
    names = dict(Source.objects.visible_to(actor).values_list("pk", "name"))
    if signals:
        pairs = Signal.sources.through.objects.filter(signal__gte=min(signals), signal__lte=max(signals))
        for signal, source in pairs.values_list("signal", "source"):
            if source in names:
                told[signal].append(names[source])
    return told


def _recesses(monday: date) -> tuple[Recess, ...]:
    """When the House of Commons is away, by the calendar of the register."""
    found = events(monday, when="all", kind="recess", scope="everywhere").filter(last_day__gte=monday - _WEEK * BACK)
    rows = found.values_list("kind", "scope", "starts_on", "ends_on")
    return recesses_of(dict(zip(("kind", "scope", "start_date", "end_date"), row, strict=True)) for row in rows)


def _begun(actor: Actor, rows: list[dict[str, Any]]) -> date | None:
    """Since when there is something to count. What a source told at its first reading goes back further, but is only
    a rest of those weeks; the first signal says it where the rows are cut."""
    first = Source.objects.visible_to(actor).order_by("added_at").values_list("added_at", flat=True).first()
    return timezone.localdate(first) if first and len(rows) < MOST else None


def _cards(actor: Actor, keys: set[str]) -> dict[str, Signal]:
    found: QuerySet[Signal] = known_to(actor).filter(pk__in=[int(key) for key in keys]).prefetch_related("sources")
    return {str(signal.pk): signal for signal in found}
