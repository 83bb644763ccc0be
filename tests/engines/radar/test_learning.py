"""What is learnt is capped, named, plain data, the same each time, and changes a score only by the version given."""

import json
import random
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

from folkmoot.engines.radar import learning, scoring
from folkmoot.engines.radar.learning import CEILING, Label, NoVersion, Version
from folkmoot.engines.radar.scoring import Document, Priority, Reason

pytestmark = pytest.mark.one_database

BUSES = Priority("bus", "Buses", ("bus franchising",), ("school bus",))
PRISONS = Priority("prison", "Prisons", ("prisons",))
ACCEPTED = ["night depots", "depots for trams", "timetables at depots", "the fares of trams", "timetables and fares"]
DISMISSED = ["police depots", "holiday fares", "police holiday", "police of the night", "holiday cottages"]


def labels(priority: str = "bus", more: int = 3) -> list[Label]:
    return [
        Label(Document(f"{relevant}{turn}{text}", title=text, text=f"{text} {turn}"), priority, relevant)
        for relevant, texts in ((True, ACCEPTED), (False, DISMISSED))
        for text in texts
        for turn in range(more)
    ]


@pytest.fixture(scope="module")
def version() -> Version:
    return learning.train(labels())


def reasons(version: Version, document: Document, priority: Priority = BUSES) -> tuple[Reason, ...]:
    background = scoring.survey([document], [priority])
    (one,) = scoring.score([document], [priority], background=background, learned=learning.opinions(version))
    assert one.scores[priority.id] == pytest.approx(sum(reason.weight for reason in one.reasons[priority.id]))
    return one.reasons[priority.id]


def learnt(version: Version, text: str, title: str = "") -> Reason:
    (reason,) = (each for each in reasons(version, Document("x", title, text)) if each.part == "learned")
    return reason


def test_what_is_like_the_accepted_rises_and_says_by_which_words(version: Version) -> None:
    text = "New timetables for the depots."

    reason = learnt(version, text)

    assert reason.weight > 0
    assert reason.because == "Like what you accepted: timetables, depots"
    assert [text[slice(*each.span)] for each in reason.evidence] == ["timetables", "depots"]
    assert (reason.field, reason.span) == ("text", reason.evidence[0].span)


def test_what_is_like_the_dismissed_falls(version: Version) -> None:
    reason = learnt(version, "Cottages.", title="Police holidays")

    assert reason.weight < 0
    assert reason.because.startswith("Like what you dismissed: ")
    assert {each.word for each in reason.evidence} <= {"police", "holidays", "cottages"}
    assert reason.field == "title"


def test_a_word_is_known_in_forms_that_were_never_met(version: Version) -> None:
    assert learnt(version, "Tramway").weight > learnt(version, "Cottaging").weight


def test_what_says_nothing_has_no_span(version: Version) -> None:
    reason = learnt(version, "Zzz.")

    assert (reason.span, reason.evidence) == (None, ())
    assert abs(reason.weight) < 1


@pytest.mark.parametrize("more", [1, 3, 30])
def test_it_is_capped_and_the_lower_the_fewer_the_labels(more: int) -> None:
    taught = learning.train(labels(more=more))

    weight = learnt(taught, "depots trams timetables " * 50, title="depots trams timetables " * 50).weight

    assert weight < taught.models["bus"].ceiling < CEILING
    assert taught.models["bus"].ceiling == pytest.approx(CEILING * 10 * more / (10 * more + 20))
    assert weight > taught.models["bus"].ceiling / 3


def test_the_same_labels_give_the_same_version_in_any_order(version: Version) -> None:
    shuffled = labels()
    random.Random(5).shuffle(shuffled)

    assert learning.train(shuffled, seed=0).fingerprint == version.fingerprint
    assert learning.train(labels()[:-1]).fingerprint != version.fingerprint


def test_a_version_is_plain_data(version: Version) -> None:
    again = learning.from_json(json.loads(json.dumps(learning.to_json(version))))

    assert again == version
    assert learnt(again, "New depots.") == learnt(version, "New depots.")


def break_weights(data: dict[str, Any]) -> None:
    data["models"]["bus"]["weights"].pop()


def break_number(data: dict[str, Any]) -> None:
    data["models"]["bus"]["bias"] = float("nan")


def break_count(data: dict[str, Any]) -> None:
    data["models"]["bus"]["accepted"] = -1


def break_vocabulary(data: dict[str, Any]) -> None:
    data["words"][0] = ["depot", "much"]


def break_words(data: dict[str, Any]) -> None:
    data["models"]["bus"]["speaks_for"] = [1]


def break_models(data: dict[str, Any]) -> None:
    data["models"] = ["bus"]


def break_form(data: dict[str, Any]) -> None:
    data["form"] = 2


@pytest.mark.parametrize(
    ("break_it", "sentence"),
    [
        (break_form, "not what was learnt, in form 1"),
        (break_vocabulary, "no vocabulary that can be read"),
        (break_models, "not told by priority"),
        (break_weights, "“bus” does not fit its vocabulary"),
        (break_number, "“bus” does not fit its vocabulary"),
        (break_words, "“bus” does not fit its vocabulary"),
        (break_count, "“bus” does not fit its vocabulary"),
    ],
)
def test_data_that_is_no_version(version: Version, break_it: Callable[[dict[str, Any]], None], sentence: str) -> None:
    data = learning.to_json(version)
    break_it(data)

    with pytest.raises(NoVersion, match=sentence):
        learning.from_json(data)


def only(relevant: bool) -> list[Label]:
    return [each for each in labels() if each.relevant == relevant]


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (only(True), "Everything was accepted"),
        (only(False), "Nothing was accepted"),
        ([*only(True), *(Label(each.document, "bus", False) for each in only(True))], "Nothing was accepted"),
        (
            [Label(Document("1", text="x"), "bus", True), Label(Document("2", text="y"), "bus", False)],
            "No word stands in two",
        ),
    ],
    ids=["only accepted", "only dismissed", "two who disagree on everything", "no word in common"],
)
def test_what_cannot_be_learnt_is_said(given: list[Label], sentence: str) -> None:
    version = learning.train(given)

    assert version.models == {}
    assert sentence in version.untaught["bus"]
    assert [reason.part for reason in reasons(version, Document("x", text="New depots."))] == []
    assert learning.from_json(learning.to_json(version)) == version


def test_no_labels_teach_nothing() -> None:
    assert learning.train([]) == Version()


def test_what_was_accepted_for_another_priority_is_told_from_this_one() -> None:
    cells = [Label(Document(str(n), text=f"Prison cells {n} and wings"), "prison", True) for n in range(5)]

    version = learning.train([*only(True), *cells])

    assert set(version.models) == {"bus", "prison"}
    assert learnt(version, "Depots.").weight > 0 > learnt(version, "Prison wings.").weight


def test_what_is_shut_out_takes_away_what_was_learnt_too(version: Version) -> None:
    found = reasons(version, Document("x", text="The school bus at the depots and the timetables of trams."))

    assert sum(reason.weight for reason in found) == pytest.approx(0)
    assert {"learned", "exclusion"} <= {reason.part for reason in found}


def test_who_reviews_sees_what_speaks_most_for_and_against(version: Version) -> None:
    model = version.models["bus"]

    assert {"trams", "timetables"} <= set(model.speaks_for)
    assert {"police", "holiday", "police holiday"} <= set(model.speaks_against)
    assert not set(model.speaks_for) & set(model.speaks_against)
    assert not {word for words in (*model.speaks_for, *model.speaks_against) for word in words.split()} & {"of", "at"}


def test_a_preview_says_what_would_rise_and_fall(version: Version) -> None:
    documents = [
        Document("up", text="Depots and timetables of trams."),
        Document("down", title="Police holiday", text="Bus police holidays."),
        Document("same", text="Bus franchising."),
    ]
    background = scoring.survey(documents, [BUSES, PRISONS])
    begin = Version()

    found = learning.preview(version, begin, iter(documents), [BUSES, PRISONS], background=background, bar=0.1)

    assert found.items == 3
    assert [(move.id, move.priority) for move in found.rising] == [("up", "bus")]
    assert [move.id for move in found.falling] == ["down"]
    (rise,) = found.rising
    assert (rise.before, rise.because) == (0, "Like what you accepted: timetables, trams, depots")
    assert rise.by == rise.after > 0.5
    assert (found.over, found.under) == ({"bus": 1, "prison": 0}, {"bus": 1, "prison": 0})
    back = learning.preview(begin, version, documents, [BUSES, PRISONS], background=background, bar=0.1)
    assert {move.id for move in back.falling} == {"up"} and {move.id for move in back.rising} == {"down"}
    none = learning.preview(version, version, documents, [BUSES], background=background, bar=0.1)
    assert (none.rising, none.falling) == ((), ())


def test_nothing_heavy_is_loaded_before_something_is_taught() -> None:
    said = "import sys; from folkmoot.cli import radar; print(*{'sklearn', 'scipy', 'numpy'} & set(sys.modules))"

    assert subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True).stdout == "\n"
