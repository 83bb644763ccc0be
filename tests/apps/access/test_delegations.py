"""One person lets another act in their place."""

from datetime import timedelta
from typing import Any

import pytest

from folkmoot.apps.access import actions
from folkmoot.apps.access.audit import record
from folkmoot.apps.access.gate import Conflict, Invalid, Refused, check, may
from folkmoot.apps.access.models import Account, AuditEntry, Delegation
from folkmoot.apps.access.permissions import PASSABLE, Permission
from folkmoot.apps.access.queries import delegations_visible_to, possible_delegates
from folkmoot.apps.access.roles import Role
from folkmoot.apps.access.trail import rows
from tests.cast import EVERYBODY, MOMENT, Cast, act

P = Permission


def given(cast: Cast, giver: str, holder: str, *permissions: P, **changes: Any) -> Delegation:
    account = cast.account(holder)
    assert account is not None
    period = {"starts_at": MOMENT - timedelta(hours=1), "ends_at": MOMENT + timedelta(days=7), **changes}
    return actions.delegate(cast.actor(giver), delegate=account, permissions=permissions, **period)


def test_the_deputy_publishes_while_the_head_is_away(cast: Cast) -> None:
    assert not may(cast.actor("deputy"), P.PUBLISH)
    given(cast, "head", "deputy", P.PUBLISH)
    assert may(cast.actor("deputy"), P.PUBLISH)
    assert not may(act(cast.deputy, now=MOMENT + timedelta(days=8)), P.PUBLISH)


@pytest.mark.parametrize(
    ("after", "may_act"),
    [
        (timedelta(hours=2) - timedelta(microseconds=1), False),
        (timedelta(hours=2), True),
        (timedelta(days=3) - timedelta(microseconds=1), True),
        (timedelta(days=3), False),
    ],
)
def test_it_begins_and_ends_by_itself_to_the_moment(cast: Cast, after: timedelta, may_act: bool) -> None:
    hours = {"starts_at": MOMENT + timedelta(hours=2), "ends_at": MOMENT + timedelta(days=3)}
    given(cast, "head", "deputy", P.PUBLISH, **hours)
    deputy = act(cast.deputy, now=MOMENT + after)
    assert may(deputy, P.PUBLISH) is may_act
    assert not may(deputy, P.TERMS_CHANGE)  # it passes on what was named and nothing else


def test_what_is_done_by_it_stands_in_the_trail_under_both_names(cast: Cast) -> None:
    given(cast, "head", "deputy", P.TERMS_CHANGE)
    deputy = cast.actor("deputy")
    record(deputy, "terms.set", cast.head, by=check(deputy, P.TERMS_CHANGE))

    entry = AuditEntry.objects.get(verb="terms.set")
    assert (entry.account_id, entry.principal_id) == (cast.deputy.pk, cast.head.pk)
    [row] = rows([entry])
    assert (row.who, row.for_whom) == ("Dev Anand", "Helen Marsh")


def test_a_delegation_is_in_the_trail(cast: Cast) -> None:
    delegation = given(cast, "head", "deputy", P.PUBLISH)
    entry = AuditEntry.objects.get(verb="delegation.given")
    assert (entry.account_id, entry.record_id) == (cast.head.pk, delegation.pk)


@pytest.mark.parametrize(
    ("giver", "holder", "permissions", "sentence"),
    [
        ("head", "deputy", [], "must pass something on"),
        ("head", "deputy", [P.DELEGATE], "cannot be passed"),
        ("head", "officer", [P.AUDIT_READ], "cannot be passed"),
        ("head", "officer", [P.CONSENSUS_READ], "cannot be passed"),
        ("officer", "deputy", [P.PUBLISH], "Owen Lark may not do this"),
        ("chief_executive", "member_officer", [P.SIGN_OFF], "Idris Vale may not do this"),
        ("head", "mayor", [P.PUBLISH], "cannot act for you"),
        ("head", "guest", [P.PUBLISH], "cannot act for you"),
        ("mayor", "other_officer", [P.SIGN_OFF], "cannot act for you"),
        ("mayor", "head", [P.SIGN_OFF], "cannot act for you"),
        ("mayor", "mayor", [P.SIGN_OFF], "cannot act for you"),
    ],
)
def test_what_cannot_be_passed_on(cast: Cast, giver: str, holder: str, permissions: list[P], sentence: str) -> None:
    with pytest.raises(Invalid, match=sentence):
        given(cast, giver, holder, *permissions)


@pytest.mark.parametrize("part", ["administrator", "guest", "stranger"])
def test_whoever_speaks_for_nobody_passes_nothing_on(cast: Cast, part: str) -> None:
    with pytest.raises(Refused):
        given(cast, part, "deputy", P.PUBLISH)


def test_nobody_passes_on_what_was_passed_to_them(cast: Cast) -> None:
    with pytest.raises(Invalid, match="may not do this"):
        given(cast, "chief_executive", "member_officer", P.SIGN_OFF)


def test_a_delegation_needs_an_end_in_the_future(cast: Cast) -> None:
    with pytest.raises(Invalid, match="ends before it starts"):
        given(cast, "head", "deputy", P.PUBLISH, ends_at=MOMENT - timedelta(hours=2))
    with pytest.raises(Invalid, match="over already"):
        given(cast, "head", "deputy", P.PUBLISH, ends_at=MOMENT - timedelta(minutes=1))


def test_reading_does_not_travel(cast: Cast) -> None:
    before = cast.actor("deputy")
    given(cast, "head", "deputy", *(PASSABLE & cast.actor("head").own_permissions))
    after = cast.actor("deputy")
    assert (after.levels, after.keys, after.offices) == (before.levels, before.keys, before.offices)


def test_a_role_that_shrinks_shrinks_what_it_passed_on(cast: Cast) -> None:
    Account.objects.filter(pk=cast.mayor.pk).update(role=Role.MEMBER_OFFICER)
    assert not may(cast.actor("chief_executive"), P.SIGN_OFF, office="aldermere")


def test_whoever_leaves_the_office_acts_for_it_no_longer(cast: Cast) -> None:
    Account.objects.filter(pk=cast.chief_executive.pk).update(person="tess-quill")
    cast.chief_executive.refresh_from_db()
    assert cast.actor("chief_executive").principals == ()


@pytest.mark.parametrize("part", EVERYBODY)
def test_who_may_end_a_delegation(cast: Cast, part: str) -> None:
    if part not in {"mayor", "chief_executive", "administrator"}:
        with pytest.raises(Refused):
            actions.end_delegation(cast.actor(part), delegation=cast.delegation)
        return
    actions.end_delegation(cast.actor(part), delegation=cast.delegation)
    assert not may(cast.actor("chief_executive"), P.SIGN_OFF, office="aldermere")
    with pytest.raises(Conflict, match="over already"):
        actions.end_delegation(cast.actor(part), delegation=cast.delegation)


def test_the_picker_offers_colleagues_only(cast: Cast) -> None:
    assert [account.name for account in possible_delegates(cast.actor("mayor"))] == ["Idris Vale", "Maya Osei"]
    assert {account.role for account in possible_delegates(cast.actor("head"))} == {"deputy", "officer", "coordinator"}


def test_another_office_does_not_learn_who_acts_for_whom(cast: Cast) -> None:
    seen = {part for part in EVERYBODY if delegations_visible_to(cast.actor(part)).exists()}
    assert seen == {"administrator", "head", "deputy", "officer", "coordinator", "mayor", "chief_executive"}
