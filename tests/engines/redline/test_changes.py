"""Every mark that the format knows, in whatever story it stands, is listed once and under the right name."""

import pytest

from folkmoot.engines import redline
from tests.engines.redline.builders import Pen, draft
from tests.engines.redline.faults import fault
from tests.engines.redline.words import p, part, word_file

BY = 'w:id="1" w:author="Ann Lee" w:date="2026-11-02T09:30:00Z"'
BO = 'w:id="2" w:author="Bo Hall" w:date="2026-11-03T09:30:00Z"'
M = "http://schemas.openxmlformats.org/officeDocument/2006/math"


def r(text: str, tag: str = "t") -> str:
    return f'<w:r><w:{tag} xml:space="preserve">{text}</w:{tag}></w:r>'


def ins(text: str, by: str = BY) -> str:
    return f"<w:ins {by}>{r(text)}</w:ins>"


def gone(text: str, by: str = BY) -> str:
    return f"<w:del {by}>{r(text, 'delText')}</w:del>"


def para(inner: str, mark: str = "") -> str:
    properties = f"<w:pPr><w:rPr>{mark}</w:rPr></w:pPr>" if mark else ""
    return f"<w:p>{properties}{inner}</w:p>"


def listed(body: str) -> list[tuple[str, str, str]]:
    found = redline.changes(word_file(body))
    assert found.unknown == {}
    return [(change.kind, change.before, change.after) for change in found.changes]


def note_part(tag: str, inner: str) -> str:
    return part(
        f"{tag}s", f'<w:{tag} w:id="0" w:type="separator">{p("-")}</w:{tag}><w:{tag} w:id="1">{inner}</w:{tag}>'
    )


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (para(r("a ") + ins("b") + r(" c")), [("insert", "", "b")]),
        (para(r("a ") + gone("b") + r(" c")), [("delete", "b", "")]),
        (para(gone("b") + ins("x")), [("replace", "b", "x")]),
        (para(gone("b") + gone("c") + ins("x") + ins("y")), [("replace", "bc", "xy")]),
        (para(gone("b") + ins("x", BO)), [("delete", "b", ""), ("insert", "", "x")]),
        (para(gone("b") + r(" ") + ins("x")), [("delete", "b", ""), ("insert", "", "x")]),
        # Text added by one person and deleted by another: both are told.
        (
            para(f"<w:ins {BY}>{r('new ')}<w:del {BO}>{r('old', 'delText')}</w:del></w:ins>"),
            [("insert", "", "new old"), ("delete", "old", "")],
        ),
        (para(ins("new"), f"<w:ins {BY}/>") + p("next"), [("paragraph-insert", "", "new")]),
        (para(gone("old"), f"<w:del {BY}/>") + p("next"), [("paragraph-delete", "old", "")]),
        (para(r("one"), f"<w:ins {BY}/>") + p("two"), [("paragraph-insert", "", "\n")]),
        (para(r("one"), f"<w:del {BY}/>") + p("two"), [("paragraph-delete", "\n", "")]),
        # A line break within added text is no paragraph.
        (para(f"<w:ins {BY}><w:r><w:t>x</w:t><w:br/><w:t>y</w:t></w:r></w:ins>"), [("insert", "", "x\ny")]),
        # Marks inside controls, links and fields.
        (para(f"<w:sdt><w:sdtPr/><w:sdtContent>{gone('b')}</w:sdtContent></w:sdt>"), [("delete", "b", "")]),
        (para(f'<w:hyperlink w:anchor="x">{ins("b")}</w:hyperlink>'), [("insert", "", "b")]),
        (
            para(
                f'<w:del {BY}><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
                "<w:r><w:delInstrText>PAGE</w:delInstrText></w:r>"
                '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
                f'{r("3", "delText")}<w:r><w:fldChar w:fldCharType="end"/></w:r></w:del>'
            ),
            [("delete", "[field]3", "")],
        ),
        # Looks: a run's, a paragraph's, a section's, an old list number.
        (
            para(f"<w:r><w:rPr><w:b/><w:rPrChange {BY}><w:rPr/></w:rPrChange></w:rPr><w:t>b</w:t></w:r>"),
            [("format", "", "bold")],
        ),
        (
            f'<w:p><w:pPr><w:jc w:val="center"/><w:pPrChange {BY}>'
            '<w:pPr><w:jc w:val="left"/></w:pPr></w:pPrChange></w:pPr>'
            f"{r('x')}</w:p>",
            [("format", "paragraph alignment left", "paragraph alignment center")],
        ),
        (
            f'<w:p><w:pPr><w:numPr><w:numberingChange {BY} w:original="%1:1:0:."/></w:numPr></w:pPr>{r("x")}</w:p>',
            [("format", "numbering %1:1:0:.", "numbering")],
        ),
        # An equation's mark.
        (
            f'<w:p xmlns:m="{M}"><m:oMath><m:r><w:del {BY}><m:t>2</m:t></w:del></m:r></m:oMath></w:p>',
            [("delete", "2", "")],
        ),
    ],
)
def test_a_mark_is_listed_under_its_kind(body: str, expected: list[tuple[str, str, str]]) -> None:
    assert listed(body + p("end")) == expected


def test_a_move_is_one_change_whose_sides_find_each_other_by_the_name_of_the_range() -> None:
    found = redline.changes(Pen(draft()).move(1, 3, "b").move(4, 2, "a").save()).changes
    assert [change.kind for change in found] == ["move", "move"]
    assert all(change.before == change.after for change in found)


def test_a_moves_lone_side_is_a_deletion() -> None:
    body = para(
        f'<w:moveFromRangeStart {BY} w:name="m"/><w:moveFrom {BY}>{r("x")}</w:moveFrom><w:moveFromRangeEnd w:id="1"/>'
    )
    assert listed(body + p("end")) == [("delete", "x", "")]


@pytest.mark.parametrize(("mark", "kind"), [("ins", "row-insert"), ("del", "row-delete")])
def test_a_row_is_one_change_with_its_cells(mark: str, kind: str) -> None:
    row = f"<w:tr><w:trPr><w:{mark} {BY}/></w:trPr><w:tc>{p('a')}</w:tc><w:tc>{p('b')}</w:tc></w:tr>"
    kept = f"<w:tr><w:tc>{p('c')}</w:tc><w:tc>{p('d')}</w:tc></w:tr>"
    [(found, before, after)] = listed(f"<w:tbl>{kept}{row}</w:tbl>{p('end')}")
    assert (found, before + after) == (kind, "a\tb")


@pytest.mark.parametrize(
    ("kind", "content", "clause"),
    [
        ("footnotes", note_part("footnote", para(r("x") + ins("y"))), "footnote 1"),
        ("endnotes", note_part("endnote", para(r("x") + ins("y"))), "endnote 1"),
        ("header", part("hdr", para(r("x") + ins("y"))), "header"),
        ("footer", part("ftr", para(r("x") + ins("y"))), "footer"),
    ],
)
def test_marks_outside_the_body_bear_the_name_of_their_story(kind: str, content: str, clause: str) -> None:
    data = word_file(p("end"), parts={f"word/{kind}.xml": (kind, f"{kind}+xml", content)})
    [change] = redline.changes(data).changes
    assert (change.kind, change.after, change.clause) == ("insert", "y", clause)


def test_a_mark_that_nobody_knows_is_named_and_counted() -> None:
    body = para(f"<w:novelty {BY}/><w:novelty {BO}/>" + r("x"))
    found = redline.changes(word_file(body + p("end")))
    assert found.unknown == {"novelty": 2}


def test_the_true_time_wins_over_the_local_one() -> None:
    utc = "http://schemas.microsoft.com/office/word/2023/wordml/word16du"
    body = para(f'<w:ins xmlns:x="{utc}" {BY} x:dateUtc="2026-11-02T08:30:00Z">{r("x")}</w:ins>')
    assert redline.changes(word_file(body)).changes[0].date == "2026-11-02T08:30:00Z"


@pytest.mark.parametrize(
    ("date", "expected"), [("2026-11-02T09:30:00", "2026-11-02T09:30:00Z"), ("0-00-00", None), ("", None)]
)
def test_a_date_has_an_offset_or_is_absent(date: str, expected: str | None) -> None:
    body = para(f'<w:ins w:id="1" w:author="A" w:date="{date}">{r("x")}</w:ins>')
    assert redline.changes(word_file(body)).changes[0].date == expected


APPLICATION = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
SUGGESTED = f"<w:ins {BY}>{r('here')}</w:ins>"


def google(*said: str, around: str = r("here"), program: str = "") -> bytes:
    """Comments around the same words, as Google Docs writes an answered one: no list says who answers whom."""
    numbers = range(len(said))
    starts = "".join(f'<w:commentRangeStart w:id="{n}"/>' for n in numbers)
    ends = "".join(f'<w:commentRangeEnd w:id="{n}"/><w:r><w:commentReference w:id="{n}"/></w:r>' for n in numbers)
    inner = "".join(f'<w:comment w:id="{n}" w:author="A">{p(text)}</w:comment>' for n, text in enumerate(said))
    parts = {"word/comments.xml": ("comments", "comments+xml", part("comments", inner))}
    if program:
        about = f'<Properties xmlns="{APPLICATION}"><Application>{program}</Application></Properties>'
        parts["docProps/app.xml"] = ("/extended-properties", "extended-properties+xml", about)
    return word_file(para(starts + around + ends), parts=parts)


def thread(*said: str, around: str = r("here"), program: str = "") -> tuple[redline.Comment, ...]:
    return redline.changes(google(*said, around=around, program=program)).comments


class TestGoogle:
    """superdoc/docx-editor 1381, 1631 and 2735 describe the shape; its settled threads end in a set answer."""

    @fault(33)
    @pytest.mark.parametrize("around", [r("here"), SUGGESTED])
    def test_answers_share_the_range_of_their_comment(self, around: str) -> None:
        assert [(c.text, c.on, c.parent, c.date) for c in thread("Why?", "Because.", around=around)] == [
            ("Why?", "here", None, None),
            ("Because.", "here", "0", None),
        ]

    @pytest.mark.parametrize(
        ("said", "resolved"),
        [
            (("Why?", "Because."), False),
            (("Why?", "_Marked as resolved_"), True),
            (("Why?", "_Marked as resolved_", "_Re-opened_"), False),
            (("Why?", "_Marked as resolved_", "_Re-opened_", "_Marked as resolved_"), True),
            (("_Marked as resolved_",), False),
        ],
    )
    def test_a_thread_is_settled_and_opened_again_by_an_answer(self, said: tuple[str, ...], resolved: bool) -> None:
        assert thread(*said)[0].resolved is resolved

    @pytest.mark.parametrize("program", ["Microsoft Office Word", "LibreOffice/7.4.7.2$Linux_X86_64"])
    def test_two_comments_on_the_same_words_are_no_thread_elsewhere(self, program: str) -> None:
        assert [c.parent for c in thread("Why?", "How?", program=program)] == [None, None]

    @pytest.mark.parametrize("program", ["</Application>", "x" * 200_000])
    def test_a_file_that_does_not_say_who_wrote_it_is_read_all_the_same(self, program: str) -> None:
        assert [c.parent for c in thread("Why?", "Because.", program=program)] == [None, "0"]

    def test_a_thread_stays_one_in_the_merged_file(self) -> None:
        base = word_file(para(r("here")))
        data = google("Why?", "Because.", "_Marked as resolved_")
        _, merged = redline.consolidate_and_merge(base, [redline.ReturnFile("a.docx", "Leeds", data)])
        assert merged.data is not None
        found = redline.changes(merged.data).comments
        assert [(c.text, c.parent is None, c.resolved) for c in found][:2] == [
            ("Why?", True, True),
            ("Because.", False, False),
        ]
