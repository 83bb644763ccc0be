"""One's own account, and who acts for whom, on their pages."""

from typing import Any

from django.urls import reverse

from folkmoot.apps.access.models import Delegation
from tests.cast import PASSWORD, Cast

NEW = "seven herons at the weir"


def test_the_account_page_says_who_one_is_and_for_whom_one_acts(cast: Cast, sign_in_as: Any) -> None:
    page = sign_in_as("chief_executive").get(reverse("account")).content.decode()
    assert "Idris Vale" in page
    assert "Gwen Tarrant, until 7 December 2026, 09:40." in page


def test_changing_ones_password_keeps_one_signed_in(cast: Cast, sign_in_as: Any) -> None:
    client = sign_in_as("officer")
    wrong = client.post(reverse("account"), {"current": "no", "password": NEW, "again": NEW})
    assert "The current password is not right." in wrong.content.decode()
    done = client.post(reverse("account"), {"current": PASSWORD, "password": NEW, "again": NEW}, follow=True)
    assert "Your password was changed." in done.content.decode()


def given(cast: Cast, **changes: Any) -> dict[str, Any]:
    first = dict(zip(("starts_on_day", "starts_on_month", "starts_on_year"), (25, 11, 2026), strict=True))
    last = dict(zip(("ends_on_day", "ends_on_month", "ends_on_year"), (4, 12, 2026), strict=True))
    return {"delegate": cast.deputy.key, "permissions": ["publish"], **first, **last, **changes}


def test_the_head_lets_the_deputy_publish_to_the_end_of_the_last_day(cast: Cast, sign_in_as: Any) -> None:
    response = sign_in_as("head").post(reverse("delegations"), given(cast), follow=True)
    assert "Dev Anand may act for you" in response.content.decode()
    delegation = Delegation.objects.get(principal=cast.head)
    assert delegation.starts_at.isoformat() == "2026-11-25T09:40:00+00:00"
    assert delegation.ends_at.isoformat() == "2026-12-04T23:59:59+00:00"


def test_a_delegation_that_cannot_be_is_said_to_be_so(cast: Cast, sign_in_as: Any) -> None:
    client = sign_in_as("head")
    early = client.post(reverse("delegations"), given(cast, ends_on_month=10)).content.decode()
    assert "The delegation ends before it starts." in early
    nobody = client.post(reverse("delegations"), {}).content.decode()
    assert "Choose a colleague." in nobody
    elsewhere = client.post(reverse("delegations"), given(cast, delegate=cast.mayor.key))
    assert not Delegation.objects.filter(principal=cast.head).exists()
    assert elsewhere.status_code == 200


def test_a_delegation_is_ended_by_its_holder_and_unknown_to_others(cast: Cast, sign_in_as: Any) -> None:
    address = reverse("delegation_end", args=[cast.delegation.key])
    assert sign_in_as("other_mayor").post(address).status_code == 404
    assert sign_in_as("officer").post(address).status_code == 403
    assert sign_in_as("chief_executive").post(address).status_code == 302
    assert sign_in_as("chief_executive").post(address).status_code == 409


def test_every_role_and_every_permission_stands_on_one_page(cast: Cast, sign_in_as: Any) -> None:
    from folkmoot.apps.access.permissions import SENTENCES
    from folkmoot.apps.access.roles import ROLES

    page = sign_in_as("guest").get(reverse("permissions")).content.decode()
    for sentence in [*SENTENCES.values(), *(role.sentence for role in ROLES.values())]:
        assert sentence in page
