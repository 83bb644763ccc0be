"""Every mark of the files of the wild is told: as many as an independent walk over their XML counts."""

import os
from pathlib import Path

import pytest

from folkmoot.engines import redline
from tests.engines.redline.walk import count_marks

HOME = Path(os.environ["FOLKMOOT_SAMPLES"]) / "word"
REFUSED = {"ExternalEntityInText.docx", "bug53475-password-is-pass.docx", "truncated62886.docx"}
READABLE = sorted({path.name for path in HOME.glob("*.doc[xm]")} - REFUSED)


@pytest.mark.parametrize("name", READABLE)
def test_every_mark_is_told(name: str) -> None:
    data = (HOME / name).read_bytes()
    found = redline.changes(data)
    assert sum(change.marks for change in found.changes) + found.empty == count_marks(data)
