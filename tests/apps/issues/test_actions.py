"""Actions: who sees them, who may close them and with what, and the way back."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from folkmoot.apps.access.audience import Audience
from folkmoot.apps.access.gate import Conflict, Invalid, Refused
from folkmoot.apps.access.models import AuditEntry
from folkmoot.apps.documents.queries import content
from folkmoot.apps.issues import actions
from folkmoot.apps.issues.models import Action
from folkmoot.apps.issues.queries.tasks import (
    Wanted,
    evidence_title,
    issues_seen,
    own_due,
    possible_evidence,
)
from folkmoot.apps.issues.queries.tasks import actions as listed
from tests.cast import EVERYBODY, TODAY, Cast
from tests.issues_world import begin, give
from tests.positions_world import draft

SECRETARIAT = {"head", "deputy", "officer", "coordinator"}


def seen_by(cast: Cast, action: Action) -> set[str]:
    return {part for part in EVERYBODY if Action.objects.visible_to(cast.actor(part)).contains(action)}


def test_an_action_is_the_secretariats_and_its_owners(network: Cast) -> None:
    issue = begin(network)

    assert seen_by(network, give(network, issue)) == SECRETARIAT
    assert seen_by(network, give(network, issue, "third_officer")) == SECRETARIAT | {"third_officer"}
    shared = seen_by(network, give(network, issue, audience=Audience.NETWORK))
    assert {"mayor", "other_officer"} < shared and not shared & {"guest", "administrator", "stranger"}


def test_an_action_reaches_no_further_than_its_issue_but_for_its_owner(network: Cast) -> None:
    issue = begin(network)
    actions.set_readers(network.actor("head"), issue=issue, audience=Audience.PRIVATE)
    action = give(network, issue, "third_officer", audience=Audience.NETWORK)

    assert seen_by(network, action) == {"head", "third_officer"}
    assert issues_seen(network.actor("third_officer"), [action]) == set()
    assert not Action.objects.visible_to(network.actor("third_officer", confined="circulation:1")).exists()


@pytest.mark.parametrize("part", ["member_officer", "coordinator"])
def test_the_owner_and_the_secretariat_close_an_action_with_evidence(network: Cast, part: str) -> None:
    action = give(network, begin(network), "member_officer")

    actions.close_action(network.actor(part), action=action, evidence="Sent by post.")

    closer = network.account(part)
    assert closer is not None
    assert (action.state, action.evidence, action.ended_by_id) == ("done", "Sent by post.", closer.pk)
    entry = AuditEntry.objects.get(verb="action.closed", record="issues.action", record_id=action.pk)
    assert entry.account_id == closer.pk


@pytest.mark.parametrize("part", ["mayor", "other_officer", "guest", "administrator", "stranger"])
def test_nobody_else_closes_it(network: Cast, part: str) -> None:
    action = give(network, begin(network), "member_officer", audience=Audience.NETWORK)

    with pytest.raises(Refused, match="Only the owner of an action or the secretariat"):
        actions.close_action(network.actor(part), action=action, evidence="Done.")


def test_a_record_or_a_file_is_evidence_too(network: Cast) -> None:
    officer = network.actor("officer")
    issue, position = begin(network), draft(network)
    actions.link(officer, issue=issue, table="positions.position", key=position.key, why="It says so.")
    by_record, by_file = give(network, issue), give(network)

    assert possible_evidence(officer, by_record) == [("positions.position", position.key, position.title)]
    actions.close_action(officer, action=by_record, table="positions.position", key=position.key)
    actions.close_action(officer, action=by_file, file=("letter.txt", b"Dear minister"))

    assert evidence_title(officer, by_record) == position.title
    assert evidence_title(network.actor("mayor"), by_record) == ""
    assert by_file.evidence_file is not None and content(by_file.evidence_file) == b"Dear minister"


def test_an_owner_who_does_not_see_the_issue_is_offered_none_of_its_records(network: Cast) -> None:
    issue, position = begin(network, audience=Audience.SECRETARIAT), draft(network)
    actions.link(network.actor("officer"), issue=issue, table="positions.position", key=position.key, why="It says so.")
    action = give(network, issue, "member_officer")

    assert possible_evidence(network.actor("member_officer"), action) == []
    with pytest.raises(Invalid, match="no such record that you may see"):
        actions.close_action(
            network.actor("member_officer"), action=action, table="positions.position", key=position.key
        )


def test_what_was_closed_or_dropped_is_opened_again(network: Cast) -> None:
    officer, owner = network.actor("officer"), network.actor("member_officer")
    closed, dropped = give(network, None, "member_officer"), give(network, None, "member_officer")
    actions.close_action(owner, action=closed, evidence="Sent.")
    actions.drop_action(officer, action=dropped, why="Not wanted any more.")

    actions.reopen_action(owner, action=closed)
    with pytest.raises(Refused):
        actions.reopen_action(owner, action=dropped)
    actions.reopen_action(officer, action=dropped)

    for action in (closed, dropped):
        action.refresh_from_db()
        assert (action.state, action.ended_at, action.ended_by, action.why_dropped) == ("open", None, None, "")
    assert closed.evidence == "Sent."


def test_another_owner_or_another_day_is_reminded_anew(network: Cast) -> None:
    action = give(network)
    Action.objects.update(reminded_on=TODAY)
    same: dict[str, Any] = {"title": "In other words", "owner": network.officer, "due": action.due, "remind_days": 3}

    actions.change_action(network.actor("head"), action=action, **same)
    kept = action.reminded_on
    actions.change_action(network.actor("head"), action=action, **(same | {"owner": network.member_officer}))

    assert (kept, action.reminded_on) == (TODAY, None)


def change(cast: Cast, action: Action, **more: Any) -> Action:
    given = {"title": "Do it", "owner": cast.officer, "due": TODAY, "remind_days": 3, **more}
    return actions.change_action(cast.actor("head"), action=action, **given)


BAD: dict[str, tuple[Callable[[Cast, Action], Any], type[Exception], str]] = {
    "no title": (lambda c, a: change(c, a, title=" "), Invalid, "what is to be done"),
    "a title that is too long": (lambda c, a: change(c, a, title="x" * 201), Invalid, "at most 200"),
    "a guest owns it": (lambda c, a: change(c, a, owner=c.guest), Invalid, "cannot own an action"),
    "the administrator owns it": (lambda c, a: change(c, a, owner=c.administrator), Invalid, "cannot own"),
    "a day long ago": (lambda c, a: change(c, a, due=date(1, 1, 1)), Invalid, "between 2000 and 2100"),
    "a day that never comes": (lambda c, a: change(c, a, due=date(9999, 12, 31)), Invalid, "2100"),
    "a reminder after the day": (lambda c, a: change(c, a, remind_days=-1), Invalid, "between 0 and 60"),
    "a reminder a year before": (lambda c, a: change(c, a, remind_days=365), Invalid, "between 0 and 60"),
    "closed with nothing": (
        lambda c, a: actions.close_action(c.actor("head"), action=a, evidence=" "),
        Invalid,
        "Say how it was done",
    ),
    "closed with too many words": (
        lambda c, a: actions.close_action(c.actor("head"), action=a, evidence="x" * 1001),
        Invalid,
        "at most 1000",
    ),
    "closed with no such record": (
        lambda c, a: actions.close_action(c.actor("head"), action=a, table="issues.issue", key="none"),
        Invalid,
        "no such record",
    ),
    "dropped without a why": (
        lambda c, a: actions.drop_action(c.actor("head"), action=a, why=""),
        Invalid,
        "Say why it is dropped",
    ),
    "dropped by its owner alone": (
        lambda c, a: actions.drop_action(c.actor("member_officer"), action=a, why="I would not."),
        Refused,
        "Your role does not allow this",
    ),
    "opened again while open": (
        lambda c, a: actions.reopen_action(c.actor("head"), action=a),
        Conflict,
        "open already",
    ),
    "given by an office": (
        lambda c, a: actions.open_action(c.actor("mayor"), title="Do it", owner=c.officer, due=TODAY),
        Refused,
        "Your role does not allow this",
    ),
    "for the whole world": (lambda c, a: give(c, audience="public"), Invalid, "Choose who may see the action"),
}


@pytest.mark.parametrize("case", BAD)
def test_what_cannot_be_asked_is_refused_in_a_sentence(network: Cast, case: str) -> None:
    act, kind, words = BAD[case]
    action = give(network, None, "member_officer")

    with pytest.raises(kind, match=words):
        act(network, action)

    action.refresh_from_db()
    assert (action.title, action.state, Action.objects.count()) == ("Write the letter", "open", 1)


@pytest.mark.parametrize("step", ["close", "drop", "change"])
def test_an_action_that_ended_meanwhile_is_not_ended_again(network: Cast, step: str) -> None:
    """Two people have the page open; the second is told, and the first's evidence stays."""
    stale, head = give(network), network.actor("head")
    actions.close_action(head, action=Action.objects.get(), evidence="First.")

    with pytest.raises(Conflict, match="not open any more"):
        if step == "close":
            actions.close_action(head, action=stale, evidence="Second.")
        elif step == "drop":
            actions.drop_action(head, action=stale, why="Second.")
        else:
            change(network, stale)

    assert Action.objects.get().evidence == "First."


def test_the_lists_are_ones_own_everybodys_and_what_is_overdue(network: Cast) -> None:
    issue = begin(network, "Ferries")
    give(network, issue, "officer", title="Mine", due=TODAY + timedelta(days=1))
    give(network, issue, "member_officer", title="Theirs, late", due=TODAY - timedelta(days=1))
    actions.close_action(network.actor("head"), action=give(network, title="Done"), evidence="So.")
    officer = network.actor("officer")

    def titles(part: str = "officer", **wanted: Any) -> list[str]:
        return [action.title for action in listed(network.actor(part), Wanted(**wanted))]

    assert titles() == ["Mine"]
    assert titles(mine=False) == ["Theirs, late", "Mine"]
    assert titles(mine=False, state="overdue") == ["Theirs, late"]
    assert titles(mine=False, state="all", sort="title") == ["Done", "Mine", "Theirs, late"]
    assert titles(mine=False, text="ferr") == ["Theirs, late", "Mine"]
    assert titles("member_officer") == ["Theirs, late"]
    assert titles("other_officer", mine=False, state="all") == []
    assert [action.title for action in own_due(officer)] == ["Mine"]


def test_the_title_of_an_issue_that_one_does_not_see_finds_no_action(network: Cast) -> None:
    give(network, begin(network, "Secret harbour", audience=Audience.SECRETARIAT), "member_officer")

    assert not listed(network.actor("member_officer"), Wanted(text="harbour")).exists()
    assert listed(network.actor("head"), Wanted(text="harbour", mine=False)).exists()


def test_what_is_far_off_needs_nobody_today(network: Cast) -> None:
    give(network, due=TODAY + timedelta(days=4), remind_days=3)
    near = give(network, title="Near", due=TODAY + timedelta(days=3), remind_days=3)

    assert own_due(network.actor("officer")) == [near]
