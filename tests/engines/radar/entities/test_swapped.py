"""The table again with others of the kind in the place of its place, office, department and bill: rules, not rows."""

from itertools import product

import pytest

from tests.engines.radar.entities.register import linked, over

pytestmark = pytest.mark.one_database

_GIVEN = """
    Reading Bury Wells Sandwich Bath Deal Rugby Sale Stone Diss Eye Barking Battle Rye Hope Settle Ash Leek March
    Ely Rochdale Hull Leeds Wigan Hale Lancaster Nelson Crewe Washington Boston Lincoln Durham Newcastle Sunderland
    Preston Halifax Poole Oldham Swindon Grimsby Slough Carlisle Barnsley
"""
PLACES = tuple(_GIVEN.split())
MEANT = [
    "Bus funding for {} was raised with the minister.",
    "{} Council backs the tram extension.",
    "Residents of {} want a later train.",
    "The {} bypass was debated.",
    "{} clean air zone figures published.",
    "{} pier repairs receive a grant.",
    "{} station capacity study.",
    "{} to Wisbech rail reopening.",
    "{} area capacity enhancement is not funded.",
    "{} development corporation proposal.",
    "{} freight depot plan approved.",
    "{} mass transit business case.",
    "{} bus services under local control.",
    "The tram line through {} reopened.",
    "A crossing in {} is to be improved.",
    "{} railway station lifts.",
    "{} Airfield business park expands.",
    "{} Riverside pier.",
    "{} harbour flood defences.",
    "{} bypass funding.",
    "{} town deal board.",
    "{} hub decision awaited.",
    "The Leamside line would reach {}.",
    "{} flood barrier visit by the mayor.",
    "{} Central station funding.",
    "{} film studios approved.",
    "{} wants a tram.",
    "{} South station opened.",
]
NOT_MEANT = [
    "Mr {} asked the minister about pensions.",
    "Ms {} asked the minister about pensions.",
    "A delegation visited {}, Massachusetts.",
    "The trade mission flew to {}, North Carolina.",
    "Our office in {}, Virginia, has closed.",
    "A life of Abraham {} won the prize.",
    "{} house price index published.",
    "Visitor numbers at {} Castle rose.",
    "The co-operative follows the {} principles.",
    "The essay discusses The Road to {} Pier.",
    "The Chancellor of the Duchy of {} made a statement.",
    "{} Mandela day was marked.",
    "Researchers at {} published a study.",
    "A University of {} survey.",
    "The {} inquiry in Cardiff reported.",
    "{} won on Saturday.",
    "{} Iron Works closed.",
]
# Small letters: each of these is a thing before it is a town.
THINGS = ["The {} was long.", "Every {} must be kept.", "Public {} falls.", "They {} the matter.", "A {}, not a plan."]
AREAS = (
    *("North East", "West Midlands", "East Midlands", "Tees Valley", "Greater Manchester", "South Yorkshire", "London"),
    *(
        "Liverpool City Region",
        "West of England",
        "Hull and East Yorkshire",
        "York and North Yorkshire",
        "West Yorkshire",
    ),
    *("Greater Lincolnshire", "Cambridgeshire and Peterborough"),
)
SHARED = ("North East", "West Midlands", "East Midlands")


def test_any_place_is_meant_where_one_is() -> None:
    swapped = [(sentence.format(place), place) for sentence, place in product(MEANT, PLACES)]

    assert [text for text, place in swapped if not over(text, place)] == []


def test_no_place_is_meant_where_none_is() -> None:
    swapped = [(sentence.format(place), place) for sentence, place in product(NOT_MEANT, PLACES)]

    assert [text for text, place in swapped if over(text, place)] == []


def test_a_word_in_small_letters_is_no_town() -> None:
    sentences = [sentence.format(place.lower()) for sentence, place in product(THINGS, PLACES)]

    assert [text for text in sentences if any(link.kind == "place" for link in linked(text).links)] == []


def test_any_regional_mayor_is_the_office() -> None:
    for area in AREAS:
        _check_mayor(area)


def _check_mayor(area: str) -> None:
    the = "" if area in ("London", "Tees Valley", "Greater Manchester") or "Yorkshire" in area else "the "
    for sentence in (f"The Mayor of {the}{area} met the Chancellor.", f"The {area} mayor opened the depot."):
        [office] = [link for link in linked(sentence).links if link.kind == "mayoralty"]
        assert area in office.name or "City Region" in office.name
        assert office.holder


OTHERS = ("New York", "Paris", "Bristol", "Liverpool", "Middlesbrough", "Doncaster", "Manchester")


@pytest.mark.parametrize("place", OTHERS)
def test_any_other_mayor_is_not(place: str) -> None:
    for sentence in (
        f"The mayor of {place} announced a freeze.",
        f"The Lord Mayor of {place} hosted the reception.",
        f"The former Mayor of {place} gave evidence.",
        f"The Mayor of {place} welcomed the grant.",
        f"Town mayor Councillor Smith of {place} switched on the lights.",
    ):
        assert [link for link in linked(sentence).links if link.kind == "mayoralty"] == []


def test_a_region_is_wider_than_the_authority() -> None:
    for area in SHARED:
        assert over(f"Shropshire, in the {area} region, is not affected.", area) == []
        assert over(f"Leicester, in the {area}, objects.", area) == []
        assert over(f"{area} Trains cut its timetable.", area) == []


@pytest.mark.parametrize(
    "bill", ["Railways Bill", "Planning and Infrastructure Bill", "Renters' Rights Bill", "Finance (No. 2) Bill"]
)
def test_the_reading_of_any_bill_is_no_town(bill: str) -> None:
    for stage in ("Second", "Third", "First"):
        sentence = f"{stage} reading of the {bill} takes place on Tuesday. {stage} Reading was put off."
        assert over(sentence, "Reading") == over(sentence, "reading") == []
        [link] = over(sentence, bill)
        assert (link.kind, sentence[link.start : link.end]) == ("bill", bill)


def test_any_department_by_its_initials() -> None:
    for initials in ("DfT", "DfE", "HMT", "DWP", "DHSC", "MHCLG", "DESNZ", "Defra", "CO", "HO"):
        for rest in ("officials chaired the session.", "will transfer the 16 to 19 budget."):
            assert {link.kind for link in over(f"{initials} {rest}", initials)} == {"department"}
        assert over(f"{initials} in Belfast announced funding.", initials) == []


@pytest.mark.parametrize(
    ("initials", "then", "key", "never"),
    [
        ("DSIT", "In 2025", "dsit", "In October 2026"),
        ("DBT", "In 2024", "dbt", "In September 2026"),
        ("DLUHC", "In May 2023", "dluhc", "In 2019"),
        ("BEIS", "In 2018", "beis", "In March 2024"),
        ("DCLG", "On 3 May 2012", "dclg", "In 2022"),
        ("MHCLG", "In 2019", "mhclg-2018", "In May 2022"),
        ("DCMS", "In 2018", "dcms-2017", ""),
        ("DCMS", "In 2024", "dcms", ""),
        ("DCMS", "In October 2026", "ddcms", ""),
    ],
)
def test_initials_mean_the_body_of_the_time_that_is_told(initials: str, then: str, key: str, never: str) -> None:
    assert [link.id for link in over(f"{then} {initials} ran a fund.", initials)] == [key]
    if never:
        found = linked(f"{never} {initials} ran a fund.")
        assert found.links == () and [doubt.id for doubt in found.doubts] == [key.removesuffix("-2018")]
