"""How long a consolidation takes, beside the time that pandoc needs only to read the same returns.

Every input is made here from fixed seeds, so that two runs measure the same thing; the fifty returns by LibreOffice,
which edits each as its script says with changes recorded.
"""

import compileall
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pypandoc
from docx import Document
from lxml import etree

sys.path.insert(0, str(Path(__file__).parents[1]))
from tests.office.returns import Return, found, made, plan

import folkmoot
from folkmoot.engines import redline
from folkmoot.engines.redline._merge import AS_TWO

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
PANDOC = (pypandoc.get_pandoc_path(), "--track-changes=all", "-f", "docx", "-t", "json")
EDITS = 30


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


@dataclass(frozen=True, slots=True)
class Cost:
    """What a process took, with those that it started."""

    seconds: float
    processor: float
    megabytes: float


def cost_of(command: Sequence[str], folder: Path) -> Cost:
    """Run a command whose output nobody reads."""
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, code, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(code)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}.")
    return Cost(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def whole_command(folder: Path, files: Sequence[str]) -> Cost:
    """What `folkmoot redline consolidate` with both outputs takes; the median of some runs."""
    command = [str(Path(sys.executable).with_name("folkmoot")), "redline", "consolidate", "base.docx"]
    outputs = ["--out", "out.docx", "--table", "table.xlsx"]
    # As pip leaves it where it installs the package.
    compileall.compile_dir(Path(folkmoot.__file__).parent, quiet=2)
    costs = sorted((cost_of([*command, *files, *outputs], folder) for _ in range(RUNS)), key=lambda cost: cost.seconds)
    if not (folder / "out.docx").exists():
        raise SystemExit("There is no merged file.")
    return costs[RUNS // 2]


def fifty_returns() -> None:
    """The whole command on fifty returns that LibreOffice makes of a draft of forty pages, beside pandoc's reading."""
    drawn = draft(400)
    plans = [plan(redline.text(drawn, view="rejected"), number, EDITS) for number in range(MANY_OFFICES)]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        base, datas = made(drawn, plans, folder)
        returns = [redline.ReturnFile(f"return{n}.docx", f"Office {n}", data) for n, data in enumerate(datas)]
        ours = whole_command(folder, [one.file for one in returns])
        reads = [cost_of([*PANDOC, one.file], folder) for one in returns]
    seconds, processor = sum(one.seconds for one in reads), sum(one.processor for one in reads)
    print(
        f"{MANY_OFFICES} returns of 400 clauses, {EDITS} edits each, made by LibreOffice; the whole command with the "
        f"merged file and the table: {ours.seconds:.2f} s, {ours.megabytes:.0f} MB;\n  pandoc reads the same files: "
        f"{seconds:.2f} s; {seconds / ours.seconds:.1f} times as fast "
        f"({processor / ours.processor:.1f} times by processor time)"
    )
    judge(plans, base, returns)


def judge(plans: Sequence[Return], base: bytes, returns: Sequence[redline.ReturnFile]) -> None:
    """How much of what the script did is told and carried."""
    consolidation, merged = redline.consolidate_and_merge(base, returns)
    right = wrong = 0
    for number, one in enumerate(plans):
        asked = Counter(found(consolidation, f"Office {number}"))
        right += sum(all(part in asked for part in edit) for edit in one.truth)
        wrong += (asked - Counter(part for edit in one.truth for part in edit)).total()
    wanted = sum(len(one.truth) for one in plans)
    carried = "all of them in the merged file" if merged.data is not None else "no merged file"
    print(f"the same, against the script by which they were edited: right: {right} of {wanted}, too many: {wrong};")
    moves = sum(one.reason == AS_TWO for one in merged.not_carried)
    print(f"  {carried}, {moves} moves of them as deletion and insertion, {len(merged.not_carried) - moves} left out")


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
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder) / one.file for one in returns]
        for file, one in zip(files, returns, strict=True):
            file.write_bytes(one.data)

        def read_all() -> None:
            for file in files:
                subprocess.run([*PANDOC, str(file)], check=True, capture_output=True)

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
