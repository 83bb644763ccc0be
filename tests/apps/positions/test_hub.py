"""Positions on the time line of their issue: what happened, for each reader as far as they may see it."""

from datetime import timedelta
from typing import Any

import pytest

from folkmoot.apps.access.audience import Audience, Handling, list_on
from folkmoot.apps.issues import actions as issues
from folkmoot.apps.issues.models import Issue
from folkmoot.apps.issues.queries.listing import linked_issues
from folkmoot.apps.issues.queries.page import links_for
from folkmoot.apps.issues.timeline import timeline
from folkmoot.apps.mail.delivery import worker
from folkmoot.apps.mail.inbox import InboxMessage
from folkmoot.apps.mail.models import OutboxMessage
from folkmoot.apps.mail.sorting import sort
from folkmoot.apps.mail.taking import keep
from folkmoot.apps.positions import actions
from folkmoot.apps.positions.hub import answers_by_mail
from folkmoot.apps.positions.models import Circulation, Position
from tests.apps.mail.letters import bounce, mail
from tests.cast import MOMENT, Cast
from tests.issues_world import begin
from tests.positions_world import answer, circulate, close, draft, invitation_of


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


@pytest.mark.usefixtures("read_here")
class TestMailThatCameIn:
    """A mail that answers a round stands on the line of the issue of its position, for those who sort mail."""

    @pytest.fixture
    def circulation(self, network: Cast) -> Circulation:
        issue, position = on_the_line(network)
        assert issue
        return circulate(network, position)

    def come(self, data: bytes) -> InboxMessage:
        message, _ = keep(worker(MOMENT), data=data, source="imap")
        return sort(worker(MOMENT), message=message)

    def lines(self, cast: Cast, part: str) -> list[tuple[str, str]]:
        line = timeline(cast.actor(part), Issue.objects.get())
        return [(entry.title, entry.detail) for entry in line if entry.kind == "Mail"]

    def test_it_stands_there_with_what_it_is_about(
        self, network: Cast, circulation: Circulation, django_assert_num_queries: Any
    ) -> None:
        message = self.come(mail("Content", "We are content."))
        told = [("Content from Maya Osei", "Depots: Aldermere. An answer in words.")]
        assert self.lines(network, "coordinator") == told
        [entry] = [e for e in timeline(network.actor("head"), Issue.objects.get()) if e.kind == "Mail"]
        assert (entry.at, entry.table, entry.key) == (MOMENT, "mail.inboxmessage", message.key)
        head, issue = network.actor("head"), Issue.objects.get()
        with django_assert_num_queries(1):
            assert list(answers_by_mail(head, issue))

    @pytest.mark.parametrize("part", ["mayor", "member_officer", "other_mayor", "guest", "administrator", "stranger"])
    def test_nobody_else_meets_it(self, network: Cast, circulation: Circulation, part: str) -> None:
        self.come(mail("Content", "We are content."))
        assert self.lines(network, part) == []

    def test_one_on_a_private_position_is_for_its_people(self, network: Cast, circulation: Circulation) -> None:
        Position.objects.update(audience=Audience.PRIVATE)
        list_on(Position.objects.get(), f"account:{network.head.pk}")
        self.come(mail(to=f"network+{invitation_of(circulation, 'aldermere').token}@example.org"))
        assert len(self.lines(network, "head")) == 1
        assert self.lines(network, "coordinator") == []

    def test_it_bears_its_mark(self, network: Cast, circulation: Circulation) -> None:
        self.come(mail("OFFICIAL-SENSITIVE: ours"))
        [entry] = [e for e in timeline(network.actor("head"), Issue.objects.get()) if e.kind == "Mail"]
        assert entry.handling == Handling.OFFICIAL_SENSITIVE

    def test_machines_are_left_out_unless_a_mail_came_back(self, network: Cast, circulation: Circulation) -> None:
        ours = OutboxMessage.objects.get(to_address=network.member_officer.email)
        self.come(mail("Away", "Until Monday.", Auto_Submitted="auto-replied", In_Reply_To=ours.message_id))
        assert self.lines(network, "head") == []
        self.come(bounce(ours.message_id, ours.to_address))
        assert [detail for _, detail in self.lines(network, "head")] == ["Depots: Aldermere. Not delivered."]

    def test_one_that_is_linked_by_hand_stands_there_once(self, network: Cast, circulation: Circulation) -> None:
        message = self.come(mail("Content", "We are content."))
        issue, officer = Issue.objects.get(), network.actor("officer")
        issues.link(officer, issue=issue, table="mail.inboxmessage", key=message.key, why="It agrees.")
        assert self.lines(network, "head") == [("Content from Maya Osei", "It came in.")]
