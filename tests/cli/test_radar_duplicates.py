"""`folkmoot radar duplicates`: a pair a line, one sentence with the line's number for a bad file."""

import json
from pathlib import Path

import pytest

from folkmoot.cli.main import main

pytestmark = pytest.mark.one_database

GOOD = b'{"id": "a", "text": "one two three"}\n'


def run(capfdbinary: pytest.CaptureFixture[bytes], path: Path, *more: str) -> tuple[int, list[object], str]:
    status = main(["radar", "duplicates", *more, str(path)])
    out, err = capfdbinary.readouterr()
    return status, [json.loads(line) for line in out.splitlines()], err.decode()


def test_a_pair_a_line(capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> None:
    path = tmp_path / "items.jsonl"
    path.write_bytes(GOOD + b'\n{"id": 7, "text": "One, two, three."}\n{"id": "c", "text": "else"}')

    assert run(capfdbinary, path, "--threshold", "1") == (0, [{"a": "a", "b": "7", "similarity": 1.0}], "")


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        pytest.param(GOOD + b"{", "line 2 is not JSON", id="cut short"),
        pytest.param(b"[" * 100_000, "line 1 is not JSON", id="nested without end"),
        pytest.param(b"[]", "line 1 is not an object", id="a list"),
        pytest.param(b"\xff\xfe", "line 1 is not UTF-8", id="another encoding"),
        pytest.param(b'{"id": "a"}', "line 1 has no “text” that is text", id="no text"),
        pytest.param(b'{"id": true, "text": ""}', "line 1 has no “id” that is text", id="no key for an id"),
        pytest.param(b'{"id": "a", "text": "", "x": NaN}', "line 1 holds NaN", id="no number"),
        pytest.param(GOOD + GOOD, "line 2 has the id of line 1", id="an id twice"),
    ],
)
def test_a_bad_line_is_named(
    body: bytes, sentence: str, capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path
) -> None:
    path = tmp_path / "items.jsonl"
    path.write_bytes(body)

    status, lines, error = run(capfdbinary, path)

    assert (status, lines) == (3, [])
    assert sentence in error


@pytest.mark.parametrize("body", [b"", b"\n\n", b"\xef\xbb\xbf"], ids=["empty", "blank lines", "only a mark"])
def test_an_empty_file_has_no_pair(body: bytes, capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> None:
    path = tmp_path / "items.jsonl"
    path.write_bytes(body)

    assert run(capfdbinary, path) == (0, [], "")


def test_a_file_that_is_not_there(capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> None:
    status, _, error = run(capfdbinary, tmp_path / "none.jsonl")

    assert status == 3
    assert "cannot be read" in error


@pytest.mark.parametrize("threshold", ["0", "1.5", "nan", "much"])
def test_a_threshold_that_is_none(threshold: str, tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["radar", "duplicates", "--threshold", threshold, str(tmp_path)])

    assert ended.value.code == 2
