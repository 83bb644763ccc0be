"""Putting a fact right."""

from datetime import date

import pytest

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audit import verify
from folkmoot.apps.access.gate import Conflict, Invalid, Refused
from folkmoot.apps.access.models import AuditEntry
from folkmoot.apps.members.actions import correct_fact, recheck_fact
from folkmoot.apps.members.models import Correction, Membership, Organization, Party, PolicyTerm
from folkmoot.apps.members.queries import mayor_of
from tests.cast import MOMENT, TODAY, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped")]
WHY = {"reason": "The authority told us.", "source": "Letter of 20 November 2026", "as_of": "2026-11-20"}


def cumbria() -> Organization:
    return Organization.objects.get(key="cumbria")


def test_it_keeps_the_old_value_with_who_when_and_why(coordinator: Actor) -> None:
    correct_fact(coordinator, fact=cumbria(), field="short_name", value="CuCA", **WHY)
    assert cumbria().short_name == "CuCA"
    kept = Correction.objects.get()
    assert (kept.old_value, kept.new_value, kept.reason) == ("", "CuCA", "The authority told us.")
    assert (kept.name, kept.at, kept.source) == (coordinator.name, MOMENT, "Letter of 20 November 2026")
    assert AuditEntry.objects.filter(verb="fact.corrected").count() == 1
    assert verify() == []


def test_a_corrected_date_changes_who_held_the_post_when(coordinator: Actor) -> None:
    term = Membership.objects.get(key="mayor-west-midlands/2024-05-02")
    correct_fact(coordinator, fact=term, field="valid_from", value="2024-05-09", **WHY)
    before, after = mayor_of("west-midlands", date(2024, 5, 8)), mayor_of("west-midlands", date(2024, 5, 9))
    assert before is not None
    assert after is not None
    assert (before.person.name, after.person.name) == ("Andy Street", "Richard Parker")


def test_a_new_party_is_added_when_a_term_is_corrected_to_it(coordinator: Actor) -> None:
    term = Membership.objects.get(key="mayor-west-midlands/2024-05-02")
    correct_fact(coordinator, fact=term, field="party", value="Labour and Co-operative", **WHY)
    term.refresh_from_db()
    assert str(term.party) == "Labour and Co-operative"
    assert Party.objects.get(key="labour-and-co-operative").source == WHY["source"]
    correct_fact(coordinator, fact=term, field="party", value="", **WHY)
    term.refresh_from_db()
    assert term.party is None


def test_an_authority_that_was_formed_is_no_longer_planned(coordinator: Actor) -> None:
    essex = Organization.objects.get(key="greater-essex")
    assert essex.planned
    correct_fact(coordinator, fact=essex, field="status", value="established, mayor not yet elected", **WHY)
    essex.refresh_from_db()
    assert not essex.planned


def test_a_second_look_clears_the_flags(coordinator: Actor) -> None:
    assert [flag.label for flag in cumbria().flags(TODAY)] == ["Not confirmed"]
    recheck_fact(coordinator, fact=cumbria(), **WHY)
    assert cumbria().flags(TODAY) == []
    assert cumbria().sources[-1] == WHY["source"]
    with pytest.raises(Invalid, match="already checked as of 20 November 2026"):
        recheck_fact(coordinator, fact=cumbria(), **{**WHY, "as_of": "2026-11-19"})


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"reason": " "}, "Say why the fact is corrected"),
        ({"source": ""}, "A fact needs a source"),
        ({"as_of": "2026-12-01"}, "lies in the future"),
        ({"as_of": "lately"}, "is not a date"),
        ({"field": "key"}, "cannot be corrected"),
        ({"field": "invented"}, "cannot be corrected"),
        ({"field": "name", "value": ""}, "“Name” cannot be empty"),
        ({"field": "valid_from", "value": "in May"}, "is not a date"),
        ({"field": "valid_to", "value": "2026-02-24"}, "is not after the beginning"),
        ({"field": "short_name", "value": "x" * 41}, "at most 40 characters"),
        ({"field": "short_name", "value": ""}, "same as the old one"),
    ],
)
def test_what_cannot_be_used_is_refused_and_nothing_changes(
    coordinator: Actor, change: dict[str, str], words: str
) -> None:
    given = {"field": "short_name", "value": "CuCA", **WHY, **change}
    with pytest.raises(Invalid, match=words):
        correct_fact(coordinator, fact=cumbria(), **given)
    assert not Correction.objects.exists()
    assert not AuditEntry.objects.filter(verb="fact.corrected").exists()


def test_a_name_with_a_history_is_corrected_in_that_history(coordinator: Actor) -> None:
    north_east = Organization.objects.get(key="north-east")
    with pytest.raises(Invalid, match="list of its names"):
        correct_fact(coordinator, fact=north_east, field="name", value="Another", **WHY)


def test_what_changed_since_the_form_was_opened_is_not_overwritten(coordinator: Actor) -> None:
    correct_fact(coordinator, fact=cumbria(), field="short_name", value="CuCA", expected="", **WHY)
    with pytest.raises(Conflict, match="it is now “CuCA”"):
        correct_fact(coordinator, fact=cumbria(), field="short_name", value="CCA", expected="", **WHY)
    assert cumbria().short_name == "CuCA"


def test_a_kind_of_record_that_is_no_fact_of_the_register_is_refused(coordinator: Actor) -> None:
    with pytest.raises(Invalid, match="cannot be corrected here"):
        correct_fact(coordinator, fact=PolicyTerm.objects.first(), field="term", value="x", **WHY)


def test_only_who_may_correct_may(cast: Cast) -> None:
    for part in ("mayor", "member_officer", "guest", "administrator", "stranger"):
        with pytest.raises(Refused):
            correct_fact(cast.actor(part), fact=cumbria(), field="short_name", value="CuCA", **WHY)
        with pytest.raises(Refused):
            recheck_fact(cast.actor(part), fact=cumbria(), **WHY)
    assert not Correction.objects.exists()
