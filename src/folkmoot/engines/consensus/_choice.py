"""The best choice of variants under the links: exact, and the same one of equals on every run.

At most one variant of each clause is agreed. First comes the greatest importance, then the greatest number of clauses;
among equals the earlier declared clause is agreed rather than not, in the variant that its clause prefers. Clauses that
no link joins are chosen apart. A small group is searched in that very order, so that the first best found is the one
wanted; a group whose search grows too long goes to HiGHS, and its answer is then moved to the wanted one of its equals.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from folkmoot.engines.consensus._position import Link

SEARCH_STEPS = 2000  # beyond that many steps HiGHS is the quicker


@dataclass(frozen=True, slots=True)
class Group:
    """Clauses joined by links: each with the variants it may be agreed in, the preferred first."""

    options: tuple[tuple[str, tuple[str, ...]], ...]
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """The variants agreed, by clause; `bound` is what no choice can exceed, in the worths that were given."""

    variants: Mapping[str, str]
    worth: int
    bound: int


@dataclass(slots=True)
class Chooser:
    """Chooses, and remembers each group that it has solved; `seconds` is what is left for HiGHS in all."""

    worths: Mapping[str, int]
    links: Sequence[Link]
    seconds: float
    solved: dict[Group, Choice] = field(default_factory=dict)

    def best(self, options: Mapping[str, Sequence[str]], *, any_of_equals: bool = False) -> Choice:
        """The best choice among `options`: the variants that pass, by clause in declared order, preferred first.

        `any_of_equals` is for a reader who asks only what the best is worth: it saves telling equals apart.
        """
        variants: dict[str, str] = {}
        worth = bound = 0
        for group in groups(options, self.links):
            choice = self.solved.get(group) or self._solve(group, any_of_equals)
            variants.update(choice.variants)
            worth += choice.worth
            bound += choice.bound
        return Choice(variants, worth, bound)

    def _solve(self, group: Group, any_of_equals: bool) -> Choice:
        choice = search(group, self.worths, SEARCH_STEPS)
        if choice is None:
            from folkmoot.engines.consensus._highs import solve  # numpy and HiGHS only where a position needs them

            choice, used = solve(group, self.worths, self.seconds, any_of_equals=any_of_equals)
            self.seconds = max(0.0, self.seconds - used)
            if any_of_equals:
                return choice
        self.solved[group] = choice
        return choice


def alive(options: Mapping[str, Sequence[str]], links: Sequence[Link]) -> dict[str, tuple[str, ...]]:
    """The variants that can be agreed at all: one that requires what cannot be agreed falls too."""
    left = {(clause, variant) for clause, variants in options.items() for variant in variants}
    left -= {link.if_ for link in links if _never(link)}
    needs = [link for link in links if link.type == "requires" and link.if_ != link.then and link.if_ in left]
    while True:
        dead = {link.if_ for link in needs if link.then not in left}
        if not dead:
            break
        left -= dead
        needs = [link for link in needs if link.if_ in left]
    alive_options = {c: tuple(v for v in variants if (c, v) in left) for c, variants in options.items()}
    return {clause: variants for clause, variants in alive_options.items() if variants}


def _never(link: Link) -> bool:
    """Whether the first can never be agreed: it excludes itself, or requires another variant of its own clause."""
    if link.type == "excludes":
        return link.if_ == link.then
    return link.if_[0] == link.then[0] and link.if_ != link.then


def groups(options: Mapping[str, Sequence[str]], links: Sequence[Link]) -> list[Group]:
    """The clauses that can be agreed, parted into groups that no link joins."""
    left = alive(options, links)
    refs = {(clause, variant) for clause, variants in left.items() for variant in variants}
    joining = [link for link in links if link.if_[0] != link.then[0] and link.if_ in refs and link.then in refs]
    leader = {clause: clause for clause in left}

    def lead(clause: str) -> str:
        while leader[clause] != clause:
            leader[clause] = leader[leader[clause]]
            clause = leader[clause]
        return clause

    for link in joining:
        leader[lead(link.if_[0])] = lead(link.then[0])
    clauses: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for clause, variants in left.items():
        clauses.setdefault(lead(clause), []).append((clause, variants))
    inside: dict[str, list[Link]] = {}
    for link in joining:
        inside.setdefault(lead(link.if_[0]), []).append(link)
    return [Group(tuple(members), tuple(inside.get(name, ()))) for name, members in clauses.items()]


def broken(link: Link, variants: Mapping[str, str]) -> bool:
    """Whether this choice goes against the link."""
    if variants.get(link.if_[0]) != link.if_[1]:
        return False
    return (variants.get(link.then[0]) == link.then[1]) == (link.type == "excludes")


def search(group: Group, worths: Mapping[str, int], steps: int) -> Choice | None:
    """Try the choices in the wanted order and keep the first best; None where `steps` do not suffice."""
    clauses = [clause for clause, _ in group.options]
    place = {clause: number for number, clause in enumerate(clauses)}
    checks: list[list[Link]] = [[] for _ in clauses]  # at the later of its two clauses a link can be judged
    for link in group.links:
        checks[max(place[link.if_[0]], place[link.then[0]])].append(link)
    above = [0] * (len(clauses) + 1)
    for number in reversed(range(len(clauses))):
        above[number] = above[number + 1] + worths[clauses[number]]
    best: dict[str, str] = {}
    best_worth = -1
    chosen: dict[str, str] = {}
    worth = 0
    trail = [iter((*group.options[0][1], None))]
    while trail:
        number = len(trail) - 1
        clause = clauses[number]
        if clause in chosen:
            del chosen[clause]
            worth -= worths[clause]
        variant = next(trail[-1], "")
        if variant == "" or (variant is None and worth + above[number + 1] <= best_worth):
            trail.pop()
            continue
        steps -= 1
        if steps < 0:
            return None
        if variant is not None:
            chosen[clause] = variant
            worth += worths[clause]
        if worth + above[number + 1] <= best_worth or any(broken(link, chosen) for link in checks[number]):
            continue
        if number + 1 < len(clauses):
            trail.append(iter((*group.options[number + 1][1], None)))
        else:
            best, best_worth = dict(chosen), worth
    return Choice(best, best_worth, best_worth)
