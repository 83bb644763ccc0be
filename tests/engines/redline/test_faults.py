"""What people report of other readers of tracked changes, each drawn anew with its true answer, and its thread."""

import pytest

from folkmoot.engines import redline
from folkmoot.engines.redline._reject import reject_file
from tests.engines.redline.builders import Pen, draft
from tests.engines.redline.numbered import ONE, place
from tests.engines.redline.test_changes import BO, BY, gone, ins, para, r
from tests.engines.redline.walk import count_marks
from tests.engines.redline.words import WORD, p, part, read, word_file

ANN = "Ann Lee"
W15 = "http://schemas.microsoft.com/office/word/2012/wordml"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
NUMBERS = {"word/numbering.xml": ("numbering", f"{WORD}numbering+xml", part("numbering", ONE))}
NUMBERED = place(1, 0)


def hung(words: str, number: int = 0) -> str:
    start, end = (f'<w:commentRange{side} w:id="{number}"/>' for side in ("Start", "End"))
    return f'{start}{words}{end}<w:r><w:commentReference w:id="{number}"/></w:r>'


def comments(*inner: str) -> dict[str, tuple[str, str, str]]:
    return {"word/comments.xml": ("comments", f"{WORD}comments+xml", part("comments", "".join(inner)))}


def comment(number: int, text: str, key: str = "") -> str:
    identity = f' xmlns:w14="{W14}" w14:paraId="{key}"' if key else ""
    return f'<w:comment w:id="{number}" w:author="Cy"><w:p{identity}>{r(text)}</w:p></w:comment>'


def test_a_comment_on_added_words_is_told() -> None:
    """jgm/pandoc 9833."""
    data = word_file(para(r("a ") + f"<w:ins {BY}>{hung(r('new'))}</w:ins>"), parts=comments(comment(0, "Why?")))
    [told] = redline.changes(data).comments
    assert (told.on, told.text) == ("new", "Why?")


@pytest.mark.parametrize("kind", ["footnotes", "endnotes", "header", "footer"])
def test_a_comment_outside_the_body_is_told_with_its_place(kind: str) -> None:
    """ui-insight/vandalizer 822."""
    inner = para(hung(r("here")))
    tag = {"footnotes": "footnote", "endnotes": "endnote"}.get(kind)
    content = f'<w:{tag} w:id="2">{inner}</w:{tag}>' if tag else inner
    root = {"header": "hdr", "footer": "ftr"}.get(kind, kind)
    story = {f"word/{kind}.xml": (kind, f"{WORD}{kind}+xml", part(root, content))}
    [told] = redline.changes(word_file(p("x"), parts={**comments(comment(0, "Why?")), **story})).comments
    assert (told.on, told.clause) == ("here", f"{tag} 1" if tag else kind)


def test_replies_and_what_was_resolved_are_told() -> None:
    """JSv4/Docxodus 540."""
    entries = (
        '<w15:commentEx w15:paraId="00000001" w15:done="1"/>'
        '<w15:commentEx w15:paraId="00000002" w15:paraIdParent="00000001" w15:done="1"/>'
    )
    extended = f'<w15:commentsEx xmlns:w15="{W15}">{entries}</w15:commentsEx>'
    link = "http://schemas.microsoft.com/office/2011/relationships/commentsExtended"
    parts = {
        **comments(comment(0, "Why?", "00000001"), comment(1, "Because.", "00000002")),
        "word/commentsExtended.xml": (link, f"{WORD}commentsExtended+xml", extended),
    }
    data = word_file(para(hung(hung(r("here"), 1))), parts=parts)
    assert sorted((c.text, c.parent, c.resolved) for c in redline.changes(data).comments) == [
        ("Because.", "0", True),
        ("Why?", None, True),
    ]


def test_a_move_of_two_paragraphs_is_one_change_and_counts_its_words_once() -> None:
    """superdoc/docx-editor 3999; bokuweb/docx-rs 879."""

    def side(kind: str, number: int) -> str:
        mark = f"<w:{kind} {BY}/>"
        start = f'<w:{kind}RangeStart w:id="{number}" w:name="m" w:author="{ANN}"/>'
        lines = [para(f"<w:{kind} {BY}>{r(text)}</w:{kind}>", mark) for text in ("one", "two")]
        return f'{start}{"".join(lines)}<w:{kind}RangeEnd w:id="{number}"/>'

    data = word_file(p("a") + side("moveFrom", 5) + p("b") + side("moveTo", 6) + p("c"))
    [change] = redline.changes(data).changes
    assert (change.kind, change.before, change.after, change.marks) == ("move", "one\ntwo", "one\ntwo", 8)
    assert redline.text(data, view="accepted") == ("a", "b", "one", "two", "c")
    assert redline.text(data, view="rejected") == ("a", "one", "two", "b", "c")


def test_a_deleted_list_item_keeps_its_number_and_those_after_theirs() -> None:
    """OfficeDev/Open-Xml-PowerTools 140."""
    item = f"<w:p><w:pPr>{NUMBERED}<w:rPr><w:del {BY}/></w:rPr></w:pPr>{gone('two')}</w:p>"
    edited = f"<w:p><w:pPr>{NUMBERED}</w:pPr>{r('three')}{ins('!')}</w:p>"
    data = word_file(p("one", properties=NUMBERED) + item + edited, parts=NUMBERS)
    assert [(change.kind, change.clause) for change in redline.changes(data).changes] == [
        ("paragraph-delete", "2"),
        ("insert", "3"),
    ]
    assert [clause.number for clause in redline.clauses(redline.flatten(data))] == ["1", "2"]


def test_a_paragraph_that_moved_away_leaves_no_bare_number() -> None:
    """developer0hye/office2pdf 1710."""
    moved = (
        f"<w:p><w:pPr>{NUMBERED}<w:rPr><w:moveFrom {BY}/></w:rPr></w:pPr><w:moveFrom {BY}>{r('two')}</w:moveFrom></w:p>"
    )
    data = word_file(p("one", properties=NUMBERED) + moved + p("three", properties=NUMBERED), parts=NUMBERS)
    assert [clause.text for clause in redline.clauses(redline.flatten(data))] == ["one", "three"]


def test_touching_changes_of_two_people_stay_two() -> None:
    """nearai/ironclaw 7163."""
    found = redline.changes(word_file(para(ins("a") + ins("b", BO)))).changes
    assert [(change.author, change.after) for change in found] == [(ANN, "a"), ("Bo Hall", "b")]


def test_a_decision_in_many_runs_is_one_change() -> None:
    """eigenpal/docx-editor 202."""
    data = word_file(para(gone("a") + gone("b") + gone("c") + ins("x") + ins("y")))
    [change] = redline.changes(data).changes
    assert (change.kind, change.before, change.after, change.marks) == ("replace", "abc", "xy", 5)


def test_two_marks_with_one_id_are_two() -> None:
    """anthropics/skills 489: Word itself writes an id twice at times."""
    found = redline.changes(word_file(para(ins("a") + r(" mid ") + ins("b")))).changes
    assert [change.after for change in found] == ["a", "b"]


def test_a_mark_without_author_and_date_is_told() -> None:
    [change] = redline.changes(word_file(para(r("a") + f'<w:ins w:id="1">{r("b")}</w:ins>'))).changes
    assert (change.author, change.date, change.after) == ("", None, "b")


def test_the_text_of_a_deleted_footnote_goes_with_its_reference() -> None:
    """JSv4/Docxodus 591."""
    reference = f'<w:del {BY}><w:r><w:footnoteReference w:id="2"/></w:r></w:del>'
    note = f'<w:footnote w:id="2">{p("secret")}</w:footnote>'
    parts = {"word/footnotes.xml": ("footnotes", f"{WORD}footnotes+xml", part("footnotes", note))}
    plain = redline.flatten(word_file(para(r("a") + reference), parts=parts))
    assert b"secret" not in read(plain, "word/footnotes.xml")


def test_rejecting_leaves_no_mark_in_a_cell() -> None:
    """superdoc/docx-editor 3981."""
    pen = Pen(draft(rows=(("a", "b"), ("c", "d")))).replace(3, "a", "x").insert_paragraph(4, "more")
    assert count_marks(reject_file(pen.save())) == 0
