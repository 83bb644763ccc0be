"""Made twice on the same day, the demonstration is the same."""

from collections import Counter

import pytest

from folkmoot.apps.positions.models import Amendment, Answer, Decision, Position
from tests.demo.summary import Row, Summary, tables

pytestmark = pytest.mark.django_db


def test_two_demonstrations_of_a_day_are_the_same(earlier_demonstration: Counter[Row]) -> None:
    assert Summary().everything() == earlier_demonstration


def test_the_comparison_sees_positions_states_answers_decisions_and_amendments() -> None:
    assert {Position, Answer, Decision, Amendment, Amendment.conflicts.through} <= set(tables())
    before = Summary().everything()
    decision = Decision.objects.first()
    assert decision is not None
    decision.reason += "!"
    decision.save()
    assert sum((Summary().everything() - before).values()) == 1
