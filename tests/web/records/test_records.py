"""The pages of the records room: periods, holds, what is held about a person, handing out and erasing."""

import re
from datetime import timedelta
from typing import Any

import pytest

from folkmoot.apps.access.actions import close_account
from folkmoot.apps.access.audience import Handling
from folkmoot.apps.access.audit import verify
from folkmoot.apps.access.models import Account, SignInFailure
from folkmoot.apps.mail.actions import queue
from folkmoot.apps.mail.models import OutboxMessage
from folkmoot.apps.positions.models import Amendment
from folkmoot.apps.records.actions import place_hold
from folkmoot.apps.records.models import Hold, Period, PersonalRequest
from folkmoot.apps.records.retention import run_retention
from tests.cast import MOMENT, Cast
from tests.positions_world import circulate, draft, fill_register, send_word

MAYA = {"email": "maya.osei@folkmoot.invalid", "person": "", "name": ""}


@pytest.fixture
def maya(cast: Cast) -> Account:
    """An office's officer whose name stands in a Word file, in mail, and under a message marked sensitive."""
    fill_register()
    send_word(cast, circulate(cast, draft(cast)), "aldermere", [("three", "five")])
    head = cast.actor("head")
    to = ("Maya Osei", "maya.osei@folkmoot.invalid")
    queue(head, to=to, subject="Hello", body="Dear Maya, see you at ten.")
    queue(head, to=to, subject="Sensitive", body="What Harrowmoor fears.", handling=Handling.OFFICIAL_SENSITIVE)
    return cast.member_officer


def test_the_page_says_each_class_its_period_and_why(sign_in_as: Any, django_assert_num_queries: Any) -> None:
    head = sign_in_as("head")
    head.get("/records/")
    with django_assert_num_queries(8):
        page = head.get("/records/").content.decode()
    assert "Texts and attachments of sent mail" in page and "24 months" in page and "1 day, fixed" in page
    assert "No record is on hold." in page


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"months": "", "reason": "Why"}, "Write a number of months from 1 to 1200."),
        ({"months": "0", "reason": "Why"}, "Write a number of months from 1 to 1200."),
        ({"months": "9" * 4000, "reason": "Why"}, "Write a number of months from 1 to 1200."),
        ({"months": "two", "reason": "Why"}, "Write a number of months from 1 to 1200."),
        ({"months": "6", "reason": " "}, "Say where the network decided this, or why."),
        ({"months": "6", "reason": "x" * 301}, "at most 300 characters"),
    ],
)
def test_wrong_periods(sign_in_as: Any, sent: dict[str, str], sentence: str) -> None:
    page = sign_in_as("head").post("/records/classes/mail.sent/", sent)
    assert page.status_code == 200 and sentence in page.content.decode()
    assert not Period.objects.exists()


def test_a_period_is_set(sign_in_as: Any) -> None:
    head = sign_in_as("head")
    head.post("/records/classes/mail.sent/", {"months": "6", "reason": "Agreed in May."})
    assert "6 months" in head.get("/records/").content.decode()
    assert head.get("/records/classes/no.such/").status_code == 404


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"table": "", "key": "a", "reason": "b"}, "Write the table"),
        ({"table": "mail.outboxmessage", "key": "", "reason": "b"}, "Write the record"),
        ({"table": "mail.outboxmessage", "key": "nothing", "reason": "b"}, "There is no record"),
        ({"table": "a.b.c", "key": "nothing", "reason": "b"}, "There is no record"),
        ({"table": "access.auditentry", "key": "9" * 90, "reason": "b"}, "There is no record"),
        ({"table": "x" * 61, "key": "a", "reason": "b"}, "at most 60 characters"),
    ],
)
def test_wrong_holds(sign_in_as: Any, sent: dict[str, str], sentence: str) -> None:
    page = sign_in_as("head").post("/records/holds/new/", sent)
    assert page.status_code == 200 and sentence in page.content.decode()
    assert not Hold.objects.exists()


def test_a_run_and_a_hold_are_shown(cast: Cast, sign_in_as: Any) -> None:
    head = sign_in_as("head")
    message = queue(cast.actor("head"), to=("Zoe", "zoe@example.org"), subject="Secret title", body="Words")
    hold = place_hold(cast.actor("head"), table="mail.outboxmessage", key=message.key, reason="A claim.")
    assert "A claim." in head.get("/records/").content.decode()
    head.post(f"/records/holds/{hold.key}/lift/")
    SignInFailure.objects.create(address_hash="a", source="b", at=MOMENT)
    run = run_retention(MOMENT + timedelta(days=800))
    page = head.get(f"/records/runs/{run.key}/").content.decode()
    assert message.key in page and "Secret title" not in page
    for name, shown in (("mail.sent", True), ("nothing", True), ("access.sign-in-failures", False)):
        assert (message.key in head.get(f"/records/runs/{run.key}/?class={name}").content.decode()) is shown
    assert head.post("/records/holds/nothing/lift/").status_code == 404


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({}, "Give a mail address or a key of the register."),
        ({"name": "Maya Osei"}, "Give a mail address or a key of the register."),
        ({"email": "maya.osei@folkmoot.invalid", "person": "rowan-pike"}, "belong to two accounts"),
        ({"email": "x" * 255}, "at most 254 characters"),
    ],
)
@pytest.mark.parametrize("place", ["", "erase/"])
def test_nobody_meant(sign_in_as: Any, place: str, sent: dict[str, str], sentence: str) -> None:
    page = sign_in_as("head").post(f"/records/people/{place}", {**sent, "understood": "yes"})
    assert page.status_code == 200 and sentence in page.content.decode()
    assert not PersonalRequest.objects.exists()


def test_the_page_counts_what_is_held_and_shows_none_of_it(maya: Account, sign_in_as: Any) -> None:
    page = sign_in_as("head").post("/records/people/", MAYA).content.decode()
    assert re.search(r"A mail to the person: \d+, 1 of them with words of others", page)
    assert "see you at ten" not in page and "What Harrowmoor fears." not in page
    assert "/information-requests/new/?law=own" in page


def test_erasing_takes_names_and_texts_out_of_every_room_and_leaves_the_trail_whole(
    cast: Cast, maya: Account, sign_in_as: Any
) -> None:
    head = sign_in_as("head")
    assert (
        "Close the account of Maya Osei"
        in head.post("/records/people/erase/", {**MAYA, "understood": "yes"}).content.decode()
    )
    close_account(cast.actor("administrator"), account=maya)
    assert "cannot be undone" in head.post("/records/people/erase/", MAYA).content.decode()
    assert Account.objects.get(pk=maya.pk).name == "Maya Osei"

    done = head.post("/records/people/erase/", {**MAYA, "understood": "yes"}, follow=True)

    page = done.content.decode()
    assert "The person was erased from" in page and "checked after it, and it is whole" in page
    assert "Positions, answers and signatures" in page and "Signatures of published texts" in page
    assert "Maya" not in page and "maya.osei" not in page
    assert Account.objects.get(pk=maya.pk).name == "An erased person"
    assert not Amendment.objects.filter(author="Maya Osei").exists()
    assert Amendment.objects.filter(author="An erased person").exists()
    assert not OutboxMessage.objects.filter(to_address="maya.osei@folkmoot.invalid").exists()
    assert not OutboxMessage.objects.filter(body__contains="see you at ten").exists()
    assert verify() == []


def test_what_is_on_hold_is_not_erased(cast: Cast, maya: Account, sign_in_as: Any) -> None:
    close_account(cast.actor("administrator"), account=maya)
    place_hold(cast.actor("head"), table="access.account", key=maya.key, reason="A claim.")
    page = sign_in_as("head").post("/records/people/erase/", {**MAYA, "understood": "yes"}).content.decode()
    assert "On hold, so it cannot be erased now" in page
    assert Account.objects.get(pk=maya.pk).name == "Maya Osei"
