"""Reasons, notes and requests: what offices wrote beside their answers, and what was asked of them, by who may know."""

import pytest

from folkmoot.apps.access.audience import Audience, list_on
from folkmoot.apps.agenda import actions as agenda_actions
from folkmoot.apps.issues import actions as issue_actions
from folkmoot.apps.positions.actions import GivenAnswer, submit_return
from folkmoot.apps.positions.models import Answer, Ask, Circulation, NarrowMark, Return
from folkmoot.apps.search import index, queries
from tests import positions_world
from tests.cast import EVERYBODY, MOMENT, TODAY, Cast

SECRETARIAT = {"head", "deputy", "officer", "coordinator"}
ALDERMERE = {"mayor", "chief_executive", "member_officer"}
OFFICES = ALDERMERE | {"other_mayor", "other_officer", "third_officer"}


def knows(cast: Cast, word: str, kind: str) -> set[str]:
    """Who finds something of this kind, or is told that there is some."""
    found = {part: queries.search(cast.actor(part), word).counts for part in EVERYBODY}
    return {part for part, counts in found.items() if kind in {each for each, _label, _count in counts}}


@pytest.fixture
def circulation(cast: Cast) -> Circulation:
    positions_world.fill_register()
    return positions_world.circulate(cast, positions_world.draft(cast))


def test_a_reason_and_a_note_are_found_by_their_office_and_by_the_secretariat(
    cast: Cast, circulation: Circulation
) -> None:
    given = GivenAnswer("object", reason="A quixotic cost.")
    ret = positions_world.answer(cast, circulation, "aldermere", {1: given}, submit=False)
    ret.note = "A zebraic remark."
    ret.save()
    assert knows(cast, "quixotic", "answer") == knows(cast, "zebraic", "return") == ALDERMERE

    submit_return(cast.actor("member_officer"), ret=ret, whose_view="officer", cleared_by="Pat Clear")

    assert knows(cast, "quixotic", "answer") == knows(cast, "zebraic", "return") == SECRETARIAT | ALDERMERE
    Return.objects.update(state="withdrawn")
    assert knows(cast, "quixotic", "answer") == knows(cast, "zebraic", "return") == set()


def test_what_might_speak_of_a_paragraph_kept_from_a_reader_is_not_found_by_them(
    cast: Cast, circulation: Circulation
) -> None:
    answers = {
        place: GivenAnswer("object", reason=f"A {word} cost.") for place, word in ((0, "zebraic"), (1, "quixotic"))
    }
    ret = positions_world.answer(cast, circulation, "aldermere", answers)
    Return.objects.filter(pk=ret.pk).update(note="A yakish remark.")
    text = circulation.version.clause_texts.get(place=1)
    Ask.objects.create(clause_text=text, words="An urchin ask.", drawn_by=cast.officer, drawn_at=MOMENT)
    index.rebuild()
    assert knows(cast, "urchin", "ask") == SECRETARIAT | OFFICES

    last = text.last_paragraph
    mark = NarrowMark.objects.create(
        version=circulation.version, first_paragraph=last, last_paragraph=last, audience=Audience.PRIVATE
    )
    list_on(mark, f"account:{cast.officer.pk}")

    assert knows(cast, "zebraic", "answer") == SECRETARIAT | ALDERMERE
    assert knows(cast, "quixotic", "answer") == knows(cast, "yakish", "return") == {"officer"} | ALDERMERE
    assert knows(cast, "urchin", "ask") == {"officer"}
    assert Answer.objects.count() == 2


def test_a_circulation_is_found_by_the_offices_that_were_asked(cast: Cast) -> None:
    positions_world.fill_register()
    positions_world.circulate(cast, positions_world.draft(cast), keys=("aldermere",))

    assert knows(cast, "transport team", "circulation") == SECRETARIAT | ALDERMERE


def test_groups_workstreams_and_priorities_are_found_by_the_network(cast: Cast) -> None:
    officer = cast.actor("officer")
    agenda_actions.add_group(cast.actor("coordinator"), name="Quixotic group", audience=Audience.SECRETARIAT)
    issue_actions.add_workstream(officer, name="Quixotic stream", aim="Trains.")
    issue_actions.add_priority(officer, name="Quixotic priority", place=1, begins=TODAY)

    assert knows(cast, "quixotic", "group") == SECRETARIAT
    for kind in ("workstream", "priority"):
        assert knows(cast, "quixotic", kind) == SECRETARIAT | OFFICES
