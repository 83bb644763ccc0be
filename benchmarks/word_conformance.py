"""How often each reader has the text of a Word file right with every change accepted, and with every change rejected.

Three sets of files: the Word samples of FOLKMOOT_SAMPLES, where the standard's rules and one more reader must agree;
files that LibreOffice writes by a plan, and files drawn by dice, whose truth is the plan's and the dice's.
Writes docs/reference/word-conformance.md with each disagreement, who is right and why.
"""

import json
import os
import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.engines.redline.marked import marked_file
from tests.engines.redline.numbered import CASES
from tests.engines.redline.reference import reading as by_the_standard
from tests.office import ask, pandoc
from tests.office.edits import written

from folkmoot.engines import redline

PAGE: Final = Path(__file__).resolve().parents[1] / "docs/reference/word-conformance.md"
VIEWS: Final = ("accepted", "rejected")
READERS: Final = ("Folkmoot", "LibreOffice", "pandoc")
WRITTEN, DRAWN = 100, 100
FIELDS = "it calculates fields anew while loading; their stored results are what the office saw"
TITLES = "it reads the words of text boxes and of the title page as body text; neither way is wrong"
ENDS = "it drops paragraphs that end a section, and shows a drop-down's prompt"
# Why a reader has it otherwise, found by reading the markup. A file without a line here has not been looked into.
WHY: Final = {
    ("RA001-Tracked-Revisions-01.docx", "LibreOffice"): "a row's own mark governs the row: it keeps the text of added "
    "rows on reject, and deleted rows on accept, where the cells' text bears no mark of its own",
    ("RA001-Tracked-Revisions-01.docx", "pandoc"): "a row's own mark governs the row: it keeps the text of added rows",
    ("RP004-Deleted-Text-in-CC.docx", "LibreOffice"): "it ignores a deletion inside a content control",
    ("RP018-MoveFrom-MoveTo-CC.docx", "LibreOffice"): "it ignores moves in and out of content controls",
    ("RP019-Deleted-Field-Code.docx", "LibreOffice"): FIELDS,
    (
        "RP047-Inserted-and-Deleted-Paragraph-Mark.docx",
        "LibreOffice",
    ): "it keeps a mark that was added and deleted again",
    ("paragraph_insertion_deletion.docx", "pandoc"): "it puts a space where two paragraphs join",
    ("poi-fuzz-6733884933668864.docx", "LibreOffice"): "it shifts a line break out of a content control",
    ("poi-fuzz-6733884933668864.docx", "pandoc"): "it refuses the file for a check sum that is wrong in its theme",
    ("stress023.docx", "LibreOffice"): "it joins one paragraph too many",
    ("stress023.docx", "pandoc"): "it puts a space where two paragraphs join",
    ("testWORD_2006ml.docx", "LibreOffice"): ENDS,
    ("testWORD_2006ml.docx", "pandoc"): TITLES,
}


@dataclass(frozen=True, slots=True)
class Case:
    """One file in one view: the truth, and which readers have it."""

    name: str
    view: str
    truth: list[str]
    right: dict[str, bool]

    @property
    def proved(self) -> bool:
        """Whether one more reader than the standard's rules says so."""
        return self.right["LibreOffice"] or self.right["pandoc"]


def compared(name: str, data: bytes, file: Path, view: str, truth: list[str], office: Sequence[str] | None) -> Case:
    try:
        ours = list(redline.text(data, view=view))  # type: ignore[arg-type]
    except redline.UnreadableFile:
        ours = []
    # LibreOffice puts a carriage return where a content control begins or ends.
    theirs = None if office is None else [text.replace("\r", "") for text in office]
    other = pandoc.reading(file, view)
    return Case(
        name,
        view,
        truth,
        {
            "Folkmoot": ours == truth,
            "LibreOffice": theirs == truth,
            "pandoc": other is not None and pandoc.plain(other) == pandoc.plain(truth),
        },
    )


def of_samples() -> Iterator[Case]:
    """Every sample that the standard's walk can open; LibreOffice's reading lies beside them."""
    home = Path(os.environ["FOLKMOOT_SAMPLES"]) / "word"
    oracle = json.loads((home / "oracle.json").read_text(encoding="utf-8"))
    for name in sorted(oracle):
        data = (home / name).read_bytes()
        if not zipfile.is_zipfile(home / name) or "error" in oracle[name]:
            continue
        for view in VIEWS:
            yield compared(name, data, home / name, view, by_the_standard(data, view), oracle[name].get(view))


def of_files(folder: Path, files: Sequence[tuple[str, bytes, dict[str, Sequence[str]]]]) -> Iterator[Case]:
    """Files with a truth of their own, read by everybody now."""
    paths = [folder / f"{name}.docx" for name, _, _ in files]
    for path, (_, data, _) in zip(paths, files, strict=True):
        path.write_bytes(data)
    answers = ask("texts", paths)
    for path, answer, (name, data, truth) in zip(paths, answers, files, strict=True):
        for view in VIEWS:
            said = answer["value"][view] if "value" in answer else None
            yield compared(name, data, path, view, list(truth[view]), said)


def made(folder: Path) -> tuple[list[Case], list[Case]]:
    plans = written(range(WRITTEN), folder)
    by_office = [
        (f"written-{number}", data, {"accepted": plan.accepted, "rejected": plan.rejected})
        for number, (plan, data) in enumerate(plans)
    ]
    drawn = [marked_file(seed) for seed in range(DRAWN)]
    by_dice = [
        (f"drawn-{seed}", one.data, {"accepted": one.accepted, "rejected": one.rejected})
        for seed, one in enumerate(drawn)
    ]
    return list(of_files(folder, by_office)), list(of_files(folder, by_dice))


def score(cases: Sequence[Case]) -> list[str]:
    """For each reader: how many are right when accepted, and when rejected."""
    counts = Counter((reader, case.view) for case in cases for reader in READERS if case.right[reader])
    totals = Counter(case.view for case in cases)
    return [" / ".join(f"{counts[reader, view]} of {totals[view]}" for view in VIEWS) for reader in READERS]


def page(sets: Sequence[tuple[str, Sequence[Case]]], samples: Sequence[Case]) -> str:
    rows = [f"| {name} | {' | '.join(score(cases))} |" for name, cases in sets]
    differing = [
        f"| {case.name} | {case.view} | {reader} | {verdict(case, reader)} |"
        for case in samples
        for reader in READERS
        if not case.right[reader]
    ]
    numbers = [
        f"| {case.name} | {', '.join(filter(None, case.numbers))} | {case.libreoffice} |"
        for case in CASES
        if case.libreoffice
    ]
    return OPENING.format(
        rows="\n".join(rows), differing="\n".join(differing), numbers="\n".join(numbers), all=len(CASES)
    )


def verdict(case: Case, reader: str) -> str:
    right = [other for other in READERS if case.right[other]]
    sides = f"the standard's rules{''.join(f', {other}' for other in right)}"
    return f"{sides} | {WHY.get((case.name, reader), 'not looked into')}"


OPENING: Final = """# Reading tracked changes: who is right

Written by `./bench word_conformance`; do not edit.

Word's own Accept All and Reject All follow the rules of ECMA-376. A second program of ours, in
`tests/engines/redline/reference.py`, walks these rules straight over the XML and shares nothing with the engine. A
reading of a sample counts as proved when that walk and one more reader (LibreOffice 7.4.7, pandoc 3.9) agree. The truth
of the files that we make ourselves is the plan by which LibreOffice wrote them, or the dice by which they were drawn.
LibreOffice and Folkmoot must give the same paragraphs, also the empty ones; pandoc, which drops these, the same words.

## Scores

Right with every change accepted / with every change rejected:

| files | Folkmoot | LibreOffice | pandoc |
| --- | --- | --- | --- |
{rows}

## Where a reader differs on the samples

| file | view | who differs | who is right | why |
| --- | --- | --- | --- | --- |
{differing}

## Automatic numbers

Of {all} documents with automatic numbers, each with the numbers that the standard gives worked out by hand
(`tests/engines/redline/numbered.py`), Folkmoot shows all as they should be. LibreOffice shows others here:

| what is odd | the numbers | why LibreOffice differs |
| --- | --- | --- |
{numbers}
"""


def main() -> int:
    """Print each reader's score and write the page; 1 where a proved reading is not ours."""
    samples = list(of_samples())
    with tempfile.TemporaryDirectory() as folder:
        by_office, by_dice = made(Path(folder))
    sets: list[tuple[str, Sequence[Case]]] = [
        ("samples, where the standard's rules and one more reader agree", [case for case in samples if case.proved]),
        ("samples, by the standard's rules alone", samples),
        ("written by LibreOffice after a plan", by_office),
        ("drawn by dice, marks of every kind", by_dice),
    ]
    for name, cases in sets:
        print(name)
        for reader, said in zip(READERS, score(cases), strict=True):
            print(f"  {reader:12} {said}")
    PAGE.write_text(page(sets, samples), encoding="utf-8")
    wrong = [case for _, cases in sets for case in cases if case.proved and not case.right["Folkmoot"]]
    for case in wrong:
        print(f"WRONG: {case.name}, {case.view}")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
