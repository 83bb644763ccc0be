"""Looks into one past paper: its text by passages, and what it is, each fact with where it was found."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from folkmoot.apps.access.audience import Audience, Handling
from folkmoot.apps.archive.models import PaperKind
from folkmoot.apps.documents.reading import Unreadable, read
from folkmoot.apps.documents.upload import clean_name
from folkmoot.engines import paper

TAKEN = ("docx", "pdf", "txt", "md")
OLD = {
    "doc": "This is Word’s old format. Open it in Word, save it as .docx, and take that file.",
    "odt": "This is an OpenDocument file. Open it, save it as .docx, and take that file.",
    "rtf": "This is an RTF file. Open it, save it as .docx, and take that file.",
}
OTHER = "This kind of file is not taken in. Take the paper as .docx, .pdf, .txt or .md."
FIRST_LINES = 25
AUDIENCES = {
    "": Audience.SECRETARIAT,
    "secretariat": Audience.SECRETARIAT,
    "the secretariat": Audience.SECRETARIAT,
    "network": Audience.NETWORK,
    "all member offices": Audience.NETWORK,
}


@dataclass(frozen=True, slots=True)
class Text:
    """What a file says: its lines, and what it states about itself. `fault` says why it could not be read."""

    lines: tuple[paper.Line, ...] = ()
    title: str = ""
    made_on: date | None = None
    fault: str = ""


@dataclass(slots=True)
class Found:
    """One file with everything that was found in it; the names are those of the columns of an import's row."""

    file_name: str
    data: bytes
    sha256: str
    title: str = ""
    kind: str = PaperKind.OTHER
    day: date | None = None
    precision: str = "day"
    audience: str = Audience.SECRETARIAT
    handling: str = Handling.OFFICIAL
    sent_from: str = ""
    sent_to: str = ""
    issue_words: str = ""
    parts: tuple[paper.Passage, ...] = ()
    sources: dict[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    unreadable: bool = False


def look_into(name: str, data: bytes, said: Mapping[str, str] | None = None) -> Found:
    """Everything that a file and the manifest's row for it tell."""
    found = Found(clean_name(name), data, hashlib.sha256(data).hexdigest())
    text = _text(name, data)
    if text.fault:
        found.unreadable = True
        found.faults.append(text.fault)
        return found
    lines = [line.text for line in text.lines if line.text.strip()][:FIRST_LINES]
    _guess(found, text, lines)
    parts = paper.passages(text.lines)
    # A title that stands alone answers nothing; it counts with every passage under it.
    found.parts = tuple(part for part in parts if part.text != found.title) or parts
    if said:
        _obey(found, said)
    return found


def _text(name: str, data: bytes) -> Text:
    ending = name.rpartition(".")[2].lower()
    if ending not in TAKEN:
        return Text(fault=OLD.get(ending, OTHER))
    if not data:
        return Text(fault="The file is empty. Choose it again.")
    text = {"docx": _word, "pdf": _pdf}.get(ending, _plain)(data)
    if not text.fault and not any(line.text.strip() for line in text.lines):
        return replace(text, fault="The file holds no text. Write it as text, or have its pictures recognised (OCR).")
    return text


def _word(data: bytes) -> Text:
    """The text with its changes accepted, as the last reader saw it."""
    body = read("redline.text", data, view="accepted")
    about = read("paper.read_properties", data)
    for each in (body, about):
        if isinstance(each, Unreadable):
            return Text(fault=f"{each.reason} {each.advice}")
    lines: tuple[str, ...] = body.value  # type: ignore[union-attr]
    stated: paper.Properties = about.value  # type: ignore[union-attr]
    return Text(tuple(paper.Line(line) for line in lines), stated.title, stated.made_on)


def _pdf(data: bytes) -> Text:
    found = read("paper.read_pdf", data)
    if isinstance(found, Unreadable):
        return Text(fault=f"{found.reason} {found.advice}")
    pages: paper.Pages = found.value
    lines = (paper.Line(line, number) for number, page in enumerate(pages.pages, 1) for line in page)
    return Text(tuple(lines), pages.title, pages.made_on)


def _plain(data: bytes) -> Text:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return Text(fault="This text is not in UTF-8. Open it, save it as UTF-8, and take that file.")
    if "\x00" in text:
        return Text(fault="This is no text, whatever its name says. Take the paper as .docx, .pdf, .txt or .md.")
    return Text(tuple(paper.Line(line.lstrip("# ") if line.startswith("#") else line) for line in text.splitlines()))


def _guess(found: Found, text: Text, lines: list[str]) -> None:
    """The facts by the file alone, each with where it was found."""
    stem = found.file_name.rpartition(".")[0]
    titles = ((paper.title_in(lines), "first lines"), (text.title, "properties"), (stem, "file name"))
    title, found.sources["title"] = next((title, where) for title, where in titles if title)
    found.title = _fitting(title)
    for day, where in (
        (paper.day_in_name(found.file_name), "file name"),
        (paper.Day(text.made_on, paper.Precision.DAY) if text.made_on else None, "properties"),
        (paper.day_in_text(lines), "first lines"),
    ):
        if day:
            found.day, found.precision, found.sources["day"] = day.day, day.precision.value, where
            break
    kind = paper.kind_in(found.file_name.replace("_", " ").replace("-", " "), found.title)
    found.kind, where = (kind, "name and title") if kind else (paper.kind_in("\n".join(lines)), "first lines")
    found.sources["kind"] = where if found.kind else "not found"
    found.kind = found.kind or PaperKind.OTHER
    found.handling = paper.handling_in([found.file_name, *lines])
    found.sources["handling"] = "words of the paper" if found.handling == Handling.OFFICIAL_SENSITIVE else "default"
    found.sources["audience"] = "default"


def _fitting(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 200 else f"{text[:199]}…"


def _obey(found: Found, said: Mapping[str, str]) -> None:
    """What the manifest says goes before every guess; what cannot be used is a fault of the row."""
    for column, name in (("title", "title"), ("from", "sent_from"), ("to", "sent_to"), ("issue", "issue_words")):
        if said.get(column):
            setattr(found, name, _fitting(said[column]))
            found.sources[name] = "manifest"
    if said.get("date"):
        _obey_day(found, said["date"])
    kinds = {name: kind.value for kind in PaperKind for name in (kind.value, kind.label.lower())}
    _obey_choice(found, "kind", kinds, said, "Write one of " + ", ".join(PaperKind.values) + ".")
    _obey_choice(found, "audience", AUDIENCES, said, "Write secretariat or network.")
    handlings = {value.lower(): value for value in Handling.values}
    _obey_choice(found, "handling", handlings, said, "Write OFFICIAL or OFFICIAL-SENSITIVE.")


def _obey_day(found: Found, words: str) -> None:
    day = paper.read_day(words)
    found.sources["day"] = "manifest"
    if day:
        found.day, found.precision = day.day, day.precision.value
    else:
        found.day = None
        found.faults.append(f"The manifest’s date “{words[:40]}” is no date. Write 2024-03-05, 2024-03 or 2024.")


def _obey_choice(found: Found, name: str, choices: Mapping[str, Any], said: Mapping[str, str], advice: str) -> None:
    words = said.get(name, "").strip()
    if not words:
        return
    if words.lower() in choices:
        setattr(found, name, str(choices[words.lower()]))
        found.sources[name] = "manifest"
    else:
        found.faults.append(f"The manifest’s {name} “{words[:40]}” is not known. {advice}")
