"""What people report of other readers of tracked changes, each drawn anew with its true answer."""

import pytest
from lxml import etree

from folkmoot.engines import redline
from folkmoot.engines.redline._reject import reject_file
from tests.engines.redline import test_changes
from tests.engines.redline.builders import Pen, draft, w
from tests.engines.redline.faults import FAULTS, NOT_SO_HERE, fault, tested
from tests.engines.redline.numbered import ONE, place
from tests.engines.redline.test_changes import BO, BY, gone, ins, para, r
from tests.engines.redline.test_merge import with_thread
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


@fault(2)
def test_a_comment_on_added_words_is_told() -> None:
    data = word_file(para(r("a ") + f"<w:ins {BY}>{hung(r('new'))}</w:ins>"), parts=comments(comment(0, "Why?")))
    [told] = redline.changes(data).comments
    assert (told.on, told.text) == ("new", "Why?")


@fault(10)
@pytest.mark.parametrize("kind", ["footnotes", "endnotes", "header", "footer"])
def test_a_comment_outside_the_body_is_told_with_its_place(kind: str) -> None:
    inner = para(hung(r("here")))
    tag = {"footnotes": "footnote", "endnotes": "endnote"}.get(kind)
    content = f'<w:{tag} w:id="2">{inner}</w:{tag}>' if tag else inner
    root = {"header": "hdr", "footer": "ftr"}.get(kind, kind)
    story = {f"word/{kind}.xml": (kind, f"{WORD}{kind}+xml", part(root, content))}
    [told] = redline.changes(word_file(p("x"), parts={**comments(comment(0, "Why?")), **story})).comments
    assert (told.on, told.clause) == ("here", f"{tag} 1" if tag else kind)


@fault(31)
def test_replies_and_what_was_resolved_are_told() -> None:
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


@fault(11, 12, 13)
def test_a_move_of_two_paragraphs_is_one_change_and_counts_its_words_once() -> None:

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


@fault(27)
def test_a_deleted_list_item_keeps_its_number_and_those_after_theirs() -> None:
    item = f"<w:p><w:pPr>{NUMBERED}<w:rPr><w:del {BY}/></w:rPr></w:pPr>{gone('two')}</w:p>"
    edited = f"<w:p><w:pPr>{NUMBERED}</w:pPr>{r('three')}{ins('!')}</w:p>"
    data = word_file(p("one", properties=NUMBERED) + item + edited, parts=NUMBERS)
    assert [(change.kind, change.clause) for change in redline.changes(data).changes] == [
        ("paragraph-delete", "2"),
        ("insert", "3"),
    ]
    assert [clause.number for clause in redline.clauses(redline.flatten(data))] == ["1", "2"]


@fault(28)
def test_a_paragraph_that_moved_away_leaves_no_bare_number() -> None:
    moved = (
        f"<w:p><w:pPr>{NUMBERED}<w:rPr><w:moveFrom {BY}/></w:rPr></w:pPr><w:moveFrom {BY}>{r('two')}</w:moveFrom></w:p>"
    )
    data = word_file(p("one", properties=NUMBERED) + moved + p("three", properties=NUMBERED), parts=NUMBERS)
    assert [clause.text for clause in redline.clauses(redline.flatten(data))] == ["one", "three"]


@fault(22)
def test_touching_changes_of_two_people_stay_two() -> None:
    found = redline.changes(word_file(para(ins("a") + ins("b", BO)))).changes
    assert [(change.author, change.after) for change in found] == [(ANN, "a"), ("Bo Hall", "b")]


@fault(36)
def test_a_decision_in_many_runs_is_one_change() -> None:
    data = word_file(para(gone("a") + gone("b") + gone("c") + ins("x") + ins("y")))
    [change] = redline.changes(data).changes
    assert (change.kind, change.before, change.after, change.marks) == ("replace", "abc", "xy", 5)


@fault(16)
def test_two_marks_with_one_id_are_two() -> None:
    """Word itself writes an id twice at times."""
    found = redline.changes(word_file(para(ins("a") + r(" mid ") + ins("b")))).changes
    assert [change.after for change in found] == ["a", "b"]


def test_a_mark_without_author_and_date_is_told() -> None:
    [change] = redline.changes(word_file(para(r("a") + f'<w:ins w:id="1">{r("b")}</w:ins>'))).changes
    assert (change.author, change.date, change.after) == ("", None, "b")


@fault(34)
def test_the_text_of_a_deleted_footnote_goes_with_its_reference() -> None:
    reference = f'<w:del {BY}><w:r><w:footnoteReference w:id="2"/></w:r></w:del>'
    note = f'<w:footnote w:id="2">{p("secret")}</w:footnote>'
    parts = {"word/footnotes.xml": ("footnotes", f"{WORD}footnotes+xml", part("footnotes", note))}
    plain = redline.flatten(word_file(para(r("a") + reference), parts=parts))
    assert b"secret" not in read(plain, "word/footnotes.xml")


@fault(26)
def test_rejecting_leaves_no_mark_in_a_cell() -> None:
    pen = Pen(draft(rows=(("a", "b"), ("c", "d")))).replace(3, "a", "x").insert_paragraph(4, "more")
    assert count_marks(reject_file(pen.save())) == 0


# Reading


def both(data: bytes) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return redline.text(data, view="accepted"), redline.text(data, view="rejected")


@fault(1, 5, 6, 8)
def test_each_state_of_a_text_is_whole() -> None:
    parted = f"<w:p><w:pPr><w:rPr><w:ins {BY}/></w:rPr></w:pPr>{r('one ')}</w:p>{p('two')}"
    joined = f"<w:p><w:pPr><w:rPr><w:del {BY}/></w:rPr></w:pPr>{r('three ')}</w:p>{p('four')}"
    added = f"<w:p><w:pPr><w:rPr><w:ins {BY}/></w:rPr></w:pPr>{ins('wholly new')}</w:p>"
    data = word_file(parted + joined + added + para(r("a ") + gone("b") + ins("c")))
    assert both(data) == (("one ", "two", "three four", "wholly new", "a c"), ("one two", "three ", "four", "a b"))
    kinds = [change.kind for change in redline.changes(data).changes]
    assert kinds == ["paragraph-insert", "paragraph-delete", "paragraph-insert", "replace"]


BOLD = f"<w:rPr><w:b/><w:rPrChange {BY}><w:rPr/></w:rPrChange></w:rPr>"
CENTRED = f'<w:jc w:val="center"/><w:pPrChange {BY}><w:pPr/></w:pPrChange>'
GONE = f"<w:tr><w:trPr><w:del {BY}/></w:trPr><w:tc>{p('gone')}</w:tc></w:tr>"
ROW = f"<w:tbl>{GONE}<w:tr><w:tc>{p('kept')}</w:tc></w:tr></w:tbl>"
MOVED = f"<w:p><w:moveFrom {BY}>{r('far')}</w:moveFrom></w:p>{p('mid')}<w:p><w:moveTo {BY}>{r('far')}</w:moveTo></w:p>"
EVERYTHING = word_file(
    f"<w:p><w:r>{BOLD}<w:t>bold</w:t></w:r></w:p>{p('middle', properties=CENTRED)}{ROW}{MOVED}"
    f"{para(ins('new') + gone('old'), f'<w:ins {BY}/>')}{p('last')}"
)


@fault(4, 7, 9, 25)
def test_accepting_all_leaves_no_mark_of_any_kind_and_each_was_told() -> None:
    kinds = {change.kind for change in redline.changes(EVERYTHING).changes}
    assert kinds >= {"format", "row-delete", "move", "replace"}
    looks = [change.after for change in redline.changes(EVERYTHING).changes if change.kind == "format"]
    assert looks == ["bold", "paragraph alignment center"]
    plain = redline.flatten(EVERYTHING)
    assert count_marks(plain) == 0
    assert "gone" not in redline.text(plain, view="rejected")


@fault(21)
def test_the_true_time_of_a_mark_is_told() -> None:
    space = "http://schemas.microsoft.com/office/word/2023/wordml/word16du"
    utc = f'xmlns:w16du="{space}" w16du:dateUtc="2026-07-01T08:30:00Z"'
    data = word_file(para(f'<w:ins w:id="1" w:author="A" w:date="2026-07-01T09:30:00Z" {utc}>{r("x")}</w:ins>'))
    assert redline.changes(data).changes[0].date == "2026-07-01T08:30:00Z"


# Several returns


def merged(base: bytes, *datas: bytes) -> tuple[redline.Consolidation, bytes]:
    offices = ("Leeds", "York")
    returns = [redline.ReturnFile(f"{o}.docx", o, data) for o, data in zip(offices, datas, strict=False)]
    found, carried = redline.consolidate_and_merge(base, returns)
    assert carried.data is not None
    return found, carried.data


def tree(data: bytes, name: str = "word/document.xml") -> etree._Element:
    return etree.fromstring(read(data, name))


BASE = draft(title="Draft position")


@fault(3, 19)
def test_what_an_office_deletes_stays_deleted_and_nothing_is_accepted() -> None:
    data = Pen(BASE).delete(1, "forty ").insert(2, "Each office", " of ours").save()
    _, whole = merged(BASE, data)
    assert both(whole) == both(data)
    assert count_marks(whole) == count_marks(data) == 2
    assert not [run for mark in tree(whole).iter(w("del")) for run in mark.iter(w("t"))]


@fault(14, 15)
def test_a_written_move_has_one_range_on_each_side_however_many_runs_it_has() -> None:
    runs = Pen(Pen(BASE).embolden(1, "forty").save())
    _, whole = merged(redline.flatten(Pen(BASE).embolden(1, "forty").save()), runs.move(1, 4).save())
    root = tree(whole)
    names = {}
    for side in ("moveFrom", "moveTo"):
        [start], [end] = root.findall(f".//{w(side)}RangeStart"), root.findall(f".//{w(side)}RangeEnd")
        assert start.get(w("id")) == end.get(w("id"))
        names[side] = start.get(w("name"))
        order = list(root.iter())
        marks = [mark for mark in root.iter(w(side)) if len(mark)]
        assert marks
        assert all(order.index(start) < order.index(mark) < order.index(end) for mark in marks)
    assert names["moveFrom"] == names["moveTo"]


@fault(16, 17, 18)
def test_a_draft_with_marks_and_bookmarks_and_a_return_edited_both_ways() -> None:
    marked = f'<w:bookmarkStart w:id="1" w:name="here"/>{r("The members shall meet ")}<w:bookmarkEnd w:id="1"/>'
    base = word_file(para(marked + gone("soon") + ins("often") + r(" this year.")) + p("A second line."))
    both_ways = marked + gone("soon") + ins("often") + r(" every year.")
    data = word_file(para(both_ways) + para(r("A ") + gone("second") + ins("third") + r(" line.")))
    found, whole = merged(base, data)
    assert [(a.before, a.after, a.tracked) for a in found.amendments] == [
        ("this", "every", False),
        ("second", "third", True),
    ]
    numbered = ("ins", "del", "bookmarkStart")
    numbers = [element.get(w("id")) for element in tree(whole).iter(*map(w, numbered))]
    assert len(set(numbers)) == len(numbers) > 3
    assert redline.text(whole, view="rejected")[0] == "The members shall meet soon this year."


@fault(20)
def test_pasted_paragraphs_without_a_mark_are_told_beside_the_one_that_has_one() -> None:
    data = Pen(Pen(BASE).insert_paragraph(2, "First pasted.").save()).add_paragraph(3, "Second pasted.").save()
    found, whole = merged(BASE, data)
    assert [(a.kind, a.after, a.tracked) for a in found.amendments] == [
        ("paragraph-insert", "First pasted.", True),
        ("paragraph-insert", "Second pasted.", False),
    ]
    assert redline.text(whole, view="accepted") == redline.text(data, view="accepted")


@fault(23, 24)
def test_who_made_a_change_and_when_is_kept() -> None:
    first = Pen(BASE, author="Ann Lee", date="2026-11-02T09:30:00Z").replace(1, "forty", "fifty").save()
    second = Pen(first, author="Bo Hall", date="2026-11-04T17:00:00Z").delete(2, "one officer and ").save()
    _, whole = merged(BASE, second)
    told = [(mark.get(w("author")), mark.get(w("date"))) for mark in tree(whole).iter(w("ins"), w("del"))]
    assert told == [
        *[("Leeds: Ann Lee", "2026-11-02T09:30:00Z")] * 2,
        ("Leeds: Bo Hall", "2026-11-04T17:00:00Z"),
    ]


@fault(29, 30)
def test_each_answer_stays_with_its_own_comment_and_has_a_place_and_an_identity() -> None:
    answered = with_thread(Pen(BASE).comment(1, "forty", "Too short.").comment(1, "days", "Agreed.").save())
    _, whole = merged(BASE, answered, answered)
    by_author = {(c.author, c.parent is None): c for c in redline.changes(whole).comments}
    for office in ("Leeds: Ann Lee", "York: Ann Lee"):
        assert by_author[office, False].parent == by_author[office, True].id
    ids = {comment.get(w("id")) for comment in tree(whole, "word/comments.xml").iter(w("comment"))}
    for mark in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        assert {anchor.get(w("id")) for anchor in tree(whole).iter(w(mark))} == ids
    identities = [line.get(f"{{{W14}}}paraId", "") for line in tree(whole, "word/comments.xml").iter(w("p"))]
    assert len(set(identities)) == len(identities) == 4
    assert all(0 < int(identity, 16) < 0x80000000 for identity in identities)


@fault(32)
def test_accepting_a_replacement_under_a_comment_leaves_no_half_of_it() -> None:
    data = word_file(para(hung(gone("old") + ins("new"))), parts=comments(comment(0, "Why?")))
    plain = redline.flatten(data)
    anchors = ("commentRangeStart", "commentRangeEnd", "commentReference")
    assert not list(tree(plain).iter(*map(w, anchors)))
    _, whole = merged(word_file(p("old")), data)
    assert [(c.on, c.text) for c in redline.changes(whole).comments] == [("new", "Why?")]
    assert [len(list(tree(whole).iter(w(name)))) for name in anchors] == [1, 1, 1]


@fault(35)
def test_identities_that_a_program_gave_anew_make_no_difference() -> None:
    def lines(*identities: str) -> bytes:
        return word_file(
            "".join(f'<w:p w14:paraId="{one}">{r(text)}</w:p>' for one, text in zip(identities, "abc", strict=True))
        )

    found, _ = merged(lines("00000001", "00000002", "00000003"), lines("00000003", "00000001", "0000000F"))
    assert found.amendments == ()
    assert found.returns[0].status == "unchanged"


def test_every_fault_that_people_report_has_a_test_or_a_reason() -> None:
    assert test_changes.TestGoogle.test_answers_share_the_range_of_their_comment  # its module has noted what it tests
    assert set(FAULTS) == set(tested) | set(NOT_SO_HERE) == set(range(1, 38))
    assert not set(tested) & set(NOT_SO_HERE)
