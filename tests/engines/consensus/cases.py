"""Positions for the tests: a builder from letters, small random ones, and one larger than any real network's."""

import random
from collections.abc import Mapping, Sequence
from typing import Any

from hypothesis import strategies as st

from folkmoot.engines.consensus import (
    Clause,
    Link,
    Member,
    Position,
    Response,
    Rule,
    Variant,
    read_position,
)

STANCES = ("support", "accept", "no-view", "object", "red-line", "none")
LETTERS = {"S": "support", "A": "accept", "-": "no-view", "O": "object", "R": "red-line", ".": "none"}


def one_clause(
    answers: str, rule: Rule, *, parties: str = "", weights: Sequence[float] = (), importance: float = 1
) -> Position:
    """A position of one clause "c" with one variant "v"; a letter an office, in `answers` and in `parties`."""
    return clauses({"c": {"v": answers}}, rule, parties=parties, weights=weights, importance={"c": importance})


def clauses(
    answers: Mapping[str, Mapping[str, str]],
    rule: Rule,
    *,
    links: Sequence[Link] = (),
    parties: str = "",
    weights: Sequence[float] = (),
    importance: Mapping[str, float] | None = None,
) -> Position:
    """`answers`: clause to variant to one letter an office; the offices are m0, m1, ... of one party unless said."""
    size = max((len(letters) for variants in answers.values() for letters in variants.values()), default=0)
    members = tuple(Member(f"m{n}", parties[n] if parties else "p", weights[n] if weights else 1) for n in range(size))
    return Position(
        rule=rule,
        members=members,
        clauses=tuple(
            Clause(clause, (importance or {}).get(clause, 1), tuple(Variant(variant) for variant in variants))
            for clause, variants in answers.items()
        ),
        links=tuple(links),
        responses=tuple(
            Response(f"m{n}", clause, variant, LETTERS[letter])
            for clause, variants in answers.items()
            for variant, letters in variants.items()
            for n, letter in enumerate(letters)
        ),
    )


@st.composite
def small_positions(draw: st.DrawFn) -> Position:
    """At most 6 members and 5 clauses, of any rule, with parties, weights and links that may contradict each other."""
    return small_position(draw(st.randoms(use_true_random=False)))


def small_position(rng: random.Random) -> Position:
    members: list[dict[str, Any]] = [
        {"id": f"m{n}", "party": rng.choice(["a", "b", "c", None]), "weight": 1} for n in range(rng.randint(1, 6))
    ]
    if rng.random() < 0.4:
        for member in members:
            member["weight"] = rng.choice([1, 1, 2, 3, 0.5])
    listed: list[dict[str, Any]] = [
        {
            "id": f"c{n}",
            "importance": rng.choice([0, 1, 1, 2, 3, 2.5]),
            "variants": [{"id": f"v{m}"} for m in range(rng.randint(1, 3))],
        }
        for n in range(rng.randint(1, 5))
    ]
    refs = [[clause["id"], variant["id"]] for clause in listed for variant in clause["variants"]]
    mood = rng.choice([STANCES, ("support", "accept", "accept", "accept", "none"), ("accept", "accept", "object")])
    return read_position(
        {
            "rule": {
                "type": rng.choice(["unanimity", "no-objection", "majority", "majority"]),
                "threshold": rng.choice([0.75, 0.5, 0.66, 1, 0, 0.1]),
                "quorum": rng.choice([0.5, 0, 1, 0.3]),
                "each_party": rng.random() < 0.5,
                "opt_out": rng.random() < 0.3,
            },
            "members": members,
            "clauses": listed,
            "links": [
                {"type": rng.choice(["requires", "excludes"]), "if": rng.choice(refs), "then": rng.choice(refs)}
                for _ in range(rng.choice([0, 1, 2, 4]))
            ],
            "responses": [
                {"member": member["id"], "clause": clause, "variant": variant, "stance": rng.choice(mood)}
                for clause, variant in refs
                for member in members
                if rng.random() < 0.9
            ],
        }
    )


def large_position(
    seed: int, *, kind: str = "majority", against: float = 0.1, links: int = 120, weighted: bool = False
) -> dict[str, Any]:
    """The public JSON of 50 members x 200 clauses x 4 variants: 40,000 answers."""
    rng = random.Random(seed)
    members = [
        {"id": f"m{n}", "party": rng.choice("aabbcd"), "weight": rng.randint(1, 9) if weighted else 1}
        for n in range(50)
    ]
    listed: list[dict[str, Any]] = [
        {"id": f"c{n}", "importance": rng.randint(1, 10), "variants": [{"id": f"v{m}"} for m in range(4)]}
        for n in range(200)
    ]
    refs = [[clause["id"], variant["id"]] for clause in listed for variant in clause["variants"]]
    responses = []
    for clause, variant in refs:
        share = against * rng.choice([0.5, 1, 2, 4])
        weights = [0.45, 0.45, 0.1, share, share * 0.03]
        stances = rng.choices(STANCES[:5], weights, k=len(members))
        responses += [
            {"member": member["id"], "clause": clause, "variant": variant, "stance": stance}
            for member, stance in zip(members, stances, strict=True)
        ]
    return {
        "rule": {"type": kind},
        "members": members,
        "clauses": listed,
        "links": [
            {"type": rng.choice(["requires", "excludes"]), "if": rng.choice(refs), "then": rng.choice(refs)}
            for _ in range(links)
        ],
        "responses": responses,
    }
