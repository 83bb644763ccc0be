"""The quiet digest: one mail on what waits for a person, in numbers and days, and none where nothing does.

It names no record, since what a person may read at their desk may not stand in a mail; the page behind its link does.
"""

from collections import Counter
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.models import Account
from folkmoot.apps.access.queries import actor_for
from folkmoot.apps.jobs.schedule import register_scheduled
from folkmoot.apps.mail.actions import About, queue
from folkmoot.apps.mail.choices import choice_of
from folkmoot.apps.mail.delivery import worker
from folkmoot.apps.mail.models import Digest, MailChoice
from folkmoot.apps.members.queries import add_working_days, working_day
from folkmoot.web.clock import LONDON
from folkmoot.web.shell.home import HomeGroup, Week, home_groups, waiting, week
from folkmoot.web.templating import day, plural

FROM = time(7)


def register() -> None:
    """Tell the jobs room; called where the home page's sources are told of, too."""
    register_scheduled("home.digest", "Send the digests", every=timedelta(minutes=15), run=send_digests)


def send_digests(now: datetime) -> str:
    """Write to everybody whose digest is due and for whom something waits; says in a sentence what was done."""
    here = now.astimezone(LONDON)
    if here.time() < FROM or not working_day(here.date()):
        return "No digest is due now."
    accounts = Account.objects.filter(is_active=True)
    sent = sum(_once(account, here) for account in accounts.order_by("pk"))
    return f"Wrote {plural(sent, 'digest')}." if sent else "No digest was due, or nothing waits."


def _is_due(choice: MailChoice, today: date) -> bool:
    """Once a working day, or on the first working day of a week."""
    if choice.digest == Digest.NEVER or choice.digest_on == today:
        return False
    monday = today - timedelta(days=today.weekday())
    return choice.digest == Digest.DAILY or add_working_days(monday - timedelta(days=1), 1) == today


@transaction.atomic
def _once(account: Account, now: datetime) -> bool:
    """One person's digest; the day is noted with it, so that a stop in the middle sends none twice."""
    choice = choice_of(account)
    if not _is_due(choice, now.date()):
        return False
    choice.digest_on = now.date()
    choice.save()
    actor = actor_for(account, now=now, today=now.date())
    body = digest_text(actor)
    if body:
        queue(
            worker(now),
            to=(account.name, account.email),
            subject="What waits for you on Folkmoot",
            body=body,
            about=About(f"Digest of {account.name}", account._meta.label_lower, account.pk),
        )
    return bool(body)


def digest_text(actor: Actor) -> str:
    """The mail’s text; empty where nothing waits for the person and they act for nobody."""
    groups, ahead, waited = home_groups(actor), week(actor), waiting(actor)
    lines = [*_needs(groups), *_acting(actor), *_ahead(ahead)]
    if not (groups or actor.principals or lines):
        return ""
    if waited:
        lines.append(f"You wait for others in {plural(len(waited), 'matter')}.")
    address = settings.ENVIRONMENT.address + reverse("home")
    how = settings.ENVIRONMENT.address + reverse("mail_choices")
    points = "\n".join(f"- {line}" for line in lines)
    return (
        f"Dear {actor.name},\n\n{points}\n\nAll of it stands here:\n\n{address}\n\n"
        f"How often you get this mail is your choice:\n\n{how}\n"
    )


def _needs(groups: list[HomeGroup]) -> list[str]:
    """How many things of which kind: “Overdue: 2 (1 Action, 1 Answer)”."""
    lines = []
    for group in groups:
        kinds = Counter(item.kind for item in group.items)
        named = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
        lines.append(f"{group.title}: {len(group.items)} ({named})")
    return lines


def _acting(actor: Actor) -> list[str]:
    return [f"You act for {each.name} until {day(each.ends_at)}." for each in actor.principals]


def _ahead(shown: Week) -> list[str]:
    """How much falls on each of the next working days."""
    counts = [sum(len(days[place]) for _group, days in shown.rows) for place in range(len(shown.days))]
    busy = [f"{day(on)}: {count}" for on, count in zip(shown.days, counts, strict=True) if count]
    return [f"In the week ahead: {'; '.join(busy)}."] if busy else []
