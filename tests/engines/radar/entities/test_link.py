"""Links as of a day, where they stand in the text as given, and what a register and a text may be."""

import sys
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.engines.radar.entities import Entity, Linker, Name, Period, Term, entities_of
from tests.engines.radar.entities.register import TODAY, ids, linked, linker, over

pytestmark = pytest.mark.one_database


@pytest.mark.parametrize(
    ("text", "on", "named", "successors"),
    [
        ("DLUHC wrote to councils.", date(2023, 5, 1), {"dluhc"}, set()),
        ("DLUHC wrote to councils.", date(2024, 7, 9), {"dluhc"}, set()),
        ("DLUHC wrote to councils.", date(2024, 7, 10), {"dluhc"}, {"mhclg"}),
        ("MHCLG wrote to councils.", date(2022, 6, 1), {"mhclg-2018"}, {"dluhc"}),
        ("MHCLG wrote to councils.", date(2018, 1, 8), {"mhclg-2018"}, set()),
        ("MHCLG wrote to councils.", date(2021, 9, 30), {"mhclg-2018"}, set()),
        ("MHCLG wrote to councils.", date(2021, 10, 1), {"mhclg-2018"}, {"dluhc"}),
        ("MHCLG wrote to councils.", date(2024, 7, 10), {"mhclg"}, set()),
        ("DCMS wrote to museums.", date(2020, 1, 1), {"dcms-2017"}, set()),
        ("DCMS wrote to museums.", date(2026, 7, 21), {"dcms"}, set()),
        ("DCMS wrote to museums.", date(2026, 7, 22), {"ddcms"}, set()),
        ("DSIT wrote to labs.", TODAY, {"dsit"}, {"bist", "ddcms", "co"}),
        ("DCLG wrote to councils.", TODAY, {"dclg"}, {"mhclg-2018", "dluhc", "mhclg"}),
        ("DLUHC wrote to councils.", date(2019, 1, 1), set(), set()),
    ],
)
def test_a_name_means_the_body_of_the_day_and_gives_what_became_of_it(
    text: str, on: date, named: set[str], successors: set[str]
) -> None:
    links = linked(text, on).links

    assert {link.id for link in links if link.role == "named"} == named
    assert {link.id for link in links if link.role == "successor"} == successors


def test_a_body_that_was_not_yet_is_a_doubt_and_no_link() -> None:
    found = linked("DLUHC wrote to councils.", date(2019, 1, 1))

    [doubt] = found.doubts
    assert (found.links, doubt.id, doubt.start, doubt.end) == ((), "dluhc", 0, 5)
    assert "has no body called “DLUHC” on 2019-01-01" in doubt.sentence


@pytest.mark.parametrize(
    ("text", "on", "key"),
    [
        pytest.param(
            "To ask the {MHCLG}, what was spent in 2010.", date(2024, 12, 1), "mhclg", id="asked of another time"
        ),
        pytest.param("{MHCLG} said that rents rose since 2010.", date(2024, 12, 1), "mhclg", id="said of another time"),
        pytest.param("In 2019 {MHCLG} said that rents rose.", date(2024, 12, 1), "mhclg-2018", id="told before it"),
        pytest.param("{MHCLG} ran a fund in 2019.", date(2024, 12, 1), "mhclg-2018", id="told after it"),
        pytest.param("{Skills England} will open.", date(2024, 12, 1), "skills-england", id="planned"),
        pytest.param("In {DCMS} few knew.", date(2017, 7, 2), None, id="initials before their body"),
        pytest.param("The {Mayor of Greater Manchester} said rents rose since 2010.", TODAY, "bev-craig", id="a mayor"),
        pytest.param("In 2018 the {Mayor of Greater Manchester} spoke.", TODAY, "andy-burnham", id="a mayor then"),
        pytest.param("{Tracy Brabin}, the mayor, said fares rose since 2010.", TODAY, "tracy-brabin", id="a person"),
    ],
)
def test_a_time_in_the_sentence_counts_for_who_acted_in_it(text: str, on: date, key: str | None) -> None:
    start, end = text.index("{"), text.index("}") - 1
    links = [link for link in linked(text.translate({123: None, 125: None}), on).links if link.end == end]

    assert [link.holder or link.id for link in links if link.start == start] == ([key] if key else [])


@pytest.mark.parametrize(
    ("on", "name"),
    [
        (date(2025, 3, 1), "North East Combined Authority"),
        (date(2026, 5, 17), "North East Combined Authority"),
        (date(2026, 5, 18), "North East Mayoral Strategic Authority"),
    ],
)
def test_a_link_bears_the_name_of_the_day(on: date, name: str) -> None:
    for text in (
        "NECA met.",
        "The North East Combined Authority met.",
        "The North East Mayoral Strategic Authority met.",
    ):
        assert [(link.id, link.name) for link in linked(text, on).links if link.kind == "authority"] == [
            ("north-east", name)
        ]


@pytest.mark.parametrize(
    ("on", "holder"),
    [
        (date(2016, 1, 1), ""),
        (date(2018, 1, 1), "andy-burnham"),
        (date(2026, 6, 30), "andy-burnham"),
        (date(2026, 7, 15), ""),
        (TODAY, "bev-craig"),
    ],
)
def test_an_office_is_held_by_who_held_it_on_the_day(on: date, holder: str) -> None:
    [office] = [link for link in linked("The Mayor of Greater Manchester spoke.", on).links if link.kind == "mayoralty"]

    assert office.holder == holder


def test_a_past_time_in_the_sentence_means_the_holder_of_that_time() -> None:
    [office] = over("In 2018 the Mayor of Greater Manchester spoke.", "Mayor")
    [former] = over("The former Mayor of Greater Manchester spoke.", "Mayor")

    assert (office.holder, former.holder) == ("andy-burnham", "")


def test_a_bill_becomes_an_act_under_the_same_key() -> None:
    text = "The English Devolution and Community Empowerment Bill helps."
    key = "bill-english-devolution-and-community-empowerment"

    [bill], [act] = linked(text, date(2025, 9, 2)).links, linked(text, date(2026, 4, 29)).links

    assert (bill.id, bill.name) == (key, "English Devolution and Community Empowerment Bill")
    assert (act.id, act.name) == (key, "English Devolution and Community Empowerment Act 2026")


def test_a_surname_follows_the_whole_name() -> None:
    text = "Mayor Tracy Brabin spoke. Brabin wants a tram."

    assert [text[link.start : link.end] for link in linked(text).links if link.id == "tracy-brabin"] == [
        "Tracy Brabin",
        "Brabin",
    ]
    assert linked("Brabin wants a tram.").links == ()


def test_every_link_says_by_which_rule() -> None:
    text = (
        "DLUHC, HMT and the Mayor of London met Mayor Bev Craig in Reading about the Railways Bill. Bury Council paid."
    )

    links = linked(text).links

    assert {link.kind for link in links} == {"department", "mayoralty", "person", "place", "bill", "authority"}
    assert all(link.rule and link.confidence in ("certain", "likely", "possible") for link in links)


WEIRD = st.text(
    st.sampled_from("Mayor of London Bury Reading DLUHC Bill the in 2024.’\u00a0\n-(“é\U0001f686\ud800\x00ß")
    | st.characters(),
    max_size=60,
)
PIECES = st.sampled_from(
    [
        "the Mayor of London",
        "DLUHC",
        "Reading",
        "Railways Bill",
        "In 2019",
        "\n\n",
        ". ",
        "Mr ",
        "’s",
        "\ud800",
        "İ",
        "🚆",
    ]
)


@given(st.lists(PIECES | WEIRD, max_size=12).map(" ".join))
def test_whatever_the_text_spans_lie_in_it_in_order_and_each_link_stands_once(text: str) -> None:
    links = linked(text).links

    assert all(0 <= link.start < link.end <= len(text) for link in links)
    assert all(one.start <= other.start for one, other in pairwise(links))
    assert len({(link.start, link.end, link.id) for link in links}) == len(links)


@given(st.lists(st.sampled_from(["DLUHC wrote.", "The Mayor of London met HMT.", "Bury Council paid."]), max_size=5))
def test_what_stands_before_a_sentence_moves_its_links_and_changes_nothing_else(before: list[str]) -> None:
    lead, text = " ".join([*before, ""]), "The Mayor of Tees Valley met DfT in Reading."

    alone = [(link.id, link.start + len(lead), link.rule) for link in linked(text).links]
    after = [(link.id, link.start, link.rule) for link in linked(lead + text).links if link.start >= len(lead)]

    assert after == alone


def test_a_long_text_takes_time_that_grows_with_its_length() -> None:
    """Counted in lines of Python that run, so that a busy machine says the same."""
    once = "The Mayor of London met DLUHC in Reading on the Railways Bill and Mr Preston " * 10

    assert _lines_run(once * 16) < 20 * _lines_run(once)


def _lines_run(text: str) -> int:
    count = 0

    def tracer(frame: object, event: str, argument: object) -> object:
        nonlocal count
        count += event in ("line", "call")
        return tracer

    linker()
    before = sys.gettrace()
    sys.settrace(tracer)  # type: ignore[arg-type]
    try:
        linked(text)
    finally:
        sys.settrace(before)
    return count


def test_the_register_is_what_is_passed_in() -> None:
    office = Entity("mayor-alder", "mayoralty", (Name("Mayor of Alderdale"),), within=("alder",), about="area-alder")
    area = Entity("area-alder", "place", (Name("Alderdale"),), within=("alder",))
    person = Entity(
        "ada-finch", "person", (Name("Ada Finch"),), terms=(Term("mayor-alder", "alder", Period(date(2025, 1, 1))),)
    )

    links = Linker([office, area, person]).link("The Mayor of Alderdale met HMT.", on=TODAY).links

    assert [(link.id, link.holder) for link in links] == [("mayor-alder", "ada-finch"), ("area-alder", "")]


def test_an_empty_register_links_nothing_but_bills() -> None:
    assert Linker(entities_of({})).link("The Mayor of London met HMT in Reading.", on=TODAY).links == ()


def test_mentions_say_which_places_a_text_speaks_of() -> None:
    text = "Bury Council met the Mayor of Tees Valley. NECA and DfT paid."
    found = {text[each.start : each.end]: each.names for each in linker().mentions(linked(text).links)}

    assert {"bury", "greater manchester", "gmca", "greater manchester combined authority"} <= found["Bury Council"]
    assert {"tees valley", "tvca"} <= found["Mayor of Tees Valley"]
    assert {"north east", "neca", "north east mayoral strategic authority"} <= found["NECA"]
    assert "DfT" not in found


def test_policy_words_and_short_forms_are_terms_or_kinds_of_body() -> None:
    assert {link.kind for link in over("SR bids are due in June.", "SR")} == {"term"}
    assert {link.kind for link in over("The CA agreed the budget.", "CA")} == {"authority"}
    assert ids("") == set()


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Department for Business & Trade", "dbt"),
        ("Hammersmith and Fulham Council", "council-london-borough-of-hammersmith-fulham"),
        ("Zoe Garbett, the mayor", "zoe-garbett"),
        ("Zoë Garbett, the mayor", "zoe-garbett"),
        ("Greater\nManchester", "area-greater-manchester"),
        ("Children’s Wellbeing and Schools Bill", "bill-children-s-wellbeing-and-schools"),
        ("Secretary of State for Transport", "dft"),
    ],
)
def test_other_spellings(text: str, key: str) -> None:
    assert key in ids(f"The {text} gave funding.")


def test_ministers_are_known_by_their_office_and_the_day() -> None:
    terms = (Term("transport-secretary", "dft", Period(date(2025, 1, 10), date(2026, 7, 20))),)
    minister = Entity("ada-finch", "person", (Name("Ada Finch"), Name("Finch", "surname")), terms=terms)
    known = Linker([*entities_of({}), minister])

    def found(text: str, on: date) -> set[str]:
        return {link.id for link in known.link(text, on=on).links}

    assert found("The minister, Ada Finch, spoke on buses.", date(2025, 6, 1)) == {"ada-finch"}
    assert found("Minister Finch spoke on buses.", date(2025, 6, 1)) == {"ada-finch"}
    assert found("Ada Finch scored twice.", date(2025, 6, 1)) == set()
    assert found("The minister, Ada Finch, spoke on buses.", date(2026, 8, 1)) == set()
    assert found("Ada Finch, the former minister, spoke.", date(2026, 8, 1)) == {"ada-finch"}


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("The Energy Bill and the Water (Special Measures) Bill", ["Energy Bill", "Water (Special Measures) Bill"]),
        ("Government's Planning Bill is late", ["Planning Bill"]),
        ("Planning Bill, Finance Bill and Media Bill", ["Planning Bill", "Finance Bill", "Media Bill"]),
        ("Planning Bill Receives Royal Assent", ["Planning Bill"]),
        ("The Energy Bill Relief Scheme ended", []),
        ("Bill Smith met Buffalo Bill, and Uncle Bill spoke", []),
        ("The Public Bill Committee and the Private Members' Bill ballot", []),
        ("A Bill of Rights", []),
        ("Bill, bill, BILL and Bills", []),
        ("The Bill", []),
    ],
)
def test_a_bill_is_known_by_how_a_title_is_written(text: str, titles: list[str]) -> None:
    assert [text[link.start : link.end] for link in linked(text).links if link.kind == "bill"] == titles


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("They bought preReading kits.", "Reading"),
        ("The SuperDfT group met.", "DfT"),
        ("The DfTs of this world met.", "DfT"),
        ("A new Hull-mounted sonar was tried.", "Hull"),
        ("They tried Bath-side lighting.", "Bath"),
        ("Homes in Much-Deal were cut off.", "Deal"),
    ],
)
def test_a_part_of_a_word_or_of_a_compound_is_no_name(text: str, words: str) -> None:
    assert over(text, words) == []


def test_a_compound_that_tells_of_the_place_is_one() -> None:
    assert "place-leeds" in ids("The Leeds-based firm and the Leeds-to-York line grew.")


@pytest.mark.parametrize(
    ("text", "is_town"),
    [
        ("Peterborough had 40 between 1 April 2023 and 31 March 2024.", False),
        ("In March, Peterborough and Ely agreed.", False),
        ("The March 2025 figures for Peterborough are out.", False),
        ("Wisbech has been closed since March.", False),
        ("Trains call at Ely, Peterborough and March.", True),
        ("A station in March, near Wisbech, reopens.", True),
        ("March and Wisbech will be linked.", True),
    ],
)
def test_a_month_is_no_town_whatever_town_is_near(text: str, is_town: bool) -> None:
    assert (over(text, "March") != []) is is_town


def test_a_town_in_a_list_with_letters() -> None:
    assert over("What was spent on each of the ports of (a) Larne, (b) Hull and (c) Dover?", "Hull")


@pytest.mark.parametrize(
    "text",
    [
        "Battle over cuts in Hastings ended.",
        "The Sale was approved, Altrincham and Trafford heard.",
        "Barking was heard in Dagenham, London.",
    ],
)
def test_a_place_of_the_same_area_makes_no_town_of_a_word(text: str) -> None:
    assert ids(text) & {"place-battle", "place-sale", "place-barking"} == set()
