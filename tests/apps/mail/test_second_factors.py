"""Administrators and heads are reminded of a second factor, once a week, until they have one."""

from datetime import timedelta
from typing import Any

import pytest

from folkmoot.apps.access.factors import Authenticator
from folkmoot.apps.access.models import Account
from folkmoot.apps.mail.choices import choose_mail
from folkmoot.apps.mail.models import OutboxMessage
from folkmoot.apps.mail.second_factors import SUBJECT, remind
from tests.cast import MOMENT, Cast

WEEK = timedelta(days=7)


def reminded(days: float = 0) -> list[str]:
    """Who is written to so many days after the moment of the cast."""
    before = OutboxMessage.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    remind(MOMENT + timedelta(days=days))
    return sorted(OutboxMessage.objects.filter(pk__gt=before, subject=SUBJECT).values_list("to_name", flat=True))


def test_administrators_and_heads_are_reminded_once_a_week(cast: Cast) -> None:
    both = ["Ada Bright", "Helen Marsh"]
    assert [reminded(days) for days in (0, 0.25, 6.75, 7)] == [both, [], [], both]
    assert remind(MOMENT + WEEK) == "Nobody had to be reminded."


def test_whoever_has_one_is_not_reminded(cast: Cast) -> None:
    Authenticator.objects.create(user=cast.head, type="totp", data={}, created_at=MOMENT)
    Authenticator.objects.create(user=cast.administrator, type="recovery_codes", data={}, created_at=MOMENT)
    assert reminded() == ["Ada Bright"]


@pytest.mark.parametrize(
    "changes",
    [
        {"is_active": False},
        {"is_invented": True},
        {"password": "!not yet come"},
        {"role": "officer"},
        {"created_at": MOMENT - timedelta(hours=23)},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_who_needs_none_is_not_reminded(cast: Cast, changes: dict[str, Any]) -> None:
    Account.objects.filter(pk=cast.head.pk).update(**changes)
    assert reminded() == ["Ada Bright"]


def test_whoever_wants_no_reminders_gets_none(cast: Cast) -> None:
    choose_mail(cast.actor("head"), digest="never", reminders=False)
    assert reminded() == ["Ada Bright"]


def test_nobody_is_written_to_at_night(cast: Cast) -> None:
    assert remind(MOMENT.replace(hour=6, minute=59)) == "Nobody is reminded before 7:00."
    assert not OutboxMessage.objects.exists()


def test_an_address_that_cannot_be_written_to_keeps_no_other_waiting(cast: Cast) -> None:
    Account.objects.filter(pk=cast.administrator.pk).update(email="nowhere")
    assert reminded() == ["Helen Marsh"]


def test_the_mail_says_where_to_add_one_and_nobody_else_reads_it(cast: Cast) -> None:
    reminded()
    mail = OutboxMessage.objects.get(to_name="Helen Marsh")
    assert "You sign in as head of the secretariat with a password alone" in mail.body
    assert "/account/" in mail.body
    for part in ("administrator", "deputy", "coordinator"):
        assert not OutboxMessage.objects.visible_to(cast.actor(part)).filter(pk=mail.pk).exists()
