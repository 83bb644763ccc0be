"""A person signs in; guessing is slowed down, and an unknown address looks like a wrong password."""

from datetime import timedelta

import pytest
from django.contrib.auth import hashers

from folkmoot.apps.access import actions
from folkmoot.apps.access.actions.sign_in import MOST_PER_ADDRESS, MOST_PER_SOURCE
from folkmoot.apps.access.gate import Conflict, Invalid
from folkmoot.apps.access.models import Account, SignInFailure
from tests.cast import MOMENT, PASSWORD, Cast

HELEN = "helen.marsh@folkmoot.invalid"


def attempt(email: str = HELEN, password: str = PASSWORD, source: str = "192.0.2.1", minutes: float = 0) -> Account:
    return actions.sign_in(email=email, password=password, source=source, now=MOMENT + timedelta(minutes=minutes))


def fail(times: int, **given: str) -> None:
    for _ in range(times):
        with pytest.raises(Invalid):
            attempt(password="a wrong one", **given)


def test_the_right_password_opens_whatever_the_case_of_the_address(cast: Cast) -> None:
    assert attempt(email=" Helen.MARSH@folkmoot.invalid ") == cast.head


def test_an_unknown_address_and_a_wrong_password_read_the_same(cast: Cast) -> None:
    with pytest.raises(Invalid) as wrong:
        attempt(password="a wrong one")
    with pytest.raises(Invalid) as unknown:
        attempt(email="nobody@folkmoot.invalid")
    assert str(wrong.value) == str(unknown.value)


def test_an_unknown_address_takes_the_same_work_as_a_known_one(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Counted in hashes made rather than in seconds, so that a busy machine changes nothing."""
    worked: list[str] = []
    encode = hashers.MD5PasswordHasher.encode

    def counted(self: hashers.MD5PasswordHasher, password: str, salt: str) -> str:
        worked.append(password)
        return encode(self, password, salt)

    monkeypatch.setattr(hashers.MD5PasswordHasher, "encode", counted)
    Account.objects.filter(pk=cast.deputy.pk).update(is_active=False)
    counts = []
    for email in (HELEN, "nobody@folkmoot.invalid", "dev.anand@folkmoot.invalid"):
        worked.clear()
        with pytest.raises(Invalid):
            attempt(email=email, password="a wrong one")
        counts.append(len(worked))
    assert counts == [1, 1, 1]


def test_a_closed_account_does_not_open(cast: Cast) -> None:
    Account.objects.filter(pk=cast.head.pk).update(is_active=False)
    with pytest.raises(Invalid, match="address or the password is not right"):
        attempt()


@pytest.mark.parametrize("email", [HELEN, "nobody@folkmoot.invalid"])
def test_ten_failures_close_an_address_for_a_quarter_of_an_hour(cast: Cast, email: str) -> None:
    fail(MOST_PER_ADDRESS, email=email)
    with pytest.raises(Conflict, match="Too many sign-ins have failed"):
        attempt(email=email)
    with pytest.raises(Conflict):
        attempt(email=email.upper(), source="192.0.2.99", minutes=14.9)


def test_after_a_quarter_of_an_hour_the_right_password_opens_again(cast: Cast) -> None:
    fail(MOST_PER_ADDRESS)
    assert attempt(minutes=15) == cast.head


def test_fifty_failures_close_a_source_but_nobody_elsewhere(cast: Cast) -> None:
    for number in range(MOST_PER_SOURCE):
        fail(1, email=f"guess-{number}@folkmoot.invalid")
    with pytest.raises(Conflict):
        attempt()
    assert attempt(source="192.0.2.2") == cast.head


def test_signing_in_forgets_the_failures_of_the_address(cast: Cast) -> None:
    fail(MOST_PER_ADDRESS - 1)
    attempt()
    fail(MOST_PER_ADDRESS - 1)
    assert attempt() == cast.head


def test_failures_hold_no_address_and_go_after_a_day(cast: Cast) -> None:
    fail(1)
    assert "helen" not in SignInFailure.objects.get().address_hash
    with pytest.raises(Invalid):
        attempt(password="a wrong one", minutes=25 * 60)
    assert SignInFailure.objects.count() == 1


def test_only_an_invented_person_signs_in_without_a_password(cast: Cast) -> None:
    with pytest.raises(Invalid, match="Nobody of the demonstration"):
        actions.sign_in_invented(key=cast.head.key, now=MOMENT)
    Account.objects.filter(pk=cast.head.pk).update(is_invented=True)
    assert actions.sign_in_invented(key=cast.head.key, now=MOMENT) == cast.head
