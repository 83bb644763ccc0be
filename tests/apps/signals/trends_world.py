"""Twelve weeks of signals in which one place rises, for the tests of the trends."""

from datetime import timedelta
from typing import Any

from folkmoot.apps.signals.models import Signal, Source
from tests.apps.signals.world import add, item, tell
from tests.cast import MOMENT, Cast

PLACE = {"id": "place:quay", "kind": "place", "name": "Marrow Quay", "holder": ""}
WEEKS = 8


def rising(cast: Cast, **more: Any) -> Source:
    """A signal a week about a place for eight weeks, and six of them in this one, on a tram that is new."""
    source = add(cast, attribution="Made up, under no licence.", **more)
    Source.objects.filter(pk=source.pk).update(added_at=MOMENT - timedelta(weeks=WEEKS))
    monday = MOMENT - timedelta(days=MOMENT.weekday())
    for number in range(1, WEEKS + 1):
        when = monday - timedelta(weeks=number)
        tell(source, item(number, title=f"Word {number} of the quay", published=when), at=when)
    tell(source, *(item(100 + number, title=f"{number}: a floating tram", published=monday) for number in range(6)))
    Signal.objects.update(named=[PLACE], copy_of=None)
    return source
