"""A draft that goes out records changes, knows its circulation and bears its handling mark."""

import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document

from folkmoot.engines import redline
from folkmoot.engines.redline._circulate import prepare, token_of
from folkmoot.engines.redline._names import w
from folkmoot.engines.redline._package import Package

from .words import WORD, names, p, part, read, word_file

TOKEN = "c-7f3a"
DEMO = Path(__file__).parents[3] / "src/folkmoot/demo/word"


def prepared(data: bytes, handling: str = "OFFICIAL-SENSITIVE") -> bytes:
    return prepare(data, token=TOKEN, handling=handling)


def settings_of(data: bytes) -> list[str]:
    package = Package.open(data)
    (name,) = package.related("settings")
    return [str(child.tag).rpartition("}")[2] for child in package.xml(name)]


def test_the_token_comes_back() -> None:
    plain = word_file(p("Text."))
    assert token_of(plain) is None
    assert token_of(prepared(plain)) == TOKEN


def test_a_second_circulation_replaces_the_token() -> None:
    again = prepare(prepared(word_file(p("Text."))), token="c-2", handling="")
    assert token_of(again) == "c-2"
    assert read(again, "docProps/custom.xml").count(b"FolkmootCirculation") == 1


def test_other_properties_of_the_file_stay() -> None:
    custom = (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
        'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"><property '
        'fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="Reference"><vt:lpwstr>B-12</vt:lpwstr>'
        "</property></Properties>"
    )
    kind = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
    data = word_file(p("Text."), parts={"docProps/custom.xml": ("/custom-properties", kind, custom)})
    written = read(prepared(data), "docProps/custom.xml")
    assert b"B-12" in written
    assert b'pid="3"' in written
    assert token_of(prepared(data)) == TOKEN


def test_recording_is_on_and_locked_where_word_expects_it() -> None:
    settings = part("settings", '<w:zoom w:percent="100"/><w:trackRevisions w:val="0"/><w:defaultTabStop w:val="720"/>')
    data = word_file(p("Text."), parts={"word/settings.xml": ("settings", WORD + "settings+xml", settings)})
    out = prepared(data)
    assert settings_of(out) == ["zoom", "trackRevisions", "documentProtection", "defaultTabStop"]
    (name,) = Package.open(out).related("settings")
    root = Package.open(out).xml(name)
    recording, protection = root.find(w("trackRevisions")), root.find(w("documentProtection"))
    assert recording is not None and recording.get(w("val")) is None
    assert protection is not None
    assert (protection.get(w("edit")), protection.get(w("enforcement"))) == ("trackedChanges", "1")


def test_a_file_without_settings_gets_them() -> None:
    assert settings_of(prepared(word_file(p("Text.")))) == ["trackRevisions", "documentProtection"]


def test_the_mark_is_put_into_headers_that_lack_it() -> None:
    header = part("hdr", p("Version 3"))
    section = '<w:sectPr><w:headerReference w:type="default" r:id="rId1"/></w:sectPr>'
    data = word_file(p("Text."), section=section, parts={"word/header1.xml": ("header", WORD + "header+xml", header)})
    once = prepared(data)
    assert read(once, "word/header1.xml").count(b"OFFICIAL-SENSITIVE") == 1
    assert b"Version 3" in read(once, "word/header1.xml")
    assert read(once) == read(data)
    assert read(prepared(once), "word/header1.xml").count(b"OFFICIAL-SENSITIVE") == 1


def test_another_mark_that_begins_alike_is_not_this_one() -> None:
    header = part("hdr", p("OFFICIAL-SENSITIVE"))
    section = '<w:sectPr><w:headerReference w:type="default" r:id="rId1"/></w:sectPr>'
    data = word_file(p("Text."), section=section, parts={"word/header1.xml": ("header", WORD + "header+xml", header)})
    assert read(prepared(data, "OFFICIAL"), "word/header1.xml").count(b">OFFICIAL<") == 1


@pytest.mark.parametrize(
    ("section", "kinds"),
    [
        ("<w:sectPr><w:pgSz/></w:sectPr>", ["default"]),
        ("<w:sectPr/>", ["default"]),
        ("", ["default"]),
        ("<w:sectPr><w:titlePg/></w:sectPr>", ["default", "first"]),
    ],
    ids=["section", "empty section", "no section", "first page apart"],
)
def test_a_file_without_headers_gets_one(section: str, kinds: list[str]) -> None:
    data = word_file(p("Text.") + p("More."), section=section)
    out = prepared(data)
    package = Package.open(out)
    (name,) = package.related("header")
    assert "OFFICIAL-SENSITIVE" in "".join(map(str, package.xml(name).itertext()))
    references = list(package.document.iter(w("headerReference")))
    assert [reference.get(w("type")) for reference in references] == kinds
    assert (p("Text.") + p("More.")).encode() in read(out)


def test_no_mark_leaves_the_headers_alone() -> None:
    data = word_file(p("Text."))
    assert [name for name in names(prepared(data, "")) if "header" in name] == []


def test_the_body_of_the_demonstration_is_untouched() -> None:
    base = (DEMO / "base.docx").read_bytes()
    out = prepared(base)
    assert read(out) == read(base)
    assert Document(BytesIO(out)).paragraphs[0].text == "Bus franchising: a joint ask"


def test_a_consolidation_says_which_copy_each_file_came_from() -> None:
    plain = word_file(p("1. The first words of a text."))
    copy = prepared(plain)
    returns = [redline.ReturnFile("a.docx", "Harrowmoor", copy), redline.ReturnFile("b.docx", "Stanwold", plain)]
    assert [one.token for one in redline.consolidate(plain, returns).returns] == [TOKEN, None]


def test_reading_does_not_load_what_lays_documents_out() -> None:
    """A return is read in a process of its own, which would spend its time on loading that."""
    code = "import sys; import folkmoot.engines.redline; sys.exit('docx' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("handling", ["OFFICIAL", "OFFICIAL-SENSITIVE"])
@pytest.mark.parametrize("own_header", [True, False])
def test_the_mark_that_we_put_into_a_copy_is_no_edit_of_the_office(handling: str, own_header: bool) -> None:
    header = part("hdr", p("Version 3"))
    section = '<w:sectPr><w:headerReference w:type="default" r:id="rId1"/></w:sectPr>' if own_header else ""
    parts = {"word/header1.xml": ("header", WORD + "header+xml", header)} if own_header else {}
    draft = word_file(p("Text."), section=section, parts=parts)
    copy = redline.prepare(draft, token="8f3k2m9x4q", handling=handling)
    found = redline.consolidate(draft, [redline.ReturnFile("copy.docx", "Aldermere", copy)])
    assert [(one.status, one.token) for one in found.returns] == [("unchanged", "8f3k2m9x4q")]
    assert found.amendments == ()


def test_what_an_office_writes_into_a_header_is_told_all_the_same() -> None:
    section = '<w:sectPr><w:headerReference w:type="default" r:id="rId1"/></w:sectPr>'

    def headed(words: str) -> bytes:
        header = part("hdr", p("OFFICIAL") + p(words))
        return word_file(
            p("Text."), section=section, parts={"word/header1.xml": ("header", WORD + "header+xml", header)}
        )

    found = redline.consolidate(
        word_file(p("Text.")), [redline.ReturnFile("copy.docx", "Aldermere", headed("Ours, not theirs"))]
    )
    assert ["Ours, not theirs" in amendment.after for amendment in found.amendments] == [True]
