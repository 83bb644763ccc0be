"""One document with every office's marks: its laws hold for whatever the offices did."""

import json
import os
import shutil
import subprocess
from collections import Counter
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from folkmoot.engines import redline
from tests.engines.redline.builders import CLAUSES, Pen, draft, keep_only, w
from tests.engines.redline.words import WORD, part, word_file

DEMO = Path(__file__).parents[3] / "src/folkmoot/demo/word"
OFFICES = ("Leeds", "York", "Hull")
ROWS = (("Alpha line", "Beta line"), ("Gamma line", "Delta line"), ("Epsilon line", "Zeta line"))
BASE = draft(title="Draft position", rows=ROWS)
PARAGRAPHS = len(redline.text(BASE, view="rejected"))
IN_TABLE = range(4, 10)
NUMBERED = (
    *("ins", "del", "moveFrom", "moveTo", "moveFromRangeStart", "moveToRangeStart", "rPrChange", "pPrChange"),
    *("bookmarkStart", "comment"),
)


def merge(base: bytes, *datas: bytes) -> tuple[bytes, list[redline.ReturnFile]]:
    returns = [redline.ReturnFile(f"{o}.docx", o, data) for o, data in zip(OFFICES, datas, strict=False)]
    _, merged = redline.consolidate_and_merge(base, returns)
    assert merged.data is not None, merged.not_carried
    return merged.data, returns


def check_laws(base: bytes, *datas: bytes) -> bytes:
    merged, returns = merge(base, *datas)
    assert redline.text(merged, view="rejected") == redline.text(base, view="rejected")
    for one in returns:
        kept = redline.text(keep_only(merged, one.office), view="accepted")
        assert kept == redline.text(one.data, view="accepted"), one.office
    assert not repeated_ids(merged)
    return merged


def repeated_ids(data: bytes) -> list[str]:
    counted: Counter[str] = Counter()
    with ZipFile(BytesIO(data)) as archive:
        for name in archive.namelist():
            if name in ("word/document.xml", "word/comments.xml", "word/footnotes.xml"):
                root = etree.fromstring(archive.read(name))
                counted.update(element.get(w("id")) for element in root.iter(*map(w, NUMBERED)))
    return [number for number, times in counted.items() if times > 1]


def xml(data: bytes, name: str = "word/document.xml") -> etree._Element:
    with ZipFile(BytesIO(data)) as archive:
        return etree.fromstring(archive.read(name))


def authors(data: bytes, *names: str) -> list[str]:
    return [mark.get(w("author")) for mark in xml(data).iter(*map(w, names))]


def words_of(at: int) -> list[str]:
    return redline.text(BASE, view="rejected")[at].split()


ACTIONS = (
    *("replace", "replace", "delete", "insert", "rewrite", "split", "join", "bold", "comment"),
    *("paragraph", "return", "gone", "gone backwards", "move", "row gone", "row new", "quiet drop", "quiet add"),
)
WITHIN_CELLS = ("replace", "delete", "insert", "rewrite", "bold", "row gone", "row new")


@st.composite
def edited(draw: st.DrawFn) -> bytes:
    """A return: at most one thing done to each paragraph, by one of two people."""
    pen = Pen(BASE)
    touched: set[int] = set()
    for number in range(draw(st.integers(0, 6))):
        action = draw(st.sampled_from(ACTIONS))
        at = draw(st.integers(0, PARAGRAPHS - 1))
        pen.author = draw(st.sampled_from(("Ann Lee", "Bo Hall")))
        if at in touched or (at in IN_TABLE and action not in WITHIN_CELLS):
            continue
        touched.add(at)
        act(
            pen,
            action,
            at,
            draw(st.integers(0, len(words_of(at)) - 1)),
            draw(st.sampled_from(("new", "other words", "=x"))),
            number,
        )
    return pen.save()


def act(pen: Pen, action: str, at: int, word: int, text: str, number: int) -> None:
    old = words_of(at)[word]
    simple = {
        "replace": lambda: pen.replace(at, old, text),
        "delete": lambda: pen.delete(at, old),
        "insert": lambda: pen.insert(at, old if word else "", f" {text} "),
        "rewrite": lambda: pen.rewrite(at, old, text),
        "split": lambda: pen.split(at, old) if word else pen,
        "join": lambda: pen.join(at) if at + 1 < PARAGRAPHS and at + 1 not in IN_TABLE else pen,
        "bold": lambda: pen.embolden(at, old),
        "comment": lambda: pen.comment(at, old, f"About {text}"),
        "paragraph": lambda: pen.insert_paragraph(at, text),
        "return": lambda: pen.insert_paragraph_by_return(at, text),
        "gone": lambda: pen.delete_paragraph(at),
        "gone backwards": lambda: pen.delete_paragraph_backwards(at) if at and at - 1 not in IN_TABLE else pen,
        "move": lambda: pen.move(at, 1 if at > 2 else PARAGRAPHS - 2, f"move{number}"),
        "quiet drop": lambda: pen.drop_paragraph(at),
        "quiet add": lambda: pen.add_paragraph(at, text),
        "row gone": lambda: pen.mark_row((at - 4) // 2, "del") if at in IN_TABLE else pen,
        "row new": lambda: pen.add_row((at - 4) // 2, (text, "fresh")) if at in IN_TABLE else pen,
    }
    simple[action]()


Asked = tuple[str, str, int, int, int, str, str]


def asked(consolidation: redline.Consolidation) -> tuple[set[Asked], set[frozenset[Asked]], set[frozenset[Asked]]]:
    """What is asked for, which of it has the same effect, and which conflicts, without the numbers of a reading."""
    own = {a.id: (a.office, a.kind, a.paragraph, a.start, a.end, a.before, a.after) for a in consolidation.amendments}
    groups: dict[str, set[Asked]] = {}
    for amendment in consolidation.amendments:
        groups.setdefault(amendment.group, set()).add(own[amendment.id])
    pairs = {frozenset({own[a.id], own[other]}) for a in consolidation.amendments for other in a.conflicts}
    return set(own.values()), {frozenset(group) for group in groups.values()}, pairs


@settings(max_examples=300, deadline=None)
@given(st.lists(edited(), min_size=2, max_size=3))
def test_the_order_of_the_returns_makes_no_difference(datas: list[bytes]) -> None:
    returns = [redline.ReturnFile(f"{o}.docx", o, data) for o, data in zip(OFFICES, datas, strict=False)]
    assert asked(redline.consolidate(BASE, returns)) == asked(redline.consolidate(BASE, returns[::-1]))


@settings(max_examples=60, deadline=None)
@given(st.lists(edited(), min_size=1, max_size=3))
def test_rejecting_all_gives_the_base_and_keeping_one_office_gives_its_text(datas: list[bytes]) -> None:
    check_laws(BASE, *datas)


class TestMarks:
    def test_a_mark_names_its_office_and_its_author(self) -> None:
        merged = check_laws(BASE, Pen(BASE).replace(1, "forty", "fifty").save())
        assert authors(merged, "ins", "del") == ["Leeds: Ann Lee", "Leeds: Ann Lee"]

    def test_a_mark_that_several_offices_share_names_them_all(self) -> None:
        merged = check_laws(
            BASE,
            Pen(BASE).replace(1, "forty", "fifty").save(),
            Pen(BASE, author="Bo Hall").replace(1, "forty", "fifty").save(),
        )
        assert authors(merged, "ins", "del") == ["Leeds: Ann Lee; York: Bo Hall"] * 2

    def test_conflicting_changes_stand_side_by_side(self) -> None:
        merged = check_laws(
            BASE,
            Pen(BASE).replace(1, "forty", "fifty").save(),
            Pen(BASE).replace(1, "within forty days", "at once").save(),
        )
        added = ["".join(mark.itertext()) for mark in xml(merged).iter(w("ins"))]
        assert added == ["fifty", "at once"]

    def test_an_edit_without_a_mark_gets_one(self) -> None:
        merged = check_laws(BASE, Pen(BASE).rewrite(1, "forty", "fourteen").save())
        assert authors(merged, "ins", "del") == ["Leeds: tracking off"] * 2

    @pytest.mark.parametrize("new", [(), ("Put in.",), ("Put in.", "And more.")])
    @pytest.mark.parametrize("gone", [(12,), (11, 12)])
    def test_paragraphs_dropped_and_put_in_at_the_end_without_marks(
        self, gone: tuple[int, ...], new: tuple[str, ...]
    ) -> None:
        pen = Pen(BASE)
        for at in gone:
            pen.drop_paragraph(at)
        for text in reversed(new):
            pen.add_paragraph(gone[0] - 1, text)
        check_laws(BASE, pen.save(), Pen(BASE).replace(11, "keeps", "holds").save())

    def test_a_cell_that_became_two_paragraphs(self) -> None:
        base = draft(rows=(("12", "15"), ("18", "21")))
        check_laws(base, Pen(base).rewrite(3, "12", "thirteen").add_paragraph(3, "or so").save())

    def test_everything_after_a_table_replaced_without_marks(self) -> None:
        pen = Pen(BASE).drop_paragraph(10).drop_paragraph(11).rewrite(12, CLAUSES[5], "Something else.")
        check_laws(BASE, pen.save())

    def test_cells_that_say_something_else_altogether(self) -> None:
        base = draft(rows=(("12", "15"), ("18", "21")))
        check_laws(
            base, Pen(base).rewrite(3, "12", "13").rewrite(4, "15", "16").save(), Pen(base).rewrite(6, "21", "").save()
        )

    def test_a_move_stays_a_move_with_a_name_of_its_own(self) -> None:
        merged = check_laws(BASE, Pen(BASE).move(1, 11).save(), Pen(BASE).move(2, 11).save())
        root = xml(merged)
        names = {
            kind: sorted(mark.get(w("name")) for mark in root.iter(w(f"{kind}RangeStart")))
            for kind in ("moveFrom", "moveTo")
        }
        assert names["moveFrom"] == names["moveTo"]
        assert len(set(names["moveFrom"])) == 2
        assert len(list(root.iter(w("moveFromRangeEnd")))) == 2
        found = redline.changes(merged).changes
        assert [change.kind for change in found] == ["move", "move"]

    def test_a_format_change_is_carried(self) -> None:
        merged = check_laws(BASE, Pen(BASE).embolden(1, "forty").save())
        [change] = redline.changes(merged).changes
        assert (change.kind, change.after, change.author) == ("format", "bold", "Leeds: Ann Lee")

    def test_undated_marks_stay_undated(self) -> None:
        merged = check_laws(BASE, Pen(BASE, date=None).delete(1, "forty ").save())
        assert next(xml(merged).iter(w("del"))).get(w("date")) is None

    def test_an_unreadable_return_is_left_out(self) -> None:
        merged, _ = merge(BASE, b"nothing", Pen(BASE).delete(1, "forty ").save())
        assert authors(merged, "del") == ["York: Ann Lee"]

    def test_a_base_with_marks_of_its_own_is_merged_on_its_rejected_text(self) -> None:
        base = (
            Pen(BASE, author="Secretariat").replace(2, "officer", "delegate").insert_paragraph(3, "Draft line.").save()
        )
        check_laws(base, Pen(base).replace(1, "forty", "fifty").save(), base)

    def test_a_base_that_ends_in_an_added_paragraph(self) -> None:
        base = Pen(BASE).insert_paragraph(PARAGRAPHS - 1, "One more.").save()
        check_laws(base, Pen(base).replace(1, "forty", "fifty").save(), base)

    def test_the_same_input_gives_the_same_bytes(self) -> None:
        datas = (Pen(BASE).move(1, 11).save(), Pen(BASE).replace(2, "one officer", "two officers").save())
        assert merge(BASE, *datas)[0] == merge(BASE, *datas)[0]


class TestComments:
    def test_comments_of_all_offices_are_carried(self) -> None:
        merged = check_laws(
            BASE,
            Pen(BASE).comment(1, "forty", "Too short.").save(),
            Pen(BASE, author="Bo Hall").comment(1, "forty days", "Too long.").save(),
        )
        found = redline.changes(merged).comments
        assert [(c.author, c.on, c.text) for c in found] == [
            ("Leeds: Ann Lee", "forty", "Too short."),
            ("York: Bo Hall", "forty days", "Too long."),
        ]

    def test_the_drafts_own_comments_stay_and_are_not_doubled(self) -> None:
        base = Pen(BASE, author="Secretariat").comment(2, "officer", "Which?").save()
        merged = check_laws(base, Pen(base).comment(1, "forty", "Too short.").save())
        assert [(c.author, c.text) for c in redline.changes(merged).comments] == [
            ("Leeds: Ann Lee", "Too short."),
            ("Secretariat", "Which?"),
        ]

    def test_threads_and_their_state_survive(self) -> None:
        answered = with_thread(Pen(BASE).comment(1, "forty", "Too short.").comment(1, "days", "Agreed.").save())
        merged = check_laws(BASE, answered, answered)
        found = redline.changes(merged).comments
        assert [c.text for c in found] == ["Too short.", "Too short.", "Agreed.", "Agreed."]
        opening = {c.author: c for c in found if c.parent is None}
        replies = {c.author: c for c in found if c.parent is not None}
        assert {author: reply.parent for author, reply in replies.items()} == {
            author: opener.id for author, opener in opening.items()
        }
        assert all(opener.resolved for opener in opening.values())


def with_thread(data: bytes) -> bytes:
    """The second comment made an answer to the first, which is resolved, as Word lists it."""
    w14, w15 = (
        "http://schemas.microsoft.com/office/word/2010/wordml",
        "http://schemas.microsoft.com/office/word/2012/wordml",
    )
    with ZipFile(BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    comments = etree.fromstring(parts["word/comments.xml"])
    for number, paragraph in enumerate(comments.iter(w("p"))):
        paragraph.set(f"{{{w14}}}paraId", f"0000000{number + 1}")
    parts["word/comments.xml"] = etree.tostring(comments)
    parts["word/commentsExtended.xml"] = (
        f'<w15:commentsEx xmlns:w15="{w15}"><w15:commentEx w15:paraId="00000001" w15:done="1"/>'
        '<w15:commentEx w15:paraId="00000002" w15:paraIdParent="00000001" w15:done="0"/></w15:commentsEx>'
    ).encode()
    parts["word/_rels/document.xml.rels"] = parts["word/_rels/document.xml.rels"].replace(
        b"</Relationships>",
        b'<Relationship Id="rIdX" Type="http://schemas.microsoft.com/office/2011/relationships/commentsExtended" '
        b'Target="commentsExtended.xml"/></Relationships>',
    )
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
        b"</Types>",
        b'<Override PartName="/word/commentsExtended.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        b'wordprocessingml.commentsExtended+xml"/></Types>',
    )
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue()


class TestRows:
    def test_a_row_that_one_office_adds_and_one_that_another_takes(self) -> None:
        merged = check_laws(
            BASE, Pen(BASE).add_row(1, ("New one", "New two")).save(), Pen(BASE).mark_row(0, "del").save()
        )
        kinds = {change.kind: change.author for change in redline.changes(merged).changes}
        assert kinds == {"row-insert": "Leeds: Ann Lee", "row-delete": "York: Ann Lee"}


def test_the_demonstrations_returns_merge_by_the_same_laws() -> None:
    truth = json.loads((DEMO / "truth.json").read_text(encoding="utf-8"))
    base = (DEMO / truth["base"]).read_bytes()
    returns = [
        redline.ReturnFile(answer["file"], answer["office"], (DEMO / answer["file"]).read_bytes())
        for answer in truth["returns"]
    ]
    earlier = [(DEMO / name).read_bytes() for name in truth["earlier"]]
    found, woven = redline.consolidate_and_merge(base, returns, earlier=earlier)
    merged = woven.data
    assert merged is not None
    assert woven.not_carried == ()
    assert redline.text(merged, view="rejected") == redline.text(base, view="rejected")
    assert not repeated_ids(merged)
    for one, status in zip(returns, found.returns, strict=True):
        if status.status in ("tracked", "untracked", "mixed", "unchanged"):
            kept = redline.text(keep_only(merged, one.office), view="accepted")
            assert kept == redline.text(one.data, view="accepted"), one.office


@pytest.mark.slow
def test_libreoffice_opens_it_and_reads_the_same_text(tmp_path: Path) -> None:
    soffice = shutil.which("soffice")
    assert soffice, "LibreOffice is needed to prove that the merged file opens."
    merged = check_laws(
        BASE,
        Pen(BASE).move(1, 11).replace(2, "one officer", "two officers").comment(3, "papers", "All of them?").save(),
        Pen(BASE, author="Bo Hall").delete_paragraph(1).insert_paragraph(2, "A new line.").mark_row(1, "del").save(),
        Pen(BASE).split(11, "secretariat").embolden(12, "paper").rewrite(10, "objects", "disagrees").save(),
    )
    file = tmp_path / "merged.docx"
    file.write_bytes(merged)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run(
        [soffice, profile, "--headless", "--convert-to", "fodt", "--outdir", str(tmp_path), str(file)],
        check=True, timeout=120, capture_output=True, env={**os.environ, "HOME": str(tmp_path)},
    )  # fmt: skip
    converted = (tmp_path / "merged.fodt").read_text(encoding="utf-8")
    for name in ("Leeds: Ann Lee", "York: Bo Hall", "Hull: Ann Lee", "Hull: tracking off"):
        assert name in converted
    for text in (CLAUSES[3][:20], "A new line.", "two officers", "All of them?"):
        assert text in converted


NOTE_BY = 'w:id="1" w:author="Ann Lee" w:date="2026-11-02T09:30:00Z"'


def noted(*, added: bool) -> bytes:
    """A paragraph with a footnote that an office added, or without it."""
    reference = f'<w:ins {NOTE_BY}><w:r><w:footnoteReference w:id="7"/></w:r></w:ins>' if added else ""
    body = f"<w:p><w:r><w:t>{CLAUSES[0]}</w:t></w:r>{reference}</w:p>"
    text = f"<w:p><w:ins {NOTE_BY}><w:r><w:t>See the annex.</w:t></w:r></w:ins></w:p>"
    notes = part("footnotes", f'<w:footnote w:id="7">{text}</w:footnote>')
    return word_file(
        body, parts={"word/footnotes.xml": ("footnotes", f"{WORD}footnotes+xml", notes)} if added else None
    )


def test_an_added_footnote_comes_with_its_text() -> None:
    base = noted(added=False)
    merged = check_laws(base, noted(added=True), noted(added=True))
    references = [mark.get(w("id")) for mark in xml(merged).iter(w("footnoteReference"))]
    notes = {
        note.get(w("id")): "".join(note.itertext()) for note in xml(merged, "word/footnotes.xml").iter(w("footnote"))
    }
    assert [notes[reference] for reference in references] == ["See the annex."] * 2
    assert len(set(references)) == 2
