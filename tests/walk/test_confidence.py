"""A restricted paper keeps its mark and its readers are known; a guest sees the one thing shared with them."""

import pytest
from django.urls import reverse

from tests.walk.address import Address
from tests.walk.canaries import everything_in
from tests.walk.samples import ADDRESSES
from tests.walk.walker import Visit, first_visit
from tests.walk.world import World, undone

pytestmark = pytest.mark.django_db

MARK = "OFFICIAL-SENSITIVE"
SHARED_WITH_THE_GUEST = (
    *("of the decided position", "of the published position", "of the shared issue"),
    "in the disclosure log",  # which everybody may read
)
OWN = "the guest’s own"
SEARCHES = (
    ("positions", "q"),
    ("positions_export", "q"),
    ("issues", "q"),
    ("issues_export", "q"),
    ("register_people", "text"),
    ("members", "text"),
)
RESTRICTED = [address for address in ADDRESSES if address.reads]


def looks_at(world: World, addresses: list[Address]) -> list[Visit]:
    """Every look of everybody who may look at these."""
    return [first_visit(world, address, part, "GET") for address in addresses for part in sorted(address.may)]


@pytest.mark.requirement("A15")
def test_the_trail_lists_every_reading_and_export_of_a_restricted_paper(world: World) -> None:
    unlisted = []
    for look in looks_at(world, RESTRICTED):
        assert look.address.reads is not None
        paper = look.address.reads(world)
        if look.status == 200 and (paper._meta.label_lower, paper.pk) not in look.readings:
            unlisted.append(str(look))
    assert unlisted == []
    assert len(RESTRICTED) >= 8


@pytest.mark.requirement("A15")
def test_whoever_reads_the_trail_sees_who_took_the_paper_away(world: World) -> None:
    paper = world["confidential"]
    with undone():
        world.client("mayor").get(reverse("version_word", args=[paper.key, 1]))
        listed = world.client("head").get(reverse("audit"), {"record": f"positions.position-{paper.pk}"})
    page = listed.content.decode()
    assert "Gwen Tarrant" in page
    assert "Read as a file" in page
    assert paper.title not in page


@pytest.mark.requirement("A15")
def test_everything_that_shows_or_carries_a_restricted_paper_bears_its_mark(world: World) -> None:
    assert [str(look) for look in looks_at(world, RESTRICTED) if look.status == 200 and MARK not in look.text] == []


@pytest.mark.requirement("B6")
def test_a_guest_meets_only_what_was_shared_with_them_and_what_everybody_may_read(world: World) -> None:
    met = set()
    for address in ADDRESSES:
        if "GET" in address.methods and not address.seen_as:
            met |= {canary.where for canary in world.aviary.met(first_visit(world, address, "guest", "GET").text)}
    assert met
    strays = {where for where in met if not where.endswith(SHARED_WITH_THE_GUEST) and OWN not in where}
    assert strays == set()


@pytest.mark.requirement("B6")
def test_a_guest_finds_nothing_else_by_searching_for_its_very_words(world: World) -> None:
    client = world.client("guest")
    for canary in world.aviary.canaries.values():
        if "guest" in canary.may_see:
            continue
        for name, field in SEARCHES:
            found = everything_in(client.get(reverse(name), {field: canary.word}))
            # The page repeats what was typed, so the word alone is no find; a link to a record would be one.
            assert world["draft"].key not in found, (name, canary.where)
            assert world["confidential"].key not in found, (name, canary.where)
            assert world["named issue"].key not in found, (name, canary.where)


@pytest.mark.requirement("B6")
def test_a_guest_who_is_no_longer_invited_sees_it_no_more(world: World) -> None:
    from folkmoot.apps.positions.actions import dismiss_guest

    shared = reverse("position", args=[world["decided"].key])
    with undone():
        assert world.client("guest").get(shared).status_code == 200
        dismiss_guest(world.cast.actor("officer"), position=world["decided"], guest=world.cast.guest)
        assert world.client("guest").get(shared).status_code == 404
