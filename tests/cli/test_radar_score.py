"""`folkmoot radar score`: the sum of reasons a line, each where its words stand; one sentence for a bad file."""

import json
from pathlib import Path
from typing import Any

import pytest

from folkmoot.cli.main import main

pytestmark = pytest.mark.one_database

PRIORITIES = [{"id": "bus", "terms": ["bus franchising"], "not": ["school bus"], "organisations": ["dft"]}]
ITEMS: list[dict[str, Any]] = [
    {"id": "1", "title": "Buses franchised", "text": "Bus franchising begins.", "organisations": ["hmt", "dft"]},
    {"id": "2", "title": "Bus franchising", "text": "The school bus is late."},
    {"id": "3", "title": "Pensions", "text": "Nothing."},
]


def run(capfdbinary: pytest.CaptureFixture[bytes], folder: Path, priorities: str) -> tuple[int, list[Any], str]:
    (folder / "p.json").write_text(priorities, encoding="utf-8")
    (folder / "i.jsonl").write_text("\n".join(map(json.dumps, ITEMS)), encoding="utf-8")
    status = main(["radar", "score", "--priorities", str(folder / "p.json"), str(folder / "i.jsonl")])
    out, err = capfdbinary.readouterr()
    return status, [json.loads(line) for line in out.splitlines()], err.decode()


def test_a_score_is_the_sum_of_reasons_that_stand_in_their_fields(
    capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path
) -> None:
    status, lines, error = run(capfdbinary, tmp_path, json.dumps(PRIORITIES))

    assert (status, error) == (0, "")
    for line in lines:
        assert line["scores"]["bus"] == pytest.approx(sum(reason["weight"] for reason in line["reasons"]["bus"]))
    first, shut_out, other = lines
    seen = {(r["part"], str(ITEMS[0][r["field"]][slice(*r["span"])])) for r in first["reasons"]["bus"]}
    assert {("phrase", "Bus franchising"), ("words", "Buses"), ("organisation", "['dft']")} <= seen
    assert first["scores"]["bus"] > 2 > shut_out["scores"]["bus"] == pytest.approx(0)
    assert "exclusion" in {reason["part"] for reason in shut_out["reasons"]["bus"]}
    assert other["reasons"]["bus"] == []


@pytest.mark.parametrize(
    ("priorities", "sentence"),
    [
        ("{}", "is not a list"),
        ("[", "is not JSON"),
        ('[{"id": 1}]', "priority 1 has no “id”"),
        ('[{"id": "a", "weight": NaN}]', "holds NaN"),
        ('[{"id": "a"}, {"id": "a"}]', "priority 2 has the id of an earlier one"),
    ],
)
def test_wrong_priorities(
    priorities: str, sentence: str, capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path
) -> None:
    status, lines, error = run(capfdbinary, tmp_path, priorities)

    assert (status, lines) == (3, [])
    assert sentence in error


def test_places_are_not_passed_over_in_silence(capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> None:
    status, lines, error = run(capfdbinary, tmp_path, json.dumps([PRIORITIES[0] | {"places": ["Aldermere"]}]))

    assert status == 0 and len(lines) == len(ITEMS)
    assert "places are not weighed yet" in error
