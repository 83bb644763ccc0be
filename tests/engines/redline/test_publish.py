"""A published file says what it says, and not a word of who made it, how, or out of what."""

import struct
import zlib
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from folkmoot.engines.redline._body import texts
from folkmoot.engines.redline._circulate import prepare
from folkmoot.engines.redline._package import Package
from folkmoot.engines.redline._pictures import plain_picture
from folkmoot.engines.redline._publish import publishable
from folkmoot.engines.redline._stories import body_of
from folkmoot.engines.redline._traces import traces

from .words import PACKAGE, WORD, R, everything, names, p, part, read, word_file

DEMO = Path(__file__).parents[3] / "src/folkmoot/demo/word"
BY = 'w:id="1" w:author="CANARY" w:date="2026-11-18T09:00:00Z"'
OFFICE = "application/vnd.openxmlformats-officedocument."
CORE = f"{PACKAGE}/metadata/core-properties"
CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
TEXT = p("It says this.")


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(*extra: bytes) -> bytes:
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    pixels = chunk(b"IDAT", zlib.compress(b"\0\0"))
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(extra) + pixels + chunk(b"IEND", b"")


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def core(inner: str) -> str:
    dublin = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'
    return f'<cp:coreProperties xmlns:cp="{CORE}" {dublin}><dc:title>A title</dc:title>{inner}</cp:coreProperties>'


def app(inner: str) -> str:
    return f'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">{inner}</Properties>'


def with_part(name: str, kind: str, content_type: str, text: str, body: str = TEXT) -> bytes:
    return word_file(body, parts={name: (kind, content_type, text)})


def with_settings(inner: str) -> bytes:
    return with_part("word/settings.xml", "settings", WORD + "settings+xml", part("settings", inner))


def with_link(target: str, body: str) -> bytes:
    data = word_file(body)
    link = f'<Relationship Id="rId9" Type="{R}/hyperlink" TargetMode="External" Target="{target}"/></Relationships>'
    rels = read(data, "word/_rels/document.xml.rels").replace(b"</Relationships>", link.encode())
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name in names(data):
            archive.writestr(name, rels if name.endswith("document.xml.rels") else read(data, name))
    return out.getvalue()


COMMENTED = (
    '<w:p><w:commentRangeStart w:id="0"/>' + run("It says this.") + '<w:commentRangeEnd w:id="0"/>'
    '<w:r><w:commentReference w:id="0"/></w:r></w:p>'
)
EMBEDDED = (
    '<w:p><w:r><w:object><o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office" r:id="rId1"/></w:object></w:r>'
    + run("It says this.")
    + "</w:p>"
)
PLANTED = {
    "an insertion": ("tracked changes", word_file(f"<w:p><w:ins {BY}>{run('It says this.')}</w:ins></w:p>")),
    "a deletion": (
        "tracked changes",
        word_file(f"<w:p>{run('It says this.')}<w:del {BY}><w:r><w:delText>CANARY</w:delText></w:r></w:del></w:p>"),
    ),
    "a format": (
        "tracked changes",
        word_file(f"<w:p>{run('It says this.', f'<w:b/><w:rPrChange {BY}><w:rPr/></w:rPrChange>')}</w:p>"),
    ),
    "a comment": (
        "comments",
        with_part(
            "word/comments.xml",
            "comments",
            WORD + "comments+xml",
            part("comments", f'<w:comment w:id="0" w:author="CANARY" w:initials="C">{p("CANARY")}</w:comment>'),
            COMMENTED,
        ),
    ),
    "people": ("comments", with_part("word/people.xml", "people", WORD + "people+xml", "<people>CANARY</people>")),
    "a creator": (
        "names and dates in the properties",
        with_part("docProps/core.xml", f"/{CORE}", CORE_TYPE, core("<dc:creator>CANARY</dc:creator>")),
    ),
    "the latest editor": (
        "names and dates in the properties",
        with_part("docProps/core.xml", f"/{CORE}", CORE_TYPE, core("<cp:lastModifiedBy>CANARY</cp:lastModifiedBy>")),
    ),
    "a company": (
        "the organisation and program in the properties",
        with_part(
            "docProps/app.xml",
            "/extended-properties",
            OFFICE + "extended-properties+xml",
            app("<Company>CANARY</Company><Manager>CANARY</Manager>"),
        ),
    ),
    "a token": ("custom properties", prepare(word_file(TEXT), token="CANARY", handling="")),
    "session marks": (
        "marks of who wrote what in which session",
        word_file(f'<w:p w:rsidR="00CA4A12" w14:paraId="00CA4A12">{run("It says this.")}</w:p>'),
    ),
    "sessions": ("the list of editing sessions", with_settings('<w:rsids><w:rsid w:val="00CA4A12"/></w:rsids>')),
    "recording": ("settings of the work on it", with_settings("<w:trackRevisions/>")),
    "protection": ("settings of the work on it", with_settings('<w:documentProtection w:edit="trackedChanges"/>')),
    "variables": (
        "settings of the work on it",
        with_settings('<w:docVars><w:docVar w:name="x" w:val="CANARY"/></w:docVars>'),
    ),
    "an editor by name": (
        "named editors",
        word_file(f'<w:p><w:permStart w:id="3" w:ed="CANARY"/>{run("It says this.")}<w:permEnd w:id="3"/></w:p>'),
    ),
    "hidden words": ("hidden text", word_file(f"<w:p>{run('It says this.')}{run('CANARY', '<w:vanish/>')}</w:p>")),
    "words hidden by a style": (
        "hidden text",
        with_part(
            "word/styles.xml",
            "styles",
            WORD + "styles+xml",
            part(
                "styles",
                '<w:style w:styleId="A"><w:rPr><w:vanish/></w:rPr></w:style>'
                '<w:style w:styleId="B"><w:basedOn w:val="A"/></w:style>',
            ),
            "<w:p>" + run("It says this.") + run("CANARY", '<w:rStyle w:val="B"/>') + "</w:p>",
        ),
    ),
    "a hidden row": (
        "hidden text",
        word_file(f"<w:tbl><w:tr><w:trPr><w:hidden/></w:trPr><w:tc>{p('CANARY')}</w:tc></w:tr></w:tbl>{TEXT}"),
    ),
    "data": ("data behind the text", with_part("customXml/item1.xml", "customXml", "application/xml", "<x>CANARY</x>")),
    "a building block": (
        "building blocks",
        with_part(
            "word/glossary/document.xml",
            "glossaryDocument",
            WORD + "document.glossary+xml",
            part("glossaryDocument", p("CANARY")),
        ),
    ),
    "a preview": (
        "previews, templates, printers, signatures or macros",
        with_part("docProps/thumbnail.jpeg", f"/{PACKAGE}/relationships/metadata/thumbnail", "image/jpeg", "CANARY"),
    ),
    "an embedded sheet": (
        "embedded files",
        with_part("word/embeddings/sheet.xlsx", "package", "application/x", "CANARY", EMBEDDED),
    ),
    "a file at home": (
        "links to somebody's own computer",
        with_link(
            "file:///C:/Users/CANARY/draft.docx",
            f'<w:p><w:hyperlink r:id="rId9">{run("It says this.")}</w:hyperlink></w:p>',
        ),
    ),
    "an orphaned note": (
        "text that nothing leads to",
        with_part(
            "word/footnotes.xml",
            "footnotes",
            WORD + "footnotes+xml",
            part("footnotes", f'<w:footnote w:id="4">{p("CANARY")}</w:footnote>'),
        ),
    ),
    "a remark": ("remarks in the code", word_file(f"<!-- CANARY -->{TEXT}")),
}  # fmt: skip


def shown(data: bytes) -> list[str]:
    return list(texts(body_of(Package.open(data)).blocks, "accepted"))


@pytest.mark.parametrize("kind", PLANTED)
def test_a_trace_is_named_and_taken_out(kind: str) -> None:
    name, data = PLANTED[kind]
    assert name in traces(data)
    out = publishable(data)
    assert traces(out) == ()
    assert b"CANARY" not in everything(out) and b"CA4A12" not in everything(out)
    assert shown(out) == ["It says this."]


def test_a_plain_file_has_no_traces() -> None:
    assert traces(word_file(TEXT)) == ()


def test_notes_in_pictures_are_taken_out_and_the_pixels_stay() -> None:
    assert plain_picture(png(chunk(b"tEXt", b"Author\0CANARY"))) == png()
    jpeg = b"\xff\xd8" + b"\xff\xe1\x00\x0aCANARY!!" + b"\xff\xdb\x00\x04qt" + b"\xff\xda\x00\x02scan\xff\xd9"
    assert plain_picture(jpeg) == b"\xff\xd8\xff\xdb\x00\x04qt\xff\xda\x00\x02scan\xff\xd9"
    assert plain_picture(b"\xff\xd8\xff") == b"\xff\xd8\xff"
    assert plain_picture(b"GIF89a") == b"GIF89a"


def test_a_picture_of_the_file_is_cleaned() -> None:
    data = word_file(f'<w:p><w:r><w:drawing><a:blip xmlns:a="urn:a" r:embed="rId1"/></w:drawing></w:r></w:p>{TEXT}')
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        for name in names(data):
            text = read(data, name)
            link = f'<Relationship Id="rId1" Type="{R}/image" Target="media/image1.png"/></Relationships>'
            if name.endswith("document.xml.rels"):
                text = text.replace(b"</Relationships>", link.encode())
            archive.writestr(name, text)
        archive.writestr("word/media/image1.png", png(chunk(b"tEXt", b"Author\0CANARY")))
    assert traces(out.getvalue()) == ("notes inside pictures",)
    clean = publishable(out.getvalue())
    assert traces(clean) == ()
    assert read(clean, "word/media/image1.png") == png()


def test_the_title_stays_and_a_web_link_stays() -> None:
    titled = with_part("docProps/core.xml", f"/{CORE}", CORE_TYPE, core("<dc:creator>CANARY</dc:creator>"))
    assert b"A title" in read(publishable(titled), "docProps/core.xml")
    linked = with_link("https://example.org/", f'<w:p><w:hyperlink r:id="rId9">{run("here")}</w:hyperlink></w:p>')
    assert b"https://example.org/" in everything(publishable(linked))
    assert b"hyperlink" in read(publishable(linked))


def test_a_field_keeps_both_its_ends_when_it_is_hidden() -> None:
    def char(kind: str) -> str:
        return f'<w:r><w:rPr><w:vanish/></w:rPr><w:fldChar w:fldCharType="{kind}"/></w:r>'

    code = '<w:r><w:rPr><w:vanish/></w:rPr><w:instrText> XE "CANARY" </w:instrText></w:r>'
    out = publishable(word_file(f"<w:p>{run('It says this.')}{char('begin')}{code}{char('end')}</w:p>"))
    assert read(out).count(b"fldChar ") == 2
    assert b"CANARY" not in everything(out)


def test_the_handling_mark_goes_where_it_is_named() -> None:
    out = publishable((DEMO / "base.docx").read_bytes(), marks={"OFFICIAL-SENSITIVE"})
    assert b"OFFICIAL-SENSITIVE" not in everything(out)
    assert b"OFFICIAL-SENSITIVE" in everything(publishable((DEMO / "base.docx").read_bytes()))


@pytest.mark.parametrize("path", sorted(DEMO.glob("*.docx")), ids=lambda path: path.stem)
def test_every_return_of_the_demonstration_can_be_published(path: Path) -> None:
    if path.stem == "Ottermouth":
        return
    data = path.read_bytes()
    out = publishable(prepare(data, token="CANARY", handling="OFFICIAL"))
    assert traces(data) != ()
    assert traces(out) == ()
    assert b"CANARY" not in everything(out)
    assert shown(out) == shown(data)
