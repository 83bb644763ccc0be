"""Which of the mails that came in a person may see: whoever sorts mail, and of each only what they may know of."""

from collections import defaultdict
from collections.abc import Collection

from django.db.models import Count, Q

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audience import RestrictedQuerySet
from folkmoot.apps.access.gate import check, may
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.mail.inbox import InboxMessage
from folkmoot.apps.mail.kinds import Kind, Standing

SHOWN = (Standing.WAITING, Standing.FILED, Standing.ASIDE)
ORDERS = {
    "-received": ("-received_at", "-pk"),
    "received": ("received_at", "pk"),
    "name": ("from_name", "from_address", "-pk"),
    "-name": ("-from_name", "-from_address", "-pk"),
    "subject": ("subject", "-pk"),
    "-subject": ("-subject", "-pk"),
}
LATEST_FIRST = "-received"


def sortable(actor: Actor) -> RestrictedQuerySet[InboxMessage]:
    """The mails that this person may see; none without the permission to sort mail."""
    if not may(actor, Permission.MAIL_SORT):
        return InboxMessage.objects.none()
    return InboxMessage.objects.visible_to(actor)


def tray(
    actor: Actor, *, state: str = "", kind: str = "", words: str = "", order: str = LATEST_FIRST
) -> RestrictedQuerySet[InboxMessage]:
    """One tab of the tray, for whoever sorts mail; raises Refused for everybody else."""
    check(actor, Permission.MAIL_SORT)
    shown = state if state in {each.value for each in SHOWN} else Standing.WAITING.value
    found = sortable(actor).filter(state=shown).annotate(file_count=Count("files"))
    if kind in Kind.values:
        found = found.filter(kind=kind)
    if words:
        found = found.filter(
            Q(from_name__icontains=words)
            | Q(from_address__icontains=words)
            | Q(subject__icontains=words)
            | Q(about__icontains=words)
            | Q(text__icontains=words)
        )
    return found.order_by(*ORDERS.get(order, ORDERS[LATEST_FIRST]))


def tray_counts(actor: Actor) -> dict[str, int]:
    """How many mails stand in each tab, of those that this person may see."""
    found = dict(sortable(actor).order_by().values_list("state").annotate(Count("pk")))
    return {state.value: found.get(state.value, 0) for state in SHOWN}


def mails_about(actor: Actor, table: str, ids: Collection[int]) -> dict[int, list[InboxMessage]]:
    """The mails about some records of a table, the newest first, by record; one question."""
    found: dict[int, list[InboxMessage]] = defaultdict(list)
    for message in sortable(actor).filter(about_record=table, about_id__in=ids).order_by("-received_at", "-pk"):
        if message.about_id is not None:
            found[message.about_id].append(message)
    return found
