"""What is left out of an excerpt leaves no number, no gap and not a word behind, in any part of the file."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from folkmoot.engines.redline._body import paragraphs as read_paragraphs
from folkmoot.engines.redline._body import texts
from folkmoot.engines.redline._clauses import outline
from folkmoot.engines.redline._compose import DraftClause, compose
from folkmoot.engines.redline._drop import drop_paragraphs
from folkmoot.engines.redline._errors import UnreadableFile
from folkmoot.engines.redline._package import Package
from folkmoot.engines.redline._stories import body_of

from .words import WORD, R, a_document, everything, names, p, part, read, word_file

BASE = Path(__file__).parents[3] / "src/folkmoot/demo/word/base.docx"


def shown(data: bytes) -> list[str]:
    return list(texts(body_of(Package.open(data)).blocks, "accepted"))


def numbered(data: bytes) -> list[str]:
    package = Package.open(data)
    found = outline(package, read_paragraphs(body_of(package).blocks, "rejected"))
    return [clause.number for clause in found.clauses]


def excerpt(lines: list[str], *dropped: int) -> list[str]:
    return shown(drop_paragraphs(word_file("".join(map(p, lines))), dropped))


def field(code: str, result: str) -> str:
    def char(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    return (
        f'{char("begin")}<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>{char("separate")}'
        f"<w:r><w:t>{result}</w:t></w:r>{char('end')}"
    )


def bookmarked(name: str, text: str, number: int = 1) -> str:
    return (
        f'<w:p><w:bookmarkStart w:id="{number}" w:name="{name}"/><w:r><w:t>{text}</w:t></w:r>'
        f'<w:bookmarkEnd w:id="{number}"/></w:p>'
    )


class TestTypedNumbers:
    def test_later_clauses_close_up(self) -> None:
        lines = ["1. One", "2. CANARY", "2.1 CANARY", "3. Three", "3.1 Part", "3.2 Part", "4. Four"]
        assert excerpt(lines, 1, 2) == ["1. One", "2. Three", "2.1 Part", "2.2 Part", "3. Four"]

    def test_only_brothers_close_up(self) -> None:
        lines = ["1. One", "1.1 A", "1.2 CANARY", "1.3 C", "2. Two", "2.1 A"]
        assert excerpt(lines, 2) == ["1. One", "1.1 A", "1.2 C", "2. Two", "2.1 A"]

    def test_letters_and_roman_numbers_close_up(self) -> None:
        lines = ["1. One", "(a) CANARY", "(b) b", "(i) x", "(ii) CANARY", "(iii) z", "(c) c"]
        assert excerpt(lines, 1, 4) == ["1. One", "(a) b", "(i) x", "(ii) z", "(b) c"]

    def test_the_look_of_a_number_stays(self) -> None:
        body = p("1. One") + p("2. CANARY") + "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>3. Three</w:t></w:r></w:p>"
        out = read(drop_paragraphs(word_file(body), {1})).decode()
        assert "<w:rPr><w:b/></w:rPr><w:t" in out and "2</w:t>" in out

    def test_numbers_that_are_no_clauses_stay(self) -> None:
        lines = ["1. One", "2. CANARY", "Then 3 buses ran.", "2026 was a year.", "3. Three"]
        assert excerpt(lines, 1) == ["1. One", "Then 3 buses ran.", "2026 was a year.", "2. Three"]


class TestMentions:
    LINES = ("1. One", "2. CANARY", "3. Three", "4. Four", "5. Five")

    @pytest.mark.parametrize(
        ("said", "expected"),
        [
            ("See clause 3.", "See clause 2."),
            ("See clause 1.", "See clause 1."),
            ("See clause 2.", "See the relevant clause."),
            ("Clause 2 applies.", "The relevant clause applies."),
            ("Under the clause 2 duty.", "Under the relevant clause duty."),
            ("See clause 2.1(a).", "See the relevant clause."),
            ("See clause 4.1(a).", "See clause 3.1(a)."),
            ("See clauses 2 and 4.", "See clause 3."),
            ("See clauses 1, 2 and 4.", "See clauses 1 and 3."),
            ("See clauses 3 and 4.", "See clauses 2 and 3."),
            ("See clauses 1 to 4.", "See clauses 1 to 3."),
            ("See clauses 2 to 4.", "See clauses 2 to 3."),
            ("Section 4 of the Transport Act stays.", "Section 4 of the Transport Act stays."),
            ("Section 4 of this paper stays.", "Section 3 of this paper stays."),
            ("After 4 years and 2 months.", "After 4 years and 2 months."),
        ],
    )
    def test_words_say_the_new_number_or_none(self, said: str, expected: str) -> None:
        assert excerpt([*self.LINES, said], 1)[-1] == expected

    def test_a_note_speaks_of_clauses_too(self) -> None:
        notes = part("footnotes", f'<w:footnote w:id="1">{p("See clauses 2 and 3.")}</w:footnote>')
        body = "".join(map(p, self.LINES)) + '<w:p><w:r><w:footnoteReference w:id="1"/></w:r></w:p>'
        data = word_file(body, parts={"word/footnotes.xml": ("footnotes", WORD + "footnotes+xml", notes)})
        assert b">clause 2<" in read(drop_paragraphs(data, {1}), "word/footnotes.xml")

    def test_a_field_that_points_there_becomes_plain_words(self) -> None:
        body = p("1. One") + bookmarked("_Ref1", "2. CANARY") + p("3. Three")
        body += f'<w:p><w:r><w:t xml:space="preserve">See clause </w:t></w:r>{field("REF _Ref1", "2")}</w:p>'
        body += f'<w:p><w:r><w:t xml:space="preserve">It is </w:t></w:r>{field("REF _Ref1", "CANARY")}</w:p>'
        simple = '<w:fldSimple w:instr=" REF _Ref1 "><w:r><w:t>CANARY</w:t></w:r></w:fldSimple>'
        body += f'<w:p><w:r><w:t xml:space="preserve">Or </w:t></w:r>{simple}</w:p>'
        out = drop_paragraphs(word_file(body), {1})
        assert shown(out) == ["1. One", "2. Three", "See the relevant clause", "It is elsewhere", "Or elsewhere"]
        assert b"CANARY" not in everything(out) and b"_Ref1" not in everything(out)

    def test_a_field_that_points_elsewhere_shows_the_new_number(self) -> None:
        body = p("1. One") + p("2. CANARY") + bookmarked("_Ref3", "3. Three")
        body += f'<w:p><w:r><w:t xml:space="preserve">See clause </w:t></w:r>{field("REF _Ref3", "3")}</w:p>'
        out = drop_paragraphs(word_file(body), {1})
        assert shown(out)[-1] == "See clause 2"
        assert b"REF _Ref3" in read(out)

    def test_captions_count_on_without_a_gap(self) -> None:
        def caption(number: str, text: str) -> str:
            label = '<w:r><w:t xml:space="preserve">Table </w:t></w:r>'
            return f"<w:p>{label}{field('SEQ Table', number)}<w:r><w:t>{text}</w:t></w:r></w:p>"

        out = drop_paragraphs(word_file(caption("1", "a") + caption("2", "CANARY") + caption("3", "c")), {1})
        assert shown(out) == ["Table 1a", "Table 2c"]


class TestAutomaticNumbers:
    def draft(self) -> bytes:
        clauses = [
            DraftClause(1, "One", ("See clause 3.1 and clause 2.1(a).",)),
            DraftClause(1, "CANARY"),
            DraftClause(2, "", ("CANARY",)),
            DraftClause(3, "", ("CANARY",)),
            DraftClause(1, "Three"),
            DraftClause(2, "", ("Part.",)),
        ]
        return compose("A title", clauses, today=date(2026, 11, 25))

    def test_word_counts_them_again_and_mentions_follow(self) -> None:
        out = drop_paragraphs(self.draft(), {3, 4, 5})
        assert shown(out) == ["A title", "One", "See clause 2.1 and the relevant clause.", "Three", "Part."]
        assert numbered(out)[1:] == ["1", "2", "2.1"]
        assert b"CANARY" not in everything(out)


class TestWhatHangsOnIt:
    def test_notes_comments_pictures_and_bookmarks_go_along(self) -> None:
        comments = part(
            "comments",
            '<w:comment w:id="0" w:author="A"><w:p w14:paraId="0000000A"><w:r><w:t>CANARY</w:t></w:r></w:p></w:comment>'
            '<w:comment w:id="1" w:author="A"><w:p w14:paraId="0000000B"><w:r><w:t>Kept.</w:t></w:r></w:p></w:comment>',
        )
        extended = (
            '<w15:commentsEx xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml">'
            '<w15:commentEx w15:paraId="0000000A" w15:done="0"/><w15:commentEx w15:paraId="0000000B" w15:done="0"/>'
            "</w15:commentsEx>"
        )
        notes = part("footnotes", f'<w:footnote w:id="1">{p("CANARY")}</w:footnote>')

        def comment(number: int, text: str) -> str:
            return (
                f'<w:commentRangeStart w:id="{number}"/><w:r><w:t>{text}</w:t></w:r>'
                f'<w:commentRangeEnd w:id="{number}"/><w:r><w:commentReference w:id="{number}"/></w:r>'
            )

        picture = f'<w:r><w:drawing><a:blip xmlns:a="urn:a" xmlns:r="{R}" r:embed="rId4"/></w:drawing></w:r>'
        body = p("Before.") + (
            f'<w:p><w:bookmarkStart w:id="9" w:name="CANARY"/>{comment(0, "CANARY")}{picture}'
            '<w:r><w:footnoteReference w:id="1"/></w:r></w:p>'
            f'<w:p>{comment(1, "After.")}<w:bookmarkEnd w:id="9"/></w:p>'
        )
        data = word_file(
            body,
            parts={
                "word/comments.xml": ("comments", WORD + "comments+xml", comments),
                "word/commentsExtended.xml": (
                    "http://schemas.microsoft.com/office/2011/relationships/commentsExtended",
                    WORD + "commentsExtended+xml",
                    extended,
                ),
                "word/footnotes.xml": ("footnotes", WORD + "footnotes+xml", notes),
                "word/media/canary.png": ("image", "image/png", "CANARY"),
            },
        )
        out = drop_paragraphs(data, {1})
        assert shown(out) == ["Before.", "After."]
        assert b"CANARY" not in everything(out) and "word/media/canary.png" not in names(out)
        assert b"Kept." in read(out, "word/comments.xml")
        assert b"0000000A" not in everything(out) and b"0000000B" in read(out, "word/commentsExtended.xml")
        assert b"bookmark" not in read(out)

    def test_a_line_of_contents_goes_and_the_others_close_up(self) -> None:
        def line(number: str, title: str, mark: str) -> str:
            return (
                f'<w:p><w:pPr><w:pStyle w:val="TOC1"/></w:pPr><w:hyperlink w:anchor="{mark}"><w:r><w:t>{number}</w:t>'
                f"<w:tab/><w:t>{title}</w:t><w:tab/><w:t>7</w:t></w:r></w:hyperlink></w:p>"
            )

        body = line("1", "One", "_Toc1") + line("2", "CANARY", "_Toc2") + line("3", "Three", "_Toc3")
        body += (
            bookmarked("_Toc1", "1. One", 1) + bookmarked("_Toc2", "2. CANARY", 2) + bookmarked("_Toc3", "3. Three", 3)
        )
        out = drop_paragraphs(word_file(body), {4})
        assert shown(out) == ["1\tOne\t7", "2\tThree\t7", "1. One", "2. Three"]
        assert b"CANARY" not in everything(out)

    def test_a_running_head_that_repeats_it_is_emptied(self) -> None:
        header = part("hdr", f"<w:p>{field('STYLEREF Heading1', 'CANARY')}</w:p>")
        data = word_file(p("CANARY") + p("Kept."), parts={"word/header1.xml": ("header", WORD + "header+xml", header)})
        out = drop_paragraphs(data, {0})
        assert b"CANARY" not in everything(out)
        assert shown(out) == ["Kept."]

    def test_counts_and_data_that_repeat_it_go(self) -> None:
        kind = "application/vnd.openxmlformats-officedocument.extended-properties+xml"
        app = (
            '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
            "<Words>941</Words><Application>W</Application></Properties>"
        )
        data = word_file(
            p("CANARY") + p("Kept."),
            parts={
                "docProps/app.xml": ("/extended-properties", kind, app),
                "customXml/item1.xml": ("customXml", "application/xml", "<x>CANARY</x>"),
            },
        )
        out = drop_paragraphs(data, {0})
        assert b"CANARY" not in everything(out) and b"941" not in everything(out)


class TestTables:
    def table(self) -> bytes:
        def row(*cells: str) -> str:
            return f"<w:tr>{''.join(f'<w:tc>{p(cell)}</w:tc>' for cell in cells)}</w:tr>"

        return word_file(p("Before.") + f"<w:tbl>{row('CANARY', 'CANARY')}{row('c', 'd')}</w:tbl>" + p("After."))

    def test_a_row_goes_when_all_of_it_goes(self) -> None:
        out = drop_paragraphs(self.table(), {1, 2})
        assert shown(out) == ["Before.", "c", "d", "After."]
        assert read(out).count(b"<w:tr>") == 1

    def test_a_table_goes_when_all_of_it_goes(self) -> None:
        out = drop_paragraphs(self.table(), {1, 2, 3, 4})
        assert shown(out) == ["Before.", "After."]
        assert b"w:tbl" not in read(out)

    def test_a_cell_keeps_an_empty_paragraph(self) -> None:
        assert shown(drop_paragraphs(self.table(), {1})) == ["Before.", "", "CANARY", "c", "d", "After."]


def test_the_end_of_a_section_is_handed_on() -> None:
    section = '<w:sectPr><w:type w:val="nextPage"/></w:sectPr>'
    out = drop_paragraphs(word_file(p("One.") + p("CANARY", properties=section) + p("Two.")), {1})
    assert shown(out) == ["One.", "Two."]
    assert read(out).index(b"nextPage") < read(out).index(b"One.")


def test_nothing_dropped_gives_back_the_file_itself() -> None:
    assert drop_paragraphs(BASE.read_bytes(), ()) == BASE.read_bytes()


def test_a_text_with_tracked_changes_is_refused() -> None:
    data = word_file('<w:p><w:ins w:id="1" w:author="A"><w:r><w:t>x</w:t></w:r></w:ins></w:p>')
    with pytest.raises(UnreadableFile, match="still has tracked changes"):
        drop_paragraphs(data, {0})


@pytest.mark.parametrize("clause", range(2, 56, 7))
def test_any_stretch_of_the_demonstration_can_go(clause: int) -> None:
    base = BASE.read_bytes()
    before = shown(base)
    out = drop_paragraphs(base, range(clause, clause + 4))
    gone = {text for text in before[clause : clause + 4] if len(text) > 20}
    assert [text for text in before[:clause] + before[clause + 4 :] if text] == [text for text in shown(out) if text]
    assert not any(text.encode() in everything(out) for text in gone)


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_what_is_left_is_all_that_was_not_left_out(data: st.DataObject) -> None:
    base = data.draw(a_document())
    before = shown(base)
    dropped = data.draw(st.sets(st.integers(0, len(before) - 1)))
    out = shown(drop_paragraphs(base, dropped))
    left = [text for at, text in enumerate(before) if at not in dropped]
    assert [text for text in out if text] == [text for text in left if text]
    assert out.count("") <= before.count("") + len(dropped)
