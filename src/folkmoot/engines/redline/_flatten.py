"""A draft that carries marks, made plain: every tracked change accepted, every comment gone."""

from collections.abc import Iterable
from typing import Final

from lxml import etree

from ._accept import accept_changes, drop, drop_comment_marks
from ._names import w
from ._parts import Parts

COMMENT_LINKS: Final = (
    *("comments", "commentsExtended", "commentsIds", "commentsExtensible", "people"),
    *("commentEx", "documenttasks"),
)
# Parts that hold paragraphs or their properties, and so may hold tracked changes.
_STYLED: Final = ("styles", "numbering", "stylesWithEffects")


def flatten(data: bytes) -> bytes:
    """The file as it reads with every tracked change accepted and no comment left.

    Footnotes, pictures and links that only deleted text led to are gone as well.
    """
    parts = Parts.open(data)
    flatten_parts(parts)
    return parts.pack()


def flatten_parts(parts: Parts) -> None:
    """The same, on a file already taken apart."""
    parts.unlink(*COMMENT_LINKS)
    for name in text_parts(parts):
        root = parts.tree(name)
        accept_changes(root)
        drop_comment_marks(root)
    drop_unused_notes(parts)
    parts.prune()


def text_parts(parts: Parts) -> tuple[str, ...]:
    """The body, headers, footers and notes, and the parts that describe their looks."""
    main = parts.package.main_name
    stories = [name for kind, name in parts.package.story_parts() if kind != "comments"]
    styled = [name for kind in _STYLED for name in parts.linked(kind, main)]
    return tuple(name for name in dict.fromkeys((*stories, *styled)) if name in parts.names)


def drop_unused_notes(parts: Parts) -> None:
    """A note that nothing refers to is invisible in Word and stays in the file."""
    for part, number in unused_notes(parts):
        for note in list(parts.tree(part)):
            if note.get(w("id")) == number and note in _ordinary([note]):
                drop(note)


def unused_notes(parts: Parts) -> list[tuple[str, str]]:
    """(part, id) of the notes that nothing refers to."""
    roots = [parts.look(name) for name in text_parts(parts)]
    found: list[tuple[str, str]] = []
    for kind in ("footnote", "endnote"):
        used = {reference.get(w("id")) for root in roots for reference in root.iter(w(f"{kind}Reference"))}
        for name in parts.linked(f"{kind}s", parts.package.main_name):
            notes = _ordinary(parts.look(name).findall(w(kind)))
            found += [(name, note.get(w("id"), "")) for note in notes if note.get(w("id")) not in used]
    return found


def _ordinary(notes: Iterable[etree._Element]) -> list[etree._Element]:
    """Notes with text of their own; the others are separators."""
    return [note for note in notes if note.get(w("type"), "normal") == "normal"]
