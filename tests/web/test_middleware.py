"""What every request passes: no cache keeps what somebody signed in was shown, and nobody meets a bare page."""

from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils.module_loading import import_string

from tests.cast import Cast


@pytest.mark.parametrize("path", ["/", "/positions/", "/positions/nothing/", "/audit/"])
def test_no_cache_keeps_what_somebody_signed_in_was_shown(sign_in_as: Any, path: str) -> None:
    assert "no-store" in sign_in_as("head").get(path).headers["Cache-Control"]


def test_what_everybody_may_read_may_be_kept(client: Client, cast: Cast) -> None:
    assert "no-store" not in client.get("/help/").headers.get("Cache-Control", "")


@pytest.mark.parametrize("address", ["/positions/a%00b/", "/positions/?q=a%00b"])
def test_a_character_that_no_text_has_is_answered_in_a_sentence(sign_in_as: Any, address: str) -> None:
    answer = sign_in_as("head").get(address)
    assert answer.status_code == 400
    assert "a character that no text has" in answer.content.decode()


def test_the_same_in_a_form(sign_in_as: Any) -> None:
    answer = sign_in_as("head").post("/positions/new", {"title": "Bus\0es"})
    assert (answer.status_code, "a character that no text has" in answer.content.decode()) == (400, True)


def test_more_fields_than_a_form_may_have_are_answered_in_a_sentence(sign_in_as: Any) -> None:
    answer = sign_in_as("head").post("/positions/new", {f"field-{n}": "" for n in range(2000)})
    assert (answer.status_code, "could not be read" in answer.content.decode()) == (400, True)


@pytest.mark.parametrize("path", ["/positions/link/{}/", "/positions/link/{}/copy/", "/set-password/abcdefghjk/{}/"])
def test_no_log_holds_the_secret_of_a_link(
    cast: Cast, client: Client, caplog: pytest.LogCaptureFixture, path: str
) -> None:
    secret = "nTGMCR7d1r7ldnGhAVjZlzk57ij-h5eZ"
    kept: Any = settings.LOGGING
    for name in kept["handlers"]["stderr"].get("filters", []):
        caplog.handler.addFilter(import_string(kept["filters"][name]["()"])())
    client.get(path.format(secret))
    assert caplog.messages
    assert secret not in caplog.text
    caplog.handler.filters.clear()
