"""A passkey signs in without a password, an app's code as a second step, and a recovery code once."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.conf import settings as django_settings
from playwright.sync_api import Page, expect

from folkmoot.apps.access.audit import verify
from folkmoot.apps.access.factors import PERIOD, format_hotp_value, hotp_value
from tests.cast import MOMENT, PASSWORD, Cast, make_cast
from tests.plugins.browser import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def cast_here(live_server: Any, settings: Any, transactional_db: None) -> Iterator[Cast]:
    """The cast in an installation that people open by the address of the test's own server."""
    settings.ENVIRONMENT = replace(django_settings.ENVIRONMENT, address=live_server.url)
    return make_cast()


def with_device(page: Page) -> None:
    """Give the browser a device that holds passkeys and has a finger on it, as Chromium's protocol allows."""
    protocol = page.context.new_cdp_session(page)
    protocol.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    protocol.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def by_password(page: Page, email: str) -> None:
    page.goto("/sign-in/")
    page.get_by_label("Mail address").fill(email)
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def sign_out(page: Page) -> None:
    page.locator("summary.fm-account__summary").click()
    page.get_by_role("button", name="Sign out").click()


def code_of(secret: str, steps: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(MOMENT.timestamp()) // PERIOD + steps))


def test_a_passkey_is_added_and_signs_in_alone_and_as_a_second_step(page: Page, cast_here: Cast) -> None:
    with_device(page)
    sign_in(page, cast_here.head)
    page.goto("/account/")
    page.get_by_role("button", name="Add a passkey").click()
    page.get_by_label("What you call it").fill("work laptop")
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Add the passkey").click()
    expect(page.get_by_text("The passkey “work laptop” was added.")).to_be_visible()
    expect(page.locator("[data-codes] li")).to_have_count(10)
    page.get_by_role("button", name="I have kept them").click()
    expect(page.get_by_role("row", name="work laptop")).to_contain_text("Never")
    sign_out(page)

    page.get_by_role("link", name="Sign in with a passkey").click()
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.locator("header")).to_contain_text("Helen Marsh")
    page.goto("/account/")
    expect(page.get_by_role("row", name="work laptop")).to_contain_text("25 November 2026, 09:40")
    sign_out(page)

    by_password(page, cast_here.head.email)
    expect(page.get_by_role("heading", name="Show that it is you")).to_be_visible()
    expect(page.locator("header")).not_to_contain_text("Helen Marsh")
    page.get_by_role("button", name="Use your passkey").click()
    expect(page.locator("header")).to_contain_text("Helen Marsh")
    assert verify() == []


def test_an_app_is_added_its_code_asked_for_and_a_recovery_code_opens_once(page: Page, cast_here: Cast) -> None:
    sign_in(page, cast_here.officer)
    page.goto("/account/")
    page.get_by_role("button", name="Add an authenticator app").click()
    picture = page.get_by_alt_text("The key below as a QR code")
    assert picture.evaluate("image => image.naturalWidth") > 0
    secret = page.locator("p", has_text="The key:").locator("strong").inner_text().replace(" ", "")
    page.get_by_label("Code").fill(code_of(secret))
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Add the app").click()
    recovery = page.locator("[data-codes] li").first.inner_text()
    sign_out(page)

    by_password(page, cast_here.officer.email)
    page.get_by_label("Code").fill(code_of(secret))
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("alert")).to_contain_text("This code is not right, or was used already.")
    page.get_by_label("Code").fill(code_of(secret, 1))
    page.get_by_role("button", name="Go on").click()
    expect(page.locator("header")).to_contain_text("Owen Lark")
    sign_out(page)

    by_password(page, cast_here.officer.email)
    page.get_by_label("Code").fill(recovery)
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_text("You have 9 left.")).to_be_visible()
    sign_out(page)
    by_password(page, cast_here.officer.email)
    page.get_by_label("Code").fill(recovery)
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("alert")).to_contain_text("This code is not right, or was used already.")
    assert verify() == []
