"""What an issue is linked to: found by words, shown with its why, to whoever may see both."""

from collections.abc import Callable
from typing import Any

import pytest

from folkmoot.apps.access.audience import Audience
from folkmoot.apps.access.gate import Conflict, Invalid, Refused
from folkmoot.apps.access.models import AuditEntry
from folkmoot.apps.issues import actions
from folkmoot.apps.issues.linkables import Group, linkables
from folkmoot.apps.issues.models import Issue, IssueLink
from folkmoot.apps.issues.queries.links import candidates
from folkmoot.apps.issues.queries.page import link_on, links_for
from folkmoot.apps.issues.timeline import timeline
from folkmoot.apps.mail.actions import queue
from folkmoot.apps.mail.tray import add_by_hand
from folkmoot.apps.members.models import Kind, Organization, OrganizationName
from tests.cast import Cast
from tests.issues_world import begin
from tests.positions_world import circulate, draft

BODY = "members.organization"


def join(cast: Cast, issue: Issue, table: str, key: str, why: str = "It matters.", **more: Any) -> IssueLink:
    return actions.link(cast.actor("officer"), issue=issue, table=table, key=key, why=why, **more)


def shown(cast: Cast, issue: Issue, part: str) -> list[tuple[str, str, Group]]:
    """What a part of the cast sees linked: title, why, and where it stands."""
    return [(each.title, each.link.why, each.group) for each in links_for(cast.actor(part), issue)]


def test_each_link_stands_with_its_why_under_its_heading(network: Cast) -> None:
    issue = begin(network)
    Organization.objects.create(key="dpt", kind=Kind.DEPARTMENT, name="Department of Paths", invented=True)
    join(network, issue, BODY, "aldermere", "It leads.", relation="leads")
    join(network, issue, BODY, "dpt", "It pays.")
    join(network, issue, "members.person", "gwen-tarrant", "She asked.")
    join(network, issue, "members.post", "aldermere-mayor", "Whoever holds it.")
    position = draft(network)
    join(network, issue, "positions.position", position.key, "We say so there.")

    assert shown(network, issue, "coordinator") == [
        ("Aldermere", "It leads.", Group.PLACES),
        ("Department of Paths", "It pays.", Group.BODIES),
        ("Gwen Tarrant", "She asked.", Group.PEOPLE),
        ("Mayor, Aldermere", "Whoever holds it.", Group.PEOPLE),
        (position.title, "We say so there.", Group.WORK),
    ]


def test_a_link_shows_only_to_those_who_may_see_the_record(network: Cast) -> None:
    issue, position = begin(network), draft(network)
    link = join(network, issue, "positions.position", position.key)
    mail = queue(network.actor("officer"), to=("Gwen Tarrant", "gwen@folkmoot.invalid"), subject="Dates", body="…")
    join(network, issue, "mail.outboxmessage", mail.key)

    before = shown(network, issue, "mayor")
    circulate(network, position, keys=["aldermere"])

    assert before == []
    assert [title for title, _, _ in shown(network, issue, "mayor")] == [position.title]
    assert shown(network, issue, "other_mayor") == []
    assert [title for title, _, _ in shown(network, issue, "head")] == [position.title, "Dates, to Gwen Tarrant"]
    assert link_on(network.actor("other_mayor"), issue, link.key) is None


def test_a_mail_that_came_in_is_the_secretariats_on_the_time_line_too(network: Cast) -> None:
    raw = b"From: Gwen Tarrant <gwen@folkmoot.invalid>\r\nSubject: Marigold dates\r\n\r\nWe are content.\r\n"
    mail, _ = add_by_hand(network.actor("coordinator"), name="mail.eml", data=raw)
    issue = begin(network)

    [(_, [hit])] = candidates(network.actor("head"), issue, "marigold", table="mail.inboxmessage")
    join(network, issue, hit.table, hit.key, "She answers.")

    title = "Marigold dates from Gwen Tarrant"
    assert [each for each, _, _ in shown(network, issue, "head")] == [title] == [hit.title]
    assert (mail.key, title) in {(e.key, e.title) for e in timeline(network.actor("head"), issue)}
    assert shown(network, issue, "mayor") == []
    assert title not in {entry.title for entry in timeline(network.actor("mayor"), issue)}
    assert candidates(network.actor("mayor"), issue, "marigold") == []


def test_an_issue_that_names_another_stands_on_its_page_too_and_says_so(network: Cast) -> None:
    first, second = begin(network, "First"), begin(network, "Second", audience=Audience.SECRETARIAT)
    join(network, second, "issues.issue", first.key, "One ticket.", relation="waits-for")

    [other] = links_for(network.actor("head"), first)
    [own] = links_for(network.actor("head"), second)

    assert (other.title, other.relation, other.other_way) == ("Second", "It waits for this issue", True)
    assert (own.title, own.relation, own.other_way) == ("First", "The issue waits for it", False)
    assert links_for(network.actor("mayor"), first) == []


def test_two_issues_that_name_each_other_stand_once(network: Cast) -> None:
    first, second = begin(network, "First"), begin(network, "Second")
    join(network, first, "issues.issue", second.key)
    join(network, second, "issues.issue", first.key)

    assert [each.title for each in links_for(network.actor("head"), first)] == ["Second"]


def test_a_link_is_taken_off_and_made_again(network: Cast) -> None:
    issue = begin(network)
    link = join(network, issue, BODY, "aldermere", "For one reason.")

    actions.unlink(network.actor("coordinator"), link=link)
    join(network, issue, BODY, "aldermere", "For another.")

    assert [why for _, why, _ in shown(network, issue, "head")] == ["For another."]
    assert AuditEntry.objects.filter(verb="issue.unlinked", record_id=issue.pk).exists()


BAD: dict[str, tuple[Callable[[Cast, Issue], Any], type[Exception], str]] = {
    "no why": (lambda c, i: join(c, i, BODY, "aldermere", " "), Invalid, "why it belongs"),
    "a why that is too long": (lambda c, i: join(c, i, BODY, "aldermere", "x" * 301), Invalid, "at most 300"),
    "nothing by this key": (lambda c, i: join(c, i, BODY, "nowhere"), Invalid, "no such record"),
    "a table of which no room told": (lambda c, i: join(c, i, "access.account", "x"), Invalid, "no such record"),
    "itself": (lambda c, i: join(c, i, "issues.issue", i.key), Invalid, "linked to itself"),
    "a relation that is none": (
        lambda c, i: join(c, i, BODY, "aldermere", relation="owns"),
        Invalid,
        "no such relation",
    ),
    "twice": (lambda c, i: [join(c, i, BODY, "aldermere") for _ in range(2)], Conflict, "already"),
    "by an office": (
        lambda c, i: actions.link(c.actor("mayor"), issue=i, table=BODY, key="aldermere", why="Ours."),
        Refused,
        "Your role does not allow this",
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_what_cannot_be_linked_is_refused_in_a_sentence(network: Cast, case: str) -> None:
    act, kind, words = BAD[case]
    with pytest.raises(kind, match=words):
        act(network, begin(network))


def test_nobody_links_what_they_may_not_see(network: Cast) -> None:
    hidden = begin(network, "Hidden")
    actions.set_readers(network.actor("head"), issue=hidden, audience=Audience.PRIVATE)

    with pytest.raises(Invalid, match="no such record that you may see"):
        join(network, begin(network), "issues.issue", hidden.key)
    assert candidates(network.actor("officer"), begin(network, "Other"), "Hidden") == []


def test_records_are_found_by_words_without_what_is_linked_already(network: Cast) -> None:
    issue, position = begin(network), draft(network, title="Aldermere’s depots")
    organization = Organization.objects.get(key="aldermere")
    OrganizationName.objects.create(key="old", organization=organization, name="Elder Mere", valid_to="2021-01-01")
    head = network.actor("head")

    def found(words: str, **more: str) -> set[tuple[str, str]]:
        return {(each.table, each.title) for _, rows in candidates(head, issue, words, **more) for each in rows}

    assert {(BODY, "Aldermere"), ("members.post", "Mayor, Aldermere")} < found("aldermere")
    assert found("aldermere", table="positions.position") == {("positions.position", "Aldermere’s depots")}
    assert found("elder mere") == {(BODY, "Aldermere")}
    join(network, issue, "positions.position", position.key)
    assert found("depots") == set()
    assert found("Buses") == set()


def test_of_every_kind_a_few_are_shown_and_of_one_kind_more(network: Cast) -> None:
    issue, head = begin(network), network.actor("head")
    for number in range(11):
        queue(network.actor("officer"), to=(f"Person {number}", "p@folkmoot.invalid"), subject="Depots", body="…")
    draft(network, title="Depots")

    every = {label: len(rows) for label, rows in candidates(head, issue, "depots")}
    one = {label: len(rows) for label, rows in candidates(head, issue, "depots", table="mail.outboxmessage")}

    assert every == {"Mail that was sent": 8, "Position": 1}
    assert one == {"Mail that was sent": 11}


@pytest.mark.parametrize("part", ["guest", "administrator", "stranger"])
def test_those_outside_the_network_find_no_work_to_link(network: Cast, part: str) -> None:
    begin(network)
    draft(network)
    queue(network.actor("officer"), to=("Gwen Tarrant", "gwen@folkmoot.invalid"), subject="Dates", body="…")
    actor = network.actor(part)

    found = {kind.table: kind.find(actor, "") for kind in linkables()}

    register = {"members.organization", "members.person", "members.post"}
    assert {table for table, rows in found.items() if rows} == (register if part == "administrator" else set())
