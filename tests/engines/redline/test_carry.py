"""What cannot be carried into the merged file is named with its reason, and nothing unproved is handed over."""

import json
from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from folkmoot.apps.documents.reading import Reading
from folkmoot.cli import redline as cli
from folkmoot.cli.main import main
from folkmoot.engines import redline
from folkmoot.engines.redline import _carry, _proof
from folkmoot.engines.redline._consolidate import read_base, read_round
from folkmoot.engines.redline._merge import LeftOut, Source, Woven, merge
from tests.engines.redline.builders import CLAUSES, Pen, draft, keep_only
from tests.engines.redline.words import word_file

BASE = draft()
FIRST = Pen(BASE).replace(1, "one officer", "two officers").replace(2, "five", "ten").save()
SECOND = Pen(BASE, author="Bo Hall").replace(0, "forty", "fifty").save()
BY = 'w:id="1" w:author="Ann Lee" w:date="2026-11-02T09:30:00Z"'


def returned(*datas: bytes) -> list[redline.ReturnFile]:
    offices = ("Leeds", "York", "Hull")
    return [redline.ReturnFile(f"{o}.docx", o, data) for o, data in zip(offices, datas, strict=False)]


def test_nothing_is_said_where_everything_is_carried() -> None:
    _, merged = redline.consolidate_and_merge(BASE, returned(FIRST, SECOND))
    assert merged.data is not None
    assert merged.not_carried == ()


def paragraph(inside: str) -> bytes:
    return word_file(f"<w:p><w:r><w:t>It is so.</w:t></w:r>{inside}</w:p>")


@pytest.mark.parametrize(
    ("inside", "reason"),
    [
        (f"<w:ins {BY}><w:r><w:drawing/></w:r></w:ins>", "A drawing, an equation or a picture"),
        (
            f'<w:ins {BY}><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF a</w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>clause 3</w:t></w:r>'
            '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:ins>',
            "A field",
        ),
        (
            f'<w:r><w:rPr><w:effect w:val="lights"/><w:rPrChange {BY}><w:rPr/></w:rPrChange></w:rPr><w:t/></w:r>',
            "A change of format",
        ),
    ],
)
def test_what_is_not_carried_is_named_with_its_amendment(inside: str, reason: str) -> None:
    found, merged = redline.consolidate_and_merge(paragraph(""), returned(paragraph(inside)))
    assert merged.data is not None
    [one] = merged.not_carried
    assert one.reason.startswith(reason)
    assert one.amendment in {amendment.id for amendment in found.amendments}


def test_a_page_break_is_carried() -> None:
    broken = paragraph(f'<w:ins {BY}><w:r><w:br w:type="page"/></w:r></w:ins>')
    _, merged = redline.consolidate_and_merge(paragraph(""), returned(broken))
    assert merged.data is not None
    assert merged.not_carried == ()
    assert [change.after for change in redline.changes(merged.data).changes] == ["[page break]"]


def test_what_spoils_the_file_is_left_out_and_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def strict(woven: Woven, sources: Sequence[Source], left_out: LeftOut) -> list[_proof.Fault]:
        fault = _proof.Fault("Forced.", 0, "body", frozenset({1}))
        return [] if (0, "body", 1) in left_out else [fault]

    monkeypatch.setattr(_carry, "prove", strict)
    found, merged = redline.consolidate_and_merge(BASE, returned(FIRST, SECOND))
    assert merged.data is not None
    [one] = merged.not_carried
    [left_out] = [amendment for amendment in found.amendments if amendment.after == "two officers"]
    assert (one.amendment, one.office) == (left_out.id, "Leeds")
    assert "altered text" in one.reason
    said = redline.text(keep_only(merged.data, "Leeds"), view="accepted")
    assert "one officer" in said[1]
    assert "ten working days" in said[2]


def test_where_no_file_can_be_proved_there_is_none_and_the_table_all_the_same(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path
    monkeypatch.setattr(_carry, "prove", lambda *_: [_proof.Fault("A number stands in it twice.")])
    # The fault is forced here and would not be in a process of its own.
    monkeypatch.setattr(cli, "read", lambda _, *files, **how: Reading(redline.consolidate_and_merge(*files, **how)))
    (folder / "base.docx").write_bytes(BASE)
    (folder / "Leeds.docx").write_bytes(FIRST)
    out, table = folder / "out.docx", folder / "table.xlsx"
    files = (str(folder / "base.docx"), str(folder / "Leeds.docx"))
    code = main(["redline", "consolidate", *files, "--out", str(out), "--table", str(table)])
    said = capfd.readouterr()
    assert code == 0
    assert len(json.loads(said.out)["amendments"]) == 2
    assert not out.exists()
    assert table.exists()
    assert "was not written; the table holds every amendment." in said.err
    assert "A number stands in it twice." in said.err


class TestOlderDraft:
    """Its text is another draft's, so the proof is that the draft reads as its marks say."""

    rows = (("Town", "Share"), ("Aldermere", "Twelve"))
    earlier = draft(("The members shall meet within ninety days.", "A vote adopts.", *CLAUSES[1:5]), rows=rows)
    base = draft(CLAUSES, rows=rows)

    def merged(self, data: bytes) -> redline.Merged:
        returns = [redline.ReturnFile("Leeds.docx", "Leeds", data)]
        found, merged = redline.consolidate_and_merge(self.base, returns, earlier=[self.earlier])
        assert found.returns[0].status == "older-draft"
        return merged

    def test_its_marks_give_the_draft_with_its_changes(self) -> None:
        pen = Pen(self.earlier).replace(2, "one officer", "two officers").insert_paragraph(2, "New.")
        merged = self.merged(pen.delete_paragraph(8).save())
        assert merged.not_carried == ()
        assert merged.data is not None
        old = list(redline.text(self.base, view="rejected"))
        gone = old.index(CLAUSES[3])
        new = [old[0], old[1].replace("one officer", "two officers"), "New.", *old[2:gone], *old[gone + 1 :]]
        assert list(redline.text(keep_only(merged.data, "Leeds"), view="accepted")) == new

    def test_a_merged_file_that_does_not_is_found(self, monkeypatch: pytest.MonkeyPatch) -> None:
        faults: list[_proof.Fault] = []

        def spoiling(woven: Woven, sources: Sequence[Source], left_out: LeftOut) -> list[_proof.Fault]:
            faults.extend(_proof.prove(replace(woven, data=respelt(woven.data)), sources, left_out))
            return []

        monkeypatch.setattr(_carry, "prove", spoiling)
        self.merged(Pen(self.earlier).replace(2, "one officer", "two officers").save())
        assert {fault.what for fault in faults} == {"Keeping its marks alone does not give the draft with its changes."}

    def test_where_rows_keep_that_from_being_proved_it_is_said(self) -> None:
        [one] = self.merged(Pen(self.earlier).mark_row(1, "del").save()).not_carried
        assert (one.office, one.amendment) == ("Leeds", "")
        assert "was not proved" in one.reason


def respelt(data: bytes) -> bytes:
    """The file with what was added spelt otherwise."""
    out = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"two officers", b"too officers"))
    return out.getvalue()


def test_of_an_office_with_two_returns_it_is_said_that_neither_text_can_be_had() -> None:
    returns = [redline.ReturnFile(f"{n}.docx", "Leeds", data) for n, data in enumerate((FIRST, SECOND))]
    _, merged = redline.consolidate_and_merge(BASE, returns)
    assert merged.data is not None
    assert [one.file for one in merged.not_carried if "more than one return" in one.reason] == ["0.docx", "1.docx"]


class TestProof:
    """Each check fails on a file that breaks what it checks."""

    def faults(self, change: tuple[bytes, bytes], *, first: bytes = FIRST) -> set[str]:
        read = read_round(read_base(BASE), returned(first, SECOND), (), keep=True)
        sources = [Source("f", o, one) for o, one in zip(("Leeds", "York"), read.returned, strict=True) if one]
        woven = merge(BASE, sources, ())
        assert _proof.prove(woven, sources, ()) == []
        out = BytesIO()
        with ZipFile(BytesIO(woven.data)) as old, ZipFile(out, "w") as new:
            for name in old.namelist():
                data = old.read(name)
                new.writestr(name, data.replace(*change) if name == "word/document.xml" else data)
        broken = Woven(out.getvalue(), woven.base, woven.ink, woven.wanted)
        return {fault.what for fault in _proof.prove(broken, sources, ())}

    def test_the_draft_must_come_back(self) -> None:
        assert "Rejecting everything does not give the draft." in self.faults((b"working group", b"working party"))

    def test_each_offices_text_must_come_back(self) -> None:
        assert self.faults((b"two officers", b"two officials")) == {"Keeping its marks alone does not give its text."}

    def test_a_mark_must_bear_its_offices_name(self) -> None:
        assert "Keeping its marks alone does not give its text." in self.faults((b"York: Bo", b"York: Jo"))

    def test_a_change_of_format_must_be_there(self) -> None:
        bold = Pen(BASE).embolden(1, "one officer").save()
        assert self.faults((b"rPrChange", b"rPrOther"), first=bold) == {"A change of format is missing from it."}

    def test_numbers_must_stand_once(self) -> None:
        assert self.faults((b'w:id="1"', b'w:id="0"')) == {"A number stands in it twice."}


def test_the_order_of_the_returns_makes_no_difference_to_what_each_asks_for() -> None:
    def asked(datas: Sequence[redline.ReturnFile]) -> set[tuple[object, ...]]:
        found = redline.consolidate(BASE, datas)
        return {(a.office, a.kind, a.paragraph, a.start, a.end, a.before, a.after) for a in found.amendments}

    both = returned(FIRST, SECOND)
    assert asked(both) == asked(both[::-1])
