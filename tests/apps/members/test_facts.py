"""Every fact says where it comes from, how old it is and what is not confirmed."""

from datetime import date

import pytest
from django.apps import apps

from folkmoot.apps.members.models import CalendarEvent, Membership, Organization, Party
from folkmoot.apps.members.provenance import Fact
from tests.cast import TODAY

pytestmark = pytest.mark.django_db


@pytest.mark.requirement("A30")
@pytest.mark.usefixtures("shipped")
def test_every_fact_of_the_register_carries_a_source_and_an_as_of_date() -> None:
    models = [model for model in apps.get_app_config("members").get_models() if issubclass(model, Fact)]
    rows = [row for model in models for row in model._default_manager.all()]
    assert len(rows) > 800
    assert [row for row in rows if not (row.sources and row.as_of_words)] == []


@pytest.mark.requirement("A30")
@pytest.mark.parametrize(
    ("as_of", "today", "stale"),
    [
        ("2025-11-25", date(2026, 11, 25), False),
        ("2025-11-24", date(2026, 11, 25), True),
        ("2025", date(2026, 11, 25), False),  # it may have been true on the last day of the year
        ("2024", date(2026, 11, 25), True),
        ("", date(2026, 11, 25), True),
    ],
)
def test_a_fact_is_flagged_once_it_is_past_its_check_date(as_of: str, today: date, stale: bool) -> None:
    fact = Party(name="A party", as_of=as_of)
    assert fact.is_stale(today) is stale
    assert ("Past its check date" in [flag.label for flag in fact.flags(today)]) is stale


def test_the_months_after_which_a_fact_is_checked_are_a_setting() -> None:
    fact = Party(name="A party", as_of="2026-06-25")
    assert fact.is_stale(TODAY, months=4)
    assert not fact.is_stale(TODAY, months=6)


@pytest.mark.requirement("A30")
@pytest.mark.usefixtures("shipped")
def test_what_rests_on_one_source_says_not_confirmed() -> None:
    doubtful = {body.key for body in Organization.objects.all() if body.doubt}
    assert {"north-east", "east-midlands", "hampshire-and-the-solent", "bist"} <= doubtful
    assert not {"london", "tees-valley", "hmt"} & doubtful
    terms = {term.key: term.doubt for term in Membership.objects.all()}
    assert "not opened" in terms["mayor-west-midlands/2017-05-04"]  # the cited page was not opened
    assert terms["mayor-west-midlands/2024-05-02"] == ""  # a second source was read
    events = {event.key: event.doubt for event in CalendarEvent.objects.all()}
    assert events["bank-holiday-001"] == ""
    assert events["recess-158"] == "the source calls it low"


def test_what_is_invented_carries_no_flag() -> None:
    assert Organization(key="aldermere", name="Aldermere", invented=True).flags(TODAY) == []
    assert Organization(key="somewhere", name="Somewhere").flags(TODAY) != []
