"""The pages of the register: who may read them, and what they say."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.apps.members.conftest import Network

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped")]

PAGES = (
    "/members/",
    "/members/sheet/",
    "/members/authorities/west-midlands/",
    "/members/authorities/council-hackney/",
    "/members/departments/",
    "/members/departments/sheet/",
    "/members/departments/body/ddcms/",
    "/members/structure/",
    "/members/structure/sheet/",
    "/members/people/",
    "/members/people/sheet/",
    "/members/people/person/andy-street/",
    "/members/calendar/",
    "/members/calendar/sheet/",
    "/members/powers/",
    "/members/powers/sheet/",
    "/members/corrections/",
)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("part", ["mayor", "member_officer", "administrator", "coordinator"])
def test_whoever_is_of_the_network_may_read_the_register(sign_in_as: Any, part: str, page: str) -> None:
    assert sign_in_as(part).get(page).status_code == 200
    assert sign_in_as("stranger").get(page).status_code == 302
    assert sign_in_as("guest").get(page).status_code == 404


@pytest.mark.parametrize("on", ["1900-01-01", "2024-05-03", "2030-01-01"])
@pytest.mark.parametrize("page", [page for page in PAGES if "sheet" not in page])
def test_every_page_answers_for_any_day(sign_in_as: Any, page: str, on: str) -> None:
    assert sign_in_as("coordinator").get(page, {"on": on}).status_code == 200


@pytest.mark.parametrize("on", ["soon", "2026-02-30", "2026", "99999-01-01"])
def test_a_day_that_is_none_is_told_in_a_sentence(sign_in_as: Any, on: str) -> None:
    answer = sign_in_as("member_officer").get("/members/structure/", {"on": on})
    assert answer.status_code == 400
    assert f"“{on}” is not a day. Write one such as 2026-11-25" in answer.content.decode()


@pytest.mark.parametrize(
    "page",
    [
        "/members/authorities/nowhere/",
        "/members/authorities/hmt/",
        "/members/departments/body/london/",
        "/members/people/person/nobody/",
        "/members/facts/nothing/correct/london/",
        "/members/terms/end/a/b/",
    ],
)
def test_what_is_not_there_is_not_found(sign_in_as: Any, page: str) -> None:
    assert sign_in_as("coordinator").get(page).status_code == 404


@pytest.mark.requirement("A10")
def test_the_page_of_an_authority_shows_the_mayor_of_the_day(sign_in_as: Any) -> None:
    client = sign_in_as("member_officer")
    then = client.get("/members/authorities/west-midlands/", {"on": "2022-01-01"}).content.decode()
    strip = then[then.index("fm-facts") : then.index("fm-columns")]
    assert "Andy Street" in strip
    assert "Conservative" in strip
    now = client.get("/members/authorities/west-midlands/").content.decode()
    assert "Richard Parker" in now[now.index("fm-facts") : now.index("fm-columns")]


@pytest.mark.requirement("A31")
def test_the_structure_page_shows_a_day_with_what_came_before(sign_in_as: Any) -> None:
    page = sign_in_as("member_officer").get("/members/structure/", {"on": "2020-01-01"}).content.decode()
    assert "The structure on 1 January 2020" in page
    assert "Sheffield City Region Combined Authority" in page
    assert "Department for Communities and Local Government" in page  # what the ministry of that day came from
    assert "Department for Business and Trade" in page  # what the department of that day became
    assert "Department for Business, Innovation, Science and Trade" not in page


@pytest.mark.requirement("A30")
def test_facts_show_source_date_and_cautions(sign_in_as: Any) -> None:
    page = sign_in_as("member_officer").get("/members/authorities/east-midlands/").content.decode()
    assert "As of 15 September 2026" in page
    assert "the move to the established tier on 2026-07-31 rests on one source" in page
    assert "Not confirmed" in page
    assert "Past its check date" in page  # the list of its councils is of July 2025


def test_the_chain_of_a_department_runs_both_ways(sign_in_as: Any) -> None:
    page = sign_in_as("member_officer").get("/members/departments/body/mhclg-2018/").content.decode()
    chain = page[page.index("fm-chain") : page.index("</ol>", page.index("fm-chain"))]
    names = ["Office of the Deputy Prime Minister", "Communities and Local Government", "Levelling Up"]
    places = [chain.index(name) for name in names]
    assert places == sorted(places)
    assert chain.count("<li") == 5


def test_members_stand_first_and_both_worlds_are_marked(sign_in_as: Any, network: Network) -> None:
    page = sign_in_as("member_officer").get("/members/").content.decode()
    assert page.index("Aldermere Combined Authority") < page.index("Greater London Authority")
    assert "Invented" in page
    assert "Real" in page
    only = sign_in_as("member_officer").get("/members/", {"show": "members"}).content.decode()
    assert "Greater London Authority" not in only


def test_lists_filter_and_sort(sign_in_as: Any) -> None:
    client = sign_in_as("member_officer")

    def keys(**query: str) -> list[str]:
        rows = client.get("/members/sheet/", query).content.decode("utf-8-sig").splitlines()[1:]
        return [row.split(",")[0] for row in rows]

    assert keys(text="houchen") == ["tees-valley"]
    assert keys(party="Reform UK", sort="name") == ["greater-lincolnshire", "hull-and-east-yorkshire"]
    assert keys(party="Reform UK", sort="-name") == ["hull-and-east-yorkshire", "greater-lincolnshire"]
    assert keys(show="members") == []
    assert "council-watford" not in keys(show="councils")
    assert "council-bedford" in keys(show="councils")


def test_the_calendar_is_that_of_england_unless_asked_otherwise(sign_in_as: Any) -> None:
    client = sign_in_as("member_officer")
    own = client.get("/members/calendar/", {"text": "Andrew"}).content.decode()
    everywhere = client.get("/members/calendar/", {"text": "Andrew", "scope": "everywhere"}).content.decode()
    assert "Nothing fits." in own
    assert "30 November 2026" in everywhere
    assert "England and Wales" in client.get("/members/calendar/", {"when": "past"}).content.decode()


def test_sheets_carry_source_date_and_cautions(sign_in_as: Any) -> None:
    for page in [page for page in PAGES if "sheet" in page]:
        answer = sign_in_as("member_officer").get(page)
        assert answer["Content-Type"].startswith("text/csv")
        assert "2026-11-25.csv" in answer["Content-Disposition"]
        header, first, *_ = answer.content.decode("utf-8-sig").splitlines()
        assert header.endswith("source,as_of,cautions")
        assert first


def test_an_empty_list_says_what_to_do(sign_in_as: Any) -> None:
    page = sign_in_as("member_officer").get("/members/", {"text": "no such place"}).content.decode()
    assert "No authority fits. Clear the filter or choose another day." in page


# Beside what every page takes (who asks, and the frame around the page):
BODIES = 8  # mayors, members, bodies, names, tiers, links from, their bodies, links to
QUERIES = {
    "/members/": BODIES + 1,  # and those that are planned
    # The body with its five lists; terms, councils, elections, officers, what it is part of, powers, corrections
    "/members/authorities/west-midlands/": 6 + 7,
    "/members/departments/": BODIES + 1,  # and the bodies of the links to
    # The body, its names, the chain, its units, its people, corrections
    "/members/departments/body/ddcms/": 6,
    "/members/structure/": BODIES + 1,
    "/members/people/": 2,  # how many, and one page
    "/members/calendar/": 3,  # kinds and scopes, how many, one page
    "/members/powers/": 1,
}


@pytest.mark.parametrize(("page", "count"), QUERIES.items())
def test_a_page_takes_as_many_queries_as_are_written_here(
    sign_in_as: Any, django_assert_num_queries: Any, page: str, count: int
) -> None:
    client = sign_in_as("member_officer")
    with CaptureQueriesContext(connection) as frame:
        client.get(reverse("help"))
    with django_assert_num_queries(len(frame) + count):
        client.get(page)
