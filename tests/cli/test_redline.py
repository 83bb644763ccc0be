"""`folkmoot redline` as a person and as a script use it: real processes, files in and files out."""

import json
import os
import pty
import stat
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from folkmoot.apps.documents import reading
from folkmoot.cli import redline as command
from folkmoot.cli.main import main
from folkmoot.engines import redline
from tests.engines.redline.builders import CLAUSES, Pen, draft
from tests.engines.redline.words import W, word_file

BASE = draft()


def run(*arguments: object, **options: Any) -> "subprocess.CompletedProcess[bytes]":
    line = [sys.executable, "-m", "folkmoot.cli.main", "redline", *map(str, arguments)]
    return subprocess.run(line, capture_output=True, timeout=60, **options)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "base.docx").write_bytes(BASE)
    (tmp_path / "Leeds.docx").write_bytes(Pen(BASE).replace(0, "forty", "=1+1").comment(2, "papers", "All?").save())
    (tmp_path / "York.docx").write_bytes(Pen(BASE, author="Bö Hall").rewrite(1, "one officer", "two officers").save())
    (tmp_path / "broken.docx").write_bytes(BASE[:400])
    return tmp_path


def asked(*arguments: object) -> dict[str, Any]:
    done = run(*arguments)
    assert (done.returncode, done.stderr) == (0, b"")
    return json.loads(done.stdout.decode("utf-8"))


class TestText:
    def test_both_views(self, folder: Path) -> None:
        rejected = asked("text", folder / "Leeds.docx", "--view", "rejected")
        assert rejected == {"paragraphs": list(CLAUSES)}
        accepted = asked("text", folder / "Leeds.docx", "--view", "accepted")
        assert accepted["paragraphs"][0] == CLAUSES[0].replace("forty", "=1+1")

    def test_a_pipe_of_another_encoding_still_gets_utf_8(self, folder: Path) -> None:
        done = run("changes", folder / "York.docx", env={**os.environ, "PYTHONIOENCODING": "ascii"})
        assert done.returncode == 0
        json.loads(done.stdout.decode("utf-8"))


class TestChanges:
    def test_the_keys_of_the_contract(self, folder: Path) -> None:
        answer = asked("changes", folder / "Leeds.docx")
        [change] = answer["changes"]
        assert {"id", "kind", "author", "date", "clause", "before", "after", "context"} <= set(change)
        assert (change["kind"], change["before"], change["after"]) == ("replace", "forty", "=1+1")
        [comment] = answer["comments"]
        assert {"id", "author", "date", "clause", "on", "text", "parent", "resolved"} <= set(comment)
        assert (comment["on"], comment["text"]) == ("papers", "All?")

    def test_a_damaged_part_is_named_and_the_rest_is_told(self, folder: Path) -> None:
        with zipfile.ZipFile(folder / "Leeds.docx") as whole, zipfile.ZipFile(folder / "Hull.docx", "w") as damaged:
            for name in whole.namelist():
                damaged.writestr(name, b"<w:styles" if name == "word/styles.xml" else whole.read(name))
        answer = asked("changes", folder / "Hull.docx")
        assert answer["damaged"] == ["word/styles.xml"]
        assert [change["after"] for change in answer["changes"]] == ["=1+1"]
        shown = at_a_terminal("changes", folder / "Hull.docx")
        assert "Damaged, so what it says is missing here: word/styles.xml." in shown

    def test_a_file_that_takes_too_much_is_refused_in_a_process_of_its_own(self, folder: Path) -> None:
        cells = "<w:tbl><w:tr>" + "<w:tc><w:p/></w:tc>" * 500_000 + "</w:tr></w:tbl>"
        (folder / "large.docx").write_bytes(word_file(cells))
        done = run("changes", folder / "large.docx")
        assert done.returncode == 3
        assert b"The file holds millions of elements, far more than a draft." in done.stderr


class TestConsolidate:
    def test_everything_at_once(self, folder: Path) -> None:
        out, table = folder / "out.docx", folder / "table.xlsx"
        files = [folder / "Leeds.docx", folder / "York.docx"]
        named = ("--office", f"{files[1]}=City of York")
        answer = asked("consolidate", folder / "base.docx", *files, *named, "--out", out, "--table", table)
        assert set(answer) == {"clauses", "returns", "amendments", "comments"}
        assert [(r["file"], r["office"], r["status"]) for r in answer["returns"]] == [
            (str(files[0]), "Leeds", "tracked"),
            (str(files[1]), "City of York", "untracked"),
        ]
        first = answer["amendments"][0]
        assert {
            *("id", "clause", "office", "author", "date", "kind", "before", "after", "tracked", "group", "conflicts"),
        } <= set(first)
        assert answer["comments"][0]["office"] == "Leeds"
        assert redline.text(out.read_bytes(), view="rejected") == CLAUSES
        sheet = openpyxl.load_workbook(table).active
        rows = list(sheet.iter_rows(min_row=2))
        assert len(rows) == len(answer["amendments"])
        cells = [cell for row in rows for cell in row if cell.value is not None]
        assert {cell.data_type for cell in cells} == {"s"}
        assert any(cell.value == "=1+1" for cell in cells)
        assert stat.S_IMODE(out.stat().st_mode) == stat.S_IMODE((folder / "base.docx").stat().st_mode)
        assert sorted(path.name for path in folder.iterdir() if path.name.startswith(".")) == []

    def test_one_unreadable_return_does_not_stop_the_others(self, folder: Path) -> None:
        broken = folder / "broken.docx"
        done = run("consolidate", folder / "base.docx", broken, folder / "Leeds.docx", "--out", folder / "out.docx")
        assert done.returncode == 0
        assert [r["status"] for r in json.loads(done.stdout)["returns"]] == ["unreadable", "tracked"]
        sentence = CUT
        assert done.stderr.decode() == f"folkmoot: {broken}: {sentence}\n"
        assert (folder / "out.docx").exists()

    def test_an_earlier_draft_is_recognised(self, folder: Path) -> None:
        older = Pen(BASE).rewrite(4, "record of amendments", "list of all wishes").save()
        (folder / "older.docx").write_bytes(older)
        (folder / "Hull.docx").write_bytes(Pen(older).delete(0, "forty ").save())
        answer = asked("consolidate", folder / "base.docx", folder / "Hull.docx", "--earlier", folder / "older.docx")
        assert answer["returns"][0]["status"] == "older-draft"

    def test_it_reads_for_a_person_at_a_terminal(self, folder: Path) -> None:
        shown = at_a_terminal("consolidate", folder / "base.docx", folder / "Leeds.docx")
        assert "Leeds (tracked): 1 tracked change by 1 person and 1 comment." in shown
        assert "forty" in shown
        assert not shown.lstrip().startswith("{")
        assert at_a_terminal("text", folder / "base.docx", "--json").lstrip().startswith("{")


def at_a_terminal(*arguments: object) -> str:
    """What a person sees: standard output is a terminal, and a name cannot steer it."""
    reader, writer = pty.openpty()
    line = [sys.executable, "-m", "folkmoot.cli.main", "redline", *map(str, arguments)]
    process = subprocess.Popen(line, stdout=writer, stderr=subprocess.PIPE)
    os.close(writer)
    shown = b""
    try:
        while piece := os.read(reader, 65536):
            shown += piece
    except OSError:
        pass  # the way in which Linux says that the other end is closed
    finally:
        os.close(reader)
    assert process.wait(60) == 0
    assert process.stderr is not None
    process.stderr.close()
    return shown.decode().replace("\r\n", "\n")


CUT = "The file is cut short or damaged. Ask the office to send it again."


class TestTrouble:
    @pytest.mark.parametrize(
        ("arguments", "file", "sentence"),
        [
            (("text", "broken.docx"), "broken.docx", CUT),
            (("changes", "gone.docx"), "gone.docx", "The file cannot be read (No such file or directory). "
             "Check its name and its rights."),
            (("consolidate", "broken.docx", "York.docx", "--out", "out.docx"), "broken.docx",
             CUT),
            (("consolidate", "base.docx", "York.docx", "--earlier", "broken.docx", "--out", "out.docx"), "broken.docx",
             CUT),
            (("consolidate", "base.docx", "York.docx", "--out", "no/out.docx"), "no/out.docx",
             "The file cannot be written (No such file or directory). Check the folder and its rights."),
        ],
    )  # fmt: skip
    def test_bad_input_is_one_line_and_leaves_nothing_behind(
        self, folder: Path, arguments: tuple[str, ...], file: str, sentence: str
    ) -> None:
        before = sorted(folder.iterdir())
        done = run(*arguments, cwd=folder)
        assert done.returncode == 3
        assert done.stdout == b""
        assert done.stderr.decode() == f"folkmoot: {file}: {sentence}\n"
        assert sorted(folder.iterdir()) == before

    @pytest.mark.parametrize(
        "arguments",
        [
            (),
            ("text",),
            ("text", "base.docx", "--view", "sideways"),
            ("consolidate", "base.docx"),
            ("consolidate", "base.docx", "York.docx", "--office", "Leeds.docx=Leeds"),
            ("consolidate", "base.docx", "York.docx", "--office", "York"),
            ("consolidate", "base.docx", "York.docx", "--out", "base.docx"),
            ("consolidate", "base.docx", "York.docx", "--out", "same", "--table", "same"),
        ],
    )
    def test_wrong_usage(self, folder: Path, arguments: tuple[str, ...]) -> None:
        before = (folder / "base.docx").read_bytes()
        done = run(*arguments, cwd=folder)
        assert done.returncode == 2
        assert b"usage:" in done.stderr
        assert (folder / "base.docx").read_bytes() == before

    def test_it_needs_no_django(self, folder: Path) -> None:
        code = (
            "import sys; from folkmoot.cli.main import main; main(['redline', 'text', 'base.docx', '--json']);"
            "assert not [name for name in sys.modules if name.startswith('django')]"
        )
        done = subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, timeout=60)
        assert (done.returncode, done.stderr) == (0, b"")


SAVE_IT = "Save the table as .xlsx, .docx or “CSV UTF-8”, and give that."


class TestRedraft:
    """The table leaves by consolidate, is decided, and comes back as the next draft."""

    FILES = ("base.docx", "Leeds.docx", "York.docx")

    def table(self, folder: Path, name: str) -> Path:
        assert run("consolidate", *self.FILES, "--table", name, cwd=folder).returncode == 0
        return folder / name

    @pytest.mark.requirement("A23")
    @pytest.mark.parametrize("name", ["table.xlsx", "table.docx"])
    def test_the_draft_is_written_from_the_decisions(self, folder: Path, name: str) -> None:
        decide(self.table(folder, name), {"=1+1": "Taken"})
        done = run(
            *("redraft", *self.FILES, "--decisions", name, "--out", "next.docx", "--tracked", "marks.docx"), cwd=folder
        )
        assert (done.returncode, done.stderr) == (0, b"")
        text = (CLAUSES[0].replace("forty", "=1+1"), *CLAUSES[1:])
        assert redline.text((folder / "next.docx").read_bytes(), view="accepted") == text
        assert redline.text((folder / "marks.docx").read_bytes(), view="rejected") == CLAUSES
        answer = json.loads(done.stdout)
        assert set(answer) == {"returns", "amendments", "comments", "not_put", "undecided", "problems"}
        assert [(one["office"], one["verdict"]) for one in answer["amendments"]] == [("Leeds", "taken")]
        assert len(answer["undecided"]) == 2  # York's amendment and the comment of Leeds

    def test_rows_that_cannot_be_used_are_named_and_nothing_is_taken(self, folder: Path) -> None:
        decide(self.table(folder, "table.xlsx"), {"=1+1": "perhaps"})
        done = run("redraft", *self.FILES, "--decisions", "table.xlsx", "--out", "next.docx", cwd=folder)
        assert done.returncode == 0
        assert done.stderr.decode() == (
            "folkmoot: table.xlsx: Row 2: “perhaps” is no decision. Write taken, taken in part, not taken or parked.\n"
        )
        assert (folder / "next.docx").read_bytes() == BASE

    @pytest.mark.parametrize(
        ("name", "data", "sentence"),
        [
            ("a.docx", b"", f"The file is empty. {SAVE_IT}"),
            ("a.xlsx", b"no", f"This is not an Excel file. {SAVE_IT}"),
            ("a.ods", b"no", f"This is no Excel, Word or CSV file. {SAVE_IT}"),
            ("a.csv", b"Clause,Decision\n1,taken\n", "This file has no table with columns called “Number” and "
             "“Decision”. Export the amendments, write the decisions into that file, and give that."),
            ("gone.csv", None, "The file cannot be read (No such file or directory). Check its name and its rights."),
        ],
    )  # fmt: skip
    def test_what_is_no_table_is_refused(
        self, folder: Path, capsysbinary: Any, name: str, data: bytes | None, sentence: str
    ) -> None:
        table, out = folder / name, folder / "next.docx"
        if data is not None:
            table.write_bytes(data)
        files = [str(folder / "base.docx"), str(folder / "Leeds.docx"), "--decisions", str(table), "--out", str(out)]
        assert main(["redline", "redraft", *files]) == 3
        assert capsysbinary.readouterr() == (b"", f"folkmoot: {table}: {sentence}\n".encode())
        assert not out.exists()

    def test_it_does_not_write_over_the_table(self, folder: Path) -> None:
        done = run("redraft", "base.docx", "Leeds.docx", "--decisions", "York.docx", "--out", "York.docx", cwd=folder)
        assert done.returncode == 2 and b"one of the files to be read" in done.stderr


def decide(table: Path, decisions: dict[str, str]) -> None:
    """Write a decision beside each amendment whose new words these are."""
    if table.suffix == ".xlsx":
        book = openpyxl.load_workbook(table)
        head = [cell.value for cell in book.worksheets[0][1]]
        for row in book.worksheets[0].iter_rows(min_row=2):
            row[head.index("Decision")].value = decisions.get(str(row[head.index("After")].value))
        book.save(table)
        return
    document = docx.Document(str(table))
    for row in document.tables[0].rows[1:]:
        said = next((verdict for words, verdict in decisions.items() if words in row.cells[4].text), "")
        row.cells[6].paragraphs[0].add_run(said)
        for control in list(row.cells[6]._tc.iter(f"{{{W}}}sdt")) if said else ():
            control.getparent().remove(control)
    document.save(str(table))


class TestOneReturnThatTripsTheReader:
    """A file that no process may work through stops neither the others nor the command."""

    def test_the_others_are_merged(self, folder: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: Any) -> None:
        read = reading.read

        def within_little_memory(name: str, *arguments: Any, **options: Any) -> Any:
            york = [one for one in arguments[1:2] if name.startswith("redline.consolidate")]
            if any(one.data for returns in york for one in returns if one.file.endswith("York.docx")):
                return reading.TOO_LARGE
            return read(name, *arguments, **options)

        monkeypatch.setattr(command, "read", within_little_memory)
        files = [str(folder / name) for name in ("base.docx", "Leeds.docx", "York.docx")]
        assert main(["redline", "consolidate", *files, "--json"]) == 0
        said = capsysbinary.readouterr()
        assert [one["status"] for one in json.loads(said.out)["returns"]] == ["tracked", "unreadable"]
        assert said.err.decode() == f"folkmoot: {files[2]}: {reading.TOO_LARGE.reason} {reading.TOO_LARGE.advice}\n"
