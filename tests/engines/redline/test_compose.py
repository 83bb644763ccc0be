"""A composed document has real numbering, no author and the same bytes every time."""

import subprocess
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml.ns import qn

from folkmoot.engines.redline._compose import DraftClause, compose

TODAY = date(2026, 11, 25)
CLAUSES = (
    DraftClause(1, "Purpose", ("We ask for powers.",)),
    DraftClause(2, "", ("First part.", "Second part.")),
    DraftClause(3, "", ("A point.",)),
    DraftClause(1, "Review", ()),
)


def composed(handling: str = "OFFICIAL-SENSITIVE") -> bytes:
    return compose("A joint ask", CLAUSES, today=TODAY, handling=handling)


def test_paragraphs_stand_in_order() -> None:
    texts = [paragraph.text for paragraph in Document(BytesIO(composed())).paragraphs]
    assert texts == [
        "A joint ask",
        "Purpose",
        "We ask for powers.",
        "First part.",
        "Second part.",
        "A point.",
        "Review",
    ]


def test_numbers_are_automatic_and_not_typed() -> None:
    levels = []
    for paragraph in Document(BytesIO(composed())).paragraphs:
        number = paragraph._p.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:ilvl')}")
        levels.append("" if number is None else number.get(qn("w:val")))
    assert levels == ["", "0", "", "1", "1", "2", "0"]


def test_the_handling_mark_is_at_the_top_and_the_foot() -> None:
    section = Document(BytesIO(composed())).sections[0]
    assert section.header.paragraphs[0].text == "OFFICIAL-SENSITIVE"
    assert section.footer.paragraphs[0].text == "OFFICIAL-SENSITIVE"
    assert not Document(BytesIO(composed(handling=""))).sections[0].header.paragraphs[0].text


def test_two_runs_give_the_same_bytes() -> None:
    assert composed() == composed()


def test_nobody_is_named_and_the_file_is_small() -> None:
    data = composed()
    properties = Document(BytesIO(data)).core_properties
    assert (properties.author, properties.last_modified_by, properties.comments) == ("", "", "")
    assert properties.created.date() == TODAY
    with ZipFile(BytesIO(data)) as package:
        everything = b"".join(package.read(name) for name in package.namelist())
    assert b"python-docx" not in everything
    assert b"Macintosh" not in everything
    assert len(data) < 20_000


def test_characters_that_xml_cannot_hold_are_left_out() -> None:
    data = compose("A\x00 title", (DraftClause(1, "He\x0bading", ("Te\ufffext",)),), today=TODAY)
    assert [paragraph.text for paragraph in Document(BytesIO(data)).paragraphs] == [
        "A title",
        "Heading",
        "Text",
    ]


def test_an_unknown_level_is_refused() -> None:
    with pytest.raises(ValueError, match="level 1 to 3, not 4"):
        compose("T", (DraftClause(4, "Deep"),), today=TODAY)


@pytest.mark.slow
def test_libreoffice_shows_the_numbers(tmp_path: Path) -> None:
    (tmp_path / "draft.docx").write_bytes(composed())
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to"]
    subprocess.run([*command, "txt:Text", "--outdir", tmp_path, tmp_path / "draft.docx"], check=True, timeout=60)
    lines = (tmp_path / "draft.txt").read_text(encoding="utf-8-sig").split("\n")
    shown = [line.strip() for line in lines if line.strip()]
    assert shown == [
        "A joint ask",
        "1 Purpose",
        "We ask for powers.",
        "1.1 First part.",
        "1.2 Second part.",
        "(a) A point.",
        "2 Review",
    ]
