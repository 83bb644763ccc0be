"""Everybody goes everywhere: each meets what the table says, and no word that is not theirs."""

from collections.abc import Iterator

import pytest

from folkmoot.apps.access.models import Account
from tests.cast import EVERYBODY
from tests.walk.address import ALL
from tests.walk.post import problems_of_all_mail
from tests.walk.samples import ADDRESSES
from tests.walk.walker import first_visit, names_of_all_addresses, problems_of_all_visits, visit
from tests.walk.world import World, undone

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


def test_whoever_has_left_their_post_sees_only_what_is_public(world: World) -> None:
    """The account is open and the role unchanged; the register alone no longer knows them in the office."""
    with undone():
        Account.objects.filter(pk=world.cast.member_officer.pk).update(person="left-the-office")
        visits = [visit(world, address, "member_officer", "GET") for address in ADDRESSES if not address.seen_as]
    everybodys = {canary.word for canary in world.aviary.canaries.values() if canary.may_see == ALL}
    strays = {
        f"{met}: shows {canary.where}."
        for met in visits
        for canary in world.aviary.met(met.text)
        if canary.word not in everybodys
    }
    assert strays == set()
    assert any(world.aviary.met(met.text) for met in visits)


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
