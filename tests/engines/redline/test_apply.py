"""Agreed changes go into the base and nowhere else; every law holds for any list of edits."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from folkmoot.engines.redline._apply import apply_edits
from folkmoot.engines.redline._body import texts
from folkmoot.engines.redline._compose import DraftClause, compose
from folkmoot.engines.redline._edits import Applied, Edit
from folkmoot.engines.redline._errors import UnreadableFile
from folkmoot.engines.redline._flatten import flatten
from folkmoot.engines.redline._package import Package
from folkmoot.engines.redline._stories import body_of
from folkmoot.engines.redline._values import Kind

from .words import WORD, R, a_document, names, p, part, read, word_file

BASE = Path(__file__).parents[3] / "src/folkmoot/demo/word/base.docx"
WHEN = datetime(2026, 11, 25, 9, 40, tzinfo=UTC)
REVENUE = "of at least three years, paid in one grant"


JOIN = Edit("a", "paragraph-delete", 0, 4, 4, "\n")


def applied(base: bytes, *edits: Edit) -> Applied:
    return apply_edits(base, edits, author="Secretariat", date=WHEN)


def shown(data: bytes, view: str = "accepted") -> list[str]:
    return list(texts(body_of(Package.open(data)).blocks, "accepted" if view == "accepted" else "rejected"))


def placed(base: bytes, *edits: Edit) -> list[str]:
    """The text with the edits made, after checking every law on the way."""
    result = applied(base, *edits)
    assert result.unplaced == ()
    return checked(base, result)


def checked(base: bytes, result: Applied) -> list[str]:
    clean = shown(result.clean)
    assert shown(result.tracked) == clean
    assert shown(result.tracked, "rejected") == shown(base)
    assert shown(flatten(result.tracked)) == clean
    ids = re.findall(rb'<w:(?:ins|del|pPrChange) [^>]*w:id="(\d+)"', read(result.tracked))
    assert len(ids) == len(set(ids))
    return clean


def inline(text: str, marked: str, *, paragraph: int = 0, kind: Kind = "replace") -> Edit:
    """`marked` is a part of the text with [before>after] in it."""
    prefix, before, after, suffix = re.fullmatch(r"(.*)\[(.*)>(.*)\](.*)", marked, re.S).groups()  # type: ignore[union-attr]
    start = text.index(prefix + before + suffix) + len(prefix)
    return Edit(marked, kind, paragraph, start, start + len(before), before, after)


class TestInsideAParagraph:
    def test_words_are_replaced_inserted_and_deleted(self) -> None:
        text = "a settlement of at least three years, paid in one grant"
        base = word_file(p("Before.") + p(text) + p("After."))
        edits = (
            inline(text, "[a >]settlement", paragraph=1, kind="delete"),
            inline(text, "least [three>five] years", paragraph=1),
            inline(text, "grant[>, each year]", paragraph=1, kind="insert"),
        )
        assert placed(base, *edits) == [
            "Before.",
            "settlement of at least five years, paid in one grant, each year",
            "After.",
        ]

    def test_new_words_look_like_those_they_replace_or_follow(self) -> None:
        bold = '<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">three years</w:t></w:r>'
        base = word_file(
            f'<w:p><w:r><w:t xml:space="preserve">at least </w:t></w:r>{bold}<w:r><w:t>, paid</w:t></w:r></w:p>'
        )
        text = "at least three years, paid"
        clean = read(applied(base, inline(text, "[three>five]"), inline(text, "years[> or more]")).clean).decode()
        assert re.findall(r"<w:rPr><w:b/></w:rPr><w:t[^>]*>([^<]*)", clean) == ["five", " years", " or more"]

    def test_insertions_at_one_place_keep_their_order(self) -> None:
        base = word_file(p("one two"))
        edits = [Edit(str(n), "insert", 0, 3, 3, "", f" {n}") for n in range(3)]
        assert placed(base, *edits) == ["one 0 1 2 two"]

    def test_an_insertion_beside_a_replacement_stays_beside_it(self) -> None:
        base = word_file(p("one two"))
        edits = (
            Edit("r", "replace", 0, 4, 7, "two", "2"),
            Edit("i", "insert", 0, 4, 4, "", "and "),
            Edit("e", "insert", 0, 7, 7, "", "!"),
        )
        assert placed(base, *edits) == ["one and 2!"]

    def test_everything_may_go_and_something_come_at_the_start(self) -> None:
        base = word_file(p("one", " two"))
        edits = (Edit("d", "delete", 0, 0, 7, "one two", ""), Edit("i", "insert", 0, 0, 0, "", "three"))
        assert placed(base, *edits) == ["three"]

    def test_an_empty_paragraph_can_be_filled(self) -> None:
        base = word_file("<w:p/>" + p("End."))
        assert placed(base, Edit("i", "insert", 0, 0, 0, "", "Now it says\tthis.")) == ["Now it says\tthis.", "End."]

    def test_text_after_a_link_is_not_part_of_it(self) -> None:
        link = f'<w:hyperlink r:id="rIdX" xmlns:r="{R}"><w:r><w:t>the law</w:t></w:r></w:hyperlink>'
        base = word_file(f"<w:p><w:r><w:t>see </w:t></w:r>{link}</w:p>")
        result = applied(base, Edit("i", "insert", 0, 10, 10, "", " today"))
        assert b"</w:hyperlink><w:r><w:t" in read(result.clean)
        assert checked(base, result) == ["seethe law today"]

    def test_a_field_goes_whole_or_keeps_its_marks(self) -> None:
        def char(kind: str) -> str:
            return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

        field = char("begin") + "<w:r><w:instrText> REF x </w:instrText></w:r>" + char("separate")
        field += "<w:r><w:t>clause 4</w:t></w:r>" + char("end")
        base = word_file(f'<w:p><w:r><w:t xml:space="preserve">see </w:t></w:r>{field}<w:r><w:t>.</w:t></w:r></w:p>')
        whole = applied(base, Edit("d", "delete", 0, 4, 12, "clause 4", ""))
        assert b"fldChar" not in read(whole.clean) and b"instrText" not in read(whole.clean)
        assert b"delInstrText" in read(whole.tracked)
        assert checked(base, whole) == ["see ."]
        part_of_it = applied(base, Edit("d", "replace", 0, 11, 12, "4", "5"))
        assert read(part_of_it.clean).count(b"fldChar ") == 3
        assert checked(base, part_of_it) == ["see clause 5."]

    def test_a_new_line_parts_the_paragraph(self) -> None:
        base = word_file(p("One. Two. Three.", properties='<w:pStyle w:val="Body"/>') + p("End."))
        result = applied(base, Edit("s", "replace", 0, 4, 5, " ", "\nMiddle.\n"))
        assert checked(base, result) == ["One.", "Middle.", "Two. Three.", "End."]
        assert read(result.clean).count(b'<w:pStyle w:val="Body"/>') == 3

    def test_characters_that_xml_cannot_hold_are_left_out(self) -> None:
        assert shown(applied(word_file(p("a")), Edit("i", "insert", 0, 1, 1, "", "\x00b\x1f")).clean) == ["ab"]


class TestWholeParagraphs:
    BODY = p("One.", properties='<w:pStyle w:val="Body"/>') + p("Two.") + p("Three.")

    def test_a_new_paragraph_has_the_style_of_the_one_before(self) -> None:
        base = word_file(self.BODY)
        result = applied(base, Edit("i", "paragraph-insert", 0, 4, 4, after="New."))
        assert checked(base, result) == ["One.", "New.", "Two.", "Three."]
        assert read(result.clean).count(b'<w:pStyle w:val="Body"/>') == 2

    @pytest.mark.parametrize("place", [-1, 0, 1, 2])
    def test_a_new_paragraph_may_stand_anywhere(self, place: int) -> None:
        expected = ["One.", "Two.", "Three."]
        end = len(expected[place]) if place >= 0 else 0
        expected.insert(place + 1, "New.")
        assert placed(word_file(self.BODY), Edit("i", "paragraph-insert", place, end, end, after="New.")) == expected

    def test_a_new_paragraph_may_stand_before_another(self) -> None:
        edits = (Edit("i", "paragraph-insert", 0, after="New."), Edit("j", "paragraph-insert", 0, after="Newer."))
        assert placed(word_file(self.BODY), *edits) == ["New.", "Newer.", "One.", "Two.", "Three."]

    def test_a_new_paragraph_under_a_heading_is_none(self) -> None:
        clauses = (DraftClause(1, "Money", ("We ask for some.",)), DraftClause(1, "Review"))
        base = compose("A title", clauses, today=WHEN.date())
        edits = (
            Edit("i", "paragraph-insert", 1, 5, 5, after="First."),
            Edit("j", "paragraph-insert", 3, 6, 6, after="Last."),
        )
        result = applied(base, *edits)
        assert checked(base, result) == ["A title", "Money", "First.", "We ask for some.", "Review", "Last."]
        assert [read(data).count(b"Heading1") for data in (base, result.clean)] == [2, 2]

    def test_two_paragraphs_are_joined(self) -> None:
        edits = (
            Edit("j", "paragraph-delete", 0, 4, 4, "\n", ""),
            Edit("d", "delete", 1, 2, 4, "o.\n", ""),
            Edit("i", "insert", 2, 0, 0, "", "and "),
        )
        assert placed(word_file(self.BODY), *edits) == ["One.Twand Three."]

    def test_a_paragraph_is_parted(self) -> None:
        edits = (Edit("p", "paragraph-insert", 0, 2, 2, "", "\n"), Edit("q", "paragraph-insert", 1, 1, 1, "", "Q."))
        assert placed(word_file(self.BODY), *edits) == ["On", "e.", "T", "Q.", "wo.", "Three."]

    @pytest.mark.parametrize("place", [0, 1, 2])
    def test_any_paragraph_may_go(self, place: int) -> None:
        expected = ["One.", "Two.", "Three."]
        gone = expected.pop(place)
        assert placed(word_file(self.BODY), Edit("d", "paragraph-delete", place, before=gone)) == expected

    def test_several_may_go_and_others_come(self) -> None:
        edits = (
            Edit("d1", "paragraph-delete", 1, before="Two."),
            Edit("d2", "paragraph-delete", 2, before="Three."),
            Edit("i1", "paragraph-insert", 2, 6, 6, after="A."),
            Edit("i2", "paragraph-insert", 2, 6, 6, after="B."),
        )
        assert placed(word_file(self.BODY), *edits) == ["One.", "A.", "B."]

    def test_the_only_paragraph_stays_as_an_empty_one(self) -> None:
        assert placed(word_file(p("One.")), Edit("d", "paragraph-delete", 0, before="One.")) == [""]

    @pytest.mark.parametrize(("source", "target"), [(0, 2), (2, 0), (2, -1), (0, 1), (1, 2)])
    def test_a_paragraph_moves_with_the_changes_inside_it(self, source: int, target: int) -> None:
        before = ["One.", "Two.", "Three."]
        anchor = before[target] if target >= 0 else None
        expected = [text for text in before if text != before[source]]
        expected.insert(0 if anchor is None else expected.index(anchor) + 1, "Oh " + before[source])
        edits = (
            Edit("m", "move", source, before=before[source], target=target),
            Edit("i", "insert", source, 0, 0, "", "Oh "),
        )
        assert placed(word_file(self.BODY), *edits) == expected

    def test_undoing_gives_back_the_looks_of_the_last_paragraph(self) -> None:
        base = word_file(p("One.", properties='<w:jc w:val="left"/>') + p("Two.", properties='<w:jc w:val="right"/>'))
        tracked = read(applied(base, Edit("d", "paragraph-delete", 1, before="Two.")).tracked).decode()
        assert re.search(r'<w:jc w:val="left"/>.*<w:pPrChange [^>]*><w:pPr><w:jc w:val="right"/></w:pPr>', tracked)

    def test_the_end_of_a_section_stays_where_it_is(self) -> None:
        section = '<w:sectPr><w:type w:val="nextPage"/></w:sectPr>'
        base = word_file(p("One.", properties=section) + p("Two."))
        gone = applied(base, Edit("d", "paragraph-delete", 0, before="One."))
        assert checked(base, gone) == ["", "Two."]
        assert read(gone.clean).count(b"nextPage") == 1
        more = applied(base, Edit("i", "paragraph-insert", 0, 4, 4, after="New."))
        assert checked(base, more) == ["One.", "New.", "Two."]
        assert f"One.</w:t></w:r></w:p><w:p><w:pPr>{section}</w:pPr>" in read(more.clean).decode()

    def test_half_a_bookmark_outlives_its_paragraph(self) -> None:
        start, end = '<w:bookmarkStart w:id="7" w:name="x"/>', '<w:bookmarkEnd w:id="7"/>'
        base = word_file(f"<w:p>{start}<w:r><w:t>One.</w:t></w:r></w:p><w:p><w:r><w:t>Two.</w:t></w:r>{end}</w:p>")
        clean = read(applied(base, Edit("d", "paragraph-delete", 0, before="One.")).clean)
        assert (clean.count(b"bookmarkStart"), clean.count(b"bookmarkEnd")) == (1, 1)


class TestRows:
    CELLS = (("a", "b"), ("c", "d"))

    def table(self) -> bytes:
        def cell(text: str) -> str:
            return f"<w:tc><w:tcPr/>{p(text)}</w:tc>"

        rows = "".join(f"<w:tr>{''.join(map(cell, row))}</w:tr>" for row in self.CELLS)
        return word_file(p("Before.") + f"<w:tbl><w:tblPr/><w:tblGrid/>{rows}</w:tbl>" + p("After."))

    def test_a_row_follows_the_one_it_is_given(self) -> None:
        edits = (Edit("i", "row-insert", 2, after="x\ty"), Edit("j", "row-insert", 2, after="z"))
        assert placed(self.table(), *edits) == ["Before.", "a", "b", "x", "y", "z", "", "c", "d", "After."]

    def test_a_row_with_content_controls_and_bookmarks_is_copied_without_them(self) -> None:
        mark = '<w:bookmarkStart w:id="5" w:name="x"/><w:bookmarkEnd w:id="5"/>'
        held = f"<w:sdt><w:sdtContent><w:tc>{p('held')}</w:tc></w:sdtContent></w:sdt>"
        base = word_file(f"<w:tbl><w:tr>{mark}<w:tc>{p('a')}</w:tc>{held}</w:tr></w:tbl>" + p("End."))
        result = applied(base, Edit("i", "row-insert", 1, after="x\ty"))
        assert checked(base, result) == ["a", "held", "x", "y", "End."]
        assert read(result.clean).count(b"bookmarkStart") == 1

    def test_a_row_opens_the_table_that_follows_its_paragraph(self) -> None:
        assert placed(self.table(), Edit("i", "row-insert", 0, after="x\ty"))[:4] == ["Before.", "x", "y", "a"]

    def test_a_row_goes(self) -> None:
        assert placed(self.table(), Edit("d", "row-delete", 1, before="a\tb")) == ["Before.", "c", "d", "After."]

    def test_a_table_goes_with_its_last_row(self) -> None:
        edits = (Edit("d", "row-delete", 1, before="a\tb"), Edit("e", "row-delete", 3, before="c\td"))
        result = applied(self.table(), *edits)
        assert checked(self.table(), result) == ["Before.", "After."]
        assert b"w:tbl>" not in read(result.clean)

    def test_the_only_paragraph_of_a_cell_stays_as_an_empty_one(self) -> None:
        assert placed(self.table(), Edit("d", "paragraph-delete", 1, before="a"))[1:3] == ["", "b"]
        edits = (Edit("d", "paragraph-delete", 2, before="b"), Edit("i", "paragraph-insert", 2, 1, 1, after="x"))
        assert checked(self.table(), applied(self.table(), *edits))[1:5] == ["a", "", "x", "c"]


class TestWhatCannotBeMade:
    @pytest.mark.parametrize(
        ("edits", "reason"),
        [
            ([Edit("a", "replace", 0, 0, 3, "Two", "1")], "The draft says “One”"),
            ([Edit("a", "replace", 9, 0, 3, "One", "1")], "no such paragraph"),
            ([Edit("a", "replace", 0, 2, 30, "e.", "1")], "shorter than"),
            ([Edit("x", "delete", 0, 0, 3, "One"), Edit("a", "replace", 0, 2, 4, "e.", "!")], "same words as change x"),
            ([Edit("x", "delete", 0, 0, 3, "One"), Edit("a", "insert", 0, 1, 1, "", "!")], "same words as change x"),
            ([Edit("x", "insert", 0, 1, 1, "", "!"), Edit("a", "delete", 0, 0, 3, "One")], "same words as change x"),
            ([Edit("x", "paragraph-delete", 0), Edit("a", "insert", 0, 1, 1, "", "!")], "deleted by change x"),
            ([Edit("x", "insert", 0, 1, 1, "", "!"), Edit("a", "paragraph-delete", 0)], "Change x is made inside"),
            ([Edit("x", "paragraph-delete", 0), Edit("a", "move", 0, target=1)], "already deleted by change x"),
            ([Edit("x", "move", 0, target=1), Edit("a", "paragraph-delete", 0)], "already moved by change x"),
            ([Edit("a", "move", 0)], "where the paragraph goes"),
            ([Edit("a", "move", 1, target=0)], "already stands there"),
            ([Edit("a", "paragraph-delete", 0, before="Other.")], "The paragraph says “One.”"),
            ([Edit("a", "row-delete", 0)], "no table row"),
            ([Edit("a", "format", 0)], "change of format"),
            ([Edit("a", "paragraph-delete", 1, 4, 4, "\n")], "No paragraph follows"),
            ([Edit("x", "paragraph-delete", 1), JOIN], "Change x stands between"),
            ([Edit("x", "paragraph-insert", 1), JOIN], "Change x stands between"),
            ([replace(JOIN, id="x"), Edit("a", "paragraph-delete", 1)], "Change x joins two"),
            ([replace(JOIN, id="x"), Edit("a", "paragraph-insert", 0, 4, 4)], "Change x joins two"),
            ([replace(JOIN, id="x"), Edit("a", "paragraph-insert", 1)], "Change x joins two"),
        ],
    )
    def test_it_is_told_with_the_reason(self, edits: list[Edit], reason: str) -> None:
        base = word_file(p("One.") + p("Two."))
        result = applied(base, *edits)
        assert [unplaced.edit_id for unplaced in result.unplaced] == ["a"]
        assert reason in result.unplaced[0].reason
        checked(base, result)

    def test_a_paragraph_with_a_footnote_is_not_moved(self) -> None:
        base = BASE.read_bytes()
        number = next(n for n, text in enumerate(shown(base)) if "twelve weeks" in text)
        result = applied(base, Edit("m", "move", number, target=0))
        assert "holds a footnote" in result.unplaced[0].reason

    def test_a_draft_with_changes_of_its_own_is_refused(self) -> None:
        base = word_file('<w:p><w:ins w:id="1" w:author="A"><w:r><w:t>x</w:t></w:r></w:ins></w:p>')
        with pytest.raises(UnreadableFile, match="still has tracked changes"):
            applied(base)
        assert shown(applied(flatten(base), Edit("i", "insert", 0, 1, 1, "", "y")).clean) == ["xy"]


class TestWhatSurvives:
    def test_nothing_to_do_gives_back_the_file_itself(self) -> None:
        base = BASE.read_bytes()
        assert applied(base) == Applied(base, base, ())

    def test_every_other_byte_stays(self) -> None:
        odd = "<w:p  w14:paraId='00AB12CD'><w:r><w:t>It&apos;s &#233;t&#xE9;</w:t></w:r ></w:p>"
        base = word_file(odd + p("One.") + odd)
        edit = Edit("r", "replace", 1, 0, 3, "One", "1")
        for data in (applied(base, edit).clean, applied(base, edit).tracked):
            assert read(data).count(odd.encode()) == 2
            head = read(base)[: read(base).index(b"One.") - 80]
            assert read(data).startswith(head)
            for name in names(base):
                assert name == "word/document.xml" or read(data, name) == read(base, name)

    def test_untouched_paragraphs_of_the_demonstration_are_the_same_bytes(self) -> None:
        base = BASE.read_bytes()
        number = next(n for n, text in enumerate(shown(base)) if REVENUE in text)
        edit = inline(shown(base)[number], "least [three>five] years", paragraph=number)
        before = re.findall(rb"<w:p>.*?</w:p>", read(base))
        after = re.findall(rb"<w:p>.*?</w:p>", read(applied(base, edit).tracked))
        assert len(before) == len(after) > 50
        assert [one == other for one, other in zip(before, after, strict=True)].count(False) == 1

    def test_a_deleted_reference_takes_its_note_along(self) -> None:
        notes = part("footnotes", f'<w:footnote w:id="1">{p("Secret note.")}</w:footnote>')
        reference = '<w:r><w:footnoteReference w:id="1"/></w:r>'
        body = f"<w:p><w:r><w:t>One</w:t></w:r>{reference}<w:r><w:t> two.</w:t></w:r></w:p>"
        base = word_file(body, parts={"word/footnotes.xml": ("footnotes", WORD + "footnotes+xml", notes)})
        result = applied(base, Edit("d", "delete", 0, 0, 6, shown(base)[0][:6], ""))
        assert b"Secret" not in read(result.clean, "word/footnotes.xml")
        assert b"Secret" in read(result.tracked, "word/footnotes.xml")


@st.composite
def an_edit(draw: st.DrawFn, paragraphs: list[str]) -> Edit:
    number = draw(st.integers(0, len(paragraphs) - 1))
    text = paragraphs[number]
    kind: Kind = draw(
        st.sampled_from(
            ("replace", "insert", "delete", "paragraph-insert", "paragraph-delete", "move", "row-insert", "row-delete")
        )
    )
    name = str(draw(st.integers(0, 10**6)))
    after = draw(st.text(alphabet="xy\n\t", min_size=1, max_size=4))
    if kind in ("replace", "insert", "delete"):
        start = draw(st.integers(0, len(text)))
        end = start if kind == "insert" else draw(st.integers(start, len(text)))
        if start == end:
            return Edit(name, "insert", number, start, end, "", after)
        return Edit(name, kind, number, start, end, text[start:end], "" if kind == "delete" else after)
    target = draw(st.integers(-1, len(paragraphs) - 1)) if kind == "move" else None
    if kind == "paragraph-insert":
        start = draw(st.integers(0, len(text)))
        return Edit(name, kind, number, start, start, "", after)
    if kind == "paragraph-delete" and draw(st.booleans()):
        start = draw(st.integers(0, len(text)))
        whole = start == len(text)
        return Edit(name, kind if whole else "delete", number, start, len(text), text[start:] + "\n", "")
    return Edit(name, kind, number, after=after if kind.endswith("insert") else "", target=target)


def test_two_new_paragraphs_between_the_same_two_stand_in_order_though_the_last_one_goes() -> None:
    base = word_file(p("First.") + p("Last."))
    after, before = (
        Edit("a", "paragraph-insert", 0, 6, 6, "", "One."),
        Edit("b", "paragraph-insert", 1, 0, 0, "", "Two."),
    )
    assert checked(base, applied(base, after, before, Edit("c", "paragraph-delete", 1))) == ["First.", "One.", "Two."]


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_the_laws_hold_for_any_edits(data: st.DataObject) -> None:
    base = data.draw(a_document())
    edits = data.draw(st.lists(an_edit(shown(base)), max_size=6, unique_by=lambda edit: edit.id))
    result = applied(base, *edits)
    checked(base, result)
    assert {unplaced.edit_id for unplaced in result.unplaced} <= {edit.id for edit in edits}
