"""What the secretariat sees of the mails that answer circulations, and where an answer can still go."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.gate import may
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.mail.inbox import InboxMessage
from folkmoot.apps.mail.tray_queries import sortable
from folkmoot.apps.positions import letters
from folkmoot.apps.positions.lateness import is_left_over, late_rounds, left_over, why_not_late
from folkmoot.apps.positions.models import Circulation, Invitation, Return

PREPARED_FROM_MAIL = {"state": "draft", "channel": "mail", "filed_for_office": True}


@dataclass(frozen=True, slots=True)
class Offices:
    """Whose answer a mail can become: of the offices that are asked now, and of those whose time is over."""

    asked: tuple[Invitation, ...] = ()
    late: tuple[Invitation, ...] = ()
    begun: frozenset[int] = frozenset()  # ids of those late ones that began an answer and did not submit it

    def __bool__(self) -> bool:
        return bool(self.asked or self.late)

    def of_the_same(self, invitation: Invitation) -> Invitation | None:
        """The same office on the same position: where it is asked now, else where its answer is taken late."""
        position = invitation.circulation.position_id
        of_office = (each for each in (*self.asked, *self.late) if each.office == invitation.office)
        return next((each for each in of_office if each.circulation.position_id == position), None)


def may_file(actor: Actor) -> bool:
    """Whether this person files answers for offices."""
    return actor.in_secretariat and not actor.confined and may(actor, Permission.RETURN_FILE_FOR_OFFICE)


def offices_to_file_for(actor: Actor) -> Offices:
    """Every office to which an answer can go, by position and name; none for whoever files nothing. Three queries."""
    if not may_file(actor):
        return Offices()
    seen = Circulation.objects.visible_to(actor)
    asked = seen.filter(closed_at__isnull=True, closes_at__gt=actor.now)
    late = _invitations(late_rounds(actor.now).filter(pk__in=seen))
    begun = left_over(actor.now).filter(invitation__in=late).values_list("invitation", flat=True) if late else ()
    return Offices(_invitations(asked), late, frozenset(begun))


def _invitations(rounds: Iterable[Circulation]) -> tuple[Invitation, ...]:
    found = Invitation.objects.filter(circulation__in=rounds).select_related(
        "circulation__position", "circulation__version"
    )
    return tuple(found.order_by("circulation__position__title", "office_name", "pk"))


def meant_for(actor: Actor, message: InboxMessage) -> Invitation | None:
    """The invitation that a mail answers, if it was matched to one that this person may see."""
    if message.about_id is None or message.about_record != Invitation._meta.label_lower:
        return None
    rounds = Circulation.objects.visible_to(actor)
    found = Invitation.objects.filter(pk=message.about_id, circulation__in=rounds)
    return found.select_related("circulation__position", "circulation__version").first()


def what_can_be_done(actor: Actor, message: InboxMessage) -> list[str]:
    """Of a mail whose round is over: where its answer can still go, and where not and why; in sentences."""
    invitation = meant_for(actor, message) if may_file(actor) else None
    if invitation is None or invitation.circulation.takes_answers(actor.now):
        return []
    said = []
    other = offices_to_file_for(actor).of_the_same(invitation)
    if other is not None and other.circulation.takes_answers(actor.now):
        until = letters.closing(other.circulation)
        said.append(f"A later round asks {other.office_name} until {until}. File it there: it is offered first.")
    why = why_not_late(invitation.circulation, actor.now)
    if why:
        return [*said, f"It cannot be taken into the round that is over. {why}"]
    if invitation.circulation.is_open:
        said.append("The time for answers is over, and the round is not closed. You can also move its closing day.")
    if is_left_over(invitation, actor.now):
        said.append(
            f"An answer of {invitation.office_name} was begun and not submitted in time. As you take this one late, "
            "you say whether that one is kept aside or replaced; what the office began itself you see neither way."
        )
    return [
        *said,
        f"It can be taken late into its own round, with the reason, which stands beside the answer of "
        f"{invitation.office_name}. What offices were told at closing stays as it was.",
    ]


def to_confirm(actor: Actor) -> list[Return]:
    """Answers that were prepared from mails and count for nothing until somebody submits them."""
    if not may_file(actor):
        return []
    in_time = Q(invitation__circulation__closed_at__isnull=True, invitation__circulation__closes_at__gt=actor.now)
    late = ~Q(late_because="") & Q(invitation__circulation__in=late_rounds(actor.now))
    found = Return.objects.visible_to(actor).filter(in_time | late, **PREPARED_FROM_MAIL)
    return list(found.select_related("invitation__circulation__position").order_by("started_at", "pk"))


def not_confirmed_in_time(actor: Actor) -> list[tuple[Return, InboxMessage]]:
    """Answers that came by mail before closing and that nobody submitted, where they can still be taken late."""
    if not may_file(actor):
        return []
    left = Return.objects.visible_to(actor).filter(
        late_because="", invitation__circulation__in=late_rounds(actor.now), **PREPARED_FROM_MAIL
    )
    returns = {ret.pk: ret for ret in left.select_related("invitation__circulation__position")}
    mails = sortable(actor).filter(made_record=Return._meta.label_lower, made_id__in=returns)
    return [(returns[mail.made_id], mail) for mail in mails.order_by("received_at", "pk") if mail.made_id]
