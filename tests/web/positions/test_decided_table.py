"""A table of decisions: exported, filled in as people do it, looked through, recorded and undone."""

import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document
from openpyxl import Workbook, load_workbook

from folkmoot.apps.positions.models import Amendment, Circulation, Decision, ReturnComment
from folkmoot.engines import redline
from tests.cast import EVERYBODY, Cast
from tests.engines.redline.words import W
from tests.positions_world import CLAUSES, circulate, draft
from tests.web.positions.test_amendments import address, amendment, fill, form_of, read

pytestmark = pytest.mark.usefixtures("read_here")

DRAFTERS = {"head", "deputy", "officer"}
Rows = list[list[str]]


def draft_without_a_table() -> bytes:
    return redline.compose("Buses", CLAUSES, today=date(2026, 11, 25))


@pytest.fixture
def circulation(network: Cast) -> Circulation:
    return fill(network, circulate(network, draft(network)))


def exported(client: Any, circulation: Circulation) -> Rows:
    """The first sheet of the export, as texts: the mark, the names of the columns, the rows."""
    book = load_workbook(io.BytesIO(client.get(address(circulation, "amendments_export")).content))
    return [[str(cell or "") for cell in row] for row in book.worksheets[0].iter_rows(values_only=True)]


def column(rows: Rows, name: str) -> int:
    return rows[1].index(name)


def fill_in(rows: Rows, key: str, decision: str, reason: str = "", words: str = "") -> None:
    for row in rows[2:]:
        if row[column(rows, "Number")] == key:
            row[column(rows, "Decision")] = decision
            row[column(rows, "Reason for the decision")] = reason
            row[column(rows, "Words that go in")] = words


def as_file(rows: Rows, name: str = "decided.xlsx") -> SimpleUploadedFile:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    data = io.BytesIO()
    book.save(data)
    return SimpleUploadedFile(name, data.getvalue())


def look(client: Any, circulation: Circulation, rows: Rows) -> Any:
    return client.post(address(circulation, "decided_table"), {"file": as_file(rows)})


def record(client: Any, circulation: Circulation, looked: Any) -> Any:
    sealed = looked.content.decode().split('name="sealed" value="')[1].split('"')[0]
    return client.post(address(circulation, "decided_table_record"), {"sealed": sealed}, follow=True)


def in_word(client: Any, circulation: Circulation) -> Any:
    return Document(io.BytesIO(client.get(address(circulation, "amendments_word")).content))


def write(document: Any, key: str, decision: str, reason: str = "") -> None:
    """Choose a decision in the row of this number, as Word does, and type the reason."""
    for table in document.tables:
        names = [cell.text for cell in table.rows[0].cells]
        for row in table.rows[1:]:
            if row.cells[0].text == key:
                cell = row.cells[names.index("Decision")]._tc
                next(cell.iter(f"{{{W}}}t")).text = decision
                for asks in list(cell.iter(f"{{{W}}}showingPlcHdr")):
                    asks.getparent().remove(asks)
                row.cells[names.index("Reason for the decision")].text = reason


def saved(book: Any, name: str) -> SimpleUploadedFile:
    data = io.BytesIO()
    book.save(data)
    return SimpleUploadedFile(name, data.getvalue())


def outcomes() -> dict[str, str]:
    return dict(Amendment.objects.exclude(outcome="").values_list("key", "outcome"))


@pytest.mark.parametrize("part", EVERYBODY)
def test_who_has_the_page(sign_in_as: Any, circulation: Circulation, part: str) -> None:
    status = sign_in_as(part).get(address(circulation, "decided_table")).status_code
    assert (status == 200) == (part in DRAFTERS)


@pytest.mark.requirement("A18")
def test_a_table_is_filled_in_looked_through_recorded_and_undone(sign_in_as: Any, circulation: Circulation) -> None:
    client = sign_in_as("officer")
    rows = exported(client, circulation)
    taken, refused = amendment("aldermere"), amendment("aldermere", "ninety")
    fill_in(rows, taken.key, "Taken")
    fill_in(rows, refused.key, "not taken", "Sixty days is too short.")

    looked = look(client, circulation, rows)
    assert "2 decisions would be recorded." in read(looked) and "Sixty days is too short." in read(looked)
    assert outcomes() == {}  # nothing is accepted by looking

    page = record(client, circulation, looked)
    assert "2 decisions recorded from the table" in read(page)
    assert outcomes() == {taken.key: "taken", refused.key: "not"}
    assert len(set(Decision.objects.values_list("batch", flat=True))) == 1

    client.post(address(circulation, "decision_undo"))
    assert outcomes() == {}


@pytest.mark.requirement("A18")
def test_the_word_table_goes_the_same_way_comments_and_all(sign_in_as: Any, circulation: Circulation) -> None:
    client = sign_in_as("officer")
    taken, comment = amendment("aldermere"), ReturnComment.objects.get()
    document = in_word(client, circulation)
    write(document, taken.key, "Taken")
    write(document, comment.key, "Not taken", "The law names the days.")

    looked = client.post(address(circulation, "decided_table"), {"file": saved(document, "decided.docx")})
    assert "2 decisions would be recorded." in read(looked) and "The law names the days." in read(looked)
    assert "Comment on “ninety”: Too long?" in read(looked) and "were tracked" not in read(looked)
    assert Decision.objects.count() == 0  # nothing is accepted by looking

    record(client, circulation, looked)
    comment.refresh_from_db()
    assert (outcomes(), comment.outcome) == ({taken.key: "taken"}, "not")
    again = client.post(address(circulation, "decided_table"), {"file": saved(document, "decided.docx")})
    assert "0 decisions would be recorded. 2 rows say what stands already." in read(again)

    client.post(address(circulation, "decision_undo"))
    comment.refresh_from_db()
    assert (outcomes(), comment.outcome) == ({}, "")


def test_comments_are_decided_on_their_own_sheet(sign_in_as: Any, circulation: Circulation) -> None:
    client = sign_in_as("officer")
    book = load_workbook(io.BytesIO(client.get(address(circulation, "amendments_export")).content))
    sheet = book["Comments"]
    sheet.cell(3, [cell.value for cell in sheet[2]].index("Decision") + 1).value = "taken"

    record(client, circulation, client.post(address(circulation, "decided_table"), {"file": saved(book, "d.xlsx")}))

    assert ReturnComment.objects.get().outcome == "taken"


def test_changes_tracked_in_the_table_are_told(sign_in_as: Any, circulation: Circulation) -> None:
    client = sign_in_as("officer")
    document = in_word(client, circulation)
    key = amendment("aldermere").key
    write(document, key, "Taken")
    text = next(text for text in document.element.body.iter(f"{{{W}}}t") if text.text == "Taken")
    run = text.getparent()
    mark = run.makeelement(f"{{{W}}}ins", {f"{{{W}}}id": "7", f"{{{W}}}author": "Officer"})
    run.addprevious(mark)
    mark.append(run)

    looked = client.post(address(circulation, "decided_table"), {"file": saved(document, "decided.docx")})

    assert "Changes were tracked in this table." in read(looked) and "1 decision would be recorded" in read(looked)


def _sorted(rows: Rows) -> Rows:
    return rows[:2] + rows[:1:-1]


def _partly_deleted(rows: Rows) -> Rows:
    return rows[:2] + [row for row in rows[2:] if row[column(rows, "Decision")]]


def _retyped(rows: Rows) -> Rows:
    at = column(rows, "After")
    return rows[:2] + [[*row[:at], "somebody typed over this", *row[at + 1 :]] for row in rows[2:]]


def _more_columns(rows: Rows) -> Rows:
    return [["", *row, extra] for row, extra in zip(rows, ["", "Decision", *["mine"] * len(rows)], strict=False)]


def _moved_down(rows: Rows) -> Rows:
    return [["Our meeting of Tuesday"], [], *rows]


def _shouted(rows: Rows) -> Rows:
    return [rows[0], [name.upper() for name in rows[1]], *[[cell.upper() for cell in row] for row in rows[2:]]]


@pytest.mark.parametrize("change", [_sorted, _partly_deleted, _retyped, _more_columns, _moved_down, _shouted])
def test_what_people_do_to_a_table_changes_no_decision(
    sign_in_as: Any, circulation: Circulation, change: Callable[[Rows], Rows]
) -> None:
    client = sign_in_as("officer")
    rows = exported(client, circulation)
    fill_in(rows, amendment("aldermere").key, "Taken")
    fill_in(rows, amendment("aldermere", "ninety").key, "Parked")

    record(client, circulation, look(client, circulation, change(rows)))

    assert outcomes() == {amendment("aldermere").key: "taken", amendment("aldermere", "ninety").key: "parked"}


@pytest.mark.parametrize(
    ("number", "decision", "reason", "said"),
    [
        ("", "taken", "", "has no number"),
        ("abcdefghjk", "taken", "", "no amendment or comment “abcdefghjk”"),
        (None, "perhaps", "", "“perhaps” is no decision"),
        (None, "not taken", "", "the reason is missing"),
        (None, "Taken in part", "", "the reason is missing"),
    ],
)
def test_a_row_that_cannot_be_used_is_named_and_the_others_come(
    sign_in_as: Any, circulation: Circulation, number: str | None, decision: str, reason: str, said: str
) -> None:
    client = sign_in_as("officer")
    rows = exported(client, circulation)
    good, bad = amendment("aldermere"), amendment("aldermere", "ninety")
    fill_in(rows, good.key, "taken")
    fill_in(rows, bad.key, decision, reason)
    place = next(at for at, row in enumerate(rows) if row[column(rows, "Number")] == bad.key)
    if number is not None:
        rows[place][column(rows, "Number")] = number

    looked = look(client, circulation, rows)

    assert "1 row cannot be used" in read(looked) and f"Row {place + 1}: " in read(looked) and said in read(looked)
    record(client, circulation, looked)
    assert outcomes() == {good.key: "taken"}


def test_one_number_with_two_decisions_decides_nothing(sign_in_as: Any, circulation: Circulation) -> None:
    client = sign_in_as("officer")
    rows = exported(client, circulation)
    fill_in(rows, amendment("aldermere").key, "taken")
    twice = next(row for row in rows[2:] if row[column(rows, "Decision")])
    rows.append([cell if cell != "taken" else "parked" for cell in twice])

    looked = look(client, circulation, rows)

    assert "0 decisions would be recorded" in read(looked) and "stands twice" in read(looked)
    assert 'name="sealed"' not in looked.content.decode()


def test_what_stands_already_is_not_decided_again(sign_in_as: Any, circulation: Circulation) -> None:
    client = sign_in_as("officer")
    client.post(address(circulation, "amendment_decide"), form_of(amendment("aldermere"), decision="taken"))

    looked = look(client, circulation, exported(client, circulation))

    assert "0 decisions would be recorded. 1 row says what stands already." in read(looked)


def test_somebody_decides_while_the_table_is_looked_through(sign_in_as: Any, circulation: Circulation) -> None:
    client = sign_in_as("officer")
    rows = exported(client, circulation)
    fill_in(rows, amendment("aldermere").key, "taken")
    fill_in(rows, amendment("aldermere", "ninety").key, "taken")
    looked = look(client, circulation, rows)
    sign_in_as("deputy").post(
        address(circulation, "amendment_decide"), form_of(amendment("aldermere"), decision="parked")
    )

    page = record(sign_in_as("officer"), circulation, looked)

    assert "decided this a moment ago" in read(page)
    assert outcomes() == {amendment("aldermere").key: "parked"}  # all or nothing


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (SimpleUploadedFile("decided.xlsx", b"no table"), "not an Excel file"),
        (SimpleUploadedFile("decided.csv", b"Office,Change\nAldermere,five\n"), "columns called “Number”"),
        (SimpleUploadedFile("decided.csv", b"\xff\xfe\x00"), "not a CSV file"),
        (SimpleUploadedFile("decided.docx", b"no table"), "not a Word document. Save the table as .xlsx, .docx"),
        (SimpleUploadedFile("decided.docx", draft_without_a_table()), "columns called “Number”"),
        (SimpleUploadedFile("decided.ods", b"PK"), "no Excel, Word or CSV file. Save the table as .xlsx, .docx"),
        (SimpleUploadedFile("decided.xlsx", b""), "empty"),
        (None, "Choose the table"),
    ],
)
def test_files_that_are_no_such_table(sign_in_as: Any, circulation: Circulation, file: Any, said: str) -> None:
    page = sign_in_as("officer").post(address(circulation, "decided_table"), {"file": file} if file else {})
    assert said in read(page)


@pytest.mark.parametrize("sealed", ["", "made up", "WyJ4IixbXV0:1:2"])
def test_what_was_tampered_with_is_not_recorded(sign_in_as: Any, circulation: Circulation, sealed: str) -> None:
    client = sign_in_as("officer")
    page = client.post(address(circulation, "decided_table_record"), {"sealed": sealed}, follow=True)
    assert "Upload the table again" in read(page)


def test_a_table_of_another_round_is_not_recorded(sign_in_as: Any, circulation: Circulation, network: Cast) -> None:
    client = sign_in_as("officer")
    rows = exported(client, circulation)
    fill_in(rows, amendment("aldermere").key, "taken")
    looked = look(client, circulation, rows)
    other = circulate(network, draft(network, title="Another position"))
    sealed = looked.content.decode().split('name="sealed" value="')[1].split('"')[0]

    page = client.post(reverse("decided_table_record", args=[other.position.key]), {"sealed": sealed}, follow=True)

    assert "A newer round was opened" in read(page)
    assert outcomes() == {}
