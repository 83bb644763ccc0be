"""Writes the mails of the radar: a digest each working day, and at once what presses, never in the night."""

from collections.abc import Sequence
from datetime import datetime, time

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from folkmoot.apps.access.audience import Audience
from folkmoot.apps.access.clock import LONDON
from folkmoot.apps.access.gate import may
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.access.queries import actor_for
from folkmoot.apps.mail.actions import About, queue
from folkmoot.apps.mail.delivery import worker
from folkmoot.apps.members.queries import working_day
from folkmoot.apps.signals.models import Alert
from folkmoot.apps.signals.queries.alerts import Line, new_lines, pressing_lines

MOST_LINES = 20
# In these hours nobody is written to; what presses waits for the morning.
QUIET_FROM, QUIET_TO = time(20), time(7)


def send(now: datetime) -> str:
    """Write what is due to be told; says in a sentence how many mails it was."""
    here = now.astimezone(LONDON)
    if not QUIET_TO <= here.time() < QUIET_FROM:
        return "Nobody is written to in the night."
    sent = sum(_once(pk, here) for pk in Alert.objects.order_by("pk").values_list("pk", flat=True))
    return f"Wrote {sent} mails." if sent else "Nothing was to be told."


@transaction.atomic
def _once(pk: int, now: datetime) -> int:
    """One person's mails; what was told is noted with them, so that a stop in the middle tells nothing twice."""
    alert = Alert.objects.select_for_update(of=("self",)).select_related("account").filter(pk=pk).first()
    if alert is None or not alert.account.is_active:
        return 0
    actor = actor_for(alert.account, now=now, today=now.date())
    if not may(actor, Permission.SIGNAL_SORT):
        return 0
    sent = 0
    if alert.at_once:
        sent += _write(alert, now, "Changed on the radar", pressing_lines(actor, alert, now))
    alert.pressing_to = now
    if alert.digest_on != now.date() and working_day(now.date()):
        sent += _write(alert, now, "New on the radar", new_lines(actor, alert, now))
        alert.digest_on, alert.told_to = now.date(), now
    alert.save()
    return sent


def _write(alert: Alert, now: datetime, subject: str, lines: Sequence[Line]) -> int:
    if not lines:
        return 0
    account = alert.account
    told = [f"- {line.signal.title}\n  {'; '.join(line.reasons)}\n  {_url(line)}" for line in lines[:MOST_LINES]]
    if more := len(lines) - MOST_LINES:
        told += [f"and {more} more: {settings.ENVIRONMENT.address}{reverse('radar')}"] if more > 0 else []
    body = f"Dear {account.name},\n\n" + "\n\n".join(told) + "\n\nWhat you are told of is set here: "
    queue(
        worker(now),
        to=(account.name, account.email),
        subject=subject,
        body=f"{body}{settings.ENVIRONMENT.address}{reverse('radar_alert')}\n",
        about=About(
            "An alert of the radar", Alert._meta.label_lower, alert.pk, Audience.PRIVATE, (f"account:{account.pk}",)
        ),
    )
    return 1


def _url(line: Line) -> str:
    return f"{settings.ENVIRONMENT.address}{reverse('signal', args=[line.signal.key])}"
