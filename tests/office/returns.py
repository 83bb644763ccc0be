"""Returns of one draft that LibreOffice makes after dice, with changes recorded, and what they ask for: known here.

The edits and the truth come from the same dice. LibreOffice only carries them out, as an officer at a desk would.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any, Final

from folkmoot.engines import redline
from tests.office import ask

KINDS: Final = ("replace", "replace", "replace", "delete", "insert", "paragraph", "gone", "move", "bold", "comment")
NEW_WORDS, NEW_TEXT, NEW_PARAGRAPH, REMARK = "other words", " added here", "A new paragraph.", "Please explain."


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that a return asks for: what, at which paragraph of the draft, and the words before and after."""

    kind: str
    paragraph: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Return:
    """What an officer does, step by step, and what each edit asks for.

    LibreOffice records some moves as moves and others as a deletion and an insertion, so both sides of each are told.
    """

    steps: list[dict[str, Any]]
    truth: list[tuple[Asked, ...]]


def plan(lines: Sequence[str], number: int, edits: int) -> Return:
    """Edits of every kind, each in a paragraph of its own, from the end to the start."""
    dice = Random(number)
    steps: list[dict[str, Any]] = [{"do": "author", "name": f"Person {number}"}, {"do": "record", "on": True}]
    truth = []
    for at in sorted(dice.sample(range(2, len(lines) - 3, 2), edits), reverse=True):
        words = lines[at].split(" ")
        first = dice.randrange(1, len(words) - 3)
        two = " ".join(words[first : first + 2])
        start = len(" ".join(words[:first])) + 1
        place = {"at": at, "start": start, "end": start + len(two)}
        # Only paragraphs with an even number are edited, so that one with an odd number stays whole to stand behind.
        behind = 2 * ((at + len(lines) // 2) % len(lines) // 2) % (len(lines) - 4) + 1
        step, asked = _edit(KINDS[at // 2 % len(KINDS)], place, two, lines[at], behind)
        steps.append(step)
        truth.append(asked)
    return Return(steps, truth)


def _edit(
    kind: str, place: Mapping[str, int], two: str, line: str, behind: int
) -> tuple[dict[str, Any], tuple[Asked, ...]]:
    at = place["at"]
    gone = Asked("paragraph-delete", at, line, "")
    told: dict[str, tuple[dict[str, Any], *tuple[Asked, ...]]] = {
        "replace": ({**place, "text": NEW_WORDS}, Asked("replace", at, two, NEW_WORDS)),
        "delete": ({**place}, Asked("delete", at, two, "")),
        "insert": ({**place, "text": NEW_TEXT}, Asked("insert", at, "", NEW_TEXT)),
        "paragraph": ({"do": "add", "at": at, "text": NEW_PARAGRAPH}, Asked("paragraph-insert", at, "", NEW_PARAGRAPH)),
        "gone": ({"do": "drop", "at": at}, gone),
        "move": ({"at": at, "after": behind}, gone, Asked("paragraph-insert", behind, "", line)),
        "bold": ({**place}, Asked("format", at, "", "")),
        "comment": ({**place, "text": REMARK, "by": "Clerk"}, Asked("comment", at, two, REMARK)),
    }
    step, *asked = told[kind]
    return {"do": kind, **step}, tuple(asked)


def made(base: bytes, returns: Sequence[Return], folder: Path) -> tuple[bytes, list[bytes]]:
    """The draft as LibreOffice writes it, and each return of it."""
    source = folder / "base.docx"
    (folder / "drawn.docx").write_bytes(base)
    edited([{"source": str(folder / "drawn.docx"), "steps": [], "target": str(source)}], folder)
    jobs = [
        {"source": str(source), "steps": one.steps, "target": str(folder / f"return{number}.docx")}
        for number, one in enumerate(returns)
    ]
    return source.read_bytes(), edited(jobs, folder)


def edited(jobs: Sequence[Mapping[str, Any]], folder: Path) -> list[bytes]:
    """What LibreOffice makes of each job: a file, the steps to carry out in it, and where to put it."""
    told = [folder / f"{Path(job['target']).stem}.json" for job in jobs]
    for file, job in zip(told, jobs, strict=True):
        file.write_text(json.dumps(job), encoding="utf-8")
    answers = ask("edit", told, seconds=120.0)
    broken = [
        f"{file.stem}: {answer['error']}" for file, answer in zip(told, answers, strict=True) if "error" in answer
    ]
    if broken:
        raise RuntimeError("; ".join(broken))
    return [Path(job["target"]).read_bytes() for job in jobs]


def found(consolidation: redline.Consolidation, office: str) -> list[Asked]:
    """What the engine says that one office asks for, told as the truth is told."""
    asked = [part for a in consolidation.amendments if a.office == office for part in _told(a)]
    return asked + [Asked("comment", c.paragraph, c.on, c.text) for c in consolidation.comments if c.office == office]


def _told(amendment: redline.Amendment) -> tuple[Asked, ...]:
    at = amendment.paragraph
    if amendment.kind == "format":
        return (Asked("format", at, "", ""),)
    if amendment.kind == "move" and amendment.target is not None:
        new = Asked("paragraph-insert", amendment.target, "", amendment.after)
        return Asked("paragraph-delete", at, amendment.before, ""), new
    return (Asked(amendment.kind, at, amendment.before, amendment.after),)
