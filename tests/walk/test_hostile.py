"""Whatever a hand-written address or form sends, somebody meets a sentence and never a broken page."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.http import QueryDict

from tests.cast import PARTS
from tests.walk.address import Address
from tests.walk.samples import ADDRESSES
from tests.walk.world import World, undone

pytestmark = pytest.mark.django_db

NUMBERS = {"0", "-1", "999999999999", "9" * 5000, "1e3", "٣"}
TEXTS = {"", "::", "a:b", "\x00", "=1+1", "é" * 3000, "../../etc/passwd", "<script>"}
DAYS = {"9999-12-31", "0001-01-01", "2026-02-30"}

NAMED_NUMBERS = ("page", "version", "from", "to")
NAMED_TEXTS = (
    "accept", "as", "clause", "decision", "drop", "free", "handling", "how", "kind", "mine", "next", "office",
    "outcome", "person", "pick", "priority", "q", "record", "role", "round", "rule", "show", "sort", "state", "table",
    "text", "verb", "whose", "words", "workstream",
)  # fmt: skip
NAMED_DAYS = ("on", "since", "until")
FIELDS = (
    "act", "again", "agreed_on", "amendment", "audience", "based_on", "batch", "cell_size", "cleared_by",
    "closes_on_day", "closes_on_month", "closes_on_year", "comment", "current", "department", "disclosure",
    "dismiss", "email", "embargo", "employer", "ends_on_day", "ends_on_month", "ends_on_year", "file",
    "from_date_day", "from_date_month", "from_date_year", "guest", "handling", "heading-0", "here", "issue", "lead",
    "letter", "level-0", "mark", "name", "note", "office", "offices", "paragraphs", "password", "people",
    "permissions", "person", "question", "quorum", "reason", "role", "rule", "serial", "starts_on_day",
    "starts_on_month", "starts_on_year", "text", "text-0", "threshold", "title", "version", "visibility", "whom",
    "whose_view", "word", "words",
    "aim", "begins_day", "begins_month", "begins_year", "day_day", "day_month", "day_year", "due_day", "due_month",
    "due_year", "evidence", "of_issue", "on_day", "on_month", "on_year", "owner", "place", "priority", "record",
    "relation", "remind_days", "state", "what", "why", "workstream",
)  # fmt: skip
VALUES = ("\x00", "9" * 5000, "x" * 10_000, "-1", "up-" + "9" * 5000, "a:" + "9" * 5000)


def who(address: Address) -> str:
    """Somebody who gets far: whoever may send or look, the secretariat's head first."""
    may = (address.send or frozenset()) | address.may
    return next((part for part in ("head", *PARTS) if part in may), "stranger")


def queries() -> list[Mapping[str, str]]:
    found: list[Mapping[str, str]] = []
    for names, values in ((NAMED_NUMBERS, NUMBERS), (NAMED_TEXTS, TEXTS), (NAMED_DAYS, DAYS)):
        found += [dict.fromkeys(names, value) for value in sorted(values)]
    return found


class AskedQuery(QueryDict):
    """A query that keeps whether a page asked it for anything; the product's own look for NUL lists it and asks not."""

    asked = False

    def __getitem__(self, name: str) -> Any:
        AskedQuery.asked = True
        return super().__getitem__(name)

    def __contains__(self, name: object) -> bool:
        AskedQuery.asked = True
        return super().__contains__(name)

    def getlist(self, *args: Any) -> Any:
        AskedQuery.asked = True
        return super().getlist(*args)

    def copy(self) -> Any:
        AskedQuery.asked = True
        return super().copy()


def ask(world: World, address: Address, query: Mapping[str, str]) -> Any:
    path = world.url(address).partition("?")[0]
    return world.client(who(address)).get(f"{path}?{urlencode(query)}")


@pytest.fixture(scope="module")
def asking(world: World) -> list[Address]:
    """The addresses that ask their query for anything: no query can break the others."""
    found = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WSGIRequest, "GET", property(lambda _request: AskedQuery("")))
        for address in ADDRESSES:
            if "GET" in address.methods:
                AskedQuery.asked = False
                with undone():
                    ask(world, address, {})
                found += [address] if AskedQuery.asked else []
    return found


def broken(world: World, address: Address, response: Any) -> str:
    """What broke, in the words of a developer; nothing where an answer came."""
    said = response.content.decode(errors="replace") if not response.streaming else ""
    bare = response.status_code == 400 and "<html" not in said
    if response.status_code < 500 and not bare:
        return ""
    kind = response.exc_info[1] if getattr(response, "exc_info", None) else said[:60]
    return f"{address.label}: {response.status_code} {kind!r}"


@pytest.mark.parametrize(
    "query", queries(), ids=lambda query: f"{next(iter(query))}={next(iter(query.values()))[:12]!r}"
)
def test_an_address_with_a_hostile_query(world: World, asking: list[Address], query: Mapping[str, str]) -> None:
    found = []
    for address in asking:
        with undone():
            found.append(broken(world, address, ask(world, address, query)))
    assert not any(found), "\n".join(filter(None, found))


@pytest.mark.parametrize("value", VALUES, ids=lambda value: repr(value[:12]))
def test_a_form_full_of_hostile_values(world: World, value: str) -> None:
    found = []
    for address in ADDRESSES:
        if "POST" in address.methods:
            with undone():
                client = world.client(who(address))
                found.append(broken(world, address, client.post(world.url(address), dict.fromkeys(FIELDS, value))))
                right = dict(address.body(world))
                extra = {name: value for name in FIELDS if name not in right}
                found.append(broken(world, address, client.post(world.url(address), extra | right)))
    assert not any(found), "\n".join(filter(None, found))
