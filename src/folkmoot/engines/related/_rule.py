"""The rule itself; linear in the edges around the thing."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from folkmoot.engines.related._graph import Chain, Edge, Kind, Related, Step, Thing

# A single shared thing that hangs on eight others or more says too little by itself.
LEAST = 1 / 7
HALF = 0.5
MOST_STEPS = 2

Neighbours = Mapping[Thing, list[Step]]
Weighed = tuple[float, Chain]


def _neighbours(edges: Iterable[Edge], kind: Kind) -> Neighbours:
    """Each thing's steps by edges of one kind; two edges between the same two things count once."""
    found: dict[Thing, dict[Thing, str]] = defaultdict(dict)
    for edge in edges:
        if edge.kind is kind and edge.a != edge.b:
            found[edge.a].setdefault(edge.b, edge.why)
            found[edge.b].setdefault(edge.a, edge.why)
    return {thing: [Step(other, why) for other, why in others.items()] for thing, others in found.items()}


def _standing_for(thing: Thing, stands: Neighbours) -> Iterator[Weighed]:
    """The thing itself, and what stands for it within two steps, each with its weight and its chain from there."""
    seen = {thing}
    front: list[tuple[float, Chain, Thing]] = [(1.0, (), thing)]
    yield 1.0, ()
    for _ in range(MOST_STEPS):
        following: list[tuple[float, Chain, Thing]] = []
        for weight, chain, at in front:
            for step in stands.get(at, []):
                if step.thing not in seen:
                    seen.add(step.thing)
                    following.append((weight * HALF, (*chain, step), step.thing))
        yield from ((weight, chain) for weight, chain, _at in following)
        front = following


def _chains(start: Thing, links: Neighbours, stands: Neighbours) -> Iterator[Weighed]:
    """Every chain from a thing to another that the rule knows, with what it counts."""
    for first in links.get(start, []):
        for weight, chain in _standing_for(first.thing, stands):
            here = (first, *chain)
            if chain:
                yield weight, here
            shared = here[-1].thing
            others = [step for step in links.get(shared, []) if step.thing != start]
            for step in others:
                yield weight / len(others), (*here, step)


def related(start: Thing, edges: Iterable[Edge], *, least: float = LEAST) -> list[Related]:
    """What is related to a thing and not linked to it yet, the strongest first; ties by table and key."""
    known = list(edges)
    links, stands = _neighbours(known, Kind.LINK), _neighbours(known, Kind.STANDS_FOR)
    linked = {step.thing for step in links.get(start, [])}
    found: dict[Thing, list[Weighed]] = defaultdict(list)
    for weight, chain in _chains(start, links, stands):
        end = chain[-1].thing
        if end != start and end not in linked:
            found[end].append((weight, chain))
    all_of_them = (_weighed(thing, chains) for thing, chains in found.items())
    return sorted((each for each in all_of_them if each.score >= least), key=lambda each: (-each.score, each.thing))


def _weighed(thing: Thing, chains: list[Weighed]) -> Related:
    ordered = sorted(chains, key=lambda weighed: (-weighed[0], len(weighed[1]), [step.thing for step in weighed[1]]))
    return Related(
        thing, round(sum(weight for weight, _chain in chains), 6), tuple(chain for _weight, chain in ordered)
    )
