"""Reminders of actions: one mail a person, at the right days, and never a word that a mail may not hold."""

from datetime import timedelta

from folkmoot.apps.access.audience import Audience, Handling
from folkmoot.apps.issues import actions
from folkmoot.apps.issues.models import Action
from folkmoot.apps.issues.reminders import remind
from folkmoot.apps.jobs.schedule import job_named
from folkmoot.apps.mail.models import OutboxMessage
from tests.cast import MOMENT, TODAY, Cast
from tests.issues_world import begin, give


def test_one_mail_a_person_names_what_is_overdue_and_what_comes(network: Cast) -> None:
    give(network, title="Send the table", due=TODAY - timedelta(days=2))
    give(network, title="Ask the harbours", due=TODAY + timedelta(days=3))
    give(network, title="Far away", due=TODAY + timedelta(days=30))
    give(network, None, "member_officer", title="Check the figures")

    said = remind(MOMENT)

    assert said == "Reminded 2 people of 3 actions."
    mails = {mail.to_name: mail for mail in OutboxMessage.objects.all()}
    assert set(mails) == {"Owen Lark", "Maya Osei"}
    assert mails["Owen Lark"].subject == "2 actions of yours, 1 overdue"
    body = mails["Owen Lark"].body
    assert body.index("Overdue:\n- Send the table, due 23 November 2026") < body.index("Due soon:\n- Ask the harbours")
    assert "Far away" not in body and "/issues/actions/" in body
    assert mails["Maya Osei"].subject == "1 action of yours"


def test_somebody_is_reminded_before_the_day_after_it_and_then_weekly(network: Cast) -> None:
    give(network, due=TODAY, remind_days=3)

    def reminded(days: int) -> bool:
        before = OutboxMessage.objects.count()
        remind(MOMENT + timedelta(days=days))
        return OutboxMessage.objects.count() > before

    assert [day for day in range(-6, 20) if reminded(day)] == [-3, 1, 8, 15]
    assert remind(MOMENT + timedelta(days=20)) == "Nobody had to be reminded of an action."


def test_no_mail_names_what_is_sensitive_or_kept_to_few(network: Cast) -> None:
    private = begin(network, "Private")
    actions.set_readers(network.actor("head"), issue=private, audience=Audience.PRIVATE)
    give(network, private, title="Quiet words")
    give(network, begin(network, "Harbour", handling=Handling.OFFICIAL_SENSITIVE), title="Loud words")
    give(network, title="Marked words", handling=Handling.OFFICIAL_SENSITIVE)

    remind(MOMENT)

    mail = OutboxMessage.objects.get()
    whole = f"{mail.subject} {mail.body} {mail.about}"
    assert whole.count("An action that no mail may name; sign in to read it") == 3
    assert not any(word in whole for word in ("Quiet", "Loud", "Marked", "Private", "Harbour"))


def test_nobody_is_reminded_of_what_ended_or_when_their_account_is_closed(network: Cast) -> None:
    actions.close_action(network.actor("head"), action=give(network), evidence="Done.")
    give(network, None, "member_officer")
    network.member_officer.is_active = False
    network.member_officer.save()

    remind(MOMENT)

    assert not OutboxMessage.objects.exists()
    assert Action.objects.filter(reminded_on__isnull=True).count() == 2


def test_nobody_is_woken_by_a_reminder(network: Cast) -> None:
    give(network)

    assert remind(MOMENT.replace(hour=6, minute=59)) == "Nobody is reminded before 7:00."
    assert not OutboxMessage.objects.exists()
    assert remind(MOMENT.replace(hour=7)) == "Reminded 1 person of 1 action."


def test_one_broken_address_keeps_the_others_from_nothing(network: Cast) -> None:
    """An address from before addresses were checked; its owner is told of on the page of background work."""
    network.officer.email = "no address"
    network.officer.save()
    give(network)
    give(network, None, "member_officer")

    assert remind(MOMENT) == "Reminded 1 person of 1 action. 1 person has no usable mail address."
    assert OutboxMessage.objects.get().to_name == "Maya Osei"
    assert Action.objects.get(owner=network.officer).reminded_on is None


def test_it_runs_by_the_clock() -> None:
    job = job_named("issues.remind")

    assert job is not None and job.run is remind and job.every <= timedelta(hours=1)
