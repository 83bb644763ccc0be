"""Everybody goes everywhere: each meets what the table says, and no word that is not theirs."""

from collections.abc import Iterator

import pytest

from tests.cast import EVERYBODY
from tests.walk.post import problems_of_all_mail
from tests.walk.samples import ADDRESSES
from tests.walk.walker import first_visit, names_of_all_addresses, problems_of_all_visits
from tests.walk.world import World

pytestmark = pytest.mark.django_db


def test_every_address_has_a_sample() -> None:
    assert names_of_all_addresses() == {address.name for address in ADDRESSES}


def test_no_two_samples_have_one_label() -> None:
    labels = [address.label for address in ADDRESSES]
    assert sorted(labels) == sorted(set(labels))


@pytest.mark.parametrize("part", EVERYBODY)
def test_looking(world: World, part: str) -> None:
    problems = problems_of_all_visits(world, ADDRESSES, part, "GET", go=first_visit)
    assert not problems, "\n".join(problems)


@pytest.mark.parametrize("part", EVERYBODY)
def test_sending_nothing(world: World, part: str) -> None:
    problems = problems_of_all_visits(world, ADDRESSES, part, "POST")
    assert not problems, "\n".join(problems)


def test_every_mail_holds_only_what_its_reader_may_see(world: World) -> None:
    problems = problems_of_all_mail(world)
    assert not problems, "\n".join(problems)


def test_every_canary_is_met_by_somebody_who_may_see_it(world: World) -> None:
    """A canary that nobody meets stands in a text that no page shows: then the walk proves nothing about it."""
    met = {canary.word for text in _all_that_is_told(world) for canary in world.aviary.met(text)}
    assert [canary.where for word, canary in world.aviary.canaries.items() if word not in met] == []


def _all_that_is_told(world: World) -> Iterator[str]:
    """Every look of everybody who may look."""
    for part in EVERYBODY:
        for address in ADDRESSES:
            if part in address.may and "GET" in address.methods:
                yield first_visit(world, address, part, "GET").text
