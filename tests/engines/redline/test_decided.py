"""The table that is decided elsewhere: laid out, filled in as people do, read back, and the draft written from it."""

import copy
import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from lxml import etree

from folkmoot.engines import redline
from folkmoot.engines.redline import NoDecisions
from tests.engines.redline.builders import CLAUSES, Pen, draft, w
from tests.office import ask

pytestmark = pytest.mark.one_database

BASE = draft()
RETURNS = (
    redline.ReturnFile(
        "a.docx", "Leeds", Pen(BASE).replace(0, "forty", "=sixty").comment(2, "papers", "Which papers?").save()
    ),
    redline.ReturnFile(
        "b.docx", "York", Pen(BASE).rewrite(1, "one officer", "two officers").insert(0, "notice", " & leave").save()
    ),
    redline.ReturnFile("c.docx", "Hull", Pen(BASE).replace(0, "forty", "ten").delete(3, "half of ").save()),
)
FOUND = redline.consolidate(BASE, RETURNS)
DAY = date(2026, 11, 25)
WHEN = datetime(2026, 11, 25, 12, tzinfo=UTC)
TABLE = redline.amendment_document(FOUND, title="Amendments to the draft", today=DAY)
ROWS = {row.before or row.after: row for row in redline.amendment_rows(FOUND)}
SIXTY = next(row.number for row in redline.amendment_rows(FOUND) if row.after == "=sixty")
LEAVE, HALF = ROWS[" & leave"].number, ROWS["half of "].number
DECISION, REASON = 6, 7


def said(element: etree._Element) -> str:
    return "".join(text.text for text in element.iter(w("t")))


class Hand:
    """A person with a word processor and the table."""

    def __init__(self, data: bytes = TABLE) -> None:
        self.document = Document(BytesIO(data))
        self.tables = list(self.document.element.body.iter(w("tbl")))

    def row(self, number: str) -> etree._Element:
        return next(row for table in self.tables for row in table.iter(w("tr")) if number in said(row))

    def cell(self, number: str, column: int) -> etree._Element:
        return self.row(number).findall(w("tc"))[column]

    def write(self, number: str, column: int, words: str, mark: str = "") -> "Hand":
        """Words typed over what a cell holds; with a mark the old ones stay as deleted, the new as inserted."""
        paragraph = self.cell(number, column).find(w("p"))
        for old in [child for child in paragraph if child.tag != w("pPr")]:
            paragraph.remove(old)
        holder = etree.SubElement(paragraph, w(mark)) if mark else paragraph
        holder.attrib.update({w("id"): "7", w("author"): "Officer"} if mark else {})
        etree.SubElement(etree.SubElement(holder, w("r")), w("delText" if mark == "del" else "t")).text = words
        return self

    def decide(self) -> "Hand":
        """Two decisions: one taken, one not."""
        return self.write(SIXTY, DECISION, "Taken").write(HALF, DECISION, "not taken").write(HALF, REASON, "No.")

    def save(self) -> bytes:
        out = BytesIO()
        self.document.save(out)
        return out.getvalue()


def decisions(data: bytes) -> redline.Decisions:
    return redline.read_decisions(redline.read_tables(data).tables)


def verdicts(data: bytes) -> dict[str, tuple[str, str]]:
    return {row.number: (row.verdict, row.reason) for row in decisions(data).rows}


TWO = {SIXTY: ("taken", ""), HALF: ("not", "No.")}


class TestLayout:
    def test_it_is_wide_its_head_is_repeated_and_no_row_is_cut(self) -> None:
        document = Document(BytesIO(TABLE))
        assert document.sections[0].orientation == WD_ORIENT.LANDSCAPE
        assert document.sections[0].page_width > document.sections[0].page_height
        for table in document.element.body.iter(w("tbl")):
            rows = table.findall(w("tr"))
            assert [row.find(f"{w('trPr')}/{w('tblHeader')}") is not None for row in rows] == [
                True,
                *[False] * (len(rows) - 1),
            ]
            assert all(row.find(f"{w('trPr')}/{w('cantSplit')}") is not None for row in rows)

    def test_the_change_is_struck_and_underlined_in_its_place_and_is_no_tracked_change(self) -> None:
        cell = Hand().cell(SIXTY, 4)
        looks = {style.get(w("val")): said(style.getparent().getparent()) for style in cell.iter(w("rStyle"))}
        assert (looks["Wordsgone"], looks["Wordsadded"]) == ("forty", "=sixty")
        styles = Document(BytesIO(TABLE)).styles
        assert styles["Words gone"].font.strike and styles["Words added"].font.underline
        assert not redline.changes(TABLE).changes

    def test_each_decision_is_chosen_from_a_list(self) -> None:
        control = Hand().cell(SIXTY, DECISION).find(f".//{w('dropDownList')}")
        assert [item.get(w("value")) for item in control] == ["Taken", "Taken in part", "Not taken", "Parked"]

    def test_a_comment_stands_with_its_words_its_answers_and_its_state(self) -> None:
        row = redline.CommentRow("k1", "1", "Leeds", "Ann", "papers", "Which?", "Bo: These.", resolved=True)
        said = redline.read_tables(redline.table_document([], [row], title="T", handling="OFFICIAL", today=DAY)).tables[
            0
        ][1]
        assert said == ("k1", "1", "Leeds\nAnn", "papers", "Which?", "Bo: These.", "Resolved", "", "")

    def test_the_handling_mark_is_on_every_page_and_the_bytes_are_the_same_each_time(self) -> None:
        row = redline.TableRow("a1", "1", "Leeds\x00", "<b>", "\tA & B\nC", decision="Not taken", reason="One.\nTwo.")
        made = [redline.table_document([row], [], title="T", handling="OFFICIAL", today=DAY) for _ in range(2)]
        assert made[0] == made[1]
        section = Document(BytesIO(made[0])).sections[0]
        assert section.header.paragraphs[0].text == section.footer.paragraphs[0].text == "OFFICIAL"
        assert decisions(made[0]).rows == (redline.Decided("Row 2", "a1", "not", "One.\nTwo.", ""),)

    def test_an_empty_round(self) -> None:
        nothing = redline.table_document([], [], title="T", handling="", today=DAY)
        assert "No office asks for a change." in redline.text(nothing, view="accepted")


def _as_it_left(hand: Hand) -> None:
    pass


def _sorted(hand: Hand) -> None:
    _, *rows = hand.tables[0].findall(w("tr"))
    for row in reversed(rows):
        hand.tables[0].append(row)


def _partly_deleted(hand: Hand) -> None:
    for row in hand.tables[0].findall(w("tr"))[1:]:
        if not any(number in said(row) for number in TWO):
            hand.tables[0].remove(row)


def _retyped(hand: Hand) -> None:
    hand.write(SIXTY, 4, "somebody typed over this").write(SIXTY, 0, f" {SIXTY.upper()} ").write(HALF, 2, "Kingston")


def _copied(hand: Hand) -> None:
    row = hand.row(SIXTY)
    row.addnext(copy.deepcopy(row))


def _columns_moved(hand: Hand) -> None:
    for row in hand.tables[0].findall(w("tr")):
        cells = row.findall(w("tc"))
        cells[0].addprevious(cells[DECISION])


def _table_split(hand: Hand) -> None:
    rows = hand.tables[0].findall(w("tr"))
    second = copy.deepcopy(hand.tables[0])
    hand.tables[0].addnext(second)
    hand.tables[0].addnext(etree.Element(w("p")))
    for place, row in enumerate(rows):
        (hand.tables[0] if place > 2 else second).remove(row if place > 2 else second.find(w("tr")))


def _titles_and_tables_of_others(hand: Hand) -> None:
    hand.tables[0].find(w("tr")).addprevious(copy.deepcopy(hand.row(HALF)))
    for cell in hand.tables[0].find(w("tr")).findall(w("tc")):
        for run in list(cell.iter(w("r"))):
            run.getparent().remove(run)
    hand.document.add_table(2, 3).cell(1, 1).text = "taken"


def _decided_with_tracking_on(hand: Hand) -> None:
    hand.write(SIXTY, DECISION, "Taken", "ins").write(HALF, DECISION, "Not taken.", "ins")
    hand.write(LEAVE, DECISION, "Taken", "del")


def _row_deleted_with_tracking_on(hand: Hand) -> None:
    hand.write(LEAVE, DECISION, "Taken")
    etree.SubElement(hand.row(LEAVE).find(w("trPr")), w("del")).attrib.update({w("id"): "8", w("author"): "Officer"})


def _typed_into_a_list_that_still_asks(hand: Hand) -> None:
    control = hand.cell(LEAVE, DECISION)
    for text in control.iter(w("t")):
        text.text = "Choose an item."


@pytest.mark.requirement("A18")
@pytest.mark.parametrize(
    "change",
    [
        *(_as_it_left, _sorted, _partly_deleted, _retyped, _copied, _columns_moved, _table_split),
        *(_titles_and_tables_of_others, _decided_with_tracking_on, _row_deleted_with_tracking_on),
        _typed_into_a_list_that_still_asks,
    ],
)
def test_what_people_do_to_a_table_changes_no_decision(change: Callable[[Hand], None]) -> None:
    hand = Hand().decide()
    change(hand)
    assert verdicts(hand.save()) == TWO


def test_one_cell_merged_over_two_rows_decides_both_and_a_split_row_keeps_its_number() -> None:
    hand = Hand().write(SIXTY, DECISION, "Parked")
    below = hand.row(SIXTY).getnext()
    number = said(below.find(w("tc")))
    _merge(hand.cell(SIXTY, DECISION), "restart")
    _merge(hand.cell(number, DECISION), "")
    assert verdicts(hand.save()) == {SIXTY: ("parked", ""), number: ("parked", "")}

    split = Hand().write(SIXTY, DECISION, "Taken")
    second = copy.deepcopy(split.row(SIXTY))
    split.row(SIXTY).addnext(second)
    _merge(split.cell(SIXTY, 0), "restart")
    _merge(second.findall(w("tc"))[0], "")
    for text in second.findall(w("tc"))[0].iter(w("t")):
        text.text = ""
    for text in second.findall(w("tc"))[DECISION].iter(w("t")):
        text.text = "Parked"
    found = decisions(split.save())
    assert found.rows == () and "stands twice, with two decisions" in found.problems[0]


def _merge(cell: etree._Element, val: str) -> None:
    merge = etree.SubElement(cell.find(w("tcPr")), w("vMerge"))
    if val:
        merge.set(w("val"), val)
    else:
        for text in cell.iter(w("t")):
            text.text = ""


@pytest.mark.requirement("A18")
def test_libreoffice_saves_it_again_and_no_decision_is_lost(tmp_path: Path) -> None:
    source = tmp_path / "table.docx"
    source.write_bytes(Hand().decide().save())
    plain = tmp_path / "plain.docx"
    plain.write_bytes(TABLE)
    places = [row[0] for row in redline.read_tables(TABLE).tables[0]]
    typed = [[0, DECISION, places.index(SIXTY), "Taken"], [0, DECISION, places.index(HALF), "Not taken"]]
    typed += [[0, REASON, places.index(HALF), "No."]]
    jobs = [
        _job(tmp_path, "again", source, [], tracked=False),
        _job(tmp_path, "typed", plain, typed, tracked=False),
        _job(tmp_path, "tracked", plain, typed, tracked=True),
    ]
    assert all("value" in answer for answer in ask("fill", jobs))
    for name in ("again", "typed", "tracked"):
        assert verdicts((tmp_path / f"{name}.docx").read_bytes()) == TWO, name
    assert [row[0] for row in redline.read_tables((tmp_path / "again.docx").read_bytes()).tables[0]] == places


def _job(folder: Path, name: str, source: Path, cells: list[list[Any]], *, tracked: bool) -> Path:
    told = {"source": str(source), "target": str(folder / f"{name}.docx"), "cells": cells, "tracked": tracked}
    job = folder / f"{name}.json"
    job.write_text(json.dumps(told))
    return job


def test_changes_tracked_in_the_table_are_told() -> None:
    assert not redline.read_tables(Hand().decide().save()).tracked
    assert redline.read_tables(Hand().write(SIXTY, DECISION, "Taken", "ins").save()).tracked


HEAD = ("Number", "Decision", "Reason for the decision", "Words that go in")


class TestWrongRows:
    """Each row that cannot be used is named by its place, with what to do; the others come."""

    @pytest.mark.parametrize(
        ("row", "said"),
        [
            (("", "taken"), "has no number"),
            (("a1", "perhaps"), "“perhaps” is no decision"),
            (("a1", "not taken"), "the reason is missing"),
            (("a1", "in part", "", "ten"), "the reason is missing"),
            (("a1", "", "Too late."), "no decision. Write taken"),
            (("a1", "Choose", "", "ten"), "no decision. Write taken"),
            (("a1", "taken", "", "ten"), "words go in only where a part is taken"),
        ],
    )
    def test_it_is_named(self, row: tuple[str, ...], said: str) -> None:
        found = redline.read_decisions([(HEAD, row, ("a2", "Taken"))])
        assert [each.number for each in found.rows] == ["a2"]
        assert len(found.problems) == 1 and found.problems[0].startswith("Row 2: ") and said in found.problems[0]

    def test_a_number_that_stands_three_times_with_two_decisions_decides_nothing(self) -> None:
        found = redline.read_decisions([(HEAD, ("a1", "taken"), ("a1", "parked"), ("a1", "taken"))])
        assert found.rows == () and found.problems == (
            "Row 3: this number stands twice, with two decisions. Keep one of them.",
        )

    def test_what_says_nothing_is_counted_and_an_empty_row_is_not(self) -> None:
        found = redline.read_decisions([(HEAD, ("a1", ""), ("", ""), ("a2", "Choose"))])
        assert (found.rows, found.undecided, found.problems) == ((), 2, ())

    @pytest.mark.parametrize("tables", [[], [()], [(("Clause", "Decision"), ("1", "taken"))]])
    def test_no_such_table(self, tables: Any) -> None:
        with pytest.raises(NoDecisions, match="no table with columns called “Number” and “Decision”"):
            redline.read_decisions(tables)


def made_of(*rows: tuple[str, ...], returns: Any = RETURNS, base: bytes = BASE) -> redline.NextDraft:
    found = redline.read_decisions([(HEAD, *rows)])
    return redline.next_draft(base, returns, found, author="Secretariat", date=WHEN)


class TestNextDraft:
    @pytest.mark.requirement("A23")
    def test_it_is_written_from_the_decisions_clean_and_tracked(self) -> None:
        made = made_of((SIXTY, "taken"), (LEAVE, "part taken", "Short.", " and leave"), (HALF, "not", "No."))
        text = [CLAUSES[0].replace("forty", "=sixty").replace("notice", "notice and leave"), *CLAUSES[1:]]
        assert list(redline.text(made.clean, view="accepted")) == text
        assert list(redline.text(made.tracked, view="accepted")) == text
        assert redline.text(made.tracked, view="rejected") == CLAUSES
        assert not redline.changes(made.clean).changes
        assert {change.author for change in redline.changes(made.tracked).changes} == {"Secretariat"}
        assert [(r.office, r.verdict) for r in made.amendments] == [
            ("Leeds", "taken"),
            ("York", "part"),
            ("Hull", "not"),
        ]
        assert len(made.undecided) == 3  # Hull's ten, York's two officers, and the comment

    def test_nothing_is_accepted_by_the_program(self) -> None:
        made = made_of((SIXTY, "parked"), (HALF, "not", "No."))
        assert made.clean == made.tracked == BASE
        assert made.not_put == ()

    def test_a_further_return_and_another_order_move_no_decision(self) -> None:
        more = redline.ReturnFile("d.docx", "Bath", Pen(BASE).insert(0, "", "Note: ").save())
        made = made_of((SIXTY, "taken"), returns=(more, *reversed(RETURNS)))
        assert redline.text(made.clean, view="accepted")[0] == CLAUSES[0].replace("forty", "=sixty")

    def test_of_two_that_contradict_each_other_the_second_is_told(self) -> None:
        ten = next(row.number for row in redline.amendment_rows(FOUND) if row.after == "ten")
        made = made_of((SIXTY, "taken"), (ten, "taken"))
        assert [(one.office, one.reason.split(" change")[0]) for one in made.not_put] == [
            ("Hull", "It touches the same words as")
        ]

    def test_part_without_words_and_a_stranger_are_told(self) -> None:
        made = made_of((HALF, "part", "Partly."), ("a9-aaaaaaaa", "taken"))
        assert made.not_put[0].reason == "Taken in part, without the words that go in: change the text by hand."
        assert made.problems[0].startswith("Row 3: nothing in these returns bears the number “a9-aaaaaaaa”.")

    def test_comments_are_decided_too(self) -> None:
        number = redline.comment_rows(FOUND)[0].number
        made = made_of((number, "not", "They are listed."))
        assert [(r.office, r.verdict, r.reason) for r in made.comments] == [("Leeds", "not", "They are listed.")]
        assert made.clean == BASE
