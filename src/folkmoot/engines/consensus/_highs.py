"""A group of linked clauses as a mixed-integer programme, for the groups that are too large to search."""

from collections.abc import Mapping, Sequence

import highspy
import numpy as np

from folkmoot.engines.consensus._choice import Choice, Group, broken
from folkmoot.engines.consensus._position import Link


def solve(group: Group, worths: Mapping[str, int], seconds: float, *, any_of_equals: bool) -> tuple[Choice, float]:
    """The best choice, proved where `seconds` suffice, and the seconds that HiGHS used."""
    programme = _Programme(group, worths, seconds)
    found: Mapping[str, str] = programme.run() or {}
    bound = max(_worth(found, worths), min(programme.bound(), sum(worths[clause] for clause, _ in group.options)))
    if bound > _worth(found, worths):  # the ceiling cut the proof
        found = max(_grown(found, group, worths), _grown({}, group, worths), key=lambda agreed: _worth(agreed, worths))
    elif not any_of_equals:
        found = programme.first_of_equals(found)
    return Choice(found, _worth(found, worths), max(bound, _worth(found, worths))), programme.used()


def _worth(variants: Mapping[str, str], worths: Mapping[str, int]) -> int:
    return sum(worths[clause] for clause in variants)


def _grown(agreed: Mapping[str, str], group: Group, worths: Mapping[str, int]) -> Mapping[str, str]:
    """What is agreed, with whatever fits beside it: the worthiest clause first, in its first variant that fits."""
    touching: dict[str, list[Link]] = {clause: [] for clause, _ in group.options}
    for link in group.links:
        touching[link.if_[0]].append(link)
        touching[link.then[0]].append(link)
    grown = dict(agreed)
    by_worth = sorted(group.options, key=lambda option: -worths[option[0]])
    before = -1
    while before < len(grown):  # what requires a later clause fits once that one is agreed
        before = len(grown)
        for clause, variants in by_worth:
            for variant in variants if clause not in grown else ():
                grown[clause] = variant
                if not any(broken(link, grown) for link in touching[clause]):
                    break
                del grown[clause]
    return grown


class _Quiet(highspy.Highs):
    """HiGHS without its banner, which it would print on standard output while it is being made."""

    def enableCallbacks(self) -> None:
        self.setOptionValue("output_flag", False)
        super().enableCallbacks()  # type: ignore[no-untyped-call]


class _Programme:
    """One 0/1 column a variant, at most one a clause, one row a link."""

    def __init__(self, group: Group, worths: Mapping[str, int], seconds: float) -> None:
        self.group = group
        self.seconds = seconds
        self.columns = {
            (clause, variant): number
            for number, (clause, variant) in enumerate((c, v) for c, variants in group.options for v in variants)
        }
        self.worths = [worths[clause] for clause, _ in self.columns]
        self.highs = _Quiet()  # type: ignore[no-untyped-call]
        for name, value in (("threads", 1), ("mip_rel_gap", 0.0), ("mip_abs_gap", 0.5)):
            self.highs.setOptionValue(name, value)
        self._add_columns()
        for clause, variants in group.options:
            if len(variants) > 1:
                self._add_row([(self.columns[clause, variant], 1.0) for variant in variants], 1.0)
        for link in group.links:
            sign, limit = (1.0, 1.0) if link.type == "excludes" else (-1.0, 0.0)
            self._add_row([(self.columns[link.if_], 1.0), (self.columns[link.then], sign)], limit)

    def _add_columns(self) -> None:
        count = len(self.columns)
        ones, zeros, none = np.ones(count), np.zeros(count), np.array([], dtype=np.int32)
        costs = np.array(self.worths, dtype=np.double)
        self.highs.addCols(count, costs, zeros, ones, 0, np.zeros(count, dtype=np.int32), none, np.array([]))
        self.highs.changeColsIntegrality(
            count, np.arange(count, dtype=np.int32), np.full(count, highspy.HighsVarType.kInteger)
        )
        self.highs.changeObjectiveSense(highspy.ObjSense.kMaximize)

    def _add_row(self, entries: Sequence[tuple[int, float]], limit: float, least: float = -highspy.kHighsInf) -> None:
        columns = np.array([column for column, _ in entries], dtype=np.int32)
        values = np.array([value for _, value in entries], dtype=np.double)
        self.highs.addRow(least, limit, len(entries), columns, values)

    def _worth(self, variants: Mapping[str, str]) -> int:
        return sum(self.worths[self.columns[ref]] for ref in variants.items())

    def used(self) -> float:
        return float(self.highs.getRunTime())

    def bound(self) -> int:
        bound = self.highs.getInfo().mip_dual_bound
        return int(bound + 0.5) if abs(bound) < highspy.kHighsInf else sum(self.worths)

    def run(self) -> dict[str, str] | None:
        """The best choice found before the ceiling, checked against the links in whole numbers."""
        self.highs.setOptionValue("time_limit", max(0.0, self.seconds - self.used()))
        self.highs.run()
        if self.highs.getInfo().primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            return None
        values = self.highs.getSolution().col_value
        taken = [ref for ref, column in self.columns.items() if values[column] > 0.5]
        variants = dict(taken)
        if len(variants) < len(taken) or any(broken(link, variants) for link in self.group.links):
            return None
        return variants

    def first_of_equals(self, found: Mapping[str, str]) -> Mapping[str, str]:
        """Of all choices as good as `found`, the one in which the earlier clauses fare best."""
        worth = self._worth(found)
        self._add_row([(column, float(self.worths[column])) for column in self.columns.values()], worth, worth)
        near = self._near_the_first()
        current: Mapping[str, str] = near if near is not None and self._worth(near) == worth else found
        for clause, variants in self.group.options:
            for variant in variants:
                column = self.columns[clause, variant]
                self.highs.changeColBounds(column, 1.0, 1.0)
                if current.get(clause) == variant:
                    break
                other = self.run()
                if other is not None and self._worth(other) == worth:
                    current = other
                    break
                self.highs.changeColBounds(column, 0.0, 0.0)
        return current

    def _near_the_first(self) -> dict[str, str] | None:
        """An equal that mostly has the preferred variants, so that few clauses are left to try one by one."""
        for clause, variants in self.group.options:
            for rank, variant in enumerate(variants):
                self.highs.changeColCost(self.columns[clause, variant], float(len(variants) - rank))
        found = self.run()
        for column in self.columns.values():
            self.highs.changeColCost(column, 0.0)
        return found
