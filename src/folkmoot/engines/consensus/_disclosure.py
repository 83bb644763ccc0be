"""What member offices may be told after closing, so that no member's answer follows from it.

Who is guarded against: an office that knows its own answer, this rule, who the members are, everything told before
and, at each later closing, exactly which offices moved. Answers fall into three cells: for, against, and no answer
taken (no view, or none). Nothing is ever told by party or under any other filter.

*Tallies.* A first view is shown where at least two cells would be shown, each with `cell_size` offices or more; small
cells are merged first, and an empty cell is small. Then every office has another in a different cell, and exchanging
the two gives the same view: neither's answer follows, and that stays so for `cell_size` - 1 offices that put together
what they know.

*Later closings of the same text.* The argument must also hold for somebody who knows who moved. Offices are grouped
by when they moved; the exchange is made within a group, for all closings at once. So a new view is shown only where, in
each group, every course of answers is shared by `cell_size` offices, and at every closing the group stands in at least
two cells; and no shown number changes by less than `cell_size`. Otherwise the earlier view stands. Closings at which
nothing was shown count too: that nothing could be shown is itself news.

*Status.* Agreed, open or blocked depends on parties and weights, which are public, so an exchange may change it. It is
told only where no exchange can: where it follows from how many gave each answer, whoever they are. It is told only with
all three cells shown apart (else "blocked" would tell that one objection stands in a merged cell, and silence that it
does), and only while no answer has changed since any earlier closing (else it could tell of the one that did).
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from folkmoot.engines.consensus._position import AGAINST, FOR, STANCES, BadPosition, Member, Position, Rule
from folkmoot.engines.consensus._rules import House, passes, tally

IN_FAVOUR, OPPOSED, NOT_TAKEN = CELLS = ("for", "against", "no answer taken")
NOT_FOR = f"{OPPOSED} or {NOT_TAKEN}"
APART = {cell: cell for cell in CELLS}
MERGED = {IN_FAVOUR: IN_FAVOUR, OPPOSED: NOT_FOR, NOT_TAKEN: NOT_FOR}
TOO_SMALL = "A tally would show fewer than {size} offices in a cell, so it is withheld."
OTHER_OFFICES = "The offices are not those of the earlier closing, so its view stands."
TOO_FEW_MOVED = "Too few offices moved since an earlier closing, so its view stands."
SHOWN = "Each cell shown has at least {size} offices."


@dataclass(frozen=True, slots=True)
class Release:
    """What may be told of one clause, and the basis that later closings are compared with.

    `basis` holds each member's answer and `labels` how the cells were shown; they are for `releasable` only and must
    never reach a member.
    """

    cells: tuple[tuple[str, int], ...] | None
    reason: str
    status_allowed: bool
    basis: Mapping[str, str] = field(repr=False)
    labels: Mapping[str, str] | None = field(repr=False)


def releasable(
    answers: Mapping[str, str],
    *,
    cell_size: int = 3,
    earlier: Sequence[Release] = (),
    rule: Rule | None = None,
    members: Sequence[Member] = (),
) -> Release:
    """What members may be told of these answers (every member's stance on one text) at closing.

    `earlier` are the releases of every earlier closing of the same text, oldest first. The status is allowed only
    where the `rule` that it comes from is given, with the members whom it counts; leave `rule` out where the status
    also hangs on other texts: on other variants of the clause, or on links.
    """
    if cell_size < 2:
        raise ValueError("A cell of one office is that office's answer; give a cell size of 2 or more.")
    basis = dict(answers)
    cells_of = _cells_of(basis)
    standing = next((release.cells for release in reversed(earlier) if release.cells is not None), None)
    if any(release.basis.keys() != basis.keys() for release in earlier):
        return Release(standing, OTHER_OFFICES, False, basis, None)
    for labels in (APART, MERGED):
        cells = _count(cells_of, labels)
        if _may_show(cells_of, labels, earlier, cell_size) and not _slight_change(cells, earlier, cell_size):
            told = labels is APART and rule is not None and _status_is_everybodys(basis, rule, members)
            unmoved = all(release.basis == basis for release in earlier)
            return Release(cells, SHOWN.format(size=cell_size), told and unmoved, basis, labels)
    reason = TOO_SMALL.format(size=cell_size) if standing is None else TOO_FEW_MOVED
    return Release(standing, reason, False, basis, None)


def aggregate_releasable(
    statuses: Mapping[str, str],
    *,
    told: Collection[str] = (),
    known_to: Mapping[str, Collection[str]] | None = None,
    earlier: Sequence[Mapping[str, str]] = (),
    cell_size: int = 3,
) -> bool:
    """Whether members may be told how many of these clauses (clause to status) are agreed.

    `told` are the clauses whose status is told anyway, `known_to` those whose status a member knows from its own answer
    (an objector under no-objection), `earlier` the statuses of which a count was told before. The clauses that remain
    unknown to a viewer must be agreed `cell_size` times or more, and not agreed as often, or be none at all; since each
    earlier count `cell_size` clauses or none must have become agreed, and as many or none ceased to be.
    """
    agreed = {clause for clause, status in statuses.items() if status == "agreed"}
    for known in ((), *(known_to or {}).values()):
        unknown = statuses.keys() - set(told) - set(known)
        if unknown and min(len(unknown & agreed), len(unknown - agreed)) < cell_size:
            return False
    for before in earlier:
        was_agreed = {clause for clause, status in before.items() if status == "agreed"}
        if before.keys() != statuses.keys():
            return False
        if any(0 < len(moved) < cell_size for moved in (agreed - was_agreed, was_agreed - agreed)):
            return False
    return True


def _cells_of(answers: Mapping[str, str]) -> dict[str, str]:
    for member, stance in answers.items():
        if stance not in STANCES:
            raise BadPosition(f"“{member}” has the stance “{stance}”; give one of {', '.join(STANCES)}.")
    return {
        member: IN_FAVOUR if stance in FOR else OPPOSED if stance in AGAINST else NOT_TAKEN
        for member, stance in answers.items()
    }


def _count(cells_of: Mapping[str, str], labels: Mapping[str, str]) -> tuple[tuple[str, int], ...]:
    numbers = Counter(labels[cell] for cell in cells_of.values())
    return tuple((label, numbers[label]) for label in dict.fromkeys(labels.values()))


def _may_show(
    cells_of: Mapping[str, str], labels: Mapping[str, str], earlier: Sequence[Release], cell_size: int
) -> bool:
    if min(number for _, number in _count(cells_of, labels)) < cell_size:
        return False
    closings = [(_cells_of(release.basis), release.labels or APART) for release in earlier] + [(cells_of, labels)]
    groups: dict[tuple[int, ...], Counter[tuple[str, ...]]] = {}
    for member in cells_of:
        course = [cells[member] for cells, _ in closings]
        moves = tuple(course.index(cell) for cell in course)
        seen = tuple(names[cells[member]] for cells, names in closings)
        groups.setdefault(moves, Counter())[seen] += 1
    return all(_hides(courses, cell_size) for courses in groups.values())


def _hides(courses: Mapping[tuple[str, ...], int], cell_size: int) -> bool:
    """Whether each of a group's courses of answers is common enough, and the group never all in one cell."""
    return min(courses.values()) >= cell_size and all(len(set(cells)) > 1 for cells in zip(*courses, strict=True))


def _slight_change(cells: Iterable[tuple[str, int]], earlier: Sequence[Release], cell_size: int) -> bool:
    """Whether a number shown before would change by less than a cell."""
    now = dict(cells)
    return any(
        label in now and 0 < abs(number - now[label]) < cell_size
        for release in earlier
        for label, number in release.cells or ()
    )


def _status_is_everybodys(answers: Mapping[str, str], rule: Rule, members: Sequence[Member]) -> bool:
    """Whether the status would be the same whoever had given which of these answers."""
    if {member.id for member in members} != answers.keys():
        raise BadPosition("The answers are not one from each member; give “none” for those who did not answer.")
    if len({member.weight for member in members}) > 1:
        return False
    sizes = Counter(member.party for member in members if member.party)
    if not rule.each_party or not sizes:
        return True
    in_favour = sum(stance in FOR for stance in answers.values())
    heard_by_all = in_favour > len(members) - min(sizes.values())
    heard_by_none = in_favour < len(sizes)
    return heard_by_all or heard_by_none or not _agreed_apart_from_parties(answers, rule, members)


def _agreed_apart_from_parties(answers: Mapping[str, str], rule: Rule, members: Sequence[Member]) -> bool:
    house = House.of(Position(replace(rule, each_party=False), tuple(members), ()))
    return passes(house, tally(house, [answers[member.id] for member in members]))
