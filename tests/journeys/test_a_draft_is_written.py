"""A draft is written clause by clause, kept in part to one office, circulated and closed; no script is needed."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from folkmoot.apps.positions.models import Version
from tests.cast import Cast
from tests.journeys.hands import Hands, Keyboard, Mouse
from tests.plugins.browser import sign_in
from tests.positions_world import fill_register

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def write_two_clauses(hands: Hands) -> None:
    """The second is written first and moved down, so that each button has its turn."""
    page = hands.page
    row = page.locator("#clause-0")
    hands.fill("Heading", "Depots", within=row)
    hands.fill("Text, a paragraph a line", "Depots may be bought within ninety days.", within=row)
    hands.press("Add a clause after row 1")
    row = page.locator("#clause-1")
    hands.fill("Heading", "Money", within=row)
    hands.fill("Text, a paragraph a line", "It is paid yearly.", within=row)
    hands.press("Move row 2 up")
    expect(page.locator("#heading-0")).to_have_value("Money")
    hands.press("Save as the next version")


@pytest.mark.parametrize("way", ["without JavaScript", "by keyboard"])
def test_a_draft_goes_from_its_first_word_to_a_closed_round(
    cast: Cast, open_page: Callable[..., Page], way: str
) -> None:
    fill_register()
    page = open_page(java_script_enabled=way == "by keyboard")
    sign_in(page, cast.officer)
    hands: Hands = Keyboard(page) if way == "by keyboard" else Mouse(page)
    page.goto("/positions/")

    hands.press("Begin the first position")
    hands.fill("Title", "Bus franchising")
    hands.press("Begin the position")
    hands.press("Write it here")
    write_two_clauses(hands)
    expect(page.get_by_text("The text was saved as version 1: 2 clauses found, 1 to 2.")).to_be_visible()

    hands.press("Keep to fewer readers in clause 2", "link")
    hands.choose("The secretariat and the offices chosen below")
    hands.choose("Aldermere")
    hands.press("Keep them back")
    expect(page.get_by_text("Kept to the secretariat and Aldermere.")).to_be_visible()

    hands.press("Circulate version 1")
    hands.press("Look at the mail")
    expect(page.get_by_text("6 mails to 3 offices")).to_be_visible()
    hands.press("Open the circulation")
    expect(page.get_by_text("The circulation was opened: version 1 went to 3 offices.")).to_be_visible()

    hands.press("Remind all that have not answered")
    expect(page.get_by_text("3 offices were reminded, by 6 mails.")).to_be_visible()
    hands.press("Close the circulation")
    expect(page.get_by_text("It closes before the day that the offices were told")).to_be_visible()
    hands.press("Close the circulation")
    expect(page.get_by_text("The circulation was closed.")).to_be_visible()
    assert [text.heading for text in Version.objects.get().clause_texts.order_by("place")] == ["Money", "Depots"]
