"""Documents that LibreOffice writes with changes tracked, and what they say before and after: worked out here, by hand.

The plan and the truth come from the same dice; LibreOffice only carries the plan out and saves it as a Word file.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from tests.office import ask

WORDS = (
    "fares",
    "mayor",
    "within",
    "forty",
    "days",
    "office",
    "bus",
    "rail",
    "the",
    "of",
    "a",
    "levy",
    "homes",
    "caps",
)


@dataclass(slots=True)
class Plan:
    """What to write, and the paragraphs of both views."""

    told: dict[str, Any]
    rejected: tuple[str, ...]
    accepted: tuple[str, ...] = ()


@dataclass(slots=True)
class _Text:
    """Paragraphs by their place, as accepting leaves them: `joined` are those whose end is gone."""

    lines: list[list[str]]
    joined: set[int] = field(default_factory=set)
    dropped: set[int] = field(default_factory=set)

    def read(self) -> tuple[str, ...]:
        found: list[str] = []
        rest = ""
        for at, line in enumerate(self.lines):
            if at in self.dropped:
                continue
            rest += line[0]
            if at not in self.joined:
                found.append(rest)
                rest = ""
                found += line[1:]
        return tuple(found)


def plan(seed: int, target: Path) -> Plan:
    """One document: up to seven changes, told from the end to the start, so that none moves the place of another."""
    dice = Random(seed)
    before, after = _lines(dice, dice.randint(2, 5)), _lines(dice, dice.randint(2, 5))
    rows = [_lines(dice, 2) for _ in range(dice.choice((0, 0, 3)))]
    whole = [*before, *(cell for row in rows for cell in row), *after]
    cells = range(len(before), len(before) + 2 * len(rows))
    text = _Text([[line] for line in whole])
    edits: list[dict[str, Any]] = []
    at = len(whole) - 1
    while at >= 0:
        kind = dice.choice(
            ("none", "insert", "delete", "delete", "split", "bold", "join", "drop", "drop", "add", "move")
        )
        if at in cells and kind in ("split", "join", "drop", "add", "move"):
            kind = "insert"
        at -= _change(kind, at, len(before), cells, text, edits, dice)
    if rows and dice.random() < 0.6:
        edits.append({"kind": "delete-row", "paragraph": 0, "row": 1})
        text.dropped |= {len(before) + 2, len(before) + 3}
    told = {"before": before, "rows": rows, "after": after, "edits": edits, "target": str(target)}
    return Plan(told, tuple(whole), text.read())


def _lines(dice: Random, count: int) -> list[str]:
    return [" ".join(dice.choice(WORDS) for _ in range(dice.randint(2, 7))).capitalize() + "." for _ in range(count)]


def _change(
    kind: str, at: int, first: int, cells: range, text: _Text, edits: list[dict[str, Any]], dice: Random
) -> int:
    """Plan one change at a paragraph; gives back how many paragraphs it used up."""
    line = text.lines[at][0]
    start = dice.randint(0, len(line) - 1)
    end = dice.randint(start + 1, len(line))
    edit = {"kind": kind, "paragraph": at, "start": start, "end": end, "last": at, "text": dice.choice(WORDS)}
    above_is_free = at - 1 >= 0 and at - 1 not in cells and at != 0
    if kind == "insert":
        text.lines[at][0] = line[:start] + str(edit["text"]) + line[start:]
    elif kind == "delete":
        text.lines[at][0] = line[:start] + line[end:]
    elif kind == "split":
        text.lines[at] = [line[:start], line[start:]]
    elif kind in ("add", "move"):
        # What another paragraph says, put here as well, is what LibreOffice takes for a move where that one is deleted.
        words = dice.choice(text.lines)[0] if kind == "move" else " ".join(dice.sample(WORDS, 3))
        edit |= {"kind": "add", "start": len(line), "text": words}
        text.lines[at] = [line, words]
    elif kind in ("join", "drop") and above_is_free:
        upper = text.lines[at - 1][0]
        begin = len(upper) if kind == "drop" else dice.randint(0, len(upper))
        stop = len(line) if kind == "drop" else dice.randint(0, len(line))
        edit |= {"kind": "delete", "paragraph": at - 1, "start": begin, "last": at, "end": stop}
        text.lines[at - 1][0], text.lines[at][0] = upper[:begin], line[stop:]
        text.joined.add(at - 1)
        edits.append(edit)
        return 2
    elif kind != "bold":
        return 1
    edits.append(edit)
    return 1


def written(seeds: Sequence[int], folder: Path) -> list[tuple[Plan, bytes]]:
    """The documents of these seeds, as LibreOffice saves them; one that it cannot write is left out."""
    plans = [plan(seed, folder / f"written{seed}.docx") for seed in seeds]
    told = [folder / f"plan{seed}.json" for seed in seeds]
    for file, one in zip(told, plans, strict=True):
        file.write_text(json.dumps(one.told), encoding="utf-8")
    answers = ask("write", told)
    return [
        (one, Path(one.told["target"]).read_bytes())
        for one, answer in zip(plans, answers, strict=True)
        if "value" in answer
    ]
