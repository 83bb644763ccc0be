"""Reads pytest's reports of one ./test: the ten slowest tests, the requirements without a passing one, and one count.

`summarise_tests.py REPORTS [--whole]`. After a whole run it writes the register of requirements, and ends with 1 where
one has no passing test; a run of a part says nothing about the rest.
"""

import csv
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

CLONE = Path(__file__).resolve().parents[1]
REQUIREMENTS = CLONE / "tests/requirements.csv"
REGISTER = CLONE / "docs/reference/requirements.md"
HEADING = """# Requirements, and the tests that carry them

Written by the test run. A number without a passing test fails the run.

| Number | What it must be able to do | Tests |
| --- | --- | --- |
"""


@dataclass(frozen=True, slots=True)
class Case:
    """One test in one run: its module's dotted name, its own name, how long it took and how it ended."""

    run: str
    module: str
    name: str
    seconds: float
    end: str
    requirements: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """The test as one reads it: the sentence that it states, without parameters, and its file."""
        parts = [part for part in self.module.split(".") if not part[:1].isupper()]
        return f"{self.name.split('[')[0].removeprefix('test_').replace('_', ' ')} (`{'/'.join(parts)}.py`)"


def cases_of(report: Path) -> list[Case]:
    """The tests of one report; the run's name is the report's file name."""
    found = []
    for each in ElementTree.parse(report).iter("testcase"):
        end = next((child.tag for child in each if child.tag in {"failure", "error", "skipped"}), "passed")
        numbers = tuple(
            one.get("value", "") for one in each.iterfind("properties/property") if one.get("name") == "requirement"
        )
        name, module = each.get("name", ""), each.get("classname", "")
        found.append(Case(report.stem, module, name, float(each.get("time", "0")), end, numbers))
    return found


def unproved(numbers: list[str], cases: list[Case]) -> list[str]:
    """The required numbers without a passing test."""
    proved = {number for case in cases if case.end == "passed" for number in case.requirements}
    return [number for number in numbers if number not in proved]


def register(required: dict[str, str], cases: list[Case]) -> str:
    """The register of requirements as a page."""
    carried: dict[str, set[str]] = defaultdict(set)
    for case in cases:
        for number in case.requirements:
            carried[number].add(case.sentence)
    rows = (f"| {number} | {able} | {'; '.join(sorted(carried[number]))} |\n" for number, able in required.items())
    return HEADING + "".join(rows)


def count(cases: list[Case]) -> str:
    """How many passed, failed and were skipped, over all runs."""
    ends = [case.end for case in cases]
    skipped = f", {ends.count('skipped')} skipped" if "skipped" in ends else ""
    return f"{ends.count('passed')} passed, {ends.count('failure') + ends.count('error')} failed{skipped}"


def main(folder: Path, *, whole: bool) -> int:
    """Print the summary; the exit code of the requirements."""
    cases = [case for report in sorted(folder.glob("*.xml")) for case in cases_of(report)]
    print("The ten slowest tests:")
    for case in sorted(cases, key=lambda case: case.seconds, reverse=True)[:10]:
        print(f"  {case.seconds:6.2f} s  {case.module}::{case.name} ({case.run})")
    missing = []
    if whole:
        with REQUIREMENTS.open(encoding="utf-8", newline="") as file:
            required = {row["number"]: row["capability"] for row in csv.DictReader(file)}
        missing = unproved(list(required), cases)
        for number in missing:
            print(f"NO PASSING TEST for requirement {number}: {required[number]}")
        print(f"{len(required) - len(missing)} of {len(required)} requirements have a passing test.")
        REGISTER.write_text(register(required, cases), encoding="utf-8")
    print(count(cases))
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), whole="--whole" in sys.argv[2:]))
