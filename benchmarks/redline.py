"""How long a consolidation takes, beside the time that pandoc needs only to read the same returns.

Every input is made here from fixed seeds, so that two runs measure the same thing.
"""

import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path

import pypandoc
from docx import Document
from lxml import etree

sys.path.insert(0, str(Path(__file__).parents[1]))
from tests.engines.redline.builders import Pen

from folkmoot.engines import redline

# fmt: off
WORDS = (
    "authority", "board", "budget", "bus", "carbon", "centre", "college", "combined", "commission",
    "council", "county", "delivery", "department", "devolution", "district", "economy", "energy",
    "evidence", "fares", "fund", "government", "growth", "homes", "housing", "income", "industry",
    "investment", "jobs", "land", "learning", "levy", "local", "mayor", "member", "minister", "network",
    "office", "park", "paper", "people", "plan", "police", "position", "powers", "price", "programme",
    "rail", "record", "region", "rent", "report", "road", "school", "service", "settlement", "skill",
    "spending", "station", "strategy", "tax", "term", "town", "transport", "travel", "treasury", "union",
    "vote", "wage", "water", "work", "year",
)
# fmt: on
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
OFFICES = 14
MANY_OFFICES = 50
RUNS = 5
KINDS = ("replace", "replace", "replace", "delete", "insert", "paragraph", "gone", "move", "bold", "comment")


def draft(clauses: int, seed: int = 7) -> bytes:
    """A draft of numbered clauses of some forty words."""
    dice = random.Random(seed)
    document = Document()
    document.add_heading("Draft position", level=1)
    for number in range(1, clauses + 1):
        words = [dice.choice(WORDS) for _ in range(dice.randint(25, 55))]
        document.add_paragraph(f"{number}. {' '.join(words).capitalize()}.")
    return saved(document)


def saved(document: object) -> bytes:
    out = BytesIO()
    document.save(out)  # type: ignore[attr-defined]
    return out.getvalue()


def marked(base: bytes, author: str, amendments: int, seed: int) -> bytes:
    """A return: words replaced, each by a tracked deletion and insertion."""
    dice = random.Random(seed)
    document = Document(BytesIO(base))
    paragraphs = list(document.element.body.iter(f"{W}p"))[1:]
    for number in range(amendments):
        runs = [run for run in dice.choice(paragraphs).findall(f"{W}r") if len(words_of(run)) > 5]
        if runs:
            replace_word(dice.choice(runs), dice, author, number)
    return saved(document)


def words_of(run: etree._Element) -> list[str]:
    return (run.findtext(f"{W}t") or "").split(" ")


def replace_word(run: etree._Element, dice: random.Random, author: str, number: int) -> None:
    words = words_of(run)
    at = dice.randrange(1, len(words) - 1)
    before, after = " ".join(words[:at]) + " ", " " + " ".join(words[at + 1 :])
    run.addprevious(piece("t", before))
    run.addprevious(mark("del", piece("delText", words[at]), author, 2 * number))
    run.addprevious(mark("ins", piece("t", dice.choice(WORDS)), author, 2 * number + 1))
    run.addprevious(piece("t", after))
    parent = run.getparent()
    if parent is not None:
        parent.remove(run)


def piece(tag: str, text: str) -> etree._Element:
    run = etree.Element(f"{W}r")
    node = etree.SubElement(run, f"{W}{tag}")
    node.text = text
    node.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return run


def mark(tag: str, run: etree._Element, author: str, number: int) -> etree._Element:
    around = etree.Element(f"{W}{tag}")
    around.set(f"{W}id", str(1000 + number))
    around.set(f"{W}author", author)
    around.set(f"{W}date", "2026-11-02T09:30:00Z")
    around.append(run)
    return around


def returns_of(base: bytes, amendments: int) -> list[redline.ReturnFile]:
    return [
        redline.ReturnFile(f"office{n}.docx", f"Office {n}", marked(base, f"Person {n}", amendments, seed=100 + n))
        for n in range(OFFICES)
    ]


def edited(base: bytes, number: int, edits: int) -> bytes:
    """A return with changes of every kind, each in a paragraph of its own."""
    dice = random.Random(number)
    pen = Pen(base, author=f"Person {number}")
    last = len(pen.originals) - 3
    for at in dice.sample(range(2, last, 2), edits):
        words = (pen.paragraph(at).findtext(f"{W}r/{W}t") or "").split(" ")
        begin = dice.randrange(1, len(words) - 3)
        edit(pen, KINDS[at // 2 % len(KINDS)], at, " ".join(words[begin : begin + 2]), 2 + (at + 100) % last)
    return pen.save()


def edit(pen: Pen, kind: str, at: int, words: str, elsewhere: int) -> None:
    """One change of a kind."""
    work: dict[str, Callable[[], object]] = {
        "replace": lambda: pen.replace(at, words, "other words"),
        "delete": lambda: pen.delete(at, words),
        "insert": lambda: pen.insert(at, words, " added here"),
        "paragraph": lambda: pen.insert_paragraph(at, "A new paragraph."),
        "gone": lambda: pen.delete_paragraph(at),
        "move": lambda: pen.move(at, elsewhere, f"move{at}"),
        "bold": lambda: pen.embolden(at, words),
        "comment": lambda: pen.comment(at, words, "Please explain."),
    }
    work[kind]()


def whole_command(folder: Path, base: bytes, returns: Sequence[redline.ReturnFile]) -> tuple[float, float]:
    """Seconds and megabytes of `folkmoot redline consolidate` with both outputs, as a process of its own."""
    for name, data in [("base.docx", base), *((one.file, one.data) for one in returns)]:
        (folder / name).write_bytes(data)
    command = [str(Path(sys.executable).with_name("folkmoot")), "redline", "consolidate", "base.docx"]
    outputs = ["--out", "out.docx", "--table", "table.xlsx"]
    start = time.perf_counter()
    with (folder / "answer.json").open("wb") as answer, (folder / "said.txt").open("wb") as said:
        process = subprocess.Popen(
            [*command, *(one.file for one in returns), *outputs], cwd=folder, stdout=answer, stderr=said
        )
        _, code, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(code)
    if process.returncode or not (folder / "out.docx").exists():
        raise SystemExit((folder / "said.txt").read_text(encoding="utf-8"))
    return time.perf_counter() - start, used.ru_maxrss / 1024


def fifty_returns() -> None:
    """The whole command on fifty returns of a draft of forty pages, beside pandoc's reading of the same files."""
    base = draft(400)
    returns = [redline.ReturnFile(f"office{n}.docx", f"Office {n}", edited(base, n, 30)) for n in range(MANY_OFFICES)]
    with tempfile.TemporaryDirectory() as folder:
        seconds, megabytes = whole_command(Path(folder), base, returns)
    pandoc = pandoc_reads(returns, runs=1)
    print(
        f"{MANY_OFFICES} returns of 400 clauses, 30 edits each, whole command with the merged file and the table: "
        f"{seconds:.2f} s, {megabytes:.0f} MB; pandoc reads them: {pandoc:.2f} s; {pandoc / seconds:.1f} times as fast"
    )


def timed(work: Callable[[], object], runs: int = RUNS) -> float:
    """The median of some runs, in seconds."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def consolidation(base: bytes, returns: Sequence[redline.ReturnFile]) -> tuple[redline.Consolidation, float]:
    return redline.consolidate(base, returns), timed(lambda: redline.consolidate(base, returns))


def pandoc_reads(returns: Sequence[redline.ReturnFile], runs: int = RUNS) -> float:
    """What pandoc needs to read every return with its changes, one process a file as on a command line."""
    pandoc = pypandoc.get_pandoc_path()
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder) / one.file for one in returns]
        for file, one in zip(files, returns, strict=True):
            file.write_bytes(one.data)
        command = [pandoc, "--track-changes=all", "-f", "docx", "-t", "json"]

        def read_all() -> None:
            for file in files:
                subprocess.run([*command, str(file)], check=True, capture_output=True)

        return timed(read_all, runs)


def line(what: str, ours: float, theirs: float, other: str) -> None:
    print(f"{what}: {ours:.3f} s; {other}: {theirs:.3f} s; ratio {ours / theirs:.2f}")


def main() -> int:
    """Print one line a measurement."""
    fifty_returns()
    base = draft(60)
    returns = returns_of(base, 30)
    found, ours = consolidation(base, returns)
    count = len(found.amendments)
    pandoc = pandoc_reads(returns)
    line(f"{OFFICES} returns of 60 clauses, {count} amendments, consolidated", ours, pandoc, "pandoc reads them")
    merging = timed(lambda: redline.consolidate_and_merge(base, returns))
    line("the same, merged and proved", merging, ours, "consolidated only")
    large = draft(400)
    few, quick = consolidation(large, returns_of(large, 30))
    many, slow = consolidation(large, returns_of(large, 107))
    line(f"400 clauses, {len(few.amendments)} amendments", quick, ours, f"60 clauses, {count}")
    line(f"400 clauses, {len(many.amendments)} amendments", slow, quick, f"400 clauses, {len(few.amendments)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
