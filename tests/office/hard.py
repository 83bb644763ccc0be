"""Returns that are hard to read, made by LibreOffice after a script, and what each asks for: known before it is made.

The draft has headings, a numbered list of two levels, a table with another one in it, a text box, a footnote, a header
and a footer; so each of these is edited by somebody.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tests.engines.redline.test_images import png
from tests.office.returns import edited

Step = dict[str, Any]
# Kind, clause or story, before, after, whether it was tracked.
Asked = tuple[str, str, str, str, bool]

LINES: Final = (
    ("Draft position on fares", {"style": "Heading 1"}),
    ("Buses", {"style": "Heading 2"}),
    ("The members shall meet within forty days of the notice.", {"level": 0}),
    ("Each office may send one officer to every meeting.", {"level": 0}),
    ("A chair circulates the papers before the meeting.", {"level": 1}),
    ("A second officer keeps the minutes of every session.", {"level": 1}),
    ("A position is adopted when no office objects.", {"level": 0}),
    ("Trains", {"style": "Heading 2"}),
    ("The network asks for a levy on long journeys.", {}),
    ("Income from it pays for stations.", {}),
)
ROWS: Final = [["Town", "Share"], ["Aldermere", "Twelve"], ["Eastwold", "Fifteen"], ["Fenbridge", "Nested below"]]
AFTER: Final = ("The secretariat keeps the record of amendments.", "This paper is reviewed each year.")
DRAFT: Final[list[Step]] = [
    *({"do": "line", "text": text, **how} for text, how in LINES),
    {"do": "table", "rows": ROWS, "inside": "Deep words stand here"},
    *({"do": "line", "text": text} for text in AFTER),
    {"do": "note", "kind": "Footnote", "find": "long journeys", "text": "Above fifty miles."},
    {"do": "box", "find": "stations", "text": "Boxed remark on budgets."},
    {"do": "margin", "header": "Members only", "footer": "Second reading"},
]
EARLIER: Final[list[Step]] = [
    {"do": "replace", "find": "forty days", "text": "ninety working days"},
    {"do": "replace", "find": "when no office objects", "text": "by a vote of two thirds"},
    {"do": "replace", "find": "Income from it pays for stations", "text": "All income goes to the county"},
    {"do": "delete", "find": "This paper is", "until": "each year."},
]
OFF: Final[Step] = {"do": "record", "on": False}
COMMENT: Final = "comment"


@dataclass(frozen=True, slots=True)
class Hard:
    """One return: the edits, what they ask for, and how the office worked."""

    steps: list[Step]
    asked: list[Asked]
    status: str = "tracked"
    older: bool = False


def put(what: str, find: str, text: str = "", **more: Any) -> Step:
    return {"do": what, "find": find, **({"text": text} if text else {}), **more}


def returns(picture: Path) -> Mapping[str, Hard]:
    return {
        "words": Hard([put("replace", "forty", "fifty")], [("replace", "1", "forty", "fifty", True)]),
        "a table in a table": Hard(
            [put("replace", "Deep words", "Deeper words")],
            [("replace", "Trains, paragraph 11", "Deep words", "Deeper words", True)],
        ),
        "a text box": Hard(
            [put("insert", "Boxed remark", " of ours")], [("insert", "text box 1", "", " of ours", True)]
        ),
        "a footnote": Hard(
            [put("replace", "fifty miles", "eighty miles")],
            [("replace", "footnote 1", "fifty miles", "eighty miles", True)],
        ),
        "a new footnote": Hard(
            [put("note", "of amendments", "See annex.", kind="Footnote")],
            [
                ("insert", "Trains, paragraph 14", "", "[note]", True),
                ("insert", "footnote 2", "", "\tSee annex.", True),
            ],
        ),
        "a new endnote": Hard(
            [put("note", "of amendments", "See annex.", kind="Endnote")],
            [("insert", "Trains, paragraph 14", "", "[note]", True), ("insert", "endnote 1", "", "\tSee annex.", True)],
        ),
        "the margins": Hard(
            [put("replace", "Members only", "Public"), put("insert", "Second reading", " of two")],
            [("replace", "header", "Members only", "Public", True), ("insert", "footer", "", " of two", True)],
        ),
        "a moved paragraph": Hard(
            [put("move", "A second officer", after="A position is adopted")],
            [("move", "2", LINES[5][0], LINES[5][0], True)],
        ),
        "a parted paragraph": Hard([put("split", "to every meeting")], [("paragraph-insert", "2", "", "\n", True)]),
        "joined paragraphs": Hard([put("join", "A chair circulates")], [("paragraph-delete", "1", "\n", "", True)]),
        "across paragraphs": Hard(
            [put("delete", "notice", until="Each office")],
            [("delete", "1", "notice.\n", "", True), ("delete", "2", "Each office", "", True)],
        ),
        "a list numbered anew": Hard(
            [put("drop", "A chair circulates"), put("add", "The members shall", "A new item.")],
            [("paragraph-insert", "1", "", "A new item.", True), ("paragraph-delete", "1", LINES[4][0], "", True)],
        ),
        "a row gone": Hard(
            [put("in_table", "Aldermere", command=".uno:DeleteRows")],
            [("row-delete", "Trains, paragraph 5", "Aldermere\tTwelve", "", True)],
        ),
        "a row more": Hard(
            [
                put("in_table", "Aldermere", command=".uno:InsertRowsAfter"),
                {"do": "fill", "beside": "Aldermere", "texts": ["Castleford", "Thirteen"]},
            ],
            [("row-insert", "Trains, paragraph 6", "", "Castleford\tThirteen", True)],
        ),
        "bold words": Hard([put("bold", "no office")], [("format", "3", "", "", True)]),
        # LibreOffice records neither; the words are the draft's, and looks that bear no mark are not compared.
        "another heading level": Hard([put("style", "Trains", name="Heading 1")], [], "unchanged"),
        "merged cells": Hard([put("merge", "Eastwold", last="B3")], [], "unchanged"),
        "a settled comment": Hard(
            [put("comment", "forty days", "Too short.", by="Ann Lee"), {"do": "resolve", "comment": "Too short."}],
            [(COMMENT, "1", "forty days", "Too short.", True)],
            "unchanged",
        ),
        "two comments on the same words": Hard(
            [
                put("comment", "each year", "Why?", by="Ann Lee"),
                put("comment", "each year", "How?", by="Bo Hall"),
                put("insert", "Trains", " and trams"),
            ],
            [
                (COMMENT, "Trains, paragraph 15", "each year", "Why?", True),
                (COMMENT, "Trains, paragraph 15", "each year", "How?", True),
                ("insert", "Trains", "", " and trams", True),
            ],
        ),
        "two people": Hard(
            [
                put("insert", "every meeting", " held in person"),
                {"do": "author", "name": "Bo Hall"},
                put("delete", "held in "),
            ],
            [("insert", "2", "", " person", True)],
        ),
        "tracking off for a part": Hard(
            [put("replace", "forty", "fifty"), OFF, put("replace", "each year", "every second year")],
            [
                ("replace", "1", "forty", "fifty", True),
                ("replace", "Trains, paragraph 15", "each", "every second", False),
            ],
            "mixed",
        ),
        "one change accepted": Hard(
            [
                put("replace", "forty", "fifty"),
                put("insert", "reviewed each year.", " So it is."),
                put("accept", "So it is"),
            ],
            [("replace", "1", "forty", "fifty", True), ("insert", "Trains, paragraph 15", "", " So it is.", False)],
            "mixed",
        ),
        "a picture": Hard(
            [put("picture", "pays for stations", file=str(picture))],
            [("insert", "Trains, paragraph 2", "", "[object]", False)],  # LibreOffice puts no mark on a picture
            "untracked",
        ),
        "a note without a mark": Hard(
            [OFF, put("note", "of amendments", "See annex.", kind="Footnote")],
            [
                ("insert", "Trains, paragraph 14", "", "[note]", False),
                ("insert", "footnote 2", "", "See annex.", False),
            ],
            "untracked",
        ),
        "a text box without a mark": Hard(
            [OFF, put("box", "of amendments", "Boxed in passing.")],
            [
                ("insert", "Trains, paragraph 14", "", "[object]", False),
                ("insert", "text box 2", "", "Boxed in passing.", False),
            ],
            "untracked",
        ),
        "a row more without a mark": Hard(
            [
                OFF,
                put("in_table", "Aldermere", command=".uno:InsertRowsAfter"),
                {"do": "fill", "beside": "Aldermere", "texts": ["Castleford", "Thirteen"]},
            ],
            [("row-insert", "Trains, paragraph 6", "", "Castleford\tThirteen", False)],
            "untracked",
        ),
        "an older draft": Hard(
            [put("replace", "one officer", "two officers")],
            [("replace", "2", "one officer", "two officers", True)],
            "older-draft",
            older=True,
        ),
    }


@dataclass(frozen=True, slots=True)
class Made:
    """The draft, the one before it, and each return with its truth."""

    draft: bytes
    earlier: bytes
    returns: dict[str, tuple[Hard, bytes]]


def made(folder: Path) -> Made:
    """Let one LibreOffice write all of it: the drafts first, which the returns then open."""
    picture = folder / "picture.png"
    picture.write_bytes(png())
    draft, earlier = folder / "draft.docx", folder / "earlier.docx"
    hard = returns(picture)
    begin = [{"do": "author", "name": "Ann Lee"}, {"do": "record", "on": True}]
    jobs: list[dict[str, Any]] = [
        {"source": "", "steps": DRAFT, "target": str(draft)},
        {"source": str(draft), "steps": EARLIER, "target": str(earlier)},
    ]
    jobs += [
        {
            "source": str(earlier if one.older else draft),
            "steps": [*begin, *one.steps],
            "target": str(folder / f"{number}.docx"),
        }
        for number, one in enumerate(hard.values())
    ]
    first, second, *datas = edited(jobs, folder)
    return Made(first, second, {name: (one, data) for (name, one), data in zip(hard.items(), datas, strict=True)})
