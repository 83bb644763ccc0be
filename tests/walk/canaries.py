"""Canaries: words that stand in one restricted text each, so that wherever one is met, it is known what leaked."""

import html
import io
import re
import subprocess
import zipfile
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

import pikepdf

from tests.walk.address import Parts


@dataclass(frozen=True, slots=True)
class Canary:
    """One word, what it stands in, and who may meet it."""

    word: str
    where: str
    may_see: Parts
    sensitive: bool = False


@dataclass(slots=True)
class Aviary:
    """Every canary of a world."""

    canaries: dict[str, Canary] = field(default_factory=dict)

    def hatch(self, where: str, may_see: Parts, *, sensitive: bool = False) -> str:
        """A new word for one text; a word is letters only, so that nothing splits or escapes it."""
        number = len(self.canaries)
        word = "qz" + "".join(chr(ord("a") + int(digit)) for digit in f"{number:04d}") + "wren"
        self.canaries[word] = Canary(word, where, may_see, sensitive)
        return word

    def met(self, text: str) -> list[Canary]:
        """The canaries in a text."""
        words = {word.lower() for word in re.findall(r"qz[a-j]{4}wren", text, flags=re.IGNORECASE)}
        return [canary for word, canary in self.canaries.items() if word in words]

    def strays(self, text: str, part: str) -> list[Canary]:
        """The canaries in a text that this part may not see."""
        return [canary for canary in self.met(text) if part not in canary.may_see]


def _pdf_text(data: bytes) -> str:
    shown = subprocess.run(["pdftotext", "-q", "-", "-"], input=data, capture_output=True, check=True).stdout.decode()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        facts = [str(value) for value in pdf.docinfo.values()] if "/Info" in pdf.trailer else []
        with pdf.open_metadata() as metadata:
            facts.append(str(metadata))
    return "\n".join([shown, *facts])


def _zip_text(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return "\n".join(name + "\n" + unpacked(archive.read(name)) for name in archive.namelist())


def unpacked(data: bytes) -> str:
    """Everything that a file says: of an archive or Word file every part, of a PDF its pages and its properties."""
    if data[:2] == b"PK":
        return _zip_text(data)
    if data[:5] == b"%PDF-":
        return _pdf_text(data)
    text = data.decode("utf-8", errors="replace")
    return "\n".join([text, html.unescape(text), re.sub(r"<[^>]*>", "", text)])


def everything_in(response: Any) -> str:
    """All that a response tells: headers, cookies, addresses, file names, and its body unpacked."""
    body = response.getvalue() if response.streaming else response.content
    headers = [f"{name}: {unquote(value)}" for name, value in response.headers.items()]
    cookies = [unquote(morsel.value) for morsel in response.cookies.values()]
    return "\n".join([*headers, *cookies, unpacked(body)])
