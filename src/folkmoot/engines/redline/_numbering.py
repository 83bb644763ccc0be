"""The automatic number of each paragraph, counted as Word counts it: from numbering and styles, never from text."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from ._names import w
from ._package import Package

_VAL: Final = w("val")
_MAX_STYLE_CHAIN: Final = 20
_LEVELS: Final = 9
_ROMAN: Final = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
# fmt: off
_UNITS: Final = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)
_ORDINALS: Final = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
    "twelve": "twelfth",
}
_CHICAGO: Final = "*\u2020\u2021\u00a7"
_TENS: Final = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
# fmt: on


@dataclass(frozen=True, slots=True)
class Number:
    """What stands before a paragraph, and how deep in its list it is."""

    text: str
    level: int


@dataclass(slots=True)
class _Level:
    start: int = 1
    format: str = "decimal"
    text: str = ""
    legal: bool = False
    restart: int | None = None
    style: str = ""


@dataclass(slots=True)
class _List:
    """One w:num: its levels, and the abstract list whose counters it shares."""

    abstract: str
    levels: list[_Level]
    starts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """The lists of one document; `numbers` counts through paragraphs in the order given."""

    def __init__(self, package: Package) -> None:
        self._lists = _read_lists(package)
        self._styles = _Styles(package)

    def numbers(self, paragraphs: Sequence[etree._Element]) -> list[Number | None]:
        """The number of each paragraph, None where it has none (or only a bullet)."""
        counters: dict[str, list[int | None]] = {}
        begun: set[str] = set()
        return [self._number(paragraph, counters, begun) for paragraph in paragraphs]

    def heading_level(self, paragraph: etree._Element) -> int | None:
        """0 for a title or a heading of the first level, and so on; None for body text."""
        return self._styles.heading_level(paragraph)

    def _number(
        self, paragraph: etree._Element, counters: dict[str, list[int | None]], begun: set[str]
    ) -> Number | None:
        num_id, level = self._place(paragraph)
        found = self._lists.get(num_id)
        if found is None or level >= len(found.levels):
            return None
        values = counters.setdefault(found.abstract, [None] * _LEVELS)
        if num_id not in begun:
            begun.add(num_id)
            for restarted, start in found.starts.items():
                values[restarted] = start - 1
        _count(values, level, found.levels)
        return _render(values, level, found.levels)

    def _place(self, paragraph: etree._Element) -> tuple[str, int]:
        """The list and the level of a paragraph: its own, else its style's."""
        properties = paragraph.find(w("pPr"))
        own = None if properties is None else properties.find(w("numPr"))
        style = self._styles.of(paragraph)
        num_id, level = _num_pr(own)
        style_num, style_level = self._styles.numbering(style)
        if num_id is None:
            num_id = style_num
            if num_id is not None and level is None:
                level = self._level_of_style(num_id, style, style_level)
        return num_id or "", min(level or 0, _LEVELS - 1)

    def _level_of_style(self, num_id: str, style: str, stated: int | None) -> int | None:
        found = self._lists.get(num_id)
        if found is not None:
            for at, level in enumerate(found.levels):
                if level.style and level.style == style:
                    return at
        return stated


class _Styles:
    """What paragraph styles say about numbers and headings."""

    def __init__(self, package: Package) -> None:
        self._by_id: dict[str, etree._Element] = {}
        self._default = ""
        for name in package.related("styles"):
            root = package.beside(name)
            for style in () if root is None else root.iterchildren(w("style")):
                if style.get(w("type")) == "paragraph":
                    key = style.get(w("styleId"), "")
                    self._by_id[key] = style
                    if style.get(w("default")) in ("1", "true", "on"):
                        self._default = key
        self._numbering: dict[str, tuple[str | None, int | None]] = {}
        self._headings: dict[str, int | None] = {}

    def of(self, paragraph: etree._Element) -> str:
        style = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
        return self._default if style is None else style.get(_VAL, "")

    def chain(self, style: str) -> list[etree._Element]:
        """The style and those it is based on, nearest first."""
        found: list[etree._Element] = []
        while style in self._by_id and len(found) < _MAX_STYLE_CHAIN:
            found.append(self._by_id[style])
            based_on = found[-1].find(w("basedOn"))
            style = "" if based_on is None else based_on.get(_VAL, "")
        return found

    def numbering(self, style: str) -> tuple[str | None, int | None]:
        if style not in self._numbering:
            num_id: str | None = None
            level: int | None = None
            for entry in self.chain(style):
                own_id, own_level = _num_pr(entry.find(f"{w('pPr')}/{w('numPr')}"))
                num_id = own_id if num_id is None else num_id
                level = own_level if level is None else level
            self._numbering[style] = (num_id, level)
        return self._numbering[style]

    def heading_level(self, paragraph: etree._Element) -> int | None:
        own = paragraph.find(f"{w('pPr')}/{w('outlineLvl')}")
        if own is not None:
            return _outline(own)
        style = self.of(paragraph)
        if style not in self._headings:
            self._headings[style] = self._heading_of(style)
        return self._headings[style]

    def _heading_of(self, style: str) -> int | None:
        for entry in self.chain(style):
            name = entry.find(w("name"))
            if name is not None and name.get(_VAL, "").lower() == "title":
                return 0
            outline = entry.find(f"{w('pPr')}/{w('outlineLvl')}")
            if outline is not None:
                return _outline(outline)
            words = ("" if name is None else name.get(_VAL, "")).lower().split()
            if len(words) == 2 and words[0] == "heading" and words[1].isdigit():
                return int(words[1]) - 1
        return None


def _outline(element: etree._Element) -> int | None:
    level = _int(element.get(_VAL))
    return level if level is not None and level < _LEVELS else None


def _num_pr(element: etree._Element | None) -> tuple[str | None, int | None]:
    if element is None:
        return None, None
    num_id, level = element.find(w("numId")), element.find(w("ilvl"))
    return (
        None if num_id is None else num_id.get(_VAL),
        None if level is None else _int(level.get(_VAL)),
    )


def _read_lists(package: Package) -> dict[str, _List]:
    lists: dict[str, _List] = {}
    for name in package.related("numbering"):
        root = package.beside(name)
        if root is None:
            continue
        abstracts = {entry.get(w("abstractNumId"), ""): entry for entry in root.iterchildren(w("abstractNum"))}
        by_style = {
            link.get(_VAL, ""): key
            for key, entry in abstracts.items()
            if (link := entry.find(w("styleLink"))) is not None
        }
        levels = {key: _read_levels(entry) for key, entry in abstracts.items()}
        for num in root.iterchildren(w("num")):
            pointer = num.find(w("abstractNumId"))
            key = "" if pointer is None else pointer.get(_VAL, "")
            if key not in abstracts:
                continue
            borrowed = abstracts[key].find(w("numStyleLink"))
            if borrowed is not None:
                key = by_style.get(borrowed.get(_VAL, ""), key)
            lists[num.get(w("numId"), "")] = _with_overrides(num, key, levels[key])
    return lists


def _read_levels(abstract: etree._Element) -> list[_Level]:
    levels = [_Level() for _ in range(_LEVELS)]
    for entry in abstract.iterchildren(w("lvl")):
        at = _int(entry.get(w("ilvl")))
        if at is not None and 0 <= at < _LEVELS:
            levels[at] = _read_level(entry)
    return levels


def _read_level(entry: etree._Element) -> _Level:
    def value(name: str) -> str | None:
        child = entry.find(w(name))
        return None if child is None else child.get(_VAL, "")

    start = _int(value("start"))
    legal = entry.find(w("isLgl"))
    return _Level(
        0 if start is None else start,
        value("numFmt") or "decimal",
        value("lvlText") or "",
        legal is not None and legal.get(_VAL, "1") not in ("0", "false", "off"),
        _int(value("lvlRestart")),
        value("pStyle") or "",
    )


def _with_overrides(num: etree._Element, abstract: str, levels: Sequence[_Level]) -> _List:
    found = _List(abstract, list(levels))
    for override in num.iterchildren(w("lvlOverride")):
        at = _int(override.get(w("ilvl")))
        if at is None or not 0 <= at < _LEVELS:
            continue
        level = override.find(w("lvl"))
        if level is not None:
            found.levels[at] = _read_level(level)
        start = override.find(w("startOverride"))
        if start is not None:
            found.starts[at] = _int(start.get(_VAL)) or 0
    return found


def _count(values: list[int | None], level: int, levels: Sequence[_Level]) -> None:
    for above in range(level):
        if values[above] is None:
            values[above] = levels[above].start
    current = values[level]
    values[level] = levels[level].start if current is None else current + 1
    for below in range(level + 1, _LEVELS):
        restart = levels[below].restart
        if restart is None or (restart > 0 and level < restart):
            values[below] = None


def _render(values: Sequence[int | None], level: int, levels: Sequence[_Level]) -> Number | None:
    own = levels[level]
    if own.format == "bullet" and "%" not in own.text.replace(f"%{level + 1}", ""):
        return None
    text = own.text
    for at in range(level + 1):
        value = values[at]
        form = "decimal" if own.legal and levels[at].format not in ("bullet", "none") else levels[at].format
        text = text.replace(f"%{at + 1}", format_number(value if value is not None else levels[at].start, form))
    text = text.strip()
    return Number(text, level) if any(letter.isalnum() or letter in _CHICAGO for letter in text) else None


def format_number(value: int, form: str) -> str:
    """A number in one of Word's formats; an unusual format is written in figures."""
    if form in ("upperLetter", "lowerLetter") and value > 0:
        letter = chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)
        return letter.upper() if form == "upperLetter" else letter
    if form in ("upperRoman", "lowerRoman") and 0 < value < 4000:
        return _roman(value).upper() if form == "upperRoman" else _roman(value)
    if form == "decimalZero":
        return f"{value:02d}"
    if form == "ordinal":
        return f"{value}{_ordinal_ending(value)}"
    if form == "cardinalText" and 0 <= value < 100:
        return _words(value).capitalize()
    if form == "ordinalText" and 0 < value < 100:
        return _ordinal_words(value).capitalize()
    if form == "chicago" and value > 0:
        return _CHICAGO[(value - 1) % 4] * ((value - 1) // 4 + 1)
    return "" if form in ("bullet", "none") else str(value)


def _roman(value: int) -> str:
    text = ""
    for worth, letters in _ROMAN:
        count, value = divmod(value, worth)
        text += letters * count
    return text


def _ordinal_ending(value: int) -> str:
    if 10 <= value % 100 <= 20:
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")


def _words(value: int) -> str:
    if value < 20:
        return _UNITS[value]
    tens, unit = divmod(value, 10)
    return _TENS[tens - 2] + (f"-{_UNITS[unit]}" if unit else "")


def _ordinal_words(value: int) -> str:
    head, dash, last = _words(value).rpartition("-")
    plain = last[:-1] + "ie" if last.endswith("y") else last
    return head + dash + _ORDINALS.get(last, plain + "th")


def _int(value: str | None) -> int | None:
    try:
        return None if value is None else int(value)
    except ValueError:
        return None
