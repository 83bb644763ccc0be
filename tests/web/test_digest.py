"""The quiet digest: to whom it goes and when, what it may say, and that a person chooses."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.urls import get_resolver, reverse

from folkmoot.apps.access.audience import Audience, Handling
from folkmoot.apps.access.gate import Invalid, Refused
from folkmoot.apps.access.models import Account
from folkmoot.apps.issues.reminders import remind
from folkmoot.apps.mail.choices import choose_mail
from folkmoot.apps.mail.models import MailChoice, OutboxMessage
from folkmoot.apps.members.models import CalendarEvent
from folkmoot.web.shell.digest import send_digests
from tests.cast import MOMENT, TODAY, Cast, act
from tests.issues_world import begin, give


@pytest.fixture(autouse=True)
def rooms() -> None:
    """The rooms tell what waits for a person as their addresses are read, which the worker does as it starts."""
    assert get_resolver().url_patterns


def at(day: date, hour: int = 9) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=MOMENT.tzinfo)


def only(cast: Cast, part: str, digest: str) -> Account:
    """Nobody of the cast wants a digest but this one."""
    for account in Account.objects.all():
        MailChoice.objects.create(account=account, digest="never")
    account = cast.account(part)
    assert account is not None
    choose_mail(cast.actor(part), digest=digest, reminders=True)
    return account


def bodies() -> list[str]:
    return list(OutboxMessage.objects.order_by("pk").values_list("body", flat=True))


def test_it_tells_in_numbers_what_waits_and_names_nothing(cast: Cast) -> None:
    only(cast, "officer", "daily")
    issue = begin(cast, "Ferry links", handling=Handling.OFFICIAL_SENSITIVE, audience=Audience.SECRETARIAT)
    give(cast, issue, title="Ring the harbour master", due=TODAY - timedelta(days=2))

    assert send_digests(MOMENT) == "Wrote 1 digest."

    (body,) = bodies()
    assert "Overdue: 1 (1 Action)" in body
    assert reverse("home") in body
    for secret in ("Ferry", "harbour"):
        assert secret not in body


def test_where_nothing_waits_no_mail_is_sent(cast: Cast) -> None:
    only(cast, "third_officer", "daily")

    assert send_digests(MOMENT) == "No digest was due, or nothing waits."
    assert bodies() == []


def test_it_comes_once_a_day_however_often_the_worker_looks(cast: Cast) -> None:
    only(cast, "officer", "daily")
    give(cast, due=TODAY)

    for hours in (0, 1, 2, 24):
        send_digests(MOMENT + timedelta(hours=hours))

    assert len(bodies()) == 2


@pytest.mark.parametrize(
    ("moment", "count"),
    [
        (at(date(2026, 11, 25), 6), 0),  # before seven
        (at(date(2026, 11, 28)), 0),  # Saturday
        (at(date(2026, 11, 27)), 0),  # a bank holiday of the test
        (at(date(2026, 11, 26)), 1),
    ],
)
def test_it_comes_on_working_days_from_seven(cast: Cast, moment: datetime, count: int) -> None:
    CalendarEvent.objects.create(
        key="made-up", kind="bank-holiday", title="A holiday", starts_on="2026-11-27", scope="england-and-wales"
    )
    only(cast, "officer", "daily")
    give(cast, due=TODAY)

    send_digests(moment)

    assert len(bodies()) == count


def test_weekly_it_comes_on_the_first_working_day_of_a_week(cast: Cast) -> None:
    CalendarEvent.objects.create(
        key="made-up", kind="bank-holiday", title="A holiday", starts_on="2026-12-07", scope="england-and-wales"
    )
    only(cast, "officer", "weekly")
    give(cast, due=TODAY)

    sent = []
    for days in range(16):
        before = len(bodies())
        send_digests(MOMENT + timedelta(days=days))
        if len(bodies()) > before:
            sent.append((MOMENT + timedelta(days=days)).date())

    assert sent == [date(2026, 11, 30), date(2026, 12, 8)]


def test_a_deputy_sees_ahead_for_whom_they_act(cast: Cast) -> None:
    """The look-ahead of whoever deputises: the chief executive signs for the mayor of Aldermere."""
    only(cast, "chief_executive", "daily")

    send_digests(MOMENT)

    (body,) = bodies()
    assert "You act for Gwen Tarrant until" in body


def test_whoever_left_gets_none(cast: Cast) -> None:
    officer = only(cast, "officer", "daily")
    give(cast, due=TODAY)
    officer.is_active = False
    officer.save()

    send_digests(MOMENT)

    assert bodies() == []


def test_whoever_wants_no_reminders_gets_none(cast: Cast) -> None:
    give(cast, due=TODAY)
    choose_mail(cast.actor("officer"), digest="never", reminders=False)
    remind(MOMENT)
    assert bodies() == []

    choose_mail(cast.actor("officer"), digest="never", reminders=True)
    remind(MOMENT)
    assert len(bodies()) == 1


def test_a_person_chooses_on_a_page_of_their_own(sign_in_as: Any, cast: Cast) -> None:
    client = sign_in_as("mayor")
    assert "Mail to you" in client.get(reverse("mail_choices")).content.decode()

    client.post(reverse("mail_choices"), {"digest": "daily"})

    choice = MailChoice.objects.get()
    assert (choice.account, choice.digest, choice.reminders) == (cast.mayor, "daily", False)


@pytest.mark.parametrize("digest", ["", "hourly", "DAILY"])
def test_a_choice_that_is_none_is_refused(cast: Cast, sign_in_as: Any, digest: str) -> None:
    with pytest.raises(Invalid, match="Choose how often"):
        choose_mail(cast.actor("officer"), digest=digest, reminders=True)
    assert (
        "There is a problem" in sign_in_as("mayor").post(reverse("mail_choices"), {"digest": digest}).content.decode()
    )
    assert not MailChoice.objects.exists()


def test_whoever_came_by_a_link_chooses_nothing(cast: Cast) -> None:
    with pytest.raises(Refused):
        choose_mail(act(cast.mayor, confined="circulation:1"), digest="never", reminders=False)
