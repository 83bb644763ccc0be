"""A real Chromium for the journeys: pages at the width of a desk and of a telephone."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from folkmoot.apps.access.models import Account

ARTIFACTS = Path(__file__).resolve().parents[2] / "test-artifacts"
CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESK = {"width": 1280, "height": 900}
TELEPHONE = {"width": 375, "height": 800}
PATIENCE_MS = 10_000


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    """One Chromium for the whole run."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser: "Browser", live_server: Any) -> Iterator[Callable[..., "Page"]]:
    """Opens fresh pages of the running product, at the width asked for; a page whose script fails, fails the test."""
    contexts, complaints = [], []

    def opened(viewport: Any = DESK, **options: Any) -> "Page":
        context = browser.new_context(base_url=live_server.url, viewport=viewport, locale="en-GB", **options)
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not complaints, complaints


@pytest.fixture
def page(open_page: Callable[..., "Page"]) -> "Page":
    """A page at the width of a desk."""
    return open_page()


@pytest.fixture
def telephone(open_page: Callable[..., "Page"]) -> "Page":
    """A page at the width of a telephone."""
    return open_page(TELEPHONE)


def sign_in(page: "Page", account: "Account") -> None:
    """Sign a person in without the form; the form itself has a journey of its own."""
    from django.conf import settings
    from django.test import Client

    client = Client()
    client.force_login(account)
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": value, "domain": "localhost", "path": "/"}]
    )
