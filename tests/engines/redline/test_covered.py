"""Marks that stand within other marks: each is told under the name of whoever made it, and none is lost."""

import pytest

from folkmoot.engines import redline
from tests.engines.redline.test_changes import BO, BY, M, gone, ins, para, r
from tests.engines.redline.walk import count_marks
from tests.engines.redline.words import WORD, p, part, word_file

ANN, BEN = "Ann Lee", "Bo Hall"
END = p("end")


BOLD = f"<w:rPr><w:b/><w:rPrChange {BY}><w:rPr/></w:rPrChange></w:rPr>"
WAS_PLAIN = f"<w:pPrChange {BO}><w:pPr/></w:pPrChange>"


def row(mark: str, *cells: str) -> str:
    inside = "".join(f"<w:tc>{cell}</w:tc>" for cell in cells)
    return f"<w:tr><w:trPr>{mark}</w:trPr>{inside}</w:tr>"


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{row('', p('kept'))}{''.join(rows)}</w:tbl>"


def told(body: str) -> list[tuple[str, str, str, str, int]]:
    data = word_file(body + END)
    found = redline.changes(data)
    assert sum(change.marks for change in found.changes) + found.empty == count_marks(data)
    return [(change.kind, change.author, change.before, change.after, change.marks) for change in found.changes]


BOX = (
    '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><w:txbxContent>{0}</w:txbxContent></w:drawing>'
    "</mc:Choice><mc:Fallback><w:pict><w:txbxContent>{0}</w:txbxContent></w:pict></mc:Fallback>"
    "</mc:AlternateContent></w:r>"
)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        # In a row that is new, one's own words are the row's; another's are told beside it.
        (table(row(f"<w:ins {BY}/>", para(ins("a")))), [("row-insert", ANN, "", "a", 2)]),
        (
            table(row(f"<w:ins {BY}/>", para(ins("a") + ins("b", BO)))),
            [("row-insert", ANN, "", "ab", 2), ("insert", BEN, "", "b", 1)],
        ),
        (
            table(row(f"<w:ins {BY}/>", para(r("a") + gone("b", BO)))),
            [("row-insert", ANN, "", "a", 1), ("delete", BEN, "b", "", 1)],
        ),
        (
            table(row(f"<w:del {BY}/>", para(gone("a")), para(gone("b", BO)))),
            [("row-delete", ANN, "a\tb", "", 2), ("delete", BEN, "b", "", 1)],
        ),
        # A row added by one and taken by the other.
        (
            table(row(f"<w:ins {BY}/><w:del {BO}/>", p("a"))),
            [("row-insert", ANN, "", "a", 1), ("row-delete", BEN, "a", "", 1)],
        ),
        # A look within a new row.
        (
            table(row(f"<w:ins {BY}/>", f"<w:p><w:pPr><w:jc w:val='end'/>{WAS_PLAIN}</w:pPr></w:p>")),
            [("row-insert", ANN, "", "", 1), ("format", BEN, "", "paragraph alignment end", 1)],
        ),
        # Inside a move: another's insertion, and one's own.
        (
            para(f"<w:moveTo {BY}>{r('a')}<w:ins {BO}>{r('b')}</w:ins></w:moveTo>"),
            [("insert", ANN, "", "ab", 1), ("insert", BEN, "", "b", 1)],
        ),
        (
            para(f"<w:moveFrom {BY}>{r('a')}<w:del {BY}>{r('b', 'delText')}</w:del></w:moveFrom>"),
            [("delete", ANN, "ab", "", 2)],
        ),
        # The end of a line with the marks of two people.
        (
            para(r("a"), f"<w:ins {BY}/><w:ins {BO}/>"),
            [("paragraph-insert", BEN, "", "\n", 1), ("paragraph-insert", ANN, "", "\n", 1)],
        ),
        # Two marks of the same kind side by side inside another's are one change.
        (
            para(f"<w:moveTo {BY}>{r('a')}<w:ins {BO}>{r('b')}</w:ins><w:ins {BO}>{r('c')}</w:ins></w:moveTo>"),
            [("insert", ANN, "", "abc", 1), ("insert", BEN, "", "bc", 2)],
        ),
        # A number given to a paragraph.
        (
            f'<w:p><w:pPr><w:numPr><w:numId w:val="1"/><w:ins {BY}/></w:numPr></w:pPr>{r("a")}</w:p>',
            [("format", ANN, "", "paragraph list", 1)],
        ),
        # Only the code of a field.
        (
            para(f"{r('a')}<w:ins {BY}><w:r><w:instrText>REF x</w:instrText></w:r></w:ins>"),
            [("insert", ANN, "", "[field]", 1)],
        ),
        # What the properties looked like before repeats a mark.
        (
            para(f"<w:r><w:rPr><w:b/><w:rPrChange {BY}><w:rPr><w:ins {BY}/></w:rPr></w:rPrChange></w:rPr>"
                 "<w:t>b</w:t></w:r>"),
            [("format", ANN, "", "bold", 2)],
        ),
        # Looks that differ only in their twins for other scripts.
        (
            para(f"<w:r><w:rPr><w:bCs/><w:rPrChange {BY}><w:rPr/></w:rPrChange></w:rPr><w:t>b</w:t></w:r>"),
            [("format", ANN, "", "properties", 1)],
        ),
        # A table's columns bear no name: they are of whoever changed the table.
        (
            f'<w:tbl><w:tblPr><w:jc w:val="end"/><w:tblPrChange {BY}><w:tblPr/></w:tblPrChange></w:tblPr><w:tblGrid>'
            f'<w:tblGridChange w:id="5"><w:tblGrid/></w:tblGridChange></w:tblGrid>{row("", p("a"))}</w:tbl>',
            [("format", ANN, "", "table alignment end", 1), ("format", ANN, "", "table column widths", 1)],
        ),
        # A cell that is taken, with and without marks of its own on the words.
        (
            table(row("", f"<w:tcPr><w:cellDel {BY}/></w:tcPr>{para(gone('a'), f'<w:del {BY}/>')}", p("b"))),
            [("paragraph-delete", ANN, "a", "", 3)],
        ),
        (
            table(row("", f"<w:tcPr><w:cellIns {BY}/></w:tcPr>{para(ins('a', BO))}", p("b"))),
            [("paragraph-insert", ANN, "", "a", 1), ("insert", BEN, "", "a", 1)],
        ),
        # Text boxes are told once, though a fallback repeats them.
        (para(r("a") + BOX.format(para(r("x") + ins("y")))), [("insert", ANN, "", "y", 1)]),
        # A mark around nothing, and one around a comment's place.
        (para(r("a") + f"<w:ins {BY}/>"), []),
        (para(r("a") + f'<w:ins {BY}><w:r><w:commentReference w:id="9"/></w:r></w:ins>'), []),
    ],
)  # fmt: skip
def test_every_mark_is_told_under_its_author(body: str, expected: list[tuple[str, str, str, str, int]]) -> None:
    assert sorted(told(body)) == sorted(expected)


def test_marks_on_the_characters_of_an_equation() -> None:
    body = f'<w:p xmlns:m="{M}"><m:oMath><m:r><m:rPr/><w:rPr><w:del {BY}/></w:rPr><m:t>2</m:t></m:r></m:oMath></w:p>'
    assert told(body) == [("delete", ANN, "2", "", 1)]


@pytest.mark.parametrize(
    ("kind", "tag", "inner", "clause"),
    [
        ("comments", "comments", f'<w:comment w:id="0" w:author="C">{para(ins("y"))}</w:comment>', "comment 1"),
        (
            "styles", "styles",
            f'<w:style w:type="paragraph" w:styleId="a">{BOLD}</w:style>',
            "styles",
        ),
        (
            "numbering", "numbering",
            f'<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0">{BOLD}</w:lvl></w:abstractNum>',
            "numbering",
        ),
        (
            "footnotes", "footnotes",
            f'<w:footnote w:id="0" w:type="separator">{para(ins("y"))}</w:footnote>',
            "footnote separator",
        ),
    ],
)  # fmt: skip
def test_marks_beside_the_text_are_told_with_their_place(kind: str, tag: str, inner: str, clause: str) -> None:
    data = word_file(END, parts={f"word/{kind}.xml": (kind, f"{WORD}{kind}+xml", part(tag, inner))})
    [change] = redline.changes(data).changes
    assert (change.author, change.clause, change.marks) == (ANN, clause, 1)


def test_text_boxes_of_two_stories_have_names_of_their_own() -> None:
    box = para(BOX.format(para(ins("y"))))
    header = ("header", f"{WORD}header+xml", part("hdr", box))
    found = redline.changes(word_file(box + END, parts={"word/header1.xml": header}))
    assert [change.clause for change in found.changes] == ["text box 1", "header text box 1"]


def test_each_of_many_new_paragraphs_has_marks_of_its_own() -> None:
    body = "".join(para(ins(text), f"<w:ins {BY}/>") for text in ("a", "b", "c"))
    assert told(body) == [("paragraph-insert", ANN, "", text, 2) for text in ("a", "b", "c")]
