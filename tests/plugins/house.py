"""The run's own rules: every requirement has a passing test, nothing is skipped in CI, and the register is written.

These hold only when the whole suite was run; a part of it says nothing about the rest.
"""

import csv
import os
from collections import defaultdict
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[1]
REQUIREMENTS = TESTS / "requirements.csv"
REGISTER = TESTS.parent / "docs/reference/requirements.md"


def required() -> dict[str, str]:
    """The numbers that this product answers for, each with what it must be able to do."""
    with REQUIREMENTS.open(encoding="utf-8", newline="") as file:
        return {row["number"]: row["capability"] for row in csv.DictReader(file)}


class Tally:
    """Which test carries which requirement, and how each test ended."""

    def __init__(self) -> None:
        self.carried: dict[str, list[str]] = defaultdict(list)
        self.passed: set[str] = set()
        self.failed: set[str] = set()
        self.skipped: set[str] = set()
        self.whole = False

    def unproved(self) -> list[str]:
        """The required numbers without a passing test."""
        return [
            number
            for number in required()
            if not any(test in self.passed and test not in self.failed for test in self.carried[number])
        ]


TALLY = pytest.StashKey[Tally]()


def _is_whole(config: pytest.Config) -> bool:
    """True when every test was asked for: no path, keyword, mark, or only what failed last time."""
    asked = {Path(config.rootpath, argument.split("::")[0]).resolve() for argument in config.args}
    option = config.option
    narrowed = option.keyword or option.markexpr or option.collectonly or getattr(option, "lf", False) or option.ignore
    return asked <= {TESTS, TESTS.parent} and "::" not in "".join(config.args) and not narrowed


def pytest_configure(config: pytest.Config) -> None:
    config.stash[TALLY] = Tally()


def pytest_collection_finish(session: pytest.Session) -> None:
    tally = session.config.stash[TALLY]
    tally.whole = _is_whole(session.config)
    for item in session.items:
        for mark in item.iter_markers("requirement"):
            for number in mark.args:
                if number not in required():
                    raise pytest.UsageError(f"{item.nodeid} names {number}, which requirements.csv does not list.")
                tally.carried[number].append(item.nodeid)


class _Listener:
    def __init__(self, tally: Tally) -> None:
        self.tally = tally

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.tally.failed.add(report.nodeid)
        elif report.skipped:
            self.tally.skipped.add(report.nodeid)
        elif report.when == "call":
            self.tally.passed.add(report.nodeid)


def pytest_sessionstart(session: pytest.Session) -> None:
    session.config.pluginmanager.register(_Listener(session.config.stash[TALLY]), "folkmoot-listener")


def _name(nodeid: str) -> str:
    """A test's name as one reads it: its file, and the sentence it states, without the parameters."""
    file, _, rest = nodeid.partition("::")
    sentence = rest.split("[")[0].split("::")[-1].removeprefix("test_").replace("_", " ")
    return f"{sentence} (`{file}`)"


def register_text(tally: Tally) -> str:
    """The register of requirements as a page."""
    lines = [
        "# Requirements, and the tests that carry them",
        "",
        "Written by the test run. A number without a passing test fails the run.",
        "",
        "| Number | What it must be able to do | Tests |",
        "| --- | --- | --- |",
    ]
    for number, capability in required().items():
        names = sorted({_name(nodeid) for nodeid in tally.carried[number]})
        lines.append(f"| {number} | {capability} | {'; '.join(names)} |")
    return "\n".join(lines) + "\n"


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    tally = session.config.stash[TALLY]
    if os.environ.get("CI") == "true" and tally.skipped and exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
    if not tally.whole:
        return
    if tally.unproved() and exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
    REGISTER.parent.mkdir(parents=True, exist_ok=True)
    REGISTER.write_text(register_text(tally), encoding="utf-8")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    tally = config.stash[TALLY]
    if os.environ.get("CI") == "true":
        for nodeid in sorted(tally.skipped):
            terminalreporter.write_line(f"SKIPPED, and nothing may be skipped in CI: {nodeid}", red=True)
    if tally.whole:
        for number in tally.unproved():
            terminalreporter.write_line(f"NO PASSING TEST for requirement {number}: {required()[number]}", red=True)
        proved = len(required()) - len(tally.unproved())
        terminalreporter.write_line(f"{proved} of {len(required())} requirements have a passing test.")
    ran = tally.passed | tally.failed
    terminalreporter.write_line(f"{len(ran)} tests ran in all.")
