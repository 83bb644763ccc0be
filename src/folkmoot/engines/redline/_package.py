"""The zip around a Word document, opened with limits and written back byte for byte.

package = Package.open(data)                     # raises UnreadableFile, never anything else
root = package.document                          # the lxml root of the main part, a tree of your own to change
changed = package.with_parts({package.main_name: serialise(root)})
"""

import posixpath
import zlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Final, NoReturn
from zipfile import ZIP_DEFLATED, BadZipFile, LargeZipFile, ZipFile, ZipInfo

from lxml import etree

from ._errors import DamagedPart, UnreadableFile
from ._names import REL

MAX_PART: Final = 64 * 1024 * 1024
MAX_TOTAL: Final = 256 * 1024 * 1024
MAX_ENTRIES: Final = 2_000
# Elements cost some 20 times their text in memory; this many tags are a thousand pages, or a table of 180,000 cells.
MAX_TAGS: Final = 1_500_000

CONTENT_TYPES: Final = "[Content_Types].xml"
TYPES_NS: Final = "{http://schemas.openxmlformats.org/package/2006/content-types}"
RELS_NS: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}"
WORD_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml."
MAIN_TYPES: Final = (
    WORD_TYPE + "document.main+xml",
    WORD_TYPE + "template.main+xml",
    "application/vnd.ms-word.document.macroEnabled.main+xml",
    "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
)
STORY_KINDS: Final = ("header", "footer", "footnotes", "endnotes", "comments")
FIXED_DATE: Final = (1980, 1, 1, 0, 0, 0)

_RESEND = "Ask the office to open it in Word, save it again as a Word document (.docx) and send that."
_STRICT_NAMES: Final = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", b"http://schemas.openxmlformats.org/officeDocument/2006/math"),
    (b"http://purl.oclc.org/ooxml/drawingml/", b"http://schemas.openxmlformats.org/drawingml/2006/"),
    (b"http://purl.oclc.org/ooxml/officeDocument/", b"http://schemas.openxmlformats.org/officeDocument/2006/"),
    (b' w:conformance="strict"', b""),
)  # fmt: skip
_MACRO_ENDINGS: Final = ("/vbaproject", "/wordvbadata", "/vbadata")


@dataclass(frozen=True, slots=True)
class Relationship:
    """One link from a part: its type without the common address, and the name of the part that it leads to."""

    id: str
    type: str
    target: str
    external: bool


def serialise(root: etree._Element) -> bytes:
    """The bytes of an XML part."""
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)


def parse_xml(data: bytes, what: str = "part", *, remarks: bool = False) -> etree._Element:
    """The root of an XML part: no document type, no entities, no network, not absurdly deep or large."""
    plain = data.replace(b"\0", b"") if b"\0" in data[:4096] else data
    if b"<!DOCTYPE" in plain:
        raise UnreadableFile("The file declares a document type, which Word never writes.", _RESEND)
    if plain.count(b"<") > MAX_TAGS:
        _too_many_tags()
    # Remarks in the code say nothing to a reader of the text, and are no elements for those who walk through it.
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=not remarks,
        remove_pis=not remarks,
    )
    try:
        root = etree.fromstring(_transitional(data), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        if "Excessive depth" in str(error):
            raise UnreadableFile("The file nests its parts hundreds deep, as Word never does.", _RESEND) from error
        raise DamagedPart(f"The {what} inside the file is damaged.", _RESEND) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnreadableFile("The file declares a document type, which Word never writes.", _RESEND)
    return root


def _transitional(data: bytes) -> bytes:
    """Strict Open XML has other addresses for the same names."""
    if b"http://purl.oclc.org/ooxml/" not in data:
        return data
    for strict, transitional in _STRICT_NAMES:
        data = data.replace(strict, transitional)
    return data


@dataclass(slots=True)
class Package:
    """An opened Word file: parts are read when asked for, and each only once.

    A `lenient` one goes without the parts beside the text that are damaged, and names them in `damaged`. With `remarks`
    the trees keep what only a reader of the code sees.
    """

    _zip: ZipFile
    _names: dict[str, ZipInfo]
    main_name: str = ""
    _read: dict[str, bytes] = field(default_factory=dict)
    _types: dict[str, str] = field(default_factory=dict)
    _relationships: dict[str, tuple[Relationship, ...]] = field(default_factory=dict)
    _spent: int = 0
    _tags: int = 0
    _document: etree._Element | None = None
    lenient: bool = False
    remarks: bool = False
    damaged: list[str] = field(default_factory=list)

    @classmethod
    def open(cls, data: bytes, *, lenient: bool = False, remarks: bool = False) -> "Package":
        """Open the bytes of a Word file, or raise UnreadableFile."""
        _refuse_other_formats(data)
        try:
            archive = ZipFile(BytesIO(data))
        except (BadZipFile, LargeZipFile, NotImplementedError, UnicodeDecodeError, ValueError, OSError) as error:
            raise UnreadableFile("The file is cut short or damaged.", "Ask the office to send it again.") from error
        package = cls(archive, _checked_names(archive), lenient=lenient, remarks=remarks)
        package._types = package._content_types()
        package.main_name = package._find_main()
        return package

    @property
    def document(self) -> etree._Element:
        """The root of the main part; the same tree on every call."""
        if self._document is None:
            self._document = self.xml(self.main_name)
        return self._document

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all the parts, in the order of the file."""
        return tuple(self._names)

    def has(self, name: str) -> bool:
        """Whether the file holds that part."""
        return name in self._names

    def size(self, name: str) -> int:
        """How large a part says that it is."""
        return self._names[name].file_size

    def part(self, name: str) -> bytes:
        """The bytes of one part, read within the limits."""
        if name not in self._read:
            data = self._inflate(name)
            if name.endswith((".xml", ".rels")):
                self._tags += data.count(b"<")
                if self._tags > MAX_TAGS:
                    _too_many_tags()
            self._read[name] = data
        return self._read[name]

    def xml(self, name: str) -> etree._Element:
        """A fresh tree of one part."""
        return parse_xml(self.part(name), posixpath.basename(name), remarks=self.remarks)

    def beside(self, name: str) -> etree._Element | None:
        """A fresh tree of a part beside the text; None where it is damaged and the package is lenient."""
        try:
            return self.xml(name)
        except DamagedPart:
            if not self.lenient:
                raise
            if name not in self.damaged:
                self.damaged.append(name)
            return None

    def content_type(self, name: str) -> str:
        """What the file says that a part is."""
        return self._types.get(name) or self._types.get("." + name.rpartition(".")[2].lower(), "")

    def relationships(self, name: str) -> tuple[Relationship, ...]:
        """The links from one part."""
        if name not in self._relationships:
            self._relationships[name] = tuple(self._read_relationships(name))
        return self._relationships[name]

    def related(self, kind: str, source: str | None = None) -> tuple[str, ...]:
        """The parts that the main part (or `source`) links to as `kind`: "styles", "numbering", "footnotes"..."""
        return tuple(
            link.target
            for link in self.relationships(source or self.main_name)
            if not link.external and link.type == kind and link.target in self._names
        )

    def story_parts(self) -> tuple[tuple[str, str], ...]:
        """(kind, part name) of everything that holds text: "body" first, then headers, footers, notes, comments."""
        found = [("body", self.main_name)]
        for kind in STORY_KINDS:
            found += [(kind, name) for name in dict.fromkeys(self.related(kind))]
        return tuple(found)

    def with_parts(self, parts: Mapping[str, bytes], *, without: Collection[str] = ()) -> bytes:
        """A new file with these parts put in and those left out; every other part is copied byte for byte.

        A macro project is left behind, and a Strict file is written with the usual names throughout.
        """
        replaced = {**self._without_macros(), **parts}
        out = BytesIO()
        with ZipFile(out, "w", ZIP_DEFLATED) as archive:
            for name in (*self._names, *(name for name in replaced if name not in self._names)):
                if name.endswith("/") or name in without or self._is_macro(name):
                    continue
                data = replaced[name] if name in replaced else self.raw(name)
                info = ZipInfo(name, FIXED_DATE)
                info.compress_type = ZIP_DEFLATED
                info.external_attr = 0o600 << 16
                archive.writestr(info, data)
        return out.getvalue()

    def raw(self, name: str) -> bytes:
        """The bytes of one part as a new file holds them: as they are, but with the usual names."""
        data = self.part(name)
        return _transitional(data) if name.endswith((".xml", ".rels")) else data

    def _inflate(self, name: str) -> bytes:
        info = self._names.get(name)
        if info is None:
            raise UnreadableFile(f"The file lacks its part {posixpath.basename(name)}.", _RESEND)
        try:
            with self._zip.open(info) as stream:
                data = stream.read(MAX_PART + 1)
                if len(data) <= MAX_PART and stream.read(1):
                    _too_large()
        except (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError) as error:
            raise DamagedPart(
                f"The file is damaged: its part {posixpath.basename(name)} cannot be unpacked.",
                "Ask the office to send it again.",
            ) from error
        self._spent += len(data)
        if len(data) > MAX_PART or self._spent > MAX_TOTAL:
            _too_large()
        return data

    def _content_types(self) -> dict[str, str]:
        if CONTENT_TYPES not in self._names:
            raise UnreadableFile("The file is a zip archive, not a Word document.", _RESEND)
        types: dict[str, str] = {}
        for entry in self.xml(CONTENT_TYPES):
            kind = entry.get("ContentType", "")
            if entry.tag == TYPES_NS + "Override":
                types[entry.get("PartName", "").lstrip("/")] = kind
            elif entry.tag == TYPES_NS + "Default":
                types["." + entry.get("Extension", "").lower()] = kind
        return types

    def _find_main(self) -> str:
        for link in self.relationships(""):
            if link.type == "officeDocument" and link.target in self._names:
                kind = self.content_type(link.target)
                if kind in MAIN_TYPES or (not kind and link.target.endswith("document.xml")):
                    return link.target
                raise UnreadableFile(f"The file is {_other_office_file(kind)}, not a Word document.", _RESEND)
        raise UnreadableFile("The file is not a Word document.", _RESEND)

    def _read_relationships(self, name: str) -> Iterator[Relationship]:
        folder, base = posixpath.split(name)
        rels = posixpath.join(folder, "_rels", base + ".rels")
        if rels not in self._names:
            return
        root = self.beside(rels) if name else self.xml(rels)
        for entry in () if root is None else root:
            if entry.tag != RELS_NS + "Relationship":
                continue
            external = entry.get("TargetMode") == "External"
            target = entry.get("Target", "")
            if not external:
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            kind = entry.get("Type", "")
            yield Relationship(entry.get("Id", ""), kind.removeprefix(REL).rpartition("/")[2], target, external)

    def _is_macro(self, name: str) -> bool:
        stem = "/" + posixpath.basename(name).lower()
        return stem.startswith(("/vbaproject.bin", "/vbadata.xml"))

    def _without_macros(self) -> dict[str, bytes]:
        """What a macro-enabled file must say instead once its project is left behind."""
        if not any(self._is_macro(name) for name in self._names) and "macroEnabled" not in self.content_type(
            self.main_name
        ):
            return {}
        types = self.xml(CONTENT_TYPES)
        for entry in list(types):
            kind, name = entry.get("ContentType", ""), entry.get("PartName", "").lstrip("/")
            if self._is_macro(name) or "vbaProject" in kind:
                types.remove(entry)
            elif name == self.main_name:
                entry.set("ContentType", MAIN_TYPES[0])
        changed = {CONTENT_TYPES: serialise(types)}
        folder, base = posixpath.split(self.main_name)
        rels = posixpath.join(folder, "_rels", base + ".rels")
        if rels in self._names:
            links = self.xml(rels)
            for entry in list(links):
                if entry.get("Type", "").lower().endswith(_MACRO_ENDINGS):
                    links.remove(entry)
            changed[rels] = serialise(links)
        return changed


def _too_large() -> NoReturn:
    raise UnreadableFile("The file unpacks to far more than a draft ever holds.", _RESEND)


def _too_many_tags() -> NoReturn:
    raise UnreadableFile("The file holds millions of elements, far more than a draft.", _RESEND)


def _refuse_other_formats(data: bytes) -> None:
    if not data:
        raise UnreadableFile("The file is empty.", "Ask the office to send it again.")
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise UnreadableFile("The file is protected with a password.", "Ask the office to send it without one.")
        if "WordDocument".encode("utf-16-le") in data:
            raise UnreadableFile("The file is in the old Word format (.doc).", _RESEND)
        raise UnreadableFile("The file is not a Word document.", _RESEND)
    if not data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        found = {b"%PDF": "a PDF", b"{\\rt": "a rich text file"}.get(data[:4], "not a Word document")
        article = found if found.startswith("not") else f"{found}, not a Word document"
        raise UnreadableFile(f"The file is {article}.", _RESEND)


def _other_office_file(kind: str) -> str:
    if "spreadsheet" in kind:
        return "a spreadsheet"
    if "presentation" in kind:
        return "a presentation"
    return "another kind of Office file"


def _checked_names(archive: ZipFile) -> dict[str, ZipInfo]:
    entries = archive.infolist()
    if len(entries) > MAX_ENTRIES:
        raise UnreadableFile(f"The file holds {len(entries):,} parts, far more than a draft.", _RESEND)
    names: dict[str, ZipInfo] = {}
    for info in entries:
        name = info.orig_filename
        if name.startswith("/") or "\\" in name or ".." in name.split("/") or ":" in name or "\0" in name:
            raise UnreadableFile("The file holds a part with a name that Word never writes.", _RESEND)
        if info.flag_bits & 0x1:
            raise UnreadableFile("The file is encrypted.", "Ask the office to send it without a password.")
        if name in names:
            raise UnreadableFile("The file holds the same part twice.", _RESEND)
        names[name] = info
    return names
