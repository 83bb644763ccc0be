"""Every page in a real Chromium: no fault of accessibility, nothing wider than a telephone.

With FOLKMOOT_PICTURES=yes it leaves a picture of each page in test-artifacts/screens, at both widths; that takes a
third of the time again, and only a person looks at them.
"""

import os
from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.plugins.browser import ARTIFACTS, sign_in
from tests.walk.address import Address
from tests.walk.samples import ADDRESSES
from tests.walk.world import World, build_world

SCREENS = ARTIFACTS / "screens"
WIDTHS = (1280, 375)
SMALLEST = 320
# Who looks at a page: the first of each row who may open it, so that both sides of the network are seen.
LOOKERS = (("officer", "head", "administrator", "stranger"), ("mayor", "guest"))


def is_page(world: World, address: Address, part: str) -> bool:
    """A page, and not a file to take along."""
    response = world.client(part).get(world.url(address))
    kind = response.headers.get("Content-Type", "")
    return response.status_code == 200 and kind.startswith("text/html") and "Content-Disposition" not in response


def looks(world: World) -> list[tuple[Address, str]]:
    """Each page with those who look at it."""
    found = []
    for address in ADDRESSES:
        parts = [next((part for part in row if part in address.may), None) for row in LOOKERS]
        lookers = [part for part in parts if part and "GET" in address.methods]
        found += [(address, part) for part in lookers if is_page(world, address, part)]
    return found


def faults_of(page: Any) -> list[str]:
    """What the automatic check of accessibility finds."""
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [f"{fault['id']}: {fault['nodes'][0]['html'][:160]}" for fault in found]


def photograph(page: Any, name: str) -> None:
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.screenshot(path=SCREENS / f"{name}-{width}.png", full_page=True)


def overflow(page: Any) -> int:
    """By how many pixels the page is wider than the smallest telephone."""
    page.set_viewport_size({"width": SMALLEST, "height": 800})
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_every_page(open_page: Callable[..., Any]) -> None:
    pictures = os.environ.get("FOLKMOOT_PICTURES") == "yes"
    world = build_world()
    pages: dict[str, Any] = {}
    problems: list[str] = []
    seen = looks(world)
    for address, part in seen:
        if part not in pages:
            pages[part] = open_page()
            account = world.cast.account(part)
            if account:
                sign_in(pages[part], account)
        page, label = pages[part], f"{address.label} as {part}"
        page.set_viewport_size({"width": WIDTHS[0], "height": 900})
        page.goto(world.url(address))
        problems += [f"{label}: {fault}" for fault in faults_of(page)]
        if pictures:
            photograph(page, label.replace(" ", "-").replace("(", "").replace(")", ""))
        if (wider := overflow(page)) > 0:
            problems.append(f"{label}: is {wider} pixels wider than {SMALLEST}.")
    assert problems == []
    assert len(seen) > len(ADDRESSES) / 3
