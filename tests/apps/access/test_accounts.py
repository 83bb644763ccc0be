"""People are added, given a role, closed and erased."""

from typing import Any

import pytest

from folkmoot.apps.access import actions
from folkmoot.apps.access.audit import verify
from folkmoot.apps.access.gate import Conflict, Invalid, Refused
from folkmoot.apps.access.models import Account, AuditEntry, Delegation
from folkmoot.apps.access.roles import Role
from tests.cast import MOMENT, Cast


def newcomer(cast: Cast, part: str = "administrator", **changes: Any) -> Account:
    given = {"email": "New.Hand@folkmoot.invalid", "name": "Nell Hand", "role": Role.OFFICER, **changes}
    return actions.create_account(cast.actor(part), **given)


def changed(cast: Cast, account: Account, role: Role) -> Account:
    return actions.change_account(
        cast.actor("administrator"), account=account, email=account.email, name=account.name, role=role
    )


def test_a_new_person_cannot_sign_in_before_they_set_a_password(cast: Cast) -> None:
    account = newcomer(cast)
    assert account.email == "new.hand@folkmoot.invalid"
    assert not account.has_usable_password()
    assert AuditEntry.objects.latest("number").verb == "account.created"


@pytest.mark.parametrize("part", ["head", "deputy", "officer", "coordinator", "mayor", "guest", "stranger"])
def test_only_an_administrator_adds_people(cast: Cast, part: str) -> None:
    with pytest.raises(Refused):
        newcomer(cast, part)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"email": "no address"}, "is not a mail address"),
        ({"email": "HELEN.marsh@folkmoot.invalid"}, "already"),
        ({"name": "  "}, "has no name"),
        ({"role": Role.MAYOR}, "speaks for an office"),
    ],
)
def test_what_cannot_be_used_is_said_in_a_sentence(cast: Cast, changes: dict[str, Any], sentence: str) -> None:
    with pytest.raises(Invalid, match=sentence):
        newcomer(cast, **changes)


def test_the_first_administrator_is_made_once(db: None) -> None:
    first = actions.create_first_administrator(email="first@folkmoot.invalid", name="Fern First", now=MOMENT)
    assert first.role == Role.ADMINISTRATOR
    with pytest.raises(Conflict, match="has accounts already"):
        actions.create_first_administrator(email="second@folkmoot.invalid", name="Sam Second", now=MOMENT)


def test_an_installation_keeps_an_administrator(cast: Cast) -> None:
    second = newcomer(cast, role=Role.ADMINISTRATOR)
    changed(cast, second, Role.OFFICER)
    with pytest.raises(Conflict, match="Nobody may change the role of their own account"):
        changed(cast, cast.administrator, Role.HEAD)
    with pytest.raises(Conflict, match="Nobody may close their own account"):
        actions.close_account(cast.actor("administrator"), account=cast.administrator)


def test_a_change_of_role_is_in_the_trail(cast: Cast) -> None:
    changed(cast, cast.officer, Role.DEPUTY)
    assert Account.objects.get(pk=cast.officer.pk).role == Role.DEPUTY
    assert AuditEntry.objects.filter(verb="account.role-changed", record_id=cast.officer.pk).exists()


def test_closing_an_account_ends_what_it_passes_on_and_holds(cast: Cast) -> None:
    actions.close_account(cast.actor("administrator"), account=cast.mayor)
    assert Delegation.objects.get().ended_early_at == MOMENT
    assert cast.actor("chief_executive").principals == ()
    actions.reopen_account(cast.actor("administrator"), account=cast.mayor)
    assert Account.objects.get(pk=cast.mayor.pk).is_active
    assert cast.actor("chief_executive").principals == ()


def test_erasing_a_person_leaves_the_chain_whole(cast: Cast) -> None:
    administrator = cast.actor("administrator")
    with pytest.raises(Conflict, match="Close the account"):
        actions.erase_account(administrator, account=cast.mayor)
    actions.close_account(administrator, account=cast.mayor)
    actions.erase_account(administrator, account=cast.mayor)

    erased = Account.objects.get(pk=cast.mayor.pk)
    assert "Tarrant" not in f"{erased.name} {erased.email} {erased.person}"
    assert Delegation.objects.get().note == ""
    assert verify() == []
    with pytest.raises(Conflict, match="was erased"):
        actions.reopen_account(administrator, account=erased)
