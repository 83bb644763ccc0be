"""Issues: begun, changed, moved on, and seen by those who may see them."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from folkmoot.apps.access.audience import Audience, Handling
from folkmoot.apps.access.gate import Conflict, Invalid, Refused
from folkmoot.apps.access.models import AuditEntry
from folkmoot.apps.issues import actions
from folkmoot.apps.issues.holding import holdings
from folkmoot.apps.issues.models import Issue, IssueState, Priority, Workstream
from folkmoot.apps.issues.queries.listing import Wanted, issues, issues_lacking, workstreams
from tests.cast import EVERYBODY, TODAY, Cast
from tests.issues_world import begin, give

NETWORK = {"head", "deputy", "officer", "coordinator", "mayor", "chief_executive", "member_officer"} | {
    "other_mayor",
    "other_officer",
    "third_officer",
}
SECRETARIAT = {"head", "deputy", "officer", "coordinator"}


def readers(cast: Cast, issue: Issue) -> set[str]:
    """Who of the cast sees an issue."""
    return {part for part in EVERYBODY if Issue.objects.visible_to(cast.actor(part)).contains(issue)}


def test_an_issue_is_the_secretariats_until_somebody_shares_it(network: Cast) -> None:
    issue = begin(network, audience=Audience.SECRETARIAT)
    officer = network.actor("officer")

    assert readers(network, issue) == SECRETARIAT
    actions.set_readers(officer, issue=issue, audience=Audience.NETWORK)
    assert readers(network, issue) == NETWORK
    actions.set_readers(officer, issue=issue, audience=Audience.NAMED, offices=["harrowmoor"], people=[network.guest])
    assert readers(network, issue) == SECRETARIAT | {"other_mayor", "other_officer", "guest"}
    actions.set_readers(officer, issue=issue, audience=Audience.PRIVATE, people=[network.deputy])
    assert readers(network, issue) == {"officer", "deputy"}
    actions.set_readers(officer, issue=issue, audience=Audience.SECRETARIAT)
    assert readers(network, issue) == SECRETARIAT


def test_whoever_came_by_a_personal_link_sees_no_issue(network: Cast) -> None:
    issue = begin(network)
    confined = network.actor("mayor", confined="circulation:1")

    assert not Issue.objects.visible_to(confined).exists()
    assert not Workstream.objects.visible_to(confined).exists()
    assert Issue.objects.visible_to(network.actor("mayor")).contains(issue)


def test_an_issue_is_moved_on_with_its_why_and_moved_back(network: Cast) -> None:
    issue = begin(network)
    head = network.actor("head")

    actions.set_state(head, issue=issue, state="settled", why="The bill was\n passed.")
    settled = (issue.state, issue.state_why)
    actions.set_state(head, issue=issue, state="active", why="It was amended.")

    assert settled == ("settled", "The bill was passed.")
    assert list(issue.state_changes.values_list("state", "why")) == [
        ("active", ""),
        ("settled", "The bill was passed."),
        ("active", "It was amended."),
    ]
    assert AuditEntry.objects.filter(verb="issue.state-set", record="issues.issue", record_id=issue.pk).count() == 2


def test_what_comes_next_is_a_day_and_a_what_or_nothing(network: Cast) -> None:
    issue, officer = begin(network), network.actor("officer")

    actions.set_next(officer, issue=issue, on=date(2026, 12, 3), what="The officers meet")
    assert (issue.next_on, issue.next_what) == (date(2026, 12, 3), "The officers meet")
    actions.set_next(officer, issue=issue, on=None, what=" ")
    assert (issue.next_on, issue.next_what) == (None, "")


def test_a_mark_goes_to_the_actions_of_an_issue_and_stays_there(network: Cast) -> None:
    issue = begin(network)
    before = give(network, issue)
    front: dict[str, Any] = {"title": "Buses", "aim": "Known.", "workstream": None, "priority": None, "lead": None}

    actions.change_issue(network.actor("head"), issue=issue, handling=Handling.OFFICIAL_SENSITIVE, **front)
    after = give(network, issue)
    actions.change_issue(network.actor("head"), issue=issue, handling=Handling.OFFICIAL, **front)

    before.refresh_from_db()
    after.refresh_from_db()
    assert before.is_sensitive and after.is_sensitive and not issue.is_sensitive


BAD: dict[str, tuple[Callable[[Cast, Issue], Any], type[Exception], str]] = {
    "no title": (lambda c, i: begin(c, " "), Invalid, "Give the issue a title."),
    "no aim": (lambda c, i: begin(c, aim=""), Invalid, "one sentence what would be reached"),
    "a title that is too long": (lambda c, i: begin(c, "x" * 161), Invalid, "at most 160 characters"),
    "a lead of an office": (lambda c, i: begin(c, lead=c.mayor), Invalid, "Choose somebody of the secretariat"),
    "a mark that is none": (lambda c, i: begin(c, handling="SECRET"), Invalid, "no such handling mark"),
    "begun for everyone": (lambda c, i: begin(c, audience="public"), Invalid, "Begin it for the secretariat"),
    "a state that is none": (lambda c, i: begin(c, state="lost"), Invalid, "There is no such state"),
    "a mayor begins one": (
        lambda c, i: actions.begin_issue(c.actor("mayor"), title="Ours", aim="Ours."),
        Refused,
        "Your role does not allow this",
    ),
    "an unknown next state": (
        lambda c, i: actions.set_state(c.actor("head"), issue=i, state="gone", why="So."),
        Invalid,
        "There is no such state",
    ),
    "a state without a why": (
        lambda c, i: actions.set_state(c.actor("head"), issue=i, state="closed", why=""),
        Invalid,
        "Say why in one sentence",
    ),
    "the state that it has": (
        lambda c, i: actions.set_state(c.actor("head"), issue=i, state="active", why="Again."),
        Conflict,
        "in this state already",
    ),
    "a next day without a what": (
        lambda c, i: actions.set_next(c.actor("head"), issue=i, on=TODAY, what=""),
        Invalid,
        "Give both",
    ),
    "named offices without an office": (
        lambda c, i: actions.set_readers(c.actor("head"), issue=i, audience="named"),
        Invalid,
        "Choose at least one office",
    ),
    "readers that are none": (
        lambda c, i: actions.set_readers(c.actor("head"), issue=i, audience="public"),
        Invalid,
        "Choose who may see the issue",
    ),
    "an empty note": (
        lambda c, i: actions.write_note(c.actor("head"), issue=i, day=TODAY, text=" \n"),
        Invalid,
        "Write what happened",
    ),
    "a note for the world": (
        lambda c, i: actions.write_note(c.actor("head"), issue=i, day=TODAY, text="So.", audience="public"),
        Invalid,
        "Choose who may see the note",
    ),
    "a note that is too long": (
        lambda c, i: actions.write_note(c.actor("head"), issue=i, day=TODAY, text="x" * 2001),
        Invalid,
        "at most 2000 characters",
    ),
    "a priority that ends before it begins": (
        lambda c, i: actions.add_priority(
            c.actor("head"), name="First", place=1, begins=TODAY, ends=TODAY - timedelta(days=1)
        ),
        Invalid,
        "ends before it begins",
    ),
    "a place that is none": (
        lambda c, i: actions.add_priority(c.actor("head"), name="First", place=0, begins=TODAY),
        Invalid,
        "between 1 and 99",
    ),
    "a second workstream of one name": (
        lambda c, i: [actions.add_workstream(c.actor("head"), name=n, aim="So.") for n in ("Rail", "rail")],
        Conflict,
        "another name",
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_what_cannot_be_kept_is_refused_in_a_sentence(network: Cast, case: str) -> None:
    act, kind, words = BAD[case]
    issue = begin(network)

    with pytest.raises(kind, match=words):
        act(network, issue)

    issue.refresh_from_db()
    assert (issue.state, issue.audience, issue.notes.count()) == (IssueState.ACTIVE, Audience.NETWORK, 0)


def test_the_list_is_narrowed_and_ordered(network: Cast) -> None:
    officer = network.actor("officer")
    second = actions.add_workstream(officer, name="Rail", aim="Trains.", place=2)
    first = actions.add_workstream(officer, name="Skills", aim="Work.", place=1)
    priority = actions.add_priority(officer, name="Tickets", place=1, begins=TODAY)
    begin(network, "Trains", workstream=second)
    begin(network, "Training", workstream=first, priority=priority, lead=None)
    begin(network, "Buses", workstream=second, state="watching")
    actions.set_state(officer, issue=begin(network, "Ferries"), state="settled", why="It runs.")

    def titles(**wanted: Any) -> list[str]:
        return [issue.title for issue in issues(officer, Wanted(**wanted))]

    assert titles() == ["Training", "Buses", "Trains"]
    assert titles(sort="-title") == ["Trains", "Training", "Buses"]
    assert titles(state="all", sort="title") == ["Buses", "Ferries", "Training", "Trains"]
    assert titles(state="settled") == ["Ferries"]
    assert titles(text="train", sort="title") == ["Training", "Trains"]
    assert titles(workstream=second, sort="title") == ["Buses", "Trains"]
    assert titles(priority=priority) == ["Training"]
    assert titles(mine=True, sort="title") == ["Buses", "Trains"]


def test_an_issue_lacks_a_lead_or_a_next_date_that_is_still_to_come(network: Cast) -> None:
    officer = network.actor("officer")
    complete, past, left = begin(network, "Complete"), begin(network, "Past"), begin(network, "Left")
    for issue, day in ((complete, TODAY), (past, TODAY - timedelta(days=1)), (left, TODAY)):
        actions.set_next(officer, issue=issue, on=day, what="We meet")
    actions.change_issue(
        officer,
        issue=left,
        title="Left",
        aim="So.",
        workstream=None,
        priority=None,
        lead=network.coordinator,
        handling=Handling.OFFICIAL,
    )
    network.coordinator.is_active = False
    network.coordinator.save()
    begin(network, "No lead", lead=None)

    found = [issue.title for issue in issues(officer, Wanted(lacking=True, sort="title"))]

    assert found == ["Left", "No lead", "Past"]
    assert issues_lacking(officer) == 3


def test_a_count_holds_only_what_its_reader_sees(network: Cast) -> None:
    officer = network.actor("officer")
    rail = actions.add_workstream(officer, name="Rail", aim="Trains.")
    issue = begin(network, workstream=rail)
    begin(network, "Kept close", workstream=rail, audience=Audience.SECRETARIAT)
    give(network, issue, due=TODAY - timedelta(days=1))
    give(network, issue, audience=Audience.NETWORK)

    def counts(part: str) -> tuple[int, int, int]:
        actor = network.actor(part)
        shown: Any = issues(actor, Wanted(text="Buses")).get()
        stream: Any = workstreams(actor).get()
        return stream.live_issues, shown.open_actions, shown.overdue_actions

    assert counts("coordinator") == (2, 2, 1)
    assert counts("mayor") == (1, 1, 0)


def test_priorities_hold_for_their_time_and_guests_know_of_none(network: Cast) -> None:
    priority = actions.add_priority(
        network.actor("head"), name="First", place=1, begins=TODAY, ends=TODAY + timedelta(days=9)
    )

    assert [priority.holds_on(TODAY + timedelta(days=n)) for n in (-1, 0, 9, 10)] == [False, True, True, False]
    assert Priority.objects.visible_to(network.actor("mayor")).exists()
    for part in ("guest", "administrator", "stranger"):
        assert not Priority.objects.visible_to(network.actor(part)).exists()


def test_what_a_person_holds_is_told_as_far_as_the_asker_may_see_it(network: Cast) -> None:
    officer = network.actor("officer")
    actions.add_workstream(officer, name="Rail", aim="Trains.", lead=network.officer)
    begin(network, "Buses")
    actions.set_state(officer, issue=begin(network, "Over"), state="closed", why="It is over.")
    actions.set_readers(officer, issue=begin(network, "Kept close"), audience=Audience.PRIVATE)
    give(network, title="Write the letter")
    actions.close_action(officer, action=give(network, title="Done"), evidence="Sent.")

    found = [(each.title, each.what) for each in holdings(network.actor("head"), [network.officer], TODAY)]

    assert found == [
        ("Buses", "leads the issue"),
        ("Rail", "leads the workstream"),
        ("Write the letter", "is to do it by 25 November 2026"),
    ]
    assert [each.title for each in holdings(network.actor("administrator"), [network.officer], TODAY)] == []


def test_the_order_of_a_guests_list_tells_nothing_of_the_networks_plan(network: Cast) -> None:
    officer = network.actor("officer")
    for place, title in ((1, "Zebras"), (2, "Apples")):
        stream = actions.add_workstream(officer, name=f"Stream {place}", aim="So.", place=place)
        issue = begin(network, title, workstream=stream)
        actions.set_readers(officer, issue=issue, audience=Audience.NETWORK, people=[network.guest])

    def titles(part: str, sort: str) -> list[str]:
        return [issue.title for issue in issues(network.actor(part), Wanted(sort=sort))]

    assert titles("mayor", "workstream") == ["Zebras", "Apples"]
    assert {tuple(titles("guest", sort)) for sort in ("workstream", "-workstream", "priority")} == {
        ("Apples", "Zebras")
    }
