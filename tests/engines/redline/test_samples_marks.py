"""The files of the wild read as the standard says, and as many marks are told as a walk over their XML counts."""

import os
from pathlib import Path

import pytest

from folkmoot.engines import redline
from tests.engines.redline.reference import reading
from tests.engines.redline.walk import count_marks

HOME = Path(os.environ["FOLKMOOT_SAMPLES"]) / "word"
REFUSED = {"ExternalEntityInText.docx", "bug53475-password-is-pass.docx", "truncated62886.docx"}
VIEWS: tuple[redline.View, ...] = ("accepted", "rejected")
READABLE = sorted({path.name for path in HOME.glob("*.doc[xm]")} - REFUSED)


@pytest.mark.parametrize("name", READABLE)
@pytest.mark.parametrize("view", VIEWS)
def test_text_is_what_the_standards_rules_give(name: str, view: redline.View) -> None:
    data = (HOME / name).read_bytes()
    assert list(redline.text(data, view=view)) == reading(data, view)


@pytest.mark.parametrize("name", READABLE)
def test_every_mark_is_told(name: str) -> None:
    data = (HOME / name).read_bytes()
    found = redline.changes(data)
    assert sum(change.marks for change in found.changes) + found.empty == count_marks(data)
