"""An administrator adds people and sends them their link; they set a password by it."""

import re
from typing import Any

from django.test import Client
from django.urls import reverse

from folkmoot.apps.access.models import Account
from folkmoot.apps.mail.models import OutboxMessage
from tests.cast import Cast

NEWCOMER = {"name": "Nell Hand", "email": "nell.hand@folkmoot.invalid", "role": "officer"}
PASSWORD = "seven herons at the weir"


def link_in(message: OutboxMessage) -> str:
    found = re.search(r"https?://[^/]+(/set-password/\S+)", message.body)
    assert found
    return found[1]


def test_a_new_person_is_sent_a_link_sets_a_password_and_signs_in(cast: Cast, sign_in_as: Any) -> None:
    response = sign_in_as("administrator").post(reverse("person_add"), NEWCOMER, follow=True)
    assert "Nell Hand was added." in response.content.decode()

    link = link_in(OutboxMessage.objects.get(to_address=NEWCOMER["email"]))
    newcomer = Client()
    assert "For Nell Hand" in newcomer.get(link).content.decode()
    assert newcomer.post(link, {"password": PASSWORD, "again": PASSWORD}).url == reverse("sign_in")
    signed_in = newcomer.post(reverse("sign_in"), {"email": NEWCOMER["email"], "password": PASSWORD})
    assert signed_in.status_code == 302
    assert "has been used or is too old" in Client().get(link).content.decode()


def test_what_is_wrong_with_a_person_is_said_and_nobody_is_added(cast: Cast, sign_in_as: Any) -> None:
    before = Account.objects.count()
    client = sign_in_as("administrator")
    empty = client.post(reverse("person_add"), {}).content.decode()
    assert all(sentence in empty for sentence in ("Write the person’s name.", "Choose a role."))
    taken = client.post(reverse("person_add"), {**NEWCOMER, "email": cast.head.email}).content.decode()
    assert "There is an account with the address" in taken
    assert Account.objects.count() == before
    assert not OutboxMessage.objects.exists()


def test_two_different_passwords_are_said_to_be_so(cast: Cast, sign_in_as: Any) -> None:
    sign_in_as("administrator").post(reverse("person_invite", args=[cast.guest.key]))
    link = link_in(OutboxMessage.objects.get())
    page = Client().post(link, {"password": PASSWORD, "again": "another long one"}).content.decode()
    assert "The two passwords are not the same." in page


def test_a_role_is_changed_and_an_account_closed_opened_and_erased(cast: Cast, sign_in_as: Any) -> None:
    client, officer = sign_in_as("administrator"), cast.officer
    given = {"name": officer.name, "email": officer.email, "role": "deputy"}
    client.post(reverse("person_change", args=[officer.key]), given)
    officer.refresh_from_db()
    assert officer.role == "deputy"
    for name, expected in (("person_close", False), ("person_reopen", True), ("person_close", False)):
        assert client.post(reverse(name, args=[officer.key])).status_code == 302
        officer.refresh_from_db()
        assert officer.is_active is expected
    client.post(reverse("person_erase", args=[officer.key]), follow=True)
    assert "Owen Lark" not in client.get(reverse("people"), {"state": "all"}).content.decode()


def test_a_refused_change_says_why_on_the_page(cast: Cast, sign_in_as: Any) -> None:
    given = {"name": "Ada Bright", "email": cast.administrator.email, "role": "head"}
    response = sign_in_as("administrator").post(reverse("person_change", args=[cast.administrator.key]), given)
    assert "Nobody may change the role of their own account" in response.content.decode()


def test_the_list_is_filtered_and_sorted(cast: Cast, sign_in_as: Any) -> None:
    client = sign_in_as("administrator")
    found = client.get(reverse("people"), {"text": "marsh"}).content.decode()
    assert "Helen Marsh" in found
    assert "Owen Lark" not in found
    officers = client.get(reverse("people"), {"role": "member-officer", "sort": "-name"}).content.decode()
    assert officers.index("Uma Rhodes") < officers.index("Tess Quill") < officers.index("Maya Osei")
    assert "Nobody fits this filter" in client.get(reverse("people"), {"text": "zzz"}).content.decode()
