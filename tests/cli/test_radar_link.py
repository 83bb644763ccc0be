"""`folkmoot radar link`: what each item names, by the names of a day; one sentence for a bad file."""

import json
from pathlib import Path
from typing import Any

import pytest

from folkmoot.cli.main import main

pytestmark = pytest.mark.one_database

KINDS = {"department", "authority", "mayoralty", "bill", "person", "place"}
TEXT = "DLUHC and the Mayor of London met Bury Council on the Railways Bill. SR bids are due."


def run(capfdbinary: pytest.CaptureFixture[bytes], folder: Path, body: bytes, *more: str) -> tuple[int, list[Any], str]:
    (folder / "i.jsonl").write_bytes(body)
    status = main(["radar", "link", *more, str(folder / "i.jsonl")])
    out, err = capfdbinary.readouterr()
    return status, [json.loads(line) for line in out.splitlines()], err.decode()


def items(*given: dict[str, Any]) -> bytes:
    return "\n".join(map(json.dumps, given)).encode()


def test_a_line_an_item_with_what_its_text_names(capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> None:
    body = items({"id": "1", "text": TEXT}, {"id": 2, "text": "Nothing."})

    status, [first, second], error = run(capfdbinary, tmp_path, body, "--as-of", "2026-11-25")

    assert (status, error) == (0, "")
    named = {(each["id"], each["kind"], TEXT[slice(*each["span"])]) for each in first["entities"]}
    assert named >= {
        ("dluhc", "department", "DLUHC"),
        ("mhclg", "department", "DLUHC"),
        ("mayor-london", "mayoralty", "Mayor of London"),
        ("council-bury-metropolitan-borough-council", "authority", "Bury Council"),
        ("bill-railways", "bill", "Railways Bill"),
    }
    assert {each["kind"] for each in first["entities"]} <= KINDS
    assert [TEXT[slice(*each["span"])] for each in first["terms"]] == ["SR"]
    assert {"id", "kind", "name", "span", "rule", "cue", "confidence"} <= first["entities"][0].keys()
    assert second == {"id": "2", "entities": [], "terms": [], "doubts": []}


@pytest.mark.parametrize(
    ("item", "more", "key"),
    [
        pytest.param({}, ["--as-of", "2019-05-01"], "mhclg-2018", id="the day that is asked for"),
        pytest.param({"published": "2019-05-01T09:30:00+01:00"}, [], "mhclg-2018", id="the day of the item"),
        pytest.param({"updated": "2019-05-01"}, [], "mhclg-2018", id="the day it was updated"),
        pytest.param({"published": "2019-05-01"}, ["--as-of", "2025-01-01"], "mhclg", id="asked for before the item's"),
        pytest.param({"published": "soon", "updated": 7}, ["--as-of", "2025-01-01"], "mhclg", id="no day in the item"),
    ],
)
def test_whose_day_counts(
    item: dict[str, Any], more: list[str], key: str, capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path
) -> None:
    body = items({"id": "1", "text": "MHCLG wrote to councils."} | item)

    _, [line], _ = run(capfdbinary, tmp_path, body, *more)

    assert [each["id"] for each in line["entities"]] == [key]


def test_what_cannot_be_is_a_doubt_with_its_sentence(capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> None:
    _, [line], _ = run(capfdbinary, tmp_path, items({"id": "1", "text": "In October 2026 DSIT opened a fund."}))

    assert line["entities"] == []
    [doubt] = line["doubts"]
    assert (doubt["id"], doubt["span"]) == ("dsit", [16, 20])
    assert "has no body called “DSIT”" in doubt["sentence"]


def test_half_a_character_harms_nothing(capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> None:
    body = b'{"id": "1", "text": "\\ud83d HM Treasury \\udc00"}'

    status, [line], _ = run(capfdbinary, tmp_path, body)

    assert status == 0
    assert [(each["id"], each["span"]) for each in line["entities"]] == [("hmt", [2, 13])]


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        pytest.param(b'{"id": "a", "text": ""}\n{', "line 2 is not JSON", id="cut short"),
        pytest.param(b"[]", "line 1 is not an object", id="a list"),
        pytest.param(b"\xff\xfe", "line 1 is not UTF-8", id="another encoding"),
        pytest.param(b'{"id": "a"}', "line 1 has no “text” that is text", id="no text"),
        pytest.param(b'{"id": "a", "text": 7}', "line 1 has no “text” that is text", id="a number for a text"),
        pytest.param(b'{"text": "a"}', "line 1 has no “id” that is text", id="no id"),
        pytest.param(b'{"id": "a", "text": ""}\n' * 2, "line 2 has the id of line 1", id="an id twice"),
    ],
)
def test_a_bad_line_is_named_and_nothing_is_printed(
    body: bytes, sentence: str, capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path
) -> None:
    status, lines, error = run(capfdbinary, tmp_path, body)

    assert (status, lines) == (3, [])
    assert sentence in error


def test_a_file_that_is_not_there(capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> None:
    assert main(["radar", "link", str(tmp_path / "none.jsonl")]) == 3
    assert b"cannot be read" in capfdbinary.readouterr().err


@pytest.mark.parametrize("day", ["yesterday", "2026-13-01", "25/11/2026", ""])
def test_a_day_that_is_none(day: str, tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["radar", "link", "--as-of", day, str(tmp_path)])

    assert ended.value.code == 2
