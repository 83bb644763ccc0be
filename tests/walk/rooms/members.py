"""The members room: the register, which holds public facts; only the secretariat changes it."""

from dataclasses import replace
from typing import Any

from folkmoot.apps.members import actions
from folkmoot.apps.members.models import Kind, Membership, Organization, Person, Post, Review, ReviewItem
from tests.cast import MOMENT, TODAY
from tests.positions_world import fill_register
from tests.walk.address import BOTH, GUEST, SECRETARIAT, SEND, SIGNED_IN, UNKNOWN, Address
from tests.walk.world import World


def build(world: World) -> None:
    """The three offices of the cast, a department, a former holder, and one correction."""
    fill_register()
    coordinator = world.cast.actor("coordinator")
    world["authority"] = Organization.objects.get(key="aldermere")
    world["department"] = actions.add_organization(
        coordinator, key="department-of-paths", name="Department of Paths", kind=Kind.DEPARTMENT, invented=True
    )
    world["person"] = Person.objects.get(key="gwen-tarrant")
    world["post"] = Post.objects.get(key="aldermere-mayor")
    world["term"] = Membership.objects.get(person=world["person"])
    actions.recheck_fact(
        coordinator, fact=world["person"], reason="Her office wrote.", source="A letter.", as_of="2026-11-01"
    )
    world["review"] = _review_of(world)


def _review_of(world: World) -> Review:
    """A change of mayor, and the mayor's account as the one thing that it touches."""
    review = Review.objects.create(
        what="holder",
        organization=world["authority"],
        day=TODAY,
        words=world.aviary.hatch("the words of a review", SECRETARIAT),
        recorded_at=MOMENT,
    )
    ReviewItem.objects.create(
        review=review,
        table="access.account",
        record_key=world.cast.mayor.key,
        why=world.aviary.hatch("why a record is to be reviewed", SECRETARIAT),
    )
    return review


def _key(sample: str) -> Any:
    return lambda world: {"key": world[sample].key}


def _fact(kind: str, sample: str) -> Any:
    return lambda world: {"kind": kind, "key": world[sample].key}


def _nothing_there(world: World) -> dict[str, str]:
    return {"key": "nowhere-at-all"}


def _review(world: World) -> dict[str, str]:
    return {"key": world["review"].key}


def _review_item(world: World) -> dict[str, str]:
    return {"key": world["review"].key, "item": world["review"].items.get().key}


LOOKS = [
    Address("members", SIGNED_IN),
    Address("members", SIGNED_IN, query="?on=2025-01-01&text=a&show=members&sort=-party&page=9", sample="filtered"),
    Address("members_sheet", SIGNED_IN),
    Address("member", SIGNED_IN, kwargs=_key("authority")),
    Address("member", frozenset(), others=UNKNOWN, kwargs=_nothing_there, sample="of nowhere"),
    Address("body", SIGNED_IN, kwargs=_key("department"), looks=frozenset({302})),
    Address("post", SIGNED_IN, kwargs=_key("post"), looks=frozenset({302})),
    Address("departments", SIGNED_IN),
    Address("departments_sheet", SIGNED_IN),
    Address("department", SIGNED_IN, kwargs=_key("department")),
    Address("structure", SIGNED_IN),
    Address("structure_sheet", SIGNED_IN),
    Address("register_people", SIGNED_IN),
    Address("register_people_sheet", SIGNED_IN),
    Address("person", SIGNED_IN, kwargs=_key("person")),
    Address("calendar", SIGNED_IN),
    Address("calendar_sheet", SIGNED_IN),
    Address("powers", SIGNED_IN),
    Address("powers_sheet", SIGNED_IN),
    Address("corrections", SIGNED_IN),
]
CHANGES = [
    Address("reviews", SECRETARIAT),
    Address("review", SECRETARIAT, kwargs=_review),
    Address("review_tick", SECRETARIAT, kwargs=_review_item, methods=SEND),
    Address("member_join", SECRETARIAT, kwargs=_key("authority"), methods=BOTH),
    Address("member_leave", SECRETARIAT, kwargs=_key("authority"), methods=BOTH),
    Address("body_add", SECRETARIAT, methods=BOTH),
    Address("body_rename", SECRETARIAT, kwargs=_key("authority"), methods=BOTH),
    Address("officer_add", SECRETARIAT, kwargs=_key("authority"), methods=BOTH),
    Address("holder_change", SECRETARIAT, kwargs=_key("post"), methods=BOTH),
    Address("term_end", SECRETARIAT, kwargs=_key("term"), methods=BOTH),
    Address("fact_correct", SECRETARIAT, kwargs=_fact("person", "person"), methods=BOTH),
    Address(
        "fact_correct",
        SECRETARIAT,
        kwargs=_fact("person", "person"),
        methods=BOTH,
        query="?field=name",
        sample="one cell",
    ),
    Address("fact_recheck", SECRETARIAT, kwargs=_fact("person", "person"), methods=BOTH),
]
# A guest was asked to named items; the register is none of them.
ADDRESSES = [replace(address, unknown_to=GUEST) for address in (*LOOKS, *CHANGES)]
