"""A draft made ready to go out: it records changes by itself, and says which circulation it belongs to."""

import re
from collections.abc import Sequence
from html import escape
from typing import Final

from lxml import etree

from ._marks import Step
from ._names import R_NS, W_NS, w
from ._package import WORD_TYPE, Package
from ._parts import Parts
from ._settings import add_setting, settings_part
from ._splice import spans, splice

TOKEN_PROPERTY: Final = "FolkmootCirculation"
CUSTOM_PART: Final = "docProps/custom.xml"
CUSTOM_TYPE: Final = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
CUSTOM_NS: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/custom-properties}"
VT_NS: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes}"
HANDLING: Final = re.compile(r"OFFICIAL(-SENSITIVE)?")
# The set of properties that people may add, as Office numbers it.
PROPERTY_SET: Final = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"


def prepare(data: bytes, *, token: str, handling: str) -> bytes:
    """The draft with change recording on and locked on, the token as a property and the mark in its headers.

    No paragraph of the body is touched, so that a return can be laid beside the draft.
    """
    parts = Parts.open(data)
    settings = parts.tree(settings_part(parts))
    add_setting(settings, "trackRevisions", {})
    add_setting(settings, "documentProtection", {"edit": "trackedChanges", "enforcement": "1"})
    _set_token(parts, token)
    if handling:
        _mark_headers(parts, handling)
    return parts.pack()


def mark_pages(data: bytes, *, handling: str) -> bytes:
    """The same file with the mark in the headers of its pages, where they do not show it yet."""
    parts = Parts.open(data)
    _mark_headers(parts, handling)
    return parts.pack()


def without_mark(steps: Sequence[Step]) -> list[Step]:
    """The edits of a header without the mark that `prepare` put there: whoever sent the copy back did not write it."""
    ours = {
        (step.paragraph, step.start)
        for step in steps
        if step.what == "add" and not step.tracked and HANDLING.fullmatch(step.text.strip())
    }
    return [
        step
        for step in steps
        if step.tracked or step.what not in ("add", "add-end") or (step.paragraph, step.start) not in ours
    ]


def token_of(data: bytes) -> str | None:
    """The token that a file still bears, if it was prepared here."""
    return token_in(Package.open(data))


def token_in(package: Package) -> str | None:
    """The same of a file that is open already."""
    parts = Parts(package)
    for name in parts.linked("custom-properties", ""):
        for entry in parts.look(name):
            if entry.get("name") == TOKEN_PROPERTY:
                return "".join(str(text) for text in entry.itertext()).strip() or None
    return None


def _set_token(parts: Parts, token: str) -> None:
    found = parts.linked("custom-properties", "")
    if not found:
        empty = f'<Properties xmlns="{CUSTOM_NS.strip("{}")}" xmlns:vt="{VT_NS.strip("{}")}"/>'.encode()
        parts.add(CUSTOM_PART, empty, CUSTOM_TYPE, source="", kind="custom-properties")
    properties = parts.tree(found[0] if found else CUSTOM_PART)
    for entry in list(properties):
        if entry.get("name") == TOKEN_PROPERTY:
            properties.remove(entry)
    taken = [int(entry.get("pid", "1")) for entry in properties]
    entry = etree.SubElement(properties, CUSTOM_NS + "property")
    entry.set("fmtid", PROPERTY_SET)
    entry.set("pid", str(max((1, *taken)) + 1))
    entry.set("name", TOKEN_PROPERTY)
    etree.SubElement(entry, VT_NS + "lpwstr").text = token


def _mark_headers(parts: Parts, handling: str) -> None:
    main = parts.package.main_name
    for name in parts.linked("header", main):
        shown = "\n".join("".join(map(str, p.itertext())) for p in parts.look(name).iter(w("p")))
        # "OFFICIAL" is not what a page says that is marked "OFFICIAL-SENSITIVE".
        if re.search(rf"(?<![\w-]){re.escape(handling)}(?![\w-])", shown) is None:
            parts.tree(name).insert(0, etree.fromstring(_marked_paragraph(handling)))
    missing = _missing_headers(parts)
    if missing:
        _add_header(parts, handling, missing)


def _missing_headers(parts: Parts) -> tuple[str, ...]:
    """The kinds of header that the first section shows and does not have; later sections inherit them."""
    body = parts.look(parts.package.main_name)
    section = next(body.iter(w("sectPr")), None)
    present = set() if section is None else {ref.get(w("type")) for ref in section.findall(w("headerReference"))}
    wanted = ["default"]
    if section is not None and section.find(w("titlePg")) is not None:
        wanted.append("first")
    if parts.look(settings_part(parts)).find(w("evenAndOddHeaders")) is not None:
        wanted.append("even")
    return tuple(kind for kind in wanted if kind not in present)


def _add_header(parts: Parts, handling: str, kinds: tuple[str, ...]) -> None:
    main = parts.package.main_name
    folder = main.rpartition("/")[0]
    name = next(
        candidate
        for number in range(1, len(parts.names) + 2)
        if (candidate := f"{folder}/header{number}.xml".lstrip("/")) not in parts.names
    )
    header = f'<w:hdr xmlns:w="{W_NS}">'.encode() + _marked_paragraph(handling) + b"</w:hdr>"
    link = parts.add(name, header, WORD_TYPE + "header+xml", source=main, kind="header")
    references = "".join(
        f'<w:headerReference xmlns:w="{W_NS}" xmlns:r="{R_NS}" w:type="{kind}" r:id="{link}"/>' for kind in kinds
    ).encode()
    parts.put(main, _into_first_section(parts.package.raw(main), references))


def _into_first_section(raw: bytes, references: bytes) -> bytes:
    """Cut into the bytes, so that every paragraph stays as Word wrote it."""
    sections = spans(raw, "sectPr")
    if sections and sections[0].inner < sections[0].end:
        return splice(raw, [(sections[0].inner, sections[0].inner, references)])
    whole = f'<w:sectPr xmlns:w="{W_NS}">'.encode() + references + b"</w:sectPr>"
    if sections:
        return splice(raw, [(sections[0].start, sections[0].end, whole)])
    body = spans(raw, "body")[0]
    end = raw.rindex(b"</", body.start, body.end)
    return splice(raw, [(end, end, whole)])


def _marked_paragraph(handling: str) -> bytes:
    return (
        f'<w:p xmlns:w="{W_NS}"><w:pPr><w:jc w:val="center"/></w:pPr>'
        f"<w:r><w:rPr><w:b/></w:rPr><w:t>{escape(handling)}</w:t></w:r></w:p>"
    ).encode()
