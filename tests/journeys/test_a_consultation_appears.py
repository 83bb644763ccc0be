"""Story 1: the radar pulls a consultation, says why it matters, its date is kept, and an item of the plan is proposed.

The product is the real one: `folkmoot serve` with its worker, which asks a server that plays an invented source back
over HTTP. No reader is called here.
"""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.apps.signals import feeds
from tests.apps.signals.playback import Playback, playing
from tests.cli.terminal import Running, Terminal
from tests.journeys.hands import Mouse
from tests.plugins.browser import PATIENCE_MS

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.one_database]

WITHIN = 90.0
CLOSES = datetime.now(UTC) + timedelta(days=44)
PUBLISHED = format_datetime(datetime.now(UTC) - timedelta(hours=2))
TITLE = "Consultation: simpler bus franchising"
NOTICE = "Press notice: simpler bus franchising"
BODY = (
    "<p>The department seeks views on shortening the steps by which an authority may make a franchising scheme.</p>"
    f"<p>Views must reach it by 11:45pm on {CLOSES.day} {CLOSES:%B %Y}.</p>"
)
# Somebody of the secretariat, an issue, and a group that meets before the date: the rest is done by clicks.
BEGINNING = """
from datetime import timedelta
from django.test import Client
from django.conf import settings
from folkmoot.apps.access.clock import moment
from folkmoot.apps.access.models import Account
from folkmoot.apps.access.queries import actor_for
from folkmoot.apps.agenda import actions as agenda
from folkmoot.apps.issues import actions as issues
now = moment()
owen = Account(email="owen@example.org", name="Owen Lark", role="officer", created_at=now)
owen.set_password("a long walk over the moor")
owen.save()
actor = actor_for(owen, now=now, today=now.date())
issues.begin_issue(actor, title="Bus franchising powers", aim="One step.", lead=owen, audience="network")
group = agenda.add_group(actor, name="Chief executives")
agenda.add_meeting(actor, group=group, starts_at=now + timedelta(days=20), minutes=60, where="Town hall")
client = Client()
client.force_login(owen)
print(settings.SESSION_COOKIE_NAME, client.cookies[settings.SESSION_COOKIE_NAME].value)
"""


@pytest.fixture(scope="module")
def source() -> Iterator[Playback]:
    """A department that does not exist, with one consultation, its press notice, and a matter that is not ours."""
    with playing() as playback:
        told = [
            {"title": TITLE, "link": "https://dpt.example.org/1", "description": BODY, "pubDate": PUBLISHED},
            {"title": NOTICE, "link": "https://dpt.example.org/2", "description": BODY, "pubDate": PUBLISHED},
            feeds.entry(3, pubDate=PUBLISHED),
        ]
        playback.put("/consultations.rss", feeds.feed(*told))
        yield playback


@pytest.fixture(scope="module")
def served(source: Playback, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Terminal, Running]]:
    folder = tmp_path_factory.mktemp("consultation") / "data"
    terminal = Terminal(folder, {"FOLKMOOT_PRIVATE_SOURCES": source.host})
    running = terminal.start("serve", "--port", "0")
    try:
        yield terminal, running
    finally:
        running.end()


def until(page: Page, text: str) -> None:
    """Look again and again, as somebody who waits does."""
    ends = time.monotonic() + WITHIN
    while not page.get_by_role("main").get_by_text(text).count():
        assert time.monotonic() < ends, page.content()
        time.sleep(0.3)
        page.reload()


def says(place: Locator, words: str) -> None:
    expect(place).to_contain_text(words, timeout=WITHIN * 1000)


@pytest.mark.requirement("A17", "B2")
def test_from_a_pasted_address_to_an_item_proposed_for_the_plan(
    browser: Browser, source: Playback, served: tuple[Terminal, Running]
) -> None:
    terminal, running = served
    address = running.address()
    name, value = terminal.inside(BEGINNING).split()
    context = browser.new_context(base_url=address, viewport={"width": 1280, "height": 900}, locale="en-GB")
    context.set_default_timeout(6 * PATIENCE_MS)
    context.add_cookies([{"name": name, "value": value, "url": address}])
    owen = Mouse(context.new_page())
    page = owen.page

    # What is looked out for, and the address that he reads by hand today.
    page.goto("/radar/watches/")
    owen.press("Say what is looked out for on Bus franchising powers", "link")
    owen.fill("Terms", "franchising scheme")
    owen.press("Save")
    page.goto("/radar/")
    owen.press("Add a source")
    owen.fill("Address", source.address + "/consultations.rss")
    owen.press("Look at it")
    says(page.get_by_role("main"), "3 items. 3 of the last thirty days")
    owen.fill("Name", "Department for Places and Transport")
    owen.press("Add the source")

    # The worker reads it; the card says why it matters, and holds its press notice.
    page.goto("/radar/")
    until(page, TITLE)
    until(page, "Score for Bus franchising powers")
    picked = page.get_by_role("region", name="The signal that is picked")
    says(picked.locator("mark", has_text="franchising scheme").first, "franchising scheme")
    says(picked, "1 copy folded in")
    says(picked, f"Closing: {CLOSES.day} {CLOSES:%B %Y}, 23:45")
    says(picked, "It proposes an item of the plan: Chief executives")

    # Accepted by one key: it stands on its issue with its date, and an item of the plan is proposed.
    page.keyboard.press("a")
    says(page.get_by_role("main"), "stands on Bus franchising powers")
    page.goto("/radar/?sorting=accepted")
    owen.press("Proposed for the plan", "link")
    says(page.get_by_role("heading", level=1), f"Answer: {TITLE}")
    says(page.get_by_role("main"), f"Counted back from {CLOSES.day} {CLOSES:%B %Y}: Chief executives")
    page.goto("/issues/")
    page.get_by_role("main").get_by_role("link", name="Bus franchising powers").click()
    says(page.get_by_role("main"), f"Closing: {TITLE}")
    page.get_by_role("main").get_by_role("link", name=f"Closing: {TITLE}").first.click()
    says(page.get_by_role("heading", name=TITLE), "simpler")
    assert all(headers["User-Agent"].startswith("Folkmoot (+") for _, headers in source.asked)
    context.close()
