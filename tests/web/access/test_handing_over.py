"""Leaving: what somebody holds is listed, goes to named colleagues, and asks for it after the account is closed."""

from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from folkmoot.apps.access.audience import Audience, Handling, list_on
from folkmoot.apps.access.holdings import Holding, holdings
from folkmoot.apps.access.models import Account, AuditEntry, Delegation
from folkmoot.apps.agenda.models import Group, PlanEntry
from folkmoot.apps.disclosure.models import Case
from folkmoot.apps.issues import actions as issues
from folkmoot.apps.issues.models import Action, Issue, Workstream
from folkmoot.apps.positions.models import Position, SignOff
from folkmoot.apps.positions.states import PositionState
from tests.agenda_world import make_agenda
from tests.cast import MOMENT, PASSWORD, TODAY, Cast
from tests.disclosure_world import ask
from tests.issues_world import begin, give
from tests.positions_world import circulate, draft, fill_register

HELD = (Issue, Workstream, Action, Position, PlanEntry)


@pytest.fixture
def everything(cast: Cast) -> Cast:
    """A secretariat in which the officer holds one thing of each kind."""
    issue = begin(cast, "Buses")
    issues.add_workstream(cast.actor("officer"), name="Transport", aim="To move.", lead=cast.officer)
    give(cast, issue, title="Write the letter")
    draft(cast)
    make_agenda(cast)
    ask(cast)
    return cast


def field(table: Any) -> str:
    return f"held-{table._meta.label_lower}-{table.objects.get().key}"


def page(client: Client, name: str, account: Account) -> str:
    text: str = client.get(reverse(name, args=[account.key])).content.decode()
    return text


def kinds(held: list[Holding]) -> set[str]:
    return {each.table for each in held}


def test_what_a_person_holds_is_listed_room_by_room(everything: Cast) -> None:
    head = everything.actor("head")

    held = holdings(head, everything.officer, TODAY)

    assert kinds(held) == {table._meta.label_lower for table in (*HELD, Case)}
    assert {each.holder for each in held} == {everything.officer.pk}
    assert holdings(head, everything.deputy, TODAY) == []
    assert {each.what for each in holdings(head, everything.chief_executive, TODAY)} == {
        "chairs the group",
        "acts until 7 December 2026",
    }


def test_a_seat_in_a_group_that_the_asker_does_not_know_of_is_not_told(everything: Cast) -> None:
    Group.objects.update(audience=Audience.PRIVATE)

    held = holdings(everything.actor("head"), everything.chief_executive, TODAY)

    assert {each.what for each in held} == {"acts until 7 December 2026"}


def test_each_thing_goes_to_the_person_named_for_it(everything: Cast, sign_in_as: Any) -> None:
    client = sign_in_as("head")
    shown = page(client, "hand_over_from", everything.officer)
    for words in ("Buses", "Transport", "Write the letter", "Bus franchising", "Papers on bus franchising"):
        assert words in shown
    assert "Dev Anand, deputy head" in shown
    assert "Gwen Tarrant" not in shown

    to = {field(Issue): everything.coordinator.key, "rest": everything.deputy.key}
    done = client.post(reverse("hand_over_from", args=[everything.officer.key]), to, follow=True).content.decode()

    assert "5 things went to somebody else." in done
    assert Issue.objects.get().lead == everything.coordinator
    leads = [Workstream.objects.get().lead, Action.objects.get().owner, Position.objects.get().lead]
    assert [*leads, PlanEntry.objects.get().owner] == [everything.deputy] * 4
    assert AuditEntry.objects.filter(verb="account.handed-over", account_id=everything.head.pk).count() == 1
    assert AuditEntry.objects.filter(verb="issue.changed", account_id=everything.head.pk).count() == 1
    left = holdings(everything.actor("head"), everything.officer, TODAY)
    assert kinds(left) == {Case._meta.label_lower}


def test_each_sensitive_title_carries_its_mark_on_the_page_and_in_the_pack(everything: Cast, sign_in_as: Any) -> None:
    for table in (Issue, Action, Position, PlanEntry, Case):
        table.objects.update(handling=Handling.OFFICIAL_SENSITIVE)

    held = page(sign_in_as("head"), "hand_over_from", everything.officer)
    pack = page(sign_in_as("officer"), "handover", everything.officer)

    assert held.count('<strong class="fm-mark">OFFICIAL-SENSITIVE</strong>') == 5
    in_hand = pack.split("In hand</h2>")[1].split("</section>")[0]
    assert in_hand.count('<strong class="fm-mark">OFFICIAL-SENSITIVE</strong>') == 5
    assert '<strong class="fm-mark-bar__mark">OFFICIAL-SENSITIVE</strong>' in pack


def test_a_pack_is_marked_for_what_is_in_hand_alone(cast: Cast, sign_in_as: Any) -> None:
    draft(cast, handling=Handling.OFFICIAL_SENSITIVE)

    assert '<strong class="fm-mark-bar__mark">OFFICIAL-SENSITIVE</strong>' in page(
        sign_in_as("officer"), "handover", cast.officer
    )
    assert '<strong class="fm-mark-bar__mark">OFFICIAL</strong>' in page(sign_in_as("deputy"), "handover", cast.deputy)


def test_what_one_room_refuses_leaves_everything_where_it_is(everything: Cast, sign_in_as: Any) -> None:
    Position.objects.update(title="")

    shown = sign_in_as("head").post(
        reverse("hand_over_from", args=[everything.officer.key]), {"rest": everything.deputy.key}
    )

    assert "Give the position a title." in shown.content.decode()
    assert Issue.objects.get().lead == everything.officer


@pytest.mark.parametrize("to", ["officer", "mayor", "guest", "administrator"])
def test_it_goes_to_colleagues_only(everything: Cast, sign_in_as: Any, to: str) -> None:
    given = {field(Issue): getattr(everything, to).key}
    shown = sign_in_as("head").post(reverse("hand_over_from", args=[everything.officer.key]), given).content.decode()
    assert "Choose a colleague from the list." in shown
    assert Issue.objects.get().lead == everything.officer


def test_nobody_chosen_changes_nothing_and_says_so(everything: Cast, sign_in_as: Any) -> None:
    address = reverse("hand_over_from", args=[everything.officer.key])
    assert "You chose nobody. Nothing changed." in sign_in_as("head").post(address, {}, follow=True).content.decode()


def test_what_its_reader_may_not_see_is_not_listed(everything: Cast, sign_in_as: Any) -> None:
    Issue.objects.update(audience=Audience.PRIVATE, title="A secret matter")
    list_on(Issue.objects.get(), f"account:{everything.officer.pk}")
    client = sign_in_as("coordinator")
    assert "A secret matter" not in page(client, "hand_over_from", everything.officer)
    client.post(reverse("hand_over_from", args=[everything.officer.key]), {field(Issue): everything.coordinator.key})
    assert Issue.objects.get().lead == everything.officer


def test_a_signature_that_is_owed_goes_on_with_the_office(cast: Cast) -> None:
    fill_register()
    position = draft(cast)
    circulate(cast, position)
    Position.objects.update(state=PositionState.SIGNING)

    held = [each for each in holdings(cast.actor("head"), cast.mayor, TODAY) if each.table == SignOff._meta.label_lower]

    assert [(each.key, each.title) for each in held] == [(position.key, position.title)]
    assert "whoever speaks for the office next signs" in held[0].what


class TestClosing:
    """What the administrator, who sees no content, meets."""

    def test_it_says_nothing_of_what_is_held_and_not_how_much(self, everything: Cast, sign_in_as: Any) -> None:
        client = sign_in_as("administrator")
        holds, holds_nothing = (page(client, "person_close", each) for each in (everything.officer, everything.deputy))
        for shown in (holds, holds_nothing):
            assert "There may be more that you do not see" in shown
        for words in ("Buses", "Transport", "Write the letter", "franchising", " things"):
            assert words not in holds

    def test_it_closes_signs_out_and_ends_delegations(self, cast: Cast, sign_in_as: Any) -> None:
        inside = Client()
        inside.post(reverse("sign_in"), {"email": cast.mayor.email, "password": PASSWORD})
        session = inside.session.session_key
        client, address = sign_in_as("administrator"), reverse("person_close", args=[cast.mayor.key])
        assert "Idris Vale for Gwen Tarrant" in client.get(address).content.decode()
        assert "The account of Gwen Tarrant was closed." in client.post(address, follow=True).content.decode()
        assert Delegation.objects.get().ended_early_at == MOMENT
        assert not Session.objects.filter(session_key=session).exists()
        assert inside.get(reverse("account")).status_code == 302

    def test_nobody_closes_their_own(self, cast: Cast, sign_in_as: Any) -> None:
        address = reverse("person_close", args=[cast.administrator.key])
        assert "Nobody may close their own account." in sign_in_as("administrator").post(address).content.decode()


class TestAfterClosing:
    def test_the_head_finds_it_on_the_home_page_until_it_is_handed_over(
        self, everything: Cast, sign_in_as: Any
    ) -> None:
        head = sign_in_as("head")
        assert "Hand over what Owen Lark held" not in head.get(reverse("home")).content.decode()
        sign_in_as("administrator").post(reverse("person_close", args=[everything.officer.key]))

        home = head.get(reverse("home")).content.decode()
        assert "Hand over what Owen Lark held" in home
        assert "The account is closed and still holds 5 things." in home

        head.post(reverse("hand_over_from", args=[everything.officer.key]), {"rest": everything.deputy.key})
        assert "Hand over what Owen Lark held" not in head.get(reverse("home")).content.decode()

    def test_others_are_not_asked(self, everything: Cast, sign_in_as: Any) -> None:
        Account.objects.filter(pk=everything.officer.pk).update(is_active=False)
        for part in ("coordinator", "mayor", "administrator"):
            assert "Hand over what" not in sign_in_as(part).get(reverse("home")).content.decode()


class TestList:
    def test_closed_accounts_stand_first_and_can_be_filtered(self, everything: Cast, sign_in_as: Any) -> None:
        give(everything, owner="deputy", title="Another letter")
        Account.objects.filter(pk=everything.officer.pk).update(is_active=False)
        client = sign_in_as("coordinator")
        shown = client.get(reverse("hand_overs")).content.decode()
        assert 0 < shown.index("Owen Lark") < shown.index("Dev Anand")
        assert "Dev Anand" not in client.get(reverse("hand_overs"), {"state": "closed"}).content.decode()
        assert "Owen Lark" not in client.get(reverse("hand_overs"), {"state": "open"}).content.decode()

    def test_an_empty_list_says_so(self, cast: Cast, sign_in_as: Any) -> None:
        client = sign_in_as("head")
        assert "Nobody holds anything that you may see." in client.get(reverse("hand_overs")).content.decode()
        assert "Nobody fits." in client.get(reverse("hand_overs"), {"state": "closed"}).content.decode()

    def test_it_asks_as_often_however_many_hold_something(
        self, everything: Cast, sign_in_as: Any, django_assert_num_queries: Any
    ) -> None:
        client = sign_in_as("head")
        client.get(reverse("hand_overs"))
        with django_assert_num_queries(14):
            client.get(reverse("hand_overs"))
        for number in range(20):
            give(everything, owner="deputy", title=f"Letter {number}", handling=Handling.OFFICIAL)
            begin(everything, f"Matter {number}", lead=everything.coordinator)
        with django_assert_num_queries(14):
            client.get(reverse("hand_overs"))


@pytest.mark.parametrize("part", ["administrator", "mayor", "guest"])
def test_only_the_secretariat_hands_over(cast: Cast, sign_in_as: Any, part: str) -> None:
    client = sign_in_as(part)
    for address in (reverse("hand_overs"), reverse("hand_over_from", args=[cast.officer.key])):
        assert client.get(address).status_code == 403
    assert sign_in_as("head").get(reverse("hand_over_from", args=["nobodyhere"])).status_code == 404
