"""A person sets their password by a link, once, and changes it later."""

import pytest

from folkmoot.apps.access import actions
from folkmoot.apps.access.gate import Conflict, Invalid, Refused
from tests.cast import MOMENT, PASSWORD, Cast

NEW = "seven herons at the weir"


def redeem(cast: Cast, token: str, password: str = NEW) -> None:
    actions.set_password_by_link(key=cast.guest.key, token=token, password=password, now=MOMENT)


def test_a_link_sets_a_password_once(cast: Cast) -> None:
    token = actions.invite(cast.actor("administrator"), account=cast.guest)
    redeem(cast, token)
    cast.guest.refresh_from_db()
    assert cast.guest.check_password(NEW)
    with pytest.raises(Invalid, match="has been used or is too old"):
        redeem(cast, token, "another long password")


@pytest.mark.parametrize("token", ["", "made-up", "abc123-0123456789abcdef0123456789abcdef"])
def test_a_made_up_link_opens_nothing(cast: Cast, token: str) -> None:
    with pytest.raises(Invalid, match="has been used or is too old"):
        redeem(cast, token)


def test_another_persons_link_opens_nothing(cast: Cast) -> None:
    token = actions.invite(cast.actor("administrator"), account=cast.head)
    with pytest.raises(Invalid):
        redeem(cast, token)


def test_a_closed_account_gets_no_link_and_its_old_one_is_dead(cast: Cast) -> None:
    administrator = cast.actor("administrator")
    token = actions.invite(administrator, account=cast.guest)
    actions.close_account(administrator, account=cast.guest)
    with pytest.raises(Invalid):
        redeem(cast, token)
    with pytest.raises(Conflict, match="is closed"):
        actions.invite(administrator, account=cast.guest)


def test_a_weak_password_is_refused_and_the_link_stays_good(cast: Cast) -> None:
    token = actions.invite(cast.actor("administrator"), account=cast.guest)
    with pytest.raises(Invalid, match="too short"):
        redeem(cast, token, "short")
    redeem(cast, token)


def test_only_an_administrator_invites(cast: Cast) -> None:
    with pytest.raises(Refused):
        actions.invite(cast.actor("head"), account=cast.guest)


def test_one_changes_ones_own_password_by_knowing_the_old_one(cast: Cast) -> None:
    actor = cast.actor("officer")
    with pytest.raises(Invalid, match="current password is not right"):
        actions.change_own_password(actor, current="a guess", password=NEW)
    actions.change_own_password(actor, current=PASSWORD, password=NEW)
    cast.officer.refresh_from_db()
    assert cast.officer.check_password(NEW)


def test_a_personal_link_changes_no_password(cast: Cast) -> None:
    with pytest.raises(Refused):
        actions.change_own_password(cast.actor("mayor", confined="circulation:1"), current=PASSWORD, password=NEW)
