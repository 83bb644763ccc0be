"""The head signs in and lets the deputy publish; the deputy's pages show both names until it is ended."""

from datetime import date, datetime, time, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from folkmoot.apps.access.audit import verify
from folkmoot.apps.access.clock import LONDON
from folkmoot.apps.access.permissions import SENTENCES, Permission
from folkmoot.apps.jobs.schedule import job_named
from tests.cast import PASSWORD, TODAY, Cast, make_cast
from tests.plugins.browser import sign_in
from tests.plugins.post import Letterbox

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

FRIDAY = date(2026, 12, 4)


def sign_in_by_the_form(page: Page, email: str, password: str = PASSWORD) -> None:
    page.goto("/sign-in/")
    page.get_by_label("Mail address").fill(email)
    page.get_by_label("Your password").fill(password)
    page.get_by_role("button", name="Sign in").click()


def fill_day(page: Page, name: str, day: date) -> None:
    group = page.get_by_role("group", name=name)
    for label, number in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        group.get_by_label(label).fill(str(number))


def give_the_delegation(
    page: Page,
    cast: Cast,
    *,
    first: date = TODAY,
    last: date = date(2026, 12, 4),
    what: Permission = Permission.PUBLISH,
) -> None:
    page.goto("/delegations/")
    page.get_by_label("Who acts for you").select_option(cast.deputy.key)
    page.get_by_label(SENTENCES[what]).check()
    fill_day(page, "First day", first)
    fill_day(page, "Last day", last)
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


TOMORROW = TODAY + timedelta(days=1)
BEFORE = datetime.combine(TODAY, time(23, 59), LONDON)
DURING = datetime.combine(TOMORROW, time(8), LONDON)
AFTER = datetime.combine(TOMORROW + timedelta(days=1), time(), LONDON)


@pytest.mark.requirement("B3")
def test_a_delegation_for_tomorrow_begins_and_ends_by_itself_and_both_are_told(
    open_page: Any, monkeypatch: pytest.MonkeyPatch, letterbox: Letterbox
) -> None:
    cast = make_cast()
    head, deputy = open_page(), open_page()
    sign_in(head, cast.head)
    give_the_delegation(head, cast, first=TOMORROW, last=TOMORROW, what=Permission.TERMS_CHANGE)
    expect(head.get_by_role("row", name="Dev Anand").first).to_contain_text("To come")

    def at(moment: datetime) -> None:
        """The clock moves on, the job runs, and the mail leaves."""
        monkeypatch.setattr("folkmoot.apps.access.clock.timezone", SimpleNamespace(now=lambda: moment))
        for name in ("delegations.tell", "delegations.tell", "mail.deliver"):
            job = job_named(name)
            assert job is not None
            job.run(moment)

    def deputy_at(moment: datetime) -> None:
        at(moment)
        sign_in(deputy, cast.deputy)
        deputy.goto("/positions/terms/")

    deputy_at(BEFORE)
    expect(deputy.locator("header")).not_to_contain_text("for Helen Marsh")
    expect(deputy.get_by_text("Change the rules")).to_have_count(0)
    assert letterbox.letters == []

    deputy_at(DURING)
    expect(deputy.locator("header")).to_contain_text("for Helen Marsh")
    deputy.get_by_text("Change the rules").click()
    deputy.get_by_label("Name of the network").fill("Northern Mayors")
    deputy.get_by_role("button", name="Set these rules").click()
    expect(deputy.get_by_role("alert")).to_contain_text("The rules from Thu 26 Nov 2026 on")
    sign_in(head, cast.head)
    head.goto("/audit/?verb=terms.set")
    assert both_names(head)

    deputy_at(AFTER)
    expect(deputy.locator("header")).not_to_contain_text("for Helen Marsh")
    expect(deputy.get_by_text("Change the rules")).to_have_count(0)
    told = [(letter["To"], "begins" in letter["Subject"]) for letter in letterbox.letters]
    assert len(told) == 4
    assert {begins for _, begins in told} == {True, False}
    assert "has ended by itself, on 26 November 2026, 23:59." in letterbox.letters[-1].get_content()
    assert verify() == []


def both_names(page: Page) -> bool:
    """Whether the newest row of the trail shows who did it and for whom."""
    row = page.get_by_role("row").nth(1)
    expect(row).to_contain_text("Dev Anand")
    expect(row).to_contain_text("Helen Marsh")
    return True
