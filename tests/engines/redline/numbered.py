"""Documents with automatic numbers and the numbers that Word shows in them, worked out by hand from the standard.

`libreoffice` says why LibreOffice 7.4 shows others, where it does.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from tests.engines.redline.words import WORD, p, part, word_file


@dataclass(frozen=True, slots=True)
class Numbered:
    """One document: what is odd about it, its bytes, and the number before each paragraph."""

    name: str
    data: bytes
    numbers: tuple[str, ...]
    libreoffice: str = ""


def level(at: int, text: str, form: str = "decimal", start: int = 1, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def abstract(levels: str, key: int = 0, head: str = "") -> str:
    head = f'<w:multiLevelType w:val="multilevel"/>{head}'
    return f'<w:abstractNum w:abstractNumId="{key}">{head}{levels}</w:abstractNum>'


def num(key: int, of: int = 0, more: str = "") -> str:
    return f'<w:num w:numId="{key}"><w:abstractNumId w:val="{of}"/>{more}</w:num>'


def starts_at(at: int, value: int) -> str:
    return f'<w:lvlOverride w:ilvl="{at}"><w:startOverride w:val="{value}"/></w:lvlOverride>'


def other_level(at: int, inner: str) -> str:
    return f'<w:lvlOverride w:ilvl="{at}">{inner}</w:lvlOverride>'


def restarts(after: int) -> str:
    return f'<w:lvlRestart w:val="{after}"/>'


def style(key: str, name: str, properties: str = "", based_on: str = "") -> str:
    parent = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/>{parent}'
        f"<w:pPr>{properties}</w:pPr></w:style>"
    )


def place(key: int | None = None, at: int | None = None) -> str:
    """A w:numPr with a list, a level, or both."""
    depth = "" if at is None else f'<w:ilvl w:val="{at}"/>'
    which = "" if key is None else f'<w:numId w:val="{key}"/>'
    return f"<w:numPr>{depth}{which}</w:numPr>" if depth or which else ""


def styled(key: str, properties: str = "") -> str:
    return f'<w:pStyle w:val="{key}"/>{properties}'


def document(lists: str, properties: Sequence[str], styles: str = "") -> bytes:
    """One paragraph for each of these properties; a ready table stands as it is."""
    body = "".join(
        inner if inner.startswith("<w:tbl>") else p("Item.", properties=inner) for inner in properties
    )  # fmt: skip
    parts = {"word/numbering.xml": ("numbering", f"{WORD}numbering+xml", part("numbering", lists))}
    if styles:
        usual = '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
        parts["word/styles.xml"] = ("styles", f"{WORD}styles+xml", part("styles", usual + styles))
    return word_file(body, parts=parts)


def listed(lists: str, *places: tuple[int, int]) -> bytes:
    return document(lists, [place(*one) for one in places])


LEGAL: Final = level(0, "%1.") + level(1, "%1.%2") + level(2, "(%3)", "lowerLetter") + level(3, "(%4)", "lowerRoman")
ONE: Final = abstract(LEGAL) + num(1)
LINKED: Final = abstract(
    level(0, "%1", more='<w:pStyle w:val="H1"/>')
    + level(1, "%1.%2", more='<w:pStyle w:val="H2"/>')
    + level(2, "(%3)", "lowerLetter")
) + num(1)
HEADINGS: Final = (
    style("H1", "heading 1", place(1, 0))
    + style("H2", "heading 2", place(1, 1))
    + style("B", "Body", place(1, 2))
    + style("Own", "Own", place(None, 1), "H1")
    + style("None", "No number", place(0), "H1")
    + style("Child", "Child", "", "H2")
)
NO_RESTARTS: Final = "it does not read lvlRestart, and restarts every level under a higher one"
CELL: Final = f'<w:tc><w:tcPr><w:tcW w:w="100"/></w:tcPr>{p("c", properties=place(1, 0))}</w:tc>'
GRID: Final = '<w:tblPr/><w:tblGrid><w:gridCol w:w="100"/><w:gridCol w:w="100"/></w:tblGrid>'


def format_case(form: str, *numbers: str, libreoffice: str = "") -> Numbered:
    data = listed(abstract(level(0, "%1.", form)) + num(1), *[(1, 0)] * len(numbers))
    return Numbered(f"the format {form}", data, tuple(f"{number}." for number in numbers), libreoffice)


CASES: Final = (
    Numbered(
        "levels restart under a higher one",
        listed(ONE, (1, 0), (1, 1), (1, 2), (1, 2), (1, 3), (1, 1), (1, 0), (1, 1)),
        ("1.", "1.1", "(a)", "(b)", "(i)", "1.2", "2.", "2.1"),
    ),
    Numbered(
        "a level that never restarts",
        listed(
            abstract(level(0, "%1.") + level(1, "%1.%2", more=restarts(0))) + num(1), (1, 0), (1, 1), (1, 0), (1, 1)
        ),
        ("1.", "1.1", "2.", "2.2"),
        NO_RESTARTS,
    ),
    Numbered(
        "a third level that restarts only under the first",
        listed(
            abstract(level(0, "%1.") + level(1, "%1.%2") + level(2, "(%3)", "lowerLetter", more=restarts(1))) + num(1),
            *((1, 0), (1, 1), (1, 2), (1, 1), (1, 2), (1, 0), (1, 1), (1, 2)),
        ),
        ("1.", "1.1", "(a)", "1.2", "(b)", "2.", "2.1", "(a)"),
        NO_RESTARTS,
    ),
    Numbered(
        "a list of the same kind that starts anew",
        listed(abstract(LEGAL) + num(1) + num(2, 0, starts_at(0, 5)), (1, 0), (1, 0), (2, 0), (2, 1), (2, 0), (1, 0)),
        ("1.", "2.", "5.", "5.1", "6.", "7."),
    ),
    Numbered(
        "a second level that starts anew",
        listed(abstract(LEGAL) + num(1) + num(2, 0, starts_at(1, 4)), (1, 0), (1, 1), (2, 1), (2, 1), (2, 0), (2, 1)),
        ("1.", "1.1", "1.4", "1.5", "2.", "2.1"),
    ),
    Numbered(
        "two lists that start anew, turn by turn",
        listed(
            abstract(LEGAL) + num(1) + num(2, 0, starts_at(0, 1)) + num(3, 0, starts_at(0, 1)),
            *((1, 0), (1, 0), (2, 0), (3, 0), (2, 0), (3, 0)),
        ),
        ("1.", "2.", "1.", "1.", "2.", "3."),
    ),
    Numbered(
        "a level written otherwise in one list",
        listed(
            abstract(LEGAL) + num(1) + num(2, 0, other_level(0, level(0, "Annex %1", "upperLetter"))),
            *((1, 0), (1, 0), (2, 0), (2, 1), (1, 0)),
        ),
        ("1.", "2.", "Annex C", "C.1", "4."),
    ),
    Numbered(
        "figures throughout under a Roman article",
        listed(
            abstract(level(0, "Article %1", "upperRoman") + level(1, "%1.%2", more="<w:isLgl/>")) + num(1),
            *((1, 0), (1, 1), (1, 0), (1, 1)),
        ),
        ("Article I", "1.1", "Article II", "2.1"),
        "it does not read isLgl, and shows I.1",
    ),
    Numbered(
        "a level under a Roman one",
        listed(abstract(level(0, "%1", "upperRoman") + level(1, "%1.%2")) + num(1), (1, 0), (1, 1), (1, 0), (1, 1)),
        ("I", "I.1", "II", "II.1"),
    ),
    format_case("lowerRoman", "i", "ii", "iii", "iv"),
    format_case("upperLetter", "A", "B"),
    format_case("ordinal", "1st", "2nd", "3rd", "4th"),
    format_case("decimalZero", "01", "02"),
    format_case("cardinalText", "One", "Two"),
    format_case("ordinalText", "First", "Second", "Third", "Fourth", "Fifth"),
    format_case("chicago", "*", "\u2020", "\u2021", "\u00a7", "**"),
    Numbered(
        "letters after z are doubled",
        listed(abstract(level(0, "%1.", "lowerLetter", 25)) + num(1), *[(1, 0)] * 4),
        ("y.", "z.", "aa.", "bb."),
    ),
    Numbered(
        "levels that start at three and at nought",
        listed(
            abstract(level(0, "%1.", start=3) + level(1, "%1.%2", start=0)) + num(1), (1, 0), (1, 1), (1, 1), (1, 0)
        ),
        ("3.", "3.0", "3.1", "4."),
    ),
    Numbered(
        "a level without a start",
        listed(
            abstract('<w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>') + num(1), (1, 0)
        ),
        ("0.",),
    ),
    Numbered(
        "a list that begins at its second level",
        listed(ONE, (1, 1), (1, 2), (1, 0), (1, 2), (1, 1)),
        ("1.1", "(a)", "2.", "(a)", "2.2"),
    ),
    Numbered(
        "a level left out",
        listed(
            abstract(level(0, "%1") + level(1, "%1.%2") + level(2, "%1.%2.%3")) + num(1),
            *((1, 0), (1, 2), (1, 2), (1, 1), (1, 2)),
        ),
        ("1", "1.1.1", "1.1.2", "1.2", "1.2.1"),
    ),
    Numbered(
        "numbers by style, one of them without",
        document(LINKED, [styled(key) for key in ("H1", "H2", "H2", "B", "H1", "H2", "Own", "None", "H1")], HEADINGS),
        ("1", "1.1", "1.2", "(a)", "2", "2.1", "2.2", "", "3"),
    ),
    Numbered(
        "styles that name only the list: the list's own levels name the styles",
        document(
            LINKED,
            [styled(key) for key in ("H1", "H2", "H1", "H2")],
            style("H1", "heading 1", place(1)) + style("H2", "heading 2", place(1)),
        ),
        ("1", "1.1", "2", "2.1"),
        "it counts every such style at the first level",
    ),
    Numbered(
        "a paragraph that goes against its style",
        document(
            LINKED,
            [
                styled("H1"),
                styled("H1", place(None, 1)),
                styled("H1", place(0)),
                styled("H1"),
                styled("H1", place(1, 2)),
            ],
            HEADINGS,
        ),
        ("1", "1.1", "", "2", "(a)"),
    ),
    Numbered(
        "a style that has its number from another",
        document(LINKED, [styled(key) for key in ("H1", "Child", "Child", "H1", "Child")], HEADINGS),
        ("1", "1.1", "1.2", "2", "2.1"),
    ),
    Numbered(
        "a list borrowed by the name of its style",
        document(
            abstract(LEGAL, 0, '<w:styleLink w:val="MyList"/>')
            + abstract("", 1, '<w:numStyleLink w:val="MyList"/>')
            + num(1)
            + num(2, 1),
            [place(2, 0), place(2, 1), place(1, 0), place(2, 0)],
            '<w:style w:type="numbering" w:styleId="MyList"><w:name w:val="My List"/>'
            f"<w:pPr>{place(1)}</w:pPr></w:style>",
        ),
        ("1.", "1.1", "2.", "3."),
    ),
    Numbered(
        "two kinds of list, turn by turn",
        listed(
            abstract(LEGAL) + abstract(level(0, "%1)"), 1) + num(1) + num(2, 1), (1, 0), (2, 0), (1, 0), (2, 0), (1, 1)
        ),
        ("1.", "1)", "2.", "2)", "2.1"),
    ),
    Numbered(
        "text between", document(ONE, [place(1, 0), "", place(1, 0), "", place(1, 1)]), ("1.", "", "2.", "", "2.1")
    ),
    Numbered(
        "words around the number",
        listed(
            abstract(level(0, "Article %1 \u2013") + level(1, "\u00a7%2 of %1")) + num(1),
            (1, 0),
            (1, 1),
            (1, 0),
            (1, 1),
        ),
        ("Article 1 \u2013", "\u00a71 of 1", "Article 2 \u2013", "\u00a71 of 2"),
    ),
    Numbered(
        "a numbered level under a bullet",
        listed(
            abstract(level(0, "\u2022", "bullet") + level(1, "%2)")) + num(1), (1, 0), (1, 1), (1, 1), (1, 0), (1, 1)
        ),
        ("", "1)", "2)", "", "1)"),
    ),
    Numbered(
        "a level with words and no number",
        listed(
            abstract(level(0, "Preamble", "none") + level(1, "%2.")) + num(1), (1, 0), (1, 1), (1, 1), (1, 0), (1, 1)
        ),
        ("Preamble", "1.", "2.", "Preamble", "1."),
    ),
    Numbered(
        "numbers in the cells of a table",
        document(ONE, [place(1, 0), f"<w:tbl>{GRID}{f'<w:tr>{CELL}{CELL}</w:tr>' * 2}</w:tbl>", place(1, 0)]),
        ("1.", "2.", "3.", "4.", "5.", "6."),
    ),
    Numbered("a list that does not exist", listed(ONE, (1, 0), (7, 0), (1, 0)), ("1.", "", "2.")),
)
