"""Everybody goes everywhere: each meets what the table says, and no word that is not theirs."""

import pytest

from tests.cast import EVERYBODY
from tests.walk.post import problems_of_all_mail
from tests.walk.samples import ADDRESSES
from tests.walk.walker import names_of_all_addresses, problems_of_all_visits
from tests.walk.world import World

pytestmark = pytest.mark.django_db


def test_every_address_has_a_sample() -> None:
    assert names_of_all_addresses() == {address.name for address in ADDRESSES}


@pytest.mark.parametrize("part", EVERYBODY)
def test_looking(world: World, part: str) -> None:
    assert problems_of_all_visits(world, ADDRESSES, part, "GET") == []


@pytest.mark.parametrize("part", EVERYBODY)
def test_sending_nothing(world: World, part: str) -> None:
    assert problems_of_all_visits(world, ADDRESSES, part, "POST") == []


def test_every_mail_holds_only_what_its_reader_may_see(world: World) -> None:
    assert problems_of_all_mail(world) == []


def test_every_canary_is_met_by_somebody_who_may_see_it(world: World) -> None:
    """A canary that nobody meets stands in a text that no page shows: then the walk proves nothing about it."""
    from tests.walk.walker import visit

    met = set()
    for part in EVERYBODY:
        for address in ADDRESSES:
            if part in address.may and "GET" in address.methods:
                met |= {canary.word for canary in world.aviary.met(visit(world, address, part, "GET").text)}
    unmet = [canary.where for word, canary in world.aviary.canaries.items() if word not in met]
    assert unmet == []
