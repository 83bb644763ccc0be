"""Files that come together: a folder's, an upload's or a zip's, and the manifest among them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.conf import settings

from folkmoot.apps.access.gate import Invalid
from folkmoot.apps.documents.reading import Unreadable, read
from folkmoot.apps.documents.upload import MEGABYTE, clean_name

MANIFESTS = ("manifest.csv", "manifest.xlsx")
COLUMNS = ("file", "title", "kind", "date", "issue", "audience", "handling", "from", "to")
MOST_FILES = 500
MOST_BYTES = 200 * MEGABYTE


@dataclass(slots=True)
class Parcel:
    """The papers by name in their order, what the manifest says of each, and what could not be opened at all."""

    papers: list[tuple[str, bytes]] = field(default_factory=list)
    said: dict[str, Mapping[str, str]] = field(default_factory=dict)
    twice: set[str] = field(default_factory=set)
    missing: list[str] = field(default_factory=list)
    faults: list[tuple[str, str]] = field(default_factory=list)


def open_parcel(files: Iterable[tuple[str, bytes]]) -> Parcel:
    """Take zips apart, set the manifest aside and read it; Invalid where nothing can be done with it at all."""
    parcel = Parcel()
    manifest: tuple[str, bytes] | None = None
    for name, data in _apart(files, parcel):
        if name.lower() in MANIFESTS:
            if manifest:
                raise Invalid("There are two manifests. Leave one out.")
            manifest = name, data
        else:
            parcel.papers.append((name, data))
    if manifest:
        _read_manifest(parcel, *manifest)
    if len(parcel.papers) > MOST_FILES:
        raise Invalid(f"These are {len(parcel.papers):,} files, and {MOST_FILES} are taken at once. Take fewer.")
    if not parcel.papers and not parcel.faults:
        raise Invalid("There is no paper among these files. Take .docx, .pdf, .txt or .md files, or a zip of them.")
    return parcel


def _apart(files: Iterable[tuple[str, bytes]], parcel: Parcel) -> Iterable[tuple[str, bytes]]:
    for name, data in files:
        if not name.lower().endswith(".zip"):
            yield clean_name(name), data
            continue
        largest = settings.ENVIRONMENT.upload_mb * MEGABYTE
        found = read("paper.unpack", data, most_files=MOST_FILES, most_bytes=MOST_BYTES, largest=largest)
        if isinstance(found, Unreadable):
            raise Invalid(f"“{clean_name(name)}”: {found.reason} {found.advice}")
        for member in found.value:
            if member.fault:
                parcel.faults.append((clean_name(member.name), member.fault))
            else:
                yield clean_name(member.name), member.data


def _read_manifest(parcel: Parcel, name: str, data: bytes) -> None:
    """One row a file; a file named twice is the fault of that file, a file that is not there stands by itself."""
    table = read("paper.read_table", name, data)
    if isinstance(table, Unreadable):
        raise Invalid(f"“{name}”: {table.reason} {table.advice}")
    head, *rows = table.value
    columns = [column.strip().lower() for column in head]
    if "file" not in columns:
        raise Invalid(f"“{name}” has no column named file. Its first row names the columns: {', '.join(COLUMNS)}.")
    unknown = [column for column in columns if column and column not in COLUMNS]
    if unknown:
        raise Invalid(f"“{name}” has columns that are not known: {', '.join(unknown)}. Use {', '.join(COLUMNS)}.")
    here = {paper for paper, _ in parcel.papers} | {paper for paper, _ in parcel.faults}
    for row in rows:
        said = dict(zip(columns, row, strict=False))
        file = clean_name(said.get("file", ""))
        if file in parcel.said:
            parcel.twice.add(file)
        elif file in here:
            parcel.said[file] = said
        else:
            parcel.missing.append(file)
