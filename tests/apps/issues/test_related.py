"""What is related to an issue: by which chain, to whom it is told, and what people make of it."""

from typing import Any

import pytest

from folkmoot.apps.access.audience import Audience
from folkmoot.apps.access.gate import Conflict, Invalid, Refused
from folkmoot.apps.issues import actions
from folkmoot.apps.issues.models import Dismissal, Issue
from folkmoot.apps.issues.queries.related import Suggestion, suggested
from folkmoot.apps.members.models import Kind, Membership, Organization, OrganizationName, Person, Post, Succession
from folkmoot.apps.positions.models import Ask
from tests.cast import MOMENT, Cast
from tests.issues_world import begin
from tests.positions_world import circulate, close, draft

BODY, POSITION = "members.organization", "positions.position"
DEPARTMENTS = {"paths": "Department of Paths", "work": "Department of Work", "treasury": "Treasury of the Realm"}


def department(key: str) -> Organization:
    return Organization.objects.create(key=key, kind=Kind.DEPARTMENT, name=DEPARTMENTS.get(key, key), invented=True)


def join(cast: Cast, issue: Issue, table: str, key: str, why: str = "It matters.") -> None:
    actions.link(cast.actor("officer"), issue=issue, table=table, key=key, why=why)


def told(cast: Cast, issue: Issue, part: str = "officer") -> dict[str, Suggestion]:
    return {each.title: each for each in suggested(cast.actor(part), issue).offered}


@pytest.mark.requirement("B4")
def test_an_issue_that_touches_three_departments_shows_all_three(network: Cast) -> None:
    for key in DEPARTMENTS:
        department(key)
    OrganizationName.objects.create(
        key="work-before", organization=Organization.objects.get(key="work"), name="Ministry of Labour"
    )
    issue, position = begin(network, "Wages for drivers"), draft(network)
    text = position.versions.get().clause_texts.first()
    for name in ("Department of Paths", "Ministry of Labour", "Treasury of the Realm"):
        Ask.objects.create(
            clause_text=text, words="Pay them.", department=name, drawn_by=network.officer, drawn_at=MOMENT
        )
    join(network, issue, POSITION, position.key, "Its draft.")

    found = told(network, issue)

    assert found.keys() >= set(DEPARTMENTS.values())
    assert found["Department of Work"].why == (
        "Bus franchising: Its draft.",
        "Department of Work: The position asks Ministry of Labour for something.",
    )


def test_issues_that_share_a_department_are_related_over_its_change_of_name(network: Cast) -> None:
    old, new = department("towns"), department("homes")
    Succession.objects.create(key="towns-homes", predecessor=old, successor=new, change="renamed")
    one, other = begin(network, "Planning rules"), begin(network, "Homes by stations")
    join(network, one, BODY, "towns")
    join(network, other, BODY, "homes", "It builds.")

    found = told(network, one)

    assert found["Homes by stations"].why == (
        "towns: It matters.",
        "homes: towns became homes.",
        "Homes by stations: It builds.",
    )
    assert "homes" in found


def test_who_holds_a_post_there_today_is_suggested_and_who_held_it_is_not(network: Cast) -> None:
    body = department("paths")
    post = Post.objects.create(key="minister", organization=body, kind="minister", label="Minister", invented=True)
    for key, begins, ends in (("ada", "2020-01-01", "2023-12-31"), ("ben", "2024-01-01", "")):
        person = Person.objects.create(key=key, name=key, invented=True)
        Membership.objects.create(
            key=f"{key}-minister", person=person, post=post, valid_from=begins, valid_to=ends, current=not ends
        )
    issue = begin(network)
    join(network, issue, BODY, "paths")

    found = told(network, issue)

    assert "ben" in found
    assert "ada" not in found


def test_a_record_that_the_reader_may_not_see_joins_nothing_for_them(network: Cast) -> None:
    department("paths")
    one, other = begin(network, "Buses"), begin(network, "Trams")
    position = draft(network)  # the secretariat's until it is circulated
    join(network, one, POSITION, position.key)
    join(network, other, POSITION, position.key)

    assert "Trams" in told(network, one)
    assert told(network, one, "mayor") == {}


def test_an_issue_that_the_reader_may_not_see_is_neither_told_nor_counted(network: Cast) -> None:
    department("paths")
    one = begin(network, "Buses")
    hidden = [begin(network, f"Secret {n}", audience=Audience.SECRETARIAT) for n in range(8)]
    seen = begin(network, "Trams")
    for issue in (one, seen, *hidden):
        join(network, issue, BODY, "paths")

    assert told(network, one) == {}
    assert told(network, one, "mayor").keys() == {"Trams"}


def test_a_suggestion_is_taken_with_its_chain_as_the_why(network: Cast) -> None:
    department("paths")
    one, other = begin(network, "Buses"), begin(network, "Trams")
    for issue in (one, other):
        join(network, issue, BODY, "paths", "It pays.")
    value = told(network, one)["Trams"].value

    made = actions.take_suggestion(network.actor("officer"), issue=one, value=value)

    assert made.why == "Department of Paths: It pays. Trams: It pays."
    assert "Trams" not in told(network, one)


def test_what_is_set_aside_is_gone_for_all_until_it_is_looked_at_again(network: Cast) -> None:
    department("paths")
    one, other = begin(network, "Buses"), begin(network, "Trams")
    for issue in (one, other):
        join(network, issue, BODY, "paths")
    value = told(network, one)["Trams"].value

    actions.set_suggestion_aside(network.actor("deputy"), issue=one, value=value)

    assert "Trams" not in told(network, one, "mayor")
    assert [each.title for each in suggested(network.actor("officer"), one).set_aside] == ["Trams"]
    actions.restore_suggestion(network.actor("officer"), issue=one, value=value)
    assert "Trams" in told(network, one)
    assert not Dismissal.objects.exists()


@pytest.mark.parametrize("value", ["", "members.organization", "members.organization nowhere", "x" * 400])
def test_what_was_never_suggested_is_not_taken(network: Cast, value: str) -> None:
    issue = begin(network)

    for action in (actions.take_suggestion, actions.set_suggestion_aside, actions.restore_suggestion):
        with pytest.raises((Invalid, Conflict), match="no longer suggested"):
            action(network.actor("officer"), issue=issue, value=value)


@pytest.mark.parametrize("part", ["mayor", "member_officer", "administrator", "guest"])
def test_only_the_secretariat_takes_and_sets_aside(network: Cast, part: str) -> None:
    issue = begin(network)

    for action in (actions.take_suggestion, actions.set_suggestion_aside, actions.restore_suggestion):
        with pytest.raises(Refused):
            action(network.actor(part), issue=issue, value="")


def test_what_is_related_costs_as_many_queries_however_much_there_is(
    network: Cast, django_assert_num_queries: Any
) -> None:
    department("paths")
    issues = [begin(network, f"Issue {n}") for n in range(6)]
    for issue in issues:
        join(network, issue, BODY, "paths")
    position = draft(network)
    close(network, circulate(network, position))
    join(network, issues[0], POSITION, position.key)

    with django_assert_num_queries(18):
        suggested(network.actor("officer"), issues[0])
