"""Nothing that members are told gives an office's answer away: every small world is tried, and every viewer in it.

These tests do not follow the argument of the rule. They gather all worlds that would be told the same, and ask whether
in all of them some other office gave the same answer.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from folkmoot.engines.consensus import (
    BadPosition,
    Clause,
    Member,
    Position,
    Release,
    Response,
    Rule,
    Variant,
    aggregate_releasable,
    analyse,
    releasable,
)

STANCES = ("accept", "object", "none")
CELLS = {"accept": "for", "object": "against", "red-line": "against", "no-view": "not taken", "none": "not taken"}


def offices(letters: str) -> dict[str, str]:
    stances = {"A": "accept", "O": "object", "R": "red-line", "-": "no-view", ".": "none", "S": "support"}
    return {f"m{place}": stances[letter] for place, letter in enumerate(letters)}


@pytest.mark.parametrize(
    ("answers", "cells"),
    [
        ("SSAAOOR..-", (("for", 4), ("against", 3), ("no answer taken", 3))),
        ("AAAAAAOO.", (("for", 6), ("against or no answer taken", 3))),
        ("AAAOOOO", (("for", 3), ("against or no answer taken", 4))),
        ("AAAAAAAAAAAAOO", None),
        ("AAOOOO...", None),
        ("AAAAAAAAAAAAAA", None),
        ("OOOOOOOOO", None),
        ("", None),
    ],
)
def test_a_tally_has_three_offices_in_each_cell_or_is_withheld(
    answers: str, cells: tuple[tuple[str, int], ...] | None
) -> None:
    release = releasable(offices(answers))

    assert release.cells == cells
    assert release.reason == (
        "Each cell shown has at least 3 offices."
        if cells
        else "A tally would show fewer than 3 offices in a cell, so it is withheld."
    )


def test_a_later_closing_at_which_one_or_two_answers_changed_shows_the_earlier_view() -> None:
    first = releasable(offices("AAAAAAOOO..."))
    one = releasable(offices("AAAAAOOOO..."), earlier=[first])
    two = releasable(offices("AAAAOOOOO..."), earlier=[first, one])

    assert first.cells == one.cells == two.cells == (("for", 6), ("against", 3), ("no answer taken", 3))
    assert one.reason == two.reason == "Too few offices moved since an earlier closing, so its view stands."


def test_a_later_closing_is_shown_where_enough_moved_from_and_to_several_cells() -> None:
    first = releasable(offices("AAAOOO" + "AAAAAAOOO"))
    second = releasable(offices("AAAOOO" + "OOOOOOAAA"), earlier=[first])

    assert first.cells == (("for", 9), ("against or no answer taken", 6))
    assert second.cells == (("for", 6), ("against or no answer taken", 9))


def test_a_later_closing_at_which_all_who_moved_moved_alike_shows_the_earlier_view() -> None:
    first = releasable(offices("AAAAAAOOO..."))
    second = releasable(offices("AAAAAAOOOAAA"), earlier=[first])

    assert second.cells == first.cells


def test_a_closing_with_other_offices_shows_the_earlier_view() -> None:
    first = releasable(offices("AAAAAAOOO..."))
    second = releasable(offices("AAAAAAOOOOOO..."), earlier=[first])

    assert second.cells == first.cells
    assert second.reason == "The offices are not those of the earlier closing, so its view stands."


def test_a_release_does_not_print_its_basis() -> None:
    assert "m0" not in repr(releasable(offices("AAAAAAOOO...")))


def test_what_cannot_be_asked() -> None:
    with pytest.raises(ValueError, match="cell size of 2 or more"):
        releasable({}, cell_size=1)
    with pytest.raises(BadPosition, match="has the stance “yes”; give one of support"):
        releasable({"m0": "yes"})


# Every world of some offices, told apart only by how many took each course of answers: offices are alike to the rule.


def compositions(total: int, parts: int) -> Iterator[tuple[int, ...]]:
    if parts == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in compositions(total - first, parts - 1):
            yield (first, *rest)


def closings(courses: Sequence[tuple[str, ...]], numbers: Sequence[int], cell_size: int) -> list[Release]:
    each = [course for course, number in zip(courses, numbers, strict=True) for _ in range(number)]
    releases: list[Release] = []
    for closing in range(len(courses[0])):
        answers = {f"m{place}": course[closing] for place, course in enumerate(each)}
        releases.append(releasable(answers, cell_size=cell_size, earlier=tuple(releases)))
    return releases


def moves(course: tuple[str, ...]) -> tuple[int, ...]:
    return tuple(course.index(stance) for stance in course)


@pytest.mark.parametrize(
    ("size", "cell_size", "times"),
    [
        *[(size, 2, 2) for size in range(2, 7)],
        *[(size, 3, 2) for size in (2, 3, 6)],
        *[pytest.param(*world, marks=pytest.mark.slow) for world in ((7, 2, 2), (7, 3, 2), (8, 3, 2), (4, 2, 3))],
    ],
)
def test_no_answer_follows_for_any_viewer_who_knows_who_moved(size: int, cell_size: int, times: int) -> None:
    courses = list(product(STANCES, repeat=times))
    kinds = sorted({moves(course) for course in courses})
    told: dict[Any, list[tuple[int, ...]]] = defaultdict(list)
    for numbers in compositions(size, len(courses)):
        movers = tuple(sum(n for c, n in zip(courses, numbers, strict=True) if moves(c) == kind) for kind in kinds)
        releases = closings(courses, numbers, cell_size)
        told[tuple((r.cells, r.reason) for r in releases), movers].append(numbers)
    for worlds in told.values():
        for own in range(len(courses)):
            possible = [[n - (place == own) for place, n in enumerate(world)] for world in worlds if world[own]]
            for kind, closing in product(kinds, range(times)):
                answers = {
                    course[closing]
                    for world in possible
                    for course, number in zip(courses, world, strict=True)
                    if number and moves(course) == kind
                }
                assert len(answers) != 1, (possible, own, kind, closing)


@pytest.mark.parametrize(("size", "cell_size"), [(6, 2), (7, 2)])
def test_two_views_never_differ_by_fewer_answers_than_a_cell(size: int, cell_size: int) -> None:
    courses = list(product(STANCES, repeat=2))
    differed = 0
    for numbers in compositions(size, len(courses)):
        first, second = closings(courses, numbers, cell_size)
        if first.cells is None or second.cells == first.cells or second.cells is None:
            continue
        moved = sum(number for course, number in zip(courses, numbers, strict=True) if len(set(course)) > 1)
        now = dict(second.cells)
        changes = [abs(number - now[label]) for label, number in first.cells if label in now]
        assert moved >= 2 * cell_size
        assert all(change == 0 or change >= cell_size for change in changes)
        differed += 1
    assert differed


@given(st.lists(st.sampled_from([3, 4, 6]), min_size=9, max_size=9), st.sets(st.integers(0, 8), min_size=2, max_size=5))
@settings(deadline=None)
def test_two_views_of_many_offices_differ_by_three_or_more(sizes: list[int], taken: set[int]) -> None:
    courses = list(product(STANCES, repeat=2))
    numbers = [number if place in taken else 0 for place, number in enumerate(sizes)]

    first, second = closings(courses, numbers, 3)

    now = dict(second.cells or ())
    assert all(abs(number - now.get(label, number)) not in (1, 2) for label, number in first.cells or ())


RULES = [
    Rule("unanimity"),
    Rule("no-objection"),
    Rule("majority", threshold=0.5),
    Rule("majority", threshold=0.3, each_party=False, opt_out=True),
    Rule("majority", threshold=0.3),
]


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("parties", ["aaaaaa", "aaaabb", "aaabbc"])
def test_no_answer_follows_from_a_status_that_is_told(rule: Rule, parties: str) -> None:
    members = [Member(f"m{place}", party) for place, party in enumerate(parties)]
    stances = ("accept", "object", "red-line", "none")
    told: dict[Any, list[tuple[str, ...]]] = defaultdict(list)
    for world in product(stances, repeat=len(members)):
        answers = {member.id: stance for member, stance in zip(members, world, strict=True)}
        release = releasable(answers, cell_size=2, rule=rule, members=members)
        status = status_of(rule, members, answers) if release.status_allowed else None
        told[release.cells, release.reason, status].append(world)
    assert any(status for _, _, status in told)
    for worlds in told.values():
        assert not follows(worlds, stances)


def status_of(rule: Rule, members: Sequence[Member], answers: dict[str, str]) -> str:
    responses = tuple(Response(member, "c", "v", stance) for member, stance in answers.items())
    position = Position(rule, tuple(members), (Clause("c", 1, (Variant("v"),)),), (), responses)
    return analyse(position).clauses[0].status


def follows(worlds: Sequence[tuple[str, ...]], stances: Iterable[str]) -> bool:
    """Whether some viewer, knowing its own answer, is left with one cell for another office."""
    for viewer, own in product(range(len(worlds[0])), stances):
        possible = [world for world in worlds if world[viewer] == own]
        for other in range(len(worlds[0])):
            if possible and other != viewer and len({CELLS[world[other]] for world in possible}) == 1:
                return True
    return False


def test_a_status_is_not_told_anew_once_an_answer_has_changed() -> None:
    rule, members = Rule("majority", threshold=0.3, each_party=False), [Member(f"m{n}", "p") for n in range(9)]
    first = releasable(offices("AAAOOO..."), rule=rule, members=members)
    same = releasable(offices("AAAOOO..."), rule=rule, members=members, earlier=[first])
    hardened = releasable(offices("AAAOOR..."), rule=rule, members=members, earlier=[first, same])

    assert [release.status_allowed for release in (first, same, hardened)] == [True, True, False]
    assert hardened.cells == first.cells


def test_a_status_is_not_told_where_weights_differ_or_the_rule_is_not_given() -> None:
    members = [Member(f"m{n}", "p", 1 + (n == 0)) for n in range(9)]
    rule = Rule("majority", each_party=False)

    assert not releasable(offices("AAAOOO..."), rule=rule, members=members).status_allowed
    assert not releasable(offices("AAAOOO...")).status_allowed


def test_a_status_is_not_told_beside_a_merged_cell() -> None:
    rule, members = Rule("majority", each_party=False), [Member(f"m{n}", "p") for n in range(9)]

    assert not releasable(offices("AAAAAAOO."), rule=rule, members=members).status_allowed


@pytest.mark.parametrize(
    ("answers", "allowed"), [("AAAAAAAAOOO...", True), ("AAAAAAAOOOO...", False), ("AAAAAOOOOOO...", True)]
)
def test_a_status_is_told_only_where_it_is_the_same_whichever_party_was_in_favour(answers: str, allowed: bool) -> None:
    members = [Member(f"m{n}", "ab"[n % 2]) for n in range(14)]

    release = releasable(offices(answers), rule=Rule("majority", threshold=0.5), members=members)

    assert release.cells is not None
    assert release.status_allowed is allowed


def test_a_status_needs_an_answer_from_each_member() -> None:
    with pytest.raises(BadPosition, match="give “none” for those who did not answer"):
        releasable(offices("AAAOOO..."), rule=Rule("unanimity"), members=[Member("m0", "p")])


def statuses(agreed: int, other: int) -> dict[str, str]:
    return {f"c{n}": "agreed" if n < agreed else "blocked" for n in range(agreed + other)}


@pytest.mark.parametrize(
    ("agreed", "other", "allowed"), [(7, 5, True), (3, 3, True), (10, 2, False), (2, 10, False), (12, 0, False)]
)
def test_a_count_of_agreed_clauses_needs_three_on_either_side(agreed: int, other: int, allowed: bool) -> None:
    assert aggregate_releasable(statuses(agreed, other)) is allowed


def test_a_count_is_not_told_to_one_who_knows_enough_to_finish_it() -> None:
    assert aggregate_releasable(statuses(7, 5), known_to={"m0": ["c7", "c8"]})
    assert not aggregate_releasable(statuses(7, 5), known_to={"m0": ["c7", "c8", "c9"]})


def test_clauses_whose_status_is_told_anyway_do_not_count() -> None:
    assert aggregate_releasable(statuses(10, 2), told=[f"c{n}" for n in range(12)])
    assert not aggregate_releasable(statuses(4, 4), told=["c0", "c1"])


@pytest.mark.parametrize(("now", "allowed"), [(7, True), (6, False), (5, False), (4, True), (8, False)])
def test_a_later_count_moves_by_three_or_not_at_all(now: int, allowed: bool) -> None:
    assert aggregate_releasable(statuses(now, 14 - now), earlier=[statuses(7, 7)]) is allowed


def test_a_later_count_of_other_clauses_is_not_told() -> None:
    assert not aggregate_releasable(statuses(7, 6), earlier=[statuses(7, 5)])
