"""A text with some steps carried out on it, worked out letter by letter and not by the code that weaves them in."""

from collections.abc import Iterable

from ._marks import PARAGRAPH_END, Reading, Step

_NO_TEXT = ("format", "anchor")
_ENDS = ("add-end", "take-end")


def replayed(reading: Reading, steps: Iterable[Step]) -> list[str] | None:
    """The lines that the steps make of a text; None where they add or take more than words and ends of paragraphs.

    What a word processor works out by itself, as a page number, is left out.
    """
    of_paragraph: dict[int, list[Step]] = {}
    for step in steps:
        if step.what in _NO_TEXT:
            continue
        if step.what not in ("add", "take", *_ENDS) or step.paragraph >= len(reading.paragraphs):
            return None
        of_paragraph.setdefault(step.paragraph, []).append(step)
    lines: list[str] = []
    rest = ""
    for at, paragraph in enumerate(reading.paragraphs):
        mine = of_paragraph.get(at, [])
        *whole, rest = (rest + _changed(reading, at, mine)).split(PARAGRAPH_END)
        lines += whole
        following = reading.paragraphs[at + 1] if at + 1 < len(reading.paragraphs) else None
        is_last = following is None or following.container is not paragraph.container
        # The last mark of a cell or of the text stays, whatever it bears.
        if is_last and any(step.what == "take-end" for step in mine):
            lines.append(rest)
            rest = ""
    return lines


def _changed(reading: Reading, at: int, steps: Iterable[Step]) -> str:
    """What one paragraph says afterwards, with a sign where a paragraph ends."""
    paragraph = reading.paragraphs[at]
    letters = [*paragraph.text, PARAGRAPH_END]
    put: dict[int, str] = {}
    for piece, start in zip(paragraph.pieces, paragraph.starts, strict=True):
        if piece.volatile:
            letters[start : start + len(piece.text)] = [""] * len(piece.text)
    for step in steps:
        if step.what in ("add", "add-end"):
            put[step.start] = put.get(step.start, "") + step.text
        elif step.what == "take-end":
            letters[-1] = ""
        else:
            letters[step.start : step.end] = [""] * (step.end - step.start)
    return "".join(put.get(place, "") + letter for place, letter in enumerate(letters))
