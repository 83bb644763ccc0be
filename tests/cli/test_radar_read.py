"""`folkmoot radar read`: an item a line, a sentence for a bad file, a number for a bad record."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from folkmoot.cli.main import main
from tests.engines.radar.sources.payloads import HOME

pytestmark = pytest.mark.one_database
KEYS = [
    *("source", "id", "url", "type", "title", "summary", "text", "published", "updated", "organisations", "people"),
    *("topics", "deadlines", "state", "supersedes"),
]


def run(
    capsys: pytest.CaptureFixture[str], source: str, *files: Path | str
) -> tuple[int, list[dict[str, object]], str]:
    status = main(["radar", "read", "--source", source, *map(str, files)])
    out, err = capsys.readouterr()
    return status, [json.loads(line) for line in out.splitlines()], err


def test_a_line_has_the_contracts_keys_first(capsys: pytest.CaptureFixture[str]) -> None:
    status, (item,), err = run(capsys, "govuk-content", HOME / "govuk_consultation.json")
    assert (status, err) == (0, "")
    assert list(item)[: len(KEYS)] == KEYS
    assert item["deadlines"] == [{"kind": "closing", "at": "2027-01-29T23:45:00+00:00"}]
    assert (item["id"], item["state"]) == ("aaaa0000-0000-4000-8000-000000000001", "open")
    assert item["organisations"] == ["department-for-transport", "hm-treasury"]


def test_a_bad_record_is_told_by_number_and_the_others_come(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "answer.json"
    answer = json.loads((HOME / "govuk_search.json").read_bytes())
    answer["results"][1]["title"] = None
    file.write_text(json.dumps(answer), encoding="utf-8")
    status, items, err = run(capsys, "govuk-search", file)
    assert status == 0
    assert len(items) == len(answer["results"]) - 1
    assert err == f"folkmoot: {file}: record 2: title is missing.\n"


def test_a_file_of_another_source_ends_with_3_and_the_others_are_read(capsys: pytest.CaptureFixture[str]) -> None:
    bad, missing = HOME / "feed.xml", HOME / "nowhere.json"
    status, items, err = run(capsys, "parliament-bills", bad, HOME / "bills.json", missing)
    assert status == 3
    assert [item["id"] for item in items] == ["9001", "9002", "9003"]
    assert err.splitlines() == [
        f"folkmoot: {bad}: It is a web page or XML, not JSON; check the address, or whether the site refuses us.",
        f"folkmoot: {missing}: cannot be read (No such file or directory); check the name and the rights.",
    ]


def test_a_source_that_does_not_exist_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["radar", "read", "--source", "telepathy", "x"])
    assert ended.value.code == 2
    assert "govuk-search" in capsys.readouterr().err


def test_a_pipe_may_be_of_any_encoding(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "folkmoot.cli.main", "radar", "read", "--source", "rss", str(HOME / "feed.xml")],
        env={"PYTHONIOENCODING": "ascii", "PATH": "/usr/bin"},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0
    assert "Short…" in done.stdout.decode()
    assert done.stderr.decode().endswith("so it could not be known again.\n")
