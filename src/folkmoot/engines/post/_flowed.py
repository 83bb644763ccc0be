"""Text whose lines were broken for the journey, put together again (RFC 3676)."""

from typing import Final

SIGNATURE: Final = "-- "


def unflow(text: str, *, delete_space: bool = False) -> str:
    """Paragraphs on one line each; quote marks stay in front."""
    out: list[str] = []
    waiting: list[str] = []
    depth = 0
    for line in text.splitlines():
        stripped = line.lstrip(">")
        level = len(line) - len(stripped)
        # Section 4.4: one space in front protects the line, and is not part of it.
        content = stripped.removeprefix(" ")
        if waiting and level != depth:
            out.append(_quoted(depth, waiting))
            waiting = []
        depth = level
        # Section 4.3: the line before a signature ends in a space and still does not flow.
        if content.endswith(" ") and content != SIGNATURE:
            waiting.append(content[:-1] if delete_space else content)
            continue
        out.append(_quoted(depth, [*waiting, content]))
        waiting = []
    if waiting:
        out.append(_quoted(depth, waiting))
    return "\n".join(out)


def _quoted(depth: int, pieces: list[str]) -> str:
    words = "".join(pieces)
    return f"{'>' * depth} {words}" if depth else words
