"""What is read, with which defaults, and the sentence that names what is wrong and where."""

import copy
from collections.abc import Callable
from typing import Any

import pytest

from folkmoot.engines.consensus import (
    BadPosition,
    Clause,
    Link,
    Member,
    Position,
    Response,
    Rule,
    Variant,
    read_position,
)

GOOD: dict[str, Any] = {
    "rule": {"type": "majority"},
    "members": [{"id": "north", "party": "blue"}, {"id": "south", "party": "red", "weight": 2}],
    "clauses": [{"id": "1", "variants": [{"id": "base"}, {"id": "b"}]}],
    "links": [{"type": "excludes", "if": ["1", "base"], "then": ["1", "b"]}],
    "responses": [{"member": "north", "clause": "1", "variant": "base", "stance": "accept"}],
}


def test_absent_keys_take_the_contracts_defaults() -> None:
    assert read_position(GOOD) == Position(
        rule=Rule("majority", threshold=0.75, each_party=True, quorum=0.5, opt_out=False),
        members=(Member("north", "blue", 1), Member("south", "red", 2)),
        clauses=(Clause("1", 1, (Variant("base"), Variant("b"))),),
        links=(Link("excludes", ("1", "base"), ("1", "b")),),
        responses=(Response("north", "1", "base", "accept"),),
    )


def test_links_and_responses_may_be_absent_and_other_keys_are_ignored() -> None:
    raw = {key: GOOD[key] for key in ("rule", "members", "clauses")} | {"title": "Buses"}

    position = read_position(raw)

    assert (position.links, position.responses) == ((), ())


def test_the_same_answer_given_twice_is_one_answer() -> None:
    raw = GOOD | {"responses": GOOD["responses"] * 2}

    assert read_position(raw).responses[0] == read_position(raw).responses[1]


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda raw: raw.pop("rule"), "rule is missing; give an object with its keys."),
        (lambda raw: raw["rule"].pop("type"), "rule.type is missing; give one of unanimity, no-objection, majority."),
        (
            lambda raw: raw["rule"].update(type="vote"),
            "rule.type is “vote”; give one of unanimity, no-objection, majority.",
        ),
        (lambda raw: raw["rule"].update(threshold=75), "rule.threshold is 75; give a share from 0 to 1, such as 0.75."),
        (lambda raw: raw["rule"].update(quorum="half"), "rule.quorum is “half”; give a number."),
        (lambda raw: raw["rule"].update(quorum=float("nan")), "rule.quorum is nan; give a number."),
        (lambda raw: raw["rule"].update(opt_out=1), "rule.opt_out is 1; give true or false."),
        (lambda raw: raw.pop("members"), "members is missing; give a list."),
        (lambda raw: raw.update(members={}), "members is {}; give a list."),
        (lambda raw: raw["members"].append("east"), "members[2] is “east”; give an object with its keys."),
        (lambda raw: raw["members"].append({"id": 3}), "members[2].id is 3; give it as text that is not empty."),
        (lambda raw: raw["members"].append({}), "members[2].id is missing; give it as text."),
        (
            lambda raw: raw["members"].append({"id": "north"}),
            "member “north” is there twice; give each an id of its own.",
        ),
        (
            lambda raw: raw["members"][0].update(weight=0),
            "members[0].weight is 0; give a weight above 0, or leave the member out.",
        ),
        (lambda raw: raw["members"][0].update(weight=True), "members[0].weight is True; give a number."),
        (lambda raw: raw["members"][0].update(party=7), "members[0].party is 7; give the party's name as text."),
        (lambda raw: raw["clauses"][0].update(importance=-1), "clauses[0].importance is -1; give 0 or more."),
        (
            lambda raw: raw["clauses"][0].update(variants=[]),
            "clauses[0].variants is empty; give at least one variant, the text as drafted.",
        ),
        (
            lambda raw: raw["clauses"][0]["variants"].append({"id": "b"}),
            "clauses[0]: variant “b” is there twice; give each an id of its own.",
        ),
        (
            lambda raw: raw["clauses"].append(raw["clauses"][0]),
            "clause “1” is there twice; give each an id of its own.",
        ),
        (
            lambda raw: raw["links"][0].update(type="implies"),
            "links[0].type is “implies”; give one of requires, excludes.",
        ),
        (lambda raw: raw["links"][0].update({"if": ["1"]}), 'links[0].if is [\'1\']; give ["clause", "variant"].'),
        (
            lambda raw: raw["links"][0].update(then=["2", "b"]),
            "links[0].then names the clause “2”, which is not among the clauses.",
        ),
        (
            lambda raw: raw["links"][0].update(then=["1", "c"]),
            "links[0].then names the variant “c”, which the clause “1” has not.",
        ),
        (
            lambda raw: raw["responses"][0].update(member="east"),
            "responses[0] is by “east”, who is not among the members.",
        ),
        (
            lambda raw: raw["responses"][0].update(stance="yes"),
            "responses[0].stance is “yes”; give one of support, accept, no-view, object, red-line, none.",
        ),
        (
            lambda raw: raw["responses"][0].update(variant="c"),
            "responses[0] names the variant “c”, which the clause “1” has not.",
        ),
        (
            lambda raw: raw["responses"].append(raw["responses"][0] | {"stance": "object"}),
            "responses[1] gives “north” a second stance on 1, variant base; keep only the latest.",
        ),
    ],
)
def test_what_is_wrong_is_named_in_a_sentence(spoil: Callable[[Any], object], sentence: str) -> None:
    raw = copy.deepcopy(GOOD)
    spoil(raw)

    with pytest.raises(BadPosition) as problem:
        read_position(raw)

    assert str(problem.value) == sentence


@pytest.mark.parametrize("raw", [None, [], "text", 7])
def test_a_file_that_holds_something_else_is_refused(raw: Any) -> None:
    with pytest.raises(BadPosition, match=r"^The file is .*; give an object with its keys\.$"):
        read_position(raw)
