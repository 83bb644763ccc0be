"""The automatic number of each paragraph, beside what the standard says and what LibreOffice shows."""

from pathlib import Path

import pytest

from folkmoot.engines.redline._body import paragraphs, read_blocks
from folkmoot.engines.redline._numbering import Numbering
from folkmoot.engines.redline._package import Package
from tests.engines.redline.numbered import CASES, Numbered
from tests.office import ask


def numbers(data: bytes) -> tuple[str, ...]:
    package = Package.open(data)
    shown = paragraphs(read_blocks(package.document[0]), "rejected")
    found = Numbering(package).numbers([paragraph.element for paragraph in shown])
    return tuple("" if number is None else number.text for number in found)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_numbers_are_counted_as_word_counts_them(case: Numbered) -> None:
    assert numbers(case.data) == case.numbers


@pytest.mark.slow
def test_libreoffice_shows_the_same_numbers_but_for_what_it_does_not_read(tmp_path: Path) -> None:
    files = [tmp_path / f"{at}.docx" for at in range(len(CASES))]
    for file, case in zip(files, CASES, strict=True):
        file.write_bytes(case.data)
    answers = ask("labels", files)
    shown = [tuple(label.strip(" \u2022") for label in answer["value"]) for answer in answers]
    otherwise = [case.name for case, labels in zip(CASES, shown, strict=True) if labels != case.numbers]
    assert otherwise == [case.name for case in CASES if case.libreoffice]
