"""What goes in: a position's rule, members, clauses, links and answers, read and checked."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

RULE_TYPES = ("unanimity", "no-objection", "majority")
LINK_TYPES = ("requires", "excludes")
SUPPORT, ACCEPT, NO_VIEW, OBJECT, RED_LINE, NONE = STANCES = (
    "support",
    "accept",
    "no-view",
    "object",
    "red-line",
    "none",
)
FOR = frozenset({SUPPORT, ACCEPT})
AGAINST = frozenset({OBJECT, RED_LINE})

Number = int | float
VariantRef = tuple[str, str]
T = TypeVar("T")


class BadPosition(ValueError):
    """The input cannot be a position; the message says what is wrong and where."""


@dataclass(frozen=True, slots=True)
class Rule:
    type: str
    threshold: Number = 0.75
    each_party: bool = True
    quorum: Number = 0.5
    opt_out: bool = False


@dataclass(frozen=True, slots=True)
class Member:
    """A member without a party (None or empty) is nobody's for `each_party`."""

    id: str
    party: str | None
    weight: Number = 1


@dataclass(frozen=True, slots=True)
class Variant:
    id: str


@dataclass(frozen=True, slots=True)
class Clause:
    id: str
    importance: Number
    variants: tuple[Variant, ...]


@dataclass(frozen=True, slots=True)
class Link:
    type: str
    if_: VariantRef
    then: VariantRef


@dataclass(frozen=True, slots=True)
class Response:
    member: str
    clause: str
    variant: str
    stance: str


@dataclass(frozen=True, slots=True)
class Position:
    rule: Rule
    members: tuple[Member, ...]
    clauses: tuple[Clause, ...]
    links: tuple[Link, ...] = ()
    responses: tuple[Response, ...] = ()


def read_position(raw: Mapping[str, Any]) -> Position:
    """Read the public JSON shape; absent keys take the contract's defaults, unknown keys are ignored."""
    top = _mapping(raw, "The file")
    members = _each(top, "members", _read_member, "members")
    clauses = _each(top, "clauses", _read_clause, "clauses")
    _refuse_repeats([member.id for member in members], "member")
    _refuse_repeats([clause.id for clause in clauses], "clause")
    variants = {clause.id: frozenset(variant.id for variant in clause.variants) for clause in clauses}
    return Position(
        rule=_read_rule(top),
        members=members,
        clauses=clauses,
        links=_each({"links": (), **top}, "links", lambda item, at: _read_link(item, at, variants), "links"),
        responses=_read_responses(top, frozenset(member.id for member in members), variants),
    )


def _read_rule(top: Mapping[str, Any]) -> Rule:
    rule = _mapping(top.get("rule"), "rule")
    return Rule(
        type=_one_of(rule.get("type"), RULE_TYPES, "rule.type"),
        threshold=_share(rule.get("threshold", 0.75), "rule.threshold"),
        each_party=_boolean(rule.get("each_party", True), "rule.each_party"),
        quorum=_share(rule.get("quorum", 0.5), "rule.quorum"),
        opt_out=_boolean(rule.get("opt_out", False), "rule.opt_out"),
    )


def _read_member(item: Mapping[str, Any], at: str) -> Member:
    party = item.get("party")
    if party is not None and not isinstance(party, str):
        raise BadPosition(f"{at}.party is {_shown(party)}; give the party's name as text.")
    weight = _number(item.get("weight", 1), f"{at}.weight")
    if weight <= 0:
        raise BadPosition(f"{at}.weight is {weight}; give a weight above 0, or leave the member out.")
    return Member(id=_id(item.get("id"), f"{at}.id"), party=party or None, weight=weight)


def _read_clause(item: Mapping[str, Any], at: str) -> Clause:
    importance = _number(item.get("importance", 1), f"{at}.importance")
    if importance < 0:
        raise BadPosition(f"{at}.importance is {importance}; give 0 or more.")
    variants = _each(
        item, "variants", lambda variant, where: Variant(_id(variant.get("id"), f"{where}.id")), f"{at}.variants"
    )
    if not variants:
        raise BadPosition(f"{at}.variants is empty; give at least one variant, the text as drafted.")
    _refuse_repeats([variant.id for variant in variants], f"{at}: variant")
    return Clause(id=_id(item.get("id"), f"{at}.id"), importance=importance, variants=variants)


def _read_variant(item: Mapping[str, Any], at: str) -> Variant:
    return Variant(_id(item.get("id"), f"{at}.id"))


def _read_link(item: Mapping[str, Any], at: str, variants: Mapping[str, frozenset[str]]) -> Link:
    return Link(
        type=_one_of(item.get("type"), LINK_TYPES, f"{at}.type"),
        if_=_variant_ref(item.get("if"), f"{at}.if", variants),
        then=_variant_ref(item.get("then"), f"{at}.then", variants),
    )


def _read_responses(
    top: Mapping[str, Any], members: frozenset[str], variants: Mapping[str, frozenset[str]]
) -> tuple[Response, ...]:
    stances: dict[tuple[str, str, str], str] = {}

    def read(item: Mapping[str, Any], at: str) -> Response:
        member = _id(item.get("member"), f"{at}.member")
        if member not in members:
            raise BadPosition(f"{at} is by {_shown(member)}, who is not among the members.")
        clause, variant = _variant_ref((item.get("clause"), item.get("variant")), at, variants)
        stance = _one_of(item.get("stance"), STANCES, f"{at}.stance")
        if stances.setdefault((member, clause, variant), stance) != stance:
            raise BadPosition(
                f"{at} gives {_shown(member)} a second stance on {clause}, variant {variant}; keep only the latest."
            )
        return Response(member, clause, variant, stance)

    return _each({"responses": (), **top}, "responses", read, "responses")


def _each(
    parent: Mapping[str, Any], key: str, read: Callable[[Mapping[str, Any], str], T], where: str
) -> tuple[T, ...]:
    if key not in parent:
        raise BadPosition(f"{where} is missing; give a list.")
    items = parent[key]
    if not isinstance(items, Sequence) or isinstance(items, str | bytes):
        raise BadPosition(f"{where} is {_shown(items)}; give a list.")
    return tuple(read(_mapping(item, f"{where}[{place}]"), f"{where}[{place}]") for place, item in enumerate(items))


def _mapping(value: object, where: str) -> Mapping[str, Any]:
    if isinstance(value, Mapping):
        return value
    if value is None:
        raise BadPosition(f"{where} is missing; give an object with its keys.")
    raise BadPosition(f"{where} is {_shown(value)}; give an object with its keys.")


def _id(value: object, where: str) -> str:
    if isinstance(value, str) and value:
        return value
    if value is None:
        raise BadPosition(f"{where} is missing; give it as text.")
    raise BadPosition(f"{where} is {_shown(value)}; give it as text that is not empty.")


def _number(value: object, where: str) -> Number:
    if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
        return value
    raise BadPosition(f"{where} is {_shown(value)}; give a number.")


def _share(value: object, where: str) -> Number:
    number = _number(value, where)
    if not 0 <= number <= 1:
        raise BadPosition(f"{where} is {number}; give a share from 0 to 1, such as 0.75.")
    return number


def _boolean(value: object, where: str) -> bool:
    if isinstance(value, bool):
        return value
    raise BadPosition(f"{where} is {_shown(value)}; give true or false.")


def _one_of(value: object, allowed: Sequence[str], where: str) -> str:
    if isinstance(value, str) and value in allowed:
        return value
    found = "missing" if value is None else _shown(value)
    raise BadPosition(f"{where} is {found}; give one of {', '.join(allowed)}.")


def _variant_ref(value: object, where: str, variants: Mapping[str, frozenset[str]]) -> VariantRef:
    if not isinstance(value, list | tuple) or len(value) != 2:
        raise BadPosition(f'{where} is {_shown(value)}; give ["clause", "variant"].')
    clause, variant = _id(value[0], f"{where}: the clause"), _id(value[1], f"{where}: the variant")
    if clause not in variants:
        raise BadPosition(f"{where} names the clause {_shown(clause)}, which is not among the clauses.")
    if variant not in variants[clause]:
        raise BadPosition(f"{where} names the variant {_shown(variant)}, which the clause {_shown(clause)} has not.")
    return clause, variant


def _refuse_repeats(ids: Sequence[str], kind: str) -> None:
    seen: set[str] = set()
    for name in ids:
        if name in seen:
            raise BadPosition(f"{kind} {_shown(name)} is there twice; give each an id of its own.")
        seen.add(name)


def _shown(value: object) -> str:
    text = f"“{value}”" if isinstance(value, str) else repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."
