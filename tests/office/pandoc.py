"""A second opinion from pandoc: the paragraphs of a Word file with every change accepted or rejected.

Pandoc drops empty paragraphs and moves a title into the document's metadata; `plain` makes other readings comparable.
"""

import json
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import pypandoc

_STYLED: Final = {"Emph", "Strong", "Underline", "Strikeout", "Superscript", "Subscript", "SmallCaps"}
_NESTED: Final = {"Span", "Link", "Quoted"}
_META: Final = ("title", "subtitle", "author", "date", "abstract")


def reading(file: Path, view: str) -> list[str] | None:
    """The paragraphs in one view; None where pandoc refuses the file."""
    how = {"accepted": "accept", "rejected": "reject"}[view]
    command = [pypandoc.get_pandoc_path(), f"--track-changes={how}", "-f", "docx", "-t", "json", str(file)]
    run = subprocess.run(command, capture_output=True, check=False)
    if run.returncode:
        return None
    found = json.loads(run.stdout)
    said = [text for name in _META if name in found["meta"] for text in _meta(found["meta"][name])]
    return [*said, *_blocks(found["blocks"])]


def plain(paragraphs: Iterable[str]) -> list[str]:
    """Paragraphs with words in them, each white space one space."""
    return [text for text in (" ".join(paragraph.split()) for paragraph in paragraphs) if text]


def _meta(value: dict[str, Any]) -> Iterator[str]:
    kind, content = value["t"], value["c"]
    if kind == "MetaInlines":
        yield _words(content)
    elif kind == "MetaBlocks":
        yield from _blocks(content)
    elif kind == "MetaList":
        for one in content:
            yield from _meta(one)


def _blocks(blocks: Sequence[dict[str, Any]]) -> Iterator[str]:
    for block in blocks:
        kind, content = block["t"], block.get("c")
        if kind in ("Para", "Plain"):
            yield _words(content)
        elif kind == "Header":
            yield _words(content[2])
        elif kind == "CodeBlock":
            yield from content[1].split("\n")
        elif kind == "LineBlock":
            yield from map(_words, content)
        else:
            for inner in _inside(kind, content):
                yield from _blocks(inner)


def _inside(kind: str, content: Any) -> list[list[dict[str, Any]]]:
    if kind == "BlockQuote":
        return [content]
    if kind == "Div":
        return [content[1]]
    if kind == "BulletList":
        return list(content)
    if kind == "OrderedList":
        return list(content[1])
    if kind == "Table":
        rows = [*content[3][1], *(row for body in content[4] for row in (*body[2], *body[3])), *content[5][1]]
        return [cell[4] for row in rows for cell in row[1]]
    return []


def _words(inlines: Sequence[dict[str, Any]]) -> str:
    return "".join(_word(inline["t"], inline.get("c")) for inline in inlines)


def _word(kind: str, content: Any) -> str:
    if kind == "Str":
        return str(content)
    if kind in ("Space", "SoftBreak"):
        return " "
    if kind == "LineBreak":
        return "\n"
    if kind in _STYLED:
        return _words(content)
    if kind in _NESTED:
        return _words(content[1])
    return str(content[1]) if kind == "Code" else ""
