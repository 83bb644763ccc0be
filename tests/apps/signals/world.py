"""Sources, signals and watches for tests, made by the room’s own actions."""

from datetime import datetime, timedelta
from typing import Any

from folkmoot.apps.issues.models import Issue
from folkmoot.apps.signals import actions
from folkmoot.apps.signals.models import Reading, Signal, Source, Watch
from folkmoot.apps.signals.pulling import pull_due
from folkmoot.apps.signals.taking import take
from folkmoot.engines.radar import Date, Item
from tests.cast import MOMENT, Cast
from tests.issues_world import begin


def add(cast: Cast, url: str = "https://news.example.org/feed", **more: Any) -> Source:
    """A source of the officer’s."""
    given = {"name": "Ferry news", "kind": "rss", **more}
    return actions.add_source(cast.actor("officer"), url=url, **given)


def read(source: Source, now: datetime = MOMENT) -> Reading:
    """Let the clock read whatever is due; the last reading of this source."""
    Source.objects.filter(pk=source.pk).update(next_at=now)
    pull_due(now)
    source.refresh_from_db()
    return source.readings.latest("pk")


def item(number: int = 1, **changes: Any) -> Item:
    """One thing that a feed told."""
    given: dict[str, Any] = {
        "source": "rss",
        "id": f"news.example.org/{number}",
        "url": f"https://news.example.org/{number}",
        "type": "post",
        "title": f"Ferry number {number} over the Marrow Sound",
        "text": f"Number {number}: crossing{number} hour{number} quay{number} tide{number} lamp{number}",
        "published": MOMENT - timedelta(hours=number),
        "updated": MOMENT - timedelta(hours=number),
    }
    return Item(**given | changes)


def closing(at: datetime) -> tuple[Date, ...]:
    return (Date("closing", at),)


def tell(source: Source, *items: Item, at: datetime = MOMENT) -> list[Signal]:
    """The signals that a source’s items become."""
    take(items, source=source, at=at)
    return list(Signal.objects.order_by("pk"))


def watch(cast: Cast, *terms: str, issue: Issue | None = None, **more: Any) -> Watch:
    """An issue, with what is looked out for on it."""
    return actions.set_watch(cast.actor("officer"), issue=issue or begin(cast), terms=terms, **more)
