"""What the positions do by the clock: offices that owe an answer are reminded once, two working days before closing."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.urls import reverse

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.clock import LONDON
from folkmoot.apps.jobs.schedule import register_scheduled
from folkmoot.apps.jobs.titles import describe
from folkmoot.apps.mail.delivery import worker
from folkmoot.apps.members.queries import add_working_days
from folkmoot.apps.positions.actions.circulating import remind_office
from folkmoot.apps.positions.models import Invitation

WORKING_DAYS_BEFORE = 2


def register() -> None:
    """Tell the jobs room; called when the installation starts."""
    register_scheduled("positions.remind", "Remind offices that owe an answer", every=timedelta(minutes=30), run=remind)
    describe("folkmoot.apps.positions.tasks.consolidate_circulation", "Bring the returns of a round together")


def remind(now: datetime) -> str:
    """Remind each office once in the last days of a round; one that the secretariat has just reminded is left alone."""
    actor = worker(now.astimezone(LONDON))
    soon = add_working_days(actor.today, WORKING_DAYS_BEFORE)
    due = Invitation.objects.filter(
        circulation__closed_at__isnull=True,
        circulation__closes_at__gt=actor.now,
        circulation__closes_at__date__lte=soon,
    ).filter(Q(reminded_at__isnull=True) | Q(reminded_at__lt=F("circulation__closes_at") - timedelta(days=7)))
    mails = sum(_once(pk, actor) for pk in due.exclude(returns__state="submitted").values_list("pk", flat=True))
    return f"Wrote {mails} {'reminder' if mails == 1 else 'reminders'}." if mails else "No office had to be reminded."


@transaction.atomic
def _once(pk: int, actor: Actor) -> int:
    invitation = Invitation.objects.select_for_update(of=("self",)).select_related("circulation__position").get(pk=pk)
    page = settings.ENVIRONMENT.address + reverse("position", args=[invitation.circulation.position.key])
    return remind_office(actor, invitation, page)
