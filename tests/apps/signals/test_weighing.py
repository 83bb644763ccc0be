"""Scores with their reasons, what a signal names, and what is folded as telling the same."""

from datetime import timedelta
from typing import Any

import pytest

from folkmoot.apps.signals import actions
from folkmoot.apps.signals.models import Signal
from folkmoot.apps.signals.weighing import weigh_new
from tests.apps.signals.world import add, closing, item, tell, watch
from tests.cast import MOMENT, Cast
from tests.issues_world import begin

SOON = MOMENT + timedelta(days=5)
TEXT = "The ferry board will let the night crossings of the sound to whoever asks the least for all of them."


def parts(signal: Signal) -> dict[str, float]:
    return {reason["part"]: reason["weight"] for reason in signal.scores.get().reasons}


def test_a_signal_scores_by_terms_department_place_and_a_near_date(cast: Cast) -> None:
    watch(cast, "night crossings", organisations=["department-for-ferries"], places=["Leeds"])
    told = item(1, text=f"{TEXT} In Leeds.", organisations=("department-for-ferries",), deadlines=closing(SOON))
    (signal,) = tell(add(cast), told)
    assert weigh_new(MOMENT) == "Weighed 1 signals; 0 told what another one had told."
    signal.refresh_from_db()
    assert {"phrase", "organisation", "place", "deadline"} <= set(parts(signal))
    assert round(sum(parts(signal).values())) == signal.points and signal.is_weighed
    assert weigh_new(MOMENT) == "No signal waited to be weighed."


def test_an_exclusion_takes_away_and_says_so(cast: Cast) -> None:
    watch(cast, "night crossings", excluded=["ferry board"])
    (signal,) = tell(add(cast), item(1, text=TEXT))
    weigh_new(MOMENT)
    signal.refresh_from_db()
    assert signal.points == 0 and not signal.scores.exists()


def test_what_a_signal_names_stands_on_it(cast: Cast) -> None:
    told = item(1, title="Rules", text="The Department for Transport wrote to the Greater London Authority.")
    (signal,) = tell(add(cast), told)
    weigh_new(MOMENT)
    signal.refresh_from_db()
    assert "Department for Transport" in [each["name"] for each in signal.named]


def test_a_changed_watch_scores_the_last_ninety_days_again(cast: Cast) -> None:
    issue = begin(cast)
    (signal,) = tell(add(cast), item(1, text=TEXT))
    weigh_new(MOMENT)
    watch(cast, "night crossings", issue=issue)
    weigh_new(MOMENT)
    signal.refresh_from_db()
    assert signal.suggested == issue
    actions.set_watch(cast.actor("officer"), issue=issue, terms=["libraries"])
    weigh_new(MOMENT)
    signal.refresh_from_db()
    assert signal.points == 0 and signal.suggested is None


SAME: list[tuple[str, dict[str, Any], dict[str, Any], str]] = [
    ("words", {"text": TEXT}, {"text": f"{TEXT} Soon."}, " alike"),
    ("address", {"url": "http://www.example.org/a/"}, {"url": "https://example.org/a#top"}, "same address"),
    (
        "event",
        {"title": "Evidence on ferry links at night", "deadlines": closing(SOON)},
        {"title": "Evidence on Ferry links at night", "deadlines": closing(SOON)},
        "same title and date",
    ),
]


@pytest.mark.parametrize(("one", "other", "why"), [each[1:] for each in SAME], ids=[each[0] for each in SAME])
def test_what_tells_the_same_is_one_card(cast: Cast, one: dict[str, Any], other: dict[str, Any], why: str) -> None:
    tell(add(cast), item(1, **{"title": "A", **one}))
    weigh_new(MOMENT)
    second = add(cast, url="https://other.example.org/feed", name="Other")
    first, copy = tell(second, item(2, **{"title": "A", **other}))
    weigh_new(MOMENT)
    copy.refresh_from_db()
    assert copy.copy_of == first and copy.copy_why.endswith(why)

    actions.take_out(cast.actor("officer"), signal=copy)
    Signal.objects.update(is_weighed=False)
    weigh_new(MOMENT)
    copy.refresh_from_db()
    assert copy.copy_of is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"text": TEXT}, {"text": "Libraries open on Sundays, and the roofs of three are mended before the winter."}),
        ({"title": "Cabinet", "deadlines": closing(SOON)}, {"title": "Cabinet", "deadlines": closing(SOON)}),
        (
            {"title": "Evidence on ferry links at night", "deadlines": closing(SOON)},
            {"title": "Evidence on ferry links at night", "deadlines": closing(SOON + timedelta(days=7))},
        ),
    ],
)
def test_what_only_looks_the_same_stays_two_cards(cast: Cast, one: dict[str, Any], other: dict[str, Any]) -> None:
    tell(add(cast), item(1, **one), item(2, **other))
    weigh_new(MOMENT)
    assert Signal.objects.filter(copy_of__isnull=True).count() == 2


def test_what_was_put_on_an_issue_is_not_folded_away(cast: Cast) -> None:
    source = add(cast)
    tell(source, item(1, text=TEXT))
    weigh_new(MOMENT)
    _, later = tell(source, item(2, text=TEXT))
    actions.accept(cast.actor("officer"), signal=later, issue=begin(cast))
    weigh_new(MOMENT)
    later.refresh_from_db()
    assert later.copy_of is None
