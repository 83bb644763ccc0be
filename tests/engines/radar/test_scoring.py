"""Scores are the sum of their reasons; places, near dates and what is shut out count as they should and no more."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from folkmoot.engines.radar import scoring
from folkmoot.engines.radar.entities import Entity, Linker, Name
from folkmoot.engines.radar.scoring import Document, Due, Link, Priority, Reason, Scored, _survey

pytestmark = pytest.mark.one_database

TODAY = date(2026, 11, 25)
BUSES = Priority("bus", "Buses", ("bus franchising",), ("school bus",), ("dft",), ("Reading", "St Helens"))
OTHERS = [Document(f"o{number}", text=f"Pensions and prisons, number {number}.") for number in range(9)]
WORDS = st.lists(
    st.sampled_from(["bus", "buses", "franchising", "school", "Reading", "reading", "St Helens", "depot", "of"]),
    max_size=12,
).map(" ".join)


def scored(document: Document, priority: Priority = BUSES, today: date | None = None, linked: str = "") -> Scored:
    background = scoring.survey([document, *OTHERS], [priority])
    names = (linked,) if linked else ()
    (one,) = scoring.score([document], [priority], background=background, today=today, linked_names=names)
    return one


def of_part(document: Document, part: str, **given: object) -> list[Reason]:
    return [reason for reason in scored(document, **given).reasons["bus"] if reason.part == part]  # type: ignore[arg-type]


@settings(max_examples=40)
@given(WORDS, WORDS, WORDS, st.lists(st.sampled_from(["dft", "hmt"]), max_size=3), st.integers(-3, 40))
def test_a_score_is_the_sum_of_reasons_that_stand_in_their_fields(
    title: str, summary: str, text: str, bodies: list[str], days: int
) -> None:
    due = (Due("laid", TODAY), Due("closing", TODAY + timedelta(days=days)))
    document = Document("1", title, text, summary, tuple(bodies), deadlines=due)

    one = scored(document, today=TODAY)

    assert one.scores["bus"] == pytest.approx(sum(reason.weight for reason in one.reasons["bus"]))
    assert one.scores["bus"] >= -1e-9
    for reason in one.reasons["bus"]:
        assert reason.span is not None
        assert reason.span[0] < reason.span[1] <= len(getattr(document, reason.field))


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Buses in Reading will be franchised.", ["Reading"]),
        ("READING: buses franchised.", ["READING"]),
        ("Reading’s buses and Reading's depots.", ["Reading", "Reading"]),
        ("The St. Helens buses.", ["St. Helens"]),
        ("The second reading of the bus bill.", []),
        ("Readings of the bus meters.", []),
        ("Proofreading of bus timetables.", []),
        ("Saint Helena and St Helen have buses.", []),
    ],
    ids=["named", "in capitals", "owning", "with a stop", "a word", "another word", "inside a word", "other names"],
)
def test_a_place_is_its_name_as_it_is_written(text: str, named: list[str]) -> None:
    found = of_part(Document("1", text=text), "place")

    assert [text[slice(*(reason.span or (0, 0)))] for reason in found] == named


def test_a_document_that_names_a_place_of_the_priority_weighs_more() -> None:
    plain, placed = (Document("1", text=f"Bus franchising begins in {place}.") for place in ("Leeds", "Reading"))

    assert scored(placed).scores["bus"] > scored(plain).scores["bus"] + 1


def test_a_place_where_nothing_else_speaks_weighs_half() -> None:
    (alone,) = of_part(Document("1", text="A fair in Reading."), "place")
    (beside,) = of_part(Document("1", text="Bus fares in Reading."), "place")
    only_places = Priority("bus", "Reading", places=("Reading",))

    assert 0 < alone.weight == pytest.approx(beside.weight / 2)
    assert scored(Document("1", text="A fair in Reading."), only_places).scores["bus"] == pytest.approx(beside.weight)


def test_however_many_places_are_named_they_are_capped() -> None:
    names = tuple(f"Town{chr(97 + number)}" for number in range(26))
    many = Priority("bus", "Towns", places=names)

    assert 3 < scored(Document("1", title=" ".join(names)), many).scores["bus"] < 4


def test_links_decide_for_the_names_that_are_given_to_them() -> None:
    text = "Reading Buses wrote Reading off; St Helens did not."
    document = Document("1", text=text, links=(Link(frozenset({"reading"}), "text", 20, 27),))

    def spans(found: list[Reason]) -> list[tuple[int, int] | None]:
        return [reason.span for reason in found]

    assert spans(of_part(document, "place", linked="reading")) == [(20, 27), (33, 42)]
    assert spans(of_part(document, "place")) == [(0, 7), (20, 27), (33, 42)]
    assert spans(of_part(Document("1", text=text), "place", linked="reading")) == [(0, 7), (20, 27), (33, 42)]


REGISTER = (
    Entity("reading", "place", (Name("Reading"),), equals_a_word=True),
    Entity("hull", "place", (Name("Hull"),)),
)


def test_a_document_is_linked_over_all_its_fields() -> None:
    document = Document("1", "The second reading", "Hull and Reading Borough Council.", "Reading town centre.")

    found = scoring.linked(document, Linker(REGISTER), on=TODAY).links or ()

    seen = [(link.field, getattr(document, link.field)[link.start : link.end], set(link.names)) for link in found]
    assert seen == [
        ("summary", "Reading", {"reading"}),
        ("text", "Hull", {"hull"}),
        ("text", "Reading", {"reading"}),
    ]
    assert scoring.doubtful_names(REGISTER) == {"reading"}


@pytest.mark.parametrize(
    ("due", "weight"),
    [
        ([("closing", 0)], 2.0),
        ([("closing", 14)], 1.0),
        ([("meeting", 14), ("closing", 21)], 0.5),
        ([("closing", 28)], 0.0),
        ([("closing", -1)], 0.0),
        ([("publication", 1)], 0.0),
        ([], 0.0),
    ],
    ids=["today", "half way", "the one that presses most", "far", "past", "nobody need act", "none"],
)
def test_a_near_date_counts(due: list[tuple[str, int]], weight: float) -> None:
    dates = tuple(Due(kind, TODAY + timedelta(days=days)) for kind, days in due)
    document = Document("1", text="Bus franchising.", deadlines=dates)

    assert sum(reason.weight for reason in of_part(document, "deadline", today=TODAY)) == pytest.approx(weight)
    assert of_part(document, "deadline") == []


def test_a_date_is_of_no_matter_by_itself() -> None:
    due = (Due("closing", TODAY),)

    assert of_part(Document("1", text="Pensions.", deadlines=due), "deadline", today=TODAY) == []
    (place,) = of_part(Document("1", text="A fair in Reading."), "place")
    (near,) = of_part(Document("1", text="A fair in Reading.", deadlines=due), "deadline", today=TODAY)
    assert near.weight == place.weight


def test_what_is_shut_out_takes_the_place_and_the_date_away_too() -> None:
    document = Document(
        "1", text="The school bus in Reading.", organisations=("dft",), deadlines=(Due("closing", TODAY),)
    )

    assert scored(document, today=TODAY).scores["bus"] == pytest.approx(0)


def test_of_very_many_documents_evenly_chosen_ones_speak_for_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_survey, "_ENOUGH", 10)
    many = (Document(str(n), text="Bus franchising." if n % 4 == 0 else "Pensions.") for n in range(1000))

    background = scoring.survey(many, [BUSES])

    assert 5 < background.count <= 11
