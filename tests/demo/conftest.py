"""The demonstration, made twice for the whole package: it takes seconds, and nobody here leaves a trace in it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from folkmoot.apps.access.models import Account
from folkmoot.demo import build
from tests.cast import TODAY
from tests.demo.summary import Row, Summary
from tests.walk.world import undone


@pytest.fixture(scope="package")
def earlier_demonstration(django_db_setup: None, django_db_blocker: Any) -> Counter[Row]:
    """What another demonstration of the same day held."""
    with django_db_blocker.unblock(), undone():
        build(today=TODAY)
        return Summary().everything()


@pytest.fixture(scope="package")
def _built(earlier_demonstration: Counter[Row], django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), undone():
        build(today=TODAY)
        yield


@pytest.fixture(autouse=True)
def demonstration(_built: None, settings: Any) -> None:
    """The demonstration as it was made; what a test changes goes with the test."""
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, demo=True)


@pytest.fixture
def client_of() -> Any:
    """A browser that came in by the list of the sign-in page."""

    def enter(account: Account) -> Client:
        client = Client()
        answer = client.post(reverse("sign_in_demonstration"), {"person": account.key})
        assert answer.status_code == 302, account.name
        return client

    return enter
