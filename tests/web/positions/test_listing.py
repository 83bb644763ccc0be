"""The list of positions: what each reader finds in it, in which order, and what leaves as CSV."""

from typing import Any

from django.test import Client

from folkmoot.apps.access.audience import Handling
from folkmoot.apps.access.models import AuditEntry
from folkmoot.apps.positions import actions
from tests.cast import Cast
from tests.positions_world import answer, circulate, draft


def titles(client: Client, query: str = "") -> list[str]:
    response = client.get(f"/positions/{query}")
    assert response.status_code == 200
    return [row.position.title for row in response.context["rows"]] if response.context else _titles_in(response)


def _titles_in(response: Any) -> list[str]:
    text = response.content.decode()
    return [part.split("</a>")[0].split(">")[-1] for part in text.split('class="govuk-link fm-strong"')[1:]]


def test_the_first_person_is_told_what_to_do_first(network: Cast, sign_in_as: Any) -> None:
    assert "Begin the first position" in sign_in_as("officer").get("/positions/").content.decode()
    office = sign_in_as("mayor").get("/positions/").content.decode()
    assert "No position has been sent to your office yet" in office
    assert "Begin the first position" not in office


def test_the_secretariat_finds_how_many_offices_answered(network: Cast, sign_in_as: Any) -> None:
    circulation = circulate(network, draft(network))
    answer(network, circulation, "harrowmoor", {0: "support"})

    assert "1 of 3" in sign_in_as("coordinator").get("/positions/").content.decode()
    assert "1 of 3" not in sign_in_as("mayor").get("/positions/").content.decode()


def test_an_office_finds_first_what_it_still_owes(network: Cast, sign_in_as: Any) -> None:
    owed = draft(network, title="Owed")
    answered = draft(network, title="Answered")
    circulate(network, owed)
    answer(network, circulate(network, answered), "harrowmoor", {0: "support"})

    page = sign_in_as("other_officer").get("/positions/").content.decode()

    assert page.index("Owed") < page.index("Answered")
    assert "Due Fri 4 Dec 2026" in page
    assert "Submitted" in page


def test_nobody_finds_a_position_that_is_not_theirs(network: Cast, sign_in_as: Any) -> None:
    draft(network, title="Secret plans")
    circulate(network, draft(network, title="For two"), keys=["aldermere", "harrowmoor"])

    found = {part: titles(sign_in_as(part)) for part in ("officer", "mayor", "third_officer", "guest", "administrator")}

    assert found == {
        "officer": ["For two", "Secret plans"],
        "mayor": ["For two"],
        "third_officer": [],
        "guest": [],
        "administrator": [],
    }


def test_the_list_is_narrowed_and_sorted(network: Cast, sign_in_as: Any) -> None:
    draft(network, title="Adult skills", by="deputy")
    circulate(network, draft(network, title="Bus franchising"))
    client = sign_in_as("officer")

    assert titles(client, "?state=circulating") == ["Bus franchising"]
    assert titles(client, "?q=SKILLS") == ["Adult skills"]
    assert titles(client, "?mine=yes") == ["Bus franchising"]
    assert titles(client, "?sort=title") == ["Adult skills", "Bus franchising"]
    assert titles(client, "?sort=-title") == ["Bus franchising", "Adult skills"]
    assert titles(client, "?sort=closes") == ["Bus franchising", "Adult skills"]
    assert "No position matches" in client.get("/positions/?q=nothing").content.decode()


def test_fifty_stand_on_a_page(network: Cast, sign_in_as: Any) -> None:
    officer = network.actor("officer")
    for number in range(53):
        actions.create_position(officer, title=f"Matter {number:02}")
    client = sign_in_as("officer")

    assert len(titles(client)) == 50
    assert len(titles(client, "?page=2")) == 3


def test_the_csv_holds_what_the_page_shows_and_bears_the_highest_mark(network: Cast, sign_in_as: Any) -> None:
    circulate(network, draft(network, title="=HYPERLINK(1)"))
    draft(network, title="Talks", handling=Handling.OFFICIAL_SENSITIVE)

    response = sign_in_as("officer").get("/positions/export")
    office = sign_in_as("mayor").get("/positions/export").content.decode("utf-8-sig")

    text = response.content.decode("utf-8-sig")
    assert response.headers["Content-Disposition"] == 'attachment; filename="positions.csv"'
    assert text.startswith("OFFICIAL-SENSITIVE")
    assert "'=HYPERLINK(1)" in text and "\n=HYPERLINK" not in text
    assert office.startswith("OFFICIAL\r\n") and "Talks" not in office and "Not begun" in office
    assert AuditEntry.objects.filter(verb="read.export").count() == 1


def test_a_longer_list_asks_no_more(network: Cast, sign_in_as: Any, django_assert_num_queries: Any) -> None:
    for title in ("One", "Two", "Three"):
        circulate(network, draft(network, title=title))
    client = sign_in_as("officer")

    # Session, account, delegations, the network’s name; the count and the rows; versions, rounds, counts of answers.
    with django_assert_num_queries(9):
        client.get("/positions/")
