"""Ticking off what a change in the register touches."""

from django.db import transaction

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audit import record
from folkmoot.apps.access.gate import Invalid, check
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.members.models import ReviewItem


@transaction.atomic
def tick_review_item(actor: Actor, *, item: ReviewItem, state: str) -> ReviewItem:
    """Say that a record was looked at, that nothing is to be done, or that it is to be looked at after all."""
    by = check(actor, Permission.REGISTER_CORRECT)
    if state not in dict(ReviewItem.STATES):
        raise Invalid("Say whether it was looked at, or that nothing is to be done.")
    item = ReviewItem.objects.select_for_update().select_related("review").get(pk=item.pk)
    item.state = state
    item.at = None if state == "open" else actor.now
    item.by_name = "" if state == "open" else actor.name
    if by.principal_name and item.by_name:
        item.by_name = f"{actor.name} for {by.principal_name}"
    item.save(update_fields=["state", "at", "by_name"])
    record(actor, "review.item-ticked", item.review, by=by, table=item.table, key=item.record_key, state=state)
    return item
