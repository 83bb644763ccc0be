"""Who no longer speaks for an office, or whose account is closed, is written to no more."""

import pytest

from folkmoot.apps.access import actions as people
from folkmoot.apps.access.models import Account
from folkmoot.apps.access.roles import Role
from folkmoot.apps.mail.models import OutboxMessage
from folkmoot.apps.positions import actions
from folkmoot.apps.positions.models import Circulation, Position
from folkmoot.apps.positions.queries.common import fallbacks_for
from tests.cast import Cast, act
from tests.positions_world import circulate, close, draft

PAGE = "https://folkmoot.invalid/positions/x/"


@pytest.fixture
def circulation(network: Cast) -> Circulation:
    found = circulate(network, draft(network))
    OutboxMessage.objects.all().delete()
    return found


def leave(network: Cast, account: Account, how: str) -> None:
    if how == "the account is closed":
        people.close_account(network.actor("administrator"), account=account)
        return
    account.role = Role.GUEST if how == "the role is another" else account.role
    account.person = "somebody-else" if how == "the post is another’s" else account.person
    account.save()


def written_to() -> set[str]:
    return set(OutboxMessage.objects.values_list("to_name", flat=True))


WAYS = ["the account is closed", "the role is another", "the post is another’s"]


@pytest.mark.parametrize("how", WAYS)
def test_a_reminder_goes_to_those_who_speak_for_the_office_now(
    network: Cast, circulation: Circulation, how: str
) -> None:
    leave(network, network.other_mayor, how)
    invitations = list(circulation.invitations.filter(office="harrowmoor"))
    sent = actions.remind(network.actor("officer"), circulation=circulation, invitations=invitations, page=PAGE)
    assert (sent, written_to()) == (1, {network.other_officer.name})


@pytest.mark.parametrize("how", WAYS)
def test_what_became_of_a_position_is_told_to_those_who_speak_for_an_office_now(
    network: Cast, circulation: Circulation, how: str
) -> None:
    close(network, circulation)
    leave(network, network.other_mayor, how)
    position = Position.objects.get()
    actions.withdraw(network.actor("officer"), position=position, reason="It is settled elsewhere.")
    assert network.other_mayor.name not in written_to()
    assert {network.other_officer.name, network.mayor.name} <= written_to()


def test_an_office_that_nobody_speaks_for_does_not_count_as_reminded(network: Cast, circulation: Circulation) -> None:
    leave(network, network.third_officer, "the post is another’s")
    invitation = circulation.invitations.get(office="stanwold")
    sent = actions.remind(network.actor("officer"), circulation=circulation, invitations=[invitation], page=PAGE)
    invitation.refresh_from_db()
    assert (sent, invitation.reminded_at) == (0, None)


def changes_role(network: Cast, account: Account, role: Role, person: str = "") -> None:
    people.change_account(
        network.actor("administrator"),
        account=account,
        email=account.email,
        name=account.name,
        role=role,
        person=person,
    )


@pytest.mark.parametrize(("role", "still"), [(Role.MEMBER_OFFICER, False), (Role.GUEST, True)])
def test_who_was_let_in_as_a_guest_sees_it_no_more_as_an_office(network: Cast, role: Role, still: bool) -> None:
    position = draft(network)
    actions.invite_guest(network.actor("officer"), position=position, guest=network.guest)
    changes_role(network, network.guest, role, "" if role is Role.GUEST else "tess-quill")
    assert Position.objects.visible_to(act(network.guest)).exists() == still


def test_who_is_promoted_within_the_secretariat_stays_named(network: Cast) -> None:
    position = draft(network)
    clause = position.clauses.all()[0]
    actions.note_fallback(network.actor("officer"), clause=clause, words="Two years.", people=[network.coordinator])
    changes_role(network, network.coordinator, Role.OFFICER)
    assert fallbacks_for(act(network.coordinator), position).count() == 1
