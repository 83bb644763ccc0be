"""May this person do it? One truth table, yes and no from the same cast."""

from datetime import timedelta

import pytest

from folkmoot.apps.access.gate import FOR_ONE_OFFICE, Refused, check, may
from folkmoot.apps.access.permissions import SENTENCES, Permission
from folkmoot.apps.access.roles import ROLES, Role
from tests.cast import MOMENT, Cast, act

P = Permission

# permission, office, who may among everybody of the cast
TABLE = [
    (P.PEOPLE_MANAGE, None, {"administrator"}),
    (P.SETTINGS_CHANGE, None, {"administrator"}),
    (P.TERMS_CHANGE, None, {"head"}),
    (P.AUDIT_READ, None, {"administrator", "head", "deputy"}),
    (P.MAIL_READ, None, {"head", "deputy", "officer", "coordinator"}),
    (P.REGISTER_CORRECT, None, {"head", "deputy", "officer", "coordinator"}),
    (P.POSITION_DRAFT, None, {"head", "deputy", "officer"}),
    (P.CIRCULATION_OPEN, None, {"head", "deputy", "officer"}),
    (P.AMENDMENT_DECIDE, None, {"head", "deputy", "officer"}),
    (P.EXCEPTION_NOTE, None, {"head", "deputy", "officer"}),
    (P.RETURN_FILE_FOR_OFFICE, None, {"head", "deputy", "officer", "coordinator"}),
    (P.CONSENSUS_READ, None, {"head", "deputy", "officer", "coordinator"}),
    (P.PUBLISH, None, {"head"}),
    (P.RETURN_DRAFT, "aldermere", {"mayor", "chief_executive", "member_officer"}),
    (P.RETURN_SUBMIT, "aldermere", {"mayor", "chief_executive", "member_officer"}),
    (P.RETURN_SUBMIT, "harrowmoor", {"other_mayor", "other_officer"}),
    (P.RETURN_RELEASE, "aldermere", {"mayor", "chief_executive"}),
    (P.SIGN_OFF, "aldermere", {"mayor", "chief_executive"}),
    (P.SIGN_OFF, "harrowmoor", {"other_mayor"}),
    (P.SIGN_OFF, "stanwold", set()),
]


@pytest.mark.parametrize(("permission", "office", "allowed"), TABLE)
def test_only_those_of_the_table_may(cast: Cast, permission: P, office: str | None, allowed: set[str]) -> None:
    from tests.cast import EVERYBODY

    assert {part for part in EVERYBODY if may(cast.actor(part), permission, office=office)} == allowed


def test_every_permission_has_its_sentence_and_somebody_who_holds_it() -> None:
    held = frozenset().union(*(role.permissions for role in ROLES.values()))
    assert set(SENTENCES) == set(P) == held
    assert set(ROLES) == set(Role)


def test_a_refusal_says_what_is_not_allowed(cast: Cast) -> None:
    with pytest.raises(Refused, match="Your role does not allow this: publish a signed position"):
        check(cast.actor("officer"), P.PUBLISH)


def test_a_permission_of_one_office_must_be_asked_with_the_office(cast: Cast) -> None:
    for permission in FOR_ONE_OFFICE:
        with pytest.raises(ValueError, match="needs office"):
            may(cast.actor("mayor"), permission)


def test_the_trail_learns_for_whom_the_chief_executive_signs(cast: Cast) -> None:
    by = check(cast.actor("chief_executive"), P.SIGN_OFF, office="aldermere")
    assert (by.principal_id, by.principal_name) == (cast.mayor.pk, "Gwen Tarrant")


def test_a_delegation_holds_from_its_first_moment_to_just_before_its_last(cast: Cast) -> None:
    delegation = cast.delegation
    moments = {
        delegation.starts_at - timedelta(seconds=1): False,
        delegation.starts_at: True,
        delegation.ends_at - timedelta(seconds=1): True,
        delegation.ends_at: False,
    }
    for now, expected in moments.items():
        actor = act(cast.chief_executive, now=now)
        assert may(actor, P.SIGN_OFF, office="aldermere") is expected, now


def test_a_personal_link_never_signs(cast: Cast) -> None:
    for account in (cast.mayor, cast.chief_executive):
        actor = act(account, now=MOMENT, confined="circulation:1")
        assert may(actor, P.RETURN_SUBMIT, office="aldermere")
        assert not may(actor, P.SIGN_OFF, office="aldermere")
        assert not may(actor, P.RETURN_RELEASE, office="aldermere")
