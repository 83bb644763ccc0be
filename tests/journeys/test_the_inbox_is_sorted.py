"""Two hundred signals are sorted with the keyboard alone, and ten steps are taken back."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from folkmoot.apps.signals.models import Decision, Signal, Sorting
from folkmoot.apps.signals.taking import take
from folkmoot.apps.signals.weighing import weigh_new
from tests.apps.signals.world import add, item, watch
from tests.cast import MOMENT, Cast, make_cast
from tests.plugins.browser import PATIENCE_MS, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.one_database]

ONE_BY_ONE, ALL = 20, 200
# Chromium drops a key that comes before it has painted a page, which no finger is quick enough for.
PAINTED = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


@pytest.fixture
def inbox(transactional_db: Any) -> Cast:
    cast = make_cast()
    watch(cast, "Marrow Sound")
    take([item(number) for number in range(ALL)], source=add(cast), at=MOMENT)
    weigh_new(MOMENT)
    return cast


def standing() -> dict[str, int]:
    return {sorting: Signal.objects.filter(sorting=sorting).count() for sorting in Sorting.values}


def test_two_hundred_signals_by_keyboard_and_ten_taken_back(inbox: Cast, page: Page) -> None:
    sign_in(page, inbox.officer)
    page.set_default_timeout(6 * PATIENCE_MS)
    main, keys = page.get_by_role("main"), page.keyboard

    def open_inbox() -> None:
        page.goto("/radar/")
        page.evaluate(PAINTED)

    def press(key: str, told: str) -> None:
        """A key that leads to the next page."""
        with page.expect_navigation():
            keys.press(key)
        expect(main).to_contain_text(told)
        page.evaluate(PAINTED)

    open_inbox()
    # One by one: two are accepted, one is dismissed with a reason, one is snoozed, and so on; j and k move between.
    for turn in range(ONE_BY_ONE // 4):
        for _ in range(2):
            press("a", "Accepted: ")
        keys.press("d")
        keys.type(f"Not ours, for the {turn + 1}. time")
        press("Enter", "Dismissed: ")
        keys.press("s")
        press("Control+Enter", "Snoozed until ")
    keys.press("j")
    expect(page).to_have_url(re.compile("at="))
    assert standing() == {"inbox": 180, "accepted": 10, "dismissed": 5, "snoozed": 5}

    # The rest by the page, still without a mouse.
    while Signal.objects.filter(sorting=Sorting.INBOX).exists():
        before = Decision.objects.count()
        open_inbox()
        keys.press("x")
        expect(page.get_by_label("All on this page")).to_be_checked()
        keys.press("m")
        because = page.get_by_label("Because", exact=True)
        because.wait_for()
        while not because.evaluate("it => it === document.activeElement"):
            keys.press("Tab")
        keys.type("Nothing for us")
        keys.press("Tab")
        press("Enter", "signals were sorted.")
        assert Decision.objects.count() == before + 30
    expect(main).to_contain_text("Everything is sorted.")
    assert standing() == {"inbox": 0, "accepted": 10, "dismissed": 185, "snoozed": 5}

    for turn in range(10):
        press("u", "Taken back: ")
        assert Signal.objects.filter(sorting=Sorting.INBOX).count() == turn + 1
    assert standing() == {"inbox": 10, "accepted": 10, "dismissed": 175, "snoozed": 5}
