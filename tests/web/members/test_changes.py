"""What the secretariat changes in the register, by its forms."""

from datetime import date
from typing import Any

import pytest

from folkmoot.apps.members.models import Correction, Membership, Organization
from folkmoot.apps.members.queries import is_member, mayor_of
from tests.apps.members.conftest import Network
from tests.cast import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped")]
ORIGIN = {"source": "Letter of 20 November 2026", "as_of": "2026-11-20"}
CHANGES = (
    "/members/facts/organisation/correct/cumbria/",
    "/members/facts/organisation/correct/cumbria/?field=website",
    "/members/facts/organisation/recheck/cumbria/",
    "/members/facts/term/correct/mayor-west-midlands/2024-05-02/",
    "/members/authorities/cumbria/join/",
    "/members/authorities/cumbria/leave/",
    "/members/posts/mayor-cumbria/holder/",
    "/members/bodies/cumbria/officers/add/",
    "/members/bodies/hmt/officers/add/",
    "/members/bodies/cumbria/rename/",
    "/members/bodies/add/",
    "/members/terms/end/mayor-west-midlands/2024-05-02/",
)


def day(name: str, year: int, month: int, day_: int) -> dict[str, str]:
    return {f"{name}_day": str(day_), f"{name}_month": str(month), f"{name}_year": str(year)}


@pytest.mark.parametrize("page", CHANGES)
def test_only_who_may_correct_the_register_gets_a_form(sign_in_as: Any, page: str) -> None:
    assert sign_in_as("coordinator").get(page).status_code == 200
    for part in ("mayor", "member_officer", "administrator"):
        client = sign_in_as(part)
        assert client.get(page).status_code == 403
        assert client.post(page, ORIGIN).status_code == 403


def test_a_fact_is_corrected_and_the_page_tells_what_it_was(sign_in_as: Any) -> None:
    client = sign_in_as("coordinator")
    form = client.get("/members/facts/organisation/correct/north-of-tyne/?field=short_name").content.decode()
    assert 'value="NTCA"' in form
    given = {"value": "NoTCA", "expected": "NTCA", "reason": "Its own papers say so.", **ORIGIN}
    answer = client.post(
        "/members/facts/organisation/correct/north-of-tyne/?field=short_name", given, follow=True
    ).content.decode()
    assert "Short name of North of Tyne Combined Authority was corrected. The old value is kept." in answer
    assert "short name was “NTCA”, now “NoTCA”" in answer
    assert "Letter of 20 November 2026" in client.get("/members/corrections/").content.decode()


def test_a_correction_that_cannot_be_made_stays_in_the_form_with_its_reason(sign_in_as: Any) -> None:
    client = sign_in_as("coordinator")
    page = "/members/facts/term/correct/mayor-west-midlands/2024-05-02/?field=valid_from"
    given = {"value": "in May", "expected": "2024-05", "reason": "A letter.", **ORIGIN}
    answer = client.post(page, given).content.decode()
    assert "“in May” is not a date" in answer
    assert 'value="in May"' in answer
    stale = client.post(page, {**given, "value": "2024-05-07", "expected": "2024-04"}).content.decode()
    assert "Somebody changed this in the meantime: it is now “2024-05”" in stale
    without = client.post(page, {**given, "value": "2024-05-07", "source": ""}).content.decode()
    assert "Say where it can be read." in without
    assert not Correction.objects.exists()


def test_a_fact_that_was_looked_at_again_loses_its_flag(sign_in_as: Any) -> None:
    client = sign_in_as("coordinator")
    given = {"reason": "The order was read.", **ORIGIN}
    client.post("/members/facts/organisation/recheck/cumbria/", given)
    cumbria = Organization.objects.get(key="cumbria")
    assert cumbria.flags(TODAY) == []
    assert cumbria.as_of == "2026-11-20"


def test_an_authority_joins_and_leaves(sign_in_as: Any) -> None:
    client = sign_in_as("coordinator")
    said = client.post("/members/authorities/cumbria/join/", {**day("on", 2026, 12, 1), **ORIGIN}, follow=True)
    assert "Cumbria Combined Authority is a member from 1 December 2026." in said.content.decode()
    assert not is_member("cumbria", TODAY)
    twice = client.post("/members/authorities/cumbria/join/", {**day("on", 2026, 12, 2), **ORIGIN}).content.decode()
    assert "is already recorded as a member from 1 December 2026" in twice
    client.post("/members/authorities/cumbria/leave/", day("on", 2027, 1, 1))
    assert [is_member("cumbria", date(2026, 12, 31)), is_member("cumbria", date(2027, 1, 1))] == [True, False]


def test_a_change_of_mayor_ends_the_present_term(sign_in_as: Any, network: Network) -> None:
    client = sign_in_as("coordinator")
    given = {"name": "Nell Byrne", "party": "Harbour", "valid_from": "2026-11-09", "elected_on": "2026-11-05"}
    refused = client.post("/members/posts/mayor-aldermere/holder/", given).content.decode()
    assert "Gwen Tarrant holds this post then. Record first when that term ended." in refused
    assert not Membership.objects.filter(person__name="Nell Byrne").exists()
    said = client.post("/members/posts/mayor-aldermere/holder/", {**given, "ends_present_term": "on"}, follow=True)
    assert "Nell Byrne is Mayor of Aldermere from 9 November 2026." in said.content.decode()
    now, before = mayor_of("aldermere", TODAY), mayor_of("aldermere", TODAY.replace(day=8))
    assert now is not None
    assert before is not None
    assert (now.person.name, str(now.party), before.person.name) == ("Nell Byrne", "Harbour", "Gwen Tarrant")
    assert now.person.invented


def test_an_officer_is_added_and_leaves(sign_in_as: Any, network: Network) -> None:
    client = sign_in_as("coordinator")
    given = {"title": "Chief Executive", "kind": "chief-executive", "name": "Idris Vale", "valid_from": "2025-02"}
    client.post("/members/bodies/aldermere/officers/add/", given)
    page = client.get("/members/authorities/aldermere/").content.decode()
    assert "Idris Vale" in page
    key = Membership.objects.get(person__name="Idris Vale").key
    client.post(f"/members/terms/end/{key}/", {"valid_to": "2026-11-25", "reason": "retired"})
    page = client.get("/members/authorities/aldermere/").content.decode()
    officers = page[page.index("Mayor and officers") : page.index("Terms of the mayor")]
    assert "Idris Vale" not in officers
    again = client.post(f"/members/terms/end/{key}/", {"valid_to": "2026-11-26", "reason": ""}).content.decode()
    assert "This term has already ended, on 25 November 2026." in again


def test_a_body_is_added_and_renamed(sign_in_as: Any) -> None:
    client = sign_in_as("coordinator")
    given = {"name": "Office for Regions", "short_name": "OfR", "kind": "public-body", "tier": "", "valid_from": "2026"}
    client.post("/members/bodies/add/", {**given, **ORIGIN})
    new = {"name": "Regions Office", "short_name": "RO", **day("on", 2027, 1, 1), **ORIGIN}
    client.post("/members/bodies/office-for-regions/rename/", new)
    early = client.get("/members/departments/body/office-for-regions/", {"on": "2026-12-31"}).content.decode()
    late = client.get("/members/departments/body/office-for-regions/", {"on": "2027-01-01"}).content.decode()
    assert "<h1" in early
    assert "Office for Regions</h1>" in early
    assert "Regions Office</h1>" in late
    twice = client.post("/members/bodies/add/", {**given, **ORIGIN}).content.decode()
    assert "is already in the register" in twice


def test_a_real_body_takes_no_invented_party(sign_in_as: Any, network: Network) -> None:
    client = sign_in_as("coordinator")
    given = {"name": "Jo Real", "party": "Commonweal", "valid_from": "2026-11-01", **ORIGIN}
    answer = client.post("/members/posts/mayor-cumbria/holder/", given).content.decode()
    assert "one is invented, the other is real" in answer
    assert not Membership.objects.filter(post__key="mayor-cumbria").exists()
