"""Cells that an office merges with the one above, or parts from it, with changes tracked."""

import re

import pytest

from folkmoot.engines import redline
from folkmoot.engines.redline._reject import reject_file
from tests.engines.redline.words import p, read, word_file


def table(*marks: str, merged: str = "", above: str = "") -> bytes:
    """Two rows of two cells; the last cell bears the marks, and the one above it says where a merge begins."""

    def cell(text: str, *properties: str) -> str:
        return f'<w:tc><w:tcPr><w:tcW w:w="100"/>{"".join(properties)}</w:tcPr>{p(text)}</w:tc>'

    rows = f"<w:tr>{cell('One')}{cell('Two', above)}</w:tr><w:tr>{cell('Three')}{cell('Four', merged, *marks)}</w:tr>"
    return word_file(f"{p('Before.')}<w:tbl>{rows}</w:tbl>{p('After.')}")


def mark(became: str, was: str = "", author: str = "Ann Lee") -> str:
    states = "".join(f' w:{name}="{state}"' for name, state in (("vMerge", became), ("vMergeOrig", was)) if state)
    return f'<w:cellMerge w:id="1" w:author="{author}" w:date="2026-11-02T09:30:00Z"{states}/>'


def cells(data: bytes) -> list[str]:
    """What the two cells of the second column say of merging."""
    found = re.findall(r"<w:tcPr>(.*?)</w:tcPr>", read(data).decode())
    return ["".join(re.findall(r"<w:vMerge[^>]*>|<w:cellMerge[^>]*>", properties)) for properties in found][1::2]


RESTART, CONTINUE = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


@pytest.mark.parametrize(
    ("data", "accepted", "rejected"),
    [
        (table(mark("cont")), [RESTART, CONTINUE], ["", ""]),
        (table(mark("cont"), above=RESTART), [RESTART, CONTINUE], [RESTART, ""]),
        (table(mark("rest", "cont"), above=RESTART), [RESTART, ""], [RESTART, CONTINUE]),
        (table(mark("cont"), merged=CONTINUE, above=RESTART), [RESTART, CONTINUE], [RESTART, ""]),
        (table(mark(""), merged=RESTART), ["", RESTART], ["", RESTART]),
    ],
)
def test_each_view_of_a_merge(data: bytes, accepted: list[str], rejected: list[str]) -> None:
    assert cells(redline.flatten(data)) == accepted
    assert cells(reject_file(data)) == rejected


@pytest.mark.parametrize(("said", "word"), [(mark("cont"), "cells merged"), (mark("rest", "cont"), "cells parted")])
def test_it_is_told_and_carried_under_the_offices_names(said: str, word: str) -> None:
    returns = [redline.ReturnFile(f"{office}.docx", office, table(said)) for office in ("Leeds", "York")]
    found, merged = redline.consolidate_and_merge(table(), returns)
    assert [(a.office, a.kind, a.after) for a in found.amendments] == [
        ("Leeds", "format", word),
        ("York", "format", word),
    ]
    assert merged.data is not None
    assert merged.not_carried == ()
    [above, below] = cells(merged.data)
    assert above == ""
    assert 'w:author="Leeds: Ann Lee; York: Ann Lee"' in below
    assert below.endswith(said[said.index("w:vMerge") :])


def test_of_two_offices_that_disagree_the_second_is_named() -> None:
    datas = (table(mark("cont")), table(mark("rest", "cont")))
    returns = [
        redline.ReturnFile(f"{n}.docx", o, d) for n, (o, d) in enumerate(zip(("Leeds", "York"), datas, strict=True))
    ]
    found, merged = redline.consolidate_and_merge(table(), returns)
    assert [(one.office, one.amendment) for one in merged.not_carried] == [("York", found.amendments[1].id)]
    assert "another way" in merged.not_carried[0].reason
