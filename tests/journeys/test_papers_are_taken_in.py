"""A folder of past papers is taken in by clicks: looked through, put right by hand, taken in, asked, and undone."""

import io
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from folkmoot.apps.archive.models import ArchiveDocument
from folkmoot.engines.redline import DraftClause, compose
from tests.cast import make_cast
from tests.issues_world import begin
from tests.plugins.browser import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

LETTER = compose(
    "Letter on harbour lights", [DraftClause(1, "Lights", ("We ask that harbour lights burn all night.",))],
    today=date(2021, 3, 4),
)  # fmt: skip
UNDATED = b"Note on kelp beds\n\nThe kelp beds\nThe network asks that kelp beds be left alone."


def folder(into: Path) -> Path:
    """A zip as somebody would make of a folder: a Word file, a text without a date, one of each that cannot be read."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("Old papers/2021-03-04 letter on harbour lights.docx", LETTER)
        archive.writestr("Old papers/note on kelp.txt", UNDATED)
        archive.writestr("Old papers/minutes.doc", b"\xd0\xcf\x11\xe0")
        archive.writestr("Old papers/empty.pdf", b"")
    path = into / "old papers.zip"
    path.write_bytes(data.getvalue())
    return path


def row(page: Page, file: str) -> Any:
    return page.get_by_role("row").filter(has_text=file)


def look_through(page: Page, *files: Path) -> None:
    page.goto("/memory/imports/new")
    page.get_by_label("Papers").set_input_files(list(files))
    page.get_by_role("button", name="Look through them").click()


WRONG = (
    ("Title", "", "Give the paper a title."),
    ("Title", "x" * 201, "Write at most 200 characters."),
    ("Date of the paper", "", "Write the date of the paper."),
    ("Date of the paper", "last spring", "Write the date as 5 March 2024, 2024-03-05, March 2024 or 2024."),
    ("Date of the paper", "31 February 2021", "Write the date as 5 March 2024"),
    ("Date of the paper", "5 March 2031", "This date lies in the future."),
)


def put_right_wrongly(page: Page, label: str, typed: str, said: str) -> None:
    """What a browser lets through is said by the page, and what was typed still stands there."""
    if label != "Date of the paper":
        page.get_by_label("Date of the paper").fill("May 2022")
    box = page.get_by_label(label)
    box.evaluate("box => box.removeAttribute('maxlength')")
    box.fill(typed)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text(said)
    expect(box).to_have_value(typed)


def put_right(page: Page, issue: str) -> None:
    page.get_by_label("Date of the paper").fill("May 2022")
    page.get_by_label("Kind").select_option(label="Report")
    page.get_by_label("Issue").select_option(label=issue)
    page.get_by_label("All member offices and the secretariat").check()
    page.get_by_role("button", name="Save").click()


def test_a_folder_is_looked_through_put_right_taken_in_asked_and_undone(page: Page, tmp_path: Path) -> None:
    cast = make_cast()
    issue = begin(cast)
    sign_in(page, cast.officer)
    page.goto("/memory/imports/new")
    page.get_by_role("button", name="Look through them").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose the papers, or a zip of them.")
    look_through(page, folder(tmp_path))

    expect(row(page, "letter on harbour lights")).to_contain_text("4 March 2021")
    expect(row(page, "note on kelp")).to_contain_text("No date was found.")
    expect(row(page, "minutes.doc")).to_contain_text("Word’s old format")
    expect(row(page, "empty.pdf")).to_contain_text("The file is empty.")
    assert not ArchiveDocument.objects.exists()

    row(page, "note on kelp").get_by_role("link", name="Put right").click()
    expect(page.get_by_label("Title")).to_have_value("Note on kelp beds")
    there = page.url
    for wrong in WRONG:
        page.goto(there)
        put_right_wrongly(page, *wrong)
    page.goto(there)
    put_right(page, issue.title)
    expect(row(page, "note on kelp")).to_contain_text("May 2022")

    page.get_by_role("button", name="Take in 2 papers").click()
    expect(page.get_by_role("alert")).to_contain_text("2 papers taken in.")
    page.goto("/memory/?q=Who+said+what+on+kelp+beds%3F")
    expect(page.get_by_role("listitem").filter(has_text="be left alone")).to_contain_text("May 2022")
    page.goto(f"/issues/{issue.key}/")
    expect(page.get_by_role("main")).to_contain_text("Note on kelp beds")

    page.goto("/memory/imports/")
    page.get_by_role("link", name="old papers.zip").click()
    page.get_by_role("button", name="Undo this import").click()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("alert")).to_contain_text("The import was undone.")
    assert not ArchiveDocument.objects.exists()
    page.goto("/memory/?q=kelp+beds")
    expect(page.get_by_role("main")).to_contain_text("The memory holds nothing on this.")
    page.goto(f"/issues/{issue.key}/")
    expect(page.get_by_role("main")).not_to_contain_text("kelp")
