"""Whoever searches finds only what they may know: every canary is looked for by everybody."""

import pytest

from folkmoot.apps.search import queries
from folkmoot.apps.search.models import Entry
from tests.cast import EVERYBODY
from tests.walk.world import World

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("part", EVERYBODY)
def test_a_canary_is_found_by_those_alone_who_may_know_it(world: World, part: str) -> None:
    actor = world.cast.actor(part)

    strays = [
        canary.where
        for canary in world.aviary.canaries.values()
        if part not in canary.may_see and queries.search(actor, canary.word).total
    ]

    assert strays == []


@pytest.mark.parametrize("part", EVERYBODY)
def test_the_beginning_of_their_names_shows_nobody_another_s(world: World, part: str) -> None:
    found = queries.search(world.cast.actor(part), "qz", size=1000)
    shown = " ".join(f"{each.title} {each.snippet}" for each in found.results)

    assert [canary.where for canary in world.aviary.strays(shown.replace("\x02", "").replace("\x03", ""), part)] == []
    assert found.total == len(found.results)


def test_there_was_something_to_find(world: World) -> None:
    """Half the canaries and more stand in the index, so that the tests above can fail."""
    indexed = " ".join(f"{title} {body}" for title, body in Entry.objects.values_list("title", "body"))

    assert len(world.aviary.met(indexed)) > 30
