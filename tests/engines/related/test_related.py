"""The rule of what is related: a made-up network with stated connections, its laws, and its chains."""

import csv
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.engines.related import LEAST, Edge, Kind, Thing, related

HERE = Path(__file__).parent


def thing(text: str) -> Thing:
    table, _, key = text.partition(":")
    return Thing(table, key)


def rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


NETWORK = [Edge(thing(row["a"]), thing(row["b"]), row["why"], Kind(row["kind"])) for row in rows("edges.csv")]
STATED = rows("connections.csv")


@pytest.mark.requirement("B30")
@pytest.mark.parametrize("row", STATED, ids=[f"{row['issue']}-{row['thing']}" for row in STATED])
def test_stated_connections_are_suggested_and_unrelated_ones_are_not(row: dict[str, str]) -> None:
    found = {each.thing for each in related(thing(f"issue:{row['issue']}"), NETWORK)}

    assert (thing(row["thing"]) in found) == (row["related"] == "yes"), row["because"]


def test_the_set_holds_as_many_as_were_promised() -> None:
    assert sum(row["related"] == "yes" for row in STATED) >= 40
    assert sum(row["related"] == "no" for row in STATED) >= 40


def link(a: str, b: str, why: str = "") -> Edge:
    return Edge(thing(a), thing(b), why or f"{a} with {b}")


def stands(a: str, b: str) -> Edge:
    return Edge(thing(a), thing(b), f"{a} for {b}", Kind.STANDS_FOR)


def test_each_has_the_chain_that_makes_it_related() -> None:
    (found,) = related(thing("i:a"), [link("i:a", "b:x", "It pays."), link("i:b", "b:x", "It builds.")])

    assert (found.thing, found.score) == (thing("i:b"), 1.0)
    assert [(step.thing.key, step.why) for step in found.chains[0]] == [("x", "It pays."), ("b", "It builds.")]


def test_what_is_shared_by_many_counts_less() -> None:
    edges = [link(f"i:{number}", "b:x") for number in range(8)]

    assert related(thing("i:0"), edges[:7])[0].score == pytest.approx(1 / 6, rel=1e-5)
    assert related(thing("i:0"), [*edges, link("i:8", "b:x")]) == []


def test_two_weak_chains_add_up() -> None:
    edges = [link(f"i:{number}", f"b:{hub}") for hub in ("x", "y") for number in range(9)]

    assert related(thing("i:0"), edges)[0].score == pytest.approx(2 / 8)


def test_each_step_of_standing_for_halves_and_the_third_is_not_taken() -> None:
    edges = [link("i:a", "b:1"), stands("b:1", "b:2"), stands("b:2", "b:3"), stands("b:3", "b:4")]

    assert {each.thing.key: each.score for each in related(thing("i:a"), edges)} == {"2": 0.5, "3": 0.25}


def test_what_is_linked_already_is_not_suggested() -> None:
    edges = [link("i:a", "b:x"), link("i:b", "b:x"), link("i:a", "i:b")]

    assert thing("i:b") not in [each.thing for each in related(thing("i:a"), edges)]


def test_a_thing_without_links_has_nothing_related() -> None:
    assert related(thing("i:a"), [link("i:b", "b:x"), link("i:c", "b:x")]) == []


THINGS = st.sampled_from([Thing(table, key) for table in "ib" for key in "12345"])
EDGES = st.lists(st.builds(Edge, THINGS, THINGS, st.just("why"), st.sampled_from(Kind)), max_size=25)


@given(EDGES, THINGS)
def test_the_answer_never_hangs_on_the_order_of_edges_or_of_their_ends(edges: list[Edge], start: Thing) -> None:
    turned = [Edge(edge.b, edge.a, edge.why, edge.kind) for edge in reversed(edges)]

    assert [(one.thing, one.score) for one in related(start, edges)] == [
        (one.thing, one.score) for one in related(start, turned)
    ]


@given(EDGES, THINGS)
def test_every_chain_is_made_of_edges_and_ends_at_what_it_explains(edges: list[Edge], start: Thing) -> None:
    pairs = {frozenset((edge.a, edge.b)) for edge in edges}

    for found in related(start, edges):
        assert found.score >= LEAST
        for chain in found.chains:
            steps = [start, *(step.thing for step in chain)]
            assert steps[-1] == found.thing
            assert all(frozenset(pair) in pairs for pair in pairwise(steps))
