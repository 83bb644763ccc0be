"""The tray on a telephone: each mail can be read without scrolling sideways."""

from typing import Any

import pytest

from folkmoot.apps.mail.delivery import worker
from folkmoot.apps.mail.sorting import sort
from folkmoot.apps.mail.taking import keep
from tests.apps.mail.letters import mail
from tests.apps.positions.conftest import read_here
from tests.cast import MOMENT, Cast
from tests.plugins.browser import TELEPHONE, sign_in

__all__ = ["read_here"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.usefixtures("read_here")
def test_no_row_is_wider_than_a_telephone(cast: Cast, telephone: Any) -> None:
    data = mail("A subject of many words about buses " * 3, "We are content.", sender="x@elsewhere.example")
    message, _ = keep(worker(MOMENT), data=data, source="imap")
    sort(worker(MOMENT), message=message)
    page = telephone
    sign_in(page, cast.coordinator)
    page.goto("/mail/in/")
    wide = page.evaluate("[...document.querySelectorAll('.fm-scroll')].map(r => r.scrollWidth - r.clientWidth)")
    assert wide == [0]
    assert page.evaluate("document.documentElement.scrollWidth") <= TELEPHONE["width"]
    assert page.get_by_text("Nobody here has this address.").is_visible()
