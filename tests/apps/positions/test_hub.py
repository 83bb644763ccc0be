"""Positions on the time line of their issue: what happened, for each reader as far as they may see it."""

from datetime import timedelta

from folkmoot.apps.access.audience import Audience
from folkmoot.apps.issues import actions as issues
from folkmoot.apps.issues.models import Issue
from folkmoot.apps.issues.queries.listing import linked_issues
from folkmoot.apps.issues.queries.page import links_for
from folkmoot.apps.issues.timeline import timeline
from folkmoot.apps.positions import actions
from folkmoot.apps.positions.models import Position
from tests.cast import MOMENT, Cast
from tests.issues_world import begin
from tests.positions_world import answer, circulate, close, draft


def told(cast: Cast, issue: Issue, part: str) -> list[str]:
    return [entry.title for entry in timeline(cast.actor(part), issue) if entry.kind == "Position"]


def on_the_line(cast: Cast, **more: str) -> tuple[Issue, Position]:
    issue, position = begin(cast), draft(cast, title="Depots")
    issues.link(cast.actor("officer"), issue=issue, table="positions.position", key=position.key, why="We say so.")
    return issue, position


def test_a_position_begun_on_an_issue_stands_on_its_time_line(network: Cast) -> None:
    issue = begin(network)
    position = actions.create_position(network.actor("officer"), title="Depots", issue="In words", of_issue=issue)

    [link] = links_for(network.actor("head"), issue)

    assert (link.title, link.link.why, position.issue) == ("Depots", "What the network says on it.", "In words")
    assert told(network, issue, "head") == ["Depots: begun"]
    assert list(linked_issues(network.actor("head"), "positions.position", position.key)) == [issue]
    assert told(network, issue, "mayor") == []


def to_two_signatures(cast: Cast, position: Position) -> None:
    """Everybody supports the text; two mayors sign, and the third office stands aside."""
    circulation = circulate(cast, position)
    for office in ("aldermere", "harrowmoor", "stanwold"):
        answer(cast, circulation, office, {0: "support", 1: "support", 2: "support"})
    close(cast, circulation)
    later = MOMENT + timedelta(days=12)
    position.refresh_from_db()
    officer = cast.actor("officer", now=later)
    actions.ask_for_sign_off(officer, position=position)
    for part, office in (("mayor", "aldermere"), ("other_mayor", "harrowmoor")):
        position.refresh_from_db()
        actions.sign(cast.actor(part, now=later), position=position, office=office)
    actions.note_exception(officer, position=position, office="stanwold", words="We stand aside.")


def test_the_line_follows_a_position_from_its_draft_to_its_signatures(network: Cast) -> None:
    issue, position = on_the_line(network)
    to_two_signatures(network, position)

    for part in ("head", "mayor", "third_officer"):
        assert set(told(network, issue, part)) == {
            "Depots: 2 offices signed",
            "Depots: Stanwold stands aside",
            "Depots: version 1, returns closed",
            "Depots: version 1 circulated",
            "Depots: begun",
        }


def test_a_round_that_is_open_stands_at_its_closing_time(network: Cast) -> None:
    issue, position = on_the_line(network)
    circulation = circulate(network, position)

    [entry] = [e for e in timeline(network.actor("head"), issue) if e.title == "Depots: version 1, returns close"]

    assert entry.at == circulation.closes_at


def test_an_office_that_was_not_asked_meets_nothing_of_it(network: Cast) -> None:
    issue, position = on_the_line(network)
    circulate(network, position, keys=["aldermere"])

    assert told(network, issue, "mayor")
    assert told(network, issue, "other_mayor") == []


def test_a_guest_of_both_meets_the_position_and_no_round_or_signature(network: Cast) -> None:
    issue, position = on_the_line(network)
    issues.set_readers(network.actor("officer"), issue=issue, audience=Audience.NETWORK, people=[network.guest])
    actions.invite_guest(network.actor("officer"), position=position, guest=network.guest)
    to_two_signatures(network, position)

    assert told(network, issue, "guest") == ["Depots: begun"]
