"""Reads what a Word file states about itself; its text is read elsewhere."""

import io
import zipfile
from dataclasses import dataclass
from datetime import date

from lxml import etree

from ._errors import ZIP_ERRORS, UnreadableFile

_LONGEST = 1_000_000
_CORE = "docProps/core.xml"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_CREATED = "{http://purl.org/dc/terms/}created"


@dataclass(frozen=True, slots=True)
class Properties:
    """The title and the day of making that the file states; empty where it states none."""

    title: str
    made_on: date | None


def read_properties(data: bytes) -> Properties:
    """What the properties of a .docx say; nothing where they are missing or cannot be made out."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            if _CORE not in package.namelist():
                return Properties("", None)
            with package.open(_CORE) as part:
                text = part.read(_LONGEST)
    except ZIP_ERRORS as error:
        raise UnreadableFile("This is not a Word file.", "Open it in Word and save it again as .docx.") from error
    try:
        root = etree.fromstring(text, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    except etree.XMLSyntaxError:
        return Properties("", None)
    title = " ".join((root.findtext(_TITLE) or "").split())
    return Properties(title, _day(root.findtext(_CREATED) or ""))


def _day(stated: str) -> date | None:
    try:
        return date.fromisoformat(stated[:10])
    except ValueError:
        return None
