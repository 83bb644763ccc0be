"""The agenda room: a group, a meeting, items that the network and the secretariat may see, a version, a hand-over."""

from dataclasses import replace
from datetime import timedelta

from folkmoot.apps.access.audience import Audience, Handling
from folkmoot.apps.agenda import actions
from folkmoot.apps.agenda.models import PlanEntry
from tests.cast import MOMENT, TODAY
from tests.walk.address import BOTH, OFFICES, SECRETARIAT, SEND, SIGNED_IN, UNKNOWN, Address, Parts
from tests.walk.world import World

NETWORK: Parts = SECRETARIAT | OFFICES
NOT_GUESTS: Parts = SIGNED_IN - {"guest"}
PACK_READERS: Parts = frozenset({"mayor", "chief_executive"})


def build(world: World) -> None:
    """A group of the network with a meeting, a sensitive item of the secretariat's, and a version with the chair."""
    keeper = world.cast.actor("coordinator")
    hatch = world.aviary.hatch
    group = actions.add_group(
        keeper,
        name=hatch("the name of a group", NETWORK),
        purpose=hatch("the purpose of a group", NETWORK),
        approves_plan=True,
    )
    world["group"] = group
    seat = actions.seat(keeper, group=group, account=world.cast.other_officer, begins=TODAY, is_chair=True)
    world["seat"] = seat
    actions.set_standing_items(keeper, group=group, items=[(hatch("a standing item", NETWORK), 5)])
    world["meeting"] = actions.add_meeting(
        keeper,
        group=group,
        starts_at=MOMENT + timedelta(days=3),
        minutes=60,
        where=hatch("where a meeting is", NETWORK),
    )
    world["plan item"] = _item(world, "an item of the plan", NETWORK, Audience.NETWORK)
    world["secret item"] = _item(
        world, "an item of the secretariat", SECRETARIAT, Audience.SECRETARIAT, Handling.OFFICIAL_SENSITIVE
    )
    world["version"] = actions.put_to_chair(keeper, note=hatch("a note to the chair", NETWORK))


def _item(
    world: World, what: str, readers: Parts, audience: Audience, handling: Handling = Handling.OFFICIAL
) -> PlanEntry:
    keeper = world.cast.actor("coordinator")
    entry = actions.add_entry(
        keeper,
        title=world.aviary.hatch(f"the title of {what}", readers),
        purpose="decide",
        minutes=10,
        owner=world.cast.officer,
        meeting=world["meeting"],
        audience=audience,
        handling=handling,
    )
    actions.write_minute(
        keeper,
        meeting=world["meeting"],
        heading=entry.title,
        entry=entry,
        outcome="noted",
        text=world.aviary.hatch(f"the minute of {what}", readers),
        asked=actions.Asked(
            world.aviary.hatch(f"what was asked under {what}", readers), world.cast.officer, TODAY + timedelta(days=9)
        ),
    )
    return entry


def _another_secret_item(world: World) -> None:
    _item(world, "another item of the secretariat", SECRETARIAT, Audience.SECRETARIAT)


HIDDEN = [(_another_secret_item, SECRETARIAT)]


def _group(world: World) -> dict[str, str]:
    return {"key": world["group"].key}


def _seat(world: World) -> dict[str, str]:
    return {"key": world["group"].key, "seat": world["seat"].key}


def _meeting(world: World) -> dict[str, str]:
    return {"key": world["meeting"].key}


def _line(world: World) -> dict[str, object]:
    return {"key": world["meeting"].key, "number": 1}


def _plan_item(world: World) -> dict[str, str]:
    return {"key": world["plan item"].key}


def _secret_item(world: World) -> dict[str, str]:
    return {"key": world["secret item"].key}


def _version(world: World) -> dict[str, int]:
    return {"number": world["version"].number}


def _pack(world: World) -> dict[str, str]:
    return {"key": world.cast.mayor.key}


GUEST: Parts = frozenset({"guest"})
CHAIR: Parts = frozenset({"other_officer"})

LOOKS = [
    Address("plan", NOT_GUESTS),
    Address("plan", NOT_GUESTS, query="?state=all&mine=yes&words=a&sort=-owner&page=9", sample="filtered"),
    Address("plan_sheet", NOT_GUESTS, query="?state=all"),
    Address("plan_versions", NOT_GUESTS),
    Address("plan_version", NETWORK, others=UNKNOWN, kwargs=_version),
    Address("meetings", NOT_GUESTS),
    Address("meetings", NOT_GUESTS, query="?when=past&group=none", sample="past"),
    Address("meeting", NETWORK, others=UNKNOWN, kwargs=_meeting),
    Address("groups", NOT_GUESTS),
    Address("group", NETWORK, others=UNKNOWN, kwargs=_group),
    Address("handovers", NOT_GUESTS),
    Address("handover", PACK_READERS, others=UNKNOWN, kwargs=_pack),
    Address("handover_pdf", PACK_READERS, others=UNKNOWN, kwargs=_pack),
]
CHANGES = [
    Address("plan_item", NETWORK, others=UNKNOWN, kwargs=_plan_item, methods=BOTH, send=SECRETARIAT),
    Address(
        "plan_item",
        SECRETARIAT,
        others=UNKNOWN,
        kwargs=_secret_item,
        methods=BOTH,
        sample="secret",
        reads=lambda world: world["secret item"],
    ),
    Address("plan_item_new", SECRETARIAT, methods=BOTH),
    Address("plan_item_drop", SECRETARIAT, others=UNKNOWN, kwargs=_plan_item, methods=SEND, refused=OFFICES),
    Address("plan_item_restore", SECRETARIAT, others=UNKNOWN, kwargs=_plan_item, methods=SEND, refused=OFFICES),
    Address("plan_put", SECRETARIAT, methods=SEND),
    Address("plan_approve", CHAIR, others=UNKNOWN, kwargs=_version, methods=SEND, refused=NETWORK - CHAIR),
    Address("plan_send_back", CHAIR, others=UNKNOWN, kwargs=_version, methods=SEND, refused=NETWORK - CHAIR),
    Address("meeting_new", SECRETARIAT, methods=BOTH),
    Address("meeting_change", SECRETARIAT, others=UNKNOWN, kwargs=_meeting, methods=BOTH, refused=OFFICES),
    Address("meeting_cancel", SECRETARIAT, others=UNKNOWN, kwargs=_meeting, methods=BOTH, refused=OFFICES),
    Address("meeting_minute", SECRETARIAT, others=UNKNOWN, kwargs=_line, methods=BOTH, refused=OFFICES),
    Address("meeting_hold", SECRETARIAT, others=UNKNOWN, kwargs=_meeting, methods=SEND, refused=OFFICES),
    Address("meeting_reopen", SECRETARIAT, others=UNKNOWN, kwargs=_meeting, methods=SEND, refused=OFFICES),
    Address("group_new", SECRETARIAT, methods=BOTH),
    Address("group_change", SECRETARIAT, others=UNKNOWN, kwargs=_group, methods=BOTH, refused=OFFICES),
    Address("seat_new", SECRETARIAT, others=UNKNOWN, kwargs=_group, methods=SEND, refused=OFFICES),
    Address("seat_end", SECRETARIAT, others=UNKNOWN, kwargs=_seat, methods=SEND, refused=OFFICES),
    Address("standing_items", SECRETARIAT, others=UNKNOWN, kwargs=_group, methods=SEND, refused=OFFICES),
]
ADDRESSES = [replace(address, unknown_to=GUEST) for address in (*LOOKS, *CHANGES)]
