"""`folkmoot consensus analyse`: JSON for a pipe, a table for a person, one sentence for a bad file."""

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from folkmoot.cli.main import main
from tests.engines.consensus.cases import large_position

POSITION = {
    "rule": {"type": "no-objection"},
    "members": [{"id": name, "party": "p"} for name in ("north", "south")],
    "clauses": [
        {"id": "1", "importance": 3, "variants": [{"id": "base"}]},
        {"id": "2", "variants": [{"id": "base"}]},
        {"id": "3", "variants": [{"id": "base"}]},
        {"id": "4", "variants": [{"id": "base"}]},
    ],
    "links": [{"type": "excludes", "if": ["1", "base"], "then": ["4", "base"]}],
    "responses": [
        *[{"member": "north", "clause": clause, "variant": "base", "stance": "accept"} for clause in "124"],
        *[{"member": "south", "clause": clause, "variant": "base", "stance": "support"} for clause in "14"],
        {"member": "south", "clause": "2", "variant": "base", "stance": "red-line"},
    ],
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "position.json"
    path.write_text(json.dumps(POSITION), encoding="utf-8")
    return path


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = main(["consensus", "analyse", *arguments])
    out, err = capsys.readouterr()
    return status, out, err


def test_a_pipe_gets_the_contracts_keys(capsys: pytest.CaptureFixture[str], file: Path) -> None:
    status, out, err = run(capsys, str(file))

    assert (status, err) == (0, "")
    assert json.loads(out) == {
        "status": "optimal",
        "agreed_importance": 3,
        "clauses": [
            {"id": "1", "status": "agreed", "variant": "base", "blockers": [], "margin": 0},
            {"id": "2", "status": "blocked", "variant": "base", "blockers": ["south"], "margin": -1},
            {"id": "3", "status": "open", "variant": "base", "blockers": [], "margin": -1},
            {
                "id": "4",
                "status": "blocked",
                "variant": "base",
                "blockers": [],
                "margin": 0,
                "link": {"type": "excludes", "if": ["1", "base"], "then": ["4", "base"]},
            },
        ],
        "conversations": [
            {"clause": "2", "variant": "base", "members": ["south"], "total": 4},
            {"clause": "3", "variant": "base", "members": ["north"], "total": 4},
            {"clause": "3", "variant": "base", "members": ["south"], "total": 4},
        ],
    }


def at_a_terminal(*arguments: str) -> tuple[int, str]:
    """Run the command with a terminal for its output."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "folkmoot.cli.main", "consensus", "analyse", *arguments], stdout=theirs, stderr=theirs
    ) as process:
        os.close(theirs)
        pieces = []
        while piece := _read(ours):
            pieces.append(piece)
        os.close(ours)
    return process.returncode, b"".join(pieces).decode().replace("\r\n", "\n")


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 4096)
    except OSError:  # Linux says so once the other end is closed
        return b""


def test_a_person_gets_a_table(file: Path) -> None:
    status, out = at_a_terminal(str(file))

    assert status == 0
    assert out == (
        "1 of 4 clauses agreed, importance 3 of 6 (proved the best).\n"
        "\n"
        "Clause  Status   Variant  Margin  Why\n"
        "------  -------  -------  ------  ----------------------\n"
        "1       agreed   base     +0\n"
        "2       blocked  base     -1      against: south\n"
        "3       open     base     -1      answers are lacking\n"
        "4       blocked  base     +0      1 base excludes 4 base\n"
        "\n"
        "Talk to\n"
        "Clause  Variant  Members  Total then\n"
        "------  -------  -------  ----------\n"
        "2       base     south    4\n"
        "3       base     north    4\n"
        "3       base     south    4\n"
    )


def test_a_person_may_ask_for_json(file: Path) -> None:
    status, out = at_a_terminal("--json", str(file))

    assert (status, json.loads(out)["status"]) == (0, "optimal")


@pytest.mark.slow
def test_the_solver_adds_nothing_to_standard_output_and_no_ceiling_to_the_status(tmp_path: Path) -> None:
    path = tmp_path / "large.json"
    path.write_text(json.dumps(large_position(5, links=700, against=0.02)))
    command = [sys.executable, "-m", "folkmoot.cli.main", "consensus", "analyse", str(path)]

    proved = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    cut = json.loads(subprocess.run([*command, "--seconds", "0"], check=True, capture_output=True).stdout)

    assert (proved["status"], "gap" in proved) == ("optimal", False)
    assert (cut["status"], cut["gap"] > 0) == ("feasible", True)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "cannot be read (No such file or directory); check the name and the rights."),
        (b"\xff\xfe", "is not UTF-8 (byte 1); save it as UTF-8."),
        (b'{"rule": ', "is not JSON (line 1, column 10: Expecting value); mend it there."),
        (b"[" * 100_000, "is nested too deeply to be a position; give the keys of the contract."),
        (b"[]", "The file is []; give an object with its keys."),
        (b'{"members": [{"id": "n", "weight": "two"}]}', "members[0].weight is “two”; give a number."),
    ],
)
def test_a_bad_file_is_one_sentence(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, content: bytes | None, sentence: str
) -> None:
    path = tmp_path / "position.json"
    if content is not None:
        path.write_bytes(content)

    assert run(capsys, str(path)) == (3, "", f"folkmoot: {path}: {sentence}\n")


def test_a_byte_order_mark_is_no_obstacle(capsys: pytest.CaptureFixture[str], file: Path) -> None:
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())

    assert run(capsys, str(file))[0] == 0


@pytest.mark.parametrize("arguments", [[], ["x.json", "--seconds", "-1"], ["x.json", "--seconds", "soon"]])
def test_wrong_usage_ends_with_2(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        run(capsys, *arguments)

    assert stop.value.code == 2


def test_it_starts_without_django_and_a_small_position_without_a_solver(file: Path) -> None:
    code = (
        "import sys; from folkmoot.cli.main import main; "
        f"main(['consensus', 'analyse', {str(file)!r}]); "
        "sys.exit(bool({'django', 'highspy', 'numpy'} & set(sys.modules)))"
    )

    assert subprocess.run([sys.executable, "-c", code], capture_output=True).returncode == 0
