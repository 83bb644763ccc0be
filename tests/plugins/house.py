"""The run's own rules: a test names only requirements that are listed, what needs no database runs once, and nothing is
skipped in CI.

Whether each requirement has a passing test is known when all runs of ./test have ended: `scripts/summarise_tests.py`.
"""

import csv
import os
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[1]
REQUIREMENTS = TESTS / "requirements.csv"
# What lies here never meets a database.
PURE = tuple(TESTS / name for name in ("architecture", "engines", "fuzz"))


def required() -> dict[str, str]:
    """The numbers that this product answers for, each with what it must be able to do."""
    with REQUIREMENTS.open(encoding="utf-8", newline="") as file:
        return {row["number"]: row["capability"] for row in csv.DictReader(file)}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs one run, and write into the run's report which requirements each test carries."""
    known = required()
    for item in items:
        if any(item.path.is_relative_to(folder) for folder in PURE):
            item.add_marker("one_database")
        for mark in item.iter_markers("requirement"):
            for number in mark.args:
                if number not in known:
                    raise pytest.UsageError(f"{item.nodeid} names {number}, which requirements.csv does not list.")
                item.user_properties.append(("requirement", number))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if os.environ.get("CI") == "true":
        for report in terminalreporter.stats.get("skipped", []):
            terminalreporter.write_line(f"SKIPPED, and nothing may be skipped in CI: {report.nodeid}", red=True)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter is not None and reporter.stats.get("skipped")
    if os.environ.get("CI") == "true" and skipped and exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
