"""Papers are looked through before they are taken in; what is wrong is said, and an import can be undone."""

import io
import zipfile

import pytest

from folkmoot.apps.access.gate import Conflict, Invalid, Refused
from folkmoot.apps.archive import actions
from folkmoot.apps.archive.models import ArchiveDocument, ImportBatch
from folkmoot.apps.issues.models import IssueLink
from tests.cast import Cast
from tests.issues_world import begin

TEXT = b"The network asked the department for two more trains an hour."


def zipped(*files: tuple[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return data.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.doc", b"x", "Word’s old format"),
        ("a.odt", b"x", "OpenDocument"),
        ("a.rtf", b"x", "RTF"),
        ("a.exe", b"x", "not taken in"),
        ("a.txt", b"", "empty"),
        ("a.txt", b"\xff\xfe\xfa", "UTF-8"),
        ("a.txt", b"  \n ", "no text"),
        ("a.pdf", b"no pdf at all", "not a PDF"),
        ("a.pdf", b"%PDF-1.7\nbroken", "damaged"),
        ("a.docx", b"no word file", "Word"),
    ],
)
def test_a_file_that_cannot_be_read_says_what_to_do(cast: Cast, name: str, data: bytes, said: str) -> None:
    row = actions.stage(cast.actor("officer"), name="X", files=[(name, data)]).rows.get()
    assert row.state == "unreadable"
    assert said in " ".join(row.faults)


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ([], "no paper"),
        ([("a.zip", b"no zip")], "damaged"),
        ([("a.zip", zipped())], "no file"),
        ([("a.zip", zipped(*((f"{n}.txt", bytes(25_000_000)) for n in range(9))))], "unpacks to more"),
        ([("manifest.csv", b"title\nx"), ("a.txt", TEXT)], "no column named file"),
        ([("manifest.csv", b"file,colour\na.txt,red"), ("a.txt", TEXT)], "colour"),
    ],
)
def test_what_cannot_be_taken_at_all_is_turned_away(cast: Cast, files: list[tuple[str, bytes]], said: str) -> None:
    with pytest.raises(Invalid, match=said):
        actions.stage(cast.actor("officer"), name="X", files=files)
    assert not ImportBatch.objects.exists()


def test_a_path_in_a_zip_leads_nowhere(cast: Cast) -> None:
    data = zipped(("../../etc/2020 note.txt", TEXT))
    assert (
        actions.stage(cast.actor("officer"), name="X", files=[("a.zip", data)]).rows.get().file_name == "2020 note.txt"
    )


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (b"a.txt,31.2.2024,,", "is no date"),
        (b"a.txt,2024,No such issue,", "names no issue"),
        (b"a.txt,2024,,poem", "is not known"),
        (b"a.txt,2077,,", "future"),
        (b"a.txt,2024,,\na.txt,2023,,", "two rows"),
    ],
)
def test_a_manifest_that_is_wrong_is_said_on_its_row(cast: Cast, row: bytes, said: str) -> None:
    files = [("manifest.csv", b"file,date,issue,kind\n" + row), ("a.txt", TEXT)]
    found = actions.stage(cast.actor("officer"), name="X", files=files).rows.get()
    assert found.state == "wrong"
    assert said in " ".join(found.faults)


def test_the_same_content_is_not_taken_twice(cast: Cast) -> None:
    officer = cast.actor("officer")
    batch = actions.stage(officer, name="X", files=[("2020 a.txt", TEXT), ("2021 b.txt", TEXT)])
    actions.take_in(officer, batch=batch)
    again = actions.stage(officer, name="Y", files=[("2022 c.txt", TEXT)])
    assert [row.state for row in batch.rows.all()] == ["taken", "same"]
    assert again.rows.get().state == "same"


def test_an_import_is_undone_but_for_what_was_put_right_since(cast: Cast) -> None:
    officer, issue = cast.actor("officer"), begin(cast)
    manifest = f"file,issue\n2020 a.txt,{issue.title}\n".encode()
    files = [("manifest.csv", manifest), ("2020 a.txt", TEXT), ("2021 b.txt", TEXT + b" Again.")]
    batch = actions.take_in(officer, batch=actions.stage(officer, name="X", files=files))
    kept = ArchiveDocument.objects.get(day__year=2021)
    facts = {"title": "B", "kind": "letter", "day": "2021", "audience": "secretariat", "handling": "OFFICIAL"}
    actions.correct_paper(officer, document=kept, why="It was a letter.", **facts)
    assert IssueLink.objects.filter(issue=issue).count() == 1
    actions.undo(officer, batch=batch)
    assert list(ArchiveDocument.objects.all()) == [kept]
    assert not IssueLink.objects.filter(issue=issue).exists()
    assert [row.state for row in batch.rows.all()] == ["undone", "kept"]
    with pytest.raises(Conflict):
        actions.undo(officer, batch=batch)


@pytest.mark.parametrize("part", ["mayor", "guest", "administrator", "stranger"])
def test_who_does_not_keep_the_archive_takes_nothing_in(cast: Cast, part: str) -> None:
    with pytest.raises(Refused):
        actions.stage(cast.actor(part), name="X", files=[("2020 a.txt", TEXT)])
