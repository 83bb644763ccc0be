"""What the engine hands out: plain frozen values, the same on every run for the same input."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "insert",
    "delete",
    "replace",
    "move",
    "paragraph-insert",
    "paragraph-delete",
    "row-insert",
    "row-delete",
    "format",
]
Status = Literal["tracked", "untracked", "mixed", "unchanged", "other-document", "older-draft", "unreadable"]


@dataclass(frozen=True, slots=True)
class Change:
    """One tracked change of one file, as its reader would name it.

    A new line in `before` or `after` is a paragraph mark: alone, a paragraph was joined or split. `date` is None where
    the file gives none. `marks` counts the marks of the file that this change is made of; one that makes several
    changes is counted with the first.
    """

    id: str
    kind: Kind
    author: str
    date: str | None
    clause: str
    before: str
    after: str
    context: str
    marks: int = 1


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment: `on` is the text it hangs on, `parent` the id of the comment that it answers."""

    id: str
    author: str
    date: str | None
    clause: str
    on: str
    text: str
    parent: str | None
    resolved: bool
    office: str = ""
    paragraph: int = -1  # where it hangs, counted in the base's rejected view; -1 outside the body or where unknown


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything marked in one file.

    `unknown` counts by name the marks that this engine has no kind for, `empty` those that hold nothing. The marks of
    all changes and the empty ones are as many as the file has. `damaged` names the parts beside the text that could not
    be read: what they say is missing here.
    """

    changes: tuple[Change, ...]
    comments: tuple[Comment, ...]
    unknown: Mapping[str, int]
    empty: int = 0
    damaged: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause of a draft: its number as a reader sees it and its paragraphs, counted in the rejected view."""

    id: str
    number: str
    heading: str
    text: str
    first_paragraph: int
    last_paragraph: int


@dataclass(frozen=True, slots=True)
class ReturnFile:
    """One file that came back, and the office that it came from."""

    file: str
    office: str
    data: bytes


@dataclass(frozen=True, slots=True)
class ReturnStatus:
    """How a file was made, in `detail` what was found and what to ask for, and the token of the copy it came from."""

    file: str
    office: str
    status: Status
    detail: str
    token: str | None = None


@dataclass(frozen=True, slots=True)
class Amendment:
    """One thing that one office wants changed.

    `paragraph`, `start` and `end` count in the base's rejected view; `start == end` is a place between characters. An
    inserted paragraph stands after `paragraph` (`start` and `end` are the length of its text; paragraph -1 stands
    before the first). Amendments outside the body ("footnote 2"), and those to words that only an earlier draft has
    ("4.3 of the earlier draft"), have `paragraph` -1 and an empty `clause_id`.
    """

    id: str
    clause: str
    office: str
    author: str
    date: str | None
    kind: Kind
    before: str
    after: str
    tracked: bool
    group: str
    conflicts: tuple[str, ...]
    context: str
    paragraph: int
    start: int
    end: int
    clause_id: str
    file: str
    target: int | None = None  # for a move: the base paragraph after which the text goes


@dataclass(frozen=True, slots=True)
class NotCarried:
    """Something that an office asks for and the merged file does not show, or not as the office wrote it, and why.

    `amendment` is its id in the table, empty where it is a part of none or concerns the whole file.
    """

    file: str
    office: str
    clause: str
    amendment: str
    reason: str


@dataclass(frozen=True, slots=True)
class Merged:
    """The draft with all offices' marks, proved; `data` is None where no such file can be made, and why."""

    data: bytes | None
    not_carried: tuple[NotCarried, ...]


@dataclass(frozen=True, slots=True)
class Consolidation:
    """All returns of one draft beside each other."""

    clauses: tuple[Clause, ...]
    returns: tuple[ReturnStatus, ...]
    amendments: tuple[Amendment, ...]
    comments: tuple[Comment, ...]
