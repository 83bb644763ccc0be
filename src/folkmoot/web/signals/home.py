"""What of the radar stands on a person's home page."""

from datetime import date, datetime

from django.urls import reverse

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.signals.queries import horizon, inbox, news, sources
from folkmoot.web.shell.home import HomeChange, HomeItem, WeekEntry
from folkmoot.web.templating import plural

LOOK_AGAIN = "It stands on the horizon board and is to be looked at again."


def items(actor: Actor) -> list[HomeItem]:
    """Signals given to one to sort, and sources that do not answer as they should, for whoever keeps them."""
    if not inbox.sorts(actor):
        return []
    found = [_given(count)] if (count := news.given_to(actor)) else []
    if sources.keeps_sources(actor) and (troubled := sources.freshness(actor).troubled):
        found.append(_troubled(len(troubled)))
    found += [
        HomeItem("Radar", entry.title, reverse("horizon_entry", args=[entry.key]), LOOK_AGAIN, entry.review_on, "Look")
        for entry in horizon.to_review(actor)
    ]
    return found


def _given(count: int) -> HomeItem:
    title = f"{plural(count, 'signal')} to sort"
    return HomeItem("Radar", title, f"{reverse('radar')}?mine=yes", "They were given to you.", None, "Sort")


def _troubled(count: int) -> HomeItem:
    title = "1 source does not answer as it should" if count == 1 else f"{count} sources do not answer as they should"
    return HomeItem("Radar", title, reverse("sources"), "What they publish now is not seen here.", None, "Look")


def changes(actor: Actor, since: datetime) -> list[HomeChange]:
    """Signals that were put on issues since a moment, as far as the reader sees both."""
    return [
        HomeChange(at, "Radar", signal.title, reverse("signal", args=[signal.key]), f"Put on {signal.issue}.")
        for at, signal in news.accepted_since(actor, since)
    ]


def week(actor: Actor, first: date, last: date) -> list[WeekEntry]:
    """Accepted signals by whose date one must act."""
    return [
        WeekEntry(
            day=day,
            group="Secretariat",
            title=f"{signal.closes_kind.capitalize()}: {signal.title}",
            url=reverse("signal", args=[signal.key]),
            owner=signal.assigned_to.name if signal.assigned_to else "",
            state=str(signal.issue),
            at=signal.closes_at,
        )
        for day, signal in news.closing_between(actor, first, last)
    ]
