"""The plain score ranks real questions better than counting terms does, and with two hundred labels better still.

A thinned part of what `./bench radar` measures. The questions are not ours to keep: FOLKMOOT_SAMPLES names a folder
that holds them in `radar/labelled/`.
"""

import os
from pathlib import Path

import pytest

from tests.engines.radar.ranking import (
    DEPARTMENTS,
    HEADINGS,
    Ranked,
    average_precision,
    questions,
    ranked,
    task,
)

pytestmark = pytest.mark.one_database

HOME = Path(os.environ["FOLKMOOT_SAMPLES"]) / "radar" / "labelled"


def measured(written: dict[str, str], learnt: str, tested: str, *, by_heading: bool, every: int) -> Ranked:
    blocks = questions(HOME, by_heading=by_heading)
    return ranked(task("", blocks[learnt][::2], blocks[tested][::every], written, by_heading))


@pytest.mark.parametrize(
    ("written", "learnt", "tested", "by_heading", "plain", "learned"),
    [
        (DEPARTMENTS, "2023-12", "2024-07", False, 1.25, 1.5),
        (HEADINGS, "2024-07", "2023-12", True, 1.3, 1.45),
    ],
    ids=["departments", "headings"],
)
def test_the_score_ranks_better_than_counting_terms(
    written: dict[str, str], learnt: str, tested: str, by_heading: bool, plain: float, learned: float
) -> None:
    found = measured(written, learnt, tested, by_heading=by_heading, every=4 if not by_heading else 2)

    assert found.priorities >= 5
    assert found.ratios[0] >= plain
    assert found.ratios[1] >= learned


def test_average_precision() -> None:
    assert average_precision([3.0, 1.0, 2.0, 0.0], [True, True, False, False]) == pytest.approx((1 + 2 / 3) / 2)
    assert average_precision([1.0, 1.0], [False, True]) == pytest.approx(1 / 2)
    assert average_precision([1.0], [False]) == 0
