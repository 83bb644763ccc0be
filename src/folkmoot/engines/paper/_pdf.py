"""Reads the text of a PDF by pages, and what it states about itself."""

import io
import re
from dataclasses import dataclass
from datetime import date

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from ._errors import UnreadableFile

MOST_PAGES = 600
MOST_TEXT = 4_000_000
LEAST_TEXT = 20
_SPACE = re.compile(r"[ \t\u00a0]+")


@dataclass(frozen=True, slots=True)
class Pages:
    """The lines of each page; the title and the day of its making, where the file states them."""

    pages: tuple[tuple[str, ...], ...]
    title: str
    made_on: date | None


def read_pdf(data: bytes) -> Pages:
    """The text of a PDF that holds text."""
    if not data[:1024].lstrip().startswith(b"%PDF-"):
        raise UnreadableFile("This is not a PDF, whatever its name says.", "Open it and save it again as PDF.")
    try:
        return _read(PdfReader(io.BytesIO(data)))
    except (PyPdfError, ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError) as error:
        # pypdf meets damage deep inside with whatever the damaged object lacks.
        raise UnreadableFile("This PDF is damaged.", "Open it, save it again as PDF, and take that file.") from error


def _read(reader: PdfReader) -> Pages:
    if reader.is_encrypted and not reader.decrypt(""):
        raise UnreadableFile("This PDF is locked with a password.", "Save it without the password and take that file.")
    if len(reader.pages) > MOST_PAGES:
        raise UnreadableFile(
            f"This PDF has {len(reader.pages):,} pages, and {MOST_PAGES} can be read.", "Split it into its papers."
        )
    pages: list[tuple[str, ...]] = []
    left = MOST_TEXT
    for page in reader.pages:
        text = page.extract_text()
        left -= len(text)
        if left < 0:
            raise UnreadableFile("This PDF holds more text than can be read.", "Split it into its papers.")
        pages.append(tuple(_SPACE.sub(" ", line).strip() for line in text.splitlines()))
    if sum(len(line) for page in pages for line in page) < LEAST_TEXT:
        raise UnreadableFile(
            "This PDF is a scan without text.", "Have its text recognised (OCR), and take the file that comes of it."
        )
    made = reader.metadata.creation_date if reader.metadata else None
    title = str(reader.metadata.title or "") if reader.metadata else ""
    return Pages(tuple(pages), _SPACE.sub(" ", title).strip(), made.date() if made else None)
