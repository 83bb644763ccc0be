"""The run's own rules: what counts as proved, what the register says, and when a run is whole."""

from types import SimpleNamespace
from typing import Any

import pytest

from tests.plugins.house import TESTS, Tally, _is_whole, register_text, required


def tally_of(**ended: str) -> Tally:
    """A tally in which one test a requirement ended so."""
    tally = Tally()
    for number, end in ended.items():
        test = f"tests/test_{number}.py::test_it_holds[one]"
        tally.carried[number].append(test)
        getattr(tally, end).add(test)
    return tally


def test_a_requirement_needs_a_test_that_passed() -> None:
    assert "A15" in Tally().unproved()
    assert "A15" in tally_of(A15="failed").unproved()
    assert "A15" in tally_of(A15="skipped").unproved()
    assert "A15" not in tally_of(A15="passed").unproved()


def test_the_register_lists_every_number_with_its_tests() -> None:
    page = register_text(tally_of(**dict.fromkeys(required(), "passed")))
    for number, capability in required().items():
        assert f"| {number} | {capability} | it holds (`tests/test_{number}.py`) |" in page


@pytest.mark.parametrize(
    ("asked", "options", "whole"),
    [
        (["tests"], {}, True),
        ([], {}, True),
        (["tests/walk"], {}, False),
        (["tests/walk/test_walk.py::test_looking"], {}, False),
        (["tests"], {"keyword": "walk"}, False),
        (["tests"], {"markexpr": "not browser"}, False),
        (["tests"], {"collectonly": True}, False),
        (["tests"], {"lf": True}, False),
        (["tests"], {"ignore": ["tests/engines"]}, False),
    ],
)
def test_a_run_of_a_part_says_nothing_about_the_rest(asked: list[str], options: dict[str, Any], whole: bool) -> None:
    chosen = {"keyword": "", "markexpr": "", "collectonly": False, "lf": False, "ignore": None, **options}
    config: Any = SimpleNamespace(rootpath=TESTS.parent, args=asked, option=SimpleNamespace(**chosen))
    assert _is_whole(config) is whole
