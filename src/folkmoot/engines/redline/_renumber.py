"""What the clauses of a text are called once some of them are left out."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ._body import Paragraph
from ._clauses import outline
from ._package import Package

_COMPONENT: Final = re.compile(r"\d+|[a-z]+|[A-Z]+")
_ROMANS: Final = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv")

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Numbers:
    """`after` maps what a clause was called to what it is called now, None where it is left out.

    `typed` maps a paragraph (its place in the whole text) to the number at its start that a person typed, old and new.
    """

    before: Mapping[int, str]
    after: Mapping[str, str | None]
    typed: Mapping[int, tuple[str, str]]

    def now(self, number: str) -> str | None:
        """What a number is called now; a number that no clause bears goes with the clause that it belongs to."""
        if number in self.after:
            return self.after[number]
        owner = max((known for known in self.after if _belongs(number, known)), key=len, default=None)
        if owner is None:
            return number
        now = self.after[owner]
        return None if now is None else now + number[len(owner) :]

    @property
    def changed(self) -> bool:
        """Whether any clause that is left has another name."""
        return any(old != new for old, new in self.after.items())


def numbers_without(package: Package, paragraphs: Sequence[Paragraph], dropped: set[int], aside: set[int]) -> Numbers:
    """Compare the numbers of a text with those that it has without the dropped paragraphs.

    Automatic numbers are counted again as Word counts them; typed ones close up behind those that are left out. Those
    `aside` are lines of contents: they repeat numbers and bear none.
    """
    all_of_it = [at for at in range(len(paragraphs)) if at not in aside]
    left = [at for at in all_of_it if at not in dropped]
    before = _numbered(package, paragraphs, all_of_it)
    automatic = _numbered(package, paragraphs, left)
    stated = {at: shown for at, number in before.items() if (shown := _as_typed(paragraphs[at].text, number))}
    gone = {_path(number) for at, number in before.items() if at in dropped}
    after: dict[str, str | None] = {}
    typed: dict[int, tuple[str, str]] = {}
    for at, number in before.items():
        if at in dropped:
            after.setdefault(number, None)
        elif at in stated:
            shown = stated[at]
            closed = _closed_up(_path(number), gone)
            after[number] = _rewritten(number, closed)
            typed[at] = (shown, _rewritten(shown, closed))
        else:
            after[number] = automatic.get(at, number)
    return Numbers(before, after, typed)


def _numbered(package: Package, paragraphs: Sequence[Paragraph], places: Sequence[int]) -> dict[int, str]:
    """Which of these paragraphs bear a number, with all of it: 4.2(b)."""
    return {
        places[clause.first_paragraph]: _without_word(clause.number)
        for clause in outline(package, [paragraphs[at] for at in places]).clauses
        if clause.number != clause.heading and _COMPONENT.search(_without_word(clause.number))
    }


def _as_typed(text: str, number: str) -> str:
    """As much of the number as stands at the start of the text itself; nothing where Word counts it."""
    components = _path(number)
    tails = (_at_start(text.lstrip(), components[-length:]) for length in range(len(components), 0, -1))
    return next((shown for shown in tails if shown), "")


def _at_start(text: str, components: Path) -> str:
    pattern = r"[\s.(]*".join(r"\)?" * bool(at) + re.escape(part) for at, part in enumerate(components))
    match = re.match(rf"(?:[A-Z][a-z]+\s+)?\(?{pattern}(?=[\s.):,]|$)", text)
    return match[0] if match else ""


def _path(number: str) -> Path:
    return tuple(_COMPONENT.findall(number))


def _closed_up(path: Path, gone: set[Path]) -> Path:
    """Each part of a number less the brothers before it that are left out."""
    return tuple(
        _less(part, sum(1 for other in gone if _is_elder(other, path[: at + 1]))) for at, part in enumerate(path)
    )


def _is_elder(other: Path, path: Path) -> bool:
    return len(other) == len(path) and other[:-1] == path[:-1] and _order(other[-1]) < _order(path[-1])


def _order(part: str) -> int:
    if part.isdigit():
        return int(part)
    if part.lower() in _ROMANS and (len(part) > 1 or part.lower() == "i"):
        return _ROMANS.index(part.lower()) + 1
    return ord(part[0].lower()) - ord("a") + 1 if len(part) == 1 else 0


def _less(part: str, by: int) -> str:
    order = _order(part) - by
    if by == 0 or order < 1:
        return part
    if part.isdigit():
        return str(order)
    if part.lower() in _ROMANS and (len(part) > 1 or part.lower() == "i"):
        new = _ROMANS[order - 1]
    else:
        new = chr(ord("a") + order - 1)
    return new.upper() if part.isupper() else new


def _rewritten(shown: str, path: Path) -> str:
    """The number as it was typed, with the last parts of another path in it."""
    parts = _COMPONENT.findall(_without_word(shown))
    new = list(path[-len(parts) :])
    word = shown[: len(shown) - len(_without_word(shown))]
    return word + _COMPONENT.sub(lambda _: new.pop(0), _without_word(shown))


def _without_word(shown: str) -> str:
    return re.sub(r"^[A-Za-z]+\s+", "", shown)


def _belongs(number: str, owner: str) -> bool:
    return number.startswith(owner) and number[len(owner) :][:1] in (".", "(")
