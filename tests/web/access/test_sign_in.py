"""A person signs in and out on the page."""

from dataclasses import replace
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.urls import reverse

from folkmoot.apps.access import actions
from folkmoot.apps.access.models import Account
from tests.cast import PASSWORD, Cast

HELEN = "helen.marsh@folkmoot.invalid"


def send(client: Client, **given: str) -> Any:
    return client.post(reverse("sign_in"), {"email": HELEN, "password": PASSWORD, **given})


@pytest.fixture
def demonstration(settings: Any) -> None:
    settings.ENVIRONMENT = replace(django_settings.ENVIRONMENT, demo=True)


def test_the_right_password_leads_home(cast: Cast, client: Client) -> None:
    response = send(client)
    assert (response.status_code, response.url) == (302, "/")
    assert client.session["_auth_user_id"] == str(cast.head.pk)


def test_one_lands_on_the_page_one_wanted_but_never_elsewhere(cast: Cast) -> None:
    assert send(Client(), next="/delegations/").url == "/delegations/"
    assert send(Client(), next="https://elsewhere.invalid/").url == "/"
    assert send(Client(), next="//elsewhere.invalid").url == "/"


def test_a_wrong_password_is_said_on_the_page_and_not_shown_again(cast: Cast, client: Client) -> None:
    response = send(client, password="a wrong one")
    page = response.content.decode()
    assert "There is a problem" in page
    assert "The mail address or the password is not right." in page
    assert HELEN in page
    assert "a wrong one" not in page


def test_after_ten_failures_the_page_says_how_long_to_wait(cast: Cast, client: Client) -> None:
    for _ in range(10):
        send(client, password="a wrong one")
    assert "Wait a quarter of an hour" in send(client).content.decode()


def test_the_source_behind_our_own_proxy_is_the_caller_it_names(cast: Cast, client: Client) -> None:
    for number in range(50):
        client.post(
            reverse("sign_in"),
            {"email": f"guess-{number}@folkmoot.invalid", "password": "x"},
            headers={"x-forwarded-for": f"203.0.113.{number}, 198.51.100.7"},
        )
    refused = client.post(
        reverse("sign_in"), {"email": HELEN, "password": PASSWORD}, headers={"x-forwarded-for": "198.51.100.7"}
    )
    assert "Wait a quarter of an hour" in refused.content.decode()
    assert send(client).status_code == 302


def test_signing_out_takes_a_button(sign_in_as: Any) -> None:
    client = sign_in_as("mayor")
    assert client.get(reverse("sign_out")).status_code == 405
    client.post(reverse("sign_out"))
    assert client.get(reverse("account")).status_code == 302


def test_whoever_is_closed_is_out_at_once(cast: Cast, sign_in_as: Any) -> None:
    client = sign_in_as("mayor")
    assert client.get(reverse("account")).status_code == 200
    actions.close_account(cast.actor("administrator"), account=cast.mayor)
    assert client.get(reverse("account")).status_code == 302


def test_only_a_demonstration_lists_people(cast: Cast, client: Client) -> None:
    Account.objects.update(is_invented=True)
    assert "Helen Marsh" not in client.get(reverse("sign_in")).content.decode()
    assert client.post(reverse("sign_in_demonstration"), {"person": cast.head.key}).status_code == 404


def test_in_a_demonstration_one_button_signs_in(cast: Cast, client: Client, demonstration: None) -> None:
    Account.objects.exclude(pk=cast.deputy.pk).update(is_invented=True)
    page = client.get(reverse("sign_in")).content.decode()
    assert "Sign in as Helen Marsh" in page
    assert "Dev Anand" not in page
    assert client.post(reverse("sign_in_demonstration"), {"person": cast.deputy.key}).status_code == 400
    assert client.post(reverse("sign_in_demonstration"), {"person": cast.head.key}).status_code == 302
    assert client.session["_auth_user_id"] == str(cast.head.pk)
