"""A table that somebody filled in elsewhere, whatever it was filled in with, read within limits."""

from folkmoot.apps.documents.reading import Unreadable, read
from folkmoot.engines import redline

ADVICE = "Save the table as .xlsx, .docx or “CSV UTF-8”, and give that."
NO_TABLE = Unreadable("This is no Excel, Word or CSV file.", ADVICE)


def tables_in(name: str, data: bytes) -> redline.WrittenTables | Unreadable:
    """The tables of a file as rows of texts, by the ending of its name."""
    ending = name.rpartition(".")[2].lower()
    if ending == "docx":
        answer = read("redline.read_tables", data)
    elif ending in ("xlsx", "csv"):
        answer = read("paper.read_sheets", name, data)
    else:
        return NO_TABLE
    if isinstance(answer, Unreadable):
        return Unreadable(answer.reason, ADVICE)
    if isinstance(answer.value, redline.WrittenTables):
        return answer.value
    return redline.WrittenTables(answer.value, tracked=False)
