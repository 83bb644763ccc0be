"""The structure on a day."""

from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from folkmoot.apps.members.models import Organization
from folkmoot.apps.members.queries import BodyOn, name_on, structure

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped")]


def authorities(day: date) -> dict[str, BodyOn]:
    return {body.organization.key: body for body in structure(day).authorities}


def departments(day: date) -> dict[str, BodyOn]:
    return {body.organization.key: body for body in structure(day).departments}


@pytest.mark.requirement("A31")
def test_the_ministry_for_local_government_on_each_day_comes_with_what_it_was_before() -> None:
    chain = [(date(2004, 1, 1), "odpm"), (date(2010, 1, 1), "dclg"), (date(2019, 1, 1), "mhclg-2018")]
    chain += [(date(2023, 1, 1), "dluhc"), (date(2026, 1, 1), "mhclg")]
    for (_, before), (day, key) in pairwise(chain):
        found = departments(day)
        assert key in found
        assert before not in found
        assert [link.key for link in found[key].predecessors] == [before]


@pytest.mark.requirement("A31")
def test_authorities_on_a_day_have_their_mayor_tier_and_predecessors() -> None:
    found = authorities(date(2026, 11, 25))
    north_east = found["north-east"]
    assert north_east.mayor is not None
    assert north_east.mayor.person.name == "Kim McGuinness"
    assert north_east.tier is not None
    assert north_east.tier.tier == "established mayoral"
    assert [link.name for link in north_east.predecessors] == [
        "North East Combined Authority of 2014",
        "North of Tyne Combined Authority",
    ]
    assert len(found) == 20  # two are planned and one has ended
    assert found["cumbria"].mayor is None


def test_a_body_is_there_from_its_first_day_until_the_day_before_its_last() -> None:
    assert "north-east" not in authorities(date(2024, 5, 6))
    assert "north-of-tyne" in authorities(date(2024, 5, 6))
    assert "north-east" in authorities(date(2024, 5, 7))
    assert "north-of-tyne" not in authorities(date(2024, 5, 7))
    assert "greater-essex" not in authorities(date(2026, 11, 25))


def test_the_reshuffle_of_july_2026_is_in_the_structure() -> None:
    before, after = departments(date(2026, 7, 21)), departments(date(2026, 7, 22))
    assert {"dbt", "dsit", "dcms"} <= set(before)
    assert not {"dbt", "dsit", "dcms"} & set(after)
    assert {"bist", "ddcms"} <= set(after)
    assert {link.key for link in after["bist"].predecessors} == {"dbt", "dsit"}
    assert {link.key for link in before["dsit"].successors} == {"bist", "ddcms", "co"}


def test_the_tier_changes_on_its_day_and_its_single_source_is_told() -> None:
    before = authorities(date(2026, 7, 30))["east-midlands"].tier
    after = authorities(date(2026, 7, 31))["east-midlands"].tier
    assert before is not None
    assert after is not None
    assert (before.tier, after.tier) == ("mayoral", "established mayoral")
    assert "rests on one source" in after.doubt


def test_there_were_no_tiers_before_the_white_paper() -> None:
    assert authorities(date(2024, 12, 15))["west-midlands"].tier is None
    assert authorities(date(2024, 12, 16))["west-midlands"].tier is not None


@pytest.mark.parametrize(
    ("key", "day", "name", "certain"),
    [
        ("north-east", date(2026, 5, 17), "North East Combined Authority", True),
        ("north-east", date(2026, 5, 18), "North East Mayoral Strategic Authority", True),
        ("south-yorkshire", date(2016, 1, 1), "Sheffield City Region Combined Authority", False),
        ("south-yorkshire", date(2023, 1, 1), "South Yorkshire Mayoral Combined Authority", True),
        ("hmt", date(2023, 1, 1), "HM Treasury", True),
    ],
)
def test_a_record_shows_the_name_that_was_true_on_its_day(key: str, day: date, name: str, certain: bool) -> None:
    found = name_on(Organization.objects.get(key=key), day)
    assert (found.name, found.certain) == (name, certain)


def test_units_stand_under_the_department_that_had_them_by_that_day() -> None:
    units = {unit.organization.key for unit in departments(date(2026, 1, 1))["dwp"].units}
    earlier = {unit.organization.key for unit in departments(date(2025, 7, 1))["dwp"].units}
    assert "skills-england" in units
    assert "skills-england" not in earlier


def test_the_whole_structure_takes_nine_queries(django_assert_num_queries: Any) -> None:
    # mayors, members, bodies, their names, tiers, links from and their bodies, links to and their bodies
    with django_assert_num_queries(9):
        structure(date(2026, 11, 25))


def test_a_department_shows_only_what_it_had_come_from_by_that_day() -> None:
    before, after = departments(date(2026, 7, 21))["co"], departments(date(2026, 7, 22))["co"]
    assert before.predecessors == []
    assert [link.key for link in after.predecessors] == ["dsit"]


def test_a_public_body_is_no_department() -> None:
    found = structure(date(2026, 11, 25))
    assert not {"hs2", "obr", "homes-england"} & {body.organization.key for body in found.departments}
    assert "ofsted" in {body.organization.key for body in found.departments}
