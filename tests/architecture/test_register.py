"""The run's own rules: what counts as proved, and what the register of requirements says."""

import importlib.util
from pathlib import Path
from typing import Any

import pytest

from tests.plugins.house import required

SCRIPT = Path(__file__).resolve().parents[2] / "scripts/summarise_tests.py"


@pytest.fixture(scope="module")
def summary() -> Any:
    specification = importlib.util.spec_from_file_location("summarise_tests", SCRIPT)
    assert specification and specification.loader
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def report(folder: Path, *, number: str, ended: str = "") -> Path:
    """A run's report of one test that carries a requirement."""
    path = folder / "sqlite.xml"
    path.write_text(
        '<testsuites><testsuite><testcase classname="tests.apps.test_it.TestIt" name="test_it_holds[one]" time="1.5">'
        f'<properties><property name="requirement" value="{number}"/></properties>{ended}'
        "</testcase></testsuite></testsuites>"
    )
    return path


@pytest.mark.parametrize(
    ("ended", "missing"), [("", []), ("<failure/>", ["A15"]), ("<error/>", ["A15"]), ("<skipped/>", ["A15"])]
)
def test_a_requirement_needs_a_test_that_passed(summary: Any, tmp_path: Path, ended: str, missing: list[str]) -> None:
    cases = summary.cases_of(report(tmp_path, number="A15", ended=ended))
    assert summary.unproved(["A15"], cases) == missing
    assert summary.unproved(["B6"], cases) == ["B6"]


def test_the_register_lists_every_number_with_its_tests(summary: Any, tmp_path: Path) -> None:
    page = summary.register(required(), summary.cases_of(report(tmp_path, number="A15")))
    assert f"| A15 | {required()['A15']} | it holds (`tests/apps/test_it.py`) |" in page
    assert all(f"| {number} | {capability} | " in page for number, capability in required().items())
