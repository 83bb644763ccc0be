"""The horizon board, and the digest of a month: each entry and each line cites the signals that it rests on."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from folkmoot.apps.access.audience import Audience
from folkmoot.apps.signals import actions
from folkmoot.apps.signals.models import HorizonEntry, Signal
from tests.apps.signals.world import add, closing, item, tell
from tests.cast import MOMENT, Cast
from tests.issues_world import begin
from tests.web.issues.test_issues import page, send
from tests.web.signals.test_sources import refused

DAY = {"review_on_day": "1", "review_on_month": "3", "review_on_year": "2027"}
GRADES = {"likelihood": "2", "impact": "3", "confidence": "1"}
GIVEN = {"title": "Ferries without crews", "what": "Boats steer alone.", "theme": "technical", "distance": "far"}


@pytest.fixture
def signals(cast: Cast) -> list[Signal]:
    """Three that were told; the first two stand on issues, one of which the offices do not know."""
    source = add(cast)
    told = tell(source, item(1, deadlines=closing(MOMENT + timedelta(days=44))), item(2), item(3))
    officer = cast.actor("officer")
    actions.accept(officer, signal=told[0], issue=begin(cast))
    actions.accept(officer, signal=told[1], issue=begin(cast, title="Hidden", audience=Audience.SECRETARIAT))
    return told


def given(cast: Cast, *signals: Signal, **changes: str) -> dict[str, Any]:
    keys = [signal.key for signal in signals]
    return {**GIVEN, **GRADES, **DAY, "owner": cast.officer.key, "signals": keys, **changes}


def test_something_is_put_on_the_horizon_looked_at_again_and_taken_off(
    cast: Cast, sign_in_as: Any, signals: list[Signal]
) -> None:
    officer = sign_in_as("officer")
    assert "Nothing stands on the horizon yet." in page(officer, "horizon")
    text = send(officer, "horizon_new", **given(cast, signals[0]))
    assert "Ferries without crews stands on the board." in text and signals[0].title in text
    entry = HorizonEntry.objects.get()
    assert "impact high, likelihood middle" in page(officer, "horizon")
    HorizonEntry.objects.update(review_on=MOMENT.date())
    assert "is to be looked at again" in page(officer, "home")
    assert "looked at again" not in page(sign_in_as("deputy"), "home")
    send(officer, "horizon_change", entry.key, **given(cast, *signals[:2], distance="near"))
    assert entry.signals.count() == 2 and "looked at again" not in page(officer, "home")
    assert "Say why it is taken off" in send(officer, "horizon_close", entry.key)
    assert "was taken off the board" in send(officer, "horizon_close", entry.key, why="It came.")
    assert "Nothing stands on the horizon yet." in page(officer, "horizon")
    assert "It came." in page(officer, "horizon_entry", entry.key)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"title": ""}, "Give it a title."),
        ({"what": " "}, "Say what may happen."),
        ({"signals": ""}, "Tick at least one signal that it rests on."),
        ({"signals": "nothing"}, "Select a valid choice"),
        ({"impact": "9"}, "Select a valid choice"),
        ({"theme": "magic"}, "Select a valid choice"),
        ({"review_on_year": "2026", "review_on_month": "1"}, "a day after today"),
        ({"review_on_year": "2099"}, "within a year"),
        ({"review_on_day": "31", "review_on_month": "2"}, "day"),
        ({"owner": "nobody"}, "Select a valid choice"),
    ],
)
def test_what_a_wrong_entry_gets(
    cast: Cast, sign_in_as: Any, signals: list[Signal], changes: dict[str, str], words: str
) -> None:
    fields = given(cast, signals[0], **changes)
    fields = {name: value for name, value in fields.items() if value != ""}
    assert words in refused(sign_in_as("officer"), "horizon_new", **fields)
    assert not HorizonEntry.objects.exists()


@pytest.mark.requirement("B11")
def test_a_months_intake_becomes_a_digest_in_which_each_line_cites_its_signal(
    cast: Cast, sign_in_as: Any, signals: list[Signal]
) -> None:
    officer = cast.actor("officer")
    actions.note(officer, signal=signals[0], side="opportunity", text="One ticket for all.")
    moved = item(1, deadlines=closing(MOMENT + timedelta(days=58)), updated=MOMENT)
    tell(signals[0].sources.get(), moved, at=MOMENT + timedelta(hours=1))

    text = page(sign_in_as("officer"), "radar_digest")

    assert "3 signals came in; 0 were dismissed and 1 wait." in text
    assert "extended from 8 January 2027" in text and "One ticket for all." in text
    lines = re.findall(r"<li>(.*?)</li>", text[text.index('id="issue-1"') :], re.DOTALL)
    known = {reverse("signal", args=[signal.key]) for signal in signals}
    cited = [line for line in lines if any(f'href="{url}"' in line for url in known)]
    assert len(cited) == 5
    assert "Nothing was put on an issue" in page(sign_in_as("officer"), "radar_digest", month="2026-09")


def test_an_office_reads_of_its_own_issues_and_no_notes(cast: Cast, sign_in_as: Any, signals: list[Signal]) -> None:
    actions.note(cast.actor("officer"), signal=signals[0], side="risk", text="They may lose.")
    text = page(sign_in_as("mayor"), "radar_digest")
    assert signals[0].title in text and signals[1].title not in text and "Hidden" not in text
    assert "They may lose." not in text and "came in;" not in text
    for name in ("horizon", "horizon_new"):
        assert sign_in_as("mayor").get(reverse(name)).status_code == 403
