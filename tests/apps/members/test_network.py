"""Members of the network over time, and for whom a person stands."""

from datetime import date, timedelta

import pytest

from folkmoot.apps.access.actor import Actor, offices_of
from folkmoot.apps.access.gate import Conflict, Invalid, Refused
from folkmoot.apps.members.actions import (
    add_organization,
    add_person,
    add_post,
    appoint,
    end_appointment,
    join_network,
    leave_network,
    rename_organization,
)
from folkmoot.apps.members.models import Kind, Organization, Person, Post, PostKind
from folkmoot.apps.members.queries import is_member, mayor_of, member_party, name_on, network_members, offices_of_person
from tests.apps.members.conftest import Network
from tests.cast import TODAY, Cast

pytestmark = pytest.mark.django_db
DAY = timedelta(1)


def test_an_authority_is_a_member_from_the_day_it_joins_until_the_day_it_leaves(
    coordinator: Actor, network: Network
) -> None:
    leave_network(coordinator, organization=network.authority, on=date(2026, 3, 1))
    days = (date(2023, 12, 31), date(2024, 1, 1), date(2026, 2, 28), date(2026, 3, 1))
    assert [[member.key for member in network_members(day)] for day in days] == [[], ["aldermere"], ["aldermere"], []]
    assert [is_member("aldermere", day) for day in days] == [False, True, True, False]
    join_network(coordinator, organization=network.authority, on=date(2026, 9, 1))
    assert is_member("aldermere", date(2026, 9, 1))


def test_a_member_counts_for_its_mayors_party_on_the_day(coordinator: Actor, network: Network) -> None:
    end_appointment(coordinator, term=network.term, valid_to="2026-05-11", reason="succeeded at election")
    successor = add_person(coordinator, key="nell-byrne", name="Nell Byrne", invented=True)
    appoint(coordinator, person=successor, post=network.post, valid_from="2026-05-11")
    (before,) = network_members(date(2026, 5, 10))
    (after,) = network_members(date(2026, 5, 11))
    assert (before.party, after.party) == (network.party, None)
    assert member_party("aldermere", date(2026, 5, 10)) == network.party


def test_a_person_stands_for_the_office_while_they_hold_a_post_in_a_member(
    coordinator: Actor, network: Network
) -> None:
    mayor = add_person(coordinator, key="nell-byrne", name="Nell Byrne", invented=True)
    end_appointment(coordinator, term=network.term, valid_to="2025-05-12")
    appoint(coordinator, person=mayor, post=network.post, valid_from="2025-05-12")
    assert offices_of("nell-byrne", TODAY) == {"aldermere"}  # the access room asks this room
    assert offices_of("nell-byrne", date(2025, 5, 11)) == frozenset()
    assert offices_of_person("gwen-tarrant", date(2025, 5, 11)) == {"aldermere"}
    assert offices_of_person("gwen-tarrant", date(2025, 5, 12)) == frozenset()
    assert offices_of_person("gwen-tarrant", date(2023, 12, 31)) == frozenset()  # not yet a member
    assert offices_of_person("nobody", TODAY) == frozenset()


def test_a_post_outside_the_members_opens_no_office(coordinator: Actor, network: Network) -> None:
    ministry = add_organization(
        coordinator, key="mlr", name="Ministry for Local Renewal", kind=Kind.DEPARTMENT, invented=True
    )
    post = add_post(coordinator, key="mlr-minister", organization=ministry, kind=PostKind.MINISTER, label="Minister")
    minister = add_person(coordinator, key="ola-finch", name="Ola Finch", invented=True)
    appoint(coordinator, person=minister, post=post, valid_from="2025-01-01")
    assert offices_of_person("ola-finch", TODAY) == frozenset()


def test_there_is_one_mayor_at_a_time(coordinator: Actor, network: Network) -> None:
    other = add_person(coordinator, key="nell-byrne", name="Nell Byrne", invented=True)
    with pytest.raises(Conflict, match="Gwen Tarrant holds this post then"):
        appoint(coordinator, person=other, post=network.post, valid_from="2026-05-11")
    with pytest.raises(Conflict, match="Gwen Tarrant holds this post then"):
        appoint(coordinator, person=other, post=network.post, valid_from="2020-05-11", valid_to="2023-05-09")
    appoint(coordinator, person=other, post=network.post, valid_from="2020-05-11", valid_to="2023-05-08")
    found = mayor_of("aldermere", date(2023, 5, 7))
    assert found is not None
    assert found.person == other


def test_a_renamed_body_keeps_its_old_name_for_its_old_days(coordinator: Actor, network: Network) -> None:
    rename_organization(
        coordinator, organization=network.authority, name="Aldermere Strategic Authority", on=TODAY, source="", as_of=""
    )
    authority = Organization.objects.get(key="aldermere")
    assert name_on(authority, TODAY - DAY).name == "Aldermere Combined Authority"
    assert name_on(authority, TODAY).name == "Aldermere Strategic Authority"


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"name": " "}, "The name is missing"),
        ({"valid_from": "soon"}, "is not a date"),
        ({"invented": False}, "A fact needs a source"),
        ({"invented": False, "source": "A letter", "as_of": "2030"}, "lies in the future"),
        ({"invented": False, "source": "A letter", "as_of": ""}, "as-of date is missing"),
    ],
)
def test_what_cannot_be_used_is_refused_in_a_sentence(
    coordinator: Actor, values: dict[str, object], words: str
) -> None:
    given = {"key": "stanwold", "name": "Stanwold", "kind": Kind.AUTHORITY, "invented": True, **values}
    with pytest.raises(Invalid, match=words):
        add_organization(coordinator, **given)  # type: ignore[arg-type]
    assert not Organization.objects.exists()


def test_a_key_is_taken_once(coordinator: Actor, network: Network) -> None:
    with pytest.raises(Conflict, match="already in the register"):
        add_organization(coordinator, key="aldermere", name="Another", kind=Kind.AUTHORITY, invented=True)


def test_joining_and_leaving_ask_for_what_is_possible(coordinator: Actor, network: Network) -> None:
    with pytest.raises(Conflict, match="already recorded as a member"):
        join_network(coordinator, organization=network.authority, on=TODAY)
    with pytest.raises(Conflict, match="already recorded as a member"):
        join_network(coordinator, organization=network.authority, on=date(2020, 1, 1))
    with pytest.raises(Invalid, match="is not after the beginning"):
        leave_network(coordinator, organization=network.authority, on=date(2024, 1, 1))
    young = add_organization(
        coordinator, key="stanwold", name="Stanwold", kind=Kind.AUTHORITY, valid_from="2026-06-04", invented=True
    )
    with pytest.raises(Invalid, match="was formed on 4 June 2026"):
        join_network(coordinator, organization=young, on=date(2026, 6, 3))
    with pytest.raises(Conflict, match="is not a member"):
        leave_network(coordinator, organization=young, on=TODAY)


def test_only_who_may_correct_the_register_may_add_to_it(cast: Cast, network: Network) -> None:
    for part in ("mayor", "chief_executive", "guest", "administrator", "stranger"):
        actor = cast.actor(part)
        with pytest.raises(Refused):
            leave_network(actor, organization=network.authority, on=TODAY)
        with pytest.raises(Refused):
            add_person(actor, key="new-person", name="New Person", invented=True)
        with pytest.raises(Refused):
            end_appointment(actor, term=network.term, valid_to="2026-11-01")
    assert is_member("aldermere", TODAY)
    assert Person.objects.count() == Post.objects.count() == 1
