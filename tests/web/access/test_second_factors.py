"""Second factors at the door: nobody is in before the second step, guessing is slowed down, wrong input is answered."""

import json
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from folkmoot.apps.access import actions, factors
from folkmoot.apps.access.factors import PERIOD, Authenticator, format_hotp_value, hotp_value
from folkmoot.apps.access.models import Account, AuditEntry, OpenSession
from folkmoot.apps.mail.models import OutboxMessage
from tests.cast import MOMENT, PASSWORD, Cast

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
NOT_RIGHT = "This code is not right, or was used already."


def code(steps: int = 0, secret: str = SECRET) -> str:
    return format_hotp_value(hotp_value(secret, int(MOMENT.timestamp()) // PERIOD + steps))


@pytest.fixture
def head(cast: Cast) -> Account:
    """The head of the secretariat, with an app and recovery codes; its first code is two half minutes old."""
    actions.add_app(cast.actor("head", now=MOMENT - timedelta(seconds=2 * PERIOD)), secret=SECRET, code=code(-2))
    return cast.head


def password(client: Client, account: Account, **more: str) -> Any:
    return client.post(reverse("sign_in"), {"email": account.email, "password": PASSWORD, **more})


def step(client: Client, given: str) -> Any:
    return client.post(reverse("second_step"), {"code": given})


def test_after_the_password_one_is_not_in(head: Account, client: Client) -> None:
    assert password(client, head, next="/delegations/").url == reverse("second_step")
    assert "_auth_user_id" not in client.session
    for name in ("home", "account", "positions", "delegations"):
        assert client.get(reverse(name)).status_code == 302
    page = client.get(reverse("second_step")).content.decode()
    assert "Helen" not in page
    assert not AuditEntry.objects.filter(verb="account.signed-in").exists()
    assert step(client, code()).url == "/delegations/"
    assert client.session["_auth_user_id"] == str(head.pk)
    assert AuditEntry.objects.filter(verb="account.signed-in").count() == 1


def test_a_code_counts_once_even_in_another_browser(head: Account) -> None:
    first, second = Client(), Client()
    password(first, head)
    password(second, head)
    assert step(first, code()).status_code == 302
    assert NOT_RIGHT in step(second, code()).content.decode()
    assert step(second, code(1)).status_code == 302


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("", "Write the code."),
        ("000000", NOT_RIGHT),
        ("not a code", NOT_RIGHT),
        ("١٢٣٤٥٦", NOT_RIGHT),
        ("9" * 21, "at most 20 characters"),
        (code(-2), NOT_RIGHT),
        (code(2), NOT_RIGHT),
    ],
)
def test_a_wrong_code_is_answered_in_a_sentence(head: Account, client: Client, given: str, said: str) -> None:
    password(client, head)
    assert said in step(client, given).content.decode()
    assert "_auth_user_id" not in client.session


def test_ten_wrong_codes_close_the_second_step_and_a_right_password_does_not_open_it(head: Account) -> None:
    client = Client()
    for _ in range(10):
        password(client, head)
        step(client, "000000")
    password(client, head)
    assert "Wait a quarter of an hour" in step(client, code()).content.decode()
    other = Client(REMOTE_ADDR="203.0.113.9")
    password(other, head)
    assert "Wait a quarter of an hour" in step(other, code()).content.decode()


def test_the_second_step_waits_ten_minutes(head: Account, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    password(client, head)
    later = SimpleNamespace(now=lambda: MOMENT + timedelta(minutes=10))
    monkeypatch.setattr("folkmoot.apps.access.clock.timezone", later)
    assert client.get(reverse("second_step")).url == reverse("sign_in")


def test_a_password_changed_meanwhile_ends_the_second_step(head: Account, client: Client) -> None:
    password(client, head)
    head.set_password("another walk over the moor")
    head.save()
    assert step(client, code()).url == reverse("sign_in")


def test_a_closed_account_ends_the_second_step(cast: Cast, head: Account, client: Client) -> None:
    password(client, head)
    actions.close_account(cast.actor("administrator"), account=head)
    assert step(client, code()).url == reverse("sign_in")


def test_nothing_in_the_database_reads_as_the_secret_or_a_code(cast: Cast, head: Account) -> None:
    codes = actions.make_recovery_codes(cast.actor("head"))
    kept = json.dumps(list(Authenticator.objects.values_list("data", flat=True)))
    assert SECRET not in kept
    assert not any(each in kept for each in codes)
    row = Authenticator.objects.get(type="recovery_codes")
    assert "gAAAA" in row.data["seed"]


def test_a_recovery_code_opens_once_and_new_ones_void_the_old(cast: Cast, head: Account) -> None:
    old = actions.make_recovery_codes(cast.actor("head"))
    new = actions.make_recovery_codes(cast.actor("head"))
    client = Client()
    password(client, head)
    assert NOT_RIGHT in step(client, old[0]).content.decode()
    assert step(client, f"{new[0][:4]} {new[0][4:]}").status_code == 302
    again = Client()
    password(again, head)
    assert NOT_RIGHT in step(again, new[0]).content.decode()
    assert factors.codes_left(head) == 9


def test_adding_an_app_asks_for_a_right_code_and_the_password(cast: Cast, sign_in_as: Any) -> None:
    client = sign_in_as("officer")
    shown = client.get(reverse("app_add")).content.decode()
    secret = "".join(shown.partition("The key: <strong>")[2].partition("<")[0].split())
    assert "data:image/svg+xml;base64," in shown
    table = {
        ("", PASSWORD): "Write the code.",
        ("123", PASSWORD): "This is not the code that the app should show now.",
        (code(0, secret), "wrong"): "Your password is not right.",
        (code(0, secret), ""): "Write your password.",
    }
    for (given, word), said in table.items():
        page = client.post(reverse("app_add"), {"code": given, "password": word}).content.decode()
        assert said in page
        assert not factors.has_factor(cast.officer)
    done = client.post(reverse("app_add"), {"code": code(0, secret), "password": PASSWORD})
    assert done.url == reverse("recovery_codes")
    first = client.get(reverse("recovery_codes")).content.decode()
    assert first.count("<li><strong>") == 10
    assert "<li><strong>" not in client.get(reverse("recovery_codes")).content.decode()
    mail = OutboxMessage.objects.get()
    assert (mail.to_address, secret in mail.body) == (cast.officer.email, False)
    assert "An authenticator app was added" in mail.body


def test_ten_wrong_passwords_on_the_pages_of_the_account_are_enough(head: Account, sign_in_as: Any) -> None:
    client = sign_in_as("head")
    for _ in range(10):
        client.post(reverse("recovery_codes"), {"password": "wrong"})
    assert (
        "Wait a quarter of an hour" in client.post(reverse("recovery_codes"), {"password": PASSWORD}).content.decode()
    )


WRONG_ANSWERS = [
    "",
    "no json",
    "[]",
    "{}",
    "[" * 5000,
    json.dumps({"id": "AAAA", "rawId": "AAAA", "type": "public-key", "response": {}}),
    json.dumps({"id": 7, "rawId": [], "type": None, "response": "x"}),
    json.dumps(
        {
            "id": "AAAA",
            "rawId": "AAAA",
            "type": "public-key",
            "response": {
                "clientDataJSON": "e30",
                "authenticatorData": "AAAA",
                "attestationObject": "oA",
                "signature": "",
                "userHandle": "____",
            },
        }
    ),
    "x" * 20_001,
]


@pytest.mark.parametrize("answer", WRONG_ANSWERS, ids=range(len(WRONG_ANSWERS)))
def test_what_no_passkey_says_is_answered_in_a_sentence(cast: Cast, sign_in_as: Any, answer: str) -> None:
    said = ("The passkey did not prove who you are.", "The browser showed no passkey.", "This field is required.")
    stranger = Client()
    stranger.get(reverse("passkey_sign_in"))
    page = stranger.post(reverse("passkey_sign_in"), {"answer": answer})
    assert page.status_code == 200
    assert any(each in page.content.decode() for each in said)
    client = sign_in_as("officer")
    client.get(reverse("passkey_add"))
    given = {"answer": answer, "name": "key", "password": PASSWORD}
    page = client.post(reverse("passkey_add"), given)
    assert page.status_code == 200
    assert any(each in page.content.decode() for each in said)
    assert not factors.has_factor(cast.officer)


def test_failed_passkeys_from_one_place_are_slowed_down_there_only(cast: Cast) -> None:
    here, elsewhere = Client(), Client(REMOTE_ADDR="203.0.113.9")
    for _ in range(10):
        here.post(reverse("passkey_sign_in"), {"answer": "{}"})
    assert here.post(reverse("passkey_sign_in"), {"answer": "{}"}).status_code == 409
    assert "did not prove" in elsewhere.post(reverse("passkey_sign_in"), {"answer": "{}"}).content.decode()


def test_an_administrator_removes_a_lost_factor_and_the_person_is_told(
    cast: Cast, head: Account, sign_in_as: Any
) -> None:
    address = reverse("person_reset_factors", args=[head.key])
    assert sign_in_as("officer").post(address).status_code == 403
    client = sign_in_as("administrator")
    assert client.post(address).status_code == 302
    assert not factors.has_factor(head)
    assert AuditEntry.objects.filter(verb="factor.reset", record_id=head.pk).exists()
    mail = OutboxMessage.objects.get()
    assert "An administrator removed your second factors" in mail.body
    assert client.post(address).status_code == 409
    own = reverse("person_reset_factors", args=[cast.administrator.key])
    assert client.post(own).status_code == 409


def test_mail_about_ones_keys_is_read_by_nobody_else(cast: Cast, head: Account, sign_in_as: Any) -> None:
    sign_in_as("administrator").post(reverse("person_reset_factors", args=[head.key]))
    for part in ("deputy", "officer", "coordinator", "administrator", "mayor"):
        assert not OutboxMessage.objects.visible_to(cast.actor(part)).exists()


def test_whoever_must_have_a_factor_sees_nothing_before_they_add_one(cast: Cast, sign_in_as: Any) -> None:
    administrator = sign_in_as("administrator")
    assert administrator.post(reverse("second_factor_rule"), {"sides": ["nonsense"]}).status_code == 200
    assert factors.sides_that_must() == frozenset()
    administrator.post(reverse("second_factor_rule"), {"sides": ["secretariat"]})
    client = Client()
    assert password(client, cast.officer).url == reverse("account")
    for name in ("home", "positions", "delegations", "help"):
        assert client.get(reverse(name)).url == reverse("account")
    assert client.get(reverse("app_add")).status_code == 200
    assert password(Client(), cast.mayor).url == "/"
    shown = client.get(reverse("app_add")).content.decode()
    secret = "".join(shown.partition("The key: <strong>")[2].partition("<")[0].split())
    client.post(reverse("app_add"), {"code": code(0, secret), "password": PASSWORD})
    assert client.get(reverse("home")).status_code == 200
    key = factors.factors_of(cast.officer)[0].key
    page = client.post(reverse("factor_remove", args=[key]), {"password": PASSWORD}).content.decode()
    assert "Your side must have a second factor." in page
    assert factors.has_factor(cast.officer)


def test_one_sees_where_one_is_signed_in_and_ends_it(cast: Cast) -> None:
    here, there = Client(), Client(HTTP_USER_AGENT="Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/140.0")
    password(here, cast.officer)
    password(there, cast.officer)
    page = here.get(reverse("account")).content.decode()
    assert "Firefox on Windows" in page
    key = OpenSession.objects.get(browser="Firefox on Windows").key
    stranger = Client()
    password(stranger, cast.mayor)
    assert stranger.post(reverse("session_end", args=[key])).status_code == 409
    assert there.get(reverse("account")).status_code == 200
    here.post(reverse("session_end", args=[key]))
    assert there.get(reverse("account")).status_code == 302
    password(there, cast.officer)
    here.post(reverse("sessions_end"))
    assert there.get(reverse("account")).status_code == 302
    assert here.get(reverse("account")).status_code == 200


def test_a_new_password_keeps_this_browser_on_the_list(cast: Cast) -> None:
    client = Client()
    password(client, cast.officer)
    new = "seven herons at the weir"
    client.post(reverse("account"), {"current": PASSWORD, "password": new, "again": new})
    assert OpenSession.objects.get(account=cast.officer).session_key == client.session.session_key


@pytest.mark.parametrize(("part", "is_asked"), [("head", True), ("administrator", True), ("deputy", False)])
def test_the_home_page_asks_whoever_holds_the_keys_for_one(
    cast: Cast, sign_in_as: Any, part: str, is_asked: bool
) -> None:
    browser = sign_in_as(part)
    assert ("Add a second factor" in browser.get(reverse("home")).content.decode()) is is_asked
    Authenticator.objects.create(user=cast.account(part), type="totp", data={}, created_at=MOMENT)
    assert "Add a second factor" not in browser.get(reverse("home")).content.decode()
