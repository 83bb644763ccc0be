"""How long consensus takes, beside a floor: merely reading the same 40,000 answers from JSON and counting them."""

import json
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.engines.consensus.cases import large_position

from folkmoot.engines.consensus import Analysis, analyse, read_position

RUNS = 5
CASES: tuple[tuple[str, dict[str, Any]], ...] = (
    ("majority, 120 links", {"seed": 1, "kind": "majority", "against": 0.1, "links": 120}),
    ("majority, 120 links, weights 1 to 9", {"seed": 1, "kind": "majority", "against": 0.1, "weighted": True}),
    ("no objection, 270 links", {"seed": 2, "kind": "no-objection", "against": 0.01, "links": 270}),
    ("unanimity, 270 links", {"seed": 3, "kind": "unanimity", "against": 0.01, "links": 270}),
    ("majority, 600 links", {"seed": 4, "kind": "majority", "against": 0.08, "links": 600}),
    ("majority, 1,500 links", {"seed": 5, "kind": "majority", "against": 0.08, "links": 1500}),
)


def count(text: str) -> Counter[tuple[str, str, str]]:
    """The floor: how many gave each stance on each variant."""
    return Counter((r["clause"], r["variant"], r["stance"]) for r in json.loads(text)["responses"])


def answer(text: str) -> Analysis:
    return analyse(read_position(json.loads(text)))


def median_seconds(work: Callable[[str], object], text: str) -> float:
    times = []
    for _ in range(RUNS):
        started = time.perf_counter()
        work(text)
        times.append(time.perf_counter() - started)
    return statistics.median(times)


def main() -> int:
    print("50 members x 200 clauses x 4 variants = 40,000 answers; from JSON to the analysis with its conversations;")
    print(f"median of {RUNS} runs; the floor reads and counts the same answers.\n")
    print(f"{'case':36} {'status':9} {'agreed':>6} {'talks':>6} {'floor':>8} {'answer':>8} {'ratio':>6}")
    for name, settings in CASES:
        text = json.dumps(large_position(**settings))
        floor, seconds = median_seconds(count, text), median_seconds(answer, text)
        analysis = answer(text)
        agreed = sum(result.status == "agreed" for result in analysis.clauses)
        figures = f"{agreed:6} {len(analysis.conversations):6} {floor:7.3f}s {seconds:7.3f}s {seconds / floor:6.1f}"
        print(f"{name:36} {analysis.status:9} {figures}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
