"""The records room: how long things are kept and what is held about people, for the head of the secretariat alone."""

from folkmoot.apps.records import actions
from folkmoot.apps.records.models import PersonalRequest, Removal, RetentionRun
from tests.cast import MOMENT
from tests.walk.address import BOTH, HEAD, SEND, Address
from tests.walk.world import World


def build(world: World) -> None:
    """A hold with its reason, and a run that removed something."""
    head = world.cast.actor("head")
    world["hold"] = actions.place_hold(
        head,
        table="access.account",
        key=world.cast.guest.key,
        reason=world.aviary.hatch("why a record is on hold", HEAD),
    )
    world["erasure"] = PersonalRequest.objects.create(
        kind="erase", subject_hash="c" * 64, rows=1, rooms=[], at=MOMENT, made_by=world.cast.head
    )
    world["run"] = RetentionRun.objects.create(at=MOMENT)
    Removal.objects.create(
        run=world["run"], record_class="mail.sent", table="mail.outboxmessage", record_key="aaaa", title_hash="b" * 64
    )


ADDRESSES = [
    Address("records", HEAD),
    Address("records_next", HEAD),
    Address("records_period", HEAD, kwargs=lambda _: {"name": "mail.sent"}, methods=BOTH),
    Address("records_run", HEAD, kwargs=lambda world: {"key": world["run"].key}),
    Address("hold_new", HEAD, methods=BOTH),
    Address("hold_lift", HEAD, kwargs=lambda world: {"key": world["hold"].key}, methods=SEND),
    Address("records_person", HEAD, methods=BOTH),
    Address("records_erase", HEAD, methods=SEND),
    Address("records_erasure", HEAD, kwargs=lambda world: {"key": world["erasure"].key}),
]
