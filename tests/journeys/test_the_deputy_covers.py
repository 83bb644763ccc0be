"""The head signs in and lets the deputy publish; the deputy's pages show both names until it is ended."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from folkmoot.apps.access.audit import verify
from tests.cast import PASSWORD, Cast, make_cast
from tests.plugins.browser import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def sign_in_by_the_form(page: Page, email: str, password: str = PASSWORD) -> None:
    page.goto("/sign-in/")
    page.get_by_label("Mail address").fill(email)
    page.get_by_label("Your password").fill(password)
    page.get_by_role("button", name="Sign in").click()


def give_the_delegation(page: Page, cast: Cast) -> None:
    page.goto("/delegations/")
    page.get_by_label("Who acts for you").select_option(cast.deputy.key)
    page.get_by_label("Publish a signed position and correct what was published.").check()
    last = page.get_by_role("group", name="Last day")
    last.get_by_label("Day").fill("4")
    last.get_by_label("Month").fill("12")
    last.get_by_label("Year").fill("2026")
    page.get_by_role("button", name="Give the delegation").click()


def test_a_wrong_password_takes_the_focus_to_what_is_wrong(page: Page, transactional_db: None) -> None:
    cast = make_cast()
    sign_in_by_the_form(page, cast.head.email, "a wrong one")
    expect(page.get_by_role("alert")).to_contain_text("The mail address or the password is not right.")
    expect(page).to_have_title("Error: Sign in – Folkmoot")


def test_the_deputy_acts_for_the_head_until_it_is_ended(open_page: Any) -> None:
    cast = make_cast()
    head, deputy = open_page(), open_page()
    sign_in_by_the_form(head, cast.head.email)
    give_the_delegation(head, cast)
    expect(head.get_by_text("Dev Anand may act for you until the delegation ends.")).to_be_visible()

    sign_in(deputy, cast.deputy)
    deputy.goto("/")
    expect(deputy.locator("header")).to_contain_text("for Helen Marsh, to 4 Dec")

    head.get_by_role("button", name="End now: Dev Anand for Helen Marsh").click()
    expect(head.get_by_text("Dev Anand no longer acts for Helen Marsh.")).to_be_visible()
    deputy.reload()
    expect(deputy.locator("header")).not_to_contain_text("Helen Marsh")
    assert verify() == []
