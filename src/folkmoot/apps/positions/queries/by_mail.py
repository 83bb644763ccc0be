"""What the secretariat sees of the mails that answer circulations."""

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.gate import may
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.positions.models import Circulation, Invitation, Return


def may_file(actor: Actor) -> bool:
    """Whether this person files answers for offices."""
    return actor.in_secretariat and not actor.confined and may(actor, Permission.RETURN_FILE_FOR_OFFICE)


def open_invitations(actor: Actor) -> list[Invitation]:
    """Every office that is asked now, by position and name; none for whoever files nothing."""
    if not may_file(actor):
        return []
    rounds = Circulation.objects.visible_to(actor).filter(closed_at__isnull=True, closes_at__gt=actor.now)
    found = Invitation.objects.filter(circulation__in=rounds).select_related(
        "circulation__position", "circulation__version"
    )
    return list(found.order_by("circulation__position__title", "office_name", "pk"))


def to_confirm(actor: Actor) -> list[Return]:
    """Answers that were prepared from mails and count for nothing until somebody submits them."""
    if not may_file(actor):
        return []
    found = Return.objects.visible_to(actor).filter(
        state="draft",
        channel="mail",
        filed_for_office=True,
        invitation__circulation__closed_at__isnull=True,
        invitation__circulation__closes_at__gt=actor.now,
    )
    return list(found.select_related("invitation__circulation__position").order_by("started_at", "pk"))
