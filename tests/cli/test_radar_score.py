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


def run(
    capfdbinary: pytest.CaptureFixture[bytes],
    folder: Path,
    priorities: str,
    *more: str,
    items: list[dict[str, Any]] = ITEMS,
) -> tuple[int, list[Any], str]:
    (folder / "p.json").write_text(priorities, encoding="utf-8")
    (folder / "i.jsonl").write_text("\n".join(map(json.dumps, items)), encoding="utf-8")
    status = main(["radar", "score", "--priorities", str(folder / "p.json"), str(folder / "i.jsonl"), *more])
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


def test_a_place_counts_where_it_is_meant(capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> None:
    priorities = json.dumps([{"id": "bus", "terms": ["bus"], "places": ["Reading", "Aldermere"]}])
    items = [
        {"id": "1", "title": "Second reading", "text": "Reading of the Bus Services Bill."},
        {"id": "2", "title": "Buses", "text": "Bus lanes in Reading town centre."},
        {"id": "3", "title": "Buses", "text": "Bus lanes in Aldermere."},
    ]

    _, lines, _ = run(capfdbinary, tmp_path, priorities, items=items)

    places = [[r["because"] for r in line["reasons"]["bus"] if r["part"] == "place"] for line in lines]
    assert places == [[], ["Reading"], ["Aldermere"]]


def test_a_near_date_counts_from_the_day_that_is_given(
    capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path
) -> None:
    dates = [{"kind": "meeting"}, "soon", {"kind": "closing", "at": "2026-12-02T23:45:00+00:00"}]
    items = [{"id": "1", "title": "Bus franchising", "text": "Have your say.", "deadlines": dates}]

    def near(*args: str) -> list[Any]:
        _, (line,), _ = run(capfdbinary, tmp_path, json.dumps(PRIORITIES), *args, items=items)
        return [r for r in line["reasons"]["bus"] if r["part"] == "deadline"]

    (reason,) = near("--as-of", "2026-11-25")
    assert (reason["field"], reason["span"], reason["because"]) == ("deadlines", [2, 3], "in 7 days")
    assert 0 < reason["weight"] <= 1.5
    assert near() == near("--as-of", "2026-12-03") == []


def label(number: int, text: str, relevant: object = True, priority: object = "bus") -> str:
    return json.dumps({"id": number, "title": "", "text": text, "priority": priority, "relevant": relevant})


LABELS = [
    line
    for number in range(10)
    for line in (label(number, f"Depots {number} and trams."), label(number, f"Police {number} and prisons.", False))
]


def test_feedback_is_one_named_capped_reason(capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> None:
    (tmp_path / "l.jsonl").write_text("\n".join(LABELS), encoding="utf-8")
    items = [{"id": "1", "title": "Depots", "text": "Trams."}, {"id": "2", "title": "Police", "text": "Buses."}]

    status, lines, error = run(
        capfdbinary, tmp_path, json.dumps(PRIORITIES), "--feedback", str(tmp_path / "l.jsonl"), items=items
    )

    assert (status, error) == (0, "")
    (rises,), (falls,) = ([r for r in line["reasons"]["bus"] if r["part"] == "learned"] for line in lines)
    assert 0 < rises["weight"] < 6 and -6 < falls["weight"] < 0
    assert rises["because"] == "Like what you accepted: depots, trams"
    assert rises["evidence"][0] == {"word": "depots", "field": "title", "span": [0, 6]}
    assert (rises["field"], rises["span"]) == ("title", [0, 6])
    for line in lines:
        assert line["scores"]["bus"] == pytest.approx(sum(reason["weight"] for reason in line["reasons"]["bus"]))


def test_feedback_that_teaches_nothing_says_so(capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> None:
    (tmp_path / "l.jsonl").write_text(LABELS[0], encoding="utf-8")
    plain = run(capfdbinary, tmp_path, json.dumps(PRIORITIES))

    status, lines, error = run(capfdbinary, tmp_path, json.dumps(PRIORITIES), "--feedback", str(tmp_path / "l.jsonl"))

    assert (status, lines) == (0, plain[1])
    assert error == (
        "folkmoot: nothing was learnt for “bus”. Everything was accepted; dismiss what does not belong, so that "
        "there is something to tell it from.\n"
    )


@pytest.mark.parametrize(
    ("labels", "sentence"),
    [
        ([label(1, "x", relevant=1)], "line 1 has no “relevant” that is true or false"),
        ([label(1, "x"), label(2, "x", priority=None)], "line 2 has no “priority” that is text"),
        (["[]"], "line 1 is not an object"),
        (["{"], "line 1 is not JSON"),
        (None, "cannot be read"),
    ],
    ids=["a number", "no priority", "a list", "no JSON", "no file"],
)
def test_wrong_labels(
    labels: list[str] | None, sentence: str, capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path
) -> None:
    if labels is not None:
        (tmp_path / "l.jsonl").write_text("\n".join(labels), encoding="utf-8")

    status, lines, error = run(capfdbinary, tmp_path, json.dumps(PRIORITIES), "--feedback", str(tmp_path / "l.jsonl"))

    assert (status, lines) == (3, [])
    assert sentence in error


def test_a_day_is_written_as_a_day(capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="2"):
        run(capfdbinary, tmp_path, json.dumps(PRIORITIES), "--as-of", "tomorrow")
    assert "tomorrow is not a day" in capfdbinary.readouterr()[1].decode()
