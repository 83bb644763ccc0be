"""Repeating events against dateutil, which expands the same rules, and some of them for ever: it is only the oracle."""

from datetime import datetime, timedelta

import icalendar
import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from folkmoot.engines.radar.sources._repeats import repeats

START = datetime(2026, 1, 5, 10)
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
PLAIN = st.lists(st.sampled_from(DAYS), min_size=1, max_size=3, unique=True).map(",".join)
NTH = st.tuples(st.sampled_from(("1", "2", "-1", "3")), st.sampled_from(DAYS)).map("".join)


@st.composite
def rules(draw: st.DrawFn) -> str:
    frequency = draw(st.sampled_from(("DAILY", "WEEKLY", "MONTHLY", "YEARLY")))
    parts = [f"FREQ={frequency}", f"INTERVAL={draw(st.integers(1, 4))}"]
    if draw(st.booleans()):
        nth = frequency in ("MONTHLY", "YEARLY") and draw(st.booleans())
        parts.append(f"BYDAY={draw(NTH if nth else PLAIN)}")
    if frequency in ("MONTHLY", "YEARLY") and draw(st.booleans()):
        parts.append(f"BYMONTHDAY={draw(st.integers(1, 28))}")
    if draw(st.booleans()):
        parts.append(f"BYMONTH={draw(st.integers(1, 12))}")
    if draw(st.booleans()):
        parts.append(f"COUNT={draw(st.integers(1, 9))}")
    if frequency == "WEEKLY" and draw(st.booleans()):
        parts.append(f"WKST={draw(st.sampled_from(DAYS))}")
    return ";".join(parts)


@settings(max_examples=150, deadline=None)
@given(rules(), st.integers(0, 400))
def test_a_rule_gives_what_dateutil_gives(rule: str, shift: int) -> None:
    start = START + timedelta(days=shift)
    until = start + timedelta(days=900)
    found = repeats(icalendar.vRecur.from_ical(rule), start, until)
    oracle = rrulestr(rule, dtstart=start)
    expected = []
    for moment in oracle:
        if moment > until:
            break
        expected.append(moment)
    assert found == expected


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=3", ["2026-01-30", "2026-02-27", "2026-03-31"]),
        ("FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=2", ["2026-01-31", "2026-02-28"]),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", []),
    ],
)
def test_a_rule(rule: str, days: list[str]) -> None:
    found = repeats(icalendar.vRecur.from_ical(rule), START, START + timedelta(days=900))
    assert [moment.date().isoformat() for moment in found] == days
