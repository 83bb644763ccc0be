"""Fourteen files edited in a real word processor are read as the script that made them says."""

import json
import subprocess
import sys
import zipfile
from collections import Counter
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from folkmoot.engines import redline

DEMO = Path(__file__).parents[3] / "src/folkmoot/demo/word"
MAKER = Path(__file__).parents[3] / "scripts/make_demo_returns.py"
TRUTH = json.loads((DEMO / "truth.json").read_text(encoding="utf-8"))
OFFICES = [answer["office"] for answer in TRUTH["returns"]]


@cache
def consolidation() -> redline.Consolidation:
    returns = [
        redline.ReturnFile(answer["file"], answer["office"], (DEMO / answer["file"]).read_bytes())
        for answer in TRUTH["returns"]
    ]
    earlier = [(DEMO / name).read_bytes() for name in TRUTH["earlier"]]
    return redline.consolidate((DEMO / TRUTH["base"]).read_bytes(), returns, earlier=earlier)


def answer_of(office: str) -> dict[str, Any]:
    return next(answer for answer in TRUTH["returns"] if answer["office"] == office)


def in_words(clause: str, kind: str, before: str, after: str, tracked: bool) -> tuple[str, str, str, str, bool]:
    """Which of two spaces an insertion took along, no reader can tell."""
    return clause, kind, before.strip(), after.strip(), tracked


def test_the_demonstration_has_fourteen_returns_and_48_amendments_that_have_a_place() -> None:
    assert len(OFFICES) == len(set(OFFICES)) == 14
    assert sum(edit["placed"] for answer in TRUTH["returns"] for edit in answer["edits"]) == 48
    assert Counter(answer["status"] for answer in TRUTH["returns"]) == {
        "tracked": 5,
        "untracked": 4,
        "mixed": 1,
        "older-draft": 1,
        "unchanged": 1,
        "unreadable": 1,
        "other-document": 1,
    }


@pytest.mark.parametrize("office", OFFICES)
def test_each_return_has_the_status_it_was_made_with(office: str) -> None:
    found = next(answer for answer in consolidation().returns if answer.office == office)
    assert found.status == answer_of(office)["status"]


@pytest.mark.parametrize("office", OFFICES)
def test_each_office_has_its_amendments_and_no_others(office: str) -> None:
    found = [amendment for amendment in consolidation().amendments if amendment.office == office]
    expected = answer_of(office)["edits"]
    assert Counter(
        in_words(amendment.clause, amendment.kind, amendment.before, amendment.after, amendment.tracked)
        for amendment in found
        if amendment.kind != "format"
    ) == Counter(
        in_words(
            edit["clause"] if edit["placed"] else f"{edit['clause']} of the earlier draft",
            edit["kind"],
            edit["before"],
            edit["after"],
            edit["tracked"],
        )
        for edit in expected
    )
    assert sum(amendment.kind == "format" for amendment in found) == answer_of(office)["formats"]
    if office not in ("Eastwold", "Northmarsh", "Saltcombe", "Brackendale"):
        assert {amendment.author for amendment in found if amendment.tracked} <= {answer_of(office)["author"]}


@pytest.mark.parametrize("office", OFFICES)
def test_each_office_has_its_comments(office: str) -> None:
    found = [comment for comment in consolidation().comments if comment.office == office]
    assert [comment.text for comment in found] == [comment["text"] for comment in answer_of(office)["comments"]]
    assert all(comment.author == answer_of(office)["author"] and comment.on for comment in found)


def test_words_that_only_the_earlier_draft_has_are_told_and_have_no_place() -> None:
    lost = [a for a in consolidation().amendments if not a.clause_id]
    assert [(a.office, a.paragraph, a.conflicts) for a in lost] == [("Fenhallow", -1, ())]
    detail = next(answer.detail for answer in consolidation().returns if answer.office == "Fenhallow")
    assert "3 tracked changes, 1 to words that the current draft does not have" in detail


@pytest.mark.parametrize("office", [o for o in OFFICES if answer_of(o)["status"] in ("tracked", "untracked", "mixed")])
def test_making_an_offices_amendments_gives_its_text(office: str) -> None:
    base = (DEMO / TRUTH["base"]).read_bytes()
    edits = [
        redline.Edit(a.id, a.kind, a.paragraph, a.start, a.end, a.before, a.after, a.target)
        for a in consolidation().amendments
        if a.office == office and a.kind != "format"
    ]
    applied = redline.apply_edits(base, edits, author="Secretariat", date=datetime(2026, 11, 25, tzinfo=UTC))
    returned = redline.text((DEMO / f"{office}.docx").read_bytes(), view="accepted")
    assert applied.unplaced == ()
    assert redline.text(applied.clean, view="accepted") == returned
    assert redline.text(applied.tracked, view="accepted") == returned
    assert redline.text(applied.tracked, view="rejected") == redline.text(base, view="rejected")


def test_four_offices_want_the_same_and_two_want_something_else() -> None:
    revenue = {a.office: a for a in consolidation().amendments if a.clause == "5" and "three" in a.before}
    same = {revenue[office].group for office in ("Aldermere", "Calderwick", "Kelderby", "Wyreham")}
    assert len(same) == 1
    assert revenue["Eastwold"].group not in same and revenue["Harrowmoor"].group not in same
    assert {revenue["Eastwold"].id, revenue["Harrowmoor"].id} <= set(revenue["Aldermere"].conflicts)


def test_a_tracked_and_an_untracked_office_can_want_the_same() -> None:
    depots = [a for a in consolidation().amendments if a.after.strip() == "and vehicles"]
    assert {a.office for a in depots} == {"Kelderby", "Northmarsh"}
    assert len({a.group for a in depots}) == 1


def test_nothing_in_the_files_names_this_machine_or_another_person() -> None:
    for answer in TRUTH["returns"]:
        if answer["status"] == "unreadable":
            continue
        with zipfile.ZipFile(DEMO / answer["file"]) as archive:
            core = archive.read("docProps/core.xml").decode()
            properties = archive.read("docProps/app.xml").decode()
        assert f"<dc:creator>{answer['author']}</dc:creator>" in core
        assert f"<cp:lastModifiedBy>{answer['author']}</cp:lastModifiedBy>" in core
        assert "Linux" not in properties
        assert (DEMO / answer["file"]).stat().st_size < 60_000


@pytest.mark.slow
def test_making_the_files_again_gives_the_same_truth(tmp_path: Path) -> None:
    subprocess.run([sys.executable, str(MAKER), str(tmp_path)], check=True, timeout=120)
    assert (tmp_path / "truth.json").read_text(encoding="utf-8") == (DEMO / "truth.json").read_text(encoding="utf-8")
    for answer in TRUTH["returns"]:
        if answer["status"] != "unreadable":
            made, kept = ((folder / answer["file"]).read_bytes() for folder in (tmp_path, DEMO))
            assert redline.text(made, view="accepted") == redline.text(kept, view="accepted")
            assert redline.changes(made).changes == redline.changes(kept).changes
    assert (tmp_path / "base.docx").read_bytes() == (DEMO / "base.docx").read_bytes()
