"""What is asked on a paragraph that is kept from somebody is not found by them: no title, no words, no count."""

from dataclasses import replace

import pytest

from folkmoot.apps.access.audience import Audience, list_on
from folkmoot.apps.positions.models import Amendment, Circulation, NarrowMark, ReturnComment
from folkmoot.apps.search import queries
from tests import positions_world
from tests.cast import Cast

DEPUTY, OFFICER = "deputy", "officer"


@pytest.fixture
def circulation(cast: Cast) -> Circulation:
    """Sent to the offices, who saw all of it. The last paragraph of clause 2 is kept from all but the officer since."""
    positions_world.fill_register()
    found = positions_world.circulate(cast, positions_world.draft(cast))
    clause = found.version.clause_texts.get(place=1)
    last = clause.last_paragraph
    mark = NarrowMark.objects.create(
        version=found.version, first_paragraph=last, last_paragraph=last, audience=Audience.PRIVATE
    )
    list_on(mark, f"account:{cast.officer.pk}")
    return found


def finds(cast: Cast, part: str, word: str) -> tuple[int, tuple[str, ...]]:
    """How many are counted, and whose records are shown."""
    found = queries.search(cast.actor(part), word)
    return sum(count for _kind, _label, count in found.counts), tuple(each.title for each in found.results)


def on_clause(circulation: Circulation, place: int) -> int:
    return int(circulation.version.clause_texts.get(place=place).clause_id)


@pytest.mark.parametrize("field", ["paragraph", "target"])
def test_an_amendment_of_a_kept_back_paragraph_is_not_found(cast: Cast, circulation: Circulation, field: str) -> None:
    positions_world.send_word(cast, circulation, "harrowmoor", [("in one grant", "in quixotic grants")])
    assert finds(cast, DEPUTY, "quixotic") == (0, ())
    assert finds(cast, OFFICER, "quixotic")[0] == 1

    kept_back = Amendment.objects.get().paragraph
    Amendment.objects.update(**{"paragraph": kept_back - 1, "target": None} | {field: kept_back})
    assert finds(cast, DEPUTY, "quixotic") == (0, ())


def test_an_amendment_of_another_paragraph_is_found(cast: Cast, circulation: Circulation) -> None:
    positions_world.send_word(cast, circulation, "harrowmoor", [("three years", "quixotic years")])

    assert finds(cast, DEPUTY, "quixotic") == finds(cast, OFFICER, "quixotic")
    assert finds(cast, DEPUTY, "quixotic")[0] == 1


def test_what_has_no_place_in_the_text_might_be_of_the_kept_back_paragraph(
    cast: Cast, circulation: Circulation
) -> None:
    positions_world.send_word(cast, circulation, "harrowmoor", [("three years", "quixotic years")])
    Amendment.objects.update(paragraph=-1, clause=None, unplaced="It stands nowhere.")

    assert finds(cast, DEPUTY, "quixotic") == (0, ())
    assert finds(cast, OFFICER, "quixotic")[0] == 1
    assert finds(cast, "other_officer", "quixotic")[0] == 1


@pytest.mark.parametrize(("place", "is_found"), [(0, True), (1, False), (None, False)])
def test_a_comment_on_a_clause_that_holds_a_kept_back_paragraph_is_not_found(
    cast: Cast, circulation: Circulation, place: int | None, is_found: bool
) -> None:
    ret = positions_world.send_word(cast, circulation, "harrowmoor", [("three years", "four years")])
    clause_id = None if place is None else on_clause(circulation, place)
    ReturnComment.objects.create(ret=ret, clause_id=clause_id, number="1", text="A quixotic remark.")

    assert (finds(cast, DEPUTY, "quixotic")[0] == 1) is is_found
    assert finds(cast, OFFICER, "quixotic")[0] == 1
    assert finds(cast, "other_officer", "quixotic")[0] == 1


def test_even_in_their_own_words_nobody_finds_a_paragraph_that_is_kept_from_them(
    cast: Cast, circulation: Circulation
) -> None:
    positions_world.send_word(cast, circulation, "harrowmoor", [("in one grant", "in quixotic grants")])
    deputy = replace(cast.actor(DEPUTY), offices=frozenset({"harrowmoor"}))

    assert queries.search(deputy, "quixotic").total == 0
