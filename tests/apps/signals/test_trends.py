"""What rose in a week: the cards that say so, what is held against a recess, and how many queries it takes."""

from datetime import timedelta
from typing import Any

import pytest

from folkmoot.apps.members.models import CalendarEvent
from folkmoot.apps.signals.models import Signal, Source
from folkmoot.apps.signals.queries.trends import rises, weeks
from tests.apps.signals.trends_world import WEEKS, rising
from tests.apps.signals.world import add
from tests.cast import MOMENT, TODAY, Cast

THIS = weeks(TODAY)[0]


def test_a_place_rises_with_what_is_new_about_it_and_its_cards(cast: Cast, django_assert_num_queries: Any) -> None:
    rising(cast)
    officer = cast.actor("officer")
    with django_assert_num_queries(7):
        place, *rest = rises(officer, THIS)
    assert (place.name, place.kind_name, place.trend.usual) == ("Marrow Quay", "Place", 1.0)
    assert place.trend.counts == (*[1] * WEEKS, 6)
    assert place.trend.new_phrases == ("floating tram",)
    assert len(place.cards) == 6 and all("floating tram" in card.title for card in place.cards)
    assert {rise.kind for rise in rest} <= {"phrases"}
    assert [rise.name for rise in rises(officer, THIS, "places")] == ["Marrow Quay"]
    assert rises(officer, THIS, "bills") == []
    assert not rises(officer, weeks(TODAY)[1])


def test_a_copy_is_another_source_of_its_card(cast: Cast) -> None:
    rising(cast)
    card, *copies = Signal.objects.filter(title__contains="tram").order_by("pk")
    Signal.objects.exclude(title__contains="tram").update(named=[])
    Signal.objects.filter(pk__in=[copy.pk for copy in copies]).update(copy_of=card)
    assert not rises(cast.actor("officer"), THIS)
    for number, copy in enumerate(copies[:2]):
        copy.sources.set([add(cast, f"https://news.example.org/{number}", name=f"Feed {number}")])
    (place,) = rises(cast.actor("officer"), THIS, "places")
    assert place.cards == (card,) and len(place.trend.sources) == 3


def test_weeks_of_recess_do_not_lower_what_is_usual(cast: Cast) -> None:
    rising(cast)
    away = {number: THIS - timedelta(weeks=number) for number in (1, 2, 3)}
    Signal.objects.filter(published__gte=MOMENT - timedelta(weeks=4), title__startswith="Word").update(named=[])
    before = rises(cast.actor("officer"), THIS, "places")[0].trend.usual
    CalendarEvent.objects.create(
        key="away",
        kind="recess",
        scope="House of Commons",
        title="Recess",
        starts_on=away[3].isoformat(),
        ends_on=(away[1] + timedelta(days=4)).isoformat(),
        first_day=away[3],
        last_day=away[1] + timedelta(days=4),
    )
    place = rises(cast.actor("officer"), THIS, "places")[0]
    assert place.trend.usual > before
    assert [week.monday for week in place.trend.weeks if week.in_recess] == sorted(away.values())


def test_what_a_source_told_of_the_time_before_it_was_read_makes_no_trend(cast: Cast) -> None:
    rising(cast)
    Source.objects.update(added_at=MOMENT - timedelta(weeks=1))
    assert not rises(cast.actor("officer"), THIS)


@pytest.mark.parametrize("role", ["mayor", "member_officer"])
def test_others_know_of_no_rise_in_what_waits_to_be_sorted(cast: Cast, role: str) -> None:
    rising(cast)
    assert rises(cast.actor(role), THIS) == []
