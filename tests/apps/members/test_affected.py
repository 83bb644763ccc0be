"""What a change in the register touches: listed once, seen through the reader's own sight, ticked off."""

from datetime import timedelta
from typing import Any

import pytest

from folkmoot.apps.access.audience import Audience, list_on
from folkmoot.apps.access.gate import Invalid, Refused
from folkmoot.apps.agenda import actions as agenda
from folkmoot.apps.issues import actions as issues
from folkmoot.apps.issues.models import Issue
from folkmoot.apps.members import actions
from folkmoot.apps.members.models import Membership, Organization, Post, Review
from folkmoot.apps.members.queries import open_reviews, reviews, shown_reviews
from folkmoot.apps.positions import actions as positions
from tests.agenda_world import add_entry, add_meeting
from tests.cast import MOMENT, TODAY, Cast
from tests.issues_world import begin
from tests.positions_world import AFTER_CLOSING, circulate, draft, fill_register


@pytest.fixture
def network(cast: Cast) -> Cast:
    fill_register()
    return cast


def mayor_post() -> Post:
    return Post.objects.get(key="aldermere-mayor")


def new_mayor(cast: Cast, name: str = "Nell Carrow") -> Membership:
    return actions.record_holder(
        cast.actor("coordinator"),
        post=mayor_post(),
        name=name,
        party="New Start",
        valid_from=TODAY.isoformat(),
        ends_present_term=True,
        source="the returning officer",
        as_of=TODAY.isoformat(),
    )


def listed(cast: Cast, part: str = "coordinator") -> dict[str, str]:
    """What the latest review holds for a reader, by title."""
    (shown, *_) = shown_reviews(cast.actor(part), reviews(cast.actor(part)))
    return {each.title: each.item.why for each in shown.items}


@pytest.mark.requirement("B36")
def test_a_new_mayor_lists_the_positions_contacts_and_meetings_to_review(network: Cast) -> None:
    circulate(network, draft(network))
    group = agenda.add_group(network.actor("officer"), name="Mayors")
    agenda.seat(network.actor("officer"), group=group, account=network.mayor, begins=TODAY, is_chair=True)
    meeting = add_meeting(network, group, MOMENT + timedelta(days=7))
    add_entry(network, meeting, title="The budget", owner=network.mayor)
    issue = begin(network, "Depots")
    issues.link(
        network.actor("officer"), issue=issue, table="members.post", key="aldermere-mayor", why="Whoever holds it."
    )

    new_mayor(network)

    assert listed(network) == {
        "Bus franchising": "It is with this office for an answer.",
        "Gwen Tarrant": "They held the post: their account, mail address and what they are listed on.",
        "Idris Vale for Gwen Tarrant": "One of the two held the post: it passes on what they may do no more.",
        "Mayors, 2 December 2026": "They sit in Mayors: say who sits there now.",
        "The budget": "They own it: give it to somebody else.",
        "Depots": "It is linked: Whoever holds it.",
    }
    assert Review.objects.get().words.startswith("Nell Carrow is Mayor of Aldermere from")


def test_the_body_of_a_post_is_named_once(network: Cast) -> None:
    Post.objects.filter(key="aldermere-mayor").update(label="Mayor of Aldermere")
    circulate(network, draft(network, title="Trams"))

    new_mayor(network)

    assert Review.objects.get().words == "Nell Carrow is Mayor of Aldermere from 25 November 2026, after Gwen Tarrant."


def test_a_new_mayor_lists_what_the_office_signed_and_what_it_is_asked_to_sign(network: Cast) -> None:
    """A signature stands until the office takes it back; one that is owed is asked of whoever holds the post now."""
    signed, owed = draft(network, title="Signed"), draft(network, title="Owed")
    for position in (signed, owed):
        circulation = circulate(network, position)
        positions.close_circulation(network.actor("officer", now=AFTER_CLOSING), circulation=circulation)
        position.refresh_from_db()
        positions.ask_for_sign_off(network.actor("officer", now=AFTER_CLOSING), position=position)
    positions.sign(network.actor("mayor", now=AFTER_CLOSING), position=signed, office="aldermere")

    new_mayor(network)

    found = listed(network)
    assert found["Signed"] == "It went to this office. This office signed it: ask whether that stands."
    assert found["Owed"] == "It went to this office. It waits for this office’s signature."


def test_a_change_that_touches_nothing_makes_no_list(network: Cast) -> None:
    actions.rename_organization(
        network.actor("coordinator"),
        organization=Organization.objects.get(key="stanwold"),
        name="Stanwold and Dale",
        on=TODAY,
        source="the order",
        as_of=TODAY.isoformat(),
    )

    assert not Review.objects.exists()


def test_a_department_under_another_name_lists_what_asks_it(network: Cast) -> None:
    body = actions.add_organization(
        network.actor("coordinator"), key="paths", name="Department of Paths", kind="department", invented=True
    )
    issue = begin(network)
    issues.link(network.actor("officer"), issue=issue, table="members.organization", key="paths", why="It pays.")

    actions.rename_organization(
        network.actor("coordinator"),
        organization=body,
        name="Department of Ways",
        on=TODAY,
        source="the order",
        as_of=TODAY.isoformat(),
    )

    assert listed(network) == {"Buses": "It is linked: It pays."}
    assert Review.objects.get().words == "Department of Paths is called Department of Ways from 25 November 2026."


def test_another_party_of_the_mayor_is_a_change_of_its_own(network: Cast) -> None:
    circulate(network, draft(network))
    term = Membership.objects.get(post=mayor_post())

    actions.correct_fact(
        network.actor("coordinator"),
        fact=term,
        field="party",
        value="Independents",
        reason="She left her party.",
        source="her statement",
        as_of=TODAY.isoformat(),
    )

    assert listed(network).keys() == {"Bus franchising"}
    assert "stands for Independents" in Review.objects.get().words


def test_a_member_that_leaves_lists_every_open_round(network: Cast) -> None:
    circulate(network, draft(network), keys=("aldermere", "harrowmoor"))

    actions.leave_network(network.actor("coordinator"), organization=Organization.objects.get(key="stanwold"), on=TODAY)

    assert listed(network)["Bus franchising"] == "Its round is open, and the members that count have changed."
    assert "Uma Rhodes" in listed(network)


def test_what_its_reader_may_not_see_stands_on_no_list_and_is_not_counted(network: Cast) -> None:
    issue = begin(network, "A secret", audience=Audience.SECRETARIAT)
    issues.link(network.actor("head"), issue=issue, table="members.organization", key="aldermere", why="In confidence.")
    Issue.objects.update(audience=Audience.PRIVATE)
    list_on(issue, f"account:{network.head.pk}")
    new_mayor(network)

    assert "A secret" in listed(network, "head")
    assert "A secret" not in listed(network, "coordinator")


def test_only_who_keeps_the_register_finds_a_review(network: Cast) -> None:
    new_mayor(network)

    for part in ("mayor", "chief_executive", "administrator", "guest", "stranger"):
        assert not reviews(network.actor(part)).exists()


def test_what_was_looked_at_is_noted_with_who_and_can_be_looked_at_again(network: Cast) -> None:
    circulate(network, draft(network))
    new_mayor(network)
    (shown,) = open_reviews(network.actor("coordinator"))
    left = shown.left

    item = actions.tick_review_item(network.actor("deputy"), item=shown.items[0].item, state="looked")
    assert (item.by_name, item.at) == ("Dev Anand", MOMENT)
    assert open_reviews(network.actor("coordinator"))[0].left == left - 1

    actions.tick_review_item(network.actor("deputy"), item=item, state="open")
    assert open_reviews(network.actor("coordinator"))[0].left == left


@pytest.mark.parametrize("state", ["", "done", "x" * 30])
def test_a_tick_that_says_nothing_is_refused(network: Cast, state: str) -> None:
    new_mayor(network)
    item = Review.objects.get().items.all()[0]

    with pytest.raises(Invalid, match="Say whether it was looked at"):
        actions.tick_review_item(network.actor("deputy"), item=item, state=state)


@pytest.mark.parametrize("part", ["mayor", "administrator", "guest"])
def test_only_who_keeps_the_register_ticks_off(network: Cast, part: str) -> None:
    new_mayor(network)

    with pytest.raises(Refused):
        actions.tick_review_item(network.actor(part), item=Review.objects.get().items.all()[0], state="looked")


def test_a_review_asks_as_often_however_long_it_is(network: Cast, django_assert_num_queries: Any) -> None:
    for number in range(5):
        circulate(network, draft(network, title=f"Position {number}"))
    new_mayor(network)

    with django_assert_num_queries(7):
        shown_reviews(network.actor("coordinator"), reviews(network.actor("coordinator")))
